//! Reading in blocks: neither the size of a block nor the number of threads changes a byte.

use std::fs;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use fastrand::Rng;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, LayerRun, OutputForm, Provenance, annotate_layer,
};
use patrol_corridor::incident::{BadIncidents, Reject};
use patrol_corridor::io::IncidentStream;
use patrol_corridor::{Edges, Error, ErrorKind, PatrolIndex};

use crate::fixtures::{demonstration_area, files_below};
use crate::text::gzip;

/// What comes out, error and rejects included.
#[derive(Debug, PartialEq)]
struct Outcome {
    text: String,
    rejects: Vec<Reject>,
    error: Option<String>,
    read: Option<u64>,
}

struct Run {
    form: OutputForm,
    block_bytes: usize,
    threads: usize,
    skip_invalid: bool,
}

fn annotate(area: &PatrolIndex, name: &str, bytes: &[u8], run: &Run) -> Outcome {
    let mut rejects = Vec::new();
    let mut take = |reject: Reject| -> Result<(), Error> {
        rejects.push(reject);
        Ok(())
    };
    let options = AnnotateOptions::default().with_prefix("zz_");
    let annotator = Annotator::new(area, options);
    let mut text = Vec::new();
    let result =
        IncidentStream::in_blocks(name, Cursor::new(bytes.to_vec()), run.block_bytes).and_then(|incidents| {
            let layer_run = LayerRun::new(run.form)
                .with_provenance(Provenance::new(Edges::Planar))
                .with_threads(run.threads)
                .with_bad(if run.skip_invalid {
                    BadIncidents::Reject(&mut take)
                } else {
                    BadIncidents::Stop
                });
            annotate_layer(incidents, &annotator, layer_run, &mut text)
        });
    let text = String::from_utf8(text).unwrap();
    let (read, error) = match result {
        Ok(summary) => (Some(summary.tally.read), None),
        Err(error) => (None, Some(error.to_string())),
    };
    Outcome { text, rejects, error, read }
}

/// Features that a splitter can trip over.
fn nasty_features(rng: &mut Rng, count: usize) -> Vec<String> {
    let point = |rng: &mut Rng| {
        format!(r#"{{"type":"Point","coordinates":[{},{}]}}"#, 46.0 + rng.f64(), 39.0 + rng.f64())
    };
    (0..count)
        .map(|i| {
            let properties = match rng.u8(..9) {
                0 => format!(r#"{{"long":"{}"}}"#, "x".repeat(rng.usize(..3000))),
                1 => r#"{"a":"\"]}\\","b":"]},{","c":"\\\\"}"#.to_owned(),
                2 => r#"{"features":[{"type":"Feature"},[],{}],"type":"FeatureCollection"}"#.to_owned(),
                3 => "null".to_owned(),
                4 => "{ }".to_owned(),
                5 => r#"{"unicode":"Ղարաբաղ \ud83d\ude00 é","n":1e400,"m":-0.0}"#.to_owned(),
                6 => format!(r#"{{"deep":{}{}}}"#, "[".repeat(300), "]".repeat(300)),
                7 => "{\t\"blank\" :\t[ 1 , 2 ]\t}".to_owned(),
                _ => format!(r#"{{"i":{i}}}"#),
            };
            match rng.u8(..10) {
                0 => format!(r#"{{"type":"Feature","geometry":null,"properties":{properties}}}"#),
                1 => format!(
                    r#"{{"properties":{properties},"geometry":{},"id":{i},"type":"Feature"}}"#,
                    point(rng)
                ),
                _ => format!(r#"{{"type":"Feature","properties":{properties},"geometry":{}}}"#, point(rng)),
            }
        })
        .collect()
}

/// One set of features as texts of every form.
fn texts(features: &[String]) -> Vec<(&'static str, Vec<u8>)> {
    let joined = |separator: &str| features.join(separator);
    let mut texts = vec![
        ("compact.geojson", format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, joined(","))),
        (
            "members_around.geojson",
            format!(
                "\u{FEFF}{{\r\n \"note\": \"[{{\\\"features\\\":[\", \"bbox\":[1,2,3,4],\r\n \"features\" : [\r\n  {}\r\n ],\r\n \
                 \"last\": {{\"features\": []}}, \"type\": \"FeatureCollection\" }}\r\n",
                joined("\r\n ,\r\n  ")
            ),
        ),
        ("lines.geojsonl", joined("\n") + "\n"),
        ("lines_by_content.json", format!("\u{FEFF}{}", joined("\r\n\r\n"))),
        ("sequence.geojsons", features.iter().map(|feature| format!("\u{1E}{feature}\n")).collect()),
    ];
    let pretty: String =
        features.iter().map(|feature| format!("\u{1E}{}\n", feature.replace(",\"", ",\n  \""))).collect();
    texts.push(("pretty_sequence.geojsons", pretty));
    let mut texts: Vec<_> = texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let packed = gzip(std::str::from_utf8(&texts[0].1).unwrap());
    texts.push(("compact.geojson.gz", packed));
    texts
}

const BLOCKS: [usize; 5] = [64, 65, 127, 1_000, 70_000];

/// Block sizes from 64 bytes up and 1, 2, 3, 8 threads against one block and one thread.
fn all_ways(area: &PatrolIndex, name: &str, bytes: &[u8], skip_invalid: bool) {
    for form in [OutputForm::Collection, OutputForm::Lines, OutputForm::Sequence] {
        let run = |block_bytes, threads| {
            annotate(area, name, bytes, &Run { form, block_bytes, threads, skip_invalid })
        };
        let expected = run(1 << 24, 1);
        for (i, block_bytes) in BLOCKS.into_iter().enumerate() {
            let threads = [1, 2, 3, 8][i % 4];
            let found = run(block_bytes, threads);
            let context = format!("{name} {form:?} blocks of {block_bytes}, {threads} threads");
            assert_eq!(found.error, expected.error, "{context}");
            assert!(found == expected, "{context}: the output differs");
        }
    }
}

#[test]
fn nasty_features_come_out_the_same_whatever_the_blocks_and_threads() {
    let (area, mut rng) = (demonstration_area(Edges::Planar), Rng::with_seed(3));
    for count in [0, 1, 2, 150] {
        let features = nasty_features(&mut rng, count);
        for (name, bytes) in texts(&features) {
            if count == 0 && !name.contains(".geojson") {
                continue;
            }
            all_ways(&area, name, &bytes, false);
            let run = Run { form: OutputForm::Lines, block_bytes: 500, threads: 2, skip_invalid: false };
            let found = annotate(&area, name, &bytes, &run);
            if found.error.is_none() {
                assert_eq!((found.read, found.text.lines().count()), (Some(count as u64), count), "{name}");
            } else {
                assert_eq!(count, 0, "{name}: {:?}", found.error);
            }
        }
    }
}

/// Features, one of them bad in some way, here and there; in lines and in a collection.
#[test]
fn bad_features_are_the_same_whatever_the_blocks_and_threads() {
    let (area, mut rng) = (demonstration_area(Edges::Planar), Rng::with_seed(4));
    let bad = [
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[39.9,146.8]},"properties":{}}"#,
        r#"{"type":"Feature","properties":{"a":1,},"geometry":null}"#,
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["46",40]}}"#,
        "null",
        "\"text\"",
        "17",
    ];
    let mut features = nasty_features(&mut rng, 60);
    for (i, bad) in bad.iter().enumerate() {
        features.insert(10 * i, (*bad).to_owned());
    }
    for (name, bytes) in texts(&features) {
        all_ways(&area, name, &bytes, true);
        let run = Run { form: OutputForm::Collection, block_bytes: 300, threads: 3, skip_invalid: true };
        let found = annotate(&area, name, &bytes, &run);
        if !name.contains("lines_by_content") {
            let texts: Vec<_> = found.rejects.iter().map(|reject| reject.text.replace("\n  ", "")).collect();
            assert_eq!(texts, bad, "{name}: {:?}", found.error);
            assert_eq!(found.rejects[1].feature, 11, "{name}");
        }
        for bad in 0..3 {
            let features = [&features[1..8], &features[10 * bad..=10 * bad], &features[8..10]].concat();
            let (name, bytes) = texts_of(name, &features);
            all_ways(&area, name, &bytes, false);
        }
    }
}

fn texts_of(name: &str, features: &[String]) -> (&'static str, Vec<u8>) {
    texts(features).into_iter().find(|(other, _)| *other == name).unwrap()
}

/// Every fixture and data file, accepted or not, gives the same answer whatever the blocks.
#[test]
fn fixtures_come_out_the_same_whatever_the_blocks_and_threads() {
    let area = demonstration_area(Edges::Planar);
    let mut files = [files_below("tests/fixtures"), files_below("data")].concat();
    files.retain(|file| file.extension().is_some_and(|e| e.to_string_lossy().contains("json")));
    assert!(files.len() > 150, "{}", files.len());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let run = |block_bytes, threads| {
            let form = OutputForm::Collection;
            annotate(&area, &name, &bytes, &Run { form, block_bytes, threads, skip_invalid: false })
        };
        let expected = run(1 << 24, 1);
        for (block_bytes, threads) in [(64, 1), (1_000, 2)] {
            let found = run(block_bytes, threads);
            // What is written before an error may be less with larger blocks; the error is the same.
            assert_eq!(found.error, expected.error, "{name}, blocks of {block_bytes}");
            assert!(found.error.is_some() || found == expected, "{name}, blocks of {block_bytes}");
        }
    }
}

/// A text that breaks off, at every place: an error that says so, never a whole collection.
#[test]
fn a_text_that_breaks_off_is_an_error() {
    let (area, mut rng) = (demonstration_area(Edges::Planar), Rng::with_seed(5));
    let features = nasty_features(&mut rng, 4);
    let (name, bytes) = texts_of("compact.geojson", &features);
    for end in (1..bytes.len()).filter(|&end| std::str::from_utf8(&bytes[..end]).is_ok()) {
        let run = Run { form: OutputForm::Collection, block_bytes: 100, threads: 1, skip_invalid: true };
        let found = annotate(&area, name, &bytes[..end], &run);
        assert!(found.error.is_some(), "cut at {end}: {}", found.text);
    }
}

/// What stands before a fault comes out, and the fault is the same, whatever the blocks: bytes that are not
/// UTF-8 once hid a fault before them, and garbage between features the features before it.
#[test]
fn a_fault_is_met_behind_what_is_before_it_whatever_the_blocks() {
    let (area, mut rng) = (demonstration_area(Edges::Planar), Rng::with_seed(6));
    let features = nasty_features(&mut rng, 12);
    for (name, bytes) in texts(&features).into_iter().filter(|(name, _)| !name.ends_with(".gz")) {
        let middle = features[6].as_bytes();
        let at = bytes.windows(middle.len()).position(|window| window == middle).unwrap_or(bytes.len() / 2);
        for fault in [&b"\xFF"[..], b"x", b"}", b"]"] {
            let broken = [&bytes[..at], fault, &bytes[at..]].concat();
            all_ways(&area, name, &broken, false);
            let run = Run { form: OutputForm::Lines, block_bytes: 1 << 20, threads: 1, skip_invalid: false };
            let found = annotate(&area, name, &broken, &run);
            assert!(found.error.is_some(), "{name} {fault:?}");
            if !name.starts_with("pretty") {
                assert_eq!(found.text.lines().count(), 6, "{name} {fault:?}: {:?}", found.error);
            }
        }
    }
}

/// Gives its bytes a few at a time, is interrupted before each part, and fails behind the last.
struct Faltering {
    given: Cursor<Vec<u8>>,
    interrupted: bool,
    fault: std::io::ErrorKind,
}

impl Read for Faltering {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        let length = buffer.len().min(700);
        match self.given.read(&mut buffer[..length])? {
            0 => Err(self.fault.into()),
            length => Ok(length),
        }
    }
}

/// A disk or a network that gives out in the middle: an I/O error that names the file, behind answers that are
/// whole and right, in packed text as well.
#[test]
fn a_reader_that_fails_is_an_io_error_behind_whole_answers() {
    let (area, mut rng) = (demonstration_area(Edges::Planar), Rng::with_seed(7));
    let annotator = Annotator::new(&area, AnnotateOptions::default().with_prefix("zz_"));
    // What a text is, is told by its first 64 KiB: a third of it is longer than that.
    let features = nasty_features(&mut rng, 900);
    let answers = |name: &str, reader: Box<dyn Read + Send>, block_bytes, threads| {
        let mut text = Vec::new();
        let run = LayerRun::new(OutputForm::Lines).with_threads(threads);
        let error = IncidentStream::in_blocks(name, reader, block_bytes)
            .and_then(|incidents| annotate_layer(incidents, &annotator, run, &mut text))
            .err();
        (String::from_utf8(text).unwrap(), error)
    };
    for name in ["lines.geojsonl", "compact.geojson", "compact.geojson.gz", "sequence.geojsons"] {
        let (name, bytes) = texts_of(name, &features);
        let (whole, error) = answers(name, Box::new(Cursor::new(bytes.clone())), 1 << 20, 1);
        assert!(error.is_none() && whole.lines().count() == features.len(), "{name}: {error:?}");
        let mut faults = vec![
            std::io::ErrorKind::Other,
            std::io::ErrorKind::TimedOut,
            std::io::ErrorKind::PermissionDenied,
        ];
        if !name.ends_with(".gz") {
            // Of gzip these are what its decoder says.
            faults.extend([std::io::ErrorKind::InvalidInput, std::io::ErrorKind::UnexpectedEof]);
        }
        for fault in faults {
            for (part, block_bytes, threads) in [(1, 100, 1), (2, 5_000, 3), (3, 5_000, 1)] {
                let given = Cursor::new(bytes[..bytes.len() * part / 3].to_vec());
                let reader = Faltering { given, interrupted: false, fault };
                let (text, error) = answers(name, Box::new(reader), block_bytes, threads);
                let error = error.unwrap_or_else(|| panic!("{name}: {part} of 3 parts are taken for all"));
                assert!(error.is_io(), "{name}: {error}");
                assert!(error.to_string().starts_with(&format!("{name}: could not read")), "{error}");
                assert!(!text.is_empty() && text.ends_with('\n') && whole.starts_with(&text), "{name}");
            }
        }
    }
}

#[test]
fn long_white_space_between_features_is_the_same_in_any_block() {
    let area = demonstration_area(Edges::Planar);
    let mut rng = Rng::with_seed(63);
    for round in 0..12 {
        let features = nasty_features(&mut rng, 30);
        let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
        let mut blanks = |text: &mut String| {
            let count = [0, 1, 5, 1023, 1024, 5000, 40_000][rng.usize(..7)];
            text.extend((0..count).map(|_| [' ', '\n', '\r', '\t'][rng.usize(..4)]));
        };
        for (i, feature) in features.iter().enumerate() {
            blanks(&mut text);
            text.push_str(feature);
            blanks(&mut text);
            text.push_str(if i + 1 < features.len() { "," } else { "]}" });
        }
        all_ways(&area, "long.geojson", text.as_bytes(), round % 2 == 0);
        let broken = text.replacen("]}", "", 1) + "?";
        all_ways(&area, "broken.geojson", broken.as_bytes(), true);
    }
}

/// Whoever follows the progress can end the work: the error says so, and it is none of the input.
#[test]
fn progress_can_end_the_work() {
    let line = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[46.8,40.0]}}"#;
    let text = format!("{line}\n").repeat(200_000);
    let area = demonstration_area(Edges::Planar);
    let annotator = Annotator::new(&area, AnnotateOptions::default());
    for threads in [1, 2] {
        let (mut calls, mut out) = (0, Vec::new());
        let mut progress = |_: u64| {
            calls += 1;
            if calls == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut run = LayerRun::new(OutputForm::Lines);
        run.threads = threads;
        run.progress = Some(&mut progress);
        let incidents = IncidentStream::from_bytes("many.geojsonl", text.clone().into_bytes()).unwrap();
        let error = annotate_layer(incidents, &annotator, run, &mut out).unwrap_err();
        assert_eq!((error.kind(), error.is_input(), calls), (ErrorKind::Stopped, false, 2), "{error}");
        let written = out.iter().filter(|&&byte| byte == b'\n').count();
        assert!(
            written > 0 && written < 200_000 && error.message().contains(&format!("after {written} ")),
            "{error}"
        );
    }
}
