//! KMZ: a KML document in a ZIP archive, with the pictures that it shows.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use flate2::Crc;
use zip::CompressionMethod;
use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::{Features, PassedOver};
use crate::Error;
use crate::io::file::gzip::{self, Inflated};
use crate::io::file::limits::ReadLimits;

/// The part of the header before an entry whose length is fixed.
const HEADER_BYTES: usize = 30;

impl Features {
    /// Reads the placemarks of a KMZ file; `name` is what errors call it.
    ///
    /// The document is `doc.kml`, or else the first KML file of the archive, one that is in no folder first. Other
    /// documents are [passed over](Features::passed_over), and pictures ignored. All else is as in [`kml`](Features::kml).
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
        let (document, reader) =
            document(file, limits, &passed_over).map_err(|error| error.in_file(&*name))?;
        // Lines are those of the document in the archive.
        Features::of_kml(format!("{name}/{document}"), reader, limits, passed_over)
    }
}

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

/// The document of an archive: its name and its text.
fn document(
    mut file: impl Read + Seek + Send + 'static,
    limits: &ReadLimits,
    passed_over: &PassedOver,
) -> Result<(String, Box<dyn Read + Send>), Error> {
    let mut best: Option<Entry> = None;
    let mut archive = ZipIterable::try_new(&mut file, Config::default()).map_err(no_archive)?;
    for entry in archive.files().map_err(no_archive)? {
        let entry = entry.map_err(no_archive)?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        let is_hidden =
            name.rsplit('/').next().is_some_and(|file| file.starts_with('.')) || name.starts_with("__MACOSX");
        if is_hidden || !name.to_ascii_lowercase().ends_with(".kml") {
            continue;
        }
        let entry = Entry {
            name,
            header_start: entry.header_start(),
            packed_bytes: entry.compressed_size(),
            bytes: entry.size(),
            crc: entry.crc32(),
            method: entry.compression(),
            is_encrypted: entry.encrypted(),
        };
        if best.is_some() {
            passed_over.count("another document in the archive");
        }
        if best.as_ref().is_none_or(|best| entry.rank() < best.rank()) {
            best = Some(entry);
        }
    }
    let Some(entry) = best else {
        return Err(Error::input("no KML document in this archive: a KMZ file has a doc.kml"));
    };
    if entry.is_encrypted {
        let message =
            format!("{} in this archive is encrypted: unpack it with its password first", entry.name);
        return Err(Error::input(message));
    }
    seek_content(&mut file, entry.header_start).map_err(|fault| match fault.kind() {
        ErrorKind::UnexpectedEof => gzip::read_error(damaged(), false),
        _ => gzip::read_error(fault, false),
    })?;
    let packed = file.take(entry.packed_bytes);
    let text: Box<dyn Read + Send> = match entry.method {
        CompressionMethod::Stored => Box::new(packed),
        CompressionMethod::Deflated => Box::new(Inflated::zipped(packed, limits)),
        method => {
            let message =
                format!("{} is packed by {method}, not by deflate: pack it again, or unpack it", entry.name);
            return Err(Error::input(message));
        }
    };
    let Entry { name, crc, bytes, .. } = entry;
    Ok((name, Box::new(Verified { text, crc: Crc::new(), count: 0, expected: (crc, bytes) })))
}

/// Goes to the content of the entry whose header begins there.
fn seek_content(file: &mut (impl Read + Seek), header_start: u64) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(header_start))?;
    let mut header = [0; HEADER_BYTES];
    file.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(damaged());
    }
    // The lengths of the name and of further fields.
    let [.., n0, n1, x0, x1] = header;
    let skipped = i64::from(u16::from_le_bytes([n0, n1])) + i64::from(u16::from_le_bytes([x0, x1]));
    file.seek(SeekFrom::Current(skipped))?;
    Ok(())
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
