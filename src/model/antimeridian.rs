//! Lines cut where they cross 180 degrees (RFC 7946 section 3.1.9).

use crate::geodesy::root::root;
use crate::geodesy::{direct, inverse};
use crate::{Edges, Position};

/// The line in parts of which none crosses the antimeridian, as RFC 7946 section 3.1.9 wants them.
///
/// An edge crosses it where its vertices are more than 180 degrees of longitude apart; exactly 180 apart it
/// stays as it is written. The place of the crossing is on the edge as `edges` reads it, and ends one part
/// and begins the next. A vertex on the antimeridian takes the sign of the side that its part is on (the same
/// place, in a part that a map draws whole); all others stay to the bit.
///
/// ```
/// use patrol_corridor::{Edges, Position, model::cut_at_antimeridian};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let line = [at(179.0, 10.0)?, at(-179.0, 20.0)?];
/// let parts = cut_at_antimeridian(&line, Edges::Planar);
/// assert_eq!(parts, [[line[0], at(180.0, 15.0)?], [at(-180.0, 15.0)?, line[1]]]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn cut_at_antimeridian(line: &[Position], edges: Edges) -> Vec<Vec<Position>> {
    let Some((&first, rest)) = line.split_first() else { return Vec::new() };
    let mut parts = Vec::new();
    let mut part = vec![first];
    let mut last = first;
    for &next in rest {
        let apart_deg = next.lon_deg() - last.lon_deg();
        if apart_deg.abs() <= 180.0 {
            part.push(next);
            last = next;
            continue;
        }
        // East over 180, or west over -180.
        let border_deg = -180.0_f64.copysign(apart_deg);
        if next.lon_deg() == -border_deg {
            last = Position::wrapped(border_deg, next.lat_deg());
            part.push(last);
            continue;
        }
        let lat_deg = if last.lon_deg() == border_deg {
            last.lat_deg()
        } else {
            let lat_deg = crossing_lat_deg(last, next, border_deg, edges);
            part.push(Position::wrapped(border_deg, lat_deg));
            lat_deg
        };
        parts.push(std::mem::replace(&mut part, vec![Position::wrapped(-border_deg, lat_deg), next]));
        last = next;
    }
    parts.push(part);
    if parts.len() > 1 {
        // What began on the antimeridian and left it at once.
        parts.retain(|part| part.iter().any(|position| *position != part[0]));
    }
    parts
}

/// The latitude at which an edge comes to 180 (or -180) degrees of longitude.
fn crossing_lat_deg(from: Position, to: Position, border_deg: f64, edges: Edges) -> f64 {
    // All longitudes count from the start towards the border.
    let towards = border_deg.signum();
    let border = (border_deg - from.lon_deg()) * towards;
    let whole = (to.lon_deg() - from.lon_deg()) * towards + 360.0;
    match edges {
        Edges::Planar => from.lat_deg() + border / whole * (to.lat_deg() - from.lat_deg()),
        Edges::Geodesic => {
            let path = inverse(from, to);
            let at = |u: f64| direct(from, path.azimuth1_deg, u * path.distance_m).position;
            let beyond = |u: f64| {
                let gone = ((at(u).lon_deg() - from.lon_deg()) * towards).rem_euclid(360.0);
                // Rounding may begin behind the start.
                (if gone > 270.0 { gone - 360.0 } else { gone }) - border
            };
            at(root(&beyond, (0.0, -border), (1.0, whole - border), 1e-16)).lat_deg()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::from_lon_lat(lon, lat).unwrap()
    }

    fn cut(line: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let line: Vec<_> = line.iter().map(|&(lon, lat)| at(lon, lat)).collect();
        let parts = cut_at_antimeridian(&line, Edges::Planar);
        parts.iter().map(|part| part.iter().map(|p| (p.lon_deg(), p.lat_deg())).collect()).collect()
    }

    #[test]
    fn lines_are_cut_where_they_cross_and_nowhere_else() {
        assert!(cut(&[]).is_empty());
        for whole in [
            vec![(10.0, 1.0), (20.0, 2.0)],
            vec![(-90.0, 1.0), (90.0, 1.0)],
            vec![(179.0, 1.0), (180.0, 2.0), (179.0, 3.0)],
            vec![(180.0, 1.0), (180.0, 2.0)],
            vec![(5.0, 5.0), (5.0, 5.0)],
        ] {
            assert_eq!(cut(&whole), std::slice::from_ref(&whole));
        }
        // There and back again, and along the antimeridian itself.
        assert_eq!(
            cut(&[(179.0, 0.0), (-179.0, 2.0), (179.0, 4.0)]),
            [
                vec![(179.0, 0.0), (180.0, 1.0)],
                vec![(-180.0, 1.0), (-179.0, 2.0), (-180.0, 3.0)],
                vec![(180.0, 3.0), (179.0, 4.0)]
            ]
        );
        assert_eq!(
            cut(&[(179.0, 0.0), (-180.0, 1.0), (180.0, 2.0), (-180.0, 3.0), (-179.0, 4.0)]),
            [
                vec![(179.0, 0.0), (180.0, 1.0), (180.0, 2.0), (180.0, 3.0)],
                vec![(-180.0, 3.0), (-179.0, 4.0)]
            ]
        );
        // A vertex on it that does not lead over it, under either name.
        assert_eq!(
            cut(&[(179.0, 0.0), (-180.0, 1.0), (179.0, 2.0)]),
            [[(179.0, 0.0), (180.0, 1.0), (179.0, 2.0)]]
        );
        // One that the line begins on, under the name of the other side.
        assert_eq!(cut(&[(180.0, 1.0), (-179.0, 2.0)]), [[(-180.0, 1.0), (-179.0, 2.0)]]);
        assert_eq!(cut(&[(180.0, 1.0), (180.0, 1.0), (-179.0, 2.0)]), [[(-180.0, 1.0), (-179.0, 2.0)]]);
        assert_eq!(cut(&[(-179.0, 2.0), (180.0, 1.0)]), [[(-179.0, 2.0), (-180.0, 1.0)]]);
    }

    /// The places of the crossings lie on the edges, and the vertices are all there to the bit.
    #[test]
    fn crossings_lie_on_their_edges() {
        let mut rng = fastrand::Rng::with_seed(9);
        for edges in [Edges::Planar, Edges::Geodesic] {
            for _ in 0..2_000 {
                let lat = |rng: &mut fastrand::Rng| 179.0 * (rng.f64() - 0.5);
                let reach = if rng.bool() { 89.0 } else { 0.1 };
                let (from, to) = (
                    at(180.0 - reach * rng.f64(), lat(&mut rng)),
                    at(-180.0 + reach * rng.f64(), lat(&mut rng)),
                );
                let (from, to) = if rng.bool() { (from, to) } else { (to, from) };
                let parts = cut_at_antimeridian(&[from, to], edges);
                let [first, second] = &parts[..] else { panic!("{from:?} {to:?}") };
                assert_eq!((first.len(), second.len(), first[0], second[1]), (2, 2, from, to));
                let (before, after) = (first[1], second[0]);
                assert_eq!(before.lon_deg(), -after.lon_deg());
                assert_eq!((before.lon_deg().abs(), before.lat_deg()), (180.0, after.lat_deg()));
                assert_eq!(before.lon_deg().signum(), from.lon_deg().signum());
                let ways = [(from, before), (after, to)].map(|(a, b)| inverse(a, b));
                match edges {
                    // Two ways that together are the shortest one.
                    Edges::Geodesic => {
                        let longer_m = ways[0].distance_m + ways[1].distance_m - inverse(from, to).distance_m;
                        assert!(longer_m.abs() < 1e-6, "{longer_m} {from:?} {to:?}");
                    }
                    Edges::Planar => {
                        let slope =
                            |a: Position, b: Position| (b.lat_deg() - a.lat_deg(), b.lon_deg() - a.lon_deg());
                        let ((y0, x0), (y1, x1)) = (slope(from, before), slope(after, to));
                        assert!((y0 * x1 - y1 * x0).abs() < 1e-9, "{from:?} {to:?}");
                    }
                }
            }
        }
    }
}
