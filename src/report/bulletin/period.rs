//! The periods before that of a bulletin, which it is compared with.

use crate::Error;
use crate::report::period::{Period, PeriodKind};
use crate::time::{Day, LocalTime, Timestamp, Zone};

/// How far an unfinished period has come: whole days since its first, and what the clocks show on the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::report) struct Elapsed {
    days: u32,
    hour: u8,
    minute: u8,
}

impl Period {
    /// How many periods before it a period is compared with.
    pub fn periods_asked(&self) -> u64 {
        match self.kind {
            PeriodKind::Week(_) | PeriodKind::Month(_) => 12,
            PeriodKind::Day(_) | PeriodKind::Between => 28,
        }
    }

    /// The period before it: the day, week or month of the calendar before, passing over days that the zone left out, else
    /// one as long as it is.
    ///
    /// # Errors
    /// Returns an error if the calendar begins later.
    pub fn before(&self, zone: &Zone) -> Result<Self, Error> {
        match self.kind {
            PeriodKind::Day(mut day) => loop {
                day = day.days_before(1)?;
                let period = Period::of_days(PeriodKind::Day(day), zone)?;
                if period.from < period.to {
                    return Ok(period);
                }
            },
            PeriodKind::Week(first) => Period::of_days(PeriodKind::Week(first.days_before(7)?), zone),
            PeriodKind::Month(first) => {
                let before = first.days_before(1)?.first_of_month();
                Period::of_days(PeriodKind::Month(before), zone)
            }
            PeriodKind::Between => {
                let length_s = self.to.seconds_after(self.from);
                let from = self.from.plus_seconds(-length_s)?;
                Ok(Period { kind: PeriodKind::Between, from, to: self.from })
            }
        }
    }

    /// Its length; days in which clocks are changed are longer or shorter.
    pub fn hours(&self) -> f64 {
        self.to.seconds_after(self.from) / 3_600.0
    }

    /// How far it has come at an instant; `None` of a period that is over then, or that is not of days.
    pub fn elapsed(&self, until: Timestamp, zone: &Zone) -> Option<Elapsed> {
        let first = self.first_day()?;
        if until >= self.to {
            return None;
        }
        let local = LocalTime::of(until.max(self.from), zone);
        let days = u32::try_from(local.day.days_since(first)).unwrap_or(0);
        Some(Elapsed { days, hour: local.hour, minute: local.minute })
    }

    /// The end of the part of it that is as long as what has elapsed of another; its own end if it is shorter.
    ///
    /// # Errors
    /// Returns an error where the calendar ends.
    pub fn end_of_part(&self, elapsed: Elapsed, zone: &Zone) -> Result<Timestamp, Error> {
        let Some(first) = self.first_day() else { return Ok(self.to) };
        let end = first.days_after(elapsed.days)?.at(elapsed.hour, elapsed.minute, zone)?;
        Ok(end.clamp(self.from, self.to))
    }

    /// The days of the calendar that it has an instant of, none that the zone left out.
    ///
    /// # Errors
    /// Returns an error where the calendar ends.
    pub fn days(&self, zone: &Zone) -> Result<Vec<Period>, Error> {
        let mut day = Day::of(self.from, zone);
        let mut days = Vec::new();
        loop {
            let period = Period::of_days(PeriodKind::Day(day), zone)?;
            if period.from >= self.to {
                return Ok(days);
            }
            if period.from < period.to {
                days.push(period);
            }
            day = day.days_after(1)?;
        }
    }
}

/// The value below which a share of some numbers lies, by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and
/// NumPy); `None` of none.
pub(super) fn quantile(sorted: &[u64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = share * last as f64;
    let (low, high) = (at.floor() as usize, (at.ceil() as usize).min(last));
    let (below, above) = (sorted[low] as f64, sorted[high] as f64);
    Some(below + (above - below) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::period::PeriodChoice;
    use crate::time::Weekday;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn day(text: &str, zone: &Zone) -> Result<Period, Error> {
        Period::of_day(text.parse().unwrap(), zone)
    }

    /// Against `numpy.quantile`.
    #[test]
    fn quantiles() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7], 0.25), Some(7.0));
        assert_eq!(quantile(&[1, 4, 9], 0.5), Some(4.0));
        assert_eq!(quantile(&[1, 2, 4, 9], 0.5), Some(3.0));
        assert_eq!([0.25, 0.75].map(|share| quantile(&[1, 2, 4, 9], share)), [Some(1.75), Some(5.25)]);
        assert_eq!(quantile(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.25), Some(2.5));
    }

    #[test]
    fn weeks_and_months_before() {
        let zone = zone("Europe/Berlin");
        let of = |choice: PeriodChoice| choice.period(&zone).unwrap().unwrap();
        let day = Some("2021-03-31".parse().unwrap());
        let month = of(PeriodChoice::Month { of: day });
        // The clocks go forward in March.
        assert_eq!(month.hours(), 31.0 * 24.0 - 1.0);
        let february = month.before(&zone).unwrap();
        assert_eq!((february.to, february.hours()), (month.from, 28.0 * 24.0));
        let week = of(PeriodChoice::Week { of: day, start: Weekday::Saturday });
        assert_eq!(week.first_day().unwrap().to_string(), "2021-03-27");
        assert_eq!(week.hours(), 7.0 * 24.0 - 1.0);
        assert_eq!(week.before(&zone).unwrap().to, week.from);
        assert_eq!(month.days(&zone).unwrap().len(), 31);
        // To date: the same day and time of earlier months, which may be shorter.
        let until = Timestamp::read("2021-03-30T14:30", Some(&zone)).unwrap();
        let elapsed = month.elapsed(until, &zone).unwrap();
        assert_eq!(february.end_of_part(elapsed, &zone).unwrap(), february.to);
        let january = february.before(&zone).unwrap();
        let part = january.end_of_part(elapsed, &zone).unwrap();
        assert_eq!(part, Timestamp::read("2021-01-30T14:30", Some(&zone)).unwrap());
        assert_eq!(month.elapsed(month.to, &zone), None);
    }

    #[test]
    fn periods_join_without_gap_or_overlap() {
        let zone = zone("Europe/Berlin");
        let at = |text: &str| Timestamp::read(text, Some(&zone)).unwrap();
        let between = PeriodChoice::Between(at("2020-11-02T06:00"), at("2020-11-02T14:30"));
        let november = day("2020-11-02", &zone).unwrap();
        for period in [november, between.period(&zone).unwrap().unwrap()] {
            let mut after = period;
            for k in 1..=28 {
                let before = after.before(&zone).unwrap();
                assert_eq!(before.to, after.from, "{k}");
                after = before;
            }
        }
        // The day on which the clocks go back.
        let eight_before = (0..8).fold(november, |day, _| day.before(&zone).unwrap());
        assert_eq!(eight_before.hours(), 25.0);
    }

    /// Samoa went to the other side of the date line and had no 30 December 2011.
    #[test]
    fn a_day_that_was_not_is_no_period() {
        let apia = zone("Pacific/Apia");
        let after = day("2011-12-31", &apia).unwrap();
        let before = after.before(&apia).unwrap();
        assert_eq!((before.day().unwrap().to_string().as_str(), before.to), ("2011-12-29", after.from));
        assert!(day("2011-12-30", &apia).is_err());
    }

    #[test]
    fn periods_that_are_none() {
        let utc = zone("UTC");
        let at = Timestamp::read("2020-11-02T06:00Z", None).unwrap();
        assert!(PeriodChoice::Between(at, at).period(&utc).is_err());
        assert_eq!(PeriodChoice::LastDay.period(&utc).unwrap(), None);
        for year in ["1405", "2569"] {
            let error = day(&format!("{year}-08-29"), &utc).unwrap_err();
            assert!(error.is_argument() && error.message().contains("another calendar"), "{error}");
        }
    }
}
