//! Sectors against geodesics and the planimeter.

use super::AnnularSector;
use super::cell::even_point;
use crate::geodesy::{Edges, direct, distance_m, inverse, ring_area_m2};
use crate::{Error, Position};

fn heard() -> Result<AnnularSector, Error> {
    AnnularSector::new(Position::from_lon_lat(46.75, 39.82)?, 22.5, 11.25, 2_000.0..=7_000.0)
}

/// Sectors, rings, discs and rays, around poles and 180 degrees too.
fn random(rng: &mut fastrand::Rng) -> AnnularSector {
    let lat = match rng.u32(0..4) {
        0 => 90.0 - 0.01 * rng.f64(),
        1 => -90.0,
        _ => 180.0 * rng.f64() - 90.0,
    };
    let lon = if rng.bool() { 180.0 - 0.02 * rng.f64() } else { 360.0 * rng.f64() - 180.0 };
    let half_width_deg = [0.0, 11.25, 60.0, 120.0, 180.0][rng.usize(0..5)];
    let farthest_m = 10.0_f64.powf(1.0 + 4.5 * rng.f64());
    let nearest_m = if rng.bool() { 0.0 } else { rng.f64() * farthest_m };
    let azimuth_deg = 360.0 * rng.f64();
    AnnularSector::new(Position::wrapped(lon, lat), azimuth_deg, half_width_deg, nearest_m..=farthest_m)
        .unwrap()
}

/// "48 explosions heard at 2-7 km north-north-east of the post".
#[test]
fn the_sector_of_a_report_is_8_836_km2() -> Result<(), Error> {
    let sector = heard()?;
    assert!((sector.area_km2() - 8.836).abs() < 5e-4, "{}", sector.area_km2());
    // The planimeter on a boundary of many vertices, from which nothing is left to add.
    let arc = |r: f64, step: i32| {
        let at = move |i: i32| direct(sector.apex(), 22.5 + 11.25 * f64::from(i) / 2_000.0, r).position;
        (-2_000..=2_000).map(move |i| at(i * step))
    };
    let mut ring: Vec<Position> = arc(7_000.0, -1).chain(arc(2_000.0, 1)).collect();
    ring.push(ring[0]);
    let fine_km2 = ring_area_m2(&ring, Edges::Geodesic) / 1e6;
    assert!((fine_km2 / sector.area_km2() - 1.0).abs() < 1e-6, "{fine_km2} {}", sector.area_km2());
    Ok(())
}

/// The series and the planimeter, on either side of where one takes over from the other.
#[test]
fn areas_do_not_jump() -> Result<(), Error> {
    for lat in [-89.0, -45.0, 0.0, 39.82, 84.0] {
        let area = |r: f64| -> Result<f64, Error> {
            let apex = Position::from_lon_lat(46.75, lat)?;
            Ok(AnnularSector::new(apex, 200.0, 75.0, 1_000.0..=r)?.area_km2())
        };
        let (series, planimeter) = (area(50_000.0)?, area(50_000.001)?);
        let grown = 1e-6 * 50.0 * 150.0_f64.to_radians();
        assert!((planimeter - series - grown).abs() < 2e-7 * series, "{lat}: {series} {planimeter}");
    }
    Ok(())
}

#[test]
fn vertices_are_at_their_distance_and_azimuth() {
    let mut rng = fastrand::Rng::with_seed(51);
    for _ in 0..60 {
        let sector = random(&mut rng);
        for (i, position) in sector.boundary().concat().into_iter().enumerate() {
            let path = inverse(sector.apex(), position);
            let on_arc =
                [sector.nearest_m(), sector.farthest_m()].iter().any(|r| (path.distance_m - r).abs() < 1e-3);
            let off_deg = (path.azimuth1_deg - sector.azimuth_deg() + 540.0).rem_euclid(360.0) - 180.0;
            let across_m = path.distance_m * (off_deg.abs() - sector.half_width_deg()).to_radians().abs();
            assert!(on_arc || across_m < 1e-3, "{sector:?} {i} {path:?}");
            assert!(path.distance_m < 1e-3 || sector.contains(position), "{sector:?} {i} {path:?}");
        }
    }
}

#[test]
fn rings_run_counter_clockwise_and_enclose_the_area() {
    let mut rng = fastrand::Rng::with_seed(52);
    for _ in 0..60 {
        let sector = random(&mut rng);
        let rings = sector.boundary();
        assert_eq!(rings.is_empty(), sector.is_line(), "{sector:?}");
        let areas: Vec<f64> = rings.iter().map(|ring| ring_area_m2(ring, Edges::Geodesic)).collect();
        assert!(areas.first().is_none_or(|area| *area > 0.0), "{sector:?} {areas:?}");
        assert!(areas.get(1).is_none_or(|area| *area < 0.0), "{sector:?} {areas:?}");
        let total_km2 = areas.iter().sum::<f64>() / 1e6;
        // The chords of the boundary cut off up to 5e-5 of what the arcs enclose.
        // Around a pole the planimeter is good to some square metres.
        let allowed_km2 =
            6e-5 * sector.half_width_deg().to_radians() * sector.farthest_m().powi(2) / 1e6 + 3e-6;
        let area_km2 = sector.area_km2();
        assert!(
            (total_km2 - area_km2).abs() < allowed_km2,
            "{sector:?} {total_km2} {area_km2} {allowed_km2}"
        );
    }
}

#[test]
fn bounds_and_circles_hold_all_points() {
    let mut rng = fastrand::Rng::with_seed(53);
    for _ in 0..200 {
        let sector = random(&mut rng);
        let circle = sector.covering_circle();
        let away_m = sector.farthest_m() * 4.0 * rng.f64();
        let q = direct(sector.apex(), 360.0 * rng.f64(), away_m).position;
        let bounds = sector.distance_bounds(q);
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        // Inside, and densely along the boundary.
        let inside = (0..500).map(|i| sector.even(even_point(i, 500)));
        let boundary = sector.boundary().concat();
        for at in inside.chain(boundary) {
            assert!(sector.contains(at) || distance_m(at, sector.apex()) < 1e-3, "{sector:?} {at:?}");
            assert!(distance_m(circle.centre, at) <= circle.radius_m + 1e-3, "{sector:?} {at:?}");
            let d = distance_m(q, at);
            (low, high) = (low.min(d), high.max(d));
        }
        assert!(bounds.min_m <= low + 1e-4, "{sector:?} {q:?} {bounds:?} {low}");
        assert!(bounds.max_m >= high - 1e-4, "{sector:?} {q:?} {bounds:?} {high}");
        if sector.contains(q) {
            assert!(bounds.min_m < 1e-4, "{sector:?} {q:?} {bounds:?}");
        }
        // And they are no more than the step of the boundary off.
        let step_m = 0.1 * sector.farthest_m();
        assert!(low - bounds.min_m < step_m && bounds.max_m - high < step_m, "{sector:?} {q:?} {bounds:?}");
    }
}

#[test]
fn parts_are_the_whole_and_lie_in_their_circles() {
    let mut rng = fastrand::Rng::with_seed(54);
    for _ in 0..40 {
        let sector = random(&mut rng);
        let mut cells = sector.cells();
        let first: f64 = cells.iter().map(|cell| cell.span()[0] * cell.span()[1]).sum();
        for _ in 0..20 {
            let cell = cells.swap_remove(rng.usize(0..cells.len()));
            let circle = sector.cell_circle(&cell);
            assert!(sector.contains(circle.centre) || circle.radius_m < 1e-3, "{sector:?} {cell:?}");
            for half in sector.cell_halves(&cell) {
                let corners = [half.low, half.high, [half.low[0], half.high[1]], [half.high[0], half.low[1]]];
                for [off_deg, r] in corners {
                    let at = direct(sector.apex(), sector.azimuth_deg() + off_deg, r).position;
                    assert!(distance_m(at, circle.centre) <= circle.radius_m + 1e-4, "{sector:?} {cell:?}");
                }
                cells.push(half);
            }
        }
        let last: f64 = cells.iter().map(|cell| cell.span()[0] * cell.span()[1]).sum();
        assert!((first - last).abs() <= 1e-9 * first, "{sector:?}");
    }
}

#[test]
fn what_is_no_sector_is_named() {
    let at = Position::wrapped(46.75, 39.82);
    for (azimuth_deg, half_width_deg, distances_m, named) in [
        (f64::NAN, 5.0, 0.0..=1.0, "bearing NaN"),
        (0.0, -1.0, 0.0..=1.0, "tolerance -1"),
        (0.0, 181.0, 0.0..=1.0, "tolerance 181"),
        (0.0, 5.0, 7.0..=2.0, "distances 7 to 2 m"),
        (0.0, 5.0, 0.0..=1e8, "5000000 m"),
        (0.0, 5.0, f64::NAN..=1.0, "NaN"),
    ] {
        let error = AnnularSector::new(at, azimuth_deg, half_width_deg, distances_m).unwrap_err();
        assert!(error.is_input() && error.message().contains(named), "{error}");
    }
}
