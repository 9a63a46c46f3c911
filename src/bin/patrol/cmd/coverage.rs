//! `patrol coverage`: which stretches of the routes are within reach of which posts.

use std::path::PathBuf;
use std::process::ExitCode;

use patrol_corridor::analysis::{
    CoverageOptions, Interval, RouteCoverage, Suggestion, coverage, suggest_posts,
};
use patrol_corridor::annotate::palette;
use patrol_corridor::io::{LayerKind, LayerOptions, read_posts};
use patrol_corridor::report::styles::StyledLayer;
use patrol_corridor::time::Timestamp;
use patrol_corridor::{Error, FeatureId, IncidentGeometry, ObservationPost, PatrolIndex, Position, io};
use serde::Serialize;

use crate::args::at_time::{TimeArgs, as_of};
use crate::args::drawn::{SimpleStyle, StyleArgs};
use crate::args::feature_output::{Beside, FeatureOutputArgs};
use crate::args::layers::{LayerArgs, metres};
use crate::args::position::position;
use crate::args::readers;
use crate::cmd::coverage_report::{changes, gap_rows, post_rows, route_rows, suggestion_rows};
use crate::lines::{Along, interval_feature, rounded_m};
use crate::term::Page;

/// Find which intervals of each route the posts see, and where the gaps are
///
/// A post sees what lies within its watch radius (`watch_radius_m`, or --radius). The output cuts each route where it
/// enters or leaves the watch radius of a post, exact to a millimetre. Each interval is a line with the properties
/// `route_id`, `from_m`, `to_m`, `length_m`, `post_ids` (empty in a gap) and `post_count`. Tables of routes, gaps and
/// posts go to standard output.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol coverage --posts posts.geojson --routes routes.geojson --radius 5000 \\\n                  --output coverage.geojson\n  \
    patrol coverage ... --gaps gaps.geojson\n  \
    patrol coverage ... --time 2020-10-04T13:45:00+04:00      only posts and routes in service then\n  \
    patrol coverage ... --add 46.81,40.07 --drop OP-12        what would change\n  \
    patrol coverage ... --suggest 3 --every 500               three new posts that close the most")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    output: FeatureOutputArgs,
    #[command(flatten)]
    style: StyleArgs,
    /// Watch radius of new posts and of posts without `watch_radius_m`, in metres or with a unit
    #[arg(long, value_name = "M", value_parser = metres)]
    radius: Option<f64>,
    /// Write the gaps to this GeoJSON file, ranked by length
    ///
    /// The properties of a gap are `rank` (1 is the longest), `route_id`, `from_m`, `to_m` and `length_m`.
    #[arg(long, value_name = "FILE")]
    gaps: Option<PathBuf>,
    /// Compute with one more post here, and show what changes (repeatable)
    #[arg(long, value_name = "POSITION", allow_hyphen_values = true, help_heading = "What if")]
    add: Vec<String>,
    /// Compute without the post with this id, and show what changes (repeatable)
    #[arg(long, value_name = "ID", help_heading = "What if")]
    drop: Vec<String>,
    /// Propose up to N new posts, one after the other, each where it closes the greatest length of gaps
    ///
    /// This greedy choice closes at least 63 % (1 - 1/e) of what the best N of the candidates could close.
    #[arg(long, value_name = "N", help_heading = "What if")]
    suggest: Option<usize>,
    /// Candidates for --suggest: GeoJSON Points
    #[arg(long, value_name = "FILE", requires = "suggest", help_heading = "What if")]
    candidates: Option<PathBuf>,
    /// Candidates for --suggest: every M metres along the routes [default: a tenth of the radius]
    #[arg(long, value_name = "M", value_parser = metres, requires = "suggest", conflicts_with = "candidates", help_heading = "What if")]
    every: Option<f64>,
    /// Write the proposals to this GeoJSON file: Points with `rank`, `gain_m` and `candidate_id`
    #[arg(long, value_name = "FILE", requires = "suggest", help_heading = "What if")]
    suggestions: Option<PathBuf>,
    /// Number of threads [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

/// More candidates than this are a slip of the unit.
const MOST_CANDIDATES: f64 = 1e6;

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let Some(posts) = args.layers.posts.as_ref().filter(|_| args.layers.routes.is_some()) else {
        return Err(Error::argument(
            "expected --posts FILE and --routes FILE: coverage is of routes by posts",
        ));
    };
    let posts = posts.display().to_string();
    let beside = [("--gaps", &args.gaps), ("--suggestions", &args.suggestions)];
    let beside: Vec<_> =
        beside.into_iter().filter_map(|(name, path)| Some((name, path.as_deref()?))).collect();
    args.output.check(args.layers.files().chain(&args.candidates), &beside, Some(&args.style), &[])?;
    let time = args.time.read(args.layers.zone.as_ref())?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let present = as_of(layers.index, time)?;
    let options = CoverageOptions::default().with_radius_m(args.radius).with_threads(args.threads);
    let covered = |index: &PatrolIndex| coverage(index, &options).map_err(|error| error.in_file(&*posts));
    let changed = changed(&present, &args, time)?;
    let index = changed.as_ref().unwrap_or(&present);
    let found = covered(index)?;
    let mut page = Page::default();
    if changed.is_some() {
        changes(&mut page, &present, &covered(&present)?, index, &found);
    }
    route_rows(&mut page, index, &found);
    let gaps = ranked_gaps(&found);
    gap_rows(&mut page, index, &gaps);
    post_rows(&mut page, index, &found);
    let mut layers = Vec::new();
    let mut styles = vec![(args.output.path(), StyledLayer::Coverage)];
    if let Some(path) = &args.gaps {
        layers.push((("--gaps", path.as_path()), gap_features(index, &gaps, &args.style)?));
        styles.push((path.as_path(), StyledLayer::Gaps));
    }
    if let Some(count) = args.suggest {
        let candidates = candidates(index, &args)?;
        let places: Vec<Position> = candidates.iter().map(|candidate| candidate.position).collect();
        let proposed = suggest_posts(index, &places, count, &options)?;
        suggestion_rows(&mut page, &found, &proposed, &candidates);
        if let Some(path) = &args.suggestions {
            layers.push((
                ("--suggestions", path.as_path()),
                suggestion_features(&proposed, &candidates, &args.style)?,
            ));
            styles.push((path.as_path(), StyledLayer::Suggestions));
        }
    }
    let features = features(index, &found, &args.style)?;
    let styles = Some((&args.style, &styles[..]));
    args.output.write_with(&features, Beside { layers, styles, table: Some(&page), ..Beside::default() })?;
    Ok(ExitCode::SUCCESS)
}

/// The area as it would be, where that is asked for.
fn changed(
    present: &PatrolIndex,
    args: &Args,
    time: Option<Timestamp>,
) -> Result<Option<PatrolIndex>, Error> {
    if args.add.is_empty() && args.drop.is_empty() {
        return Ok(None);
    }
    let mut posts = present.posts().to_vec();
    for id in &args.drop {
        let place = posts.iter().position(|post| post.id.as_str() == id).ok_or_else(|| {
            let then = time.map_or(String::new(), |time| format!(" in service at {time}"));
            Error::argument(format!("--drop: no post has the id {id}{then}"))
        })?;
        posts.remove(place);
    }
    for (i, text) in args.add.iter().enumerate() {
        let mut id = format!("added {}", i + 1);
        while posts.iter().any(|post| post.id.as_str() == id) {
            id.push('\'');
        }
        posts.push(ObservationPost::new(FeatureId::text(id), position("--add", text)?));
    }
    PatrolIndex::new(posts, present.routes().to_vec(), present.edges()).map(Some)
}

/// The gaps of all routes, the longest first.
pub fn ranked_gaps(found: &[RouteCoverage]) -> Vec<(usize, &Interval)> {
    let mut gaps: Vec<_> =
        found.iter().flat_map(|route| route.gaps().map(move |gap| (route.route, gap))).collect();
    gaps.sort_by(|a, b| b.1.length_m().total_cmp(&a.1.length_m()));
    gaps
}

fn features(index: &PatrolIndex, found: &[RouteCoverage], style: &StyleArgs) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        route_id: &'a FeatureId,
        #[serde(flatten)]
        along: Along,
        post_count: usize,
        post_ids: Vec<&'a FeatureId>,
        #[serde(flatten)]
        style: Option<SimpleStyle>,
    }
    let intervals = found.iter().flat_map(|route| route.intervals.iter().map(move |s| (route.route, s)));
    intervals
        .map(|(route, interval)| {
            let properties = Properties {
                route_id: &index.routes()[route].id,
                along: Along::new(interval.from_m, interval.to_m),
                post_count: interval.posts.len(),
                post_ids: interval.posts.iter().map(|&post| &index.posts()[post].id).collect(),
                style: match interval.posts.len() {
                    0 => style.line(palette::VERMILION, 4.0),
                    1 => style.line(palette::SKY_BLUE, 3.0),
                    _ => style.line(palette::BLUE, 4.0),
                },
            };
            interval_feature(index, route, (interval.from_m, interval.to_m), &properties)
        })
        .collect()
}

fn gap_features(
    index: &PatrolIndex,
    gaps: &[(usize, &Interval)],
    style: &StyleArgs,
) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        rank: usize,
        route_id: &'a FeatureId,
        #[serde(flatten)]
        along: Along,
        #[serde(flatten)]
        style: Option<SimpleStyle>,
    }
    let feature = |(i, (route, gap)): (usize, &(usize, &Interval))| {
        let route_id = &index.routes()[*route].id;
        let (along, style) = (Along::new(gap.from_m, gap.to_m), style.line(palette::VERMILION, 5.0));
        let properties = Properties { rank: i + 1, route_id, along, style };
        interval_feature(index, *route, (gap.from_m, gap.to_m), &properties)
    };
    gaps.iter().enumerate().map(feature).collect()
}

/// The candidates for new posts: those of a file, else places along the routes.
fn candidates(index: &PatrolIndex, args: &Args) -> Result<Vec<ObservationPost>, Error> {
    if let Some(path) = &args.candidates {
        let layer = read_posts::<io::NoProperties>(
            &readers::layer(path, LayerKind::Posts, &mut None)?,
            &LayerOptions::default(),
        )?;
        return Ok(layer.items);
    }
    let radius_m = args
        .radius
        .ok_or_else(|| Error::argument("--suggest needs --radius M: how far the new posts see"))?;
    let every_m = args.every.unwrap_or(0.1 * radius_m);
    let total_m: f64 = (0..index.routes().len()).map(|route| index.route_length_m(route)).sum();
    if total_m / every_m > MOST_CANDIDATES {
        return Err(Error::argument(format!(
            "candidates every {every_m} m along {:.0} km of routes, expected a million at most: \
             take a greater --every",
            total_m / 1e3
        )));
    }
    let mut found = Vec::new();
    for route in index.routes() {
        let line = patrol_corridor::linear::LinearElement::new(route, index.edges())?;
        for mark in line.marks(every_m) {
            let id = format!("{} km {:.3}", route.id, mark.chainage_m / 1e3);
            found.push(ObservationPost::new(FeatureId::text(id), mark.position));
        }
    }
    Ok(found)
}

fn suggestion_features(
    found: &[Suggestion],
    candidates: &[ObservationPost],
    style: &StyleArgs,
) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        rank: usize,
        gain_m: f64,
        candidate_id: &'a FeatureId,
        #[serde(flatten)]
        style: Option<SimpleStyle>,
    }
    let feature = |(i, suggestion): (usize, &Suggestion)| {
        let candidate_id = &candidates[suggestion.candidate].id;
        let (gain_m, style) = (rounded_m(suggestion.gain_m), style.marker(palette::ORANGE, "star"));
        let properties = Properties { rank: i + 1, gain_m, candidate_id, style };
        io::feature_text(&IncidentGeometry::Point(suggestion.position), None, &properties)
    };
    found.iter().enumerate().map(feature).collect()
}
