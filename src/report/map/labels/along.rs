//! Where the name of a line may lie: along a part of it that is nearly straight, never upside down.

use super::metrics::Rise;
use super::placer::{AIR, Candidate, Point, Quad};

/// From one try to the next, in pixels.
const STEP: f64 = 9.0;

/// How far the line may bend away from under its name, in pixels.
const MOST_BEND: f64 = 2.5;

/// The air between the line's middle and the box of its name.
const ABOVE: f64 = 2.5;

/// A polyline, by the distance along it.
pub(crate) struct Track<'p> {
    points: &'p [Point],
    /// How far along each point is.
    along: Vec<f64>,
}

impl<'p> Track<'p> {
    /// Of two points or more.
    pub fn new(points: &'p [Point]) -> Option<Self> {
        let mut along = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (i, point) in points.iter().enumerate() {
            if i > 0 {
                sum += (point[0] - points[i - 1][0]).hypot(point[1] - points[i - 1][1]);
            }
            along.push(sum);
        }
        (points.len() > 1 && sum > 0.0).then_some(Track { points, along })
    }

    /// The place at a distance.
    pub fn at(&self, distance: f64) -> Point {
        let i = self.along.partition_point(|&along| along < distance).clamp(1, self.points.len() - 1);
        let (from, to) = (self.along[i - 1], self.along[i]);
        let part = if to > from { (distance - from) / (to - from) } else { 0.0 };
        [0, 1].map(|axis| self.points[i - 1][axis] + part * (self.points[i][axis] - self.points[i - 1][axis]))
    }

    /// The parts that a frame shows: from, to.
    pub fn parts_in(&self, [left, top, right, bottom]: [f64; 4]) -> Vec<[f64; 2]> {
        let mut parts: Vec<[f64; 2]> = Vec::new();
        for i in 1..self.points.len() {
            let Some([a, b]) = clipped(self.points[i - 1], self.points[i], [left, top, right, bottom]) else {
                continue;
            };
            let (from, length) = (self.along[i - 1], self.along[i] - self.along[i - 1]);
            let part = [from + a * length, from + b * length];
            match parts.last_mut() {
                Some(last) if part[0] - last[1] < 1e-6 => last[1] = part[1],
                _ => parts.push(part),
            }
        }
        parts
    }

    /// The candidates of a text between two distances, the cheapest first: straight, and near the middle.
    pub fn candidates(&self, [from, to]: [f64; 2], width: f64, rise: Rise) -> Vec<Candidate> {
        let (mut found, wanted) = (Vec::new(), 0.5 * (from + to));
        let need = width + 8.0;
        let steps = ((to - from - need) / STEP).floor();
        if steps < 0.0 {
            return found;
        }
        for n in 0..=(steps.min(2_000.0) as u32) {
            let start = from + 0.5 * (to - from - need - STEP * steps) + STEP * f64::from(n);
            let (a, b) = (self.at(start), self.at(start + need));
            let chord = (b[0] - a[0]).hypot(b[1] - a[1]);
            if chord < 0.96 * need {
                continue;
            }
            let mut unit = [(b[0] - a[0]) / chord, (b[1] - a[1]) / chord];
            let bend = self.bend([start, start + need], a, unit);
            if bend > MOST_BEND {
                continue;
            }
            // Letters stand up; along a meridian they climb.
            if unit[0] < -1e-6 || (unit[0].abs() <= 1e-6 && unit[1] > 0.0) {
                unit = unit.map(|part| -part);
            }
            let middle = [0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])];
            let half = 0.5 * (rise.above + rise.below);
            let away = ABOVE + bend + half;
            let far = (start + 0.5 * need - wanted).abs();
            for (side, dear) in [(-away, 0.0), (away, 0.4)] {
                let centre = [middle[0] - side * unit[1], middle[1] + side * unit[0]];
                found.push(Candidate {
                    quad: Quad::turned(centre, [0.5 * width + AIR, half], unit),
                    cost: dear + bend + 0.01 * far,
                    leader: None,
                });
            }
        }
        found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        found
    }

    /// How far the line is from its chord, at most.
    fn bend(&self, [from, to]: [f64; 2], start: Point, unit: [f64; 2]) -> f64 {
        let first = self.along.partition_point(|&along| along <= from);
        let inner =
            self.points[first..].iter().zip(&self.along[first..]).take_while(|(_, along)| **along < to);
        inner
            .map(|(point, _)| ((point[0] - start[0]) * unit[1] - (point[1] - start[1]) * unit[0]).abs())
            .fold(0.0, f64::max)
    }
}

/// The part of a segment within a box, as fractions of it (Liang and Barsky).
fn clipped(a: Point, b: Point, [left, top, right, bottom]: [f64; 4]) -> Option<[f64; 2]> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, step, low, high) in [(a[0], b[0] - a[0], left, right), (a[1], b[1] - a[1], top, bottom)] {
        if step == 0.0 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (u, v) = ((low - start) / step, (high - start) / step);
        from = from.max(u.min(v));
        to = to.min(u.max(v));
    }
    (from < to).then_some([from, to])
}
