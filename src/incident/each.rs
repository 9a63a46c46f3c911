//! The loop over all incidents of a source: read once, answered on all threads, handed over in order.

use std::ops::ControlFlow;

use super::answer::Answer;
use super::coordinates::Coordinates;
use super::faults::Faults;
use super::in_order::{Work, in_order};
use super::reading::IncidentReader;
use super::record::Entry;
use super::repeats::{Came, Known, Repeats};
use super::source::{IncidentSource, SourceRun};
use super::table::IncidentColumns;
use super::tally::{Mark, Notice, Tally};
use crate::Error;
use crate::index::LocateOptions;
use crate::io::{
    BadRow, Batch, Column, IncidentStream, Passed, RawFeature, Reprojection, Row, Rows, Systems, TextBatch,
    crs_around, write_properties,
};
use crate::memory::room;
use crate::parallel::{in_chunks, thread_count};

/// Enough rows to keep a thread busy for some milliseconds.
pub(crate) const ROWS_A_THREAD: usize = 4_096;

/// What is made of an incident and of what is near it.
pub(crate) type Make<'m, T> = dyn Fn(Entry<'_>, Option<Answer>) -> Result<T, Error> + Sync + 'm;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Read {
    pub tally: Tally,
    /// How coordinates came to WGS84; empty where they were in it.
    pub reprojections: Vec<Reprojection>,
}

/// Reads all incidents of a source. `make` works on all threads, `take` gets what it made in the order of the source; numbers
/// and lines in that count from the place that is given beside.
///
/// # Errors
/// Returns an error if the source can't be read to its end, if `take` fails, and, unless they are taken, if incidents
/// can't be read.
pub(crate) fn for_each<T: Send>(
    source: IncidentSource,
    reader: &IncidentReader,
    run: SourceRun<'_>,
    make: &Make<'_, T>,
    take: &mut dyn FnMut(T, Passed) -> Result<(), Error>,
) -> Result<Read, Error> {
    let SourceRun { threads, crs, locate, bad, progress } = run;
    let threads = thread_count(threads);
    let read = Read { tally: Tally::new(reader), reprojections: Vec::new() };
    let mut sink = Sink { faults: Faults::new("", bad), read, take, progress, earlier: 0, known: Vec::new() };
    let files = source.into_files();
    let mut repeats = (files.len() > 1).then(Repeats::default);
    for source in files {
        let name = source.name().into_owned();
        sink.faults.next_file(&name);
        let work = Answering { reader, locate, make, repeats: repeats.as_ref() };
        let read = match source {
            IncidentSource::Text(stream) => {
                let systems = systems_of(&stream, crs.clone())?;
                text(stream, &TextWork { work, systems }, threads, &mut sink)
            }
            IncidentSource::Rows(mut source) => rows(&mut source, &work, threads, &mut sink),
            // What a source is made of is none of several.
            IncidentSource::Several(_) => Ok(()),
        };
        read.map_err(|error| if error.is_io() { error } else { error.in_file(&*name) })?;
        if let Some(repeats) = &mut repeats {
            repeats.add(std::mem::take(&mut sink.known));
            sink.read.tally.end_of_file(&name);
            sink.earlier = sink.read.tally.read + sink.read.tally.repeated;
        }
    }
    sink.finish()
}

/// The systems of a text whose collection may name one.
fn systems_of(stream: &IncidentStream, crs: Option<crate::io::Crs>) -> Result<Systems, Error> {
    let named = stream.head().map_or(Ok(None), |head| crs_around(head, "]}"))?;
    Systems::new(crs, named.as_deref(), None).map_err(|error| error.under("crs").in_file(stream.name()))
}

/// Where all goes in order.
struct Sink<'s, 'r, T> {
    faults: Faults<'r>,
    read: Read,
    take: &'s mut dyn FnMut(T, Passed) -> Result<(), Error>,
    progress: Option<&'r mut dyn FnMut(u64) -> ControlFlow<()>>,
    /// How many incidents earlier files had.
    earlier: u64,
    /// What this file's incidents are known by, where there are several files.
    known: Vec<Known>,
}

impl<T> Sink<'_, '_, T> {
    fn take(&mut self, made: Made<T>, before: Passed) -> Result<(), Error> {
        // Whoever takes may keep them: what is small is had from now on.
        room(0)?;
        self.read.tally.add(made.tally, before);
        self.known.extend(made.known);
        made.bad.into_iter().try_for_each(|row| self.faults.take(row, before))?;
        // What would be thrown away need not be gathered.
        if !self.faults.is_over() {
            let before = Passed { features: before.features + self.earlier, ..before };
            made.items.into_iter().try_for_each(|item| (self.take)(item, before))?;
        }
        Error::unless_stopped(&mut self.progress, self.read.tally.read)
    }

    fn finish(self) -> Result<Read, Error> {
        self.faults.finish().map(|()| self.read)
    }
}

/// What a batch has become; numbers, lines and bytes count from its start.
struct Made<T> {
    items: Vec<T>,
    tally: Tally,
    known: Vec<Known>,
    bad: Vec<BadRow>,
    /// What ended the work, behind the items.
    error: Option<Error>,
    passed: Passed,
}

/// What is done with every incident.
struct Answering<'w, T> {
    reader: &'w IncidentReader,
    locate: LocateOptions,
    make: &'w Make<'w, T>,
    /// The incidents of earlier files, where there are several.
    repeats: Option<&'w Repeats>,
}

impl<T> Answering<'_, T> {
    fn one(&self, incident: Entry<'_>, made: &mut Made<T>) -> Result<(), Error> {
        // What can't be made is rejected, and must not be counted as well.
        incident.has_its_id()?;
        if let Some(repeats) = self.repeats {
            let (came, known) = repeats.look(&incident)?;
            match came {
                Came::First => {}
                Came::Again => {
                    made.tally.repeat();
                    return Ok(());
                }
                Came::Otherwise => made.tally.notice(Notice::OtherContent, incident.mark),
            }
            made.known.extend(known);
        }
        let answer = self.reader.locate(&incident.reading, &self.locate);
        made.tally.count(incident.mark, &incident.reading, answer.as_ref(), self.reader);
        made.items.push((self.make)(incident, answer)?);
        Ok(())
    }
}

impl<T> Made<T> {
    fn new(reader: &IncidentReader) -> Self {
        Made { tally: Tally::new(reader), ..Made::default() }
    }
}

impl<T> Default for Made<T> {
    fn default() -> Self {
        let (items, known, bad) = (Vec::new(), Vec::new(), Vec::new());
        Made { items, tally: Tally::default(), known, bad, error: None, passed: Passed::default() }
    }
}

struct TextWork<'w, T> {
    work: Answering<'w, T>,
    systems: Systems,
}

impl<T: Send> Work for TextWork<'_, T> {
    type Hands = Coordinates;
    type Left = Vec<Reprojection>;
    type Done = Made<T>;

    fn batch(&self, batch: &TextBatch, _: Vec<u8>, coordinates: &mut Coordinates) -> Made<T> {
        let mut made = Made::new(self.work.reader);
        let passed = batch.for_each(|feature, _| {
            match self.one(&feature, coordinates, &mut made) {
                Ok(()) => {}
                Err(fault) if is_of_all(&fault) => made.error = Some(fault),
                Err(fault) => {
                    made.tally.reject(Mark { number: feature.number, line: feature.line }, &fault);
                    let text = feature.text.to_owned();
                    made.bad.push(BadRow { number: feature.number, line: feature.line, error: fault, text });
                }
            }
            made.error.is_none()
        });
        match passed {
            Ok(passed) => made.passed = passed,
            Err(fault) => drop(made.error.get_or_insert(fault)),
        }
        made
    }

    fn left(coordinates: Coordinates) -> Vec<Reprojection> {
        coordinates.reports()
    }

    fn room(_: &mut Made<T>) -> Vec<u8> {
        Vec::new()
    }
}

/// True of what is wrong with every incident alike: one is enough.
pub(crate) fn is_of_all(error: &Error) -> bool {
    use crate::ErrorKind::{Argument, DayOrMonth, Io, NameInTheWay, NoZone};
    error.exceeded().is_some() || matches!(error.kind(), Argument | DayOrMonth | Io | NameInTheWay | NoZone)
}

impl<T> TextWork<'_, T> {
    fn one(
        &self,
        feature: &RawFeature<'_>,
        coordinates: &mut Coordinates,
        made: &mut Made<T>,
    ) -> Result<(), Error> {
        let plain = match self.systems.is_plain() {
            true => Some(feature.parts().and_then(|parts| Ok((parts.incident_geometry()?, parts)))),
            false => None,
        };
        match plain {
            Some(Ok((place, parts))) => self.take(parts, place, made),
            Some(Err(error)) if !Coordinates::may_differ(&self.systems, feature) => Err(error),
            _ => {
                let texts = coordinates.reprojector(&self.systems)?.feature(feature)?;
                let text = texts.wgs84.as_deref().unwrap_or(feature.text);
                let parts = RawFeature { text, validated: true, ..*feature }.parts()?;
                let place = parts.incident_geometry()?;
                self.take(parts, place, made)
            }
        }
    }

    fn take(
        &self,
        parts: crate::io::FeatureParts<'_>,
        place: crate::IncidentGeometry,
        made: &mut Made<T>,
    ) -> Result<(), Error> {
        let reader = self.work.reader;
        let reading = reader.feature(&parts, place, |_| Ok(()))?;
        self.work.one(Entry::of_feature(parts, reading, reader.options()), made)
    }
}

fn text<T: Send>(
    stream: IncidentStream,
    work: &TextWork<'_, T>,
    threads: usize,
    sink: &mut Sink<'_, '_, T>,
) -> Result<(), Error> {
    let head = stream.head().map(str::to_owned);
    let start = stream.head_passed();
    let mut passed = start;
    let take = &mut |made: &mut Made<T>| {
        let mut made = std::mem::take(made);
        let error = made.error.take();
        let more = made.passed;
        sink.take(made, passed)?;
        if let Some(error) = error {
            return Err(error.moved(passed.features, passed.lines, passed.bytes));
        }
        passed += more;
        Ok(())
    };
    let (reports, ended) = in_order(stream, work, threads, take)?;
    for report in reports.into_iter().flatten() {
        Reprojection::merge(&mut sink.read.reprojections, report);
    }
    let mut stream = ended.map_err(|error| error.moved(passed.features, passed.lines, passed.bytes))?;
    let tail = stream.tail(passed - start)?;
    match head {
        Some(head) => held_against_tail(&work.systems, &head, &tail),
        None => Ok(()),
    }
}

/// A `crs` behind the features comes too late to read them by.
pub(crate) fn held_against_tail(systems: &Systems, head: &str, tail: &str) -> Result<(), Error> {
    if crs_around(head, "]}")?.is_some() {
        return Ok(());
    }
    let Some(value) = crs_around(head, tail)? else { return Ok(()) };
    let found = systems.of_member(&value).map_err(|error| error.under("crs"))?;
    if found == systems.input {
        return Ok(());
    }
    let message = format!(
        "the CRS {found} is named behind the features, which had been read as {} by then: name it beforehand, or put \
         `crs` before `features`",
        systems.input
    );
    Err(Error::input(message).of_kind(crate::ErrorKind::OtherCrs).under("crs"))
}

fn rows<T: Send>(
    source: &mut Rows<'_>,
    work: &Answering<'_, T>,
    threads: usize,
    sink: &mut Sink<'_, '_, T>,
) -> Result<(), Error> {
    let reader = work.reader;
    let found = IncidentColumns::find(source, reader.options())?;
    source.source.keep_texts();
    loop {
        let Batch { rows, mut bad } = source.source.read(ROWS_A_THREAD * threads, threads)?;
        if rows.is_empty() && bad.is_empty() {
            let mut made = Made::new(reader);
            made.tally.blank_rows = source.source.blank_rows();
            sink.read.reprojections.extend(source.source.reprojection());
            return sink.take(made, Passed::default());
        }
        let columns = source.columns();
        let parts = in_chunks(&rows, threads, |part: &[Row]| {
            let (mut made, mut errors) = (Made::new(reader), Vec::new());
            for row in part {
                let reading = reader.row(row, &found);
                let entry =
                    reading.map(|reading| Entry::of_row(row, columns, found.id(), reading, reader.options()));
                if let Err(error) = entry.and_then(|entry| work.one(entry, &mut made)) {
                    errors.push((row, error));
                }
            }
            (made, errors)
        });
        let mut made = Made::new(reader);
        for (part, errors) in parts {
            made.tally.add(part.tally, Passed::default());
            made.items.extend(part.items);
            made.known.extend(part.known);
            for (row, error) in errors {
                let is_of_all = is_of_all(&error);
                let row = bad_row(row, columns, source, error);
                if is_of_all {
                    return Err(row.error);
                }
                bad.push(row);
            }
        }
        bad.sort_by_key(|bad| bad.number);
        for BadRow { number, line, error, .. } in &bad {
            made.tally.reject(Mark { number: *number, line: *line }, error);
        }
        made.bad = bad;
        sink.take(made, Passed::default())?;
    }
}

/// The row with what is wrong with it, the column named.
pub(crate) fn bad_row(row: &Row, columns: &[Column], source: &Rows<'_>, error: Error) -> BadRow {
    let kind = error.kind();
    let error = match error.path() {
        Some(field) => Error::input(error.message()).of_kind(kind).under(&source.source.shown_column(field)),
        None => error,
    };
    let error = if row.line > 0 { error.at_line(row.line) } else { error };
    let text = match row.source {
        Some(text) => row.text(text).to_owned(),
        None => {
            let mut text = String::from("{");
            write_properties(row, columns, &mut text);
            text.push('}');
            text
        }
    };
    BadRow {
        number: row.number,
        line: row.line,
        error: error.in_feature(row.number).in_file(&source.name),
        text,
    }
}
