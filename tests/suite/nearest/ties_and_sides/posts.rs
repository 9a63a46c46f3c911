//! Posts: which of the tied is named, margins, bearings, poles and the 180th meridian.

use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, PatrolIndex, Position, geodesy};

use super::{at, close, locate, places, post};
use crate::support::{karney, position};

fn area(posts: &[Position]) -> PatrolIndex {
    let posts = posts.iter().enumerate().map(|(i, &p)| post(&format!("OP-{i}"), p)).collect();
    PatrolIndex::new(posts, vec![], Edges::Planar).unwrap()
}

#[test]
fn of_two_on_one_spot_the_first_is_named() {
    let spot = position(46.5, 39.5);
    let area = area(&[position(46.9, 39.5), spot, spot]);
    let found = locate(&area, position(46.51, 39.5), &Default::default()).posts;
    assert_eq!(found.first().unwrap().post, 1);
    assert_eq!(found.tied(), [1, 2]);
    assert_eq!(found.margin_m(), Some(0.0));
    assert_eq!(found.hits().len(), 1);
}

/// The nearer one stands later in the layer: the earlier is named, with its own distance.
#[test]
fn half_a_millimetre_apart_is_a_tie_and_two_are_not() {
    for (apart_m, tied) in [(0.5e-3, true), (0.95e-3, true), (1.05e-3, false), (2e-3, false)] {
        let area = area(&[at(1_000.0 + apart_m, 0.0), at(-1_000.0, 0.0), at(5_000.0, 0.0)]);
        let found = locate(&area, at(0.0, 0.0), &Default::default()).posts;
        let first = found.first().unwrap();
        if tied {
            assert_eq!((first.post, found.tied()), (0, &[0, 1][..]));
            close(first.distance_m, 1_000.0 + apart_m, 2e-6);
            assert_eq!(found.margin_m(), Some(0.0));
            close(first.bearing_deg.unwrap(), 270.0, 1e-6);
        } else {
            assert_eq!((first.post, found.tied()), (1, &[][..]));
            close(found.margin_m().unwrap(), apart_m, 4e-6);
        }
    }
}

/// A chain: the second is tied with the first, the third with the second only.
#[test]
fn ties_are_with_the_smallest_distance_not_with_each_other() {
    let area = area(&[at(1_000.0 + 1.6e-3, 0.0), at(-1_000.0 - 0.8e-3, 0.0), at(0.0, 1_000.0)]);
    let found = locate(&area, at(0.0, 0.0), &LocateOptions::default().with_count(3)).posts;
    assert_eq!(places(found.hits(), |hit| hit.post), [1, 2, 0]);
    assert_eq!(found.tied(), [1, 2]);
}

#[test]
fn three_tied_of_whom_two_are_asked_for() {
    let far = position(47.0, 39.5);
    let spot = position(46.5, 39.5);
    let area = area(&[far, spot, spot, spot]);
    for (count, named) in
        [(1, &[1][..]), (2, &[1, 2]), (3, &[1, 2, 3]), (4, &[1, 2, 3, 0]), (9, &[1, 2, 3, 0])]
    {
        let found = locate(&area, position(46.5, 39.6), &LocateOptions::default().with_count(count)).posts;
        assert_eq!(places(found.hits(), |hit| hit.post), named);
        assert_eq!(found.tied(), [1, 2, 3]);
        assert_eq!(found.margin_m(), Some(0.0));
    }
    let nothing_asked_for =
        locate(&area, position(46.5, 39.6), &LocateOptions::default().with_count(0)).posts;
    assert_eq!(places(nothing_asked_for.hits(), |hit| hit.post), [1]);
}

#[test]
fn within_a_distance_are_those_as_far_as_it_nearest_first() {
    let area = area(&[at(0.0, 3_000.0), at(1_000.0, 0.0), at(0.0, -2_000.0), at(1_000.0, 0.0)]);
    let farthest = geodesy::distance_m(at(0.0, 0.0), at(0.0, -2_000.0));
    for search in [Search::Index, Search::Scan] {
        let within = |metres: f64| {
            places(&area.posts_within(at(0.0, 0.0), metres, &search.into()).unwrap(), |hit| hit.post)
        };
        assert_eq!(within(farthest), [1, 3, 2]);
        assert_eq!(within(farthest - 1e-6), [1, 3]);
        assert_eq!(within(1e8), [1, 3, 2, 0]);
        assert!(within(0.0).is_empty());
    }
}

#[test]
fn a_post_alone_has_no_margin() {
    let found = locate(&area(&[at(0.0, 0.0)]), at(10.0, 0.0), &Default::default()).posts;
    assert_eq!((found.margin_m(), found.tied()), (None, &[][..]));
}

#[test]
fn within_a_millimetre_there_is_no_bearing() {
    let area = area(&[at(0.0, 0.0)]);
    for (distance, bearing) in [(0.0, false), (0.9e-3, false), (1.1e-3, true), (1.0, true)] {
        let hit = *locate(&area, at(distance, 0.0), &Default::default()).posts.first().unwrap();
        assert_eq!(hit.bearing_deg.is_some(), bearing, "{hit:?}");
        if let Some(bearing) = hit.bearing_deg {
            close(bearing, 90.0, 1e-3);
        }
    }
}

/// GeographicLib: at the north pole 180 degrees less the difference of longitudes, at the south pole
/// that difference, so that the longitude a pole is written with counts.
#[test]
fn bearings_at_the_poles_are_geographiclibs() {
    let compass = |degrees: f64| degrees.rem_euclid(360.0);
    for lon in [-180.0, -120.0, -45.0, 0.0, 30.0, 90.0, 180.0] {
        for (target_lon, target_lat) in [(20.0, 0.0), (-75.0, 60.0), (120.0, -50.0), (170.0, 10.0)] {
            let target = position(target_lon, target_lat);
            for (lat, expected) in
                [(90.0, compass(180.0 - (target_lon - lon))), (-90.0, compass(target_lon - lon))]
            {
                let pole = position(lon, lat);
                let hit = *locate(&area(&[pole]), target, &Default::default()).posts.first().unwrap();
                close(hit.bearing_deg.unwrap(), expected, 1e-9);
                close(geodesy::inverse(pole, target).azimuth1_deg, expected, 1e-9);
            }
        }
        // Near by the bearing comes from another formula.
        for (lat, near_lat) in [(90.0, 89.99), (-90.0, -89.99)] {
            let (pole, near) = (position(lon, lat), position(20.0, near_lat));
            let hit = *locate(&area(&[pole]), near, &Default::default()).posts.first().unwrap();
            close(hit.bearing_deg.unwrap(), geodesy::inverse(pole, near).azimuth1_deg, 5e-8);
        }
    }
}

#[test]
fn a_pole_is_one_place_whatever_its_longitude() {
    for lat in [90.0, -90.0] {
        let found = locate(
            &area(&[position(10.0, lat), position(-170.0, lat)]),
            position(77.0, lat),
            &Default::default(),
        )
        .posts;
        assert_eq!((found.first().unwrap().post, found.tied()), (0, &[0, 1][..]));
        close(found.first().unwrap().distance_m, 0.0, 1e-8);
        assert_eq!(found.first().unwrap().bearing_deg, None);
    }
}

#[test]
fn minus_180_and_180_are_one_meridian() {
    let area = area(&[position(180.0, -17.0), position(-180.0, -17.0)]);
    for lon in [180.0, -180.0] {
        let found = locate(&area, position(lon, -17.0), &Default::default()).posts;
        close(found.first().unwrap().distance_m, 0.0, 1e-8);
        assert_eq!((found.first().unwrap().post, found.tied()), (0, &[0, 1][..]));
    }
    let found = locate(&area, position(-179.9, -17.0), &Default::default()).posts;
    close(found.first().unwrap().distance_m, karney(position(180.0, -17.0), position(-179.9, -17.0)), 2e-6);
    close(found.first().unwrap().bearing_deg.unwrap(), 90.0, 0.1);
}

#[test]
fn what_is_farther_than_the_greatest_distance_is_not_named() {
    let area = area(&[at(1_000.0, 0.0), at(0.0, 3_000.0), at(0.0, -3_000.5)]);
    let ask = |metres: f64| {
        let options = LocateOptions::default().with_count(3).with_max_distance_m(metres);
        locate(&area, at(0.0, 0.0), &options).posts
    };
    assert!(ask(999.0).hits().is_empty());
    assert_eq!((ask(999.0).first(), ask(999.0).margin_m()), (None, None));
    assert_eq!(places(ask(1_001.0).hits(), |hit| hit.post), [0]);
    // The margin is a fact about the layer, not about what is named.
    close(ask(1_001.0).margin_m().unwrap(), 2_000.0, 1e-3);
    assert_eq!(places(ask(3_000.2).hits(), |hit| hit.post), [0, 1]);
    assert_eq!(places(ask(4_000.0).hits(), |hit| hit.post), [0, 1, 2]);
}
