//! `patrol bulletin`: its languages, vocabularies, names of types and dates.

use patrol_corridor::report::bulletin::Language;

use crate::cli::bulletin::{LAYERS, at, field, field_with};
use crate::program::{Folder, feature, point};

const DAY: &str = "--day 2021-03-05 --zone Asia/Tehran";

fn page(folder: &Folder, more: &str) -> String {
    folder.run(&format!("{LAYERS} {DAY} --format md --output - {more}")).ok()
}

fn of_rangers() -> Folder {
    field(&[at("a", "2021-03-05T12:00Z", r#""type":"Snare","status":"closed","killed":2"#)])
}

/// A language that nobody has reviewed says so first, and for programs.
#[test]
fn translations_that_nobody_has_reviewed_say_so() {
    let folder = of_rangers();
    for language in Language::ALL {
        let page = page(&folder, &format!("--lang {language}"));
        let first = page.lines().next().unwrap();
        assert_eq!(
            first.contains("translation not reviewed"),
            !language.is_reviewed(),
            "{language}: {first}"
        );
        let html = folder.run(&format!("{LAYERS} {DAY} --format html --output - --lang {language}")).ok();
        let has_meta = html.contains("<meta name=\"translation\" content=\"not reviewed\">");
        assert_eq!(has_meta, !language.is_reviewed(), "{language}");
        let json = folder.run(&format!("{LAYERS} {DAY} --format json --output - --lang {language}")).ok();
        assert!(!json.contains("not reviewed"), "{json}");
    }
    let error = folder.run(&format!("{LAYERS} {DAY} --format md --output - --lang xx"));
    error.fails(2, &["`xx`", "en, ar, es, fa, fr, ru"]);
}

/// Cattle are no violations, and events of a data set are coded.
#[test]
fn vocabularies_change_the_words_and_not_the_figures() {
    let folder = of_rangers();
    for (vocabulary, said) in [
        ("ceasefire", "one violation was recorded, two people were killed;"),
        ("ranger", "one incident was recorded, two killed;"),
        ("research", "one event is in the data, two reported deaths;"),
    ] {
        let page = page(&folder, &format!("--vocabulary {vocabulary}"));
        assert!(page.contains(said), "{vocabulary}: {page}");
        assert_eq!(page.contains("violation"), vocabulary == "ceasefire", "{page}");
    }
    let json = |more: &str| folder.run(&format!("{LAYERS} {DAY} --format json --output - {more}")).ok();
    assert_eq!(json("--vocabulary research --lang ru"), json(""));
    let other = folder.run(&format!("{LAYERS} {DAY} --format md --output - --vocabulary cattle"));
    other.fails(2, &["--vocabulary", "`cattle`", "ranger"]);
}

#[test]
fn own_words() {
    let folder = of_rangers();
    folder.write(
        "own.ftl",
        "lead-incidents =\n    { $n ->\n        [one] { $word } carcass was found\n       *[other] { $word } carcasses were found\n    }\nkilled = Carcasses\n",
    );
    let own = page(&folder, "--vocabulary own.ftl");
    assert!(own.contains("one carcass was found, two people were killed;"), "{own}");
    // What it does not say is said as of a ceasefire.
    assert!(own.contains("no earlier period"), "{own}");
    let run = || folder.run(&format!("{LAYERS} {DAY} --format md --output out.md --vocabulary own.ftl"));
    for (text, parts) in [
        ("kiled = Carcasses\n", ["own.ftl", "`kiled`"]),
        ("killed = { $animals }\n", ["own.ftl", "`$animals`"]),
        ("# a comment\nlead-incidents = { $n ->\n", ["own.ftl", "line "]),
    ] {
        folder.write("own.ftl", text);
        run().fails(2, &parts);
        assert!(!folder.has("out.md"), "{text}");
    }
}

#[test]
fn types_by_a_file() {
    let folder = of_rangers();
    folder.write("types.csv", "type,en,fa\nsnare,wire snare,تلهٔ سیمی\n");
    assert!(page(&folder, "--types types.csv").contains(": wire snare;"));
    assert!(page(&folder, "--types types.csv --lang fa").contains("تلهٔ سیمی"));
    // A language without a name has the type as it is.
    assert!(page(&folder, "--types types.csv --lang fr").contains("Snare"));
    let run = || folder.run(&format!("{LAYERS} {DAY} --format md --output - --types types.csv"));
    for (text, parts) in [
        ("kind,en\nsnare,x\n", ["types.csv", "`type`"]),
        ("type,klingon\nsnare,x\n", ["types.csv", "klingon"]),
        ("type,en\nsnare,x\nSNARE,y\n", ["types.csv", "row 2"]),
    ] {
        folder.write("types.csv", text);
        run().fails(2, &parts);
    }
}

/// 5 March 2021 is 15 Esfand 1399, and data keep their dates.
#[cfg(feature = "calendars")]
#[test]
fn dates_of_the_solar_hijri_calendar() {
    let folder = of_rangers();
    let english = page(&folder, "--dates persian");
    assert!(english.starts_with("# Bulletin of 15 Esfand 1399\n"), "{english}");
    let persian = page(&folder, "--dates persian --lang fa");
    assert!(persian.contains("۱۵ اسفند ۱۳۹۹"), "{persian}");
    assert!(page(&folder, "--lang fa").contains("۵ مارس ۲۰۲۱"));
    let json = |more: &str| folder.run(&format!("{LAYERS} {DAY} --format json --output - {more}")).ok();
    assert_eq!(json("--dates persian"), json(""));
}

/// A field in which nearly all that a bulletin can say has to be said.
fn all_that_can_be_said() -> Folder {
    let time = |hour: u32| format!("2021-03-{:02}T{:02}:30Z", 1 + hour % 9, hour % 24);
    let mut incidents: Vec<String> = (0..60)
        .map(|n| {
            at(
                &format!("{n}"),
                &time(n),
                &format!(r#""killed":{},"wounded":1,"status":"open","settled_with":"7""#, n % 3),
            )
        })
        .collect();
    let noon = |id: &str, more: &str| at(id, "2021-03-05T12:00Z", more);
    incidents.extend([
        noon("901", r#""uncertainty_m":5000"#),
        noon("902", r#""where_prec":4"#),
        noon("903", r#""killed":"1-2""#),
        feature("\"904\"", r#"{"time":"2021-03-05T12:00Z"}"#, "null"),
        feature("\"905\"", r#"{"time":"2021-03-05T12:00Z","observer_post":"9","bearing":"90","distance_m":"1km"}"#, "null"),
        feature("\"906\"", r#"{"time":"2021-03-05T12:00Z","observer_post":"1;2","bearing":"91;91.5","bearing_tolerance_deg":0.01}"#, "null"),
        point("\"907\"", r#"{"time":"2021-03-05T12:00Z"}"#, 10.0, 50.0),
        point("\"908\"", r#"{"time":"2021-03-05T12:00Z"}"#, 0.0, 0.0),
        at("909", "12", ""),
        at("910", "1399-12-15", ""),
        point("\"911\"", "{}", 46.05, 40.01),
    ]);
    field_with(["{}", r#"{"notify":["5"],"active_to":"2020-01-01T00:00Z"}"#], &incidents)
}

/// Names in this field are numbers, and what comes out of the data is set apart: every letter of Latin outside is a text that
/// went past the catalogue.
#[test]
fn no_text_goes_past_the_catalogues() {
    let folder = all_that_can_be_said();
    let marks = ["\u{2068}", "\u{2069}"];
    for language in ["fa", "ar"] {
        for period in [
            "--day 2021-03-05",
            "--week=2021-03-05",
            "--month=2021-03-05",
            "--from 2021-03-05T01:00 --to 2021-03-05T16:00:30",
        ] {
            for vocabulary in ["ceasefire", "ranger", "research"] {
                let run = |format: &str| {
                    let more = format!(
                        "{period} --zone Asia/Tehran --lang {language} --vocabulary {vocabulary} --radius 2000"
                    );
                    folder
                        .run(&format!("{LAYERS} {more} --allow-incomplete --format {format} --output -"))
                        .ok()
                };
                let outside = |text: &str, [open, close]: [&str; 2], whence: &str| {
                    let mut depth = 0;
                    let mut rest = text;
                    while let Some(c) = rest.chars().next() {
                        if rest.starts_with(open) {
                            depth += 1;
                        } else if rest.starts_with(close) {
                            depth -= 1;
                        }
                        let around: String = rest.chars().take(40).collect();
                        assert!(
                            depth > 0 || !c.is_ascii_alphabetic(),
                            "{whence} {language} {period}: {around}"
                        );
                        rest = &rest[c.len_utf8()..];
                    }
                };
                let markdown = run("md");
                assert!(markdown.len() > 4_000, "{markdown}");
                outside(&markdown, marks, "md");
                // Of HTML what is shown and what is read aloud, without markup; the letters of coordinates are a notation.
                let html = run("html");
                let document = html
                    .replace("<!DOCTYPE html>", "")
                    .replace("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"/>");
                let body = &document[document.find("<body>").unwrap()..document.find("</body>").unwrap()];
                let mut depth = 0;
                for part in body.split('<').skip(1) {
                    let (tag, text) = part.split_once('>').unwrap();
                    // The mark of direction of a chart.
                    let text = text.trim_start_matches('\u{200F}');
                    depth += i32::from(tag == "bdi") - i32::from(tag == "/bdi");
                    for spoken in ["aria-label=\"", "alt=\""] {
                        if let Some((_, value)) = tag.split_once(spoken) {
                            outside(value.split('"').next().unwrap(), marks, "html");
                        }
                    }
                    // Names of things, and coordinates, which are a notation, on the map.
                    let is_name =
                        tag.starts_with("text") && ["OP-1", "R1", "R2", "West", "East"].contains(&text);
                    let is_label = is_name || tag.contains("class=\"gl\"");
                    let is_markup = tag.starts_with("style") || is_label || depth > 0;
                    if !is_markup {
                        outside(
                            &text
                                .replace("&lt;", "")
                                .replace("&gt;", "")
                                .replace("&amp;", "")
                                .replace("&#39;", "")
                                .replace("&quot;", ""),
                            marks,
                            "html",
                        );
                    }
                }
            }
        }
    }
}
