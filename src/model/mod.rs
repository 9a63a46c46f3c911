//! The field: posts, routes, corridors and incidents. Plain data, valid once built.

mod antimeridian;
mod connector;
mod corridor;
#[cfg(feature = "geo-traits")]
mod geo_traits;
mod id;
mod incident;
mod post;
mod region;
mod route;
mod validated;

pub use antimeridian::cut_at_antimeridian;
pub use connector::connector;
pub use corridor::{Corridor, CorridorRegion};
pub use id::FeatureId;
pub use incident::{Incident, IncidentGeometry};
pub use post::ObservationPost;
pub use region::Region;
pub use route::PatrolRoute;
