//! SIGINT and SIGTERM: what is half written is removed before the program ends by them.

use std::path::PathBuf;
use std::sync::{Mutex, Once, PoisonError};

use patrol_corridor::io::OutputFile;

/// The files to remove.
static HALF_WRITTEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on a signal to end removes the file beside this output as well.
///
/// A file that has taken its place by then no longer has that name: removing it does nothing.
pub fn clean_up(output: &OutputFile) {
    if let Some(path) = output.temporary_path() {
        HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        static WATCH: Once = Once::new();
        WATCH.call_once(watch);
    }
}

#[cfg(unix)]
fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // Without a thread to wait for signals the next run cleans up.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            for path in &*HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner) {
                let _ = std::fs::remove_file(path);
            }
            // Ends as it would have without us, so that the caller sees by what.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
fn watch() {}
