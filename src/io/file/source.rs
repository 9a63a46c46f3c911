//! One input text, read whole: from a file, from a stream or from memory.

use crate::memory::{no_room, room};
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Error;
use crate::io::file::gzip::{self, Inflated, is_gzip};
use crate::io::file::limits::ReadLimits;
use crate::io::json::squeeze::Squeeze;
use crate::io::layer::finding::Finding;

/// The text of one input, with what provenance wants to know about it.
///
/// gzip is recognised by its first bytes, whatever the name says; a byte order mark is skipped.
///
/// ```
/// use patrol_corridor::io::Source;
/// let source = Source::from_bytes("posts.geojson", br#"{"type":"FeatureCollection","features":[]}"#.to_vec())?;
/// assert_eq!(source.file(), "posts.geojson");
/// assert_eq!(source.sha256().len(), 64);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    sha256: String,
    text: String,
    /// The white space that the text had besides.
    squeeze: Squeeze,
}

/// How much is read at a time.
const BLOCK_BYTES: usize = 1 << 18;

impl Source {
    /// Reads a file.
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// assert_eq!(Source::open(format!("{data}/posts.geojson"))?.file(), "posts.geojson");
    /// assert!(Source::open(format!("{data}/none.geojson")).unwrap_err().is_io());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it can't be opened or read, and as [`from_bytes`](Self::from_bytes).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_within(path, &ReadLimits::default())
    }

    /// Reads a file that may be as large as `limits` say.
    ///
    /// ```
    /// use patrol_corridor::Limit;
    /// use patrol_corridor::io::{ReadLimits, Source};
    /// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/posts.geojson");
    /// let limits = ReadLimits::default().with_text_bytes(1_000);
    /// assert_eq!(Source::open_within(path, &limits).unwrap_err().exceeded(), Some(Limit::Text));
    /// ```
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_within(path: impl AsRef<Path>, limits: &ReadLimits) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let file = File::open(path).map_err(|e| Error::io("open or read it", e).in_file(&name))?;
        Self::read_within(name, file, limits)
    }

    /// Reads a stream to its end; `name` stands for the file in messages (`<stdin>`).
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let source = Source::read("<stdin>", text.as_bytes())?; // or std::io::stdin()
    /// assert_eq!((source.name(), source.text()), ("<stdin>", text));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it can't be read, and as [`from_bytes`](Self::from_bytes).
    pub fn read(name: impl Into<String>, reader: impl Read) -> Result<Self, Error> {
        Self::read_within(name, reader, &ReadLimits::default())
    }

    /// Reads a stream to its end that may be as long as `limits` say.
    ///
    /// ```
    /// use patrol_corridor::Limit;
    /// use patrol_corridor::io::{ReadLimits, Source};
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let limits = |text_bytes| ReadLimits::default().with_text_bytes(text_bytes);
    /// assert!(Source::read_within("<stdin>", text.as_bytes(), &limits(100)).is_ok());
    /// let error = Source::read_within("<stdin>", text.as_bytes(), &limits(50)).unwrap_err();
    /// assert_eq!(error.exceeded(), Some(Limit::Text));
    /// ```
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_within(
        name: impl Into<String>,
        reader: impl Read,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        let name = name.into();
        Self::of_reader(&name, reader, limits).map_err(|error| error.in_file(name))
    }

    /// Reads the text that a reader makes of a file in another format: name and checksum are those of the file.
    ///
    /// ```no_run
    /// # #[cfg(feature = "kml")] {
    /// use patrol_corridor::io::{Features, LayerKind, ReadLimits, Source};
    /// let limits = ReadLimits::default();
    /// let file = std::fs::File::open("posts.kml").unwrap();
    /// let features = Features::kml("posts.kml", file, &limits).unwrap().for_layer(LayerKind::Posts);
    /// let source = Source::made_of("posts.kml".as_ref(), features, &limits).unwrap();
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`read`](Self::read), and where the file can't be read.
    pub fn made_of(path: &Path, reader: impl Read, limits: &ReadLimits) -> Result<Self, Error> {
        let source = Self::read_within(path.display().to_string(), reader, limits)?;
        let fail = |e| Error::io("open or read it", e).in_file(path.display().to_string());
        let mut hashed = Hashed { reader: File::open(path).map_err(fail)?, sha256: Sha256::new() };
        std::io::copy(&mut hashed, &mut std::io::sink()).map_err(fail)?;
        Ok(Source { sha256: hex(hashed.sha256), ..source })
    }

    /// Takes bytes as a file would hold them.
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// assert_eq!(Source::from_bytes("post.geojson", text.into())?.text(), text);
    /// let error = Source::from_bytes("post.geojson", b"{\"name\":\"\xff\"}".to_vec()).unwrap_err();
    /// assert_eq!(error.byte(), Some(9));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where gzip data is damaged (or nothing under a name that ends in `.gz`), or the text is not UTF-8 (the byte is
    /// named); where it is larger than [`ReadLimits`] permit, or than there is memory for.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        Self::read(name, &bytes[..])
    }

    fn of_reader(name: &str, reader: impl Read, limits: &ReadLimits) -> Result<Self, Error> {
        let hashed = Hashed { reader, sha256: Sha256::new() };
        let mut input = BufReader::with_capacity(BLOCK_BYTES, hashed);
        let mut start = Vec::new();
        input.by_ref().take(3).read_to_end(&mut start).map_err(|e| gzip::read_error(e, false))?;
        gzip::refuse_empty(name, &start)?;
        let mut text = Text { text: Vec::new(), squeeze: Squeeze::default(), mark_bytes: 0, limits };
        let mut input = Cursor::new(start.clone()).chain(input);
        if is_gzip(&start) {
            text.read(&mut Inflated::new(&mut input, limits), true)?;
        } else {
            text.read(&mut input, false)?;
        }
        // The decoder may leave what stands behind the last member.
        let rest = std::io::copy(&mut input, &mut std::io::sink());
        rest.map_err(|e| gzip::read_error(e, false))?;
        let sha256 = hex(input.into_inner().1.into_inner().sha256);
        let Text { text, squeeze, mark_bytes, .. } = text;
        let squeeze = squeeze.finish(&text);
        match String::from_utf8(text) {
            Ok(text) => Ok(Source { name: name.to_owned(), sha256, text, squeeze }),
            Err(error) => Err(not_utf8(&error, &squeeze, mark_bytes)),
        }
    }

    /// The name as it was given: a path, or `<stdin>`.
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// assert_eq!(Source::from_bytes("logs/post.geojson", text.into())?.name(), "logs/post.geojson");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The base name of the file.
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// assert_eq!(Source::from_bytes("logs/post.geojson", text.into())?.file(), "post.geojson");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn file(&self) -> &str {
        Path::new(&self.name).file_name().and_then(|name| name.to_str()).unwrap_or(&self.name)
    }

    /// True where the name is one of a sequence of features: an empty text then is an empty layer.
    pub(crate) fn is_sequence_by_name(&self) -> bool {
        is_sequence_name(self.file())
    }

    /// The SHA-256 of the bytes as they were read (gzip not undone), in lower-case hexadecimal.
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// let source = Source::from_bytes("post.geojson", text.into())?;
    /// assert_eq!(&source.sha256()[..16], "e0b5bd097ef1212a");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The same source with another text; the checksum stays that of the bytes as they were read.
    pub(crate) fn with_text(&self, text: String) -> Self {
        Source { text, squeeze: self.squeeze.clone(), name: self.name.clone(), sha256: self.sha256.clone() }
    }

    /// The text, without a byte order mark, and without white space between tokens where that is very long.
    ///
    /// ```
    /// use patrol_corridor::io::Source;
    /// let text = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
    /// // A byte order mark is no part of the text.
    /// let source = Source::from_bytes("post.geojson", format!("\u{feff}{text}").into())?;
    /// assert_eq!(source.text(), text);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names the file, and the place in it, in an error whose place is that in the text.
    pub(crate) fn blame(&self, error: Error) -> Error {
        match error.file() {
            None => self.squeeze.place(error).in_file(self.name()),
            Some(_) => error,
        }
    }

    /// Names the file and the line in it in a finding whose line is that in the text.
    pub(crate) fn place(&self, finding: &mut Finding) {
        self.name.clone_into(&mut finding.file);
        finding.line = finding.line.map(|line| self.squeeze.line(line));
    }
}

fn hex(sha256: Sha256) -> String {
    sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes as they were read, for their checksum.
struct Hashed<R> {
    reader: R,
    sha256: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.sha256.update(&buffer[..count]);
        Ok(count)
    }
}

/// A text as it grows.
struct Text<'l> {
    text: Vec<u8>,
    squeeze: Squeeze,
    /// The size of the byte order mark, which is dropped.
    mark_bytes: u64,
    limits: &'l ReadLimits,
}

impl Text<'_> {
    fn read(&mut self, input: &mut impl Read, is_gzip: bool) -> Result<(), Error> {
        let text = &mut self.text;
        let mut is_start = true;
        loop {
            if text.capacity() - text.len() < BLOCK_BYTES {
                let more = BLOCK_BYTES.max(text.len());
                // The text is parsed when it is whole.
                room(text.len() + more)?;
                text.try_reserve_exact(more).map_err(|_| no_room())?;
            }
            let count =
                input.take(BLOCK_BYTES as u64).read_to_end(text).map_err(|e| gzip::read_error(e, is_gzip))?;
            if std::mem::take(&mut is_start) && text.starts_with(b"\xEF\xBB\xBF") {
                self.mark_bytes = text.drain(..3).len() as u64;
            }
            self.squeeze.squeeze(text);
            if count == 0 {
                return Ok(());
            }
            self.limits.text(text.len())?;
        }
    }
}

fn not_utf8(error: &std::string::FromUtf8Error, squeeze: &Squeeze, mark_bytes: u64) -> Error {
    let at = error.utf8_error().valid_up_to();
    let byte = mark_bytes + squeeze.byte(at as u64);
    let found = match error.as_bytes() {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => "UTF-16".to_owned(),
        bytes => format!("the byte 0x{:02X} at offset {byte}", bytes.get(at).copied().unwrap_or(0)),
    };
    let lines = memchr::memchr_iter(b'\n', &error.as_bytes()[..at]).count() as u64;
    let error = Error::json(format!("not JSON: {found}, expected UTF-8: convert the file"));
    error.at_line(squeeze.line(1 + lines)).at_byte(byte)
}

/// True where a file of that name has a feature a line or a record.
pub(crate) fn is_sequence_name(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".geojsonl", ".ndjson", ".geojsons"].iter().any(|extension| name.ends_with(extension))
}
