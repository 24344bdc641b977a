//! The digest that everybody must come to.

use serde::{Deserialize, Serialize};

use super::Played;
use crate::failure::{Failure, OnPath};
use crate::tools::Project;

const FILE: &str = "tests/digest.json";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stored {
    about: String,
    pub(super) commands: u64,
    /// Of the commands themselves.
    pub(super) input: String,
    pub(super) states: String,
    pub(super) answers: String,
}

impl Stored {
    pub(super) fn read(project: &Project) -> Result<Stored, Failure> {
        let path = project.root.join(FILE);
        let text = std::fs::read_to_string(&path).on("read", &path)?;
        serde_json::from_str(&text).map_err(|error| Failure::from(format!("{}: {error}", path.display())))
    }

    /// As many commands, with what came of them now.
    pub(super) fn of(before: &Stored, input: String, played: &Played) -> Stored {
        let (states, answers) = (played.states.clone(), played.answers.clone());
        Stored { about: before.about.clone(), commands: before.commands, input, states, answers }
    }

    pub(super) fn is(&self, played: &Played) -> bool {
        self.states == played.states && self.answers == played.answers
    }

    pub(super) fn write(&self, project: &Project) -> Result<(), Failure> {
        let path = project.root.join(FILE);
        let text = serde_json::to_string_pretty(self).map_err(|error| Failure::from(error.to_string()))?;
        std::fs::write(&path, text + "\n").on("write", &path)
    }
}
