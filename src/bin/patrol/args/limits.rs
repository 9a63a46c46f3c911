//! How much is read at most, for every command that reads.

use std::sync::OnceLock;

use patrol_corridor::io::ReadLimits;
use patrol_corridor::{Error, Limit};

const HEADING: &str = "Limits";

/// The same in every command.
#[derive(Debug, clap::Args)]
pub struct LimitArgs {
    /// Largest record to read: a feature, a line or a row [default: 64MB]
    #[arg(long, global = true, help_heading = HEADING, value_name = "SIZE", value_parser = bytes, hide_short_help = true)]
    most_record: Option<u64>,
    /// Largest text to hold in memory, such as a layer, after unpacking [default: 2GB]
    #[arg(long, global = true, help_heading = HEADING, value_name = "SIZE", value_parser = bytes, hide_short_help = true)]
    most_text: Option<u64>,
    /// Most to unpack from gzip or Parquet of less than a hundredth of that size [default: 100MB]
    #[arg(long, global = true, help_heading = HEADING, value_name = "SIZE", value_parser = bytes, hide_short_help = true)]
    most_inflated: Option<u64>,
}

static LIMITS: OnceLock<ReadLimits> = OnceLock::new();

impl LimitArgs {
    /// From now on these limits hold.
    pub fn hold(&self) {
        let usual = ReadLimits::default();
        let _ = LIMITS.set(
            ReadLimits::default()
                .with_record_bytes(self.most_record.unwrap_or(usual.record_bytes))
                .with_text_bytes(self.most_text.unwrap_or(usual.text_bytes))
                .with_inflated_bytes(self.most_inflated.unwrap_or(usual.inflated_bytes)),
        );
    }
}

/// The limits that hold.
pub fn limits() -> ReadLimits {
    LIMITS.get().copied().unwrap_or_default()
}

/// How the limit that an input exceeds is raised.
pub fn hint(error: &Error) -> &'static str {
    match error.exceeded() {
        Some(Limit::Record) => " (--most-record 1GB)",
        Some(Limit::Text) => " (--most-text 10GB)",
        Some(Limit::Inflated) => " (--most-inflated 10GB)",
        _ => "",
    }
}

/// A size: bytes, or with a unit behind the number.
fn bytes(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &lower[digits.len()..] {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        _ => f64::NAN,
    };
    let size = digits.trim().parse::<f64>().map_or(f64::NAN, |number| number * unit);
    match size {
        1.0..1e15 => Ok(size as u64),
        _ => Err("expected a size such as 64MB or 2GB".to_owned()),
    }
}
