//! `-v`: what was read, and how.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use patrol_corridor::incident::{ReadOptions, columns_read};
use patrol_corridor::io::Rows;
use patrol_corridor::time::{Calendar, DateOrder};

use crate::args::formats::Format;
use crate::term::say;

/// The same in every command.
#[derive(Debug, clap::Args)]
pub struct VerboseArgs {
    /// Say which files are read, and how: format, columns, zone
    #[arg(long, short, global = true)]
    verbose: bool,
}

static IS_VERBOSE: AtomicBool = AtomicBool::new(false);

impl VerboseArgs {
    /// From now on it is said.
    pub fn hold(&self) {
        IS_VERBOSE.store(self.verbose, Ordering::Relaxed);
    }
}

fn is_verbose() -> bool {
    IS_VERBOSE.load(Ordering::Relaxed)
}

/// Says what a layer was read as.
pub fn say_layer(file: &str, what: &str, count: usize, systems: usize) {
    if is_verbose() {
        let system = if systems > 0 { "" } else { ", in WGS84" };
        say!("{file}: {count} {what}{system}");
    }
}

/// Says how a file of incidents is read.
pub fn say_format(path: &Path, format: Format) {
    if is_verbose() {
        say!("{}: incidents, read as {}", path.display(), format.name());
    }
}

/// Says which columns of a table are read; what is wrong with them is said where it is read.
pub fn say_columns(path: &Path, rows: &Rows<'_>, options: &ReadOptions) {
    if !is_verbose() {
        return;
    }
    let Ok(read) = columns_read(rows, options) else { return };
    let names = |names: Vec<String>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let shown = |(field, column): &(&str, String)| match field == column {
        true => format!("`{column}`"),
        false => format!("`{column}` as {field}"),
    };
    let others = rows.columns().iter().filter(|column| !read.iter().any(|(_, name)| *name == column.name));
    let others = names(others.map(|column| format!("`{}`", column.name)).collect());
    let separator = match rows.separator() {
        Some('\t') => "separated by tabs; ".to_owned(),
        Some(separator) => format!("separated by `{separator}`; "),
        None => String::new(),
    };
    let read = names(read.iter().map(shown).collect());
    say!("{}: {separator}columns of place, time and id: {read}; others: {others}", path.display());
}

/// Says how times are read.
pub fn say_times(options: &ReadOptions) {
    if !is_verbose() {
        return;
    }
    let zone = options.zone.as_ref().map_or("as each says".to_owned(), ToString::to_string);
    let order = match (options.time_form.order, &options.time_form.pattern) {
        (_, Some(pattern)) => format!(", as `{pattern}`"),
        (Some(DateOrder::DayFirst), None) => ", the day before the month".to_owned(),
        (Some(DateOrder::MonthFirst), None) => ", the month before the day".to_owned(),
        (None, None) => String::new(),
    };
    let calendar = match options.time_form.calendar {
        Calendar::Gregorian => "",
        Calendar::Persian => ", in the Persian calendar",
        _ => ", in the Buddhist calendar",
    };
    say!("times: zone {zone}{order}{calendar}");
}
