//! A region that many distances are measured to.

use super::cell::DistanceBounds;
use super::described_region::DescribedRegion;
use super::near::Near;
use super::sector_bounds::SectorBounds;
use crate::geodesy::ecef::SurfacePoint;

/// A region that distances are measured to, with what of it serves for all of them.
#[derive(Debug)]
pub(crate) enum Measured<'a> {
    Sector(Box<SectorBounds>),
    Other(&'a DescribedRegion),
}

impl<'a> Measured<'a> {
    /// A region, with what of it serves many questions about distances.
    pub fn of(region: &'a DescribedRegion) -> Self {
        match region {
            DescribedRegion::Sector(sector) => Measured::Sector(Box::new(SectorBounds::new(sector))),
            region => Measured::Other(region),
        }
    }

    /// As [`DescribedRegion::distance_bounds`].
    pub fn bounds(&self, q: &SurfacePoint) -> DistanceBounds {
        match self {
            Measured::Sector(sector) => sector.bounds(q),
            Measured::Other(region) => region.distance_bounds(q.position),
        }
    }

    /// The smallest distance alone.
    pub fn near(&self, q: &SurfacePoint) -> Near {
        match self {
            Measured::Sector(sector) => sector.near(q),
            Measured::Other(DescribedRegion::Interval(interval)) => {
                Near { distance_m: interval.least_m(q), is_convex: false }
            }
            Measured::Other(region) => {
                Near { distance_m: region.distance_bounds(q.position).min_m, is_convex: false }
            }
        }
    }
}
