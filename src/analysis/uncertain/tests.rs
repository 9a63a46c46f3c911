//! Cases whose answers are known.

use super::locate_uncertain;
use crate::geodesy::direct;
use crate::index::LocateOptions;
use crate::model::{AnnularSector, ReportedRegion};
use crate::{Edges, ObservationPost, PatrolArea, Position};

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
