//! `patrol annotate` and `patrol nearest` where posts and routes were not always in service.

use serde_json::{Value, json};

use crate::program::{Folder, json, line, point, properties};

/// Post `A` beside the incidents from 2020-10-01 to 2020-11-10 in Baku's time, `B` farther off and always; route `N`
/// beside them until 2020-10-15T12:00Z, `S` farther off and always.
fn folder(incidents: &[String]) -> Folder {
    let posts = [
        point(
            "\"A\"",
            r#"{"active_from":"2020-10-01T00:00:00+04:00","active_to":"2020-11-10T00:00:00+04:00"}"#,
            46.0,
            39.5,
        ),
        point("\"B\"", "{}", 46.2, 39.5),
    ];
    let routes = [
        line(
            "\"N\"",
            r#"{"corridor":"north","half_width_m":1000,"active_to":"2020-10-15T12:00:00Z","active_from":null}"#,
            "[[45.9,39.505],[46.1,39.505]]",
        ),
        line("\"S\"", r#"{"corridor":"south","half_width_m":500}"#, "[[45.9,39.4],[46.1,39.4]]"),
    ];
    Folder::with_layers(&posts, &routes, incidents)
}

fn incident(time: &str) -> String {
    point("1", &format!("{{\"time\":{time}}}"), 46.001, 39.5)
}

fn column<'v>(found: &'v [Value], name: &str) -> Vec<&'v Value> {
    found.iter().map(|properties| &properties[name]).collect()
}

#[test]
fn periods_are_half_open_at_the_instant_itself() {
    let times = [
        r#""2020-09-30T19:59:59.999Z""#,
        r#""2020-09-30T20:00:00Z""#,
        r#""2020-10-01T00:00:00+04:00""#,
        r#""2020-10-15T11:59:59Z""#,
        r#""2020-10-15T12:00:00Z""#,
        r#""2020-11-09 19:59:59 UTC""#,
        r#""2020-11-09T20:00:00Z""#,
        r#""2020-11-09T15:00-05:00""#,
    ];
    let folder = folder(&times.map(incident));
    let run = folder.annotate("");
    let said = run.err.clone();
    run.ok();
    let found = properties(&folder.read("out.geojson"));
    assert_eq!(column(&found, "post_id"), ["B", "A", "A", "A", "A", "A", "B", "B"]);
    assert_eq!(column(&found, "route_id"), ["N", "N", "N", "N", "S", "S", "S", "S"]);
    assert_eq!(column(&found, "in_corridor"), [true, true, true, true, false, false, false, false]);
    // The only one left has no second.
    assert!(found[0]["post_margin_m"].is_null() && found[1]["post_margin_m"].as_f64().unwrap() > 10_000.0);
    assert!(found[4]["route_margin_m"].is_null());
    assert!(said.contains("dated 8, without a time 0, unreadable time 0"), "{said}");
}

#[test]
fn without_a_time_all_count_and_it_is_told() {
    let nowhere = r#"{"type":"Feature","properties":{},"geometry":null}"#.to_owned();
    let incidents = [
        incident("null"),
        point("2", "{}", 46.001, 39.5),
        incident("\" \""),
        incident(r#""2020-12-01T00:00:00Z""#),
        nowhere,
    ];
    let folder = folder(&incidents);
    let run = folder.annotate("-k 3");
    let said = run.err.clone();
    run.ok();
    let found = properties(&folder.read("out.geojson"));
    assert_eq!(column(&found[..4], "post_id"), ["A", "A", "A", "B"]);
    let counts: Vec<usize> =
        found[..4].iter().map(|one| one["nearest_posts"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [2, 2, 2, 1]);
    assert_eq!(found[3]["nearest_routes"].as_array().unwrap().len(), 1);
    assert!(
        said.contains("without a time that can be read 4: matched against all posts and routes"),
        "{said}"
    );
    // Of another property none has a time.
    let said = folder.annotate("--force --time-field when").err;
    assert!(said.contains("without a time 5"), "{said}");
}

#[test]
fn the_time_may_stand_elsewhere_and_in_a_zone() {
    let incidents = ["2020-10-01T00:00", "2020-09-30 23:59:59", "2020-10-01T00:00:00+05:00"]
        .map(|time| point("1", &format!(r#"{{"time":"never","when":"{time}"}}"#), 46.001, 39.5));
    let folder = folder(&incidents);
    let found = folder.annotated("--time-field when --zone Asia/Baku");
    assert_eq!(column(&found, "post_id"), ["A", "B", "B"]);
    let found = folder.annotated("--time-field when --zone=-03:30");
    assert_eq!(column(&found, "post_id"), ["A", "A", "B"]);
    folder.annotate("--force --zone Nowhere").fails(2, &["--zone", "Nowhere"]);
}

#[test]
fn the_usual_time_is_read_in_any_case() {
    let folder = folder(
        &[
            r#"{"TIME":"2020-09-30T00:00:00Z"}"#,
            // The documented one wins, where it says something.
            r#"{"time":"2020-10-02T00:00:00Z","Time":"2020-09-30T00:00:00Z"}"#,
            r#"{"time":" ","Time":"2020-09-30T00:00:00Z"}"#,
            // A name of one's own is read as it is.
            r#"{"WHEN":"2020-09-30T00:00:00Z"}"#,
        ]
        .map(|properties| point("1", properties, 46.001, 39.5)),
    );
    assert_eq!(column(&folder.annotated(""), "post_id"), ["B", "A", "B", "A"]);
    assert_eq!(column(&folder.annotated("--time-field when"), "post_id"), ["A"; 4]);
    folder.write("log.csv", "id,TIME,longitude,latitude\n1,2020-09-30T00:00:00Z,46.001,39.5\n2,2020-10-01T00:00:00Z,46.001,39.5\n");
    let words = "--posts posts.geojson --incidents log.csv --output log.geojson --force";
    folder.run(&format!("annotate {words}")).ok();
    assert_eq!(column(&properties(&folder.read("log.geojson")), "post_id"), ["B", "A"]);
    let said = folder.run(&format!("fuse {words}")).err;
    assert!(said.contains("without a time 0"), "{said}");
    let words = "--incidents log.csv --within 1000 --days 3 --permutations 9";
    let said = folder.run(&format!("clusters {words}"));
    assert!(format!("{said:?}").contains("without a time 0"), "{said:?}");
}

/// The incident stays, is matched against all, and the status says that not all could be used.
#[test]
fn a_time_that_cannot_be_read_is_told_and_counted() {
    for (time, words) in [
        (r#""2020-03-29T02:30""#, "the clocks of the zone skipped"),
        ("16018056000000", "`16018056000000` is no time"),
        ("[1,2]", "`1;2` is no time"),
    ] {
        let folder = folder(&[incident("null"), incident(time)]);
        let run = folder.annotate("--zone Europe/Berlin");
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.err.contains(words) && run.err.contains("incidents.geojson:3: warning"), "{}", run.err);
        assert!(run.err.contains("dated 0, without a time 1, unreadable time 1"), "{}", run.err);
        assert_eq!(column(&properties(&folder.read("out.geojson")), "post_id"), ["A", "A"]);
    }
    // One that the clocks showed twice is both.
    let folder = folder(&[incident(r#""2020-10-25T02:30""#)]);
    folder.annotate("--zone Europe/Berlin").ok();
}

/// Nobody looks at the time where it makes no difference.
#[test]
fn without_periods_any_time_will_do() {
    let posts = [point("\"A\"", r#"{"active_from":null}"#, 46.0, 39.5)];
    let folder = Folder::with_layers(&posts, &[], &[incident("\"noon\""), incident("7")]);
    let run = folder.run("annotate --posts posts.geojson --incidents incidents.geojson --output out.geojson");
    assert!(!run.err.contains("time"), "{}", run.err);
    run.ok();
    assert_eq!(column(&properties(&folder.read("out.geojson")), "post_id"), ["A", "A"]);
}

#[test]
fn nothing_in_service_is_null_and_counted() {
    let period = r#"{"active_from":"2020-10-01T00:00Z","active_to":"2020-11-01T00:00Z","half_width_m":900}"#;
    let posts = [point("\"A\"", period, 46.0, 39.5)];
    let routes = [line("\"N\"", period, "[[45.9,39.505],[46.1,39.505]]")];
    let incidents = [incident(r#""2020-12-01T00:00Z""#), incident(r#""2020-10-02T00:00Z""#)];
    let folder = Folder::with_layers(&posts, &routes, &incidents);
    let run = folder.annotate("--max-distance 90000");
    let said = run.err.clone();
    run.ok();
    let found = properties(&folder.read("out.geojson"));
    for name in ["post_id", "post_distance_m", "route_id", "route_chainage_m"] {
        assert_eq!(found[0].get(name), Some(&Value::Null), "{name}");
        assert!(!found[1][name].is_null(), "{name}");
    }
    assert_eq!((&found[0]["in_corridor"], found[0].get("corridors")), (&json!(false), None));
    assert_eq!(found[1]["corridors"], json!(["N"]));
    assert!(said.contains("at a time without a post in service 1, without a route in service 1"), "{said}");
    assert!(said.contains("farther than 90000 m: from every post 0, from every route 0"), "{said}");
}

#[test]
fn tables_have_times_too() {
    let folder = folder(&[]);
    let csv = "id,lon,lat,when\n1,46.001,39.5,2020-09-30T19:59:59Z\n2,46.001,39.5,2020-10-01 00:00 +04:00\n3,46.001,39.5,\n\
               4,46.001,39.5,2020-10-01 00:00\n";
    folder.write("day.csv", csv);
    let annotate = "annotate --posts posts.geojson --routes routes.geojson --incidents day.csv";
    let by_when = format!("{annotate} --time-field when");
    let run = folder.run(&format!("{by_when} --output out.csv"));
    run.fails(2, &["day.csv:5", "column `when`", "no zone"]);
    folder.write("day.csv", csv.replace(",2020-10-01 00:00\n", ",yesterday\n"));
    let run = folder.run(&format!("{by_when} --output out.csv"));
    folder.write("day.csv", csv);
    assert_eq!(run.status, 1);
    assert!(
        run.err.contains("day.csv:5: warning")
            && run.err.contains("dated 2, without a time 1, unreadable time 1"),
        "{}",
        run.err
    );
    let out = folder.read("out.csv");
    let posts: Vec<&str> = out.lines().skip(1).map(|row| row.split(',').nth(4).unwrap()).collect();
    assert_eq!(posts, ["B", "A", "A", "A"]);
    folder.run(&format!("{by_when} --output all.geojson --zone +04:00 --threads 3")).ok();
    let found = properties(&folder.read("all.geojson"));
    assert_eq!(column(&found, "post_id"), ["B", "A", "A", "A"]);
    // Without such a column all are matched against all.
    let run = folder.run(&format!("{annotate} --output none.csv"));
    assert!(run.err.contains("without a time 4"), "{}", run.err);
    // GeoJSON that becomes a table.
    folder.write("day.geojsonl", [incident(r#""2020-11-09T20:00Z""#), incident("null")].join("\n"));
    folder.run("annotate --posts posts.geojson --incidents day.geojsonl --output lines.csv").ok();
    let out = folder.read("lines.csv");
    assert!(
        out.lines().nth(1).unwrap().contains(",B,") && out.lines().nth(2).unwrap().contains(",A,"),
        "{out}"
    );
}

/// The region of a report is held against the same posts.
#[test]
fn candidates_of_a_report_were_in_service() {
    let report =
        |time: &str| point("1", &format!(r#"{{"time":"{time}","uncertainty_m":"300 m"}}"#), 46.001, 39.5);
    let folder = folder(&[report("2020-10-02T00:00Z"), report("2020-12-02T00:00Z")]);
    let found = folder.annotated("");
    let candidates = |of: &Value| -> Vec<Value> {
        of["post_candidates"].as_array().unwrap().iter().map(|one| one["post_id"].clone()).collect()
    };
    assert_eq!((candidates(&found[0]), candidates(&found[1])), (vec![json!("A")], vec![json!("B")]));
    assert_eq!(column(&found, "corridor_share"), [1, 0]);
}

#[test]
fn one_position_at_one_time() {
    let folder = folder(&[]);
    let nearest = "nearest --posts posts.geojson --routes routes.geojson --at 46.001,39.5";
    let found = json(&folder.run(&format!("{nearest} --format json --time 2020-11-09T20:00Z")).ok());
    assert_eq!(found["nearest_posts"][0]["post_id"], "B");
    assert_eq!((&found["time"], &found["in_corridor"]), (&json!("2020-11-09T20:00:00Z"), &json!(false)));
    let run = folder.run_words(
        nearest.split(' ').chain(["--format", "json", "--zone", "Asia/Baku", "--time", "2020-10-01 00:00"]),
        b"",
    );
    assert_eq!(json(&run.ok())["nearest_posts"][0]["post_id"], "A");
    let all = json(&folder.run(&format!("{nearest} --format json")).ok());
    assert_eq!(all["nearest_posts"][0]["post_id"], "A");
    assert!(all.get("time").is_none());
    folder.run(&format!("{nearest} --time 2020-10-01T00:00")).fails(2, &["--time", "no zone"]);
}

#[test]
fn layers_with_local_times_need_the_zone_everywhere() {
    let posts = [point("\"A\"", r#"{"active_from":"2020-10-01 00:00"}"#, 46.0, 39.5)];
    let folder = Folder::with_layers(&posts, &[], &[incident(r#""2020-10-01T00:00+04:00""#)]);
    let annotate = "annotate --posts posts.geojson --incidents incidents.geojson --output out.geojson";
    folder.run(annotate).fails(2, &["posts.geojson", "id A", "properties.active_from", "no zone"]);
    folder.run(&format!("{annotate} --zone Asia/Baku")).ok();
    assert_eq!(properties(&folder.read("out.geojson"))[0]["post_id"], "A");
    folder.run(&format!("{annotate} --force --zone UTC")).ok();
    assert!(properties(&folder.read("out.geojson"))[0]["post_id"].is_null());
    let run = folder.run("check --as posts posts.geojson");
    assert_eq!(run.status, 2);
    assert!(run.out.contains("properties.active_from") && run.out.contains("no zone"), "{}", run.out);
    folder.run("check --as posts --zone Asia/Baku posts.geojson").ok();
}

/// Beats are divided among all posts; the incidents of each are those of its time.
#[test]
fn beats_count_incidents_by_their_times() {
    let times = [r#""2020-11-09T20:00Z""#, r#""2020-10-01 00:00""#, r#""2020-10-02 00:00""#, "null"];
    let folder = folder(&times.map(incident));
    let beats = "beats --posts posts.geojson --routes routes.geojson --incidents incidents.geojson --output beats.geojson";
    folder.run(beats).fails(2, &["incidents.geojson", "feature 2", "properties.time", "--zone"]);
    let table = folder.run(&format!("{beats} --zone Asia/Baku")).ok();
    let count = |post: &str| {
        let row = table.lines().find(|row| row.split_whitespace().next() == Some(post));
        row.unwrap().split_whitespace().nth(4).unwrap().to_owned()
    };
    assert_eq!((count("A"), count("B")), ("3".to_owned(), "1".to_owned()), "{table}");
}
