//! Numbers: rounded from what the library says, the same whatever the threads.

use std::collections::BTreeMap;

use patrol_corridor::Edges;
use patrol_corridor::index::LocateOptions;
use serde_json::value::RawValue;

use super::scattered;
use crate::fixtures::demonstration_area;
use crate::program::{Folder, collection, feature, json};
use crate::support::position;
use crate::text::features;

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
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = demonstration_area(edges);
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
