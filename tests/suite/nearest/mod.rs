//! The nearest posts, routes and corridors.

/// From far away: the index against the scan, and both against Karney alone.
pub mod far;
/// Nearest posts, routes and corridors: index against scan, and both against a slow oracle.
pub mod index;
/// Posts that come, go and move: as an index built of them.
pub mod moving;
/// Posts and routes out of service: as if they were not there.
pub mod service;
/// Ties, sides, chainage, membership and the far ends of the Earth, by hand.
pub mod ties_and_sides;
