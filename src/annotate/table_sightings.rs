//! The sightings and times of a table's rows, read before anything is answered: a row that can't be read is a bad row.

use super::annotator::Annotator;
use super::answer::Told;
use super::table_plan::Plan;
use crate::Error;
use crate::io::{BadRow, Batch, Column, Row, RowSource, Rows, write_properties};

/// Rows and what each tells beside its place.
pub(crate) struct Read {
    pub batch: Batch,
    pub told: Vec<Told>,
}

/// Reads what rows tell on all threads; rows of which that can't be read go to the bad ones, in their order.
pub(crate) fn read_told(
    batch: Batch,
    from: &Rows<'_>,
    plan: &Plan,
    annotator: &Annotator<'_>,
    threads: usize,
) -> Read {
    let Batch { rows, mut bad } = batch;
    let read = on_threads(&rows, threads, &|row| {
        let time = plan.time.map_or(Ok(None), |column| annotator.time_of_row(column, row))?;
        if !plan.reports() {
            return Ok(Told { time, ..Told::default() });
        }
        let read = annotator.read_row(&plan.sightings, row);
        read.map(|(sighting, nowhere)| Told { time, sighting, nowhere })
    });
    let mut kept = Vec::with_capacity(rows.len());
    let mut told = Vec::with_capacity(rows.len());
    for (row, read) in rows.into_iter().zip(read) {
        match read {
            Ok(one) => {
                kept.push(row);
                told.push(one);
            }
            Err(error) => bad.push(bad_row(&row, from.columns(), &from.name, &*from.source, error)),
        }
    }
    bad.sort_by_key(|bad| bad.number);
    Read { batch: Batch { rows: kept, bad }, told }
}

fn on_threads<T: Send>(rows: &[Row], threads: usize, read: &(dyn Fn(&Row) -> T + Sync)) -> Vec<T> {
    let mut parts = rows.chunks(rows.len().div_ceil(threads.max(1)).max(1));
    let Some(own) = parts.next() else { return Vec::new() };
    std::thread::scope(|scope| {
        let others: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(read).collect::<Vec<T>>())).collect();
        let mut done: Vec<T> = own.iter().map(read).collect();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

/// The row with what is wrong with it, the column named.
fn bad_row(row: &Row, columns: &[Column], name: &str, source: &dyn RowSource, error: Error) -> BadRow {
    let error = match error.path() {
        Some(field) => Error::input(error.message()).under(&source.shown_column(field)),
        None => error,
    };
    let error = if row.line > 0 { error.at_line(row.line) } else { error };
    let text = match row.source {
        Some(text) => row.text(text).to_owned(),
        None => {
            let mut text = String::from("{");
            write_properties(row, columns, &mut text);
            text.push('}');
            text
        }
    };
    BadRow { number: row.number, line: row.line, error: error.in_feature(row.number).in_file(name), text }
}
