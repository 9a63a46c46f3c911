//! Along a line and back.

/// Along a line and back: points, places beside it, stretches, marks.
pub mod referencing;
/// Kilometre posts with values of their own.
pub mod referents;
