//! What went wrong, and what the person at the keyboard can do about it.

use std::fmt;

/// A failure in two parts: what failed, and what to do.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    what: String,
    remedy: Option<String>,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Failure {
        Failure { what: what.into(), remedy: Some(remedy.into()) }
    }

    /// The beginning of it and what to do, in one line.
    pub(crate) fn sentence(&self) -> String {
        let what = self.what.lines().next().unwrap_or_default();
        match &self.remedy {
            Some(remedy) => format!("{what}: {remedy}"),
            None => what.to_string(),
        }
    }

    /// The same failure, told as part of something larger.
    pub(crate) fn within(self, whole: &str) -> Failure {
        Failure { what: format!("{whole}: {}", self.what), remedy: self.remedy }
    }
}

impl From<String> for Failure {
    fn from(what: String) -> Failure {
        Failure { what, remedy: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\nWhat to do: {remedy}"),
            None => Ok(()),
        }
    }
}

/// Names the file an operation of the operating system failed on.
pub(crate) trait OnPath<T> {
    fn on(self, doing: &str, path: &std::path::Path) -> Result<T, Failure>;
}

impl<T> OnPath<T> for std::io::Result<T> {
    fn on(self, doing: &str, path: &std::path::Path) -> Result<T, Failure> {
        self.map_err(|error| {
            Failure::new(
                format!("could not {doing} {}: {error}", path.display()),
                "see that the file exists, that you may use it and that the disk has room",
            )
        })
    }
}
