//! Any bytes as GPX: an error, or features that are GeoJSON and can be read on.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use patrol_corridor::io::{Features, ReadLimits};
use patrol_corridor_fuzz::exchange;

fuzz_target!(|data: &[u8]| {
    let limits = ReadLimits::default().with_record_bytes(100_000);
    exchange::read(&|| Features::gpx("in.gpx", Cursor::new(data.to_vec()), &limits));
});
