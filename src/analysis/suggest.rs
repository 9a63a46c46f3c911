//! Where new posts would close most of the gaps.

use std::collections::BinaryHeap;

use super::beats::surface_points;
use super::coverage::{CoverageOptions, coverage, route_spans};
use crate::parallel::in_parallel;
use crate::{Error, FeatureId, ObservationPost, PatrolIndex, Position};

/// What brings less is what rounding leaves.
const LEAST_GAIN_M: f64 = 0.01;

/// A place for a new post.
///
/// ```
/// use patrol_corridor::analysis::{CoverageOptions, suggest_posts};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.90, 40.0)].into();
/// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R4", &line)?], Edges::Planar)?;
/// let candidates = [46.80, 46.82, 46.83].map(|lon| Position::from_lon_lat(lon, 40.0).unwrap());
/// let options = CoverageOptions::default().with_radius_m(2_000.0).with_threads(0);
/// let found = suggest_posts(&index, &candidates, 2, &options)?;
/// assert_eq!((found[0].candidate, found[1].candidate), (2, 0));
/// assert_eq!(format!("{:.1} m, then {:.1} m", found[0].gain_m, found[1].gain_m), "4000.0 m, then 561.8 m");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Suggestion {
    /// The candidate's place in the list.
    pub candidate: usize,
    /// Where it is.
    pub position: Position,
    /// How many metres of route it brings within reach that neither the posts nor the suggestions before
    /// it reach.
    pub gain_m: f64,
}

/// An interval of a route, by distance along in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reach {
    route: u32,
    from_m: f64,
    to_m: f64,
}

/// Proposes up to `count` of the candidates as new posts, one after the other: each time the one that brings
/// the greatest length of uncovered route within its reach, of equals the first. Ends early where no
/// candidate brings anything.
///
/// The greedy choice: together they close at least 1 - 1/e (63 %) of what the best `count` of these
/// candidates could close (Nemhauser, Wolsey and Fisher 1978, An analysis of approximations for maximizing
/// submodular set functions, I), and mostly nearly all of it.
///
/// ```
/// use patrol_corridor::analysis::{CoverageOptions, suggest_posts};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.0, 40.0), (46.1, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R1", &line)?;
/// let index = PatrolIndex::new(vec![], vec![route], Edges::Planar)?;
/// let candidates = [Position::from_lon_lat(46.0, 40.0)?, Position::from_lon_lat(46.05, 40.0)?];
/// let options = CoverageOptions::default().with_radius_m(2_000.0).with_threads(0);
/// let found = suggest_posts(&index, &candidates, 1, &options)?;
/// assert_eq!(found[0].candidate, 1);
/// assert!((found[0].gain_m - 4_000.0).abs() < 1e-3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// As [`coverage`](super::coverage()), and where `radius_m`, how far the new posts see, is none.
pub fn suggest_posts(
    index: &PatrolIndex,
    candidates: &[Position],
    count: usize,
    options: &CoverageOptions,
) -> Result<Vec<Suggestion>, Error> {
    let radius_m = options.radius_m.ok_or_else(|| {
        Error::argument("no radius, expected how far the new posts see, in metres greater than 0")
    })?;
    let covered = coverage(index, options)?;
    let mut gaps: Vec<Vec<(f64, f64)>> =
        covered.iter().map(|route| route.gaps().map(|gap| (gap.from_m, gap.to_m)).collect()).collect();
    let reaches = reaches(index, candidates, radius_m, options.threads)?;
    // The gain of a candidate only falls as others are taken: one that is the best by its present gain is the
    // best, though the others' gains be old.
    let mut heap: BinaryHeap<Ranked> = (reaches.iter().enumerate())
        .map(|(candidate, reach)| Ranked { gain_m: gain_m(reach, &gaps), candidate })
        .collect();
    let mut found = Vec::new();
    while let Some(top) = heap.pop() {
        if found.len() == count || top.gain_m < LEAST_GAIN_M {
            break;
        }
        let gain_m = gain_m(&reaches[top.candidate], &gaps);
        let now = Ranked { gain_m, candidate: top.candidate };
        if heap.peek().is_some_and(|next| *next > now) {
            heap.push(now);
            continue;
        }
        if gain_m >= LEAST_GAIN_M {
            found.push(Suggestion { candidate: top.candidate, position: candidates[top.candidate], gain_m });
            close(&reaches[top.candidate], &mut gaps);
        }
    }
    Ok(found)
}

/// A candidate by its gain, the greatest first; of equals the first in the list.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    gain_m: f64,
    candidate: usize,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.gain_m.total_cmp(&other.gain_m).then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

/// What each candidate reaches.
fn reaches(
    index: &PatrolIndex,
    candidates: &[Position],
    radius_m: f64,
    threads: usize,
) -> Result<Vec<Vec<Reach>>, Error> {
    let posts = candidates.iter().enumerate();
    let posts = posts.map(|(i, &at)| ObservationPost::new(FeatureId::from(i as u64), at)).collect();
    let tried = PatrolIndex::new(posts, index.routes().to_vec(), index.edges())?;
    let points = surface_points(&tried);
    let radii = vec![radius_m; candidates.len()];
    let spans =
        in_parallel(index.routes().len(), threads, |route| route_spans(&tried, &points, &radii, route));
    let mut reaches = vec![Vec::new(); candidates.len()];
    for (route, spans) in spans.into_iter().enumerate() {
        for span in spans {
            let reach = Reach { route: route as u32, from_m: span.from_m, to_m: span.to_m };
            reaches[span.post as usize].push(reach);
        }
    }
    Ok(reaches)
}

/// How much of the gaps some intervals close: to a millimetre, so that rounding does not rank equals.
fn gain_m(reaches: &[Reach], gaps: &[Vec<(f64, f64)>]) -> f64 {
    let closed_m = |reach: &Reach| -> f64 {
        let gaps = &gaps[reach.route as usize];
        let first = gaps.partition_point(|gap| gap.1 <= reach.from_m);
        let met = gaps[first..].iter().take_while(|gap| gap.0 < reach.to_m);
        met.map(|gap| gap.1.min(reach.to_m) - gap.0.max(reach.from_m)).sum()
    };
    (1e3 * reaches.iter().map(closed_m).sum::<f64>()).round() / 1e3
}

/// Takes some intervals out of the gaps.
fn close(reaches: &[Reach], gaps: &mut [Vec<(f64, f64)>]) {
    for reach in reaches {
        let gaps = &mut gaps[reach.route as usize];
        let rest = |&(from_m, to_m): &(f64, f64)| {
            let rest = [(from_m, to_m.min(reach.from_m)), (from_m.max(reach.to_m), to_m)];
            rest.into_iter().filter(|(from_m, to_m)| from_m < to_m)
        };
        *gaps = gaps.iter().flat_map(rest).collect();
    }
}
