//! Reads documents of KML and GPX that are valid: `tests/suite/fuzzed/documents.rs`.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use patrol_corridor_fuzz::fuzzed::documents::run;

fuzz_target!(|data: &[u8]| -> Corpus { if run(data) { Corpus::Keep } else { Corpus::Reject } });
