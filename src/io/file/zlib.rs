//! Bytes packed as zlib has them (RFC 1950).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::Error;

/// Packs bytes; the same bytes always come out the same.
pub(crate) fn zlib(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(7));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|e| Error::io("pack it", e))
}
