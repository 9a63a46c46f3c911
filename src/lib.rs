//! Exact nearest observation post, patrol route and corridor for incidents, on the WGS84 ellipsoid.

#![deny(missing_docs)]

pub mod annotate;
pub mod geodesy;
pub mod index;
pub mod io;
pub mod linear;
pub mod model;

mod error;

pub use error::Error;
pub use geodesy::{Edges, Position};
pub use index::PatrolArea;
pub use model::{Corridor, FeatureId, Incident, ObservationPost, PatrolRoute, Place, Region};
