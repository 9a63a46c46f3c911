//! How long a time leaves open: an instant, or all from one instant until another.

use std::fmt;

use jiff::SignedDuration;

use super::Timestamp;
use crate::Error;

/// When something happened: at an instant, or at some time of a half-open span, with its first instant and without
/// its end (a date alone is one from midnight to midnight).
///
/// Spans are ordered by their first instant, then by their end.
///
/// ```
/// use patrol_corridor::time::{Day, Timestamp, TimeSpan, Zone};
/// let baku: Zone = "Asia/Baku".parse()?;
/// let (first, end) = "2020-10-04".parse::<Day>()?.bounds(&baku)?;
/// let day = TimeSpan::between(first, end)?;
/// assert_eq!(day.to_string(), "2020-10-03T20:00:00Z/2020-10-04T20:00:00Z");
/// assert!(TimeSpan::at(first).is_instant() && !day.is_instant());
/// assert!(TimeSpan::between(end, first).is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Ends"))]
pub struct TimeSpan {
    first: Timestamp,
    /// Of an instant itself.
    end: Timestamp,
}

/// What serde reads of a span before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Ends {
    first: Timestamp,
    end: Timestamp,
}

#[cfg(feature = "serde")]
impl TryFrom<Ends> for TimeSpan {
    type Error = Error;

    fn try_from(Ends { first, end }: Ends) -> Result<Self, Error> {
        TimeSpan::between(first, end)
    }
}

impl TimeSpan {
    /// One instant.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeSpan, Timestamp};
    /// let noon = TimeSpan::at(Timestamp::read("2020-10-04T12:00Z", None)?);
    /// assert!(noon.is_instant() && noon.first() == noon.end());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        TimeSpan { first: instant, end: instant }
    }

    /// All from the first instant until the end, which is not part of it; an instant where both are the same.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeSpan, Timestamp};
    /// let (noon, one) = (Timestamp::read("2020-10-04T12:00Z", None)?, Timestamp::read("2020-10-04T13:00Z", None)?);
    /// assert_eq!(TimeSpan::between(noon, one)?.to_string(), "2020-10-04T12:00:00Z/2020-10-04T13:00:00Z");
    /// assert!(TimeSpan::between(one, noon).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the end is before the first instant.
    pub fn between(first: Timestamp, end: Timestamp) -> Result<Self, Error> {
        if end < first {
            return Err(Error::input(format!(
                "the span of time from {first} to {end} ends before it begins: exchange the two"
            )));
        }
        Ok(TimeSpan { first, end })
    }

    /// The first instant.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeSpan, Timestamp};
    /// let (noon, one) = (Timestamp::read("2020-10-04T12:00Z", None)?, Timestamp::read("2020-10-04T13:00Z", None)?);
    /// assert_eq!(TimeSpan::between(noon, one)?.first(), noon);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn first(&self) -> Timestamp {
        self.first
    }

    /// The first instant after it; of an instant itself.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeSpan, Timestamp};
    /// let (noon, one) = (Timestamp::read("2020-10-04T12:00Z", None)?, Timestamp::read("2020-10-04T13:00Z", None)?);
    /// assert_eq!((TimeSpan::between(noon, one)?.end(), TimeSpan::at(noon).end()), (one, noon));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.end
    }

    /// Returns `true` if it is one instant.
    ///
    /// ```
    /// use patrol_corridor::time::{TimeSpan, Timestamp};
    /// let (noon, one) = (Timestamp::read("2020-10-04T12:00Z", None)?, Timestamp::read("2020-10-04T13:00Z", None)?);
    /// assert!(TimeSpan::between(noon, noon)?.is_instant());
    /// assert!(!TimeSpan::between(noon, one)?.is_instant());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_instant(&self) -> bool {
        self.first == self.end
    }

    /// The shortest span that holds all of both, the instants of either included.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, TimeSpan};
    /// let at = |text| Timestamp::read(text, None).map(TimeSpan::at);
    /// let (noon, one) = (at("2020-10-04T12:00Z")?, at("2020-10-04T13:00Z")?);
    /// assert_eq!(noon.hull(noon), noon);
    /// // Times are good to a nanosecond: the later instant is part of it.
    /// assert!(noon.hull(one).first() == noon.first() && noon.hull(one).end() > one.first());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn hull(self, other: TimeSpan) -> TimeSpan {
        if self == other {
            return self;
        }
        let end = |span: TimeSpan| match span.is_instant() {
            // There is none after the last of the calendar.
            true => span.end.0.checked_add(SignedDuration::from_nanos(1)).map_or(span.end, Timestamp),
            false => span.end,
        };
        TimeSpan { first: self.first.min(other.first), end: end(self).max(end(other)) }
    }
}

impl From<Timestamp> for TimeSpan {
    fn from(instant: Timestamp) -> Self {
        TimeSpan::at(instant)
    }
}

impl fmt::Display for TimeSpan {
    /// An instant as RFC 3339 in UTC; a span as its first instant and its end with `/` between them (ISO 8601).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_instant() {
            true => self.first.fmt(f),
            false => write!(f, "{}/{}", self.first, self.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_first_instant_then_end() {
        let at = |minute: u8| Timestamp::read(&format!("2020-10-04T12:{minute:02}Z"), None).unwrap();
        let span = |first, end| TimeSpan::between(at(first), at(end)).unwrap();
        let mut spans = [span(5, 9), span(5, 5), span(4, 20), span(5, 7)];
        spans.sort();
        assert_eq!(spans, [span(4, 20), TimeSpan::at(at(5)), span(5, 7), span(5, 9)]);
        assert_eq!(span(5, 9).hull(span(4, 6)), span(4, 9));
        assert_eq!(span(5, 9).hull(span(7, 7)), span(5, 9));
    }
}
