//! One feature of a text that has been checked: its id, and its properties in the caller's own type; values within them.

use serde::de::DeserializeOwned;

use super::feature::RawFeature;
use super::layers::properties;
use crate::{Error, FeatureId};

/// The id (else `#number`) and the properties of a feature whose grammar has been checked.
///
/// # Errors
/// Where it is no feature, or its properties do not fit.
pub(crate) fn id_and_properties<P: DeserializeOwned>(
    text: &str,
    number: u64,
) -> Result<(FeatureId, P), Error> {
    let feature = RawFeature { number, validated: true, ..RawFeature::alone(text) };
    let parts = feature.parts()?;
    Ok((parts.id(None)?, properties(&parts)?))
}

/// What a text says that may be JSON; `None` where it is none.
pub(crate) fn nested_json<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
