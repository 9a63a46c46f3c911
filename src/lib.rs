//! Exact nearest observation post, patrol route and corridor for incidents, on the WGS84 ellipsoid.

pub mod geodesy;
pub mod io;
pub mod model;

mod error;

pub use error::Error;
pub use geodesy::Position;
pub use model::{Corridor, FeatureId, Incident, ObservationPost, PatrolRoute, Place, Region};
