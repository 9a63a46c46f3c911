//! A value of JSON as it is written.

use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A value of JSON as it is written: also one that no type holds, as a number out of range.
#[derive(Debug)]
pub(crate) struct RawText(Box<RawValue>);

impl RawText {
    /// Its text.
    pub fn text(&self) -> &str {
        self.0.get()
    }
}

impl<'de> Deserialize<'de> for RawText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(RawText)
    }
}
