//! One feature of a text that has been checked: its id, and its properties as they are written.

use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::feature::RawFeature;
use crate::{Error, FeatureId};

/// The id (else `#number`) and the object of the properties of a feature whose grammar has been checked.
///
/// # Errors
/// Where it is no feature.
pub(crate) fn id_and_properties(text: &str, number: u64) -> Result<(FeatureId, &str), Error> {
    let feature = RawFeature { number, validated: true, ..RawFeature::alone(text) };
    let parts = feature.parts()?;
    Ok((parts.id(None)?, parts.properties.object()))
}

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
