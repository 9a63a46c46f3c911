//! Along a piece of a route: where a post comes within reach, and where another post becomes the nearest.
//!
//! Breakpoints are roots, not samples. An interval is cut where the distance (or the difference of two squared
//! distances, which is all but linear along a piece) turns, which its slopes at the ends tell; between turns
//! there is one root at most, and the sign at the ends tells whether there is.

use smallvec::SmallVec;

use crate::PatrolIndex;
use crate::geodesy::curve::Curve;
use crate::geodesy::ecef::SurfacePoint;
use crate::geodesy::root::root;

/// Roots are sought until they move less than this along the route.
const ROOT_M: f64 = 1e-8;

/// A difference of distances that is no more than this is rounding.
const NOISE_M: f64 = 1e-6;

/// A curve in space is at most this much longer between two places than their distance along suggests.
const STRETCH: f64 = 1.0 + 1e-6;

/// With more posts than this to compare, an interval is halved first.
const MOST_COMPARED: usize = 16;

/// Halving ends here.
const SHORTEST_M: f64 = 0.01;

/// Intervals of `t` within a piece, ascending.
pub(super) type Spans = SmallVec<[(f64, f64); 2]>;

/// Where on the piece the distance to a post is at most `radius_m`, both ends included.
pub(super) fn spans_within(curve: &Curve, post: &SurfacePoint, radius_m: f64) -> Spans {
    let mut spans = Spans::new();
    let middle_m = curve.distance_m(0.5, post);
    let reach_m = 0.75 * curve.length_m() * STRETCH;
    if middle_m - reach_m > radius_m {
        return spans;
    }
    if middle_m + reach_m <= radius_m {
        spans.push((0.0, 1.0));
        return spans;
    }
    let tolerance = ROOT_M / curve.length_m().max(ROOT_M);
    let over = |t: f64| curve.distance_m(t, post) - radius_m;
    let mut add = |from: f64, to: f64| match spans.last_mut() {
        Some(last) if last.1 >= from => last.1 = to,
        _ => spans.push((from, to)),
    };
    for (t0, t1) in turns(curve, &|t| curve.slope(t, post)) {
        let (over0, over1) = (over(t0), over(t1));
        match (over0 <= 0.0, over1 <= 0.0) {
            (true, true) => add(t0, t1),
            (false, false) => {}
            (true, false) => add(t0, root(&over, (t0, over0), (t1, over1), tolerance)),
            (false, true) => add(root(&|t| -over(t), (t0, -over0), (t1, -over1), tolerance), t1),
        }
    }
    spans
}

/// The place between two others of a piece that is farthest from a post, and its distance: one of the two,
/// but for what is beyond a quarter of the way around the Earth.
pub(super) fn farthest_m(curve: &Curve, post: &SurfacePoint, t0: f64, t1: f64) -> (f64, f64) {
    let slope = |t: f64| curve.slope(t, post);
    let turn = turn(curve, &slope, (t0, slope(t0)), (t1, slope(t1)));
    let tried = [t0, t1].into_iter().chain(turn).map(|t| (t, curve.distance_m(t, post)));
    tried.reduce(|best, next| if next.1 > best.1 { next } else { best }).unwrap_or((t0, 0.0))
}

/// Cuts 0..=1 where a slope changes its sign.
fn turns(curve: &Curve, slope: &impl Fn(f64) -> f64) -> SmallVec<[(f64, f64); 2]> {
    let steps = if curve.is_bent() { 16 } else { 1 };
    let mut found = SmallVec::new();
    let (mut from, mut t0, mut s0) = (0.0, 0.0, slope(0.0));
    for i in 1..=steps {
        let t1 = f64::from(i) / f64::from(steps);
        let s1 = slope(t1);
        if let Some(turn) = turn(curve, slope, (t0, s0), (t1, s1)) {
            found.push((from, turn));
            from = turn;
        }
        (t0, s0) = (t1, s1);
    }
    found.push((from, 1.0));
    found
}

/// The place between two others at which a slope changes its sign.
fn turn(
    curve: &Curve,
    slope: &impl Fn(f64) -> f64,
    (t0, s0): (f64, f64),
    (t1, s1): (f64, f64),
) -> Option<f64> {
    let tolerance = ROOT_M / curve.length_m().max(ROOT_M);
    if s0 < 0.0 && s1 > 0.0 {
        Some(root(slope, (t0, s0), (t1, s1), tolerance))
    } else if s0 > 0.0 && s1 < 0.0 {
        Some(root(&|t| -slope(t), (t0, -s0), (t1, -s1), tolerance))
    } else {
        None
    }
}

/// Tells which post is the nearest along a piece: calls `own` with the start of each interval and its post, in
/// order. `before` is the owner where the piece begins, if it is known; it stays where another is as near.
/// Returns the owner at the end.
pub(super) fn owners(
    index: &PatrolIndex,
    posts: &[SurfacePoint],
    curve: &Curve,
    before: Option<u32>,
    own: &mut impl FnMut(f64, u32),
) -> Option<u32> {
    let mut walk = OwnerWalk { index, posts, curve, own };
    let steps = if curve.is_bent() { 16 } else { 1 };
    let mut owner = before;
    for i in 0..steps {
        owner = walk.interval(f64::from(i) / f64::from(steps), f64::from(i + 1) / f64::from(steps), owner);
    }
    owner
}

struct OwnerWalk<'a, F> {
    index: &'a PatrolIndex,
    posts: &'a [SurfacePoint],
    curve: &'a Curve,
    own: &'a mut F,
}

impl<F: FnMut(f64, u32)> OwnerWalk<'_, F> {
    fn interval(&mut self, t0: f64, t1: f64, before: Option<u32>) -> Option<u32> {
        let middle = 0.5 * (t0 + t1);
        let here = self.curve.surface(middle);
        let along_m = |t: f64| self.curve.along_m(t);
        let half_m = STRETCH * (along_m(t1) - along_m(middle)).max(along_m(middle) - along_m(t0)) + NOISE_M;
        // Whoever is nearest somewhere on the interval is here at most that much farther than the nearest.
        let reach_m = self.index.nearest_post_m(&here, None) + 2.0 * half_m;
        let compared = self.index.posts_about(&here, reach_m, None);
        if compared.len() > MOST_COMPARED && half_m > SHORTEST_M {
            let between = self.interval(t0, middle, before);
            return self.interval(middle, t1, between);
        }
        let mut compared: SmallVec<[u32; 16]> = compared.iter().map(|(post, _)| *post).collect();
        compared.sort_unstable();
        self.sweep(t0, t1, before, &compared)
    }

    fn sweep(&mut self, t0: f64, t1: f64, before: Option<u32>, compared: &[u32]) -> Option<u32> {
        let distance_m = |post: u32, t: f64| self.curve.distance_m(t, &self.posts[post as usize]);
        let mut at = t0;
        let mut least: Option<(f64, u32)> = None;
        for &post in compared {
            let found = distance_m(post, t0);
            if least.is_none_or(|(least, _)| found < least - NOISE_M) {
                least = Some((found, post));
            }
        }
        let (least_m, first) = least?;
        let stays = |post: &u32| distance_m(*post, t0) <= least_m + 2.0 * NOISE_M;
        let mut owner = before.filter(stays).unwrap_or(first);
        (self.own)(at, owner);
        // Each change is to another post; the bound is for what rounding might do.
        for _ in 0..4 * compared.len() {
            let next = compared
                .iter()
                .filter(|post| **post != owner)
                .filter_map(|&post| self.overtakes(owner, post, at, t1).map(|t| (t, post)))
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let Some((t, post)) = next else { break };
            (at, owner) = (t, post);
            (self.own)(at, owner);
        }
        Some(owner)
    }

    /// The first place between two others at which `other` comes nearer than `owner`.
    fn overtakes(&self, owner: u32, other: u32, t0: f64, t1: f64) -> Option<f64> {
        let (a, b) = (&self.posts[owner as usize], &self.posts[other as usize]);
        let ahead = |t: f64| self.curve.distance_m(t, a) - self.curve.distance_m(t, b);
        let slope = |t: f64| {
            let term = |post| self.curve.distance_m(t, post) * self.curve.slope(t, post);
            term(a) - term(b)
        };
        let end = ahead(t1);
        let (s0, s1) = (slope(t0), slope(t1));
        // The usual case: never ahead, and no turn between.
        if end <= NOISE_M && s0 * s1 >= 0.0 {
            return None;
        }
        let turn = turn(self.curve, &slope, (t0, s0), (t1, s1));
        let tolerance = ROOT_M / self.curve.length_m().max(ROOT_M);
        let (mut t, mut value) = (t0, ahead(t0));
        for (next, reached) in turn.map(|t| (t, ahead(t))).into_iter().chain([(t1, end)]) {
            if reached > NOISE_M {
                return Some(if value >= 0.0 {
                    t
                } else {
                    root(&ahead, (t, value), (next, reached), tolerance)
                });
            }
            (t, value) = (next, reached);
        }
        None
    }
}
