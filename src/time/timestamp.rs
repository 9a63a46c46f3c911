//! Points in time as logs write them, and the zones in which local times stand.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::written::{self, TimeForm, Written};
use crate::Error;
use crate::error::ErrorKind;

/// A point in time, whatever the zone in which it was written.
///
/// ```
/// use patrol_corridor::time::{Timestamp, Zone};
/// let zoned = Timestamp::read("2020-10-04T13:45:00+04:00", None)?;
/// assert_eq!(zoned.to_string(), "2020-10-04T09:45:00Z");
/// let baku: Zone = "Asia/Baku".parse()?;
/// assert_eq!(Timestamp::read("2020-10-04 13:45", Some(&baku))?, zoned);
/// // A local time without a zone may be any.
/// assert!(Timestamp::read("2020-10-04 13:45", None).is_err());
/// // From clocks: POSIX seconds, `std::time::SystemTime`, `jiff::Timestamp`.
/// assert_eq!(Timestamp::from_unix_seconds(1_601_804_700)?, zoned);
/// assert!(Timestamp::try_from(std::time::SystemTime::now())? > zoned);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub(super) jiff::Timestamp);

impl Timestamp {
    /// RFC 3339 with its zone (`2020-10-04T13:45:00+04:00`, `...Z`; a blank may stand for the `T`, seconds may be left
    /// out), or a local time in the given zone. A zone that the text names itself counts before the given one.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, Zone};
    /// let berlin: Zone = "Europe/Berlin".parse()?;
    /// assert_eq!(Timestamp::read("2020-10-04 13:45", Some(&berlin))?.to_string(), "2020-10-04T11:45:00Z");
    /// // The zone in the text counts first.
    /// assert_eq!(Timestamp::read("2020-10-04 13:45+04:00", Some(&berlin))?.to_string(), "2020-10-04T09:45:00Z");
    /// // The clocks showed it twice.
    /// assert!(Timestamp::read("2020-10-25 02:30", Some(&berlin)).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is no time (a date alone tells no time either), a local time has no zone, or the zone had that
    /// local time twice or not at all, as when clocks are changed.
    pub fn read(text: &str, zone: Option<&Zone>) -> Result<Self, Error> {
        let refused = |why: &str| {
            Error::input(format!(
                "the time `{text}`{why}, expected RFC 3339 with its zone (`2020-10-04T13:45:00+04:00`)"
            ))
        };
        let local = match written::read(text, &TimeForm::default()).0 {
            Written::Zoned(instant) => return Ok(Timestamp(instant)),
            Written::Local(local) => local,
            Written::Date(_) => return Err(refused(", which is a date without a time of day")),
            Written::TimeOfDay(_) => return Err(refused(", which is a time of day without a date")),
            Written::Ambiguous { .. } => return Err(refused(", whose day and month can't be told apart")),
            Written::WideOffset => return Err(refused(", whose offset is a day or more")),
            Written::Nothing => return Err(refused("")),
        };
        let Some(zone) = zone else {
            return Err(refused(", which has no zone, and none was given").of_kind(ErrorKind::NoZone));
        };
        match zone.readings(local)[..] {
            [instant] => Ok(instant),
            _ => Err(refused(", which the zone had twice or not at all when its clocks were changed")),
        }
    }

    /// The first that there is.
    pub(crate) const MIN: Timestamp = Timestamp(jiff::Timestamp::MIN);

    /// The present moment, by the clock of the machine.
    ///
    /// ```
    /// use patrol_corridor::time::Timestamp;
    /// assert!(Timestamp::now() > Timestamp::read("2020-10-04T09:45Z", None)?);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn now() -> Self {
        Timestamp(jiff::Timestamp::now())
    }

    /// So many seconds after 1970-01-01T00:00:00Z, before it where negative (POSIX time, without leap seconds).
    ///
    /// ```
    /// use patrol_corridor::time::Timestamp;
    /// assert_eq!(Timestamp::from_unix_seconds(1_601_804_700)?.to_string(), "2020-10-04T09:45:00Z");
    /// assert_eq!(Timestamp::from_unix_seconds(-1)?.to_string(), "1969-12-31T23:59:59Z");
    /// assert!(Timestamp::from_unix_seconds(i64::MAX).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if that is not within the years -9999 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, Error> {
        let found = jiff::Timestamp::from_second(seconds);
        found.map(Timestamp).map_err(|_| {
            Error::input(format!("{seconds} seconds after 1970 are not within the years -9999 to 9999"))
        })
    }

    /// The whole seconds since 1970-01-01T00:00:00Z, rounded down.
    ///
    /// ```
    /// use patrol_corridor::time::Timestamp;
    /// assert_eq!(Timestamp::read("2020-10-04T09:45:00.9Z", None)?.unix_seconds(), 1_601_804_700);
    /// assert_eq!(Timestamp::read("1969-12-31T23:59:59.9Z", None)?.unix_seconds(), -1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second() - i64::from(self.0.subsec_nanosecond() < 0)
    }

    /// How long after another it is, in seconds; negative before it.
    ///
    /// ```
    /// use patrol_corridor::time::Timestamp;
    /// let flash: Timestamp = "2020-10-04T09:45:00Z".parse()?;
    /// let bang: Timestamp = "2020-10-04T09:45:14.5Z".parse()?;
    /// assert_eq!((bang.seconds_after(flash), flash.seconds_after(bang)), (14.5, -14.5));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn seconds_after(self, other: Timestamp) -> f64 {
        let apart: SignedDuration = self.0.duration_since(other.0);
        apart.as_secs_f64()
    }
}

/// RFC 3339 with its zone, as [`Timestamp::read`] takes it.
impl FromStr for Timestamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Timestamp::read(text, None)
    }
}

crate::serde_text::serde_as_text!(Timestamp);

impl TryFrom<SystemTime> for Timestamp {
    type Error = Error;

    fn try_from(time: SystemTime) -> Result<Self, Error> {
        let found = jiff::Timestamp::try_from(time);
        found.map(Timestamp).map_err(|error| Error::input(format!("the system's time: {error}")))
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = Error;

    fn try_from(timestamp: Timestamp) -> Result<Self, Error> {
        let refused =
            |_| Error::input(format!("the time {timestamp} is none that the system's clock can show"));
        SystemTime::try_from(timestamp.0).map_err(refused)
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Timestamp(timestamp)
    }
}

impl From<Timestamp> for jiff::Timestamp {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, with no more decimals than it has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A time zone: by its name in the IANA database, or a fixed offset from UTC.
///
/// The database is that of the system, else the one built in.
///
/// ```
/// use patrol_corridor::time::Zone;
/// for known in ["Asia/Baku", "+04:00", "-0330", "UTC", "Z"] {
///     known.parse::<Zone>()?;
/// }
/// assert!("Baku".parse::<Zone>().is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(pub(super) TimeZone);

impl Zone {
    /// UTC.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, Zone};
    /// assert_eq!(Zone::utc().to_string(), "UTC");
    /// assert_eq!(Timestamp::read("2020-10-04 09:45", Some(&Zone::utc()))?.unix_seconds(), 1_601_804_700);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn utc() -> Self {
        Zone(TimeZone::UTC)
    }

    /// The instants at which its clocks showed a local time: one, two where they were put back, none where they were
    /// put forward.
    pub(super) fn readings(&self, local: DateTime) -> Vec<Timestamp> {
        let ambiguous = self.0.to_ambiguous_timestamp(local);
        let found = match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => Vec::new(),
            AmbiguousOffset::Unambiguous { .. } => vec![ambiguous.unambiguous()],
            AmbiguousOffset::Fold { .. } => vec![ambiguous.earlier(), ambiguous.later()],
        };
        found.into_iter().flatten().map(Timestamp).collect()
    }
}

crate::serde_text::serde_as_text!(Zone);

impl FromStr for Zone {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let trimmed = text.trim();
        let refused = || {
            let mut names = jiff::tz::db().available();
            let is_of = |city: &str| city.replace('_', " ").eq_ignore_ascii_case(&trimmed.replace('_', " "));
            let named = names.find(|name| name.as_str().rsplit('/').next().is_some_and(is_of));
            let hint = named.map(|name| format!(": write `{name}`")).unwrap_or_default();
            Error::argument(format!(
                "the zone `{text}`, expected a name of the IANA database (`Asia/Baku`) or an offset (`+04:00`){hint}"
            ))
        };
        if matches!(trimmed, "Z" | "z" | "UTC" | "utc") {
            return Ok(Zone(TimeZone::UTC));
        }
        if let Some(sign) = trimmed.chars().next().filter(|c| "+-".contains(*c)) {
            let digits: String = trimmed[1..].chars().filter(|c| *c != ':').collect();
            let is_plain = trimmed[1..].bytes().all(|b| b.is_ascii_digit() || b == b':');
            let number = |part: Option<&str>| part.and_then(|part| part.parse::<i32>().ok());
            let minutes = match digits.len() {
                2 => Some(0),
                4 => number(digits.get(2..)),
                _ => None,
            };
            let (Some(hours), Some(minutes), true) = (number(digits.get(..2)), minutes, is_plain) else {
                return Err(refused());
            };
            if hours > 15 || minutes > 59 {
                return Err(refused());
            }
            let seconds = (3_600 * hours + 60 * minutes) * if sign == '-' { -1 } else { 1 };
            let offset = jiff::tz::Offset::from_seconds(seconds).map_err(|_| refused())?;
            return Ok(Zone(TimeZone::fixed(offset)));
        }
        TimeZone::get(trimmed).map(Zone).map_err(|_| refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_their_ways() {
        for text in [
            "2020-10-04T09:45:00Z",
            "2020-10-04t09:45:00z",
            "2020-10-04 09:45Z",
            "2020-10-04 09:45 Z",
            " 2020-10-04 09:45:00.000 UTC ",
            "2020-10-04T13:45:00+04:00",
            "2020-10-04 13:45 +04:00",
            "2020-10-04T05:45-04",
        ] {
            assert_eq!(Timestamp::read(text, None).unwrap().to_string(), "2020-10-04T09:45:00Z", "{text}");
        }
        let zone: Zone = "+04:00".parse().unwrap();
        for (text, with_zone) in
            [("2020-10-04T13:45", true), ("2020-10-04", false), ("13:45", false), ("", false)]
        {
            let error = Timestamp::read(text, None).unwrap_err();
            assert!(error.is_input() && error.message().contains(&format!("`{text}`")), "{error}");
            assert_eq!(Timestamp::read(text, Some(&zone)).is_ok(), with_zone, "{text}");
        }
        for text in [
            "2020-13-04T00:00Z",
            "2020-10-04T25:00Z",
            "4.10.2020 13:45",
            "noon",
            "2020-10-04T13:45+99:00",
            "2020-10-04T13:45-25:00",
        ] {
            assert!(Timestamp::read(text, Some(&zone)).is_err(), "{text}");
        }
    }

    #[test]
    fn changed_clocks_leave_a_doubt() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        for text in ["2020-10-25T02:30", "2020-03-29T02:30"] {
            assert!(Timestamp::read(text, Some(&zone)).unwrap_err().message().contains("clocks"), "{text}");
        }
        let winter = Timestamp::read("2020-10-25T02:30+01:00", Some(&zone)).unwrap();
        let summer = Timestamp::read("2020-10-25T02:30+02:00", None).unwrap();
        assert_eq!(winter.seconds_after(summer), 3_600.0);
    }

    #[test]
    fn zones_that_are_none() {
        for text in ["", "+", "+4", "+16:00", "+04:60", "+0x:00", "Mars/Base", "+٠٤:٠٠"] {
            assert!(text.parse::<Zone>().unwrap_err().is_argument(), "{text}");
        }
    }
}
