//! `--time` of `patrol locate`, `coverage` and `beats`, and `patrol fuse` at the times of its reports: as if what was out of
//! service were not there.

use serde_json::{Value, json};

use crate::program::{Folder, json, line, point, properties};

const LAYERS: &str = "--posts posts.geojson --routes routes.geojson";

/// Before that only `B` and `S` were there, from then on all, from noon on only `A` and `N` and `S`.
const FROM: &str = "2020-10-04T08:00:00Z";
const NOON: &str = "2020-10-04T12:00:00Z";

fn posts(of: &[&str]) -> Vec<String> {
    let all = [
        ("A", format!(r#"{{"name":"west","active_from":"{FROM}"}}"#), 46.0),
        ("B", format!(r#"{{"watch_radius_m":9000,"active_to":"{NOON}"}}"#), 46.1),
    ];
    let chosen = all.into_iter().filter(|(id, ..)| of.contains(id));
    chosen.map(|(id, properties, lon)| point(&format!("{id:?}"), &properties, lon, 39.5)).collect()
}

fn routes(of: &[&str]) -> Vec<String> {
    let all = [
        ("N", format!(r#"{{"corridor":"north","half_width_m":1000,"active_from":"{FROM}"}}"#), 39.505),
        ("S", r#"{"corridor":"south","half_width_m":500}"#.to_owned(), 39.45),
    ];
    let chosen = all.into_iter().filter(|(id, ..)| of.contains(id));
    chosen
        .map(|(id, properties, lat)| {
            line(&format!("{id:?}"), &properties, &format!("[[45.9,{lat}],[46.2,{lat}]]"))
        })
        .collect()
}

fn without_periods(features: Vec<String>) -> Vec<String> {
    let plain = |feature: String| {
        let mut feature = json(&feature);
        let properties = feature["properties"].as_object_mut().unwrap();
        properties.retain(|name, _| !name.starts_with("active"));
        feature.to_string()
    };
    features.into_iter().map(plain).collect()
}

fn whole() -> Folder {
    Folder::with_layers(&posts(&["A", "B"]), &routes(&["N", "S"]), &[])
}

/// Layers made only of these, without periods.
fn only(of: &[&str]) -> Folder {
    Folder::with_layers(&without_periods(posts(of)), &without_periods(routes(of)), &[])
}

/// A time, and what was there then.
const STATES: [(&str, &[&str]); 4] = [
    ("2020-10-04T07:59:59Z", &["B", "S"]),
    (FROM, &["A", "B", "N", "S"]),
    ("2020-10-04T15:59:59+04:00", &["A", "B", "N", "S"]),
    (NOON, &["A", "N", "S"]),
];

/// What the program says and all that it writes.
fn outcome(folder: &Folder, words: &str, files: &[&str]) -> Vec<String> {
    let run = folder.run(words);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{words}: {run:?}");
    std::iter::once(run.out).chain(files.iter().map(|file| folder.read(file))).collect()
}

#[test]
fn layers_of_one_instant() {
    let commands: [(&str, &[&str]); 3] = [
        (
            "coverage --radius 4000 --suggest 2 --every 1000 --gaps gaps.geojson --output out.geojson --force",
            &["out.geojson", "gaps.geojson"],
        ),
        ("beats --output out.geojson --force", &["out.geojson"]),
        (
            "beats --within corridors --sectors sectors.geojson --output out.geojson --force",
            &["out.geojson", "sectors.geojson"],
        ),
    ];
    let folder = whole();
    for (command, files) in commands {
        let command = format!("{command} {LAYERS}");
        let mut seen = Vec::new();
        for (time, of) in STATES {
            let found = outcome(&folder, &format!("{command} --time {time}"), files);
            assert_eq!(found, outcome(&only(of), &command, files), "{command} at {time}");
            seen.push(found);
        }
        seen.dedup();
        assert_eq!(seen.len(), 3, "{command}");
        // Without a time all count, and that is told.
        let run = folder.run(&command);
        assert!(run.err.contains("not always in service") && run.err.contains("--time"), "{}", run.err);
        assert_eq!(run.out, outcome(&only(&["A", "B", "N", "S"]), &command, files)[0]);
        folder.run(&format!("{command} --time 2020-10-04T13:45")).fails(2, &["--time", "no zone"]);
    }
    let run = folder
        .run(&format!("coverage --radius 4000 --output out.geojson --force {LAYERS} --drop B --time {NOON}"));
    run.fails(2, &["--drop: no post has the id B", "in service at 2020-10-04T12:00:00Z"]);
    let folder = Folder::with_layers(&posts(&["A"]), &routes(&["S"]), &[]);
    let run = folder.run(&format!("beats --output out.geojson {LAYERS} --time 2020-10-04T07:00Z"));
    let told = run.fails(2, &["posts.geojson", "no posts"]);
    assert!(told.contains("warning: no post was in service at 2020-10-04T07:00:00Z"), "{told}");
    let folder = Folder::with_layers(&posts(&["A"]), &routes(&["N"]), &[]);
    let run =
        folder.run(&format!("coverage --radius 4000 --output out.geojson {LAYERS} --time 2020-10-04T07:00Z"));
    for what in ["post", "route"] {
        assert!(run.err.contains(&format!("warning: no {what} was in service at")), "{}", run.err);
    }
    let table = run.ok();
    assert!(table.contains("all") && !table.contains("-0"), "{table}");
}

#[test]
fn incidents_of_beats_count_for_the_layers_of_that_instant() {
    let incident = |time: &str| point("1", &format!(r#"{{"time":"{time}"}}"#), 46.08, 39.5);
    let folder = whole();
    let late = "2020-10-04T18:00:00Z";
    folder.write("day.geojsonl", [incident(late), incident("2020-10-04T07:00:00Z")].join("\n"));
    let count = |options: &str| {
        let command =
            format!("beats {LAYERS} --incidents day.geojsonl --output out.geojson --force {options}");
        let table = folder.run(&command).ok();
        let of = |post: &str| {
            let row = table.lines().find(|row| row.split_whitespace().next() == Some(post))?;
            row.split_whitespace().nth(4).map(str::to_owned)
        };
        (of("A"), of("B"))
    };
    let some = |count: &str| Some(count.to_owned());
    assert_eq!(count(""), (some("1"), some("1")));
    assert_eq!(count(&format!("--time {FROM}")), (some("0"), some("2")));
    assert_eq!(count(&format!("--time {late}")), (some("2"), None));
}

#[test]
fn one_report_at_its_time() {
    let folder = whole();
    for report in
        ["--at 46.001,39.5 --uncertainty 6km", "--at 46.09,39.5", "--mgrs 38SMJ", "--route S --chainage 12km"]
    {
        let command = format!("locate {LAYERS} {report}");
        for (time, of) in STATES {
            for output in ["", " --output -"] {
                let found = outcome(&folder, &format!("{command} --time {time}{output}"), &[]);
                assert_eq!(
                    found,
                    outcome(&only(of), &format!("{command}{output}"), &[]),
                    "{report} at {time}"
                );
            }
        }
        let run = folder.run(&command);
        assert!(run.err.contains("--time TIME takes those of one instant"), "{}", run.err);
    }
    let words = |time| ["locate", "--posts", "posts.geojson", "--at", "46,39.5", "--time", time];
    let post = |time, zone: &[&str]| {
        let words = words(time).into_iter().chain(zone.iter().copied()).chain(["--output", "-"]);
        let found = properties(&folder.run_words(words, b"").ok());
        found[0]["post_id"].clone()
    };
    assert_eq!(post("2020-10-04 12:00", &["--zone", "Asia/Baku"]), json!("A"));
    assert_eq!(post("2020-10-04 11:59", &["--zone", "Asia/Baku"]), json!("B"));
    folder.run_words(words("2020-10-04 12:00"), b"").fails(2, &["--time", "no zone"]);
    // A day alone tells the declination, and not who was there.
    folder.run_words(words("2020-10-04"), b"").fails(2, &["--time", "a date without a time of day"]);
    let north = "--from A --bearing 43 --north magnetic --time 2020-10-04 --posts posts.geojson";
    only(&["A"]).run(&format!("locate {north}")).ok();
    let run = Folder::with_layers(&posts(&["A"]), &[], &[])
        .run("locate --posts posts.geojson --at 46,39.5 --time 2020-10-04T07:00Z");
    assert!(run.ok().ends_with("\nNothing that was in service then\n"));
    let run = Folder::with_layers(&posts(&["A"]), &[], &[])
        .run("nearest --posts posts.geojson --at 46,39.5 --time 2020-10-04T07:00Z");
    assert!(run.ok().ends_with("\nNothing that was in service then\n"));
}

/// People report; whether their post was still there is for others to find out.
#[test]
fn a_report_from_a_post_out_of_service_is_taken_with_a_warning() {
    let folder = whole();
    let report = "--from B --bearing W --distance 4km..5km";
    let run = folder.run(&format!("locate {LAYERS} {report} --time {NOON} --output -"));
    let said = run.err.clone();
    let found = properties(&run.ok());
    assert_eq!(found[0]["location_form"], json!("sector"));
    assert_eq!((&found[0]["post_id"], &found[0]["post_certain"]), (&json!("A"), &json!(true)));
    assert_eq!(
        said,
        "patrol: warning: --from B: in service to 2020-10-04T12:00:00Z and not at 2020-10-04T12:00:00Z; taken all the \
         same\n"
    );
    let run = folder.run(&format!("locate {LAYERS} {report} --time {FROM}"));
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let run = folder.run(&format!("locate {LAYERS} --route N --chainage 3km --time 2020-10-04T07:00Z"));
    assert!(run.err.contains("--route N: in service from 2020-10-04T08:00:00Z"), "{}", run.err);
    run.ok();
}

#[test]
fn groups_of_reports_at_their_times() {
    let folder = whole();
    let log = |first: &str, last: &str| {
        format!(
            "id,time,longitude,latitude,uncertainty_m\n1,{first},46.085,39.5,900\n2,{last},46.086,39.5,900\n"
        )
    };
    let fuse = |folder: &Folder, log: &str| -> Value {
        folder.write("log.csv", log);
        let run = folder.run(&format!("fuse {LAYERS} --incidents log.csv --output fused.geojson --force"));
        assert!(run.err.contains("groups 1"), "{}", run.err);
        run.ok();
        properties(&folder.read("fused.geojson"))[0].clone()
    };
    // All within one state of the layers: as if there were nothing else.
    for (first, last, of) in [
        ("2020-10-04T07:40:00Z", "2020-10-04T07:59:59Z", &["B", "S"][..]),
        (FROM, "2020-10-04T08:20:00Z", &["A", "B", "N", "S"]),
        (NOON, NOON, &["A", "N", "S"]),
    ] {
        let log = log(first, last);
        assert_eq!(fuse(&folder, &log), fuse(&only(of), &log), "{first}");
    }
    let candidates = |group: &Value, kind: &str| -> Vec<(Value, f64)> {
        let list = group[format!("{kind}_candidates")].as_array().unwrap();
        let one = |one: &Value| (one[format!("{kind}_id")].clone(), one["share"].as_f64().unwrap());
        list.iter().map(one).collect()
    };
    // B is withdrawn between the two: then A is the nearest, which it never was beside B.
    let group = fuse(&folder, &log("2020-10-04T11:50:00Z", "2020-10-04T12:05:00Z"));
    assert_eq!(candidates(&group, "post"), [(json!("B"), 0.6667), (json!("A"), 0.3333)]);
    assert_eq!((&group["post_id"], &group["post_certain"]), (&json!("B"), &json!(false)));
    assert_eq!(candidates(&group, "route"), [(json!("N"), 1.0)]);
    // N comes at the very last instant: that counts, and for no time.
    let group = fuse(&folder, &log("2020-10-04T07:50:00Z", FROM));
    assert_eq!(candidates(&group, "route"), [(json!("S"), 1.0), (json!("N"), 0.0)]);
    assert_eq!((&group["route_id"], &group["route_certain"]), (&json!("S"), &json!(false)));
    assert_eq!((&group["in_corridor"], &group["corridor_share"]), (&json!(false), &json!(0)));
}
