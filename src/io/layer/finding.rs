//! What a check has to say about a file: one line a finding.

use std::fmt::{self, Write};

use serde::Serialize;

use crate::Error;
use crate::text::OneLine;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// The file can't be used.
    Error,
    /// The file can be used; this is doubtful.
    Warning,
    /// Nothing is wrong: what would be done.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// One thing that is wrong or doubtful, and where. `Display` gives
/// `FILE:LINE: error|warning|note: where: what, what to do`; what concerns a file as a whole is shown on line 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The file as it was named.
    pub file: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<u64>,
    /// How bad it is.
    pub severity: Severity,
    /// The number of the feature, counted from 1, where it is in one.
    pub feature: Option<u64>,
    /// The id of the feature, as it is written.
    pub id: Option<String>,
    /// The JSON path inside the feature: `geometry.coordinates[3]`.
    pub path: Option<String>,
    /// What was found, what was expected and what to do.
    pub message: String,
}

impl Finding {
    /// An error as a finding of the given severity; `file` is used where the error names none.
    pub fn from_error(error: &Error, file: &str, severity: Severity) -> Self {
        // The place of a fault in the bytes has no column of its own here.
        let byte = error.byte().filter(|_| error.line().is_none());
        Finding {
            file: error.file().unwrap_or(file).to_owned(),
            line: error.line(),
            severity,
            feature: error.feature(),
            id: error.id().map(str::to_owned),
            path: error.path().map(str::to_owned),
            message: match byte {
                Some(byte) => format!("{} (byte {byte})", error.message()),
                None => error.message().to_owned(),
            },
        }
    }

    /// True where the file can't be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = OneLine(f);
        write!(f, "{}:{}: {}: ", self.file, self.line.unwrap_or(1), self.severity)?;
        if let Some(number) = self.feature {
            write!(f, "feature {number}")?;
            if let Some(id) = &self.id {
                write!(f, " (id {id})")?;
            }
            f.write_str(if self.path.is_some() { ", " } else { ": " })?;
        }
        if let Some(path) = &self.path {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)
    }
}
