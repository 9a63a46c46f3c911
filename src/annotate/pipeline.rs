//! Batches on all threads, their results in order.
//!
//! One thread reads, some annotate, the caller's takes the results in the order of the text. A fixed number
//! of buffers goes around, so that no thread runs away from the others and memory stays bounded.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::annotator::Annotator;
use super::answer::Answer;
use super::connectors::Connectors;
use super::layer::{OutputForm, Reject};
use super::provenance::PROVENANCE;
use super::regions::push_region;
use super::summary::Summary;
use crate::Error;
use crate::io::{
    IncidentStream, Passed, RawFeature, Reprojection, Reprojector, Systems, TextBatch, fold_lines,
    may_name_a_crs, splice_into_feature,
};

/// What each thread does.
pub(crate) struct Work<'w> {
    pub annotator: &'w Annotator<'w>,
    pub form: OutputForm,
    /// The provenance that goes into each feature.
    pub each: Option<&'w str>,
    /// Between features stands what stood there.
    pub own_separators: bool,
    /// The first bad feature ends the work.
    pub strict: bool,
    /// The systems that features come in and go out in.
    pub systems: Systems,
    /// The member `crs` that goes into each feature.
    pub crs: Option<&'w str>,
    /// In what form regions are wanted.
    pub regions: Option<OutputForm>,
    /// In what form connectors are wanted.
    pub connectors: Option<OutputForm>,
}

/// What a thread works with.
#[derive(Default)]
struct Hands {
    /// Room to write members in.
    members: String,
    /// The region of the feature at hand.
    region: Vec<u8>,
    /// Its connectors.
    connectors: Connectors,
    /// Made when the first feature needs it: PROJ can't go from thread to thread.
    reprojector: Option<Reprojector>,
}

impl Hands {
    fn reprojector(&mut self, systems: &Systems) -> Result<&mut Reprojector, Error> {
        match &mut self.reprojector {
            Some(reprojector) => Ok(reprojector),
            none => Ok(none.insert(Reprojector::new(systems.clone())?)),
        }
    }

    /// Tells what was done to coordinates.
    fn lay_down(self, summary: &mut Summary) {
        for report in self.reprojector.iter().flat_map(Reprojector::reports) {
            Reprojection::merge(&mut summary.reprojections, report.clone());
        }
    }
}

/// What a batch has become.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The text to write: each feature with what stands before it.
    pub text: Vec<u8>,
    /// How much of it stands before the first feature that is written.
    pub lead: usize,
    /// What stood before the first feature that was read.
    pub first_lead: String,
    /// The features of regions.
    pub regions: Vec<u8>,
    /// Those of connectors.
    pub connectors: Connectors,
    /// Bad features; numbers and lines count from the start of the batch.
    pub rejects: Vec<Reject>,
    /// What ended the work, behind the features in `text`.
    pub error: Option<Error>,
    /// How much the batch held.
    pub passed: Passed,
    /// The batch's own text, for the reader to use again.
    used: Vec<u8>,
}

/// The two buffers of a batch: what is read, and what is written.
#[derive(Default)]
struct Buffers {
    read: Vec<u8>,
    written: Vec<u8>,
}

/// Reads to the end and gives each result to `sink`, in order, until that fails. Besides the counts comes
/// the stream back, or why it ended before its time: then all that came before has gone to the sink.
pub(crate) fn run(
    mut stream: IncidentStream,
    work: &Work<'_>,
    threads: usize,
    sink: &mut dyn FnMut(&mut Done) -> Result<(), Error>,
) -> Result<(Summary, Result<IncidentStream, Error>), Error> {
    let mut summary = Summary::new(work.annotator);
    if threads <= 1 {
        let mut buffers = Buffers::default();
        let mut hands = Hands::default();
        loop {
            let batch = match stream.next_batch(std::mem::take(&mut buffers.read)) {
                Ok(Some(batch)) => batch,
                Ok(None) => {
                    hands.lay_down(&mut summary);
                    return Ok((summary, Ok(stream)));
                }
                Err(error) => return Ok((summary, Err(error))),
            };
            let mut done = work.batch(batch, std::mem::take(&mut buffers.written), &mut hands, &mut summary);
            sink(&mut done)?;
            buffers = Buffers { read: done.used, written: done.text };
        }
    }
    let (free, free_buffers) = channel::<Buffers>();
    for _ in 0..2 * threads + 2 {
        // The receiver is alive: it stands in this very function.
        let _ = free.send(Buffers::default());
    }
    let (jobs, waiting) = channel::<(u64, TextBatch, Vec<u8>)>();
    let (results, finished) = channel::<Message>();
    let waiting = Mutex::new(waiting);
    let end = results.clone();
    // Not of the scope below: where the work ends early, nobody waits for a slow input.
    let fail = |e| Error::io("start a thread", e);
    let reader = std::thread::Builder::new();
    reader.spawn(move || read_all(stream, &free_buffers, &jobs, &end)).map_err(fail)?;
    std::thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..threads {
            let (results, waiting) = (results.clone(), &waiting);
            let worker = std::thread::Builder::new();
            match worker.spawn_scoped(scope, move || work.until_the_end(waiting, &results)) {
                Ok(worker) => workers.push(worker),
                // Fewer do as well.
                Err(_) if !workers.is_empty() => break,
                Err(e) => return Err(fail(e)),
            }
        }
        drop(results);
        let ended = take_in_order(&finished, &free, sink);
        // Lets the others see that nobody waits for more.
        drop((free, finished));
        for worker in workers {
            match worker.join() {
                Ok(counted) => summary.add(&counted),
                Err(panic) => resume_unwind(panic),
            }
        }
        ended.map(|ended| (summary, ended))
    })
}

/// What goes to the thread that writes.
enum Message {
    Done(u64, Box<Done>),
    /// Behind so many batches the text ends, or reading has failed.
    End(u64, Box<Result<IncidentStream, Error>>),
    Panicked(Box<dyn std::any::Any + Send>),
}

fn read_all(
    mut stream: IncidentStream,
    free: &Receiver<Buffers>,
    jobs: &Sender<(u64, TextBatch, Vec<u8>)>,
    results: &Sender<Message>,
) {
    for number in 0.. {
        // Without a free buffer nobody waits for more.
        let Ok(buffers) = free.recv() else { return };
        let message = match stream.next_batch(buffers.read) {
            Ok(Some(batch)) => match jobs.send((number, batch, buffers.written)) {
                Ok(()) => continue,
                Err(_) => return,
            },
            Ok(None) => Message::End(number, Box::new(Ok(stream))),
            Err(error) => Message::End(number, Box::new(Err(error))),
        };
        let _ = results.send(message);
        return;
    }
}

fn take_in_order(
    finished: &Receiver<Message>,
    free: &Sender<Buffers>,
    sink: &mut dyn FnMut(&mut Done) -> Result<(), Error>,
) -> Result<Result<IncidentStream, Error>, Error> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    let mut end = None;
    loop {
        match finished.recv() {
            Ok(Message::Done(number, done)) => {
                early.insert(number, done);
            }
            Ok(Message::End(number, ended)) => end = Some((number, ended)),
            Ok(Message::Panicked(panic)) => resume_unwind(panic),
            Err(_) => return Err(Error::argument("could not go on: a thread has ended before its time")),
        }
        while let Some(mut done) = early.remove(&next) {
            sink(&mut done)?;
            next += 1;
            let _ = free.send(Buffers { read: done.used, written: done.text });
        }
        if let Some((_, ended)) = end.take_if(|(number, _)| *number == next) {
            return Ok(*ended);
        }
    }
}

impl Work<'_> {
    fn until_the_end(
        &self,
        waiting: &Mutex<Receiver<(u64, TextBatch, Vec<u8>)>>,
        results: &Sender<Message>,
    ) -> Summary {
        let mut summary = Summary::new(self.annotator);
        let mut hands = Hands::default();
        // Ends where nobody gives or takes any more.
        while let Some((number, batch, written)) = waiting.lock().ok().and_then(|waiting| waiting.recv().ok())
        {
            let annotate = || Box::new(self.batch(batch, written, &mut hands, &mut summary));
            let message = match catch_unwind(AssertUnwindSafe(annotate)) {
                Ok(done) => Message::Done(number, done),
                Err(panic) => Message::Panicked(panic),
            };
            if results.send(message).is_err() {
                break;
            }
        }
        hands.lay_down(&mut summary);
        summary
    }

    /// Annotates a batch.
    fn batch(&self, batch: TextBatch, mut text: Vec<u8>, hands: &mut Hands, summary: &mut Summary) -> Done {
        text.clear();
        let mut done = Done { text, ..Done::default() };
        let mut is_first = true;
        let passed = batch.for_each(|feature, between| {
            if std::mem::take(&mut is_first) && self.own_separators {
                between.clone_into(&mut done.first_lead);
            }
            let start = done.text.len();
            match self.one(&feature, between, &mut done.text, hands, summary) {
                Ok(lead) => {
                    if start == 0 {
                        done.lead = lead;
                    }
                    done.regions.append(&mut hands.region);
                    done.connectors.append(&mut hands.connectors);
                    true
                }
                Err(error) => {
                    done.text.truncate(start);
                    if self.strict {
                        done.error = Some(error);
                        return false;
                    }
                    let path = error.path().map_or(String::new(), |path| format!("{path}: "));
                    done.rejects.push(Reject {
                        file: String::new(),
                        line: feature.line,
                        feature: feature.number,
                        reason: path + error.message(),
                        text: feature.text.to_owned(),
                    });
                    true
                }
            }
        });
        match passed {
            Ok(passed) => done.passed = passed,
            Err(error) => done.error = Some(error),
        }
        done.used = batch.text;
        done
    }

    /// Appends one feature with what stands before it, and gives the length of that.
    fn one(
        &self,
        feature: &RawFeature<'_>,
        between: &str,
        out: &mut Vec<u8>,
        hands: &mut Hands,
        summary: &mut Summary,
    ) -> Result<usize, Error> {
        let before = match self.form {
            OutputForm::Collection if self.own_separators => between,
            OutputForm::Collection => ",\n",
            OutputForm::Lines => "",
            OutputForm::Sequence => "\u{1E}",
        };
        out.extend_from_slice(before.as_bytes());
        let start = out.len();
        hands.region.clear();
        hands.connectors.clear();
        let answer = if self.systems.is_plain() {
            match feature.parts().and_then(|parts| Ok((parts.place()?, parts))) {
                Ok((place, parts)) => self.annotator.splice(&parts, place, &mut hands.members, out)?,
                // A feature may have a `crs` of its own.
                Err(_) if may_name_a_crs(feature.text) => self.reprojected(feature, hands, out)?,
                Err(error) => return Err(error),
            }
        } else {
            self.reprojected(feature, hands, out)?
        };
        if let (Some(form), Some(region)) = (self.regions, answer.as_ref().and_then(|a| a.region.as_deref()))
        {
            let text = String::from_utf8_lossy(&out[start..]);
            let annotated = RawFeature { text: &text, validated: true, ..*feature }.parts()?;
            let (id, properties) = (annotated.own_id(), annotated.properties.object());
            let region = region.sighting.location.region();
            push_region(form, region, id.as_ref(), properties, &mut hands.region)?;
        }
        if let (Some(form), Some(answer)) = (self.connectors, &answer) {
            let id = feature.parts()?.id_or_property();
            hands.connectors.push(form, self.annotator, answer, feature.number, id.as_ref())?;
        }
        if let Some(member) = self.each {
            splice_into_feature(out, start, member, PROVENANCE, self.annotator.options().replace)
                .map_err(|error| feature.blame(error))?;
        }
        if let Some(member) = self.crs {
            splice_into_feature(out, start, member, "crs", true).map_err(|error| feature.blame(error))?;
        }
        if self.form == OutputForm::Lines {
            fold_lines(out, start);
        }
        if self.form != OutputForm::Collection {
            out.push(b'\n');
        }
        summary.count(answer.as_ref(), self.annotator);
        Ok(if self.form == OutputForm::Sequence { 0 } else { before.len() })
    }

    /// Appends the feature located in WGS84 and written in the system that is wanted.
    fn reprojected(
        &self,
        feature: &RawFeature<'_>,
        hands: &mut Hands,
        out: &mut Vec<u8>,
    ) -> Result<Option<Answer>, Error> {
        let texts = hands.reprojector(&self.systems)?.feature(feature)?;
        let wgs84 = texts.wgs84.as_deref().unwrap_or(feature.text);
        let in_wgs84 = RawFeature { text: wgs84, validated: true, ..*feature };
        let parts = in_wgs84.parts()?;
        let place = parts.place()?;
        if self.systems.output.is_none() {
            return self.annotator.splice(&parts, place, &mut hands.members, out);
        }
        let written = texts.written.as_deref().unwrap_or(feature.text);
        let written = RawFeature { text: written, validated: true, ..*feature };
        self.annotator.splice(&written.parts()?, place, &mut hands.members, out)
    }
}
