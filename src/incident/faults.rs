//! Incidents that can't be read: handed over one by one, or the first of them named in one error.

use super::source::{BadIncidents, Reject};
use crate::Error;
use crate::io::{BadRow, Passed};

/// So many of them are named in an error.
const MOST_NAMED: usize = 20;

/// What becomes of them.
pub(crate) struct Faults<'r> {
    /// The file they are in.
    name: String,
    bad: BadIncidents<'r>,
    /// The first that were not handed over.
    named: Vec<Error>,
    count: u64,
}

impl<'r> Faults<'r> {
    pub fn new(name: &str, bad: BadIncidents<'r>) -> Self {
        Faults { name: name.to_owned(), bad, named: Vec::new(), count: 0 }
    }

    /// Those that follow are in another file.
    pub fn next_file(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// Returns `true` if they end the work.
    pub fn stop(&self) -> bool {
        matches!(self.bad, BadIncidents::Stop)
    }

    /// Returns `true` if the work ends with an error: from then on the rest is read for what is wrong with it alone.
    pub fn is_over(&self) -> bool {
        self.stop() && !self.named.is_empty()
    }

    /// Takes one, whose number, line and bytes count from `before`.
    ///
    /// # Errors
    /// Returns an error if it can't be handed over.
    pub fn take(&mut self, row: BadRow, before: Passed) -> Result<(), Error> {
        let BadRow { number, line, error, text } = row;
        self.count += 1;
        let reject = |error: &Error, text| {
            // Formats without lines have none.
            let line = if line == 0 { 0 } else { line + before.lines };
            Reject::new(&self.name, line, number + before.features, error, text)
        };
        match &mut self.bad {
            BadIncidents::Reject(take) => return take(reject(&error, text)),
            BadIncidents::List(list, Some(take)) => {
                let reject = reject(&error, text);
                list(&reject);
                return take(reject);
            }
            BadIncidents::List(list, None) => list(&reject(&error, text)),
            BadIncidents::Stop => {}
        }
        if self.named.len() < MOST_NAMED {
            let error = error.moved(before.features, before.lines, before.bytes);
            self.named.push(error.in_file(&*self.name));
        }
        match self.count < Error::MOST_BAD_INCIDENTS {
            true => Ok(()),
            false => Err(Error::bad_incidents(std::mem::take(&mut self.named), self.count)),
        }
    }

    /// The error that they end the work with.
    ///
    /// # Errors
    /// Returns an error that lists the first if there are any and they were not handed over.
    pub fn finish(self) -> Result<(), Error> {
        match self.is_over() {
            true => Err(Error::bad_incidents(self.named, self.count)),
            false => Ok(()),
        }
    }
}
