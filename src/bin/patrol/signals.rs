//! SIGINT, SIGTERM and SIGHUP: what is half written is removed before the program ends by them.

/// From now on a signal to end removes the temporary files of outputs first.
#[cfg(unix)]
pub fn watch() {
    use patrol_corridor::io::abandon_outputs;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored();
    let heeded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    // Without a thread to wait for signals the next run cleans up.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heeded) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let _abandoned = abandon_outputs();
            // Ends as it would have without us, so that the caller sees by what.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// The signals that whoever started the program wants ignored (`nohup`): signal `n` is bit `n - 1`.
///
/// Linux tells it; elsewhere none is known, since asking the system takes unsafe code.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// From now on a file that may not grow as large as it must (`ulimit -f`) is a failure to write it, which is
/// told and leaves nothing, instead of the end of the program.
#[cfg(unix)]
pub fn stand_limits() {
    use signal_hook::consts::SIGXFSZ;
    // Nobody looks at the flag: a handler of any kind is enough. Without one all is as it was.
    static FLAG: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
    let _ = signal_hook::flag::register(SIGXFSZ, &FLAG);
}

#[cfg(not(unix))]
pub fn watch() {}

#[cfg(not(unix))]
pub fn stand_limits() {}
