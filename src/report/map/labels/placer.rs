//! Places labels so that none lies on another and none is cut: boxes in, placements out.
//!
//! It knows nothing of letters or pictures. Labels are placed one after the other, those that matter most first; each
//! takes the cheapest of its candidates that is free. The same boxes in the same order are placed the same way.

use std::collections::HashMap;

pub(crate) type Point = [f64; 2];

/// The room that a name keeps free before its first letter and behind its last, in pixels.
pub(crate) const AIR: f64 = 2.0;

/// A convex quadrangle by its corners in order: a box in any direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Quad(pub [Point; 4]);

impl Quad {
    /// The box between two corners.
    pub fn upright([left, top]: Point, [right, bottom]: Point) -> Self {
        Quad([[left, top], [right, top], [right, bottom], [left, bottom]])
    }

    /// The square about a point.
    pub fn square([x, y]: Point, half: f64) -> Self {
        Quad::upright([x - half, y - half], [x + half, y + half])
    }

    /// A box about a point, whose long side has the given direction (of length 1).
    pub fn turned([x, y]: Point, [half_width, half_height]: [f64; 2], [ux, uy]: [f64; 2]) -> Self {
        let (ax, ay) = (ux * half_width, uy * half_width);
        let (bx, by) = (-uy * half_height, ux * half_height);
        Quad([
            [x - ax - bx, y - ay - by],
            [x + ax - bx, y + ay - by],
            [x + ax + bx, y + ay + by],
            [x - ax + bx, y - ay + by],
        ])
    }

    /// The room of a line between two points.
    pub fn strip(from: Point, to: Point, half_width: f64) -> Self {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = dx.hypot(dy);
        let direction = if length > 0.0 { [dx / length, dy / length] } else { [1.0, 0.0] };
        let middle = [0.5 * (from[0] + to[0]), 0.5 * (from[1] + to[1])];
        Quad::turned(middle, [0.5 * length, half_width], direction)
    }

    /// Left, top, right, bottom.
    fn bounds(&self) -> [f64; 4] {
        let [xs, ys] = [0, 1].map(|axis| self.0.map(|corner| corner[axis]));
        let low = |values: [f64; 4]| values.into_iter().fold(f64::INFINITY, f64::min);
        let high = |values: [f64; 4]| values.into_iter().fold(f64::NEG_INFINITY, f64::max);
        [low(xs), low(ys), high(xs), high(ys)]
    }

    /// Returns `true` if the two share more than an edge: no side of either has the other wholly beyond it.
    pub fn meets(&self, other: &Quad) -> bool {
        let [a, b] = [self.bounds(), other.bounds()];
        let near = a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        near && !self.has_side_between(other) && !other.has_side_between(self)
    }

    fn has_side_between(&self, other: &Quad) -> bool {
        (0..4).any(|i| {
            let (a, b) = (self.0[i], self.0[(i + 1) % 4]);
            let side = |p: Point| (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
            // Corners go around clockwise as seen on the screen: inside is where this is positive.
            let own = side(self.0[(i + 2) % 4]) + side(self.0[(i + 3) % 4]);
            own != 0.0 && other.0.iter().all(|&corner| side(corner) * own.signum() <= 1e-9)
        })
    }
}

/// A place that a label may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub quad: Quad,
    /// What this place costs where everything is free; candidates come in the order of it.
    pub cost: f64,
    /// The line from the thing to its label.
    pub leader: Option<[Point; 2]>,
}

/// The room that is taken, and how dear the rest is.
#[derive(Debug)]
pub(crate) struct Placer {
    frame: [f64; 4],
    /// What is there, and the cost of lying on it; infinite where nothing may.
    there: Vec<(Quad, f64)>,
    grid: HashMap<(i32, i32), Vec<u32>>,
}

/// How wide a cell of the grid is.
const CELL: f64 = 48.0;

/// Half the room of a leader.
const LEADER_HALF: f64 = 0.8;

impl Placer {
    /// With nothing in a frame of left, top, right and bottom.
    pub fn new(frame: [f64; 4]) -> Self {
        Placer { frame, there: Vec::new(), grid: HashMap::new() }
    }

    /// Takes a room, whatever is there.
    pub fn block(&mut self, quad: Quad) {
        self.avoid(quad, f64::INFINITY);
    }

    /// Makes a room dearer.
    pub fn avoid(&mut self, quad: Quad, cost: f64) {
        let number = self.there.len() as u32;
        for cell in cells(&quad, &self.frame) {
            self.grid.entry(cell).or_default().push(number);
        }
        self.there.push((quad, cost));
    }

    /// Takes the cheapest candidate that is free and within the frame, and on whose room lies no more than `most` of cost;
    /// returns its number. Candidates behind one that can't be undercut are not asked for.
    pub fn place(
        &mut self,
        candidates: impl IntoIterator<Item = Candidate>,
        most: f64,
    ) -> Option<(usize, Candidate)> {
        let mut best: Option<(f64, usize, Candidate)> = None;
        for (i, candidate) in candidates.into_iter().enumerate() {
            let least = best.as_ref().map_or(f64::INFINITY, |(cost, ..)| *cost);
            if candidate.cost >= least {
                break;
            }
            let Some(extra) = self.cost(&candidate, most.min(least - candidate.cost)) else { continue };
            let cost = candidate.cost + extra;
            if cost < least {
                best = Some((cost, i, candidate));
            }
        }
        let (_, i, candidate) = best?;
        self.block(candidate.quad);
        if let Some([from, to]) = candidate.leader {
            self.block(Quad::strip(from, to, LEADER_HALF));
        }
        Some((i, candidate))
    }

    fn cost(&self, candidate: &Candidate, most: f64) -> Option<f64> {
        let [left, top, right, bottom] = candidate.quad.bounds();
        let is_inside = left >= self.frame[0]
            && top >= self.frame[1]
            && right <= self.frame[2]
            && bottom <= self.frame[3];
        if !is_inside {
            return None;
        }
        let own = self.cost_of(&candidate.quad, most)?;
        match candidate.leader {
            Some([from, to]) => Some(own + self.cost_of(&Quad::strip(from, to, LEADER_HALF), most - own)?),
            None => Some(own),
        }
    }

    /// What lies on a room, unless it is more than `most`.
    fn cost_of(&self, quad: &Quad, most: f64) -> Option<f64> {
        let mut cost = 0.0;
        let mut seen: Vec<u32> = Vec::new();
        for cell in cells(quad, &self.frame) {
            for &number in self.grid.get(&cell).into_iter().flatten() {
                let (there, own) = &self.there[number as usize];
                // What costs is counted once, in however many cells it is.
                if (own.is_finite() && seen.contains(&number)) || !quad.meets(there) {
                    continue;
                }
                seen.push(number);
                cost += own;
                if cost > most || cost.is_infinite() {
                    return None;
                }
            }
        }
        Some(cost)
    }
}

/// The cells of the grid that the bounds of a quad meet within the frame.
fn cells(quad: &Quad, frame: &[f64; 4]) -> impl Iterator<Item = (i32, i32)> + use<> {
    let bounds = quad.bounds();
    let cell = |axis: usize, value: f64| (value.clamp(frame[axis], frame[axis + 2]) / CELL).floor() as i32;
    let [left, right] = [cell(0, bounds[0]), cell(0, bounds[2])];
    let [top, bottom] = [cell(1, bounds[1]), cell(1, bounds[3])];
    (left..=right).flat_map(move |i| (top..=bottom).map(move |j| (i, j)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: [f64; 4] = [0.0, 0.0, 1000.0, 800.0];

    fn at(x: f64, y: f64, cost: f64) -> Candidate {
        Candidate { quad: Quad::upright([x, y], [x + 40.0, y + 12.0]), cost, leader: None }
    }

    #[test]
    fn boxes_meet_as_clipping_has_it() {
        // The area that two quads share, by Sutherland and Hodgman.
        fn shared(a: &Quad, b: &Quad) -> f64 {
            let mut left: Vec<Point> = a.0.to_vec();
            for i in 0..4 {
                let (p, q) = (b.0[i], b.0[(i + 1) % 4]);
                let side = |at: Point| (q[0] - p[0]) * (at[1] - p[1]) - (q[1] - p[1]) * (at[0] - p[0]);
                let mut next = Vec::new();
                for j in 0..left.len() {
                    let (from, to) = (left[j], left[(j + 1) % left.len()]);
                    let (u, v) = (side(from), side(to));
                    if u >= 0.0 {
                        next.push(from);
                    }
                    if (u > 0.0 && v < 0.0) || (u < 0.0 && v > 0.0) {
                        next.push([0, 1].map(|axis| from[axis] + u / (u - v) * (to[axis] - from[axis])));
                    }
                }
                left = next;
            }
            let twice = (0..left.len()).map(|i| {
                let (p, q) = (left[i], left[(i + 1) % left.len()]);
                p[0] * q[1] - p[1] * q[0]
            });
            0.5 * twice.sum::<f64>()
        }
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut met = 0;
        for _ in 0..20_000 {
            let mut quad = || {
                let (sin, cos) = (6.3 * random()).sin_cos();
                Quad::turned([100.0 * random(), 100.0 * random()], [30.0 * random() + 1.0, 8.0], [cos, sin])
            };
            let (a, b) = (quad(), quad());
            let area = shared(&a, &b);
            if area.abs() > 1e-6 || area == 0.0 {
                assert_eq!(a.meets(&b), area > 0.0, "{a:?} {b:?} {area}");
            }
            assert_eq!(a.meets(&b), b.meets(&a));
            met += u32::from(a.meets(&b));
        }
        assert!((2_000..18_000).contains(&met), "{met}");
        // A common edge is not an overlap.
        let left = Quad::upright([0.0, 0.0], [10.0, 10.0]);
        assert!(!left.meets(&Quad::upright([10.0, 0.0], [20.0, 10.0])));
    }

    #[test]
    fn the_cheapest_free_candidate_is_taken() {
        let mut placer = Placer::new(FRAME);
        placer.avoid(Quad::strip([0.0, 106.0], [1000.0, 106.0], 1.0), 4.0);
        placer.block(Quad::square([320.0, 206.0], 5.0));
        // On the line, on the symbol, beyond the frame, free.
        let all =
            [at(100.0, 100.0, 0.0), at(300.0, 200.0, 1.0), at(970.0, 300.0, 1.0), at(300.0, 300.0, 2.0)];
        assert_eq!(placer.place(all, f64::INFINITY).unwrap().0, 3);
        // Its room is taken; the line is what is left, unless that is too dear.
        assert!(placer.place(all, 3.9).is_none());
        assert_eq!(placer.place(all, f64::INFINITY).unwrap().0, 0);
        assert!(placer.place(all, f64::INFINITY).is_none());
    }

    #[test]
    fn leaders_cross_nothing() {
        let mut placer = Placer::new(FRAME);
        let far =
            |y: f64| Candidate { leader: Some([[100.0, 106.0], [300.0, y + 6.0]]), ..at(300.0, y, 0.0) };
        placer.block(Quad::square([200.0, 106.0], 5.0));
        assert_eq!(placer.place([far(100.0), far(200.0)], f64::INFINITY).unwrap().0, 1);
        // Nor is a name placed on one.
        assert!(placer.place([at(190.0, 150.0, 0.0)], f64::INFINITY).is_none());
    }

    #[test]
    fn thousands_are_placed_alike_each_time() {
        let run = || {
            let mut placer = Placer::new(FRAME);
            (0..4_000_u32)
                .map(|n| {
                    let (x, y) = (f64::from(n * 7_919 % 960), f64::from(n * 104_729 % 788));
                    let near = (0..64).map(|i| at(x + f64::from(i % 8), y + f64::from(i / 8), f64::from(i)));
                    placer.place(near, f64::INFINITY).map(|(i, _)| i)
                })
                .collect::<Vec<_>>()
        };
        let (first, second) = (run(), run());
        assert_eq!(first, second);
        assert!(first.iter().flatten().count() > 500);
    }
}
