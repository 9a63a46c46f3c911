//! What follows from posts and routes together: corridors as places, coverage, beats, and where a post is
//! missing.

mod along;
mod antimeridian;
mod beats;
mod caps;
mod cell;
mod clusters;
mod common_region;
mod corridors;
mod coverage;
mod fix;
mod fuse;
mod hotspots;
mod local_plane;
mod outline;
mod ranked;
mod region_outline;
mod sectors;
mod suggest;
mod sweep;
mod uncertain;
mod union;

pub use beats::{Beat, Farthest, RouteBeats, beats};
pub use caps::Caps;
pub use clusters::{ClusterOptions, PairBand, SpaceTimeClusters, space_time_clusters};
pub use common_region::CommonRegion;
pub use corridors::{CorridorArea, corridor_areas, corridor_region};
pub use coverage::{CoverageOptions, Interval, RouteCoverage, coverage};
pub use fix::{
    Covariance, Fix, FixError, FixFailure, FixObservation, FixResidual, FixWarning, Measurement, fix,
};
pub use fuse::{FuseOptions, FuseReport, FusedGroup, fuse};
pub use hotspots::{DensityPlace, HotInterval, HotspotOptions, RouteDensity, Split, route_density};
pub use region_outline::region_geometry;
pub use sectors::{Sector, Within, sectors};
pub use suggest::{Suggestion, suggest_posts};
pub use uncertain::{Candidate, Candidates, UncertainAnswer, locate_common, locate_uncertain};
