//! Kilometre posts with values of their own: both ways, and honest where there is no one answer.

use fastrand::Rng;
use patrol_corridor::linear::{Referent, Referents};
use patrol_corridor::{PatrolRoute, Position};

fn posts(all: &[(f64, f64)]) -> Referents {
    let referent = |&(chainage_m, value_m): &(f64, f64)| Referent { chainage_m, value_m };
    Referents::new(all.iter().map(referent).collect()).unwrap()
}

/// Posts of a route, some of which jump; its length; where it is counted from which post.
fn random(rng: &mut Rng) -> (Referents, f64, Vec<(f64, f64, Referent)>) {
    let length_m = 1.0 + 1e5 * rng.f64();
    let mut all: Vec<Referent> = Vec::new();
    let mut value_m = 1e5 * (rng.f64() - 0.3);
    for _ in 0..rng.usize(1..8) {
        let chainage_m = length_m * rng.f64();
        value_m += if rng.bool() { 0.0 } else { 4e4 * (rng.f64() - 0.5) };
        all.push(Referent { chainage_m, value_m });
    }
    all.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m));
    all.dedup_by(|a, b| a.chainage_m - b.chainage_m < 1.0);
    let end = |i: usize| all.get(i + 1).map_or(length_m, |next| next.chainage_m);
    let intervals =
        (0..all.len()).map(|i| (if i == 0 { 0.0 } else { all[i].chainage_m }, end(i), all[i])).collect();
    let mut shuffled = all.clone();
    rng.shuffle(&mut shuffled);
    (Referents::new(shuffled).unwrap(), length_m, intervals)
}

#[test]
fn values_and_distances_lead_to_each_other() {
    let mut rng = Rng::with_seed(60);
    let mut counts = [0; 4];
    for _ in 0..2_000 {
        let (referents, length_m, intervals) = random(&mut rng);
        for _ in 0..20 {
            // Every place is among those that have its value.
            let chainage_m = length_m * rng.f64();
            let value_m = referents.value_m(chainage_m);
            let found = referents.chainages_m(value_m, length_m);
            assert!(found.iter().any(|at_m| (at_m - chainage_m).abs() < 1e-6), "{referents:?} {chainage_m}");
            // Every place that is found has the value, by the interval that it is in, and none is missing.
            let value_m = 2e5 * (rng.f64() - 0.4);
            let found = referents.chainages_m(value_m, length_m);
            let expected: Vec<f64> = (intervals.iter())
                .map(|&(from_m, to_m, post)| (from_m, to_m, post.chainage_m + value_m - post.value_m))
                .filter(|(from_m, to_m, at_m)| from_m <= at_m && at_m <= to_m)
                .map(|(_, _, at_m)| at_m)
                .collect();
            assert_eq!(found.len(), expected.len(), "{referents:?} {value_m}");
            for (at_m, expected) in found.iter().zip(&expected) {
                assert!((at_m - expected).abs() < 1e-6 && (referents.value_m(*at_m) - value_m).abs() < 1e-6);
            }
            let one = referents.chainage_m(value_m, length_m);
            assert_eq!(one.is_ok(), found.len() == 1);
            assert!(one.err().is_none_or(|error| error.is_argument()));
            counts[found.len().min(3)] += 1;
        }
    }
    assert!(counts.iter().all(|&count| count > 300), "{counts:?}");
}

#[test]
fn a_place_is_told_from_each_referent() {
    let mut rng = Rng::with_seed(61);
    for _ in 0..500 {
        let (referents, length_m, _) = random(&mut rng);
        for post in referents.as_slice() {
            let alone =
                referents.as_slice().iter().filter(|other| other.value_m == post.value_m).count() == 1;
            let past_m = (length_m - post.chainage_m) * rng.f64();
            let found = referents.chainage_from_m(post.value_m, past_m, length_m);
            assert_eq!(found.is_ok(), alone);
            assert!(found.is_err() || (found.unwrap() - post.chainage_m - past_m).abs() < 1e-9);
            assert!(referents.chainage_from_m(post.value_m, length_m + 1.0, length_m).is_err());
        }
        assert!(referents.chainage_from_m(1e9, 0.0, length_m).is_err());
    }
}

#[test]
fn multiples_are_all_there_once_and_in_order() {
    let mut rng = Rng::with_seed(62);
    for _ in 0..1_000 {
        let (referents, length_m, intervals) = random(&mut rng);
        let every_m = [1_000.0, 500.0, 100.0, 137.3][rng.usize(..4)];
        let found: Vec<_> = referents.multiples(every_m, length_m).collect();
        assert!(found.is_sorted_by(|a, b| a.0 < b.0));
        for &(at_m, value_m) in &found {
            assert!((0.0..=length_m).contains(&at_m));
            assert!((value_m / every_m - (value_m / every_m).round()).abs() < 1e-9);
            assert!((referents.value_m(at_m) - value_m).abs() < 1e-6);
        }
        let expected: usize = (intervals.iter())
            .map(|&(from_m, to_m, post)| {
                let value_m = |at_m: f64| post.value_m + at_m - post.chainage_m;
                let (low, high) = ((value_m(from_m) / every_m).ceil(), (value_m(to_m) / every_m).floor());
                (high - low + 1.0).max(0.0) as usize
            })
            .sum();
        assert_eq!(found.len(), expected, "{referents:?} {every_m} {length_m}");
    }
    for every_m in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(posts(&[]).multiples(every_m, 100.0).count(), 0);
    }
    // Where intervals meet, the post's own value counts, once.
    let found: Vec<_> = posts(&[(0.0, 0.0), (1_020.0, 1_000.0)]).multiples(1_000.0, 2_020.0).collect();
    assert_eq!(found, [(0.0, 0.0), (1_000.0, 1_000.0), (1_020.0, 1_000.0), (2_020.0, 2_000.0)]);
    let found: Vec<_> = posts(&[(0.0, 0.0), (1_000.0, 1_000.0)]).multiples(1_000.0, 2_000.0).collect();
    assert_eq!(found, [(0.0, 0.0), (1_000.0, 1_000.0), (2_000.0, 2_000.0)]);
    let found: Vec<_> = posts(&[(0.0, 0.0), (2_000.0, 5_000.0)]).multiples(1_000.0, 2_000.0).collect();
    assert_eq!(found, [(0.0, 0.0), (1_000.0, 1_000.0), (2_000.0, 5_000.0)]);
    let found: Vec<_> = posts(&[(500.0, -1_000.0)]).multiples(1_000.0, 1_500.0).collect();
    assert_eq!(found, [(500.0, -1_000.0), (1_500.0, 0.0)]);
}

#[test]
fn what_was_skipped_stands_twice_or_lies_beyond_is_said() {
    let skipped = posts(&[(0.0, 0.0), (980.0, 1_000.0)]);
    assert!(skipped.chainages_m(990.0, 3_000.0).is_empty());
    let said = skipped.chainage_m(990.0, 3_000.0).unwrap_err().to_string();
    assert!(said.contains("expected 0 to 980 or 1000 to 3020: the route is 3000 m long"), "{said}");
    // The end of an interval is the post: a value before it, and its own.
    assert_eq!(skipped.chainage_m(980.0, 3_000.0).unwrap(), 980.0);
    assert_eq!(skipped.chainage_m(1_000.0, 3_000.0).unwrap(), 980.0);
    assert_eq!(skipped.value_m(980.0), 1_000.0);

    let twice = posts(&[(0.0, 0.0), (1_020.0, 1_000.0)]);
    let said = twice.chainage_m(1_010.0, 3_000.0).unwrap_err().to_string();
    assert!(said.contains("1010 m and 1030 m along") && said.contains("0+1010 or 1000+10"), "{said}");

    let start = Referents::starting_at(12_400.0).unwrap();
    let said = start.chainage_m(400.0, 3_000.25).unwrap_err().to_string();
    assert!(said.contains("expected 12400 to 15400.25: the route is 3000.25 m long"), "{said}");
    assert_eq!(start.chainage_m(15_400.250_04, 3_000.25).unwrap(), 3_000.25);
    assert!(start.chainage_m(f64::NAN, 3_000.0).is_err());
    // A post beyond the end has no interval.
    assert_eq!(posts(&[(0.0, 0.0), (5_000.0, 9_000.0)]).chainages_m(9_000.0, 3_000.0), [0.0; 0]);
}

#[test]
fn referents_that_are_none_are_refused() {
    for wrong in [
        vec![(f64::NAN, 0.0)],
        vec![(0.0, f64::INFINITY)],
        vec![(-1.0, 0.0)],
        vec![(5.0, 0.0), (7.0, 2.0), (5.0, 100.0)],
    ] {
        let all = wrong.iter().map(|&(chainage_m, value_m)| Referent { chainage_m, value_m }).collect();
        assert!(Referents::new(all).unwrap_err().is_argument(), "{wrong:?}");
    }
    assert!(posts(&[]).is_plain() && !posts(&[(0.0, 1.0)]).is_plain());
    let at = Position::from_lon_lat(46.0, 39.0).unwrap();
    let route = PatrolRoute::from_parts("R", vec![vec![at, at]]).unwrap();
    assert!(Referents::of_route(&route).is_plain());
    let route = route.with_start_chainage_m(-200.0).unwrap();
    assert_eq!(Referents::of_route(&route), Referents::starting_at(-200.0).unwrap());
    assert!(route.with_start_chainage_m(f64::NAN).is_err());
}

/// A length is shown to 0.1 mm: what is set up at the end as it is shown is at the end.
#[test]
fn a_referent_at_the_end_as_it_is_shown() {
    for length_m in [8_539.385_66, 8_539.385_74, 8_539.385_7] {
        let referents = posts(&[(0.0, 0.0), (8_539.385_7, 50_000.0)]);
        let found = referents.chainage_m(50_000.0, length_m).unwrap();
        assert!(found <= length_m && length_m - found < 1e-4, "{found} {length_m}");
        let found = referents.chainage_from_m(50_000.0, 0.0, length_m).unwrap();
        assert!(found <= length_m && length_m - found < 1e-4, "{found} {length_m}");
    }
    // A millimetre past it is past it.
    assert!(posts(&[(0.0, 0.0), (8_539.386_7, 50_000.0)]).chainage_m(50_000.0, 8_539.385_7).is_err());
}

/// What subtraction makes of no length at all.
#[test]
fn a_length_below_nothing_has_no_places() {
    let referents = posts(&[(0.0, 0.0), (100.0, 200.0)]);
    for length_m in [-1e-12, -1e-5, -1.0, f64::NAN] {
        assert!(referents.chainages_m(0.0, length_m).is_empty());
        assert!(referents.chainage_m(0.0, length_m).is_err());
        assert!(referents.chainage_from_m(0.0, 0.0, length_m).is_err());
        assert_eq!(referents.multiples(10.0, length_m).count(), 0);
    }
}
