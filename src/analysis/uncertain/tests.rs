//! Candidate sets against dense samples: posts, routes, and every shape, all over the globe.

use super::locate_uncertain;
use crate::geodesy::{direct, distance_m};
use crate::index::LocateOptions;
use crate::model::reported::even_point;
use crate::model::{AnnularSector, GeodesicEllipse, GridSquare, ReportedRegion, RouteStretch};
use crate::{Edges, ObservationPost, PatrolArea, PatrolRoute, Position};

/// Posts and routes within some distance of a place that may be a pole or on 180 degrees.
fn random_area(rng: &mut fastrand::Rng, centre: Position, spread_m: f64) -> PatrolArea {
    let mut somewhere = || direct(centre, 360.0 * rng.f64(), spread_m * rng.f64().sqrt()).position;
    let posts = (0..12).map(|i| ObservationPost::new(format!("P{i}").as_str(), somewhere())).collect();
    let routes = (0..4).map(|i| {
        let line = (0..4).map(|_| somewhere()).collect();
        PatrolRoute::from_parts(format!("R{i}").as_str(), vec![line]).unwrap()
    });
    let routes = routes.collect();
    PatrolArea::new(posts, routes, Edges::Geodesic).unwrap()
}

fn random_centre(rng: &mut fastrand::Rng) -> Position {
    let lat = match rng.u32(0..4) {
        0 => 90.0 - 0.1 * rng.f64(),
        1 => 0.2 * rng.f64() - 90.0,
        _ => 170.0 * rng.f64() - 85.0,
    };
    let lon = if rng.bool() { 180.0 - 0.1 * rng.f64() } else { 360.0 * rng.f64() - 180.0 };
    Position::wrapped(lon, lat)
}

fn random_region(rng: &mut fastrand::Rng, centre: Position, spread_m: f64) -> ReportedRegion {
    let apex = direct(centre, 360.0 * rng.f64(), spread_m * rng.f64()).position;
    let azimuth_deg = 360.0 * rng.f64();
    let reach_m = spread_m * 10.0_f64.powf(-2.0 * rng.f64());
    let shape = match rng.u32(0..7) {
        0 => AnnularSector::disc(apex, reach_m),
        1 => AnnularSector::new(apex, azimuth_deg, 11.25, 0.3 * reach_m..=reach_m),
        2 => AnnularSector::new(apex, azimuth_deg, 0.0, 0.0..=reach_m),
        3 => AnnularSector::new(apex, azimuth_deg, 180.0, 0.5 * reach_m..=reach_m),
        4 => {
            // The pairs of digits whose square is nearest in size.
            let pairs = (5.0 - reach_m.log10()).round().clamp(0.0, 5.0) as u8;
            return ReportedRegion::Square(GridSquare::around(apex, pairs).unwrap());
        }
        5 => {
            let semi_axes_m = [reach_m, reach_m * 10.0_f64.powf(-1.5 * rng.f64())];
            let ellipse = GeodesicEllipse::new(apex, semi_axes_m, azimuth_deg);
            return ReportedRegion::Ellipse(ellipse.unwrap());
        }
        _ => {
            let line = vec![apex, direct(apex, azimuth_deg, reach_m).position];
            return ReportedRegion::Stretch(RouteStretch::new(vec![line], Edges::Geodesic).unwrap());
        }
    };
    ReportedRegion::Sector(shape.unwrap())
}

#[test]
fn no_sample_finds_one_outside_the_set() {
    let mut rng = fastrand::Rng::with_seed(71);
    let options = LocateOptions::default();
    let (mut sets, mut minimal) = (0, 0);
    for round in 0..180 {
        let spread_m = [5_000.0, 40_000.0, 300_000.0][round % 3];
        let centre = random_centre(&mut rng);
        let area = random_area(&mut rng, centre, spread_m);
        let region = random_region(&mut rng, centre, spread_m);
        let answer = locate_uncertain(&area, &region);
        let mut seen = [vec![0_u32; 12], vec![0_u32; 4]];
        const POINTS: u32 = 3_000;
        let inside = (0..POINTS).map(|i| region.even(even_point(i, POINTS)));
        let edge = region.boundary().concat();
        for at in inside.chain(edge) {
            let located = area.locate(at, &options);
            let (post, route) = (located.posts.first().unwrap(), located.routes.first().unwrap());
            seen[0][post.post] += 1;
            seen[1][route.route] += 1;
            let post = answer.posts.list.iter().find(|candidate| candidate.place == post.post);
            let post = post.unwrap_or_else(|| panic!("{region:?} {at:?}: {:?}", located.posts));
            let route = answer.routes.list.iter().find(|candidate| candidate.place == route.route);
            let route = route.unwrap_or_else(|| panic!("{region:?} {at:?}: {:?}", located.routes));
            let to_post_m = distance_m(area.posts()[post.place].position, at);
            let to_route_m = located.routes.first().unwrap().location.offset_m;
            for (bounds, d) in [(post.distances, to_post_m), (route.distances, to_route_m)] {
                assert!(bounds.min_m <= d + 1e-4 && d <= bounds.max_m + 1e-4, "{region:?} {bounds:?} {d}");
            }
        }
        for (candidates, seen) in [(&answer.posts, &seen[0]), (&answer.routes, &seen[1])] {
            let total: f64 = candidates.list.iter().map(|candidate| candidate.share).sum();
            assert!((total - 1.0).abs() < 1e-9, "{candidates:?}");
            sets += 1;
            minimal += u32::from(candidates.list.iter().all(|candidate| seen[candidate.place] > 0));
            assert_eq!(candidates.is_certain(), candidates.list.len() == 1);
        }
    }
    // Those that are the nearest in a corner that no sample hits count as not minimal here.
    assert!(f64::from(minimal) >= 0.95 * f64::from(sets), "{minimal} of {sets}");
}

#[test]
fn shares_are_those_of_the_area() {
    // The border of two posts cuts a disc at 0.4 of its radius.
    let at = |lon: f64, lat: f64| Position::wrapped(lon, lat);
    let centre = at(46.75, 39.82);
    let side = |azimuth: f64, d: f64| direct(centre, azimuth, d).position;
    let posts = vec![
        ObservationPost::new("E", side(90.0, 30_400.0)),
        ObservationPost::new("W", side(270.0, 29_600.0)),
    ];
    let area = PatrolArea::new(posts, vec![], Edges::Planar).unwrap();
    let region = ReportedRegion::Sector(AnnularSector::disc(centre, 1_000.0).unwrap());
    let answer = locate_uncertain(&area, &region);
    let expected = {
        let angle = 0.4_f64.acos();
        (angle - 0.4 * angle.sin()) / std::f64::consts::PI
    };
    let shares: Vec<(usize, f64)> = answer.posts.list.iter().map(|post| (post.place, post.share)).collect();
    assert_eq!((shares[0].0, shares[1].0), (1, 0));
    assert!((shares[1].1 - expected).abs() < 0.01, "{shares:?} {expected}");
    assert_eq!(answer.corridor_share, None);
    assert!(answer.routes.list.is_empty());
    assert_eq!(locate_uncertain(&area, &region), answer, "the same every time");
}

#[test]
fn a_post_that_wins_only_a_corner_is_found() {
    // 0.5 m of a disc of 1 km reach over the border: no sample of a thousand falls there.
    let centre = Position::wrapped(46.75, 39.82);
    let side = |azimuth: f64, d: f64| direct(centre, azimuth, d).position;
    let posts = vec![
        ObservationPost::new("W", side(270.0, 1_000.0)),
        ObservationPost::new("E", side(90.0, 2_999.0)),
        ObservationPost::new("N", side(0.0, 3_001.0)),
    ];
    let area = PatrolArea::new(posts, vec![], Edges::Planar).unwrap();
    let region = ReportedRegion::Sector(AnnularSector::disc(centre, 1_000.0).unwrap());
    let answer = locate_uncertain(&area, &region);
    let mut found: Vec<usize> = answer.posts.list.iter().map(|post| post.place).collect();
    found.sort_unstable();
    let nearest = |azimuth: f64| {
        let at = side(azimuth, 1_000.0);
        area.nearest_posts(at, &LocateOptions::default()).first().unwrap().post
    };
    let mut seen: Vec<usize> = (0..3_600).map(|i| nearest(0.1 * f64::from(i))).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(found, seen);
    assert!(found.contains(&1) && answer.posts.list[0].place == 0);
}
