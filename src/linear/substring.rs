//! Intervals of a route with the vertices that it has.

use super::Network;
use super::network::Piece;
use crate::Position;

/// Nearer than this to a vertex a place along a route is that vertex.
const AT_VERTEX_M: f64 = 1e-6;

impl Network {
    /// The interval of a route from one distance along to another, as lines of two or more positions: the
    /// vertices on the way as `parts`, the route's own, have them. Empty where nothing lies between.
    pub fn substring(
        &self,
        route: usize,
        parts: &[Vec<Position>],
        from_m: f64,
        to_m: f64,
    ) -> Vec<Vec<Position>> {
        let pieces = self.route_pieces(route);
        let is_nan = from_m.is_nan() || to_m.is_nan();
        let (from_m, to_m) = (from_m.max(0.0), to_m.min(self.length_m(route)));
        if is_nan || from_m >= to_m {
            return Vec::new();
        }
        // On the border of two parts an interval begins with the later and ends with the earlier one.
        let first = pieces.partition_point(|piece| piece.chainage_m <= from_m).max(1) - 1;
        let last = pieces.partition_point(|piece| piece.chainage_m < to_m).max(first + 1) - 1;
        let vertices = Vertices::new(parts);
        let mut lines = Vec::new();
        let mut line = vec![place(pieces, first, from_m, &vertices)];
        for at in first + 1..=last {
            let (before, here) = (&pieces[at - 1], &pieces[at]);
            if here.opens_part() {
                // Vertices that repeat the last one have no piece.
                let end = vertices.part_end(before.edge);
                line.extend((before.edge + 1..end).map(|number| vertices.at(number)));
                let next = (end..=here.edge).map(|number| vertices.at(number)).collect();
                lines.push(std::mem::replace(&mut line, next));
            } else {
                line.extend((before.edge + 1..=here.edge).map(|number| vertices.at(number)));
            }
        }
        line.push(place(pieces, last, to_m, &vertices));
        lines.push(line);
        // An end that is a vertex may stand beside that vertex.
        if let Some(line) = lines.first_mut() {
            let repeated = line.iter().take_while(|position| **position == line[0]).count();
            line.drain(..repeated - 1);
        }
        if let Some(line) = lines.last_mut() {
            let end = line[line.len() - 1];
            let repeated = line.iter().rev().take_while(|position| **position == end).count();
            line.truncate(line.len() + 1 - repeated);
        }
        // A route may have a part that is one place.
        lines.retain(|line| line.iter().any(|position| *position != line[0]));
        lines
    }
}

/// The vertices of a route by their numbers over all its parts.
struct Vertices<'a> {
    parts: &'a [Vec<Position>],
    /// One more than the number of the last vertex of each part.
    ends: Vec<u32>,
}

impl<'a> Vertices<'a> {
    fn new(parts: &'a [Vec<Position>]) -> Self {
        let ends = parts.iter().scan(0, |end, part| {
            *end += part.len() as u32;
            Some(*end)
        });
        Vertices { parts, ends: ends.collect() }
    }

    fn part_of(&self, number: u32) -> usize {
        self.ends.partition_point(|end| *end <= number).min(self.parts.len() - 1)
    }

    /// One more than the number of the last vertex of the part that has this one.
    fn part_end(&self, number: u32) -> u32 {
        self.ends[self.part_of(number)]
    }

    fn at(&self, number: u32) -> Position {
        let part = self.part_of(number);
        let start = if part == 0 { 0 } else { self.ends[part - 1] };
        let part = &self.parts[part];
        part[((number - start) as usize).min(part.len() - 1)]
    }
}

/// The position at a distance along, on a piece: a vertex to the bit where it is one.
fn place(pieces: &[Piece], at: usize, chainage_m: f64, vertices: &Vertices<'_>) -> Position {
    let piece = &pieces[at];
    let along_m = chainage_m - piece.chainage_m;
    let edge_of = |at: usize| pieces.get(at).map(|other| other.edge);
    let opens_edge = at == 0 || edge_of(at - 1) != Some(piece.edge);
    if opens_edge && along_m <= AT_VERTEX_M {
        return vertices.at(piece.edge);
    }
    if edge_of(at + 1) != Some(piece.edge) && along_m >= piece.curve.length_m() - AT_VERTEX_M {
        return vertices.at(piece.edge + 1);
    }
    piece.curve.position(piece.curve.t_at(along_m))
}
