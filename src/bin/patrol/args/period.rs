//! `--day`, `--from` and `--to`: the period that a product is about.

use patrol_corridor::Error;
use patrol_corridor::report::PeriodChoice;
use patrol_corridor::time::{Day, Timestamp, Zone};

/// A day, or the time between two instants.
#[derive(Debug, clap::Args)]
pub struct PeriodArgs {
    /// Day of the incidents, from midnight to midnight in --zone
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with_all = ["from", "to"])]
    day: Option<Day>,
    /// Start of the period: RFC 3339, or local time with --zone
    #[arg(long, value_name = "TIME", requires = "to")]
    from: Option<String>,
    /// End of the period (excluded): RFC 3339, or local time with --zone
    #[arg(long, value_name = "TIME", requires = "from")]
    to: Option<String>,
}

impl PeriodArgs {
    /// Whether a period was asked for.
    pub fn is_given(&self) -> bool {
        self.day.is_some() || self.from.is_some()
    }

    /// The period that was asked for.
    pub fn read(&self, zone: Option<&Zone>) -> Result<Option<PeriodChoice>, Error> {
        let instant = |option: &str, text: &str| {
            let read = Timestamp::read(text, zone);
            read.map_err(|error| Error::argument(format!("{option}: {}", error.message())))
        };
        Ok(match (self.day, &self.from, &self.to) {
            (Some(_), ..) if zone.is_none() => return Err(day_without_zone()),
            (Some(day), ..) => Some(PeriodChoice::Day(day)),
            (None, Some(from), Some(to)) => {
                Some(PeriodChoice::Between(instant("--from", from)?, instant("--to", to)?))
            }
            _ => None,
        })
    }
}

/// A day begins at midnight somewhere.
pub fn day_without_zone() -> Error {
    Error::argument("a day needs --zone, as --zone Asia/Baku or --zone +04:00: it begins at midnight there")
}
