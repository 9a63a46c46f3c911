//! When something happened, as far as a text says: the one reading of an incident's time.

use std::fmt;

use super::calendar::Day;
use super::time_span::TimeSpan;
use super::timestamp::{Timestamp, Zone};
use super::written::{self, Spelling, TimeForm, Written};

/// The years in which an incident can lie; what is outside is of another calendar, or a slip.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// No zone is further ahead of UTC, or behind it, in seconds.
const MOST_AHEAD_S: f64 = 14.0 * 3_600.0;
const MOST_BEHIND_S: f64 = 12.0 * 3_600.0;

/// When an incident happened, as far as a text says.
///
/// ```
/// use patrol_corridor::time::{When, Zone};
/// let kyiv: Zone = "Europe/Kyiv".parse()?;
/// assert!(matches!(When::read("2026-10-24 23:00", Some(&kyiv)), When::At(_)));
/// // The clocks went back from 04:00 to 03:00.
/// assert!(matches!(When::read("2026-10-25 03:30", Some(&kyiv)), When::Twice(..)));
/// assert!(matches!(When::read("2026-10-25", Some(&kyiv)), When::Day(_)));
/// assert!(matches!(When::read("", Some(&kyiv)), When::Missing));
/// assert!(matches!(When::read("2026-10-24 23:00", None), When::NoZone(_)));
/// assert!(matches!(When::read("1405-08-29", Some(&kyiv)), When::Unreadable { .. }));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// At an instant.
    At(Timestamp),
    /// A local time that the clocks showed twice: at one of these two instants, the earlier first.
    Twice(Timestamp, Timestamp),
    /// On a day; the time of day is not known.
    Day(DayInZone),
    /// Nothing is said.
    Missing,
    /// A local time, and no zone is known to read it in.
    NoZone(String),
    /// The text says no time.
    Unreadable {
        /// The text as it was found.
        text: String,
        /// Why it says no time.
        why: UnreadableTime,
    },
}

/// A day of the calendar, and the time that it may take.
///
/// ```
/// use patrol_corridor::time::{When, Zone};
/// let baku: Zone = "Asia/Baku".parse()?;
/// let When::Day(day) = When::read("2020-10-04", Some(&baku)) else { panic!("a date alone is a day") };
/// assert_eq!(day.span.to_string(), "2020-10-03T20:00:00Z/2020-10-04T20:00:00Z");
/// assert_eq!(day.noon.to_string(), "2020-10-04T08:00:00Z");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DayInZone {
    /// The day.
    pub day: Day,
    /// From its first instant to that of the next day in its zone; without a zone, in any zone from UTC+14 to UTC-12.
    pub span: TimeSpan,
    /// Its noon, in UTC without a zone.
    pub noon: Timestamp,
}

/// Why a text says no time.
///
/// ```
/// use patrol_corridor::time::{UnreadableTime, When, Zone};
/// let berlin: Zone = "Europe/Berlin".parse()?;
/// let why = |text| match When::read(text, Some(&berlin)) {
///     When::Unreadable { why, .. } => Some(why),
///     _ => None,
/// };
/// assert_eq!(why("2020-03-29 02:30"), Some(UnreadableTime::SkippedTime));
/// assert_eq!(why("04.10.2020"), Some(UnreadableTime::DayOrMonth));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnreadableTime {
    /// It is not written as a time.
    NoTime,
    /// The clocks of the zone skipped it.
    SkippedTime,
    /// The zone left this day out of its calendar.
    SkippedDay,
    /// A year outside 1900 to 2100.
    Year,
    /// A time of day without a date.
    TimeOfDay,
    /// Day and month can be exchanged, and nothing says which is which.
    DayOrMonth,
}

impl fmt::Display for UnreadableTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            UnreadableTime::NoTime => {
                "is no time; write RFC 3339 with its zone (`2020-10-04T13:45:00+04:00`)"
            }
            UnreadableTime::TimeOfDay => "is a time of day without a date",
            UnreadableTime::DayOrMonth => "can have the day or the month first; say which",
            UnreadableTime::SkippedTime => "is a local time that the clocks of the zone skipped",
            UnreadableTime::SkippedDay => "is a day that the zone left out of its calendar",
            UnreadableTime::Year => "is of a year outside 1900 to 2100, perhaps of another calendar",
        })
    }
}

/// How a time lies to a half-open period.
///
/// ```
/// use patrol_corridor::time::{InPeriod, When, Zone};
/// let (from, to) = ("2020-10-04T00:00Z".parse()?, "2020-10-04T12:00Z".parse()?);
/// let lies = |text: &str| When::read(text, Some(&Zone::utc())).in_period(from, to);
/// assert_eq!(lies("2020-10-04 06:00"), Some(InPeriod::Within));
/// // Of the day only the morning is in it.
/// assert_eq!(lies("2020-10-04"), Some(InPeriod::Doubtful));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InPeriod {
    /// Wholly before it.
    Before,
    /// Wholly in it.
    Within,
    /// Wholly after it.
    After,
    /// Partly in it: an answer that the text does not give.
    Doubtful,
}

impl When {
    /// Reads a text: RFC 3339, a local time by `zone`, or a date alone (`2020-10-04`), and what people write instead
    /// (`20.11.2026 06:10`, `Nov 20, 2026 6:10 AM`, `200610BNOV26`, days of a spreadsheet, seconds since 1970), as long as
    /// that can be one time only. A blank text says nothing.
    ///
    /// ```
    /// use patrol_corridor::time::{When, Zone};
    /// let baku: Zone = "Asia/Baku".parse()?;
    /// assert_eq!(When::read("2020-10-04 13:45", Some(&baku)), When::At("2020-10-04T09:45:00Z".parse()?));
    /// // Nothing fails: what is no time says so.
    /// assert!(matches!(When::read("in the evening", Some(&baku)), When::Unreadable { .. }));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn read(text: &str, zone: Option<&Zone>) -> Self {
        When::read_as(text, zone, &TimeForm::default()).0
    }

    /// Reads a text as [`read`](Self::read) does, with what else is known of it; also how it was spelled, where that is not
    /// RFC 3339.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeForm, UnreadableTime, When, Zone};
    /// let read = |text: &str| When::read_as(text, Some(&Zone::utc()), &TimeForm::default()).0;
    /// assert_eq!(read("20 Nov 2026 6:10 AM"), When::At("2026-11-20T06:10:00Z".parse()?));
    /// // Is it March or April? That is not guessed.
    /// assert!(matches!(read("03/04/2026"), When::Unreadable { why: UnreadableTime::DayOrMonth, .. }));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn read_as(text: &str, zone: Option<&Zone>, form: &TimeForm) -> (Self, Spelling) {
        match text.trim() {
            "" => (When::Missing, Spelling::Plain),
            text => When::of_written(text, written::read(text, form), zone),
        }
    }

    /// Reads a time that is split into two texts, a date and a time of day; without the latter it is the date alone.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeForm, When, Zone};
    /// let (when, _) = When::read_parts("20.11.2026", "6:10", Some(&Zone::utc()), &TimeForm::default());
    /// assert_eq!(when, When::At("2026-11-20T06:10:00Z".parse()?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn read_parts(date: &str, time: &str, zone: Option<&Zone>, form: &TimeForm) -> (Self, Spelling) {
        let (date, time) = (date.trim(), time.trim());
        let both = format!("{date} {time}");
        match both.trim() {
            "" => (When::Missing, Spelling::Plain),
            text => When::of_written(text, written::read_parts(date, time, form), zone),
        }
    }

    fn of_written(
        text: &str,
        (found, spelling): (Written, Spelling),
        zone: Option<&Zone>,
    ) -> (Self, Spelling) {
        let unreadable = |why| When::Unreadable { text: text.to_owned(), why };
        let in_years = |when: When, year: i16| match YEARS.contains(&year) {
            true => (when, spelling),
            false => (unreadable(UnreadableTime::Year), Spelling::Plain),
        };
        let why = match found {
            Written::Zoned(at) => {
                let at = Timestamp(at);
                return in_years(When::At(at), Day::in_utc(at).date().0);
            }
            Written::Local(local) => {
                let year = local.year();
                let Some(zone) = zone else { return in_years(When::NoZone(text.to_owned()), year) };
                return match zone.readings(local)[..] {
                    [at] => in_years(When::At(at), year),
                    [earlier, later] => in_years(When::Twice(earlier, later), year),
                    _ => in_years(unreadable(UnreadableTime::SkippedTime), year),
                };
            }
            Written::Date(date) if !YEARS.contains(&date.year()) => UnreadableTime::Year,
            Written::Date(date) => match day_in_zone(Day::of_date(date), zone) {
                Some(day) => return (When::Day(day), spelling),
                None => UnreadableTime::SkippedDay,
            },
            Written::TimeOfDay(_) => UnreadableTime::TimeOfDay,
            Written::Ambiguous { .. } => UnreadableTime::DayOrMonth,
            Written::WideOffset | Written::Nothing => UnreadableTime::NoTime,
        };
        (unreadable(why), Spelling::Plain)
    }

    /// The instants at which posts and routes in service count: that instant, the earlier of two, a whole day; `None`
    /// where nothing is known.
    ///
    /// ```
    /// use patrol_corridor::time::{When, Zone};
    /// let span = |text: &str| When::read(text, Some(&Zone::utc())).span().map(|span| span.to_string());
    /// assert_eq!(span("2020-10-04"), Some("2020-10-04T00:00:00Z/2020-10-05T00:00:00Z".into()));
    /// assert_eq!(span("2020-10-04 13:45"), Some("2020-10-04T13:45:00Z".into()));
    /// assert_eq!(span(""), None);
    /// ```
    #[must_use]
    pub fn span(&self) -> Option<TimeSpan> {
        match self {
            When::At(at) | When::Twice(at, _) => Some(TimeSpan::at(*at)),
            When::Day(day) => Some(day.span),
            When::Missing | When::NoZone(_) | When::Unreadable { .. } => None,
        }
    }

    /// All instants at which it may have happened; `None` where nothing is known. Of two readings what lies between is
    /// none of them.
    ///
    /// ```
    /// use patrol_corridor::time::{When, Zone};
    /// let berlin: Zone = "Europe/Berlin".parse()?;
    /// let (earlier, later) = When::read("2020-10-25 02:30", Some(&berlin)).spans().unwrap();
    /// assert_eq!(earlier.to_string(), "2020-10-25T00:30:00Z");
    /// assert_eq!(later.map(|later| later.to_string()), Some("2020-10-25T01:30:00Z".into()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn spans(&self) -> Option<(TimeSpan, Option<TimeSpan>)> {
        match self {
            When::Twice(earlier, later) => Some((TimeSpan::at(*earlier), Some(TimeSpan::at(*later)))),
            _ => self.span().map(|span| (span, None)),
        }
    }

    /// The one instant that stands for it where one is needed: the earlier of two, the noon of a day.
    ///
    /// ```
    /// use patrol_corridor::time::When;
    /// let instant = |text: &str| When::read(text, None).instant().map(|at| at.to_string());
    /// assert_eq!(instant("2020-10-04T13:45+04:00"), Some("2020-10-04T09:45:00Z".into()));
    /// assert_eq!(instant("2020-10-04"), Some("2020-10-04T12:00:00Z".into()));
    /// assert_eq!(instant("2020-10-04 13:45"), None);
    /// ```
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        match self {
            When::At(at) | When::Twice(at, _) => Some(*at),
            When::Day(day) => Some(day.noon),
            When::Missing | When::NoZone(_) | When::Unreadable { .. } => None,
        }
    }

    /// How it lies to a period from its first instant to its end; `None` where nothing is known.
    ///
    /// ```
    /// use patrol_corridor::time::{InPeriod, When};
    /// let (from, to) = ("2020-10-04T00:00Z".parse()?, "2020-10-05T00:00Z".parse()?);
    /// let lies = |text: &str| When::read(text, None).in_period(from, to);
    /// assert_eq!(lies("2020-10-04T09:45Z"), Some(InPeriod::Within));
    /// assert_eq!(lies("2020-10-05T00:00Z"), Some(InPeriod::After));
    /// // Without a zone the day may be that of any.
    /// assert_eq!((lies("2020-10-04"), lies("")), (Some(InPeriod::Doubtful), None));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn in_period(&self, from: Timestamp, to: Timestamp) -> Option<InPeriod> {
        let of = |span: TimeSpan| {
            // An instant lies in a period that begins at it, a span not in one that ends at its beginning.
            let is_before = if span.is_instant() { span.first() < from } else { span.end() <= from };
            let is_within =
                span.first() >= from && if span.is_instant() { span.first() < to } else { span.end() <= to };
            if span.first() >= to {
                InPeriod::After
            } else if is_before {
                InPeriod::Before
            } else if is_within {
                InPeriod::Within
            } else {
                InPeriod::Doubtful
            }
        };
        let (first, second) = self.spans()?;
        let (first, second) = (of(first), second.map(of));
        Some(match (first, second) {
            (one, None) => one,
            (one, Some(other)) if one == other => one,
            (InPeriod::Before, Some(InPeriod::After)) => InPeriod::Before,
            _ => InPeriod::Doubtful,
        })
    }
}

/// `None` where the zone left the day out, or the calendar ends.
fn day_in_zone(day: Day, zone: Option<&Zone>) -> Option<DayInZone> {
    let noon = day.noon(zone).ok()?;
    let (first, end) = match zone {
        Some(zone) => day.bounds(zone).ok()?,
        None => {
            let (first, end) = day.bounds(&Zone::utc()).ok()?;
            (first.plus_seconds(-MOST_AHEAD_S).ok()?, end.plus_seconds(MOST_BEHIND_S).ok()?)
        }
    };
    let span = TimeSpan::between(first, end).ok().filter(|span| !span.is_instant())?;
    Some(DayInZone { day, span, noon })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::read(text, None).unwrap()
    }

    #[test]
    fn both_readings_decide_where_they_agree() {
        let kyiv = zone("Europe/Kyiv");
        let when = When::read("2026-10-25 03:30", Some(&kyiv));
        let day = |from: &str, to: &str| when.in_period(at(from), at(to)).unwrap();
        assert_eq!(day("2026-10-24T21:00Z", "2026-10-25T22:00Z"), InPeriod::Within);
        assert_eq!(day("2026-10-25T01:00Z", "2026-10-25T22:00Z"), InPeriod::Doubtful);
        assert_eq!(day("2026-10-25T02:00Z", "2026-10-25T22:00Z"), InPeriod::Before);
        assert_eq!(day("2026-10-24T00:00Z", "2026-10-25T00:30Z"), InPeriod::After);
        assert_eq!(when.instant(), Some(at("2026-10-25T00:30Z")));
    }

    #[test]
    fn a_date_without_a_zone_is_that_day_anywhere() {
        let when = When::read("2020-10-04", None);
        let day = |from: &str, to: &str| when.in_period(at(from), at(to)).unwrap();
        assert_eq!(day("2020-10-03T10:00Z", "2020-10-05T12:00Z"), InPeriod::Within);
        assert_eq!(day("2020-10-04T00:00Z", "2020-10-05T00:00Z"), InPeriod::Doubtful);
        assert_eq!(day("2020-10-05T12:00Z", "2020-10-06T00:00Z"), InPeriod::Before);
        assert_eq!(day("2020-10-02T00:00Z", "2020-10-03T10:00Z"), InPeriod::After);
        assert_eq!(when.instant(), Some(at("2020-10-04T12:00Z")));
    }

    #[test]
    fn what_is_no_time_says_why() {
        let apia = zone("Pacific/Apia");
        for (text, expected) in [
            ("2011-12-30", UnreadableTime::SkippedDay),
            ("2011-12-30 08:00", UnreadableTime::SkippedTime),
            ("1405-08-29", UnreadableTime::Year),
            ("2569-11-20", UnreadableTime::Year),
            ("0026-11-20T08:00:00Z", UnreadableTime::Year),
            ("2569-11-20 08:00", UnreadableTime::Year),
            ("03/04/2026 06:10", UnreadableTime::DayOrMonth),
            ("06:10", UnreadableTime::TimeOfDay),
            ("2026-11-20T08:00+99:00", UnreadableTime::NoTime),
            ("2020100", UnreadableTime::NoTime),
        ] {
            let When::Unreadable { text: kept, why } = When::read(text, Some(&apia)) else {
                panic!("{text} is read");
            };
            assert_eq!((kept.as_str(), why), (text, expected));
        }
        assert_eq!(When::read(" 2020-10-04 08:00 ", None), When::NoZone("2020-10-04 08:00".to_owned()));
    }
}
