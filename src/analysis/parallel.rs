//! Independent pieces of work on all threads, their results in order.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As many threads as were asked for; with 0 as many as the machine has.
fn threads(wanted: usize) -> usize {
    match wanted {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        wanted => wanted,
    }
}

/// `work(0)`, `work(1)`, ..., `work(count - 1)`.
pub(super) fn in_parallel<T: Send>(count: usize, wanted: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = threads(wanted).min(count);
    if threads <= 1 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let run = || {
            let mut own = Vec::new();
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                if i >= count {
                    return own;
                }
                own.push((i, work(i)));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}
