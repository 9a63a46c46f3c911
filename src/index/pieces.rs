//! Leaves of route pieces, and the walk that keeps those that may hold a foot.
//!
//! A piece lies in a capsule around its chord, which gives the chord from a position to the piece from
//! below and from above. The walk knows the routes by these bounds alone and leaves, of hundreds of
//! pieces near by, two or three to be measured: of the nearest routes those at their feet.

use std::ops::Range;

use smallvec::SmallVec;

use super::packed::{
    FARTHEST2, Lanes, LeafVisitor, WIDTH, above, lanes_within, least, lesser, round_down, round_up,
};
use crate::geodesy::bound::{chord_limit_beside_m, chord_limit_m, chord_within_m};
use crate::geodesy::ecef::{SurfacePoint, Vec3, norm2, sub};
use crate::linear::{Piece, SETTLE_M, TIE_M};

/// What of a route (or of a group of routes) is this much farther than its nearest may count still: a tie
/// between routes of a group, one within the route, and what settling a foot and rounding change.
pub(crate) const BESIDE_M: f64 = 2.0 * (TIE_M + SETTLE_M) + 1e-4;

/// What `f32` may cost a leaf's distance, by the lengths that go into it: some 2^-24 each.
const ROUNDING: f32 = 1e-6;

/// Farther than anything on Earth.
const FARTHEST_M: f32 = 1e15;

/// The capsules of eight pieces, in `f32` from an origin among them.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct PieceLeaf {
    start: [Lanes<f32>; 3],
    chord: [Lanes<f32>; 3],
    /// 1 / chord . chord, or 0
    per_chord2: Lanes<f32>,
    radius_m: Lanes<f32>,
    /// By place in the network.
    pub piece: Lanes<u32>,
    pub route: Lanes<u32>,
    origin: Vec3,
    /// At least the greatest length from the origin, and of a chord.
    extent_m: f32,
    count: u32,
    /// All are of one route.
    single: bool,
}

impl PieceLeaf {
    /// Of pieces by place, those of a route side by side.
    pub fn new(places: &[u32], pieces: &[Piece]) -> Self {
        let origin = pieces[places[0] as usize].curve.capsule().0;
        let mut leaf = PieceLeaf {
            start: [[0.0; WIDTH]; 3],
            chord: [[0.0; WIDTH]; 3],
            per_chord2: [0.0; WIDTH],
            radius_m: [0.0; WIDTH],
            piece: [0; WIDTH],
            route: [0; WIDTH],
            origin,
            extent_m: 0.0,
            count: places.len() as u32,
            single: places
                .iter()
                .all(|place| pieces[*place as usize].route == pieces[places[0] as usize].route),
        };
        for lane in 0..WIDTH {
            // The last stands in the lanes to spare as well.
            let place = places[lane.min(places.len() - 1)];
            let (a, b, radius_m) = pieces[place as usize].curve.capsule();
            let (start, chord) = (sub(a, origin), sub(b, a));
            for axis in 0..3 {
                leaf.start[axis][lane] = start[axis] as f32;
                leaf.chord[axis][lane] = chord[axis] as f32;
            }
            let chord2 = norm2(chord);
            leaf.per_chord2[lane] = if chord2 > 0.0 { (1.0 / chord2) as f32 } else { 0.0 };
            leaf.radius_m[lane] = round_up(radius_m);
            leaf.piece[lane] = place;
            leaf.route[lane] = pieces[place as usize].route;
            let extent_m = norm2(start).sqrt() + norm2(chord).sqrt();
            leaf.extent_m = leaf.extent_m.max(round_up(extent_m));
        }
        leaf
    }

    /// Bounds of the chords from a position to the pieces, in metres.
    #[inline(always)]
    fn chords_from(&self, q: Vec3) -> (Lanes<f32>, Lanes<f32>) {
        let [qx, qy, qz] = sub(q, self.origin).map(|x| x as f32);
        let rounding = ROUNDING * ((qx * qx + qy * qy + qz * qz).sqrt() + self.extent_m);
        let ([ax, ay, az], [cx, cy, cz]) = (&self.start, &self.chord);
        let (mut low, mut high) = ([0.0; WIDTH], [0.0; WIDTH]);
        for lane in 0..WIDTH {
            let (x, y, z) = (qx - ax[lane], qy - ay[lane], qz - az[lane]);
            let along = (x * cx[lane] + y * cy[lane] + z * cz[lane]) * self.per_chord2[lane];
            let along = if along > 0.0 { along } else { 0.0 };
            let t = if along < 1.0 { along } else { 1.0 };
            let (x, y, z) = (x - t * cx[lane], y - t * cy[lane], z - t * cz[lane]);
            let axis = (x * x + y * y + z * z).sqrt();
            let pad = self.radius_m[lane] + rounding;
            let chord = axis - pad;
            low[lane] = if chord > 0.0 { chord } else { 0.0 };
            high[lane] = axis + pad;
        }
        (low, high)
    }
}

/// The half width of a route, as distance and as chords.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HalfWidth {
    /// -1 where there is none, and so are the chords.
    pub half_width_m: f64,
    /// What is farther by chord is outside.
    pub outside_m: f32,
    /// Its square, rounded up.
    outside2: f32,
    /// What is nearer by chord is inside, whatever is measured.
    inside_m: f32,
}

impl HalfWidth {
    pub fn new(half_width_m: Option<f64>) -> Self {
        let Some(half_width_m) = half_width_m else {
            return HalfWidth { half_width_m: -1.0, outside_m: -1.0, outside2: -1.0, inside_m: -1.0 };
        };
        let outside_m = lesser(above(chord_limit_m(half_width_m)), FARTHEST_M);
        HalfWidth {
            half_width_m,
            outside_m,
            outside2: square_up(outside_m),
            inside_m: round_down(chord_within_m(half_width_m - BESIDE_M)),
        }
    }
}

/// A group of routes, by the least upper bound of its chord.
#[derive(Debug, Clone, Copy)]
struct Group {
    high: f32,
    /// What of it is farther need not be measured.
    limit: f32,
    limit2: f32,
    group: u32,
}

/// A piece that may be nearest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    /// The lower bound of its chord.
    pub low: f32,
    pub piece: u32,
    pub group: u32,
}

/// What is left to be measured.
#[derive(Debug)]
pub(crate) struct Candidates {
    /// Pieces that may be nearest.
    pub near: SmallVec<[Near; 24]>,
    /// Pieces that may be within the half width of their routes, which are not in `inside` yet.
    pub doubtful: SmallVec<[u32; 8]>,
    /// The routes within whose half width the position is for sure, in no order.
    pub inside: SmallVec<[u32; 4]>,
}

/// Keeps the pieces that may hold the feet of the k nearest groups.
pub(crate) struct PieceWalk<'a, G> {
    leaves: &'a [PieceLeaf],
    half_widths: &'a [HalfWidth],
    q: Vec3,
    k: usize,
    /// The group of a route; none for one that does not count.
    group_of: G,
    /// The k nearest, in order.
    groups: SmallVec<[Group; 4]>,
    /// What is farther by chord is neither near nor tied.
    limit: f32,
    /// The widest half width by chord, or -1.
    widest: f32,
    /// The square of the larger of the two.
    chord2_limit: f32,
    candidates: Candidates,
}

impl<'a, G: Fn(u32) -> Option<u32>> PieceWalk<'a, G> {
    pub fn new(
        (leaves, half_widths): (&'a [PieceLeaf], &'a [HalfWidth]),
        q: &SurfacePoint,
        k: usize,
        radius_m: f64,
        widest: f32,
        group_of: G,
    ) -> Self {
        let limit = lesser(above(chord_limit_m(radius_m)), FARTHEST_M);
        let (near, doubtful, inside) = (SmallVec::new(), SmallVec::new(), SmallVec::new());
        let candidates = Candidates { near, doubtful, inside };
        let groups = SmallVec::new();
        let q = q.ecef;
        let mut walk = PieceWalk {
            leaves,
            half_widths,
            q,
            k,
            group_of,
            groups,
            limit,
            widest,
            chord2_limit: 0.0,
            candidates,
        };
        walk.set_limit(limit);
        walk
    }

    /// What the walk has left.
    pub fn candidates(mut self) -> Candidates {
        self.drop_far();
        self.candidates
    }

    #[inline]
    fn set_limit(&mut self, limit: f32) {
        self.limit = limit;
        self.chord2_limit = square_up(limit.max(self.widest));
    }

    fn drop_far(&mut self) {
        let PieceWalk { candidates, groups, limit, .. } = self;
        candidates.near.retain(|near| matters(groups, *limit, near.group, near.low));
    }

    /// Counts an upper bound of a group's chord; the limit falls where that makes it one of the k nearest.
    /// Returns the chord beyond which nothing of the group matters.
    #[inline]
    fn count(&mut self, group: u32, high: f32) -> f32 {
        let mut place = match self.groups.iter().position(|other| other.group == group) {
            Some(place) if self.groups[place].high <= high => return self.groups[place].limit,
            Some(place) => place,
            None if self.groups.len() < self.k => {
                self.groups.push(Group { high, limit: FARTHEST_M, limit2: FARTHEST2, group });
                self.groups.len() - 1
            }
            None => match self.groups.last() {
                Some(last) if high < last.high => self.groups.len() - 1,
                _ => return FARTHEST_M,
            },
        };
        let limit = lesser(above(chord_limit_beside_m(f64::from(high), BESIDE_M)), FARTHEST_M);
        while place > 0 && self.groups[place - 1].high > high {
            self.groups[place] = self.groups[place - 1];
            place -= 1;
        }
        self.groups[place] = Group { high, limit, limit2: square_up(limit), group };
        if self.groups.len() == self.k {
            let last = self.groups[self.k - 1].limit;
            if last < self.limit {
                self.set_limit(last);
            }
        }
        limit
    }

    /// Looks at the pieces of one route, `lanes` of a leaf; what is not among them is infinitely far.
    #[inline(always)]
    fn look_at(&mut self, leaf: &PieceLeaf, lanes: Range<usize>, low: &Lanes<f32>, high: &Lanes<f32>) {
        let (nearest, sure) = (least(low, lesser), least(high, lesser));
        let route = leaf.route[lanes.start];
        let Some(group) = (self.group_of)(route) else { return };
        if nearest <= self.limit {
            let limit = self.count(group, sure).min(self.limit);
            for lane in lanes_within(low, limit).take_while(|lane| *lane < lanes.end) {
                if self.candidates.near.len() == self.candidates.near.capacity() {
                    self.drop_far();
                }
                self.candidates.near.push(Near { low: low[lane], piece: leaf.piece[lane], group });
            }
        }
        if nearest > self.widest {
            return;
        }
        let half_width = &self.half_widths[route as usize];
        if nearest > half_width.outside_m || self.candidates.inside.contains(&route) {
            return;
        }
        if sure <= half_width.inside_m {
            self.candidates.inside.push(route);
        } else {
            let doubtful = lanes_within(low, half_width.outside_m).take_while(|lane| *lane < lanes.end);
            self.candidates.doubtful.extend(doubtful.map(|lane| leaf.piece[lane]));
        }
    }
}

#[inline]
fn square_up(x: f32) -> f32 {
    lesser(above(f64::from(x) * f64::from(x)), FARTHEST2)
}

/// Whether of a group a piece at this chord may matter.
#[inline]
fn matters(groups: &[Group], limit: f32, group: u32, low: f32) -> bool {
    low <= limit && !groups.iter().any(|other| other.group == group && low > other.limit)
}

impl<G: Fn(u32) -> Option<u32>> LeafVisitor for PieceWalk<'_, G> {
    fn chord2_limit(&self) -> f32 {
        self.chord2_limit
    }

    #[inline]
    fn is_done_with(&self, route: u32, chord2: f32) -> bool {
        let Some(group) = (self.group_of)(route) else { return true };
        let near = self.groups.iter().find(|other| other.group == group);
        if near.is_none_or(|group| chord2 <= group.limit2) {
            return false;
        }
        self.widest < 0.0
            || chord2 > self.half_widths[route as usize].outside2
            || self.candidates.inside.contains(&route)
    }

    fn visit(&mut self, leaf: usize) {
        let leaf = &self.leaves[leaf];
        let (low, high) = leaf.chords_from(self.q);
        let count = (leaf.count as usize).min(WIDTH);
        if leaf.single {
            return self.look_at(leaf, 0..count, &low, &high);
        }
        let mut start = 0;
        while start < count {
            let route = leaf.route[start];
            let same = leaf.route[start..count].iter().take_while(|other| **other == route).count();
            let lanes = start..start + same;
            let only = |of: &Lanes<f32>| -> Lanes<f32> {
                std::array::from_fn(|lane| if lanes.contains(&lane) { of[lane] } else { f32::INFINITY })
            };
            self.look_at(leaf, lanes.clone(), &only(&low), &only(&high));
            start += same;
        }
    }
}
