//! What the benches share: a comparison of rows in one run, seeded layers, and the peers.
//!
//! # Method
//! All rows of a table answer the same queries in interleaved rounds in one process: a machine that is
//! slower for a while is slower for all of them. A round takes CPU time of the thread, a row's figure is
//! the median of its rounds, and what counts is the ratio to the first row, not the nanoseconds.
//!
//! # How to run
//! ```sh
//! cargo bench --manifest-path benches/Cargo.toml                      # everything
//! cargo bench --manifest-path benches/Cargo.toml --bench nearest_post # one question
//! cargo bench --manifest-path benches/Cargo.toml -- --quick           # small layers, few rounds (CI)
//! ```

use std::hint::black_box;
use std::ops::Range;

use cpu_time::ThreadTime;

pub mod layers;
pub mod peers;

/// True with `--quick`: does it run at all?
pub fn quick() -> bool {
    std::env::args().any(|arg| arg == "--quick")
}

/// One way to answer the queries: takes a range of them, returns something that depends on all answers.
pub struct Row<'a> {
    name: String,
    run: Box<dyn FnMut(Range<usize>) -> f64 + 'a>,
}

/// A row that answers query by query.
pub fn row<'a>(name: impl Into<String>, mut answer: impl FnMut(usize) -> f64 + 'a) -> Row<'a> {
    let run = move |range: Range<usize>| range.map(|i| black_box(answer(i))).sum();
    Row { name: name.into(), run: Box::new(run) }
}

/// Prints a table of the rows' nanoseconds a query and their ratios to the first row's; returns the
/// nanoseconds.
pub fn compare(title: &str, queries: usize, mut rows: Vec<Row<'_>>) -> Vec<f64> {
    let rounds = if quick() { 3 } else { 25 };
    let block = queries.min(if quick() { 500 } else { 5_000 });
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    for round in 0..=rounds {
        let start = (round * block) % (queries - block + 1);
        for (row, times) in rows.iter_mut().zip(&mut times) {
            let began = ThreadTime::now();
            black_box((row.run)(start..start + block));
            let ns = began.elapsed().as_nanos() as f64 / block as f64;
            // The first round warms up.
            if round > 0 {
                times.push(ns);
            }
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    println!("\n{title}");
    println!("{:<44} {:>9} {:>17} {:>8}", "", "ns/query", "quartiles", "ratio");
    for ((row, times), ns) in rows.iter().zip(&times).zip(&medians) {
        let quartiles = format!("{:.0}..{:.0}", times[times.len() / 4], times[times.len() * 3 / 4]);
        println!("{:<44} {ns:>9.0} {quartiles:>17} {:>8.2}", row.name, ns / medians[0]);
    }
    medians
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
