//! Downhill to where the sum of the squared residuals is the smallest.

use std::cmp::Ordering;

use super::line::{Terms, terms};
use super::observation::{FixObservation, MOST_M, Measurement};
use super::starts::{along, best, meetings};
use crate::Position;
use crate::geodesy::{direct, distance_m};

/// A step so short ends the search, in metres.
const SETTLED_M: f64 = 1e-5;

/// So does one that promises so little: where lines hardly cross, rounding alone steps farther than that.
const SETTLED_SQUARES: f64 = 1e-18;

/// So near to an observer a bearing turns with every step: there is no fix.
const LEAST_M: f64 = 1.0;

/// Nearer than this share of the distance to the farthest observer, a search that does not end is one that creeps up.
const CREEP: f64 = 0.1;

const MOST_STEPS: usize = 120;

const MOST_DAMPING: f64 = 1e15;

/// Two ways down that end so near to each other end at one place, in metres and by their distance from observers.
const SAME: (f64, f64) = (0.1, 1e-6);

/// So many starts are followed.
const MOST_STARTS: usize = 6;

/// A place where the sum of squares is smaller than all around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Solution {
    pub position: Position,
    pub sum_of_squares: f64,
}

/// Where a way ends that comes to no such place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Out of reach.
    Away,
    /// Up to this observer, from whom any bearing can be had there.
    Observer(usize),
    /// Nowhere.
    Astray,
}

/// All that are found, the best first; where none is, what became of the best start.
///
/// The same in whatever order the observations come.
pub(super) fn solutions(observations: &[FixObservation], most_squares: f64) -> Result<Vec<Solution>, Lost> {
    // Which starts are followed, of those that are as good, depends on the order.
    let mut order: Vec<usize> = (0..observations.len()).collect();
    order.sort_by(|&a, &b| by_value(&observations[a], &observations[b]));
    let in_order: Vec<FixObservation> = order.iter().map(|&place| observations[place]).collect();
    solutions_in_order(&in_order, most_squares).map_err(|lost| match lost {
        Lost::Observer(place) => Lost::Observer(order[place]),
        lost => lost,
    })
}

/// By position, azimuth and distance, so that only equal ones have no order.
fn by_value(a: &FixObservation, b: &FixObservation) -> Ordering {
    let key = |one: &FixObservation| {
        let [azimuth, distance] = [one.azimuth_deg, one.distance_m].map(|measurement| {
            measurement.map_or([f64::NEG_INFINITY; 2], |Measurement { value, deviation }| [value, deviation])
        });
        [[one.from.lon_deg(), one.from.lat_deg()], azimuth, distance]
    };
    let (a, b) = (key(a), key(b));
    let unequal = a.as_flattened().iter().zip(b.as_flattened()).map(|(a, b)| a.total_cmp(b));
    unequal.fold(Ordering::Equal, Ordering::then)
}

/// From where two observations agree; where that leads to nothing that suits the others, from along the bearings too.
fn solutions_in_order(observations: &[FixObservation], most_squares: f64) -> Result<Vec<Solution>, Lost> {
    let mut found: Vec<Solution> = Vec::new();
    let mut lost = None;
    let mut follow = |all: Vec<Position>| {
        for start in best(observations, all, MOST_STARTS) {
            match descend(observations, start) {
                Ok(solution) => {
                    let is_known = |known: &Solution| {
                        let apart_m = distance_m(known.position, solution.position);
                        let away_m = distance_m(known.position, observations[0].from);
                        apart_m < SAME.0 + SAME.1 * away_m
                    };
                    if !found.iter().any(is_known) {
                        found.push(solution);
                    }
                }
                Err(why) => lost = lost.or(Some(why)),
            }
        }
        found.iter().any(|solution| solution.sum_of_squares <= most_squares)
    };
    if !follow(meetings(observations)) {
        follow(along(observations));
    }
    found.sort_by(|a, b| a.sum_of_squares.total_cmp(&b.sum_of_squares));
    if found.is_empty() { Err(lost.unwrap_or(Lost::Astray)) } else { Ok(found) }
}

fn descend(observations: &[FixObservation], start: Position) -> Result<Solution, Lost> {
    let mut position = start;
    let mut here = terms(observations, position);
    let mut sum = here.sum_of_squares();
    let mut damping = 0.0_f64;
    for _ in 0..MOST_STEPS {
        let (hessian, downhill) = (here.hessian(), here.downhill());
        if let Some(last) = hessian.solve(downhill).filter(|&step| is_last(step, downhill)) {
            position = step_to(position, last, here.farthest_m + LEAST_M);
            let there = terms(observations, position);
            let sum_of_squares = there.sum_of_squares();
            return within_reach(&there).map(|()| Solution { position, sum_of_squares });
        }
        // Where it is not the bottom but a saddle, or flat, the damping makes it a slope.
        let scale = 0.5 * here.normal().trace();
        let step = hessian.lifted(damping * scale).solve(downhill);
        let next = step.map(|step| step_to(position, step, here.farthest_m + LEAST_M));
        let next = next.map(|next| (next, terms(observations, next)));
        match next.filter(|(_, there)| there.sum_of_squares() <= sum * (1.0 + 1e-12)) {
            Some((next, there)) => {
                within_reach(&there)?;
                (position, sum, here) = (next, there.sum_of_squares(), there);
                damping = if damping < 1e-4 { 0.0 } else { 0.1 * damping };
            }
            None if damping < MOST_DAMPING => damping = (10.0 * damping).max(1e-3),
            None => break,
        }
    }
    // What creeps up to an observer stops close to it.
    Err(match here.nearest_bearing {
        Some((observer, near_m)) if near_m < CREEP * here.farthest_m => Lost::Observer(observer),
        _ => Lost::Astray,
    })
}

fn is_last([east_m, north_m]: [f64; 2], downhill: [f64; 2]) -> bool {
    let promised = 0.5 * (east_m * downhill[0] + north_m * downhill[1]);
    east_m.hypot(north_m) <= SETTLED_M || promised <= SETTLED_SQUARES
}

fn within_reach(terms: &Terms) -> Result<(), Lost> {
    match terms.nearest_bearing {
        _ if terms.farthest_m > MOST_M => Err(Lost::Away),
        Some((observer, near_m)) if near_m < LEAST_M => Err(Lost::Observer(observer)),
        _ => Ok(()),
    }
}

fn step_to(position: Position, [east_m, north_m]: [f64; 2], most_m: f64) -> Position {
    let length_m = east_m.hypot(north_m).min(most_m);
    direct(position, east_m.atan2(north_m).to_degrees(), length_m).position
}
