//! How much of a text has been read.

use crate::io::json::raw;

/// How much has gone by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    pub features: u64,
    pub lines: u64,
    pub bytes: u64,
}

impl std::ops::AddAssign for Passed {
    fn add_assign(&mut self, more: Passed) {
        self.features += more.features;
        self.lines += more.lines;
        self.bytes += more.bytes;
    }
}

impl std::ops::Sub for Passed {
    type Output = Passed;

    fn sub(self, less: Passed) -> Passed {
        Passed {
            features: self.features - less.features,
            lines: self.lines - less.lines,
            bytes: self.bytes - less.bytes,
        }
    }
}

impl Passed {
    /// A text without features.
    pub fn text(text: &str) -> Self {
        Passed { features: 0, lines: raw::newlines(text), bytes: text.len() as u64 }
    }
}
