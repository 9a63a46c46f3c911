use patrol_corridor::analysis::{DensityPlace, HotspotOptions, RouteDensity, Split};
use patrol_corridor::region::{AnnularSector, DescribedRegion};
use patrol_corridor::{Edges, Error, IncidentGeometry, PatrolIndex, PatrolRoute, Position};

use crate::fixtures::{json, positions, route};
use crate::support::{PLACES, go, position, random_routes};

fn area(routes: Vec<PatrolRoute>) -> PatrolIndex {
    PatrolIndex::new(vec![], routes, Edges::Planar).unwrap()
}

fn route_density(
    area: &PatrolIndex,
    incidents: &[IncidentGeometry],
    options: &HotspotOptions,
) -> Result<RouteDensity, Error> {
    let places: Vec<DensityPlace<'_>> = incidents.iter().map(DensityPlace::from).collect();
    patrol_corridor::analysis::route_density(area, &places, options)
}

/// Metres to the east and north of 0 N 0 E, for some kilometres.
fn at(east_m: f64, north_m: f64) -> (f64, f64) {
    (east_m / 111_319.490_793_273_58, north_m / 110_574.388_557_956_95)
}

fn incident(east_m: f64, north_m: f64) -> IncidentGeometry {
    let (lon, lat) = at(east_m, north_m);
    IncidentGeometry::Point(position(lon, lat))
}

/// A route through places in metres.
fn line(id: &str, places: &[(f64, f64)]) -> PatrolRoute {
    route(id, &[places.iter().map(|&(x, y)| at(x, y)).collect()])
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-5 * expected.abs().max(1e-2)
}

#[test]
fn as_spatstat_by_both_rules() {
    let fixture = json("tests/fixtures/hotspots/density.json");
    let routes = fixture["routes"].as_array().unwrap().iter().map(|route| {
        PatrolRoute::from_parts(route["id"].as_str().unwrap(), vec![positions(&route["line"])]).unwrap()
    });
    let area = area(routes.collect());
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let places = positions(&case["incidents"]);
        let incidents: Vec<IncidentGeometry> = places.iter().map(|&at| IncidentGeometry::Point(at)).collect();
        let split =
            if case["continuous"].as_bool().unwrap() { Split::Continuous } else { Split::Discontinuous };
        let reach_m = case["reach_m"].as_f64().unwrap();
        let density = route_density(&area, &incidents, &HotspotOptions::new(reach_m).with_split(split));
        let density = density.unwrap();
        assert_eq!(density.placed(), incidents.len() as f64);
        assert!((density.integral() - incidents.len() as f64).abs() < 1e-9, "{}", density.integral());
        for (&place, expected) in places.iter().zip(case["per_km"].as_array().unwrap()) {
            let expected = expected.as_f64().unwrap();
            let hit = *area.nearest_routes(place, &Default::default()).first().unwrap();
            let found = density.per_km(hit.route, hit.location.chainage_m);
            // A millionth and a half is what the plane takes from lengths here.
            assert!((found / expected - 1.0).abs() < 2e-5, "{reach_m} {split:?}: {found} {expected}");
        }
    }
}

#[test]
fn one_incident_on_a_line_and_at_its_end() {
    let area = area(vec![line("R", &[(0.0, 0.0), (10_000.0, 0.0)])]);
    let run =
        |east_m: f64| route_density(&area, &[incident(east_m, 30.0)], &HotspotOptions::new(1_000.0)).unwrap();
    let middle = run(4_000.0);
    for (chainage_m, per_km) in [
        (2_900.0, 0.0),
        (3_500.0, 0.5625),
        (4_000.0, 0.75),
        (4_600.0, 0.48),
        (5_001.0, 0.0),
        (-1.0, 0.0),
        (10_001.0, 0.0),
    ] {
        let found = middle.per_km(0, chainage_m);
        assert!(near(found, per_km), "{chainage_m}: {found}");
    }
    assert_eq!(middle.mean_per_km(), 1e3 / area.route_length_m(0));
    let hot = middle.hot_intervals(4.8)[0];
    assert!((hot.peak_chainage_m - 4_000.0).abs() < 0.01 && near(hot.peak_per_km, 0.75));
    assert!((hot.from_m - 3_400.0).abs() < 0.01 && (hot.to_m - 4_600.0).abs() < 0.01, "{hot:?}");
    assert_eq!(hot.incidents, 1.0);
    // What would be past the end is turned back: twice as much at the end.
    let end = run(10_000.0);
    assert!(near(end.per_km(0, area.route_length_m(0)), 1.5));
    let (top, chainage_m) = end.greatest(0).unwrap();
    assert!(near(top, 1.5) && (chainage_m - area.route_length_m(0)).abs() < 1e-3);
    // A kernel that is longer than its line goes to and fro.
    let short = route_density(&area, &[incident(4_000.0, 0.0)], &HotspotOptions::new(80_000.0)).unwrap();
    assert!((short.integral() - 1.0).abs() < 1e-9);
    assert!((0..=10).all(|km| (short.per_km(0, 1e3 * f64::from(km)) - 0.1).abs() < 0.01));
}

#[test]
fn a_junction_splits_and_a_crossing_does_not() {
    let cross = |vertex: bool| {
        let through = if vertex {
            vec![(0.0, -3_000.0), (0.0, 0.0), (0.0, 3_000.0)]
        } else {
            vec![(0.0, -3_000.0), (0.0, 3_000.0)]
        };
        area(vec![line("EW", &[(-3_000.0, 0.0), (0.0, 0.0), (3_000.0, 0.0)]), line("NS", &through)])
    };
    let incidents = [incident(-400.0, 1.0)];
    let kernel = |x: f64| 0.75 * (1.0 - x * x);
    let options = HotspotOptions::new(1_000.0);
    let run = |area: &PatrolIndex, options| route_density(area, &incidents, &options).unwrap();
    let joined = cross(true);
    let continuous = run(&joined, options);
    // Half into each of the three others, and half of it taken back on its own.
    for (route, chainage_m) in [(0, 3_100.0), (1, 2_900.0), (1, 3_100.0)] {
        assert!(near(continuous.per_km(route, chainage_m), 0.5 * kernel(0.5)));
    }
    assert!(near(continuous.per_km(0, 2_900.0), kernel(0.3) - 0.5 * kernel(0.5)));
    let no_jump = continuous.per_km(0, 2_999.99) - continuous.per_km(0, 3_000.01);
    assert!(no_jump.abs() < 1e-3, "{no_jump}");
    let jumps = run(&joined, options.with_split(Split::Discontinuous));
    for (route, chainage_m) in [(0, 3_100.0), (1, 2_900.0), (1, 3_100.0)] {
        assert!(near(jumps.per_km(route, chainage_m), kernel(0.5) / 3.0));
    }
    assert!(near(jumps.per_km(0, 2_900.0), kernel(0.3)));
    for apart in [run(&cross(false), options), run(&joined, options.with_joined(false))] {
        assert!(near(apart.per_km(0, 3_100.0), kernel(0.5)));
        assert_eq!(apart.per_km(1, 3_000.0), 0.0);
        assert_eq!(apart.greatest(1).unwrap().0, 0.0);
        assert!((apart.integral() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn what_routes_share_is_one_of_the_network() {
    let shared = area(vec![
        line("A", &[(0.0, 0.0), (2_000.0, 0.0), (4_000.0, 0.0)]),
        line("B", &[(6_000.0, 500.0), (4_000.0, 0.0), (2_000.0, 0.0)]),
    ]);
    let density = route_density(&shared, &[incident(2_500.0, 0.0)], &HotspotOptions::new(900.0)).unwrap();
    let b_alone = 2_000_f64.hypot(500.0);
    assert!((density.length_m() - 4_000.0 - b_alone).abs() < 0.1, "{}", density.length_m());
    assert!((density.integral() - 1.0).abs() < 1e-12);
    // B runs the other way and ends where A goes on.
    for (on_a, on_b) in [(2_600.0, b_alone + 1_400.0), (2_100.0, b_alone + 1_900.0)] {
        assert!(near(density.per_km(0, on_a), density.per_km(1, on_b)));
    }
    assert!(density.per_km(0, 1_900.0) > 0.0);
    let hot = density.hot_intervals(1.0);
    assert_eq!(
        hot.iter().map(|interval| (interval.route, interval.incidents)).collect::<Vec<_>>(),
        [(0, 1.0), (1, 1.0)]
    );
}

#[test]
fn a_gap_is_no_way_and_parts_that_meet_are_one() {
    let gap = area(vec![route(
        "R",
        &[vec![at(0.0, 0.0), at(1_000.0, 0.0)], vec![at(1_200.0, 0.0), at(3_000.0, 0.0)]],
    )]);
    let run = |area: &PatrolIndex, east_m| {
        route_density(area, &[incident(east_m, 0.0)], &HotspotOptions::new(500.0)).unwrap()
    };
    // At the end of the first part, and at the start of the second, which have the same chainage.
    let first = run(&gap, 1_000.0);
    assert!(near(first.per_km(0, 999.0), 3.0 * (1.0 - 4e-6)) && first.per_km(0, 1_001.0) == 0.0);
    let second = run(&gap, 1_200.0);
    assert!(second.per_km(0, 999.0) == 0.0 && near(second.per_km(0, 1_001.0), 3.0 * (1.0 - 4e-6)));
    for (density, interval) in [(first, (500.0, 1_000.0)), (second, (1_000.0, 1_500.0))] {
        let hot = density.hot_intervals(0.01);
        assert_eq!(hot.len(), 1);
        assert!(
            (hot[0].from_m - interval.0).abs() < 2.0 && (hot[0].to_m - interval.1).abs() < 2.0,
            "{hot:?}"
        );
        assert_eq!(hot[0].incidents, 1.0);
    }
    // Incidents on both sides: two intervals that touch by chainage only.
    let both =
        route_density(&gap, &[incident(1_000.0, 0.0), incident(1_200.0, 0.0)], &HotspotOptions::new(500.0));
    assert_eq!(both.unwrap().hot_intervals(0.01).len(), 2);
    let met = area(vec![route(
        "R",
        &[vec![at(0.0, 0.0), at(1_000.0, 0.0)], vec![at(1_000.0, 0.0), at(3_000.0, 0.0)]],
    )]);
    let density = run(&met, 1_000.0);
    assert!(near(density.greatest(0).unwrap().0, 1.5));
    assert_eq!(density.hot_intervals(0.01).len(), 1);
}

#[test]
fn a_ring_has_no_ends() {
    let ring =
        area(vec![line("R", &[(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 1_000.0), (0.0, 1_000.0), (0.0, 0.0)])]);
    let density = route_density(&ring, &[incident(0.0, 0.0)], &HotspotOptions::new(500.0)).unwrap();
    let length_m = ring.route_length_m(0);
    assert!(near(density.per_km(0, 0.0), 1.5) && near(density.per_km(0, length_m), 1.5));
    assert!(near(density.per_km(0, 250.0), density.per_km(0, length_m - 250.0)));
    // All the way around, and more than once.
    let wide = route_density(&ring, &[incident(500.0, 0.0)], &HotspotOptions::new(30_000.0)).unwrap();
    assert!((wide.integral() - 1.0).abs() < 1e-9);
    assert!((wide.per_km(0, 2_500.0) - wide.per_km(0, 500.0)).abs() < 0.01);
}

#[test]
fn across_180_degrees_as_anywhere() {
    let here = area(vec![route("R", &[vec![(0.1, 0.0), (0.2, 0.0)], vec![(0.2, 0.0), (0.3, 0.1)]])]);
    let there =
        area(vec![route("R", &[vec![(179.9, 0.0), (180.0, 0.0)], vec![(-180.0, 0.0), (-179.9, 0.1)]])]);
    let options = HotspotOptions::new(4_000.0);
    let a = route_density(&here, &[IncidentGeometry::Point(position(0.19, 0.001))], &options).unwrap();
    let b = route_density(&there, &[IncidentGeometry::Point(position(179.99, 0.001))], &options).unwrap();
    for chainage_m in [5_000.0, 10_000.0, 11_131.0, 11_132.0, 13_000.0] {
        assert!((a.per_km(0, chainage_m) - b.per_km(0, chainage_m)).abs() < 1e-9);
    }
    assert!(b.per_km(0, 12_000.0) > 0.0);
    assert_eq!(b.hot_intervals(0.5).len(), 1);
}

#[test]
fn left_out_are_the_far_and_the_unplaced() {
    let area = area(vec![line("R", &[(0.0, 0.0), (5_000.0, 0.0)])]);
    let (lon, lat) = at(100.0, 900.0);
    let incidents = [
        incident(1_000.0, 499.0),
        incident(1_000.0, 501.0),
        IncidentGeometry::None,
        IncidentGeometry::MultiPoint(vec![
            position(lon, lat),
            position(at(2_000.0, 10.0).0, at(0.0, 10.0).1),
        ]),
        IncidentGeometry::Lines(vec![vec![position(lon, lat), position(0.0, 0.0)]]),
    ];
    let options = HotspotOptions::new(300.0).with_max_distance_m(500.0);
    let density = route_density(&area, &incidents, &options).unwrap();
    assert_eq!(
        (density.placed(), density.too_far(), density.without_point()),
        (2.0, &[(1, 1.0)][..], &[2, 4][..])
    );
    assert_eq!(density.incidents_on(0, 900.0, 1_100.0), 1.0);
    assert_eq!(density.incidents_on(0, 0.0, 5_000.0), 2.0);
    let none = route_density(&area, &[], &options).unwrap();
    assert_eq!((none.placed(), none.integral(), none.mean_per_km()), (0.0, 0.0, 0.0));
    assert!(none.hot_intervals(2.0).is_empty());
    assert_eq!(none.greatest(0).map(|top| top.0), Some(0.0));
    // A route that is one place has nothing to spread along.
    let spot = crate::analysis::hotspots::area(vec![line("R", &[(0.0, 0.0), (0.0, 0.0)])]);
    let density = route_density(&spot, &[incident(0.0, 1.0)], &options).unwrap();
    assert_eq!((density.placed(), density.too_far(), density.greatest(0)), (0.0, &[(0, 1.0)][..], None));
    for bandwidth_m in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = route_density(&area, &[], &HotspotOptions::new(bandwidth_m)).unwrap_err();
        assert!(error.is_argument() && error.message().contains("bandwidth"), "{error}");
    }
    let nothing = crate::analysis::hotspots::area(vec![]);
    assert!(route_density(&nothing, &[], &options).unwrap_err().is_input());
}

/// Whatever the network, an incident weighs 1, and intervals are where the density says.
#[test]
fn the_sum_over_any_network_is_the_number_of_incidents() {
    let mut rng = fastrand::Rng::with_seed(21);
    for (i, place) in PLACES.into_iter().cycle().take(20).enumerate() {
        // Streets of a grid that is bent by chance, and routes anywhere.
        let mut routes = random_routes(&mut rng, place, 4, 6, 900.0);
        let corner = place.random(&mut rng);
        let grid: Vec<Vec<Position>> = (0..4)
            .map(|row| {
                (0..5)
                    .map(|col| {
                        go(go(corner, 10.0, 700.0 * f64::from(row)), 95.0, 600.0 * f64::from(col) + 1.0)
                    })
                    .collect()
            })
            .collect();
        for row in &grid {
            routes.push(PatrolRoute::from_parts(routes.len() as u64, vec![row.clone()]).unwrap());
        }
        for col in 0..5 {
            let street = grid.iter().map(|row| row[col]).collect();
            routes.push(PatrolRoute::from_parts(routes.len() as u64, vec![street]).unwrap());
        }
        let area = area(routes);
        let incidents: Vec<IncidentGeometry> = (0..40)
            .map(|_| {
                let near = grid[rng.usize(..4)][rng.usize(..5)];
                IncidentGeometry::Point(go(near, 360.0 * rng.f64(), 800.0 * rng.f64()))
            })
            .collect();
        for split in [Split::Continuous, Split::Discontinuous] {
            let options = HotspotOptions::new([150.0, 900.0, 2_000.0][i % 3])
                .with_split(split)
                .with_max_distance_m(1e7);
            let density = route_density(&area, &incidents, &options).unwrap();
            let (sum, placed) = (density.integral(), density.placed());
            assert!(
                placed > 0.0 && (sum - placed).abs() < 1e-7 * placed,
                "{place:?} {split:?}: {sum} of {placed}"
            );
            let least = 3.0 * density.mean_per_km();
            let hot = density.hot_intervals(3.0);
            assert!(hot.windows(2).all(|pair| pair[0].peak_per_km >= pair[1].peak_per_km - 1e-8));
            for (route, _) in area.routes().iter().enumerate() {
                let length_m = area.route_length_m(route);
                for _ in 0..20 {
                    let at_m = length_m * rng.f64();
                    let per_km = density.per_km(route, at_m);
                    assert!(per_km > -1e-9, "{per_km}");
                    let on = hot.iter().find(|s| s.route == route && s.from_m <= at_m && at_m <= s.to_m);
                    let close = (per_km / least - 1.0).abs() < 1e-6;
                    assert!(close || on.is_some() == (per_km >= least), "{per_km} {least} {on:?}");
                    assert!(on.is_none_or(|interval| per_km <= interval.peak_per_km + 1e-9));
                }
            }
        }
    }
}

/// A region tells as much as points all over it, a tiny one what a point tells.
#[test]
fn regions_weigh_one_incident_each() {
    let area =
        area(vec![line("R", &[(0.0, 0.0), (10_000.0, 0.0)]), line("S", &[(0.0, 900.0), (10_000.0, 900.0)])]);
    let options = HotspotOptions::new(1_000.0).with_max_distance_m(400.0);
    let disc = |east_m: f64, north_m: f64, radius_m: f64| {
        let (lon, lat) = at(east_m, north_m);
        DescribedRegion::Sector(AnnularSector::disc(position(lon, lat), radius_m).unwrap())
    };
    let of = |regions: &[DescribedRegion]| {
        let places: Vec<_> = regions.iter().map(DensityPlace::Region).collect();
        patrol_corridor::analysis::route_density(&area, &places, &options).unwrap()
    };
    let point = route_density(&area, &[incident(4_000.0, 100.0)], &options).unwrap();
    for radius_m in [0.0, 1e-3] {
        let tiny = of(&[disc(4_000.0, 100.0, radius_m)]);
        assert_eq!((tiny.placed(), tiny.too_far().len()), (1.0, 0));
        assert_eq!(tiny.incidents_on(0, 3_900.0, 4_100.0), 1.0);
        for chainage_m in [3_000.0, 3_500.0, 4_000.0, 4_700.0, 5_100.0] {
            let (found, expected) = (tiny.per_km(0, chainage_m), point.per_km(0, chainage_m));
            assert!((found - expected).abs() < 1e-5, "{radius_m} {chainage_m}: {found} {expected}");
        }
    }
    // Half of it is nearer to the one, half to the other; what is farther than 400 m from both is too far.
    let wide = of(&[disc(5_000.0, 450.0, 400.0), disc(2_000.0, 0.0, 300.0)]);
    assert!((wide.placed() + wide.too_far()[0].1 - 2.0).abs() < 1e-12);
    assert_eq!(wide.too_far().iter().map(|far| far.0).collect::<Vec<_>>(), [0]);
    // The strip of 100 m across the middle of a disc of 400 m radius: 2 (h sqrt(r2 - h2) + r2 asin(h / r)) / (pi r2).
    assert!((wide.too_far()[0].1 - 0.1588).abs() < 0.04, "{:?}", wide.too_far());
    let (south, north) = (wide.incidents_on(0, 4_000.0, 6_000.0), wide.incidents_on(1, 4_000.0, 6_000.0));
    assert!((south - north).abs() <= 2.0 / 64.0 && south > 0.3, "{south} {north}");
    assert!((wide.integral() - wide.placed()).abs() < 1e-9);
    let on_first = wide.incidents_on(0, 1_600.0, 2_400.0);
    assert_eq!(on_first, 1.0);
    assert!((wide.greatest(0).unwrap().1 - 2_000.0).abs() < 50.0);
}
