//! Routes: which of the tied is named, and what is too far to be named.

use patrol_corridor::index::LocateOptions;
use patrol_corridor::{Edges, PatrolIndex, PatrolRoute};

use super::{BOTH, LonLat, at, close, locate, lon_lat, places};
use crate::fixtures::route;

fn straight(id: &str, from: LonLat, to: LonLat) -> PatrolRoute {
    route(id, &[vec![from, to]])
}

#[test]
fn of_routes_that_share_the_nearest_vertex_the_first_is_named() {
    let shared = lon_lat(0.0, 0.0);
    for edges in BOTH {
        let area = PatrolIndex::new(
            vec![],
            vec![
                straight("far", lon_lat(0.0, -9_000.0), lon_lat(9_000.0, -9_000.0)),
                straight("in", lon_lat(-3_000.0, -500.0), shared),
                straight("out", shared, lon_lat(3_000.0, -700.0)),
            ],
            edges,
        )
        .unwrap();
        let found = locate(&area, at(0.0, 400.0), &LocateOptions::default().with_count(2)).routes;
        assert_eq!(places(found.hits(), |hit| hit.route), [1, 2]);
        assert_eq!((found.tied(), found.margin_m()), (&[1, 2][..], Some(0.0)));
        close(found.hits()[0].location.chainage_m, area.route_length_m(1), 1e-6);
        assert_eq!(found.hits()[1].location.chainage_m, 0.0);
    }
}

#[test]
fn half_a_millimetre_apart_is_a_tie() {
    for (apart_m, tied) in [(0.5e-3, &[0, 1][..]), (1.5e-3, &[])] {
        for edges in BOTH {
            let area = PatrolIndex::new(
                vec![],
                vec![
                    straight("north", lon_lat(-500.0, 100.0 + apart_m), lon_lat(500.0, 100.0 + apart_m)),
                    straight("south", lon_lat(-500.0, -100.0), lon_lat(500.0, -100.0)),
                ],
                edges,
            )
            .unwrap();
            let found = locate(&area, at(0.0, 0.0), &Default::default()).routes;
            assert_eq!(found.tied(), tied);
            let first = found.first().unwrap();
            assert_eq!(first.route, usize::from(tied.is_empty()));
            close(first.location.offset_m, 100.0 + if tied.is_empty() { 0.0 } else { apart_m }, 2e-6);
        }
    }
}

#[test]
fn three_tied_of_which_two_are_asked_for() {
    let twin = |id| straight(id, lon_lat(0.0, 0.0), lon_lat(100.0, 0.0));
    let area = PatrolIndex::new(vec![], vec![twin("a"), twin("b"), twin("c")], Edges::Planar).unwrap();
    let found = locate(&area, at(50.0, 9.0), &LocateOptions::default().with_count(2)).routes;
    assert_eq!(places(found.hits(), |hit| hit.route), [0, 1]);
    assert_eq!(found.tied(), [0, 1, 2]);
}

#[test]
fn what_is_farther_than_the_greatest_distance_is_not_named_and_membership_stays() {
    let route = straight("R", lon_lat(-500.0, 0.0), lon_lat(500.0, 0.0)).with_half_width_m(300.0).unwrap();
    let area = PatrolIndex::new(vec![], vec![route], Edges::Planar).unwrap();
    let options = LocateOptions::default().with_max_distance_m(100.0);
    let found = locate(&area, at(0.0, 200.0), &options);
    assert_eq!((found.routes.first(), found.routes.margin_m()), (None, None));
    assert_eq!((found.in_corridor, found.corridors()), (Some(true), &[0][..]));
    assert!(locate(&area, at(0.0, 99.0), &options).routes.first().is_some());
}
