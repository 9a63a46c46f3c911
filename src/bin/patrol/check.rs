//! `patrol check`: is it GeoJSON, and is it fit for a layer?

use std::path::PathBuf;
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::io::{Crs, Finding, LayerKind, LayerOptions, Severity, check_source_as, json_line};
use patrol_corridor::model::Zone;

use crate::layers::open;
use crate::status;
use crate::systems::hint;
use crate::term::{Page, print_data, say};

/// Is it GeoJSON by RFC 7946, and fit for a layer?
///
/// One finding a line, `FILE:LINE: error|warning|note: what, where, what to do`. Exit status 2 where there is an
/// error, 0 with warnings only.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  patrol check posts.geojson routes.geojson\n  \
    patrol check --as incidents --format json day.geojsonl | jq .message\n  \
    patrol check --as posts --crs EPSG:32638 posts.geojson")]
pub struct Args {
    /// Files to check (`-` is standard input)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Check, too, whether they are fit for this layer
    #[arg(long = "as", value_name = "LAYER")]
    layer: Option<Layer>,
    /// Coordinate reference system of the coordinates: notes tell how they come to WGS84, how accurate that is
    /// and where the system is meant to be used, warnings what is doubtful
    #[arg(long, value_name = "CRS")]
    crs: Option<Crs>,
    /// Zone of times that name none, in `active_from` and `active_to`: a name of the IANA database (`Asia/Baku`) or an
    /// offset (`+04:00`)
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Option<Zone>,
    /// Findings as text, or as a JSON object a line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Layer {
    Posts,
    Routes,
    Incidents,
}

#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let layer = args.layer.map(|layer| match layer {
        Layer::Posts => LayerKind::Posts,
        Layer::Routes => LayerKind::Routes,
        Layer::Incidents => LayerKind::Incidents,
    });
    let options = LayerOptions { crs: args.crs, zone: args.zone, ..LayerOptions::default() };
    let mut failed = false;
    let mut unreadable = None;
    for path in &args.files {
        let findings = match open(path) {
            Ok(source) => check_source_as(&source, layer, &options),
            Err(error) if error.is_io() => {
                say!("patrol: {error}");
                unreadable = Some(status::IO);
                continue;
            }
            Err(error) => vec![Finding::from_error(&error, &path.display().to_string(), Severity::Error)],
        };
        let (mut page, mut lines) = (Page::default(), String::new());
        for mut finding in findings {
            finding.message += hint(finding.path.as_deref(), &finding.message);
            failed |= finding.is_error();
            match args.format {
                Format::Text => page.line(finding.to_string()),
                Format::Json => lines += &json_line(&finding)?,
            }
        }
        page.print()?;
        print_data(&lines)?;
    }
    Ok(ExitCode::from(unreadable.unwrap_or(if failed { status::UNUSABLE } else { 0 })))
}
