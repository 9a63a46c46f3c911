//! The forms that are read and written, packed or not, and what stands around the features.

use std::fs;

use super::{MIXED, is_new, read};
use crate::program::{ANNOTATE, Folder, collection, gunzip, json, point, properties};
use crate::text::{compact, features, gzip, without};

#[test]
fn the_extension_tells_the_form() {
    let folder = Folder::with_demonstration();
    let original = folder.read("incidents.geojson");
    let original = features(&original);
    let wanted: Vec<String> = {
        folder.annotate("").ok();
        features(&folder.read("out.geojson")).into_iter().map(compact).collect()
    };
    for (extension, form) in [
        ("geojson", "geojson"),
        ("json", "geojson"),
        ("geojsonl", "geojsonl"),
        ("ndjson", "geojsonl"),
        ("geojsons", "geojsons"),
    ] {
        for packed in [false, true] {
            let name = format!("written.{extension}{}", if packed { ".gz" } else { "" });
            folder.run(&format!("{ANNOTATE} --output {name}")).ok();
            let bytes = fs::read(folder.path(&name)).unwrap();
            assert_eq!(bytes.starts_with(&[0x1F, 0x8B]), packed, "{name}");
            let text = if packed { gunzip(&bytes) } else { String::from_utf8(bytes).unwrap() };
            let found = read(form, &text);
            assert_eq!(found.iter().map(|text| compact(text)).collect::<Vec<_>>(), wanted, "{name}");
            for (found, original) in found.iter().zip(&original) {
                assert_eq!(without(found, is_new), **original, "{name}");
            }
            if form == "geojson" {
                assert_eq!(json(&text)["title"], "Three invented ceasefire violations in 24 h");
            }
        }
    }
    let before = folder.names();
    for name in ["out", "out.shp", "out.gz", "out.geojson.zip"] {
        folder.run(&format!("{ANNOTATE} --output {name}")).fails(2, &[name]);
    }
    assert_eq!(folder.names(), before);
}

#[test]
fn the_output_format_goes_before_the_extension() {
    let folder = Folder::with_demonstration();
    for form in ["geojson", "geojsonl", "geojsons"] {
        folder.run(&format!("{ANNOTATE} --output file --force --output-format {form}")).ok();
        assert_eq!(read(form, &folder.read("file")).len(), 3);
        folder.run(&format!("{ANNOTATE} --output x.json --force --output-format {form}")).ok();
        assert_eq!(read(form, &folder.read("x.json")).len(), 3);
        let run = folder.run(&format!("{ANNOTATE} --output - --output-format {form}"));
        assert!(!run.err.is_empty(), "messages go to standard error");
        assert_eq!(run.ok(), folder.read("file"));
    }
    // Data go to the file, or to standard output; nothing else does.
    assert_eq!(folder.annotate("").ok(), "");
    folder.run(&format!("{ANNOTATE} --output -")).fails(2, &["--output-format"]);
    assert!(!folder.has("-"));
}

#[test]
fn white_space_changes_only_where_a_line_is_asked_for() {
    let pretty = "{\r\n  \"type\": \"Feature\",\r\n  \"properties\": {\r\n    \"a b\": \"x \\n ] }\" ,\r\n\t\"c\": [ 1.0 , 2 ]\r\n  },\r\n  \"geometry\": {\"type\": \"Point\", \"coordinates\": [ 46.60, 39.70 ]},\r\n  \"tail\": { }\r\n}";
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&[pretty.to_owned(), pretty.to_owned()]));
    for (name, form) in [("a.geojson", "geojson"), ("b.geojsonl", "geojsonl"), ("c.geojsons", "geojsons")] {
        folder.run(&format!("{ANNOTATE} --output {name}")).ok();
        let found = read(form, &folder.read(name));
        assert_eq!(found.len(), 2);
        for feature in found {
            let bare = without(&feature, is_new);
            if form == "geojson" {
                assert_eq!(bare, pretty);
            }
            assert_eq!(compact(&bare), compact(pretty));
        }
    }
}

#[test]
fn every_form_of_text_is_read() {
    let folder = Folder::with_demonstration();
    folder.annotate("").ok();
    let wanted = properties(&folder.read("out.geojson"));
    let text = folder.read("incidents.geojson");
    let all = features(&text);
    let sequence: String = all.iter().map(|feature| format!("\u{1E}{feature}\n")).collect();
    for (name, text) in [
        ("a.geojsonl", all.join("\n")),
        ("b.ndjson", all.join("\r\n") + "\r\n"),
        ("c.geojsons", sequence),
        ("d.txt", format!("\u{FEFF}{text}")),
    ] {
        folder.write(name, &text);
        folder.write("packed.gz", gzip(&text));
        for name in [name, "packed.gz"] {
            folder
                .run(&format!("{ANNOTATE} --force --output out.geojson").replace("incidents.geojson", name))
                .ok();
            assert_eq!(properties(&folder.read("out.geojson")), wanted, "{name}");
        }
    }
    folder.write("one.geojson", all[1]);
    folder.write("bare.geojson", r#"{"type":"Point","coordinates":[47.041337,39.721911]}"#);
    for name in ["one.geojson", "bare.geojson"] {
        folder
            .run(&format!("{ANNOTATE} --force --output out.geojson").replace("incidents.geojson", name))
            .ok();
        let found = properties(&folder.read("out.geojson"));
        assert_eq!((found.len(), &found[0]["post_distance_m"]), (1, &wanted[1]["post_distance_m"]));
    }
}

#[test]
fn a_layer_may_come_from_standard_input() {
    let folder = Folder::with_demonstration();
    folder.annotate("").ok();
    let wanted = properties(&folder.read("out.geojson"));
    for layer in ["posts", "routes", "incidents"] {
        let name = format!("{layer}.geojson");
        let line = ANNOTATE.replace(&name, "-");
        for input in [folder.read(&name).into_bytes(), gzip(&folder.read(&name))] {
            let run = folder.run_with(&format!("{line} --output - --output-format geojson"), input);
            assert_eq!(properties(&run.ok()), wanted, "{layer}");
        }
    }
    let run = folder.run_with(
        "annotate --posts - --incidents - --output - --output-format geojson",
        folder.read("incidents.geojson"),
    );
    run.fails(2, &["-"]);
}

/// A legacy `crs` member that is WGS84 stays where it stands.
#[test]
fn the_collections_own_members_stay() {
    let folder = Folder::with_demonstration();
    let text = format!(
        "{{ \"name\" : \"x\\u00e9\",\"bbox\":[46,39,47,40],\n\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}}}},\"features\": [ {} ,\n\n {} ], \"type\":\"FeatureCollection\" , \"features_more\":{{\"features\":[]}}\n}}\n\n",
        MIXED[0], MIXED[0]
    );
    folder.write("incidents.geojson", &text);
    folder.annotate("").ok();
    let bare = without(&folder.read("out.geojson"), |key| is_new(key) || key == "patrol_corridor");
    assert_eq!(bare, text);
    // In a file that is annotated already the place is taken.
    let taken = format!(
        r#"{{"type":"FeatureCollection","features":[{}],"patrol_corridor":1}}"#,
        point("1", "{}", 46.6, 39.7)
    );
    folder.write("incidents.geojson", taken);
    folder.annotate("--force").fails(2, &["patrol_corridor"]);
    folder.annotate("--force --replace").ok();
    let text = folder.read("out.geojson");
    assert_eq!(text.matches("\"patrol_corridor\"").count(), 1);
    assert_eq!(json(&text)["patrol_corridor"]["incidents"]["features"], 1);
}
