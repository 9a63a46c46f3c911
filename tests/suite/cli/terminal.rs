//! What people read on a terminal: nothing out of a file or an argument acts on it, and a row stays a row.

use std::fs;

use unicode_width::UnicodeWidthStr;

use crate::fixtures::files_below;
use crate::program::{Folder, Run, collection, feature, line, point};

/// Texts that would colour, clear, beep, break lines, turn directions, be run or be formatted; and those that must stay.
const HOSTILE: [&str; 44] = [
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://example.com\u{1b}\\click\u{1b}]8;;\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{9b}31mred",
    "\u{9d}0;title\u{9c}",
    "bell\u{7}",
    "a\u{8}\u{8}\u{8}b",
    "a\rb",
    "a\nb",
    "a\r\npatrol: all is well",
    "a\tb",
    "a\u{b}b\u{c}c",
    "\u{7f}",
    "a\u{85}b",
    "a\u{2028}b\u{2029}c",
    "\u{202e}gnp.exe",
    "\u{202a}a\u{202c}",
    "\u{202b}a",
    "\u{202d}a",
    "\u{2066}a\u{2069}",
    "\u{2067}a",
    "\u{2068}a",
    "nul\u{0}",
    "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{e}\u{f}\u{10}\u{1a}\u{1c}\u{1f}",
    "\u{80}\u{90}\u{9f}",
    "観測所一",
    "ＦＵＬＬ",
    "e\u{301}\u{302}\u{303}",
    "Z\u{335}\u{321}\u{322}\u{327}a\u{318}\u{319}l\u{31c}g\u{31d}o",
    "می\u{200c}خواهم",
    "پست دیده‌بانی",
    "עמדה",
    "👩\u{200d}👩\u{200d}👧",
    "🇦🇿",
    "\u{feff}mark",
    "\u{200e}\u{200f}marks",
    "long long long long long long long long long long long long long long long long long long long long",
    "%s%n%x{}{0}{:?}$1",
    "'; DROP TABLE posts; --",
    "$(touch pwned)`touch pwned`",
    "<script>alert(1)</script>&amp;",
    "\\u{1b}[31m\\n",
];

/// By the letter of the issue, apart from the program's own rule.
fn acts(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn is_harmless(what: &str, text: &str, hostile: &str) {
    if let Some(c) = text.chars().find(|&c| c != '\n' && acts(c)) {
        panic!("{what}, {hostile:?}: {c:?} in {text:?}");
    }
}

/// Layers and logs whose ids, names, corridors, cells and property names are all this text.
fn folder(text: &str) -> Folder {
    let json = serde_json::to_string(text).unwrap();
    let named = |more: &str| format!(r#"{{"name":{json},"corridor":{json},{json}:{json}{more}}}"#);
    let posts = [point(&json, &named(""), 38.7, -3.04), point("\"B\"", &named(""), 38.85, -3.03)];
    let routes = [
        line(&json, &named(r#","half_width_m":3000"#), "[[38.68,-3.05],[38.75,-3.03],[38.88,-3.04]]"),
        // Warned of: of no width, with a vertex twice and a name that is nearly read.
        line("\"R2\"", &named(r#","Half width":1"#), "[[38.68,-3.06],[38.75,-3.06],[38.75,-3.06]]"),
    ];
    let incidents = [
        point(&json, &named(r#","time":"2020-11-20T06:10:00Z""#), 38.71, -3.03),
        point(&json, &named(&format!(r#","time":{json}"#)), 38.72, -3.03),
        feature(&json, &named(&format!(r#","observer_post":{json},"bearing":"N""#)), "null"),
        feature(&json, &named(""), "null"),
    ];
    let folder = Folder::with_layers(&posts, &routes, &incidents);
    // In services that are warned of, and errors that quote the text.
    let bad = [point(&json, &format!(r#"{{"active_from":{json},"watch_radius_m":{json}}}"#), 1.0, 2.0)];
    folder.write("bad.geojson", collection(&bad));
    folder.write("twice.geojson", collection(&[posts[0].clone(), posts[0].clone()]));
    folder.write("type.geojson", format!(r#"{{"type":{json},"coordinates":[]}}"#));
    folder.write("crs.geojson", format!(r#"{{"type":"FeatureCollection","crs":{{"type":"link","properties":{{"href":{json}}}}},"features":[]}}"#));
    folder.write("text.geojson", format!("{{{text}"));
    let polygon = r#"{"type":"Polygon","coordinates":[[[38.6,-3.1],[38.9,-3.1],[38.9,-3],[38.6,-3.1]]]}"#;
    folder.write("corridors.geojson", collection(&[feature(&json, &named(""), polygon)]));
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["id", "time", "lon", "lat", "observer post", "mgrs", text]).unwrap();
    csv.write_record([text, "2020-11-20T06:10:00Z", "38.71", "-3.03", text, "", text]).unwrap();
    csv.write_record([text, text, "38.72", "-3.03", text, "", text]).unwrap();
    folder.write("log.csv", csv.into_inner().unwrap());
    folder.write("mgrs.csv", format!("id,mgrs\n\"{0}\",\"{0}\"\n", text.replace('"', "\"\"")));
    folder
}

const LAYERS: &str = "--posts posts.geojson --routes routes.geojson";

/// Every command, and whether its standard output is a table for people.
fn runs(folder: &Folder, text: &str) -> Vec<(String, Run, bool)> {
    let mut runs = Vec::new();
    let mut run = |line: &str, more: &[&str], is_text: bool| {
        let words = line.split_whitespace().chain(more.iter().copied());
        runs.push((format!("{line} {more:?}"), folder.run_words(words, b""), is_text));
    };
    run(&format!("nearest {LAYERS} --at 38.71,-3.03 -k 2"), &[], true);
    run(&format!("nearest {LAYERS} --corridors corridors.geojson --at 38.71,-3.03"), &[], true);
    run("corridors --routes routes.geojson --output c.geojson", &[], true);
    run(&format!("coverage {LAYERS} --radius 5000 --suggest 1 --output v.geojson"), &[], true);
    run(&format!("beats {LAYERS} --output b.geojson --sectors s.geojson --within 5000"), &[], true);
    run(
        &format!("hotspots {LAYERS} --incidents incidents.geojson --bandwidth 1000 --output h.geojson"),
        &[],
        true,
    );
    // A list of posts is none where it has more of them than bearings: such an incident is set aside.
    let aside = "--skip-invalid --rejects r.jsonl";
    run(
        &format!("clusters --incidents incidents.geojson --within 500 --days 3 --permutations 9 {aside}"),
        &[],
        true,
    );
    run("clusters --incidents log.csv --within 500 --days 3 --permutations 9 --zone UTC", &[], true);
    run(
        &format!("fuse {LAYERS} --incidents incidents.geojson --within 30min --output f.geojson"),
        &[],
        false,
    );
    run(&format!("fuse {LAYERS} --incidents log.csv --within 30min --output g.geojson"), &[], false);
    run(&format!("annotate {LAYERS} --incidents incidents.geojson --output a.geojson"), &[], false);
    run(&format!("annotate {LAYERS} --incidents incidents.geojson --output a.csv"), &[], false);
    run(&format!("annotate {LAYERS} --incidents log.csv --output l.csv --zone UTC"), &[], false);
    run(&format!("annotate {LAYERS} --incidents mgrs.csv --output m.csv"), &[], false);
    run(&format!("map {LAYERS} --incidents incidents.geojson --output map.html"), &[], false);
    let day = "--day 2020-11-20 --zone UTC --output - --format md";
    run(&format!("bulletin {LAYERS} --incidents incidents.geojson {day}"), &[], false);
    run(&format!("bulletin {LAYERS} --incidents mgrs.csv {day}"), &[], false);
    for file in ["posts", "bad", "twice", "type", "crs", "text", "incidents", "corridors"] {
        for layer in ["posts", "routes", "incidents"] {
            run(&format!("check {file}.geojson --as {layer}"), &[], true);
        }
        run(&format!("nearest --posts {file}.geojson --at 1,2"), &[], true);
        run(&format!("annotate {LAYERS} --incidents {file}.geojson --output x-{file}.geojson"), &[], false);
    }
    if text.contains('\0') {
        return runs;
    }
    run(&format!("locate {LAYERS} --bearing N --distance 2km --from"), &[text], true);
    run(&format!("locate {LAYERS} --chainage 100 --route"), &[text], true);
    for option in ["--mgrs", "--utm", "--dms", "--at", "--from"] {
        run(&format!("locate {LAYERS}"), &[option, text], true);
    }
    run("route locate --routes routes.geojson --at 38.71,-3.03 --route", &[text], false);
    run("route point --routes routes.geojson --chainage 10 --route", &[&format!("{text}?")], false);
    run("route substring --routes routes.geojson --route R2 --from 0 --to", &[text], false);
    run("route marks --routes routes.geojson --every 1000 --output marks.geojson --route", &[text], false);
    for option in
        ["--at", "--edges", "--zone", "--posts", "--posts-crs", "--half-width", "--time", "--post-id"]
    {
        run(&format!("nearest {LAYERS} --at 1,2"), &[&format!("{option}={text}")], true);
    }
    run("nearest", &[&format!("--{text}")], true);
    run(text, &[], true);
    run("check", &[text], true);
    run(&format!("coverage {LAYERS} --radius 5000 --output v2.geojson --drop"), &[text], true);
    run(&format!("annotate {LAYERS} --incidents incidents.geojson --output"), &[text], false);
    if !text.contains('/') {
        fs::copy(folder.path("twice.geojson"), folder.path(text)).unwrap();
        run("check --as posts", &[text], true);
        run("nearest --at 1,2 --posts", &[text], true);
        run(&format!("annotate {LAYERS} --output y.geojson --incidents"), &[text], false);
    }
    runs
}

/// A name may be of any width, and of any number of lines where it comes from.
#[test]
fn nothing_out_of_a_file_or_an_argument_acts_on_a_terminal() {
    let calm = folder("calm");
    let rows = |runs: &[(String, Run, bool)]| -> Vec<usize> {
        runs[..8].iter().map(|(_, run, _)| run.out.lines().count()).collect()
    };
    let expected = rows(&runs(&calm, "calm"));
    assert!(expected.iter().all(|&count| count > 1), "{expected:?}");
    for text in HOSTILE {
        let folder = folder(text);
        let runs = runs(&folder, text);
        for (command, run, is_text) in &runs {
            is_harmless(command, &run.err, text);
            if *is_text {
                is_harmless(command, &run.out, text);
            } else if command.starts_with("bulletin") {
                // A bulletin isolates by marks of its own, in pairs.
                is_harmless(command, &run.out.replace(['\u{2068}', '\u{2069}'], ""), text);
                let count = |mark| run.out.matches(mark).count();
                assert_eq!(count('\u{2068}'), count('\u{2069}'), "{command}: {}", run.out);
            }
        }
        assert_eq!(rows(&runs), expected, "{text:?}");
        // Shown, not lost.
        let shown: String = text
            .chars()
            .map(|c| if acts(c) { c.escape_default().collect() } else { c.to_string() })
            .collect();
        let shown = shown.replace('\u{2028}', "\\u{2028}").replace('\u{2029}', "\\u{2029}");
        assert!(runs[0].1.out.contains(&*shown), "{shown}: {}", runs[0].1.out);
        assert!(!folder.has("pwned"));
        // Data keep every character.
        let data = folder.run(&format!("nearest {LAYERS} --at 38.71,-3.03 --format json")).ok();
        assert_eq!(crate::program::json(&data)["nearest_posts"][0]["post_name"], text);
    }
}

#[test]
fn columns_stand_in_line_whatever_the_width_of_names() {
    let names = ["山", "Hill", "ＦＵＬＬ", "e\u{301}", "می\u{200c}خواهم", "\u{1b}[31m", "👩"];
    let id = |i: usize| serde_json::to_string(&format!("{}-{i}", names[i])).unwrap();
    let posts: Vec<String> =
        (0..names.len()).map(|i| point(&id(i), r#"{"name":"end"}"#, 46.8 + 0.01 * i as f64, 40.0)).collect();
    let folder = Folder::with_layers(&posts, &[], &[]);
    let table = folder.run("nearest --posts posts.geojson --at 46.8,40.1 -k 9").ok();
    let rows: Vec<&str> = table.lines().filter(|line| line.ends_with("end")).collect();
    assert_eq!(rows.len(), names.len());
    let widths: Vec<usize> = rows.iter().map(|row| row.width()).collect();
    assert!(widths.iter().all(|&width| width == widths[0]), "{widths:?}\n{table}");
}

/// One module writes to standard error; the library never writes.
#[test]
fn text_for_people_is_written_in_one_place() {
    let mut seen = 0;
    for path in files_below("src").into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"))
    {
        let is_test = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("tests.rs"));
        if is_test || path.ends_with("src/bin/patrol/term.rs") {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines {
            seen += 1;
            for word in ["print!(", "println!(", "dbg!(", "::stderr()"] {
                assert!(!line.contains(word), "{}: {line}", path.display());
            }
        }
    }
    assert!(seen > 20_000, "{seen}");
}
