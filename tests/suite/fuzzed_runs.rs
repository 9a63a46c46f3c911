//! The fuzz targets of valid input, with seeded bytes: no panic, no hang, and nearly all cases go beyond the readers.
//!
//! A failure names its case: `PATROL_FUZZ_CASE=N` runs that one alone, and `PATROL_FUZZ_SHOW=1` prints its files.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use fastrand::Rng;

use crate::fuzzed;

/// What takes longer hangs; a busy machine may need a minute for what takes seconds.
const HANGS_AFTER: Duration = Duration::from_secs(300);

/// Which cases of a target are run: `weight` times `PATROL_FUZZ_CASES`. With 200, as CI has it, all targets together take two
/// or three minutes.
fn cases(weight: f64) -> std::ops::Range<u64> {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(text.parse().unwrap_or_else(|error| panic!("{name}={text}: {error}")))
    };
    match number("PATROL_FUZZ_CASE") {
        Some(case) => case..case + 1,
        None => 0..(number("PATROL_FUZZ_CASES").unwrap_or(40) as f64 * weight) as u64,
    }
}

/// Runs a target; of the cases at least the share `least` must go beyond the readers.
fn all_hold(name: &'static str, target: fn(&[u8]) -> bool, weight: f64, least: f64) {
    let cases = cases(weight);
    let count = cases.end - cases.start;
    let (tell, told) = channel();
    let worker = std::thread::spawn(move || {
        let mut deep = 0_u64;
        for case in cases {
            // Whoever waits has gone.
            if tell.send(case).is_err() {
                break;
            }
            let mut rng = Rng::with_seed(case);
            let bytes: Vec<u8> = (0..rng.usize(40..1_500)).map(|_| rng.u8(..)).collect();
            deep += u64::from(target(&bytes));
        }
        deep
    });
    let mut last = 0;
    loop {
        match told.recv_timeout(HANGS_AFTER) {
            Ok(case) => last = case,
            Err(RecvTimeoutError::Timeout) => panic!("{name}: case {last} takes more than {HANGS_AFTER:?}"),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let deep = worker.join().unwrap_or_else(|_| panic!("{name}: PATROL_FUZZ_CASE={last}"));
    let rate = deep as f64 / count as f64;
    println!("{name}: {deep} of {count} cases went beyond the readers, {:.1} %", 100.0 * rate);
    assert!(count < 100 || rate >= least, "{name}: only {deep} of {count} went beyond the readers");
}

#[test]
fn annotated_incidents_keep_all_that_they_had() {
    all_hold("annotate", fuzzed::annotate::run, 2.0, 0.65);
}

#[test]
fn fused_incidents_all_come_out() {
    all_hold("fuse", fuzzed::fuse::run, 15.0, 0.75);
}

#[test]
fn bulletins_add_up_and_have_no_markup_of_the_data() {
    all_hold("bulletin", fuzzed::bulletin::run, 4.0, 0.65);
}

#[test]
fn maps_are_well_formed_and_have_all_incidents() {
    all_hold("map", fuzzed::map::run, 1.0, 0.75);
}

#[test]
fn corridors_are_valid_and_not_empty() {
    all_hold("corridors", fuzzed::corridors::run, 0.3, 0.5);
}

#[test]
fn coverage_and_beats_join_from_end_to_end() {
    all_hold("coverage", fuzzed::coverage::run, 1.0, 0.6);
}

#[test]
fn places_along_routes_read_back() {
    all_hold("route", fuzzed::route::run, 10.0, 0.75);
}

#[test]
fn documents_of_kml_and_gpx_are_read_as_written() {
    all_hold("documents", fuzzed::documents::run, 10.0, 0.6);
}
