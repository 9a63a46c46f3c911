//! The days of a period, and the weeks up to its end.

use std::collections::BTreeMap;

use super::figures::{CorridorDays, DayRow, WeekRow};
use super::record::{Details, Record};
use super::tables::{corridor_key, day};
use super::times::Times;
use crate::report::period::{Period, PeriodKind};
use crate::time::{Day, LocalTime, Timestamp, Weekday, Zone};
use crate::{Error, PatrolIndex};

/// Periods of more days have no table by day.
const MOST_DAYS: usize = 366;

/// As many weeks are looked back on, more where the period itself is longer, but never more than [`MOST_WEEKS`].
const WEEKS: usize = 26;
const MOST_WEEKS: usize = 260;

/// The days of a period of several, and corridors by day.
pub(super) fn days(
    current: &[(&Record, &Details)],
    index: &PatrolIndex,
    period: &Period,
    zone: &Zone,
) -> Result<(Vec<DayRow>, Vec<CorridorDays>), Error> {
    if period.hours() > 24.0 * (MOST_DAYS + 1) as f64 {
        return Ok((Vec::new(), Vec::new()));
    }
    let days: Vec<Day> = period.days(zone)?.iter().filter_map(Period::day).collect();
    if days.len() < 2 || days.len() > MOST_DAYS {
        return Ok((Vec::new(), Vec::new()));
    }
    let row = |day: &Day| DayRow { day: day.to_string(), incidents: 0, killed: 0, wounded: 0 };
    let mut rows: Vec<DayRow> = days.iter().map(row).collect();
    let mut corridors = BTreeMap::new();
    for (record, details) in current {
        // What is within the period is of one of its days.
        let Some(at) = day(&record.when, zone).and_then(|day| days.binary_search(&day).ok()) else {
            continue;
        };
        let [killed, wounded] = record.persons();
        rows[at].incidents += 1;
        rows[at].killed += killed;
        rows[at].wounded += wounded;
        let counts = corridors.entry(corridor_key(details, index)).or_insert_with(|| vec![0; days.len()]);
        counts[at] += 1;
    }
    let mut corridors: Vec<CorridorDays> =
        corridors.into_iter().map(|((row, key), incidents)| CorridorDays { row, key, incidents }).collect();
    corridors.sort_by_key(|one| (one.row, std::cmp::Reverse(one.incidents.iter().sum::<u64>())));
    Ok((rows, corridors))
}

/// The weeks up to the one in which the period ends; those before the first incident of the data are left out.
pub(super) fn weeks(
    times: &Times<'_>,
    period: &Period,
    start: Weekday,
    until: Option<Timestamp>,
    zone: &Zone,
) -> Result<Vec<WeekRow>, Error> {
    let Some(first) = times.first() else { return Ok(Vec::new()) };
    let last_day = Day::of(period.to.plus_seconds(-1e-3)?, zone);
    let mut week = Period::of_days(PeriodKind::Week(last_day.first_of_week(start)?), zone)?;
    let mut weeks = Vec::new();
    while week.to > first && (weeks.len() < WEEKS || week.to > period.from) && weeks.len() < MOST_WEEKS {
        let end = week.to.min(period.to);
        let [incidents, killed, wounded] = times.counts(&week, end);
        weeks.push(WeekRow {
            from: LocalTime::of(week.from, zone).to_string(),
            to: LocalTime::of(end, zone).to_string(),
            incidents,
            killed,
            wounded,
            is_part: first > week.from || end < week.to || until.is_some_and(|until| until < end),
        });
        week = week.before(zone)?;
    }
    weeks.reverse();
    Ok(weeks)
}
