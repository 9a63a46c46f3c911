//! What speaks against a fix, or makes it impossible.

use super::failure::FixFailure;
use super::found::{Fix, FixWarning};
use super::line::Terms;
use super::observation::FixObservation;
use super::settle::{Lost, Solution};
use super::starts::crossing;
use crate::Position;
use crate::geodesy::inverse;

pub(super) fn warnings(
    fix: &Fix,
    limit: f64,
    observations: &[FixObservation],
    terms: &Terms,
    crossing_deg: f64,
    other: Option<&Solution>,
) -> Vec<FixWarning> {
    let mut warnings = Vec::new();
    if fix.sum_of_squares > limit {
        let worst = worst(fix, terms);
        warnings.push(FixWarning::Contradiction { sum_of_squares: fix.sum_of_squares, limit, worst });
    }
    if crossing_deg < FixWarning::LEAST_CROSSING_DEG {
        warnings.push(FixWarning::HardlyCross { crossing_deg });
    }
    warnings.extend(other.map(|other| FixWarning::TwoSolutions { other: other.position }));
    let reached = fix.ellipse().ok().and_then(|ellipse| {
        let reaches = |o: &FixObservation| o.azimuth_deg.is_some() && ellipse.contains(o.from);
        observations.iter().position(reaches)
    });
    warnings.extend(reached.map(|observer| FixWarning::ReachesObserver { observer }));
    warnings
}

/// The observation with the greatest residual in standard deviations of the residual itself (Baarda 1968, A testing
/// procedure for use in geodetic networks); with one degree of freedom those are all equal, and the plain ones tell.
fn worst(fix: &Fix, terms: &Terms) -> usize {
    let inverse = terms.normal().inverse().filter(|_| fix.degrees_of_freedom > 1);
    let rate = |term: &super::line::Term| {
        let [e, n] = term.gradient;
        let share = inverse.map_or(0.0, |[x, y, z]| e * e * x + 2.0 * e * n * y + n * n * z);
        // What the others hardly check can't be told to be wrong.
        if share > 0.999 { 0.0 } else { term.residual.abs() / (1.0 - share).sqrt() }
    };
    let worst = terms.list.iter().max_by(|a, b| rate(a).total_cmp(&rate(b)));
    worst.map_or(0, |term| term.observation)
}

/// The greatest angle at which two lines of position cross at a place, 0..=90 degrees.
pub(super) fn crossing_deg(observations: &[FixObservation], at: Position) -> f64 {
    let mut lines_deg = Vec::new();
    for observation in observations {
        let azimuth_deg = inverse(observation.from, at).azimuth2_deg;
        lines_deg.extend(observation.azimuth_deg.map(|_| azimuth_deg % 180.0));
        lines_deg.extend(observation.distance_m.map(|_| (azimuth_deg + 90.0) % 180.0));
    }
    let mut greatest_deg = 0.0_f64;
    for (i, a) in lines_deg.iter().enumerate() {
        for b in &lines_deg[..i] {
            let apart = (a - b).abs();
            greatest_deg = greatest_deg.max(apart.min(180.0 - apart));
        }
    }
    greatest_deg
}

/// Why nothing was found, and where the search ended.
pub(super) fn no_fix(observations: &[FixObservation], lost: Lost) -> FixFailure {
    let bearings: Vec<(usize, Position, f64)> = observations
        .iter()
        .enumerate()
        .filter_map(|(i, observation)| Some((i, observation.from, observation.azimuth_deg?.value)))
        .collect();
    let mut behind = None;
    for (i, a) in bearings.iter().enumerate() {
        for b in &bearings[..i] {
            let Some(found) = crossing(a.1, a.2, b.1, b.2) else { continue };
            for (one, is_ahead) in [(b, found.is_ahead[1]), (a, found.is_ahead[0])] {
                if !is_ahead {
                    behind = behind.or(Some(one.0));
                }
            }
        }
    }
    let has_distance = observations.iter().any(|observation| observation.distance_m.is_some());
    match (behind, lost) {
        (Some(observer), _) if !has_distance => FixFailure::Behind { observer },
        (_, Lost::Observer(observer)) => FixFailure::UpToObserver { observer },
        _ if has_distance => FixFailure::MeetNowhere,
        _ => FixFailure::Parallel,
    }
}

/// The number that the sum of so many squares of normally distributed numbers exceeds in 1 of 100 cases.
pub(super) fn chi_square_99(degrees: usize) -> f64 {
    const TABLE: [f64; 10] = [6.635, 9.210, 11.345, 13.277, 15.086, 16.812, 18.475, 20.090, 21.666, 23.209];
    // Wilson and Hilferty 1931, The distribution of chi-square: here within 0.12 %.
    let share = 2.0 / (9.0 * degrees as f64);
    let beyond = || degrees as f64 * (1.0 - share + 2.326_347_874 * share.sqrt()).powi(3);
    degrees.checked_sub(1).and_then(|i| TABLE.get(i).copied()).unwrap_or_else(beyond)
}

#[cfg(test)]
mod tests {
    use super::chi_square_99;

    /// Against the series of the incomplete gamma function, summed to 1e-18 and inverted by halves.
    #[test]
    fn quantiles_are_those_of_tables() {
        for (degrees, expected) in [(1, 6.635), (10, 23.209), (11, 24.725), (20, 37.566), (100, 135.807)] {
            assert!((chi_square_99(degrees) / expected - 1.0).abs() < 1.2e-3, "{degrees}");
        }
    }
}
