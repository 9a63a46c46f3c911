//! Squares of the grid against the planimeter, dense samples and themselves.

use super::GridSquare;
use super::cell::even_point;
use crate::Position;
use crate::geodesy::{direct, distance_m};

/// The square of some size around some position: zones' edges, 180 degrees, and both caps too.
fn random(rng: &mut fastrand::Rng) -> GridSquare {
    let lat = match rng.u32(0..5) {
        0 => 90.0 - 7.0 * rng.f64(),
        1 => 11.0 * rng.f64() - 90.0,
        _ => 164.0 * rng.f64() - 80.0,
    };
    let lon = match rng.u32(0..3) {
        0 => 180.0 - 0.01 * rng.f64(),
        1 => 6.0 * f64::from(rng.i32(-29..30)) + 1e-6,
        _ => 360.0 * rng.f64() - 180.0,
    };
    GridSquare::around(Position::wrapped(lon, lat), rng.u8(0..6)).unwrap()
}

#[test]
fn a_reference_of_kilometres() {
    let square: GridSquare = "38T NK 12 34".parse().unwrap();
    assert_eq!((square.size_m(), square.zone(), square.is_north()), (1_000.0, 38, true));
    assert_eq!(square.to_string(), "38TNK1234");
    assert_eq!(format!("{square:#}"), "38T NK 12 34");
    // The scale is between 0.9996 and 1.001: the square of it.
    assert!((square.area_km2() - 1.0).abs() < 0.002, "{}", square.area_km2());
}

#[test]
fn references_come_back_to_the_digit() {
    let mut rng = fastrand::Rng::with_seed(81);
    for _ in 0..2_000 {
        let square = random(&mut rng);
        let again: GridSquare = square.to_string().parse().unwrap();
        assert_eq!((again.corner_m(), again.size_m()), (square.corner_m(), square.size_m()), "{square}");
        let spaced: GridSquare = format!("{square:#}").to_lowercase().parse().unwrap();
        assert_eq!(spaced.to_string(), square.to_string());
    }
}

#[test]
fn bounds_circles_and_boundary_hold_all_points() {
    let mut rng = fastrand::Rng::with_seed(82);
    for _ in 0..150 {
        let square = random(&mut rng);
        let circle = square.covering_circle();
        let q = direct(square.reference(), 360.0 * rng.f64(), 3.0 * square.size_m() * rng.f64()).position;
        let bounds = square.distance_bounds(q);
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        let inside = (0..400).map(|i| square.even(even_point(i, 400)));
        for at in inside.chain(square.boundary()) {
            assert!(square.contains(at), "{square} {at:?}");
            assert!(distance_m(circle.centre, at) <= circle.radius_m + 1e-6, "{square} {at:?}");
            let d = distance_m(q, at);
            (low, high) = (low.min(d), high.max(d));
        }
        assert!(
            bounds.min_m <= low + 1e-4 && bounds.max_m >= high - 1e-4,
            "{square} {q:?} {bounds:?} {low} {high}"
        );
        // The corners are among the points, the nearest point of a side only nearly.
        assert!(
            bounds.max_m - high < 0.1 && low - bounds.min_m < 0.1 * square.size_m(),
            "{square} {q:?} {bounds:?}"
        );
        let is_inside = square.contains(q);
        assert_eq!(is_inside, bounds.min_m == 0.0, "{square} {q:?}");
    }
}

#[test]
fn parts_lie_in_their_circles() {
    let mut rng = fastrand::Rng::with_seed(83);
    for _ in 0..100 {
        let square = random(&mut rng);
        let mut cells = square.cells();
        for _ in 0..10 {
            let cell = cells.swap_remove(rng.usize(0..cells.len()));
            let circle = square.cell_circle(&cell);
            for [u, v] in [cell.low, cell.high, [cell.low[0], cell.high[1]], [cell.high[0], cell.low[1]]] {
                let d = distance_m(square.even([u, v]), circle.centre);
                assert!(d <= circle.radius_m + 1e-6, "{square} {cell:?}");
            }
            cells.extend(square.cell_halves(&cell));
        }
    }
}

#[test]
fn what_is_no_reference_is_named() {
    for text in [
        "",
        "38S",
        "38S NK 1",
        "38S NK 123 45",
        "38S NK 123456 123456",
        "61S NK 12 34",
        "38I NK 12 34",
        "38S NI 12 34",
        "32X MH 11 11",
        "38S NK 12,34",
        "New York",
    ] {
        let error = text.parse::<GridSquare>().unwrap_err();
        assert!(error.is_input() && error.message().contains(&format!("`{text}`")), "{error}");
    }
}
