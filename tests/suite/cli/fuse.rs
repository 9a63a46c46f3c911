//! `patrol fuse`: groups of reports in a log, and every report as it came.

use serde_json::{Value, json};

use crate::program::{Folder, json};
use crate::support::{go, position};

/// Three posts around a place, and a log of what they saw there and elsewhere.
fn folder() -> Folder {
    let at = position(46.75, 39.82);
    let posts = [("A", 10.0, 8_000.0), ("B", 140.0, 9_000.0), ("C", 260.0, 5_000.0)].map(|(id, azimuth, m)| {
        let post = go(at, azimuth, m);
        format!(
            r#"{{"type":"Feature","id":"{id}","properties":{{}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}"#,
            post.lon_deg(),
            post.lat_deg()
        )
    });
    Folder::with_layers(&posts, &[], &[])
}

const LOG: &str = "\
id,time,observer_post,bearing,bearing_tolerance_deg,distance_m,longitude,latitude,what
1,2020-10-04T13:45,A,190,2,,,,smoke
2,2020-10-04T13:50,B,320,2,,,,\"smoke, black\"
3,2020-10-04T13:58,C,80,2,,,,blast
4,2020-10-04T14:40,C,80,2,,,,blast
5,,A,190,2,,,,no time
6,2020-10-04T13:46,,,,,,,nowhere
7,2020-10-04T13:47,,,,,46.75,39.82,a position
8,noon,A,190,2,,,,when?
";

fn members<'v>(features: &'v [Value], name: &str) -> Vec<&'v Value> {
    features.iter().map(|feature| &feature["properties"][name]).collect()
}

#[test]
fn three_posts_and_one_incident() {
    let folder = folder();
    folder.write("log.csv", LOG);
    let run =
        folder.run("fuse --posts posts.geojson --incidents log.csv --zone +04:00 --output fused.geojson");
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.err.contains("log.csv:9: warning: incident 8, time: `noon` is no time"), "{}", run.err);
    assert!(run.err.contains("groups 1 within 1800 s, incidents in a group 4 (in more than one 0), alone 4"));
    assert!(
        run.err.contains("dated 6, without a time 1, unreadable time 1")
            && run.err.contains("without a location 1"),
        "{}",
        run.err
    );
    let found = json(&folder.read("fused.geojson"));
    let features = found["features"].as_array().unwrap();
    assert_eq!(features.len(), 9);
    let group = &features[0]["properties"];
    assert_eq!(group["fused_id"], json!("F1"));
    assert_eq!(group["report_ids"], json!(["1", "2", "3", "7"]));
    assert_eq!(group["report_numbers"], json!([1, 2, 3, 7]));
    assert_eq!(
        (&group["time_from"], &group["time_to"]),
        (&json!("2020-10-04T09:45:00Z"), &json!("2020-10-04T09:58:00Z"))
    );
    assert_eq!(group["post_certain"], json!(true));
    assert_eq!(group["post_id"], json!("C"));
    assert_eq!(group["fused_overlaps"], Value::Null);
    let ids = members(&features[1..], "fused_ids");
    let expected =
        [1, 1, 1, 0, 0, 0, 1, 0].map(|in_group| if in_group == 1 { json!(["F1"]) } else { json!([]) });
    assert_eq!(ids, expected.iter().collect::<Vec<_>>());
    let warnings = members(&features[1..], "fuse_warning");
    assert_eq!(warnings[4], &json!("not compared: no time"));
    assert_eq!(warnings[5], &json!("not compared: longitude and latitude are empty"));
    assert!(
        warnings[7].as_str().unwrap().starts_with("not compared: the time `noon` is no time"),
        "{}",
        warnings[7]
    );
    assert!(warnings[..4].iter().all(|warning| warning.is_null()));
    assert_eq!(members(&features[1..], "what")[1], &json!("smoke, black"));
}

/// Without a zone none of these times can be used.
#[test]
fn local_times_need_a_zone() {
    let folder = folder();
    folder.write("log.csv", LOG);
    let run = folder.run("fuse --posts posts.geojson --incidents log.csv --output fused.geojson");
    run.fails(2, &["log.csv:2", "column `time`", "no zone", "--zone Asia/Baku"]);
    assert!(!folder.has("fused.geojson"));
    for zone in ["Asia/Baku", "+0400"] {
        let run = folder.run(&format!(
            "fuse --posts posts.geojson --incidents log.csv --zone {zone} --output fused.geojson --force"
        ));
        assert!(run.err.contains("groups 1"), "{}", run.err);
    }
    let run = folder.run("fuse --posts posts.geojson --incidents log.csv --zone Baku --output x.geojson");
    assert!(run.status == 2 && run.err.contains("Asia/Baku"), "{run:?}");
}

fn report(id: u32, lon: f64, time: &str, more: &str) -> String {
    format!(
        r#"{{"type":"Feature","id":{id},"properties":{{"uncertainty_m":1000,"time":"{time}"{more}}},"geometry":{{"type":"Point","coordinates":[{lon:.3},40.0]}}}}"#
    )
}

/// A and B meet, and B and C: two groups, and B in both. Every report stands as it came.
#[test]
fn no_chains() {
    let folder = folder();
    let time = "2020-10-04T09:45:00Z";
    let reports = [
        report(1, 46.80, time, r#","n":1.50"#),
        report(2, 46.815, time, r#","observer_post":"A""#),
        report(3, 46.83, time, r#","observer_post":"A""#),
    ];
    folder.write("log.geojson", crate::program::collection(&reports));
    let line = "fuse --posts posts.geojson --incidents log.geojson --output";
    let text = folder.run(&format!("{line} -")).ok();
    let found = json(&text);
    let features = found["features"].as_array().unwrap();
    assert_eq!(members(&features[..2], "report_ids"), [&json!([1, 2]), &json!([2, 3])]);
    assert_eq!(members(&features[..2], "fused_overlaps"), [&json!(["F2"]), &json!(["F1"])]);
    assert_eq!(members(&features[2..], "fused_ids"), [&json!(["F1"]), &json!(["F1", "F2"]), &json!(["F2"])]);
    let warning = features[1]["properties"]["location_doubt"].as_str().unwrap();
    assert!(warning.contains("reports 2 and 3 are both by A"), "{warning}");
    assert_eq!(features[0]["properties"]["location_doubt"], Value::Null);
    assert!((features[0]["properties"]["location_area_km2"].as_f64().unwrap() - 0.7672).abs() < 2e-3);
    for (report, ids) in reports.iter().zip([r#"["F1"]"#, r#"["F1","F2"]"#, r#"["F2"]"#]) {
        let expected = report.replace("},\"geometry\"", &format!(",\"fused_ids\":{ids}}},\"geometry\""));
        assert!(text.contains(&expected), "{expected}\n{text}");
    }
    // The order of the log makes no difference to the groups, and a run none to the bytes.
    assert_eq!(folder.run(&format!("{line} -")).ok(), text);
    let turned: Vec<String> = reports.iter().rev().cloned().collect();
    folder.write("log.geojson", crate::program::collection(&turned));
    let turned = json(&folder.run(&format!("{line} -")).ok());
    let mut groups: Vec<Vec<u64>> = members(&turned["features"].as_array().unwrap()[..2], "report_ids")
        .iter()
        .map(|ids| ids.as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect())
        .collect();
    groups.iter_mut().for_each(|ids| ids.sort());
    groups.sort();
    assert_eq!(groups, [[1, 2], [2, 3]]);
    // A line each, whatever stands in the log.
    folder.write(
        "log.geojson",
        reports
            .join("\n")
            .replace("{\"type\":\"Feature\"", "{\"type\":\n\"Feature\"")
            .replacen('{', "{\"type\":\"FeatureCollection\",\"features\":[{", 1)
            .replace("}}\n{", "}},\n{")
            + "]}",
    );
    let lines = folder.run(&format!("{line} - --output-format geojsonl")).ok();
    assert_eq!(lines.lines().count(), 5, "{lines}");
    assert!(lines.lines().all(|line| json(line)["type"] == "Feature"));
}

#[test]
fn names_in_the_way_and_bad_options() {
    let folder = folder();
    folder.write("log.geojson", report(1, 46.8, "2020-10-04T09:45:00Z", r#","fused_ids":[]"#));
    let line = "fuse --posts posts.geojson --incidents log.geojson --output out.geojson";
    let run = folder.run(line);
    assert!(run.status == 2 && run.err.contains("`fused_ids`") && !folder.has("out.geojson"), "{run:?}");
    for (options, words) in [("--within soon", "30min"), ("--within 30", "30min"), ("--zone nowhere", "IANA")]
    {
        let run = folder.run(&format!("{line} {options}"));
        assert!(run.status == 2 && run.err.contains(words), "{run:?}");
    }
    let run = folder.run("fuse --posts posts.geojson --incidents log.geojson --output log.geojson --force");
    assert!(run.status == 2 && run.err.contains("the output is also an input"), "{run:?}");
}

#[test]
fn windows_on_the_command_line() {
    let folder = folder();
    let reports = [report(1, 46.8, "2020-10-04T09:45:00Z", ""), report(2, 46.8, "2020-10-04T09:57:00Z", "")];
    folder.write("log.geojson", crate::program::collection(&reports));
    for (within, groups) in [("12min", 1), ("720s", 1), ("0.2h", 1), ("11.9min", 0), ("0s", 0)] {
        let run = folder
            .run(&format!("fuse --posts posts.geojson --incidents log.geojson --within {within} --output -"));
        assert!(run.err.contains(&format!("groups {groups} within")), "{within}: {}", run.err);
    }
    // Another property for the time.
    let renamed = reports.map(|text| text.replace("\"time\"", "\"seen at\""));
    folder.write("log.geojson", crate::program::collection(&renamed));
    let line = "fuse --posts posts.geojson --incidents log.geojson --output -";
    assert!(folder.run(line).err.contains("without a time 2"));
    let mut command = folder.command();
    let out = command.args(line.split(' ')).args(["--time-field", "seen at"]).output().unwrap();
    assert!(String::from_utf8_lossy(&out.stderr).contains("groups 1"));
}

#[test]
fn headers_may_have_any_case() {
    let folder = folder();
    let fused = |log: String| {
        folder.write("log.csv", &log);
        // One of its times can't be read.
        folder.run(
            "fuse --posts posts.geojson --incidents log.csv --zone Asia/Baku --output out.geojson --force",
        );
        let found = json(&folder.read("out.geojson"));
        let features = found["features"].as_array().unwrap().clone();
        members(&features, "fused_ids").into_iter().cloned().collect::<Vec<_>>()
    };
    let (head, rows) = LOG.split_once('\n').unwrap();
    let expected = fused(LOG.to_owned());
    assert!(expected.contains(&json!(["F1"])), "{expected:?}");
    assert_eq!(fused(format!("{}\n{rows}", head.to_uppercase())), expected);
}
