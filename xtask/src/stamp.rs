//! Knows whether a step's inputs and outputs are still what they were when it last ended well, by their content.

use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use crate::failure::{Failure, OnPath};
use crate::tools::Project;

/// A file, or all files under a directory but for some names at its top.
#[derive(Clone)]
pub(crate) struct Tree {
    pub(crate) path: PathBuf,
    pub(crate) without: &'static [&'static str],
}

impl Tree {
    pub(crate) fn all(path: PathBuf) -> Tree {
        Tree { path, without: &[] }
    }

    /// The files, in an order that is the same everywhere, as paths below the tree's own.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        if self.path.is_dir() {
            self.walk(Path::new(""), &mut files)?;
            files.sort();
        } else if self.path.exists() {
            files.push(PathBuf::new());
        }
        Ok(files)
    }

    fn walk(&self, below: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
        let directory = self.path.join(below);
        for entry in std::fs::read_dir(&directory).on("list", &directory)? {
            let entry = entry.on("list", &directory)?;
            let name = entry.file_name();
            if below.as_os_str().is_empty() && self.without.iter().any(|without| name == *without) {
                continue;
            }
            let path = below.join(name);
            if entry.path().is_dir() {
                self.walk(&path, files)?;
            } else {
                files.push(path);
            }
        }
        Ok(())
    }

    fn feed(&self, hasher: &mut Xxh3) -> Result<(), Failure> {
        for file in self.files()? {
            let path = if file.as_os_str().is_empty() { self.path.clone() } else { self.path.join(&file) };
            let content = std::fs::read(&path).on("read", &path)?;
            feed(hasher, file.to_string_lossy().as_bytes());
            feed(hasher, &content);
        }
        Ok(())
    }
}

// The length first, so that no two lists of parts look alike.
fn feed(hasher: &mut Xxh3, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

/// The mark that a step leaves when it has ended well.
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: String,
    outputs: Vec<Tree>,
}

impl Stamp {
    /// `settings` are inputs that are in no file: the arguments of a command, say.
    pub(crate) fn new(
        project: &Project,
        name: &str,
        settings: &[&str],
        inputs: &[Tree],
        outputs: Vec<Tree>,
    ) -> Result<Stamp, Failure> {
        let mut hasher = Xxh3::new();
        for setting in settings {
            feed(&mut hasher, setting.as_bytes());
        }
        let inputs = digest(hasher, inputs)?;
        Ok(Stamp { file: project.scratch()?.join(format!("{name}.stamp")), inputs, outputs })
    }

    /// Whether the step can be left out.
    pub(crate) fn holds(&self) -> Result<bool, Failure> {
        match std::fs::read_to_string(&self.file) {
            Ok(saved) => Ok(saved == self.text()?),
            Err(_) => Ok(false),
        }
    }

    /// To be called when the step has ended well.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        std::fs::write(&self.file, self.text()?).on("write", &self.file)
    }

    fn text(&self) -> Result<String, Failure> {
        Ok(format!("{} {}\n", self.inputs, digest(Xxh3::new(), &self.outputs)?))
    }
}

fn digest(mut hasher: Xxh3, trees: &[Tree]) -> Result<String, Failure> {
    for tree in trees {
        tree.feed(&mut hasher)?;
    }
    Ok(format!("{:032x}", hasher.digest128()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, remove_file, write};

    fn project(name: &str) -> Project {
        let root = std::env::temp_dir().join(format!("xtask-stamp-{name}-{}", std::process::id()));
        create_dir_all(root.join("in").join("skip")).unwrap();
        write(root.join("in").join("a"), "1").unwrap();
        write(root.join("out"), "made").unwrap();
        Project { target: root.join("target"), wasm_tests: Vec::new(), root }
    }

    fn stamp(project: &Project, setting: &str) -> Stamp {
        let inputs = [Tree { path: project.root.join("in"), without: &["skip"] }];
        Stamp::new(project, "s", &[setting], &inputs, vec![Tree::all(project.root.join("out"))]).unwrap()
    }

    #[test]
    fn holds_until_an_input_a_setting_or_an_output_changes() {
        let project = project("holds");
        let inside = |name: &str| project.root.join("in").join(name);
        let holds = || stamp(&project, "x").holds().unwrap();
        assert!(!holds(), "nothing is known before the first run");
        stamp(&project, "x").save().unwrap();
        assert!(holds());

        assert!(!stamp(&project, "y").holds().unwrap(), "another setting");
        write(inside("a"), "2").unwrap();
        assert!(!holds(), "another content");
        write(inside("a"), "1").unwrap();
        assert!(holds(), "the content counts, not the time");
        write(inside("b"), "").unwrap();
        assert!(!holds(), "a new file");
        remove_file(inside("b")).unwrap();
        write(inside("skip").join("c"), "").unwrap();
        assert!(holds(), "what is left out does not count");
        write(project.root.join("out"), "spoilt").unwrap();
        assert!(!holds(), "another output");
        remove_file(project.root.join("out")).unwrap();
        assert!(!holds(), "no output");
        std::fs::remove_dir_all(&project.root).unwrap();
    }
}
