//! Several observations of one place: a fix is finite, a minimum of its own residuals, and the same in any order; or the
//! error says why there is none.
#![no_main]

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use patrol_corridor::Position;
use patrol_corridor::analysis::{Fix, FixObservation, FixWarning, Measurement, fix};
use patrol_corridor::geodesy::{direct, distance_m, inverse};

#[derive(Debug)]
struct Case {
    /// Where it was, if it was observed without error.
    place: Option<Position>,
    observations: Vec<FixObservation>,
}

impl<'a> Arbitrary<'a> for Case {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let middle = position(u)?;
        let exact = u.ratio(1, 3)?;
        let place = direct(middle, 360.0 * unit(u)?, 30_000.0 * unit(u)?).position;
        let observations = (0..u.int_in_range(1..=5)?)
            .map(|_| {
                let far_m = [0.0, 1.0, 3_000.0, 30_000.0, 800_000.0][usize::from(u.int_in_range(0..=4_u8)?)];
                let from = direct(middle, 360.0 * unit(u)?, far_m * unit(u)?).position;
                observation(u, from, exact.then_some(place))
            })
            .collect::<Result<_>>()?;
        Ok(Case { place: exact.then_some(place), observations })
    }
}

/// 0 to 1, often an end or a quarter.
fn unit(u: &mut Unstructured<'_>) -> Result<f64> {
    Ok(match u8::arbitrary(u)? {
        step @ 0..=8 => f64::from(step) / 8.0,
        _ => f64::from(u16::arbitrary(u)?) / 65_535.0,
    })
}

fn position(u: &mut Unstructured<'_>) -> Result<Position> {
    let (lon_deg, lat_deg) = match u8::arbitrary(u)? % 5 {
        0 => (46.75, 39.82),
        1 => (180.0, -17.0),
        2 => (10.0, 90.0 - 0.1 * unit(u)?),
        3 => (360.0 * unit(u)? - 180.0, 0.0),
        _ => (360.0 * unit(u)? - 180.0, 180.0 * unit(u)? - 90.0),
    };
    Ok(Position::from_lon_lat(lon_deg, lat_deg).unwrap())
}

fn observation(u: &mut Unstructured<'_>, from: Position, place: Option<Position>) -> Result<FixObservation> {
    let kind = u.int_in_range(1..=3_u8)?;
    let path = place.map(|place| inverse(from, place));
    let azimuth_deg = Measurement {
        value: match path {
            Some(path) => path.azimuth1_deg,
            None if u.ratio(1, 40)? => f64::arbitrary(u)?,
            None => 360.0 * unit(u)?,
        },
        deviation: match u8::arbitrary(u)? {
            0 => f64::arbitrary(u)?,
            _ => [0.01, 0.5, 1.0, 11.25, 90.0][usize::from(u.int_in_range(0..=4_u8)?)],
        },
    };
    let metres = |u: &mut Unstructured<'_>| -> Result<f64> {
        Ok([1.0, 100.0, 10_000.0, 100_000.0, 1e6][usize::from(u.int_in_range(0..=4_u8)?)] * unit(u)?)
    };
    let distance = Measurement {
        value: match path {
            Some(path) => path.distance_m,
            None => metres(u)?,
        },
        deviation: if u8::arbitrary(u)? == 0 { f64::arbitrary(u)? } else { metres(u)?.max(1e-3) },
    };
    Ok(FixObservation::new(from)
        .with_azimuth_deg((kind & 1 != 0).then_some(azimuth_deg))
        .with_distance_m((kind & 2 != 0).then_some(distance)))
}

/// The sum of the squared residuals of a place, by geodesics alone.
fn sum_of_squares(observations: &[FixObservation], at: Position) -> f64 {
    let of_one = |observation: &FixObservation| {
        let path = inverse(observation.from, at);
        let azimuth = observation.azimuth_deg.map_or(0.0, |m| {
            let turn_deg = (m.value % 360.0 - path.azimuth1_deg + 180.0).rem_euclid(360.0) - 180.0;
            (turn_deg / m.deviation).powi(2)
        });
        let distance =
            observation.distance_m.map_or(0.0, |m| ((m.value - path.distance_m) / m.deviation).powi(2));
        azimuth + distance
    };
    observations.iter().map(of_one).sum()
}

/// The longer axis of an ellipse by the shorter one, where a fix must not depend on the order of its observations.
const MOST_OBLONG: f64 = 1e3;

/// Deviations, in degrees and metres, with which a fix must be a minimum of its squares.
const USUAL: std::ops::RangeInclusive<f64> = 1e-3..=1e6;

fuzz_target!(|case: Case| {
    let Case { place, observations } = case;
    let found = match fix(&observations) {
        Ok(found) => found,
        Err(error) => {
            let text = error.to_string();
            assert!(!text.contains('\n') && text.contains("expected"), "{text:?}");
            return;
        }
    };
    sound(&found, &observations);
    let mut reversed = observations.clone();
    reversed.reverse();
    // Known thousands of times better one way than the other, it lies in a valley that not every start gets along.
    let is_good = |found: &Fix| {
        let axes = found.ellipse().map(|ellipse| [ellipse.semi_major_m(), ellipse.semi_minor_m()]);
        found.warnings.is_empty() && axes.is_ok_and(|[major_m, minor_m]| major_m < MOST_OBLONG * minor_m)
    };
    // Within a metre of an observer there is no fix; rounding decides what is, and one farther off may be the best.
    let is_seen = |place: &Position| {
        let apart_m = observations.iter().map(|one| distance_m(one.from, *place));
        apart_m.fold(f64::INFINITY, f64::min) > 10.0
    };
    if is_good(&found) && is_seen(&found.position) {
        let again = fix(&reversed).unwrap_or_else(|error| panic!("{found:?}\nin reverse: {error}"));
        let apart_m = distance_m(found.position, again.position);
        // Of two places that are as good either may be the one, where its ellipse holds the other.
        let is_in = |fix: &Fix, other: &Fix| fix.ellipse().is_ok_and(|it| it.contains(other.position));
        let as_good = (found.sum_of_squares - again.sum_of_squares).abs() <= 1e-6;
        let is_held = as_good && is_in(&found, &again) && is_in(&again, &found);
        assert!(apart_m <= 1e-3 || is_held, "{apart_m} m apart\n{found:?}\n{again:?}");
    }
    if let Some(place) = place.filter(is_seen).filter(|_| is_good(&found)) {
        // Nothing is better than what fits without error.
        let least = sum_of_squares(&observations, place);
        assert!(found.sum_of_squares <= least + 1e-6, "{found:?} and {least} at {place:?}");
    }
});

fn sound(found: &Fix, observations: &[FixObservation]) {
    let finite = |x: f64| assert!(x.is_finite(), "{found:?}");
    let count: usize = observations
        .iter()
        .map(|one| usize::from(one.azimuth_deg.is_some()) + usize::from(one.distance_m.is_some()))
        .sum();
    assert_eq!(found.degrees_of_freedom, count - 2);
    assert_eq!(found.residuals.len(), observations.len());
    let sum: f64 =
        found.residuals.iter().flat_map(|r| [r.azimuth, r.distance]).flatten().map(|r| r * r).sum();
    finite(sum);
    finite(found.sum_of_squares);
    let slack = 1e-6 * (1.0 + sum);
    assert!((sum - found.sum_of_squares).abs() <= slack, "{sum} {found:?}");
    let own = sum_of_squares(observations, found.position);
    assert!((own - sum).abs() <= slack, "{own} {found:?}");
    let [east_m2, north_m2, both_m2] =
        [found.covariance.east_m2, found.covariance.north_m2, found.covariance.east_north_m2];
    [east_m2, north_m2, both_m2].into_iter().for_each(finite);
    assert!(
        east_m2 >= 0.0 && north_m2 >= 0.0 && both_m2 * both_m2 <= east_m2 * north_m2 * (1.0 + 1e-9),
        "{found:?}"
    );
    for warning in &found.warnings {
        let text = warning.to_string();
        assert!(!text.is_empty() && !text.contains('\n'), "{text:?}");
    }
    if let Ok(ellipse) = found.ellipse() {
        assert!(ellipse.contains(found.position), "{found:?}");
        assert!(
            ellipse.semi_major_m() >= ellipse.semi_minor_m() && ellipse.semi_minor_m() > 0.0,
            "{found:?}"
        );
    }
    let hardly = found.warnings.iter().any(|warning| matches!(warning, FixWarning::HardlyCross { .. }));
    // Of deviations like 1e-20 or 1e20 the squares of one observation drown those of the others.
    let measurements = observations.iter().flat_map(|one| [one.azimuth_deg, one.distance_m]).flatten();
    // Straight behind an observer the way to turn changes, and with it the slope.
    let behind = found.residuals.iter().zip(observations).any(|(residual, one)| {
        let off_deg = residual.azimuth.zip(one.azimuth_deg).map(|(residual, m)| residual * m.deviation);
        off_deg.is_some_and(|off_deg| off_deg.abs() > 170.0)
    });
    if hardly || behind || !measurements.map(|one| one.deviation).all(|deviation| USUAL.contains(&deviation))
    {
        return;
    }
    // Near to an observer a bearing turns with every step.
    let nearest_m =
        observations.iter().map(|one| distance_m(one.from, found.position)).fold(f64::INFINITY, f64::min);
    for step_m in [1.0, 50.0].map(|step_m: f64| step_m.min(0.01 * nearest_m)) {
        for azimuth_deg in [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0] {
            let beside = direct(found.position, azimuth_deg, step_m).position;
            let there = sum_of_squares(observations, beside);
            assert!(
                there >= found.sum_of_squares - slack,
                "{there} is {step_m} m off at {azimuth_deg}: {found:?}"
            );
        }
    }
}
