//! Sectors: borders where both posts are as near, every point with its nearest post, nothing left over.

use fastrand::Rng;
use geographiclib_rs::{Geodesic, InverseGeodesic};
use patrol_corridor::analysis::{Caps, Sector, Within, corridor_region, sectors};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position, Region};

use crate::analysis::corridor_areas::{assert_sound, contains};
use crate::support::{PLACES, Place, go, karney, position, wrap};

fn posts(at: &[Position]) -> Vec<ObservationPost> {
    at.iter().enumerate().map(|(i, &at)| ObservationPost::new(i as u64, at)).collect()
}

/// Posts around a place, at random.
fn scattered(rng: &mut Rng, place: Place, count: usize, reach_m: f64) -> Vec<Position> {
    let centre = place.random(rng);
    (0..count).map(|_| go(centre, 360.0 * rng.f64(), reach_m * rng.f64().sqrt())).collect()
}

/// How far a position is from the border of its two nearest posts, in metres over the ground.
fn off_border_m(posts: &[Position], at: Position) -> f64 {
    let mut near: Vec<(f64, f64)> = posts
        .iter()
        .map(|post| {
            let (distance, azimuth, _, _): (f64, f64, f64, f64) =
                Geodesic::wgs84().inverse(at.lat_deg(), at.lon_deg(), post.lat_deg(), post.lon_deg());
            (distance, azimuth)
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let apart = f64::to_radians(near[1].1 - near[0].1);
    (near[1].0 - near[0].0) / (2.0 * (0.5 * apart).sin().abs())
}

/// Each vertex and middle of an edge is a border, or on the edge of what was divided.
fn assert_borders(at: &[Position], found: &[Sector], mut on_edge: impl FnMut(Position) -> bool) -> f64 {
    let mut worst = 0.0_f64;
    for sector in found {
        assert_sound(&sector.region);
        for ends in sector.region.polygons().iter().flatten().flat_map(|ring| ring.windows(2)) {
            let on_map_edge = ends.iter().all(|p| p.lon_deg().abs() == 180.0)
                || ends.iter().all(|p| p.lat_deg().abs() == 90.0);
            for u in [0.0, 0.5] {
                let mix = |a: f64, b: f64| a + u * (b - a);
                let p = position(
                    mix(ends[0].lon_deg(), ends[1].lon_deg()),
                    mix(ends[0].lat_deg(), ends[1].lat_deg()),
                );
                if on_map_edge || on_edge(p) {
                    continue;
                }
                let off = off_border_m(at, p);
                worst = worst.max(off);
                assert!(off <= 0.3, "{off} m off the border at {p:?} of post {}", sector.post);
            }
        }
    }
    if std::env::var_os("PATROL_SHOW").is_some() {
        println!("{} sectors, worst {worst:.3} m", found.len());
    }
    worst
}

/// The nearest post and how far one may go until another is.
fn nearest(at: &[Position], p: Position) -> (usize, f64, f64) {
    let mut near: Vec<_> = at.iter().enumerate().map(|(i, &post)| (karney(post, p), i)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let margin = near.get(1).map_or(f64::INFINITY, |second| second.0 - near[0].0);
    (near[0].1, near[0].0, margin)
}

fn owners(found: &[Sector], p: Position) -> Vec<usize> {
    found.iter().filter(|sector| contains(&sector.region, p)).map(|sector| sector.post).collect()
}

#[test]
fn circles_are_divided() {
    let mut rng = Rng::with_seed(61);
    for place in PLACES {
        for radius in [2_000.0, 20_000.0] {
            let at = scattered(&mut rng, place, 25, 3.0 * radius);
            let found = sectors(&posts(&at), Within::DistanceM(radius)).unwrap();
            let band = f64::max(0.5, 5e-4 * radius);
            assert_borders(&at, &found, |p| (nearest(&at, p).1 - radius).abs() < band);
            for _ in 0..1_000 {
                let p = go(at[rng.usize(..at.len())], 360.0 * rng.f64(), 1.3 * radius * rng.f64());
                let (post, distance, margin) = nearest(&at, p);
                if (distance - radius).abs() > band && margin > 0.6 {
                    let expected = if distance < radius { vec![post] } else { vec![] };
                    assert_eq!(owners(&found, p), expected, "{p:?} {place:?}");
                }
            }
        }
    }
}

#[test]
fn regions_are_divided() {
    let mut rng = Rng::with_seed(62);
    for place in PLACES {
        // A corridor, which may cross 180 degrees and hold a hole.
        let centre = place.random(&mut rng);
        let part: Vec<_> =
            [0.0, 100.0, 220.0, 0.0].iter().map(|&azimuth| go(centre, azimuth, 60_000.0)).collect();
        let route = PatrolRoute::from_parts("R", vec![part]).unwrap().with_half_width_m(15_000.0).unwrap();
        let region = corridor_region([&route], Edges::Geodesic, Caps::Round).unwrap();
        let at: Vec<_> = (0..20).map(|_| go(centre, 360.0 * rng.f64(), 120_000.0 * rng.f64())).collect();
        let found = sectors(&posts(&at), Within::Region(&region, Edges::Planar)).unwrap();
        let area = PatrolIndex::new(vec![], vec![route], Edges::Geodesic).unwrap();
        let offset =
            |p: Position| area.nearest_routes(p, &Default::default()).first().unwrap().location.offset_m;
        assert_borders(&at, &found, |p| (offset(p) - 15_000.0).abs() < 7.5);
        let whole = region.area_km2(Edges::Planar);
        let sum: f64 = found.iter().map(|sector| sector.area_km2).sum();
        assert!((sum - whole).abs() < 1e-5 * whole, "{sum} of {whole} {place:?}");
        for _ in 0..1_000 {
            let p = go(centre, 360.0 * rng.f64(), 90_000.0 * rng.f64());
            let (post, _, margin) = nearest(&at, p);
            if (offset(p) - 15_000.0).abs() > 7.5 && margin > 0.6 {
                let expected = if contains(&region, p) { vec![post] } else { vec![] };
                assert_eq!(owners(&found, p), expected, "{p:?} {place:?}");
            }
        }
    }
}

/// Lattices, where four sectors and more meet in a point, posts on one spot, one post alone.
#[test]
fn even_and_odd_arrangements() {
    let rect: geo_types::Polygon = geo_types::Rect::new((45.9, 38.9), (46.6, 39.6)).into();
    let region = Region::try_from(&rect).unwrap();
    let whole = region.area_km2(Edges::Planar);
    let mut lattice: Vec<_> =
        (0..36).map(|i| position(46.0 + 0.1 * f64::from(i % 6), 39.0 + 0.1 * f64::from(i / 6))).collect();
    lattice.push(lattice[7]);
    let found = sectors(&posts(&lattice), Within::Region(&region, Edges::Planar)).unwrap();
    assert_eq!(found.iter().map(|sector| sector.post).collect::<Vec<_>>(), (0..36).collect::<Vec<_>>());
    let sum: f64 = found.iter().map(|sector| sector.area_km2).sum();
    assert!((sum - whole).abs() < 1e-5 * whole, "{sum} {whole}");
    let alone = sectors(&posts(&lattice[..1]), Within::Region(&region, Edges::Planar)).unwrap();
    assert!((alone[0].area_km2 - whole).abs() < 1e-6 * whole);
    // Around a pole all meet in it.
    let ring: Vec<_> = (0..4).map(|i| position(wrap(45.0 + 90.0 * f64::from(i)), 89.5)).collect();
    let found = sectors(&posts(&ring), Within::DistanceM(80_000.0)).unwrap();
    assert_borders(&ring, &found, |p| {
        (nearest(&ring, p).1 - 80_000.0).abs() < 40.0 || p.lat_deg() > 89.999_99
    });
    for sector in &found {
        let lon = ring[sector.post].lon_deg();
        assert!(contains(&sector.region, position(lon, 89.99)));
        assert!((sector.area_km2 - found[0].area_km2).abs() < 1e-3);
    }
    let error = sectors(&posts(&ring), Within::DistanceM(-1.0)).unwrap_err();
    assert!(error.is_argument(), "{error}");
    assert!(sectors(&[], Within::DistanceM(10.0)).unwrap().is_empty());
}

/// Far apart, where no plane tells which posts are neighbours.
#[test]
fn sectors_of_a_continent() {
    let mut rng = Rng::with_seed(63);
    let at: Vec<_> = (0..15).map(|_| position(10.0 + 20.0 * rng.f64(), 20.0 + 40.0 * rng.f64())).collect();
    let rect: geo_types::Polygon = geo_types::Rect::new((10.0, 20.0), (30.0, 60.0)).into();
    let region = Region::try_from(&rect).unwrap();
    let found = sectors(&posts(&at), Within::Region(&region, Edges::Planar)).unwrap();
    let whole = region.area_km2(Edges::Planar);
    let sum: f64 = found.iter().map(|sector| sector.area_km2).sum();
    assert!((sum - whole).abs() < 1e-6 * whole, "{sum} {whole}");
    let edge = |p: Position| {
        let (x, y) = (p.lon_deg(), p.lat_deg());
        (x - 10.0).min(30.0 - x).min(y - 20.0).min(60.0 - y) < 1e-5
    };
    assert_borders(&at, &found, edge);
    for _ in 0..2_000 {
        let p = position(10.0 + 20.0 * rng.f64(), 20.0 + 40.0 * rng.f64());
        let (post, _, margin) = nearest(&at, p);
        if margin > 1.0 && !edge(p) {
            assert_eq!(owners(&found, p), [post], "{p:?}");
        }
    }
}
