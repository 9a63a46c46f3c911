//! Polygons out of rings: outer ones run clockwise, and a hole is in the smallest that holds it.

use super::vertex::{Vertex, push_vertices};
use crate::Error;

/// So many vertices are looked at to find what ring a hole is in; from then on the boxes around rings decide.
const MOST_VERTICES: usize = 500_000_000;

/// So many pairs of an outer ring and a hole are looked at: 40,000 of each.
const MOST_PAIRS: usize = 1_600_000_000;

struct Ring<'v> {
    vertices: &'v [Vertex],
    /// Twice the area, above zero where it runs clockwise.
    area: f64,
    bounds: [f64; 4],
}

impl<'v> Ring<'v> {
    fn new(vertices: &'v [Vertex]) -> Self {
        let (mut area, mut bounds) =
            (0.0, [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY]);
        let [x0, y0] = vertices[0].0;
        for (at, &([x, y], _)) in vertices.iter().enumerate() {
            let [next_x, next_y] = vertices[(at + 1) % vertices.len()].0;
            // About the first vertex, since areas of small rings far from zero have few digits.
            area += (next_x - x0) * (y - y0) - (x - x0) * (next_y - y0);
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        }
        Ring { vertices, area, bounds }
    }

    fn may_hold(&self, other: &Ring<'_>) -> bool {
        let ([west, south, east, north], of) = (self.bounds, other.bounds);
        west <= of[0] && south <= of[1] && east >= of[2] && north >= of[3]
    }

    /// Returns `true` if the ring is in this one: its first vertex that is not one of this ring's, as they may touch.
    fn holds(&self, other: &Ring<'_>, seen: &mut usize) -> bool {
        if *seen > MOST_VERTICES {
            return true;
        }
        for &([x, y], _) in other.vertices.iter().take(8) {
            *seen += self.vertices.len();
            if self.vertices.iter().any(|(place, _)| *place == [x, y]) {
                continue;
            }
            let mut is_in = false;
            for (at, &([x1, y1], _)) in self.vertices.iter().enumerate() {
                let [x2, y2] = self.vertices[(at + 1) % self.vertices.len()].0;
                if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
                    is_in = !is_in;
                }
            }
            return is_in;
        }
        true
    }
}

/// The text of the rings as a Polygon or a MultiPolygon, none if there are none; as RFC 7946 has them, outer rings are
/// counterclockwise.
pub(super) fn polygons(parts: &[&[Vertex]]) -> Result<String, Error> {
    let rings: Vec<Ring<'_>> = parts.iter().map(|part| Ring::new(part)).collect();
    let is_outer = |ring: &&Ring<'_>| ring.area > 0.0 || parts.len() == 1;
    let mut groups: Vec<Vec<&Ring<'_>>> = rings.iter().filter(is_outer).map(|ring| vec![ring]).collect();
    let (outer_count, mut pairs, mut seen) = (groups.len(), 0_usize, 0);
    for hole in rings.iter().filter(|ring| !is_outer(ring)) {
        let mut smallest: Option<usize> = None;
        pairs += outer_count;
        if pairs > MOST_PAIRS {
            return Err(Error::input("a polygon of too many rings: split it"));
        }
        for (at, group) in groups[..outer_count].iter().enumerate() {
            let outer = group[0];
            let is_smaller = smallest.is_none_or(|found| outer.area.abs() < groups[found][0].area.abs());
            if is_smaller && outer.may_hold(hole) && outer.holds(hole, &mut seen) {
                smallest = Some(at);
            }
        }
        match smallest {
            Some(at) => groups[at].push(hole),
            // A ring in none is one that runs the wrong way.
            None => groups.push(vec![hole]),
        }
    }
    let mut out = match groups.len() {
        0 => return Ok(String::new()),
        1 => String::from("{\"type\":\"Polygon\",\"coordinates\":"),
        _ => String::from("{\"type\":\"MultiPolygon\",\"coordinates\":["),
    };
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        out.push('[');
        for (at, ring) in group.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            let is_clockwise = ring.area > 0.0;
            push_ring(ring.vertices, is_clockwise == (at == 0), &mut out);
        }
        out.push(']');
    }
    Ok(out + if groups.len() == 1 { "}" } else { "]}" })
}

/// Appends a ring, which ends where it begins.
fn push_ring(vertices: &[Vertex], is_turned: bool, out: &mut String) {
    if vertices.first().map(|first| first.0) == vertices.last().map(|last| last.0) {
        return push_vertices(vertices, is_turned, out);
    }
    let closed: Vec<Vertex> = vertices.iter().chain(vertices.first()).copied().collect();
    push_vertices(&closed, is_turned, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, size: f64, is_clockwise: bool) -> Vec<Vertex> {
        let (east, north) = (west + size, south + size);
        let mut ring = vec![[west, south], [west, north], [east, north], [east, south], [west, south]];
        if !is_clockwise {
            ring.reverse();
        }
        ring.into_iter().map(|place| (place, None)).collect()
    }

    fn of(rings: &[Vec<Vertex>]) -> serde_json::Value {
        let parts: Vec<&[Vertex]> = rings.iter().map(Vec::as_slice).collect();
        let text = polygons(&parts).unwrap();
        if text.is_empty() { serde_json::Value::Null } else { serde_json::from_str(&text).unwrap() }
    }

    #[test]
    fn holes_are_in_the_smallest_ring_around_them() {
        let (outer, hole) = (square(0.0, 0.0, 10.0, true), square(1.0, 1.0, 8.0, false));
        let (island, lake) = (square(2.0, 2.0, 6.0, true), square(3.0, 3.0, 1.0, false));
        let found = of(&[outer.clone(), island.clone(), lake, hole.clone()]);
        assert_eq!(found["type"], "MultiPolygon");
        let rings = found["coordinates"].as_array().unwrap();
        assert_eq!(rings.iter().map(|rings| rings.as_array().unwrap().len()).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(rings[0][1][2], serde_json::json!([9, 9]));
        // Counterclockwise, then clockwise.
        assert_eq!(rings[0][0][1], serde_json::json!([10, 0]));
        assert_eq!(rings[0][1][1], serde_json::json!([1, 9]));
    }

    #[test]
    fn rings_that_run_the_wrong_way_are_outer_ones() {
        let (a, b) = (square(0.0, 0.0, 1.0, false), square(5.0, 5.0, 1.0, false));
        assert_eq!(of(std::slice::from_ref(&a))["type"], "Polygon");
        assert_eq!(of(&[a, b])["type"], "MultiPolygon");
        assert_eq!(of(&[]), serde_json::Value::Null);
        // Closed where the file does not close it.
        let open = &square(0.0, 0.0, 1.0, true)[..4];
        assert_eq!(of(&[open.to_vec()])["coordinates"][0].as_array().unwrap().len(), 5);
    }

    #[test]
    fn a_hole_that_touches_its_ring_is_in_it() {
        let outer = square(0.0, 0.0, 10.0, true);
        let hole: Vec<Vertex> =
            [[0.0, 0.0], [4.0, 1.0], [1.0, 4.0], [0.0, 0.0]].map(|place| (place, None)).to_vec();
        assert_eq!(of(&[outer, hole])["coordinates"].as_array().unwrap().len(), 2);
    }
}
