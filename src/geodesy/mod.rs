//! The Earth: positions, the ellipsoid, distances and azimuths on it.

pub(crate) mod bound;
pub(crate) mod curve;
pub(crate) mod distance;
pub(crate) mod ecef;
pub(crate) mod edge;
mod ellipsoid;
pub(crate) mod far;
mod position;

pub use distance::distance_m;
pub use edge::Edges;
pub use ellipsoid::{Direct, Ellipsoid, Inverse, direct, inverse};
pub use position::Position;
