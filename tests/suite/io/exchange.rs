//! What the tests of other formats share.

use std::io::Read;

use patrol_corridor::Error;
use patrol_corridor::io::{Features, ReadLimits};
use serde_json::Value;

/// Kinds of what was passed over.
pub type Counts = Vec<(String, u64)>;

/// Readers that take a text.
pub type Open = fn(&str, Vec<u8>, &ReadLimits) -> Result<Features, Error>;

pub fn gpx(name: &str, bytes: Vec<u8>, limits: &ReadLimits) -> Result<Features, Error> {
    Features::gpx(name, std::io::Cursor::new(bytes), limits)
}

pub fn kml(name: &str, bytes: Vec<u8>, limits: &ReadLimits) -> Result<Features, Error> {
    Features::kml(name, std::io::Cursor::new(bytes), limits)
}

pub fn kmz(name: &str, bytes: Vec<u8>, limits: &ReadLimits) -> Result<Features, Error> {
    Features::kmz(name, std::io::Cursor::new(bytes), limits)
}

/// All features, with their kinds that were passed over.
pub fn read(open: Open, bytes: impl Into<Vec<u8>>) -> Result<(Vec<Value>, Counts), Error> {
    let mut features = open("in", bytes.into(), &ReadLimits::default())?;
    let passed_over = features.passed_over();
    let text = text(&mut features)?;
    let values = text.split(|&byte| byte == b'\x1E' || byte == b'\n').filter(|text| !text.is_empty());
    let mut values: Vec<Value> = values.map(|text| serde_json::from_slice(text).unwrap()).collect();
    values.retain(|value| value["type"] == "Feature");
    Ok((values, passed_over.counts()))
}

pub fn features(open: Open, bytes: impl Into<Vec<u8>>) -> Vec<Value> {
    read(open, bytes).unwrap_or_else(|error| panic!("{error}")).0
}

pub fn fails(open: Open, bytes: impl Into<Vec<u8>>) -> Error {
    read(open, bytes).expect_err("this can't be read")
}

/// The text of the features; an error as the readers of GeoJSON get it.
pub fn text(features: &mut Features) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    features.read_to_end(&mut text).map(|_| text).map_err(|fault| {
        *fault.into_inner().and_then(|inner| inner.downcast::<Error>().ok()).expect("an error of ours")
    })
}

/// UTF-16 with its byte order mark.
pub fn utf_16(text: &str, is_big: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// A ZIP archive of these entries.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}
