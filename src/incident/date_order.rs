//! Which number of its dates comes first: what the times of a whole file decide, where one of them can.

use super::list::incidents;
use super::options::{ReadOptions, TimeUse};
use super::reading::IncidentReader;
use super::source::{BadIncidents, IncidentSource, Reject, SourceRun};
use crate::error::ErrorKind;
use crate::time::{DateOrder, Spelling, TimeForm, UnreadableTime, When};
use crate::{Edges, Error, PatrolIndex};

/// Which number of its dates comes first, and the incident whose time decides it.
///
/// ```
/// use patrol_corridor::incident::{IncidentSource, ReadOptions, decided_order};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::time::DateOrder;
/// let log = "time,lon,lat\n03/04/2026 6:10,46.8,40\n20/04/2026 7:45,46.8,40\n";
/// let rows = Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?;
/// let decided = decided_order(IncidentSource::Rows(rows), ReadOptions::default())?.unwrap();
/// assert_eq!((decided.order, decided.row, decided.others), (DateOrder::DayFirst, 2, 1));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecidedOrder {
    /// What comes first.
    pub order: DateOrder,
    /// The number of the incident that decides, from 1.
    pub row: u64,
    /// Its line; 0 in a format without lines.
    pub line: u64,
    /// How many times can have either first by themselves.
    pub others: u64,
}

/// Finds out by reading the times of all incidents; none where no time decides.
///
/// # Errors
/// Where the source can't be read or has very many bad incidents, or two of its times contradict each other.
pub fn decided_order(source: IncidentSource, options: ReadOptions) -> Result<Option<DecidedOrder>, Error> {
    let name = source.name().into_owned();
    let time_form = TimeForm { calendar: options.time_form.calendar, ..TimeForm::default() };
    let options = ReadOptions { times: TimeUse::Shown, time_form, ..options };
    let reader = IncidentReader::new(&PatrolIndex::new(Vec::new(), Vec::new(), Edges::Planar)?, options);
    let (mut found, mut others) = ([None; 2], 0);
    let mut pass_over = |_: &Reject| ();
    let run = SourceRun { bad: BadIncidents::List(&mut pass_over, None), threads: 1, ..SourceRun::default() };
    incidents(source, &reader, run, &mut |incident| {
        let either = UnreadableTime::DayOrMonth;
        if matches!(incident.reading.when, Some(When::Unreadable { why, .. }) if why == either) {
            others += 1;
        }
        let order = match incident.reading.spelling {
            Spelling::DayFirst => Some(DateOrder::DayFirst),
            Spelling::MonthFirst => Some(DateOrder::MonthFirst),
            _ => None,
        };
        if let Some(order) = order {
            let place = usize::from(order == DateOrder::MonthFirst);
            let decided = DecidedOrder { order, row: incident.number, line: incident.line, others: 0 };
            found[place].get_or_insert(decided);
        }
        Ok(())
    })?;
    match found {
        [Some(day), Some(month)] => {
            let place = |decided: DecidedOrder| match decided.line {
                0 => format!("incident {}", decided.row),
                line => format!("incident {} (line {line})", decided.row),
            };
            let message = format!(
                "{} has the day before the month, and {} the month before the day: which is right? Correct one, or say how \
                 times are written",
                place(day),
                place(month)
            );
            Err(Error::input(message).of_kind(ErrorKind::DayOrMonth).in_file(name))
        }
        [day, month] => Ok(day.or(month).map(|decided| DecidedOrder { others, ..decided })),
    }
}
