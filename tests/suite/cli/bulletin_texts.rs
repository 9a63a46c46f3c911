//! `patrol bulletin` as people read it: word for word, in each language, and with names that mean harm.

use std::collections::BTreeMap;
use std::fs;

use patrol_corridor::report::bulletin::Language;

use crate::cli::bulletin::{LAYERS, at, field};
use crate::fixtures::project_path;
use crate::program::{Folder, feature, json as parse, line, point};

const DAY: &str = "--day 2021-01-01 --zone Asia/Baku";

fn text(folder: &Folder, more: &str) -> String {
    folder.run(&format!("{LAYERS} --allow-incomplete --output - {more}")).ok()
}

/// The texts were read by people; who changes them, reads them again.
#[test]
fn the_demonstration_word_for_word() {
    let folder = Folder::with_demonstration();
    for language in Language::ALL {
        let path = project_path("tests/fixtures/bulletin").join(format!("demonstration.{language}.md"));
        let expected = fs::read_to_string(path).unwrap();
        assert_eq!(text(&folder, &format!("{DAY} --format md --lang {language}")), expected, "{language}");
    }
}

#[test]
fn the_lead() {
    let folder = Folder::with_demonstration();
    let markdown = text(&folder, &format!("{DAY} --format md"));
    assert_eq!(
        markdown.lines().nth(2).unwrap(),
        "In the 24 hours of 1 January 2021 (Asia/Baku) three violations were recorded, one person was wounded; \
         watched from 27 posts, patrolled on five routes in four corridors."
    );
    let empty = text(&folder, "--day 2021-01-02 --zone Asia/Baku --format md");
    assert!(empty.contains("no violation was recorded; watched from 27 posts"), "{empty}");
    assert!(empty.contains("| Incidents | 0 | 3 | \u{2212}3 | 3 | 3 | 3 |"), "{empty}");
    let shift = text(&folder, "--from 2021-01-01T05:00 --to 2021-01-01T14:00 --zone Asia/Baku --format md");
    assert!(
        shift.contains("From 1 January 2021, 05:00 to 1 January 2021, 14:00 (Asia/Baku) two violations"),
        "{shift}"
    );
    let folder =
        field(&[at("a", "2021-01-01T12:00Z", r#""killed":1,"wounded":2"#), at("b", "2021-01-01T12:00Z", "")]);
    let both = text(&folder, &format!("{DAY} --format md"));
    assert!(
        both.contains("two violations were recorded, one person was killed and two people were wounded;"),
        "{both}"
    );
    assert!(both.contains("One incident does not say how many were killed."), "{both}");
    // Casualties are spoken of only where the data have any.
    let today = at("b", "2021-01-01T12:00Z", "");
    let other = at("a", "2020-12-31T12:00Z", r#""killed":0"#);
    let untold = text(&field(&[other, today.clone()]), &format!("{DAY} --format md"));
    assert!(untold.contains("one violation was recorded, casualties were not reported;"), "{untold}");
    let without = text(&field(&[today]), &format!("{DAY} --format md"));
    assert!(without.contains("one violation was recorded; watched from"), "{without}");
    assert!(!without.contains("asualties") && !without.contains("illed"), "{without}");
}

/// What an incident line says where little is known, or what is known takes other words.
#[test]
fn lines_about_incidents() {
    let line = |folder: &Folder, more: &str, id: &str| {
        let page = text(folder, &format!("--format md {more}"));
        let start = format!("- {id}");
        page.lines()
            .find(|line| line.starts_with(&start))
            .unwrap_or_else(|| panic!("{id} in {page}"))
            .to_owned()
    };
    // Nothing was in service, the hour comes twice, or it is not told.
    let gone = r#"{"active_to":"2020-01-01T00:00Z"}"#;
    let folder = Folder::with_layers(
        &[point("1", gone, 46.05, 40.02)],
        &[],
        &[
            at("a", "2020-10-25T02:30+01:00", ""),
            at("b", "2020-10-25", ""),
            at("c", "2020-10-25T02:30", ""),
            at("d", "2020-03-29T02:30", ""),
        ],
    );
    let berlin = "--day 2020-10-25 --zone Europe/Berlin";
    assert_eq!(line(&folder, berlin, "a"), "- a, 02:30+01:00: no post and no route was in service.");
    assert_eq!(line(&folder, berlin, "b"), "- b, hour not told: no post and no route was in service.");
    assert_eq!(line(&folder, berlin, "c"), "- c, 02:30+02:00: no post and no route was in service.");
    let never =
        "- d: “2020-03-29T02:30” is a time that the clocks showed twice or not at all, as they were changed";
    assert_eq!(line(&folder, berlin, "d"), never);
    let shift = "--from 2020-10-25T01:00:30 --to 2020-10-26T00:00 --zone Europe/Berlin";
    let date = "- b: “2020-10-25” is a date without an hour, which may be in the period or not";
    assert_eq!(line(&folder, shift, "b"), date);
    assert!(text(&folder, &format!("--format md {shift}")).contains("From 25 October 2020, 01:00:30 to "));
    // Regions too small for a decimal of a square kilometre, and shares too small for a percent.
    let small = field(&[
        at("disc", "2021-01-01T12:00Z", r#""uncertainty_m":10"#),
        feature(
            "\"arc\"",
            r#"{"time":"2021-01-01T12:00Z","observer_post":"OP-1","bearing":"E","distance_m":"800 m +- 0 m"}"#,
            "null",
        ),
        feature(
            "\"sector\"",
            r#"{"time":"2021-01-01T12:00Z","observer_post":"OP-1","bearing":"E","distance_m":800}"#,
            "null",
        ),
        at("wide", "2021-01-01T12:00Z", r#""uncertainty_m":22000"#),
    ]);
    let disc = line(&small, DAY, "disc");
    assert!(disc.contains("a disc of 314 m²; nearest post certainly OP-1, 1.1 km away;"), "{disc}");
    let arc = line(&small, DAY, "arc");
    assert!(arc.contains("on a line; nearest post certainly OP-1, 800 m away;"), "{arc}");
    // One number is as good as it is written: 750 to 850 m.
    let sector = line(&small, DAY, "sector");
    assert!(
        sector.contains("a sector of ") && sector.contains("certainly OP-1, 750 m to 850 m away;"),
        "{sector}"
    );
    let wide = line(&small, DAY, "wide");
    assert!(wide.contains("a disc of 1520.5 km²;") && wide.contains("2 (under 1 %, "), "{wide}");
}

#[test]
fn rows_without_a_position_in_both_languages() {
    let folder = field(&[]);
    folder.write("incidents.csv", "id,lon,lat,time\n7,,,2021-01-01T12:00Z\n");
    for (language, expected) in [
        ("en", "- 7: not located, its longitude and latitude are empty"),
        ("fa", "- \u{2068}7\u{2069}: بدون موقعیت؛ طول و عرض جغرافیایی آن خالی است"),
    ] {
        let run = format!("{LAYERS} --output - --format md {DAY} --lang {language}");
        let page = folder.run(&run.replace("incidents.geojson", "incidents.csv")).ok();
        assert!(page.lines().any(|line| line == expected), "{page}");
    }
}

/// Every number of a Markdown or HTML text in its order, digits of Persian and Arabic taken for what they are.
fn numbers(text: &str) -> Vec<u64> {
    let western = text.chars().map(|c| match c {
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10).unwrap(),
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10).unwrap(),
        c => c,
    });
    let western: String = western.collect();
    western.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[test]
fn all_formats_have_the_same_figures() {
    let folder = Folder::with_demonstration();
    let figures = parse(&text(&folder, &format!("{DAY} --format json")));
    // Tables of the texts, of HTML between its tags.
    let rows = |text: &str| -> Vec<Vec<u64>> {
        let is_row =
            |line: &&str| (line.starts_with("| ") || line.starts_with("<tr><td>")) && !line.contains("---");
        let cells =
            |line: &str| line.replace("</td></tr>", "").replace("</td><td>", "|").replace(['<', '>'], "|");
        let rows = text.lines().filter(is_row).map(|line| {
            let cells = cells(line);
            let cells: Vec<&str> = cells.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
            cells
                .iter()
                .rev()
                .take_while(|cell| !numbers(cell).is_empty())
                .take(3)
                .flat_map(|cell| numbers(cell))
                .collect::<Vec<_>>()
        });
        rows.filter(|row| !row.is_empty()).collect()
    };
    let english = rows(&text(&folder, &format!("{DAY} --format md")));
    // By type, side and status; each with its sum.
    assert_eq!(english.len(), 9, "{english:?}");
    for language in Language::ALL {
        for format in ["md", "html"] {
            let page = text(&folder, &format!("{DAY} --format {format} --lang {language}"));
            assert_eq!(rows(&page), english, "{format} {language}");
        }
    }
    let csv = text(&folder, &format!("{DAY} --format csv"));
    let mut tables: BTreeMap<String, Vec<[String; 5]>> = BTreeMap::new();
    for record in csv::Reader::from_reader(csv.as_bytes()).records() {
        let record = record.unwrap();
        let cell = |at: usize| record[at].to_owned();
        tables.entry(cell(0)).or_default().push([1, 2, 3, 4, 5].map(cell));
    }
    for (name, rows) in figures["tables"].as_object().unwrap() {
        let rows = rows.as_array().unwrap().iter().map(|row| {
            let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
            [
                text("key"),
                row["incidents"].to_string(),
                row["killed"].to_string(),
                row["wounded"].to_string(),
                text("row"),
            ]
        });
        assert_eq!(tables[name], rows.collect::<Vec<_>>(), "{name}");
    }
    for section in ["data", "totals"] {
        for [key, count, ..] in &tables[section] {
            assert_eq!(*count, figures[section][key].to_string(), "{section} {key}");
        }
        assert_eq!(tables[section].len(), figures[section].as_object().unwrap().len());
    }
}

#[test]
fn hostile_names_stay_text() {
    let name =
        "<script>alert(1)</script> | a\\nb [x](http://evil) **c** \u{202E}d\u{2069} \\\"q\\\" &amp; 'e'";
    let posts =
        [point("\"=cmd|'/c calc'!A1\"", &format!(r#"{{"name":"{name}","notify":"{name}"}}"#), 46.05, 40.02)];
    let routes = [line(
        "\"- r`1`\"",
        &format!(r#"{{"corridor":"{name}","half_width_m":2000}}"#),
        "[[46.0,40.0],[46.1,40.0]]",
    )];
    let more = format!(r#""type":"{name}","status":"{name}","description":"{name}","settled_with":"{name}""#);
    let incidents = [at("1. <b>", "2021-01-01T12:00Z", &more), at(name, "<img src=x>", "")];
    let folder = Folder::with_layers(&posts, &routes, &incidents);
    for language in ["en", "fa"] {
        let html = text(&folder, &format!("{DAY} --format html --lang {language}"));
        for tag in ["<script", "<b>", "<img", "alert(1)</"] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; | a b [x](http://evil)"), "{html}");
        assert!(html.contains("&amp;amp; &#39;e&#39;"), "{html}");
        assert_eq!(html.matches("<bdi>").count(), html.matches("</bdi>").count());
        let markdown = text(&folder, &format!("{DAY} --format md --lang {language}"));
        assert!(
            markdown.contains(r"\<script\>alert(1)\</script\> \| a b \[x\](http://evil) \*\*c\*\* d"),
            "{markdown}"
        );
        assert!(!markdown.contains("\u{202E}"), "{markdown}");
        assert_eq!(markdown.matches('\u{2068}').count(), markdown.matches('\u{2069}').count());
        // Every row of a table has as many cells as its head.
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut width = 0;
        for line in markdown.lines() {
            match bars(line) {
                0 => width = 0,
                found if width == 0 => width = found,
                found => assert_eq!(found, width, "{line}"),
            }
        }
    }
    // Data stay as they are.
    let csv = text(&folder, &format!("{DAY} --format csv"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.iter().any(|row| &row[0] == "post" && &row[1] == "=cmd|'/c calc'!A1"), "{csv}");
    let raw = parse(&format!("\"{name}\"")).as_str().unwrap().to_owned();
    assert!(raw.contains('\n'));
    assert!(rows.iter().any(|row| &row[0] == "type" && row[1] == raw), "{csv}");
    let json = parse(&text(&folder, &format!("{DAY} --format json")));
    assert_eq!(json["tables"]["type"][0]["key"], raw);
}

/// A number out of range and half of a surrogate pair: nothing where nobody asks, and what can be had where somebody does.
#[test]
fn properties_that_no_type_holds_make_no_bad_file() {
    let odd = r#""depth":1e400,"half":"\ud800","deep":[[[[[[[[[[[1]]]]]]]]]]]"#;
    let posts = [point("7.0", &format!(r#"{{"notify":["duty \udc00"],{odd}}}"#), 46.05, 40.02)];
    let routes = [line("\"R\"", &format!("{{{odd}}}"), "[[46.0,40.0],[46.1,40.0]]")];
    let more = format!(r#""type":"x \udc00","killed":1e400,"wounded":2,{odd}"#);
    let folder = Folder::with_layers(&posts, &routes, &[at("a", "2021-01-01T12:00Z", &more)]);
    let json = parse(&text(&folder, &format!("{DAY} --format json")));
    assert_eq!(json["totals"]["incidents"], 1);
    assert_eq!((&json["totals"]["killed_not_told"], &json["totals"]["wounded"]), (&1.into(), &2.into()));
    assert_eq!(json["tables"]["type"][0]["key"], "x \u{FFFD}");
    assert_eq!(json["tables"]["post"][0]["key"], "7.0");
    assert_eq!(json["liaison"][0]["notify"][0]["name"], "duty \u{FFFD}");
}

#[test]
fn the_page_refers_to_nothing_outside() {
    let folder = Folder::with_demonstration();
    for (language, direction) in [("en", "ltr"), ("fa", "rtl")] {
        let html = text(&folder, &format!("{DAY} --format html --lang {language}"));
        assert!(html.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")), "{html}");
        assert!(
            html.contains(
                "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'"
            )
        );
        assert!(html.contains("@media print"));
        // The name of what a picture is; nothing is fetched from there.
        let html = html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").replace("url(#", "");
        for word in ["http:", "https:", "src=", "href=", "url(", "@import", "<script", "\u{2068}", "\u{2069}"]
        {
            assert!(!html.contains(word), "{word} in {html}");
        }
        assert_eq!(html.contains("<bdi>OP-21</bdi>"), language == "fa");
    }
    let persian = text(&folder, &format!("{DAY} --format md --lang fa"));
    // Digits are Persian but in names and ids, which are isolated.
    let mut depth = 0;
    for c in persian.chars() {
        match c {
            '\u{2068}' => depth += 1,
            '\u{2069}' => depth -= 1,
            c => assert!(depth > 0 || !c.is_ascii_alphanumeric(), "{c} in {persian}"),
        }
    }
    // A Persian name in an English text keeps its direction to itself.
    let folder = field(&[at("رویداد ۱", "2021-01-01T12:00Z", "")]);
    let english = text(&folder, &format!("{DAY} --format html"));
    assert!(english.contains("<bdi>رویداد ۱</bdi>"), "{english}");
}
