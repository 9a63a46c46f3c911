//! What is answered about an incident of any geometry, by hand and as another program does.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DEGREE_M, POST_MEMBERS, ROUTE_MEMBERS, incident, meridian_m};
use crate::fixtures::project_path;
use crate::program::{
    ANNOTATE, Folder, assert_metres, collection, demonstration, feature, json, keys, line, multi_point,
    point, properties,
};
use crate::support::{karney, position};

#[test]
fn the_demonstration_set_is_answered_as_another_program_does() {
    let folder = Folder::with_demonstration();
    let expected =
        std::fs::read_to_string(project_path("tests/fixtures/demonstration/expected_incidents.json"))
            .unwrap();
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
    folder.run(&format!("{} --output none.geojsonl", ANNOTATE)).ok();
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
