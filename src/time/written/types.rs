//! What a text can say of a time, how it was spelled, and what is known beside it.

use std::fmt;

use crate::setters::setters;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::calendars::Calendar;

/// Which of two leading numbers of a date is its day.
///
/// ```
/// use patrol_corridor::time::{DateOrder, TimeForm, When};
/// let form = TimeForm::default().with_order(DateOrder::DayFirst);
/// let (when, _) = When::read_as("03/04/2026", None, &form);
/// assert_eq!(when, When::read("2026-04-03", None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `20/11/2026`
    DayFirst,
    /// `11/20/2026`
    MonthFirst,
}

/// What is known of times beside their texts.
///
/// ```
/// use patrol_corridor::time::{TimeForm, When};
/// let form = TimeForm::default().with_pattern("%d/%m/%y %H.%M");
/// let (when, _) = When::read_as("03/04/26 06.10", Some(&"Asia/Baku".parse()?), &form);
/// assert_eq!(when.instant().map(|at| at.to_string()), Some("2026-04-03T02:10:00Z".into()));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeForm {
    /// Which number of a date comes first; without it each text must tell.
    pub order: Option<DateOrder>,
    /// As `strptime` has it; where it is given no other reading is tried.
    pub pattern: Option<String>,
    /// The calendar of dates.
    pub calendar: Calendar,
}

setters! { TimeForm {
    with_order(order: impl Into<Option<DateOrder>>);
    with_pattern(pattern: impl Into<String>) => Some(pattern.into());
    with_calendar(calendar: Calendar);
}}

/// What a text says of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Zoned(Timestamp),
    Local(DateTime),
    Date(Date),
    /// A time of day alone: `6:10`, `6:10 AM`, `6:10:05.5 pm`.
    TimeOfDay(Time),
    /// Day and month can be exchanged, and nothing says which is which: both readings, as the clock of the text shows
    /// them. An offset in the text does not count before the order is known.
    Ambiguous {
        day_first: DateTime,
        month_first: DateTime,
        has_time: bool,
    },
    /// An offset of a day or more.
    WideOffset,
    Nothing,
}

/// How a text that is not RFC 3339 was read: worth a word once a file.
///
/// ```
/// use patrol_corridor::time::{Spelling, TimeForm, When};
/// let spelling = |text| When::read_as(text, None, &TimeForm::default()).1;
/// assert_eq!(spelling("2026-11-20"), Spelling::Plain);
/// assert_eq!(spelling("20/11/2026"), Spelling::DayFirst); // there is no month 20
/// assert_eq!(spelling("46346"), Spelling::ExcelSerial);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Spelling {
    /// The year first, or so that nothing was to be assumed.
    #[default]
    Plain,
    /// The day before the month.
    DayFirst,
    /// The month before the day.
    MonthFirst,
    /// The month by its name.
    DayAndMonthByName,
    /// A military date-time group, as `200610BNOV26`.
    Group,
    /// `20261120`, `202611200610`.
    CompactDate,
    /// Days of a spreadsheet since 1899-12-30.
    ExcelSerial,
    /// Seconds since 1970-01-01T00:00:00Z.
    UnixSeconds,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    UnixMilliseconds,
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Spelling::Plain => "as they stand",
            Spelling::DayFirst => "with the day before the month",
            Spelling::MonthFirst => "with the month before the day",
            Spelling::DayAndMonthByName => "with the month by its name",
            Spelling::Group => "as a military date-time group",
            Spelling::CompactDate => "as digits of a date",
            Spelling::ExcelSerial => "as days of a spreadsheet since 1899-12-30",
            Spelling::UnixSeconds => "as seconds since 1970",
            Spelling::UnixMilliseconds => "as milliseconds since 1970",
        })
    }
}
