//! When a post or a route was in service.

use super::{TimeSpan, Timestamp};
use crate::Error;

/// From when and until when a post or a route was in service: half-open, with the first instant and without the last.
/// Without an end it goes on, without a beginning it always was there.
///
/// ```
/// use patrol_corridor::time::{Timestamp, ServicePeriod};
/// let at = |text: &str| Timestamp::read(text, None);
/// let period = ServicePeriod::new(Some(at("2020-10-01T00:00+04:00")?), Some(at("2020-11-10T00:00+04:00")?))?;
/// assert!(period.contains(at("2020-09-30T20:00Z")?));
/// assert!(!period.contains(at("2020-11-09T20:00Z")?));
/// assert!(ServicePeriod::ALWAYS.contains(at("2020-11-09T20:00Z")?));
/// // It ends before it begins.
/// assert!(ServicePeriod::new(period.to(), period.from()).is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Ends"))]
pub struct ServicePeriod {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

/// What serde reads of a period before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Ends {
    #[serde(default)]
    from: Option<Timestamp>,
    #[serde(default)]
    to: Option<Timestamp>,
}

#[cfg(feature = "serde")]
impl TryFrom<Ends> for ServicePeriod {
    type Error = Error;

    fn try_from(Ends { from, to }: Ends) -> Result<Self, Error> {
        ServicePeriod::new(from, to)
    }
}

impl ServicePeriod {
    /// Without a beginning and without an end.
    pub const ALWAYS: ServicePeriod = ServicePeriod { from: None, to: None };

    /// From the first instant, `None` for none, to the last, which is not in it.
    ///
    /// ```
    /// use patrol_corridor::time::{ServicePeriod, Timestamp};
    /// let (from, to) = (Timestamp::read("2020-10-01T00:00Z", None)?, Timestamp::read("2020-11-10T00:00Z", None)?);
    /// assert!(ServicePeriod::new(Some(from), Some(to)).is_ok());
    /// // No instant would be in it.
    /// assert!(ServicePeriod::new(Some(from), Some(from)).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the last is not after the first: such a period has no instant.
    pub fn new(from: Option<Timestamp>, to: Option<Timestamp>) -> Result<Self, Error> {
        match (from, to) {
            (Some(first), Some(last)) if first >= last => Err(Error::input(format!(
                "a period of service from {first} to {last}, expected an end after its beginning"
            ))),
            _ => Ok(ServicePeriod { from, to }),
        }
    }

    /// The first instant in service.
    ///
    /// ```
    /// use patrol_corridor::time::{ServicePeriod, Timestamp};
    /// let six = Timestamp::read("2020-10-04T06:00Z", None)?;
    /// assert_eq!(ServicePeriod::new(Some(six), None)?.from(), Some(six));
    /// assert_eq!(ServicePeriod::ALWAYS.from(), None);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn from(&self) -> Option<Timestamp> {
        self.from
    }

    /// The first instant out of service again.
    ///
    /// ```
    /// use patrol_corridor::time::{ServicePeriod, Timestamp};
    /// let noon = Timestamp::read("2020-10-04T12:00Z", None)?;
    /// let until_noon = ServicePeriod::new(None, Some(noon))?;
    /// assert!(until_noon.to() == Some(noon) && !until_noon.contains(noon));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn to(&self) -> Option<Timestamp> {
        self.to
    }

    /// True without a beginning and without an end.
    ///
    /// ```
    /// use patrol_corridor::time::{ServicePeriod, Timestamp};
    /// assert!(ServicePeriod::new(None, None)?.is_always());
    /// assert!(!ServicePeriod::new(None, Some(Timestamp::read("2020-11-10T00:00Z", None)?))?.is_always());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }

    /// True where it was in service at that instant.
    ///
    /// ```
    /// use patrol_corridor::time::{ServicePeriod, Timestamp};
    /// let at = |text| Timestamp::read(text, None);
    /// let until_noon = ServicePeriod::new(None, Some(at("2020-10-04T12:00Z")?))?;
    /// assert!(until_noon.contains(at("2020-10-04T11:59:59Z")?));
    /// assert!(!until_noon.contains(at("2020-10-04T12:00Z")?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }

    /// Returns `true` if it was in service at any time of a span.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, ServicePeriod, TimeSpan};
    /// let at = |text: &str| Timestamp::read(text, None);
    /// let until_noon = ServicePeriod::new(None, Some(at("2020-10-04T12:00Z")?))?;
    /// let day = TimeSpan::between(at("2020-10-04T00:00Z")?, at("2020-10-05T00:00Z")?)?;
    /// assert!(until_noon.serves(&day) && !until_noon.serves(&TimeSpan::at(at("2020-10-04T12:00Z")?)));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn serves(&self, span: &TimeSpan) -> bool {
        // An instant is its own end.
        self.from.is_none_or(|from| from <= span.first() || from < span.end())
            && self.to.is_none_or(|to| span.first() < to)
    }

    /// Returns `true` if it begins or ends within a span: after the first instant and before the end.
    ///
    /// ```
    /// use patrol_corridor::time::{ServicePeriod, TimeSpan, Timestamp};
    /// let at = |text| Timestamp::read(text, None);
    /// let from_six = ServicePeriod::new(Some(at("2020-10-04T06:00Z")?), None)?;
    /// let span = |from, to| TimeSpan::between(at(from)?, at(to)?);
    /// assert!(from_six.changes_within(&span("2020-10-04T00:00Z", "2020-10-05T00:00Z")?));
    /// assert!(!from_six.changes_within(&span("2020-10-04T06:00Z", "2020-10-05T00:00Z")?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn changes_within(&self, span: &TimeSpan) -> bool {
        let mut edges = [self.from, self.to].into_iter().flatten();
        edges.any(|edge| span.first() < edge && edge < span.end())
    }

    /// True where it was in service at some instant of a period, half-open likewise.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, ServicePeriod};
    /// let at = |text: &str| Timestamp::read(text, None).map(Some);
    /// let until_noon = ServicePeriod::new(None, at("2020-10-04T12:00Z")?)?;
    /// let afternoon = ServicePeriod::new(at("2020-10-04T12:00Z")?, None)?;
    /// assert!(!until_noon.meets(&afternoon) && until_noon.meets(&ServicePeriod::ALWAYS));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn meets(&self, other: &ServicePeriod) -> bool {
        let begins_before =
            |from: Option<Timestamp>, to: Option<Timestamp>| from.zip(to).is_none_or(|(from, to)| from < to);
        begins_before(self.from, other.to) && begins_before(other.from, self.to)
    }
}
