//! `patrol bulletin`: periods, what lies in them, and what they are held against.

use serde_json::json;

use crate::cli::bulletin::{DAY, at, bulletin, data_of, field, ids, run, table};
use crate::program::point;

#[test]
fn the_edges_of_a_period() {
    let folder = field(&[
        at("before", "2021-03-04T23:59:59.999+04:00", ""),
        at("first", "2021-03-05T00:00:00+04:00", ""),
        at("last", "2021-03-05T19:59:59.999Z", ""),
        at("after", "2021-03-06T00:00+04:00", ""),
    ]);
    let found = bulletin(&folder, DAY);
    assert_eq!(ids(&found["places"]), ["first", "last"]);
    assert_eq!(found["data"], data_of([1, 2, 1], [0; 3]));
    assert_eq!(table(&found, "hour"), [("value".into(), json!("00"), 1), ("value".into(), json!("23"), 1)]);
    let between = "--from 2021-03-04T23:59:59.999+04:00 --to 2021-03-05T00:00+04:00";
    assert_eq!(ids(&bulletin(&folder, between)["places"]), ["before"]);
    let found = bulletin(&folder, "--from 2021-03-05T00:00 --to 2021-03-06T00:00:00.001 --zone Asia/Baku");
    assert_eq!(ids(&found["places"]), ["first", "last", "after"]);
}

#[test]
fn days_on_which_clocks_are_changed() {
    let folder = field(&[
        at("summer", "2020-10-25T02:30+02:00", ""),
        at("winter", "2020-10-25T02:30+01:00", ""),
        at("late", "2020-10-25T23:30+01:00", ""),
        at("spring", "2021-03-28T23:30+02:00", ""),
    ]);
    let found = bulletin(&folder, "--day 2020-10-25 --zone Europe/Berlin");
    assert_eq!((&found["period"]["hours"], &found["totals"]["incidents"]), (&json!(25.0), &json!(3)));
    // The hour that came twice is one row.
    assert_eq!(table(&found, "hour"), [("value".into(), json!("02"), 2), ("value".into(), json!("23"), 1)]);
    let found = bulletin(&folder, "--zone Europe/Berlin");
    assert_eq!((&found["period"]["day"], &found["period"]["hours"]), (&json!("2021-03-28"), &json!(23.0)));
}

/// A local time that the clocks showed twice is one of the day that has both, and doubtful where only one is in the period.
#[test]
fn a_time_that_there_was_twice() {
    let folder = field(&[
        at("twice", "2020-10-25T02:30", ""),
        at("once", "2020-10-25T04:30", ""),
        at("never", "2020-03-29T02:30", ""),
    ]);
    let never = json!({"id": "never", "row": 3, "found": "2020-03-29T02:30", "why": "clocks"});
    let found = bulletin(&folder, "--day 2020-10-25 --zone Europe/Berlin");
    assert_eq!(ids(&found["places"]), ["twice", "once"]);
    assert_eq!(found["places"][0]["time"], "2020-10-25T02:30:00+02:00");
    assert_eq!(table(&found, "hour"), [("value".into(), json!("02"), 1), ("value".into(), json!("04"), 1)]);
    assert_eq!(found["without_time"], json!([never]));
    assert_eq!(found["data"], data_of([0, 2, 0], [0, 0, 1]));
    let found = bulletin(&folder, "--from 2020-10-25T01:00Z --to 2020-10-26T00:00Z --zone Europe/Berlin");
    let twice = json!({"id": "twice", "row": 1, "found": "2020-10-25T02:30", "why": "clocks"});
    assert_eq!(found["without_time"], json!([twice, never]));
    assert_eq!(found["data"], data_of([0, 1, 0], [1, 0, 1]));
}

#[test]
fn the_period_before_and_the_median() {
    // On day d of the month d incidents with one killed each on odd days; 28 days before 1 March of which 26 are in the data.
    let mut incidents = Vec::new();
    for day in 3..=28 {
        for i in 0..day {
            let killed = day % 2;
            incidents.push(at(
                &format!("{day}-{i}"),
                &format!("2021-02-{day:02}T12:00+04:00"),
                &format!(r#""killed":{killed}"#),
            ));
        }
    }
    for i in 0..20 {
        incidents.push(at(&format!("now-{i}"), "2021-03-01T01:00+04:00", r#""killed":1,"wounded":2"#));
    }
    let folder = field(&incidents);
    let found = bulletin(&folder, "--day 2021-03-01 --zone Asia/Baku");
    let change = &found["change"];
    assert_eq!(change["periods_in_data"], 26);
    // 3 to 28: the median is 15.5.
    assert_eq!(
        change["incidents"],
        // Quartiles between the ranks (type 7), and the exact interval of 20 by Garwood's table.
        json!({"now": 20, "before": 28, "difference": -8, "median": 15.5, "difference_from_median": 4.5,
               "lower_quartile": 9.25, "upper_quartile": 21.75, "least": 3, "most": 28, "usual": "usual",
               "poisson_95": [12.2165, 30.8884]})
    );
    // Thirteen even days have 0; the odd ones 3 to 27: the two in the middle are 0 and 3.
    let killed = &change["killed"];
    assert_eq!(
        (&killed["now"], &killed["before"], &killed["difference"]),
        (&json!(20), &json!(0), &json!(20))
    );
    assert_eq!((&killed["median"], &killed["difference_from_median"]), (&json!(1.5), &json!(18.5)));
    assert_eq!(change["wounded"]["median"], 0.0);
    // Two days later there are 28 of them, with a day without any between: 4 to 28, 20, 0 and 3.
    let later = bulletin(&folder, "--day 2021-03-03 --zone Asia/Baku");
    assert_eq!(later["change"]["periods_in_data"], 28);
    assert_eq!(later["change"]["incidents"]["median"], 15.5);
    assert_eq!(later["change"]["incidents"]["before"], 0);
    // Half a day, held against half days: the twelve hours before had all of a day at noon.
    let half = bulletin(&folder, "--from 2021-03-01T00:00 --to 2021-03-01T12:00 --zone Asia/Baku");
    assert_eq!(half["change"]["incidents"]["before"], 28);
    assert_eq!(half["change"]["periods_in_data"], 28);
}

#[test]
fn times_that_are_none() {
    let folder = field(&[at("a", "2021-03-05T12:00", ""), at("b", "2021-03-05T12:00Z", "")]);
    let between = "--from 2021-03-05T00:00Z --to 2021-03-06T00:00Z";
    run(&folder, between)
        .fails(2, &["incidents.geojson", "id a", "properties.time", "has no zone", "--zone"]);
    assert_eq!(ids(&bulletin(&folder, DAY)["places"]), ["a", "b"]);
    run(&folder, "").fails(2, &["--zone"]);
    run(&folder, "--day 2021-03-05").fails(2, &["--zone"]);
    run(&folder, "--from 2021-03-05T00:00 --to 2021-03-06T00:00Z").fails(2, &["--from", "has no zone"]);
    let folder = field(&[
        point("\"none\"", "{}", 46.05, 40.01),
        point("\"null\"", r#"{"time":null}"#, 46.05, 40.01),
        at("noon", "noon", ""),
        at("then", "2021-03-05T24:00Z", ""),
        point("7", r#"{"time":{"at":"2021-03-05T12:00Z"}}"#, 46.05, 40.01),
        at("good", "2021-03-05T12:00Z", ""),
    ]);
    let found = bulletin(&folder, DAY);
    assert_eq!(
        found["without_time"],
        json!([{"id": "none", "row": 1, "found": null, "why": "missing"},
               {"id": "null", "row": 2, "found": null, "why": "missing"},
               {"id": "noon", "row": 3, "found": "noon", "why": "unreadable"},
               {"id": "then", "row": 4, "found": "2021-03-05T24:00Z", "why": "unreadable"},
               {"id": 7, "row": 5, "found": "{\"at\":\"2021-03-05T12:00Z\"}", "why": "unreadable"}])
    );
    assert_eq!(found["totals"]["incidents"], 1);
    run(&folder, "--from 2021-03-06T00:00Z --to 2021-03-05T00:00Z").fails(2, &["end after its beginning"]);
}

#[test]
fn another_field_of_times() {
    let incident = point("\"a\"", r#"{"time":"noon","seen":"2021-03-05T12:00Z"}"#, 46.05, 40.01);
    let found = bulletin(&field(&[incident]), &format!("{DAY} --time-field seen"));
    assert_eq!(ids(&found["places"]), ["a"]);
}

#[test]
fn an_empty_period_and_no_incidents_at_all() {
    let folder = field(&[at("a", "2021-03-04T12:00Z", "")]);
    let found = bulletin(&folder, DAY);
    assert_eq!(found["totals"]["incidents"], 0);
    assert_eq!(found["change"]["incidents"]["difference"], -1);
    let folder = field(&[]);
    let found = bulletin(&folder, DAY);
    assert_eq!((&found["data"]["read"], &found["change"]["periods_in_data"]), (&json!(0), &json!(0)));
    run(&folder, "--zone Asia/Baku").fails(2, &["no incident", "--day"]);
}
