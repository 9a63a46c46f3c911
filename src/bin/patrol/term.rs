//! Text for people: the one place through which it goes to a terminal.
//!
//! What comes out of a file may hold anything; a line is one line here, and nothing in it acts on the terminal.

use std::ffi::OsString;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;
use patrol_corridor::Error;
use patrol_corridor::text::escaped;
use unicode_width::UnicodeWidthStr;

use crate::short_help;

/// Writes a line to standard error.
macro_rules! say {
    ($($part:tt)*) => { $crate::term::say_line(format_args!($($part)*)) };
}
pub(crate) use say;

/// Writes a line to standard error, whole; where that is closed, there is nobody to tell.
pub fn say_line(line: fmt::Arguments<'_>) {
    if MUTED.load(Ordering::Relaxed) {
        return;
    }
    let line = format!("{}\n", escaped(&line.to_string()));
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

static MUTED: AtomicBool = AtomicBool::new(false);

/// Nothing is said until it is dropped: what runs meanwhile would say again what has been said.
pub struct Muted(());

pub fn mute() -> Muted {
    MUTED.store(true, Ordering::Relaxed);
    Muted(())
}

impl Drop for Muted {
    fn drop(&mut self) {
        MUTED.store(false, Ordering::Relaxed);
    }
}

/// Returns `true` if standard error is a terminal.
pub fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Lines and tables for standard output.
#[derive(Debug, Default)]
pub struct Page(String);

impl Page {
    /// Adds a line.
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.0.push_str(&escaped(line.as_ref()));
        self.0.push('\n');
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.0.push('\n');
    }

    /// Adds a table: left-aligned columns, two blanks apart, by the width that a terminal shows.
    pub fn table<const N: usize>(&mut self, rows: &[[String; N]]) {
        let rows: Vec<[_; N]> = rows.iter().map(|row| row.each_ref().map(|cell| escaped(cell))).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths: [usize; N] = std::array::from_fn(width);
        for row in &rows {
            let start = self.0.len();
            for (cell, width) in row.iter().zip(widths) {
                self.0.push_str(cell);
                self.0.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
            }
            let end = start + self.0[start..].trim_end().len();
            self.0.truncate(end);
            self.0.push('\n');
        }
    }

    /// Writes all of it to standard output.
    pub fn print(&self) -> Result<(), Error> {
        print_data(self.0.as_bytes())
    }
}

/// Writes data to standard output, unchanged.
pub fn print_data(data: impl AsRef<[u8]>) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    out.write_all(data.as_ref()).and_then(|()| out.flush()).map_err(|e| to_standard(Error::io("write it", e)))
}

/// Reads the arguments; an error quotes them escaped.
///
/// # Errors
/// Returns what is to be said instead: help, the version, or what is wrong with the arguments.
pub fn parse<P: Parser>(words: Vec<OsString>) -> Result<P, clap::Error> {
    let read = |words: Vec<OsString>| {
        let mut command = short_help::shortened(P::command());
        let mut matches = command.try_get_matches_from_mut(words)?;
        P::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
    };
    read(words.clone()).map_err(|error| {
        // The message quotes the arguments between marks of its own: it is made again of arguments that are escaped.
        let shown =
            words.iter().map(|word| word.to_str().map_or(word.clone(), |word| (*escaped(word)).into()));
        read(shown.collect()).err().unwrap_or(error)
    })
}

/// Names standard output, where what is wrong has no file's name yet.
pub fn to_standard(error: Error) -> Error {
    error.in_file("standard output")
}
