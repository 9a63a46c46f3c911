//! Incidents out of several files in one run: each counts once, and its file is named.

use serde_json::Value;

use crate::program::{Folder, json};

fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    let one = "id,time,lon,lat,type\nA,2020-11-01T06:00Z,46.8,40.0,shots\nB,2020-11-01T07:00Z,46.81,40.01,shots\n\
               C,2020-11-01T08:00Z,46.82,400,shots\n";
    folder.write("log-1.csv", one);
    // A again, B corrected, one without an id, and one of its own.
    let two = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"A","properties":{"type":"shots","time":"2020-11-01T06:00Z","note":null},"geometry":{"type":"Point","coordinates":[46.80,40]}},
{"type":"Feature","id":"B","properties":{"time":"2020-11-01T07:00Z","type":"shelling"},"geometry":{"type":"Point","coordinates":[46.81,40.01]}},
{"type":"Feature","properties":{"time":"2020-11-01T07:30Z"},"geometry":{"type":"Point","coordinates":[46.83,40.01]}},
{"type":"Feature","id":"D","properties":{"time":"some day"},"geometry":{"type":"Point","coordinates":[46.84,40.01]}}]}"#;
    folder.write("log-2.geojson", two);
    folder
}

const BULLETIN: &str = "bulletin --posts posts.geojson --routes routes.geojson --day 2020-11-01 --zone Asia/Baku --force \
                        --skip-invalid --rejects rejects.jsonl --output out.json --summary sums.json --allow-incomplete";

#[test]
fn incidents_that_come_again_count_once_and_corrections_are_said() {
    let folder = folder();
    for files in ["--incidents log-1.csv --incidents log-2.geojson", "--incidents log-?.*"] {
        let run = folder.run(&format!("{BULLETIN} {files}"));
        assert_eq!(run.status, 0, "{}", run.err);
        let sums = json(&folder.read("sums.json"));
        let count = |name: &str| sums[name].as_u64().unwrap_or(0);
        assert_eq!(
            (count("read"), count("rejected"), count("repeated"), count("exact")),
            (6, 1, 1, 5),
            "{sums}"
        );
        assert_eq!((count("dated"), count("unreadable_time")), (4, 1), "{sums}");
        let first = &sums["first"];
        assert_eq!((&first["rejected"]["file"], &first["rejected"]["row"]), (&"log-1.csv".into(), &3.into()));
        let time = &first["unreadable_time"];
        assert_eq!((&time["file"], &time["row"]), (&"log-2.geojson".into(), &4.into()));
        assert!(run.err.contains("repeated from an earlier file 1"), "{}", run.err);
        let corrected = "log-2.geojson:3: warning: incident 2 is with the id of an incident in an earlier file and other content";
        assert!(run.err.contains(corrected), "{}", run.err);
        assert_eq!(json(&folder.read("out.json"))["totals"]["incidents"], 4);
        let reject = json(folder.read("rejects.jsonl").trim_end());
        assert_eq!(
            (&reject["file"], &reject["line"], &reject["feature"]),
            (&"log-1.csv".into(), &4.into(), &3.into())
        );
    }
}

#[test]
fn numbers_go_on_from_file_to_file() {
    let folder = folder();
    let without_ids = "time,lon,lat\n2020-11-01T06:00Z,46.8,40.0\n2020-11-01T06:00Z,46.8,40.0\n";
    folder.write("a.csv", without_ids);
    folder.write("b.csv", without_ids);
    let run =
        folder.run("fuse --posts posts.geojson --incidents a.csv --incidents b.csv --output out.geojson");
    assert_eq!(run.status, 0, "{}", run.err);
    // Without ids nothing says that two are the same: the grouping does.
    let group = &json(&folder.read("out.geojson"))["features"][0]["properties"];
    assert_eq!(group["report_numbers"], Value::from(vec![1, 2, 3, 4]), "{group}");
}

#[test]
fn files_that_are_not_there_or_contradict_each_other_are_named() {
    let folder = folder();
    folder
        .run(&format!("{BULLETIN} --incidents nothing-*.csv"))
        .fails(2, &["nothing-*.csv", "no file has a name like that"]);
    let log = |day: &str| format!("id,time,lon,lat\n{day},{day} 6:10,46.8,40\n");
    folder.write("day.csv", log("20/11/2020"));
    folder.write("month.csv", log("11/20/2020"));
    folder.run(&format!("{BULLETIN} --incidents day.csv --incidents month.csv")).fails(
        2,
        &[
            "day.csv has dates with the one of day and month first, and month.csv with the other",
            "--time-format",
        ],
    );
    // What is undecided in one is read as another has it.
    folder.write("either.csv", log("01/11/2020"));
    let run = folder.run(&format!("{BULLETIN} --incidents either.csv --incidents day.csv"));
    assert_eq!(json(&folder.read("out.json"))["totals"]["incidents"], 1, "{}", run.err);
    folder
        .run("annotate --posts posts.geojson --incidents log-1.csv --incidents log-2.geojson --output out.geojson")
        .fails(2, &["annotate one at a time"]);
}
