//! The field: posts, routes, corridors and incidents. Plain data, valid once built.

mod antimeridian;
mod calendar;
mod connector;
mod corridor;
mod id;
mod incident;
mod instant;
mod post;
mod region;
pub(crate) mod reported;
mod route;
mod service;
mod time_span;

pub use antimeridian::cut_at_antimeridian;
pub use calendar::{Day, LocalTime};
pub use connector::connector;
pub use corridor::{Corridor, CorridorRegion};
pub use id::FeatureId;
pub use incident::{Incident, Place};
pub use instant::{Instant, Zone};
pub use post::ObservationPost;
pub use region::Region;
pub use reported::{
    AnnularSector, Axis, Bearing, CoveringCircle, DistanceBounds, DistanceInterval, DmsAngle,
    GeodesicEllipse, GridSquare, LocationForm, North, Observation, ReportedLocation, ReportedRegion,
    RouteStretch, Wind, position_from_dms, position_to_dms, square_from_utm,
};
pub use route::PatrolRoute;
pub use service::ServicePeriod;
pub use time_span::TimeSpan;
