//! Membership: the edge of a corridor, half-widths, order, and the nearest corridors.

use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::linear::LinearElement;
use patrol_corridor::{Edges, FeatureId, PatrolIndex, PatrolRoute};

use super::{at, close, locate, metres, places};
use crate::support::position;

fn named(
    id: impl Into<FeatureId>,
    corridor: Option<&str>,
    north: f64,
    half_width_m: Option<f64>,
) -> PatrolRoute {
    let parts = metres(&[(-1_000.0, north), (1_000.0, north)]);
    let part = parts.iter().map(|&(lon, lat)| position(lon, lat)).collect();
    let mut route = PatrolRoute::from_parts(id, vec![part]).unwrap();
    route.corridor = corridor.map(str::to_owned);
    match half_width_m {
        Some(half_width_m) => route.with_half_width_m(half_width_m).unwrap(),
        None => route,
    }
}

fn area(routes: Vec<PatrolRoute>) -> PatrolIndex {
    PatrolIndex::new(vec![], routes, Edges::Planar).unwrap()
}

fn inside(area: &PatrolIndex, north: f64) -> Vec<&str> {
    let found = locate(area, at(0.0, north), &Default::default());
    assert_eq!(found.in_corridor, Some(!found.corridors().is_empty()));
    found.corridors().iter().map(|&c| area.corridors()[c].name.as_str()).collect()
}

#[test]
fn the_edge_belongs_to_it() {
    let incident = at(0.0, 250.0);
    let line = named("R", None, 0.0, None);
    let distance_m = LinearElement::new(&line, Edges::Planar).unwrap().locate(incident).offset_m;
    for (half_width_m, expected) in
        [(distance_m, true), (distance_m + 1e-6, true), (distance_m - 1e-6, false)]
    {
        let area = area(vec![line.clone().with_half_width_m(half_width_m).unwrap()]);
        assert_eq!(locate(&area, incident, &Default::default()).in_corridor, Some(expected));
    }
}

#[test]
fn a_wide_route_counts_though_a_narrow_one_is_nearer() {
    let area = area(vec![
        named("near", Some("narrow"), 0.0, Some(10.0)),
        named("far", Some("wide"), 5_000.0, Some(8_000.0)),
    ]);
    assert_eq!(inside(&area, 100.0), ["wide"]);
    assert_eq!(inside(&area, 5.0), ["narrow", "wide"]);
    assert!(inside(&area, -5_000.0).is_empty());
    let found = locate(&area, at(0.0, 100.0), &Default::default());
    assert_eq!(found.routes.first().unwrap().route, 0);
}

#[test]
fn they_come_in_the_order_of_their_first_routes_each_once() {
    let area = area(vec![
        named("r0", Some("Z"), 0.0, Some(100.0)),
        named("r1", Some("A"), 10.0, Some(100.0)),
        named("r2", Some("Z"), 20.0, Some(100.0)),
        named(7, None, 30.0, Some(100.0)),
        named("r4", Some("M"), 40.0, None),
        named("r5", Some("A"), 900.0, Some(100.0)),
    ]);
    let names: Vec<_> = area.corridors().iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Z", "A", "7", "M"]);
    assert_eq!(area.corridors()[0].routes, [0, 2]);
    assert_eq!(area.corridors()[1].routes, [1, 5]);
    assert_eq!(inside(&area, 15.0), ["Z", "A", "7"]);
    assert_eq!(inside(&area, 125.0), ["7"]);
    assert_eq!(inside(&area, 900.0), ["A"]);
    assert_eq!(inside(&area, 115.0), ["Z", "7"]);
}

/// A corridor stands at the place of its nearest route; of its routes that are tied the first counts.
#[test]
fn the_nearest_are_sought_each_once_by_their_nearest_routes() {
    let area = area(vec![
        named("z0", Some("Z"), 500.0, None),
        named("a0", Some("A"), 200.0 + 0.5e-3, None),
        named("z1", Some("Z"), -300.0, None),
        named("a1", Some("A"), -200.0, None),
        named("own", None, 4_000.0, None),
    ]);
    let ask = |north: f64, count: usize| {
        let options = LocateOptions::default().with_count(count);
        let found = area.nearest_corridors(at(0.0, north), &options);
        let scan = options.with_search(Search::Scan);
        assert_eq!(found, area.nearest_corridors(at(0.0, north), &scan));
        found
    };
    let found = ask(0.0, 5);
    assert_eq!(places(found.hits(), |hit| hit.corridor), [1, 0, 2]);
    assert_eq!(places(found.hits(), |hit| hit.route), [1, 2, 4]);
    close(found.hits()[0].location.offset_m, 200.0 + 0.5e-3, 2e-6);
    close(found.margin_m().unwrap(), 100.0, 2e-6);
    assert!(found.tied().is_empty());
    // Between a route of the one and a route of the other corridor: the first corridor is named.
    let found = ask(350.0 + 0.2e-3, 1);
    assert_eq!((found.first().unwrap().corridor, found.first().unwrap().route), (0, 0));
    assert_eq!((found.tied(), found.margin_m()), (&[0, 1][..], Some(0.0)));
    for search in [Search::Index, Search::Scan] {
        let within = area.corridors_within(at(0.0, 0.0), 400.0, &search.into()).unwrap();
        assert_eq!(places(&within, |hit| hit.corridor), [1, 0]);
        assert_eq!(places(&within, |hit| hit.route), [1, 2]);
    }
}

#[test]
fn without_a_half_width_nobody_can_say() {
    let bare = area(vec![named("a", Some("A"), 0.0, None), named("b", None, 50.0, None)]);
    let found = locate(&bare, at(0.0, 0.0), &Default::default());
    assert_eq!((found.in_corridor, found.corridors().len()), (None, 0));
    // One that has one is enough for an answer.
    let mixed = area(vec![named("a", Some("A"), 0.0, None), named("b", None, 50.0, Some(20.0))]);
    assert_eq!(locate(&mixed, at(0.0, 0.0), &Default::default()).in_corridor, Some(false));
    assert_eq!(inside(&mixed, 40.0), ["b"]);
}

#[test]
fn routes_without_a_corridor_are_one_each_though_their_ids_be_a_name() {
    let area = area(vec![named("Lachin", None, 0.0, Some(9.0)), named("R1", Some("Lachin"), 0.0, Some(9.0))]);
    assert_eq!(area.corridors().len(), 2);
    assert_eq!((area.corridor_of(0), area.corridor_of(1)), (0, 1));
}
