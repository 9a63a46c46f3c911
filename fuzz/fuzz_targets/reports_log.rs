//! A log of reports, CSV or GeoJSON, through `annotate` with regions and connectors, and through `fuse`: all that is
//! written is JSON (or CSV), and nothing of the log is dropped.
//!
//! The first byte chooses options and, by being odd, CSV; the rest is the file.
#![no_main]

mod area;

use std::collections::HashSet;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, ConnectorOutput, FuseRun, LayerRun, OutputForm, RegionOutput, Reject,
    ReportLayer, Summary, TableForm, TableRun, annotate_layer, annotate_table, fuse_layer,
};
use patrol_corridor::io::{IncidentStream, PositionColumns, Rows, Source};
use patrol_corridor::model::Zone;
use patrol_corridor::{Error, PatrolArea};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

static AREAS: LazyLock<[PatrolArea; 2]> = LazyLock::new(|| [area::area(false, true), area::area(true, true)]);
static ZONE: LazyLock<Zone> = LazyLock::new(|| "Asia/Baku".parse().unwrap());

/// What came out.
struct Outcome {
    text: Vec<u8>,
    regions: String,
    connectors: String,
    /// The numbers of the features that were set aside.
    rejected: HashSet<u64>,
    summary: Summary,
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((&first, bytes)) = data.split_first() else { return Corpus::Reject };
    let bit = |n: u8| first >> n & 1 == 1;
    let options = AnnotateOptions {
        prefix: if bit(1) { "p_".to_owned() } else { String::new() },
        zone: bit(2).then(|| ZONE.clone()),
        simplestyle: bit(3),
        lenient_times: bit(4),
        ..AnnotateOptions::default()
    };
    let annotator = Annotator::new(&AREAS[usize::from(bit(5))], options);
    let threads = 1 + usize::from(bit(6));
    let is_csv = bit(0);
    let run = if is_csv { table } else { layer };
    let outcome = match run(bytes, &annotator, threads) {
        Ok(outcome) => outcome,
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            return Corpus::Keep;
        }
    };
    let Outcome { text, regions, connectors, rejected, summary } = outcome;
    assert_eq!(summary.read, summary.annotated + summary.unlocated + summary.rejected);
    assert_eq!(summary.rejected, rejected.len() as u64);
    let text = String::from_utf8(text).expect("text");
    if !is_csv && !is_plain(bytes) {
        for text in [&text, &regions, &connectors] {
            serde_json::from_str::<IgnoredAny>(text).unwrap_or_else(|error| panic!("{error} in {text}"));
        }
        features_kept(bytes, &text, &rejected);
        return Corpus::Keep;
    }
    let written = features(&text);
    assert_eq!(written.len() as u64, summary.annotated + summary.unlocated);
    let written_ids: Vec<_> = written.iter().map(|one| one["id"].clone()).collect();
    beside(&regions, &connectors, &summary, &written_ids);
    if is_csv {
        csv_kept(bytes, &annotator, &rejected);
    } else {
        features_kept(bytes, &text, &rejected);
    }
    grouped(bytes, is_csv, &annotator, &summary);
    Corpus::Keep
});

fn layer(bytes: &[u8], annotator: &Annotator<'_>, threads: usize) -> Result<Outcome, Error> {
    let (mut text, mut regions, mut connectors) = (Vec::new(), Vec::new(), Vec::new());
    let mut rejected = HashSet::new();
    let mut take = |reject: Reject| {
        assert!(!reject.reason.is_empty() && rejected.insert(reject.feature));
        Ok(())
    };
    let incidents = IncidentStream::in_blocks("log", std::io::Cursor::new(bytes.to_vec()), 1 << 20)?;
    let run = LayerRun {
        threads,
        rejects: Some(&mut take),
        regions: Some(RegionOutput { form: OutputForm::Collection, out: &mut regions }),
        connectors: Some(ConnectorOutput { form: OutputForm::Collection, out: &mut connectors }),
        ..LayerRun::new(OutputForm::Collection)
    };
    let summary = annotate_layer(incidents, annotator, run, &mut text)?;
    let [regions, connectors] = [regions, connectors].map(|bytes| String::from_utf8(bytes).expect("text"));
    Ok(Outcome { text, regions, connectors, rejected, summary })
}

fn table(bytes: &[u8], annotator: &Annotator<'_>, threads: usize) -> Result<Outcome, Error> {
    let (mut text, mut regions, mut connectors) = (Vec::new(), Vec::new(), Vec::new());
    let mut rejected = HashSet::new();
    let mut take = |reject: Reject| {
        assert!(!reject.reason.is_empty() && rejected.insert(reject.feature));
        Ok(())
    };
    let mut rows = Rows::csv("log", bytes, None, &PositionColumns::default())?;
    let run = TableRun {
        threads,
        rejects: Some(&mut take),
        regions: Some(RegionOutput { form: OutputForm::Collection, out: &mut regions }),
        connectors: Some(ConnectorOutput { form: OutputForm::Collection, out: &mut connectors }),
        ..TableRun::new(TableForm::Features(OutputForm::Collection))
    };
    let summary = annotate_table(&mut rows, annotator, run, &mut text)?;
    let [regions, connectors] = [regions, connectors].map(|bytes| String::from_utf8(bytes).expect("text"));
    Ok(Outcome { text, regions, connectors, rejected, summary })
}

/// False where serde_json's values hold less than the text (depth, lone surrogates, huge numbers).
fn is_plain(bytes: &[u8]) -> bool {
    let text: Vec<u8> = bytes.iter().map(|&byte| if byte == 0x1E { b' ' } else { byte }).collect();
    serde_json::Deserializer::from_slice(&text).into_iter::<Value>().all(|value| value.is_ok())
}

/// The features of a collection; of a lone feature that.
fn features(text: &str) -> Vec<Value> {
    let mut value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    match value["features"].take() {
        Value::Array(features) => features,
        Value::Null => vec![value],
        other => panic!("features are {other}"),
    }
}

/// Regions and connectors: their number, their members, coordinates on the globe.
fn beside(regions: &str, connectors: &str, summary: &Summary, ids: &[Value]) {
    let regions = features(regions);
    assert_eq!(regions.len() as u64, summary.regions);
    for region in &regions {
        on_globe(&region["geometry"]["coordinates"]);
        assert!(ids.contains(&region["id"]), "{region}");
        assert!(region["properties"].is_object());
    }
    let connectors = features(connectors);
    assert!(connectors.len() as u64 <= 2 * summary.annotated);
    let mut last = 0;
    for connector in &connectors {
        on_globe(&connector["geometry"]["coordinates"]);
        let properties = &connector["properties"];
        let number = properties["incident_number"].as_u64().expect("a number");
        assert!(number >= last && (1..=summary.read).contains(&number), "{connector}");
        last = number;
        let distance_m = properties["distance_m"].as_f64().expect("a distance");
        assert!((0.0..=20_004_000.0).contains(&distance_m), "{connector}");
        assert!(properties["post_id"].is_null() != properties["route_id"].is_null(), "{connector}");
    }
}

/// Two numbers in range at the bottom of all arrays.
fn on_globe(coordinates: &Value) {
    let items = coordinates.as_array().expect("an array");
    assert!(!items.is_empty());
    if items[0].is_array() {
        items.iter().for_each(on_globe);
        return;
    }
    let [lon_deg, lat_deg] = [0, 1].map(|i| items[i].as_f64().expect("a number"));
    assert!(lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0, "{coordinates}");
}

/// The members of an object as they stand: in order, doubles too, values as text.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

impl<'a> Members<'a> {
    fn get<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        serde_json::from_str(value.get()).ok()
    }
}

/// The texts of the features of a collection; `None` of any other text.
fn collection(text: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str::<Members<'_>>(text).ok()?.get("features")
}

/// Each property as it came, before those of the annotation; each other member likewise.
fn features_kept(bytes: &[u8], out: &str, rejected: &HashSet<u64>) {
    // In other systems, and with bytes that stand for others, it does not come out as it came in.
    let Some(text) =
        std::str::from_utf8(bytes).ok().filter(|text| !text.contains("crs") && !text.contains("\\u"))
    else {
        return;
    };
    let (Some(before), Some(after)) = (collection(text), collection(out)) else { return };
    let kept = (1..).zip(before).filter(|(number, _)| !rejected.contains(number));
    for ((_, before), after) in kept.zip(after) {
        let Ok(was) = serde_json::from_str::<Members<'_>>(before.get()) else { continue };
        if was.get::<String>("type").as_deref() != Some("Feature") {
            continue;
        }
        let is: Members<'_> = serde_json::from_str(after.get()).expect("a feature");
        let others = |members: &Members<'_>| -> Vec<(String, String)> {
            let others = members.0.iter().filter(|(key, _)| key != "properties");
            others.map(|(key, value)| (key.clone(), value.get().to_owned())).collect()
        };
        let (was_others, is_others) = (others(&was), others(&is));
        assert_eq!(is_others, was_others);
        let texts = |members: &Members<'_>| -> Vec<(String, String)> {
            members.0.iter().map(|(key, value)| (key.clone(), value.get().to_owned())).collect()
        };
        let had = was.get::<Members<'_>>("properties").map_or(Vec::new(), |properties| texts(&properties));
        let has = texts(&is.get::<Members<'_>>("properties").expect("properties"));
        assert!(has.len() > had.len() && has[..had.len()] == had[..], "{had:?}\n{has:?}");
    }
}

/// As CSV: the columns and the values of the log first, those of the annotation behind.
fn csv_kept(bytes: &[u8], annotator: &Annotator<'_>, rejected: &HashSet<u64>) {
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return;
    }
    let header = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let delimiter = if !header.contains(&b',') && header.contains(&b';') { b';' } else { b',' };
    let records = |bytes: &[u8], delimiter: u8| -> Option<Vec<csv::StringRecord>> {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(delimiter);
        reader.from_reader(bytes).records().collect::<Result<_, _>>().ok()
    };
    let mut out = Vec::new();
    let mut take = |_: Reject| Ok(());
    let run = TableRun { threads: 1, rejects: Some(&mut take), ..TableRun::new(TableForm::Csv(delimiter)) };
    let mut rows = Rows::csv("log", bytes, None, &PositionColumns::default()).expect("it was read before");
    annotate_table(&mut rows, annotator, run, &mut out).expect("it was annotated before");
    let after = records(&out, delimiter).expect("it is CSV");
    let Some(before) = records(bytes, delimiter) else { return };
    assert!(after.iter().all(|record| record.len() == after[0].len()));
    let kept: Vec<_> = (0..).zip(&before).filter(|(number, _)| !rejected.contains(number)).collect();
    assert_eq!(after.len(), kept.len());
    for ((number, before), after) in kept.into_iter().zip(&after) {
        let is_same = before.iter().zip(after).all(|(before, after)| before == after);
        assert!(is_same && after.len() > before.len(), "{number}: {before:?}\n{after:?}");
    }
}

/// All reports come out of `fuse`, each in the groups that name it.
fn grouped(bytes: &[u8], is_csv: bool, annotator: &Annotator<'_>, summary: &Summary) {
    let layer = match is_csv {
        true => Rows::csv("log", bytes, None, &PositionColumns::default()).and_then(ReportLayer::from_rows),
        false => {
            Source::from_bytes("log", bytes.to_vec()).and_then(|source| ReportLayer::from_source(&source))
        }
    };
    let Ok(layer) = layer else { return };
    let run = FuseRun { zone: annotator.options().zone.clone(), ..FuseRun::default() };
    let (features, fused) = match fuse_layer(&layer, annotator.area(), &run) {
        Ok(done) => done,
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            return;
        }
    };
    assert_eq!(fused.reports as u64, summary.read);
    assert_eq!(features.len(), fused.groups + fused.reports);
    assert!(fused.shared <= fused.grouped && fused.grouped <= fused.reports);
    let features: Vec<Value> = features
        .iter()
        .map(|text| serde_json::from_str(text).unwrap_or_else(|e| panic!("{e} in {text}")))
        .collect();
    let (groups, reports) = features.split_at(fused.groups);
    for group in groups {
        let properties = &group["properties"];
        let numbers = properties["report_numbers"].as_array().expect("numbers");
        assert!(numbers.len() >= 2 && properties["report_count"] == numbers.len(), "{group}");
        on_globe(&group["geometry"]["coordinates"]);
        for number in numbers {
            let report = &reports[number.as_u64().expect("a number") as usize - 1];
            let ids = report["properties"]["fused_ids"].as_array().expect("ids");
            assert!(ids.contains(&properties["fused_id"]), "{group}\n{report}");
        }
    }
    let named: usize =
        reports.iter().map(|report| report["properties"]["fused_ids"].as_array().expect("ids").len()).sum();
    let in_groups: usize =
        groups.iter().map(|group| group["properties"]["report_numbers"].as_array().expect("ids").len()).sum();
    assert_eq!(named, in_groups);
}
