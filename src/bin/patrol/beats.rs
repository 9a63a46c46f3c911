//! `patrol beats`: which post is the nearest along the routes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::analysis::{RouteBeats, beats};
use patrol_corridor::annotate::{AnnotateOptions, Annotator, LayerRun, OutputForm, annotate_layer};
use patrol_corridor::io::IncidentStream;
use patrol_corridor::{Error, FeatureId, PatrolArea};
use serde::Serialize;

use crate::columns::{columns, print};
use crate::feature_output::FeatureOutputArgs;
use crate::layers::{LayerArgs, is_standard};
use crate::lines::{Along, length_text, stretch_feature};

/// The stretch of each route for which each post is the nearest
///
/// The output cuts every route where another post becomes the nearest: lines with the properties `route_id`,
/// `post_id`, `from_m`, `to_m`, `length_m`. Breakpoints are exact to a millimetre. A table of the load of each
/// post goes to standard output.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol beats --posts posts.geojson --routes routes.geojson --output beats.geojson\n  \
    patrol beats ... --incidents incidents.geojson          with the incidents nearest to each post")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    output: FeatureOutputArgs,
    /// Incidents to count by their nearest post: GeoJSON
    #[arg(long, value_name = "FILE")]
    incidents: Option<PathBuf>,
    /// How many threads work [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let Some(posts) = args.layers.posts.as_ref().filter(|_| args.layers.routes.is_some()) else {
        return Err(Error::argument(
            "expected --posts FILE and --routes FILE: beats divide routes among posts",
        ));
    };
    let posts = posts.display().to_string();
    args.output.check(args.layers.files().chain(&args.incidents))?;
    let area = args.layers.read()?.area;
    let found = beats(&area, args.threads).map_err(|error| error.in_file(posts))?;
    let incidents = match &args.incidents {
        Some(path) => Some(count(&area, path, args.threads)?),
        None => None,
    };
    args.output.write(&features(&area, &found)?, &[])?;
    if !args.output.is_standard() {
        print(&table(&area, &found, incidents.as_deref()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn features(area: &PatrolArea, found: &[RouteBeats]) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        route_id: &'a FeatureId,
        post_id: &'a FeatureId,
        #[serde(flatten)]
        along: Along,
    }
    let beats = found.iter().flat_map(|route| route.beats.iter().map(move |beat| (route.route, beat)));
    beats
        .map(|(route, beat)| {
            let properties = Properties {
                route_id: &area.routes()[route].id,
                post_id: &area.posts()[beat.post].id,
                along: Along::new(beat.from_m, beat.to_m),
            };
            stretch_feature(area, route, (beat.from_m, beat.to_m), &properties)
        })
        .collect()
}

/// How many incidents have each post as the nearest.
fn count(area: &PatrolArea, path: &Path, threads: usize) -> Result<Vec<u64>, Error> {
    let incidents = match is_standard(path) {
        true => IncidentStream::read("<stdin>", std::io::stdin()),
        false => IncidentStream::open(path),
    }?;
    // Replacing, so that incidents that are annotated already are no matter.
    let options = AnnotateOptions { posts: true, routes: false, replace: true, ..Default::default() };
    let annotator = Annotator::new(area, options);
    let run = LayerRun { threads, ..LayerRun::new(OutputForm::Lines) };
    annotate_layer(incidents, &annotator, run, &mut std::io::sink()).map(|summary| summary.by_post)
}

/// The load of each post.
fn table(area: &PatrolArea, found: &[RouteBeats], incidents: Option<&[u64]>) -> String {
    let mut load = vec![(0, 0.0); area.posts().len()];
    for beat in found.iter().flat_map(|route| &route.beats) {
        load[beat.post].0 += 1;
        load[beat.post].1 += beat.to_m - beat.from_m;
    }
    let mut rows = vec![["post", "beats", "route length", "incidents", "name"].map(str::to_owned)];
    for (i, (post, (beats, length_m))) in area.posts().iter().zip(load).enumerate() {
        rows.push([
            post.id.to_string(),
            beats.to_string(),
            length_text(length_m),
            incidents.map_or("-".to_owned(), |incidents| incidents[i].to_string()),
            post.name.clone().unwrap_or_default(),
        ]);
    }
    columns(&rows)
}
