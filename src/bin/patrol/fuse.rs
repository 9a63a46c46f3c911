//! `patrol fuse`: which reports can be of one incident.

use std::path::PathBuf;
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::analysis::FuseOptions;
use patrol_corridor::annotate::{FUSED_FIELDS, FuseRun, FuseSummary, fuse_layer};

use crate::feature_output::FeatureOutputArgs;
use crate::layers::{LayerArgs, is_standard};
use crate::reports::{SightingArgs, read_log};
use crate::status;
use crate::term::say;
use crate::warnings::warn;

/// Group the reports of a log that can be of the same incident, and say where it then was
///
/// Reports can be of one incident where all their times lie within the window and all their regions have a point in common.
/// The output has a feature for each such group, whose geometry is what the regions have in common, and then every
/// report as it came, with the groups that it is in. Nothing is merged: where A and B fit, and B and C, and not all
/// three, there are two groups. Regions that only touch do not meet, and a report without a usable time or location is in
/// no group.
///
/// Of posts and routes with a period (`active_from`, `active_to`) the members of a group name as the nearest what was in service at
/// its earliest time; candidates are all that may have been the nearest at any time from its earliest to its latest.
#[derive(Debug, clap::Args)]
#[command(after_long_help = after_long_help())]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    /// Log of reports: GeoJSON, or a table (.csv, .tsv, each with .gz too; `-` is GeoJSON on standard input), with the
    /// names that `patrol annotate --help` lists for reports that are not a point
    #[arg(long, value_name = "FILE")]
    incidents: PathBuf,
    #[command(flatten)]
    output: FeatureOutputArgs,
    /// How far apart the times of one incident's reports are at most: a number with s, min or h
    #[arg(long, value_name = "30min", default_value = "30min", value_parser = seconds)]
    within: f64,
    /// Property or column that holds the time, RFC 3339
    #[arg(long, value_name = "FIELD", default_value = "time")]
    time_field: String,
    #[command(flatten)]
    sightings: SightingArgs,
}

fn after_long_help() -> String {
    let mut text = String::from(
        "Examples:\n  patrol fuse --posts posts.geojson --incidents log.csv --zone Asia/Baku --output fused.geojson\n  \
         patrol fuse --posts posts.geojson --routes routes.geojson --incidents log.geojson --within 10min \\\n              \
         --output fused.geojson\n\nMembers, beside those of an annotation for each group:\n",
    );
    for (name, meaning) in FUSED_FIELDS {
        text.push_str(&format!("  {name}\n      {meaning}\n"));
    }
    text.push_str(
        "\nExit status 1: some reports have a time or a location that can't be read; they are in no group and carry a \
         `fuse_warning`.",
    );
    text
}

/// A duration in seconds.
fn seconds(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit_s = match unit.trim() {
        "s" => 1.0,
        "min" | "m" => 60.0,
        "h" => 3_600.0,
        _ => return Err("expected a number with s, min or h: 30min".to_owned()),
    };
    number
        .parse::<f64>()
        .map(|number| number * unit_s)
        .map_err(|_| "expected a number with s, min or h: 30min".into())
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let inputs = || args.layers.files().chain([&args.incidents]).chain(&args.sightings.precision_classes);
    if inputs().filter(|path| is_standard(path)).count() > 1 {
        return Err(Error::argument("found `-` for more than one input, expected it once at most"));
    }
    args.output.check(inputs())?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let reports = read_log(&args.incidents, args.layers.systems.other(None).as_ref())?;
    let run = FuseRun {
        options: FuseOptions { window_s: args.within, ..FuseOptions::default() },
        sightings: args.sightings.options()?,
        time_field: args.time_field.clone(),
        zone: args.layers.zone.clone(),
        line_by_line: args.output.is_line_by_line()?,
    };
    let (features, summary) = fuse_layer(&reports, &layers.area, &run)?;
    args.output.write(&features, &[])?;
    tell(&summary, &args);
    Ok(ExitCode::from(if summary.unreadable.is_empty() { 0 } else { status::REJECTED }))
}

/// The summary for a reader.
fn tell(summary: &FuseSummary, args: &Args) {
    warn(&args.incidents.display().to_string(), &summary.unreadable);
    say!(
        "read {}, groups {} within {} s, reports in a group {} (in more than one {}), alone {}",
        summary.reports,
        summary.groups,
        args.within,
        summary.grouped,
        summary.shared,
        summary.reports - summary.grouped
    );
    say!(
        "not compared: without a time {}, without a location {}, unreadable {}",
        summary.without_time,
        summary.without_location,
        summary.unreadable.len()
    );
}
