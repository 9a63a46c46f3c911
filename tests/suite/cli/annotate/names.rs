//! The names that are written: whose they are already, with a prefix, replaced.

use serde_json::{Value, json};

use super::incident;
use crate::program::{ANNOTATE, Folder, collection, feature, json, point, properties};

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
        let run = folder.run(&format!("{} --output - --output-format geojsonl {more}", ANNOTATE));
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
    let out =
        folder.run_words(ANNOTATE.split(' ').chain(["--output", "x.geojson", "--prefix", "a\"\\é "]), b"");
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
    let odd = r#"{"\u0070ost_id":9,"post_distance_m":1,"in_corridor":true,"route_distance_m":2,"a":1, "corridors":["x,}"] ,"route_tied_ids":[],"b":2,"corridor":null}"#;
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
