//! All that is wrong with a file of incidents, at once.

use super::each::for_each;
use super::options::ReadOptions;
use super::reading::IncidentReader;
use super::record::Entry;
use super::source::{BadIncidents, IncidentSource, Reject, SourceRun};
use super::tally::{First, Tally};
use crate::io::{Crs, Finding, MAX_FINDINGS, Severity};
use crate::{Edges, Error, PatrolIndex};

/// Returns all that is wrong or doubtful with the incidents of a source: each that can't be read, and of each kind of time
/// that can't be read the first. Posts and routes that they name are not looked for.
///
/// ```
/// use patrol_corridor::incident::{IncidentSource, ReadOptions, TimeUse, check_incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// let log = "id,time,lat,lon\n1,2026-11-20,-3.04,38.71\n2,2026-11-20,\"-3,04\",38.71\n3,the 20th,-3.04,38.71\n";
/// let rows = Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?;
/// let options = ReadOptions::default().with_times(TimeUse::Shown);
/// let findings = check_incidents(IncidentSource::Rows(rows), options, None)?;
/// assert_eq!(findings.len(), 2);
/// assert!(findings[0].to_string().starts_with("log.csv:3: error: feature 2: column `lat`: "), "{}", findings[0]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Returns an error if the source can't be read to its end.
pub fn check_incidents(
    source: IncidentSource,
    options: ReadOptions,
    crs: Option<Crs>,
) -> Result<Vec<Finding>, Error> {
    let index = PatrolIndex::new(Vec::new(), Vec::new(), Edges::Planar)?;
    let reader = IncidentReader::new(&index, options);
    let file = source.name().into_owned();
    let mut findings = Vec::new();
    let mut list = |reject: &Reject| {
        if findings.len() < MAX_FINDINGS {
            findings.push(finding(
                &file,
                reject.line,
                reject.feature,
                Severity::Error,
                reject.reason.clone(),
            ));
        }
    };
    let run = SourceRun { crs, bad: BadIncidents::List(&mut list, None), ..SourceRun::default() };
    let read = for_each(source, &reader, run, &|_: Entry<'_>, _| Ok(()), &mut |(), _| Ok(()))?;
    findings.extend(warnings(&file, &read.tally));
    Ok(findings)
}

/// What is doubtful: the first of its kind, and how many there are.
fn warnings(file: &str, tally: &Tally) -> Option<Finding> {
    let First { row, line, column, value, reason, .. } = tally.first.unreadable_time.as_ref()?;
    let count = tally.times.map_or(0, |times| times.unreadable_time);
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    let (column, value) = (column.as_deref().unwrap_or("time"), value.as_deref().unwrap_or(""));
    let message = format!("{column}: `{value}` {reason}{more}");
    Some(finding(file, *line, *row, Severity::Warning, message))
}

fn finding(file: &str, line: u64, row: u64, severity: Severity, message: String) -> Finding {
    let (file, line) = (file.to_owned(), Some(line).filter(|&line| line > 0));
    Finding { file, line, severity, feature: Some(row), id: None, path: None, message }
}
