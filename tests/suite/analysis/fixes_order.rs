//! A fix does not depend on the order of its observations.

use patrol_corridor::Position;
use patrol_corridor::analysis::{FixObservation, Measurement, fix};
use patrol_corridor::geodesy::direct;

/// Three or four that contradict each other more or less, so that many starts are as good.
fn observations(rng: &mut fastrand::Rng) -> Vec<FixObservation> {
    let middle = Position::from_lon_lat(360.0 * rng.f64() - 180.0, 178.0 * rng.f64() - 89.0).unwrap();
    (0..rng.usize(3..=4))
        .map(|_| {
            let kind = rng.u8(1..=3);
            let azimuth_deg =
                Measurement { value: 360.0 * rng.f64(), deviation: [0.01, 1.0, 11.25][rng.usize(..3)] };
            let most_m = [100.0, 10_000.0, 300_000.0][rng.usize(..3)];
            let distance_m =
                Measurement { value: most_m * rng.f64(), deviation: most_m * (1e-3 + rng.f64()) };
            let from =
                direct(middle, 90.0 * f64::from(rng.u8(..4)), [0.0, 3_000.0, 30_000.0][rng.usize(..3)]);
            FixObservation::new(from.position)
                .with_azimuth_deg((kind & 1 != 0).then_some(azimuth_deg))
                .with_distance_m((kind & 2 != 0).then_some(distance_m))
        })
        .collect()
}

#[test]
fn in_any_order_the_place_is_the_same() {
    let mut rng = fastrand::Rng::with_seed(2_611);
    let mut found = 0;
    for case in 0..3_000 {
        let mut observations = observations(&mut rng);
        let first = fix(&observations);
        rng.shuffle(&mut observations);
        let second = fix(&observations);
        let place = |fix: &patrol_corridor::analysis::Fix| fix.position;
        assert_eq!(
            first.as_ref().ok().map(place),
            second.as_ref().ok().map(place),
            "{case} {observations:?}"
        );
        found += usize::from(first.is_ok());
    }
    assert!((500..2_900).contains(&found), "{found}");
}
