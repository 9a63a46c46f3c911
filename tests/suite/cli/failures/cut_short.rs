//! Inputs that were cut short before they came: an error that names the file and the place, and no output.

use std::fs;

use crate::program::{ANNOTATE, Folder, collection, point};
use crate::text::gzip;

const LAYERS: [&str; 3] = ["posts.geojson", "routes.geojson", "incidents.geojson"];

/// Some places of a text or of bytes, at its ends and between.
fn places(length: usize) -> Vec<usize> {
    let mut places = vec![1, 2, 3, 10, 11, 18, length - 9, length - 8, length - 4, length - 1];
    places.extend((1..12).map(|part| length * part / 12));
    places
}

/// Without rejects and with them nothing appears, and one line is said, which is given back.
#[track_caller]
fn fails(folder: &Folder, line: &str, words: &[&str]) -> String {
    let before = folder.names();
    let said = ["", "--skip-invalid --rejects rejects.jsonl"].map(|more| {
        let said = folder.run(&format!("{line} --output out.geojson {more}")).fails(2, words);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(folder.names(), before, "{line} {more}");
        said
    });
    let [strict, _] = said;
    strict
}

#[test]
fn a_collection_that_breaks_off_names_its_last_line() {
    for layer in LAYERS {
        let folder = Folder::with_demonstration();
        let whole = folder.read(layer).trim_end().to_owned();
        for place in places(whole.len()) {
            let bytes = &whole.as_bytes()[..place];
            folder.write(layer, bytes);
            let Ok(text) = std::str::from_utf8(bytes) else {
                fails(&folder, ANNOTATE, &[&format!("{layer}:"), "UTF-8"]);
                continue;
            };
            let said =
                fails(&folder, ANNOTATE, &[&format!("patrol: {layer}:"), "not JSON: ", "the text ends "]);
            // On its last line, or the empty one behind it.
            let last = text.trim_end().lines().count();
            let place = |line: usize| format!("patrol: {layer}:{line}: ");
            let is_named =
                [last, text.matches('\n').count() + 1].map(place).iter().any(|at| said.starts_with(at));
            assert!(is_named, "{said}");
        }
    }
}

#[test]
fn a_collection_that_breaks_off_behind_its_features_names_its_last_line() {
    let folder = Folder::with_demonstration();
    let whole = folder.read("incidents.geojson");
    let text = whole.trim_end().strip_suffix('}').unwrap().trim_end();
    assert_eq!(text.lines().count(), 13);
    for (text, line) in [(text.to_owned(), 13), (format!("{text},\n\n\"note\": nul"), 15)] {
        folder.write("incidents.geojson", text);
        fails(&folder, ANNOTATE, &[&format!("patrol: incidents.geojson:{line}: not JSON: ")]);
    }
}

#[test]
fn gzip_that_breaks_off_names_its_file() {
    for layer in LAYERS {
        let folder = Folder::with_demonstration();
        let name = format!("{layer}.gz");
        let whole = gzip(&folder.read(layer));
        let line = ANNOTATE.replace(layer, &name);
        // One byte is not known for gzip yet.
        for place in places(whole.len()) {
            folder.write(&name, &whole[..place]);
            let what = if place == 1 { "not JSON: " } else { "damaged gzip data" };
            fails(&folder, &line, &[&format!("patrol: {name}:"), what]);
        }
        // Whole members with a part of another behind them.
        folder.write(&name, [gzip("\n"), whole[..whole.len() / 2].to_owned()].concat());
        fails(&folder, &line, &[&name, "damaged gzip data"]);
    }
}

/// Of a long one much has been annotated by then.
#[test]
fn a_long_input_that_breaks_off_leaves_nothing() {
    let folder = Folder::with_demonstration();
    let note = format!("{{\"note\":\"{}\"}}", "long ".repeat(400));
    let features: Vec<String> =
        (0..2_000).map(|i| point(&i.to_string(), &note, 46.6, 39.4 + 1e-4 * f64::from(i))).collect();
    let whole = collection(&features);
    folder.write("incidents.geojson", &whole[..whole.len() - 1_000]);
    let line = features.len() + 1;
    let begun = format!("patrol: incidents.geojson:{line}: ");
    fails(&folder, ANNOTATE, &[&begun, "not JSON: "]);
    let packed = gzip(&whole);
    folder.write("incidents.geojson", &packed[..packed.len() - 5]);
    fails(&folder, ANNOTATE, &["patrol: incidents.geojson:", "damaged gzip data"]);
    // What is cut out of the middle: the blocks behind do not fit.
    let (third, half) = (packed.len() / 3, packed.len() / 2);
    folder.write("incidents.geojson", [&packed[..third], &packed[half..]].concat());
    // Two incidents that can't be read, one at either side of the cut: each has a line.
    let before = folder.names();
    for more in ["", "--skip-invalid --rejects rejects.jsonl"] {
        folder.annotate(more).fails(2, &["incidents.geojson"]);
        assert_eq!(folder.names(), before);
    }
}

/// Of lines the last is bad, which can be set aside as any bad incident.
#[test]
fn a_last_line_that_breaks_off_is_one_bad_incident() {
    let folder = Folder::with_demonstration();
    let lines: Vec<String> = (0..3).map(|i| point(&i.to_string(), "{}", 46.6, 39.7)).collect();
    let text = lines.join("\n");
    let last = text.len() - lines[2].len();
    for end in [last + 1, last + 9, text.len() - 20, text.len() - 1] {
        folder.write("incidents.geojson", &text[..end]);
        folder.annotate("").fails(2, &["patrol: incidents.geojson:3: feature 3", "not JSON: "]);
        assert!(!folder.has("out.geojson"));
        let run = folder.annotate("--skip-invalid --rejects rejects.jsonl");
        assert_eq!(run.status, 1, "{}", run.err);
        let reject = crate::program::json(&folder.read("rejects.jsonl"));
        assert_eq!((&reject["line"], &reject["text"]), (&3.into(), &text[last..end].into()));
        fs::remove_file(folder.path("out.geojson")).unwrap();
        fs::remove_file(folder.path("rejects.jsonl")).unwrap();
    }
}

#[test]
fn an_empty_file_is_no_gzip() {
    let folder = Folder::with_demonstration();
    for name in ["day.geojsonl.gz", "day.geojson.GZ", "day.csv.gz"] {
        folder.write(name, "");
        let said = format!("patrol: {name}: an empty file, which is no gzip file");
        for layer in LAYERS.into_iter().filter(|layer| *layer == "incidents.geojson" || !name.contains("csv"))
        {
            fails(&folder, &ANNOTATE.replace(layer, name), &[&said]);
        }
    }
    // gzip of nothing is a layer of nothing.
    folder.write("day.geojsonl.gz", gzip(""));
    let line = ANNOTATE.replace("incidents.geojson", "day.geojsonl.gz");
    folder.run(&format!("{line} --output out.geojson")).ok();
}
