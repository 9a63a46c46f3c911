//! How incidents are read, for every command that reads them: format, encoding, names, zone.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use patrol_corridor::described::FieldNames;
use patrol_corridor::incident::{DecidedOrder, IncidentSource, ReadOptions, TimeUse, decided_order};
use patrol_corridor::io::{Crs, CsvOptions, PassedOver, PositionColumns, Rows, beginning};
use patrol_corridor::time::{Calendar, DateOrder, TimeForm, Zone};
use patrol_corridor::{Error, ErrorKind};

use crate::args::described::{DescribedArgs, warn_of_columns, warn_of_other_names};
use crate::args::files::split_layer;
use crate::args::formats::{self, Format};
use crate::args::limits;
use crate::args::profile::{Profile, own_name, profile};
use crate::args::readers;
use crate::args::systems::refuse_in_tables;
use crate::args::verbose;
use crate::term::say;

/// Said of each option, not of the struct: what stands behind it in a command is of no heading.
pub const HEADING: &str = "Incidents";

/// How incidents are read.
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// What of the files was not taken, as far as they have been read.
    #[arg(skip)]
    passed_over: Mutex<Vec<(PathBuf, PassedOver)>>,
    /// Input format [default: from the extension; GeoJSON variants are detected]
    #[arg(long, help_heading = HEADING, value_name = "FORMAT")]
    input_format: Option<Format>,
    /// Column with the longitude, or property of features without a geometry [default: longitude, lon, lng, long, x or
    /// decimalLongitude]
    ///
    /// The default of a property is longitude or lon. Upper and lower case make no difference to the defaults.
    #[arg(long, help_heading = HEADING, value_name = "FIELD")]
    lon_field: Option<String>,
    /// Column with the latitude, or property of features without a geometry [default: latitude, lat, y or
    /// decimalLatitude]
    ///
    /// The default of a property is latitude or lat. Upper and lower case make no difference to the defaults.
    #[arg(long, help_heading = HEADING, value_name = "FIELD")]
    lat_field: Option<String>,
    /// Encoding of a table of text, such as windows-1251 [default: UTF-8, or UTF-16 where the text begins so]
    #[arg(long, help_heading = HEADING, value_name = "NAME")]
    encoding: Option<String>,
    /// Numbers of a table have decimals behind a comma, though commas separate its cells
    ///
    /// Where a semicolon, a tab or `|` separates them, that needs no word.
    #[arg(long, help_heading = HEADING)]
    decimal_comma: bool,
    /// Column or property with the time: RFC 3339, local time with --zone, or a date
    #[arg(long, help_heading = HEADING, value_name = "FIELD", default_value = "time")]
    time_field: String,
    /// Column or property with the id [default: the feature's id, else `id`, else #N, its number in the file]
    #[arg(long, help_heading = HEADING, value_name = "FIELD")]
    id_field: Option<String>,
    /// How times are written: day-first, month-first, or a pattern of strptime such as '%d/%m/%y %H.%M'
    ///
    /// RFC 3339, `20 Nov 2026 6:10 AM`, `2026/11/20 06:10`, military date-time groups, days of a spreadsheet and seconds since
    /// 1970 need no word. Where day and month can be exchanged, the other times of the file decide, if one can.
    #[arg(long, help_heading = HEADING, value_name = "FORMAT", value_parser = time_format)]
    time_format: Option<TimeFormat>,
    /// Calendar of the dates: gregorian, persian or buddhist [default: gregorian]
    #[arg(long, help_heading = HEADING, value_name = "NAME")]
    calendar: Option<Calendar>,
    /// Names of the columns of a known export: acled, ucdp, smart, earthranger or darwin-core; or a file of lines such as
    /// `killed = fatalities`
    #[arg(long, help_heading = HEADING, value_name = "NAME", value_parser = profile)]
    profile: Option<Profile>,
    /// The file's own name for what is read, such as killed=fatalities; may be repeated
    ///
    /// What is read: time (or date and time_of_day, if it is split into two columns), id, longitude, latitude, type, status, description, killed, wounded, settled_with, and the members
    /// of a described location (observer_post, bearing, distance_m, mgrs, ...).
    #[arg(long, help_heading = HEADING, value_name = "FIELD=NAME", value_parser = own_name)]
    field: Vec<(String, String)>,
    #[command(flatten)]
    described: DescribedArgs,
}

/// What has an option of its own besides `--field`.
const OWN_OPTIONS: [&str; 6] = ["time", "id", "longitude", "latitude", "date", "time_of_day"];

/// Returns `false` where the beginning of a file has no date such as `20/11/2026`, whose numbers could be exchanged: as good
/// as always, and then its times need not be looked at beforehand.
fn may_have_orders(path: &Path) -> bool {
    const BEGINNING_BYTES: u64 = 1 << 18;
    // UTF-16 is not looked into, nor are digits that are not of ASCII.
    let Some(start) =
        beginning(path, BEGINNING_BYTES).ok().filter(|start| !start.contains(&0) && start.is_ascii())
    else {
        return true;
    };
    let is_mark = |byte: u8| matches!(byte, b'/' | b'.' | b'-');
    let run = |at: usize| start[at..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let is_date = |at: usize| {
        let (left, mark) = (run(at), start.get(at + run(at)).copied().unwrap_or(0));
        let middle = at + left + 1;
        let count = if middle < start.len() { run(middle) } else { 0 };
        let right = middle + count + 1;
        (1..=2).contains(&left)
            && is_mark(mark)
            && (1..=2).contains(&count)
            && start.get(middle + count) == Some(&mark)
            && right < start.len()
            && matches!(run(right), 2 | 4)
    };
    let begins = |at: usize| start[at].is_ascii_digit() && (at == 0 || !start[at - 1].is_ascii_digit());
    (0..start.len()).any(|at| begins(at) && is_date(at))
}

/// How times are written.
#[derive(Debug, Clone)]
struct TimeFormat(TimeForm);

fn time_format(text: &str) -> Result<TimeFormat, String> {
    let form = TimeForm::default();
    Ok(TimeFormat(match text {
        "day-first" => form.with_order(DateOrder::DayFirst),
        "month-first" => form.with_order(DateOrder::MonthFirst),
        pattern if pattern.contains('%') => form.with_pattern(pattern),
        _ => return Err("expected day-first, month-first or a pattern such as '%d/%m/%y %H:%M'".to_owned()),
    }))
}

impl ReadArgs {
    /// The format of a file.
    pub fn format(&self, path: &Path) -> Result<Format, Error> {
        formats::input(path, self.input_format)
    }

    /// Opens a file of incidents.
    pub fn open(&self, path: &Path, crs: Option<&Crs>) -> Result<IncidentSource, Error> {
        let format = self.format(path)?;
        verbose::say_format(path, format);
        if !format.is_features() {
            return Ok(IncidentSource::Rows(self.open_rows(path, crs, 0)?));
        }
        let (stream, passed_over) = readers::text(format, path)?;
        let mut all = self.passed_over.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(passed_over.map(|passed_over| (path.to_owned(), passed_over)));
        Ok(IncidentSource::Text(stream))
    }

    /// Opens a file of incidents as the rows of a table.
    pub fn open_rows(&self, path: &Path, crs: Option<&Crs>, threads: usize) -> Result<Rows<'static>, Error> {
        let format = self.format(path)?;
        // Of other tables the positions have types of their own.
        if !matches!(format, Format::Csv | Format::Tsv | Format::Workbook) {
            refuse_in_tables(crs, "incidents that become a table", "--incidents-crs")?;
        }
        let rows = readers::rows(format, path, &self.position(), &self.table(crs), threads)?;
        if let Some(sheet) = rows.sheet() {
            let others = match &sheet.others[..] {
                [] => String::new(),
                others => format!("; not read: {}", others.join(", ")),
            };
            say!(
                "{}: the sheet {}, with the names of its columns in row {}{others}",
                path.display(),
                sheet.name,
                sheet.header_row
            );
        }
        if let Some(encoding) = rows.encoding() {
            say!("{}: read as {encoding}", path.display());
        }
        warn_of_columns(&path.display().to_string(), &rows, &self.fields()?);
        verbose::say_columns(path, &rows, &self.options(None, TimeUse::Service)?);
        Ok(rows)
    }

    /// The rules of reading with what the times of the file decide about its dates, which is said.
    pub fn options_of(
        &self,
        path: &Path,
        crs: Option<&Crs>,
        zone: Option<&Zone>,
        times: TimeUse,
    ) -> Result<ReadOptions, Error> {
        let mut options = self.options(zone, times)?;
        // What can be read only once is not; the types of other formats leave no doubt.
        let is_file = split_layer(path).0.is_file();
        if self.time_format.is_some() || !is_file || !self.format(path).is_ok_and(Format::is_typed) {
            return Ok(options);
        }
        self.warn_of_other_names(path, crs, times)?;
        if !may_have_orders(&split_layer(path).0) {
            return Ok(options);
        }
        let format = self.format(path)?;
        let source = match format.is_features() {
            true => IncidentSource::Text(readers::text(format, path)?.0),
            false => {
                let rows = readers::rows(self.format(path)?, path, &self.position(), &self.table(crs), 1)?;
                IncidentSource::Rows(rows)
            }
        };
        // What else is wrong with the file is said when it is read.
        let decided = match decided_order(source, options.clone()) {
            Err(error) if error.kind() == ErrorKind::DayOrMonth => return Err(error),
            decided => decided.ok().flatten(),
        };
        if let Some(decided) = decided.filter(|decided| decided.others > 0) {
            let what = match decided.order {
                DateOrder::DayFirst => "the day before the month",
                DateOrder::MonthFirst => "the month before the day",
            };
            let DecidedOrder { row, others, .. } = decided;
            let times = if others == 1 { "1 time".to_owned() } else { format!("{others} times") };
            say!("{}: {times} read with {what}, as incident {row} has it", path.display());
        }
        options.time_form.order = decided.map(|decided| decided.order);
        Ok(options)
    }

    /// Warns of columns that look like what is read; a profile has named what there is.
    fn warn_of_other_names(&self, path: &Path, crs: Option<&Crs>, times: TimeUse) -> Result<(), Error> {
        if self.profile.is_some() || self.format(path)?.is_features() {
            return Ok(());
        }
        let rows = readers::rows(self.format(path)?, path, &self.position(), &self.table(crs), 1)?;
        let named = self.named();
        let named: Vec<&str> = named.iter().map(|(field, _)| field.as_str()).collect();
        warn_of_other_names(&path.display().to_string(), &rows, &self.fields()?, &named, times);
        Ok(())
    }

    /// Says what of the files was not taken.
    pub fn warn_of_passed_over(&self) {
        for (path, passed_over) in &*self.passed_over.lock().unwrap_or_else(PoisonError::into_inner) {
            for (what, count) in passed_over.counts() {
                say!("patrol: {}: warning: not taken: {what}, {count} in all", path.display());
            }
        }
    }

    /// The files that are read beside the incidents.
    pub fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        let profile = self.profile.iter().filter_map(|profile| profile.file.as_ref());
        self.described.input().into_iter().chain(profile)
    }

    fn table(&self, crs: Option<&Crs>) -> CsvOptions {
        let mut options = CsvOptions::default()
            .with_decimal_comma(self.decimal_comma)
            .with_crs(crs.cloned())
            .with_limits(limits::limits());
        options.encoding = self.encoding.clone();
        options
    }

    /// The file's own names for time, id, longitude and latitude: an option of each, or `--field`.
    fn named(&self) -> Vec<(String, String)> {
        let by_field = self.field.iter().rev().chain(self.profile.iter().flat_map(|profile| &profile.names));
        let by_field = by_field.filter(|(field, _)| OWN_OPTIONS.contains(&field.as_str())).cloned();
        let time = Some(self.time_field.clone());
        let options = [&time, &self.id_field, &self.lon_field, &self.lat_field];
        let by_option = OWN_OPTIONS
            .iter()
            .zip(options)
            .filter(|(field, named)| **field != "time" || named.as_deref() != Some("time"));
        let by_option = by_option.filter_map(|(field, named)| Some(((*field).to_owned(), named.clone()?)));
        by_option.chain(by_field).collect()
    }

    /// A date alone is the time as far as it is known.
    fn time_name(&self) -> String {
        let date = || self.own_name("date").filter(|_| self.own_name("time_of_day").is_none());
        self.own_name("time").or_else(date).unwrap_or_else(|| "time".to_owned())
    }

    fn is_typed(&self, field: &str) -> bool {
        let by_option = field == "time" && self.time_field != "time";
        by_option || self.field.iter().any(|(named, _)| named == field)
    }

    fn own_name(&self, field: &str) -> Option<String> {
        self.named().into_iter().find(|(named, _)| named == field).map(|(_, own)| own)
    }

    /// The file's own names for all else.
    fn fields(&self) -> Result<FieldNames, Error> {
        for (at, (field, own)) in self.field.iter().enumerate() {
            if let Some((other, _)) =
                self.field[..at].iter().find(|(other, same)| same == own && other != field)
            {
                let message = format!("--field {other}={own} and {field}={own}: one column for two fields");
                return Err(Error::argument(message));
            }
        }
        let mut names = FieldNames::default();
        let of_profile = self.profile.iter().flat_map(|profile| &profile.names);
        for (field, own) in of_profile.filter(|(field, _)| !OWN_OPTIONS.contains(&field.as_str())) {
            names.set_if_there(field, own.clone())?;
        }
        for (field, own) in self.field.iter().filter(|(field, _)| !OWN_OPTIONS.contains(&field.as_str())) {
            names.set(field, own.clone())?;
        }
        Ok(names)
    }

    fn position(&self) -> PositionColumns {
        let mut columns = PositionColumns::default();
        columns.lon = self.own_name("longitude");
        columns.lat = self.own_name("latitude");
        columns
    }

    /// The rules of reading.
    pub fn options(&self, zone: Option<&Zone>, times: TimeUse) -> Result<ReadOptions, Error> {
        let time_parts = match (self.own_name("date"), self.own_name("time_of_day")) {
            // One column that is named counts before two of a profile.
            _ if self.is_typed("time") && !self.is_typed("time_of_day") => None,
            _ if self.is_typed("time") => {
                return Err(Error::argument(
                    "--field time=NAME beside time_of_day: one time or two columns, not both",
                ));
            }
            (Some(date), Some(clock)) => Some([date, clock]),
            (None, Some(_)) => {
                return Err(Error::argument("--field time_of_day=NAME goes with --field date=NAME"));
            }
            (_, None) => None,
        };
        let mut options = ReadOptions::default()
            .with_time_field(self.time_name())
            .with_time_parts(time_parts)
            .with_time_form(
                self.time_format
                    .clone()
                    .map(|format| format.0)
                    .unwrap_or_default()
                    .with_calendar(self.calendar.unwrap_or_default()),
            )
            .with_zone(zone.cloned())
            .with_position(self.position())
            .with_fields(self.fields()?)
            .with_described(self.described.options()?)
            .with_times(times);
        options.id_field = self.own_name("id");
        Ok(options)
    }
}
