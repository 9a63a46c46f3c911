//! One line on its own: its length, the place of a position along it, and the point at a distance along.

use super::{Network, RouteLocation};
use crate::geodesy::ecef::SurfacePoint;
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
}

impl LinearElement {
    /// From the parts of a route.
    ///
    /// # Errors
    /// Where the route is longer than 100 million km.
    pub fn new(route: &PatrolRoute, edges: Edges) -> Result<Self, Error> {
        Ok(LinearElement { network: Network::new([route.parts()], edges)? })
    }

    /// From a line.
    ///
    /// # Errors
    /// Where it has fewer than two positions or one that is out of range.
    pub fn from_line_string(line: &geo_types::LineString, edges: Edges) -> Result<Self, Error> {
        Self::new(&PatrolRoute::from_line_string("", line)?, edges)
    }

    /// From several lines, whose distances along count on without the gaps between them.
    ///
    /// # Errors
    /// As [`from_line_string`](Self::from_line_string), and where there is no line.
    pub fn from_multi_line_string(lines: &geo_types::MultiLineString, edges: Edges) -> Result<Self, Error> {
        Self::new(&PatrolRoute::from_multi_line_string("", lines)?, edges)
    }

    /// How its edges run between vertices.
    pub fn edges(&self) -> Edges {
        self.network.edges()
    }

    /// Its length in metres.
    pub fn length_m(&self) -> f64 {
        self.network.length_m(0)
    }

    /// The nearest point of the line: distance along, offset, side and foot, exact to 1 mm.
    ///
    /// Looks at every piece of the line; for many lines or long ones build a
    /// [`PatrolArea`](crate::PatrolArea).
    pub fn locate(&self, position: Position) -> RouteLocation {
        let q = SurfacePoint::new(position);
        let all: Vec<_> = (self.network.pieces().iter().enumerate())
            .map(|(i, piece)| (i, piece.curve.closest(&q, f64::INFINITY)))
            .collect();
        self.network.locate(&q, all.into_iter()).expect("a network has a piece for every route")
    }

    /// The point at a distance along in metres; what is before the start or past the end is that end.
    ///
    /// Where one part ends and the next begins it is the end of the earlier part.
    pub fn point_at(&self, chainage_m: f64) -> Position {
        let pieces = self.network.pieces();
        let after = pieces.partition_point(|piece| piece.chainage_m < chainage_m);
        let piece = &pieces[after.max(1) - 1];
        piece.curve.position(piece.curve.t_at(chainage_m - piece.chainage_m))
    }
}
