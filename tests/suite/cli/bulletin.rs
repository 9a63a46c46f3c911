//! `patrol bulletin`: what is counted where, and what is told apart.

use serde_json::{Value, json};

use crate::program::{Folder, Run, feature, json as parse, line, point};

pub const LAYERS: &str =
    "bulletin --posts posts.geojson --routes routes.geojson --incidents incidents.geojson";

/// A field of two posts and two routes in two corridors, 2 km to either side of each route.
pub fn field(incidents: &[String]) -> Folder {
    field_with(["{}", r#"{"name":"Hill"}"#], incidents)
}

pub fn field_with(posts: [&str; 2], incidents: &[String]) -> Folder {
    let posts = [point("\"OP-1\"", posts[0], 46.05, 40.02), point("2", posts[1], 46.55, 40.02)];
    let route = |corridor: &str| format!(r#"{{"corridor":"{corridor}","half_width_m":2000}}"#);
    let routes = [
        line("\"R1\"", &route("West"), "[[46.0,40.0],[46.1,40.0]]"),
        line("\"R2\"", &route("East"), "[[46.5,40.0],[46.6,40.0]]"),
    ];
    Folder::with_layers(&posts, &routes, incidents)
}

/// An incident 1.1 km north of the middle of R1, at a time.
pub fn at(id: &str, time: &str, more: &str) -> String {
    let comma = if more.is_empty() { "" } else { "," };
    point(&format!("\"{id}\""), &format!(r#"{{"time":"{time}"{comma}{more}}}"#), 46.05, 40.01)
}

pub fn run(folder: &Folder, more: &str) -> Run {
    folder.run(&format!("{LAYERS} --format json --output - {more}"))
}

/// The JSON of a bulletin, whose figures must add up; what was left out makes its status 1.
#[track_caller]
pub fn bulletin(folder: &Folder, more: &str) -> Value {
    of_run(&run(folder, more))
}

#[track_caller]
pub fn of_run(run: &Run) -> Value {
    assert!(run.status < 2, "{}", run.err);
    let bulletin = parse(&run.out);
    adds_up(&bulletin);
    let data = &bulletin["data"];
    let left_out = sum(data, &["rejected", "doubtful", "without_time", "unreadable_time"]);
    let is_whole = left_out + number(&bulletin["totals"]["region_unknown"]) == 0;
    assert_eq!(run.status, i32::from(!is_whole), "{}", run.err);
    bulletin
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no count"))
}

fn sum(of: &Value, names: &[&str]) -> u64 {
    names.iter().map(|name| number(&of[name])).sum()
}

/// Ten times what is possible, which has one decimal.
fn tenths(row: &Value) -> u64 {
    let tenths = 10.0 * row["possible"].as_f64().unwrap();
    assert!((tenths - tenths.round()).abs() < 1e-9, "{row}");
    tenths.round() as u64
}

#[track_caller]
pub fn adds_up(bulletin: &Value) {
    let (totals, data) = (&bulletin["totals"], &bulletin["data"]);
    let not_dated = ["doubtful", "without_time", "unreadable_time"];
    let in_time = sum(data, &["rejected", "before", "in_period", "after"]);
    assert_eq!(number(&data["read"]), in_time + sum(data, &not_dated));
    assert_eq!(data["in_period"], totals["incidents"]);
    assert_eq!(number(&totals["incidents"]), sum(totals, &["located", "uncertain", "not_located"]));
    let tables = bulletin["tables"].as_object().unwrap();
    assert_eq!(tables.len(), 8);
    for (name, rows) in tables {
        let rows = rows.as_array().unwrap();
        let sum_of = |figure: &str| rows.iter().map(|row| number(&row[figure])).sum::<u64>();
        for figure in ["killed", "wounded"] {
            assert_eq!(sum_of(figure), number(&totals[figure]), "{figure} of {name}");
        }
        let possible: u64 = rows.iter().map(tenths).sum();
        assert_eq!(10 * sum_of("incidents") + possible, 10 * number(&totals["incidents"]), "{name}");
        if !["post", "route"].contains(&name.as_str()) {
            assert_eq!(possible, 0, "{name}");
        }
    }
    let count = |list: &Value| list.as_array().unwrap().len() as u64;
    assert_eq!(count(&bulletin["places"]), number(&totals["located"]));
    assert_eq!(count(&bulletin["uncertain"]), number(&totals["uncertain"]));
    assert_eq!(count(&bulletin["without_time"]), sum(data, &not_dated));
    assert_eq!(bulletin["rejected"]["count"], data["rejected"]);
    let not_located = bulletin["not_located"].as_array().unwrap();
    let of_period = not_located.iter().filter(|one| one["in_period"] == true).count() as u64;
    assert_eq!(of_period, number(&totals["not_located"]));
    for figure in ["incidents", "killed", "wounded"] {
        assert_eq!(bulletin["change"][figure]["now"], totals[figure]);
    }
}

/// Rows of a table as (row, key, incidents).
pub fn table(bulletin: &Value, name: &str) -> Vec<(String, Value, u64)> {
    let rows = bulletin["tables"][name].as_array().unwrap();
    let row = |row: &Value| {
        (row["row"].as_str().unwrap().to_owned(), row["key"].clone(), row["incidents"].as_u64().unwrap())
    };
    rows.iter().map(row).collect()
}

/// What `data` says: before, in and after the period; doubtful, without and with an unreadable time.
pub fn data_of([before, in_period, after]: [u64; 3], [doubtful, without, unreadable]: [u64; 3]) -> Value {
    let read = before + in_period + after + doubtful + without + unreadable;
    json!({"read": read, "rejected": 0, "before": before, "in_period": in_period, "after": after,
           "doubtful": doubtful, "without_time": without, "unreadable_time": unreadable})
}

pub fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

pub const DAY: &str = "--day 2021-03-05 --zone Asia/Baku";

#[test]
fn the_demonstration_in_figures() {
    let folder = Folder::with_demonstration();
    let found = bulletin(&folder, "--day 2021-01-01 --zone Asia/Baku");
    assert_eq!(found["period"]["from"], "2021-01-01T00:00:00+04:00");
    assert_eq!(found["totals"]["incidents"], 3);
    assert_eq!((&found["totals"]["killed"], &found["totals"]["wounded"]), (&json!(0), &json!(1)));
    assert_eq!(
        (&found["service"]["posts"], &found["service"]["routes"], &found["service"]["corridors"]),
        (&json!(27), &json!(5), &json!(4))
    );
    let first = &found["places"][0];
    assert_eq!(
        (&first["id"], &first["post_id"], &first["route_id"]),
        (&json!("INC-1"), &json!("OP-21"), &json!("R4"))
    );
    assert_eq!(first["route_chainage_m"], 33367.4869);
    assert_eq!(first["time"], "2021-01-01T05:40:00+04:00");
    assert_eq!(found["change"]["periods_in_data"], 0);
    assert_eq!(found["change"]["incidents"]["median"], Value::Null);
    // The last day in the data is that day, and that is told.
    let run = run(&folder, "--zone Asia/Baku");
    assert!(run.err.contains("2021-01-01T00:00:00+04:00") && run.err.contains("Asia/Baku"), "{}", run.err);
    assert_eq!(parse(&run.ok()), found);
    // In another zone the last of them is on the same day, the first on the day before.
    let utc = bulletin(&folder, "--zone UTC");
    assert_eq!((&utc["totals"]["incidents"], &utc["data"]["before"]), (&json!(3), &json!(0)));
    let tokyo = bulletin(&folder, "--zone Asia/Tokyo");
    assert_eq!((&tokyo["period"]["day"], &tokyo["totals"]["incidents"]), (&json!("2021-01-02"), &json!(1)));
}

#[test]
fn what_is_not_located_and_what_is_uncertain() {
    let sector = r#"{"time":"2021-03-05T12:00Z","observer_post":"OP-1","bearing":"E","distance_m":"2km..60km","wounded":2}"#;
    let folder = field(&[
        at("plain", "2021-03-05T12:00Z", ""),
        feature("\"sector\"", sector, "null"),
        feature("\"null\"", r#"{"time":"2021-03-05T13:00Z","killed":1}"#, "null"),
        feature(
            "\"line\"",
            r#"{"time":"2021-03-07T13:00Z"}"#,
            r#"{"type":"LineString","coordinates":[[46,40],[47,40]]}"#,
        ),
        feature("\"never\"", "{}", "null"),
    ]);
    let found = bulletin(&folder, DAY);
    let totals = &found["totals"];
    assert_eq!(
        (&totals["located"], &totals["uncertain"], &totals["not_located"]),
        (&json!(1), &json!(1), &json!(1))
    );
    // The region is in neither corridor all over, and on no side.
    for (name, key) in [("corridor", "West"), ("side", "left")] {
        let rows = [
            ("value".into(), json!(key), 1),
            ("undecided".into(), Value::Null, 1),
            ("not_located".into(), Value::Null, 1),
        ];
        assert_eq!(table(&found, name), rows, "{name}");
    }
    for (name, keys) in [("post", ["OP-1", "2"]), ("route", ["R1", "R2"])] {
        let rows = [
            ("value".into(), json!(keys[0]), 1),
            ("value".into(), json!(keys[1]), 0),
            ("undecided".into(), Value::Null, 0),
            ("not_located".into(), Value::Null, 1),
        ];
        assert_eq!(table(&found, name), rows, "{name}");
        let rows = found["tables"][name].as_array().unwrap();
        assert_eq!(tenths(&rows[0]) + tenths(&rows[1]), 10, "{name}");
        assert!(rows[..2].iter().all(|row| tenths(row) > 0), "{name}");
        // Whose they were is not known.
        assert_eq!((&rows[2]["wounded"], &rows[0]["wounded"]), (&json!(2), &json!(0)), "{name}");
    }
    let uncertain = &found["uncertain"][0];
    assert_eq!((&uncertain["id"], &uncertain["form"]), (&json!("sector"), &json!("sector")));
    let candidates = uncertain["posts"].as_array().unwrap();
    // The larger share first.
    assert_eq!((&candidates[0]["id"], &candidates[1]["id"]), (&json!(2), &json!("OP-1")));
    let shares: f64 = candidates.iter().map(|one| one["share"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-3, "{shares}");
    // What has no place and may be of the period is named; the line is of another day.
    assert_eq!(ids(&found["not_located"]), ["null", "never"]);
    assert_eq!(found["not_located"][1]["in_period"], false);
}

#[test]
fn types_states_sides_and_corridors() {
    let place = |id: &str, more: &str, lon: f64, lat: f64| {
        point(&format!("\"{id}\""), &format!(r#"{{"time":"2021-03-05T12:00Z"{more}}}"#), lon, lat)
    };
    let folder = field(&[
        place("a", r#","type":"fire","status":"new","killed":1,"wounded":0"#, 46.05, 40.01),
        place("b", r#","type":"fire","status":"Settled","killed":"2","wounded":3"#, 46.55, 39.99),
        place("c", r#","type":"drone","status":"under review""#, 46.05, 40.0),
        place("d", r#","type":" ","status":null,"killed":-1,"wounded":1.5"#, 46.05, 40.2),
        at("old", "2021-03-01T12:00Z", r#""status":"open""#),
        at("older", "2021-02-01T12:00Z", r#""status":"settled""#),
    ]);
    let found = bulletin(&folder, DAY);
    let value = |key: &str, count| ("value".to_owned(), json!(key), count);
    let none = |count| ("none".to_owned(), Value::Null, count);
    assert_eq!(table(&found, "type"), [value("fire", 2), value("drone", 1), none(1)]);
    assert_eq!(
        table(&found, "status"),
        [value("new", 1), value("settled", 1), value("under review", 1), none(1)]
    );
    assert_eq!(table(&found, "side"), [value("left", 2), value("right", 1), value("on", 1)]);
    assert_eq!(table(&found, "corridor"), [value("West", 2), value("East", 1), none(1)]);
    assert_eq!(table(&found, "route"), [value("R1", 3), value("R2", 1)]);
    assert_eq!(table(&found, "post"), [value("OP-1", 3), value("2", 1)]);
    assert_eq!(found["tables"]["post"][1]["name"], "Hill");
    let totals = &found["totals"];
    assert_eq!((&totals["killed"], &totals["wounded"]), (&json!(3), &json!(3)));
    assert_eq!((&totals["killed_not_told"], &totals["wounded_not_told"]), (&json!(2), &json!(2)));
    assert_eq!(found["open_before"], json!(["old"]));
    // 20 km north of the post, and 10 km are the default.
    assert_eq!(ids(&found["far"]["incidents"]), ["d"]);
    assert_eq!(found["far"]["limit_m"], 10_000.0);
    assert_eq!(bulletin(&folder, &format!("{DAY} --far 20000"))["far"]["incidents"], json!([]));
}

#[test]
fn whom_to_tell() {
    let posts = [
        r#"{"notify":["duty officer",{"name":"A. B.","role":"liaison","channel":"VHF 12"}]}"#,
        r#"{"notify":"nobody near"}"#,
    ];
    let folder = field_with(
        posts,
        &[
            at(
                "a",
                "2021-03-05T12:00Z",
                r#""status":"settled","settled_with":["District West","7th brigade"]"#,
            ),
            point("\"far\"", r#"{"time":"2021-03-05T12:00Z"}"#, 46.05, 40.2),
        ],
    );
    let route = |id: &str, notify: &str, lat: f64| {
        let properties = format!(r#"{{"corridor":"West","half_width_m":2000,"notify":{notify}}}"#);
        line(id, &properties, &format!("[[46.0,{lat}],[46.1,{lat}]]"))
    };
    // The other route of the corridor is not the nearest; its people are told all the same, each once.
    let routes = [
        route("\"R1\"", r#""duty officer""#, 40.0),
        route("\"R9\"", r#"[{"role":"patrol leader"}, 5, null, {}]"#, 39.9),
    ];
    folder.write("routes.geojson", crate::program::collection(&routes));
    let found = bulletin(&folder, DAY);
    let near = &found["liaison"][0];
    assert_eq!(near["settled_with"], json!(["District West", "7th brigade"]));
    let of = |kind: &str, key: &str| json!({"kind": kind, "key": key});
    assert_eq!(
        near["notify"],
        json!([
            {"name": "duty officer", "role": null, "channel": null, "of": [of("post", "OP-1"), of("route", "R1")]},
            {"name": "A. B.", "role": "liaison", "channel": "VHF 12", "of": [of("post", "OP-1")]},
            {"name": "patrol leader", "role": null, "channel": null, "of": [of("route", "R9")]},
            {"name": "5", "role": null, "channel": null, "of": [of("route", "R9")]}
        ])
    );
    // In no corridor: the nearest post and route alone.
    let far = found["liaison"][1]["notify"].as_array().unwrap();
    assert_eq!(far.len(), 2);
}

#[test]
fn posts_in_service() {
    let posts = [r#"{"active_to":"2021-03-05T12:00Z"}"#, r#"{"active_from":"2021-03-06T00:00+04:00"}"#];
    let folder = field_with(
        posts,
        &[
            at("served", "2021-03-05T11:59:59Z", ""),
            at("after", "2021-03-05T12:00:00Z", ""),
            at("unreadable", "soon", ""),
        ],
    );
    let found = bulletin(&folder, DAY);
    assert_eq!(table(&found, "post"), [("value".into(), json!("OP-1"), 1), ("none".into(), Value::Null, 1)]);
    assert_eq!(
        (&found["service"]["posts"], &found["service"]["posts_not_in_service"]),
        (&json!(1), &json!([2]))
    );
    assert_eq!(ids(&found["without_time"]), ["unreadable"]);
}

#[test]
fn incidents_that_are_annotated_already_or_a_table() {
    let folder = Folder::with_demonstration();
    let expected = bulletin(&folder, "--zone Asia/Baku");
    folder.annotate("").ok();
    let again = format!("{LAYERS} --format json --output - --zone Asia/Baku")
        .replace("incidents.geojson", "out.geojson");
    assert_eq!(parse(&folder.run(&again).ok()), expected);
    folder
        .run("annotate --posts posts.geojson --incidents incidents.geojson --prefix x_ --output log.csv")
        .ok();
    let table = parse(&folder.run(&again.replace("out.geojson", "log.csv")).ok());
    adds_up(&table);
    assert_eq!(table["tables"], expected["tables"]);
}

#[test]
fn outputs() {
    let folder = Folder::with_demonstration();
    let day = "--day 2021-01-01 --zone Asia/Baku";
    for (name, start) in
        [("b.md", "# "), ("b.html", "<!DOCTYPE html>"), ("b.json", "{"), ("b.csv", "section,key,count")]
    {
        folder.run(&format!("{LAYERS} {day} --output {name}")).ok();
        assert!(folder.read(name).starts_with(start), "{name}");
        folder.run(&format!("{LAYERS} {day} --output {name}")).fails(2, &[name, "--force"]);
    }
    folder.run(&format!("{LAYERS} {day} --output b.pdf")).fails(2, &["b.pdf", ".md"]);
    folder
        .run(&format!("{LAYERS} {day} --format md --force --output incidents.geojson"))
        .fails(2, &["input"]);
    folder.run(&format!("{LAYERS} --day 2021-13-01 --zone UTC --output c.md")).fails(2, &["2021-13-01"]);
    assert!(!folder.has("c.md") && !folder.has("b.pdf"));
}
