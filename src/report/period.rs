//! Which incidents a bulletin or a map is about, by their time.

use crate::Error;
use crate::time::{Day, Timestamp, UnreadableTime, Weekday, When, Zone};

/// Which period a bulletin or a map is about; half-open, with its first instant and without its last.
///
/// ```
/// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// use patrol_corridor::report::PeriodChoice;
/// use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
/// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
/// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
/// let period = PeriodChoice::Day("2020-12-31".parse()?);
/// let options = BulletinOptions::new("Asia/Baku".parse()?).with_period(period);
/// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
/// assert_eq!(bulletin.period().0, "2020-12-31T00:00:00+04:00");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub enum PeriodChoice {
    /// The day of the last incident that has a time, from midnight to midnight.
    #[default]
    LastDay,
    /// A day from midnight to midnight: 23 or 25 hours where clocks are changed.
    Day(Day),
    /// The calendar week that holds a day.
    Week {
        /// The day; `None` for that of the last incident that has a time.
        of: Option<Day>,
        /// The day on which weeks begin.
        start: Weekday,
    },
    /// The calendar month that holds a day, or that of the last incident that has a time.
    Month {
        /// The day; `None` for that of the last incident that has a time.
        of: Option<Day>,
    },
    /// From the first instant to the second.
    Between(Timestamp, Timestamp),
}

impl PeriodChoice {
    /// The period where no incident is needed to know it.
    ///
    /// # Errors
    /// Returns an error if it ends before it begins, or if it is a day that the zone left out.
    pub(super) fn period(self, zone: &Zone) -> Result<Option<Period>, Error> {
        match self {
            PeriodChoice::LastDay
            | PeriodChoice::Week { of: None, .. }
            | PeriodChoice::Month { of: None } => Ok(None),
            PeriodChoice::Day(day)
            | PeriodChoice::Week { of: Some(day), .. }
            | PeriodChoice::Month { of: Some(day) } => self.around(day, zone).map(Some),
            PeriodChoice::Between(from, to) if from < to => {
                Ok(Some(Period { kind: PeriodKind::Between, from, to }))
            }
            PeriodChoice::Between(from, to) => Err(Error::argument(format!(
                "a period from {from} to {to}, expected an end after its beginning"
            ))),
        }
    }

    /// The day, week or month that holds a day.
    ///
    /// # Errors
    /// Returns an error if the zone left the day out, or if its year is none that incidents can be of.
    pub(super) fn around(self, day: Day, zone: &Zone) -> Result<Period, Error> {
        // Refuses a day of another calendar.
        let of_day = Period::of_day(day, zone)?;
        match self {
            PeriodChoice::Week { start, .. } => {
                Period::of_days(PeriodKind::Week(day.first_of_week(start)?), zone)
            }
            PeriodChoice::Month { .. } => Period::of_days(PeriodKind::Month(day.first_of_month()), zone),
            _ => Ok(of_day),
        }
    }
}

/// What kind of period it is, each with its first day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PeriodKind {
    Day(Day),
    Week(Day),
    Month(Day),
    Between,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Period {
    pub kind: PeriodKind,
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Period {
    /// A day of the calendar.
    ///
    /// # Errors
    /// Returns an error if the zone left the day out, or if its year is none that incidents can be of.
    pub fn of_day(day: Day, zone: &Zone) -> Result<Self, Error> {
        let why = UnreadableTime::Year;
        if matches!(When::read(&day.to_string(), None), When::Unreadable { why: found, .. } if found == why) {
            return Err(Error::argument(format!("the day {day} {why}")));
        }
        let period = Period::of_days(PeriodKind::Day(day), zone)?;
        if period.from >= period.to {
            return Err(Error::argument(format!(
                "the day {day}, which {zone} left out of its calendar, expected another"
            )));
        }
        Ok(period)
    }

    /// Of whole days, from the first instant of its first day.
    ///
    /// # Errors
    /// Returns an error where the calendar ends, and for a period that is not of days.
    pub fn of_days(kind: PeriodKind, zone: &Zone) -> Result<Self, Error> {
        let (first, days) = match kind {
            PeriodKind::Day(day) => (day, 1),
            PeriodKind::Week(first) => (first, 7),
            PeriodKind::Month(first) => (first, first.days_in_month()),
            PeriodKind::Between => {
                return Err(Error::argument("a period that is not of days has no first day"));
            }
        };
        let (from, _) = first.bounds(zone)?;
        let (_, to) = first.days_after(days - 1)?.bounds(zone)?;
        Ok(Period { kind, from, to })
    }

    /// The day, where it is one.
    pub fn day(&self) -> Option<Day> {
        match self.kind {
            PeriodKind::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The first day of a period of days.
    pub fn first_day(&self) -> Option<Day> {
        match self.kind {
            PeriodKind::Day(day) | PeriodKind::Week(day) | PeriodKind::Month(day) => Some(day),
            PeriodKind::Between => None,
        }
    }
}
