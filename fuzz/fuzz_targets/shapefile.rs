//! Any bytes as the `.shp` and the `.dbf` of a Shapefile, behind the length of the former: an error, or features that are
//! GeoJSON and can be read on.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patrol_corridor::io::{Features, ReadLimits};
use patrol_corridor_fuzz::exchange::{self, Scratch};

fuzz_target!(|data: &[u8]| {
    let Some((length, rest)) = data.split_first_chunk::<2>() else { return };
    let (shp, dbf) = rest.split_at(usize::from(u16::from_le_bytes(*length)).min(rest.len()));
    let scratch = Scratch::new("shapefile");
    scratch.write("in.dbf", dbf);
    let path = scratch.write("in.shp", shp);
    let limits = ReadLimits::default().with_record_bytes(100_000);
    exchange::read(&|| Features::shapefile(&path, &limits));
});
