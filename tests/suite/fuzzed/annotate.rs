//! Incidents annotated, with regions and connectors: nothing is lost, sums add up, threads and forms make no difference.

use std::collections::HashSet;

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, ConnectorOutput, LayerRun, OutputForm, RegionOutput, Summary, TableForm,
    TableRun, annotate_layer, annotate_table,
};
use patrol_corridor::incident::{BadIncidents, ReadOptions, Reject};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::io::IncidentStream;
use serde_json::Value;

use super::draw::Draw;
use super::incidents::Log;
use super::kept;
use super::layers::{Layers, Widths, one_line};
use super::members::{adds_up, features, on_globe};

/// What came out.
struct Outcome {
    text: String,
    regions: String,
    connectors: String,
    /// The numbers of the features that were rejected.
    rejected: HashSet<u64>,
    summary: Summary,
}

pub fn run(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Some(layers) = Layers::read(&mut draw, Widths::All) else { return false };
    let log = Log::draw(&mut draw, &layers.area);
    let annotator = Annotator::new(&layers.area, options(&mut draw));
    let features_out = TableForm::Features(OutputForm::Collection);
    let Some(outcome) = one_line(annotate(&log, &annotator, 1, features_out)) else { return false };
    let Outcome { text, regions, connectors, rejected, summary } = &outcome;
    let tally = &summary.tally;
    assert_eq!(tally.read, log.count as u64);
    adds_up(tally);
    assert_eq!(tally.rejected, rejected.len() as u64);
    assert!(summary.certain_posts <= tally.region && summary.certain_routes <= tally.region);
    let written = features(text);
    assert_eq!(written.len() as u64, tally.read - tally.rejected);
    beside(regions, connectors, summary, &written);
    let other = annotate(&log, &annotator, 3, features_out).expect("it was annotated before");
    assert!(other.text == *text && other.regions == *regions && other.connectors == *connectors);
    assert_eq!((&other.summary, &other.rejected), (summary, rejected));
    match log.delimiter {
        Some(delimiter) => {
            let out =
                annotate(&log, &annotator, 1, TableForm::Csv(delimiter)).expect("it was annotated before");
            assert_eq!(
                (&out.rejected, out.regions, out.connectors),
                (rejected, regions.clone(), connectors.clone())
            );
            if !annotator.options().replace {
                kept::in_rows(&log.text, &out.text, delimiter, rejected);
            }
        }
        None if !annotator.options().replace => kept::in_features(&log.text, text, rejected),
        None => {}
    }
    log.count > 0
}

fn options(draw: &mut Draw<'_>) -> AnnotateOptions {
    let locate = LocateOptions::default()
        .with_count(1 + draw.below(4))
        .with_max_distance_m(draw.once_in(3).then(|| draw.metres(&[20_000.0, 1.0, 3e7], 1e6)));
    let which = draw.below(8);
    AnnotateOptions::default()
        .with_locate(locate)
        .with_prefix((*draw.one_of(&["near_", "", "p_"])).to_owned())
        .with_replace(draw.once_in(4))
        .with_posts(which != 1)
        .with_routes(which != 2)
        .with_read(ReadOptions::default().with_zone(
            draw.once_in(2).then(|| draw.one_of(&["Asia/Baku", "Europe/Berlin", "UTC"]).parse().unwrap()),
        ))
        .with_simplestyle(draw.once_in(3))
        .with_mgrs(draw.once_in(3))
}

/// As features or as CSV, the bad ones rejected.
fn annotate(log: &Log, annotator: &Annotator, threads: usize, form: TableForm) -> Result<Outcome, Error> {
    let (mut text, mut regions, mut connectors) = (Vec::new(), Vec::new(), Vec::new());
    let mut rejected = HashSet::new();
    let mut take = |reject: Reject| {
        assert!(
            !reject.reason.is_empty() && !reject.reason.contains('\n') && rejected.insert(reject.feature)
        );
        Ok(())
    };
    let region_output = Some(RegionOutput::new(OutputForm::Collection, &mut regions));
    let connector_output = Some(ConnectorOutput::new(OutputForm::Collection, &mut connectors));
    let summary = match log.delimiter {
        Some(_) => {
            let run = TableRun::new(form)
                .with_threads(threads)
                .with_bad(BadIncidents::Reject(&mut take))
                .with_regions(region_output)
                .with_connectors(connector_output);
            annotate_table(&mut log.rows()?, annotator, run, &mut text)?
        }
        None => {
            let block_bytes = if threads == 1 { 1 << 20 } else { 100 };
            let reader = std::io::Cursor::new(log.text.clone().into_bytes());
            let run = LayerRun::new(OutputForm::Collection)
                .with_threads(threads)
                .with_bad(BadIncidents::Reject(&mut take))
                .with_regions(region_output)
                .with_connectors(connector_output);
            annotate_layer(IncidentStream::in_blocks("log", reader, block_bytes)?, annotator, run, &mut text)?
        }
    };
    let [text, regions, connectors] =
        [text, regions, connectors].map(|bytes| String::from_utf8(bytes).expect("text"));
    Ok(Outcome { text, regions, connectors, rejected, summary })
}

/// Regions and connectors: their number, their members, coordinates on the globe.
fn beside(regions: &str, connectors: &str, summary: &Summary, written: &[Value]) {
    let regions = features(regions);
    // A position in degrees, minutes and seconds has a region that is a point.
    assert!(regions.len() as u64 >= summary.tally.region);
    for region in &regions {
        on_globe(&region["geometry"]["coordinates"]);
        assert!(written.iter().any(|one| one["id"] == region["id"]), "{region}");
        assert!(region["properties"].is_object());
    }
    let connectors = features(connectors);
    assert!(connectors.len() as u64 <= 2 * (summary.tally.exact + summary.tally.region));
    let mut last = 0;
    for connector in &connectors {
        on_globe(&connector["geometry"]["coordinates"]);
        let properties = &connector["properties"];
        let number = properties["incident_number"].as_u64().expect("a number");
        assert!(number >= last && (1..=summary.tally.read).contains(&number), "{connector}");
        last = number;
        let distance_m = properties["distance_m"].as_f64().expect("a distance");
        assert!((0.0..=20_004_000.0).contains(&distance_m), "{connector}");
        assert!(properties["post_id"].is_null() != properties["route_id"].is_null(), "{connector}");
    }
}
