//! A square of the UTM or UPS grid, as an MGRS reference names it.

use super::cell::{CONVEX_M, Cell, CoveringCircle, DistanceBounds};
use super::curves;
use crate::geodesy::curve::{Curve, Source};
use crate::geodesy::distance_m;
use crate::geodesy::ecef::{SurfacePoint, cross, dot, norm2, sub};
use crate::geodesy::grid::{self, GridZone, MgrsSquare};
use crate::{Error, Position};

/// The longest piece of a side: its cubic is then as good as the line.
const PIECE_M: f64 = 10_000.0;

/// How far apart vertices on a side are.
const SIDE_STEP_M: f64 = 2_500.0;

/// The largest square, 100 km, and the smallest, 1 m.
const SIZES_M: std::ops::RangeInclusive<f64> = 1.0..=100_000.0;

/// What rounding may cost where it is asked whether a position lies in a square.
const EDGE_M: f64 = 1e-6;

/// A square of the UTM grid, or near the poles of UPS: what a grid reference stands for.
///
/// An MGRS reference of 0 to 5 pairs of digits names a square of 100 km to 1 m, never a point, and its digits are cut off,
/// not rounded: the square lies to the north and the east of what they say. A square of 100 km that reaches out of its zone
/// is taken whole, as GeographicLib does (NGA's library cuts it at the zone's edge).
///
/// ```
/// use patrol_corridor::region::GridSquare;
/// let square: GridSquare = "38T NK 12 34".parse()?;
/// assert_eq!(square.size_m(), 1_000.0);
/// assert!((square.area_km2() - 1.0).abs() < 0.001);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct GridSquare {
    zone: GridZone,
    /// Its south-western corner on the grid.
    corner_m: [f64; 2],
    size_m: f64,
    /// The letter of its band where it was named by one: a square may lie in two.
    band: Option<char>,
    centre: Position,
    sides: Vec<Curve>,
}

impl GridSquare {
    /// A square by its zone (1 to 60, 0 for UPS) and hemisphere, the easting and northing of its south-western corner
    /// and the length of its side, in metres.
    ///
    /// ```
    /// use patrol_corridor::region::GridSquare;
    /// // 1 km in zone 38 north.
    /// let square = GridSquare::new(38, true, [654_000.0, 4_436_000.0], 1_000.0)?;
    /// assert_eq!(format!("{square:#}"), "38T PK 54 36");
    /// assert!(GridSquare::new(61, true, [654_000.0, 4_436_000.0], 1_000.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no such zone, the square reaches out of what MGRS names (eastings of 100 to 900 km, northings up to
    /// 9,500 km from the equator, in UPS 800 to 3,200 km or in the north 1,300 to 2,700 km), or its side is not within 1 m
    /// and 100 km.
    pub fn new(zone: u8, is_north: bool, corner_m: [f64; 2], size_m: f64) -> Result<Self, Error> {
        if !SIZES_M.contains(&size_m) {
            return Err(Error::input(format!("a square of {size_m} m, expected a side of 1 m to 100 km")));
        }
        let zone = GridZone { zone, is_north };
        for [u, v] in [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]] {
            // Whatever is made can be written, too.
            zone.mgrs(corner_m[0] + u * size_m, corner_m[1] + v * size_m, 0)?;
        }
        let centre = zone.position(corner_m[0] + 0.5 * size_m, corner_m[1] + 0.5 * size_m)?;
        let mut square = GridSquare { zone, corner_m, size_m, band: None, centre, sides: Vec::new() };
        square.sides = square.draw_sides();
        Ok(square)
    }

    /// The square of a position's own zone that it lies in, of 0 to 5 pairs of digits: 100 km to 1 m.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::region::GridSquare;
    /// let square = GridSquare::around(Position::from_lon_lat(44.4, 33.3)?, 2)?;
    /// assert_eq!((square.to_string(), format!("{square:#}")), ("38SMB4484".into(), "38S MB 44 84".into()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there are more than 5 pairs.
    pub fn around(position: Position, digit_pairs: u8) -> Result<Self, Error> {
        grid::mgrs_around(position, digit_pairs)?.parse()
    }

    /// Its zone of UTM, 1 to 60; 0 for UPS.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// let zone = |lon, lat| GridSquare::around(Position::from_lon_lat(lon, lat)?, 2).map(|square| square.zone());
    /// // At the pole there is UPS.
    /// assert_eq!((zone(46.8, 40.0)?, zone(0.0, 90.0)?), (38, 0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn zone(&self) -> u8 {
        self.zone.zone
    }

    /// True where its northing counts as in the northern hemisphere.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// assert!(GridSquare::around(Position::from_lon_lat(46.8, 40.0)?, 2)?.is_north());
    /// assert!(!GridSquare::around(Position::from_lon_lat(38.71, -3.04)?, 2)?.is_north());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_north(&self) -> bool {
        self.zone.is_north
    }

    /// The length of its sides on the grid, in metres.
    ///
    /// ```
    /// use patrol_corridor::region::GridSquare;
    /// let size_m = |text: &str| text.parse::<GridSquare>().map(|square| square.size_m());
    /// assert_eq!((size_m("38SNK")?, size_m("38SNK7807")?, size_m("38SNK7812307456")?), (100_000.0, 1_000.0, 1.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn size_m(&self) -> f64 {
        self.size_m
    }

    /// The easting and the northing of its south-western corner, in metres.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// let square = GridSquare::around(Position::from_lon_lat(46.807759, 40.068059)?, 3)?;
    /// assert_eq!((format!("{square:#}"), square.corner_m()), ("38T PK 541 368".into(), [654_100.0, 4_436_800.0]));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn corner_m(&self) -> [f64; 2] {
        self.corner_m
    }

    /// The middle of its sides on the grid.
    ///
    /// ```
    /// use patrol_corridor::{geodesy, region::GridSquare};
    /// let square: GridSquare = "38S NK 78 07".parse()?;
    /// let corner_m = geodesy::distance_m(square.reference(), square.boundary()[0]);
    /// assert_eq!(format!("{corner_m:.1} m"), "707.3 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Position {
        self.centre
    }

    /// The point at two fractions of the sides, to the east and to the north.
    fn at(&self, [u, v]: [f64; 2]) -> Position {
        let [easting_m, northing_m] = self.corner_m;
        // Its corners are on the grid, and so is all between.
        self.zone.position(easting_m + u * self.size_m, northing_m + v * self.size_m).unwrap_or(self.centre)
    }

    /// Points of its boundary, counter-clockwise from the south-western corner, with so many steps on a side.
    fn ring(&self, steps: u32) -> impl Iterator<Item = Position> {
        const CORNERS: [[f64; 2]; 5] = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        (0..=4 * steps).map(move |i| {
            let (side, part) = ((i / steps) as usize % 4, f64::from(i % steps) / f64::from(steps));
            self.at([0, 1]
                .map(|axis| CORNERS[side][axis] + part * (CORNERS[side + 1][axis] - CORNERS[side][axis])))
        })
    }

    fn draw_sides(&self) -> Vec<Curve> {
        let pieces = (self.size_m / PIECE_M).ceil().max(1.0) as u32;
        let points: Vec<SurfacePoint> = self.ring(4 * pieces).map(SurfacePoint::new).collect();
        let piece = |i: usize| {
            let points = &points[4 * i..];
            let length_m = distance_m(points[0].position, points[4].position);
            Curve::through([0, 1, 2, 3, 4].map(|k| points[k].ecef), length_m, Source::Geodesic).0
        };
        (0..4 * pieces as usize).map(piece).collect()
    }

    /// True where a position lies in it, edges included, to a micrometre.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// let place = Position::from_lon_lat(46.807759, 40.068059)?;
    /// let square = GridSquare::around(place, 4)?;
    /// assert!(square.contains(place));
    /// // A hundredth of a degree is farther than 10 m.
    /// assert!(!square.contains(Position::from_lon_lat(46.817759, 40.068059)?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        if distance_m(self.centre, position) > self.covering_circle().radius_m + 10.0 * EDGE_M {
            return false;
        }
        // Newton's method by the grid's inverse alone, whose meshes are squares: the two steps don't mix.
        let wanted = SurfacePoint::new(position).ecef;
        let ecef = |at: [f64; 2]| SurfacePoint::new(self.at(at)).ecef;
        let mut at = [0.5, 0.5];
        const STEP: f64 = 0.25;
        let [east, north] = [0, 1].map(|axis| {
            let (mut low, mut high) = (at, at);
            low[axis] -= STEP;
            high[axis] += STEP;
            sub(ecef(high), ecef(low)).map(|x| x / (2.0 * STEP))
        });
        for _ in 0..20 {
            let off = sub(wanted, ecef(at.map(|x: f64| x.clamp(-0.25, 1.25))));
            let step = [dot(off, east) / norm2(east), dot(off, north) / norm2(north)];
            at = [at[0] + step[0], at[1] + step[1]];
            if at.iter().any(|x| !(-0.25..=1.25).contains(x)) {
                return false;
            }
            if step[0].abs().max(step[1].abs()) * self.size_m < 1e-8 {
                break;
            }
        }
        let edge = EDGE_M / self.size_m;
        at.iter().all(|x| (-edge..=1.0 + edge).contains(x))
    }

    /// The distances from a position to its nearest and its farthest point: the first exact to 0.1 mm, the second never
    /// too small, and where no point is farther than 9,000 km by no more than 1 mm too great.
    ///
    /// Where the distance is convex along geodesics it has no maximum inside: the sides have both.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// let square = GridSquare::around(Position::from_lon_lat(46.807759, 40.068059)?, 3)?;
    /// let bounds = square.distance_bounds(Position::from_lon_lat(46.826567, 40.072204)?);
    /// assert_eq!(format!("{:.1} to {:.1} m", bounds.min_m, bounds.max_m), "1625.0 to 1750.9 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn distance_bounds(&self, position: Position) -> DistanceBounds {
        let circle = self.covering_circle();
        let to_centre_m = distance_m(circle.centre, position);
        if to_centre_m + circle.radius_m > CONVEX_M {
            return circle.bounds(to_centre_m);
        }
        let bounds = curves::distance_bounds(self.sides.iter(), position);
        match self.contains(position) {
            true => DistanceBounds { min_m: 0.0, ..bounds },
            false => bounds,
        }
    }

    /// A circle that holds it.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// let square = GridSquare::around(Position::from_lon_lat(46.807759, 40.068059)?, 3)?;
    /// assert_eq!(format!("{:.2} m", square.covering_circle().radius_m), "70.74 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn covering_circle(&self) -> CoveringCircle {
        let radius_m = self.size_m * std::f64::consts::FRAC_1_SQRT_2 / self.zone.least_scale();
        CoveringCircle { centre: self.centre, radius_m }
    }

    /// Its boundary, closed and counter-clockwise; each vertex is exact.
    ///
    /// ```
    /// use patrol_corridor::{Position, region::GridSquare};
    /// let ring = GridSquare::around(Position::from_lon_lat(46.807759, 40.068059)?, 2)?.boundary();
    /// assert_eq!((ring.len(), ring[0] == ring[4]), (5, true));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn boundary(&self) -> Vec<Position> {
        let steps = (self.size_m / SIDE_STEP_M).ceil().max(1.0) as u32;
        self.ring(steps).collect()
    }

    /// Its area on WGS84 in square kilometres, to 1e-6 of itself.
    ///
    /// By how large the meshes of the grid are on the ground at nine points (Gauss and Legendre): a planimeter is good to
    /// 0.1 m2 only, a tenth of the smallest square.
    ///
    /// ```
    /// use patrol_corridor::region::GridSquare;
    /// // At the middle meridian of a zone the ground is larger than the grid.
    /// let square: GridSquare = "38S NK 00 00".parse()?;
    /// assert_eq!(format!("{:.5} km2", square.area_km2()), "1.00080 km2");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        // The middle is half of a side, off by sqrt(3/20) of it.
        const NODES: [(f64, f64); 3] =
            [(0.112_701_665_379_258_3, 5.0 / 18.0), (0.5, 4.0 / 9.0), (0.887_298_334_620_741_7, 5.0 / 18.0)];
        let step = (100.0 / self.size_m).min(0.1);
        let ecef = |at: [f64; 2]| SurfacePoint::new(self.at(at)).ecef;
        let mesh_m2 = |u: f64, v: f64| {
            let along_u = sub(ecef([u + step, v]), ecef([u - step, v]));
            let along_v = sub(ecef([u, v + step]), ecef([u, v - step]));
            norm2(cross(along_u, along_v)).sqrt() / (4.0 * step * step)
        };
        let weighted = NODES.iter().flat_map(|(u, wu)| NODES.map(|(v, wv)| wu * wv * mesh_m2(*u, v)));
        weighted.sum::<f64>() / 1e6
    }

    /// The whole: fractions of the sides.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        vec![Cell { low: [0.0; 2], high: [1.0; 2] }]
    }

    /// A circle around a part: a straight way on the grid is on the ground no longer than by the least scale.
    pub(crate) fn cell_circle(&self, cell: &Cell) -> CoveringCircle {
        let [u, v] = cell.span();
        let radius_m = 0.5 * u.hypot(v) * self.size_m / self.zone.least_scale();
        CoveringCircle { centre: self.at(cell.middle()), radius_m }
    }

    /// Two halves of a part.
    pub(crate) fn cell_halves(&self, cell: &Cell) -> [Cell; 2] {
        let [u, v] = cell.span();
        cell.halves(usize::from(v > u))
    }

    /// The point at two fractions of the sides: equal areas are equal areas but for 4 parts in 1,000, by which the
    /// scale changes within a square of 100 km at most.
    pub(crate) fn even(&self, at: [f64; 2]) -> Position {
        self.at(at)
    }
}

impl std::str::FromStr for GridSquare {
    type Err = Error;

    /// An MGRS reference with or without spaces, in any case: `38T NK 12 34`, `38TNK1234`, `YXL`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let reference = grid::parse_mgrs(text)?;
        let MgrsSquare { zone, corner_m, size_m, band } = reference;
        Ok(GridSquare { band, ..GridSquare::new(zone.zone, zone.is_north, corner_m, size_m)? })
    }
}

impl std::fmt::Display for GridSquare {
    /// As an MGRS reference: `38TNK1234`, or with `{:#}` in groups, `38T NK 12 34`; in the band that it was read with,
    /// else in that of its middle. One whose side is no power of 10 is written as the next smaller in its middle.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let middle_m = self.corner_m.map(|corner_m| corner_m + 0.5 * self.size_m);
        let pairs = (0..5).find(|&pairs| 10_f64.powi(5 - i32::from(pairs)) <= self.size_m).unwrap_or(5_u8);
        let mut text = self.zone.mgrs(middle_m[0], middle_m[1], pairs).map_err(|_| std::fmt::Error)?;
        if let Some(band) = self.band {
            text.replace_range(2..3, band.encode_utf8(&mut [0; 4]));
        }
        if !f.alternate() {
            return f.write_str(&text);
        }
        let (letters, digits) = text.split_at(text.len() - 2 * usize::from(pairs));
        let (zone, square) = letters.split_at(letters.len() - 2);
        write!(f, "{zone} {square}")?;
        match digits.split_at(usize::from(pairs)) {
            ("", _) => Ok(()),
            (easting, northing) => write!(f, " {easting} {northing}"),
        }
    }
}
