//! Corridors as polygons: every boundary at its half width, every point on its side, every polygon valid.

use fastrand::Rng;
use geo::Validation;
use geo_types::MultiPolygon;
use patrol_corridor::analysis::{Caps, corridor_areas, corridor_region};
use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, Position, Region};

use crate::support::{PLACES, go, karney, position, random_routes, wrap};

/// By how much a boundary may be off.
fn band_m(half_width_m: f64) -> f64 {
    f64::max(0.5, 5e-4 * half_width_m)
}

fn line(id: &str, half_width_m: f64, points: &[(f64, f64)]) -> PatrolRoute {
    let part = points.iter().map(|&(lon, lat)| position(wrap(lon), lat)).collect();
    PatrolRoute::from_parts(id, vec![part]).unwrap().with_half_width_m(half_width_m).unwrap()
}

/// Valid by Simple Features, oriented by RFC 7946, nothing beyond the map.
pub fn assert_sound(region: &Region) {
    let polygons = MultiPolygon::from(region);
    assert!(polygons.is_valid(), "{:?}", polygons.check_validation());
    for rings in region.polygons() {
        for (i, ring) in rings.iter().enumerate() {
            let from = |p: &Position| (p.lon_deg() - ring[0].lon_deg(), p.lat_deg() - ring[0].lat_deg());
            let cross = |(ax, ay): (f64, f64), (bx, by): (f64, f64)| ax * by - bx * ay;
            let area: f64 = ring.windows(2).map(|e| cross(from(&e[0]), from(&e[1]))).sum();
            assert!((area > 0.0) == (i == 0), "ring {i} runs the wrong way: {area}");
            for ends in ring.windows(2) {
                assert!((ends[0].lon_deg() - ends[1].lon_deg()).abs() < 180.0, "{ends:?}");
            }
        }
    }
}

/// Even and odd crossings in longitude and latitude, edges as they are written.
pub fn contains(region: &Region, at: Position) -> bool {
    let (x, y) = (at.lon_deg(), at.lat_deg());
    let crosses = |ends: &[Position]| {
        let ((x0, y0), (x1, y1)) =
            ((ends[0].lon_deg(), ends[0].lat_deg()), (ends[1].lon_deg(), ends[1].lat_deg()));
        (x0 > x) != (x1 > x) && y < y0 + (x - x0) / (x1 - x0) * (y1 - y0)
    };
    region.polygons().iter().any(|rings| {
        let crossings: usize =
            rings.iter().map(|ring| ring.windows(2).filter(|ends| crosses(ends)).count()).sum();
        crossings % 2 == 1
    })
}

/// On the cut at 180 degrees, or at a pole: an edge of the map, not of the corridor.
fn on_map_edge(ends: &[Position]) -> bool {
    ends.iter().all(|p| p.lon_deg().abs() == 180.0) || ends.iter().all(|p| p.lat_deg().abs() == 90.0)
}

/// How far outside the nearest half width a position is, in metres, and how wide the band there is.
fn beyond_m(area: &PatrolIndex, at: Position) -> (f64, f64) {
    let near = LocateOptions::default().with_count(64);
    let hits = area.nearest_routes(at, &near);
    let beyond = hits.hits().iter().filter_map(|hit| {
        let width = area.routes()[hit.route].half_width_m()?;
        Some((hit.location.offset_m - width, band_m(width)))
    });
    beyond.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

fn points() -> usize {
    std::env::var("PATROL_RANDOM_QUERIES").ok().and_then(|count| count.parse().ok()).unwrap_or(4_000)
}

/// The whole requirement, of routes with round caps as one corridor.
fn assert_exact(routes: &[PatrolRoute], edges: Edges, rng: &mut Rng) -> Region {
    let area = PatrolIndex::new(vec![], routes.to_vec(), edges).unwrap();
    let region = corridor_region(routes, edges, Caps::Round).unwrap();
    assert_sound(&region);
    let mut worst = 0.0_f64;
    for ring in region.polygons().iter().flatten() {
        for ends in ring.windows(2).filter(|ends| !on_map_edge(ends)) {
            for u in [0.0, 0.25, 0.5, 0.75] {
                let mix = |a: f64, b: f64| a + u * (b - a);
                let at = position(
                    mix(ends[0].lon_deg(), ends[1].lon_deg()),
                    mix(ends[0].lat_deg(), ends[1].lat_deg()),
                );
                let (beyond, band) = beyond_m(&area, at);
                worst = worst.max(beyond.abs() / band);
                assert!(beyond.abs() <= band, "{beyond} m at {at:?} (u {u}), {edges} {routes:?}");
            }
        }
    }
    let mut inside = 0;
    for i in 0..points() {
        let route = &routes[rng.usize(..routes.len())];
        let part = &route.parts()[rng.usize(..route.parts().len())];
        let k = rng.usize(1..part.len());
        let from = crate::support::point_of_edge(part[k - 1], part[k], edges, rng.f64());
        let width = route.half_width_m().unwrap();
        let reach = if i % 2 == 0 { width * (0.99 + 0.02 * rng.f64()) } else { width * 2.0 * rng.f64() };
        let at = go(from, 360.0 * rng.f64(), reach);
        let (beyond, band) = beyond_m(&area, at);
        if beyond.abs() > band {
            assert_eq!(contains(&region, at), beyond < 0.0, "{beyond} m at {at:?} {edges} {routes:?}");
            inside += usize::from(beyond < 0.0);
        }
    }
    assert!(inside > points() / 10);
    let (planar, geodesic) = (region.area_km2(Edges::Planar), region.area_km2(Edges::Geodesic));
    let narrowest = routes.iter().filter_map(PatrolRoute::half_width_m).fold(f64::INFINITY, f64::min);
    let alike = 0.3 * band_m(narrowest) / narrowest;
    assert!((planar - geodesic).abs() <= alike * planar, "{planar} {geodesic}");
    if std::env::var_os("PATROL_SHOW").is_some() {
        let vertices: usize = region.polygons().iter().flatten().map(Vec::len).sum();
        println!("{edges}: {vertices} vertices, {planar} km2, worst {worst:.3} of the band");
    }
    region
}

#[test]
fn boundaries_are_at_the_half_width() {
    let mut rng = Rng::with_seed(41);
    for lat in [0.0, 40.0, 70.0, 85.0] {
        for lon in [46.0, 179.9] {
            for width in [10.0, 300.0, 20_000.0] {
                for edges in [Edges::Planar, Edges::Geodesic] {
                    // Bends of all kinds, some closer together than the half width.
                    let mut points = vec![(lon, lat)];
                    for step in [0.3, 0.1, 0.5, 0.02, 0.2] {
                        let (last_lon, last_lat) = points[points.len() - 1];
                        let scale = 1.0 / f64::to_radians(lat).cos();
                        let (dx, dy) = (rng.f64() - 0.4, rng.f64() - 0.5);
                        points.push((last_lon + dx * step * scale, last_lat + dy * step));
                    }
                    assert_exact(&[line("R", width, &points)], edges, &mut rng);
                }
            }
        }
    }
}

#[test]
fn random_routes_everywhere() {
    let mut rng = Rng::with_seed(42);
    for round in 0..2 {
        for place in PLACES {
            let edge_m = [2_000.0, 30_000.0][round];
            let routes = random_routes(&mut rng, place, 3, 8, edge_m).into_iter();
            let routes: Vec<_> = routes
                .map(|route| {
                    let width = edge_m * (0.02 + 0.6 * rng.f64());
                    route.with_half_width_m(width.min(20_000.0)).unwrap()
                })
                .collect();
            for edges in [Edges::Planar, Edges::Geodesic] {
                assert_exact(&routes, edges, &mut rng);
            }
        }
    }
}

#[test]
fn a_place_is_a_circle() {
    let mut rng = Rng::with_seed(43);
    let at = (46.5, 39.5);
    for caps in [Caps::Round, Caps::Flat, Caps::Square] {
        let region = corridor_region(&[line("R", 5_000.0, &[at, at, at])], Edges::Planar, caps).unwrap();
        let circle = std::f64::consts::PI * 25.0;
        assert!((region.area_km2(Edges::Planar) - circle).abs() < 2e-4 * circle);
    }
    assert_exact(&[line("R", 5_000.0, &[at, at])], Edges::Geodesic, &mut rng);
}

/// A ring road leaves its middle out; a corridor across it takes a part of that.
#[test]
fn holes_are_kept() {
    let mut rng = Rng::with_seed(44);
    let ring = [(46.0, 39.0), (46.5, 39.0), (46.5, 39.4), (46.0, 39.4), (46.0, 39.0)];
    let region = assert_exact(&[line("R", 3_000.0, &ring)], Edges::Planar, &mut rng);
    assert_eq!(region.polygons().iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    let across = line("S", 1_000.0, &[(46.25, 38.9), (46.25, 39.5)]);
    let region = assert_exact(&[line("R", 3_000.0, &ring), across], Edges::Planar, &mut rng);
    assert_eq!(region.polygons().iter().map(Vec::len).collect::<Vec<_>>(), [3]);
    // The ends of a ring are a bend, not ends.
    let caps = |caps| {
        corridor_region(&[line("R", 3_000.0, &ring)], Edges::Planar, caps).unwrap().area_km2(Edges::Planar)
    };
    assert!((caps(Caps::Flat) - caps(Caps::Round)).abs() < 1e-3);
    assert!((caps(Caps::Square) - caps(Caps::Round)).abs() < 1e-3);
}

#[test]
fn caps_are_what_they_are_called() {
    let route = line("R", 1_000.0, &[(46.0, 39.0), (46.2, 39.1)]);
    let length_m = karney(position(46.0, 39.0), position(46.2, 39.1));
    let km2 = |caps| {
        let region = corridor_region([&route], Edges::Geodesic, caps).unwrap();
        assert_sound(&region);
        region.area_km2(Edges::Planar)
    };
    let strip = 2.0 * length_m / 1e3;
    assert!((km2(Caps::Flat) - strip).abs() < 1e-3, "{} {strip}", km2(Caps::Flat));
    assert!((km2(Caps::Round) - strip - std::f64::consts::PI).abs() < 1e-3);
    assert!((km2(Caps::Square) - strip - 4.0).abs() < 1e-3);
    for word in ["round", "flat", "square"] {
        assert_eq!(word.parse::<Caps>().unwrap().to_string(), word);
    }
    assert!("oval".parse::<Caps>().unwrap_err().is_argument());
}

/// Around a pole the polygon follows the edge of the map, also where a route leads through it.
#[test]
fn poles_are_covered() {
    let mut rng = Rng::with_seed(45);
    for sign in [1.0, -1.0] {
        for points in [
            &[(10.0, 89.95), (130.0, 89.95), (-110.0, 89.95), (10.0, 89.95)][..],
            &[(10.0, 89.0), (10.0, 90.0), (70.0, 89.9)],
            &[(179.0, 89.0), (-1.0, 89.9)],
            &[(20.0, 89.99), (20.0, 89.99)],
        ] {
            let points: Vec<_> = points.iter().map(|&(lon, lat)| (lon, sign * lat)).collect();
            for edges in [Edges::Planar, Edges::Geodesic] {
                let region = assert_exact(&[line("R", 15_000.0, &points)], edges, &mut rng);
                let north = position(33.0, sign * 90.0);
                assert!(region.polygons().iter().flatten().flatten().any(|p| p.lat_deg() == north.lat_deg()));
                assert!(contains(&region, position(33.0, sign * 89.999_999)));
            }
        }
    }
}

/// Thousands of kilometres, and once around the Earth.
#[test]
fn long_corridors() {
    let mut rng = Rng::with_seed(46);
    for edges in [Edges::Planar, Edges::Geodesic] {
        assert_exact(&[line("R", 20_000.0, &[(-70.0, -30.0), (20.0, 50.0), (120.0, 10.0)])], edges, &mut rng);
        let equator = [(0.0, 0.0), (120.0, 1.0), (-120.0, -1.0), (0.0, 0.0)];
        let region = assert_exact(&[line("R", 20_000.0, &equator)], edges, &mut rng);
        assert!(!contains(&region, position(60.0, 45.0)) && !contains(&region, position(60.0, -45.0)));
    }
}

/// A corridor of several routes is one place; a route without a half width adds nothing.
#[test]
fn areas_of_a_layer() {
    let with = |mut route: PatrolRoute, name: &str| {
        route.corridor = Some(name.to_owned());
        route
    };
    let bare = PatrolRoute::from_parts("R3", vec![vec![position(40.0, 30.0), position(41.0, 30.0)]]).unwrap();
    let mut alone = bare.clone();
    alone.id = "R5".into();
    let routes = vec![
        with(line("R1", 2_000.0, &[(46.0, 39.0), (46.3, 39.0)]), "A"),
        with(line("R2", 3_000.0, &[(46.2, 38.9), (46.2, 39.1)]), "A"),
        with(bare, "A"),
        with(line("R4", 2_000.0, &[(47.0, 39.0), (47.3, 39.0)]), "B"),
        alone,
    ];
    let area = PatrolIndex::new(vec![], routes, Edges::Planar).unwrap();
    let corridors = corridor_areas(&area, Caps::Round).unwrap();
    assert_eq!(corridors.len(), 2);
    assert_eq!((&corridors[0].routes[..], corridors[0].half_width_m), (&[0, 1][..], None));
    assert_eq!((&corridors[1].routes[..], corridors[1].half_width_m), (&[3][..], Some(2_000.0)));
    assert_eq!(corridors[0].region.polygons().len(), 1);
    let options = LocateOptions::default().with_search(Search::Scan);
    let mut rng = Rng::with_seed(47);
    for _ in 0..2_000 {
        let at = position(45.9 + 1.5 * rng.f64(), 38.8 + 0.4 * rng.f64());
        let exact = area.locate(at, &options).corridors().to_vec();
        for corridor in &corridors {
            let (beyond, band) = beyond_m(&area, at);
            if beyond.abs() > band {
                assert_eq!(contains(&corridor.region, at), exact.contains(&corridor.corridor), "{at:?}");
            }
        }
    }
}

/// Of every width about which the resolution of the joining changes.
#[test]
fn widths_in_degrees() {
    for tenths in [10, 35, 60, 65, 69, 70, 71, 85, 86, 87, 88, 89, 90, 91, 170] {
        let end = 20.0 + f64::from(tenths) / 10.0;
        let route = line("R", 1_000.0, &[(20.0, 1.0), (end, 1.5)]);
        let region = corridor_region([&route], Edges::Planar, Caps::Round).unwrap();
        assert_sound(&region);
        let length_km = (end - 20.0) * 111.3;
        assert!((region.area_km2(Edges::Planar) / (2.0 * length_km) - 1.0).abs() < 0.15, "{tenths}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let route = line("R", 2e6, &[(0.0, 0.0), (1.0, 0.0)]);
    let error = corridor_region([&route], Edges::Planar, Caps::Round).unwrap_err();
    assert!(error.to_string().contains("1000000"), "{error}");
    assert!(corridor_region([], Edges::Planar, Caps::Round).unwrap().polygons().is_empty());
}
