//! Incidents read block by block: memory does not grow with the file.
//!
//! A text is recognised by its beginning, cut into batches at the borders of features, and handed on
//! batch by batch. What is inside a feature is not looked at here: the threads that annotate it check its
//! grammar.

mod batch;
mod frame;
mod opening;
mod passed;
mod splitter;
mod utf8;

use crate::memory::room;
use std::fs::File;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) use batch::Batch;
pub(crate) use frame::{edited_collection, foreign_names};
use opening::Opening;
pub(crate) use passed::Passed;
use splitter::Splitter;
pub(crate) use utf8::text_of;

use crate::Error;
use crate::io::file::gzip::{self, Inflated};
use crate::io::file::limits::ReadLimits;
use crate::io::file::source::is_sequence_name;
use crate::io::geojson::document;
use crate::io::json::squeeze::Squeeze;

/// How much is read at a time, unless the caller wants another size.
const BLOCK_BYTES: usize = 1 << 20;

/// So many records go into a batch at most: of the smallest a block holds half a million, and each may become an error.
const MOST_RECORDS: usize = 1 << 14;

/// White space is looked for in a record, or between two, once so much of it has been read.
const LONG: usize = 1 << 20;

/// A text of incidents that is read as it is annotated.
///
/// FeatureCollection (members in any order), newline-delimited features, RFC 8142 sequence, one Feature
/// or geometry; each also gzipped, with or without a byte order mark.
///
/// ```
/// use patrol_corridor::io::IncidentStream;
/// let text = r#"{"type":"Point","coordinates":[46.8,40.0]}"#;
/// let incidents = IncidentStream::from_bytes("day.geojson", text.into())?;
/// assert_eq!(incidents.file(), "day.geojson");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub struct IncidentStream {
    reader: Box<dyn Read + Send>,
    name: String,
    file: String,
    block_bytes: usize,
    limits: ReadLimits,
    bytes_read: Arc<AtomicU64>,
    form: Form,
    /// White space that has been dropped from the head.
    dropped: Passed,
    /// What has been dropped from the buffer.
    squeeze: Squeeze,
    /// Features of a collection that stand in the buffer.
    found: Vec<Range<usize>>,
    is_gzip: bool,
    /// Read and not handed out yet.
    buffer: Vec<u8>,
    at_end: bool,
    /// All has been handed out.
    is_done: bool,
}

/// What kind of text it is.
enum Form {
    /// A FeatureCollection whose features are being read; the text up to its `[`.
    Collection { head: String, splitter: Splitter },
    /// A record a line.
    Lines,
    /// A record behind each 0x1E.
    Sequence,
    /// One Feature or geometry.
    One,
}

impl std::fmt::Debug for IncidentStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IncidentStream").field("name", &self.name).finish_non_exhaustive()
    }
}

impl IncidentStream {
    /// Opens a file.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// assert_eq!(IncidentStream::open(format!("{data}/incidents.geojson"))?.file(), "incidents.geojson");
    /// assert!(IncidentStream::open(format!("{data}/none.geojson")).unwrap_err().is_io());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it can't be opened or read, or does not begin as GeoJSON does.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let name = path.as_ref().display().to_string();
        let file = File::open(path).map_err(|e| Error::io("open the file", e).in_file(&*name))?;
        Self::read(name, file)
    }

    /// Reads what a reader gives; `name` is what errors call it.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let incidents = IncidentStream::read("<stdin>", text.as_bytes())?; // or std::io::stdin()
    /// assert_eq!(incidents.name(), "<stdin>");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn read(name: impl Into<String>, reader: impl Read + Send + 'static) -> Result<Self, Error> {
        Self::in_blocks(name, reader, BLOCK_BYTES)
    }

    /// As [`read`](Self::read), of a text whose records may be as large as `limits` say.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn read_within(
        name: impl Into<String>,
        reader: impl Read + Send + 'static,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        Self::of_blocks(name.into(), reader, BLOCK_BYTES, limits)
    }

    /// A text in memory.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// assert!(IncidentStream::from_bytes("day.geojson", text.into()).is_ok());
    /// ```
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        Self::read(name, Cursor::new(bytes))
    }

    /// As [`read`](Self::read), with so many bytes at a time; a feature that is larger works all the same.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// // A feature may be larger than a block.
    /// let incidents = IncidentStream::in_blocks("day.geojson", text.as_bytes(), 16)?;
    /// assert_eq!(incidents.file(), "day.geojson");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn in_blocks(
        name: impl Into<String>,
        reader: impl Read + Send + 'static,
        block_bytes: usize,
    ) -> Result<Self, Error> {
        Self::of_blocks(name.into(), reader, block_bytes, &ReadLimits::default())
    }

    pub(crate) fn of_blocks(
        name: String,
        reader: impl Read + Send + 'static,
        block_bytes: usize,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        let file =
            Path::new(&name).file_name().map_or(name.clone(), |file| file.to_string_lossy().into_owned());
        let mut stream = IncidentStream {
            reader: Box::new(reader),
            file,
            block_bytes: block_bytes.max(1),
            limits: *limits,
            bytes_read: Arc::default(),
            form: Form::One,
            dropped: Passed::default(),
            squeeze: Squeeze::default(),
            found: Vec::new(),
            is_gzip: false,
            buffer: Vec::new(),
            at_end: false,
            is_done: false,
            name,
        };
        stream.begin().map_err(|error| error.in_file(&*stream.name))?;
        Ok(stream)
    }

    /// What errors call it.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// assert_eq!(IncidentStream::from_bytes("logs/day.geojson", text.into())?.name(), "logs/day.geojson");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The base name of the file.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let incidents = IncidentStream::from_bytes("logs/day.geojson", text.into())?;
    /// assert_eq!((incidents.name(), incidents.file()), ("logs/day.geojson", "day.geojson"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How many bytes have been read so far (of a gzipped file: compressed ones), for whoever shows
    /// progress while the stream is worked on.
    ///
    /// ```
    /// use patrol_corridor::io::IncidentStream;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// use std::sync::atomic::Ordering;
    /// let incidents = IncidentStream::from_bytes("day.geojson", text.into())?;
    /// // So short a text is read when it is opened, to see what it is.
    /// assert_eq!(incidents.bytes_read().load(Ordering::Relaxed), text.len() as u64);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes_read)
    }

    /// The text of a FeatureCollection up to the `[` of its features; none for other forms.
    pub(crate) fn head(&self) -> Option<&str> {
        match &self.form {
            Form::Collection { head, .. } => Some(head),
            _ => None,
        }
    }

    /// How much stands before the features, with white space that has been dropped; of other forms nothing.
    pub(crate) fn head_passed(&self) -> Passed {
        let mut passed = self.head().map_or(Passed::default(), Passed::text);
        if self.head().is_some() {
            passed += self.dropped;
        }
        passed
    }

    /// Undoes gzip, skips a byte order mark, and tells what the text is.
    fn begin(&mut self) -> Result<(), Error> {
        self.fill_to(3)?;
        gzip::refuse_empty(&self.file, &self.buffer)?;
        if gzip::is_gzip(&self.buffer) {
            self.is_gzip = true;
            let start = Cursor::new(std::mem::take(&mut self.buffer));
            let rest = std::mem::replace(&mut self.reader, Box::new(std::io::empty()));
            let inflated = Inflated::new(start.chain(rest), &self.limits);
            self.bytes_read = inflated.packed_bytes();
            self.reader = Box::new(inflated);
            self.at_end = false;
            self.fill_to(3)?;
        }
        if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            // Dropped: the output has none.
            self.buffer.drain(..3);
        }
        let by_name = is_sequence_name(&self.file);
        loop {
            match opening::recognise(&self.buffer, self.at_end, by_name) {
                Opening::Unknown => {
                    self.limits
                        .record("the beginning, up to the end of the first feature,", self.buffer.len())?;
                    if self.buffer.len() >= LONG {
                        self.squeeze.squeeze(&mut self.buffer);
                    }
                    // Whatever the size of blocks: what a text is taken for must not depend on it.
                    let wanted = (2 * self.buffer.len()).max(1 << 16);
                    self.fill_to(wanted)?;
                }
                Opening::Collection { features_at } => {
                    let head = text_of(self.buffer[..features_at].to_vec(), 0)?;
                    let squeeze = std::mem::take(&mut self.squeeze).finish(head.as_bytes());
                    opening::check_head(&head).map_err(|error| squeeze.place(error))?;
                    self.dropped = squeeze.dropped();
                    self.buffer.drain(..features_at);
                    self.form = Form::Collection { head, splitter: Splitter::default() };
                    return Ok(());
                }
                Opening::Lines => {
                    self.form = Form::Lines;
                    return Ok(());
                }
                Opening::Sequence => {
                    self.form = Form::Sequence;
                    return Ok(());
                }
                Opening::One => return Ok(()),
            }
        }
    }

    /// Reads until the buffer holds `wanted` bytes or the text ends.
    fn fill_to(&mut self, wanted: usize) -> Result<(), Error> {
        while self.buffer.len() < wanted && !self.at_end {
            let missing = (wanted - self.buffer.len()) as u64;
            let before = self.buffer.len();
            let read = self.reader.by_ref().take(missing).read_to_end(&mut self.buffer);
            let read = read.map_err(|error| gzip::read_error(error, self.is_gzip).in_file(&*self.name))?;
            if !self.is_gzip {
                // Here, not by a reader around the file: std would zero each block for that one.
                self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
            }
            self.at_end = self.buffer.len() == before || self.buffer.len() < wanted;
        }
        Ok(())
    }

    /// The next batch, in a buffer that is used again; `None` at the end of the features.
    ///
    /// # Errors
    /// Where reading fails, or what stands between features is not JSON. Bytes are counted from the start
    /// of this batch.
    pub(crate) fn next_batch(&mut self, mut used: Vec<u8>) -> Result<Option<Batch>, Error> {
        used.clear();
        let mut wanted = self.block_bytes;
        loop {
            self.fill_to(wanted)?;
            let Some((end, records)) = self.cut()? else {
                if self.is_done {
                    return Ok(None);
                }
                self.make_room()?;
                // A feature that is larger than the block; white space goes before it grows far.
                let larger = self.buffer.len() + self.block_bytes.max(self.buffer.len() / 2);
                wanted = if self.buffer.len() < LONG { larger.min(LONG) } else { larger };
                continue;
            };
            if end == 0 && self.at_end {
                return Ok(None);
            }
            self.is_done = self.at_end && end == self.buffer.len();
            // The rest is what a later batch begins with: mostly a part of one feature.
            used.extend_from_slice(&self.buffer[end..]);
            std::mem::swap(&mut self.buffer, &mut used);
            used.truncate(end);
            if let Form::Collection { splitter, .. } = &mut self.form {
                splitter.handed_out(end);
            }
            let squeeze = self.squeeze.split_off_before(end).finish(&used);
            return Ok(Some(Batch { text: used, records, squeeze, limits: self.limits }));
        }
    }

    /// Where the whole features in the buffer end; `None` where there is none, as at the end of them.
    fn cut(&mut self) -> Result<Option<(usize, batch::Records)>, Error> {
        let at_end = self.at_end;
        Ok(match &mut self.form {
            Form::Collection { splitter, .. } => {
                match splitter.advance(&self.buffer, at_end, MOST_RECORDS) {
                    Ok(mut cut) => {
                        self.is_done = cut.is_end && cut.features.is_empty() && self.found.is_empty();
                        self.found.append(&mut cut.features);
                    }
                    // Met again behind the features before it.
                    Err(_) if !self.found.is_empty() => {}
                    Err(error) => {
                        let at = error.byte().map_or(0, |byte| byte as usize);
                        let lines = memchr::memchr_iter(b'\n', &self.buffer[..at]).count() as u64;
                        let squeeze = self.squeeze.clone().finish(&self.buffer);
                        return Err(squeeze.place(error.at_line(1 + lines)));
                    }
                }
                let before = self.buffer.len();
                splitter.squeeze(&mut self.buffer, &mut self.found, &mut self.squeeze);
                // What has been dropped has made room for more of them.
                let has_room = self.buffer.len() < before - before / 8 && !at_end && !splitter.is_at_end();
                let end = self.found.last().filter(|_| !has_room).map(|last| last.end);
                end.map(|end| (end, batch::Records::Collection(std::mem::take(&mut self.found))))
            }
            Form::Lines => {
                let whole = if at_end { Some(self.buffer.len()) } else { behind_last(b'\n', &self.buffer) };
                let most = memchr::memchr_iter(b'\n', &self.buffer).nth(MOST_RECORDS - 1).map(|at| at + 1);
                let end = most.or(whole);
                end.map(|end| (end, batch::Records::Lines))
            }
            Form::Sequence => {
                // The last record may go on behind the buffer: it is the next batch's.
                let whole = if at_end {
                    Some(self.buffer.len())
                } else {
                    behind_last(0x1E, &self.buffer).map(|at| at - 1).filter(|&at| at > 0)
                };
                let end = memchr::memchr_iter(0x1E, &self.buffer).nth(MOST_RECORDS).or(whole);
                end.map(|end| (end, batch::Records::Sequence))
            }
            Form::One if !at_end || self.is_done => None,
            Form::One => {
                let text = text_of(std::mem::take(&mut self.buffer), 0)?;
                let place = |error| self.squeeze.clone().finish(text.as_bytes()).place(error);
                document::check_one(&text).map_err(place)?;
                self.buffer = text.into_bytes();
                Some((self.buffer.len(), batch::Records::One))
            }
        })
    }

    /// Drops long white space from a buffer without a whole feature, and checks how large the rest is.
    fn make_room(&mut self) -> Result<(), Error> {
        let mut start = 0;
        match &mut self.form {
            Form::Collection { splitter, .. } => match splitter.begun() {
                Some(at) => start = at,
                None => return Ok(()),
            },
            Form::Lines => {}
            Form::Sequence | Form::One if self.buffer.len() >= LONG => self.squeeze.squeeze(&mut self.buffer),
            Form::Sequence | Form::One => {}
        }
        self.limits.record("the feature", self.buffer.len() - start).map_err(|error| {
            let lines = memchr::memchr_iter(b'\n', &self.buffer[..start]).count() as u64;
            let error = error.in_feature(1).at_byte(start as u64).at_line(1 + lines);
            self.squeeze.clone().finish(&self.buffer).place(error).in_file(&*self.name)
        })
    }

    /// The rest of a FeatureCollection behind its last feature, once there is no batch left; checked with
    /// the head for grammar, type, members that stand twice and `crs`. `passed` is what the batches held.
    pub(crate) fn tail(&mut self, passed: Passed) -> Result<String, Error> {
        while !self.at_end {
            self.fill_to(self.buffer.len() + self.block_bytes)?;
            self.squeeze.squeeze(&mut self.buffer);
            let what = "what stands behind the features";
            self.limits.record(what, self.buffer.len()).map_err(|error| error.in_file(&*self.name))?;
        }
        let before = self.head_passed();
        let Form::Collection { head, .. } = &self.form else { return Ok(String::new()) };
        let tail = text_of(std::mem::take(&mut self.buffer), before.bytes + passed.bytes)?;
        let squeeze = std::mem::take(&mut self.squeeze).finish(tail.as_bytes());
        let (bytes, lines) = (head.len() as u64, crate::io::json::raw::newlines(head));
        room(2 * (head.len() + tail.len()))?;
        match document::check_collection(&[head, &*tail].concat()) {
            Ok(()) => Ok(tail),
            Err(error) if error.byte().is_some_and(|byte| byte < bytes) => Err(error),
            Err(error) => {
                let placed = error.placed(
                    |line| before.lines + squeeze.line(line.saturating_sub(lines)),
                    |byte| before.bytes + squeeze.byte(byte - bytes),
                );
                Err(placed.moved(0, passed.lines, passed.bytes))
            }
        }
    }
}

/// Behind the place where a byte stands last.
fn behind_last(byte: u8, bytes: &[u8]) -> Option<usize> {
    memchr::memrchr(byte, bytes).map(|at| at + 1)
}
