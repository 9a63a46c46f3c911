//! Cases whose answers are known.

use super::{UncertainAnswer, locate_uncertain};
use crate::geodesy::direct;
use crate::index::LocateOptions;
use crate::linear::Side;
use crate::region::{AnnularSector, DescribedRegion};
use crate::{CorridorRegion, Edges, ObservationPost, PatrolIndex, PatrolRoute, Position, Region};

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
    let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
    let region = DescribedRegion::Sector(AnnularSector::disc(centre, 1_000.0).unwrap());
    let answer = locate_uncertain(&area, &region, None);
    let expected = {
        let angle = 0.4_f64.acos();
        (angle - 0.4 * angle.sin()) / std::f64::consts::PI
    };
    let shares: Vec<(usize, f64)> = answer.posts.list.iter().map(|post| (post.index, post.share)).collect();
    assert_eq!((shares[0].0, shares[1].0), (1, 0));
    assert!((shares[1].1 - expected).abs() < 0.01, "{shares:?} {expected}");
    assert_eq!(answer.corridor_share, None);
    assert!(answer.routes.list.is_empty());
    assert_eq!(locate_uncertain(&area, &region, None), answer, "the same every time");
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
    let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
    let region = DescribedRegion::Sector(AnnularSector::disc(centre, 1_000.0).unwrap());
    let answer = locate_uncertain(&area, &region, None);
    let mut found: Vec<usize> = answer.posts.list.iter().map(|post| post.index).collect();
    found.sort_unstable();
    let nearest = |azimuth: f64| {
        let at = side(azimuth, 1_000.0);
        area.nearest_posts(at, &LocateOptions::default()).first().unwrap().post
    };
    let mut seen: Vec<usize> = (0..3_600).map(|i| nearest(0.1 * f64::from(i))).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(found, seen);
    assert!(found.contains(&1) && answer.posts.list[0].index == 0);
}

fn at(lon: f64, lat: f64) -> Position {
    Position::wrapped(lon, lat)
}

fn disc(centre: Position, radius_m: f64) -> DescribedRegion {
    DescribedRegion::Sector(AnnularSector::disc(centre, radius_m).unwrap())
}

/// A route through a place from 80 km west to 80 km east of it, with a half width.
fn road(through: Position, half_width_m: f64) -> PatrolRoute {
    let ends = [270.0, 90.0].map(|azimuth| direct(through, azimuth, 80_000.0).position);
    let line = vec![ends[0], through, ends[1]];
    PatrolRoute::from_parts("R", vec![line]).unwrap().with_half_width_m(half_width_m).unwrap()
}

#[test]
fn corridors_take_their_share() {
    let centre = at(46.75, 39.82);
    let area =
        |half_width_m| PatrolIndex::new(vec![], vec![road(centre, half_width_m)], Edges::Geodesic).unwrap();
    // A strip along the middle of a disc.
    for half in [0.1_f64, 0.5, 0.9, 0.999] {
        let expected = std::f64::consts::FRAC_2_PI * (half.asin() + half * (1.0 - half * half).sqrt());
        for radius_m in [1.0, 1_000.0, 20_000.0] {
            let found =
                locate_uncertain(&area(half * radius_m), &disc(centre, radius_m), None).corridor_share;
            assert!((found.unwrap() - expected).abs() < 0.01, "{half} {radius_m}: {found:?} {expected}");
        }
    }
    // Settled by bounds, to the last of it.
    let beside = direct(centre, 0.0, 5_000.0).position;
    assert_eq!(locate_uncertain(&area(6_001.0), &disc(beside, 1_000.0), None).corridor_share, Some(1.0));
    assert_eq!(locate_uncertain(&area(3_999.0), &disc(beside, 1_000.0), None).corridor_share, Some(0.0));
    let plain = PatrolIndex::new(vec![], vec![], Edges::Planar).unwrap();
    assert_eq!(locate_uncertain(&plain, &disc(beside, 1_000.0), None), UncertainAnswer::default());
}

#[test]
fn corridors_that_are_regions_are_met_across_180_degrees_and_the_pole() {
    for centre in [at(179.99, 10.0), at(-179.99, -60.0), at(20.0, 89.99), at(20.0, -89.0), at(46.0, 39.0)] {
        let ring = (0..=6).map(|i| direct(centre, -60.0 * f64::from(i), 30_000.0).position).collect();
        let region = Region::from_polygons(vec![vec![ring]]).unwrap();
        let area = PatrolIndex::new(vec![], vec![], Edges::Geodesic).unwrap();
        let area = area.with_corridor_regions(&[CorridorRegion { name: "C".into(), region }]);
        let share = |azimuth: f64, away_m: f64, radius_m: f64| {
            let report = disc(direct(centre, azimuth, away_m).position, radius_m);
            locate_uncertain(&area, &report, None).corridor_share.unwrap()
        };
        for azimuth in [0.0, 90.0, 180.0, 270.0, 300.0] {
            assert_eq!(share(azimuth, 5_000.0, 10_000.0), 1.0, "{centre:?} {azimuth}");
            assert_eq!(share(azimuth, 200_000.0, 100_000.0), 0.0, "{centre:?} {azimuth}");
            // All of it and nothing else lies within 30 km; its own area is 0.827 of that.
            let whole = share(azimuth, 50_000.0, 100_000.0);
            assert!((whole - 0.827 * 0.09).abs() < 0.01, "{centre:?} {azimuth}: {whole}");
        }
    }
}

/// A corridor cut at 180 degrees, as RFC 7946 has it, is one there too.
#[test]
fn a_corridor_cut_at_180_degrees_holds_what_lies_across() {
    let square = |west: f64, east: f64, north: f64| {
        let ring = [(west, 9.0), (east, 9.0), (east, north), (west, north), (west, 9.0)];
        vec![ring.map(|(lon, lat)| at(lon, lat)).to_vec()]
    };
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = |parts: Vec<Vec<Vec<crate::Position>>>| {
            let region = Region::from_polygons(parts).unwrap();
            let area = PatrolIndex::new(vec![], vec![], edges).unwrap();
            area.with_corridor_regions(&[CorridorRegion { name: "C".into(), region }])
        };
        let answer = |area: &PatrolIndex, lon: f64, radius_m: f64| {
            let answer = locate_uncertain(area, &disc(at(lon, 10.0), radius_m), None);
            (answer.corridors_whole, answer.corridors_touched, answer.corridor_share.unwrap())
        };
        let cut = area(vec![square(179.0, 180.0, 11.0), square(-180.0, -179.0, 11.0)]);
        for lon in [180.0, 179.9, -179.95] {
            assert_eq!(answer(&cut, lon, 20_000.0), (vec![0], vec![0], 1.0), "{edges} {lon}");
        }
        assert_eq!(answer(&cut, 178.0, 20_000.0), (vec![], vec![], 0.0));
        let (held, touched, share) = answer(&cut, 179.0, 20_000.0);
        assert!(held.is_empty() && touched == [0] && (share - 0.5).abs() < 0.02, "{share}");
        // With one half alone, or with halves of other heights, it ends there.
        for parts in
            [vec![square(179.0, 180.0, 11.0)], vec![square(179.0, 180.0, 11.0), square(-180.0, -179.0, 9.5)]]
        {
            let (held, touched, share) = answer(&area(parts), 180.0, 20_000.0);
            assert!(held.is_empty() && touched == [0] && (share - 0.5).abs() < 0.02, "{edges} {share}");
        }
    }
}

/// The sides of a road with a bend, of its inside, its outside and past its ends.
#[test]
fn sides_of_a_bend_and_past_the_ends() {
    let corner = at(46.0, 39.0);
    let (west, north) = (direct(corner, 270.0, 8_000.0).position, direct(corner, 0.0, 8_000.0).position);
    let route = PatrolRoute::from_parts("R", vec![vec![west, corner, north]]).unwrap();
    let area = PatrolIndex::new(vec![], vec![route], Edges::Geodesic).unwrap();
    let side = |azimuth: f64, away_m: f64, radius_m: f64| {
        locate_uncertain(&area, &disc(direct(corner, azimuth, away_m).position, radius_m), None).side
    };
    // To the north-west is the inside, to the left; all around the outside of the bend it is right.
    assert_eq!(side(315.0, 4_000.0, 1_500.0), Some(Side::Left));
    for azimuth in [10.0, 45.0, 90.0, 135.0, 180.0, 225.0, 260.0] {
        assert_eq!(side(azimuth, 4_000.0, 600.0), Some(Side::Right), "{azimuth}");
    }
    assert_eq!(side(270.0, 4_000.0, 600.0), None);
    assert_eq!(side(0.0, 0.0, 600.0), None);
    // Past the end the tangent divides.
    assert_eq!(side(0.0, 12_000.0, 600.0), None);
    assert_eq!(side(8.0, 12_000.0, 600.0), Some(Side::Right));
    assert_eq!(side(352.0, 12_000.0, 600.0), Some(Side::Left));
    assert_eq!(side(90.0, 150_000.0, 20_000.0), Some(Side::Right));
}

#[test]
fn a_position_is_located_as_ever() {
    let mut rng = fastrand::Rng::with_seed(4);
    let mut somewhere = || at(46.0 + rng.f64(), 39.0 + rng.f64());
    let mut posts: Vec<_> = (0..20).map(|i| ObservationPost::new(i as u64, somewhere())).collect();
    // Two in one place: a tie, of which the first counts.
    posts.push(ObservationPost::new(20_u64, posts[7].position));
    let area = PatrolIndex::new(posts, vec![road(somewhere(), 9_000.0)], Edges::Planar).unwrap();
    let mut ties = 0;
    for _ in 0..500 {
        let position = somewhere();
        let located = area.locate(position, &LocateOptions::default());
        let answer =
            locate_uncertain(&area, &DescribedRegion::Sector(AnnularSector::position(position)), None);
        let first = answer.posts.list[0];
        let hit = located.posts.first().unwrap();
        assert_eq!((first.index, first.share), (hit.post, 1.0));
        assert!((first.distances.min_m - hit.distance_m).abs() < 1e-4);
        assert!((first.distances.max_m - hit.distance_m).abs() < 1e-4);
        let mut places: Vec<usize> = answer.posts.list.iter().map(|post| post.index).collect();
        places.sort_unstable();
        let tied =
            if located.posts.tied().is_empty() { vec![hit.post] } else { located.posts.tied().to_vec() };
        assert_eq!(places, tied);
        ties += places.len() - 1;
        let inside = if located.in_corridor == Some(true) { 1.0 } else { 0.0 };
        assert_eq!(answer.corridor_share, Some(inside));
        assert_eq!(answer.routes.list.len(), 1);
    }
    assert!(ties > 5, "{ties}");
}

#[test]
fn posts_within_the_region_are_all_found() {
    // On a grid of 1 km a disc of 5 km: those within it, and those outside whose cell it touches.
    let centre = at(12.0, 55.0);
    let places = (-9..=9).flat_map(|x| (-9..=9).map(move |y| (f64::from(x) * 1e3, f64::from(y) * 1e3)));
    let posts: Vec<_> = places
        .enumerate()
        .map(|(i, (x, y))| {
            let azimuth = x.atan2(y).to_degrees();
            ObservationPost::new(i as u64, direct(centre, azimuth, x.hypot(y)).position)
        })
        .collect();
    let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
    let answer = locate_uncertain(&area, &disc(centre, 4_900.0), None);
    // The distance of the disc's centre to a square of 1 km around each, in the plane.
    let touches =
        |(x, y): (f64, f64)| ((x.abs() - 0.5e3).max(0.0)).hypot((y.abs() - 0.5e3).max(0.0)) < 4_900.0;
    let expected = (-9..=9)
        .flat_map(|x| (-9..=9).map(move |y| (f64::from(x) * 1e3, f64::from(y) * 1e3)))
        .filter(|at| touches(*at))
        .count();
    assert_eq!(answer.posts.list.len(), expected);
}

/// 500 km and more from a post that lies at the very centre: the observer of a ring, the town of a coarse class.
#[test]
fn a_post_in_the_middle_of_a_wide_disc_keeps_its_share() {
    for centre in [at(0.0, 0.0), at(46.75, 39.82), at(180.0, -77.0)] {
        let posts = vec![
            ObservationPost::new("middle", centre),
            ObservationPost::new("far", direct(centre, 90.0, 1_860_000.0).position),
        ];
        let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
        let half = AnnularSector::new(centre, 90.0, 90.0, 800_000.0..=950_000.0);
        for shape in [AnnularSector::disc(centre, 940_000.0), half] {
            let region = DescribedRegion::Sector(shape.unwrap());
            let answer = locate_uncertain(&area, &region, None);
            let [first, second] = answer.posts.list[..] else { panic!("{answer:?}") };
            assert!(first.index == 0 && first.share > 0.95 && second.share < 0.05, "{answer:?}");
        }
    }
}
