//! Locations as they are reported: with an uncertainty, as a direction and a distance from a post, along a route.
//!
//! Each leaves a region of the ellipsoid open, and that region is an exact shape: what lies in it, how far it is from
//! a place at least and at most, and what its area is are computed by geodesics, not on a polygon.

mod bearing_span;
mod cell;
mod curves;
mod described_region;
mod direction;
mod distance_interval;
mod dms;
mod ellipse;
#[cfg(test)]
mod ellipse_tests;
mod extremum;
mod grid;
#[cfg(test)]
mod grid_tests;
mod interval;
mod location;
mod measured;
mod near;
mod sector;
mod sector_bounds;
#[cfg(test)]
mod sector_tests;
mod thickness;
mod utm;

pub(crate) use cell::{Cell, even_point};
pub use cell::{CoveringCircle, DistanceBounds};
pub use described_region::DescribedRegion;
pub use direction::{Bearing, CompassPoint, North};
pub use distance_interval::DistanceInterval;
pub(crate) use distance_interval::PLUS_MINUS;
pub use dms::{Axis, DmsAngle, position_from_dms, position_to_dms};
pub use ellipse::GeodesicEllipse;
pub use grid::GridSquare;
pub use interval::RouteInterval;
pub use location::{DescribedLocation, LocationForm, Observation};
pub(crate) use measured::Measured;
pub(crate) use near::Near;
pub use sector::AnnularSector;
pub(crate) use thickness::{WrittenDistance, written_distance};
pub use utm::square_from_utm;
