//! Parts of a region that are small enough to decide about.

use crate::Position;
use crate::geodesy::Ellipsoid;

/// A rectangle in the two numbers by which a shape counts its points: what they mean is the shape's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    pub low: [f64; 2],
    pub high: [f64; 2],
}

impl Cell {
    pub fn middle(&self) -> [f64; 2] {
        [0.5 * (self.low[0] + self.high[0]), 0.5 * (self.low[1] + self.high[1])]
    }

    /// How wide it is in either number.
    pub fn span(&self) -> [f64; 2] {
        [self.high[0] - self.low[0], self.high[1] - self.low[1]]
    }

    /// Cuts it in two across one of the numbers.
    pub fn halves(&self, axis: usize) -> [Cell; 2] {
        let (mut first, mut second) = (*self, *self);
        let middle = self.middle()[axis];
        first.high[axis] = middle;
        second.low[axis] = middle;
        [first, second]
    }
}

/// A circle that holds a shape, or a part of one.
///
/// ```
/// use patrol_corridor::{Position, region::AnnularSector};
/// // 2 to 7 km north-north-east of the post.
/// let sector = AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)?;
/// let circle = sector.covering_circle();
/// assert_eq!(format!("{:.1} m", circle.radius_m), "2655.4 m");
/// assert!(sector.distance_bounds(circle.centre).max_m <= circle.radius_m + 1e-3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CoveringCircle {
    /// Its centre; that of a part lies in the part.
    pub centre: Position,
    /// No point of the shape is farther from the centre, in metres.
    pub radius_m: f64,
}

impl CoveringCircle {
    /// Bounds of the distance to a place at `distance_m` from the centre: the triangle's inequality.
    pub(crate) fn bounds(&self, distance_m: f64) -> DistanceBounds {
        let min_m = (distance_m - self.radius_m).max(0.0);
        DistanceBounds { min_m, max_m: (distance_m + self.radius_m).min(FARTHEST_M) }
    }
}

/// The smallest and the greatest distance between a place and the points of a region, in metres.
///
/// ```
/// use patrol_corridor::{Position, region::AnnularSector};
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.75, 39.82)?, 500.0)?;
/// let from_inside = disc.distance_bounds(Position::from_lon_lat(46.752, 39.82)?);
/// assert_eq!((from_inside.min_m, format!("{:.1} m", from_inside.max_m)), (0.0, "671.2 m".into()));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DistanceBounds {
    /// No point of the region is nearer; 0 where the place lies in it.
    pub min_m: f64,
    /// No point of the region is farther.
    pub max_m: f64,
}

/// Half the length of a meridian: no two places of WGS84 are farther apart.
pub(crate) const FARTHEST_M: f64 = 20_003_931.458_625_5;

/// Up to this far the distance to a place is a convex function along geodesics: a quarter of the way around
/// the sphere that is curved as the ellipsoid is where it is most (at the equator, by 1/b^2), by Rauch's
/// comparison (Cheeger and Ebin 1975, Comparison Theorems in Riemannian Geometry, chapter 1).
pub(crate) const CONVEX_M: f64 = 0.99 * std::f64::consts::FRAC_PI_2 * Ellipsoid::WGS84.semi_minor_m();

/// The `i`-th of `count` points that fill the unit square evenly: Hammersley's, whose discrepancy falls nearly as
/// 1/count (Niederreiter 1992, Random Number Generation and Quasi-Monte Carlo Methods, section 3.1).
pub(crate) fn even_point(i: u32, count: u32) -> [f64; 2] {
    let half = 0.5 / f64::from(count);
    let mirrored = f64::from(i.reverse_bits()) / (f64::from(u32::MAX) + 1.0);
    [(f64::from(i) + 0.5) / f64::from(count), (mirrored + half).min(1.0)]
}
