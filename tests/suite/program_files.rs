//! `patrol annotate`: what it reads and writes, in which forms, and what it never writes over.

use std::fs;
use std::process::Stdio;

use serde_json::json;

use crate::program::{
    ANNOTATE, Folder, collection, feature, finish, gunzip, gzip, json, keys, point, properties,
};
use crate::text::{compact, features, without};

const POSTS: &str = "annotate --posts posts.geojson --incidents incidents.geojson";

fn is_new(key: &str) -> bool {
    ["post_", "route_", "corridor", "in_corridor"].iter().any(|start| key.starts_with(start))
}

/// The features of an output in one of the three forms, of which the form itself is held.
fn read(form: &str, text: &str) -> Vec<String> {
    match form {
        "geojson" => features(text).into_iter().map(str::to_owned).collect(),
        "geojsonl" => {
            assert!(text.ends_with('\n') && !text.contains(['\u{1E}', '\r']), "{text:?}");
            text.lines().map(str::to_owned).collect()
        }
        _ => {
            // RFC 8142: each begins with 0x1E and ends with a line feed.
            let records = text.strip_prefix('\u{1E}').unwrap().split('\u{1E}');
            records.map(|record| record.strip_suffix('\n').unwrap().to_owned()).collect()
        }
    }
}

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

#[test]
fn an_output_that_exists_is_replaced_only_by_force() {
    let folder = Folder::with_demonstration();
    folder.write("out.geojson", "theirs");
    let before = folder.names();
    folder.annotate("").fails(2, &["out.geojson", "--force"]);
    assert_eq!((folder.read("out.geojson"), folder.names()), ("theirs".to_owned(), before.clone()));
    folder.annotate("--force").ok();
    assert_eq!(properties(&folder.read("out.geojson")).len(), 3);
    assert_eq!(folder.names(), before);
    // So are the rejects.
    folder.write("rejects.jsonl", "theirs");
    let both = "--output new.geojson --skip-invalid --rejects rejects.jsonl";
    folder.run(&format!("{ANNOTATE} {both}")).fails(2, &["rejects.jsonl", "--force"]);
    assert_eq!((folder.read("rejects.jsonl"), folder.has("new.geojson")), ("theirs".to_owned(), false));
    folder.run(&format!("{ANNOTATE} {both} --force")).ok();
    assert_ne!(folder.read("rejects.jsonl"), "theirs");
    // Flushed to the disk, it is the same.
    folder.run(&format!("{ANNOTATE} --output synced.geojson --sync")).ok();
    assert_eq!(folder.read("synced.geojson"), folder.read("out.geojson"));
}

#[test]
fn an_input_is_never_replaced() {
    let folder = Folder::with_demonstration();
    fs::create_dir(folder.path("sub")).unwrap();
    let layers = ["posts.geojson", "routes.geojson", "incidents.geojson"];
    let texts = layers.map(|name| folder.read(name));
    let held = |line: String, what: &str| {
        let before = folder.names();
        folder.run(&line).fails(2, &[what]);
        assert_eq!(layers.map(|name| folder.read(name)), texts, "{line}");
        assert_eq!(folder.names(), before, "{line}");
    };
    for layer in layers {
        let mut others = vec![layer.to_owned(), format!("sub/../{layer}"), format!("./{layer}")];
        let hard = format!("hard-{layer}");
        fs::hard_link(folder.path(layer), folder.path(&hard)).unwrap();
        others.push(hard);
        #[cfg(unix)]
        {
            let soft = format!("soft-{layer}");
            std::os::unix::fs::symlink(layer, folder.path(&soft)).unwrap();
            others.push(soft);
        }
        for other in others {
            for force in ["", "--force"] {
                held(format!("{ANNOTATE} --output {other} {force}"), &other);
                let rejects = format!("--output new.geojson --skip-invalid --rejects {other}");
                held(format!("{ANNOTATE} {rejects} {force}"), &other);
            }
            // The other way round: what is read is the link.
            held(format!("{ANNOTATE} --output {layer} --force").replacen(layer, &other, 1), layer);
        }
    }
}

/// Neither is one that stands behind standard input.
#[cfg(target_os = "linux")]
#[test]
fn an_input_is_not_replaced_behind_standard_input() {
    let folder = Folder::with_demonstration();
    let text = folder.read("incidents.geojson");
    let from = |name: &str, output: &str| {
        let mut command = folder.command();
        command.args([
            "annotate",
            "--posts",
            "posts.geojson",
            "--incidents",
            "-",
            "--force",
            "--output",
            output,
        ]);
        command
            .stdin(fs::File::open(folder.path(name)).unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        finish(command.spawn().unwrap())
    };
    from("incidents.geojson", "incidents.geojson").fails(2, &["incidents.geojson", "input"]);
    assert_eq!(folder.read("incidents.geojson"), text);
    from("incidents.geojson", "out.geojson").ok();
    assert_eq!(properties(&folder.read("out.geojson")).len(), 3);
}

const MIXED: [&str; 4] = [
    "{\"type\":\"Feature\",\"id\":\"good\", \"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[46.6,39.7]}}",
    "{\"type\":\"Feature\",\"id\":\"swapped\",\r\n \"properties\" : { \"note\":\"\\u00e9 é \\\" ]}\" , \"n\":1.500e400},\n\t\"geometry\":{\"type\":\"Point\",\"coordinates\":[ 39.70, 146.6 ]} }",
    "{\"type\":\"Feature\",\"id\":3,\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[46.7]}}",
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}",
];

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
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
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

/// The run is killed while it waits for someone to read its rejects.
#[cfg(unix)]
#[test]
fn what_a_killed_run_left_is_cleaned_up() {
    let folder = Folder::with_demonstration();
    let pipe = folder.path("rejects");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    folder.write("incidents.geojson", collection(&vec![MIXED[1].to_owned(); 3000]));
    let before = folder.names();
    let mut child = folder
        .command()
        .args(ANNOTATE.split(' '))
        .args(["--output", "out.geojson", "--skip-invalid", "--rejects", "rejects"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let reader = fs::File::open(&pipe).unwrap();
    let since = std::time::Instant::now();
    while folder.names() == before && since.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(child.try_wait().unwrap().is_none(), "it has nobody to take its rejects");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(reader);
    let left = folder.names();
    assert!(left.len() > before.len() && !folder.has("out.geojson"), "{left:?}");
    folder.write("incidents.geojson", collection(&[MIXED[0].to_owned()]));
    let run = folder.annotate("");
    let told = run.err.clone();
    run.ok();
    // Cleaned up, or named.
    let stale = left.iter().find(|name| !before.contains(name)).unwrap();
    assert!(!folder.has(stale) || told.contains(stale), "{stale}: {told}");
    assert_eq!(properties(&folder.read("out.geojson")).len(), 1);
}

/// Told to end while it waits for its input, a run takes away what it had begun, and ends by that signal.
#[cfg(unix)]
#[test]
fn a_signal_to_end_leaves_nothing_behind() {
    use std::io::Write;
    use std::os::unix::process::ExitStatusExt;
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        let folder = Folder::with_demonstration();
        let before = folder.names();
        let mut child = folder
            .command()
            .args("annotate --posts posts.geojson --incidents - --output out.geojsonl --threads 2".split(' '))
            .args(["--skip-invalid", "--rejects", "rejects.jsonl"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(format!("{}\n{}\n", MIXED[0], MIXED[1]).as_bytes()).unwrap();
        let since = std::time::Instant::now();
        while folder.names().len() < before.len() + 2 && since.elapsed().as_secs() < 20 {
            std::thread::yield_now();
            // The text is known for what it is once there is more of it than a first look takes.
            input.write_all(format!("{}\n", MIXED[0]).as_bytes()).unwrap();
        }
        // Both files beside are there; the second is watched a moment after it appears.
        std::thread::sleep(std::time::Duration::from_millis(50));
        let id = child.id().to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
        let status = child.wait().unwrap();
        assert_eq!((status.signal(), status.code()), (Some(number), None));
        assert_eq!(folder.names(), before);
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_status_3() {
    let folder = Folder::with_demonstration();
    fs::create_dir(folder.path("folder")).unwrap();
    let before = folder.names();
    for layer in ["posts.geojson", "routes.geojson", "incidents.geojson"] {
        for other in ["missing.geojson", "folder", "posts.geojson/x"] {
            let line = format!("{ANNOTATE} --output out.geojson").replace(layer, other);
            folder.run(&line).fails(3, &[other]);
        }
    }
    for output in ["missing/out.geojson", "posts.geojson/out.geojson"] {
        folder.run(&format!("{ANNOTATE} --output {output}")).fails(3, &[output]);
        let rejects = format!("--output out.geojson --skip-invalid --rejects {output}");
        folder.run(&format!("{ANNOTATE} {rejects}")).fails(3, &[output]);
    }
    assert_eq!(folder.names(), before);
}

#[cfg(unix)]
#[test]
fn rights_that_are_missing_are_status_3() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_demonstration();
    let locked = folder.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::copy(folder.path("posts.geojson"), locked.join("posts.geojson")).unwrap();
    fs::set_permissions(locked.join("posts.geojson"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    // For root no door is locked.
    if fs::File::open(locked.join("posts.geojson")).is_err() {
        folder.run(&format!("{POSTS} --output locked/out.geojson")).fails(3, &["locked/out.geojson"]);
        folder
            .run("annotate --posts locked/posts.geojson --incidents incidents.geojson --output out.geojson")
            .fails(3, &["locked/posts.geojson"]);
        assert!(!folder.has("out.geojson"));
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_status_3() {
    let folder = Folder::with_demonstration();
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for line in [
        format!("{ANNOTATE} --output - --output-format geojson"),
        "nearest --posts posts.geojson --at 46.6,39.7".to_owned(),
    ] {
        let mut command = folder.command();
        command.args(line.split(' ')).stdout(full()).stderr(Stdio::piped());
        let run = finish(command.spawn().unwrap());
        assert_eq!(run.status, 3, "{line}: {}", run.err);
        assert!(!run.err.is_empty());
    }
    // Where much is written, too.
    folder.write("incidents.geojson", collection(&vec![MIXED[0].to_owned(); 2000]));
    let run = folder.run(&format!("{ANNOTATE} --output /dev/full --output-format geojsonl --force"));
    run.fails(3, &["/dev/full"]);
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
