use patrol_corridor::analysis::{ClusterOptions, PairBand, space_time_clusters};
use patrol_corridor::time::Timestamp;
use patrol_corridor::{Error, Position};

use crate::fixtures::json;
use crate::support::{Place, go, position, wrap};

/// A time so many hours after the start of 2020.
fn hour(hours: i64) -> Timestamp {
    let base = Timestamp::read("2020-01-01T00:00:00Z", None).unwrap();
    let (mut day, hour) = (hours / 24, hours % 24);
    let (mut year, mut month) = (2020, 0);
    let days = |year: i32, month: usize| match month {
        1 => 28 + i64::from(year % 4 == 0),
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    };
    while day >= days(year, month) {
        day -= days(year, month);
        (year, month) = (year + i32::from(month == 11), (month + 1) % 12);
    }
    let at = Timestamp::read(&format!("{year}-{:02}-{:02}T{hour:02}:00Z", month + 1, day + 1), None).unwrap();
    assert_eq!(at.seconds_after(base), 3_600.0 * hours as f64);
    at
}

#[test]
fn as_the_package_surveillance() {
    let fixture = json("tests/fixtures/hotspots/knox.json");
    let events: Vec<(Position, Timestamp)> = (fixture["events"].as_array().unwrap().iter())
        .map(|event| {
            let number = |i: usize| event[i].as_f64().unwrap();
            (position(number(0), number(1)), hour(number(2) as i64))
        })
        .collect();
    let cases = fixture["cases"].as_array().unwrap();
    assert!(cases.len() >= 5);
    for case in cases {
        let number = |name: &str| case[name].as_f64().unwrap();
        let mut options = ClusterOptions::knox(number("distance_m"), 86_400.0 * number("days"));
        options.permutations = 1_999;
        let found = space_time_clusters(&events, &options).unwrap();
        let knox = found.bands[0];
        let counts = [found.near_pairs[0], found.soon_pairs[0], knox.observed].map(|count| count as f64);
        assert_eq!(counts, ["near", "soon", "both"].map(number), "{case}");
        assert!((knox.expected / number("expected") - 1.0).abs() < 1e-10, "{case}: {knox:?}");
        // The package has the chance of more pairs than observed.
        let more = band(knox.observed + 1, knox.expected).poisson_p_value();
        assert!((more / number("poisson_p") - 1.0).abs() < 1e-9, "{case}: {more} {knox:?}");
        // Two simulations, one of 1,999 and one of 9,999: four standard deviations, and the least p that each has.
        let p = number("p");
        let most = 4.0 * (p * (1.0 - p) * (1.0 / 2e3 + 1.0 / 1e4)).sqrt() + 5e-4;
        assert!((knox.p_value - p).abs() < most, "{case}: {knox:?}");
    }
}

/// So many pairs in a band, and how many there would be by chance.
fn band(observed: u64, expected: f64) -> PairBand {
    let mut band =
        space_time_clusters(&[], &ClusterOptions::knox(1_000.0, 60.0 * 86_400.0)).unwrap().bands[0];
    (band.observed, band.expected) = (observed, expected);
    band
}

/// Knox 1964: 96 cases of leukaemia, 25 pairs near, 152 soon, 5 both, where 0.83 were expected.
#[test]
fn as_knox_had_it() {
    let knox = band(5, 25.0 * 152.0 / 4_560.0);
    assert_eq!(format!("{:.2}", knox.expected), "0.83");
    assert_eq!(knox.ratio(), Some(6.0));
    // 1 - e^-m (1 + m + m^2/2 + m^3/6 + m^4/24) at m = 5/6.
    let m: f64 = 5.0 / 6.0;
    let below = (-m).exp() * (1.0 + m + m * m / 2.0 + m.powi(3) / 6.0 + m.powi(4) / 24.0);
    assert!((knox.poisson_p_value() - (1.0 - below)).abs() < 1e-15);
    for (observed, expected, p) in [(0, 3.0, 1.0), (3, 0.0, 0.0), (1, 700.0, 1.0)] {
        assert_eq!(band(observed, expected).poisson_p_value(), p);
    }
    // The middle of a wide law.
    let p = band(1_000, 1_000.0).poisson_p_value();
    assert!((p - 0.504_205).abs() < 1e-5, "{p}");
}

#[test]
fn counts_of_pairs_are_those_of_brute_force() {
    let mut rng = fastrand::Rng::with_seed(3);
    for place in [Place::Antimeridian, Place::NorthPole, Place::Small] {
        let mut events = Vec::new();
        for i in 0..150 {
            let at = match i % 3 {
                0 => place.random(&mut rng),
                _ => {
                    let (before, _): (Position, Timestamp) = events[rng.usize(..events.len())];
                    go(before, 360.0 * rng.f64(), 3_000.0 * rng.f64().powi(2))
                }
            };
            // Whole hours: many are the same.
            events.push((at, hour(rng.i64(0..400))));
        }
        let ends_m = [0.0, 400.0, 1_500.0, 6_000.0];
        let ends_s = [0.0, 3_600.0, 36_000.0];
        let options = ClusterOptions::new(ends_m.to_vec(), ends_s.to_vec()).with_permutations(1);
        let found = space_time_clusters(&events, &options).unwrap();
        let (mut both, mut near, mut soon) = (vec![0; 12], vec![0; 4], vec![0; 3]);
        for (i, a) in events.iter().enumerate() {
            for b in &events[..i] {
                let apart_m = patrol_corridor::geodesy::inverse(a.0, b.0).distance_m;
                let apart_s = a.1.seconds_after(b.1).abs();
                let distance = ends_m.iter().position(|end| apart_m <= *end);
                let time = ends_s.iter().position(|end| apart_s <= *end);
                distance.inspect(|&band| near[band] += 1);
                time.inspect(|&band| soon[band] += 1);
                if let (Some(distance), Some(time)) = (distance, time) {
                    both[3 * distance + time] += 1;
                }
            }
        }
        assert_eq!((found.near_pairs, found.soon_pairs), (near, soon));
        assert_eq!(found.bands.iter().map(|band| band.observed).collect::<Vec<_>>(), both);
        assert!(both.iter().sum::<u64>() > 20);
    }
}

#[test]
fn chance_is_the_same_by_its_seed_whatever_the_threads() {
    let mut rng = fastrand::Rng::with_seed(5);
    let events: Vec<_> = (0..60).map(|_| (Place::Small.random(&mut rng), hour(rng.i64(0..2_000)))).collect();
    let run = |seed, threads| {
        let options = ClusterOptions::knox(15_000.0, 200.0 * 3_600.0).with_seed(seed).with_threads(threads);
        space_time_clusters(&events, &options).unwrap()
    };
    assert_eq!(run(1, 1), run(1, 3));
    let values: Vec<f64> = (0..6).map(|seed| run(seed, 0).bands[0].p_value).collect();
    assert!(values.iter().any(|p| *p != values[0]), "{values:?}");
    assert!(values.iter().all(|p| (p - values[0]).abs() < 0.1), "{values:?}");
}

/// Without clustering every p-value is about as likely as any other.
#[test]
fn p_values_are_even_where_nothing_clusters() {
    let mut rng = fastrand::Rng::with_seed(8);
    let runs = 300;
    let mut tenths = [0_u32; 10];
    for run in 0..runs {
        let events: Vec<_> = (0..80)
            .map(|_| {
                let at = position(wrap(179.5 + rng.f64()), rng.f64());
                (at, hour(rng.i64(0..3_000)))
            })
            .collect();
        let options = ClusterOptions::knox(25_000.0, 600.0 * 3_600.0).with_permutations(199).with_seed(run);
        let knox = space_time_clusters(&events, &options).unwrap().bands[0];
        assert!(knox.expected > 50.0);
        tenths[((knox.p_value * 10.0).ceil() as usize - 1).min(9)] += 1;
    }
    // 30 each: a chi-squared of 9 degrees, whose 0.1 % point is 27.9.
    let chi2: f64 = tenths.iter().map(|&count| (f64::from(count) - 30.0).powi(2) / 30.0).sum();
    assert!(chi2 < 27.9, "{tenths:?}: {chi2}");
}

#[test]
fn little_or_nothing_to_count() {
    let at = position(46.0, 40.0);
    let run = |events: &[(Position, Timestamp)]| {
        space_time_clusters(events, &ClusterOptions::knox(500.0, 3_600.0)).unwrap()
    };
    for events in [&[][..], &[(at, hour(1))][..]] {
        let found = run(events);
        let knox = found.bands[0];
        assert_eq!((found.pairs, knox.observed, knox.expected, knox.ratio()), (0, 0, 0.0, None));
        assert_eq!(knox.p_value, 1.0);
    }
    // All at one place and time: as many as there must be.
    let found = run(&[(at, hour(1)); 5]);
    assert_eq!((found.pairs, found.bands[0].observed, found.bands[0].expected), (10, 10, 10.0));
    assert_eq!(found.bands[0].p_value, 1.0);
}

#[test]
fn bands_that_are_none() {
    let run = |options: ClusterOptions| -> Error { space_time_clusters(&[], &options).unwrap_err() };
    for distances_m in
        [vec![], vec![2.0, 1.0], vec![1.0, 1.0], vec![-1.0], vec![f64::NAN], vec![f64::INFINITY]]
    {
        let error = run(ClusterOptions::new(distances_m, vec![3_600.0]));
        assert!(error.is_argument() && error.message().contains("bands of distance"), "{error}");
    }
    let times_s = vec![3.0, 2.0];
    assert!(run(ClusterOptions::new(vec![500.0], times_s)).message().contains("bands of time"));
    assert!(
        run(ClusterOptions::knox(500.0, 3_600.0).with_permutations(0)).message().contains("permutations")
    );
}
