//! The API reference of the npm package: pages made of its declarations, by TypeDoc.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::build::{empty, unless};
use crate::failure::{Failure, OnPath};
use crate::progress::Step;
use crate::stamp::{Stamp, Tree};
use crate::tools::{Project, node, npm};

const ONLINE: &str = "see that this machine reaches npm's registry, and run the same command again";
const DOCUMENT: &str =
    "give what is exported a doc comment that says what it is, and run the same command again";

/// Makes the pages unless they stand, and returns their directory. An exported symbol without a doc comment is refused.
pub(crate) fn made(project: &Project, step: &mut Step) -> Result<PathBuf, Failure> {
    let package = project.package();
    let pages = project.scratch()?.join("reference");
    let inputs = [
        Tree { path: package.clone(), without: &["dist", "src", "test"] },
        Tree::all(project.root.join("xtask/reference")),
    ];
    let stamp = Stamp::new(project, "reference", &[], &inputs, vec![Tree::all(pages.clone())])?;
    unless(&stamp, step, |step| {
        let tools = tools(project, step)?;
        empty(&pages, &[])?;
        let mut typedoc = node()?;
        typedoc.arg(tools.join("node_modules/typedoc/bin/typedoc")).current_dir(&package);
        for (option, file) in [("--options", "typedoc.json"), ("--tsconfig", "tsconfig.json")] {
            typedoc.arg(option).arg(project.root.join("xtask/reference").join(file));
        }
        typedoc.arg("--out").arg(&pages).args(entries(&package)?);
        step.run(&mut typedoc, DOCUMENT).map(drop)
    })?;
    Ok(pages)
}

/// TypeDoc with the compiler that it needs, in a directory of its own: the project's compiler is of another kind.
fn tools(project: &Project, step: &mut Step) -> Result<PathBuf, Failure> {
    let directory = project.scratch()?.join("reference-tools");
    std::fs::create_dir_all(&directory).on("make", &directory)?;
    let inputs = ["xtask/reference/package.json", "xtask/reference/package-lock.json", ".npmrc"]
        .map(|file| Tree::all(project.root.join(file)));
    let installed = Tree::all(directory.join("node_modules/.package-lock.json"));
    let stamp = Stamp::new(project, "reference-tools", &[], &inputs, vec![installed])?;
    unless(&stamp, step, |step| {
        for input in &inputs {
            let name = input.path.file_name().unwrap_or_default();
            std::fs::copy(&input.path, directory.join(name)).on("copy", &input.path)?;
        }
        step.run(npm().arg("ci").current_dir(&directory), ONLINE).map(drop)
    })?;
    Ok(directory)
}

/// The declarations of every entry that the package has, as paths below it.
fn entries(package: &Path) -> Result<Vec<String>, Failure> {
    let path = package.join("package.json");
    let text = std::fs::read_to_string(&path).on("read", &path)?;
    let manifest: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::from(format!("{} is no JSON: {error}", path.display())))?;
    let exports = manifest["exports"].as_object().into_iter().flatten();
    Ok(exports.filter_map(|(_, entry)| entry["types"].as_str().map(str::to_string)).collect())
}
