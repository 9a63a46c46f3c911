//! `patrol bulletin`: what could not be read, dated or located is said in the first lines, and by the exit status.

use serde_json::{Value, json};

use crate::cli::bulletin::{DAY, LAYERS, adds_up, at, bulletin, data_of, field, ids, of_run};
use crate::program::{Folder, Run, feature, json as parse, point};

fn run(folder: &Folder, more: &str) -> Run {
    folder.run(&format!("{LAYERS} --output - {more}"))
}

/// What happened, and what is uncertain or left out: the first and the last sentence before the first heading.
fn lead(page: &str) -> (String, String) {
    let sentences: Vec<&str> = page.split("\n\n").skip(1).take_while(|text| !text.starts_with('#')).collect();
    assert_eq!(sentences.len(), 3, "{page}");
    (sentences[0].to_owned(), sentences[2].to_owned())
}

const APART: &str = "Incidents that could not be dated are listed below, and counted in no table.";

/// Of two rows whose times can't be read nobody may read that nothing happened.
#[test]
fn what_could_not_be_dated_is_said_first() {
    let folder = field(&[at("a", "20th, 06:10", ""), at("b", "20th, 07:45", "")]);
    let day = "--day 2026-11-20 --zone Africa/Nairobi";
    let text = run(&folder, &format!("{day} --format md"));
    assert_eq!(text.status, 1, "{}", text.err);
    let (first, second) = lead(&text.out);
    assert_eq!(
        first,
        "In the 24 hours of 20 November 2026 (Africa/Nairobi) no violation is known, and two incidents could not be \
         dated; watched from two posts, patrolled on two routes in two corridors."
    );
    assert_eq!(second, format!("The first time that cannot be read is “20th, 06:10” (row 1). {APART}"));
    assert_eq!(run(&folder, &format!("{day} --format md --allow-incomplete")).ok(), text.out);
    let persian = run(&folder, &format!("{day} --format html --lang fa --allow-incomplete")).ok();
    assert!(persian.contains("هیچ مورد نقض آتش‌بس معلوم نیست و زمان دو رویداد معلوم نشد؛"), "{persian}");
    assert_eq!(bulletin(&folder, day)["data"], data_of([0; 3], [0, 0, 2]));
    // Beside some that are known, and of one that says nothing.
    let folder = field(&[at("a", "2026-11-20T06:10", ""), point("\"b\"", "{}", 46.05, 40.01)]);
    let text = run(&folder, &format!("{day} --format md"));
    assert_eq!(text.status, 1, "{}", text.err);
    let (first, second) = lead(&text.out);
    let events = "one violation was recorded, and one incident could not be dated;";
    assert!(first.contains(events), "{first}");
    assert_eq!(second, APART);
    // What is of another day is no doubt.
    let folder = field(&[at("a", "2026-11-19T06:10", "")]);
    let (first, second) = lead(&run(&folder, &format!("{day} --format md")).ok());
    assert!(
        first.contains("no violation was recorded;") && second == "Nothing was left out.",
        "{first} {second}"
    );
}

#[test]
fn what_is_doubtful_is_said_first() {
    let folder = field(&[at("date", "2021-03-05", ""), at("noon", "2021-03-05T12:00", "")]);
    let shift = "--from 2021-03-05T06:00 --to 2021-03-06T00:00 --zone Asia/Baku";
    let text = run(&folder, &format!("{shift} --format md"));
    assert_eq!(text.status, 1, "{}", text.err);
    let (first, _) = lead(&text.out);
    assert!(first.contains(", and one incident may be of this period or not;"), "{first}");
    assert_eq!(bulletin(&folder, shift)["data"], data_of([0, 1, 0], [1, 0, 0]));
}

/// Years of other calendars would be other days.
#[test]
fn other_calendars() {
    let folder = field(&[at("solar", "1405-08-29", ""), at("buddhist", "2569-11-20T08:00:00Z", "")]);
    let found = bulletin(&folder, "--day 2026-11-20 --zone Asia/Tehran");
    assert_eq!(
        found["without_time"],
        json!([{"id": "solar", "row": 1, "found": "1405-08-29", "why": "calendar"},
               {"id": "buddhist", "row": 2, "found": "2569-11-20T08:00:00Z", "why": "calendar"}])
    );
    run(&folder, "--day 1405-08-29 --zone Asia/Tehran --format json")
        .fails(2, &["1405-08-29", "another calendar"]);
}

/// Without a readable time there is no last day: the first value tells what to change.
#[test]
fn no_time_for_the_last_day() {
    let folder = field(&[point("\"a\"", "{}", 46.05, 40.01), at("b", "the 20th at 06:10", "")]);
    run(&folder, "--zone Asia/Baku --format json")
        .fails(2, &["no incident has a readable time", "`the 20th at 06:10` (row 2, column `time`)"]);
    let folder = field(&[point("\"a\"", "{}", 46.05, 40.01)]);
    run(&folder, "--zone Asia/Baku --format json")
        .fails(2, &["no incident has a time", "row 1, column `time`"]);
}

/// One bad cell is no reason for no bulletin: it is named in every format.
#[test]
fn rows_that_cannot_be_read_are_listed() {
    let folder = field(&[]);
    let rows: String = (0..25).map(|n| format!("b{n},2021-03-05T12:00Z,\"x{n}\",46.05\n")).collect();
    let good = "g,2021-03-05T12:00Z,40.01,46.05\n";
    let log = |rows: &str| folder.write("log.csv", format!("id,time,latitude,longitude\n{good}{rows}"));
    let run = |more: &str| {
        folder.run(&format!("{LAYERS} {DAY} --output - {more}").replace("incidents.geojson", "log.csv"))
    };
    log("b,2021-03-05T12:00Z,\"4o\",46.05\n");
    let one = run("--format md");
    assert_eq!(one.status, 1, "{}", one.err);
    let (first, second) = lead(&one.out);
    assert!(first.contains("one violation was recorded;"), "{first}");
    assert!(second.starts_with("One incident could not be read and is left out, row 2: "), "{second}");
    assert!(second.contains("latitude") && second.contains("4o"), "{second}");
    assert!(
        one.out.contains("1 incident was read") || one.out.contains("One more could not be read."),
        "{}",
        one.out
    );
    log(&rows);
    let found = of_run(&run("--format json"));
    assert_eq!((&found["data"]["read"], &found["data"]["rejected"]), (&json!(26), &json!(25)));
    assert_eq!(found["rejected"]["count"], 25);
    let first = found["rejected"]["first"].as_array().unwrap();
    assert_eq!(first.len(), 20);
    assert_eq!((&first[0]["row"], &first[0]["line"]), (&json!(2), &json!(3)));
    let page = run("--format md --allow-incomplete").ok();
    assert!(page.contains("25 incidents could not be read and are left out, first row 2: "), "{page}");
    assert!(
        page.contains("## Could not be read\n\n- row 2: ") && page.contains("\n- and 5 more\n"),
        "{page}"
    );
    let persian = run("--format md --lang fa --allow-incomplete").ok();
    assert!(persian.contains("۲۵ رویداد خوانده نشد") && persian.contains("و ۵ مورد دیگر"), "{persian}");
    let csv = run("--format csv --allow-incomplete").ok();
    assert!(csv.contains("data,rejected,25,"), "{csv}");
    assert_eq!(csv.lines().filter(|line| line.starts_with("rejected,")).count(), 20, "{csv}");
    // Nothing is known of a day of which nothing could be read.
    folder.write("log.csv", format!("id,time,latitude,longitude\n{rows}"));
    let (first, _) = lead(&run("--format md").out);
    assert!(first.contains("no violation is known;"), "{first}");
}

/// A post that no layer has: the region is unknown, and that is said.
#[test]
fn regions_that_are_unknown() {
    let gone =
        r#"{"time":"2021-03-05T12:00Z","observer_post":"OP-9","bearing":"E","distance_m":"2 km","killed":1}"#;
    let folder = field(&[feature("\"gone\"", gone, "null"), at("a", "2021-03-05T12:00Z", "")]);
    let found = bulletin(&folder, DAY);
    let totals = &found["totals"];
    assert_eq!(
        (&totals["not_located"], &totals["region_unknown"], &totals["killed"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert!(
        found["not_located"][0]["why"].as_str().unwrap().starts_with("no post has the id `OP-9`"),
        "{found}"
    );
    let text = run(&folder, &format!("{DAY} --format md"));
    assert_eq!(text.status, 1, "{}", text.err);
    let (_, second) = lead(&text.out);
    assert!(
        second.ends_with("The region of one incident is unknown; it counts as without a position."),
        "{second}"
    );
    assert!(text.out.contains("- gone: not located, no post has the id OP-9"), "{}", text.out);
}

/// Positions that lie where none should are counted where they are, and listed.
#[test]
fn positions_to_check() {
    let place = |id: &str, lon: f64, lat: f64| {
        point(&format!("\"{id}\""), r#"{"time":"2021-03-05T12:00Z"}"#, lon, lat)
    };
    let folder = field(&[
        place("near", 46.05, 40.01),
        place("far", 10.0, 50.0),
        place("null", 0.0, 0.0),
        place("swapped", 40.01, 46.05),
    ]);
    let found = bulletin(&folder, DAY);
    assert_eq!(
        found["odd"],
        json!([{"id": "far", "why": "far"}, {"id": "null", "why": "0, 0"}, {"id": "swapped", "why": "exchanged"}])
    );
    assert_eq!(found["totals"]["located"], 4);
    let page = run(&folder, &format!("{DAY} --format md")).ok();
    let list = "## Positions to check\n\n- far: far from all posts and routes\n- null: at 0, 0\n- swapped: outside the area, \
                and inside it with longitude and latitude exchanged\n";
    assert!(page.contains(list), "{page}");
    let persian = run(&folder, &format!("{DAY} --format md --lang fa")).ok();
    assert!(persian.contains("دور از همهٔ پست‌ها و مسیرها"), "{persian}");
}

/// Rejects go to their file too, and the summary has the sums.
#[test]
fn rejects_and_the_summary() {
    let folder = field(&[at("date", "2021-03-05", "")]);
    folder.write(
        "log.csv",
        "id,time,latitude,longitude\na,2021-03-05,40.01,46.05\nb,2021-03-05T12:00Z,x,46.05\nc,,40.01,46.05\n",
    );
    let shift = "--from 2021-03-05T06:00 --to 2021-03-06T00:00 --zone Asia/Baku --format json";
    let files = "--skip-invalid --rejects rejects.geojsonl --summary summary.json --output out.json";
    let run = folder.run(&format!("{LAYERS} {shift} {files}").replace("incidents.geojson", "log.csv"));
    assert_eq!(run.status, 1, "{}", run.err);
    let found: Value = parse(&folder.read("out.json"));
    adds_up(&found);
    assert_eq!(ids(&found["without_time"]), ["a", "c"]);
    assert_eq!(folder.read("rejects.geojsonl").lines().count(), 1);
    let summary = parse(&folder.read("summary.json"));
    for (key, expected) in [
        ("read", 3),
        ("rejected", 1),
        ("exact", 2),
        ("dated", 1),
        ("doubtful", 1),
        ("without_time", 1),
        ("unreadable_time", 0),
    ] {
        assert_eq!(summary[key], expected, "{key} of {summary}");
    }
}
