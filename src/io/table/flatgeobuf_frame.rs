//! The pieces of a FlatGeobuf file, read one by one. A piece takes no more memory than it has bytes, whatever
//! its length claims to be: the crate's own reader makes room for all of it first.

use std::io::Read;

use flatgeobuf::{Header, size_prefixed_root_as_header};

use crate::Error;
use crate::io::file::limits::ReadLimits;

/// A file behind its header.
pub(crate) struct Pieces<R> {
    input: R,
    /// The header with its length.
    header: Vec<u8>,
    /// How many features there are; 0 where the file does not say.
    count: u64,
    number: u64,
    limits: ReadLimits,
}

fn fail(e: std::io::Error) -> Error {
    match e.kind() {
        std::io::ErrorKind::UnexpectedEof => damaged(e),
        _ => Error::io("read it", e),
    }
}

/// Reads `length` bytes, as far as they are there.
fn some(input: &mut impl Read, length: u64, out: &mut Vec<u8>) -> Result<bool, Error> {
    let read = input.take(length).read_to_end(out).map_err(fail)?;
    Ok(read as u64 == length)
}

/// Reads a length and so many bytes; `false` at the end of the file.
fn piece(input: &mut impl Read, limits: &ReadLimits, out: &mut Vec<u8>) -> Result<bool, Error> {
    out.clear();
    if !some(input, 4, out)? {
        return if out.is_empty() { Ok(false) } else { Err(damaged("it ends too early")) };
    }
    let length = u32::from_le_bytes(out[..].try_into().unwrap_or_default());
    // The decoder of a shorter one looks behind its end.
    if length < 8 {
        return Err(damaged(format!("a piece of {length} bytes")));
    }
    limits.record("the feature", length as usize)?;
    if some(input, length.into(), out)? { Ok(true) } else { Err(damaged("it ends too early")) }
}

impl<R: Read> Pieces<R> {
    pub fn open(mut input: R, limits: &ReadLimits) -> Result<Self, Error> {
        let mut magic = Vec::new();
        some(&mut input, 8, &mut magic)?;
        if !matches!(magic[..], [b'f', b'g', b'b', version, b'f', b'g', b'b', _] if version <= 3) {
            return Err(Error::input("not FlatGeobuf: the file does not begin as such a file does"));
        }
        let mut header = Vec::new();
        if !piece(&mut input, limits, &mut header)? {
            return Err(damaged("it has no header"));
        }
        let about = size_prefixed_root_as_header(&header).map_err(damaged)?;
        let (count, node_size) = (about.features_count(), about.index_node_size());
        if let Some(bytes) = index_bytes(count, node_size) {
            let skipped = std::io::copy(&mut (&mut input).take(bytes), &mut std::io::sink()).map_err(fail)?;
            if skipped < bytes {
                return Err(damaged("it ends in its index"));
            }
        }
        Ok(Pieces { input, header, count, number: 0, limits: *limits })
    }

    pub fn header(&self) -> Result<Header<'_>, Error> {
        size_prefixed_root_as_header(&self.header).map_err(damaged)
    }

    /// Reads the next feature with its length; `false` behind the last one.
    pub fn next(&mut self, out: &mut Vec<u8>) -> Result<bool, Error> {
        if self.count > 0 && self.number == self.count {
            return Ok(false);
        }
        let found = piece(&mut self.input, &self.limits, out)?;
        if !found && self.number < self.count {
            return Err(damaged(format!("it ends behind {} of {} features", self.number, self.count)));
        }
        self.number += u64::from(found);
        Ok(found)
    }
}

/// The size of the index before the features, a tree of 40 bytes a node.
fn index_bytes(count: u64, node_size: u16) -> Option<u64> {
    if count == 0 || node_size == 0 {
        return None;
    }
    let (mut level, mut nodes) = (count, count);
    loop {
        level = level.div_ceil(u64::from(node_size.max(2)));
        nodes = nodes.saturating_add(level);
        if level == 1 {
            return Some(nodes.saturating_mul(40));
        }
    }
}

/// What is said of a file whose bytes make no sense.
pub(crate) fn damaged(fault: impl std::fmt::Display) -> Error {
    Error::input(format!("damaged FlatGeobuf data ({fault}), expected a whole file: copy it again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_not_believed() {
        let mut bytes = u32::MAX.to_le_bytes().to_vec();
        bytes.extend([0; 100]);
        let mut out = Vec::new();
        let limits = ReadLimits { record_bytes: u64::MAX, ..ReadLimits::default() };
        let told = |limits: &ReadLimits, out: &mut Vec<u8>| {
            piece(&mut &bytes[..], limits, out).unwrap_err().to_string()
        };
        assert!(told(&ReadLimits::default(), &mut out).contains("larger than 64 MB"));
        // Where the address space is large: else that there is no room for it.
        let error = told(&limits, &mut out);
        assert!(error.contains("ends too early") || error.contains("memory"), "{error}");
        assert!(out.capacity() < 1 << 20);
        assert_eq!(
            (index_bytes(0, 16), index_bytes(1, 16), index_bytes(17, 16)),
            (None, Some(80), Some(800))
        );
        assert_eq!(index_bytes(u64::MAX, 1), Some(u64::MAX));
    }
}
