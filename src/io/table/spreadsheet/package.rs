//! The parts of a workbook, which is a zip archive of XML, each unpacked as it is read.
//!
//! The directory of the archive is read by the crate `zip`. A part is unpacked here, so that its reader owns what it
//! reads: rows come one after the other, and nothing is held that the file only claims to have.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::Error;
use crate::io::file::limits::ReadLimits;

/// Workbooks have some dozens of parts, and pictures.
const MOST_PARTS: usize = 100_000;

/// A workbook as its parts.
pub(super) struct Package {
    file: Arc<File>,
    file_bytes: u64,
    parts: Vec<Entry>,
    limits: ReadLimits,
    bytes_read: Arc<AtomicU64>,
}

struct Entry {
    name: String,
    start: u64,
    packed_bytes: u64,
    crc: u32,
    is_packed: bool,
}

fn damaged(why: &str) -> Error {
    Error::input(format!("a damaged workbook ({why}): copy it again, or open it and save it once more"))
}

impl Package {
    /// Reads the directory. `bytes_read` grows with what is read of the parts.
    ///
    /// # Errors
    /// Where the file is no zip archive, is locked by a password or is damaged.
    pub fn open(file: File, limits: ReadLimits, bytes_read: Arc<AtomicU64>) -> Result<Self, Error> {
        let fail = |e| Error::io("read it", e);
        let file_bytes = file.metadata().map_err(fail)?.len();
        let file = Arc::new(file);
        let mut start = [0; 8];
        let count =
            Section { file: Arc::clone(&file), at: 0, end: 8, count: None }.read(&mut start).map_err(fail)?;
        let start = &start[..count];
        if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Error::input(
                "an .xls workbook, or one with a password: open it and save it as .xlsx without a password",
            ));
        }
        if !start.starts_with(b"PK") {
            let found = if start.is_empty() { "an empty file" } else { "not a zip archive" };
            return Err(Error::input(format!("{found}, expected a workbook: .xlsx or .ods")));
        }
        let mut archive = ZipArchive::new(BufReader::new(Section::whole(&file, file_bytes)))
            .map_err(|e| damaged(&e.to_string()))?;
        if archive.len() > MOST_PARTS {
            return Err(damaged("more than 100,000 parts"));
        }
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|e| damaged(&e.to_string()))?;
            let is_packed = match part.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                // Whoever needs it finds that it is not there.
                _ => continue,
            };
            let name = String::from_utf8_lossy(part.name_raw()).replace('\\', "/");
            if part.encrypted() {
                return Err(Error::input("a workbook with a password: save it without one"));
            }
            let start = part.data_start().ok_or_else(|| damaged("a part without a place"))?;
            let packed_bytes = part.compressed_size().min(file_bytes.saturating_sub(start));
            parts.push(Entry { name, start, packed_bytes, crc: part.crc32(), is_packed });
        }
        Ok(Package { file, file_bytes, parts, limits, bytes_read })
    }

    pub fn limits(&self) -> &ReadLimits {
        &self.limits
    }

    /// The size of the whole file.
    pub fn file_bytes(&self) -> u64 {
        self.file_bytes
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let name = name.trim_start_matches('/');
        // Some writers have other cases in the directory than in the references.
        self.parts.iter().find(|part| part.name.trim_start_matches('/').eq_ignore_ascii_case(name))
    }

    /// Returns `true` if there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// A part, from its beginning; none if it is not there.
    pub fn part(&self, name: &str) -> Option<Part> {
        let entry = self.entry(name)?;
        let section = Section {
            file: Arc::clone(&self.file),
            at: entry.start,
            end: entry.start + entry.packed_bytes,
            count: Some(Arc::clone(&self.bytes_read)),
        };
        let input: Box<dyn Read> = match entry.is_packed {
            true => Box::new(DeflateDecoder::new(BufReader::with_capacity(1 << 15, section))),
            false => Box::new(section),
        };
        Some(Part {
            input,
            what: format!("the part {name} of the workbook"),
            packed_bytes: entry.packed_bytes,
            bytes: 0,
            unbroken_bytes: 0,
            crc: Crc::new(),
            expected_crc: entry.crc,
            limits: self.limits,
        })
    }
}

/// A section of the file, whatever else is read of it in between.
struct Section {
    file: Arc<File>,
    at: u64,
    end: u64,
    count: Option<Arc<AtomicU64>>,
}

impl Section {
    fn whole(file: &Arc<File>, bytes: u64) -> Self {
        Section { file: Arc::clone(file), at: 0, end: bytes, count: None }
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let mut file = &*self.file;
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(&mut buffer[..wanted])?;
        self.at += count as u64;
        if let Some(total) = &self.count {
            total.fetch_add(count as u64, Ordering::Relaxed);
        }
        Ok(count)
    }
}

impl Seek for Section {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(offset) => self.end.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.at.checked_add_signed(offset),
        };
        self.at = at.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// The text of a part, as far as the limits permit it.
pub(super) struct Part {
    input: Box<dyn Read>,
    what: String,
    packed_bytes: u64,
    bytes: u64,
    /// How much has been read since the last element or text was whole.
    unbroken_bytes: usize,
    crc: Crc,
    expected_crc: u32,
    limits: ReadLimits,
}

impl Part {
    /// What it is called in messages.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// One element or text ends here: what is held at a time is limited as one record is.
    pub fn breaks(&mut self) {
        self.unbroken_bytes = 0;
    }
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        if count == 0 && !buffer.is_empty() && self.crc.sum() != self.expected_crc {
            return Err(std::io::Error::other(damaged(&format!("the checksum of {}", self.what))));
        }
        self.crc.update(&buffer[..count]);
        self.bytes += count as u64;
        self.unbroken_bytes += count;
        let fits = self.limits.inflated(&self.what, self.packed_bytes, self.bytes);
        let fits = fits.and_then(|()| self.limits.record("an element of the workbook", self.unbroken_bytes));
        fits.map_err(std::io::Error::other)?;
        Ok(count)
    }
}
