//! An interval of a route as a region without width.

use super::cell::{Cell, CoveringCircle, DistanceBounds};
use super::curves;
use crate::geodesy::curve::Curve;
use crate::geodesy::ecef::SurfacePoint;
use crate::geodesy::{Edges, edge};
use crate::{Error, Position};

/// How near to the line a position must be to lie on it.
const ON_LINE_M: f64 = 1e-3;

/// One or more lines, such as `patrol route substring` cuts them out of a route: what a place along a route with a
/// tolerance leaves open.
///
/// ```
/// use patrol_corridor::{Edges, Position};
/// use patrol_corridor::region::RouteInterval;
/// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
/// let stretch = RouteInterval::new(vec![line], Edges::Planar)?;
/// assert!((stretch.length_m() - 5_809.483).abs() < 1e-3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct RouteInterval {
    lines: Vec<Vec<Position>>,
    edges: Edges,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
struct Piece {
    curve: Curve,
    /// The length of all before it.
    before_m: f64,
}

impl RouteInterval {
    /// An interval of lines of two or more positions each, whose edges are read that way.
    ///
    /// ```
    /// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, region::RouteInterval};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R5", &line)?], Edges::Planar)?;
    /// // Km 4 of the route, give or take 500 m.
    /// let interval = RouteInterval::new(index.route_interval(0, 3_500.0, 4_500.0), Edges::Planar)?;
    /// assert!((interval.length_m() - 1_000.0).abs() < 1e-3);
    /// assert!(RouteInterval::new(vec![], Edges::Planar).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no line, or one has fewer than two positions.
    pub fn new(lines: Vec<Vec<Position>>, edges: Edges) -> Result<Self, Error> {
        if lines.is_empty() || lines.iter().any(|line| line.len() < 2) {
            return Err(Error::input("an interval without a line of two positions, expected at least one"));
        }
        let (mut pieces, mut before_m) = (Vec::new(), 0.0);
        for line in &lines {
            let count = pieces.len();
            for ends in line.windows(2) {
                before_m += edge::cut(edges, ends[0], ends[1], |curve, along_m| {
                    pieces.push(Piece { curve, before_m: before_m + along_m });
                });
            }
            // A line without length is a place still.
            if pieces.len() == count {
                pieces.push(Piece { curve: Curve::point(line[0]), before_m });
            }
        }
        Ok(RouteInterval { lines, edges, pieces })
    }

    /// Its lines.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// assert_eq!(RouteInterval::new(vec![line.clone()], Edges::Planar)?.lines(), [line]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn lines(&self) -> &[Vec<Position>] {
        &self.lines
    }

    /// How their edges run.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// assert_eq!(RouteInterval::new(vec![line], Edges::Geodesic)?.edges(), Edges::Geodesic);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn edges(&self) -> Edges {
        self.edges
    }

    /// Its length in metres, without the gaps between its lines.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// let lines = vec![vec![at(46.75, 39.82)?, at(46.73, 39.87)?], vec![at(46.73, 39.88)?, at(46.71, 39.93)?]];
    /// // The gap of a hundredth of a degree doesn't count.
    /// assert_eq!(format!("{:.1} m", RouteInterval::new(lines, Edges::Planar)?.length_m()), "11618.6 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.pieces.last().map_or(0.0, |piece| piece.before_m + piece.curve.length_m())
    }

    /// The middle of its length.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// let middle = RouteInterval::new(vec![line], Edges::Planar)?.reference();
    /// assert_eq!(format!("{:.5},{:.5}", middle.lon_deg(), middle.lat_deg()), "46.74000,39.84500");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Position {
        self.at(0.5 * self.length_m())
    }

    /// The point at a distance along it; in a gap between lines the end before it.
    fn at(&self, along_m: f64) -> Position {
        let next = self.pieces.partition_point(|piece| piece.before_m < along_m);
        let piece = &self.pieces[next.saturating_sub(1)];
        piece.curve.position(piece.curve.t_at(along_m - piece.before_m))
    }

    /// True where a position lies on it, to 1 mm.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// let interval = RouteInterval::new(vec![line], Edges::Planar)?;
    /// assert!(interval.contains(Position::from_lon_lat(46.74, 39.845)?));
    /// assert!(!interval.contains(Position::from_lon_lat(46.741, 39.845)?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        self.least_m(&SurfacePoint::new(position)) <= ON_LINE_M
    }

    /// The distance from a position to its nearest point, exact to 0.1 mm.
    pub(crate) fn least_m(&self, q: &SurfacePoint) -> f64 {
        curves::least_m(self.pieces.iter().map(|piece| &piece.curve), q)
    }

    /// The distances from a position to its nearest and its farthest point: the first exact to 0.1 mm, the second
    /// never too small, and where no point is farther than 9,000 km by no more than 1 mm too great.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// let interval = RouteInterval::new(vec![line], Edges::Planar)?;
    /// let bounds = interval.distance_bounds(Position::from_lon_lat(46.75, 39.85)?);
    /// assert_eq!(format!("{:.1} to {:.1} m", bounds.min_m, bounds.max_m), "981.4 to 3330.9 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn distance_bounds(&self, position: Position) -> DistanceBounds {
        curves::distance_bounds(self.pieces.iter().map(|piece| &piece.curve), position)
    }

    /// A circle that holds it.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, region::RouteInterval};
    /// let line = vec![Position::from_lon_lat(46.75, 39.82)?, Position::from_lon_lat(46.73, 39.87)?];
    /// let circle = RouteInterval::new(vec![line], Edges::Planar)?.covering_circle();
    /// // About half of its 5,809 m, for it is straight.
    /// assert_eq!(format!("{:.1} m", circle.radius_m), "2904.7 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn covering_circle(&self) -> CoveringCircle {
        let centre = self.reference();
        CoveringCircle { centre, radius_m: self.distance_bounds(centre).max_m }
    }

    /// The parts to begin with: by distance along, one for each line, for a circle around two lines tells little.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        let cell = |piece: &Piece| Cell {
            low: [piece.before_m, 0.0],
            high: [piece.before_m + piece.curve.length_m(), 0.0],
        };
        self.pieces.iter().map(cell).collect()
    }

    /// A circle around a part, which lies in one piece.
    pub(crate) fn cell_circle(&self, cell: &Cell) -> CoveringCircle {
        let [along_m, _] = cell.middle();
        // Along is not less than across; what the length of a piece is not known to is well within this.
        let radius_m = 0.5 * cell.span()[0] * (1.0 + 1e-6);
        CoveringCircle { centre: self.at(along_m), radius_m }
    }

    /// Two halves of a part.
    pub(crate) fn cell_halves(&self, cell: &Cell) -> [Cell; 2] {
        cell.halves(0)
    }

    /// The point that a number within 0 and 1 stands for, by length.
    pub(crate) fn even(&self, [_, v]: [f64; 2]) -> Position {
        self.at(v * self.length_m())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::distance_m;

    fn interval() -> RouteInterval {
        let at = |lon, lat| Position::from_lon_lat(lon, lat).unwrap();
        RouteInterval::new(vec![vec![at(46.0, 39.5), at(46.4, 39.5), at(46.4, 39.6)]], Edges::Planar).unwrap()
    }

    #[test]
    fn bounds_hold_all_its_points() {
        let interval = interval();
        let mut rng = fastrand::Rng::with_seed(5);
        for _ in 0..300 {
            let q = Position::wrapped(45.0 + 3.0 * rng.f64(), 38.0 + 3.0 * rng.f64());
            let bounds = interval.distance_bounds(q);
            let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
            let between = (0..=2_000).map(|i| interval.at(interval.length_m() * f64::from(i) / 2_000.0));
            for at in between.chain(interval.lines().concat()) {
                let d = distance_m(at, q);
                (low, high) = (low.min(d), high.max(d));
            }
            assert!(bounds.min_m <= low + 1e-4 && low < bounds.min_m + 12.0, "{q:?} {bounds:?} {low}");
            assert!(bounds.max_m >= high - 1e-4 && high > bounds.max_m - 0.01, "{q:?} {bounds:?} {high}");
        }
        let end = interval.at(interval.length_m());
        assert!(distance_m(end, Position::wrapped(46.4, 39.6)) < 1e-3);
    }

    #[test]
    fn circles_of_parts_hold_them() {
        let interval = interval();
        let mut cells = interval.cells();
        while let Some(cell) = cells.pop() {
            let circle = interval.cell_circle(&cell);
            for i in 0..=10 {
                let at = interval.at(cell.low[0] + cell.span()[0] * f64::from(i) / 10.0);
                assert!(distance_m(circle.centre, at) <= circle.radius_m + 1e-4, "{cell:?}");
            }
            if circle.radius_m > 3_000.0 {
                cells.extend(interval.cell_halves(&cell));
            }
        }
    }
}
