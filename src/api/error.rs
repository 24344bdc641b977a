//! What is no domain outcome: arguments that are no command at all, and snapshots that can't be read.

use crate::codec::SnapshotError;
use crate::codec::log::LogError;
use crate::model::outcome::Rejection;
use alloc::string::{String, ToString};
use core::fmt;

/// What the package throws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Which kind of error, by name.
    pub code: ApiCode,
    /// Which part of the argument, as `commands[2].lines[0].sku`.
    pub path: Option<String>,
    /// A sentence that says what is wrong and what would be right.
    pub message: String,
}

/// The kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiCode {
    /// An argument is not what the call takes.
    InvalidArgument,
    /// Bytes that are no snapshot, or no log of it, or are no longer.
    CorruptSnapshot,
    /// A snapshot or a log of a later release.
    UnsupportedSnapshot,
}

impl ApiCode {
    /// The contract's name.
    pub const fn name(self) -> &'static str {
        match self {
            ApiCode::InvalidArgument => "INVALID_ARGUMENT",
            ApiCode::CorruptSnapshot => "CORRUPT_SNAPSHOT",
            ApiCode::UnsupportedSnapshot => "UNSUPPORTED_SNAPSHOT",
        }
    }
}

impl ApiError {
    /// An argument that is not what the call takes; `path` says which part of it.
    pub fn invalid(path: &str, message: String) -> ApiError {
        ApiError { code: ApiCode::InvalidArgument, path: Some(path.into()), message }
    }
}

/// Where there is no outcome to say it in, what is wrong with a document is an error.
impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        ApiError { code: ApiCode::InvalidArgument, path: rejection.path, message: rejection.message }
    }
}

impl From<SnapshotError> for ApiError {
    fn from(error: SnapshotError) -> Self {
        let code = match error {
            SnapshotError::Corrupt { .. } => ApiCode::CorruptSnapshot,
            SnapshotError::Unsupported { .. } => ApiCode::UnsupportedSnapshot,
        };
        ApiError { code, path: None, message: error.to_string() }
    }
}

impl From<LogError> for ApiError {
    fn from(error: LogError) -> Self {
        let code = match error {
            LogError::Corrupt { .. } | LogError::OtherSnapshot => ApiCode::CorruptSnapshot,
            LogError::Unsupported { .. } => ApiCode::UnsupportedSnapshot,
        };
        ApiError { code, path: None, message: error.to_string() }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for ApiError {}
