//! What is seen from one place in one direction at some distance: a sector of an annulus.

use super::cell::{Cell, CoveringCircle};
use crate::geodesy::bound::{chord_limit_m, chord_within_m};
use crate::geodesy::departures::Departures;
use crate::geodesy::ecef::{SurfacePoint, norm2, sin_cos_deg, sub};
use crate::geodesy::ellipsoid::{MEAN_RADIUS_M, compass};
use crate::geodesy::{Edges, Ellipsoid, direct, inverse, ring_area_m2};
use crate::{Error, Position};

/// The farthest that a sector reaches: well within the distance at which geodesics of one place meet again.
const MOST_M: f64 = 5_000_000.0;

/// How far apart vertices on the rim of a disc or a ring are; between them the chord is within 0.004 % of the radius.
const ARC_STEP_DEG: f64 = 1.0;

/// Of an arc, which has few of them: the polygon's area is then within 0.002 % of the sector's.
const SHORT_ARC_STEP_DEG: f64 = 0.5;

/// How far apart vertices on a radius are: a line straight in longitude and latitude then keeps to the geodesic
/// within 0.1 m at 40 degrees.
const RADIAL_STEP_M: f64 = 2_500.0;

/// Up to so far the area is that of a series.
const SERIES_M: f64 = 50_000.0;

/// No more vertices than this on one radius.
const MOST_RADIAL_STEPS: f64 = 64.0;

/// What rounding may cost where it is asked whether a position lies in a region.
const EDGE_M: f64 = 1e-6;

/// All that lies between two distances and two azimuths from a place, edges included: a sector of an annulus, and
/// with the whole turn a ring or a disc, with no width a piece of a geodesic (a ray).
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::region::AnnularSector;
/// // Heard at 2 to 7 km north-north-east of the post.
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// let sector = AnnularSector::new(post, 22.5, 11.25, 2_000.0..=7_000.0)?;
/// assert!((sector.area_km2() - 8.836).abs() < 5e-4);
/// assert_eq!(sector.distance_bounds(post).min_m, 2_000.0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnnularSector {
    apex: Position,
    azimuth_deg: f64,
    half_width_deg: f64,
    nearest_m: f64,
    farthest_m: f64,
}

impl AnnularSector {
    /// About an azimuth (degrees clockwise from true north) with a half width of 0 to 180 degrees, between two
    /// distances in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// // 5 km off to the north-east, 10 degrees to either side.
    /// let sector = AnnularSector::new(post, 45.0, 10.0, 4_500.0..=5_500.0)?;
    /// assert_eq!(format!("{:.3} km2", sector.area_km2()), "1.745 km2");
    /// assert!(AnnularSector::new(post, 45.0, 10.0, 5_500.0..=4_500.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where a number is not finite, the half width not within 0 and 180, or the distances not in order and within 0
    /// and 5,000 km.
    pub fn new(
        apex: Position,
        azimuth_deg: f64,
        half_width_deg: f64,
        distances_m: std::ops::RangeInclusive<f64>,
    ) -> Result<Self, Error> {
        let (nearest_m, farthest_m) = distances_m.into_inner();
        if !azimuth_deg.is_finite() {
            return Err(Error::input(format!("the bearing {azimuth_deg}, expected a number of degrees")));
        }
        if !(0.0..=180.0).contains(&half_width_deg) {
            return Err(Error::input(format!(
                "the tolerance {half_width_deg} of a bearing, expected 0 to 180 degrees"
            )));
        }
        if !(nearest_m >= 0.0 && nearest_m <= farthest_m && farthest_m <= MOST_M) {
            return Err(Error::input(format!(
                "the distances {nearest_m} to {farthest_m} m, expected them in order, from 0 to {MOST_M} m"
            )));
        }
        let azimuth_deg = compass(azimuth_deg);
        Ok(AnnularSector { apex, azimuth_deg, half_width_deg, nearest_m, farthest_m })
    }

    /// All within a distance of a position: a disc.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let town = Position::from_lon_lat(46.75, 39.82)?;
    /// let disc = AnnularSector::disc(town, 5_000.0)?;
    /// assert_eq!((disc.half_width_deg(), disc.nearest_m(), disc.farthest_m()), (180.0, 0.0, 5_000.0));
    /// assert!(AnnularSector::disc(town, -1.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the radius is not within 0 and 5,000 km.
    pub fn disc(centre: Position, radius_m: f64) -> Result<Self, Error> {
        if !(0.0..=MOST_M).contains(&radius_m) {
            return Err(Error::input(format!("the uncertainty {radius_m} m, expected 0 to {MOST_M} m")));
        }
        AnnularSector::new(centre, 0.0, 180.0, 0.0..=radius_m)
    }

    /// A position alone: a disc of no radius.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::AnnularSector};
    /// let (place, post) = (Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.826567, 40.072204)?);
    /// let bounds = AnnularSector::position(place).distance_bounds(post);
    /// assert!((bounds.min_m - geodesy::distance_m(place, post)).abs() < 1e-4 && bounds.max_m - bounds.min_m < 1e-3);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn position(position: Position) -> Self {
        AnnularSector {
            apex: position,
            azimuth_deg: 0.0,
            half_width_deg: 180.0,
            nearest_m: 0.0,
            farthest_m: 0.0,
        }
    }

    /// Where it is seen from.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let sector = AnnularSector::new(post, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// // The post itself is nearer than all that is seen from it.
    /// assert!(sector.apex() == post && !sector.contains(post));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn apex(&self) -> Position {
        self.apex
    }

    /// The azimuth of its middle at the apex, degrees clockwise from true north, 0 <= x < 360.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// assert_eq!(AnnularSector::new(post, -45.0, 10.0, 0.0..=5_000.0)?.azimuth_deg(), 315.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn azimuth_deg(&self) -> f64 {
        self.azimuth_deg
    }

    /// Half of the angle at the apex, in degrees: 180 for a ring or a disc, 0 for a ray.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// // What a compass point leaves open to either side.
    /// let sector = AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// assert_eq!(sector.half_width_deg(), 11.25);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn half_width_deg(&self) -> f64 {
        self.half_width_deg
    }

    /// The distance from the apex at which it begins, in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let sector = AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// assert_eq!(sector.nearest_m(), 2_000.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn nearest_m(&self) -> f64 {
        self.nearest_m
    }

    /// The distance from the apex at which it ends, in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let sector = AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// assert_eq!(sector.farthest_m(), 7_000.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn farthest_m(&self) -> f64 {
        self.farthest_m
    }

    /// True where it has no width and no area: a ray, or a position.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// assert!(AnnularSector::new(post, 43.0, 0.0, 0.0..=20_000.0)?.is_line());
    /// assert!(AnnularSector::position(post).is_line());
    /// assert!(!AnnularSector::disc(post, 500.0)?.is_line());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_line(&self) -> bool {
        self.half_width_deg == 0.0 || self.farthest_m == self.nearest_m
    }

    pub(crate) fn is_whole_turn(&self) -> bool {
        self.half_width_deg == 180.0
    }

    /// The point that stands for it: the centre of a disc or a ring, else the middle of its angle and its distances.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let sector = AnnularSector::new(post, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// assert!((geodesy::distance_m(post, sector.reference()) - 4_500.0).abs() < 1e-4);
    /// assert_eq!(AnnularSector::disc(post, 500.0)?.reference(), post);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Position {
        match self.is_whole_turn() {
            true => self.apex,
            false => self.point(0.0, 0.5 * (self.nearest_m + self.farthest_m)),
        }
    }

    /// By an angle off the middle and a distance.
    pub(super) fn point(&self, off_deg: f64, distance_m: f64) -> Position {
        direct(self.apex, self.azimuth_deg + off_deg, distance_m).position
    }

    /// How far off the middle an azimuth at the apex is, 0..=180 degrees.
    pub(super) fn off_deg(&self, azimuth_deg: f64) -> f64 {
        ((azimuth_deg - self.azimuth_deg + 540.0).rem_euclid(360.0) - 180.0).abs()
    }

    /// True where a position lies in it, edges included, to a micrometre.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let sector = AnnularSector::new(post, 22.5, 11.25, 2_000.0..=7_000.0)?;
    /// let at = |azimuth_deg, distance_m| geodesy::direct(post, azimuth_deg, distance_m).position;
    /// assert!(sector.contains(at(30.0, 7_000.0)));
    /// assert!(!sector.contains(at(30.0, 7_001.0)) && !sector.contains(at(34.0, 5_000.0)));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        let (apex, at) = (SurfacePoint::new(self.apex), SurfacePoint::new(position));
        let chord_m = norm2(sub(at.ecef, apex.ecef)).sqrt();
        // Chords decide of all but what is near an edge.
        if chord_m > chord_limit_m(self.farthest_m + EDGE_M) {
            return false;
        }
        let is_past = self.nearest_m == 0.0 || chord_m > chord_limit_m(self.nearest_m);
        if self.is_whole_turn() && is_past && chord_m < chord_within_m(self.farthest_m) {
            return true;
        }
        let path = inverse(self.apex, position);
        if path.distance_m < self.nearest_m - EDGE_M || path.distance_m > self.farthest_m + EDGE_M {
            return false;
        }
        let beyond_deg = (self.off_deg(path.azimuth1_deg) - self.half_width_deg).max(0.0);
        path.distance_m * beyond_deg.to_radians() <= EDGE_M
    }

    /// A circle that holds it.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let circle = AnnularSector::disc(post, 500.0)?.covering_circle();
    /// assert!(circle.radius_m == 500.0 && geodesy::distance_m(circle.centre, post) < 1e-6);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn covering_circle(&self) -> CoveringCircle {
        let cosine = self.half_width_deg.to_radians().cos();
        // As far from the inner corners as from the outer ones; on the chord of the outer ones; the apex.
        let mut along_m = vec![0.0, (self.farthest_m * cosine).max(0.0)];
        if cosine > 0.0 {
            along_m.push((0.5 * (self.nearest_m + self.farthest_m) / cosine).min(self.farthest_m));
        }
        let radius_m =
            |along_m: f64| self.reach_m(along_m, self.half_width_deg, self.nearest_m, self.farthest_m);
        let best = along_m.into_iter().map(|along_m| (radius_m(along_m), along_m));
        let (radius_m, along_m) = best.fold((f64::INFINITY, 0.0), |a, b| if b.0 < a.0 { b } else { a });
        CoveringCircle { centre: self.point(0.0, along_m), radius_m }
    }

    /// No point within the angle and the two distances is farther than this from the one at `along_m` on the middle.
    ///
    /// The map of the tangent plane onto the ellipsoid makes no distance longer, for that is nowhere curved
    /// negatively (Rauch's comparison): the plane's law of cosines bounds from above. In the plane the farthest
    /// point is a corner.
    fn reach_m(&self, along_m: f64, half_width_deg: f64, nearest_m: f64, farthest_m: f64) -> f64 {
        // By half the angle nothing cancels: r^2 + a^2 - 2 r a cos loses centimetres 5,000 km away.
        let half_sine = (0.5 * half_width_deg).to_radians().sin();
        let corner_m = |r: f64| (r - along_m).hypot(2.0 * (r * along_m).sqrt() * half_sine);
        corner_m(nearest_m).max(corner_m(farthest_m))
    }

    /// Its boundary: closed rings, the outer one counter-clockwise, a hole clockwise; none where it is a line.
    ///
    /// Each vertex is at its distance and its azimuth to a micrometre. Between vertices an arc is cut short by less than
    /// 0.004 % of its radius.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let sector = |half_width_deg| AnnularSector::new(post, 43.0, half_width_deg, 2_000.0..=7_000.0);
    /// let rings = [sector(180.0)?.boundary(), sector(10.0)?.boundary(), sector(0.0)?.boundary()];
    /// // A ring has a hole, a sector has none, a ray has no boundary.
    /// assert_eq!(rings.each_ref().map(Vec::len), [2, 1, 0]);
    /// assert_eq!(rings[1][0].first(), rings[1][0].last());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn boundary(&self) -> Vec<Vec<Position>> {
        let step_deg = if self.is_whole_turn() { ARC_STEP_DEG } else { SHORT_ARC_STEP_DEG };
        self.rings(step_deg, self.radial_steps(), self.exact_end())
    }

    /// The rings of a disc or a ring with as few vertices as keep the chords within a tolerance of its edge.
    pub(crate) fn outline(&self, tolerance_m: f64) -> Vec<Vec<Position>> {
        let sagitta = (tolerance_m / self.farthest_m).min(0.5);
        let step_deg = 2.0 * (1.0 - sagitta).acos().to_degrees();
        let departures = Departures::new(self.apex);
        self.rings(step_deg, 1.0, |azimuth_deg, distance_m| departures.end(azimuth_deg, distance_m))
    }

    fn radial_steps(&self) -> f64 {
        let radial_m = self.farthest_m - self.nearest_m;
        (radial_m / RADIAL_STEP_M).ceil().clamp(1.0, MOST_RADIAL_STEPS)
    }

    fn exact_end(&self) -> impl Fn(f64, f64) -> Position + use<> {
        let apex = self.apex;
        move |azimuth_deg, distance_m| direct(apex, azimuth_deg, distance_m).position
    }

    /// Its rings, by what tells a position from the azimuth and the distance at the apex.
    fn rings(
        &self,
        arc_step_deg: f64,
        radial_steps: f64,
        end: impl Fn(f64, f64) -> Position,
    ) -> Vec<Vec<Position>> {
        if self.is_line() {
            return Vec::new();
        }
        let steps = arc_steps(self.half_width_deg, arc_step_deg);
        let off = |i: u32| self.half_width_deg * (2.0 * f64::from(i) / f64::from(steps) - 1.0);
        // Azimuths grow clockwise.
        let at = |off_deg: f64, distance_m: f64| end(self.azimuth_deg + off_deg, distance_m);
        let arc =
            |distance_m: f64| (0..=steps).rev().map(move |i| (off(i), distance_m)).map(|(off, m)| at(off, m));
        let closed = |mut ring: Vec<Position>| {
            let first = ring[0];
            if let Some(last) = ring.last_mut() {
                *last = first;
            }
            ring
        };
        if self.is_whole_turn() {
            let mut rings = vec![closed(arc(self.farthest_m).collect())];
            if self.nearest_m > 0.0 {
                let mut hole: Vec<Position> = arc(self.nearest_m).collect();
                hole.reverse();
                rings.push(closed(hole));
            }
            return rings;
        }
        let between =
            |i: u32| self.nearest_m + (self.farthest_m - self.nearest_m) * f64::from(i) / radial_steps;
        let radial = 1..radial_steps as u32;
        let mut ring: Vec<Position> = arc(self.farthest_m).collect();
        ring.extend(radial.clone().rev().map(|i| at(-self.half_width_deg, between(i))));
        if self.nearest_m > 0.0 {
            let inner: Vec<Position> = arc(self.nearest_m).collect();
            ring.extend(inner.into_iter().rev());
        } else {
            ring.push(self.apex);
        }
        ring.extend(radial.map(|i| at(self.half_width_deg, between(i))));
        ring.push(ring[0]);
        vec![ring]
    }

    /// Its area on WGS84 in square kilometres, 0 for a line: to 1e-6 of itself.
    ///
    /// Up to 50 km by the ellipsoid's curvature at the apex (Gauss's series for a geodesic circle: do Carmo 1976,
    /// Differential Geometry of Curves and Surfaces, section 4-6), to 1e-9, where GeographicLib's planimeter is off by
    /// a square metre around a pole. Beyond by that, on chords, with what the arcs bulge over them.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::AnnularSector};
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let sector = |half_width_deg| AnnularSector::new(post, 43.0, half_width_deg, 0.0..=5_000.0);
    /// assert_eq!(format!("{:.3} km2", sector(180.0)?.area_km2()), "78.540 km2");
    /// assert_eq!(sector(0.0)?.area_km2(), 0.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        if self.farthest_m <= SERIES_M {
            const B: f64 = Ellipsoid::WGS84.semi_minor_m();
            let (sin, _) = sin_cos_deg(self.apex.lat_deg());
            let curvature = ((1.0 - Ellipsoid::WGS84.eccentricity_squared() * sin * sin) / B).powi(2);
            let within = |r: f64| r * r * (1.0 - curvature * r * r / 12.0);
            let turn = self.half_width_deg.to_radians();
            return turn * (within(self.farthest_m) - within(self.nearest_m)) / 1e6;
        }
        let step_deg = if self.farthest_m < 300_000.0 { 3.0 } else { 1.0 };
        let steps = arc_steps(self.half_width_deg, step_deg);
        let angle = 2.0 * self.half_width_deg.to_radians() / f64::from(steps);
        // Between chord and arc, in proportion to the cube of the arc's length and its curvature along the ground:
        // on a sphere sin^2 cos of the distance, in the plane its square.
        let bulge_m2 = |r: f64| {
            let (sine, cosine) = (r / MEAN_RADIUS_M).sin_cos();
            0.5 * f64::from(steps) * (angle - angle.sin()) * (MEAN_RADIUS_M * sine).powi(2) * cosine
        };
        let rings = self.rings(step_deg, 1.0, self.exact_end());
        let area = |ring: &Vec<Position>| ring_area_m2(ring, Edges::Geodesic).abs();
        let (outer_m2, inner_m2) = (bulge_m2(self.farthest_m), bulge_m2(self.nearest_m));
        let area_m2 = match &rings[..] {
            [] => 0.0,
            [outer] => area(outer) + outer_m2 - inner_m2,
            [outer, hole, ..] => area(outer) + outer_m2 - area(hole) - inner_m2,
        };
        area_m2 / 1e6
    }

    /// The parts to begin with, which together are the whole: angle off the middle and distance.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        let parts = (self.half_width_deg / 45.0).ceil().max(1.0);
        let edge = |i: f64| self.half_width_deg * (2.0 * i / parts - 1.0);
        let cell = |i: u32| {
            let i = f64::from(i);
            Cell { low: [edge(i), self.nearest_m], high: [edge(i + 1.0), self.farthest_m] }
        };
        (0..parts as u32).map(cell).collect()
    }

    /// A circle around a part.
    pub(crate) fn cell_circle(&self, cell: &Cell) -> CoveringCircle {
        let ([off_deg, along_m], [span_deg, _]) = (cell.middle(), cell.span());
        let radius_m = self.reach_m(along_m, 0.5 * span_deg, cell.low[1], cell.high[1]);
        CoveringCircle { centre: self.point(off_deg, along_m), radius_m }
    }

    /// Two halves of a part, cut across where it is longer.
    pub(crate) fn cell_halves(&self, cell: &Cell) -> [Cell; 2] {
        let [span_deg, span_m] = cell.span();
        cell.halves(usize::from(cell.high[1] * span_deg.to_radians() < span_m))
    }

    /// The point that a pair of numbers within 0 and 1 stands for: equal areas of the unit square are equal areas here
    /// (lengths, where it is a line), but for a part in 10,000 up to 1,000 km.
    pub(crate) fn even(&self, [u, v]: [f64; 2]) -> Position {
        let off_deg = self.half_width_deg * (2.0 * u - 1.0);
        if self.half_width_deg == 0.0 {
            return self.point(0.0, self.nearest_m + v * (self.farthest_m - self.nearest_m));
        }
        let share = |m: f64| (0.5 * m / MEAN_RADIUS_M).sin().powi(2);
        let (inner, outer) = (share(self.nearest_m), share(self.farthest_m));
        let distance_m = 2.0 * MEAN_RADIUS_M * (inner + v * (outer - inner)).sqrt().asin();
        Departures::new(self.apex).end(self.azimuth_deg + off_deg, distance_m)
    }
}

fn arc_steps(half_width_deg: f64, step_deg: f64) -> u32 {
    (2.0 * half_width_deg / step_deg).ceil().max(2.0) as u32
}
