//! The Earth: positions, the ellipsoid, distances and azimuths on it.

mod position;

pub use position::Position;
