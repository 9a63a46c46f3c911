//! The periods before that of a bulletin, which it is compared with.

use crate::Error;
use crate::report::period::Period;
use crate::time::Zone;

/// How many periods before it a period is held against.
pub(super) const PERIODS_BEFORE: u32 = 28;

impl Period {
    /// The period before it: the day of the calendar before a day, passing over those that the zone left out, else one
    /// as long as it is.
    ///
    /// # Errors
    /// Returns an error if the calendar begins later.
    pub fn before(&self, zone: &Zone) -> Result<Self, Error> {
        if let Some(mut day) = self.day {
            loop {
                day = day.days_before(1)?;
                let (from, to) = day.bounds(zone)?;
                if from < to {
                    return Ok(Period { day: Some(day), from, to });
                }
            }
        }
        let length_s = self.to.seconds_after(self.from);
        Ok(Period { day: None, from: self.from.plus_seconds(-length_s)?, to: self.from })
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
    use crate::report::period::PeriodChoice;
    use crate::time::Timestamp;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn day(text: &str, zone: &Zone) -> Result<Period, Error> {
        Period::of_day(text.parse().unwrap(), zone)
    }

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
        let zone = zone("Europe/Berlin");
        let at = |text: &str| Timestamp::read(text, Some(&zone)).unwrap();
        let between = PeriodChoice::Between(at("2020-11-02T06:00"), at("2020-11-02T14:30"));
        let november = day("2020-11-02", &zone).unwrap();
        for period in [november, between.period(&zone).unwrap().unwrap()] {
            let mut after = period;
            for k in 1..=PERIODS_BEFORE {
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
        assert_eq!((before.day.unwrap().to_string().as_str(), before.to), ("2011-12-29", after.from));
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
