//! Closed lines on the picture: the part within a rectangle, what is inside by the even-odd rule, as short path data.

use std::fmt::Write;

use super::super::thin::edge_distance2;

pub(super) type Point = [f64; 2];

/// A rectangle on the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rectangle {
    pub low: Point,
    pub high: Point,
}

impl Rectangle {
    pub fn corners(&self) -> [Point; 4] {
        [self.low, [self.high[0], self.low[1]], self.high, [self.low[0], self.high[1]]]
    }

    pub fn widened(&self, by: f64) -> Self {
        Rectangle { low: self.low.map(|low| low - by), high: self.high.map(|high| high + by) }
    }

    /// The part of a closed line within it, whose pieces are joined along its border (Sutherland and Hodgman 1974): by the
    /// even-odd rule the same points within it are inside.
    pub fn clipped(&self, ring: &[Point]) -> Vec<Point> {
        let mut ring = ring.to_vec();
        for axis in [0, 1] {
            ring = cut(&ring, axis, self.low[axis], |at, border| at >= border);
            ring = cut(&ring, axis, self.high[axis], |at, border| at <= border);
        }
        ring
    }

    /// Returns `true` if a line that is clipped to it runs anywhere but along its border.
    pub fn is_crossed_by(&self, ring: &[Point]) -> bool {
        let along = |a: &Point, b: &Point| {
            [0, 1]
                .iter()
                .any(|&axis| a[axis] == b[axis] && [self.low[axis], self.high[axis]].contains(&a[axis]))
        };
        edges(ring).any(|[a, b]| !along(a, b))
    }
}

/// The edges of a closed line.
fn edges(ring: &[Point]) -> impl Iterator<Item = [&Point; 2]> {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| [a, b])
}

/// The part on one side of a border.
fn cut(ring: &[Point], axis: usize, border: f64, is_within: fn(f64, f64) -> bool) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len());
    for [a, b] in edges(ring) {
        let [a_within, b_within] = [a, b].map(|at| is_within(at[axis], border));
        if a_within {
            kept.push(*a);
        }
        if a_within != b_within {
            let u = (border - a[axis]) / (b[axis] - a[axis]);
            let other = a[1 - axis] + u * (b[1 - axis] - a[1 - axis]);
            kept.push(if axis == 0 { [border, other] } else { [other, border] });
        }
    }
    kept
}

/// Returns `true` if a place is inside of closed lines by the even-odd rule.
pub(super) fn is_inside(lines: &[Vec<Point>], [x, y]: Point) -> bool {
    let crosses = |[a, b]: &[&Point; 2]| {
        (a[1] <= y) != (b[1] <= y) && a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) > x
    };
    lines.iter().flat_map(|line| edges(line)).filter(crosses).count() % 2 == 1
}

/// The square of how far a place is from a closed line.
pub(super) fn distance2(ring: &[Point], at: Point) -> f64 {
    edges(ring).map(|[a, b]| edge_distance2([*a, *b], at)).fold(f64::INFINITY, f64::min)
}

/// Appends a closed line in tenths of a pixel as path data, in as few letters as that takes; nothing of what is smaller.
pub(super) fn write_ring(ring: &[Point], out: &mut String) {
    let mut tenths: Vec<[i64; 2]> = ring.iter().map(|at| at.map(|px| (10.0 * px).round() as i64)).collect();
    tenths.dedup();
    while tenths.len() > 1 && tenths.first() == tenths.last() {
        tenths.pop();
    }
    let [first, rest @ ..] = &tenths[..] else { return };
    if rest.len() < 2 {
        return;
    }
    out.push('M');
    write_tenths(first[0], out);
    out.push_str(if first[1] < 0 { "" } else { " " });
    write_tenths(first[1], out);
    out.push('l');
    let mut from = first;
    for at in rest {
        for axis in [0, 1] {
            let step = at[axis] - from[axis];
            out.push_str(if step < 0 || out.ends_with('l') { "" } else { " " });
            write_tenths(step, out);
        }
        from = at;
    }
    out.push('z');
}

/// A tenth is `.1`.
fn write_tenths(tenths: i64, out: &mut String) {
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    out.push_str(if tenths < 0 { "-" } else { "" });
    if whole > 0 || part == 0 {
        let _ = write!(out, "{whole}");
    }
    if part > 0 {
        let _ = write!(out, ".{part}");
    }
}
