//! `patrol fuse`: which reports can be of one incident.

use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::analysis::FuseOptions;
use patrol_corridor::annotate::{FUSED_FIELDS, FuseRun, FuseSummary, fuse_layer};
use patrol_corridor::incident::{IncidentReader, SourceRun, TimeUse};

use crate::args::feature_output::{Beside, FeatureOutputArgs};
use crate::args::incidents::IncidentArgs;
use crate::args::layers::LayerArgs;
use crate::term::say;

/// Group the reports of a log that may be of the same incident, and find where it was
///
/// A report is a row or feature of the log. Reports form a group if all their times lie within the time of --within,
/// and all their regions have a point in common. The output has one feature for each group; its geometry is the part
/// that the regions have in common. Then each report follows, unchanged, with the groups that it belongs to.
///
/// Nothing is merged. If A fits B, and B fits C, but not all three fit together, there are two groups. Regions that
/// only touch have no point in common. A report without a usable time or location is in no group.
///
/// For a group, the nearest post and route are those in service at its earliest time (`active_from`, `active_to`). The
/// candidates cover the whole time from its earliest to its latest report.
#[derive(Debug, clap::Args)]
#[command(after_long_help = after_long_help())]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    #[command(flatten)]
    output: FeatureOutputArgs,
    /// Longest time between reports of the same incident: a number with s, min or h
    #[arg(long, value_name = "30min", default_value = "30min", value_parser = seconds)]
    within: f64,
}

fn after_long_help() -> String {
    let mut text = String::from(
        "Examples:\n  patrol fuse --posts posts.geojson --incidents log.csv --zone Asia/Baku --output fused.geojson\n  \
         patrol fuse --posts posts.geojson --routes routes.geojson --incidents log.geojson --within 10min \\\n              \
         --output fused.geojson\n\nMembers, besides those of `patrol annotate` for each group:\n",
    );
    for (name, meaning) in FUSED_FIELDS {
        text.push_str(&format!("  {name}\n      {meaning}\n"));
    }
    text.push_str(
        "\nThe exit status is 1 if incidents were rejected, or if reports have a time that can't be read or a location \
         that can't be told. Such reports are in no group and have a `fuse_warning`.",
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
    args.output.check(
        args.layers.files().chain(args.incidents.inputs()),
        &[],
        None,
        &args.incidents.outputs().collect::<Vec<_>>(),
    )?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let options = args.incidents.options(args.layers.zone.as_ref(), TimeUse::Required)?;
    let reader = IncidentReader::new(&layers.index, options);
    let run = FuseRun::default()
        .with_options(FuseOptions::default().with_window_s(args.within))
        .with_line_by_line(args.output.is_line_by_line()?);
    let Some(source) = args.incidents.open(args.incidents.crs(Some(&args.layers)).as_ref())? else {
        return Err(Error::argument("--incidents FILE is missing"));
    };
    let mut files = args.incidents.begin(args.output.force())?;
    let crs = args.incidents.crs(Some(&args.layers));
    let (features, summary) = files
        .reading(|bad| fuse_layer(source, &reader, &run, SourceRun::default().with_crs(crs).with_bad(bad)))?;
    args.incidents.warn(&summary.tally, &summary.reprojections);
    let beside = Beside { files: files.finish(&summary.tally)?, ..Beside::default() };
    args.output.write_with(&features, beside)?;
    args.incidents.tell(&summary.tally, &summary.reprojections);
    tell(&summary, &args);
    Ok(args.incidents.status(&summary.tally, true))
}

/// The groups for a reader.
fn tell(summary: &FuseSummary, args: &Args) {
    let compared = summary.tally.read - summary.tally.rejected;
    say!(
        "groups {} within {} s, incidents in a group {} (in more than one {}), alone {}",
        summary.groups,
        args.within,
        summary.grouped,
        summary.shared,
        compared - summary.grouped as u64
    );
}
