//! `patrol annotate --connectors`: the lines between incidents and what is nearest to them.

use std::collections::BTreeMap;
use std::io::Cursor;

use patrol_corridor::Position;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, ConnectorOutput, LayerRun, OutputForm, annotate_layer,
};
use patrol_corridor::geodesy::distance_m;
use patrol_corridor::incident::{BadIncidents, Reject};
use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::{Edges, Error, PatrolIndex};
use serde_json::{Value, json};

use crate::program::{
    ANNOTATE, Folder, assert_metres, collection, demonstration, feature, gunzip, json as parsed, keys, line,
    multi_point, point,
};

fn features(text: &str) -> Vec<Value> {
    parsed(text)["features"].as_array().unwrap().clone()
}

/// The parts of a line as positions.
fn parts(feature: &Value) -> Vec<Vec<Position>> {
    let geometry = &feature["geometry"];
    let lines = match geometry["type"].as_str() {
        Some("LineString") => vec![geometry["coordinates"].clone()],
        Some("MultiLineString") => geometry["coordinates"].as_array().unwrap().clone(),
        other => panic!("{other:?}"),
    };
    let at = |p: &Value| Position::from_lon_lat(p[0].as_f64().unwrap(), p[1].as_f64().unwrap()).unwrap();
    lines.iter().map(|line| line.as_array().unwrap().iter().map(at).collect()).collect()
}

fn ends(feature: &Value) -> [Position; 2] {
    let parts = parts(feature);
    [parts[0][0], *parts.last().unwrap().last().unwrap()]
}

fn length_m(feature: &Value) -> f64 {
    parts(feature).iter().flat_map(|part| part.windows(2)).map(|ends| distance_m(ends[0], ends[1])).sum()
}

#[test]
fn each_incident_has_a_line_from_its_post_and_one_to_its_route() {
    let folder = Folder::with_demonstration();
    folder.annotate("--connectors lines.geojson").ok();
    let incidents = features(&folder.read("out.geojson"));
    let text = folder.read("lines.geojson");
    let lines = features(&text);
    let posts = features(&folder.read("posts.geojson"));
    assert_eq!((incidents.len(), lines.len()), (3, 6));
    for (i, (incident, pair)) in incidents.iter().zip(lines.chunks(2)).enumerate() {
        let said = &incident["properties"];
        let at = &incident["geometry"]["coordinates"];
        let at = Position::from_lon_lat(at[0].as_f64().unwrap(), at[1].as_f64().unwrap()).unwrap();
        for (line, kind) in pair.iter().zip(["post", "route"]) {
            let own = &line["properties"];
            assert_eq!((&own["connector"], &own["incident_number"]), (&json!(kind), &json!(i + 1)));
            assert_eq!(own["incident_id"], incident["id"]);
            assert_eq!(own["distance_m"], said[format!("{kind}_distance_m")]);
            assert_metres(&own["distance_m"], length_m(line));
            let [from, to] = ends(line);
            assert_metres(&own["distance_m"], distance_m(from, to));
            assert_eq!(
                keys(own),
                [
                    "bearing_deg",
                    "chainage_m",
                    "connector",
                    "distance_m",
                    "incident_id",
                    "incident_number",
                    "post_id",
                    "route_id",
                    "side"
                ]
            );
        }
        let [post, route] = pair else { panic!() };
        assert_eq!(post["properties"]["post_id"], said["post_id"]);
        assert_eq!(post["properties"]["bearing_deg"], said["post_bearing_deg"]);
        assert_eq!(post["properties"]["route_id"], Value::Null);
        let layer = posts.iter().find(|post| post["id"] == said["post_id"]).unwrap();
        assert_eq!(post["geometry"]["coordinates"][0], layer["geometry"]["coordinates"]);
        assert_eq!(ends(post)[1], at);
        for (own, name) in
            [("route_id", "route_id"), ("chainage_m", "route_chainage_m"), ("side", "route_side")]
        {
            assert_eq!(route["properties"][own], said[name]);
        }
        let foot = [&said["route_foot_lon"], &said["route_foot_lat"]].map(|of| of.as_f64().unwrap());
        assert_eq!(ends(route), [at, Position::from_lon_lat(foot[0], foot[1]).unwrap()]);
        // The bearing is that of the line where it begins: to the side of the route that it lies on.
        let bearing = patrol_corridor::geodesy::inverse(at, ends(route)[1]).azimuth1_deg.rem_euclid(360.0);
        assert!((route["properties"]["bearing_deg"].as_f64().unwrap() - bearing).abs() < 1e-4);
    }
    // A collection says where it comes from, and is GeoJSON without a blemish.
    assert_eq!(parsed(&text)["patrol_corridor"], parsed(&folder.read("out.geojson"))["patrol_corridor"]);
    assert_eq!(folder.run_with("check -", &text).ok(), "");
}

#[test]
fn lines_are_cut_at_180_degrees_and_follow_the_geodesic() {
    let folder = Folder::with_layers(
        &[point("7", "{}", -179.9, 60.0)],
        &[line("\"R\"", "{}", "[[170,58],[170,62]]")],
        &[point("1.50", "{}", 179.5, 61.0)],
    );
    folder.annotate("--connectors lines.geojson").ok();
    let lines = features(&folder.read("lines.geojson"));
    assert_eq!(lines[0]["geometry"]["type"], "MultiLineString");
    assert_eq!(
        (&lines[0]["properties"]["post_id"], &lines[0]["properties"]["incident_id"]),
        (&json!(7), &json!(1.5))
    );
    assert!(folder.read("lines.geojson").contains("\"incident_id\":1.50,"));
    let cut = parts(&lines[0]);
    assert_eq!(cut.len(), 2);
    let (before, after) = (*cut[0].last().unwrap(), cut[1][0]);
    assert_eq!((before.lon_deg(), after.lon_deg()), (-180.0, 180.0));
    assert_eq!(before.lat_deg(), after.lat_deg());
    // 500 km along 61 degrees north: straight in longitude and latitude it would be longer by far more than 1 mm.
    for line in &lines {
        assert_metres(&line["properties"]["distance_m"], length_m(line));
    }
    assert!(parts(&lines[1])[0].len() > 10);
    assert_eq!(folder.run_with("check -", folder.read("lines.geojson")).ok(), "");
}

#[test]
fn what_is_not_located_or_too_far_has_no_line() {
    let folder = Folder::with_demonstration();
    let incidents = [
        feature("\"null\"", "{}", "null"),
        line("\"line\"", "{}", "[[46.6,39.7],[46.7,39.8]]"),
        // The first position is the nearest to a post, the last to a route.
        multi_point(
            "\"many\"",
            "{\"incident_number\":5}",
            "[[46.5839,39.6765],[46.9,40.9],[46.605085858,39.682410347]]",
        ),
        // With its id among the properties.
        r#"{"type":"Feature","properties":{"id":"own"},"geometry":{"type":"Point","coordinates":[30,10]}}"#
            .to_owned(),
    ];
    folder.write("incidents.geojson", collection(&incidents));
    folder.annotate("--connectors all.geojsonl").ok();
    let all = folder.read("all.geojsonl");
    let all: Vec<Value> = all.lines().map(parsed).collect();
    let told = |line: &Value| {
        let of = &line["properties"];
        (of["incident_number"].as_u64().unwrap(), of["incident_id"].as_str().unwrap().to_owned())
    };
    let named = |number, id: &str| (number, id.to_owned());
    assert_eq!(
        all.iter().map(told).collect::<Vec<_>>(),
        [named(3, "many"), named(3, "many"), named(4, "own"), named(4, "own")]
    );
    assert_eq!(ends(&all[0])[1].lon_deg(), 46.5839);
    assert_eq!(ends(&all[1])[0].lon_deg(), 46.605085858);
    // On the route: the line has no length, and no bearing.
    let near = &all[1]["properties"];
    assert!(near["distance_m"].as_f64().unwrap() < 1e-3 && near["bearing_deg"].is_null(), "{near}");
    folder.annotate("--force --max-distance 50000 --connectors near.geojsons").ok();
    let near = folder.read("near.geojsons");
    assert_eq!(near.matches("\u{1E}{").count(), 2);
    assert_eq!(near.lines().map(|line| parsed(&line[1..])).collect::<Vec<_>>(), all[..2]);
    let posts_only =
        "annotate --posts posts.geojson --incidents incidents.geojson --output - --output-format geojsonl";
    folder.run(&format!("{posts_only} --connectors posts.geojsonl.gz")).ok();
    let posts = gunzip(&std::fs::read(folder.path("posts.geojsonl.gz")).unwrap());
    assert_eq!(posts.lines().map(parsed).collect::<Vec<_>>(), [all[0].clone(), all[2].clone()]);
}

/// A region's lines begin and end at its reference point; its row gets the same number whatever is rejected.
#[test]
fn tables_have_the_same_lines() {
    let folder = Folder::with_demonstration();
    let csv = "id,lon,lat,mgrs\n007,46.807759,40.068059,\nbad,146,95,\n,,,38S PK 49 09\nlast,47.041337,39.721911,\n";
    folder.write("day.csv", csv);
    let line = ANNOTATE.replace("incidents.geojson", "day.csv");
    let run = folder.run(&format!(
        "{line} --output day.geojson --connectors lines.geojson --regions regions.geojson --skip-invalid --rejects bad.jsonl"
    ));
    assert_eq!(run.status, 1, "{}", run.err);
    let lines = features(&folder.read("lines.geojson"));
    let rows = features(&folder.read("day.geojson"));
    assert_eq!((lines.len(), rows.len()), (6, 3));
    let mut seen = BTreeMap::new();
    for (pair, (row, (number, id))) in
        lines.chunks(2).zip(rows.iter().zip([(1, json!("007")), (3, Value::Null), (4, json!("last"))]))
    {
        for (line, kind) in pair.iter().zip(["post", "route"]) {
            let own = &line["properties"];
            assert_eq!((&own["incident_number"], &own["incident_id"]), (&json!(number), &id));
            assert_eq!(own["distance_m"], row["properties"][format!("{kind}_distance_m")]);
            assert_metres(&own["distance_m"], length_m(line));
        }
        seen.insert(number, ends(&pair[0])[1]);
    }
    let place = &rows[1]["geometry"]["coordinates"];
    assert!((seen[&3].lon_deg() - place[0].as_f64().unwrap()).abs() < 1e-8);
    // A table out as well.
    folder.run(&format!(
        "{line} --output day.csv.csv --connectors again.geojson --skip-invalid --rejects b.jsonl"
    ));
    assert_eq!(features(&folder.read("again.geojson")), lines);
}

/// Blocks and threads change nothing, and numbers count on over blocks and rejects.
#[test]
fn the_lines_are_the_same_on_any_number_of_threads() {
    let options = LayerOptions::default();
    let posts = read_posts::<NoProperties>(&Source::open(demonstration("posts.geojson")).unwrap(), &options);
    let routes =
        read_routes::<NoProperties>(&Source::open(demonstration("routes.geojson")).unwrap(), &options);
    let area = PatrolIndex::new(posts.unwrap().items, routes.unwrap().items, Edges::Planar).unwrap();
    let annotator = Annotator::new(&area, AnnotateOptions::default());
    let mut rng = fastrand::Rng::with_seed(63);
    let incidents: Vec<String> = (0..400)
        .map(|i| match i % 7 {
            3 => point(&i.to_string(), "{}", 46.0 + rng.f64(), 139.0),
            5 => feature(&i.to_string(), "{}", "null"),
            _ => point(&i.to_string(), "{}", 46.0 + rng.f64(), 39.0 + rng.f64()),
        })
        .collect();
    let text = collection(&incidents);
    let run = |threads, block_bytes, form| {
        let stream = IncidentStream::in_blocks("day", Cursor::new(text.clone().into_bytes()), block_bytes);
        let mut take = |_: Reject| -> Result<(), Error> { Ok(()) };
        let (mut out, mut lines) = (Vec::new(), Vec::new());
        let layer_run = LayerRun::new(OutputForm::Lines)
            .with_threads(threads)
            .with_bad(BadIncidents::Reject(&mut take))
            .with_connectors(ConnectorOutput::new(form, &mut lines));
        annotate_layer(stream.unwrap(), &annotator, layer_run, &mut out).unwrap();
        String::from_utf8(lines).unwrap()
    };
    for form in [OutputForm::Collection, OutputForm::Lines, OutputForm::Sequence] {
        let alone = run(1, 1 << 20, form);
        for (threads, block_bytes) in [(1, 300), (4, 300), (3, 5_000)] {
            assert_eq!(run(threads, block_bytes, form), alone, "{threads} {block_bytes}");
        }
    }
    let lines = run(2, 1_000, OutputForm::Lines);
    let mut count = 0;
    for line in lines.lines().map(parsed) {
        let of = &line["properties"];
        assert_eq!(of["incident_number"].as_u64().unwrap(), of["incident_id"].as_u64().unwrap() + 1);
        count += 1;
    }
    let located = (0..400).filter(|i| i % 7 != 3 && i % 7 != 5).count();
    assert_eq!(count, 2 * located);
}

#[test]
fn all_files_appear_together_or_none() {
    let folder = Folder::with_demonstration();
    let before = folder.names();
    folder
        .annotate("--connectors posts.geojson --force")
        .fails(2, &["posts.geojson", "the output is also an input"]);
    folder.annotate("--connectors out.geojson").fails(2, &["one file for --output and --connectors"]);
    folder.annotate("--connectors l.csv").fails(2, &["l.csv", "--connectors", ".geojson"]);
    folder.annotate("--connectors -").fails(2, &["--connectors -"]);
    folder.annotate("--connectors l.json --output-crs EPSG:32638").fails(2, &["--output-crs", "WGS84"]);
    folder.annotate("--connectors l.json --regions l.json").fails(2, &["one file for"]);
    let bad = point("\"bad\"", "{}", 46.8, 139.0);
    folder.write("incidents.geojson", collection(&[point("1", "{}", 46.8, 39.9), bad]));
    folder.annotate("--connectors l.geojson").fails(2, &["incidents.geojson"]);
    assert_eq!(folder.names(), before);
    folder.write("l.geojson", "theirs");
    folder
        .annotate("--connectors l.geojson --skip-invalid --rejects bad.jsonl")
        .fails(2, &["l.geojson", "--force"]);
    assert!(!folder.has("out.geojson") && !folder.has("bad.jsonl"));
    assert_eq!(folder.read("l.geojson"), "theirs");
    let run = folder.annotate("--connectors l.geojson --skip-invalid --rejects bad.jsonl --force");
    assert_eq!(run.status, 1, "{}", run.err);
    assert_eq!(features(&folder.read("l.geojson")).len(), 2);
    folder.write("incidents.geojson", collection(&[]));
    folder.annotate("--connectors none.geojson --force").ok();
    assert_eq!(features(&folder.read("none.geojson")), Vec::<Value>::new());
}
