//! `patrol coverage` and `patrol beats`.

use serde_json::{Value, json};

use crate::program::{Folder, line, point, properties};

const COVERAGE: &str = "coverage --posts posts.geojson --routes routes.geojson --output out.geojson";

/// One straight route of 20 km along the equator and three posts on it.
fn equator() -> Folder {
    let post = |id: &str, lon: f64, members: &str| point(&format!("{id:?}"), members, lon, 0.0);
    // 1 km along the equator is 0.008983152841 degrees.
    let km = |km: f64| km * 0.008_983_152_841_195_2;
    let posts = [
        post("A", km(2.0), "{}"),
        post("B", km(9.0), r#"{"watch_radius_m":3000}"#),
        post("C", km(10.0), "{}"),
    ];
    let route = line("\"R\"", "{}", &format!("[[0,0],[{},0]]", km(20.0)));
    Folder::with_layers(&posts, &[route], &[])
}

/// The members of an interval in whole metres.
fn interval(found: &Value) -> (i64, i64, Value) {
    let metres = |name: &str| found[name].as_f64().unwrap().round() as i64;
    assert_eq!(metres("to_m") - metres("from_m"), metres("length_m"));
    (metres("from_m"), metres("to_m"), found["post_ids"].clone())
}

#[test]
fn stretches_name_the_posts_in_reach() {
    let folder = equator();
    let text = folder.run(&format!("{COVERAGE} --radius 2500 --gaps gaps.geojson")).ok();
    let found: Vec<_> = properties(&folder.read("out.geojson")).iter().map(interval).collect();
    let expected = [
        (0, 4_500, json!(["A"])),
        (4_500, 6_000, json!([])),
        (6_000, 7_500, json!(["B"])),
        (7_500, 12_000, json!(["B", "C"])),
        (12_000, 12_500, json!(["C"])),
        (12_500, 20_000, json!([])),
    ];
    assert_eq!(found, expected);
    let gaps = properties(&folder.read("gaps.geojson"));
    assert_eq!((&gaps[0]["rank"], gaps[0]["from_m"].as_f64().unwrap().round()), (&json!(1), 12_500.0));
    assert_eq!((&gaps[1]["rank"], gaps[1]["to_m"].as_f64().unwrap().round()), (&json!(2), 6_000.0));
    for words in
        ["R      20.000 km  55.0 %   22.5 %", "10.000 km at km 20.000 (C)", "B     6.000 km  1.500 km"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn what_if_tells_the_change() {
    let folder = equator();
    let text = folder.run(&format!("{COVERAGE} --radius 2500 --drop A --add 0.1347472926179,0")).ok();
    assert!(text.starts_with("3 posts instead of 3\n"), "{text}");
    assert!(text.contains("R       11.000 km (55.0 %)  11.500 km (57.5 %)  +500.0 m"), "{text}");
    let last = properties(&folder.read("out.geojson")).pop().unwrap();
    assert_eq!(interval(&last), (17_500, 20_000, json!([])));
    folder
        .run(&format!("{COVERAGE} --force --radius 2500 --drop D"))
        .fails(2, &["--drop: no post has the id D"]);
    folder.run(&format!("{COVERAGE} --force --radius 2500 --add 1")).fails(2, &["--add 1", "LON,LAT"]);
}

#[test]
fn proposals_close_the_most_first() {
    let folder = equator();
    let candidate = |id: &str, km: f64| point(&format!("{id:?}"), "{}", km * 0.008_983_152_841_195_2, 0.0);
    folder.write(
        "places.geojsonl",
        [candidate("near", 5.0), candidate("far", 16.0), candidate("end", 20.0)].join("\n"),
    );
    let more = "--radius 2500 --suggest 5 --candidates places.geojsonl --suggestions new.geojson";
    let text = folder.run(&format!("{COVERAGE} {more}")).ok();
    let found = properties(&folder.read("new.geojson"));
    let shown: Vec<_> =
        found.iter().map(|p| (p["candidate_id"].clone(), p["gain_m"].as_f64().unwrap().round())).collect();
    // The one at the end overlaps the one before by half a kilometre; rank by rank.
    assert_eq!(shown, [(json!("far"), 5_000.0), (json!("near"), 1_500.0), (json!("end"), 1_500.0)]);
    assert!(text.contains("3         end        0.179663   0.000000  1.500 km  95.0 %"), "{text}");
    let text = folder.run(&format!("{COVERAGE} --force --radius 2500 --suggest 1 --every 500")).ok();
    assert!(text.contains("R km 15.000"), "{text}");
}

#[test]
fn a_post_without_a_radius_is_told() {
    let folder = equator();
    folder.run(COVERAGE).fails(2, &["posts.geojson", "the post A without `watch_radius_m`", "--radius"]);
    assert!(!folder.has("out.geojson"));
    folder.run("coverage --posts posts.geojson --radius 5 --output out.geojson").fails(2, &["--routes"]);
    folder.run(&format!("{COVERAGE} --radius 0")).fails(2, &["greater than 0"]);
    folder.run(&format!("{COVERAGE} --radius 1 --gaps out.geojson")).fails(2, &["two outputs"]);
    folder
        .run(&format!("{COVERAGE} --radius 1 --gaps posts.geojson --force"))
        .fails(2, &["the output is also an input"]);
}

#[test]
fn beats_divide_the_routes() {
    let folder = equator();
    folder.write(
        "incidents.geojsonl",
        [point("\"1\"", "{}", 0.0, 0.01), point("\"2\"", "{}", 0.2, 0.0)].join("\n"),
    );
    let text = folder
        .run("beats --posts posts.geojson --routes routes.geojson --output - --incidents incidents.geojsonl")
        .ok();
    let found: Vec<_> = properties(&text)
        .iter()
        .map(|p| {
            (p["post_id"].clone(), p["from_m"].as_f64().unwrap().round(), p["to_m"].as_f64().unwrap().round())
        })
        .collect();
    let expected =
        [(json!("A"), 0.0, 5_500.0), (json!("B"), 5_500.0, 9_500.0), (json!("C"), 9_500.0, 20_000.0)];
    assert_eq!(found, expected);
    let text = folder
        .run("beats --posts posts.geojson --routes routes.geojson --output b.geojson --incidents incidents.geojsonl")
        .ok();
    assert!(text.contains("A     1      5.500 km      1"), "{text}");
    assert!(text.contains("C     1      10.500 km     1"), "{text}");
}

#[test]
fn a_route_without_length_is_one_stretch() {
    let posts = [point("\"A\"", "{}", 0.0, 0.0)];
    let folder = Folder::with_layers(&posts, &[line("\"R\"", "{}", "[[0.01,0],[0.01,0]]")], &[]);
    folder.run(&format!("{COVERAGE} --radius 2000")).ok();
    let found = properties(&folder.read("out.geojson"));
    assert_eq!(found.iter().map(interval).collect::<Vec<_>>(), [(0, 0, json!(["A"]))]);
}

#[test]
fn without_posts_all_is_a_gap_and_nothing_has_a_beat() {
    let folder = Folder::with_layers(&[], &[line("\"R\"", "{}", "[[0,0],[1,0]]")], &[]);
    folder.run(&format!("{COVERAGE} --radius 2000")).ok();
    let found = properties(&folder.read("out.geojson"));
    assert_eq!((found.len(), &found[0]["post_ids"]), (1, &json!([])));
    folder
        .run("beats --posts posts.geojson --routes routes.geojson --output b.geojson")
        .fails(2, &["posts.geojson", "no posts"]);
}

#[test]
fn sectors_divide_what_lies_about_the_posts() {
    let folder = equator();
    let beats = "beats --posts posts.geojson --routes routes.geojson --output b.geojson --force";
    let text = folder.run(&format!("{beats} --sectors s.geojson --within 1000")).ok();
    let area = |i: usize| properties(&folder.read("s.geojson"))[i]["area_km2"].as_f64().unwrap();
    // A whole circle, and two that share a border half a kilometre off: all but a segment of 120 degrees.
    let circle = std::f64::consts::PI;
    let segment = circle / 3.0 - 0.75_f64.sqrt() / 2.0;
    for (i, expected) in [circle, circle - segment, circle - segment].into_iter().enumerate() {
        assert!((area(i) - expected).abs() < 2e-3, "{} {expected}", area(i));
    }
    assert!(text.contains("A     1      5.500 km      -          3.14"), "{text}");
    folder.run(&format!("{beats} --sectors s.geojson --within corridors --half-width 100")).ok();
    // Up to 5.5 km, and half a circle at the end.
    assert!((area(0) - 0.2 * 5.5 - 0.005 * circle).abs() < 2e-3, "{}", area(0));
    folder.write(
        "square.geojson",
        r#"{"type":"Polygon","coordinates":[[[0,0],[0.01,0],[0.01,0.01],[0,0.01],[0,0]]]}"#,
    );
    folder.run(&format!("{beats} --sectors s.geojson --within square.geojson")).ok();
    assert_eq!(properties(&folder.read("s.geojson")).len(), 1);
    folder.run(&format!("{beats} --sectors s.geojson")).fails(2, &["--within"]);
    folder.run(&format!("{beats} --sectors s.geojson --within corridors")).fails(2, &["--half-width"]);
}

#[test]
fn stretches_across_180_degrees_are_cut() {
    let posts = [point("\"A\"", "{}", 179.99, 0.0)];
    let folder = Folder::with_layers(&posts, &[line("\"R\"", "{}", "[[179.9,0],[-179.9,0]]")], &[]);
    folder.run(&format!("{COVERAGE} --radius 3000")).ok();
    let text = folder.read("out.geojson");
    assert!(text.contains(r#""type":"MultiLineString","coordinates":[[[179.96"#), "{text}");
    assert!(text.contains(",[180.0,0.0]],[[-180.0,0.0],[-179.98"), "{text}");
}
