//! `patrol bulletin`: values in the ways in which layers and logs write them.

use serde_json::{Value, json};

use crate::cli::bulletin::{DAY, LAYERS, at, bulletin, data_of, field, field_with, ids, table};
use crate::program::{Folder, feature, point};

/// Registers of conflicts have dates alone: a day of theirs is not one on which nothing was recorded.
#[test]
fn dates_without_an_hour() {
    let folder = field_with(
        [r#"{"active_to":"2021-03-05T07:59:00Z"}"#, "{}"],
        &[
            at("eve", "2021-03-04", r#""killed":1"#),
            at("day", "2021-03-05", r#""killed":2"#),
            at("noon", "2021-03-05T12:00", r#""killed":4"#),
            at("next", "2021-03-06", ""),
        ],
    );
    let found = bulletin(&folder, DAY);
    assert_eq!(found["data"], data_of([1, 2, 1], [0; 3]));
    // In the order of time, with what is known of it, and by the posts that were in service at any time of it.
    assert_eq!(ids(&found["places"]), ["day", "noon"]);
    assert_eq!(
        (&found["places"][0]["time"], &found["places"][0]["post_id"]),
        (&json!("2021-03-05"), &json!("OP-1"))
    );
    assert_eq!(table(&found, "hour"), [("value".into(), json!("12"), 1), ("none".into(), Value::Null, 1)]);
    assert_eq!(found["change"]["killed"]["before"], 1);
    assert_eq!(bulletin(&folder, "--zone Asia/Baku")["period"]["day"], "2021-03-06");
    // Of a period that has a part of the day nobody knows.
    let shift = bulletin(&folder, "--from 2021-03-05T06:00 --to 2021-03-06T00:00 --zone Asia/Baku");
    assert_eq!(shift["without_time"], json!([{"id": "day", "row": 2, "found": "2021-03-05", "why": "date"}]));
    assert_eq!(shift["data"]["doubtful"], 1);
    assert_eq!((&shift["totals"]["killed"], &shift["data"]["after"]), (&json!(4), &json!(1)));
    // Without a zone it is that day anywhere, from UTC+14 to UTC-12.
    let folder = field(&[at("day", "2021-03-05", "")]);
    let found = bulletin(&folder, "--from 2021-03-05T00:00Z --to 2021-03-06T00:00Z");
    assert_eq!(found["without_time"][0]["why"], "date");
    let found = bulletin(&folder, "--from 2021-03-04T10:00Z --to 2021-03-06T12:00Z");
    assert_eq!(ids(&found["places"]), ["day"]);
}

#[test]
fn a_time_in_another_case_is_a_time() {
    let named = |name: &str| point("\"i\"", &format!(r#"{{"{name}":"2021-03-05T12:00Z"}}"#), 46.0, 40.01);
    let posts = [point("1", "{}", 46.0, 40.0)];
    let found = bulletin(&Folder::with_layers(&posts, &[], &[named("TIME"), named("Times")]), DAY);
    assert_eq!(found["data"], data_of([0, 1, 0], [0, 1, 0]));
}

/// Samoa went to the other side of the date line and had no 30 December 2011.
#[test]
fn days_that_a_zone_left_out() {
    let folder =
        field(&[at("none", "2011-12-30", ""), at("last", "9999-12-31", ""), at("day", "2011-12-31", "")]);
    let found = bulletin(&folder, "--day 2011-12-31 --zone Pacific/Apia");
    assert_eq!((ids(&found["places"]), ids(&found["without_time"])), (vec!["day"], vec!["none", "last"]));
    let why = |at: usize| &found["without_time"][at]["why"];
    assert_eq!((why(0), why(1)), (&json!("clocks"), &json!("calendar")));
    // The day before was the 29th.
    let eve = at("eve", "2011-12-29T11:00:00-10:00", "");
    let found = bulletin(&field(&[eve, at("day", "2011-12-31", "")]), "--day 2011-12-31 --zone Pacific/Apia");
    assert_eq!(
        (&found["change"]["incidents"]["before"], &found["change"]["periods_in_data"]),
        (&json!(1), &json!(1))
    );
    folder
        .run(&format!("{LAYERS} --format json --output - --day 2011-12-30 --zone Pacific/Apia"))
        .fails(2, &["2011-12-30", "Pacific/Apia left out"]);
}

#[test]
fn ids_that_look_alike_are_two_rows() {
    let posts = ["1", "\"1\""].map(|id| point(id, "{}", if id == "1" { 46.0 } else { 46.1 }, 40.0));
    let incident = |lon| point("\"i\"", r#"{"time":"2021-03-05T12:00Z"}"#, lon, 40.01);
    let found = bulletin(&Folder::with_layers(&posts, &[], &[incident(46.0), incident(46.1)]), DAY);
    assert_eq!(table(&found, "post"), [("value".into(), json!("1"), 1), ("value".into(), json!("1"), 1)]);
}

#[test]
fn numbers_of_persons_that_are_none_are_named() {
    let folder = field(&[
        at("words", "2021-03-05T12:00Z", r#""killed":"two","wounded":"2+""#),
        at("less", "2021-03-05T12:00Z", r#""killed":-1,"wounded":true"#),
        at("fine", "2021-03-05T12:00Z", r#""killed":" ۱۲ ","wounded":null"#),
        at("table", "2021-03-05T12:00Z", r#""killed":"2.0","wounded":"2.5""#),
        at("other", "2021-03-01T12:00Z", r#""killed":"some""#),
    ]);
    let found = bulletin(&folder, DAY);
    let row = |id: &str, member: &str, text: &str| json!({"id": id, "member": member, "found": text});
    assert_eq!(
        found["not_counted"],
        json!([
            row("words", "killed", "two"),
            row("words", "wounded", "2+"),
            row("less", "killed", "-1"),
            row("less", "wounded", "true"),
            row("table", "wounded", "2.5")
        ])
    );
    assert_eq!((&found["totals"]["killed"], &found["totals"]["killed_not_told"]), (&json!(14), &json!(2)));
    let page = folder.run(&format!("{LAYERS} --format md --output - {DAY}")).ok();
    assert!(
        page.contains("no whole number of persons: killed “two” of words; wounded “2+” of words;"),
        "{page}"
    );
}

/// `notify` as layers have it: several channels, other members, and what tools made text of.
#[test]
fn whom_to_tell_in_other_shapes() {
    let told = |notify: &str, more: &str| {
        let folder =
            field_with([&format!(r#"{{"notify":{notify}}}"#), "{}"], &[at("a", "2021-03-05T12:00Z", more)]);
        bulletin(&folder, DAY)["liaison"][0].clone()
    };
    let contact =
        |name: &str, role: Value, channel: Value| json!({"name": name, "role": role, "channel": channel});
    for (notify, expected) in [
        (
            r#""[\"A\", {\"name\":\"B\",\"role\":\"duty\"}]""#,
            vec![contact("A", Value::Null, Value::Null), contact("B", json!("duty"), Value::Null)],
        ),
        (r#""[on call]""#, vec![contact("[on call]", Value::Null, Value::Null)]),
        (
            r#"[["A"],["B"]]"#,
            vec![contact("A", Value::Null, Value::Null), contact("B", Value::Null, Value::Null)],
        ),
        (
            r#"{"name":"A","roles":["x","y"],"channel":["VHF 12",7],"phone":"+1"}"#,
            vec![contact("A", json!("x, y"), json!("VHF 12, 7, phone: +1"))],
        ),
        (r#"{"phone":"+1"}"#, vec![contact("phone: +1", Value::Null, Value::Null)]),
    ] {
        let mut found = told(notify, "")["notify"].clone();
        for one in found.as_array_mut().unwrap() {
            one.as_object_mut().unwrap().remove("of");
        }
        assert_eq!(found, json!(expected), "{notify}");
    }
    let settled = told(r#""A""#, r#""settled_with":"[{\"name\":\"X\",\"role\":\"mayor\"},\"Y\"]""#);
    assert_eq!(settled["settled_with"], json!(["X (mayor)", "Y"]));
    // Of an uncertain incident also the people of the corridors that its region meets.
    let folder = field(&[at("a", "2021-03-05T12:00Z", r#""uncertainty_m":500"#)]);
    folder.write(
        "corridors.geojson",
        crate::program::collection(&[feature(
            "1",
            r#"{"corridor":"West","notify":"the West"}"#,
            r#"{"type":"Polygon","coordinates":[[[46,39.9],[46.2,39.9],[46.2,40.1],[46,40.1],[46,39.9]]]}"#,
        )]),
    );
    let found = bulletin(&folder, &format!("{DAY} --corridors corridors.geojson"));
    assert_eq!(found["liaison"][0]["notify"][0]["of"], json!([{"kind": "corridor", "key": "West"}]));
}

#[test]
fn deep_properties_are_no_danger() {
    let deep = format!(r#""more":{}{}"#, "[".repeat(100_000), "]".repeat(100_000));
    let found = bulletin(&field(&[at("a", "2021-03-05T12:00Z", &deep)]), DAY);
    assert_eq!(ids(&found["places"]), ["a"]);
}
