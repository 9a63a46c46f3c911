//! `patrol check`: is it GeoJSON, and is it fit for a layer?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::incident::{TimeUse, check_incidents};
use patrol_corridor::io::{Crs, Finding, LayerKind, LayerOptions, Severity, check, json_line};
use patrol_corridor::time::Zone;

use crate::args::files::{is_standard, open};
use crate::args::incidents::say_error;
use crate::args::read::ReadArgs;
use crate::args::readers;
use crate::args::systems::hint;
use crate::ending;
use crate::term::{Page, print_data};

/// Check GeoJSON files against RFC 7946, and whether they fit a layer
///
/// With --as incidents, the command also reads tables, and checks described locations and times. Each finding is one
/// line: `FILE:LINE: error|warning|note: where: what, what to do`. The exit status is 2 if there is an error, 3 if a file
/// can't be opened, and 0 if there are only warnings.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  patrol check posts.geojson routes.geojson\n  \
    patrol check --as incidents --format json day.geojsonl | jq .message\n  \
    patrol check --as posts --crs EPSG:32638 posts.geojson")]
pub struct Args {
    /// Files to check (`-` is standard input)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Check also whether the files fit this layer
    #[arg(long = "as", value_name = "LAYER")]
    layer: Option<Layer>,
    /// Coordinate reference system (CRS) of the files, if it is not WGS84: EPSG:32638
    ///
    /// Notes name the transformation to WGS84, its accuracy, and where the system is meant to be used. Warnings name
    /// what is doubtful.
    #[arg(long, value_name = "CRS")]
    crs: Option<Crs>,
    /// Time zone for times without one: an IANA name (`Asia/Baku`) or an offset (`+04:00`)
    ///
    /// It applies to `active_from` and `active_to` of posts and routes, and to the times of incidents.
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Option<Zone>,
    #[command(flatten)]
    read: ReadArgs,
    /// Output format: text, or one JSON object per line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Layer {
    Posts,
    Routes,
    Incidents,
    Corridors,
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
        Layer::Corridors => LayerKind::Corridors,
    });
    let options = LayerOptions::default().with_crs(args.crs.clone()).with_zone(args.zone.clone());
    let mut failed = false;
    let mut unreadable = None;
    for path in &args.files {
        let findings = match args.findings(path, layer, &options) {
            Ok(findings) => findings,
            Err(error) if error.is_io() => {
                say_error(&error);
                unreadable = Some(ending::IO);
                continue;
            }
            Err(error) if error.is_argument() => return Err(error),
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
    Ok(ExitCode::from(unreadable.unwrap_or(if failed { ending::UNUSABLE } else { 0 })))
}

impl Args {
    fn findings(
        &self,
        path: &Path,
        layer: Option<LayerKind>,
        options: &LayerOptions,
    ) -> Result<Vec<Finding>, Error> {
        let is_text = self.read.format(path)?.is_geojson();
        let mut findings = match layer {
            _ if is_text => check(&open(path)?, layer, options),
            Some(LayerKind::Incidents) => Vec::new(),
            Some(kind) => {
                let mut options = options.clone();
                check(&readers::layer(path, kind, &mut options.crs)?, Some(kind), &options)
            }
            None => {
                return Err(Error::argument(
                    "what is no GeoJSON can be checked for a layer only: --as posts, routes, incidents or corridors",
                )
                .in_file(path.display().to_string()));
            }
        };
        // What is no GeoJSON has no incidents; standard input is read once.
        let is_read = !findings.iter().any(|finding| finding.is_error() && finding.feature.is_none());
        if layer == Some(LayerKind::Incidents) && is_read && !(is_text && is_standard(path)) {
            let read = self.read.options(self.zone.as_ref(), TimeUse::Shown)?;
            let source = self.read.open(path, self.crs.as_ref())?;
            let known: Vec<u64> =
                findings.iter().filter(|one| one.is_error()).filter_map(|one| one.feature).collect();
            let more = check_incidents(source, read, self.crs.clone())?;
            let is_new = |one: &Finding| one.feature.is_none_or(|feature| !known.contains(&feature));
            findings.extend(more.into_iter().filter(is_new));
        }
        Ok(findings)
    }
}
