//! Regions of described locations.

/// Regions of reported locations as geometries of a map.
pub mod geometry;
/// Angles and grid references as others write them.
pub mod texts;
/// The regions of reports against GeographicLib's tools and dense samples.
pub mod truth;
