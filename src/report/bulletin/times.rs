//! Incidents in the order of time, counted by periods.

use super::record::Record;
use crate::report::period::Period;
use crate::time::{InPeriod, Timestamp};

/// The incidents that have a time, by the first instant at which they can have been, ascending.
pub(super) struct Times<'a>(Vec<(Timestamp, &'a Record)>);

impl<'a> Times<'a> {
    pub fn of(records: &'a [Record]) -> Self {
        let time = |record: &'a Record| Some((record.span()?.first(), record));
        let mut times: Vec<_> = records.iter().filter_map(time).collect();
        times.sort_by_key(|(first, _)| *first);
        Times(times)
    }

    /// The first instant of all.
    pub fn first(&self) -> Option<Timestamp> {
        self.0.first().map(|(first, _)| *first)
    }

    /// Incidents, killed and wounded of a period, of those that begin before `end`.
    pub fn counts(&self, period: &Period, end: Timestamp) -> [u64; 3] {
        let index = |at: Timestamp| self.0.partition_point(|(first, _)| *first < at);
        let mut counts = [0; 3];
        for (_, record) in &self.0[index(period.from)..index(end.clamp(period.from, period.to))] {
            if record.when.in_period(period.from, period.to) == Some(InPeriod::Within) {
                let [killed, wounded] = record.persons();
                counts.iter_mut().zip([1, killed, wounded]).for_each(|(sum, more)| *sum += more);
            }
        }
        counts
    }
}
