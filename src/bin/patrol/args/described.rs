//! Options of described locations: how they are read.

use std::path::PathBuf;

use patrol_corridor::Error;
use patrol_corridor::described::{DescribedOptions, FieldNames, looks_like_read, nearly_read};
use patrol_corridor::incident::TimeUse;
use patrol_corridor::io::Rows;
use patrol_corridor::region::North;

use crate::args::files::open;
use crate::args::layers::metres;
use crate::term::say;

/// Said of each option, not of the structs: what stands behind them in a command is of no heading.
pub const HEADING: &str = "Described locations";

/// How described locations are read.
#[derive(Debug, clap::Args)]
pub struct DescribedArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// North that bearings refer to, if the incident names none: true, grid or magnetic [default: true]
    #[arg(long, help_heading = HEADING, value_name = "NORTH")]
    north: Option<North>,
    /// Tolerance to either side of bearings in degrees, if the incident gives none; 0 makes a ray [default: 5]
    ///
    /// A compass point has a tolerance of 11.25 degrees. A fix does not use this option: there, a bearing in degrees
    /// has a standard deviation of 1 degree.
    #[arg(long, help_heading = HEADING, value_name = "DEG", value_parser = tolerance)]
    bearing_tolerance: Option<f64>,
}

/// What concerns a single described location too, whose own options say the rest.
#[derive(Debug, clap::Args)]
pub struct CommonArgs {
    /// Magnetic declination in degrees, positive to the east, for bearings from magnetic north [default: from the World
    /// Magnetic Model, at the post on the day of `time`]
    #[arg(long, help_heading = HEADING, value_name = "DEG", allow_negative_numbers = true, value_parser = degrees)]
    declination: Option<f64>,
    /// CSV file with the uncertainty of each precision class, under the header `scheme,class,metres`
    ///
    /// The schemes are `where_prec` and `geo_precision`. A class that the file leaves out keeps its default.
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    precision_classes: Option<PathBuf>,
    /// Zone and band of MGRS references that name none, such as 38T
    #[arg(long, help_heading = HEADING, value_name = "ZONE", value_parser = zone)]
    grid_zone: Option<String>,
    /// How far a bearing without a distance reaches, in metres or with a unit [default: 20000]
    ///
    /// It is also the upper limit of a distance that has only a lower one (`distance_min_m`).
    #[arg(long, help_heading = HEADING, value_name = "M", value_parser = metres)]
    greatest_range: Option<f64>,
}

/// Says which columns of a table are not read and nearly are: `distance` for `distance_m`.
pub fn warn_of_columns(file: &str, rows: &Rows<'_>, fields: &FieldNames) {
    let names: Vec<&str> = rows.columns().iter().map(|column| column.name.as_str()).collect();
    for (name, field) in nearly_read(&names).into_iter().filter(|(name, _)| !fields.has_own(name)) {
        let unit = if field.ends_with("_m") { ", in metres or with a unit in each cell" } else { "" };
        say!(
            "patrol: {file}: warning: the column `{name}`, which is not read, expected `{field}`{unit}: rename it"
        );
    }
}

/// Warns of columns that look like what a command reads, and are not read: of a location, and with `times` of all else.
pub fn warn_of_other_names(file: &str, rows: &Rows<'_>, fields: &FieldNames, named: &[&str], times: TimeUse) {
    const OF_INCIDENTS: [&str; 6] = ["time", "type", "status", "description", "killed", "wounded"];
    let names: Vec<&str> = rows.columns().iter().map(|column| column.name.as_str()).collect();
    let nearly: Vec<&str> = nearly_read(&names).into_iter().map(|(name, _)| name).collect();
    let is_named = |field: &str| named.contains(&field) || field == "time" && named.contains(&"date");
    let is_asked_for = |field: &str| match OF_INCIDENTS.contains(&field) {
        true => times == TimeUse::Required || field == "time" && times == TimeUse::Shown,
        false => true,
    };
    let others = looks_like_read(&names, fields).into_iter();
    let others =
        others.filter(|(name, field)| !nearly.contains(name) && !is_named(field) && is_asked_for(field));
    for (name, field) in others {
        say!(
            "patrol: {file}: warning: the column `{name}` is not read; is it `{field}`? (--field {field}='{name}')"
        );
    }
}

fn degrees(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(degrees) if (-180.0..=180.0).contains(&degrees) => Ok(degrees),
        _ => Err("expected degrees within -180 and 180, positive to the east".to_owned()),
    }
}

fn zone(text: &str) -> Result<String, String> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_band = text.len() == number.len() + 1 && !text.ends_with(['I', 'O', 'i', 'o']);
    match number.parse::<u8>() {
        Ok(1..=60) if is_band => Ok(text.to_uppercase()),
        _ => Err("expected the number of a UTM zone and the letter of its band: 38T".to_owned()),
    }
}

fn tolerance(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(degrees) if (0.0..=180.0).contains(&degrees) => Ok(degrees),
        _ => Err("expected degrees from 0 to 180".to_owned()),
    }
}

impl DescribedArgs {
    /// These options, the table of classes read.
    pub fn options(&self) -> Result<DescribedOptions, Error> {
        let mut options = self.common.options()?;
        if let Some(north) = self.north {
            options.north = north;
        }
        if let Some(degrees) = self.bearing_tolerance {
            options.bearing_tolerance_deg = degrees;
        }
        Ok(options)
    }

    /// The file that is read.
    pub fn input(&self) -> Option<&PathBuf> {
        self.common.input()
    }
}

impl CommonArgs {
    /// The file that is read.
    pub fn input(&self) -> Option<&PathBuf> {
        self.precision_classes.as_ref()
    }

    /// These options, the table of classes read.
    pub fn options(&self) -> Result<DescribedOptions, Error> {
        let mut options = DescribedOptions::default().with_declination_deg(self.declination);
        if let Some(metres) = self.greatest_range {
            options.greatest_range_m = metres;
        }
        options.grid_zone.clone_from(&self.grid_zone);
        if let Some(path) = &self.precision_classes {
            let table = open(path)?;
            options.classes = table.text().parse().map_err(|error: Error| error.in_file(table.name()))?;
        }
        Ok(options)
    }
}
