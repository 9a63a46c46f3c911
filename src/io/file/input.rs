//! Inputs that are read more than once, and how much of an input has been read.

use std::fs::File;
use std::io::{Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Error;

/// Counts what goes through.
pub(crate) struct Counted<R> {
    reader: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Counted<R> {
    pub fn new(reader: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        (Counted { reader, count: Arc::clone(&count) }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Copies what a reader gives into a temporary file without a name, for a format that is read more than once
/// or from its end ([`Rows::features`](crate::io::Rows::features)); `name` is what errors call it.
///
/// # Errors
/// Where reading fails, or there is no room for the copy.
#[cfg(feature = "files")]
pub fn spooled(name: &str, mut input: impl Read) -> Result<File, Error> {
    let mut file = tempfile::tempfile().map_err(|e| Error::io("make a temporary file", e))?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Error::io("read it", e).in_file(name)),
        };
        let written = std::io::Write::write_all(&mut file, &buffer[..count]);
        written.map_err(|e| Error::io("copy it to a temporary file", e).in_file(name))?;
    }
    file.rewind().map_err(|e| Error::io("read a temporary file", e).in_file(name))?;
    Ok(file)
}

/// The file, or a copy of what it gives where it is none that can be read again (a pipe).
///
/// # Errors
/// As [`spooled`]; without the feature `files` a pipe is refused.
pub(crate) fn readable_again(name: &str, file: File) -> Result<File, Error> {
    let fail = |e| Error::io("open or read it", e).in_file(name);
    if file.metadata().map_err(fail)?.is_file() {
        return Ok(file);
    }
    #[cfg(feature = "files")]
    return spooled(name, file);
    #[cfg(not(feature = "files"))]
    Err(Error::input(
        "the input can be read only once; save it to a file first, or build with the feature `files`",
    )
    .in_file(name))
}
