//! `--day`, `--week`, `--month`, `--from` and `--to`: the period that a product is about.

use patrol_corridor::Error;
use patrol_corridor::report::PeriodChoice;
use patrol_corridor::time::{Day, Timestamp, Weekday, Zone};

/// A day, a week, a month, or the time between two instants.
#[derive(Debug, clap::Args)]
pub struct PeriodArgs {
    /// Day of the incidents, from midnight to midnight in --zone
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with_all = ["week", "month", "from", "to"])]
    day: Option<Day>,
    /// Calendar week that holds this day [default: the last in the data]
    #[arg(long, value_name = "YYYY-MM-DD", num_args = 0..=1, require_equals = true, conflicts_with_all = ["month", "from", "to"])]
    week: Option<Option<Day>>,
    /// Calendar month that holds this day [default: the last in the data]
    #[arg(long, value_name = "YYYY-MM-DD", num_args = 0..=1, require_equals = true, conflicts_with_all = ["from", "to"])]
    month: Option<Option<Day>>,
    /// First day of weeks: mon, tue, ... or sun
    #[arg(long, value_name = "DAY", default_value = "mon", hide_possible_values = true)]
    pub week_start: Weekday,
    /// Start of the period: RFC 3339, local time with --zone, or a date, which is its midnight
    #[arg(long, value_name = "TIME", requires = "to")]
    from: Option<String>,
    /// End of the period (excluded): likewise; of a date the day itself is not in the period
    #[arg(long, value_name = "TIME", requires = "from")]
    to: Option<String>,
}

impl PeriodArgs {
    /// Whether a period was asked for.
    pub fn is_given(&self) -> bool {
        self.day.is_some() || self.week.is_some() || self.month.is_some() || self.from.is_some()
    }

    /// The period that was asked for.
    pub fn read(&self, zone: Option<&Zone>) -> Result<Option<PeriodChoice>, Error> {
        let choice = match (self.day, self.week, self.month) {
            (Some(day), ..) => Some(PeriodChoice::Day(day)),
            (_, Some(of), _) => Some(PeriodChoice::Week { of, start: self.week_start }),
            (_, _, Some(of)) => Some(PeriodChoice::Month { of }),
            _ => None,
        };
        Ok(match (choice, &self.from, &self.to) {
            (Some(_), ..) if zone.is_none() => return Err(day_without_zone()),
            (Some(choice), ..) => Some(choice),
            (None, Some(from), Some(to)) => Some(PeriodChoice::Between(
                instant_or_midnight("--from", from, zone)?,
                instant_or_midnight("--to", to, zone)?,
            )),
            _ => None,
        })
    }
}

/// A time, or the midnight with which a date begins.
pub fn instant_or_midnight(option: &str, text: &str, zone: Option<&Zone>) -> Result<Timestamp, Error> {
    match (text.parse::<Day>(), zone) {
        (Ok(day), Some(zone)) => day.bounds(zone).map(|(midnight, _)| midnight),
        (Ok(_), None) => Err(day_without_zone()),
        (Err(_), zone) => Timestamp::read(text, zone),
    }
    .map_err(|error| Error::argument(format!("{option}: {}", error.message())))
}

/// A day begins at midnight somewhere.
pub fn day_without_zone() -> Error {
    Error::argument("a day needs --zone, as --zone Asia/Baku or --zone +04:00: it begins at midnight there")
}
