//! The sizes of what is shipped, held to the budget in size-budget.json.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use crate::build;
use crate::failure::{Failure, OnPath};
use crate::stamp::Tree;
use crate::tools::{Project, node, output_of};

const BUDGET: &str = "size-budget.json";

/// `cargo xtask size`.
pub(crate) fn run(_args: &[String]) -> Result<ExitCode, Failure> {
    let project = Project::find()?;
    let file = project.root.join(BUDGET);
    let budgets =
        PARTS.iter().map(|(name, ..)| budget(&file, name)).collect::<Result<Vec<u64>, Failure>>()?;
    build::package(&project)?;
    let sizes = sizes(&project.package().join("dist"))?;
    print!("{}", table(&sizes));
    println!();
    let mut over = Vec::new();
    for ((_, part, is_of), budget) in PARTS.iter().zip(budgets) {
        let taken: u64 = sizes.iter().filter(|size| is_of(size)).map(|size| size.brotli).sum();
        println!(
            "The {part} takes {} of the {} bytes of brotli in {BUDGET}.",
            grouped(taken),
            grouped(budget)
        );
        if taken > budget {
            over.push(format!("the {part} is {} bytes over its budget", grouped(taken - budget)));
        }
    }
    if over.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let remedy = format!("find what grew, or add a larger budget to {BUDGET} and say there why");
    Err(Failure::new(over.join("; "), remedy))
}

type Part = (&'static str, &'static str, fn(&Size) -> bool);

/// What has a budget: its name there, what it is, and which files it is.
const PARTS: [Part; 2] = [("wasm", "wasm", Size::is_wasm), ("sheet", "reader of sheets", Size::is_of_sheets)];

struct Size {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn is_wasm(&self) -> bool {
        self.file.ends_with(".wasm")
    }

    /// All that `backorder/sheet` loads.
    fn is_of_sheets(&self) -> bool {
        Path::new(&self.file) == Path::new("sheet.js") || Path::new(&self.file).starts_with("sheet")
    }
}

/// The wasm and the scripts that are shipped, in the order of their paths.
fn sizes(dist: &Path) -> Result<Vec<Size>, Failure> {
    let mut files = Tree::all(dist.to_path_buf()).files()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "js" || extension == "wasm"));
    let mut command = node()?;
    command.args(["--input-type=module", "--eval", include_str!("size.mjs"), "--"]).args(&files);
    let printed = output_of(command.current_dir(dist), "see what Node says")?;
    let unreadable = || Failure::from(format!("these are not sizes: {printed}"));
    let sizes: Vec<Value> = serde_json::from_str(&printed).map_err(|_| unreadable())?;
    let read = |size: &Value| {
        let number = |name: &str| size[name].as_u64();
        Some(Size {
            file: size["file"].as_str()?.to_string(),
            raw: number("raw")?,
            gzip: number("gzip")?,
            brotli: number("brotli")?,
        })
    };
    sizes.iter().map(|size| read(size).ok_or_else(unreadable)).collect()
}

/// The budget of a part that is in force: its last in the file, each of which says why it is what it is.
fn budget(file: &PathBuf, part: &str) -> Result<u64, Failure> {
    let text = std::fs::read_to_string(file).on("read", file)?;
    budget_in(&text, part).map_err(|problem| {
        let remedy = "give it as {\"wasm\": [{\"brotliBytes\": 90000, \"why\": \"...\"}]}, the newest last";
        Failure::new(format!("{BUDGET} {problem}"), remedy)
    })
}

fn budget_in(text: &str, part: &str) -> Result<u64, String> {
    let budgets: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let budgets = budgets[part].as_array().ok_or(format!("has no list `{part}`"))?;
    let mut last = None;
    for budget in budgets {
        let bytes = budget["brotliBytes"].as_u64().ok_or("has a budget without `brotliBytes`")?;
        if budget["why"].as_str().is_none_or(|why| why.trim().is_empty()) {
            return Err(format!("does not say why the budget is {bytes}"));
        }
        last = Some(bytes);
    }
    last.ok_or_else(|| "holds no budget".to_string())
}

fn table(sizes: &[Size]) -> String {
    let width = sizes.iter().map(|size| size.file.len()).max().unwrap_or(0).max("all scripts".len());
    let row = |name: &str, raw: &str, gzip: &str, brotli: &str| {
        format!("{name:<width$} {raw:>11} {gzip:>11} {brotli:>11}\n")
    };
    let sized = |name: &str, of: &[&Size]| {
        let sum = |part: fn(&Size) -> u64| grouped(of.iter().map(|size| part(size)).sum());
        row(name, &sum(|size| size.raw), &sum(|size| size.gzip), &sum(|size| size.brotli))
    };
    let mut text = row("bytes", "raw", "gzip -9", "brotli 11");
    for size in sizes {
        text.push_str(&sized(&size.file, &[size]));
    }
    let scripts: Vec<&Size> = sizes.iter().filter(|size| !size.is_wasm()).collect();
    text.push_str(&sized("all scripts", &scripts));
    text
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (90_000, "90,000"), (1_234_567, "1,234,567")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_last_budget_holds_and_each_says_why() {
        let cases = [
            (r#"{"wasm": [{"brotliBytes": 5, "why": "a"}]}"#, Ok(5)),
            (r#"{"wasm": [{"brotliBytes": 5, "why": "a"}, {"brotliBytes": 7, "why": "b"}]}"#, Ok(7)),
            (r#"{"wasm": [{"brotliBytes": 5, "why": "a"}, {"brotliBytes": 7}]}"#, Err(())),
            (r#"{"wasm": [{"brotliBytes": 5, "why": " "}]}"#, Err(())),
            (r#"{"wasm": [{"why": "a"}]}"#, Err(())),
            (r#"{"wasm": []}"#, Err(())),
            ("{}", Err(())),
            ("", Err(())),
        ];
        for (text, expected) in cases {
            assert_eq!(budget_in(text, "wasm").map_err(drop), expected, "{text}");
        }
    }
}
