use patrol_corridor::index::{Located, PostHit, RouteHit};
use patrol_corridor::{Edges, PatrolIndex, Position};
use serde_json::Value;

use crate::fixtures::{area, features, id, json, positions};
use crate::support::{karney, position};

const BOTH: [Edges; 2] = [Edges::Planar, Edges::Geodesic];

/// The nearest hit of all positions of a report, and its margin.
fn nearest<T: Copy>(
    located: &[Located],
    hit: impl Fn(&Located) -> (Option<&T>, Option<f64>),
    distance_m: impl Fn(&T) -> f64,
) -> (T, f64) {
    let hits = located.iter().map(|l| (*hit(l).0.unwrap(), hit(l).1.unwrap()));
    hits.min_by(|a, b| distance_m(&a.0).total_cmp(&distance_m(&b.0))).unwrap()
}

/// Distances, margins and feet to 0.2 mm, chainages to 2 mm, bearings to 1e-6 degrees; the rest to the letter.
fn meets(area: &PatrolIndex, places: &[Position], of_posts: &Value, of_routes: &Value, context: &str) {
    let located: Vec<Located> = places.iter().map(|&p| area.locate(p, &Default::default())).collect();
    let close = |found: f64, expected: &Value, tolerance: f64, name: &str| {
        let error = (found - expected.as_f64().unwrap()).abs();
        assert!(error <= tolerance, "{context}: {name} {found} expected {expected}, off by {error:e}");
    };

    let (post, margin_m): (PostHit, f64) =
        nearest(&located, |l| (l.posts.first(), l.posts.margin_m()), |h| h.distance_m);
    assert_eq!(serde_json::to_value(&area.posts()[post.post].id).unwrap(), of_posts["post_id"], "{context}");
    close(post.distance_m, &of_posts["post_distance_m"], 2e-4, "post_distance_m");
    close(post.bearing_deg.unwrap(), &of_posts["post_bearing_deg"], 1e-6, "post_bearing_deg");
    close(margin_m, &of_posts["post_margin_m"], 2e-4, "post_margin_m");

    let (RouteHit { route, location, .. }, margin_m): (RouteHit, f64) =
        nearest(&located, |l| (l.routes.first(), l.routes.margin_m()), |h| h.location.offset_m);
    assert_eq!(serde_json::to_value(&area.routes()[route].id).unwrap(), of_routes["route_id"], "{context}");
    assert_eq!(area.routes()[route].corridor.as_deref(), of_routes["corridor"].as_str(), "{context}");
    close(location.offset_m, &of_routes["route_distance_m"], 2e-4, "route_distance_m");
    close(location.chainage_m, &of_routes["route_chainage_m"], 2e-3, "route_chainage_m");
    close(margin_m, &of_routes["route_margin_m"], 2e-4, "route_margin_m");
    assert_eq!(location.side.as_str(), of_routes["route_side"], "{context}");
    let number = |name: &str| of_routes[name].as_f64().unwrap();
    let foot = position(number("route_foot_lon"), number("route_foot_lat"));
    let error = karney(location.foot, foot);
    assert!(error <= 2e-4, "{context}: foot {:?} expected {foot:?}, off by {error:e}", location.foot);

    let inside = located.iter().any(|l| l.in_corridor.unwrap());
    assert_eq!(Value::from(inside), of_routes["in_corridor"], "{context}");
    let mut corridors: Vec<usize> = located.iter().flat_map(|l| l.corridors().iter().copied()).collect();
    corridors.sort_unstable();
    corridors.dedup();
    let names: Vec<&str> = corridors.iter().map(|&c| area.corridors()[c].name.as_str()).collect();
    assert_eq!(Value::from(names), of_routes["corridors"], "{context}");
}

#[test]
fn the_demonstration_gives_what_brute_force_found() {
    let folder = "data/karabakh-2020";
    let incidents = features(&format!("{folder}/incidents.geojson"));
    let expected = json("tests/fixtures/demonstration/expected_incidents.json");
    let answers = expected["answers"].as_array().unwrap();
    assert_eq!((incidents.len(), answers.len()), (3, 3));
    for edges in BOTH {
        let area = area(folder, edges);
        assert_eq!((area.posts().len(), area.routes().len()), (27, 5));
        for (incident, answer) in incidents.iter().zip(answers) {
            assert_eq!(id(incident).as_str(), answer["incident"]);
            let places = positions(&incident["geometry"]["coordinates"]);
            meets(&area, &places, answer, &answer[edges.as_str()], &format!("{} {edges}", id(incident)));
        }
    }
}

/// The layer says how long its routes are, as chains of geodesics.
#[test]
fn the_demonstrations_routes_are_as_long_as_they_say() {
    let area = area("data/karabakh-2020", Edges::Geodesic);
    for (i, route) in features("data/karabakh-2020/routes.geojson").iter().enumerate() {
        let said = route["properties"]["length_m"].as_f64().unwrap();
        assert!((area.route_length_m(i) - said).abs() < 1e-3, "{}: {said}", id(route));
    }
}

#[test]
fn what_crosses_the_antimeridian_gives_what_brute_force_found() {
    let folder = "data/antimeridian";
    let incidents = features(&format!("{folder}/incidents.geojson"));
    let expected = json("tests/fixtures/antimeridian/expected.json");
    let answers = expected["answers"].as_array().unwrap();
    assert_eq!((incidents.len(), answers.len()), (6, 6));
    for edges in BOTH {
        let area = area(folder, edges);
        for (incident, answer) in incidents.iter().zip(answers) {
            assert_eq!(id(incident).as_str(), answer["incident"]);
            if answer["located"] == false {
                assert!(incident["geometry"].is_null() || incident["geometry"]["type"] == "MultiPolygon");
                continue;
            }
            let (places, answer) = (positions(&incident["geometry"]["coordinates"]), &answer[edges.as_str()]);
            meets(&area, &places, answer, answer, &format!("{} {edges}", id(incident)));
        }
    }
}
