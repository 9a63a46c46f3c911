//! What posts and routes are to one another: how the routes are covered and divided.

mod along;
mod beats;
mod coverage;
mod parallel;

pub use beats::{Beat, Farthest, RouteBeats, beats};
pub use coverage::{CoverageOptions, RouteCoverage, Stretch, coverage};
