//! The Earth: positions, the ellipsoid, distances and azimuths on it.

mod area;
pub(crate) mod bound;
pub(crate) mod curve;
pub(crate) mod departures;
pub(crate) mod distance;
pub(crate) mod ecef;
pub(crate) mod edge;
pub(crate) mod ellipsoid;
pub(crate) mod far;
pub(crate) mod grid;
mod magnetic;
mod position;
pub(crate) mod root;
pub(crate) mod turn;
mod velocity;
mod wmm;

pub(crate) use area::ring_area_m2;
pub use distance::distance_m;
pub use edge::Edges;
pub use ellipsoid::{Direct, Ellipsoid, Inverse, direct, inverse};
pub use grid::grid_convergence_deg;
pub use magnetic::Declination;
pub use position::Position;
