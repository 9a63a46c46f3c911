//! Linear referencing (ISO 19148): where on a line a position belongs, and what lies at a distance along it.

mod element;
mod network;
mod referent;
mod simplify;
mod substring;

pub use element::{LinearElement, Mark};
pub(crate) use network::{Network, Piece, SETTLE_M, TIE_M};
pub use referent::{Referent, Referents};
pub use simplify::simplified;

use crate::Position;

/// A place on a route: how far along, how far off, on which side, and the point itself.
///
/// In the words of ISO 19148 a position expression: distance along (chainage) and lateral offset.
///
/// ```
/// use patrol_corridor::{Edges, Position, linear::LinearElement};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
/// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
/// let place = road.locate(Position::from_lon_lat(46.75, 39.85)?);
/// assert_eq!(format!("{:.0} m {} at {:.0} m", place.offset_m, place.side, place.chainage_m), "981 m right at 3183 m");
/// assert_eq!(format!("{:.4},{:.4}", place.foot.lon_deg(), place.foot.lat_deg()), "46.7390,39.8474");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RouteLocation {
    /// The distance along the route from its first vertex to the foot, in metres. The parts of a route
    /// count on without the gaps between them.
    pub chainage_m: f64,
    /// The geodesic distance to the foot in metres; never negative, the side stands apart.
    pub offset_m: f64,
    /// The side of the route, facing increasing chainage.
    pub side: Side,
    /// The nearest point of the route.
    pub foot: Position,
}

/// A side of a route, facing increasing chainage.
///
/// ```
/// use patrol_corridor::{Edges, Position, linear::{LinearElement, Side}};
/// // Northwards.
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.75, 39.87)].into();
/// let road = LinearElement::from_line_string(&line, Edges::Planar)?;
/// let side = |lon| Position::from_lon_lat(lon, 39.85).map(|position| road.locate(position).side);
/// assert_eq!([side(46.74)?, side(46.75)?, side(46.76)?], [Side::Left, Side::On, Side::Right]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// On the route, within 1 mm; past an end, on the end edge's tangent geodesic.
    On,
}

impl Side {
    /// `left`, `right` or `on`.
    ///
    /// ```
    /// use patrol_corridor::linear::Side;
    /// assert_eq!([Side::Left, Side::Right, Side::On].map(Side::as_str), ["left", "right", "on"]);
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Left => "left",
            Side::Right => "right",
            Side::On => "on",
        }
    }

    fn of(leftness: f64) -> Self {
        match leftness {
            x if x > 0.0 => Side::Left,
            x if x < 0.0 => Side::Right,
            _ => Side::On,
        }
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
