//! Along a line and back.

/// Along a line and back: points, places beside it, intervals, marks.
pub mod referencing;
/// Kilometre posts with values of their own.
pub mod referents;
