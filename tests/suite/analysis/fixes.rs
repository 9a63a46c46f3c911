use patrol_corridor::analysis::{
    Fix, FixError, FixObservation, FixWarning, Measurement, fix, locate_uncertain,
};
use patrol_corridor::geodesy::{direct, distance_m, inverse};
use patrol_corridor::region::{DescribedLocation, Observation};
use patrol_corridor::{Edges, Error, ObservationPost, PatrolIndex, Position};

fn at(lon_deg: f64, lat_deg: f64) -> Position {
    Position::from_lon_lat(lon_deg, lat_deg).unwrap()
}

/// Poles and 180 degrees among them.
fn anywhere(rng: &mut fastrand::Rng) -> Position {
    let lat_deg = match rng.u32(0..5) {
        0 => 90.0 - 0.1 * rng.f64(),
        1 => 0.1 * rng.f64() - 90.0,
        2 => [90.0, -90.0, 0.0][rng.usize(0..3)],
        _ => 170.0 * rng.f64() - 85.0,
    };
    at(if rng.bool() { 180.0 - 0.1 * rng.f64() } else { 360.0 * rng.f64() - 180.0 }, lat_deg)
}

/// What is observed of a place without any error; the standard deviations are those that are stated.
fn exact(from: Position, place: Position, has_azimuth: bool, has_distance: bool) -> FixObservation {
    let path = inverse(from, place);
    let azimuth_deg = Measurement { value: path.azimuth1_deg, deviation: 1.0 };
    let distance_m = Measurement { value: path.distance_m, deviation: 0.05 * path.distance_m };
    FixObservation::new(from)
        .with_azimuth_deg(has_azimuth.then_some(azimuth_deg))
        .with_distance_m(has_distance.then_some(distance_m))
}

fn hardly_crosses(fix: &Fix) -> bool {
    fix.warnings.iter().any(|warning| matches!(warning, FixWarning::HardlyCross { .. }))
}

/// A bearing that is turned by whole turns is the same one, however many they are.
#[test]
fn whole_turns_make_no_difference() {
    let seen_with = |turns_deg: f64| {
        fix(&[
            FixObservation::bearing(at(46.70, 39.80), 32.0 + turns_deg, 1.0),
            FixObservation::bearing(at(46.80, 39.80), 320.0, 1.0),
            FixObservation::range(at(46.75, 39.90), 7_000.0, 500.0),
        ])
        .unwrap()
    };
    // Each sum is exact.
    for turns in [1.0, -1.0, 1e6, 1e12, -4e12] {
        let (found, expected) = (seen_with(360.0 * turns), seen_with(0.0));
        assert!(distance_m(found.position, expected.position) < 1e-3, "{turns}: {found:?}");
        assert!((found.sum_of_squares - expected.sum_of_squares).abs() < 1e-9, "{turns}: {found:?}");
    }
}

#[test]
fn without_noise_the_known_place_is_met() {
    let mut rng = fastrand::Rng::with_seed(81);
    let (mut good, mut worst_m) = (0, 0.0_f64);
    for round in 0..1_500 {
        let place = anywhere(&mut rng);
        // Bearings, ranges, some of each, and both from one post.
        let (posts, kind) = [(3, 0), (3, 1), (3, 2), (1, 3)][round % 4];
        let observations: Vec<FixObservation> = (0..posts)
            .map(|i| {
                let away_m = 500.0 * 600.0_f64.powf(rng.f64());
                let post = direct(place, 360.0 * rng.f64(), away_m).position;
                let has_azimuth = kind == 0 || kind == 3 || kind == 2 && i != 1;
                exact(post, place, has_azimuth, kind == 1 || kind == 3 || kind == 2 && i > 0)
            })
            .collect();
        let Ok(found) = fix(&observations) else { continue };
        if hardly_crosses(&found) {
            continue;
        }
        good += 1;
        let off_m = distance_m(found.position, place);
        worst_m = worst_m.max(off_m);
        assert!(off_m < 1e-3, "{observations:?} {place:?} {found:?} {off_m}");
        assert!(found.sum_of_squares < 1e-9, "{found:?}");
        let is_doubt = |warning: &FixWarning| {
            !matches!(warning, FixWarning::TwoSolutions { .. } | FixWarning::ReachesObserver { .. })
        };
        assert!(!found.warnings.iter().any(is_doubt), "{observations:?} {found:?}");
        if let Ok(ellipse) = found.ellipse() {
            assert!(ellipse.contains(place));
        }
    }
    println!("{good} fixes, the worst {worst_m:e} m off");
    assert!(good > 1_350, "{good}");
}

/// Two independent numbers of the normal distribution (Box and Muller 1958).
fn normal(rng: &mut fastrand::Rng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.f64()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.f64()).cos()
}

/// What is observed with the errors that are stated.
fn noisy(rng: &mut fastrand::Rng, observations: &[FixObservation]) -> Vec<FixObservation> {
    let mut blur = |m: Measurement| Measurement { value: m.value + m.deviation * normal(rng), ..m };
    let observe = |observation: &FixObservation| {
        FixObservation::new(observation.from)
            .with_azimuth_deg(observation.azimuth_deg.map(&mut blur))
            .with_distance_m(observation.distance_m.map(&mut blur))
    };
    observations.iter().map(observe).collect()
}

const ROUNDS: u32 = 10_000;

/// The share of 10,000 noisy fixes whose ellipse holds the true place.
fn share_held(seed: u64, place: Position, observations: &[FixObservation]) -> f64 {
    let mut rng = fastrand::Rng::with_seed(seed);
    let held = (0..ROUNDS).filter(|_| {
        let found = fix(&noisy(&mut rng, observations)).unwrap();
        found.ellipse().unwrap().contains(place)
    });
    held.count() as f64 / f64::from(ROUNDS)
}

/// Three posts around a place, each time others, with bearings that are good to 1 degree; what is doubted is not counted.
#[test]
fn ellipses_hold_the_true_place_wherever_the_posts_are() {
    let mut rng = fastrand::Rng::with_seed(84);
    let (mut trusted, mut held, mut refused) = (0, 0, 0);
    for _ in 0..ROUNDS {
        let place = anywhere(&mut rng);
        let mut post = || direct(place, 360.0 * rng.f64(), 2e3 * 50.0_f64.powf(rng.f64())).position;
        let posts = [post(), post(), post()];
        let observations = posts.map(|post| exact(post, place, true, false));
        match fix(&noisy(&mut rng, &observations)) {
            Ok(found) if found.warnings.is_empty() => {
                trusted += 1;
                held += u32::from(found.ellipse().unwrap().contains(place));
            }
            Ok(_) => {}
            Err(_) => refused += 1,
        }
    }
    let share = f64::from(held) / f64::from(trusted);
    println!("{share} of {trusted}, {refused} without a fix");
    assert!((share - 0.95).abs() < 0.01, "{share} of {trusted}");
    assert!(trusted > 9_000 && refused < 50, "{trusted} {refused}");
}

#[test]
fn ellipses_hold_the_true_place_in_95_of_100_cases() {
    let place = at(46.75, 39.82);
    let posts = |place: Position, around: &[(f64, f64)]| -> Vec<Position> {
        around.iter().map(|&(azimuth_deg, m)| direct(place, azimuth_deg, m).position).collect()
    };
    let seen = |place: Position, around: &[(f64, f64)], has_azimuth: bool, has_distance: bool| {
        let posts = posts(place, around).into_iter();
        posts.map(|post| exact(post, place, has_azimuth, has_distance)).collect::<Vec<_>>()
    };
    let near_pole = at(179.9, 89.95);
    let geometries = [
        // Three bearings from about the place, and from one side of it; two that cross at a right angle.
        (place, seen(place, &[(10.0, 5e3), (130.0, 8e3), (250.0, 6e3)], true, false)),
        (place, seen(place, &[(150.0, 20e3), (180.0, 15e3), (220.0, 25e3)], true, false)),
        (place, seen(place, &[(200.0, 7e3), (290.0, 7e3)], true, false)),
        // Three ranges; bearings around a pole; a bearing with a range; one of either from two posts.
        (place, seen(place, &[(0.0, 30e3), (100.0, 20e3), (220.0, 25e3)], false, true)),
        (near_pole, seen(near_pole, &[(0.0, 50e3), (100.0, 200e3), (220.0, 30e3)], true, false)),
        (place, seen(place, &[(10.0, 3e3)], true, true)),
    ];
    std::thread::scope(|scope| {
        for (i, (place, observations)) in geometries.iter().enumerate() {
            scope.spawn(move || {
                let share = share_held(90 + i as u64, *place, observations);
                println!("geometry {i}: {share}");
                assert!((share - 0.95).abs() < 0.01, "geometry {i}: {share}");
            });
        }
    });
}

/// The covariance of one bearing with a distance is known: across and along.
#[test]
fn covariances_are_those_of_the_geometry() {
    let post = at(46.75, 39.82);
    let both = FixObservation::bearing(post, 30.0, 2.0)
        .with_distance_m(Measurement { value: 5_000.0, deviation: 100.0 });
    let found = fix(&[both]).unwrap();
    assert!(distance_m(found.position, direct(post, 30.0, 5_000.0).position) < 1e-4);
    let (ellipse, scale) = (found.ellipse().unwrap(), 5.991_464_547_f64.sqrt());
    let across_m = 5_000.0 * 2.0_f64.to_radians();
    assert!((ellipse.semi_major_m() - scale * across_m).abs() < 0.01, "{ellipse:?}");
    assert!((ellipse.semi_minor_m() - scale * 100.0).abs() < 0.01, "{ellipse:?}");
    assert!((ellipse.azimuth_deg() - 120.0).abs() < 0.1, "{ellipse:?}");
    let covariance = found.covariance;
    assert!((covariance.east_m2 + covariance.north_m2 - across_m.powi(2) - 1e4).abs() < 1.0);
    assert_eq!((found.degrees_of_freedom, found.residuals.len()), (0, 1));
    assert!(found.warnings.is_empty(), "{found:?}");
    // A distance so rough that the post lies in the ellipse.
    let rough = both.with_distance_m(Measurement { value: 4_500.0, deviation: 2_500.0 });
    assert_eq!(fix(&[rough]).unwrap().warnings, [FixWarning::ReachesObserver { observer: 0 }]);
    // Four times as many observations, half the axes.
    let better = fix(&[both; 4]).unwrap();
    assert!((better.ellipse().unwrap().semi_major_m() / ellipse.semi_major_m() - 0.5).abs() < 1e-6);
}

#[test]
fn parallel_bearings_warn() {
    let posts = [at(46.70, 39.80), at(46.80, 39.80)];
    let two = |first_deg: f64, second_deg: f64| {
        let bearing = |post: Position, deg: f64| FixObservation::bearing(post, deg, 1.0);
        fix(&[bearing(posts[0], first_deg), bearing(posts[1], second_deg)])
    };
    for (first_deg, second_deg, named) in [
        (30.0, 30.0, "parallel or run apart"),
        (330.0, 30.0, "behind the observer of observation 1"),
        (150.0, 30.0, "behind the observer"),
        (30.0, 30.3, "parallel or run apart"),
        // One observer stands on the line of the other.
        (90.0, 90.0, "cross"),
    ] {
        let error = two(first_deg, second_deg).unwrap_err();
        assert!(matches!(error, FixError::Failure(_)), "{error:?}");
        let text = error.to_string();
        assert!(text.contains(named) && text.contains("add a"), "{first_deg} {second_deg}: {text}");
    }
    // They do meet, at 3 degrees: at a place that is open along them.
    let found = two(30.0, 27.0).unwrap();
    let [FixWarning::HardlyCross { crossing_deg }] = found.warnings[..] else { panic!("{found:?}") };
    assert!((crossing_deg - 3.0).abs() < 0.2, "{crossing_deg}");
    assert!(found.warnings[0].to_string().contains("hardly cross, at 3.1 degrees"), "{}", found.warnings[0]);
    let ellipse = found.ellipse().unwrap();
    assert!(ellipse.semi_major_m() > 10.0 * ellipse.semi_minor_m(), "{ellipse:?}");
    // Towards each other: somewhere between them.
    let found = two(90.0, 270.0).unwrap();
    assert!(hardly_crosses(&found), "{found:?}");
    assert!(posts.iter().all(|post| distance_m(*post, found.position) < 8_600.0), "{found:?}");
    // At 30 degrees nothing is wrong.
    assert!(two(30.0, 0.0).unwrap().warnings.is_empty());
}

#[test]
fn contradictions_warn_and_name_the_worst() {
    let place = at(179.99, -16.5);
    let mut observations: Vec<FixObservation> = [(0.0, 9e3), (80.0, 7e3), (150.0, 8e3), (290.0, 10e3)]
        .map(|(azimuth_deg, m)| exact(direct(place, azimuth_deg, m).position, place, true, false))
        .to_vec();
    assert!(fix(&observations).unwrap().warnings.is_empty());
    observations[2].azimuth_deg.as_mut().unwrap().value += 12.0;
    let found = fix(&observations).unwrap();
    let [warning @ FixWarning::Contradiction { sum_of_squares, limit, worst }] = found.warnings[..] else {
        panic!("{found:?}")
    };
    assert_eq!((worst, limit, sum_of_squares), (2, 9.210, found.sum_of_squares));
    assert!(warning.to_string().contains("observation 3 the most"), "{warning}");
    let sum: f64 = found.residuals.iter().map(|residual| residual.azimuth.unwrap().powi(2)).sum();
    assert!((sum - sum_of_squares).abs() < 1e-9);
    // Two distances that don't reach each other.
    let post = direct(place, 90.0, 20e3).position;
    let found =
        fix(&[FixObservation::range(place, 5e3, 100.0), FixObservation::range(post, 6e3, 100.0)]).unwrap();
    assert!(matches!(found.warnings[0], FixWarning::Contradiction { .. }), "{found:?}");
    assert!(hardly_crosses(&found) && found.ellipse().is_ok(), "{found:?}");
    assert!((distance_m(found.position, place) - 9_500.0).abs() < 1.0, "{found:?}");
}

#[test]
fn two_ranges_have_two_solutions() {
    let mut rng = fastrand::Rng::with_seed(82);
    for _ in 0..100 {
        let (place, azimuth_deg) = (anywhere(&mut rng), 360.0 * rng.f64());
        let posts = [0.0, 40.0 + 100.0 * rng.f64()]
            .map(|turn| direct(place, azimuth_deg + turn, 5e3 + 2e4 * rng.f64()).position);
        let observations = posts.map(|post| exact(post, place, false, true));
        let found = fix(&observations).unwrap();
        let [FixWarning::TwoSolutions { other }] = found.warnings[..] else { panic!("{posts:?} {found:?}") };
        for solution in [found.position, other] {
            for observation in &observations {
                let m = distance_m(observation.from, solution);
                assert!((m - observation.distance_m.unwrap().value).abs() < 1e-3, "{posts:?} {found:?}");
            }
        }
        let met = [found.position, other].map(|solution| distance_m(solution, place) < 1e-3);
        assert!(met[0] != met[1], "{posts:?} {found:?}");
        // A bearing, however rough, settles it.
        let mut settled = observations;
        settled[0].azimuth_deg = exact(posts[0], place, true, false).azimuth_deg;
        let found = fix(&settled).unwrap();
        assert!(found.warnings.is_empty() && distance_m(found.position, place) < 1e-3, "{found:?}");
    }
}

/// From bearings to the posts that may be the nearest.
#[test]
fn a_fix_is_a_region_like_any_other() {
    let place = at(46.75, 39.82);
    let azimuths = [200.0, 240.0, 290.0];
    let posts: Vec<Position> = azimuths.map(|azimuth| direct(place, azimuth, 6e3).position).to_vec();
    let observations: Vec<FixObservation> =
        posts.iter().map(|&post| exact(post, place, true, false)).collect();
    let location = DescribedLocation::fix(fix(&observations).unwrap().ellipse().unwrap());
    assert_eq!(location.form().as_str(), "fix");
    let layer: Vec<ObservationPost> =
        (posts.iter().zip(["A", "B", "C"])).map(|(&post, id)| ObservationPost::new(id, post)).collect();
    let area = PatrolIndex::new(layer, vec![], Edges::Geodesic).unwrap();
    let answer = locate_uncertain(&area, location.region(), None);
    let mut found: Vec<usize> = answer.posts.list.iter().map(|candidate| candidate.index).collect();
    found.sort_unstable();
    // All are equally far from the place.
    assert_eq!(found, [0, 1, 2]);
    for candidate in &answer.posts.list {
        let bounds = candidate.distances;
        assert!(
            bounds.min_m < 6e3 && 6e3 < bounds.max_m && bounds.max_m - bounds.min_m < 700.0,
            "{bounds:?}"
        );
    }
}

/// Whatever is given, the answer is a fix with finite numbers or an error that says what to do.
#[test]
fn no_input_makes_nonsense() {
    let mut rng = fastrand::Rng::with_seed(83);
    let (mut fixes, mut doubted) = (0, 0);
    for _ in 0..3_000 {
        let centre = anywhere(&mut rng);
        let count = rng.usize(1..5);
        let observations: Vec<FixObservation> = (0..count)
            .map(|_| {
                let from = direct(centre, 360.0 * rng.f64(), 3e4 * rng.f64()).position;
                let from = if rng.u32(0..8) == 0 { centre } else { from };
                let bearing = FixObservation::bearing(from, 360.0 * rng.f64(), 0.1 + 10.0 * rng.f64());
                let range = FixObservation::range(from, 4e4 * rng.f64(), 10.0 + 1e3 * rng.f64());
                match rng.u32(0..3) {
                    0 => bearing,
                    1 => range,
                    _ => range.with_azimuth_deg(bearing.azimuth_deg),
                }
            })
            .collect();
        match fix(&observations) {
            Err(error) => {
                let text = error.to_string();
                assert!(text.contains("expected") && !text.contains("NaN"), "{text}");
            }
            Ok(found) => {
                fixes += 1;
                doubted += u32::from(!found.warnings.is_empty());
                assert!(found.sum_of_squares.is_finite(), "{observations:?} {found:?}");
                let c = found.covariance;
                assert!(c.east_m2 > 0.0 && c.north_m2 > 0.0, "{observations:?} {found:?}");
                assert!(c.east_north_m2.powi(2) <= c.east_m2 * c.north_m2, "{observations:?} {found:?}");
                if let Ok(ellipse) = found.ellipse() {
                    assert!(ellipse.area_km2() > 0.0 && ellipse.contains(found.position));
                }
                // Nothing near it is better.
                let sum = |at: Position| -> f64 {
                    let square = |observation: &FixObservation| {
                        let path = inverse(observation.from, at);
                        let azimuth = observation.azimuth_deg.map_or(0.0, |m| {
                            let turn = (m.value - path.azimuth1_deg + 540.0).rem_euclid(360.0) - 180.0;
                            turn / m.deviation
                        });
                        let distance =
                            observation.distance_m.map_or(0.0, |m| (m.value - path.distance_m) / m.deviation);
                        azimuth * azimuth + distance * distance
                    };
                    observations.iter().map(square).sum()
                };
                assert!(
                    (sum(found.position) - found.sum_of_squares).abs() < 1e-6 * (1.0 + found.sum_of_squares)
                );
                for i in 0..8 {
                    let beside = sum(direct(found.position, 45.0 * f64::from(i), 0.5).position);
                    assert!(
                        beside >= found.sum_of_squares * (1.0 - 1e-9),
                        "{observations:?} {found:?} {beside}"
                    );
                }
            }
        }
    }
    println!("{fixes} fixes, {doubted} with a doubt");
    assert!(fixes > 1_500 && doubted > 500, "{fixes} {doubted}");
}

#[test]
fn bad_observations_are_named() {
    let post = at(46.75, 39.82);
    let bearing = |value: f64, deviation: f64| FixObservation::bearing(post, value, deviation);
    let other = FixObservation::bearing(at(46.80, 39.82), 300.0, 1.0);
    for (observation, named) in [
        (bearing(f64::NAN, 1.0), "bearing NaN"),
        (bearing(10.0, 0.0), "standard deviation 0 of a bearing"),
        (bearing(10.0, f64::NAN), "standard deviation NaN"),
        (FixObservation::range(post, -1.0, 1.0), "distance -1 m"),
        (FixObservation::range(post, 2e6, 1.0), "1000000 m"),
        (FixObservation::range(post, 1e3, 0.0), "standard deviation 0 m"),
    ] {
        let error = Error::from(fix(&[observation, other]).unwrap_err());
        assert!(error.is_input() && error.message().contains(named), "{error}");
    }
    for (observations, named) in [(vec![], "0"), (vec![other], "1")] {
        let error = Error::from(fix(&observations).unwrap_err());
        assert!(error.is_input() && error.message().contains(named), "{error}");
    }
    // A report without a tolerance can't be weighed.
    let exact = Observation::new("043".parse().unwrap());
    let error = FixObservation::from_place(post, &exact).unwrap_err();
    assert!(error.message().contains("state a tolerance"), "{error}");
    let wind = FixObservation::from_place(post, &Observation::new("NNE".parse().unwrap())).unwrap();
    assert_eq!(wind.azimuth_deg, Some(Measurement { value: 22.5, deviation: 11.25 }));
}
