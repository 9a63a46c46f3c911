//! The distance from a position to the nearest point of a region.

/// The distance from a position to the nearest point of a region.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    pub distance_m: f64,
    /// It is known to be the distance to a convex region that holds this one.
    pub is_convex: bool,
}
