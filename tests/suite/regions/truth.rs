//! The regions of reported locations against GeographicLib: its tools' numbers, and its geodesics in dense samples.

use fastrand::Rng;
use patrol_corridor::geodesy::{grid_convergence_deg, inverse};
use patrol_corridor::region::{AnnularSector, DescribedRegion, GridSquare, RouteInterval};
use patrol_corridor::{Edges, Position};

use crate::fixtures::{Row, table};
use crate::support::{go, karney, position, wrap};

fn sector(row: &Row) -> AnnularSector {
    let distances_m = row.number("nearest_m")..=row.number("farthest_m");
    let (azimuth_deg, half_width_deg) = (row.number("azimuth_deg"), row.number("half_width_deg"));
    AnnularSector::new(row.position("lon_deg", "lat_deg"), azimuth_deg, half_width_deg, distances_m).unwrap()
}

/// How far an azimuth is off another, 0 to 180 degrees.
fn off_deg(azimuth_deg: f64, other_deg: f64) -> f64 {
    ((azimuth_deg - other_deg + 540.0).rem_euclid(360.0) - 180.0).abs()
}

#[test]
fn areas_are_those_of_the_planimeter() {
    for row in table("regions/sectors.csv") {
        let (area_m2, expected_m2) = (sector(&row).area_km2() * 1e6, row.number("area_m2"));
        // The planimeter's is printed to 0.1 m2.
        let allowed_m2 = 1e-6 * expected_m2 + 0.1;
        assert!((area_m2 - expected_m2).abs() < allowed_m2, "{row:?}: {area_m2}");
    }
}

#[test]
fn corners_are_those_of_geodsolve() {
    let rows = table("regions/sectors.csv");
    for corner in table("regions/vertices.csv") {
        let row = rows.iter().find(|row| row.text("id") == corner.text("sector")).unwrap();
        let expected = corner.position("lon_deg", "lat_deg");
        let boundary = sector(row).boundary().concat();
        let nearest_m = boundary.iter().map(|at| karney(*at, expected)).fold(f64::INFINITY, f64::min);
        assert!(nearest_m < 1e-3, "{corner:?}: {nearest_m}");
    }
}

/// "Each boundary vertex is at its stated distance within 1 mm and its stated azimuth within 1 mm across."
#[test]
fn every_vertex_is_at_its_distance_and_azimuth() {
    for row in table("regions/sectors.csv") {
        let sector = sector(&row);
        let (half_deg, is_whole) = (sector.half_width_deg(), sector.half_width_deg() == 180.0);
        let (mut on_arcs, mut on_radii) = ([0, 0], 0);
        for ring in sector.boundary() {
            assert_eq!(ring.first(), ring.last(), "{row:?}");
            for at in ring {
                let path = inverse(sector.apex(), at);
                let aside_deg = off_deg(path.azimuth1_deg, sector.azimuth_deg());
                // Across by the plane is no less than on the ellipsoid.
                let aside_m = path.distance_m * (aside_deg - half_deg).to_radians();
                assert!(aside_m < 1e-3, "{row:?} {path:?}");
                let arcs =
                    [sector.nearest_m(), sector.farthest_m()].map(|m| (path.distance_m - m).abs() < 1e-3);
                if let Some(arc) = arcs.iter().position(|is_on| *is_on) {
                    on_arcs[arc] += 1;
                } else {
                    assert!(!is_whole && aside_m.abs() < 1e-3, "{row:?} {path:?}");
                    on_radii += 1;
                }
                assert!(sector.contains(at), "{row:?} {path:?}");
            }
        }
        let least = (2.0 * half_deg).floor() as u32;
        assert!(
            on_arcs[1] >= least && (sector.nearest_m() == 0.0 || on_arcs[0] >= least),
            "{row:?} {on_arcs:?}"
        );
        assert!(is_whole || on_radii > 0 || sector.farthest_m() - sector.nearest_m() < 10_000.0, "{row:?}");
    }
}

/// Points of a sector, its edges and corners among them, by GeographicLib's direct problem.
fn points_of(sector: &AnnularSector, rng: &mut Rng, count: u32) -> Vec<Position> {
    let part = |rng: &mut Rng| match rng.u8(..4) {
        0 => 0.0,
        1 => 1.0,
        _ => rng.f64(),
    };
    let (nearest_m, half_deg) = (sector.nearest_m(), sector.half_width_deg());
    (0..count)
        .map(|_| {
            let off_deg = half_deg * (2.0 * part(rng) - 1.0);
            let distance_m = nearest_m + part(rng) * (sector.farthest_m() - nearest_m);
            go(sector.apex(), sector.azimuth_deg() + off_deg, distance_m)
        })
        .collect()
}

/// The bounds are never inside of what is found, and (a sample can't have the extremes) not far outside either.
fn assert_holds(region: &DescribedRegion, q: Position, points: &[Position], about_m: f64) {
    let bounds = region.distance_bounds(q);
    let (mut low_m, mut high_m) = (f64::INFINITY, 0.0_f64);
    for at in points {
        let d = karney(q, *at);
        (low_m, high_m) = (low_m.min(d), high_m.max(d));
    }
    assert!(bounds.min_m >= 0.0 && bounds.min_m <= low_m + 1e-4, "{region:?} {q:?} {bounds:?} {low_m}");
    assert!(bounds.max_m >= high_m - 1e-4, "{region:?} {q:?} {bounds:?} {high_m}");
    // Beyond 9,800 km it is a circle that says how far.
    let circle = region.covering_circle();
    let is_exact = karney(q, circle.centre) + circle.radius_m < 9.8e6;
    if is_exact {
        assert!(low_m - bounds.min_m <= about_m, "{region:?} {q:?} {bounds:?} {low_m}");
        assert!(bounds.max_m - high_m <= about_m, "{region:?} {q:?} {bounds:?} {high_m}");
    }
    if region.contains(q) {
        assert!(bounds.min_m < 1e-4, "{region:?} {q:?} {bounds:?}");
    } else {
        assert!(bounds.min_m > 0.0 || !is_exact, "{region:?} {q:?} {bounds:?}");
    }
}

#[test]
fn sectors_in_nasty_places() {
    let mut rng = Rng::with_seed(1901);
    let apexes = [
        (46.75, 39.82),
        (0.0, 0.0),
        (20.0, 90.0),
        (-160.0, -90.0),
        (180.0, -16.8),
        (-180.0, 65.0),
        (179.999_999, 0.0),
        (12.0, 89.999_99),
        (-75.0, -89.9),
        (0.0, 45.0),
    ];
    let mut apexes: Vec<Position> = apexes.map(|(lon, lat)| position(lon, lat)).to_vec();
    for (half_deg, distances_m) in
        [0.0, 1e-9, 11.25, 89.999, 90.0, 90.001, 179.9, 179.999_999_9, 180.0].into_iter().flat_map(|half| {
            let all = [
                (0.0, 0.0),
                (0.0, 1e-3),
                (0.0, 1.0),
                (0.0, 7e3),
                (2e3, 7e3),
                (5e3, 5e3),
                (6_999.999, 7e3),
                (0.0, 4e5),
                (4_999_999.0, 5e6),
                (5e6, 5e6),
                (0.0, 5e6),
            ];
            all.map(|distances| (half, distances))
        })
    {
        apexes.rotate_left(1);
        for apex in apexes[..3].iter().copied() {
            let azimuth_deg = [0.0, 90.0, 180.0, 359.999, 400.0 * rng.f64()][rng.usize(..5)];
            let sector =
                AnnularSector::new(apex, azimuth_deg, half_deg, distances_m.0..=distances_m.1).unwrap();
            let region = DescribedRegion::Sector(sector);
            let points = points_of(&sector, &mut rng, 160);
            let circle = sector.covering_circle();
            for at in &points {
                assert!(sector.contains(*at), "{sector:?} {at:?}");
                let d = karney(circle.centre, *at);
                assert!(d <= circle.radius_m + 1e-6, "{sector:?} {at:?} {circle:?} {d}");
            }
            assert!(circle.radius_m <= sector.farthest_m(), "{sector:?} {circle:?}");
            let antipode = position(wrap(apex.lon_deg() + 180.0), -apex.lat_deg());
            assert!(!sector.contains(antipode), "{sector:?}");
            let far_m = sector.farthest_m();
            let across_deg = azimuth_deg + 180.0 * rng.f64();
            let queries = [
                apex,
                antipode,
                sector.reference(),
                points[rng.usize(..160)],
                go(apex, azimuth_deg, 0.5 * far_m),
                go(apex, azimuth_deg + 180.0, 0.5 * far_m),
                go(apex, azimuth_deg + 180.0, 2.0 * far_m),
                go(apex, across_deg, far_m * (1.0 + rng.f64())),
                go(apex, azimuth_deg + half_deg + 1e-3, 0.9 * far_m),
                position(0.0, 90.0),
                position(33.0, -90.0),
            ];
            for q in queries {
                assert_holds(&region, q, &points, 0.4 * far_m + 2e-3);
            }
        }
    }
}

/// What the sample above sees only roughly, exactly: on the axis, behind, and beside.
#[test]
fn bounds_of_sectors_are_exact() {
    let mut rng = Rng::with_seed(1902);
    for row in table("regions/sectors.csv") {
        let sector = sector(&row);
        let (near_m, far_m) = (sector.nearest_m(), sector.farthest_m());
        for _ in 0..6 {
            let within_deg = sector.azimuth_deg() + sector.half_width_deg() * (2.0 * rng.f64() - 1.0);
            let away_m = (1.5 * far_m * rng.f64()).min(9e6 - far_m);
            let bounds = sector.distance_bounds(go(sector.apex(), within_deg, away_m));
            let expected_m = (near_m - away_m).max(away_m - far_m).max(0.0);
            assert!((bounds.min_m - expected_m).abs() < 1e-4, "{row:?} {away_m} {bounds:?}");
            let behind = sector.distance_bounds(go(sector.apex(), within_deg + 180.0, away_m));
            assert!((behind.max_m - away_m - far_m).abs() < 1e-4, "{row:?} {away_m} {behind:?}");
            // Beside: no nearer than a fine sample of the two radii.
            if sector.half_width_deg() < 170.0 {
                let beside_deg = sector.azimuth_deg() + sector.half_width_deg() + 10.0 * rng.f64() + 1e-6;
                let q = go(sector.apex(), beside_deg, away_m);
                let on_radius =
                    |m: f64| karney(q, go(sector.apex(), sector.azimuth_deg() + sector.half_width_deg(), m));
                let (mut low, mut high) = (near_m, far_m);
                for _ in 0..90 {
                    let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
                    if on_radius(a) < on_radius(b) { high = b } else { low = a }
                }
                let expected_m = on_radius(0.5 * (low + high));
                let bounds = sector.distance_bounds(q);
                assert!((bounds.min_m - expected_m).abs() < 1e-4, "{row:?} {q:?} {bounds:?} {expected_m}");
            }
        }
    }
}

/// A sector whose covering circle is small and far from the apex: nothing may cancel.
#[test]
fn ten_centimetres_at_5000_km_fit_their_circle() {
    for half_deg in [0.0, 1e-7, 1e-5] {
        let sector =
            AnnularSector::new(position(46.75, 39.82), 33.0, half_deg, 4_999_999.9..=5_000_000.0).unwrap();
        let circle = sector.covering_circle();
        let aside_m = 5e6 * half_deg.to_radians();
        assert!(
            (0.05 - 1e-8..0.05 + 2.0 * aside_m + 1e-6).contains(&circle.radius_m),
            "{half_deg} {circle:?}"
        );
    }
}

fn points_on(square: &GridSquare, rng: &mut Rng) -> Vec<Position> {
    // Smaller squares of it, whose corners are its points.
    let [easting_m, northing_m] = square.corner_m();
    let part_m = (0.01 * square.size_m()).max(1.0);
    let mut points = square.boundary();
    for _ in 0..if square.size_m() > part_m { 25 } else { 0 } {
        let mut place = |corner_m: f64| corner_m + rng.f64() * (square.size_m() - part_m);
        let corner_m = [place(easting_m), place(northing_m)];
        let part = GridSquare::new(square.zone(), square.is_north(), corner_m, part_m).unwrap();
        points.extend(part.boundary());
    }
    points
}

#[test]
fn squares_in_nasty_places() {
    let mut rng = Rng::with_seed(1903);
    let columns = ["km100", "km10", "km1", "m100", "m10", "m1"];
    for (i, row) in table("mgrs/positions.csv").iter().enumerate().filter(|(i, _)| i % 3 == 0 || *i < 180) {
        let text = row.text(columns[i % 6]);
        let square: GridSquare = text.parse().unwrap();
        let own = row.position("lon_deg", "lat_deg");
        assert!(square.contains(own), "{text} {own:?}");
        let points = points_on(&square, &mut rng);
        let circle = square.covering_circle();
        for at in &points {
            assert!(square.contains(*at), "{text} {at:?}");
            assert!(karney(circle.centre, *at) <= circle.radius_m + 1e-6, "{text} {at:?}");
        }
        let centre = square.reference();
        let antipode = position(wrap(centre.lon_deg() + 180.0), -centre.lat_deg());
        assert!(!square.contains(antipode), "{text}");
        let size_m = square.size_m();
        let region = DescribedRegion::Square(square);
        let mut away = |m: f64| go(centre, 360.0 * rng.f64(), m);
        for q in
            [own, centre, antipode, away(0.6 * size_m), away(3.0 * size_m), away(1e6), position(0.0, 90.0)]
        {
            assert_holds(&region, q, &points, size_m);
        }
    }
}

/// A metre is a metre by the scale of the grid, and its meridian is turned by the convergence.
#[test]
fn small_squares_are_as_large_as_the_scale_says() {
    let mut compared = 0;
    for row in table("mgrs/squares.csv") {
        let square: GridSquare = row.text("mgrs").parse().unwrap();
        let expected_km2 = 1e-6 / row.number("scale").powi(2);
        assert!((square.area_km2() / expected_km2 - 1.0).abs() < 1e-6, "{row:?} {}", square.area_km2());
        assert!(karney(square.reference(), row.position("lon_deg", "lat_deg")) < 2e-4, "{row:?}");
        // Over the edge of a zone, or of the cap, a place is the other grid's.
        if GridSquare::around(square.reference(), 5).unwrap().zone() != square.zone() {
            continue;
        }
        compared += 1;
        let convergence_deg = grid_convergence_deg(square.reference());
        assert!(off_deg(convergence_deg, row.number("convergence_deg")) < 2e-6, "{row:?} {convergence_deg}");
    }
    assert!(compared > 40, "{compared}");
    // North of the grid at the poles themselves: of their meridian of 0 degrees.
    assert!(off_deg(grid_convergence_deg(position(30.0, 90.0)), 30.0) < 1e-6);
    assert!(off_deg(grid_convergence_deg(position(30.0, -90.0)), -30.0) < 1e-6);
}

/// A square is as large as those that it is made of, from 1 m to 100 km.
#[test]
fn squares_are_the_sum_of_their_parts() {
    for row in table("mgrs/positions.csv").iter().step_by(23) {
        let whole: GridSquare = row.text("km100").parse().unwrap();
        let [easting_m, northing_m] = whole.corner_m();
        let parts = (0..100).map(|i| {
            let corner_m = [easting_m + 1e4 * f64::from(i / 10), northing_m + 1e4 * f64::from(i % 10)];
            GridSquare::new(whole.zone(), whole.is_north(), corner_m, 1e4).unwrap().area_km2()
        });
        let sum: f64 = parts.sum();
        assert!((whole.area_km2() / sum - 1.0).abs() < 1e-8, "{row:?} {} {sum}", whole.area_km2());
    }
}

#[test]
fn what_is_off_the_grid_is_no_square() {
    for (zone, is_north, corner_m) in [
        (38, true, [50_000.0, 4_400_000.0]),
        (38, true, [899_500.0, 4_400_000.0]),
        (38, true, [5e5, 9_499_500.0]),
        (0, true, [1_250_000.0, 2e6]),
        (0, false, [2e6, 3_199_500.0]),
        (61, true, [5e5, 4e6]),
        (38, true, [f64::NAN, 4e6]),
        (38, false, [5e5, f64::INFINITY]),
    ] {
        let error = GridSquare::new(zone, is_north, corner_m, 1_000.0).unwrap_err();
        assert!(error.is_input() && error.message().contains("on the grid"), "{error}");
    }
    // What is made can be written, up to the edges of the grid.
    for (zone, is_north, corner_m, text) in [
        (38, true, [100_000.0, 0.0], "38NJF0000"),
        (38, false, [899_000.0, 9_999_000.0], "38MRE9999"),
        (38, true, [5e5, 9_499_000.0], "38XNV0099"),
        (0, true, [2e6, 2e6], "ZAH0000"),
        (0, false, [8e5, 8e5], "AJA0000"),
    ] {
        assert_eq!(GridSquare::new(zone, is_north, corner_m, 1_000.0).unwrap().to_string(), text);
    }
}

#[test]
fn stretches_in_nasty_places() {
    let mut rng = Rng::with_seed(1904);
    let at = position;
    let lines = [
        vec![at(46.0, 39.5), at(46.4, 39.5), at(46.4, 39.5), at(46.4, 39.6)],
        vec![at(179.9, 10.0), at(-179.9, 10.1)],
        vec![at(10.0, 89.9), at(-170.0, 89.9)],
        vec![at(0.0, 0.0), at(60.0, 0.0)],
        vec![at(33.0, -80.0), at(33.0, -90.0)],
        vec![at(20.0, 50.0), at(20.0, 50.0)],
    ];
    for line in lines {
        for edges in [Edges::Planar, Edges::Geodesic] {
            let interval = RouteInterval::new(vec![line.clone()], edges).unwrap();
            let mut points = line.clone();
            for ends in line.windows(2) {
                let path = inverse(ends[0], ends[1]);
                let (dlon, dlat) =
                    (wrap(ends[1].lon_deg() - ends[0].lon_deg()), ends[1].lat_deg() - ends[0].lat_deg());
                points.extend((0..=400).map(|i| f64::from(i) / 400.0).map(|u| match edges {
                    Edges::Geodesic => go(ends[0], path.azimuth1_deg, u * path.distance_m),
                    _ => at(wrap(ends[0].lon_deg() + u * dlon), ends[0].lat_deg() + u * dlat),
                }));
            }
            let circle = interval.covering_circle();
            for at in &points {
                assert!(interval.contains(*at), "{edges:?} {at:?}");
                assert!(karney(circle.centre, *at) <= circle.radius_m + 1e-4, "{edges:?} {at:?}");
            }
            let length_m = interval.length_m();
            let middle = interval.reference();
            let antipode = position(wrap(middle.lon_deg() + 180.0), -middle.lat_deg());
            let region = DescribedRegion::Interval(interval);
            let mut queries = vec![middle, antipode, line[0], at(5.0, 90.0), go(antipode, 77.0, 3e4)];
            queries.extend((0..6).map(|_| go(middle, 360.0 * rng.f64(), 2.0 * length_m * rng.f64())));
            for q in queries {
                assert_holds(&region, q, &points, 0.005 * length_m + 0.01);
            }
        }
    }
}

/// A line without length among others is a place of the interval like any other.
#[test]
fn a_stretch_keeps_its_places() {
    let (place, far) = (position(46.0, 39.5), position(47.0, 39.5));
    for lines in [
        vec![vec![place; 2], vec![far, position(47.1, 39.5)]],
        vec![vec![far, position(47.1, 39.5)], vec![place; 3]],
    ] {
        let interval = RouteInterval::new(lines, Edges::Geodesic).unwrap();
        assert!(interval.distance_bounds(place).min_m < 1e-6 && interval.contains(place));
        assert!(
            karney(interval.covering_circle().centre, place) <= interval.covering_circle().radius_m + 1e-4
        );
    }
}
