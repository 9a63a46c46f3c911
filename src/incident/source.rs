//! Whatever incidents are read from.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::Error;
use crate::index::LocateOptions;
use crate::io::{Crs, IncidentStream, Rows};

/// Whatever incidents are read from: GeoJSON as it stands, or the rows of a table.
#[derive(Debug)]
// There is one in a run.
#[allow(clippy::large_enum_variant)]
pub enum IncidentSource {
    /// GeoJSON, in WGS84 or in the system that it names.
    Text(IncidentStream),
    /// Rows of a table, in WGS84.
    Rows(Rows<'static>),
}

impl IncidentSource {
    /// What errors call it.
    pub fn name(&self) -> &str {
        match self {
            IncidentSource::Text(stream) => stream.name(),
            IncidentSource::Rows(rows) => &rows.name,
        }
    }

    /// How many bytes have been read so far (of a gzipped source: compressed ones), for whoever shows progress.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        match self {
            IncidentSource::Text(stream) => stream.bytes_read(),
            IncidentSource::Rows(rows) => rows.bytes_read(),
        }
    }
}

/// An incident that could not be read, whole and unchanged.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Reject {
    /// The file as it was named.
    pub file: String,
    /// The line on which it begins, from 1; 0 in a format without lines.
    pub line: u64,
    /// Its number in the file, from 1.
    pub feature: u64,
    /// What is wrong with it.
    pub reason: String,
    /// Its text.
    pub text: String,
}

impl Reject {
    pub(crate) fn new(file: &str, line: u64, feature: u64, error: &Error, text: String) -> Self {
        let path = error.path().map_or(String::new(), |path| format!("{path}: "));
        Reject { file: file.to_owned(), line, feature, reason: path + error.message(), text }
    }
}

/// What becomes of incidents that can't be read.
pub enum BadIncidents<'r> {
    /// They end the work with an error that lists them, once all have been read.
    Stop,
    /// They are handed over one by one.
    Reject(&'r mut TakeReject<'r>),
    /// What is made of the incidents lists them: each is shown, and handed over where that is asked for. Where it is
    /// not, reading ends with an error behind [`Error::MOST_BAD_INCIDENTS`].
    List(&'r mut dyn FnMut(&Reject), Option<&'r mut TakeReject<'r>>),
}

/// Whoever takes rejected incidents.
pub type TakeReject<'t> = dyn FnMut(Reject) -> Result<(), Error> + 't;

impl BadIncidents<'_> {
    /// The same for a product that lists them.
    pub(crate) fn listed<'s>(self, list: &'s mut dyn FnMut(&Reject)) -> BadIncidents<'s>
    where
        Self: 's,
    {
        match self {
            BadIncidents::Stop | BadIncidents::List(_, None) => BadIncidents::List(list, None),
            BadIncidents::Reject(reject) | BadIncidents::List(_, Some(reject)) => {
                BadIncidents::List(list, Some(reject))
            }
        }
    }
}

/// How a source is read.
pub struct SourceRun<'r> {
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
    /// The coordinate reference system, where it is not WGS84 or not what the text itself says; of GeoJSON only.
    pub crs: Option<Crs>,
    /// What is looked for near each incident.
    pub locate: LocateOptions,
    /// What becomes of bad incidents.
    pub bad: BadIncidents<'r>,
}

impl Default for SourceRun<'_> {
    fn default() -> Self {
        SourceRun { threads: 0, crs: None, locate: LocateOptions::default(), bad: BadIncidents::Stop }
    }
}
