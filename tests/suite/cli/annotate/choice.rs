//! Which posts, routes and corridors are named: ties, the N nearest, the greatest distance, half-widths.

use serde_json::json;

use super::{DEGREE_M, POST_MEMBERS, ROUTE_MEMBERS, incident, meridian_m};
use crate::program::{Folder, assert_metres, line, point, properties};

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
