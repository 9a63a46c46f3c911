//! Any bytes as KML or KMZ: an error, or features that are GeoJSON and can be read on.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use patrol_corridor::io::{Features, ReadLimits};
use patrol_corridor_fuzz::exchange;

fuzz_target!(|data: &[u8]| {
    let limits = ReadLimits::default().with_record_bytes(100_000).with_inflated_bytes(1_000_000);
    exchange::read(&|| match data.starts_with(b"PK") {
        true => Features::kmz("in.kmz", Cursor::new(data.to_vec()), &limits),
        false => Features::kml("in.kml", Cursor::new(data.to_vec()), &limits),
    });
});
