//! The crates that are compiled into the shipped wasm, and those that are recorded to be.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::{Failure, OnPath};
use crate::tools::Project;

const FILE: &str = "shipped.json";

/// A crate by its name. Of a crate that is there twice, both.
pub(super) type Crates = Vec<(String, Crate)>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Crate {
    pub(super) version: String,
    pub(super) licence: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Shipped {
    about: String,
    /// What may be passed on beside the project's own licences.
    pub(super) licences: Vec<String>,
    crates: BTreeMap<String, Crate>,
}

impl Shipped {
    pub(super) fn read(project: &Project) -> Result<Shipped, Failure> {
        let path = project.root.join(FILE);
        let text = std::fs::read_to_string(&path).on("read", &path)?;
        serde_json::from_str(&text).map_err(|error| Failure::from(format!("{}: {error}", path.display())))
    }

    pub(super) fn with(self, crates: Crates) -> Shipped {
        Shipped { crates: crates.into_iter().collect(), ..self }
    }

    pub(super) fn write(&self, project: &Project) -> Result<(), Failure> {
        let path = project.root.join(FILE);
        let text = serde_json::to_string_pretty(self).map_err(|error| Failure::from(error.to_string()))?;
        std::fs::write(&path, text + "\n").on("write", &path)
    }

    /// What is there and not recorded, or the other way round.
    pub(super) fn differences(&self, found: &Crates) -> Vec<String> {
        let is_recorded = |(name, one): &&(String, Crate)| self.crates.get(name) == Some(one);
        let strangers = found.iter().filter(|one| !is_recorded(one));
        let strangers =
            strangers.map(|(name, one)| format!("{name} {} is not recorded in {FILE}", one.version));
        let names: BTreeSet<&String> = found.iter().map(|(name, _)| name).collect();
        let gone = self.crates.keys().filter(|name| !names.contains(name));
        strangers.chain(gone.map(|name| format!("{name} is recorded in {FILE} and not there"))).collect()
    }
}

/// A sentence for each crate that comes in two versions.
pub(super) fn twice(crates: &Crates) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = crates.iter().filter(|(name, _)| !seen.insert(name));
    again.map(|(name, one)| format!("{name} is there twice, once as {}", one.version)).collect()
}

/// Those below the library by ordinary edges, without macros, which run on the machine that builds.
pub(super) fn crates(metadata: &Value) -> Result<Crates, Failure> {
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        let all = list.as_array().into_iter().flatten();
        all.filter_map(|one| Some((one["id"].as_str()?.to_string(), one.clone()))).collect()
    };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let root = packages.iter().find(|(_, package)| package["name"] == "backorder");
    let (root, _) = root.ok_or_else(|| Failure::from("cargo metadata has no backorder".to_string()))?;
    let (mut crates, mut seen, mut next) = (Vec::new(), BTreeSet::new(), vec![root.clone()]);
    while let Some(id) = next.pop() {
        let edges = nodes.get(&id).and_then(|node| node["deps"].as_array()).into_iter().flatten();
        for edge in edges.filter(|edge| is_ordinary(edge)) {
            let id = edge["pkg"].as_str().unwrap_or_default();
            let Some(package) = packages.get(id).filter(|package| !is_macro(package)) else { continue };
            if seen.insert(id.to_string()) {
                let text = |name: &str| package[name].as_str().unwrap_or("nothing").to_string();
                crates.push((text("name"), Crate { version: text("version"), licence: text("license") }));
                next.push(id.to_string());
            }
        }
    }
    crates.sort_by(|(a, left), (b, right)| (a, &left.version).cmp(&(b, &right.version)));
    Ok(crates)
}

/// Neither for tests nor for a build script.
fn is_ordinary(edge: &Value) -> bool {
    edge["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null())
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets
        .flat_map(|target| target["kind"].as_array().into_iter().flatten())
        .any(|kind| kind == "proc-macro")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn metadata() -> Value {
        let package = |id: &str, name: &str, kind: &str| json!({ "id": id, "name": name, "version": id, "license": "MIT", "targets": [{ "kind": [kind] }] });
        let edge = |id: &str, kind: Value| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] });
        json!({
            "packages": [
                package("0", "backorder", "lib"), package("1", "a", "lib"), package("2", "a", "lib"),
                package("3", "macros", "proc-macro"), package("4", "tests", "lib"), package("5", "below", "lib"),
            ],
            "resolve": { "nodes": [
                { "id": "0", "deps": [edge("1", Value::Null), edge("2", Value::Null), edge("3", Value::Null), edge("4", json!("dev"))] },
                { "id": "1", "deps": [edge("5", Value::Null), edge("4", json!("build"))] },
            ] },
        })
    }

    #[test]
    fn macros_tests_and_build_scripts_are_not_shipped() {
        let crates = crates(&metadata()).expect("there is a root");
        let names: Vec<&str> = crates.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "a", "below"]);
        assert_eq!(twice(&crates), ["a is there twice, once as 2"]);
    }

    #[test]
    fn what_comes_and_what_goes_is_told() {
        let found = crates(&metadata()).expect("there is a root");
        let one = Crate { version: "5".to_string(), licence: "MIT".to_string() };
        let recorded = BTreeMap::from([("below".to_string(), one.clone()), ("gone".to_string(), one)]);
        let shipped = Shipped { about: String::new(), licences: Vec::new(), crates: recorded };
        assert_eq!(
            shipped.differences(&found),
            [
                "a 1 is not recorded in shipped.json",
                "a 2 is not recorded in shipped.json",
                "gone is recorded in shipped.json and not there"
            ]
        );
    }
}
