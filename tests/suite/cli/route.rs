//! `patrol route point|locate|substring|marks`.

use patrol_corridor::linear::LinearElement;
use patrol_corridor::{Edges, PatrolRoute};
use serde_json::{Value, json};

use crate::fixtures::{demonstration_area, positions, project_file};
use crate::program::{Folder, assert_metres, json, keys, line, point};
use crate::support::{karney, position};

const POINT: &str = "route point --routes routes.geojson --route";
const LOCATE: &str = "route locate --routes routes.geojson --route";
const SUBSTRING: &str = "route substring --routes routes.geojson --route";
const MARKS: &str = "route marks --routes routes.geojson";

/// A route of 3 edges of 1,000 m or so along the equator.
fn equator(properties: &str) -> Folder {
    Folder::with_layers(&[], &[line("\"E\"", properties, "[[0,0],[0.009,0],[0.018,0],[0.027,0]]")], &[])
}

/// Metres of a degree of the equator.
const DEGREE_M: f64 = 111_319.490_793_27;

fn at(feature: &Value) -> patrol_corridor::Position {
    positions(&feature["geometry"]["coordinates"])[0]
}

fn element(id: &str, edges: Edges) -> LinearElement {
    let area = demonstration_area(edges);
    let route: &PatrolRoute = area.routes().iter().find(|route| route.id.as_str() == id).unwrap();
    LinearElement::new(route, edges).unwrap()
}

/// The published example of the README: the incident, its chainage, and back.
#[test]
fn point_and_locate_lead_to_each_other() {
    let folder = Folder::with_demonstration();
    let found = json(&folder.run(&format!("{LOCATE} R4 --at 46.807759,40.068059")).ok());
    assert_eq!(keys(&found), ["chainage_m", "edges", "foot", "offset_m", "route_id", "route_name", "side"]);
    assert_eq!(found["foot"], json!([46.821021499, 40.06229332]));
    assert_eq!(
        (&found["route_id"], &found["side"], &found["edges"]),
        (&json!("R4"), &json!("left"), &json!("planar"))
    );
    assert_metres(&found["chainage_m"], 33_367.486_9);
    assert_metres(&found["offset_m"], 1_300.019_6);

    let feature =
        json(&folder.run(&format!("{POINT} R4 --chainage 33367.4869 --offset 1300.0196 --side left")).ok());
    assert!(karney(at(&feature), position(46.807759, 40.068059)) < 1e-3);
    assert_eq!((&feature["type"], &feature["geometry"]["type"]), (&json!("Feature"), &json!("Point")));
    let properties = &feature["properties"];
    assert_eq!(
        keys(properties),
        ["azimuth_deg", "chainage_m", "edges", "offset_m", "route_id", "route_name", "side"]
    );
    assert_eq!(properties["side"], "left");
    // A right angle: the bearing from the foot to the place.
    let foot = json(&folder.run(&format!("{POINT} R4 --chainage 33367.4869")).ok());
    assert_eq!((&foot["properties"]["side"], &foot["properties"]["offset_m"]), (&json!("on"), &json!(0)));
    assert!(karney(at(&foot), position(46.821021499, 40.06229332)) < 1e-3);
    let bearing = patrol_corridor::geodesy::inverse(at(&foot), at(&feature)).azimuth1_deg;
    let azimuth = properties["azimuth_deg"].as_f64().unwrap();
    assert!(((azimuth - 90.0).rem_euclid(360.0) - bearing).abs() < 1e-4, "{azimuth} {bearing}");

    for edges in [Edges::Planar, Edges::Geodesic] {
        let line = element("R2", edges);
        for share in [0.0, 0.21, 0.5, 0.77, 1.0] {
            let chainage = format!("{:.4}", share * line.length_m());
            let more = format!("--chainage {chainage} --edges {edges}");
            let feature = json(&folder.run(&format!("{POINT} R2 {more}")).ok());
            assert_eq!(feature["properties"]["edges"], edges.as_str());
            assert!(karney(at(&feature), line.point_at(share * line.length_m())) < 1e-3);
        }
    }
    // With annotate and nearest it is one chainage.
    let nearest = folder.run("nearest --routes routes.geojson --at 46.807759,40.068059 --format json").ok();
    assert_eq!(json(&nearest)["nearest_routes"][0]["route_chainage_m"], found["chainage_m"]);
}

#[test]
fn what_is_out_of_range_or_unknown_is_said() {
    let folder = Folder::with_demonstration();
    let length = element("R4", Edges::Planar).length_m();
    assert_eq!(format!("{length:.4}"), "54176.3842");
    for chainage in ["99999", "-1", "54176.39", "nan", "1e400", "x", "1+", "+"] {
        let run = folder.run(&format!("{POINT} R4 --chainage={chainage}"));
        assert_eq!((run.status, &*run.out), (2, ""), "{chainage}");
        if chainage.parse::<f64>().is_ok_and(f64::is_finite) {
            assert!(
                run.err.contains("expected 0 to 54176.3842: the route is 54176.3842 m long"),
                "{}",
                run.err
            );
        }
    }
    for (from, to) in [("0", "60000"), ("60000", "0")] {
        let run = folder.run(&format!("{SUBSTRING} R4 --from {from} --to {to}"));
        run.fails(2, &["route R4", "54176.3842 m long"]);
    }
    folder.run(&format!("{SUBSTRING} R4 --from 100 --to 100")).fails(2, &["has no length", "R4"]);
    folder
        .run(&format!("{POINT} R9 --chainage 1"))
        .fails(2, &["routes.geojson", "no route R9", "R1, R2, R3, R4, R5"]);
    folder.run(&format!("{POINT} R4 --chainage 1 --offset 5")).fails(2, &["--side"]);
    folder.run(&format!("{POINT} R4 --chainage 1 --side left")).fails(2, &["--offset"]);
    folder.run(&format!("{POINT} R4 --chainage 1 --offset=-5 --side left")).fails(2, &["--offset"]);
    folder.run(&format!("{POINT} R4 --chainage 1 --offset 5 --side up")).fails(2, &["up"]);
    folder.run(&format!("{LOCATE} R4 --at 46.8")).fails(2, &["LON,LAT"]);
    folder.run("route point --route R4 --chainage 1").fails(2, &["--routes"]);
    folder.run(&format!("{MARKS} --every 0.000001")).fails(2, &["--every", "10000000"]);
    folder.run(&format!("{MARKS} --every 0")).fails(2, &["greater than 0"]);
    folder.run(&format!("{MARKS} --route R7")).fails(2, &["no route R7"]);
    folder.run("route point --routes missing.geojson --route R4 --chainage 1").fails(3, &["missing.geojson"]);

    let names = ["Goris-Lachin", "Goris-Kapan", "Lachin-Shusha", "M12", "N 43", "Ring", "Zangezur"];
    let routes: Vec<_> = names.iter().map(|id| line(&format!("{id:?}"), "{}", "[[0,0],[1,1]]")).collect();
    let folder = Folder::with_layers(&[], &routes, &[]);
    let said = folder
        .run(&format!("{POINT} goris-lachim --chainage 1"))
        .fails(2, &["one of the 7 routes, such as Goris-Lachin, "]);
    assert!(!said.contains("Zangezur"), "{said}");
}

#[test]
fn ids_are_numbers_or_texts() {
    let routes = [
        line("1", "{}", "[[0,0],[1,0]]"),
        line("\"1\"", "{}", "[[0,5],[1,5]]"),
        line("12345678901234567890123", r#"{"code":"a b","label":"road"}"#, "[[0,10],[1,10]]"),
    ];
    let folder = Folder::with_layers(&[], &routes, &[]);
    let lat = |id: &str| -> f64 {
        let words = ["route", "point", "--routes", "routes.geojson", "--chainage", "0", "--route", id];
        at(&json(&folder.run_words(words, b"").ok())).lat_deg()
    };
    assert_eq!(["1", "\"1\"", "12345678901234567890123"].map(lat), [0.0, 5.0, 10.0]);
    // Digits stay.
    let text = folder.run(&format!("{LOCATE} 12345678901234567890123 --at 0,10")).ok();
    assert!(text.contains("\"route_id\":12345678901234567890123,"), "{text}");
    // The layer options are those of the other commands, also those that play no part.
    folder.write("routes.geojson", crate::program::collection(&routes[2..]));
    let words = [
        "--route-id",
        "code",
        "--route",
        "a b",
        "--route-name",
        "label",
        "--half-width",
        "5",
        "--posts",
        "none",
    ];
    let all = ["route", "locate", "--routes", "routes.geojson", "--at", "0,10"].into_iter().chain(words);
    let found = json(&folder.run_words(all, b"").ok());
    assert_eq!((&found["route_id"], &found["route_name"]), (&json!("a b"), &json!("road")));
    // From standard input as well.
    let text = folder.run_with(
        "route locate --routes - --route 12345678901234567890123 --at 0,10",
        folder.read("routes.geojson"),
    );
    assert_metres(&json(&text.ok())["chainage_m"], 0.0);
}

#[test]
fn a_stretch_has_the_routes_own_digits() {
    let folder = Folder::with_demonstration();
    let text = folder.run(&format!("{SUBSTRING} R4 --from 31000 --to 33000")).ok();
    assert!(text.contains("[46.81769,40.05777]"), "{text}");
    let feature = json(&text);
    assert_eq!(feature["geometry"]["type"], "LineString");
    assert_eq!(
        keys(&feature["properties"]),
        ["edges", "from_m", "length_m", "route_id", "route_name", "to_m"]
    );
    let found = positions(&feature["geometry"]["coordinates"]);
    let line = element("R4", Edges::Planar);
    assert!(karney(found[0], line.point_at(31_000.0)) < 1e-3);
    assert!(karney(found[found.len() - 1], line.point_at(33_000.0)) < 1e-3);
    assert_metres(&feature["properties"]["length_m"], 2_000.0);
    let back = json(&folder.run(&format!("{SUBSTRING} R4 --from 33000 --to 31000")).ok());
    let mut reversed = positions(&back["geometry"]["coordinates"]);
    reversed.reverse();
    assert_eq!(reversed, found);
    assert_eq!(
        (&back["properties"]["from_m"], &back["properties"]["length_m"]),
        (&json!(33_000), &json!(2_000))
    );
    // All of it is the route, by the length that an error tells.
    let whole = json(&folder.run(&format!("{SUBSTRING} R4 --from 0 --to 54176.3842")).ok());
    let layer = json(&folder.read("routes.geojson"));
    let route = layer["features"].as_array().unwrap().iter().find(|route| route["id"] == "R4").unwrap();
    assert_eq!(whole["geometry"]["coordinates"], route["geometry"]["coordinates"]);
}

/// RFC 7946 section 3.1.9; the vertices keep their digits on both sides.
#[test]
fn lines_are_cut_at_180_degrees() {
    let folder = Folder::new();
    folder.write("routes.geojson", project_file("data/antimeridian/routes.geojson"));
    for edges in ["planar", "geodesic"] {
        let length_m = 1e9;
        let said = folder.run(&format!("{SUBSTRING} A1 --edges {edges} --from 0 --to {length_m}")).err;
        let length = said.split("the route is ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        let text = folder.run(&format!("{SUBSTRING} A1 --edges {edges} --from 0 --to {length}")).ok();
        let feature = json(&text);
        assert_eq!(feature["geometry"]["type"], "MultiLineString");
        let parts: Vec<_> =
            feature["geometry"]["coordinates"].as_array().unwrap().iter().map(positions).collect();
        let [west, east] = &parts[..] else { panic!("{text}") };
        assert_eq!(west[..2], [position(178.9, -17.2), position(179.5, -17.0)]);
        assert_eq!(east[1..], [position(-179.6, -16.95), position(-179.0, -17.35)]);
        assert_eq!((west[2].lon_deg(), east[0].lon_deg()), (180.0, -180.0));
        assert_eq!(west[2].lat_deg(), east[0].lat_deg());
        if edges == "planar" {
            let lat_deg = -17.0 + 0.05 * 0.5 / 0.9;
            assert!((west[2].lat_deg() - lat_deg).abs() < 1e-9);
        }
        let whole = karney(west[1], east[1]);
        let halves = karney(west[1], west[2]) + karney(east[0], east[1]);
        assert!((0.0..if edges == "planar" { 1.0 } else { 1e-3 }).contains(&(halves - whole + 1e-4)));
        assert_eq!(folder.run_with("check -", &text).ok(), "");
    }
    // Several parts of which one crosses.
    let feature = json(&folder.run(&format!("{SUBSTRING} 12 --from 0 --to 90000")).ok());
    assert_eq!(feature["geometry"]["coordinates"].as_array().unwrap().len(), 3);
}

/// The connectors of `patrol nearest`, too.
#[test]
fn connectors_are_cut_at_180_degrees() {
    let folder = Folder::with_layers(
        &[point("\"P\"", "{}", -179.9, 1.0)],
        &[line("\"R\"", "{}", "[[179.8,-1],[179.8,1]]")],
        &[],
    );
    let run =
        folder.run("nearest --posts posts.geojson --routes routes.geojson --at 179.9,0 --format geojson");
    let collection = json(&run.ok());
    let of = |role: &str| {
        let all = collection["features"].as_array().unwrap().iter();
        all.clone().find(|feature| feature["properties"]["role"] == role).unwrap()["geometry"].clone()
    };
    // On the geodesic: half way by longitude is not quite half way by latitude.
    let found = of("post_connector");
    assert_eq!(found["type"], "MultiLineString");
    let cut = [&found["coordinates"][0], &found["coordinates"][1]].map(positions);
    let (before, after) = (*cut[0].last().unwrap(), cut[1][0]);
    assert_eq!((before.lon_deg(), after.lon_deg(), before.lat_deg()), (180.0, -180.0, after.lat_deg()));
    assert!((before.lat_deg() - 0.5).abs() < 1e-4);
    let ends = (cut[0][0], *cut[1].last().unwrap());
    let length_m: f64 =
        cut.iter().flat_map(|part| part.windows(2)).map(|ends| karney(ends[0], ends[1])).sum();
    assert!((length_m - karney(ends.0, ends.1)).abs() < 1e-3);
    assert_eq!([ends.0.lon_deg(), ends.1.lon_deg(), ends.1.lat_deg()], [179.9, -179.9, 1.0]);
    assert_eq!(of("route_connector")["type"], "LineString");
}

#[test]
fn marks_of_all_routes_or_one() {
    let folder = Folder::with_demonstration();
    let all = json(&folder.run(&format!("{MARKS} --every 10000")).ok());
    assert_eq!(all["type"], "FeatureCollection");
    let features = all["features"].as_array().unwrap();
    let mut expected = 0;
    for id in ["R1", "R2", "R3", "R4", "R5"] {
        let line = element(id, Edges::Planar);
        let of_route: Vec<_> = features.iter().filter(|mark| mark["properties"]["route_id"] == id).collect();
        expected += of_route.len();
        assert_eq!(of_route.len(), 1 + (line.length_m() / 10_000.0) as usize);
        for (i, mark) in of_route.iter().enumerate() {
            assert_eq!(mark["properties"]["chainage_m"], json!(10_000 * i));
            assert_eq!(mark["properties"]["label"], format!("km {}", 10 * i));
            let there = line.mark_at(10_000.0 * i as f64);
            assert!(karney(at(mark), there.position) < 1e-3);
            let azimuth = mark["properties"]["azimuth_deg"].as_f64().unwrap();
            assert!((azimuth - there.azimuth_deg).abs() < 1e-6);
        }
    }
    assert_eq!(expected, features.len());
    let labels = |more: &str| -> Vec<String> {
        let collection = json(&folder.run(&format!("{MARKS} {more}")).ok());
        let all = collection["features"].as_array().unwrap().iter();
        all.map(|mark| mark["properties"]["label"].as_str().unwrap().to_owned()).collect()
    };
    let length_km = element("R4", Edges::Planar).length_m() / 1e3;
    assert_eq!(labels("--route R4").len(), 1 + length_km as usize);
    assert_eq!(labels("--route R4 --every 500")[..3], ["km 0", "km 0.5", "km 1"]);
    assert_eq!(labels("--route R4 --every 30000 --ends"), ["km 0", "km 30", "km 54.1763842"]);
    assert_eq!(
        labels("--route R4 --every 20000 --ends --referent 0=12400"),
        ["km 12.4", "km 20", "km 40", "km 60", "km 66.5763842"]
    );
    // A layer without routes has no marks, and a route of one place one.
    folder.write("routes.geojson", crate::program::collection(&[]));
    assert_eq!(labels("").len(), 0);
    folder.write("routes.geojson", crate::program::collection(&[line("\"Z\"", "{}", "[[1,1],[1,1]]")]));
    assert_eq!((labels(""), labels("--ends")), (vec!["km 0".to_owned()], vec!["km 0".to_owned()]));
}

#[test]
fn chainages_count_from_kilometre_posts() {
    let folder = equator(r#"{"start_chainage_m":12400}"#);
    let lon = |more: &str| at(&json(&folder.run(&format!("{POINT} E {more}")).ok())).lon_deg() * DEGREE_M;
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    near(lon("--chainage 13400"), 1_000.0);
    near(lon("--chainage 12400+500"), 500.0);
    near(lon("--chainage 500 --referent 0=0"), 500.0);
    near(lon("--chainage 13400 --referent 1000=13000"), 1_400.0);
    near(lon("--chainage=-400 --referent 1000=0"), 600.0);
    let jumps = "--referent 1020=1000 --referent 0=0";
    near(lon(&format!("{jumps} --chainage 999")), 999.0);
    near(lon(&format!("{jumps} --chainage 1000+10")), 1_030.0);
    near(lon(&format!("{jumps} --chainage 0+1010")), 1_010.0);
    let run = folder.run(&format!("{POINT} E {jumps} --chainage 1010"));
    run.fails(2, &["--chainage, route E", "1010 m and 1030 m along", "0+1010 or 1000+10"]);
    let run = folder.run(&format!("{POINT} E --referent 0=0 --referent 980=1000 --chainage 990"));
    run.fails(2, &["expected 0 to 980 or 1000 to 3025.6263", "3005.6263 m long"]);
    folder.run(&format!("{POINT} E --chainage 400")).fails(2, &["expected 12400 to 15405.6263"]);
    folder.run(&format!("{POINT} E --chainage 7+1")).fails(2, &["the referent 7"]);
    for wrong in [
        "--referent 5",
        "--referent 9999=1",
        "--referent=-5=1",
        "--referent 5=x",
        "--referent 5=1 --referent 5=2",
    ] {
        let run = folder.run(&format!("{POINT} E --chainage 1 {wrong}"));
        assert_eq!((run.status, &*run.out), (2, ""), "{wrong}");
    }

    let feature = json(&folder.run(&format!("{POINT} E --chainage 13400")).ok());
    assert_eq!(feature["properties"]["chainage_m"], 13_400);
    assert_eq!(feature["properties"]["distance_along_m"], 1_000);
    let found = json(&folder.run(&format!("{LOCATE} E --at 0.009,0.001")).ok());
    assert_metres(&found["chainage_m"], 12_400.0 + 0.009 * DEGREE_M);
    assert_metres(&found["distance_along_m"], 0.009 * DEGREE_M);
    let found = json(&folder.run(&format!("{SUBSTRING} E --from 12400 --to 12400+1500")).ok());
    let properties = &found["properties"];
    assert_eq!((&properties["from_m"], &properties["to_m"]), (&json!(12_400), &json!(13_900)));
    assert_eq!(properties["length_m"], 1_500);
    assert_eq!(properties["from_distance_along_m"], 0);
    assert_eq!(properties["to_distance_along_m"], 1_500);
    let marks = json(&folder.run(MARKS).ok());
    let labels: Vec<_> =
        marks["features"].as_array().unwrap().iter().map(|mark| &mark["properties"]["label"]).collect();
    assert_eq!(labels, ["km 13", "km 14", "km 15"]);
    folder.run(&format!("{MARKS} --referent 0=5")).fails(2, &["--route"]);

    // By contract the chainage of an annotation is the plain distance along.
    let found = json(&folder.run("nearest --routes routes.geojson --at 0.009,0.001 --format json").ok());
    assert_metres(&found["nearest_routes"][0]["route_chainage_m"], 0.009 * DEGREE_M);
}

#[test]
fn a_start_that_is_no_number_is_told() {
    for (wrong, found) in [("\"12400\"", "a string"), ("[1]", "an array"), ("1e999", "1e999")] {
        let folder = equator(&format!(r#"{{"start_chainage_m":{wrong}}}"#));
        folder.run(MARKS).fails(2, &["routes.geojson", "start_chainage_m", found, "a number of metres"]);
        folder.run("check --as routes routes.geojson");
    }
    equator(r#"{"start_chainage_m":null}"#).run(MARKS).ok();
}
