//! gzip undone: recognised by its first bytes, and no more of it than the limits permit.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(feature = "kml")]
use flate2::read::DeflateDecoder;
use flate2::read::MultiGzDecoder;

use crate::Error;
use crate::io::file::input::Counted;
use crate::io::file::limits::ReadLimits;

/// True where a file begins as gzip does.
pub(crate) fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(&[0x1F, 0x8B])
}

/// Nothing at all is no gzip file: something went wrong where it was made, and it is no empty layer.
pub(crate) fn refuse_empty(name: &str, start: &[u8]) -> Result<(), Error> {
    if start.is_empty() && name.to_ascii_lowercase().ends_with(".gz") {
        return Err(Error::input("an empty file, which is no gzip file: copy or make it again"));
    }
    Ok(())
}

/// What packed data holds, as far as it is permitted.
pub(crate) struct Inflated<D> {
    decoder: D,
    /// What errors call it.
    what: &'static str,
    packed_bytes: Arc<AtomicU64>,
    limits: ReadLimits,
    /// White space and what separates records are not counted: they cost neither memory nor output.
    text_bytes: u64,
}

impl<R: Read> Inflated<MultiGzDecoder<Counted<R>>> {
    /// Of gzip data.
    pub fn new(packed: R, limits: &ReadLimits) -> Self {
        let (packed, packed_bytes) = Counted::new(packed);
        let decoder = MultiGzDecoder::new(packed);
        Inflated { decoder, what: "gzip data", packed_bytes, limits: *limits, text_bytes: 0 }
    }
}

#[cfg(feature = "kml")]
impl<R: Read> Inflated<DeflateDecoder<Counted<R>>> {
    /// Of an entry of a ZIP archive.
    pub fn zipped(packed: R, limits: &ReadLimits) -> Self {
        let (packed, packed_bytes) = Counted::new(packed);
        let decoder = DeflateDecoder::new(packed);
        Inflated { decoder, what: "ZIP data", packed_bytes, limits: *limits, text_bytes: 0 }
    }
}

impl<D> Inflated<D> {
    /// How many bytes of the packed data have been read, as it grows.
    pub fn packed_bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.packed_bytes)
    }
}

impl<D: Read> Read for Inflated<D> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.decoder.read(buffer)?;
        self.text_bytes += buffer[..count].iter().filter(|&&byte| byte > b' ').count() as u64;
        let packed_bytes = self.packed_bytes.load(Ordering::Relaxed);
        self.limits.inflated(self.what, packed_bytes, self.text_bytes).map_err(std::io::Error::other)?;
        Ok(count)
    }
}

/// What a file begins with, gzip undone: up to so many bytes.
///
/// # Errors
/// Where it can't be read.
pub fn beginning(path: &Path, most_bytes: u64) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let mut file = File::open(path)?;
    file.by_ref().take(most_bytes).read_to_end(&mut start)?;
    if !is_gzip(&start) {
        return Ok(start);
    }
    let packed = std::mem::take(&mut start);
    Inflated::new(packed.chain(file), &ReadLimits::default()).take(most_bytes).read_to_end(&mut start)?;
    Ok(start)
}

/// What went wrong in reading: an error of ours is given back as it was, a fault of the decoder named as such.
pub(crate) fn read_error(fault: std::io::Error, is_gzip: bool) -> Error {
    use std::io::ErrorKind::{InvalidInput, UnexpectedEof};
    if fault.get_ref().is_some_and(|inner| inner.is::<Error>()) {
        let inner = fault.into_inner().and_then(|inner| inner.downcast::<Error>().ok());
        return inner.map_or_else(|| Error::input("a text that can't be read"), |error| *error);
    }
    if is_gzip && matches!(fault.kind(), InvalidInput | UnexpectedEof) {
        let message = format!("damaged gzip data ({fault}), expected a whole gzip file: copy it again");
        return Error::input(message);
    }
    Error::io("read the file", fault)
}
