//! Downhill to where the sum of the squared residuals is the smallest.

use super::line::{Terms, terms};
use super::starts::starts;
use super::{FixObservation, MOST_M};
use crate::Position;
use crate::geodesy::{direct, distance_m};

/// A step so short ends the search, in metres.
const SETTLED_M: f64 = 1e-5;

/// So does one that promises so little: where lines hardly cross, rounding alone steps farther than that.
const SETTLED_SQUARES: f64 = 1e-18;

/// So near to an observer a bearing turns with every step: there is no fix.
const LEAST_M: f64 = 1.0;

const MOST_STEPS: usize = 120;

/// Two ways down that end so near to each other end at one place, in metres and by their distance from observers.
const SAME: (f64, f64) = (0.1, 1e-6);

/// So many starts are followed.
const MOST_STARTS: usize = 6;

/// A place where the sum of squares is smaller than all around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Solution {
    pub position: Position,
    pub sum_of_squares: f64,
    /// False where the search was given up before.
    pub is_settled: bool,
}

/// All that are found, the best first.
pub(super) fn solutions(observations: &[FixObservation]) -> Vec<Solution> {
    let mut found: Vec<Solution> = Vec::new();
    for start in starts(observations, MOST_STARTS) {
        let Some(solution) = descend(observations, start) else { continue };
        let is_known = |known: &Solution| {
            let apart_m = distance_m(known.position, solution.position);
            let away_m = distance_m(known.position, observations[0].from);
            apart_m < SAME.0 + SAME.1 * away_m
        };
        match found.iter_mut().find(|known| is_known(known)) {
            Some(known) if known.is_settled || !solution.is_settled => {}
            Some(known) => *known = solution,
            None => found.push(solution),
        }
    }
    found.sort_by(|a, b| b.is_settled.cmp(&a.is_settled).then(a.sum_of_squares.total_cmp(&b.sum_of_squares)));
    found
}

/// `None` where the way leads out of all reach, or up to an observer.
fn descend(observations: &[FixObservation], start: Position) -> Option<Solution> {
    let mut position = start;
    let mut here = terms(observations, position);
    let mut sum = here.sum_of_squares();
    let mut damping = 0.0_f64;
    let mut is_settled = false;
    for _ in 0..MOST_STEPS {
        let (hessian, downhill) = (here.hessian(), here.downhill());
        let whole = hessian.solve(downhill);
        is_settled = whole.is_some_and(|step| is_last(step, downhill));
        // Where it is not the bottom but a saddle, or flat, the damping makes it a slope.
        let scale = 0.5 * here.normal().trace();
        let damped = |damping: f64| hessian.lifted(damping * scale).solve(downhill);
        let Some(step) = damped(damping) else {
            damping = next_damping(damping)?;
            continue;
        };
        let next = step_to(position, step, here.farthest_m + LEAST_M);
        if is_settled {
            position = next;
            break;
        }
        let there = terms(observations, next);
        let next_sum = there.sum_of_squares();
        if next_sum <= sum * (1.0 + 1e-12) {
            (position, here, sum) = (next, there, next_sum);
            damping = if damping < 1e-4 { 0.0 } else { 0.1 * damping };
            if is_out_of_reach(&here) {
                return None;
            }
        } else {
            match next_damping(damping) {
                Some(next) => damping = next,
                None => break,
            }
        }
    }
    let last = terms(observations, position);
    let sum_of_squares = last.sum_of_squares();
    (!is_out_of_reach(&last)).then_some(Solution { position, sum_of_squares, is_settled })
}

fn is_last([east_m, north_m]: [f64; 2], downhill: [f64; 2]) -> bool {
    let promised = 0.5 * (east_m * downhill[0] + north_m * downhill[1]);
    east_m.hypot(north_m) <= SETTLED_M || promised <= SETTLED_SQUARES
}

fn is_out_of_reach(terms: &Terms) -> bool {
    terms.nearest_bearing_m < LEAST_M || terms.farthest_m > MOST_M
}

fn next_damping(damping: f64) -> Option<f64> {
    (damping < 1e15).then_some((10.0 * damping).max(1e-3))
}

fn step_to(position: Position, [east_m, north_m]: [f64; 2], most_m: f64) -> Position {
    let length_m = east_m.hypot(north_m).min(most_m);
    direct(position, east_m.atan2(north_m).to_degrees(), length_m).position
}
