//! Options of reports that are not a point: how they are read, and where their regions go.

use std::path::PathBuf;

use patrol_corridor::Error;
use patrol_corridor::sightings::SightingOptions;

use crate::layers::metres;

/// How reports are read that are not a point.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Reports that are not a point")]
pub struct ReportArgs {
    /// GeoJSON to write the regions in: a feature for each incident that has one, with all properties of the annotated
    /// incident; .geojson, .json, .geojsonl, .ndjson or .geojsons, each with .gz too
    #[arg(long, value_name = "FILE")]
    pub regions: Option<PathBuf>,
    #[command(flatten)]
    pub sightings: SightingArgs,
}

/// What says how reports are read, whatever is done with them.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Reports that are not a point")]
pub struct SightingArgs {
    /// Magnetic declination in degrees, positive to the east, for bearings with `north` magnetic [default: that of the
    /// World Magnetic Model at the post on the day of `time`]
    #[arg(long, value_name = "DEG", allow_negative_numbers = true, value_parser = degrees)]
    declination: Option<f64>,
    /// Table of how far positions of a class may be off, CSV with the header `scheme,class,metres`, whose schemes are
    /// `where_prec` and `geo_precision`; what it leaves out stays as it is
    #[arg(long, value_name = "FILE")]
    pub precision_classes: Option<PathBuf>,
    /// How far a bearing without a distance reaches, in metres [default: 20000]
    #[arg(long, value_name = "M", value_parser = metres)]
    greatest_range: Option<f64>,
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
