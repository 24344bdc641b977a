//! From the sources to the npm package (pkg/dist) and the page (target/site).

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::failure::{Failure, OnPath};
use crate::progress::{Step, Steps};
use crate::reference;
use crate::stamp::{Stamp, Tree};
use crate::tools::{Project, WASM_TARGET, node, npm, output_of};

/// What rustc's wasm32-unknown-unknown puts into a module by default, and no more: a host that runs the one runs
/// the other.
pub(crate) const WASM_OPT: &[&str] = &[
    "-O3",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub(crate) const WASM_TOOL: &str = "wasm-bindgen (the first time: about a minute)";

/// What `backorder/messages` formats with.
const MESSAGE_FORMAT: &str = "messageformat";

/// Writes the module as a script, for pages that can load no second file.
const INLINE: &str = r#"
    import { readFileSync, writeFileSync } from "node:fs";
    const base64 = readFileSync("backorder_bg.wasm").toString("base64");
    writeFileSync("inlined.js", `export default "${base64}";\n`);
"#;

const AGAIN: &str = "see what the compiler says above, and run the same command again";
const ONLINE: &str = "see that this machine reaches its package registries, and run the same command again";

/// `cargo xtask build`.
pub(crate) fn run(_args: &[String]) -> Result<ExitCode, Failure> {
    let project = Project::find()?;
    let site = site(&project)?;
    println!("package: {}\npage:    {}", project.package().join("dist").display(), site.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds the npm package, optimised as it is shipped. Nothing changed: a second or so.
pub(crate) fn package(project: &Project) -> Result<(), Failure> {
    all(project, PACKAGE)
}

/// Builds the npm package and the page, and returns the directory to serve.
pub(crate) fn site(project: &Project) -> Result<PathBuf, Failure> {
    all(project, &[PACKAGE, PAGE].concat())?;
    Ok(project.site())
}

/// Builds the program that holds wasm-bindgen and its test runner.
pub(crate) fn wasm_tool(project: &Project, step: &mut Step) -> Result<PathBuf, Failure> {
    let mut command = project.cargo("build");
    command.args(["--package", "xtask", "--bin", "xtask-wasm", "--features", "wasm-tool"]);
    // It runs for a second and is compiled for a minute: no optimisation, no debug information. That one of its
    // dependencies will not suit some later Rust is for its makers to know.
    for setting in
        ["profile.dev.opt-level=0", "profile.dev.debug=false", "future-incompat-report.frequency='never'"]
    {
        command.args(["--config", setting]);
    }
    artifact(step, &mut command, ONLINE, |message| message["executable"].as_str())
}

/// Adds the wasm32 target to the Rust toolchain if it is missing.
pub(crate) fn rust_target(step: &mut Step) -> Result<(), Failure> {
    let remedy = format!("install Rust by rustup.rs, or your system's package of Rust for {WASM_TARGET}");
    let library = output_of(
        Command::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]),
        &remedy,
    )?;
    if Path::new(library.trim()).is_dir() {
        step.idle();
        return Ok(());
    }
    step.run(Command::new("rustup").args(["target", "add", WASM_TARGET]), &remedy).map(drop)
}

/// Installs the development tools of package-lock.json.
pub(crate) fn dev_tools(project: &Project, step: &mut Step) -> Result<(), Failure> {
    node()?;
    let inputs =
        ["package.json", "package-lock.json", ".npmrc"].map(|name| Tree::all(project.root.join(name)));
    let installed = project.root.join("node_modules").join(".package-lock.json");
    let stamp = Stamp::new(project, "dev-tools", &[], &inputs, vec![Tree::all(installed)])?;
    unless(&stamp, step, |step| step.run(npm().arg("ci").current_dir(&project.root), ONLINE).map(drop))
}

type Work = fn(&mut Build<'_>, &mut Step) -> Result<(), Failure>;

const PACKAGE: &[(&str, Work)] = &[
    ("Rust's wasm32 target", |_, step| rust_target(step)),
    ("development tools from npm", |build, step| dev_tools(build.project, step)),
    (WASM_TOOL, |build, step| build.tool(step)),
    ("release wasm", |build, step| build.wasm(step)),
    ("JavaScript glue", |build, step| build.glue(step)),
    ("wasm-opt", |build, step| build.optimised(step)),
    ("package's TypeScript", |build, step| build.package_scripts(step)),
];

const PAGE: &[(&str, Work)] = &[
    ("page's TypeScript", |build, step| build.page_scripts(step)),
    ("API reference", |build, step| build.reference(step)),
    ("page put together", |build, step| build.assembled(step)),
];

fn all(project: &Project, works: &[(&str, Work)]) -> Result<(), Failure> {
    let mut build = Build { project, tool: PathBuf::new(), wasm: PathBuf::new(), reference: PathBuf::new() };
    let mut steps = Steps::new(works.len());
    works.iter().try_for_each(|(title, work)| steps.step(title, |step| work(&mut build, step)))
}

struct Build<'a> {
    project: &'a Project,
    tool: PathBuf,
    wasm: PathBuf,
    reference: PathBuf,
}

impl Build<'_> {
    fn tool(&mut self, step: &mut Step) -> Result<(), Failure> {
        self.tool = wasm_tool(self.project, step)?;
        Ok(())
    }

    fn wasm(&mut self, step: &mut Step) -> Result<(), Failure> {
        let mut command = self.project.cargo("rustc");
        // Cargo leaves link-time optimisation out when a library is built as an rlib too.
        command.args(["--release", "--package", "backorder", "--lib", "--crate-type", "cdylib"]);
        command.args(["--target", WASM_TARGET]);
        command.args(["--config", &rustflags(self.project)?]);
        // A fifth smaller, and in the browser as fast within what can be measured.
        command.args(["--config", "profile.release.opt-level=\"s\""]);
        self.wasm = artifact(step, &mut command, AGAIN, |message| {
            let files = message["filenames"].as_array()?;
            files.iter().filter_map(Value::as_str).find(|file| file.ends_with("backorder.wasm"))
        })?;
        Ok(())
    }

    fn glue(&mut self, step: &mut Step) -> Result<(), Failure> {
        let glue = self.glue_directory()?;
        let inputs = [Tree::all(self.wasm.clone()), Tree::all(self.tool.clone())];
        let stamp = Stamp::new(self.project, "glue", &[], &inputs, vec![Tree::all(glue.clone())])?;
        unless(&stamp, step, |step| {
            empty(&glue, &[])?;
            step.run(Command::new(&self.tool).arg("bindgen").arg(&self.wasm).arg(&glue), AGAIN).map(drop)
        })
    }

    fn optimised(&mut self, step: &mut Step) -> Result<(), Failure> {
        let (glue, shipped) = (self.glue_directory()?, self.project.package().join("dist").join("wasm"));
        let inputs = [Tree::all(glue.clone()), Tree::all(self.project.root.join("package-lock.json"))];
        let stamp = Stamp::new(
            self.project,
            "wasm-opt",
            &[WASM_OPT, &[INLINE]].concat(),
            &inputs,
            vec![Tree::all(shipped.clone())],
        )?;
        unless(&stamp, step, |step| {
            empty(&shipped, &[])?;
            copy(&Tree::all(glue.clone()), &shipped)?;
            let module = "backorder_bg.wasm";
            let mut command = self.project.npm_tool("binaryen/bin/wasm-opt")?;
            command.args(WASM_OPT).arg(glue.join(module)).arg("-o").arg(shipped.join(module));
            step.run(&mut command, "report it with what wasm-opt says")?;
            let mut inline = node()?;
            inline.args(["--input-type=module", "--eval", INLINE]).current_dir(&shipped);
            step.run(&mut inline, AGAIN).map(drop)
        })
    }

    fn package_scripts(&mut self, step: &mut Step) -> Result<(), Failure> {
        let package = self.project.package();
        let dist = Tree { path: package.join("dist"), without: &["wasm"] };
        let inputs = [
            Tree { path: package, without: &["dist", "test"] },
            Tree::all(dist.path.join("wasm").join("backorder.d.ts")),
        ];
        self.scripts(step, "pkg", &inputs, dist)
    }

    fn page_scripts(&mut self, step: &mut Step) -> Result<(), Failure> {
        let page = self.project.page();
        let dist = Tree::all(page.join("dist"));
        let inputs = [
            Tree { path: page, without: &["data", "dist", "fonts", "test"] },
            Tree::all(self.project.package().join("index.d.ts")),
            Tree::all(self.project.package().join("zones.d.ts")),
            Tree::all(self.project.package().join("types")),
        ];
        self.scripts(step, "www", &inputs, dist)
    }

    fn scripts(&self, step: &mut Step, of: &str, inputs: &[Tree], dist: Tree) -> Result<(), Failure> {
        let lock = Tree::all(self.project.root.join("package-lock.json"));
        let stamp = Stamp::new(self.project, of, &[], &[inputs, &[lock]].concat(), vec![dist.clone()])?;
        unless(&stamp, step, |step| {
            empty(&dist.path, dist.without)?;
            let mut command = self.project.npm_tool("typescript/bin/tsc")?;
            step.run(command.args(["--project", of]), AGAIN).map(drop)
        })
    }

    fn reference(&mut self, step: &mut Step) -> Result<(), Failure> {
        self.reference = reference::made(self.project, step)?;
        Ok(())
    }

    fn assembled(&mut self, step: &mut Step) -> Result<(), Failure> {
        let (page, site) = (self.project.page(), self.project.site());
        let parts = [
            (
                Tree { path: page.clone(), without: &["dist", "src", "test", "tools", "tsconfig.json"] },
                site.clone(),
            ),
            (Tree::all(page.join("dist")), site.clone()),
            (Tree::all(self.project.package().join("dist")), site.join("backorder")),
            (Tree::all(self.reference.clone()), site.join("reference")),
            (
                Tree::all(self.project.root.join("node_modules").join(MESSAGE_FORMAT)),
                site.join(MESSAGE_FORMAT),
            ),
        ];
        let inputs = parts.each_ref().map(|(from, _)| from.clone());
        let stamp = Stamp::new(self.project, "site", &[], &inputs, vec![Tree::all(site.clone())])?;
        unless(&stamp, step, |_| {
            empty(&site, &[])?;
            parts.iter().try_for_each(|(from, to)| copy(from, to))?;
            imported_by_path(&site.join("backorder").join("messages"))
        })
    }

    fn glue_directory(&self) -> Result<PathBuf, Failure> {
        Ok(self.project.scratch()?.join("glue"))
    }
}

/// The page has no import map, as its policy allows nothing inline: what the package imports by its name is there by
/// its path.
fn imported_by_path(scripts: &Path) -> Result<(), Failure> {
    let (by_name, by_path) =
        (format!("\"{MESSAGE_FORMAT}\""), format!("\"../../{MESSAGE_FORMAT}/lib/index.js\""));
    for file in Tree::all(scripts.to_path_buf()).files()? {
        let path = scripts.join(file);
        let script = std::fs::read_to_string(&path).on("read", &path)?;
        std::fs::write(&path, script.replace(&by_name, &by_path)).on("write", &path)?;
    }
    Ok(())
}

/// Does the work unless its stamp holds, and stamps it when it has ended well.
pub(crate) fn unless(
    stamp: &Stamp,
    step: &mut Step,
    work: impl FnOnce(&mut Step) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if stamp.holds()? {
        step.idle();
        return Ok(());
    }
    work(step)?;
    stamp.save()
}

/// Runs cargo and returns the one file of its build that `wanted` picks.
pub(crate) fn artifact(
    step: &mut Step,
    command: &mut Command,
    remedy: &str,
    wanted: impl Fn(&Value) -> Option<&str>,
) -> Result<PathBuf, Failure> {
    let messages = step.run(command.arg("--message-format=json-render-diagnostics"), remedy)?;
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let found =
        messages.filter_map(|message| Some((PathBuf::from(wanted(&message)?), message["fresh"] == true)));
    let (file, fresh) =
        found.last().ok_or_else(|| Failure::from("cargo built nothing of the expected name".to_string()))?;
    if fresh {
        step.idle();
    }
    Ok(file)
}

/// The compiler's flags for the release wasm, as a setting of cargo's. Panic messages name their source files, and
/// what is shipped must neither grow by nor give away where this machine keeps them. After a trap the package sets the
/// stack right, whose pointer it must be able to reach for that.
fn rustflags(project: &Project) -> Result<String, Failure> {
    let sysroot = output_of(Command::new("rustc").args(["--print", "sysroot"]), AGAIN)?;
    let standard_library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let mut flags = vec![remapped(&project.root, "backorder"), remapped(&standard_library, "rust")];
    flags.push(toml_string("-Clink-arg=--export=__stack_pointer"));
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|user| user.join(".cargo")));
    let registries = home.map(|home| home.join("registry/src")).filter(|sources| sources.is_dir());
    if let Some(sources) = registries {
        let mut paths = Vec::new();
        for registry in std::fs::read_dir(&sources).on("list", &sources)? {
            paths.push(registry.on("list", &sources)?.path());
        }
        paths.sort();
        flags.extend(paths.iter().map(|path| remapped(path, "crates")));
    }
    Ok(format!("target.{WASM_TARGET}.rustflags=[{}]", flags.join(", ")))
}

/// The flag that tells one place as another, as TOML.
fn remapped(from: &Path, to: &str) -> String {
    toml_string(&format!("--remap-path-prefix={}={to}", from.display()))
}

/// A string in TOML, whose basic strings are JSON's.
pub(crate) fn toml_string(text: &str) -> String {
    Value::from(text).to_string()
}

pub(crate) fn empty(directory: &Path, but: &'static [&'static str]) -> Result<(), Failure> {
    let tree = Tree { path: directory.to_path_buf(), without: but };
    for file in tree.files()? {
        let path = directory.join(file);
        std::fs::remove_file(&path).on("remove", &path)?;
    }
    std::fs::create_dir_all(directory).on("make", directory)
}

pub(crate) fn copy(from: &Tree, to: &Path) -> Result<(), Failure> {
    for file in from.files()? {
        let (source, target) = (from.path.join(&file), to.join(&file));
        if let Some(directory) = target.parent() {
            std::fs::create_dir_all(directory).on("make", directory)?;
        }
        std::fs::copy(&source, &target).on("copy", &source)?;
    }
    Ok(())
}
