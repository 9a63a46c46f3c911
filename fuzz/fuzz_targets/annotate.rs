//! Any text as incidents: what is annotated loses nothing, in every form, and again gives the same.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, FIELDS, LayerRun, OutputForm, Provenance, annotate_layer,
};
use patrol_corridor::incident::{BadIncidents, Reject};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::io::{self, IncidentStream, LayerOptions, NoProperties, Source};
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolIndex, PatrolRoute, Position};
use patrol_corridor_fuzz::fuzzed::members::{Members, folded};
use serde_json::value::RawValue;

static AREA: LazyLock<PatrolIndex> = LazyLock::new(area);

const FILE: &str = "incidents.geojson";
const FORMS: [OutputForm; 3] = [OutputForm::Collection, OutputForm::Lines, OutputForm::Sequence];

/// A few posts and routes: near each other, on both sides of the antimeridian, and near a pole.
fn area() -> PatrolIndex {
    let position = |&(lon, lat): &(f64, f64)| Position::from_lon_lat(lon, lat).unwrap();
    let post = |id: FeatureId, name: &str, at: (f64, f64)| {
        let mut post = ObservationPost::new(id, position(&at));
        post.name = (!name.is_empty()).then(|| name.to_owned());
        post
    };
    let posts = vec![
        post("OP-1".into(), "Hill \"7\"\n", (46.8, 39.9)),
        post(12_u64.into(), "", (46.8, 39.9)),
        post("\u{1}é".into(), "", (179.99, -17.0)),
        post(FeatureId::number("-1.50e2").unwrap(), "north", (10.0, 89.9)),
    ];
    let route = |id: &str, corridor: Option<&str>, width: Option<f64>, parts: &[&[(f64, f64)]]| {
        let parts = parts.iter().map(|part| part.iter().map(position).collect()).collect();
        let mut route = PatrolRoute::from_parts(id, parts).unwrap();
        route.corridor = corridor.map(str::to_owned);
        match width {
            Some(width) => route.with_half_width_m(width).unwrap(),
            None => route,
        }
    };
    let routes = vec![
        route("R1", Some("Shusha"), Some(2500.0), &[&[(46.7, 39.8), (46.8, 39.9), (46.9, 39.9)]]),
        route("R2", Some("Shusha"), None, &[&[(46.8, 39.9), (46.8, 40.0)]]),
        route(
            "R3",
            None,
            Some(50_000.0),
            &[&[(179.5, -17.0), (-179.5, -17.2)], &[(-179.4, -17.0), (-179.3, -17.0)]],
        ),
        route("R4", Some("pole"), Some(20_000.0), &[&[(-120.0, 89.8), (60.0, 89.95), (61.0, 90.0)]]),
    ];
    PatrolIndex::new(posts, routes, Edges::Planar).unwrap()
}

fuzz_target!(|data: &[u8]| {
    let source = Source::from_bytes(FILE, data.to_vec()).ok();
    // What is in another coordinate system is not kept as it stands: the suite looks after that.
    let in_wgs84 = |source: &Source| match source.clone().in_wgs84(None) {
        Ok((text, done)) => done.is_empty() && text.text() == source.text(),
        Err(_) => !source.text().contains("crs") && !source.text().contains("\\u00"),
    };
    if source.as_ref().is_some_and(|source| !in_wgs84(source)) {
        return;
    }
    let input = source.as_ref().and_then(|source| Input::read(source.text()));
    let farther = LocateOptions::default().with_count(3).with_max_distance_m(100_000.0);
    let options = [
        AnnotateOptions::default(),
        AnnotateOptions::default().with_replace(true).with_locate(farther),
        AnnotateOptions::default().with_replace(true).with_prefix("near_"),
    ];
    for (i, options) in options.into_iter().enumerate() {
        let annotator = Annotator::new(&AREA, options);
        for form in FORMS {
            // Every form and every option with and without it, at half the price.
            let provenance = (i + form as usize).is_multiple_of(2) || data.len().is_multiple_of(2);
            one_run(data, input.as_ref(), &annotator, Way { form, provenance, ..Way::default() });
        }
    }
    same_any_way(data, &annotator_by_default(), source.as_ref());
});

fn annotator_by_default() -> Annotator {
    Annotator::new(&AREA, AnnotateOptions::default().with_replace(true))
}

/// How a text is annotated.
#[derive(Clone, Copy)]
struct Way {
    form: OutputForm,
    provenance: bool,
    lenient: bool,
    threads: usize,
    block_bytes: usize,
}

impl Default for Way {
    fn default() -> Self {
        Way {
            form: OutputForm::Collection,
            provenance: false,
            lenient: true,
            threads: 1,
            block_bytes: 1 << 20,
        }
    }
}

/// What came of it.
#[derive(Debug, PartialEq)]
struct Outcome {
    text: String,
    rejects: Vec<Reject>,
    error: Option<String>,
}

fn annotate(data: &[u8], annotator: &Annotator, way: Way) -> Outcome {
    let (mut text, mut rejects) = (Vec::new(), Vec::new());
    let mut set_aside = |reject| {
        rejects.push(reject);
        Ok(())
    };
    let reader = std::io::Cursor::new(data.to_vec());
    let result = IncidentStream::in_blocks(FILE, reader, way.block_bytes).and_then(|incidents| {
        let run = LayerRun::new(way.form)
            .with_provenance(way.provenance.then(|| Provenance::new(Edges::Planar)))
            .with_threads(way.threads)
            .with_bad(if way.lenient { BadIncidents::Reject(&mut set_aside) } else { BadIncidents::Stop });
        annotate_layer(incidents, annotator, run, &mut text)
    });
    if let Ok(summary) = &result {
        let tally = &summary.tally;
        let located = tally.exact + tally.region;
        assert_eq!(tally.read, tally.rejected + located + tally.region_unknown + tally.without_location);
        assert_eq!(tally.rejected, rejects.len() as u64);
    }
    let error = result.err().map(|error| {
        let (first, count) = error.incidents();
        assert_eq!(first.len() as u64, count.min(20), "{error}");
        for error in first.iter().chain([&error]) {
            assert!(!error.to_string().contains('\n'), "{error:?}");
        }
        error.to_string()
    });
    Outcome { text: String::from_utf8(text).expect("text"), rejects, error }
}

fn one_run(data: &[u8], input: Option<&Input<'_>>, annotator: &Annotator, way: Way) {
    let lenient = annotate(data, annotator, way);
    let strict = annotate(data, annotator, Way { lenient: false, ..way });
    // Else nothing of the text can be read from some place on, or the collection has a name in the way.
    assert_eq!(strict.error.is_none(), lenient.error.is_none() && lenient.rejects.is_empty());
    if lenient.error.is_some() {
        return;
    }
    if strict.error.is_none() {
        assert_eq!(strict.text, lenient.text);
    }
    // A sequence of nothing is a layer under the name of a sequence only; and the provenance of a
    // collection counts what was rejected, too.
    let counted = way.provenance && !lenient.rejects.is_empty();
    if annotator.options().replace && !lenient.text.is_empty() && !counted {
        let again = annotate(lenient.text.as_bytes(), annotator, Way { lenient: false, ..way });
        assert_eq!(again.error, None);
        assert_eq!(again.text, lenient.text, "annotated again");
    }
    if let Some(input) = input {
        let rejected: Vec<_> = lenient.rejects.iter().map(|reject| reject.feature).collect();
        input.kept_in(&lenient.text, annotator, way, &rejected);
    }
}

/// Neither threads nor the size of blocks make a difference, and what can be annotated can be read.
fn same_any_way(data: &[u8], annotator: &Annotator, source: Option<&Source>) {
    let form = FORMS[data.len() % 3];
    for lenient in [false, true] {
        let way = Way { form, lenient, ..Way::default() };
        let once = annotate(data, annotator, way);
        for (threads, block_bytes) in [(1, 1), (3, 1 + data.len() % 61)] {
            let other = annotate(data, annotator, Way { threads, block_bytes, ..way });
            let context = format!("{threads} threads, blocks of {block_bytes}: {other:?}\nonce {once:?}");
            if other.error.is_some() && once.error.is_some() {
                // Of several faults another may be met first, and with it more or less before it.
                let (less, more) =
                    if other.text.len() < once.text.len() { (&other, &once) } else { (&once, &other) };
                assert!(more.text.starts_with(&less.text), "{context}");
            } else {
                assert!(other == once, "{context}");
            }
        }
        if !lenient {
            let read =
                source.map(|source| io::read_incidents::<NoProperties>(source, &LayerOptions::default()));
            let error = read.map(|read| read.err().map(|error| error.to_string()));
            assert_eq!(once.error.is_none(), error == Some(None), "{:?} and read: {error:?}", once.error);
        }
    }
}

/// An input as serde_json alone reads it.
struct Input<'a> {
    collection: Option<Members<'a>>,
    features: Vec<&'a str>,
}

impl<'a> Input<'a> {
    /// `None` where serde_json alone can't tell (a fault, or half of a surrogate pair in a key).
    fn read(text: &'a str) -> Option<Self> {
        let blank = [' ', '\t', '\n', '\r'];
        let text = text.trim_matches(blank);
        let alone = |features: Vec<&'a str>| Some(Input { collection: None, features });
        if let Some(records) = text.strip_prefix('\u{1E}') {
            let records = records.split('\u{1E}').map(|record| record.trim_matches(blank));
            return alone(records.filter(|record| !record.is_empty()).collect());
        }
        if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
            let lines = text.split('\n').map(|line| line.trim_matches(blank));
            let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
            // Not a collection with a fault in one of its features, which then is set aside.
            serde_json::from_str::<serde::de::IgnoredAny>(lines.first()?).ok()?;
            return alone(lines);
        }
        let members: Members<'_> = serde_json::from_str(text).ok()?;
        let kind: String = serde_json::from_str(members.get("type")?.get()).ok()?;
        if kind != "FeatureCollection" {
            return alone(vec![text]);
        }
        let features: Vec<&RawValue> = serde_json::from_str(members.get("features")?.get()).ok()?;
        Some(Input { collection: Some(members), features: features.iter().map(|f| f.get()).collect() })
    }

    /// Holds an output against the input that it came from.
    fn kept_in(&self, out: &str, annotator: &Annotator, way: Way, rejected: &[u64]) {
        let written = match way.form {
            OutputForm::Collection => {
                let members: Members<'_> = serde_json::from_str(out).expect("a collection");
                self.collection_kept(&members, annotator, way);
                let features: Vec<&RawValue> =
                    serde_json::from_str(members.get("features").unwrap().get()).expect("an array");
                features.into_iter().map(RawValue::get).collect()
            }
            OutputForm::Lines => out.lines().collect::<Vec<_>>(),
            _ => out
                .split_inclusive('\n')
                .fold(Vec::new(), |mut records: Vec<(usize, usize)>, line| {
                    let start = line.as_ptr() as usize - out.as_ptr() as usize;
                    match records.last_mut() {
                        Some(last) if !line.starts_with('\u{1E}') => last.1 = start + line.len(),
                        _ => records.push((start, start + line.len())),
                    }
                    records
                })
                .into_iter()
                .map(|(start, end)| {
                    out[start..end].strip_prefix('\u{1E}').unwrap().strip_suffix('\n').unwrap()
                })
                .collect(),
        };
        let numbers = 1..=self.features.len() as u64;
        let kept: Vec<_> =
            numbers.zip(&self.features).filter(|(number, _)| !rejected.contains(number)).collect();
        assert_eq!(written.len(), kept.len());
        for ((_, before), after) in kept.into_iter().zip(written) {
            feature_kept(before, after, annotator, way);
        }
    }

    fn collection_kept(&self, after: &Members<'_>, annotator: &Annotator, way: Way) {
        let own = |key: &str| key == "patrol_corridor" && (annotator.options().replace || way.provenance);
        let not_kept = |key: &str| key == "features" || own(key);
        let expected = match &self.collection {
            Some(before) => before.without(not_kept),
            None => vec![("type", "\"FeatureCollection\"".to_owned())],
        };
        assert_eq!(after.without(not_kept), expected);
        let provenances = after.0.iter().filter(|(key, _)| own(key)).count();
        assert_eq!(provenances, usize::from(way.provenance));
    }
}

fn feature_kept(before: &str, after: &str, annotator: &Annotator, way: Way) {
    let options = annotator.options();
    let new = |key: &str| {
        key.strip_prefix(&*options.prefix).is_some_and(|key| FIELDS.iter().any(|field| field.name == key))
    };
    let provenance = way.provenance && way.form != OutputForm::Collection;
    let Ok(was) = serde_json::from_str::<Members<'_>>(before) else { return };
    let is: Members<'_> = serde_json::from_str(after).expect("a feature");
    let kind: String = serde_json::from_str(was.get("type").unwrap().get()).unwrap();
    let alone = annotator.annotate_feature(before).expect("it was annotated in its layer");
    if !provenance {
        assert_eq!(folded(&alone), folded(after));
    }
    let own = |key: &str| key == "patrol_corridor" && provenance;
    let not_kept = |key: &str| key == "properties" || own(key);
    let properties: Members<'_> =
        serde_json::from_str(is.get("properties").unwrap().get()).expect("an object");
    if kind != "Feature" {
        let expected = vec![("type", "\"Feature\"".to_owned()), ("geometry", folded(before))];
        assert_eq!(is.without(not_kept), expected);
        assert!(properties.0.iter().all(|(key, _)| new(key)));
        return;
    }
    assert_eq!(is.without(not_kept), was.without(not_kept));
    let old = was.get("properties").map_or("null", RawValue::get);
    let Ok(old) = serde_json::from_str::<Option<Members<'_>>>(old) else { return };
    let old = old.unwrap_or(Members(Vec::new()));
    let kept = old.without(|key| options.replace && new(key));
    let now = properties.without(|_| false);
    assert_eq!(&now[..kept.len()], &kept[..], "properties");
    let added = &now[kept.len()..];
    assert!(!added.is_empty() && added.iter().all(|(key, _)| new(key)), "{added:?}");
    assert!(added.iter().all(|(key, _)| kept.iter().all(|(other, _)| key != other)), "{added:?}");
}
