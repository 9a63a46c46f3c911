//! Options of reports that are not a point: how they are read, and where their regions go.

use std::fs::File;
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::annotate::ReportLayer;
use patrol_corridor::io::{Crs, PositionColumns, Rows};
use patrol_corridor::sightings::{SightingOptions, nearly_read};

use crate::layers::{metres, open};
use crate::systems;
use crate::term::say;

/// Said of each option, not of the structs: what stands behind them in a command is of no heading.
const HEADING: &str = "Reports that are not a point";

/// How reports are read that are not a point.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// GeoJSON to write the regions in: a feature for each incident that has one, with all properties of the annotated
    /// incident; .geojson, .json, .geojsonl, .ndjson or .geojsons, each with .gz too
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    pub regions: Option<PathBuf>,
    #[command(flatten)]
    pub sightings: SightingArgs,
}

/// What says how reports are read, whatever is done with them.
#[derive(Debug, clap::Args)]
pub struct SightingArgs {
    /// Magnetic declination in degrees, positive to the east, for bearings with `north` magnetic [default: that of the
    /// World Magnetic Model at the post on the day of `time`]
    #[arg(long, help_heading = HEADING, value_name = "DEG", allow_negative_numbers = true, value_parser = degrees)]
    declination: Option<f64>,
    /// Table of how far positions of a class may be off, CSV with the header `scheme,class,metres`, whose schemes are
    /// `where_prec` and `geo_precision`; what it leaves out stays as it is
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    pub precision_classes: Option<PathBuf>,
    /// How far a bearing without a distance reaches, in metres [default: 20000]
    #[arg(long, help_heading = HEADING, value_name = "M", value_parser = metres)]
    greatest_range: Option<f64>,
}

/// A log: a table by its extension, else GeoJSON, which comes to WGS84.
pub fn read_log(path: &Path, crs: Option<&Crs>) -> Result<ReportLayer, Error> {
    let name = path.display().to_string();
    let lower = name.to_lowercase();
    let plain = lower.strip_suffix(".gz").unwrap_or(&lower);
    let delimiter = match plain.rsplit_once('.') {
        Some((_, "csv")) => None,
        Some((_, "tsv")) => Some(b'\t'),
        _ => {
            let (source, reprojections) = open(path)?.in_wgs84(crs)?;
            systems::tell(&name, &reprojections);
            return ReportLayer::from_source(&source);
        }
    };
    let file = File::open(path).map_err(|e| Error::io("open or read it", e).in_file(&*name))?;
    let rows = Rows::csv(name.as_str(), file, delimiter, &PositionColumns::default())?;
    warn_of_columns(&name, &rows);
    ReportLayer::from_rows(rows)
}

/// Says which columns of a table are not read and nearly are: `distance` for `distance_m`.
pub fn warn_of_columns(file: &str, rows: &Rows<'_>) {
    let names: Vec<&str> = rows.columns().iter().map(|column| column.name.as_str()).collect();
    for (name, field) in nearly_read(&names) {
        let unit = if field.ends_with("_m") { ", in metres or with a unit in each cell" } else { "" };
        say!(
            "patrol: {file}: warning: found the column `{name}`, which is not read, expected `{field}`{unit}: rename it"
        );
    }
}

fn degrees(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(degrees) if (-180.0..=180.0).contains(&degrees) => Ok(degrees),
        _ => Err("expected degrees within -180 and 180, positive to the east".to_owned()),
    }
}

impl SightingArgs {
    /// These options, the table of classes read.
    pub fn options(&self) -> Result<SightingOptions, Error> {
        let mut options = SightingOptions { declination_deg: self.declination, ..SightingOptions::default() };
        if let Some(metres) = self.greatest_range {
            options.greatest_range_m = metres;
        }
        if let Some(path) = &self.precision_classes {
            let name = || path.display().to_string();
            let table =
                std::fs::read_to_string(path).map_err(|e| Error::io("open or read it", e).in_file(name()))?;
            options.classes = table.parse().map_err(|error: Error| error.in_file(name()))?;
        }
        Ok(options)
    }
}
