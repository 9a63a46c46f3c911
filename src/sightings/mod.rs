//! Sightings as people log them: texts under documented names, read into the region that each leaves open.

mod fields;
mod reader;

pub use fields::{SIGHTING_FIELDS, SightingField, SightingTexts};
pub(crate) use fields::{SightingColumns, may_name_a_sighting};
pub use reader::{Sighting, SightingOptions, SightingReader};
