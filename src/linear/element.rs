//! One line on its own: its length, the place of a position along it, and the point at a distance along.

use super::{Network, RouteLocation, Side};
use crate::geodesy::ecef::{SurfacePoint, dot};
use crate::geodesy::ellipsoid::{compass, direct};
use crate::{Edges, Error, PatrolRoute, Position};

/// A line prepared for linear referencing on the ellipsoid (ISO 19148: a linear element).
///
/// What `geo` gives for planar lines (`LineLocatePoint`, `ClosestPoint`) on WGS84: the geodesic distance
/// from a position to a line, its nearest point, and the distance along to there.
///
/// ```
/// use patrol_corridor::{Edges, Position, linear::{LinearElement, Side}};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
/// let road = LinearElement::from_line_string(&line, Edges::Geodesic)?;
/// let place = road.locate(Position::from_lon_lat(46.74, 39.90)?);
/// assert!((place.offset_m - 1_656.3).abs() < 0.1);
/// assert!((place.chainage_m - 8_823.4).abs() < 0.1);
/// assert_eq!(place.side, Side::Right);
/// let again = road.locate(road.point_at(5_000.0));
/// assert!((again.chainage_m - 5_000.0).abs() < 1e-3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct LinearElement {
    network: Network,
    parts: Vec<Vec<Position>>,
}

/// A place along a line, as a kilometre post marks it.
///
/// ```
/// use patrol_corridor::{Edges, linear::LinearElement};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
/// let mark = LinearElement::from_line_string(&line, Edges::Planar)?.mark_at(3_000.0);
/// assert_eq!(format!("{:.4}", mark.position.lat_deg()), "39.8458");
/// assert_eq!(format!("{:.1}", mark.azimuth_deg), "342.9");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Mark {
    /// The distance along the line in metres.
    pub chainage_m: f64,
    /// Where it is.
    pub position: Position,
    /// The azimuth there towards increasing chainage, degrees clockwise from north, 0 <= x < 360; 0 in a part
    /// that is one place and has no direction.
    pub azimuth_deg: f64,
}

impl LinearElement {
    /// From the parts of a route.
    ///
    /// ```
    /// use patrol_corridor::{Edges, PatrolRoute, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?;
    /// assert!((LinearElement::new(&route, Edges::Planar)?.length_m() - 5_809.483).abs() < 1e-3);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where its edges longer than 20 km make more than 100 million km in all.
    pub fn new(route: &PatrolRoute, edges: Edges) -> Result<Self, Error> {
        Ok(LinearElement { network: Network::new([route.parts()], edges)?, parts: route.parts().to_vec() })
    }

    /// From a line.
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line = |points: &[(f64, f64)]| geo_types::LineString::from(points.to_vec());
    /// let road = LinearElement::from_line_string(&line(&[(46.75, 39.82), (46.73, 39.87)]), Edges::Planar)?;
    /// assert!((road.length_m() - 5_809.483).abs() < 1e-3);
    /// assert!(LinearElement::from_line_string(&line(&[(46.75, 39.82)]), Edges::Planar).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it has fewer than two positions or one that is out of range.
    pub fn from_line_string(line: &geo_types::LineString, edges: Edges) -> Result<Self, Error> {
        Self::new(&PatrolRoute::from_line_string("", line)?, edges)
    }

    /// From several lines, whose distances along count on without the gaps between them.
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line = |points: [(f64, f64); 2]| geo_types::LineString::from(points.to_vec());
    /// let (south, north) = (line([(46.75, 39.82), (46.73, 39.87)]), line([(46.73, 39.88), (46.71, 39.93)]));
    /// let both = geo_types::MultiLineString::new(vec![south.clone(), north.clone()]);
    /// let length_m = |line| LinearElement::from_line_string(line, Edges::Planar).map(|line| line.length_m());
    /// let whole_m = LinearElement::from_multi_line_string(&both, Edges::Planar)?.length_m();
    /// assert!((whole_m - length_m(&south)? - length_m(&north)?).abs() < 1e-6);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_line_string`](Self::from_line_string), and where there is no line.
    pub fn from_multi_line_string(lines: &geo_types::MultiLineString, edges: Edges) -> Result<Self, Error> {
        Self::new(&PatrolRoute::from_multi_line_string("", lines)?, edges)
    }

    /// How its edges run between vertices.
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// assert_eq!(LinearElement::from_line_string(&line, Edges::Geodesic)?.edges(), Edges::Geodesic);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn edges(&self) -> Edges {
        self.network.edges()
    }

    /// Its length in metres.
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// assert_eq!(format!("{:.2} m", road.length_m()), "12687.50 m");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.network.length_m(0)
    }

    /// The nearest point of the line: distance along, offset, side and foot, exact to 1 mm.
    ///
    /// Looks at every piece of the line; for many lines or long ones build a
    /// [`PatrolIndex`](crate::PatrolIndex).
    ///
    /// ```
    /// use patrol_corridor::{Edges, Position, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// // South of its start.
    /// let place = road.locate(Position::from_lon_lat(46.75, 39.81)?);
    /// assert_eq!((place.chainage_m, place.foot.to_string()), (0.0, "46.75,39.82".into()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn locate(&self, position: Position) -> RouteLocation {
        let q = SurfacePoint::new(position);
        let all: Vec<_> = (self.network.pieces().iter().enumerate())
            .map(|(i, piece)| (i, piece.curve.closest(&q, f64::INFINITY)))
            .collect();
        self.network.locate(&q, all.into_iter()).expect("a network has a piece for every route")
    }

    /// The point at a distance along in metres; what is before the start or past the end is that end, and NaN
    /// the start.
    ///
    /// Where one part ends and the next begins it is the end of the earlier part.
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// let middle = road.point_at(0.5 * road.length_m());
    /// assert_eq!(format!("{:.5},{:.5}", middle.lon_deg(), middle.lat_deg()), "46.74000,39.84500");
    /// assert_eq!(road.point_at(-1.0).to_string(), "46.75,39.82");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn point_at(&self, chainage_m: f64) -> Position {
        self.mark_at(chainage_m).position
    }

    /// The point at a distance along and its direction; at a vertex that of the edge before it.
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.75, 39.87)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// let mark = road.mark_at(1e6);
    /// // Beyond the end it is the end.
    /// assert_eq!((mark.chainage_m, mark.azimuth_deg), (road.length_m(), 0.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn mark_at(&self, chainage_m: f64) -> Mark {
        let pieces = self.network.pieces();
        let chainage_m = if chainage_m.is_nan() { 0.0 } else { chainage_m.clamp(0.0, self.length_m()) };
        let after = pieces.partition_point(|piece| piece.chainage_m < chainage_m);
        let piece = &pieces[after.max(1) - 1];
        let t = piece.curve.t_at(chainage_m - piece.chainage_m);
        let here = piece.curve.surface(t);
        let (east, north) = here.east_north();
        let tangent = piece.curve.tangent(t, &here);
        let azimuth_deg = compass(dot(tangent, east).atan2(dot(tangent, north)).to_degrees());
        Mark { chainage_m, position: piece.curve.position(t), azimuth_deg }
    }

    /// The point at a distance along, that far off to a side at a right angle, both in metres
    /// (ISO 19148: a lateral offset). [`Side::On`] is the point on the line itself; a negative offset is to the
    /// other side, and one that is not finite is none.
    ///
    /// [`locate`](Self::locate) leads back where no other part of the line is nearer.
    ///
    /// ```
    /// # use patrol_corridor::{Edges, linear::{LinearElement, Side}};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// let place = road.locate(road.point_beside(3_000.0, 250.0, Side::Left));
    /// assert!((place.chainage_m - 3_000.0).abs() < 1e-3 && (place.offset_m - 250.0).abs() < 1e-3);
    /// assert_eq!(place.side, Side::Left);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn point_beside(&self, chainage_m: f64, offset_m: f64, side: Side) -> Position {
        let mark = self.mark_at(chainage_m);
        match side {
            _ if !offset_m.is_finite() => mark.position,
            Side::On => mark.position,
            Side::Left => direct(mark.position, mark.azimuth_deg - 90.0, offset_m).position,
            Side::Right => direct(mark.position, mark.azimuth_deg + 90.0, offset_m).position,
        }
    }

    /// The interval from one distance along to another, in metres, with the line's own vertices between: a
    /// line for each part that it runs along; a vertex that repeats at an end of the interval stands there once.
    /// Where `from_m` is the larger, the interval runs backwards; where both are the same (or beyond the same
    /// end, or NaN) it is empty.
    ///
    /// ```
    /// # use patrol_corridor::{Edges, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// let stretch = road.substring(1_000.0, 8_000.0);
    /// assert_eq!(stretch.0[0].0.len(), 3);
    /// assert_eq!(stretch.0[0].0[1], line.0[1]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn substring(&self, from_m: f64, to_m: f64) -> geo_types::MultiLineString {
        let (low_m, high_m) = (from_m.min(to_m), from_m.max(to_m));
        // The smaller of NaN and a number would be the number.
        let mut lines = match from_m.is_nan() || to_m.is_nan() {
            true => Vec::new(),
            false => self.network.substring(0, &self.parts, low_m, high_m),
        };
        if from_m > to_m {
            lines.reverse();
            lines.iter_mut().for_each(|line| line.reverse());
        }
        let line = |line: Vec<Position>| line.into_iter().map(geo_types::Coord::from).collect();
        geo_types::MultiLineString(lines.into_iter().map(line).collect())
    }

    /// Marks at every so many metres from the start, both ends included; none where `every_m` is not greater
    /// than 0. For marks at round values of another count, see [`Referents`](super::Referents::multiples).
    ///
    /// ```
    /// use patrol_corridor::{Edges, linear::LinearElement};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
    /// let along: Vec<_> = road.marks(2_500.0).map(|mark| mark.chainage_m.round()).collect();
    /// assert_eq!(along, [0.0, 2_500.0, 5_000.0, 5_809.0]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn marks(&self, every_m: f64) -> impl Iterator<Item = Mark> + '_ {
        let length_m = self.length_m();
        // What rounding leaves of a last interval is none.
        let inner = if every_m > 0.0 { ((length_m - 1e-6) / every_m).floor().max(0.0) as u64 } else { 0 };
        let start = (every_m > 0.0).then_some(0.0);
        let along = start.into_iter().chain((1..=inner).map(move |i| i as f64 * every_m));
        let end = (every_m > 0.0 && length_m > 0.0).then_some(length_m);
        along.chain(end).map(|chainage_m| self.mark_at(chainage_m))
    }
}
