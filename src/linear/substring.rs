//! Stretches of a route with the vertices that it has.

use super::Network;
use super::network::Piece;
use crate::Position;

/// Nearer than this to a vertex a place along a route is that vertex.
const AT_VERTEX_M: f64 = 1e-6;

impl Network {
    /// The stretch of a route from one distance along to another, as lines of two or more positions: the
    /// vertices on the way as `parts`, the route's own, have them. Empty where nothing lies between.
    pub fn substring(
        &self,
        route: usize,
        parts: &[Vec<Position>],
        from_m: f64,
        to_m: f64,
    ) -> Vec<Vec<Position>> {
        let pieces = self.route_pieces(route);
        let (from_m, to_m) = (from_m.max(0.0), to_m.min(self.length_m(route)));
        if from_m.partial_cmp(&to_m).is_none_or(std::cmp::Ordering::is_ge) {
            return Vec::new();
        }
        // On the border of two parts a stretch begins with the later and ends with the earlier one.
        let first = pieces.partition_point(|piece| piece.chainage_m <= from_m).max(1) - 1;
        let last = pieces.partition_point(|piece| piece.chainage_m < to_m).max(first + 1) - 1;
        let vertices: Vec<Position> = parts.iter().flatten().copied().collect();
        let vertex = |number: u32| vertices[(number as usize).min(vertices.len() - 1)];
        let mut lines = Vec::new();
        let mut line = vec![place(pieces, first, from_m, vertex)];
        for at in first + 1..=last {
            let (before, here) = (&pieces[at - 1], &pieces[at]);
            if here.opens_part() {
                // Vertices that repeat the last one have no piece.
                let end = part_end(parts, before.edge);
                line.extend((before.edge + 1..end).map(vertex));
                lines.push(std::mem::replace(&mut line, (end..=here.edge).map(vertex).collect()));
            } else {
                line.extend((before.edge + 1..=here.edge).map(vertex));
            }
        }
        line.push(place(pieces, last, to_m, vertex));
        lines.push(line);
        // A route may begin or end with a part that is one place.
        lines.retain(|line| line.iter().any(|position| *position != line[0]));
        lines
    }
}

/// One more than the last vertex of the part that has this one.
fn part_end(parts: &[Vec<Position>], vertex: u32) -> u32 {
    let ends = parts.iter().scan(0, |end, part| {
        *end += part.len() as u32;
        Some(*end)
    });
    ends.into_iter().find(|end| vertex < *end).unwrap_or(vertex + 1)
}

/// The position at a distance along, on a piece: a vertex to the bit where it is one.
fn place(pieces: &[Piece], at: usize, chainage_m: f64, vertex: impl Fn(u32) -> Position) -> Position {
    let piece = &pieces[at];
    let along_m = chainage_m - piece.chainage_m;
    let edge_of = |at: usize| pieces.get(at).map(|other| other.edge);
    let opens_edge = at == 0 || edge_of(at - 1) != Some(piece.edge);
    if opens_edge && along_m <= AT_VERTEX_M {
        return vertex(piece.edge);
    }
    if edge_of(at + 1) != Some(piece.edge) && along_m >= piece.curve.length_m() - AT_VERTEX_M {
        return vertex(piece.edge + 1);
    }
    piece.curve.position(piece.curve.t_at(along_m))
}
