//! A line with fewer vertices: Douglas and Peucker 1973 (Algorithms for the reduction of the number of points required to
//! represent a digitized line or its caricature), with distances on the ellipsoid.

use crate::geodesy::ecef::SurfacePoint;
use crate::geodesy::edge::cut;
use crate::{Edges, Error, PatrolRoute, Position};

/// A route without the vertices that are within a tolerance of what is left: the jitter of a recorded track, which makes it
/// longer than the way is. First and last vertices of parts stay, and the others are where they were.
///
/// # Units
/// The tolerance is in metres.
///
/// # Errors
/// Returns an error if the tolerance is not a finite number of at least 0.
///
/// # Examples
/// ```
/// use patrol_corridor::linear::{LinearElement, simplified};
/// use patrol_corridor::{Edges, PatrolRoute};
/// let track: geo_types::LineString = vec![(46.75, 39.82), (46.7505, 39.83), (46.7495, 39.84), (46.75, 39.85)].into();
/// let track = PatrolRoute::from_line_string("track", &track)?;
/// let way = simplified(&track, Edges::Planar, 50.0)?;
/// assert_eq!(way.parts()[0].len(), 2);
/// let length_m = |route| LinearElement::new(route, Edges::Planar).map(|line| line.length_m());
/// assert!(length_m(&way)? < length_m(&track)?);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # References
/// Douglas and Peucker 1973, <https://doi.org/10.3138/FM57-6770-U75U-7727>.
pub fn simplified(route: &PatrolRoute, edges: Edges, tolerance_m: f64) -> Result<PatrolRoute, Error> {
    if !(tolerance_m >= 0.0 && tolerance_m.is_finite()) {
        return Err(Error::argument(format!(
            "a tolerance of {tolerance_m} m, expected a finite number of metres of at least 0"
        )));
    }
    let parts = route.parts().iter().map(|part| simplified_part(part, edges, tolerance_m)).collect();
    Ok(route.clone().with_parts(parts))
}

fn simplified_part(part: &[Position], edges: Edges, tolerance_m: f64) -> Vec<Position> {
    let mut stays = vec![false; part.len()];
    let last = part.len() - 1;
    (stays[0], stays[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let mut curves = Vec::new();
        cut(edges, part[from], part[to], |curve, _| curves.push(curve));
        let distance_m = |vertex: usize| {
            let q = SurfacePoint::new(part[vertex]);
            let distances_m = curves.iter().map(|curve| curve.closest(&q, f64::INFINITY).distance_m);
            distances_m.fold(f64::INFINITY, f64::min)
        };
        let farthest =
            (from + 1..to).map(|vertex| (vertex, distance_m(vertex))).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((vertex, _)) = farthest.filter(|(_, distance_m)| *distance_m > tolerance_m) {
            stays[vertex] = true;
            open.extend([(from, vertex), (vertex, to)]);
        }
    }
    part.iter().zip(stays).filter(|(_, stays)| *stays).map(|(&vertex, _)| vertex).collect()
}
