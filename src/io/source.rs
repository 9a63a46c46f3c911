//! One input text, read whole: from a file, from a stream or from memory.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Error;

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
    /// Where the text begins: behind a byte order mark.
    start: usize,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it can't be opened or read, and as [`from_bytes`](Self::from_bytes).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Error::io("open or read it", e).in_file(&name))?;
        Self::from_bytes(name, bytes)
    }

    /// Reads a stream to its end; `name` stands for the file in messages (`<stdin>`).
    ///
    /// # Errors
    /// Where it can't be read, and as [`from_bytes`](Self::from_bytes).
    pub fn read(name: impl Into<String>, mut reader: impl Read) -> Result<Self, Error> {
        let name = name.into();
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|e| Error::io("read it", e).in_file(&name))?;
        Self::from_bytes(name, bytes)
    }

    /// Takes bytes as a file would hold them.
    ///
    /// # Errors
    /// Where gzip data is damaged (or nothing under a name that ends in `.gz`), or the text is not UTF-8 (the byte is named).
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        let name = name.into();
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        refuse_empty_gzip(&name, &bytes).map_err(|e| e.in_file(&name))?;
        let bytes = if bytes.starts_with(&[0x1F, 0x8B]) { gunzip(&bytes, &name)? } else { bytes };
        let text = String::from_utf8(bytes).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            let found = match e.as_bytes() {
                [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => "UTF-16".to_owned(),
                bytes => format!("the byte 0x{:02X} at offset {at}", bytes.get(at).copied().unwrap_or(0)),
            };
            let line = 1 + e.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() as u64;
            Error::json(format!("not JSON: found {found}, expected UTF-8: convert the file"))
                .in_file(&name)
                .at_line(line)
                .at_byte(at as u64)
        })?;
        let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Ok(Source { name, sha256, text, start })
    }

    /// The name as it was given: a path, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The base name of the file.
    pub fn file(&self) -> &str {
        Path::new(&self.name).file_name().and_then(|name| name.to_str()).unwrap_or(&self.name)
    }

    /// True where the name is one of a sequence of features: an empty text then is an empty layer.
    pub(crate) fn is_sequence_by_name(&self) -> bool {
        is_sequence_name(self.file())
    }

    /// The SHA-256 of the bytes as they were read (gzip not undone), in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The same source with another text; the checksum stays that of the bytes as they were read.
    pub(crate) fn with_text(&self, text: String) -> Self {
        Source { text, start: 0, name: self.name.clone(), sha256: self.sha256.clone() }
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text[self.start..]
    }
}

/// True where a file of that name has a feature a line or a record.
pub(crate) fn is_sequence_name(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".geojsonl", ".ndjson", ".geojsons"].iter().any(|extension| name.ends_with(extension))
}

/// Nothing at all is no gzip file: something went wrong where it was made, and it is no empty layer.
pub(crate) fn refuse_empty_gzip(name: &str, start: &[u8]) -> Result<(), Error> {
    if start.is_empty() && name.to_ascii_lowercase().ends_with(".gz") {
        return Err(Error::input("found an empty file, which is no gzip file: copy or make it again"));
    }
    Ok(())
}

/// True of what the decoder says of a damaged file; any other text has no such fault.
pub(crate) fn is_of_gzip(fault: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidInput, UnexpectedEof};
    matches!(fault.kind(), InvalidInput | UnexpectedEof)
}

/// Undoes gzip, all members of it.
fn gunzip(bytes: &[u8], name: &str) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out).map_err(|e| {
        Error::input(format!("found damaged gzip data ({e}), expected a whole gzip file: copy it again"))
            .in_file(name)
    })?;
    Ok(out)
}
