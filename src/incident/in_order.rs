//! Batches of a text on all threads, their results in order.
//!
//! One thread reads, some work, the caller's takes the results in the order of the text. A fixed number
//! of buffers goes around, so that no thread runs away from the others and memory stays bounded.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::Error;
use crate::io::{IncidentStream, TextBatch};

/// What is done with each batch.
pub(crate) trait Work: Sync {
    /// What a thread works with; it never leaves the thread.
    type Hands: Default;
    /// What a thread leaves at the end.
    type Left: Send;
    /// What a batch becomes.
    type Done: Send;

    /// Works on a batch; `room` is a buffer to use again.
    fn batch(&self, batch: &TextBatch, room: Vec<u8>, hands: &mut Self::Hands) -> Self::Done;

    /// What is left of what a thread worked with.
    fn left(hands: Self::Hands) -> Self::Left;

    /// Gives back a buffer of what has gone to the sink.
    fn room(done: &mut Self::Done) -> Vec<u8>;
}

/// The two buffers of a batch: what is read, and what is written.
#[derive(Default)]
struct Buffers {
    read: Vec<u8>,
    room: Vec<u8>,
}

/// What each thread left, and the stream behind its last feature, or why it ended before its time: then all that came
/// before has gone to the sink.
pub(crate) type Ended<L> = (Vec<L>, Result<IncidentStream, Error>);

/// Reads to the end and gives each result to `sink`, in order, until that fails.
pub(crate) fn in_order<W: Work>(
    mut stream: IncidentStream,
    work: &W,
    threads: usize,
    sink: &mut dyn FnMut(&mut W::Done) -> Result<(), Error>,
) -> Result<Ended<W::Left>, Error> {
    if threads <= 1 {
        let mut buffers = Buffers::default();
        let mut hands = W::Hands::default();
        loop {
            let batch = match stream.next_batch(std::mem::take(&mut buffers.read)) {
                Ok(Some(batch)) => batch,
                Ok(None) => return Ok((vec![W::left(hands)], Ok(stream))),
                Err(error) => return Ok((vec![W::left(hands)], Err(error))),
            };
            let mut done = work.batch(&batch, std::mem::take(&mut buffers.room), &mut hands);
            sink(&mut done)?;
            buffers = Buffers { read: batch.text, room: W::room(&mut done) };
        }
    }
    let (free, free_buffers) = channel::<Buffers>();
    for _ in 0..2 * threads + 2 {
        // The receiver is alive: it stands in this very function.
        let _ = free.send(Buffers::default());
    }
    let (jobs, waiting) = channel::<Job>();
    let (results, finished) = channel::<Message<W::Done>>();
    let waiting = Mutex::new(waiting);
    let (ends, end) = channel::<End>();
    // Not of the scope below: where the work ends early, nobody waits for a slow input.
    let fail = |e| Error::io("start a thread", e);
    let reader = std::thread::Builder::new();
    reader.spawn(move || read_all(stream, &free_buffers, &jobs, &ends)).map_err(fail)?;
    std::thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..threads {
            let (results, waiting) = (results.clone(), &waiting);
            let worker = std::thread::Builder::new();
            match worker.spawn_scoped(scope, move || until_the_end(work, waiting, &results)) {
                Ok(worker) => workers.push(worker),
                // Fewer do as well.
                Err(_) if !workers.is_empty() => break,
                Err(e) => return Err(fail(e)),
            }
        }
        drop(results);
        let ended = take_in_order::<W>(&finished, &end, &free, sink);
        // Lets the others see that nobody waits for more.
        drop((free, finished));
        let mut left = Vec::with_capacity(threads);
        for worker in workers {
            match worker.join() {
                Ok(one) => left.push(one),
                Err(panic) => resume_unwind(panic),
            }
        }
        ended.map(|ended| (left, ended))
    })
}

type Job = (u64, TextBatch, Vec<u8>);
type End = (u64, Result<IncidentStream, Error>);

/// What goes to the thread that writes: a result, and the text to read into again.
enum Message<D> {
    Done(u64, Box<D>, Vec<u8>),
    Panicked(Box<dyn std::any::Any + Send>),
}

fn read_all(mut stream: IncidentStream, free: &Receiver<Buffers>, jobs: &Sender<Job>, ends: &Sender<End>) {
    for number in 0.. {
        // Without a free buffer nobody waits for more.
        let Ok(buffers) = free.recv() else { return };
        let end = match stream.next_batch(buffers.read) {
            Ok(Some(batch)) => match jobs.send((number, batch, buffers.room)) {
                Ok(()) => continue,
                Err(_) => return,
            },
            Ok(None) => Ok(stream),
            Err(error) => Err(error),
        };
        let _ = ends.send((number, end));
        return;
    }
}

fn until_the_end<W: Work>(
    work: &W,
    waiting: &Mutex<Receiver<Job>>,
    results: &Sender<Message<W::Done>>,
) -> W::Left {
    let mut hands = W::Hands::default();
    // Exits when either channel closes.
    while let Some((number, batch, room)) = waiting.lock().ok().and_then(|waiting| waiting.recv().ok()) {
        let done = catch_unwind(AssertUnwindSafe(|| Box::new(work.batch(&batch, room, &mut hands))));
        let message = match done {
            Ok(done) => Message::Done(number, done, batch.text),
            Err(panic) => Message::Panicked(panic),
        };
        if results.send(message).is_err() {
            break;
        }
    }
    W::left(hands)
}

fn take_in_order<W: Work>(
    finished: &Receiver<Message<W::Done>>,
    end: &Receiver<End>,
    free: &Sender<Buffers>,
    sink: &mut dyn FnMut(&mut W::Done) -> Result<(), Error>,
) -> Result<Result<IncidentStream, Error>, Error> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        match finished.recv() {
            Ok(Message::Done(number, done, text)) => {
                early.insert(number, (done, text));
            }
            Ok(Message::Panicked(panic)) => resume_unwind(panic),
            // The workers have ended: so has the reader, before them.
            Err(_) => {
                return match end.try_recv() {
                    Ok((number, ended)) if number == next => Ok(ended),
                    _ => Err(Error::argument("could not go on: a thread has ended before its time")),
                };
            }
        }
        while let Some((mut done, text)) = early.remove(&next) {
            sink(&mut done)?;
            next += 1;
            let _ = free.send(Buffers { read: text, room: W::room(&mut done) });
        }
    }
}
