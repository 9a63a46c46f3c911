//! The period of a bulletin, and those before it that it is held against.

use crate::Error;
use crate::model::{Day, Instant, Zone};

/// Which period a bulletin is about; half-open, with its first instant and without its last.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum PeriodChoice {
    /// The day of the last incident that has a time, from midnight to midnight.
    #[default]
    LastDay,
    /// A day from midnight to midnight: 23 or 25 hours where clocks are changed.
    Day(Day),
    /// From the first instant to the second.
    Between(Instant, Instant),
}

/// How many periods before it a period is held against.
pub(super) const PERIODS_BEFORE: u32 = 28;

/// Where a time lies to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Before,
    Within,
    After,
    /// There is none, or the period has only a part of its span.
    Unknown,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Period {
    pub day: Option<Day>,
    pub from: Instant,
    pub to: Instant,
}

impl Period {
    /// The period that is chosen, of data whose last time is known.
    ///
    /// # Errors
    /// Where it ends before it begins, or there is no time to find the last day by.
    pub fn new(choice: PeriodChoice, last: Option<Instant>, zone: &Zone) -> Result<Self, Error> {
        let day = match choice {
            PeriodChoice::Day(day) => day,
            PeriodChoice::LastDay => match last {
                Some(last) => Day::of(last, zone),
                None => {
                    return Err(Error::argument(
                        "found no incident with a time to find the last day by, expected a period: --day \
                         YYYY-MM-DD, or --from and --to",
                    ));
                }
            },
            PeriodChoice::Between(from, to) if from < to => return Ok(Period { day: None, from, to }),
            PeriodChoice::Between(from, to) => {
                return Err(Error::argument(format!(
                    "found a period from {from} to {to}, expected an end after its beginning"
                )));
            }
        };
        let (from, to) = day.bounds(zone)?;
        if from >= to {
            return Err(Error::argument(format!(
                "found the day {day}, which {zone} left out of its calendar, expected another"
            )));
        }
        Ok(Period { day: Some(day), from, to })
    }

    /// The k-th period before it: a day of the calendar before a day, else as long as it is.
    pub fn before(&self, k: u32, zone: &Zone) -> Result<Self, Error> {
        if let Some(day) = self.day {
            let day = day.days_before(k)?;
            let (from, to) = day.bounds(zone)?;
            return Ok(Period { day: Some(day), from, to });
        }
        let length_s = self.to.seconds_after(self.from);
        let from = self.from.plus_seconds(-f64::from(k) * length_s)?;
        Ok(Period { day: None, from, to: from.plus_seconds(length_s)? })
    }

    /// Where what was at some instant of a span lies to it, its first instant in it and its last not. The span has its first
    /// instant and not its end; that of an exact time is the time twice.
    pub fn relation(&self, (first, end): (Instant, Instant)) -> Relation {
        if first >= self.to {
            Relation::After
        } else if end < self.from || (end == self.from && first < end) {
            Relation::Before
        } else if first >= self.from && end <= self.to {
            Relation::Within
        } else {
            Relation::Unknown
        }
    }

    /// Its length; days in which clocks are changed are longer or shorter.
    pub fn hours(&self) -> f64 {
        self.to.seconds_after(self.from) / 3_600.0
    }
}

/// The middle of some numbers, or the mean of the two in the middle; `None` of none.
pub(super) fn median(mut numbers: Vec<u64>) -> Option<f64> {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => None,
        count if count % 2 == 1 => Some(numbers[middle] as f64),
        _ => Some((numbers[middle - 1] + numbers[middle]) as f64 / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7.0));
        assert_eq!(median(vec![9, 1, 4]), Some(4.0));
        assert_eq!(median(vec![4, 1, 9, 2]), Some(3.0));
        assert_eq!(median(vec![1, 2]), Some(1.5));
    }

    #[test]
    fn periods_join_without_gap_or_overlap() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        let at = |text: &str| Instant::read(text, Some(&zone)).unwrap();
        for choice in [
            PeriodChoice::Day("2020-11-02".parse().unwrap()),
            PeriodChoice::Between(at("2020-11-02T06:00"), at("2020-11-02T14:30")),
        ] {
            let period = Period::new(choice, None, &zone).unwrap();
            let mut after = period;
            for k in 1..=PERIODS_BEFORE {
                let before = period.before(k, &zone).unwrap();
                assert_eq!(before.to, after.from, "{k}");
                after = before;
            }
            assert_eq!(after.from, period.before(PERIODS_BEFORE, &zone).unwrap().from);
        }
        // One of them is the day on which the clocks go back.
        let day = Period::new(PeriodChoice::Day("2020-11-02".parse().unwrap()), None, &zone).unwrap();
        assert_eq!(day.before(8, &zone).unwrap().hours(), 25.0);
    }

    #[test]
    fn periods_that_are_none() {
        let zone: Zone = "UTC".parse().unwrap();
        let at = Instant::read("2020-11-02T06:00Z", None).unwrap();
        assert!(Period::new(PeriodChoice::Between(at, at), None, &zone).is_err());
        let error = Period::new(PeriodChoice::LastDay, None, &zone).unwrap_err();
        assert!(error.message().contains("--day"), "{error}");
        assert_eq!(Period::new(PeriodChoice::LastDay, Some(at), &zone).unwrap().hours(), 24.0);
    }
}
