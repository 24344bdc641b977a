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
    let budgets = budgets(&project.root.join(BUDGET))?;
    build::package(&project)?;
    let (files, entries) = sizes(&project.package().join("dist"))?;
    print!("{}\n{}", table(&files), held(&entries, &budgets));
    let wasm: u64 = files.iter().filter(|size| size.is_wasm()).map(|size| size.brotli).sum();
    let budget = budget_in(&budgets["wasm"]).map_err(wrong)?;
    println!("\nThe wasm takes {} of the {} bytes of brotli in {BUDGET}.", grouped(wasm), grouped(budget));
    let mut over = over_budget(&entries, &budgets)?;
    if wasm > budget {
        over.push(format!("the wasm is {} bytes over its budget", grouped(wasm - budget)));
    }
    if !over.is_empty() {
        let remedy = format!("find what grew, or add a larger budget to {BUDGET} and say there why");
        return Err(Failure::new(over.join("; "), remedy));
    }
    Ok(ExitCode::SUCCESS)
}

struct Size {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn is_wasm(&self) -> bool {
        self.name.ends_with(".wasm")
    }
}

/// The wasm and the scripts that are shipped, in the order of their paths; and the package's entries, each with
/// the scripts that it imports.
fn sizes(dist: &Path) -> Result<(Vec<Size>, Vec<Size>), Failure> {
    let mut files = Tree::all(dist.to_path_buf()).files()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "js" || extension == "wasm"));
    let mut command = node()?;
    command.args(["--input-type=module", "--eval", include_str!("size.mjs"), "--"]).args(&files);
    let printed = output_of(command.current_dir(dist), "see what Node says")?;
    let unreadable = || Failure::from(format!("these are not sizes: {printed}"));
    let sizes: Value = serde_json::from_str(&printed).map_err(|_| unreadable())?;
    let read = |size: &Value| {
        let number = |name: &str| size[name].as_u64();
        Some(Size {
            name: size["name"].as_str()?.to_string(),
            raw: number("raw")?,
            gzip: number("gzip")?,
            brotli: number("brotli")?,
        })
    };
    let list = |of: &str| {
        let found: Option<Vec<Size>> = sizes[of].as_array()?.iter().map(read).collect();
        found
    };
    Ok((list("files").ok_or_else(unreadable)?, list("entries").ok_or_else(unreadable)?))
}

/// All budgets there are.
fn budgets(file: &PathBuf) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(file).on("read", file)?;
    serde_json::from_str(&text).map_err(|error| wrong(format!("is not JSON: {error}")))
}

fn wrong(problem: String) -> Failure {
    let remedy = "give each list as [{\"brotliBytes\": 90000, \"why\": \"...\"}], the newest last";
    Failure::new(format!("{BUDGET} {problem}"), remedy)
}

/// The budget in force: the last of a list, each of which says why it is what it is.
fn budget_in(budgets: &Value) -> Result<u64, String> {
    let budgets = budgets.as_array().ok_or("has no such list")?;
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

/// What is wrong with the entries' sizes. Each has a budget.
fn over_budget(entries: &[Size], budgets: &Value) -> Result<Vec<String>, Failure> {
    let mut over = Vec::new();
    for Size { name, brotli, .. } in entries {
        let budget = budget_in(&budgets["entries"][name.as_str()])
            .map_err(|problem| wrong(format!("{problem}, for the entry {name}")))?;
        if *brotli > budget {
            over.push(format!("{name} is {} bytes over its budget", grouped(brotli - budget)));
        }
    }
    Ok(over)
}

/// The entries, each beside its budget.
fn held(entries: &[Size], budgets: &Value) -> String {
    let mut text = format!(
        "{:<24} {:>11} {:>11} {:>11} {:>11}\n",
        "with imports", "raw", "gzip -9", "brotli 11", "budget"
    );
    for Size { name, raw, gzip, brotli } in entries {
        let budget = budget_in(&budgets["entries"][name.as_str()]).map_or("none".to_string(), grouped);
        let [raw, gzip, brotli] = [raw, gzip, brotli].map(|&bytes| grouped(bytes));
        text.push_str(&format!("{name:<24} {raw:>11} {gzip:>11} {brotli:>11} {budget:>11}\n"));
    }
    text
}

fn table(sizes: &[Size]) -> String {
    let width = sizes.iter().map(|size| size.name.len()).max().unwrap_or(0).max("all scripts".len());
    let row = |name: &str, raw: &str, gzip: &str, brotli: &str| {
        format!("{name:<width$} {raw:>11} {gzip:>11} {brotli:>11}\n")
    };
    let sized = |name: &str, of: &[&Size]| {
        let sum = |part: fn(&Size) -> u64| grouped(of.iter().map(|size| part(size)).sum());
        row(name, &sum(|size| size.raw), &sum(|size| size.gzip), &sum(|size| size.brotli))
    };
    let mut text = row("bytes", "raw", "gzip -9", "brotli 11");
    for size in sizes {
        text.push_str(&sized(&size.name, &[size]));
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
            (r#"[{"brotliBytes": 5, "why": "a"}]"#, Ok(5)),
            (r#"[{"brotliBytes": 5, "why": "a"}, {"brotliBytes": 7, "why": "b"}]"#, Ok(7)),
            (r#"[{"brotliBytes": 5, "why": "a"}, {"brotliBytes": 7}]"#, Err(())),
            (r#"[{"brotliBytes": 5, "why": " "}]"#, Err(())),
            (r#"[{"why": "a"}]"#, Err(())),
            ("[]", Err(())),
            ("{}", Err(())),
            ("null", Err(())),
        ];
        for (text, expected) in cases {
            let budgets = serde_json::from_str(text).unwrap();
            assert_eq!(budget_in(&budgets).map_err(drop), expected, "{text}");
        }
    }

    #[test]
    fn each_entry_has_a_budget_that_holds() {
        let entry = |name: &str, brotli| Size { name: name.to_string(), raw: 9, gzip: 9, brotli };
        let budgets: Value = serde_json::from_str(
            r#"{"entries": {"a": [{"brotliBytes": 5, "why": "a"}], "b": [{"brotliBytes": 7, "why": "b"}]}}"#,
        )
        .unwrap();
        assert!(over_budget(&[entry("a", 5), entry("b", 7)], &budgets).unwrap().is_empty());
        assert_eq!(over_budget(&[entry("a", 6), entry("b", 9)], &budgets).unwrap().len(), 2);
        assert!(over_budget(&[entry("c", 1)], &budgets).is_err());
        assert!(held(&[entry("a", 5), entry("c", 1)], &budgets).contains("none"));
    }
}
