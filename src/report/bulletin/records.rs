//! The incidents as they are read, each with as much of it as a bulletin may say.

use super::record::{Draft, Record};
use crate::io::Passed;
use crate::report::PeriodChoice;
use crate::report::period::Period;
use crate::time::{InPeriod, Timestamp, When};

/// Details are gone through when there are so many of them, and again when they have doubled.
const FIRST_LOOK: usize = 10_000;

/// The incidents of a source. Of one before or after the period only the time and the persons are kept; where the period is
/// the last of the data, that is so of what is certainly before the last so far.
pub(super) struct Records {
    list: Vec<Record>,
    period: Option<Period>,
    /// No day, week or month is longer.
    longest_s: f64,
    last: Option<Timestamp>,
    details: usize,
    next_look: usize,
}

impl Records {
    pub fn new(period: Option<Period>, choice: PeriodChoice) -> Self {
        let days = match choice {
            PeriodChoice::Week { .. } => 9.0,
            PeriodChoice::Month { .. } => 33.0,
            _ => 3.0,
        };
        Records {
            list: Vec::new(),
            period,
            longest_s: days * 86_400.0,
            last: None,
            details: 0,
            next_look: FIRST_LOOK,
        }
    }

    pub fn push(&mut self, draft: Draft, before: Passed) {
        let is_told = |when: &When| {
            let relation = self.period.and_then(|period| when.in_period(period.from, period.to));
            !matches!(relation, Some(InPeriod::Before | InPeriod::After))
        };
        let record = draft.behind(before, is_told);
        self.last = self.last.max(record.when.instant());
        self.details += usize::from(record.details.is_some());
        self.list.push(record);
        if self.period.is_none() && self.details >= self.next_look {
            self.forget();
        }
    }

    /// Drops the details of what is certainly before the last period.
    fn forget(&mut self) {
        let earliest = self.last.and_then(|last| last.plus_seconds(-self.longest_s).ok());
        for record in &mut self.list {
            if record.span().is_some_and(|span| earliest.is_some_and(|earliest| span.end() < earliest)) {
                record.details = None;
            }
        }
        self.details = self.list.iter().filter(|record| record.details.is_some()).count();
        self.next_look = FIRST_LOOK.max(2 * self.details);
    }

    pub fn into_list(self) -> Vec<Record> {
        self.list
    }
}
