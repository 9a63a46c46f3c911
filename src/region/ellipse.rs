//! An ellipse on the ellipsoid: where something lies whose position has a covariance.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::cell::{CONVEX_M, Cell, CoveringCircle, DistanceBounds};
use super::extremum::{greatest, least};
use crate::geodesy::distance::surface_distance_m;
use crate::geodesy::ecef::{SurfacePoint, sin_cos_deg};
use crate::geodesy::ellipsoid::{MEAN_RADIUS_M, compass};
use crate::geodesy::{Ellipsoid, direct, inverse};
use crate::{Error, Position};

/// The longest semi-axis: so far the region is convex, and the series of its area converges fast.
const MOST_M: f64 = 1_000_000.0;

/// How many vertices the boundary has; the chord between two is within 0.004 % of the semi-major axis.
const VERTICES: u32 = 360;

/// How many points of the rim are known beforehand.
const RIM: usize = 48;

/// What rounding may cost where it is asked whether a position lies in the ellipse.
const EDGE_M: f64 = 1e-6;

/// The least distance is taken so much smaller, for it is found to half of this.
const NEAR_SLACK_M: f64 = 1e-4;

/// After so many parts of the rim the greatest distance is left as it is: measured on the ellipsoid, and in the plane.
const MOST_PARTS: (usize, usize) = (64, 1_024);

/// No Gaussian curvature of the ellipsoid is greater: that at the equator, 1/b^2.
const CURVATURE: f64 = 1.0 / (Ellipsoid::WGS84.semi_minor_m() * Ellipsoid::WGS84.semi_minor_m());

/// What a plane ellipse becomes when its points keep their azimuth and their distance from its centre, along geodesics:
/// a point belongs to it where it is no farther from the centre than the plane ellipse reaches in that direction. Its
/// edge included.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::region::GeodesicEllipse;
/// let centre = Position::from_lon_lat(46.75, 39.82)?;
/// let ellipse = GeodesicEllipse::new(centre, [900.0, 300.0], 30.0)?;
/// assert!((ellipse.area_km2() - 0.848).abs() < 5e-4);
/// let along = patrol_corridor::geodesy::direct(centre, 30.0, 899.0).position;
/// let across = patrol_corridor::geodesy::direct(centre, 120.0, 899.0).position;
/// assert!(ellipse.contains(along) && !ellipse.contains(across));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct GeodesicEllipse {
    centre: Position,
    semi_major_m: f64,
    semi_minor_m: f64,
    azimuth_deg: f64,
    /// At equal steps of the eccentric angle; the last is the first.
    rim: Vec<SurfacePoint>,
}

impl GeodesicEllipse {
    /// About a centre, with the semi-major and the semi-minor axis in metres and the azimuth of the major one at the
    /// centre, degrees clockwise from true north.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let centre = Position::from_lon_lat(46.75, 39.82)?;
    /// assert!(GeodesicEllipse::new(centre, [900.0, 300.0], 30.0).is_ok());
    /// // The longer one comes first.
    /// assert!(GeodesicEllipse::new(centre, [300.0, 900.0], 30.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the axes are not in order, not greater than 0 or greater than 1,000 km, or the azimuth is not finite.
    pub fn new(centre: Position, semi_axes_m: [f64; 2], azimuth_deg: f64) -> Result<Self, Error> {
        let [semi_major_m, semi_minor_m] = semi_axes_m;
        if !(semi_minor_m > 0.0 && semi_minor_m <= semi_major_m && semi_major_m <= MOST_M) {
            return Err(Error::input(format!(
                "the semi-axes {semi_major_m} and {semi_minor_m} m of an ellipse, expected the longer first, both \
                 greater than 0 and up to {MOST_M} m"
            )));
        }
        if !azimuth_deg.is_finite() {
            return Err(Error::input(format!(
                "the azimuth {azimuth_deg} of an ellipse, expected a number of degrees"
            )));
        }
        // The axis has two ends: the one to the east.
        let azimuth_deg = compass(azimuth_deg.rem_euclid(180.0)) % 180.0;
        let mut ellipse =
            GeodesicEllipse { centre, semi_major_m, semi_minor_m, azimuth_deg, rim: Vec::new() };
        let at = |i: usize| ellipse.on_rim(RIM_STEP * (i % RIM) as f64);
        ellipse.rim = (0..=RIM).map(at).collect();
        Ok(ellipse)
    }

    /// Its centre.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let fix = Position::from_lon_lat(46.75, 39.82)?;
    /// assert_eq!(GeodesicEllipse::new(fix, [900.0, 300.0], 30.0)?.centre(), fix);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn centre(&self) -> Position {
        self.centre
    }

    /// The longer semi-axis, in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 30.0)?;
    /// assert_eq!(ellipse.semi_major_m(), 900.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn semi_major_m(&self) -> f64 {
        self.semi_major_m
    }

    /// The shorter semi-axis, in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 30.0)?;
    /// assert_eq!(ellipse.semi_minor_m(), 300.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn semi_minor_m(&self) -> f64 {
        self.semi_minor_m
    }

    /// The azimuth of the major axis at the centre, degrees clockwise from true north, 0 <= x < 180.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 210.0)?;
    /// assert_eq!(ellipse.azimuth_deg(), 30.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn azimuth_deg(&self) -> f64 {
        self.azimuth_deg
    }

    /// How far it reaches from its centre at an azimuth (degrees clockwise from true north), in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 30.0)?;
    /// assert!((ellipse.reach_m(30.0) - 900.0).abs() < 1e-9 && (ellipse.reach_m(120.0) - 300.0).abs() < 1e-9);
    /// assert_eq!(format!("{:.1} m", ellipse.reach_m(0.0)), "519.6 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reach_m(&self, azimuth_deg: f64) -> f64 {
        let (sin, cos) = (azimuth_deg - self.azimuth_deg).to_radians().sin_cos();
        1.0 / (cos / self.semi_major_m).hypot(sin / self.semi_minor_m)
    }

    /// The point that stands for it: its centre.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let fix = Position::from_lon_lat(46.75, 39.82)?;
    /// assert_eq!(GeodesicEllipse::new(fix, [900.0, 300.0], 30.0)?.reference(), fix);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Position {
        self.centre
    }

    /// The point of the plane along the major axis and to the right of it.
    fn point(&self, [along_m, across_m]: [f64; 2]) -> Position {
        let off_deg = across_m.atan2(along_m).to_degrees();
        direct(self.centre, self.azimuth_deg + off_deg, along_m.hypot(across_m)).position
    }

    /// The point of the plane by its eccentric angle and the share of the way from the centre to the rim.
    fn plane(&self, eccentric: f64, share: f64) -> [f64; 2] {
        let (sin, cos) = eccentric.sin_cos();
        [share * self.semi_major_m * cos, share * self.semi_minor_m * sin]
    }

    fn on_rim(&self, eccentric: f64) -> SurfacePoint {
        SurfacePoint::new(self.point(self.plane(eccentric, 1.0)))
    }

    /// A position in the plane.
    fn unroll(&self, position: Position) -> [f64; 2] {
        let path = inverse(self.centre, position);
        let (sin, cos) = (path.azimuth1_deg - self.azimuth_deg).to_radians().sin_cos();
        [path.distance_m * cos, path.distance_m * sin]
    }

    /// True where a position lies in it, its edge included, to a micrometre.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::GeodesicEllipse};
    /// let centre = Position::from_lon_lat(46.75, 39.82)?;
    /// let ellipse = GeodesicEllipse::new(centre, [900.0, 300.0], 30.0)?;
    /// let holds = |azimuth_deg| ellipse.contains(geodesy::direct(centre, azimuth_deg, 500.0).position);
    /// assert!(holds(30.0) && holds(210.0) && !holds(120.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        self.holds(self.unroll(position))
    }

    fn holds(&self, [along_m, across_m]: [f64; 2]) -> bool {
        (along_m / (self.semi_major_m + EDGE_M)).hypot(across_m / (self.semi_minor_m + EDGE_M)) <= 1.0
    }

    /// The distances from a position to its nearest and its farthest point: the first never too great and at most 0.2 mm
    /// too small, the second never too small and mostly at most 2 mm too great, where no point of it is farther than
    /// 9,000 km from the position; beyond, bounds by the covering circle.
    ///
    /// The distance is convex there, and so is the region: the rim has one point nearest to what lies outside, and the
    /// farthest point.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::GeodesicEllipse};
    /// let centre = Position::from_lon_lat(46.75, 39.82)?;
    /// let ellipse = GeodesicEllipse::new(centre, [900.0, 300.0], 30.0)?;
    /// // 2 km off along the major axis.
    /// let bounds = ellipse.distance_bounds(geodesy::direct(centre, 30.0, 2_000.0).position);
    /// assert!((bounds.min_m - 1_100.0).abs() < 0.001 && (bounds.max_m - 2_900.0).abs() < 0.01);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn distance_bounds(&self, position: Position) -> DistanceBounds {
        let plane = self.unroll(position);
        let away_m = plane[0].hypot(plane[1]);
        if away_m + self.semi_major_m > CONVEX_M {
            return self.covering_circle().bounds(away_m);
        }
        let q = SurfacePoint::new(position);
        let known_m: Vec<f64> = self.rim.iter().map(|at| surface_distance_m(at, &q)).collect();
        let min_m = if self.holds(plane) { 0.0 } else { self.nearest_m(&q, &known_m) };
        DistanceBounds { min_m, max_m: self.farthest_m(&q, plane, &known_m) }
    }

    /// From a position outside. The square of the distance is smooth where the rim is close, too.
    fn nearest_m(&self, q: &SurfacePoint, known_m: &[f64]) -> f64 {
        let place = (0..RIM).min_by(|&a, &b| known_m[a].total_cmp(&known_m[b])).unwrap_or(0);
        let middle = RIM_STEP * place as f64;
        let square = |eccentric: f64| surface_distance_m(&self.on_rim(eccentric), q).powi(2);
        let tolerance = 1e-6 / self.semi_major_m;
        let found_m = least(square, (middle - RIM_STEP, middle + RIM_STEP), tolerance).sqrt();
        (found_m.min(known_m[place]) - NEAR_SLACK_M).max(0.0)
    }

    /// By the distance along the rim, which bends downwards no more than the rim does (the distance's own bend is
    /// upwards), and by the plane, where nothing is nearer than here (Rauch's comparison).
    fn farthest_m(&self, q: &SurfacePoint, plane: [f64; 2], known_m: &[f64]) -> f64 {
        let flattened_m = self.semi_major_m - self.semi_minor_m;
        // The acceleration of the plane ellipse is minus its radius; what the geodesics about the centre add to it is
        // at most 2/3 of the curvature times the radius times the square of the pace.
        let more = 1.0 + 0.75 * CURVATURE * self.semi_major_m.powi(2);
        let bend = |eccentric: f64, half: f64| {
            let [along_m, across_m] = self.plane(eccentric, 1.0);
            more * (along_m.hypot(across_m) + flattened_m * half)
        };
        let on_ellipsoid = |eccentric: f64| surface_distance_m(&self.on_rim(eccentric), q);
        let in_plane = |eccentric: f64| {
            let [along_m, across_m] = self.plane(eccentric, 1.0);
            (along_m - plane[0]).hypot(across_m - plane[1])
        };
        let flat_m: Vec<f64> = (0..=RIM).map(|i| in_plane(RIM_STEP * i as f64)).collect();
        let steps = (0.0, RIM_STEP);
        greatest(on_ellipsoid, bend, steps, known_m, MOST_PARTS.0).min(greatest(
            in_plane,
            bend,
            steps,
            &flat_m,
            MOST_PARTS.1,
        ))
    }

    /// A circle that holds it.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 30.0)?;
    /// assert_eq!(ellipse.covering_circle().radius_m, 900.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn covering_circle(&self) -> CoveringCircle {
        CoveringCircle { centre: self.centre, radius_m: self.semi_major_m }
    }

    /// Its boundary: a closed ring, counter-clockwise. Each vertex is at its distance and its azimuth to a micrometre;
    /// between vertices it is cut short by less than 0.004 % of the semi-major axis.
    ///
    /// ```
    /// use patrol_corridor::{Position, geodesy, region::GeodesicEllipse};
    /// let centre = Position::from_lon_lat(46.75, 39.82)?;
    /// let ring = GeodesicEllipse::new(centre, [900.0, 300.0], 30.0)?.boundary();
    /// assert!(ring.first() == ring.last() && ring.len() == 361);
    /// assert!((geodesy::distance_m(centre, ring[0]) - 900.0).abs() < 1e-5);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn boundary(&self) -> Vec<Position> {
        let step = TAU / f64::from(VERTICES);
        // Azimuths grow clockwise.
        let at = |i: u32| self.point(self.plane(step * f64::from(i % VERTICES), 1.0));
        (0..=VERTICES).rev().map(at).collect()
    }

    /// Its area on WGS84 in square kilometres: to 1e-9 of itself up to 100 km, to 1e-6 up to 1,000 km.
    ///
    /// The series of the geodesic's reduced length, `r - K r^3/6 + K^2 r^5/120` with the curvature `K` at the centre,
    /// integrated over the plane ellipse (do Carmo 1976, Differential Geometry of Curves and Surfaces, section 4-6).
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GeodesicEllipse};
    /// let ellipse = GeodesicEllipse::new(Position::from_lon_lat(46.75, 39.82)?, [900.0, 300.0], 30.0)?;
    /// // Close to the plane's 0.27 pi.
    /// assert!((ellipse.area_km2() - 0.27 * std::f64::consts::PI).abs() < 1e-6);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        let (sin, _) = sin_cos_deg(self.centre.lat_deg());
        let curvature = CURVATURE * (1.0 - Ellipsoid::WGS84.eccentricity_squared() * sin * sin).powi(2);
        let (a, b) = (self.semi_major_m, self.semi_minor_m);
        let [a2, b2] = [a, b].map(|axis| curvature * axis * axis);
        let second = (a2 + b2) / 24.0;
        let fourth = (3.0 * a2 * a2 + 2.0 * a2 * b2 + 3.0 * b2 * b2) / 2_880.0;
        0.5 * TAU * a * b * (1.0 - second + fourth) / 1e6
    }

    /// The parts to begin with, which together are the whole: eccentric angle, and share of the way to the rim.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        let cell = |i: u32| {
            let i = f64::from(i);
            Cell { low: [FRAC_PI_2 * i, 0.0], high: [FRAC_PI_2 * (i + 1.0), 1.0] }
        };
        (0..4).map(cell).collect()
    }

    /// A circle around a part.
    ///
    /// In the plane the part lies within its four corners and the point where the tangents of its outer arc's ends meet;
    /// on the ellipsoid nothing is farther apart than in the plane (Rauch's comparison).
    pub(crate) fn cell_circle(&self, cell: &Cell) -> CoveringCircle {
        let [eccentric, share] = cell.middle();
        let middle = self.plane(eccentric, share);
        let beyond = cell.high[1] / (0.5 * cell.span()[0]).cos();
        let hull = [
            self.plane(cell.low[0], cell.low[1]),
            self.plane(cell.high[0], cell.low[1]),
            self.plane(cell.low[0], cell.high[1]),
            self.plane(cell.high[0], cell.high[1]),
            self.plane(eccentric, beyond),
        ];
        let radius_m = hull.map(|at| apart_m(middle, at)).into_iter().fold(0.0, f64::max);
        CoveringCircle { centre: self.point(middle), radius_m }
    }

    /// Two halves of a part, cut across where it is longer.
    pub(crate) fn cell_halves(&self, cell: &Cell) -> [Cell; 2] {
        let [eccentric, share] = cell.middle();
        let around_m = apart_m(self.plane(cell.low[0], share), self.plane(cell.high[0], share));
        let outward_m = apart_m(self.plane(eccentric, cell.low[1]), self.plane(eccentric, cell.high[1]));
        cell.halves(usize::from(outward_m > around_m))
    }

    /// The point that a pair of numbers within 0 and 1 stands for: equal areas of the unit square are equal areas here,
    /// but for a part in 10,000 up to 150 km and 3 parts in 1,000 up to 1,000 km.
    pub(crate) fn even(&self, [u, v]: [f64; 2]) -> Position {
        // By the plane in the angle, by the sphere along the way out.
        let [along_m, across_m] = self.plane(TAU * u, 1.0);
        let rim_m = along_m.hypot(across_m);
        let share = v.sqrt() * (0.5 * rim_m / MEAN_RADIUS_M).sin();
        let scale = 2.0 * MEAN_RADIUS_M * share.asin() / rim_m;
        self.point([scale * along_m, scale * across_m])
    }
}

impl std::fmt::Debug for GeodesicEllipse {
    /// Without the rim, which follows from the rest.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GeodesicEllipse")
            .field("centre", &self.centre)
            .field("semi_major_m", &self.semi_major_m)
            .field("semi_minor_m", &self.semi_minor_m)
            .field("azimuth_deg", &self.azimuth_deg)
            .finish_non_exhaustive()
    }
}

const RIM_STEP: f64 = TAU / RIM as f64;

fn apart_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
