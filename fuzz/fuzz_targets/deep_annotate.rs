//! Annotates incidents of valid layers: `tests/suite/fuzzed/annotate.rs`. Cases that end at the readers stay out of the corpus.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use patrol_corridor_fuzz::fuzzed::annotate::run;

fuzz_target!(|data: &[u8]| -> Corpus { if run(data) { Corpus::Keep } else { Corpus::Reject } });
