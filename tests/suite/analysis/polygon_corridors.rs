//! Corridors that are given as polygons: membership by either reading of edges, merged with half widths.

use fastrand::Rng;
use geo_types::{LineString, Polygon};
use patrol_corridor::analysis::{Caps, corridor_areas};
use patrol_corridor::{CorridorRegion, Edges, PatrolIndex, PatrolRoute, Position, Region};

use crate::analysis::corridor_areas::contains;
use crate::support::{PLACES, go, point_of_edge, position, random_routes, wrap};

fn region(rings: &[&[(f64, f64)]]) -> Region {
    let ring = |ring: &&[(f64, f64)]| -> Vec<Position> {
        let closed = ring.iter().chain(&ring[..1]);
        closed.map(|&(lon, lat)| position(lon, lat)).collect()
    };
    Region::from_polygons(vec![rings.iter().map(ring).collect()]).unwrap()
}

fn area(regions: &[(&str, Region)], edges: Edges) -> PatrolIndex {
    let regions: Vec<_> =
        regions.iter().map(|(name, region)| CorridorRegion::new(*name, region.clone())).collect();
    PatrolIndex::new(vec![], vec![], edges).unwrap().with_corridor_regions(&regions)
}

fn is_in(area: &PatrolIndex, lon: f64, lat: f64) -> bool {
    area.locate(position(lon, lat), &Default::default()).in_corridor.unwrap()
}

#[test]
fn holes_are_out_and_boundaries_are_in() {
    let outer: &[_] = &[(46.0, 39.0), (47.0, 39.0), (47.0, 40.0), (46.0, 40.0)];
    let hole: &[_] = &[(46.2, 39.2), (46.2, 39.4), (46.4, 39.4), (46.4, 39.2)];
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = area(&[("A", region(&[outer, hole]))], edges);
        for (lon, lat, expected) in [
            (46.5, 39.5, true),
            (46.3, 39.3, false),
            (46.0, 39.0, true),
            (47.0, 39.7, true),
            (46.0, 39.123_456_789, true),
            (46.2, 39.3, true),
            (46.4, 39.4, true),
            (45.999_999, 39.5, false),
            (47.000_001, 39.5, false),
            (46.5, 38.9, false),
            (46.5, 40.1, false),
            (-133.5, 39.5, false),
        ] {
            assert_eq!(is_in(&area, lon, lat), expected, "{edges} {lon} {lat}");
        }
    }
    // On the parallel the planar edge runs; the geodesic bulges to the pole.
    let parallel = area(&[("A", region(&[outer]))], Edges::Planar);
    let bulging = area(&[("A", region(&[outer]))], Edges::Geodesic);
    assert!(is_in(&parallel, 46.5, 39.0) && !is_in(&bulging, 46.5, 39.0));
    assert!(!is_in(&parallel, 46.5, 40.000_5) && is_in(&bulging, 46.5, 40.000_5));
    for u in [0.1, 0.5, 0.77] {
        let on = point_of_edge(position(46.0, 40.0), position(47.0, 40.0), Edges::Geodesic, u);
        let at = position((on.lon_deg() * 1e9).round() / 1e9, (on.lat_deg() * 1e9).round() / 1e9);
        assert!(is_in(&bulging, at.lon_deg(), at.lat_deg()), "{at:?}");
    }
}

#[test]
fn across_the_antimeridian_and_around_poles() {
    let across: &[_] = &[(179.0, -18.0), (-179.0, -18.0), (-179.0, -17.0), (179.0, -17.0)];
    let cap: &[_] = &[(0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0)];
    let south: &[_] = &[(0.0, -80.0), (90.0, -80.0), (180.0, -80.0), (-90.0, -80.0)];
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = area(&[("X", region(&[across])), ("N", region(&[cap])), ("S", region(&[south]))], edges);
        for (lon, lat, expected) in [
            (180.0, -17.5, true),
            (-180.0, -17.5, true),
            (179.5, -17.5, true),
            (-179.5, -17.5, true),
            (0.0, -17.5, false),
            (178.9, -17.5, false),
            (33.0, 85.0, true),
            (180.0, 85.0, true),
            (-180.0, 90.0, true),
            (33.0, 75.0, false),
            (-123.0, -86.0, true),
            (-123.0, -70.0, false),
            (0.0, 0.0, false),
        ] {
            assert_eq!(is_in(&area, lon, lat), expected, "{edges} {lon} {lat}");
        }
    }
    let world: &[_] = &[(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)];
    let band: &[_] = &[(-180.0, 10.0), (180.0, 10.0), (180.0, 20.0), (-180.0, 20.0)];
    let (world, band) =
        (area(&[("W", region(&[world]))], Edges::Planar), area(&[("B", region(&[band]))], Edges::Planar));
    for lon in [-180.0, -90.0, 0.0, 12.3, 90.0, 180.0] {
        assert!(is_in(&world, lon, 15.0) && is_in(&world, lon, -89.0) && is_in(&band, lon, 15.0));
        assert!(!is_in(&band, lon, 21.0) && !is_in(&band, lon, -15.0));
    }
}

/// A ring of rays of different lengths about a centre, by bearing.
fn star(rng: &mut Rng, centre: Position, reach_m: f64, corners: u32) -> Vec<Position> {
    let mut ring: Vec<_> = (0..corners)
        .map(|i| {
            let azimuth = 360.0 - 360.0 * f64::from(i) / f64::from(corners);
            go(centre, azimuth, reach_m * (0.3 + 0.7 * rng.f64()))
        })
        .collect();
    ring.push(ring[0]);
    ring
}

/// Against crossings counted in a plain loop over edges that are cut into straight pieces.
#[test]
fn random_polygons() {
    let mut rng = Rng::with_seed(51);
    for place in PLACES {
        for edges in [Edges::Planar, Edges::Geodesic] {
            let centre = place.random(&mut rng);
            let centre = position(centre.lon_deg(), centre.lat_deg().clamp(-85.0, 85.0));
            let reach = 3e5 * f64::to_radians(centre.lat_deg()).cos();
            let rings: Vec<_> =
                [8, 50, 500].into_iter().map(|corners| star(&mut rng, centre, reach, corners)).collect();
            let regions: Vec<_> =
                rings.iter().map(|ring| Region::from_polygons(vec![vec![ring.clone()]]).unwrap()).collect();
            let area = area(
                &[("A", regions[0].clone()), ("B", regions[1].clone()), ("C", regions[2].clone())],
                edges,
            );
            // About the centre, so that nothing crosses 180.
            let shifted = |p: Position| (wrap(p.lon_deg() - centre.lon_deg()), p.lat_deg());
            let fine: Vec<Region> = rings
                .iter()
                .map(|ring| {
                    let pieces = ring.windows(2).flat_map(|e| {
                        (0..100).map(move |i| point_of_edge(e[0], e[1], edges, f64::from(i) / 100.0))
                    });
                    let line: LineString = pieces.map(shifted).collect();
                    Region::try_from(&Polygon::new(line, vec![])).unwrap()
                })
                .collect();
            for _ in 0..300 {
                let at = go(centre, 360.0 * rng.f64(), reach * 1.1 * rng.f64());
                let located = area.locate(at, &Default::default());
                let (x, y) = shifted(at);
                let plain: Vec<usize> = (fine.iter().enumerate())
                    .filter(|(_, p)| contains(p, position(x, y)))
                    .map(|(i, _)| i)
                    .collect();
                assert_eq!(located.corridors()[..], plain[..], "{at:?} {edges} {place:?}");
            }
        }
    }
}

/// What `corridor_areas` draws says of positions what the half widths say, poles and antimeridian included.
#[test]
fn drawn_corridors_agree_with_half_widths() {
    let mut rng = Rng::with_seed(52);
    for place in PLACES {
        let routes: Vec<PatrolRoute> = random_routes(&mut rng, place, 4, 6, 20_000.0)
            .into_iter()
            .map(|route| route.with_half_width_m(5_000.0).unwrap())
            .collect();
        let by_width = PatrolIndex::new(vec![], routes.clone(), Edges::Planar).unwrap();
        let drawn: Vec<CorridorRegion> = (corridor_areas(&by_width, Caps::Round).unwrap().into_iter())
            .map(|drawn| CorridorRegion::new(&*by_width.corridors()[drawn.corridor].name, drawn.region))
            .collect();
        let by_region =
            PatrolIndex::new(vec![], vec![], Edges::Planar).unwrap().with_corridor_regions(&drawn);
        for _ in 0..2_000 {
            let from = routes[rng.usize(..routes.len())].parts()[0][0];
            let at = go(from, 360.0 * rng.f64(), 15_000.0 * rng.f64());
            let near = by_width.routes_within(at, 5_002.5, &Default::default()).unwrap();
            if near.iter().any(|hit| (hit.location.offset_m - 5_000.0).abs() < 2.5) {
                continue;
            }
            let (a, b) =
                (by_width.locate(at, &Default::default()), by_region.locate(at, &Default::default()));
            assert_eq!((a.in_corridor, a.corridors()), (b.in_corridor, b.corridors()), "{at:?}");
        }
    }
}

/// One name is one corridor, in the order of routes and then of polygons.
#[test]
fn names_are_merged() {
    let square: &[_] = &[(46.0, 39.0), (46.5, 39.0), (46.5, 39.5), (46.0, 39.5)];
    let line: LineString = vec![(46.0, 39.0), (47.0, 39.0)].into();
    let mut named = PatrolRoute::from_line_string("R1", &line).unwrap().with_half_width_m(1_000.0).unwrap();
    named.corridor = Some("A".into());
    let plain = PatrolRoute::from_line_string("R2", &line).unwrap();
    let regions: Vec<_> =
        ["New", "A", "R2"].map(|name| CorridorRegion::new(name, region(&[square]))).into_iter().collect();
    let area = PatrolIndex::new(vec![], vec![named, plain], Edges::Planar).unwrap();
    let area = area.with_corridor_regions(&regions[..1]).with_corridor_regions(&regions);
    let names: Vec<_> = area.corridors().iter().map(|corridor| corridor.name.as_str()).collect();
    assert_eq!(names, ["A", "R2", "New"]);
    let at = |lon, lat| area.locate(position(lon, lat), &Default::default());
    assert_eq!(at(46.2, 39.2).corridors()[..], [0, 1, 2]);
    assert_eq!(at(46.8, 39.0).corridors()[..], [0]);
    let outside = at(46.8, 39.3);
    assert_eq!((outside.in_corridor, outside.corridors().len()), (Some(false), 0));
}
