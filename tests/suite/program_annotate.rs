//! `patrol annotate`: what is written into the incidents, by the annotation contract.

use std::collections::BTreeMap;

use patrol_corridor::index::LocateOptions;
use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::{Edges, PatrolArea};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::program::{
    Folder, assert_metres, collection, demonstration, feature, json, keys, line, multi_point, point,
    properties, root,
};
use crate::support::{karney, position};
use crate::text::{features, without};

const POST_MEMBERS: [&str; 5] =
    ["post_bearing_deg", "post_distance_m", "post_id", "post_margin_m", "post_name"];
const ROUTE_MEMBERS: [&str; 11] = [
    "corridor",
    "corridors",
    "in_corridor",
    "route_chainage_m",
    "route_distance_m",
    "route_foot_lat",
    "route_foot_lon",
    "route_id",
    "route_margin_m",
    "route_name",
    "route_side",
];
/// A degree of longitude on the equator.
const DEGREE_M: f64 = 6_378_137.0 * std::f64::consts::PI / 180.0;

/// The distance to the equator along a meridian.
fn meridian_m(lat: f64) -> f64 {
    karney(position(0.0, 0.0), position(0.0, lat))
}

fn incident(lon: f64, lat: f64) -> String {
    point("null", "{}", lon, lat)
}

#[test]
fn the_demonstration_set_is_answered_as_another_program_does() {
    let folder = Folder::with_demonstration();
    let expected =
        std::fs::read_to_string(root("tests/fixtures/demonstration/expected_incidents.json")).unwrap();
    let expected = json(&expected);
    let names = |layer: &str| -> BTreeMap<String, Value> {
        let of = |feature: &Value| {
            (feature["id"].as_str().unwrap().to_owned(), feature["properties"]["name"].clone())
        };
        let layer = json(&std::fs::read_to_string(demonstration(layer)).unwrap());
        layer["features"].as_array().unwrap().iter().map(of).collect()
    };
    let (post_names, route_names) = (names("posts.geojson"), names("routes.geojson"));
    for edges in ["planar", "geodesic"] {
        let found = folder.annotated(&format!("--edges {edges}"));
        if edges == "planar" {
            assert_eq!(found, folder.annotated(""), "planar is the default");
        }
        assert_eq!(found.len(), 3);
        for (found, expected) in found.iter().zip(expected["answers"].as_array().unwrap()) {
            assert_eq!(found["id"], expected["incident"]);
            assert_eq!(found["post_name"], post_names[expected["post_id"].as_str().unwrap()]);
            let route = &expected[edges];
            assert_eq!(found["route_name"], route_names[route["route_id"].as_str().unwrap()]);
            let post_members = ["post_id", "post_distance_m", "post_bearing_deg", "post_margin_m"];
            let of_post = post_members.map(|name| (name, &expected[name]));
            let of_route = route.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value));
            for (name, expected) in of_post.into_iter().chain(of_route.filter(|(name, _)| *name != "edge")) {
                let tolerance = match name {
                    "post_bearing_deg" => 2e-6,
                    "route_foot_lon" | "route_foot_lat" => 1e-8,
                    _ => 1e-3,
                };
                match (found[name].as_f64(), expected.as_f64()) {
                    (Some(found), Some(expected)) => {
                        assert!((found - expected).abs() < tolerance, "{edges} {name}: {found} {expected}")
                    }
                    _ => assert_eq!(&found[name], expected, "{edges} {name}"),
                }
            }
            let own = |name: &&str| !POST_MEMBERS.contains(name) && !ROUTE_MEMBERS.contains(name);
            let own: Vec<_> = keys(found).into_iter().filter(own).collect();
            assert_eq!(
                own,
                [
                    "description",
                    "id",
                    "illustrative",
                    "killed",
                    "reported_corridor",
                    "status",
                    "time",
                    "type",
                    "wounded"
                ]
            );
        }
    }
}

#[test]
fn members_of_a_layer_that_is_not_there_are_absent() {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&[incident(46.807759, 40.068059)]));
    let both = folder.annotated("").remove(0);
    assert_eq!(keys(&both).len(), POST_MEMBERS.len() + ROUTE_MEMBERS.len());
    for (layer, members) in [("posts", &POST_MEMBERS[..]), ("routes", &ROUTE_MEMBERS[..])] {
        folder
            .run(&format!(
                "annotate --{layer} {layer}.geojson --incidents incidents.geojson --output {layer}.out.geojson"
            ))
            .ok();
        let text = folder.read(&format!("{layer}.out.geojson"));
        let found = properties(&text).remove(0);
        assert_eq!(keys(&found), members);
        assert!(members.iter().all(|name| found[name] == both[name]), "{found}");
        assert_eq!(
            keys(&json(&text)["patrol_corridor"]),
            ["edges", "ellipsoid", "incidents", layer, "version"]
        );
    }
    let before = folder.names();
    let neither = folder.run("annotate --incidents incidents.geojson --output neither.geojson");
    neither.fails(2, &["--posts"]);
    assert_eq!(folder.names(), before);
}

#[test]
fn empty_layers_are_layers() {
    let here = [point("\"A\"", "{}", 1.0, 2.0)];
    let there = [line("\"R\"", "{}", "[[1,2],[2,2]]")];
    let folder = Folder::with_layers(&[], &there, &[incident(1.0, 2.0)]);
    let found = folder.annotated("");
    assert_eq!((&found[0]["route_id"], found.len()), (&json!("R"), 1));
    let folder = Folder::with_layers(&here, &[], &[incident(1.0, 2.0)]);
    let found = folder.annotated("");
    assert_eq!((&found[0]["post_id"], found.len()), (&json!("A"), 1));
    let folder = Folder::with_layers(&here, &there, &[]);
    assert_eq!(folder.annotated(""), [json!(null); 0]);
    folder.run(&format!("{} --output none.geojsonl", crate::program::ANNOTATE)).ok();
    assert_eq!(folder.read("none.geojsonl"), "");
}

#[test]
fn an_incident_that_is_not_a_point_comes_out_with_a_warning_and_no_more() {
    let ring = "[[[1,1],[2,1],[2,2],[1,1]]]";
    let geometries = [
        "null".to_owned(),
        format!(r#"{{"type":"Polygon","coordinates":{ring}}}"#),
        format!(r#"{{"type":"MultiPolygon","coordinates":[{ring}]}}"#),
        r#"{"type":"LineString","coordinates":[[1,1],[2,2]]}"#.to_owned(),
        r#"{"type":"MultiLineString","coordinates":[[[1,1],[2,2]]]}"#.to_owned(),
        r#"{"type":"GeometryCollection","geometries":[]}"#.to_owned(),
        r#"{"type":"MultiPoint","coordinates":[]}"#.to_owned(),
    ];
    let mut incidents: Vec<String> = geometries.iter().map(|geometry| feature("1", "{}", geometry)).collect();
    incidents.push(r#"{"type":"Feature","properties":{}}"#.to_owned());
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&incidents));
    let found = folder.annotated("-k 2");
    assert_eq!(found.len(), incidents.len());
    for (found, incident) in found.iter().zip(&incidents) {
        assert_eq!(keys(found), ["location_warning"], "{incident}");
        assert!(!found["location_warning"].as_str().unwrap().is_empty());
    }
    assert_eq!(keys(&folder.annotated("--prefix near_")[0]), ["near_location_warning"]);
    // They are checked all the same.
    for wrong in [ring.replace("[2,2]", "[2,92]"), ring.replace(",[1,1]]]", "]]")] {
        let polygon = feature("1", "{}", &format!(r#"{{"type":"Polygon","coordinates":{wrong}}}"#));
        folder.write("incidents.geojson", collection(&[polygon]));
        folder.annotate("--force").fails(2, &["incidents.geojson", "coordinates"]);
    }
}

#[test]
fn a_multi_point_is_located_by_its_nearest_position() {
    let posts = [point("\"A\"", "{}", 0.0, 0.0), point("\"B\"", "{}", 10.0, 0.0)];
    let routes = [
        line("\"Q\"", r#"{"corridor":"North","half_width_m":5000}"#, "[[-1,1.04],[1,1.04]]"),
        line("\"R\"", "{}", "[[20,0],[21,0]]"),
    ];
    let positions = "[[0,1],[10,0.5,1234.5],[20.5,0.03]]";
    let folder = Folder::with_layers(&posts, &routes, &[multi_point("1", "{}", positions)]);
    let found = folder.annotated("").remove(0);
    assert_eq!(found["post_id"], "B");
    assert_metres(&found["post_distance_m"], meridian_m(0.5));
    assert_eq!(found["post_bearing_deg"], 0);
    assert_metres(&found["post_margin_m"], karney(position(0.0, 0.0), position(10.0, 0.5)) - meridian_m(0.5));
    assert_eq!((&found["route_id"], &found["corridor"]), (&json!("R"), &json!(null)));
    assert_metres(&found["route_distance_m"], meridian_m(0.03));
    assert_metres(&found["route_chainage_m"], 0.5 * DEGREE_M);
    assert_eq!((&found["in_corridor"], &found["corridors"]), (&json!(true), &json!(["North"])));
    // Whatever their order.
    let reversed = multi_point("1", "{}", "[[20.5,0.03],[10,0.5,1234.5],[0,1]]");
    folder.write("incidents.geojson", collection(&[reversed]));
    assert_eq!(folder.annotated("").remove(0), found);
    // Not one of the others is in a corridor.
    let folder = Folder::with_layers(&posts, &routes, &[multi_point("1", "{}", "[[10,0.5],[20.5,0.03]]")]);
    let found = folder.annotated("").remove(0);
    assert_eq!((&found["in_corridor"], found.get("corridors")), (&json!(false), None));
    assert_eq!(found["post_id"], "B");
}

#[test]
fn sides_feet_and_chainages_of_a_route_on_the_equator() {
    let parts = r#"{"type":"MultiLineString","coordinates":[[[0,0],[2,0]],[[5,0],[6,0]]]}"#;
    let routes = [feature("\"R\"", "{}", parts)];
    let incidents = [
        incident(0.5, 0.01),
        incident(0.5, -0.01),
        incident(1.5, 0.0),
        incident(5.5, 0.02),
        incident(7.0, 0.0),
    ];
    let folder = Folder::with_layers(&[point("\"A\"", "{}", 0.5, -0.01)], &routes, &incidents);
    for edges in ["planar", "geodesic"] {
        let found = folder.annotated(&format!("--edges {edges}"));
        let expected = [
            ("left", 0.5, 0.5, meridian_m(0.01)),
            ("right", 0.5, 0.5, meridian_m(0.01)),
            ("on", 1.5, 1.5, 0.0),
            // The gap between the parts does not count.
            ("left", 5.5, 2.5, meridian_m(0.02)),
            ("on", 6.0, 3.0, DEGREE_M),
        ];
        for (found, (side, foot, chainage, distance)) in found.iter().zip(expected) {
            assert_eq!(found["route_side"], side, "{found}");
            assert!((found["route_foot_lon"].as_f64().unwrap() - foot).abs() < 1e-8, "{found}");
            assert!(found["route_foot_lat"].as_f64().unwrap().abs() < 1e-8, "{found}");
            assert_metres(&found["route_chainage_m"], chainage * DEGREE_M);
            assert_metres(&found["route_distance_m"], distance);
            assert_eq!(found["route_margin_m"], json!(null));
            assert_eq!(found["post_margin_m"], json!(null));
            assert_eq!(found["in_corridor"], json!(null));
            assert_eq!(found.get("corridors").or(found.get("route_name")).or(found.get("post_name")), None);
        }
        assert_eq!(found[1]["post_bearing_deg"], json!(null), "within 1 mm of the post");
        assert_eq!(found[1]["post_distance_m"], 0);
        assert_eq!(found[0]["post_bearing_deg"], 0);
        // East of a post on the equator is 90.
        assert!((found[4]["post_bearing_deg"].as_f64().unwrap() - 90.0).abs() < 0.2);
    }
}

/// An east-west edge of 100 km at 40 N: the two readings are 164 m apart in its middle.
#[test]
fn edges_are_read_as_the_option_says() {
    let lon = 100_000.0 / karney(position(0.0, 40.0), position(1e-3, 40.0)) * 1e-3;
    let route = line("\"R\"", r#"{"half_width_m":1000}"#, &format!("[[0,40],[{lon},40]]"));
    let folder = Folder::with_layers(&[], &[route], &[incident(lon / 2.0, 40.01)]);
    let (planar, geodesic) =
        (folder.annotated("--edges planar").remove(0), folder.annotated("--edges geodesic").remove(0));
    let straight = karney(position(0.0, 40.0), position(0.0, 40.01));
    assert_metres(&planar["route_distance_m"], straight);
    let apart = straight - geodesic["route_distance_m"].as_f64().unwrap();
    assert!((apart - 164.0).abs() < 1.0, "{apart}");
    assert_eq!((&planar["in_corridor"], &geodesic["in_corridor"]), (&json!(false), &json!(true)));
    let half = karney(position(0.0, 40.0), position(lon, 40.0)) / 2.0;
    assert_metres(&geodesic["route_chainage_m"], half);
    for edges in ["planar", "geodesic"] {
        folder.annotated(&format!("--edges {edges}"));
        assert_eq!(json(&folder.read("out.geojson"))["patrol_corridor"]["edges"], edges);
    }
}

#[test]
fn of_those_within_a_millimetre_the_first_in_its_layer_is_named() {
    // 6e-9 degrees are 0.7 mm.
    let near = point("\"near\"", "{}", 0.01, 0.0);
    let far = point("\"far\"", "{}", -0.010_000_006, 0.0);
    let third = point("3", "{}", 0.0, 1.0);
    let north = line("\"north\"", r#"{"half_width_m":9000}"#, "[[-1,0.02],[1,0.02]]");
    let south = line("\"south\"", r#"{"half_width_m":9000}"#, "[[-1,-0.020000006],[1,-0.020000006]]");
    for reverse in [false, true] {
        let mut posts = vec![third.clone(), far.clone(), near.clone()];
        let mut routes = vec![south.clone(), north.clone()];
        if reverse {
            posts.reverse();
            routes.reverse();
        }
        let folder = Folder::with_layers(&posts, &routes, &[incident(0.0, 0.0)]);
        let found = folder.annotated("-k 5").remove(0);
        let (first, second) = if reverse { ("near", "far") } else { ("far", "near") };
        let own = if reverse { 0.01 } else { 0.010_000_006 };
        assert_eq!(found["post_id"], first);
        // With its own distance, which is written to 0.1 mm.
        assert!((found["post_distance_m"].as_f64().unwrap() - own * DEGREE_M).abs() < 1e-4, "{found}");
        assert_eq!(found["post_tied_ids"], json!([first, second]));
        assert_eq!(found["post_margin_m"], 0);
        let ids: Vec<_> = found["nearest_posts"].as_array().unwrap().iter().map(|p| &p["post_id"]).collect();
        assert_eq!(ids, [&json!(first), &json!(second), &json!(3)]);
        let (first, second) = if reverse { ("north", "south") } else { ("south", "north") };
        assert_eq!(found["route_id"], first);
        assert_eq!(found["route_tied_ids"], json!([first, second]));
        assert_eq!(found["route_margin_m"], 0);
        assert_eq!(found["nearest_routes"][1]["route_id"], second);
        // Corridors in the order of their routes.
        assert_eq!(found["corridors"], json!([first, second]));
    }
    // 2.2 mm are no tie.
    let far = point("\"far\"", "{}", -0.010_000_02, 0.0);
    let folder =
        Folder::with_layers(&[far, near], &[south.replace("006", "03"), north], &[incident(0.0, 0.0)]);
    let found = folder.annotated("").remove(0);
    assert_eq!((&found["post_id"], &found["route_id"]), (&json!("near"), &json!("north")));
    assert_eq!(found.get("post_tied_ids").or(found.get("route_tied_ids")), None);
    assert!((found["post_margin_m"].as_f64().unwrap() - 0.0022).abs() < 2e-4, "{found}");
}

/// Of several nearest points of one route the one of lowest chainage counts.
#[test]
fn on_one_route_the_lowest_chainage_counts() {
    let route = line("\"R\"", "{}", "[[0,0.01],[1,0.01],[1,-0.01],[0,-0.01]]");
    let folder = Folder::with_layers(&[], &[route], &[incident(0.5, 0.0)]);
    let found = folder.annotated("--edges planar").remove(0);
    assert!((found["route_foot_lat"].as_f64().unwrap() - 0.01).abs() < 1e-8);
    assert!(found["route_chainage_m"].as_f64().unwrap() < DEGREE_M);
    assert_eq!((&found["route_side"], found.get("route_tied_ids")), (&json!("right"), None));
}

#[test]
fn the_n_nearest_stand_in_arrays_beside_the_flat_members() {
    let folder = Folder::with_demonstration();
    let one = folder.annotated("");
    let many = folder.annotated("-k 40");
    for (one, many) in one.iter().zip(&many) {
        assert_eq!(one.get("nearest_posts").or(one.get("nearest_routes")), None);
        for (name, value) in one.as_object().unwrap() {
            assert_eq!(&many[name], value);
        }
        assert_eq!(many.as_object().unwrap().len(), one.as_object().unwrap().len() + 2);
        for (array, distance, members, layer) in [
            ("nearest_posts", "post_distance_m", &POST_MEMBERS[..], 27),
            ("nearest_routes", "route_distance_m", &ROUTE_MEMBERS[..], 5),
        ] {
            let array = many[array].as_array().unwrap();
            assert_eq!(array.len(), layer);
            let distances: Vec<f64> = array.iter().map(|item| item[distance].as_f64().unwrap()).collect();
            assert!(distances.is_sorted());
            for (name, value) in array[0].as_object().unwrap() {
                assert!(members.contains(&name.as_str()), "{name}");
                assert_eq!(value, &one[name], "the first is the nearest");
            }
        }
        let second = |of: &str, distance: &str| many[of][1][distance].as_f64().unwrap();
        let margin = second("nearest_posts", "post_distance_m") - one["post_distance_m"].as_f64().unwrap();
        assert!((margin - one["post_margin_m"].as_f64().unwrap()).abs() < 2e-4);
        for name in ["post_id", "post_name", "post_distance_m", "post_bearing_deg"] {
            assert!(many["nearest_posts"][26].get(name).is_some(), "{name}");
        }
        for name in &ROUTE_MEMBERS {
            let flat = ["in_corridor", "corridors", "route_margin_m"].contains(name);
            assert!(flat || many["nearest_routes"][4].get(name).is_some(), "{name}");
        }
    }
    let two = folder.annotated("-k 2");
    assert_eq!(
        two[0]["nearest_posts"].as_array().unwrap()[..],
        many[0]["nearest_posts"].as_array().unwrap()[..2]
    );
}

#[test]
fn what_is_farther_than_the_greatest_distance_is_not_named() {
    let posts = [point("\"A\"", r#"{"name":"a"}"#, 0.0, 0.0), point("\"B\"", "{}", 0.0, 0.02)];
    let routes =
        [line("\"R\"", r#"{"name":"r","corridor":"C","half_width_m":5000}"#, "[[-1,0.06],[1,0.06]]")];
    let folder = Folder::with_layers(&posts, &routes, &[incident(0.0, 0.025), incident(0.0, 0.055)]);
    let run = folder.annotate("--max-distance 1000 -k 3");
    let told = run.err.clone();
    run.ok();
    let found = properties(&folder.read("out.geojson"));
    assert_eq!(found[0]["post_id"], "B");
    let ids: Vec<_> = found[0]["nearest_posts"].as_array().unwrap().iter().map(|p| &p["post_id"]).collect();
    assert_eq!(ids, ["B"]);
    for name in ROUTE_MEMBERS {
        match name {
            "in_corridor" => assert_eq!(found[0][name], true),
            "corridors" => assert_eq!(found[0][name], json!(["C"])),
            _ => assert_eq!(found[0].get(name), Some(&json!(null)), "{name}"),
        }
    }
    assert_eq!(found[0]["nearest_routes"], json!([]));
    assert_eq!((&found[1]["route_id"], &found[1]["corridor"]), (&json!("R"), &json!("C")));
    for name in POST_MEMBERS {
        assert_eq!(found[1].get(name), Some(&json!(null)), "{name}");
    }
    assert_eq!(found[1]["nearest_posts"], json!([]));
    // The summary counts them: one of each.
    let line = told.lines().find(|line| line.contains("1000")).unwrap_or_else(|| panic!("{told}"));
    let counts: Vec<&str> =
        line.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).collect();
    assert_eq!(counts, ["1000", "1", "1"], "{line}");
    // The margin is to the second-nearest, however far that is.
    assert_metres(&found[0]["post_margin_m"], meridian_m(0.025) - meridian_m(0.005));
}

#[test]
fn the_half_width_is_for_routes_without_one() {
    let with = |width: &str| {
        [
            line("\"A\"", &format!(r#"{{"half_width_m":{width}}}"#), "[[-1,0.1],[1,0.1]]"),
            line("7", "{}", "[[-1,0],[1,0]]"),
            line("\"C\"", r#"{"corridor":"South"}"#, "[[-1,-0.005],[1,-0.005]]"),
        ]
    };
    // 2.2 km from 7, 2.8 km from C; 2.2 km from A.
    let incidents = [incident(0.0, 0.02), incident(0.0, 0.12)];
    let folder = Folder::with_layers(&[], &with("1000"), &incidents);
    let found = folder.annotated("");
    assert!(found.iter().all(|found| found["in_corridor"] == false && found.get("corridors").is_none()));
    let found = folder.annotated("--half-width 3000");
    // A route without a corridor counts under its id, as text.
    assert_eq!((&found[0]["in_corridor"], &found[0]["corridors"]), (&json!(true), &json!(["7", "South"])));
    assert_eq!((&found[1]["in_corridor"], found[1].get("corridors")), (&json!(false), None));
    assert_eq!(folder.annotated("--half-width 2500")[0]["corridors"], json!(["7"]));
    let folder = Folder::with_layers(&[], &with("null"), &incidents);
    assert!(
        folder
            .annotated("")
            .iter()
            .all(|found| found["in_corridor"].is_null() && found.get("corridors").is_none())
    );
    assert_eq!(folder.annotated("--half-width 3000")[1]["corridors"], json!(["A"]));
    // To the millimetre.
    for (more, inside) in [(0.001, true), (-0.001, false)] {
        let width = meridian_m(0.02) + more;
        let found = folder.annotated(&format!("--edges geodesic --half-width {width}")).remove(0);
        assert_eq!(found["in_corridor"], inside);
    }
    for wrong in ["0", "-5", "wide", "NaN", "inf"] {
        folder.annotate(&format!("--force --half-width={wrong}")).fails(2, &["half-width"]);
    }
}

/// A name on several features is several routes; corridors are the same by their `corridor`.
#[test]
fn corridors_are_routes_with_the_same_corridor() {
    let route = |id: &str, corridor: &str, lat: f64| {
        line(
            id,
            &format!(r#"{{"name":"M-12","corridor":{corridor},"half_width_m":5000}}"#),
            &format!("[[-1,{lat}],[1,{lat}]]"),
        )
    };
    let routes = [
        route("1", "\"West\"", 0.03),
        route("2", "\"East\"", 0.02),
        route("3", "\"West\"", -0.02),
        route("4", "null", 0.01),
    ];
    let folder = Folder::with_layers(&[], &routes, &[incident(0.0, 0.0)]);
    let found = folder.annotated("-k 4").remove(0);
    assert_eq!(found["corridors"], json!(["West", "East", "4"]));
    assert_eq!((&found["route_id"], &found["corridor"]), (&json!(4), &json!(null)));
    assert!(found["nearest_routes"].as_array().unwrap().iter().all(|route| route["route_name"] == "M-12"));
    assert_eq!(found["nearest_routes"].as_array().unwrap().len(), 4);
}

/// Numbers stay numbers, in their digits; texts stay texts.
#[test]
fn ids_come_out_as_their_layer_has_them() {
    let ids =
        ["1", "\"1\"", "9007199254740993", "123456789012345678901234567890", "-1.50", "\"é\\u00e9\\\"\""];
    let posts: Vec<String> =
        ids.iter().enumerate().map(|(i, id)| point(id, "{}", 0.0, 0.01 * i as f64)).collect();
    let routes: Vec<String> = ids
        .iter()
        .enumerate()
        .map(|(i, id)| line(id, "{}", &format!("[[-1,{0}],[1,{0}]]", 0.01 * i as f64)))
        .collect();
    let folder = Folder::with_layers(&posts, &routes, &[incident(0.0, -0.1)]);
    folder.annotated("-k 9");
    let text = folder.read("out.geojson");
    for what in ["post", "route"] {
        for id in &ids[..5] {
            let member = format!("\"{what}_id\":{id},");
            let flat = usize::from(*id == "1");
            assert_eq!(text.matches(&member).count(), 1 + flat, "{member} in {text}");
        }
        assert!(text.contains(&format!("\"{what}_id\":\"éé\\\"\",")), "{text}");
    }
    let found = properties(&text).remove(0);
    assert_eq!((&found["post_id"], &found["nearest_posts"][1]["post_id"]), (&json!(1), &json!("1")));
    // Tied ids, too.
    let twins = [point("9007199254740993", "{}", 0.0, 0.0), point("\"9\"", "{}", 0.0, 0.0)];
    let folder = Folder::with_layers(&twins, &[], &[incident(0.0, -0.1)]);
    folder.annotated("");
    assert!(folder.read("out.geojson").contains("\"post_tied_ids\":[9007199254740993,\"9\"]"));
    // Twice the same is an error, of which the second is named.
    for id in ["5", "\"x\""] {
        let again = [point(id, "{}", 0.0, 0.0), point("\"5\"", "{}", 0.0, 2.0), point(id, "{}", 0.0, 1.0)];
        let folder = Folder::with_layers(&again, &[], &[incident(0.0, -0.1)]);
        folder.annotate("").fails(2, &["posts.geojson", "feature 3", id.trim_matches('"')]);
    }
    // Incidents may have it twice.
    let folder = Folder::with_layers(&twins, &[], &[point("1", "{}", 0.0, 0.0), point("1", "{}", 0.0, 1.0)]);
    assert_eq!(folder.annotated("").len(), 2);
}

#[test]
fn ids_and_names_are_read_where_the_options_say() {
    let posts = [
        point("null", r#"{"id":null,"code":"p1","label":"one","name":"n1"}"#, 0.0, 0.0),
        point("null", r#"{"id":22,"code":7,"name":"n2"}"#, 0.0, 1.0),
        multi_point("\"M\"", r#"{"code":"p3","label":"three"}"#, "[[0,2],[0,3,9]]"),
    ];
    let routes = [
        line("null", r#"{"code":"r1","label":"road","name":"n"}"#, "[[-1,0.01],[1,0.01]]"),
        line("null", r#"{"code":"r2","label":"lane"}"#, "[[-1,3.01],[1,3.01]]"),
    ];
    let at = [incident(0.0, 0.0), incident(0.0, 1.0), incident(0.0, 2.0), incident(0.0, 3.0)];
    let folder = Folder::with_layers(&posts, &routes, &at);
    let ids = |found: &[Value], name: &str| -> Vec<Value> {
        found.iter().map(|found| found.get(name).cloned().unwrap_or(json!("absent"))).collect()
    };
    let found = folder.annotated("");
    assert_eq!(ids(&found, "post_id"), [json!("#1"), json!(22), json!("M/1"), json!("M/2")]);
    assert_eq!(ids(&found, "post_name"), ["n1", "n2", "absent", "absent"]);
    assert_eq!((&ids(&found, "route_id")[0], &ids(&found, "route_id")[3]), (&json!("#1"), &json!("#2")));
    assert_eq!(
        (&ids(&found, "route_name")[0], &ids(&found, "route_name")[3]),
        (&json!("n"), &json!("absent"))
    );
    let found = folder.annotated("--post-id code --post-name label --route-id code --route-name label");
    assert_eq!(ids(&found, "post_id"), [json!("p1"), json!(7), json!("p3/1"), json!("p3/2")]);
    assert_eq!(ids(&found, "post_name"), ["one", "absent", "three", "three"]);
    assert_eq!((&ids(&found, "route_id")[0], &ids(&found, "route_id")[3]), (&json!("r1"), &json!("r2")));
    assert_eq!(
        (&ids(&found, "route_name")[0], &ids(&found, "route_name")[3]),
        (&json!("road"), &json!("lane"))
    );
    // Then it must be there.
    folder.annotate("--force --post-id label").fails(2, &["posts.geojson", "feature 2", "label"]);
    folder.annotate("--force --route-id zone").fails(2, &["routes.geojson", "feature 1", "zone"]);
}

fn numbers_of<'a>(properties: &BTreeMap<String, &'a RawValue>, found: &mut Vec<(String, &'a str)>) {
    for (name, value) in properties {
        let text = value.get();
        if text.starts_with("[{") {
            let objects: Vec<BTreeMap<String, &'a RawValue>> = serde_json::from_str(text).unwrap();
            objects.iter().for_each(|object| numbers_of(object, found));
        } else if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            found.push((name.clone(), text));
        }
    }
}

/// 200 incidents around the field and far from it.
fn scattered(count: usize) -> Vec<String> {
    let mut rng = fastrand::Rng::with_seed(20201110);
    let mut incidents: Vec<String> =
        (0..count - 4).map(|_| incident(46.3 + 0.9 * rng.f64(), 39.4 + 0.9 * rng.f64())).collect();
    incidents.extend(
        [(0.0, 90.0), (180.0, -90.0), (-133.25, -39.8), (46.546782, 39.586975)]
            .map(|(lon, lat)| incident(lon, lat)),
    );
    incidents
}

#[test]
fn numbers_are_rounded_and_trailing_zeros_cut() {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&scattered(200)));
    folder.annotated("-k 3");
    let text = folder.read("out.geojson");
    let mut checked = BTreeMap::<usize, usize>::new();
    for feature in features(&text) {
        #[derive(serde::Deserialize)]
        struct Feature<'a> {
            #[serde(borrow)]
            properties: BTreeMap<String, &'a RawValue>,
        }
        let feature: Feature<'_> = serde_json::from_str(feature).unwrap();
        let mut numbers = Vec::new();
        numbers_of(&feature.properties, &mut numbers);
        for (name, number) in numbers {
            let most = match &*name {
                "post_bearing_deg" => 6,
                "route_foot_lon" | "route_foot_lat" => 9,
                name if name.ends_with("_m") => 4,
                _ => panic!("{name}"),
            };
            let (whole, decimals) = number.split_once('.').map_or((number, None), |(a, b)| (a, Some(b)));
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            assert!(digits(whole.trim_start_matches('-')), "{name}: {number}");
            if let Some(decimals) = decimals {
                assert!(
                    digits(decimals) && decimals.len() <= most && !decimals.ends_with('0'),
                    "{name}: {number}"
                );
            }
            assert!(number != "-0", "{name}: {number}");
            if name == "post_bearing_deg" {
                assert!((0.0..360.0).contains(&number.parse::<f64>().unwrap()), "{name}: {number}");
            }
            *checked.entry(most).or_default() += usize::from(decimals.is_some_and(|d| d.len() == most));
        }
    }
    // Most have all the digits that they may have.
    assert!(checked.values().all(|&count| count > 300) && checked.len() == 3, "{checked:?}");
}

/// Rounding is all that lies between the program and the library.
#[test]
fn the_program_answers_as_the_library_does() {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&scattered(100)));
    let source = |name: &str| Source::open(demonstration(name)).unwrap();
    let options = LayerOptions::default();
    let posts = read_posts::<NoProperties>(&source("posts.geojson"), &options).unwrap();
    let routes = read_routes::<NoProperties>(&source("routes.geojson"), &options).unwrap();
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = PatrolArea::new(posts.items.clone(), routes.items.clone(), edges).unwrap();
        let text = {
            folder.annotated(&format!("--edges {edges}"));
            folder.read("out.geojson")
        };
        for feature in json(&text)["features"].as_array().unwrap() {
            let at = &feature["geometry"]["coordinates"];
            let at = position(at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
            let located = area.locate(at, &LocateOptions::default());
            let (post, route) = (located.posts.first().unwrap(), located.routes.first().unwrap());
            let found = &feature["properties"];
            let close = |name: &str, value: Option<f64>, unit: f64| match (found[name].as_f64(), value) {
                (Some(written), Some(value)) => {
                    assert!(
                        (written - value).abs() <= unit * 0.500_001 + value.abs() * 1e-15,
                        "{name}: {written} {value}"
                    );
                }
                (None, None) => assert!(found[name].is_null()),
                other => panic!("{name}: {other:?}"),
            };
            close("post_distance_m", Some(post.distance_m), 1e-4);
            close("post_bearing_deg", post.bearing_deg, 1e-6);
            close("post_margin_m", located.posts.margin_m(), 1e-4);
            close("route_distance_m", Some(route.location.offset_m), 1e-4);
            close("route_chainage_m", Some(route.location.chainage_m), 1e-4);
            close("route_foot_lon", Some(route.location.foot.lon_deg()), 1e-9);
            close("route_foot_lat", Some(route.location.foot.lat_deg()), 1e-9);
            close("route_margin_m", located.routes.margin_m(), 1e-4);
            assert_eq!(found["post_id"], area.posts()[post.post].id.as_str());
            assert_eq!(found["route_id"], area.routes()[route.route].id.as_str());
        }
    }
}

const SHA256_OF_POSTS: &str = "012ffe429ca822516840fa76881c9dd43a6b95ca3e1a5b7c7dd4978b8e55c937";
const SHA256_OF_ROUTES: &str = "81aaebd2a9569eb1599c8e11b9b67018242572da7942b776a2575befef6e850e";

/// `shown` is a folder of the path, which the base name has not.
#[test]
fn a_collection_ends_with_where_the_answers_come_from() {
    let folder = Folder::with_demonstration();
    std::fs::create_dir(folder.path("shown")).unwrap();
    for name in ["posts", "routes", "incidents"] {
        std::fs::rename(
            folder.path(&format!("{name}.geojson")),
            folder.path(&format!("shown/{name}.geojson")),
        )
        .unwrap();
    }
    folder
        .run(
            "annotate --posts shown/posts.geojson --routes shown/routes.geojson --edges geodesic \
             --incidents shown/incidents.geojson --output out.geojson",
        )
        .ok();
    let text = folder.read("out.geojson");
    let at = text.find("\"patrol_corridor\"").unwrap();
    // From there on nothing but this one member is in the collection.
    let last = json(&format!("{{{}", &text[at..]));
    assert_eq!(keys(&last), ["patrol_corridor"]);
    let mut origin = last["patrol_corridor"].clone();
    assert!(origin["ellipsoid"].as_str().unwrap().starts_with("WGS"));
    origin["ellipsoid"] = json!(null);
    assert_eq!(
        origin,
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "ellipsoid": null,
            "edges": "geodesic",
            "posts": {"file": "posts.geojson", "features": 27, "sha256": SHA256_OF_POSTS},
            "routes": {"file": "routes.geojson", "features": 5, "sha256": SHA256_OF_ROUTES},
            "incidents": {"file": "incidents.geojson", "features": 3},
        })
    );
    // The hash is of the bytes as read: packed, where they are.
    let packed = crate::program::gzip(&std::fs::read_to_string(demonstration("posts.geojson")).unwrap());
    folder.write("posts.geojson.gz", &packed);
    folder
        .run("annotate --posts posts.geojson.gz --incidents shown/incidents.geojson --output packed.geojson")
        .ok();
    use sha2::Digest;
    let sha256: String = sha2::Sha256::digest(&packed).iter().map(|byte| format!("{byte:02x}")).collect();
    let origin = json(&folder.read("packed.geojson"))["patrol_corridor"]["posts"].clone();
    assert_eq!(origin, json!({"file": "posts.geojson.gz", "features": 27, "sha256": sha256}));
}

#[test]
fn a_sequence_says_where_its_answers_come_from_only_when_asked() {
    let folder = Folder::with_demonstration();
    let write = |more: &str| {
        folder.run(&format!("{} --force --output out.geojsonl {more}", crate::program::ANNOTATE)).ok();
        folder.read("out.geojsonl")
    };
    let without_it = write("");
    assert!(!without_it.contains("patrol_corridor"));
    let with_it = write("--provenance");
    assert_eq!(with_it.lines().count(), 3);
    for line in with_it.lines() {
        let origin = &json(line)["patrol_corridor"];
        assert_eq!(
            (&origin["posts"]["sha256"], &origin["edges"]),
            (&json!(SHA256_OF_POSTS), &json!("planar"))
        );
        assert_eq!(origin["incidents"]["file"], "incidents.geojson");
        let at = line.find("\"patrol_corridor\"").unwrap();
        assert_eq!(keys(&json(&format!("{{{}", &line[at..]))), ["patrol_corridor"], "it is the last");
    }
    assert_eq!(without(&with_it, |key| key == "patrol_corridor"), without_it);
    // A collection has it once, asked or not.
    for more in ["", "--provenance"] {
        folder.annotated(more);
        assert_eq!(folder.read("out.geojson").matches("\"patrol_corridor\"").count(), 1);
    }
}

#[test]
fn a_property_with_a_name_that_would_be_written_is_an_error_that_names_it() {
    let fine = incident(46.5, 39.6);
    for (key, more) in [
        ("post_id", ""),
        (r"\u0070ost_id", ""),
        (r"post\u005Fdistance_m", ""),
        ("corridor", ""),
        ("in_corridor", ""),
        ("post_tied_ids", ""),
        ("route_tied_ids", ""),
        ("location_warning", ""),
        ("nearest_posts", "-k 2"),
        ("nearest_routes", "-k 2"),
        ("near_route_side", "--prefix near_"),
        (r"near\u005froute_side", "--prefix near_"),
    ] {
        let bad = point("\"X\"", &format!(r#"{{"a":1,"{key}":null}}"#), 46.5, 39.6);
        let folder = Folder::with_demonstration();
        folder.write("incidents.geojson", collection(&[fine.clone(), bad.clone()]));
        let before = folder.names();
        let name = key.replace(r"\u0070", "p").replace(r"\u005F", "_").replace(r"\u005f", "_");
        folder.annotate(more).fails(2, &["incidents.geojson", "feature 2", &format!("`{name}`")]);
        assert_eq!(folder.names(), before, "a file does not appear");
        // A stream stops at that feature.
        folder.write("incidents.geojson", collection(&[fine.clone(), fine.clone(), bad, fine.clone()]));
        let run =
            folder.run(&format!("{} --output - --output-format geojsonl {more}", crate::program::ANNOTATE));
        assert_eq!((run.status, run.out.lines().count()), (2, 2), "{}", run.err);
        assert!(run.err.contains("feature 3") && run.err.contains(&name), "{}", run.err);
    }
}

#[test]
fn a_name_that_this_run_does_not_write_is_in_nobodys_way() {
    let folder = Folder::with_demonstration();
    for (own, more) in [
        (r#"{"nearest_posts":1,"Post_id":2,"post_ids":3,"near_post_id":4,"patrol_corridor":5}"#, ""),
        (
            r#"{"post_id":1,"route_id":2,"corridor":3,"location_warning":4,"nearest_posts":5}"#,
            "--prefix near_ -k 3",
        ),
        // Inside another object it is nobody's.
        (r#"{"x":{"post_id":1},"y":"post_id"}"#, ""),
    ] {
        folder.write("incidents.geojson", collection(&[point("1", own, 46.5, 39.6)]));
        let found = folder.annotated(more).remove(0);
        for (name, value) in json(own).as_object().unwrap() {
            assert_eq!(&found[name], value, "{name}");
        }
    }
    // Of a layer that is not there nothing is written.
    let own = r#"{"route_id":1,"corridor":2,"in_corridor":3,"corridors":4,"nearest_routes":5}"#;
    folder.write("incidents.geojson", collection(&[point("1", own, 46.5, 39.6)]));
    let posts_only = "annotate --posts posts.geojson --incidents incidents.geojson -k 2";
    folder.run(&format!("{posts_only} --output posts-only.geojson")).ok();
    assert_eq!(properties(&folder.read("posts-only.geojson"))[0]["corridor"], 2);
}

#[test]
fn a_prefix_stands_before_every_new_name() {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&[incident(46.6, 39.7), feature("1", "{}", "null")]));
    let plain = folder.annotated("-k 2");
    let prefixed = folder.annotated("-k 2 --prefix near_");
    fn renamed(value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                members.iter().map(|(name, value)| (format!("near_{name}"), renamed(value))).collect()
            }
            Value::Array(items) => items.iter().map(renamed).collect(),
            other => other.clone(),
        }
    }
    assert_eq!(prefixed, plain.iter().map(renamed).collect::<Vec<_>>());
    assert!(prefixed[0]["near_nearest_posts"][1]["near_post_id"].is_string());
    // Whatever stands in it.
    let out = folder.run_words(
        crate::program::ANNOTATE.split(' ').chain(["--output", "x.geojson", "--prefix", "a\"\\é "]),
        b"",
    );
    out.ok();
    assert!(properties(&folder.read("x.geojson"))[0].get("a\"\\é post_id").is_some());
}

#[test]
fn replace_takes_earlier_annotations_out_first() {
    let folder = Folder::with_demonstration();
    let own = r#"{ "a" : [1.50 , {"post_id":"mine"}],"b":"post_id"}"#;
    let incidents = [
        point("1", own, 46.6, 39.7),
        point("2", "{}", 46.9, 39.9),
        feature("3", r#"{"c":"\u00e9" }"#, "null"),
        feature("4", "null", "null"),
    ];
    folder.write("incidents.geojson", collection(&incidents));
    for prefix in ["", "--prefix near_"] {
        folder.annotated(prefix);
        let fresh = folder.read("out.geojson");
        for earlier in ["", "-k 3", "--edges geodesic --max-distance 10", "--half-width 10"] {
            folder.write("incidents.geojson", collection(&incidents));
            folder.annotated(&format!("{prefix} {earlier}"));
            std::fs::rename(folder.path("out.geojson"), folder.path("incidents.geojson")).unwrap();
            folder.annotate(prefix).fails(2, &["incidents.geojson"]);
            folder.annotated(&format!("{prefix} --replace"));
            assert_eq!(folder.read("out.geojson"), fresh, "{prefix} {earlier}");
        }
        folder.write("incidents.geojson", collection(&incidents));
    }
    // Where it stands first or in the middle, or is written with escapes, it goes as well.
    let odd = r#"{"\u0070ost_id":9,"a":1, "corridors":["x,}"] ,"route_tied_ids":[],"b":2,"corridor":null}"#;
    folder.write("incidents.geojson", collection(&[point("1", odd, 46.6, 39.7)]));
    folder.annotated("--replace");
    let text = folder.read("out.geojson");
    assert_eq!((text.matches("ost_id\"").count(), text.matches("\"corridor\":").count()), (1, 1), "{text}");
    let found = properties(&text).remove(0);
    assert_eq!((&found["a"], &found["b"], &found["post_id"]), (&json!(1), &json!(2), &json!("OP-04")));
    assert_eq!(found.get("route_tied_ids"), None);
    // An earlier warning goes where the incident has got a place.
    let placed = point("1", r#"{"location_warning":"not located"}"#, 46.6, 39.7);
    folder.write("incidents.geojson", collection(&[placed]));
    let found = folder.annotated("--replace").remove(0);
    assert_eq!((found.get("location_warning"), &found["post_id"]), (None, &json!("OP-04")));
}

#[test]
fn threads_do_not_change_a_byte() {
    let folder = Folder::with_demonstration();
    let mut incidents = scattered(12_345);
    for at in [0, 17, 4_096, 9_999, 12_344] {
        incidents[at] = incidents[at].replace("Point", "Pint");
    }
    incidents[5_000] = feature("null", "{\"id\":5000}", "null");
    folder.write("incidents.geojson", collection(&incidents));
    let mut first: Option<(String, String, String)> = None;
    for threads in ["1", "2", "3", "8"] {
        let run = folder
            .annotate(&format!("--force --skip-invalid --rejects rejects.jsonl -k 2 --threads {threads}"));
        assert_eq!(run.status, 1, "{}", run.err);
        let this = (folder.read("out.geojson"), folder.read("rejects.jsonl"), run.err);
        assert_eq!(features(&this.0).len(), 12_340);
        assert_eq!(this.1.lines().count(), 5);
        assert!(this == *first.get_or_insert_with(|| this.clone()), "{threads} threads");
    }
    folder.annotate("--force --threads many").fails(2, &["threads"]);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let folder = Folder::with_demonstration();
    let before = folder.names();
    for wrong in [
        "-k 0",
        "-k=-1",
        "-k x",
        "--max-distance=-1",
        "--max-distance far",
        "--edges round",
        "--edges",
        "--unknown",
        "--skip-invalid",
        "--rejects rejects.jsonl",
        "--output-format shp",
        "--input-format shp",
        "--lon-field x",
        "stray",
    ] {
        let run = folder.annotate(wrong);
        assert_eq!((run.status, &*run.out), (2, ""), "{wrong}: {}", run.err);
        assert!(!run.err.is_empty());
    }
    assert_eq!(folder.names(), before);
    assert_eq!(folder.run("annotate --posts posts.geojson --output out.geojson").status, 2);
    assert_eq!(folder.run("annotate --posts posts.geojson --incidents incidents.geojson").status, 2);
    assert_eq!(folder.run("").status, 2);
    assert_eq!(folder.run("fly").status, 2);
}
