//! A bulletin of incidents, in all formats and both languages: figures add up, and no text of the layers is markup.

use patrol_corridor::Error;
use patrol_corridor::incident::{IncidentReader, ReadOptions, SourceRun, TimeUse};
use patrol_corridor::report::PeriodChoice;
use patrol_corridor::report::bulletin::{Bulletin, BulletinOptions, Language, bulletin};
use patrol_corridor::time::{Timestamp, Zone};
use serde_json::Value;

use super::draw::Draw;
use super::incidents::Log;
use super::layers::{Layers, Widths, one_line};
use super::members::{adds_up, json};

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Some(layers) = Layers::read(&mut draw, Widths::All) else { return false };
    let log = Log::draw(&mut draw, &layers.area);
    let zone: Zone = draw.one_of(&["Asia/Baku", "Europe/Berlin", "America/St_Johns", "UTC"]).parse().unwrap();
    let at = |text: &str| Timestamp::read(text, None).unwrap();
    let period = match draw.below(4) {
        0 => PeriodChoice::LastDay,
        1 => PeriodChoice::Day("2020-10-04".parse().unwrap()),
        2 => PeriodChoice::Between(at("2020-10-04T00:00Z"), at("2020-10-05T01:30Z")),
        _ => PeriodChoice::Day("2020-10-25".parse().unwrap()),
    };
    let far_m = draw.metres(&[5_000.0, 10_000.0, 1e7], 1e6);
    let options = BulletinOptions::new(zone).with_period(period).with_far_m(far_m);
    let Some(bulletin) = one_line(made(&log, &layers, options)) else { return false };
    adds_up(bulletin.tally());
    figures_add_up(&bulletin, log.count as u64);
    for language in [Language::English, Language::Persian] {
        nothing_is_markup(&bulletin, language);
    }
    true
}

/// As the program makes it.
fn made(log: &Log, layers: &Layers, options: BulletinOptions) -> Result<Bulletin, Error> {
    let read = ReadOptions::default().with_zone(options.zone.clone()).with_times(TimeUse::Required);
    let reader = IncidentReader::new(&layers.area, read);
    let run = SourceRun::default().with_threads(1);
    bulletin(log.source()?, &reader, layers.contacts.clone(), options, run)
}

fn figures_add_up(bulletin: &Bulletin, read: u64) {
    let text = bulletin.json().unwrap();
    assert!(text.ends_with('\n') && text.trim_end().lines().count() == 1);
    let figures = json(&text);
    let count = |value: &Value| value.as_u64().unwrap_or_else(|| panic!("{value} is no count"));
    let sum = |of: &Value, names: &[&str]| names.iter().map(|name| count(&of[*name])).sum::<u64>();
    let (data, totals) = (&figures["data"], &figures["totals"]);
    assert_eq!(count(&data["read"]), read);
    let not_dated = ["doubtful", "without_time", "unreadable_time"];
    assert_eq!(read, sum(data, &["rejected", "before", "in_period", "after"]) + sum(data, &not_dated));
    assert_eq!(count(&figures["rejected"]["count"]), count(&data["rejected"]));
    assert_eq!(totals["incidents"], data["in_period"]);
    assert_eq!(count(&totals["incidents"]), sum(totals, &["located", "uncertain", "not_located"]));
    for (name, table) in figures["tables"].as_object().unwrap() {
        let rows = table.as_array().unwrap();
        let of_rows = |figure: &str| rows.iter().map(|row| count(&row[figure])).sum::<u64>();
        for figure in ["killed", "wounded"] {
            assert_eq!(of_rows(figure), count(&totals[figure]), "{figure} of {name}: {table}");
        }
        let possible: u64 =
            rows.iter().map(|row| (10.0 * row["possible"].as_f64().unwrap()).round() as u64).sum();
        assert_eq!(10 * of_rows("incidents") + possible, 10 * count(&totals["incidents"]), "{name}: {table}");
    }
    let length = |value: &Value| value.as_array().unwrap().len() as u64;
    assert_eq!(length(&figures["places"]), count(&totals["located"]));
    assert_eq!(length(&figures["uncertain"]), count(&totals["uncertain"]));
    assert_eq!(length(&figures["without_time"]), sum(data, &not_dated));
    assert!(length(&figures["open_before"]) <= count(&data["before"]));
    let csv = bulletin.csv();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().len();
    let records: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().expect("as many cells in each");
    assert!(records.iter().all(|record| record.len() == columns));
    let told = records.iter().find(|record| &record[0] == "data" && &record[1] == "read").unwrap();
    assert_eq!(told[2].parse(), Ok(read));
}

fn nothing_is_markup(bulletin: &Bulletin, language: Language) {
    let html = bulletin.html(language);
    let body = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    assert!(!body.contains("<script") && !body.contains("<b>alert") && !body.contains("]]><b>"));
    // Void elements are its only ones that XML does not have.
    let (head, rest) = body.split_once("<title>").unwrap();
    assert!(head.lines().all(|line| !line.starts_with("<meta") || line.ends_with('>')));
    well_formed(&format!("<html><head><title>{rest}"));
    let markdown = bulletin.markdown(language);
    let is_marked = |(at, _): (usize, &str)| at == 0 || !markdown[..at].ends_with('\\');
    assert!(!markdown.match_indices('<').any(is_marked), "{markdown}");
    assert!(markdown.matches('\u{2068}').count() == markdown.matches('\u{2069}').count(), "{markdown}");
}

/// A text as XML.
pub fn well_formed(text: &str) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}
