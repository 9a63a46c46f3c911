//! Ellipses against geodesics and the planimeter.

use super::cell::even_point;
use super::{DescribedLocation, GeodesicEllipse, LocationForm};
use crate::Position;
use crate::geodesy::{Edges, direct, distance_m, inverse, ring_area_m2};

/// From discs to needles, around poles and 180 degrees too.
fn random(rng: &mut fastrand::Rng, most_m: f64) -> GeodesicEllipse {
    let lat = match rng.u32(0..4) {
        0 => 90.0 - 0.01 * rng.f64(),
        1 => -90.0,
        _ => 180.0 * rng.f64() - 90.0,
    };
    let lon = if rng.bool() { 180.0 - 0.02 * rng.f64() } else { 360.0 * rng.f64() - 180.0 };
    let semi_major_m = 10.0 * (most_m / 10.0).powf(rng.f64());
    let ratio = if rng.u32(0..4) == 0 { 1.0 } else { 10.0_f64.powf(-2.5 * rng.f64()) };
    let semi_axes_m = [semi_major_m, ratio * semi_major_m];
    GeodesicEllipse::new(Position::wrapped(lon, lat), semi_axes_m, 360.0 * rng.f64()).unwrap()
}

/// The rim at an eccentric angle, by the plane ellipse.
fn on_rim(ellipse: &GeodesicEllipse, eccentric: f64) -> (Position, f64, f64) {
    let (along_m, across_m) =
        (ellipse.semi_major_m() * eccentric.cos(), ellipse.semi_minor_m() * eccentric.sin());
    let azimuth_deg = ellipse.azimuth_deg() + across_m.atan2(along_m).to_degrees();
    let reach_m = along_m.hypot(across_m);
    (direct(ellipse.centre(), azimuth_deg, reach_m).position, azimuth_deg, reach_m)
}

#[test]
fn vertices_are_at_their_distance_and_azimuth() {
    let mut rng = fastrand::Rng::with_seed(61);
    for _ in 0..100 {
        let ellipse = random(&mut rng, 1e6);
        let ring = ellipse.boundary();
        assert_eq!((ring.len(), ring[0]), (361, ring[360]));
        for (i, &position) in ring.iter().enumerate() {
            let path = inverse(ellipse.centre(), position);
            // Counter-clockwise by eccentric angles of 1 degree.
            let (_, azimuth_deg, reach_m) = on_rim(&ellipse, -(i as f64).to_radians());
            assert!((path.distance_m - reach_m).abs() < 1e-3, "{ellipse:?} {i} {path:?} {reach_m}");
            let off_deg = (path.azimuth1_deg - azimuth_deg + 540.0).rem_euclid(360.0) - 180.0;
            assert!(path.distance_m * off_deg.to_radians().abs() < 1e-3, "{ellipse:?} {i} {off_deg}");
            // What the plane says in its other form.
            let reach_m = ellipse.reach_m(azimuth_deg);
            assert!((path.distance_m - reach_m).abs() < 1e-3, "{ellipse:?} {i} {path:?} {reach_m}");
            let beside = |more_m: f64| direct(ellipse.centre(), azimuth_deg, reach_m + more_m).position;
            assert!(ellipse.contains(beside(-1e-3)), "{ellipse:?} {i}");
            assert!(!ellipse.contains(beside(1e-3 + 1e-5 * reach_m)), "{ellipse:?} {i}");
        }
    }
}

#[test]
fn areas_are_those_of_a_fine_polygon() {
    let mut rng = fastrand::Rng::with_seed(62);
    for round in 0..60 {
        let most_m = if round < 30 { 1e5 } else { 1e6 };
        let ellipse = random(&mut rng, most_m);
        const STEPS: u32 = 2_000;
        let angle = std::f64::consts::TAU / f64::from(STEPS);
        let at = |i: u32| on_rim(&ellipse, -angle * f64::from(i % STEPS)).0;
        let ring: Vec<Position> = (0..=STEPS).map(at).collect();
        // What the chords of a plane ellipse cut off.
        let cut_m2 =
            0.5 * ellipse.semi_major_m() * ellipse.semi_minor_m() * f64::from(STEPS) * (angle - angle.sin());
        let fine_km2 = (ring_area_m2(&ring, Edges::Geodesic) + cut_m2) / 1e6;
        let area_km2 = ellipse.area_km2();
        let share = if ellipse.semi_major_m() < 1e5 { 1e-9 } else { 1e-6 };
        // Around a pole the planimeter is good to ten square metres, elsewhere to a hundredth of one.
        let rounding_km2 = if ellipse.centre().lat_deg().abs() > 80.0 { 1e-5 } else { 3e-8 };
        let off_km2 = (fine_km2 - area_km2).abs();
        assert!(off_km2 < share * area_km2 + rounding_km2, "{ellipse:?} {fine_km2} {area_km2}");
        let drawn_km2 = ring_area_m2(&ellipse.boundary(), Edges::Geodesic) / 1e6;
        assert!(
            (drawn_km2 / area_km2 - 1.0).abs() < 1e-4 + rounding_km2 / area_km2,
            "{ellipse:?} {drawn_km2}"
        );
    }
}

#[test]
fn bounds_and_circles_hold_all_points() {
    let mut rng = fastrand::Rng::with_seed(63);
    for _ in 0..300 {
        let ellipse = random(&mut rng, 1e6);
        let circle = ellipse.covering_circle();
        let away_m = ellipse.semi_major_m() * 10.0_f64.powf(1.5 - 3.0 * rng.f64());
        let q = direct(ellipse.centre(), 360.0 * rng.f64(), away_m.min(7e6)).position;
        let bounds = ellipse.distance_bounds(q);
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        let inside = (0..300).map(|i| ellipse.even(even_point(i, 300)));
        const STEPS: u32 = 2_000;
        let rim = (0..STEPS).map(|i| on_rim(&ellipse, std::f64::consts::TAU * f64::from(i) / 2e3).0);
        for at in inside.chain(rim) {
            assert!(distance_m(circle.centre, at) <= circle.radius_m + 1e-5, "{ellipse:?} {at:?}");
            let d = distance_m(q, at);
            (low, high) = (low.min(d), high.max(d));
        }
        assert!(bounds.min_m <= low, "{ellipse:?} {q:?} {bounds:?} {low}");
        assert!(bounds.max_m >= high, "{ellipse:?} {q:?} {bounds:?} {high}");
        if ellipse.contains(q) {
            assert_eq!(bounds.min_m, 0.0, "{ellipse:?} {q:?}");
        } else {
            // Half a step along the rim, and what it turns by the way.
            let half_m = 1.6e-3 * ellipse.semi_major_m();
            let missed_m = half_m.min(half_m * half_m / low.max(1e-9) + 1.3e-6 * ellipse.semi_major_m());
            assert!(low - bounds.min_m < 2e-4 + missed_m, "{ellipse:?} {q:?} {bounds:?} {low}");
        }
        // The distance bends downwards by no more than the semi-major axis.
        let missed_m = 0.51 * ellipse.semi_major_m() * 1.6e-3_f64.powi(2);
        assert!(bounds.max_m - high < 3e-3 + missed_m, "{ellipse:?} {q:?} {bounds:?} {high}");
    }
}

/// A dense rim of a small ellipse, and places beside it, in it and around it.
#[test]
fn bounds_are_close() {
    let mut rng = fastrand::Rng::with_seed(64);
    for _ in 0..40 {
        let ellipse = random(&mut rng, 2e4);
        let q =
            direct(ellipse.centre(), 360.0 * rng.f64(), 3.0 * ellipse.semi_major_m() * rng.f64()).position;
        let bounds = ellipse.distance_bounds(q);
        let rim = (0..20_000).map(|i| on_rim(&ellipse, std::f64::consts::TAU * f64::from(i) / 2e4).0);
        let distances: Vec<f64> = rim.map(|at| distance_m(at, q)).collect();
        let high = distances.iter().fold(0.0_f64, |a, &b| a.max(b));
        assert!(bounds.max_m >= high && bounds.max_m < high + 2.2e-3, "{ellipse:?} {q:?} {bounds:?} {high}");
        let low = distances.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        let half_m = 1.6e-4 * ellipse.semi_major_m();
        if !ellipse.contains(q) && low > 10.0 * half_m {
            let missed_m = half_m * half_m / low + 1.3e-8 * ellipse.semi_major_m();
            assert!(low - bounds.min_m < 2e-4 + missed_m, "{ellipse:?} {q:?} {bounds:?} {low}");
        }
    }
}

#[test]
fn parts_are_the_whole_and_lie_in_their_circles() {
    let mut rng = fastrand::Rng::with_seed(65);
    for _ in 0..40 {
        let ellipse = random(&mut rng, 1e6);
        let mut cells = ellipse.cells();
        let size = |cell: &super::Cell| cell.span()[0] * (cell.high[1].powi(2) - cell.low[1].powi(2));
        assert!((cells.iter().map(size).sum::<f64>() - std::f64::consts::TAU).abs() < 1e-12);
        for _ in 0..30 {
            let cell = cells.swap_remove(rng.usize(0..cells.len()));
            let circle = ellipse.cell_circle(&cell);
            assert!(ellipse.contains(circle.centre), "{ellipse:?} {cell:?}");
            for i in 0..=100 {
                let (u, v) = (f64::from(i % 11) / 10.0, f64::from(i / 11) / 9.0);
                let eccentric = cell.low[0] + u * cell.span()[0];
                let share = cell.low[1] + v.min(1.0) * cell.span()[1];
                let (_, azimuth_deg, reach_m) = on_rim(&ellipse, eccentric);
                let at = direct(ellipse.centre(), azimuth_deg, share * reach_m).position;
                assert!(distance_m(at, circle.centre) <= circle.radius_m + 1e-5, "{ellipse:?} {cell:?}");
            }
            cells.extend(ellipse.cell_halves(&cell));
        }
        assert!((cells.iter().map(size).sum::<f64>() - std::f64::consts::TAU).abs() < 1e-9, "{ellipse:?}");
    }
}

/// Of points at equal areas the expected share lies within the inner ellipse and in a sector of it.
#[test]
fn even_points_are_spread_by_area() {
    let centre = Position::wrapped(179.99, -62.0);
    let ellipse = GeodesicEllipse::new(centre, [8e5, 2e5], 200.0).unwrap();
    assert!((ellipse.azimuth_deg() - 20.0).abs() < 1e-9);
    let inner = GeodesicEllipse::new(centre, [4e5, 1e5], 20.0).unwrap();
    const POINTS: u32 = 20_000;
    let points: Vec<Position> = (0..POINTS).map(|i| ellipse.even(even_point(i, POINTS))).collect();
    assert!(points.iter().all(|&at| ellipse.contains(at)));
    let found = points.iter().filter(|&&at| inner.contains(at)).count() as f64 / f64::from(POINTS);
    let expected = inner.area_km2() / ellipse.area_km2();
    assert!((found - expected).abs() < 2e-3, "{found} {expected}");
    // Half of it lies on either side of an axis.
    let right = |at: &&Position| (inverse(centre, **at).azimuth1_deg - 20.0).rem_euclid(360.0) < 180.0;
    let found = points.iter().filter(right).count() as f64 / f64::from(POINTS);
    assert!((found - 0.5).abs() < 2e-3, "{found}");
}

#[test]
fn what_is_no_ellipse_is_named() {
    let at = Position::wrapped(46.75, 39.82);
    for (semi_axes_m, azimuth_deg, named) in [
        ([1.0, 2.0], 0.0, "semi-axes 1 and 2 m"),
        ([1.0, 0.0], 0.0, "semi-axes 1 and 0 m"),
        ([2e6, 1.0], 0.0, "1000000 m"),
        ([f64::NAN, 1.0], 0.0, "NaN"),
        ([2.0, f64::NAN], 0.0, "NaN"),
        ([2.0, 1.0], f64::INFINITY, "azimuth inf"),
    ] {
        let error = GeodesicEllipse::new(at, semi_axes_m, azimuth_deg).unwrap_err();
        assert!(error.is_input() && error.message().contains(named), "{error}");
    }
    let fix = DescribedLocation::fix(GeodesicEllipse::new(at, [2.0, 1.0], -10.0).unwrap());
    assert_eq!((fix.form(), fix.form().as_str()), (LocationForm::Fix, "fix"));
    assert_eq!(fix.region().reference(), at);
    assert_eq!(fix.region().boundary()[0].len(), 361);
}
