//! Lines from one position to another as a map draws them.

use super::cut_at_antimeridian;
use crate::geodesy::{direct, inverse};
use crate::{Edges, IncidentGeometry, Position};

/// The shortest way from one position to another, as lines for a map: the two ends to the bit, between them a vertex on
/// the geodesic at least every 50 km, cut at 180 degrees (RFC 7946 section 3.1.9).
///
/// An edge that a map draws straight in longitude and latitude then leaves the geodesic by less than
/// 50 m times the tangent of the latitude. Both ends at one place make a line of no length.
///
/// ```
/// use patrol_corridor::{IncidentGeometry, Position, model::connector};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let (post, incident) = (at(46.8, 40.0)?, at(46.81, 40.02)?);
/// assert_eq!(connector(post, incident), IncidentGeometry::Lines(vec![vec![post, incident]]));
/// let IncidentGeometry::Lines(parts) = connector(at(179.9, 0.0)?, at(-179.9, 0.0)?) else { panic!() };
/// assert_eq!(parts, [[at(179.9, 0.0)?, at(180.0, 0.0)?], [at(-180.0, 0.0)?, at(-179.9, 0.0)?]]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn connector(from: Position, to: Position) -> IncidentGeometry {
    let path = inverse(from, to);
    let edges = (path.distance_m / LONGEST_EDGE_M).ceil().max(1.0) as u32;
    let between = (1..edges).map(|edge| {
        let along_m = path.distance_m * f64::from(edge) / f64::from(edges);
        let at = direct(from, path.azimuth1_deg, along_m).position;
        // To 0.1 mm, as all positions that we write.
        let round = |degrees: f64| (degrees * 1e9).round() / 1e9;
        Position::wrapped(round(at.lon_deg()), round(at.lat_deg()))
    });
    let line: Vec<Position> = [from].into_iter().chain(between).chain([to]).collect();
    IncidentGeometry::Lines(cut_at_antimeridian(&line, Edges::Geodesic))
}

const LONGEST_EDGE_M: f64 = 50_000.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// However long, its edges together are as long as the way, and its ends are the ends.
    #[test]
    fn the_edges_are_together_the_shortest_way() {
        let mut rng = fastrand::Rng::with_seed(6);
        let mut cut = 0;
        for _ in 0..400 {
            let mut at = || {
                let lat = (2.0 * rng.f64() - 1.0).asin().to_degrees();
                Position::from_lon_lat(360.0 * rng.f64() - 180.0, lat).unwrap()
            };
            let (from, to) = (at(), at());
            let IncidentGeometry::Lines(parts) = connector(from, to) else { panic!("no lines") };
            cut += usize::from(parts.len() > 1);
            assert_eq!((parts[0].first(), parts.last().unwrap().last()), (Some(&from), Some(&to)));
            let edges = || parts.iter().flat_map(|part| part.windows(2));
            let length_m: f64 = edges().map(|ends| inverse(ends[0], ends[1]).distance_m).sum();
            assert!((length_m - inverse(from, to).distance_m).abs() < 1e-3, "{from:?} {to:?}");
            for ends in edges() {
                assert!(inverse(ends[0], ends[1]).distance_m <= LONGEST_EDGE_M + 1e-3);
                assert!((ends[0].lon_deg() - ends[1].lon_deg()).abs() <= 180.0);
            }
        }
        assert!(cut > 20, "{cut}");
    }
}
