//! Incidents as a bulletin in all formats and both languages, and as a map: figures add up, and no text of theirs is markup.
#![no_main]

mod area;

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, ReportLayer, annotate_layer};
use patrol_corridor::io::{IncidentStream, Source};
use patrol_corridor::model::{Instant, Zone};
use patrol_corridor::report::bulletin::{
    Bulletin, BulletinMaker, BulletinOptions, Contact, Contacts, Language, Notify, PeriodChoice,
};
use patrol_corridor::report::map::{Map, MapOptions};
use patrol_corridor::{CorridorRegion, PatrolArea, Position, Region};
use serde_json::Value;

static AREA: LazyLock<PatrolArea> = LazyLock::new(|| area::area(true, true));
static DRAWN: LazyLock<PatrolArea> = LazyLock::new(|| area::area(true, false));
static ZONES: LazyLock<[Zone; 3]> =
    LazyLock::new(|| ["Asia/Baku", "America/St_Johns", "UTC"].map(|name| name.parse().unwrap()));

fuzz_target!(|data: &[u8]| -> Corpus {
    let zone = &ZONES[data.len() % 3];
    let mut is_kept = false;
    for period in [PeriodChoice::LastDay, october()] {
        if let Some(bulletin) = bulletin(data, period, zone) {
            right(&bulletin);
            is_kept = true;
        }
    }
    let layer = Source::from_bytes("day", data.to_vec()).and_then(|source| ReportLayer::from_source(&source));
    if let Ok(layer) = layer {
        for most_single in [0, 2_000] {
            map(data, &layer, zone, most_single);
        }
        is_kept = true;
    }
    if is_kept { Corpus::Keep } else { Corpus::Reject }
});

fn october() -> PeriodChoice {
    let at = |text| Instant::read(text, None).unwrap();
    PeriodChoice::Between(at("2020-10-04T00:00Z"), at("2020-10-05T01:30Z"))
}

/// As the program makes it; `None` where it makes none.
fn bulletin(data: &[u8], period: PeriodChoice, zone: &Zone) -> Option<Bulletin> {
    let contact =
        |name: &str| Contact { name: name.to_owned(), role: Some("<i>duty".to_owned()), channel: None };
    let contacts = Contacts {
        posts: vec![Notify(vec![contact("a|b</td>")]), Notify::default()],
        routes: vec![Notify(vec![contact("\u{2067}x"), contact("a|b</td>")])],
        ..Contacts::default()
    };
    let options = BulletinOptions { period, far_m: 5_000.0, ..BulletinOptions::new(zone.clone()) };
    let mut maker = BulletinMaker::new(&AREA, contacts, options);
    let annotator = Annotator::new(&AREA, maker.annotate_options());
    let incidents = IncidentStream::in_blocks("day", std::io::Cursor::new(data.to_vec()), 1 << 20).ok()?;
    let run = LayerRun { threads: 1, ..LayerRun::new(OutputForm::Lines) };
    let read = annotate_layer(incidents, &annotator, run, &mut maker).ok()?.read;
    match maker.finish() {
        Ok(bulletin) => {
            let figures: Value = serde_json::from_str(&bulletin.json().unwrap()).unwrap();
            assert_eq!(figures["data"]["read"], read);
            Some(bulletin)
        }
        Err(error) => {
            let text = error.to_string();
            // All that the annotation has written can be counted.
            assert!(error.is_argument() && !text.contains('\n'), "{text:?}");
            None
        }
    }
}

fn right(bulletin: &Bulletin) {
    let json = bulletin.json().unwrap();
    assert!(json.ends_with('\n') && json.trim_end().lines().count() == 1);
    let figures: Value = serde_json::from_str(&json).unwrap();
    let count = |value: &Value| value.as_u64().unwrap_or_else(|| panic!("{value} is no count"));
    let sum = |of: &Value, names: &[&str]| names.iter().map(|name| count(&of[*name])).sum::<u64>();
    let (data, totals) = (&figures["data"], &figures["totals"]);
    assert_eq!(count(&data["read"]), sum(data, &["before", "in_period", "after", "without_time"]));
    assert_eq!(totals["incidents"], data["in_period"]);
    assert_eq!(count(&totals["incidents"]), sum(totals, &["located", "uncertain", "not_located"]));
    for (name, table) in figures["tables"].as_object().unwrap() {
        for figure in ["incidents", "killed", "wounded"] {
            let of_rows: u64 = table.as_array().unwrap().iter().map(|row| count(&row[figure])).sum();
            assert_eq!(of_rows, count(&totals[figure]), "{figure} of {name}: {table}");
        }
    }
    let length = |value: &Value| value.as_array().unwrap().len() as u64;
    assert_eq!(length(&figures["places"]), count(&totals["located"]));
    assert_eq!(length(&figures["uncertain"]), count(&totals["uncertain"]));
    assert_eq!(length(&figures["without_time"]), count(&data["without_time"]));
    assert!(length(&figures["open_before"]) <= count(&data["before"]));
    let csv = bulletin.csv();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().len();
    let records: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().expect("as many cells in each");
    assert!(records.iter().all(|record| record.len() == columns));
    let read = records.iter().find(|record| &record[0] == "data" && &record[1] == "read").unwrap();
    assert_eq!(read[2].parse(), Ok(count(&data["read"])));
    for language in [Language::English, Language::Persian] {
        let html = bulletin.html(language);
        let body = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
        assert!(!body.contains("<script") && !body.contains("<i>"));
        // Void elements are its only ones that XML does not have.
        let (head, rest) = body.split_once("<title>").unwrap();
        assert!(head.lines().all(|line| !line.starts_with("<meta") || line.ends_with('>')));
        well_formed(&format!("<html><head><title>{rest}"));
        let markdown = bulletin.markdown(language);
        let is_marked = |(at, _): (usize, &str)| at == 0 || !markdown[..at].ends_with('\\');
        assert!(!markdown.match_indices('<').any(is_marked), "{markdown}");
        assert!(markdown.matches('\u{2068}').count() == markdown.matches('\u{2069}').count(), "{markdown}");
    }
}

fn well_formed(text: &str) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn corridor() -> CorridorRegion {
    let ring = [(46.7, 39.8), (46.8, 39.8), (46.8, 39.9), (46.7, 39.8)];
    let ring = ring.map(|(lon, lat)| Position::from_lon_lat(lon, lat).unwrap()).to_vec();
    CorridorRegion {
        name: "</text><script>".to_owned(),
        region: Region::from_polygons(vec![vec![ring]]).unwrap(),
    }
}

fn map(data: &[u8], layer: &ReportLayer, zone: &Zone, most_single: usize) {
    let options = MapOptions {
        title: "<script>\u{0}]]>".to_owned(),
        zone: data.len().is_multiple_of(2).then(|| zone.clone()),
        radius_m: data.len().is_multiple_of(5).then_some(5_000.0),
        most_single,
        ..MapOptions::default()
    };
    let map = match Map::new(&DRAWN, &[corridor()], Some(layer), &options) {
        Ok(map) => map,
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            return;
        }
    };
    let summary = map.summary();
    assert!(summary.not_drawn <= summary.incidents && summary.not_drawn_ids.len() == summary.not_drawn);
    assert!(summary.without_time <= summary.incidents);
    assert!(summary.warnings.iter().all(|warning| !warning.contains(['\n', '\r'])), "{:?}", summary.warnings);
    let svg = map.to_svg();
    let svg = well_formed(&svg);
    for attribute in svg.descendants().flat_map(|element| element.attributes()) {
        let is_number = ["d", "x", "y", "cx", "cy", "r", "points", "transform", "width", "height"];
        let text = attribute.value();
        let is_finite = !text.contains("NaN") && !text.contains("inf");
        assert!(is_finite || !is_number.contains(&attribute.name()), "{}=\"{text}\"", attribute.name());
    }
    let html = map.to_html();
    assert_eq!((html.matches("<script").count(), html.matches("</script").count()), (2, 2));
    let (_, data) = html.split_once("id=\"data\">").unwrap();
    let (json, _) = data.split_once("</script>").unwrap();
    let page: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"));
    assert_eq!(page["incident"].as_array().unwrap().len(), summary.incidents - summary.not_drawn);
    assert_eq!(page["post"].as_array().unwrap().len(), DRAWN.posts().len());
}
