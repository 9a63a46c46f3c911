//! Tables of any bytes: readers and writers never panic, and a row that is read is written or rejected.
//!
//! The first byte chooses input and output, the rest is the file.

#![no_main]

use std::io::Write;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, OutputForm, TableForm, TableRun, annotate_table,
};
use patrol_corridor::incident::{BadIncidents, Reject};
use patrol_corridor::io::{PositionColumns, Rows, spooled};
use patrol_corridor::{Edges, Error, ObservationPost, PatrolIndex, Position};

static AREA: LazyLock<PatrolIndex> = LazyLock::new(|| {
    let at = Position::from_lon_lat(46.8, 40.0).unwrap();
    PatrolIndex::new(vec![ObservationPost::new("OP-1", at)], vec![], Edges::Planar).unwrap()
});

fn rows(kind: u8, bytes: &[u8]) -> Result<Rows<'_>, Error> {
    let position = PositionColumns::default();
    match kind {
        0 => Rows::csv("in", bytes, None, &position),
        1 => Rows::flatgeobuf("in", bytes),
        2 => Rows::parquet("in", spooled("in", bytes)?, &position),
        _ => Rows::features("in", spooled("in", bytes)?),
    }
}

/// What becomes of it: the output, and how many rows were read, written and rejected.
fn annotated(kind: u8, bytes: &[u8], form: TableForm, threads: usize) -> Result<Vec<u8>, Error> {
    let options = AnnotateOptions::default().with_routes(false).with_replace(true);
    let annotator = Annotator::new(&AREA, options);
    let (mut out, mut rejected) = (Vec::new(), 0);
    let mut take = |_: Reject| {
        rejected += 1;
        Ok(())
    };
    let run = TableRun::new(form).with_threads(threads).with_bad(BadIncidents::Reject(&mut take));
    let summary = annotate_table(&mut rows(kind, bytes)?, &annotator, run, &mut out)?;
    out.flush().unwrap();
    let tally = &summary.tally;
    let located = tally.exact + tally.region;
    assert_eq!(tally.read, tally.rejected + located + tally.region_unknown + tally.without_location);
    assert_eq!(tally.rejected, rejected);
    Ok(out)
}

/// Panics of the crates of Parquet are caught where they are called; all others end the run, as always.
fn expect_panics_of_parquet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map_or("", |place| place.file());
        if !["/arrow-", "/parquet-"].iter().any(|theirs| file.contains(theirs)) {
            usual(panic);
        }
    }));
}

fuzz_target!(init: expect_panics_of_parquet(), |data: &[u8]| -> Corpus {
    let Some((&first, bytes)) = data.split_first() else { return Corpus::Reject };
    let forms = [
        TableForm::Csv(b','),
        TableForm::FlatGeobuf,
        TableForm::Parquet,
        TableForm::Features(OutputForm::Collection),
        TableForm::GeoPackage,
    ];
    let (kind, form) = (first % 4, forms[usize::from(first / 4) % forms.len()]);
    let Ok(out) = annotated(kind, bytes, form, 1) else { return Corpus::Keep };
    // What we write we read.
    let again = match form {
        TableForm::Csv(_) if kind != 0 => return Corpus::Keep,
        TableForm::Csv(_) => 0,
        TableForm::FlatGeobuf => 1,
        TableForm::Parquet => 2,
        TableForm::Features(_) => 3,
        _ => return Corpus::Keep,
    };
    // Only CSV takes columns of the same name.
    let then = if again == 0 { form } else { TableForm::Features(OutputForm::Collection) };
    if let Err(error) = annotated(again, &out, then, 2) {
        panic!("{kind} as {form:?}, and again: {error}");
    }
    Corpus::Keep
});
