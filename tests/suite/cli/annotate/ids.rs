//! Ids and names of posts and routes: where they are read, and as what they come out.

use serde_json::{Value, json};

use super::incident;
use crate::program::{Folder, line, multi_point, point, properties};

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
