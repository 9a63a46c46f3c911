//! One log in every format, raw and annotated: every command counts the same incidents.

use serde_json::{Value, json};

use crate::fixtures::project_file;
use crate::program::{Folder, json as parsed};

/// Every format that is written and read.
const FORMATS: [&str; 8] = ["geojson", "geojsonl", "csv", "parquet", "fgb", "gpkg", "kml", "kmz"];

const LAYERS: &str = "--posts posts.geojson --routes routes.geojson";

/// Exact positions, regions of every kind and a row that says nothing of where.
fn folder() -> Folder {
    let folder = Folder::with_demonstration();
    folder.write("log.csv", project_file("tests/fixtures/sightings/log.csv"));
    for format in FORMATS {
        let line = format!("annotate {LAYERS} --incidents log.csv --prefix near_ --output there.{format}");
        folder.run(&line).ok();
    }
    folder
}

fn sources() -> Vec<String> {
    let annotated = FORMATS.map(|format| format!("there.{format}"));
    std::iter::once("log.csv".to_owned()).chain(annotated).collect()
}

fn sums(summary: &Value) -> Value {
    let names = ["read", "rejected", "exact", "region", "region_unknown", "without_location"];
    names
        .iter()
        .map(|&name| (name.to_owned(), summary[name].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn every_command_counts_the_same_of_every_file() {
    let folder = folder();
    let expected = json!({
        "read": 20, "rejected": 0, "exact": 2, "region": 17, "region_unknown": 0, "without_location": 1
    });
    for source in sources() {
        for command in [
            format!("annotate {LAYERS} --prefix again_ --replace --output a.geojson"),
            format!("bulletin {LAYERS} --day 2020-11-20 --zone Asia/Baku --output b.json"),
            format!("map {LAYERS} --zone Asia/Baku --output m.html"),
            format!("fuse {LAYERS} --output f.geojson"),
            format!("beats {LAYERS} --output beats.geojson"),
            format!("hotspots {LAYERS} --bandwidth 2000 --output h.geojson"),
        ] {
            folder.run(&format!("{command} --incidents {source} --force --summary s.json")).ok();
            let summary = parsed(&folder.read("s.json"));
            assert_eq!(sums(&summary), expected, "{command} of {source}");
            let is_dated = summary.get("dated").is_none_or(|dated| dated == 20);
            assert!(is_dated, "{command} of {source}: {summary}");
        }
    }
}

/// Without posts and routes what was reported from them is of unknown region, whatever file says so.
#[test]
fn what_needs_no_layers_counts_the_same_of_every_file() {
    let folder = folder();
    for source in sources() {
        let line = format!("clusters --within 1000 --days 1 --incidents {source} --summary s.json");
        folder.run(&line).in_part();
        std::fs::rename(folder.path("s.json"), folder.path("clusters.json")).unwrap();
        let expected = json!({
            "read": 20, "rejected": 0, "exact": 2, "region": 7, "region_unknown": 10, "without_location": 1
        });
        assert_eq!(sums(&parsed(&folder.read("clusters.json"))), expected, "{source}");
    }
}

#[test]
fn figures_of_an_annotated_log_are_those_of_the_log() {
    let folder = folder();
    let figures = |source: &str| {
        let of = |command: &str, output: &str| {
            folder.run(&format!("{command} --incidents {source} --force --output {output}")).ok();
            let mut value = parsed(&folder.read(output));
            if let Some(value) = value.as_object_mut() {
                // What names the file, and what it is made of.
                value.retain(|name, _| matches!(name.as_str(), "features" | "totals" | "tables"));
            }
            assert!(value.as_object().is_some_and(|value| !value.is_empty()), "{command}");
            value
        };
        [
            of(&format!("bulletin {LAYERS} --day 2020-11-20 --zone Asia/Baku"), "b.json"),
            of(&format!("beats {LAYERS}"), "beats.geojson"),
        ]
    };
    let expected = figures("log.csv");
    for source in sources() {
        assert_eq!(figures(&source), expected, "{source}");
    }
}
