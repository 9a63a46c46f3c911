//! Work on all threads, its results in order.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As many threads as are wanted; with 0 as many as the machine has.
pub(crate) fn thread_count(wanted: usize) -> usize {
    match wanted {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        wanted => wanted,
    }
}

/// Works on each part on a thread of its own, on the first on the caller's.
pub(crate) fn a_part_a_thread<P: Send, T: Send>(
    parts: impl IntoIterator<Item = P>,
    work: impl Fn(P) -> T + Sync,
) -> Vec<T> {
    let mut parts = parts.into_iter();
    let Some(own) = parts.next() else { return Vec::new() };
    let work = &work;
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let mut done = vec![work(own)];
        for other in others {
            done.push(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    })
}

/// The same of a list, in as many parts as there are threads.
pub(crate) fn in_chunks<'i, I: Sync, T: Send>(
    items: &'i [I],
    threads: usize,
    work: impl Fn(&'i [I]) -> T + Sync,
) -> Vec<T> {
    a_part_a_thread(items.chunks(items.len().div_ceil(threads.max(1)).max(1)), work)
}

/// `work(0)`, `work(1)`, ..., `work(count - 1)`.
pub(crate) fn in_parallel<T: Send>(count: usize, wanted: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread_count(wanted).min(count);
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
