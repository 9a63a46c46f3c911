//! Tables of reports: with and without columns of a position, and what becomes of them in other formats.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{HEARD, LAYERS, REPORT_MEMBERS, folder_with, folder_with_log, reported};
use crate::program::{collection, json as parsed, point, properties};

type Record = HashMap<String, String>;

/// The header, and the records by the names of their columns.
fn table(text: &str) -> (Vec<String>, Vec<Record>) {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records = reader.deserialize().map(Result::unwrap).collect();
    (header, records)
}

#[test]
fn the_log_as_csv_says_what_it_says_as_geojson() {
    let folder = folder_with_log();
    folder.run(&format!("{LAYERS} --incidents log.csv --output log.out.csv")).ok();
    folder.run(&format!("{LAYERS} --incidents log.csv --output log.geojson")).ok();
    let (read, written) = (table(&folder.read("log.csv")), table(&folder.read("log.out.csv")));
    assert_eq!(read.0[..], written.0[..read.0.len()]);
    let last: Vec<String> = REPORT_MEMBERS.iter().map(|name| format!("near_{name}")).collect();
    assert_eq!(written.0[written.0.len() - last.len()..], last);
    for (at, of) in properties(&folder.read("log.geojson")).iter().enumerate() {
        for name in &written.0 {
            let cell = &written.1[at][name];
            match read.1[at].get(name) {
                Some(before) => assert_eq!(cell, before),
                None => match &of[name] {
                    Value::Null => assert_eq!(cell, ""),
                    Value::String(text) => assert_eq!(cell, text),
                    other => assert_eq!(&parsed(cell), other, "{name}"),
                },
            }
        }
    }
}

/// The same reports as features and as rows get the same answers.
#[test]
fn rows_are_answered_as_features_are() {
    let reports: [&[(&str, &str)]; 4] =
        [&HEARD, &[("mgrs", "38SPK4909")], &[("dms", "39°45'30\"N 46°52'10\"E")], &[("observer_post", " ")]];
    let folder = folder_with(&reports.map(reported));
    let expected = folder.annotated("");
    let names = ["observer_post", "bearing", "distance_m", "mgrs", "dms"];
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names).unwrap();
    for report in reports {
        let text = |name: &str| report.iter().find(|(field, _)| *field == name).map_or("", |(_, text)| text);
        writer.write_record(names.map(text)).unwrap();
    }
    folder.write("day.csv", writer.into_inner().unwrap());
    let line = "annotate --posts posts.geojson --routes routes.geojson --incidents day.csv";
    folder.run(&format!("{line} --output day.geojson")).ok();
    let found = properties(&folder.read("day.geojson"));
    for (found, expected) in found.iter().zip(&expected) {
        let expected = expected.as_object().unwrap().iter();
        for (name, value) in expected.filter(|(name, _)| !names.contains(&name.as_str())) {
            match name.as_str() {
                "location_warning" => assert_eq!(found[name], "not located: the row reports no location"),
                _ => assert_eq!(&found[name], value, "{name}"),
            }
        }
    }
    // A row of nothing but blanks is none.
    assert_eq!(found.len(), 3);
}

#[test]
fn a_row_without_a_position_gets_one_from_its_region() {
    let folder = folder_with_log();
    folder.run(&format!("{LAYERS} --incidents log.csv --output log.geojson")).ok();
    let found = parsed(&folder.read("log.geojson"));
    let geometry = |number: usize| found["features"][number - 1]["geometry"].clone();
    assert_eq!(geometry(12), json!({"type": "Point", "coordinates": [46.807759, 40.068059]}));
    assert_eq!(geometry(20), Value::Null);
    let position = geometry(10);
    for (found, expected) in
        [(&position["coordinates"][0], 46.807_777_778), (&position["coordinates"][1], 40.068_055_556)]
    {
        assert!((found.as_f64().unwrap() - expected).abs() < 1e-9, "{position}");
    }
    // The columns stay as they are.
    let properties = &found["features"][9]["properties"];
    assert_eq!((&properties["lon"], &properties["lat"]), (&json!(""), &json!("")));
    // A feature keeps what it has.
    let folder = folder_with(&[reported(&HEARD)]);
    folder.annotated("");
    assert_eq!(parsed(&folder.read("out.geojson"))["features"][0]["geometry"], Value::Null);
}

#[test]
fn features_become_rows_of_reports() {
    let folder = folder_with(&[reported(&HEARD), crate::program::point("1", "{}", 46.8, 39.9)]);
    folder.run(&format!("{LAYERS} --incidents incidents.geojson --output out.csv")).ok();
    let (_, records) = table(&folder.read("out.csv"));
    assert_eq!(records[0]["near_location_form"], "sector");
    assert_eq!(parsed(&records[0]["near_post_candidates"]).as_array().unwrap().len(), {
        folder.annotated("").remove(0)["post_candidates"].as_array().unwrap().len()
    });
    assert_eq!((&*records[1]["near_location_form"], &*records[1]["longitude"]), ("", "46.8"));
    // A table that reports nothing but positions has no columns of reports.
    folder.write("incidents.geojson", collection(&[crate::program::point("1", "{}", 46.8, 39.9)]));
    folder.run(&format!("{LAYERS} --incidents incidents.geojson --output out.csv --force")).ok();
    assert_eq!(table(&folder.read("out.csv")).0.last().unwrap(), "near_location_warning");
}

#[test]
fn a_table_without_a_position_must_report_something() {
    let folder = folder_with(&[]);
    let run = |text: &str| {
        folder.write("day.csv", text);
        folder.run(&format!("{LAYERS} --incidents day.csv --output out.csv --force"))
    };
    run("what,mgrs\nsmoke,38S PK 49 09\n").ok();
    run("what,note\nsmoke,x\n")
        .fails(2, &["day.csv:1: ", "no column holds the longitude", "--lon-field", "`mgrs`"]);
    // One of the two is a mistake, whatever else is there.
    run("lon,mgrs\n46.8,38S PK 49 09\n").fails(2, &["no column holds the latitude"]);
    // A bearing alone reports nothing.
    run("bearing,distance_m\nNNE,2km\n").fails(2, &["no column holds the longitude"]);
}

#[test]
fn bad_rows_are_told_by_their_columns_and_set_aside() {
    let folder = folder_with(&[]);
    let rows = "what,mgrs,lon,lat\na,38S PK 49 09,,\n\"b\nb\",38S PK 4,,\nc,,46.8,x\nd,,46.8,39.9\n";
    folder.write("day.csv", rows);
    let line = format!("{LAYERS} --incidents day.csv --output out.csv --force");
    folder.run(&line).fails(2, &["day.csv:3: feature 2, column `mgrs`"]);
    assert!(!folder.has("out.csv"));
    let run = folder.run(&format!("{line} --skip-invalid --rejects rejects.jsonl"));
    assert_eq!(run.status, 1, "{}", run.err);
    let rejects: Vec<Value> = folder.read("rejects.jsonl").lines().map(parsed).collect();
    let expected = [(3, 2, "\"b\nb\",38S PK 4,,", "column `mgrs`: "), (5, 3, "c,,46.8,x", "column `lat`: ")];
    assert_eq!(rejects.len(), expected.len());
    for (reject, (line, number, text, reason)) in rejects.iter().zip(expected) {
        assert_eq!((&reject["line"], &reject["feature"]), (&json!(line), &json!(number)));
        assert_eq!(reject["text"], text);
        assert!(reject["reason"].as_str().unwrap().starts_with(reason), "{reject}");
    }
    let (_, kept) = table(&folder.read("out.csv"));
    assert_eq!(kept.iter().map(|record| &*record["what"]).collect::<Vec<_>>(), ["a", "d"]);
    // A feature that becomes a row is told by its property.
    folder.write("incidents.geojson", collection(&[reported(&HEARD), reported(&[("mgrs", "x")])]));
    let line = format!("{LAYERS} --incidents incidents.geojson --output out.csv --force");
    folder.run(&line).fails(2, &["incidents.geojson:3: feature 2", "properties.mgrs"]);
}

#[test]
fn a_column_of_routes_needs_a_prefix() {
    let folder = folder_with(&[]);
    folder.write("day.csv", "route_id,chainage_m\nR3,12.4 km\n");
    let line = "annotate --posts posts.geojson --routes routes.geojson --incidents day.csv --output out.csv";
    folder
        .run(line)
        .fails(2, &["column `route_id`", "a prefix before the new names, as places along a route need"]);
    folder.run(&format!("{line} --replace")).fails(2, &["column `route_id`", "--prefix"]);
    folder.run(&format!("{line} --prefix near_")).ok();
}

/// As spreadsheets have their headers, and as Darwin Core has them.
#[test]
fn columns_are_known_in_any_case_and_by_their_darwin_core_name() {
    let folder = folder_with(&[]);
    let forms = |text: &str| -> Vec<String> {
        folder.write("day.csv", text);
        folder.run(&format!("{LAYERS} --incidents day.csv --output out.csv --force")).ok();
        let (_, records) = table(&folder.read("out.csv"));
        let both = |of: &Record| format!("{} {}", of["near_location_form"], of["near_location_area_km2"]);
        records.iter().map(both).collect()
    };
    assert_eq!(forms("MGRS\n38S PK 49 09\n"), forms("mgrs\n38S PK 49 09\n"));
    let heard = forms("observer_post,bearing,distance_m\nOP-07,NNE,2km..7km\n");
    assert_eq!(heard, ["sector 8.835728"]);
    assert_eq!(forms("Observer_Post, BEARING ,Distance_m\nOP-07,NNE,2km..7km\n"), heard);
    // The name as documented counts where both are filled.
    assert_eq!(forms("MGRS,mgrs\nnonsense,38S PK 49 09\n38S PK 49 09,\n").len(), 2);
    let disc = forms("decimalLongitude,decimalLatitude,coordinateUncertaintyInMeters\n46.8,39.9,1000\n");
    assert_eq!(disc, forms("lon,lat,uncertainty_m\n46.8,39.9,1 km\n"));
    let feature = point("1", r#"{"coordinateUncertaintyInMeters":1000}"#, 46.8, 39.9);
    assert_eq!(folder_with(&[feature]).annotated("").remove(0)["location_form"], "circle");
}

#[test]
fn what_half_a_report_lacks_is_told() {
    let folder = folder_with(&[]);
    folder.write(
        "day.csv",
        "observer_post,bearing,distance_m,offset_m,lon,lat\n,NNE,2km,,,\n,,,5,,\nOP-07,NNE,2km,,,\n",
    );
    folder.run(&format!("{LAYERS} --incidents day.csv --output out.csv")).ok();
    let (_, records) = table(&folder.read("out.csv"));
    let warnings: Vec<&str> = records.iter().map(|record| &*record["near_location_warning"]).collect();
    assert_eq!(
        warnings,
        [
            "not located: bearing `NNE` without observer_post, expected the id of the post that it was observed from",
            "not located: offset_m `5` without chainage_m, expected the distance along the route",
            "",
        ]
    );
    let found = folder_with(&[reported(&[("bearing", "NNE")])]).annotated("").remove(0);
    assert!(found["location_warning"].as_str().unwrap().contains("without observer_post"), "{found}");
}

#[test]
fn the_declination_is_that_of_the_time_field() {
    let folder = folder_with(&[]);
    let run = |text: &str, more: &str| {
        folder.write("day.csv", text);
        folder.run(&format!("{LAYERS} --incidents day.csv --output out.csv --force {more}"))
    };
    let heard = "OP-07,NNE,2km..7km,magnetic,2020-10-04";
    let told = |head: &str, more: &str| {
        run(&format!("observer_post,bearing,distance_m,north,{head}\n{heard}\n"), more).ok();
        let (_, records) = table(&folder.read("out.csv"));
        records[0]["near_post_distance_m"].to_string()
    };
    assert_eq!(told("when", "--time-field when"), told("time", ""));
    run(&format!("observer_post,bearing,distance_m,north,when\n{heard}\n"), "").fails(2, &["without a time"]);
    let text = format!(
        "observer_post,bearing,distance_m,north,when,time\n{heard},2020-10-05\nOP-07,N,,magnetic,x,2020-10-05\n"
    );
    run(&text, "--time-field when").fails(2, &["day.csv:3: feature 2, column `when`", "`x`"]);
    let fields =
        [("observer_post", "OP-07"), ("bearing", "N"), ("north", "magnetic"), ("when", "2020-10-04")];
    folder_with(&[reported(&fields)]).annotated("--time-field when");
}
