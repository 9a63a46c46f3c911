//! Bad incidents: an error that leaves nothing, or set aside.

use serde_json::json;

use super::{MIXED, is_new, read};
use crate::program::{ANNOTATE, Folder, collection, feature, json, keys, properties};
use crate::text::without;

#[test]
fn bad_incidents_are_set_aside_whole_and_unchanged() {
    let folder = Folder::with_demonstration();
    let mixed = MIXED.map(str::to_owned);
    folder.write("incidents.geojson", collection(&mixed));
    let run = folder.annotate("--skip-invalid --rejects rejects.jsonl");
    assert_eq!((run.status, &*run.out), (1, ""), "{}", run.err);
    assert!(run.err.contains("rejected 2"), "the summary counts them: {}", run.err);
    let found = properties(&folder.read("out.geojson"));
    assert_eq!(found.len(), 2);
    assert!(found[0]["post_id"].is_string() && found[1]["location_warning"].is_string());
    let rejects = folder.read("rejects.jsonl");
    assert!(rejects.ends_with('\n'));
    let rejects: Vec<_> = rejects.lines().map(json).collect();
    assert_eq!(rejects.len(), 2);
    for (reject, (line, number, words)) in rejects.iter().zip([
        (3, 2, ["latitude 146.6 is out of range", "latitude, longitude order"]),
        (6, 3, ["coordinates", "position"]),
    ]) {
        assert_eq!(keys(reject), ["feature", "file", "line", "reason", "text"]);
        assert_eq!((&reject["file"], &reject["feature"]), (&json!("incidents.geojson"), &json!(number)));
        assert_eq!((&reject["text"], &reject["line"]), (&json!(MIXED[number - 1]), &json!(line)));
        let reason = reject["reason"].as_str().unwrap();
        assert!(words.iter().all(|word| reason.contains(word)), "{reason}");
    }
    // First, last or all of them: what is left is a collection.
    for bad in [vec![1, 0], vec![0, 1], vec![1, 0, 2, 3, 1], vec![1, 2]] {
        let incidents: Vec<String> = bad.iter().map(|&i| MIXED[i].to_owned()).collect();
        folder.write("incidents.geojson", collection(&incidents));
        for (name, form) in [("out.geojson", "geojson"), ("out.geojsonl", "geojsonl")] {
            let run = folder
                .run(&format!("{ANNOTATE} --output {name} --force --skip-invalid --rejects rejects.jsonl"));
            assert_eq!(run.status, 1);
            let kept: Vec<usize> = bad.iter().copied().filter(|i| ![1, 2].contains(i)).collect();
            let text = folder.read(name);
            let found = if text.is_empty() { Vec::new() } else { read(form, &text) };
            let bare: Vec<_> = found
                .iter()
                .map(|text| without(text, |key| is_new(key) || key == "location_warning"))
                .collect();
            assert_eq!(bare, kept.iter().map(|&i| MIXED[i]).collect::<Vec<_>>());
            assert_eq!(folder.read("rejects.jsonl").lines().count(), bad.len() - kept.len());
        }
    }
}

/// A small compressed file holds thousands of millions of them: none beyond a million is read to be counted.
#[test]
fn reading_ends_behind_a_million_bad_incidents() {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojsonl", "1\n".repeat(1_000_100));
    let layers = "--posts posts.geojson --routes routes.geojson --incidents incidents.geojsonl";
    let bulletin = "bulletin --day 2020-10-27 --zone Asia/Baku --output out.md";
    for (command, output) in [
        ("annotate --output out.geojson", "out.geojson"),
        (bulletin, "out.md"),
        ("map --output out.svg", "out.svg"),
    ] {
        let run = folder.run(&format!("{command} {layers}"));
        assert_eq!(run.status, 2, "{command}");
        let last = run.err.lines().last().unwrap();
        assert!(last.starts_with("patrol: and at least 999980 more incidents can't be read"), "{last}");
        assert!(!folder.has(output), "{command}");
    }
    // Whoever asks for them has them all.
    let run = folder.run(&format!("bulletin --skip-invalid --rejects all.jsonl {layers} {}", &bulletin[9..]));
    assert_eq!((run.status, folder.read("all.jsonl").lines().count()), (1, 1_000_100), "{}", run.err);
}

/// A line that is no JSON at all is one bad incident, and so is a feature of a collection; where a bracket
/// is missing the rest can't be taken apart.
#[test]
fn a_broken_feature_is_one_bad_incident() {
    let folder = Folder::with_demonstration();
    let broken = r#"{"type":"Feature","properties":{"a":1,},"geometry":null}"#;
    let lines = [MIXED[0], "", broken, MIXED[3]].join("\n");
    let features = collection(&[MIXED[0].to_owned(), broken.to_owned(), MIXED[3].to_owned()]);
    for (text, line) in [(lines, 3), (features, 3)] {
        folder.write("incidents.geojson", text);
        let run = folder.annotate("--force --skip-invalid --rejects rejects.jsonl");
        assert_eq!(run.status, 1, "{}", run.err);
        let reject = json(&folder.read("rejects.jsonl"));
        assert_eq!(
            (&reject["text"], &reject["line"], &reject["feature"]),
            (&json!(broken), &json!(line), &json!(2))
        );
        assert_eq!(properties(&folder.read("out.geojson")).len(), 2);
    }
    let open = broken.trim_end_matches('}');
    folder.write("incidents.geojson", collection(&[MIXED[0].to_owned(), open.to_owned()]));
    let before = (folder.read("out.geojson"), folder.read("rejects.jsonl"), folder.names());
    let run = folder.annotate("--force --skip-invalid --rejects rejects.jsonl");
    run.fails(2, &["incidents.geojson:", "not JSON: "]);
    assert_eq!((folder.read("out.geojson"), folder.read("rejects.jsonl"), folder.names()), before);
}

#[test]
fn strict_is_the_default_and_leaves_nothing() {
    let folder = Folder::with_demonstration();
    folder.write("incidents.geojson", collection(&MIXED.map(str::to_owned)));
    let before = folder.names();
    let told = folder.annotate("").fails(
        2,
        &[
            "incidents.geojson:",
            "feature 2",
            "swapped",
            "geometry.coordinates",
            "latitude 146.6 is out of range: are the coordinates in latitude, longitude order?",
        ],
    );
    assert_eq!(told.trim_end().lines().count(), 2, "each bad incident has a line: {told}");
    assert_eq!(folder.names(), before);
    // What was there before stays as it was.
    folder.write("out.geojson", "theirs");
    folder.annotate("--force").fails(2, &["feature 2"]);
    assert_eq!(folder.read("out.geojson"), "theirs");
    // Posts and routes must be right, whatever is asked for incidents.
    folder.write("incidents.geojson", collection(&[]));
    for layer in ["posts.geojson", "routes.geojson"] {
        let folder = Folder::with_demonstration();
        let text = folder.read(layer);
        for (wrong, words) in [
            (collection(&[MIXED[1].to_owned()]), "146.6"),
            (collection(&[feature("1", "{}", "null")]), "null"),
            (text.replacen("\"properties\"", "\"properties\":{},\"properties\"", 1), "properties"),
            (text[..text.len() / 2].to_owned(), "JSON"),
        ] {
            folder.write(layer, wrong);
            let before = folder.names();
            folder.annotate("--skip-invalid --rejects rejects.jsonl").fails(2, &[layer, words]);
            assert_eq!(folder.names(), before);
        }
    }
}
