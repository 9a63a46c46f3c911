//! `patrol check`: is it GeoJSON, and is it fit for a layer?

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::io::{LayerKind, check_file, check_source, json_line};

use crate::layers::{is_standard, open};
use crate::status;

/// Is it GeoJSON by RFC 7946, and fit for a layer?
///
/// One finding a line, `FILE:LINE: error|warning: what, where, what to do`. Exit status 2 where there is an
/// error, 0 with warnings only.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  patrol check posts.geojson routes.geojson\n  \
    patrol check --as incidents --format json day.geojsonl | jq .message")]
pub struct Args {
    /// Files to check (`-` is standard input)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Check, too, whether they are fit for this layer
    #[arg(long = "as", value_name = "LAYER")]
    layer: Option<Layer>,
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
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = false;
    let mut unreadable = None;
    for path in &args.files {
        let findings = if is_standard(path) {
            open(path).map(|source| check_source(&source, layer))
        } else {
            check_file(path, layer)
        };
        let findings = match findings {
            Ok(findings) => findings,
            Err(error) => {
                eprintln!("patrol: {error}");
                if error.is_io() {
                    unreadable = Some(status::IO);
                } else {
                    failed = true;
                }
                continue;
            }
        };
        for finding in findings {
            failed |= finding.is_error();
            let line = match args.format {
                Format::Text => format!("{finding}\n"),
                Format::Json => json_line(&finding)?,
            };
            out.write_all(line.as_bytes()).map_err(|e| Error::io("write standard output", e))?;
        }
    }
    out.flush().map_err(|e| Error::io("write standard output", e))?;
    Ok(ExitCode::from(unreadable.unwrap_or(if failed { status::UNUSABLE } else { 0 })))
}
