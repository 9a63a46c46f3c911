//! Incidents as arguments: which file, how it is read, and what is said of it; the same in every command.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{OsStringValueParser, TypedValueParser};
use patrol_corridor::incident::{
    BadIncidents, First, IncidentSource, Notice, Noticed, Oddity, ReadOptions, Reject, Tally, TimeUse,
};
use patrol_corridor::io::{Crs, OutputFile, Reprojection, Rows, is_same_file, json_line};
use patrol_corridor::time::Zone;
use patrol_corridor::{Error, ErrorKind};
use serde::Serialize;

use crate::args::files::is_standard;
use crate::args::formats::Format;
use crate::args::layers::LayerArgs;
use crate::args::limits;
use crate::args::outputs::Named;
use crate::args::read::{HEADING, ReadArgs};
use crate::args::systems;
use crate::args::verbose;
use crate::ending;
use crate::term::{print_data, say};

/// Which incidents, and how they are read.
#[derive(Debug, clap::Args)]
pub struct IncidentArgs {
    /// Incidents: GeoJSON, .csv or .tsv, each also with .gz; .kml, .kmz, .gpx, .shp, .xlsx, .ods; .gpkg, .fgb or .parquet
    /// in a build that has them (`-` is standard input); may be repeated, and have * and ?
    ///
    /// FILE#LAYER names a layer of a GeoPackage or a sheet of a workbook.
    ///
    /// Of several files an incident with the same id and the same content counts once.
    #[arg(long, help_heading = HEADING, value_name = "FILE", required = true, value_parser = OsStringValueParser::new().try_map(Files::matching))]
    incidents: Vec<Files>,
    #[command(flatten)]
    read: ReadArgs,
    /// CRS of the incidents: of GeoJSON, or of the columns of a CSV or TSV (other tables must be in WGS84)
    #[arg(long, help_heading = HEADING, value_name = "CRS")]
    incidents_crs: Option<Crs>,
    /// Reject incidents that can't be read: write them to --rejects and continue
    #[arg(long, help_heading = HEADING, requires = "rejects")]
    skip_invalid: bool,
    /// File for rejected incidents: one line of JSON each, with the reason and the unchanged text
    ///
    /// FlatGeobuf and Parquet have no text: the line holds the values instead.
    #[arg(long, help_heading = HEADING, value_name = "FILE", requires = "skip_invalid")]
    rejects: Option<PathBuf>,
    /// Write the counts of incidents read, located and rejected as JSON (`-` is standard output, if it is not in use)
    ///
    /// The counts add up: read = rejected + exact + region + region_unknown + without_location. Their times are counted
    /// too.
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Exit with status 0 even if some incidents could not be used
    #[arg(long, help_heading = HEADING)]
    allow_incomplete: bool,
}

impl IncidentArgs {
    /// The files of incidents.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.incidents.iter().flat_map(|files| &files.0)
    }

    /// The one file of incidents, for what is written back as it came in.
    pub fn one(&self) -> Result<&Path, Error> {
        let mut paths = self.paths();
        match (paths.next(), paths.next()) {
            (Some(path), None) => Ok(path),
            (None, _) => Err(Error::argument("--incidents FILE is missing")),
            _ => Err(Error::argument(
                "the output is one file of incidents with the answers; annotate one at a time (other commands read several)",
            )),
        }
    }

    /// The names of the files, for messages.
    pub fn file(&self) -> String {
        self.paths().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
    }

    /// The files that are read.
    pub fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.paths().chain(self.read.inputs())
    }

    /// The files that are written beside the output.
    pub fn outputs(&self) -> impl Iterator<Item = Named<'_>> {
        let rejects = self.rejects.iter().map(|path| ("--rejects", &**path));
        rejects.chain(self.summary.iter().map(|path| ("--summary", &**path)))
    }

    /// Refuses a summary on standard output, which takes something else.
    pub fn check_summary(&self, what: &str) -> Result<(), Error> {
        match self.summary.as_deref().is_some_and(is_standard) {
            true => Err(Error::argument(format!("--summary -: standard output takes {what}; name a file"))),
            false => Ok(()),
        }
    }

    /// The format of the one file.
    pub fn format(&self) -> Result<Format, Error> {
        self.read.format(self.one()?)
    }

    /// Opens the incidents; `None` where no file is given.
    pub fn open(&self, crs: Option<&Crs>) -> Result<Option<IncidentSource>, Error> {
        let mut sources: Vec<IncidentSource> = Vec::new();
        let mut read: Vec<&PathBuf> = Vec::new();
        for path in self.paths() {
            // Twice the same file would count twice what has no id.
            if read.iter().any(|known| *known == path || is_same_file(known, path)) {
                say!("patrol: {}: warning: named twice, and read once", path.display());
                continue;
            }
            sources.push(self.read.open(path, crs)?);
            read.push(path);
        }
        Ok(if sources.len() > 1 { Some(IncidentSource::Several(sources)) } else { sources.pop() })
    }

    /// Opens the one file of incidents as the rows of a table.
    pub fn open_rows(&self, crs: Option<&Crs>, threads: usize) -> Result<Rows<'static>, Error> {
        self.read.open_rows(self.one()?, crs, threads)
    }

    /// The system of the incidents: their own, else that of all layers.
    pub fn crs(&self, layers: Option<&LayerArgs>) -> Option<Crs> {
        match layers {
            Some(layers) => layers.systems.other(self.incidents_crs.as_ref()),
            None => self.incidents_crs.clone(),
        }
    }

    /// How they are read.
    pub fn options(&self, zone: Option<&Zone>, times: TimeUse) -> Result<ReadOptions, Error> {
        let mut options = self.read.options(zone, times)?;
        let mut decided: Option<&Path> = None;
        for path in self.paths() {
            let own = self.read.options_of(path, self.incidents_crs.as_ref(), zone, times)?.time_form;
            if let Some(first) = decided
                && own.order.is_some()
                && own.order != options.time_form.order
            {
                let (first, path) = (first.display(), path.display());
                let message = format!(
                    "{first} has dates with the one of day and month first, and {path} with the other: which is right? \
                     Read them apart, or say how times are written (--time-format day-first, or month-first)"
                );
                return Err(Error::argument(message));
            }
            if own.order.is_some() {
                decided = Some(path);
                options.time_form = own;
            }
        }
        verbose::say_times(&options);
        Ok(options)
    }

    /// Begins the files beside the output.
    pub fn begin(&self, force: bool) -> Result<Beside<'_>, Error> {
        let rejects = self.rejects.as_ref().map(|path| OutputFile::create(path, force)).transpose()?;
        Ok(Beside { args: self, rejects, force })
    }

    /// What the program ends with; `is_complete` is `false` where the command left out more than the sums tell.
    pub fn status(&self, tally: &Tally, is_complete: bool) -> ExitCode {
        let is_complete = is_complete && tally.is_complete();
        ExitCode::from(if is_complete || self.allow_incomplete { 0 } else { ending::INCOMPLETE })
    }

    /// Says what became of the incidents: the sums, and the first of each kind that was not used as it stands.
    pub fn tell(&self, tally: &Tally, reprojections: &[Reprojection]) {
        let file = self.file();
        systems::tell(&file, reprojections);
        for line in sums(tally) {
            say!("{line}");
        }
    }

    /// Says what is doubtful.
    pub fn warn(&self, tally: &Tally, reprojections: &[Reprojection]) {
        let files = self.file();
        systems::warn(&files, reprojections);
        self.read.warn_of_passed_over();
        let times = tally.times.unwrap_or_default();
        for (count, what, first) in [
            (tally.rejected, "can't be read", &tally.first.rejected),
            (tally.region_unknown, "of a region that can't be built", &tally.first.region_unknown),
            (times.unreadable_time, "with a time that can't be read", &tally.first.unreadable_time),
            (times.doubtful.unwrap_or(0), "that may lie in the period or not", &tally.first.doubtful),
        ] {
            if let Some(first) = first {
                let is_far_year = first.reason.contains("another calendar");
                let hint = if is_far_year { " (--calendar persian, or --calendar buddhist)" } else { "" };
                say!("patrol: {}{hint}", first_of(first.file.as_ref().unwrap_or(&files), count, what, first));
            }
        }
        for (notice, noticed) in &tally.notices {
            say!("patrol: {}", noticed_of(noticed.file.as_ref().unwrap_or(&files), *notice, noticed));
        }
    }
}

/// The files that an argument names.
#[derive(Debug, Clone)]
pub struct Files(pub Vec<PathBuf>);

impl Files {
    /// The file of this name, or those that fit it where it has `*`, `?` or `[`, in the order of their names.
    pub fn matching(name: OsString) -> Result<Self, String> {
        let path = PathBuf::from(name);
        let Some(pattern) = path.to_str().filter(|name| name.contains(['*', '?', '[']) && !path.exists())
        else {
            return Ok(Files(vec![path]));
        };
        let found = glob::glob(pattern).map_err(|error| error.to_string())?;
        let found: Vec<PathBuf> = found.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        if found.is_empty() { Err("no file has a name like that".to_owned()) } else { Ok(Files(found)) }
    }
}

/// The sums that add up.
fn sums(tally: &Tally) -> Vec<String> {
    let Tally { read, rejected, exact, region, region_unknown, without_location, .. } = tally;
    let more = |count: u64, what: &str| match count {
        0 => String::new(),
        count => format!("; {what} {count}"),
    };
    let repeated = more(tally.repeated, "repeated from an earlier file");
    let blank = more(tally.blank_rows, "blank rows skipped");
    let mut lines = vec![format!(
        "read {read}: exact {exact}, in a region {region}, in an unknown region {region_unknown}, without a location \
         {without_location}, rejected {rejected}{repeated}{blank}"
    )];
    if let Some(times) = tally.times {
        let doubtful = times.doubtful.map_or(String::new(), |doubtful| format!(" (doubtful {doubtful})"));
        lines.push(format!(
            "dated {}{doubtful}, without a time {}, unreadable time {}",
            times.dated, times.without_time, times.unreadable_time
        ));
    }
    lines
}

/// `FILE:LINE: `, or what stands for the line in a format without lines.
fn place(file: &str, line: u64) -> String {
    if line > 0 { format!("{file}:{line}") } else { file.to_owned() }
}

/// So many incidents.
pub fn incidents(count: u64) -> String {
    if count == 1 { "1 incident".to_owned() } else { format!("{count} incidents") }
}

fn first_of(file: &str, count: u64, what: &str, first: &First) -> String {
    let column = first.column.as_ref().map_or(String::new(), |column| format!(", {column}"));
    let value = first.value.as_ref().map_or(String::new(), |value| format!(" `{value}`"));
    let found = format!("incident {}{column}:{value} {}", first.row, first.reason);
    let place = place(file, first.line);
    match count {
        1 => format!("{place}: warning: {found}"),
        _ => format!("{place}: warning: {} {what}; the first: {found}", incidents(count)),
    }
}

fn noticed_of(file: &str, notice: Notice, noticed: &Noticed) -> String {
    let Noticed { count, row, line, .. } = *noticed;
    let what = match notice {
        Notice::Odd(Oddity::NullIsland) => "at longitude 0, latitude 0: is that a place or a blank?",
        Notice::Odd(Oddity::Exchanged) => {
            "outside the area of posts and routes, and inside it with longitude and latitude exchanged: are the coordinates \
             in latitude, longitude order?"
        }
        Notice::Odd(Oddity::Far) => {
            "farther from all posts and routes than 500 km and 3 times the diagonal of their area: are the coordinates \
             right?"
        }
        Notice::Moved => {
            "whose geometry is more than 1 m from where the members put its region: moved by hand, or posts or options \
             changed. The members count; to make the position count, delete location_form or set it to `position`"
        }
        Notice::ServiceChanges => {
            "dated with a day on which a post or a route began or ended its service: all that served on that day count"
        }
        Notice::ClocksTwice => {
            "at a local time that the clocks showed twice, between which a post or a route began or ended its service: \
             the earlier time counts"
        }
        Notice::OtherContent => {
            "with the id of an incident in an earlier file and other content: a correction? Both count"
        }
        Notice::Spelled(spelling) => &format!("whose time is read {spelling}"),
        _ => "to look at",
    };
    let (s, first) = if count == 1 { ("", "") } else { ("s", "; the first: ") };
    match count {
        1 if matches!(notice, Notice::Spelled(_)) => {
            format!("{}: warning: incident {row}, {what}", place(file, line))
        }
        1 => format!("{}: warning: incident {row} is {what}", place(file, line)),
        _ => format!("{}: warning: {count} incident{s} {what}{first}incident {row}", place(file, line)),
    }
}

/// The files beside the output.
pub struct Beside<'a> {
    args: &'a IncidentArgs,
    rejects: Option<OutputFile>,
    force: bool,
}

impl Beside<'_> {
    /// Does the work with what becomes of bad incidents.
    pub fn reading<T>(
        &mut self,
        work: impl FnOnce(BadIncidents<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Some(file) = &mut self.rejects else { return work(BadIncidents::Stop) };
        let shown = || self.args.rejects.iter().map(|path| path.display().to_string()).collect::<String>();
        let mut write = |reject: Reject| {
            let line = json_line(&RejectLine::of(&reject))?;
            file.write_all(line.as_bytes()).map_err(|e| Error::io("write the rejects", e).in_file(shown()))
        };
        work(BadIncidents::Reject(&mut write))
    }

    /// The files, which take their places with the output.
    pub fn finish(self, tally: &Tally) -> Result<Vec<OutputFile>, Error> {
        let mut files: Vec<OutputFile> = self.rejects.into_iter().collect();
        let Some(path) = &self.args.summary else { return Ok(files) };
        let text = json_line(&Summary { file: self.args.file(), tally })?;
        if is_standard(path) {
            print_data(text)?;
            return Ok(files);
        }
        let mut file = OutputFile::create(path, self.force)?;
        let fail = |e| Error::io("write it", e).in_file(path.display().to_string());
        file.write_all(text.as_bytes()).map_err(fail)?;
        files.push(file);
        Ok(files)
    }
}

/// The summary as JSON.
#[derive(Serialize)]
struct Summary<'t> {
    file: String,
    #[serde(flatten)]
    tally: &'t Tally,
}

/// A reject as it is written: what has no lines has no number of one.
#[derive(Serialize)]
struct RejectLine<'r> {
    file: &'r str,
    line: Option<u64>,
    feature: u64,
    reason: &'r str,
    text: &'r str,
}

impl<'r> RejectLine<'r> {
    fn of(reject: &'r Reject) -> Self {
        let Reject { file, line, feature, reason, text, .. } = reject;
        RejectLine { file, line: Some(*line).filter(|&line| line > 0), feature: *feature, reason, text }
    }
}

/// Says an error: of bad incidents each of the first, and how many there are.
pub fn say_error(error: &Error) {
    let hint = hint(error);
    let (first, count) = error.incidents();
    if error.kind() != ErrorKind::BadIncidents {
        say!("patrol: {error}{hint}");
        return;
    }
    for (at, one) in first.iter().enumerate() {
        let is_last = at + 1 == first.len() && count == first.len() as u64;
        say!("patrol: {one}{}", if is_last { hint } else { "" });
    }
    if count > first.len() as u64 {
        let at_least = if count == Error::MOST_BAD_INCIDENTS { "at least " } else { "" };
        say!("patrol: and {at_least}{} more incidents can't be read{hint}", count - first.len() as u64);
    }
}

/// What to do about an error, in the options of the program.
fn hint(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::NoZone => " (--zone Asia/Baku, or --zone +04:00)",
        ErrorKind::DayOrMonth => " (--time-format day-first, or month-first)",
        ErrorKind::NameInTheWay => {
            " (--prefix X puts a prefix before new names; --replace takes an earlier annotation out)"
        }
        ErrorKind::OutputExists => " (--force writes it all the same)",
        ErrorKind::PositionColumns => " (--lon-field and --lat-field name the columns)",
        ErrorKind::Encoding => " (--encoding windows-1251)",
        ErrorKind::BadIncidents
            if error.incidents().0.iter().any(|one| one.message().contains("projected system")) =>
        {
            " (--incidents-crs EPSG:32638, or --skip-invalid --rejects FILE rejects them and goes on)"
        }
        ErrorKind::BadIncidents
            if error.incidents().0.iter().any(|one| one.kind() == ErrorKind::Encoding) =>
        {
            " (--encoding windows-1251, or --skip-invalid --rejects FILE rejects them and goes on)"
        }
        ErrorKind::NoPeriod if error.message().contains("another calendar") => {
            " (--calendar persian, or --calendar buddhist)"
        }
        ErrorKind::NoPeriod => " (--day YYYY-MM-DD, or --from and --to, choose the period)",
        ErrorKind::NoRadius => " (--radius 5km)",
        ErrorKind::NoDeclination => " (--declination DEGREES)",
        ErrorKind::OtherCrs => " (--incidents-crs names it)",
        ErrorKind::BadIncidents => " (--skip-invalid --rejects FILE rejects them and goes on)",
        _ if error.exceeded().is_some() => limits::hint(error),
        _ => systems::hint(error.path(), error.message()),
    }
}
