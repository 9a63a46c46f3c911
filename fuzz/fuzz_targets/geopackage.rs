//! Any bytes as a GeoPackage: an error, or features that are GeoJSON and can be read on; nothing is written beside it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patrol_corridor::io::{Features, ReadLimits};
use patrol_corridor_fuzz::exchange::{self, Scratch};

fuzz_target!(|data: &[u8]| {
    let scratch = Scratch::new("geopackage");
    let path = scratch.write("in.gpkg", data);
    let limits = ReadLimits::default().with_record_bytes(100_000);
    exchange::read(&|| Features::geopackage(&path, None, &limits));
    assert_eq!(scratch.names(), ["in.gpkg"]);
    assert_eq!(std::fs::read(&path).expect("it is there"), data);
});
