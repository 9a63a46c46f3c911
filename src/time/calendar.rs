//! Days of a zone and what its clocks show: a day has 23 or 25 hours where they are changed.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

use super::timestamp::{Timestamp, Zone};
use super::written::Calendar;
use crate::Error;

/// A day of the calendar, in whatever zone.
///
/// ```
/// use patrol_corridor::time::{Day, Zone};
/// let zone: Zone = "Europe/Berlin".parse()?;
/// // The clocks go back on this day.
/// let (from, to) = "2020-10-25".parse::<Day>()?.bounds(&zone)?;
/// assert_eq!(to.seconds_after(from), 25.0 * 3_600.0);
/// assert!("2020-02-30".parse::<Day>().is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

crate::serde_text::serde_as_text!(Day);

impl Day {
    /// The day on which the clocks of a zone show that instant.
    ///
    /// ```
    /// use patrol_corridor::time::{Day, Timestamp, Zone};
    /// let late = Timestamp::read("2020-10-04T22:30Z", None)?;
    /// assert_eq!(Day::of(late, &Zone::utc()).to_string(), "2020-10-04");
    /// assert_eq!(Day::of(late, &"Asia/Baku".parse()?).to_string(), "2020-10-05");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn of(instant: Timestamp, zone: &Zone) -> Self {
        Day(instant.0.to_zoned_datetime(zone.0.clone()).date())
    }

    /// The day of a date.
    pub(super) fn of_date(date: Date) -> Self {
        Day(date)
    }

    /// The day of an instant in UTC.
    pub(super) fn in_utc(instant: Timestamp) -> Self {
        Day(instant.0.to_zoned_datetime(jiff::tz::TimeZone::UTC).date())
    }

    /// Year, month and day of the month, the latter two from 1.
    ///
    /// ```
    /// use patrol_corridor::time::Day;
    /// assert_eq!("2020-10-04".parse::<Day>()?.date(), (2020, 10, 4));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn date(self) -> (i16, u8, u8) {
        (self.0.year(), self.0.month().unsigned_abs(), self.0.day().unsigned_abs())
    }

    /// So many days earlier.
    ///
    /// ```
    /// use patrol_corridor::time::Day;
    /// let last: Day = "2020-11-02".parse()?;
    /// assert_eq!(last.days_before(7)?.to_string(), "2020-10-26");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no such year (before -9999).
    pub fn days_before(self, days: u32) -> Result<Self, Error> {
        let span = Span::new().try_days(i64::from(days));
        span.and_then(|span| self.0.checked_sub(span)).map(Day).map_err(|_| out_of_range(self))
    }

    /// So many days later.
    ///
    /// ```
    /// use patrol_corridor::time::Day;
    /// let last: Day = "2020-10-26".parse()?;
    /// assert_eq!(last.days_after(7)?.to_string(), "2020-11-02");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the calendar ends (9999).
    pub fn days_after(self, days: u32) -> Result<Self, Error> {
        let span = Span::new().try_days(i64::from(days));
        span.and_then(|span| self.0.checked_add(span)).map(Day).map_err(|_| out_of_range(self))
    }

    /// Returns how many days of the calendar it is after another; negative if it is before.
    ///
    /// ```
    /// use patrol_corridor::time::Day;
    /// let (first, last): (Day, Day) = ("2020-10-26".parse()?, "2020-11-02".parse()?);
    /// assert_eq!(last.days_since(first), 7);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn days_since(self, other: Day) -> i32 {
        self.0.duration_since(other.0).as_hours().div_euclid(24) as i32
    }

    /// The day of the week.
    ///
    /// ```
    /// use patrol_corridor::time::{Day, Weekday};
    /// assert_eq!("2020-11-10".parse::<Day>()?.weekday(), Weekday::Tuesday);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[self.0.weekday().to_monday_zero_offset().unsigned_abs() as usize % 7]
    }

    /// The first day of the week that holds it, where weeks begin on `start`.
    ///
    /// ```
    /// use patrol_corridor::time::{Day, Weekday};
    /// let day: Day = "2020-11-10".parse()?;
    /// assert_eq!(day.first_of_week(Weekday::Monday)?.to_string(), "2020-11-09");
    /// assert_eq!(day.first_of_week(Weekday::Saturday)?.to_string(), "2020-11-07");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the calendar begins later.
    pub fn first_of_week(self, start: Weekday) -> Result<Self, Error> {
        self.days_before((7 + self.weekday() as u32 - start as u32) % 7)
    }

    /// The first day of its month.
    ///
    /// ```
    /// use patrol_corridor::time::Day;
    /// assert_eq!("2020-11-10".parse::<Day>()?.first_of_month().to_string(), "2020-11-01");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Day(self.0.first_of_month())
    }

    /// How many days its month has.
    ///
    /// ```
    /// use patrol_corridor::time::Day;
    /// assert_eq!("2020-02-10".parse::<Day>()?.days_in_month(), 29);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn days_in_month(self) -> u32 {
        u32::from(self.0.days_in_month().unsigned_abs())
    }

    /// The year, the month and the day of the month that it is in a calendar.
    ///
    /// ```
    /// use patrol_corridor::time::{Calendar, Day};
    /// let day: Day = "2026-11-20".parse()?;
    /// assert_eq!(day.date_in(Calendar::Buddhist), (2569, 11, 20));
    /// # #[cfg(feature = "calendars")]
    /// assert_eq!(day.date_in(Calendar::Persian), (1405, 8, 29));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn date_in(self, calendar: Calendar) -> (i32, u8, u8) {
        calendar.of_gregorian(self.0)
    }

    /// The instant at which the clocks of a zone show that time on it; of a time that comes twice the first, of one that is
    /// skipped the time after.
    pub(crate) fn at(self, hour: u8, minute: u8, zone: &Zone) -> Result<Timestamp, Error> {
        let time = jiff::civil::time(hour.min(23).cast_signed(), minute.min(59).cast_signed(), 0, 0);
        let instant = zone.0.to_ambiguous_timestamp(self.0.to_datetime(time)).compatible();
        instant.map(Timestamp).map_err(|_| out_of_range(self))
    }

    /// Its first instant and that of the next day in a zone.
    ///
    /// ```
    /// use patrol_corridor::time::{Day, Zone};
    /// let (from, to) = "2020-10-04".parse::<Day>()?.bounds(&"Asia/Baku".parse::<Zone>()?)?;
    /// assert_eq!((from.to_string(), to.to_string()), ("2020-10-03T20:00:00Z".into(), "2020-10-04T20:00:00Z".into()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the calendar ends (9999).
    pub fn bounds(self, zone: &Zone) -> Result<(Timestamp, Timestamp), Error> {
        let start = |date: Date| {
            let zoned = date.to_zoned_datetime(zone.0.clone()).and_then(|zoned| zoned.start_of_day());
            zoned.map(|zoned| Timestamp(zoned.timestamp())).map_err(|_| out_of_range(self))
        };
        let next = self.0.tomorrow().map_err(|_| out_of_range(self))?;
        Ok((start(self.0)?, start(next)?))
    }

    /// Its noon in a zone, in UTC without one: stands for a time of day that is not known. Of a noon that the clocks
    /// showed twice it is the first.
    ///
    /// ```
    /// use patrol_corridor::time::{Day, Zone};
    /// let (day, baku): (Day, Zone) = ("2020-10-04".parse()?, "Asia/Baku".parse()?);
    /// assert_eq!(day.noon(Some(&baku))?.to_string(), "2020-10-04T08:00:00Z");
    /// assert_eq!(day.noon(None)?.to_string(), "2020-10-04T12:00:00Z");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the calendar ends (9999).
    pub fn noon(self, zone: Option<&Zone>) -> Result<Timestamp, Error> {
        let noon = self.0.at(12, 0, 0, 0);
        let zone = zone.map_or(jiff::tz::TimeZone::UTC, |zone| zone.0.clone());
        zone.to_ambiguous_timestamp(noon).compatible().map(Timestamp).map_err(|_| out_of_range(self))
    }
}

/// A day of the week.
///
/// ```
/// use patrol_corridor::time::Weekday;
/// assert_eq!("sat".parse::<Weekday>()?, Weekday::Saturday);
/// assert_eq!((Weekday::Saturday.to_string(), Weekday::Saturday.number()), ("saturday".to_owned(), 6));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Weekday {
    #[default]
    /// 1 in ISO 8601.
    Monday,
    /// 2 in ISO 8601.
    Tuesday,
    /// 3 in ISO 8601.
    Wednesday,
    /// 4 in ISO 8601.
    Thursday,
    /// 5 in ISO 8601.
    Friday,
    /// 6 in ISO 8601.
    Saturday,
    /// 7 in ISO 8601.
    Sunday,
}

crate::serde_text::serde_as_text!(Weekday);

impl Weekday {
    /// All of them, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Its number in ISO 8601: 1 is Monday, 7 is Sunday.
    ///
    /// ```
    /// use patrol_corridor::time::Weekday;
    /// assert_eq!(Weekday::Monday.number(), 1);
    /// ```
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    fn name(self) -> &'static str {
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][self as usize]
    }
}

impl fmt::Display for Weekday {
    /// Its English name in lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Weekday {
    type Err = Error;

    /// Its English name, or the first three letters of it.
    fn from_str(text: &str) -> Result<Self, Error> {
        let is_meant =
            |day: &Weekday| [day.name(), &day.name()[..3]].iter().any(|name| name.eq_ignore_ascii_case(text));
        Weekday::ALL.into_iter().find(is_meant).ok_or_else(|| {
            Error::argument(format!("the day of the week `{text}`, expected one like `monday` or `mon`"))
        })
    }
}

fn out_of_range(day: Day) -> Error {
    Error::argument(format!("the day {day}, expected one whose neighbours the calendar has"))
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match text.parse::<Date>() {
            Ok(date) if is_plain => Ok(Day(date)),
            _ => Err(Error::argument(format!("the day `{text}`, expected one like `2021-01-31`"))),
        }
    }
}

impl fmt::Display for Day {
    /// `2021-01-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What the clocks of a zone show at an instant.
///
/// ```
/// use patrol_corridor::time::{Timestamp, LocalTime, Zone};
/// let zone: Zone = "Asia/Baku".parse()?;
/// let local = LocalTime::of(Timestamp::read("2021-01-01T01:40Z", None)?, &zone);
/// assert_eq!((local.hour, local.minute), (5, 40));
/// assert_eq!(local.to_string(), "2021-01-01T05:40:00+04:00");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub day: Day,
    /// The hour of the day, 0 to 23. Where clocks go back, one comes twice.
    pub hour: u8,
    /// The minute of the hour.
    pub minute: u8,
    /// RFC 3339 with the offset of the zone at that time.
    text: String,
}

impl LocalTime {
    /// The time of an instant in a zone.
    ///
    /// ```
    /// use patrol_corridor::time::{LocalTime, Timestamp, Zone};
    /// let berlin: Zone = "Europe/Berlin".parse()?;
    /// // Half past two comes twice in the night of the clocks.
    /// let shown = |text| Timestamp::read(text, None).map(|at| LocalTime::of(at, &berlin).to_string());
    /// assert_eq!(shown("2020-10-25T00:30Z")?, "2020-10-25T02:30:00+02:00");
    /// assert_eq!(shown("2020-10-25T01:30Z")?, "2020-10-25T02:30:00+01:00");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn of(instant: Timestamp, zone: &Zone) -> Self {
        let zoned = instant.0.to_zoned_datetime(zone.0.clone());
        let offset = zoned.offset();
        LocalTime {
            day: Day(zoned.date()),
            hour: zoned.hour().unsigned_abs(),
            minute: zoned.minute().unsigned_abs(),
            text: instant.0.display_with_offset(offset).to_string(),
        }
    }
}

impl fmt::Display for LocalTime {
    /// RFC 3339 with its offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Zone {
    /// Its name in the IANA database, or its offset: `Asia/Baku`, `+04:00`, `UTC`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.0.iana_name() {
            return f.write_str(name);
        }
        match self.0.to_fixed_offset() {
            Ok(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            Err(_) => f.write_str("?"),
        }
    }
}

impl Timestamp {
    /// So many seconds later, or with a negative number earlier; to the nanosecond.
    ///
    /// ```
    /// use patrol_corridor::time::Timestamp;
    /// let at = Timestamp::read("2020-10-04T09:45Z", None)?;
    /// assert_eq!(at.plus_seconds(-0.5)?.to_string(), "2020-10-04T09:44:59.5Z");
    /// assert!(at.plus_seconds(f64::INFINITY).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where that is outside the years -9999 to 9999, or `seconds` is no finite number.
    pub fn plus_seconds(self, seconds: f64) -> Result<Self, Error> {
        let refused =
            || Error::argument(format!("{seconds} seconds after {self}, expected a time of the calendar"));
        let span = jiff::SignedDuration::try_from_secs_f64(seconds).map_err(|_| refused())?;
        self.0.checked_add(span).map(Timestamp).map_err(|_| refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(text: &str) -> Zone {
        text.parse().unwrap()
    }

    #[test]
    fn days_where_clocks_change() {
        for (name, day, hours) in [
            ("Europe/Berlin", "2020-03-29", 23.0),
            ("Europe/Berlin", "2020-10-25", 25.0),
            ("Asia/Baku", "2021-01-01", 24.0),
            // At midnight there: the day began at 01:00.
            ("Asia/Beirut", "2021-03-28", 23.0),
            ("Australia/Lord_Howe", "2021-04-04", 24.5),
        ] {
            let (from, to) = day.parse::<Day>().unwrap().bounds(&zone(name)).unwrap();
            assert_eq!(to.seconds_after(from) / 3_600.0, hours, "{name} {day}");
        }
    }

    #[test]
    fn days_that_are_none() {
        for text in ["", "2021-1-1", "2021-02-29", "20210101", "2021-01-01T00:00", "yesterday", "２021-01-01"]
        {
            assert!(text.parse::<Day>().unwrap_err().is_argument(), "{text}");
        }
        assert!("-9999-01-01".parse::<Day>().is_err());
    }

    #[test]
    fn zones_by_their_names() {
        for (text, shown) in
            [("Asia/Baku", "Asia/Baku"), ("-0330", "-03:30"), ("+04:00", "+04:00"), ("Z", "UTC")]
        {
            assert_eq!(zone(text).to_string(), shown);
        }
    }

    #[test]
    fn days_go_back_over_the_end_of_a_year() {
        let day: Day = "2021-01-01".parse().unwrap();
        assert_eq!(day.days_before(1).unwrap().to_string(), "2020-12-31");
        assert_eq!(day.days_before(28).unwrap().to_string(), "2020-12-04");
        assert!("0000-01-01".parse::<Day>().unwrap().days_before(u32::MAX).is_err());
    }
}
