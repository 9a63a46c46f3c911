//! `patrol nearest`: one position, on the spot.

use serde_json::{Value, json};

use crate::program::{Folder, assert_metres, json, line, point};
use crate::support::{karney, position};

const NEAREST: &str = "nearest --posts posts.geojson --routes routes.geojson";

/// The first incident of the demonstration set, as the other program answers it.
#[test]
fn json_has_the_names_of_an_annotation() {
    let folder = Folder::with_demonstration();
    for (edges, distance, chainage) in [("planar", 1300.0196, 33367.487), ("geodesic", 1299.991, 33367.507)] {
        let text =
            folder.run(&format!("{NEAREST} --edges {edges} --at 46.807759,40.068059 --format json")).ok();
        let found = json(&text);
        assert_eq!((&found["at"], &found["edges"]), (&json!([46.807759, 40.068059]), &json!(edges)));
        let posts = found["nearest_posts"].as_array().unwrap();
        assert_eq!((posts.len(), &posts[0]["post_id"]), (1, &json!("OP-21")));
        assert_metres(&posts[0]["post_distance_m"], 1669.1504);
        assert!((posts[0]["post_bearing_deg"].as_f64().unwrap() - 254.0002).abs() < 2e-6);
        let routes = found["nearest_routes"].as_array().unwrap();
        assert_eq!((routes.len(), &routes[0]["route_id"]), (1, &json!("R4")));
        assert_eq!((&routes[0]["corridor"], &routes[0]["route_side"]), (&json!("Mardakert"), &json!("left")));
        assert_metres(&routes[0]["route_distance_m"], distance);
        assert_metres(&routes[0]["route_chainage_m"], chainage);
        assert!((routes[0]["route_foot_lon"].as_f64().unwrap() - 46.821021).abs() < 1e-6);
        assert!((routes[0]["route_foot_lat"].as_f64().unwrap() - 40.062293).abs() < 1e-6);
    }
    assert_eq!(
        folder.run(&format!("{NEAREST} --at 46.8,40 --format json")).ok(),
        folder.run(&format!("{NEAREST} --at 46.8,40 --format json --edges planar")).ok()
    );
}

/// The arrays are those that `annotate` writes, digit for digit.
#[test]
fn json_is_what_annotate_writes() {
    let posts = [
        point("9007199254740993", r#"{"name":"a"}"#, 0.0, 0.0),
        point("\"1\"", "{}", 0.0, 1.0),
        point("123456789012345678901234567890", "{}", 0.0, 2.0),
        point("-1.50", "{}", 0.0, 3.0),
    ];
    let routes = [line("\"R\"", r#"{"corridor":"C"}"#, "[[0,0],[2,0]]"), line("7", "{}", "[[0,1],[2,1]]")];
    let incidents = [point("null", "{}", 0.0, 0.0), point("null", "{}", 0.5, -0.25)];
    let folder = Folder::with_layers(&posts, &routes, &incidents);
    folder.annotated("-k 4");
    let text = folder.read("out.geojson");
    for (at, feature) in ["0,0", "0.5,-0.25"].into_iter().zip(crate::text::features(&text)) {
        let found = folder.run(&format!("{NEAREST} --at={at} -k 4 --format json")).ok();
        for name in ["nearest_posts", "nearest_routes"] {
            let start = feature.find(&format!("\"{name}\":")).unwrap();
            let array = &feature[start..=start + feature[start..].find("}]").unwrap() + 1];
            assert!(found.contains(array), "{array}\nin {found}");
        }
        let features = folder.run(&format!("{NEAREST} --at={at} -k 4 --format geojson")).ok();
        for id in ["9007199254740993", "\"1\"", "123456789012345678901234567890", "-1.50"] {
            assert!(features.contains(&format!("\"post_id\":{id},")), "{id} in {features}");
        }
    }
}

#[test]
fn the_position_may_be_negative_either_way() {
    let folder = Folder::with_layers(&[point("\"A\"", "{}", -71.0, 42.0)], &[], &[]);
    let mut found = Vec::new();
    for at in ["--at=-71.1,42.3", "--at -71.1,42.3"] {
        let text = folder.run(&format!("nearest --posts posts.geojson {at} --format json")).ok();
        let value = json(&text);
        assert_eq!((&value["at"], value.get("nearest_routes")), (&json!([-71.1, 42.3]), None));
        assert_metres(
            &value["nearest_posts"][0]["post_distance_m"],
            karney(position(-71.1, 42.3), position(-71.0, 42.0)),
        );
        found.push(text);
    }
    assert_eq!(found[0], found[1]);
    folder.run("nearest --posts posts.geojson --at=-180,-90 --format json").ok();
    for wrong in ["46.8", "46.8,", "a,b", "46.8;40", "1,2,3", "181,0", "NaN,0", "inf,0", ""] {
        let run = folder.run(&format!("nearest --posts posts.geojson --at={wrong}"));
        assert_eq!((run.status, &*run.out), (2, ""), "{wrong}: {}", run.err);
    }
    folder
        .run("nearest --posts posts.geojson --at 40.2,140.2")
        .fails(2, &["latitude 140.2 is out of range: are the coordinates in latitude, longitude order?"]);
    folder.run("nearest --posts posts.geojson").fails(2, &["--at"]);
}

#[test]
fn as_many_as_are_asked_for() {
    let folder = Folder::with_demonstration();
    let answer =
        |more: &str| json(&folder.run(&format!("{NEAREST} --at 46.8,39.8 --format json {more}")).ok());
    let all = answer("-k 100");
    let posts = all["nearest_posts"].as_array().unwrap();
    let routes = all["nearest_routes"].as_array().unwrap();
    assert_eq!((posts.len(), routes.len()), (27, 5));
    assert!(posts.iter().map(|post| post["post_distance_m"].as_f64().unwrap()).is_sorted());
    assert!(routes.iter().map(|route| route["route_distance_m"].as_f64().unwrap()).is_sorted());
    assert_eq!(answer("-k 3")["nearest_posts"].as_array().unwrap()[..], posts[..3]);
    assert_eq!(answer("-k 3")["nearest_routes"].as_array().unwrap()[..], routes[..3]);
    assert_eq!(answer("")["nearest_posts"].as_array().unwrap()[..], posts[..1]);
    let run = folder.run(&format!("{NEAREST} --at 46.8,39.8 -k 0"));
    run.fails(2, &["0"]);
}

#[test]
fn the_layer_options_work_here_too() {
    let posts = [point("1", r#"{"code":"p","label":"hill"}"#, 0.0, 0.0)];
    let routes = [line("1", r#"{"code":"r","label":"road"}"#, "[[-1,0.01],[1,0.01]]")];
    let folder = Folder::with_layers(&posts, &routes, &[]);
    let text = folder
        .run(&format!(
            "{NEAREST} --at 0,0 --format json --post-id code --post-name label --route-id code \
             --route-name label --half-width 2000"
        ))
        .ok();
    let found = json(&text);
    let (post, route) = (&found["nearest_posts"][0], &found["nearest_routes"][0]);
    assert_eq!((&post["post_id"], &post["post_name"]), (&json!("p"), &json!("hill")));
    assert_eq!((&route["route_id"], &route["route_name"]), (&json!("r"), &json!("road")));
    assert!(found.get("in_corridor").is_none_or(|inside| inside == true));
    folder.run(&format!("{NEAREST} --at 0,0 --post-id zone")).fails(2, &["posts.geojson", "zone"]);
    folder.run("nearest --at 0,0").fails(2, &["--posts"]);
    folder.run("nearest --posts missing.geojson --at 0,0").fails(3, &["missing.geojson"]);
    folder.run(&format!("{NEAREST} --at 0,0 --format xml")).fails(2, &["xml"]);
    // From standard input as well.
    let input = folder.read("posts.geojson");
    assert_eq!(
        folder.run_with("nearest --posts - --at 0,0 --format json", input).ok(),
        folder.run("nearest --posts posts.geojson --at 0,0 --format json").ok()
    );
}

#[test]
fn geojson_has_the_incident_the_posts_the_feet_and_the_connectors() {
    let folder = Folder::with_demonstration();
    let at = json!([46.807759, 40.068059]);
    let text = folder.run(&format!("{NEAREST} --at 46.807759,40.068059 -k 2 --format geojson")).ok();
    let data = json(&folder.run(&format!("{NEAREST} --at 46.807759,40.068059 -k 2 --format json")).ok());
    let collection = json(&text);
    assert_eq!(collection["type"], "FeatureCollection");
    let layer = json(&folder.read("posts.geojson"));
    let place_of = |id: &Value| -> Value {
        let mut posts = layer["features"].as_array().unwrap().iter();
        posts.find(|post| post["id"] == *id).unwrap()["geometry"]["coordinates"].clone()
    };
    let mut points = vec![at.clone()];
    let mut lines = Vec::new();
    let found: Vec<&Value> = collection["features"].as_array().unwrap().iter().collect();
    let geometries = |kind: &str| -> Vec<&Value> {
        let of = |feature: &&&Value| feature["geometry"]["type"] == kind;
        found.iter().filter(of).map(|feature| &feature["geometry"]["coordinates"]).collect()
    };
    let near =
        |a: &Value, b: &Value| (0..2).all(|i| (a[i].as_f64().unwrap() - b[i].as_f64().unwrap()).abs() < 1e-8);
    for post in data["nearest_posts"].as_array().unwrap() {
        points.push(place_of(&post["post_id"]));
        lines.push(place_of(&post["post_id"]));
    }
    for route in data["nearest_routes"].as_array().unwrap() {
        let foot = json!([route["route_foot_lon"], route["route_foot_lat"]]);
        points.push(foot.clone());
        lines.push(foot);
    }
    // Each is there, and nothing else is.
    assert_eq!((points.len(), lines.len(), found.len()), (5, 4, 9));
    assert_eq!((geometries("Point").len(), geometries("LineString").len()), (5, 4));
    for point in &points {
        assert_eq!(geometries("Point").iter().filter(|found| near(found, point)).count(), 1, "{point}");
    }
    for to in &lines {
        let joins = |line: &&&Value| {
            line.as_array().unwrap().len() == 2
                && ((near(&line[0], &at) && near(&line[1], to))
                    || (near(&line[1], &at) && near(&line[0], to)))
        };
        assert_eq!(geometries("LineString").iter().filter(joins).count(), 1, "{to}");
    }
    // It is GeoJSON without a blemish.
    assert_eq!(folder.run_with("check -", &text).ok(), "");
}

#[test]
fn the_table_tells_it_to_a_reader() {
    let folder = Folder::with_demonstration();
    let table = folder.run(&format!("{NEAREST} --at 46.807759,40.068059")).ok();
    assert_eq!(table, folder.run(&format!("{NEAREST} --at 46.807759,40.068059 --format table")).ok());
    for word in ["OP-21", "R4", "1669.2", "1300.0", "254.0", "left", "Mardakert", "33.367"] {
        assert!(table.contains(word), "{word} in {table}");
    }
    let widest = table.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 120, "{widest}");
}

/// However the position is written, the nearest post is that of the position; a square is its middle, which is said.
#[test]
fn a_position_is_written_as_people_write_it() {
    let folder = Folder::with_demonstration();
    let nearest = |at: &str| {
        let words = ["nearest", "--posts", "posts.geojson", "--format", "json", "--at", at];
        let run = folder.run_words(words, b"");
        let said = run.err.clone();
        (json(&run.ok())["nearest_posts"][0]["post_distance_m"].as_f64().unwrap(), said)
    };
    let (exact_m, _) = nearest("46.807778,40.068056");
    for (at, within_m) in [
        ("40°04'05\"N 46°48'28\"E", 0.1),
        ("E46 48 28, N40 04 05", 0.1),
        ("46.807778E 40.068056N", 0.1),
        // By PROJ: 654162.5 E, 4436876.6 N.
        ("38T PK 54162 36876", 1.0),
        ("38 north 654162 4436876", 1.0),
        ("38T PK 541 368", 100.0),
    ] {
        let (found_m, said) = nearest(at);
        assert!((found_m - exact_m).abs() < within_m, "{at}: {found_m} {exact_m}");
        assert_eq!(said.contains("the middle of a square of"), at.starts_with("38"), "{said}");
    }
    // Degrees and minutes without letters have the latitude first, LON,LAT has not: no guess.
    for at in ["40 04 05, 46 48 28", "38T XX 1", "nowhere"] {
        folder.run_words(["nearest", "--posts", "posts.geojson", "--at", at], b"").fails(2, &[at, "LON,LAT"]);
    }
}
