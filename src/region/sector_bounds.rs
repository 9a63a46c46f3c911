//! How far positions are from a sector; what its radii tell is computed once, however many positions are asked about.

use std::cell::OnceCell;

use super::cell::{CONVEX_M, CoveringCircle, DistanceBounds};
use super::near::Near;
use super::sector::AnnularSector;
use crate::Position;
use crate::geodesy::curve::Curve;
use crate::geodesy::distance::{SECTION_CHORD_M, azimuth_deg, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, norm2, sub};
use crate::geodesy::{Edges, edge, inverse};

impl AnnularSector {
    /// The distances from a position to its nearest and its farthest point, exact to 0.1 mm where no point of its covering
    /// circle is farther than 9,800 km from the position; beyond, bounds by that circle.
    ///
    /// On an arc the distance to a place has its extremes where the radius points to the place or away from it
    /// (Gauss's lemma), and at the ends; along a radius it is convex, and so it has no maximum inside.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let sector = AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// let bounds = sector.distance_bounds(Position::from_lon_lat(46.826567, 40.072204)?);
    /// assert_eq!(format!("{:.1} to {:.1} m", bounds.min_m, bounds.max_m), "21757.5 to 26894.8 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn distance_bounds(&self, position: Position) -> DistanceBounds {
        SectorBounds::new(self).bounds(&SurfacePoint::new(position))
    }
}

/// A sector that distances are measured to.
#[derive(Debug)]
pub(crate) struct SectorBounds {
    sector: AnnularSector,
    apex: SurfacePoint,
    circle: OnceCell<CoveringCircle>,
    radii: OnceCell<[Radius; 2]>,
}

/// One of the two radii, or the ray.
#[derive(Debug)]
struct Radius {
    ends: [SurfacePoint; 2],
    pieces: Vec<Curve>,
}

impl SectorBounds {
    pub fn new(sector: &AnnularSector) -> Self {
        let apex = SurfacePoint::new(sector.apex());
        SectorBounds { sector: *sector, apex, circle: OnceCell::new(), radii: OnceCell::new() }
    }

    /// See [`AnnularSector::distance_bounds`].
    pub fn bounds(&self, q: &SurfacePoint) -> DistanceBounds {
        let (distance_m, off_deg) = match self.towards(q) {
            Ok(towards) => towards,
            Err(bounds) => return bounds,
        };
        let sector = &self.sector;
        let max_m = if distance_m == 0.0 || 180.0 - off_deg <= sector.half_width_deg() {
            distance_m + sector.farthest_m()
        } else {
            let corners = self.radii().iter().flat_map(|radius| &radius.ends);
            corners.map(|corner| surface_distance_m(corner, q)).fold(0.0, f64::max)
        };
        DistanceBounds { min_m: self.least_of_m(distance_m, off_deg, q).0, max_m }
    }

    /// The smallest distance alone.
    pub fn near(&self, q: &SurfacePoint) -> Near {
        let (distance_m, off_deg) = match self.towards(q) {
            Ok(towards) => towards,
            Err(bounds) => return Near { distance_m: bounds.min_m, is_convex: false },
        };
        let (least_m, is_inner) = self.least_of_m(distance_m, off_deg, q);
        Near { distance_m: least_m, is_convex: !is_inner && self.sector.half_width_deg() <= 90.0 }
    }

    /// The distance from the apex and how far off the middle; bounds by the circle where that is too far.
    fn towards(&self, q: &SurfacePoint) -> Result<(f64, f64), DistanceBounds> {
        let is_near = norm2(sub(q.ecef, self.apex.ecef)) <= SECTION_CHORD_M * SECTION_CHORD_M;
        let (distance_m, azimuth_deg) = match is_near {
            true => (surface_distance_m(&self.apex, q), azimuth_deg(&self.apex, q)),
            false => {
                let path = inverse(self.apex.position, q.position);
                (path.distance_m, path.azimuth1_deg)
            }
        };
        if distance_m + self.sector.farthest_m() > CONVEX_M {
            // A narrow sector may reach towards the position, and all of it be near enough.
            let circle = self.circle.get_or_init(|| self.sector.covering_circle());
            let to_centre_m = surface_distance_m(&SurfacePoint::new(circle.centre), q);
            if to_centre_m + circle.radius_m > CONVEX_M {
                return Err(circle.bounds(to_centre_m));
            }
        }
        Ok((distance_m, self.sector.off_deg(azimuth_deg)))
    }

    /// The smallest distance, and whether it is that to the inner arc or an inner corner: to anything else it is the distance
    /// to the sector that begins at the apex, too.
    fn least_of_m(&self, distance_m: f64, off_deg: f64, q: &SurfacePoint) -> (f64, bool) {
        let sector = &self.sector;
        if distance_m == 0.0 || off_deg <= sector.half_width_deg() {
            let inward_m = sector.nearest_m() - distance_m;
            return ((distance_m - sector.farthest_m()).max(inward_m).max(0.0), inward_m > 0.0);
        }
        let mut nearest = (f64::INFINITY, false);
        for radius in self.radii() {
            for (i, piece) in radius.pieces.iter().enumerate() {
                let closest = piece.closest(q, nearest.0);
                if closest.distance_m < nearest.0 {
                    let is_inner = i == 0 && closest.t <= 0.0 && sector.nearest_m() > 0.0;
                    nearest = (closest.distance_m, is_inner);
                }
            }
            // A sector of one distance has no radii.
            if radius.pieces.is_empty() {
                nearest = (nearest.0.min(surface_distance_m(&radius.ends[0], q)), true);
            }
        }
        nearest
    }

    fn radii(&self) -> &[Radius; 2] {
        self.radii.get_or_init(|| {
            let sector = &self.sector;
            [-sector.half_width_deg(), sector.half_width_deg()].map(|off_deg| {
                let ends = [sector.nearest_m(), sector.farthest_m()].map(|m| sector.point(off_deg, m));
                let mut pieces = Vec::new();
                edge::cut(Edges::Geodesic, ends[0], ends[1], |piece, _| pieces.push(piece));
                Radius { ends: ends.map(SurfacePoint::new), pieces }
            })
        })
    }
}
