//! KMZ: a KML document in a ZIP archive, with the pictures that it shows.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Crc;
use zip::CompressionMethod;
use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::feature::{FeatureReader, ForeignFeature};
use super::kml::KmlReader;
use super::{Features, PassedOver};
use crate::Error;
use crate::io::file::gzip::{self, Inflated};
use crate::io::file::limits::ReadLimits;

/// The part of the header before an entry whose length is fixed.
const HEADER_BYTES: usize = 30;

impl Features {
    /// Reads the placemarks of a KMZ file; `name` is what errors call it.
    ///
    /// The document is `doc.kml`, or else the first KML file of the archive, one that is in no folder first, and those in the
    /// archive that it links to. Others are [passed over](Features::passed_over), and pictures ignored. All else is as in
    /// [`kml`](Features::kml).
    ///
    /// # Errors
    /// Returns an error if the file is no ZIP archive, has no KML document, or one that is encrypted or packed in another way
    /// than "deflate"; and as [`kml`](Features::kml). A document that is much larger than what it is packed in is an error
    /// of reading (see [`ReadLimits::inflated_bytes`]).
    ///
    /// # Examples
    /// ```
    /// use patrol_corridor::io::{Features, LayerOptions, NoProperties, ReadLimits, Source, read_posts};
    /// # use std::io::Write;
    /// # let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    /// # archive.start_file("doc.kml", zip::write::SimpleFileOptions::default()).unwrap();
    /// # let text = "<kml><Placemark><Point><coordinates>38.59,-3.36,0</coordinates></Point></Placemark></kml>";
    /// # archive.write_all(text.as_bytes()).unwrap();
    /// # let file = archive.finish().unwrap();
    /// // let file = std::fs::File::open("posts.kmz")?;
    /// let features = Features::kmz("posts.kmz", file, &ReadLimits::default())?;
    /// let posts = read_posts::<NoProperties>(&Source::read("posts.kmz", features)?, &LayerOptions::default())?;
    /// assert_eq!(posts.items.len(), 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn kmz(
        name: impl Into<String>,
        file: impl Read + Seek + Send + 'static,
        limits: &ReadLimits,
    ) -> Result<Features, Error> {
        let name = name.into();
        let passed_over = PassedOver::default();
        let reader =
            KmzReader::open(&name, file, limits, passed_over.clone()).map_err(|e| e.in_file(&*name))?;
        Ok(Features::new(reader, passed_over))
    }
}

/// The documents of an archive, one behind the other.
struct KmzReader<F> {
    name: String,
    file: Arc<Mutex<F>>,
    limits: ReadLimits,
    passed_over: PassedOver,
    entries: VecDeque<Entry>,
    documents: Vec<String>,
    /// The documents that those that were read link to.
    linked: Vec<String>,
    document: KmlReader,
    is_first: bool,
}

impl<F: Read + Seek + Send + 'static> KmzReader<F> {
    fn open(name: &str, mut file: F, limits: &ReadLimits, passed_over: PassedOver) -> Result<Self, Error> {
        let mut entries = VecDeque::from(entries(&mut file)?);
        let documents: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
        let first = entries.pop_front();
        let first =
            first.ok_or_else(|| Error::input("no KML document in this archive: a KMZ file has a doc.kml"))?;
        let file = Arc::new(Mutex::new(file));
        let document = document(name, first, &file, limits, passed_over.clone(), documents.clone())?;
        let name = name.to_owned();
        let (limits, linked) = (*limits, Vec::new());
        Ok(KmzReader {
            name,
            file,
            limits,
            passed_over,
            entries,
            documents,
            linked,
            document,
            is_first: true,
        })
    }
}

impl<F: Read + Seek + Send + 'static> FeatureReader for KmzReader<F> {
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error> {
        loop {
            if let Some(mut feature) = self.document.read()? {
                // Lines are those of the first document: those of others would be taken for them.
                feature.line *= u64::from(self.is_first);
                return Ok(Some(feature));
            }
            self.linked.append(&mut self.document.linked);
            let next = self.entries.iter().position(|entry| self.linked.contains(&entry.name));
            let Some(entry) = next.and_then(|next| self.entries.remove(next)) else {
                self.entries
                    .drain(..)
                    .for_each(|_| self.passed_over.count("another document in the archive"));
                return Ok(None);
            };
            let (passed_over, documents) = (self.passed_over.clone(), self.documents.clone());
            self.document = document(&self.name, entry, &self.file, &self.limits, passed_over, documents)
                .map_err(|error| error.in_file(&*self.name))?;
            self.is_first = false;
        }
    }
}

/// More documents than anybody exports.
const MOST_DOCUMENTS: usize = 1_000;

/// A KML document in an archive.
struct Entry {
    name: String,
    header_start: u64,
    packed_bytes: u64,
    bytes: u64,
    crc: u32,
    method: CompressionMethod,
    is_encrypted: bool,
}

impl Entry {
    /// `doc.kml` first, then what is in no folder.
    fn rank(&self) -> u8 {
        match () {
            () if self.name.eq_ignore_ascii_case("doc.kml") => 0,
            () if !self.name.contains('/') => 1,
            () => 2,
        }
    }
}

/// The KML documents of an archive, in the order in which they are read.
fn entries(file: &mut (impl Read + Seek)) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    let mut archive = ZipIterable::try_new(file, Config::default()).map_err(no_archive)?;
    for entry in archive.files().map_err(no_archive)? {
        let entry = entry.map_err(no_archive)?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        let is_hidden =
            name.rsplit('/').next().is_some_and(|file| file.starts_with('.')) || name.starts_with("__MACOSX");
        if is_hidden || !name.to_ascii_lowercase().ends_with(".kml") {
            continue;
        }
        if entries.len() == MOST_DOCUMENTS {
            return Err(Error::input(format!(
                "more than {MOST_DOCUMENTS} documents in this archive: unpack it"
            )));
        }
        entries.push(Entry {
            name,
            header_start: entry.header_start(),
            packed_bytes: entry.compressed_size(),
            bytes: entry.size(),
            crc: entry.crc32(),
            method: entry.compression(),
            is_encrypted: entry.encrypted(),
        });
    }
    entries.sort_by_key(Entry::rank);
    Ok(entries)
}

/// Opens a document of an archive.
fn document<F: Read + Seek + Send + 'static>(
    name: &str,
    entry: Entry,
    file: &Arc<Mutex<F>>,
    limits: &ReadLimits,
    passed_over: PassedOver,
    documents: Vec<String>,
) -> Result<KmlReader, Error> {
    let Entry { name: document, header_start, packed_bytes, bytes, crc, method, is_encrypted } = entry;
    if is_encrypted {
        let message = format!("{document} in this archive is encrypted: unpack it with its password first");
        return Err(Error::input(message));
    }
    let at = content_start(&mut *file.lock().unwrap_or_else(PoisonError::into_inner), header_start);
    let at = at.map_err(|fault| match fault.kind() {
        ErrorKind::UnexpectedEof => gzip::read_error(damaged(), false),
        _ => gzip::read_error(fault, false),
    })?;
    let packed = Content { file: Arc::clone(file), at, left: packed_bytes };
    let text: Box<dyn Read + Send> = match method {
        CompressionMethod::Stored => Box::new(packed),
        CompressionMethod::Deflated => Box::new(Inflated::zipped(packed, limits)),
        method => {
            let message =
                format!("{document} is packed by {method}, not by deflate: pack it again, or unpack it");
            return Err(Error::input(message));
        }
    };
    let text = Verified { text, crc: Crc::new(), count: 0, expected: (crc, bytes) };
    // Lines are those of the document in the archive.
    KmlReader::open(format!("{name}/{document}"), text, limits, passed_over, documents)
}

/// The packed bytes of one entry, of a file that others read from, too.
struct Content<F> {
    file: Arc<Mutex<F>>,
    at: u64,
    left: u64,
}

impl<F: Read + Seek> Read for Content<F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = file.read(&mut buffer[..most])?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

/// Where the content begins of the entry whose header begins there.
fn content_start(file: &mut (impl Read + Seek), header_start: u64) -> std::io::Result<u64> {
    file.seek(SeekFrom::Start(header_start))?;
    let mut header = [0; HEADER_BYTES];
    file.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(damaged());
    }
    // The lengths of the name and of further fields.
    let [.., n0, n1, x0, x1] = header;
    let skipped = i64::from(u16::from_le_bytes([n0, n1])) + i64::from(u16::from_le_bytes([x0, x1]));
    file.seek(SeekFrom::Current(skipped))
}

fn no_archive(fault: ZipError) -> Error {
    match fault {
        ZipError::Io(fault) if fault.kind() != ErrorKind::UnexpectedEof => Error::io("read the file", fault),
        fault => Error::input(format!("this is no KMZ: {fault}. Copy or export it again")),
    }
}

fn damaged() -> std::io::Error {
    std::io::Error::other(Error::input("a damaged ZIP archive: copy or export it again"))
}

/// A text whose checksum is compared at its end.
struct Verified {
    text: Box<dyn Read + Send>,
    crc: Crc,
    count: u64,
    expected: (u32, u64),
}

impl Read for Verified {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.text.read(buffer).map_err(|fault| match fault.kind() {
            ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => damaged(),
            _ => fault,
        })?;
        self.crc.update(&buffer[..count]);
        self.count += count as u64;
        if count == 0 && !buffer.is_empty() && (self.crc.sum(), self.count) != self.expected {
            return Err(damaged());
        }
        Ok(count)
    }
}
