//! How far the work is: a bar on a terminal, a line now and then, or nothing.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::term::{is_terminal, say};

/// How progress is shown, on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Mode {
    /// A bar, if standard error is a terminal
    Auto,
    /// A line every few seconds
    Plain,
    /// Nothing
    None,
}

/// Between two lines.
const PLAIN_EVERY: Duration = Duration::from_secs(3);

pub struct Progress {
    shown: Shown,
    bytes_read: Arc<AtomicU64>,
    /// The size of the input, where it is known.
    total: Option<u64>,
    started: Instant,
}

enum Shown {
    Bar(ProgressBar),
    Plain { last: Instant },
    Nothing,
}

impl Progress {
    pub fn new(mode: Mode, input: &Path) -> Self {
        let total = std::fs::metadata(input).ok().filter(std::fs::Metadata::is_file).map(|found| found.len());
        let started = Instant::now();
        let shown = match mode {
            Mode::Plain => Shown::Plain { last: started },
            Mode::Auto if is_terminal() => Shown::Bar(bar(total)),
            Mode::Auto | Mode::None => Shown::Nothing,
        };
        Progress { shown, bytes_read: Arc::default(), total, started }
    }

    /// From now on the input's bytes are counted here.
    pub fn follow(&mut self, bytes_read: Arc<AtomicU64>) {
        self.bytes_read = bytes_read;
    }

    /// So many features have been written.
    pub fn update(&mut self, features: u64) {
        let bytes = self.bytes_read.load(Ordering::Relaxed);
        match &mut self.shown {
            Shown::Bar(bar) => {
                bar.set_position(bytes);
                bar.set_message(format!("{features} incidents"));
            }
            Shown::Plain { last } if last.elapsed() >= PLAIN_EVERY => {
                *last = Instant::now();
                let seconds = self.started.elapsed().as_secs_f64();
                let rate = features as f64 / seconds;
                let rest = match self.total {
                    Some(total) if bytes > 0 => {
                        let left = (total.saturating_sub(bytes)) as f64 * seconds / bytes as f64;
                        format!(", {:.0} %, {left:.0} s left", 100.0 * bytes as f64 / total as f64)
                    }
                    _ => String::new(),
                };
                say!("patrol: {features} incidents, {rate:.0} a second{rest}");
            }
            Shown::Plain { .. } | Shown::Nothing => {}
        }
    }
}

/// Takes the bar away, before anything else is said.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => {
            (ProgressBar::new(total), "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left, {msg}")
        }
        None => (ProgressBar::no_length(), "{spinner} {bytes} {bytes_per_sec}, {msg}"),
    };
    // The templates are ours and well-formed.
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
