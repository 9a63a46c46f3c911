//! What a line between two neighbouring vertices is, and its cutting into short curve pieces.

use super::Position;
use super::curve::{Curve, Source};
use super::ecef::{SurfacePoint, Vec3, sin_cos_deg};
use super::ellipsoid::{Inverse, direct, inverse};
use super::turn::short_way_deg;
use super::velocity::velocity_at;
use crate::Error;

/// How an edge runs between its two vertices (the word and its values are GeoParquet's).
///
/// The two differ for an east-west edge at 40 N by 1.6 m (10 km) to 164 m (100 km).
///
/// ```
/// use patrol_corridor::{Edges, geodesy::distance_m, linear::LinearElement};
/// // Along the 40th parallel; the geodesic runs north of it.
/// let line: geo_types::LineString = vec![(46.0, 40.0), (47.0, 40.0)].into();
/// let middle = |edges| LinearElement::from_line_string(&line, edges).map(|line| line.point_at(0.5 * line.length_m()));
/// assert_eq!(format!("{:.1} m", distance_m(middle(Edges::Planar)?, middle(Edges::Geodesic)?)), "119.8 m");
/// assert_eq!("geodesic".parse::<Edges>()?, Edges::Geodesic);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Edges {
    /// Straight in longitude and latitude, as RFC 7946 section 3.1.1 has it. Vertices more than 180
    /// degrees of longitude apart are joined the short way, across the antimeridian.
    #[default]
    Planar,
    /// The WGS84 geodesic; between antipodes the one that GeographicLib chooses.
    Geodesic,
}

impl Edges {
    /// The word on the command line and in the output.
    ///
    /// ```
    /// use patrol_corridor::Edges;
    /// assert_eq!(Edges::default().as_str(), "planar");
    /// assert_eq!(Edges::Geodesic.to_string(), Edges::Geodesic.as_str());
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Edges::Planar => "planar",
            Edges::Geodesic => "geodesic",
        }
    }
}

impl std::fmt::Display for Edges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Edges {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        match word {
            "planar" => Ok(Edges::Planar),
            "geodesic" => Ok(Edges::Geodesic),
            _ => Err(Error::argument(format!("edges `{word}`, expected `planar` or `geodesic`"))),
        }
    }
}

/// The longest piece: its cubic is then within 2 micrometres of a geodesic.
const PIECE_M: f64 = 20_000.0;
/// The widest piece in degrees of longitude or latitude, so that no winding at a pole is overlooked.
const PIECE_DEG: f64 = 10.0;
/// How far a piece may be from its edge.
const PIECE_ERROR_M: f64 = 2e-6;
/// Shorter edges have no direction that could be told from rounding; they are a repeated vertex.
const SHORTEST_EDGE_M: f64 = 1e-6;

/// One edge between two vertices.
enum Edge {
    /// Longitude and latitude at the start and how much they grow to the end, in degrees.
    Planar {
        lon: f64,
        lat: f64,
        dlon: f64,
        dlat: f64,
    },
    Geodesic {
        from: Position,
        path: Inverse,
    },
}

impl Edge {
    fn new(edges: Edges, from: Position, to: Position) -> Self {
        match edges {
            Edges::Planar => {
                let dlon = short_way_deg(from.lon_deg(), to.lon_deg());
                Edge::Planar {
                    lon: from.lon_deg(),
                    lat: from.lat_deg(),
                    dlon,
                    dlat: to.lat_deg() - from.lat_deg(),
                }
            }
            Edges::Geodesic => Edge::Geodesic { from, path: inverse(from, to) },
        }
    }

    /// The point at `u` of 0..1.
    fn at(&self, u: f64) -> Vec3 {
        let position = match self {
            Edge::Planar { lon, lat, dlon, dlat } => Position::wrapped(lon + u * dlon, lat + u * dlat),
            Edge::Geodesic { from, path } => direct(*from, path.azimuth1_deg, u * path.distance_m).position,
        };
        SurfacePoint::new(position).ecef
    }

    /// Metres on the ground per unit of `u`.
    fn speed(&self, u: f64) -> f64 {
        match self {
            Edge::Planar { lat, dlon, dlat, .. } => planar_speed(lat + u * dlat, *dlon, *dlat),
            Edge::Geodesic { path, .. } => path.distance_m,
        }
    }

    /// The length from `u0` to `u1`.
    fn length(&self, u0: f64, u1: f64) -> f64 {
        match self {
            // Gauss and Legendre, five points.
            Edge::Planar { .. } => {
                const NODES: [(f64, f64); 5] = [
                    (0.0, 128.0 / 225.0),
                    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
                    (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
                    (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
                    (0.906_179_845_938_664, 0.236_926_885_056_189_08),
                ];
                let (middle, half) = (0.5 * (u0 + u1), 0.5 * (u1 - u0));
                half * NODES.iter().map(|(x, w)| w * self.speed(middle + half * x)).sum::<f64>()
            }
            Edge::Geodesic { path, .. } => (u1 - u0) * path.distance_m,
        }
    }

    /// The number of pieces to begin with.
    fn first_cut(&self) -> usize {
        let (length_m, degrees) = match self {
            Edge::Planar { lat, dlon, dlat, .. } => {
                let (lat0, lat1) = (*lat, lat + dlat);
                let widest = if lat0 * lat1 <= 0.0 { 0.0 } else { lat0.abs().min(lat1.abs()) };
                (planar_speed(widest, *dlon, *dlat), dlon.abs().max(dlat.abs()))
            }
            Edge::Geodesic { path, .. } => (path.distance_m, 0.0),
        };
        (length_m / PIECE_M).ceil().max((degrees / PIECE_DEG).ceil()).max(1.0) as usize
    }
}

/// Metres on the ground of `dlon`, `dlat` degrees at a latitude.
fn planar_speed(lat_deg: f64, dlon: f64, dlat: f64) -> f64 {
    let (east, north) = planar_velocity(lat_deg, dlon, dlat);
    east.hypot(north)
}

/// Metres to the east and to the north of `dlon`, `dlat` degrees at a latitude.
fn planar_velocity(lat_deg: f64, dlon: f64, dlat: f64) -> (f64, f64) {
    let (sin_lat, cos_lat) = sin_cos_deg(lat_deg);
    velocity_at((sin_lat, cos_lat), dlon, dlat)
}

/// Cuts the edge between two vertices into pieces, in order, and gives its length in metres.
///
/// `emit` takes each piece and the distance along the edge to its start. An edge without length emits none.
pub(crate) fn cut(edges: Edges, from: Position, to: Position, mut emit: impl FnMut(Curve, f64)) -> f64 {
    let edge = Edge::new(edges, from, to);
    let count = edge.first_cut();
    let (start, end) = (SurfacePoint::new(from).ecef, SurfacePoint::new(to).ecef);
    let mut along_m = 0.0;
    let mut p0 = start;
    for i in 0..count {
        let (u0, u1) = (i as f64 / count as f64, (i + 1) as f64 / count as f64);
        let p1 = if i + 1 == count { end } else { edge.at(u1) };
        along_m = refine(&edge, (u0, u1), (p0, p1), along_m, 0, &mut emit);
        p0 = p1;
    }
    along_m
}

/// Emits `u0..u1` as one piece where that is exact enough, else as its halves; returns where it ends.
fn refine(
    edge: &Edge,
    (u0, u1): (f64, f64),
    (p0, p1): (Vec3, Vec3),
    along_m: f64,
    depth: u32,
    emit: &mut impl FnMut(Curve, f64),
) -> f64 {
    let u_middle = 0.5 * (u0 + u1);
    let (first, second) = (edge.length(u0, u_middle), edge.length(u_middle, u1));
    let length_m = first + second;
    if length_m < SHORTEST_EDGE_M {
        return along_m + length_m;
    }
    let at = |t: f64| edge.at(u0 + t * (u1 - u0));
    let middle = at(0.5);
    let source = match edge {
        Edge::Planar { lon, lat, dlon, dlat } => Source::Planar {
            lon: lon + u0 * dlon,
            lat: lat + u0 * dlat,
            dlon: (u1 - u0) * dlon,
            dlat: (u1 - u0) * dlat,
        },
        Edge::Geodesic { .. } => Source::Geodesic,
    };
    let (curve, error_m) = Curve::through([p0, at(0.25), middle, at(0.75), p1], length_m, source);
    // The arc length as a cubic in t, from its middle and from the speeds at the ends, which must agree.
    let (speed0, speed1) = (edge.speed(u0) * (u1 - u0) / length_m, edge.speed(u1) * (u1 - u0) / length_m);
    let skew = 4.0 * (first / length_m - 0.5);
    let uneven_m =
        ((speed0 - speed1) / 2.0 - skew).abs() * length_m / 16.0 + (edge.length(u0, u1) - length_m).abs();
    if depth < 40 && error_m.max(uneven_m) > PIECE_ERROR_M {
        let along_m = refine(edge, (u0, u_middle), (p0, middle), along_m, depth + 1, emit);
        return refine(edge, (u_middle, u1), (middle, p1), along_m, depth + 1, emit);
    }
    emit(curve.with_pace(skew, 2.0 - speed0 - speed1), along_m);
    along_m + length_m
}
