//! `patrol check`: findings, their form, and what the program ends with.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::fixtures::project_path;
use crate::program::{Folder, collection, json, line, point};
use crate::text::gzip;

/// `FILE:LINE: error|warning: what`: the line's number and whether it is an error.
#[track_caller]
fn finding(text: &str, file: &str) -> (u64, bool) {
    let rest = text.strip_prefix(file).and_then(|rest| rest.strip_prefix(':'));
    let (number, rest) = rest.and_then(|rest| rest.split_once(": ")).unwrap_or_else(|| panic!("{text}"));
    let number = number.parse().unwrap_or_else(|_| panic!("{text}"));
    let (severity, what) = rest.split_once(": ").unwrap_or_else(|| panic!("{text}"));
    assert!(["error", "warning"].contains(&severity) && !what.is_empty(), "{text}");
    (number, severity == "error")
}

fn corpus() -> Vec<(String, &'static str)> {
    let table = fs::read_to_string(project_path("tests/fixtures/geojson_validity/verdicts.csv")).unwrap();
    let row = |row: &str| {
        let mut cells = row.split(',');
        let file = project_path("tests/fixtures/geojson_validity").join(cells.next().unwrap());
        let verdict = ["accept", "warn", "reject"].into_iter().find(|v| *v == cells.clone().nth(2).unwrap());
        (file.display().to_string(), verdict.unwrap())
    };
    table.lines().skip(1).map(row).collect()
}

#[test]
fn the_status_says_whether_there_is_an_error() {
    let folder = Folder::new();
    let mut files = Vec::new();
    for (file, verdict) in corpus() {
        let run = folder.run_words(["check", &file], b"");
        let found: Vec<_> = run.out.lines().map(|line| finding(line, &file)).collect();
        let lines = fs::read(&file).unwrap().split(|&b| b == b'\n').count() as u64;
        assert!(found.iter().all(|(line, _)| (1..=lines).contains(line)), "{}", run.out);
        let errors = found.iter().any(|(_, error)| *error);
        let expected = match verdict {
            "reject" => (2, true, true),
            "warn" => (0, false, true),
            _ => (0, false, false),
        };
        assert_eq!((run.status, errors, !found.is_empty()), expected, "{file}: {}", run.out);
        assert_eq!(run.err, "", "{file}");
        files.push((file, run.out));
    }
    assert_eq!(files.len(), 69);
    // All in one go.
    let all = folder.run_words(["check"].into_iter().chain(files.iter().map(|(file, _)| file.as_str())), b"");
    assert_eq!(all.status, 2);
    assert_eq!(all.out, files.iter().map(|(_, out)| out.as_str()).collect::<String>());
}

#[test]
fn text_that_is_not_json_is_a_finding_with_its_line() {
    let mut files: Vec<PathBuf> = fs::read_dir(project_path("tests/fixtures/json_parsing"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    let words: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    let run = Folder::new().run_words(["check".to_owned()].into_iter().chain(words.clone()), b"");
    assert_eq!(run.status, 2, "{}", run.err);
    for word in &words {
        // None of them is GeoJSON.
        let own: Vec<_> = run.out.lines().filter(|line| line.starts_with(&format!("{word}:"))).collect();
        assert!(own.iter().any(|line| finding(line, word).1), "{word}: {own:?}");
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let folder = Folder::new();
    let swapped = point("\"a\"", "{}", 40.0, 140.2);
    folder.write("f.geojson", collection(&[point("1", "{}", 1.0, 2.0), swapped.clone(), swapped.clone()]));
    let run = folder.run("check f.geojson");
    assert_eq!(run.status, 2);
    let found: Vec<_> = run.out.lines().map(|line| finding(line, "f.geojson")).collect();
    assert_eq!(found, [(3, true), (4, true)]);
    let first = run.out.lines().next().unwrap();
    for words in [
        "feature 2",
        "(id a)",
        "latitude 140.2 is out of range: are the coordinates in latitude, longitude order?",
    ] {
        assert!(first.contains(words), "{words} in {first}");
    }
    // Packed, and from standard input, they are the same.
    folder.write("f.geojson.gz", gzip(&folder.read("f.geojson")));
    let packed = folder.run("check f.geojson.gz");
    assert_eq!((packed.status, packed.out.replace(".gz:", ":")), (2, run.out.clone()));
    let piped = folder.run_with("check -", folder.read("f.geojson"));
    let places = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split_once(':').unwrap().1.to_owned()).collect()
    };
    assert_eq!((piped.status, places(&piped.out)), (2, places(&run.out)));
    // Data that are no text are named on the first line, bytes that are no UTF-8 on their own.
    folder.write("f.geojson", b"\x1F\x8B\x08...");
    let run = folder.run("check f.geojson");
    assert_eq!((run.status, finding(run.out.trim_end(), "f.geojson")), (2, (1, true)));
    folder.write("f.geojson", b"{\"type\":\"Point\",\n\"coordinates\":[1,2],\n\"x\":\"\xE9\"}");
    let run = folder.run("check f.geojson");
    assert_eq!((run.status, finding(run.out.trim_end(), "f.geojson")), (2, (3, true)));
}

#[test]
fn with_warnings_only_it_ends_with_0() {
    let folder = Folder::new();
    folder.write("twice.geojson", r#"{"type":"Feature","properties":{},"properties":{},"geometry":null}"#);
    let run = folder.run("check twice.geojson");
    assert_eq!((run.status, finding(run.out.trim_end(), "twice.geojson")), (0, (1, false)), "{}", run.out);
    // In a layer it is an error.
    assert_eq!(folder.run("check twice.geojson --as incidents").status, 2);
    folder.write("fine.geojson", r#"{"type":"Feature","properties":{},"geometry":null}"#);
    assert_eq!(folder.run("check fine.geojson").ok(), "");
    assert_eq!(folder.run("check fine.geojson twice.geojson").ok(), run.out);
    assert_eq!(folder.run("check --as incidents fine.geojson").ok(), "");
    for layer in ["posts", "routes"] {
        let run = folder.run(&format!("check --as {layer} fine.geojson"));
        assert_eq!((run.status, finding(run.out.trim_end(), "fine.geojson")), (2, (1, true)), "{layer}");
    }
}

#[test]
fn the_demonstration_set_is_fit_for_its_layers() {
    let folder = Folder::with_demonstration();
    for layer in ["posts", "routes", "incidents"] {
        for other in ["posts", "routes", "incidents"] {
            let run = folder.run(&format!("check {layer}.geojson --as {other}"));
            // Points may be posts.
            let fit = other == "incidents" || (layer == "routes") == (other == "routes");
            assert_eq!(
                (run.status, run.out.is_empty()),
                (if fit { 0 } else { 2 }, fit),
                "{layer} as {other}"
            );
        }
    }
    assert_eq!(folder.run("check posts.geojson routes.geojson incidents.geojson").ok(), "");
}

#[test]
fn a_layer_has_rules_of_its_own() {
    let folder = Folder::new();
    let post = point("1", "{}", 1.0, 2.0);
    folder.write("f.geojson", collection(&[post.clone(), post.clone(), point("\"1\"", "{}", 3.0, 4.0)]));
    let run = folder.run("check f.geojson --as posts");
    assert_eq!((run.status, finding(run.out.trim_end(), "f.geojson")), (2, (3, true)), "{}", run.out);
    assert_eq!(folder.run("check f.geojson --as incidents").ok(), "");
    // A route of zero length, or with repeated vertices, is a warning and works.
    for coordinates in ["[[1,2],[1,2]]", "[[1,2],[1,2],[3,4]]"] {
        folder.write("routes.geojson", collection(&[line("1", "{}", coordinates)]));
        let run = folder.run("check routes.geojson --as routes");
        assert_eq!(
            (run.status, finding(run.out.trim_end(), "routes.geojson")),
            (0, (2, false)),
            "{}",
            run.out
        );
        let run = folder.run("nearest --routes routes.geojson --at 1,2 --format json");
        assert!(run.err.contains("warning"), "{}", run.err);
        assert_eq!(json(&run.ok())["nearest_routes"][0]["route_distance_m"], 0);
    }
    folder.write("routes.geojson", collection(&[line("1", r#"{"half_width_m":0}"#, "[[1,2],[3,4]]")]));
    assert_eq!(folder.run("check routes.geojson --as routes").status, 2);
    assert_eq!(folder.run("check routes.geojson").ok(), "");
}

#[test]
fn findings_are_also_json() {
    let folder = Folder::new();
    let doubtful = r#"{"type":"Feature","x":1,"properties":{},"properties":{},"geometry":null}"#;
    folder.write("f.geojson", collection(&[point("\"a\"", "{}", 40.0, 140.2), doubtful.to_owned()]));
    let run = folder.run("check f.geojson --format json");
    assert_eq!((run.status, &*run.err), (2, ""));
    let text = folder.run("check f.geojson --format text").out;
    assert_eq!(folder.run("check f.geojson").out, text);
    let found: Vec<_> = run.out.lines().map(json).collect();
    assert_eq!(found.len(), 2);
    for (found, line) in found.iter().zip(text.lines()) {
        let (number, error) = finding(line, "f.geojson");
        assert_eq!((&found["file"], &found["line"]), (&json!("f.geojson"), &json!(number)));
        assert_eq!(found["severity"], if error { "error" } else { "warning" });
        assert!(line.ends_with(found["message"].as_str().unwrap()), "{line}: {found}");
    }
    assert_eq!((&found[0]["severity"], &found[1]["severity"]), (&json!("error"), &json!("warning")));
}

#[test]
fn what_cannot_be_read_is_status_3() {
    let folder = Folder::new();
    let run = folder.run("check missing.geojson");
    run.fails(3, &["missing.geojson"]);
    // The others are looked at all the same.
    folder.write("bare.geojson", r#"{"type":"Point","coordinates":[1]}"#);
    let run = folder.run("check missing.geojson bare.geojson");
    assert!(run.out.starts_with("bare.geojson:1: error: "), "{}", run.out);
    for wrong in ["check", "check bare.geojson --as roads", "check bare.geojson --format csv"] {
        assert_eq!(folder.run(wrong).status, 2, "{wrong}");
    }
}

#[test]
fn a_ring_is_closed_in_height_too() {
    let folder = Folder::new();
    let ring =
        |last: &str| format!(r#"{{"type":"Polygon","coordinates":[[[0,0,5],[1,0,5],[1,1,5],{last}]]}}"#);
    for last in ["[0,0,6]", "[0,0]", "[0,0,5,1]", "[0,0,-5]"] {
        folder.write("ring.geojson", ring(last));
        let run = folder.run("check ring.geojson");
        assert_eq!(run.status, 2, "{last}: {}", run.out);
        assert!(run.out.contains("coordinates[0]") && run.out.contains("3.1.6"), "{}", run.out);
    }
    for last in ["[0,0,5]", "[0,0,5.0]", "[-0,0.0,50e-1]"] {
        folder.write("ring.geojson", ring(last));
        assert_eq!(folder.run("check ring.geojson").ok(), "", "{last}");
    }
    // Of each ring, and in a layer, too.
    let hole = "[[0.1,0.1,1],[0.1,0.2,1],[0.2,0.2,1],[0.1,0.1,2]]";
    folder.write(
        "ring.geojson",
        format!(r#"{{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],{hole}]}}"#),
    );
    let run = folder.run("check --as incidents ring.geojson");
    assert!(run.status == 2 && run.out.contains("coordinates[1]"), "{}", run.out);
}

#[test]
fn a_crs_that_is_a_link_is_shown_whole_and_not_followed() {
    let folder = Folder::new();
    let link = "http://example.com/crs/42?a=b:c#d";
    let text = |href: &str| {
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"link","properties":{{"href":"{href}","type":"proj4"}}}},"features":[{}]}}"#,
            point("\"A\"", "{}", 38.7, -3.0)
        )
    };
    folder.write("posts.geojson", text(link));
    for layer in ["", "--as posts"] {
        let run = folder.run(&format!("check posts.geojson {layer}"));
        let said = format!("{}{}", run.out, run.err);
        for word in [link, "not followed", "--crs"] {
            assert!(said.contains(word), "{word} in {said}");
        }
    }
    folder.run("nearest --posts posts.geojson --at 38.7,-3").fails(2, &[link, "not followed", "--crs"]);
    for crs in ["EPSG:4326", "CRS84"] {
        folder.run(&format!("nearest --posts posts.geojson --at 38.7,-3 --crs {crs}")).ok();
    }
    folder.run("nearest --posts posts.geojson --at 38.7,-3 --crs EPSG:32637").ok();
    // The address of a register's entry is a name.
    folder.write("posts.geojson", text("http://www.opengis.net/def/crs/EPSG/0/4326"));
    folder.run("nearest --posts posts.geojson --at 38.7,-3").ok();
}

#[test]
fn one_number_is_one_id_however_it_is_written() {
    let folder = Folder::new();
    let layers = |one: &str, other: &str| {
        folder.write(
            "posts.geojson",
            collection(&[point(one, "{}", 38.7, -3.0), point(other, "{}", 38.8, -3.0)]),
        );
        let coordinates = "[[38.6,-3],[38.7,-3]]";
        folder.write(
            "routes.geojson",
            collection(&[line(one, "{}", coordinates), line(other, "{}", coordinates)]),
        );
        folder.write(
            "properties.geojson",
            collection(&[
                point("null", &format!(r#"{{"id":{one}}}"#), 38.7, -3.0),
                point("null", &format!(r#"{{"id":{other}}}"#), 38.8, -3.0),
            ]),
        );
    };
    let big = "123456789012345678901234567890";
    for (one, other) in [
        ("1", "1.0"),
        ("1", "1e0"),
        ("-0", "0"),
        ("10", "1e1"),
        ("1.50", "15E-1"),
        (big, &format!("{big}.0")),
    ] {
        layers(one, other);
        for file in ["posts", "routes", "properties"] {
            let layer = if file == "routes" { "routes" } else { "posts" };
            let run = folder.run(&format!("check --as {layer} {file}.geojson"));
            assert!(
                run.status == 2 && run.out.contains("is already that of feature 1"),
                "{one} {other} {file}: {}",
                run.out
            );
            folder
                .run(&format!("nearest --{layer} {file}.geojson --at 38.7,-3"))
                .fails(2, &["is already that of feature 1"]);
        }
    }
    for (one, other) in [
        ("1", "\"1\""),
        ("1", "1.1"),
        ("9007199254740992", "9007199254740993"),
        (big, "123456789012345678901234567891"),
        ("1", "-1"),
        ("\"1\"", "\"1.0\""),
    ] {
        layers(one, other);
        for file in ["posts", "routes", "properties"] {
            let layer = if file == "routes" { "routes" } else { "posts" };
            let run = folder.run(&format!("check --as {layer} {file}.geojson"));
            assert!(!run.out.contains("is already that of feature 1"), "{one} {other} {file}: {}", run.out);
            folder.run(&format!("nearest --{layer} {file}.geojson --at 38.7,-3")).ok();
        }
    }
}

#[test]
fn a_property_that_is_read_and_is_there_twice_is_a_warning() {
    let folder = Folder::new();
    let warned = |run: crate::program::Run, property: &str| {
        let said = format!("{}{}", run.out, run.err);
        assert_eq!(run.status, 0, "{said}");
        let is = |line: &&str| {
            line.contains("warning")
                && line.contains(&format!("properties.{property}"))
                && line.contains("last one")
        };
        said.lines().filter(is).count()
    };
    for property in ["name", "watch_radius_m", "active_from", "active_to", "id"] {
        let value = |n: u8| match property {
            "watch_radius_m" => format!("{n}"),
            "active_from" => format!("\"200{n}-01-01T00:00:00Z\""),
            "active_to" => format!("\"205{n}-01-01T00:00:00Z\""),
            _ => format!("\"{n}\""),
        };
        let twice = format!(r#"{{"{property}":{},"other":0,"other":1,"{property}":{}}}"#, value(1), value(2));
        folder.write("posts.geojson", collection(&[point("null", &twice, 38.7, -3.0)]));
        assert_eq!(warned(folder.run("check --as posts posts.geojson"), property), 1, "{property}");
        assert_eq!(
            warned(folder.run("nearest --posts posts.geojson --at 38.7,-3"), property),
            1,
            "{property}"
        );
        assert_eq!(warned(folder.run("check --as posts posts.geojson"), "other"), 0);
    }
    // The last one is what is read.
    let json =
        crate::program::json(&folder.run("nearest --posts posts.geojson --at 38.7,-3 --format json").ok());
    assert_eq!(json["nearest_posts"][0]["post_id"], "2");
    // An `id` beside the feature's own is not read; a field that an option names is.
    let twice = r#"{"id":"a","id":"b","code":"c","code":"d"}"#;
    folder.write("posts.geojson", collection(&[point("\"A\"", twice, 38.7, -3.0)]));
    assert_eq!(warned(folder.run("nearest --posts posts.geojson --at 38.7,-3"), "id"), 0);
    assert_eq!(warned(folder.run("nearest --posts posts.geojson --at 38.7,-3 --post-id code"), "code"), 1);
    let twice = r#"{"half_width_m":1,"half_width_m":2,"corridor":"c","corridor":"d","corridor":"e"}"#;
    folder.write("routes.geojson", collection(&[line("\"R\"", twice, "[[38.6,-3],[38.7,-3]]")]));
    for property in ["half_width_m", "corridor"] {
        assert_eq!(warned(folder.run("check --as routes routes.geojson"), property), 1);
        assert_eq!(warned(folder.run("nearest --routes routes.geojson --at 38.7,-3"), property), 1);
    }
    let twice = r#"{"mgrs":"37M BT 1 1","mgrs":"37M BT 2 2","time":"a","time":"b","weather":1,"weather":2}"#;
    folder.write("incidents.geojson", collection(&[point("1", twice, 38.7, -3.0)]));
    for (property, count) in [("mgrs", 1), ("time", 1), ("weather", 0)] {
        assert_eq!(
            warned(folder.run("check --as incidents incidents.geojson"), property),
            count,
            "{property}"
        );
    }
}
