//! Files: opened, limited, hashed, and written whole or not at all.

#[cfg(any(feature = "tables", feature = "gpx", feature = "kml"))]
pub(crate) mod encoding;
pub(crate) mod gzip;
pub(crate) mod hash;
pub(crate) mod input;
pub(crate) mod limits;
#[cfg(feature = "files")]
pub(crate) mod output;
pub(crate) mod path;
pub(crate) mod source;
#[cfg(feature = "pdf")]
pub(crate) mod zlib;
