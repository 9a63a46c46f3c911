//! `patrol bulletin`: weeks, months and parts of them, and what they are held against.

use serde_json::{Value, json};

use crate::cli::bulletin::{LAYERS, at, bulletin, field, of_run, run};
use crate::program::Folder;

/// So many incidents on a day, at noon in UTC.
fn on(day: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| at(&format!("{day}-{n}"), &format!("{day}T12:00:00Z"), "")).collect()
}

/// The period, and what it and the one before have.
fn of(folder: &Folder, more: &str) -> (Value, Value, Value) {
    let found = bulletin(folder, &format!("--zone UTC {more}"));
    let days: u64 =
        found["days"].as_array().unwrap().iter().map(|day| day["incidents"].as_u64().unwrap()).sum();
    assert_eq!(json!(days), found["totals"]["incidents"], "{more}");
    let span = json!([found["period"]["from"], found["period"]["to"]]);
    (span, found["totals"]["incidents"].clone(), found["change"]["incidents"]["before"].clone())
}

/// 8 March 2021 is a Monday.
#[test]
fn weeks_and_months_are_those_of_the_calendar() {
    let days =
        [("2021-02-28", 1), ("2021-03-06", 2), ("2021-03-07", 4), ("2021-03-08", 8), ("2021-03-14", 16)];
    let incidents: Vec<String> = days.iter().flat_map(|(day, count)| on(day, *count)).collect();
    let folder = field(&incidents);
    let midnights =
        |from: &str, to: &str| json!([format!("{from}T00:00:00+00:00"), format!("{to}T00:00:00+00:00")]);
    let week = (midnights("2021-03-08", "2021-03-15"), json!(24), json!(6));
    for more in ["--week=2021-03-08", "--week=2021-03-14", "--week"] {
        assert_eq!(of(&folder, more), week, "{more}");
    }
    let from_saturday = (midnights("2021-03-06", "2021-03-13"), json!(14), json!(1));
    assert_eq!(of(&folder, "--week=2021-03-08 --week-start sat"), from_saturday);
    let from_sunday = (midnights("2021-03-14", "2021-03-21"), json!(16), json!(12));
    assert_eq!(of(&folder, "--week --week-start sunday"), from_sunday);
    let march = (midnights("2021-03-01", "2021-04-01"), json!(30), json!(1));
    for more in ["--month=2021-03-31", "--month"] {
        assert_eq!(of(&folder, more), march, "{more}");
    }
    assert_eq!(of(&folder, "--month=2021-02-01").1, json!(1));
    // Dates are their midnights.
    let between = of(&folder, "--from 2021-03-07 --to 2021-03-09");
    assert_eq!((between.0, between.1), (midnights("2021-03-07", "2021-03-09"), json!(12)));
    let found = bulletin(&folder, "--month --zone UTC");
    assert_eq!(found["period"]["kind"], "month");
    assert_eq!(found["days"].as_array().unwrap().len(), 31);
    assert_eq!(found["days"][13], json!({"day": "2021-03-14", "incidents": 16, "killed": 0, "wounded": 0}));
    run(&folder, "--week --day 2021-03-08 --zone UTC").fails(2, &["--week", "--day"]);
    run(&folder, "--week").fails(2, &["--zone"]);
    run(&folder, "--week --zone UTC --week-start someday").fails(2, &["someday"]);
}

/// A month in which the clocks are changed has an hour less, and its days are still whole days.
#[test]
fn a_month_in_which_clocks_are_changed() {
    let edges =
        ["2021-02-28T22:59:59Z", "2021-02-28T23:00:00Z", "2021-03-31T21:59:59Z", "2021-03-31T22:00:00Z"];
    let incidents: Vec<String> = edges.iter().map(|time| at(time, time, "")).collect();
    let found = bulletin(&field(&incidents), "--month=2021-03-15 --zone Europe/Berlin");
    assert_eq!((&found["period"]["hours"], &found["totals"]["incidents"]), (&json!(743.0), &json!(2)));
    let of_day = |n: usize| found["days"][n]["incidents"].clone();
    assert_eq!([of_day(0), of_day(30)], [json!(1), json!(1)]);
}

/// A week that is not over is held against the same part of the weeks before.
#[test]
fn what_is_not_over_is_compared_with_equal_lengths() {
    // The week before: 2 until Wednesday noon, 5 after.
    let times = ["2021-03-01T08:00Z", "2021-03-03T11:00Z"].iter();
    let later = [
        "2021-03-03T12:00Z",
        "2021-03-04T09:00Z",
        "2021-03-05T09:00Z",
        "2021-03-06T09:00Z",
        "2021-03-07T09:00Z",
    ];
    let now = ["2021-03-08T09:00Z", "2021-03-09T09:00Z", "2021-03-10T09:00Z"];
    let incidents: Vec<String> =
        times.chain(&later).chain(&now).enumerate().map(|(n, time)| at(&n.to_string(), time, "")).collect();
    let folder = field(&incidents);
    let week = "--week=2021-03-08 --zone UTC";
    let found = bulletin(&folder, &format!("{week} --data-until 2021-03-10T12:00Z"));
    assert_eq!(
        (&found["period"]["to_date"], &found["change"]["compared_with"]),
        (&json!(true), &json!("to_date"))
    );
    assert_eq!(
        (&found["totals"]["incidents"], &found["change"]["incidents"]["before"]),
        (&json!(3), &json!(2))
    );
    let page =
        folder.run(&format!("{LAYERS} {week} --data-until 2021-03-10T12:00Z --format md --output -")).ok();
    assert!(page.starts_with("# Bulletin of 8 March 2021 to 14 March 2021, to date\n"), "{page}");
    assert!(page.contains("The week before had two violations."), "{page}");
    assert!(
        page.contains("The week is not over: of each week before, the same days and hours were counted."),
        "{page}"
    );
    // A machine whose clock is behind: the last incident is as far as the week has come, and a week that has not begun is whole.
    let behind = bulletin(&folder, &format!("{week} --data-until 1970-01-01"));
    assert_eq!(behind["period"]["data_until"], "2021-03-10T09:00:00+00:00");
    assert_eq!(
        (&behind["period"]["to_date"], &behind["change"]["incidents"]["before"]),
        (&json!(true), &json!(1))
    );
    let ahead = bulletin(&folder, "--week=2021-03-15 --zone UTC --data-until 2021-03-10T12:00Z");
    assert_eq!(
        (&ahead["period"]["to_date"], &ahead["change"]["incidents"]["before"]),
        (&json!(false), &json!(3))
    );
    // Of a week that is over all counts, and of data from long ago each is.
    for more in ["--data-until 2021-03-15", ""] {
        let found = bulletin(&folder, &format!("{week} {more}"));
        assert_eq!(
            (&found["period"]["to_date"], &found["change"]["incidents"]["before"]),
            (&json!(false), &json!(7))
        );
    }
}

/// Beyond Tukey's fences and beyond all periods, and of eight periods at least: only then a period is called unusual.
#[test]
fn a_change_is_called_unusual_by_the_quartiles() {
    let history = |counts: &[usize], now: usize| {
        let last = counts.len();
        let day = |n: usize| format!("2021-03-{:02}", n + 1);
        let mut incidents: Vec<String> =
            counts.iter().enumerate().flat_map(|(n, count)| on(&day(n), *count)).collect();
        incidents.extend(on(&day(last), now));
        let folder = field(&incidents);
        let day = format!("--day {} --zone UTC", day(last));
        let page = folder.run(&format!("{LAYERS} {day} --format md --output -")).ok();
        let found = bulletin(&folder, &day);
        assert_eq!(found["change"]["periods_in_data"], last);
        (found["change"]["incidents"]["usual"].as_str().unwrap_or("none").to_owned(), page)
    };
    // Quartiles 3.75 and 6: the fences are at 0.375 and 9.375.
    let eight = [3, 4, 5, 6, 3, 4, 6, 7];
    let (usual, page) = history(&eight, 11);
    assert_eq!(usual, "more", "{page}");
    assert!(page.contains("This is unusually many, more than in any of them."), "{page}");
    assert!(page.contains("Incidents come in clusters, so the quartiles decide"), "{page}");
    for now in [7, 9, 1] {
        assert_eq!(history(&eight, now).0, "usual", "{now}");
    }
    assert_eq!(history(&[20, 21, 20, 22, 21, 20, 22, 21], 0).0, "fewer");
    // One before had as many.
    assert_eq!(history(&[3, 4, 5, 6, 3, 4, 6, 30], 29).0, "usual");
    let (usual, page) = history(&[3, 4, 5, 6, 3, 4, 6], 40);
    assert_eq!(usual, "too_few_periods", "{page}");
    assert!(
        page.contains("too few to say what is usual, which takes 8.") && !page.contains("This is unusual"),
        "{page}"
    );
}

/// By corridor and day, by week: sums of the same incidents.
#[test]
fn days_corridors_and_weeks_add_up() {
    let mut incidents = on("2021-03-01", 2);
    incidents.extend(on("2021-03-09", 3));
    incidents.push(crate::program::point("\"out\"", r#"{"time":"2021-03-09T01:00Z"}"#, 46.05, 41.0));
    let found = bulletin(&field(&incidents), "--month --zone UTC");
    let of_corridor = |key: Value| {
        let rows = found["corridor_days"].as_array().unwrap();
        rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("{key} in {rows:?}"))["incidents"]
            .clone()
    };
    let west = of_corridor(json!("West"));
    assert_eq!((&west[0], &west[8], &west[9]), (&json!(2), &json!(3), &json!(0)));
    assert_eq!(of_corridor(Value::Null)[8], json!(1));
    let weeks = found["weeks"].as_array().unwrap();
    let counts: u64 = weeks.iter().map(|week| week["incidents"].as_u64().unwrap()).sum();
    assert_eq!(counts, 6, "{weeks:?}");
}

/// Who publishes it, in each format; the classification is at the top and at the bottom.
#[test]
fn the_head() {
    let folder = field(&on("2021-03-01", 1));
    let head = [
        "--unit",
        "3 Bn",
        "--author",
        "Capt. <A>",
        "--date-time-group",
        "020600ZMAR21",
        "--classification",
        "RESTRICTED",
    ];
    let run = |format: &str| {
        let words: Vec<&str> =
            LAYERS.split(' ').chain(["--zone", "UTC", "--output", "-", "--format", format]).collect();
        folder.run_words([&words[..], &head[..]].concat(), b"")
    };
    let page = run("md").ok();
    assert!(page.starts_with("**RESTRICTED**\n") && page.trim_end().ends_with("**RESTRICTED**"), "{page}");
    for text in ["3 Bn", r"Capt. \<A\>", "020600ZMAR21"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let html = run("html").ok();
    assert_eq!(html.matches("RESTRICTED").count(), 2, "{html}");
    assert!(html.contains("Capt. &lt;A&gt;"), "{html}");
    let found = of_run(&run("json"));
    assert_eq!(
        found["head"],
        json!({"unit": "3 Bn", "author": "Capt. <A>", "date_time_group": "020600ZMAR21", "classification": "RESTRICTED"})
    );
}
