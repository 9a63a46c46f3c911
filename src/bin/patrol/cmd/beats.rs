//! `patrol beats`: which post is the nearest along the routes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::analysis::{Caps, RouteBeats, Sector, Within, beats, corridor_region, sectors};
use patrol_corridor::incident::{
    BadIncidents, IncidentReader, IncidentSource, SourceRun, Tally, TimeUse, incidents,
};
use patrol_corridor::io::{LayerKind, LayerOptions, NoProperties, Reprojection, read_corridors};
use patrol_corridor::report::styles::StyledLayer;
use patrol_corridor::{Edges, Error, FeatureId, IncidentGeometry, PatrolIndex, Region, io};
use serde::Serialize;

use crate::args::at_time::{TimeArgs, as_of};
use crate::args::drawn::{SimpleStyle, StyleArgs, alternating};
use crate::args::feature_output::{Beside, FeatureOutputArgs};
use crate::args::incidents::IncidentArgs;
use crate::args::layers::{LayerArgs, metres};
use crate::args::readers;
use crate::lines::{Along, area_text, count_text, interval_feature, length_text, rounded_km2};
use crate::term::{Page, say};

/// Divide the routes into beats: the intervals nearest to each post
///
/// The output cuts each route where another post becomes the nearest, exact to a millimetre. Each beat is a line with
/// the properties `route_id`, `post_id`, `from_m`, `to_m` and `length_m`. A table with the load of each post goes to
/// standard output: its beats, their length, its incidents, and the area of its sector.
#[derive(Debug, clap::Args)]
#[command(mut_arg("incidents", |arg| arg.required(false)))]
#[command(after_long_help = "Examples:\n  \
    patrol beats --posts posts.geojson --routes routes.geojson --output beats.geojson\n  \
    patrol beats ... --incidents incidents.geojson          also count the incidents of each post\n  \
    patrol beats ... --time 2020-10-04T13:45:00+04:00       only posts and routes in service then\n  \
    patrol beats ... --sectors sectors.geojson --within corridors")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    output: FeatureOutputArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    /// Write the sectors to this GeoJSON file: polygons of the area nearest to each post
    ///
    /// The properties of a sector are `post_id` and `area_km2`.
    #[arg(long, value_name = "FILE", requires = "within")]
    sectors: Option<PathBuf>,
    /// Area that the sectors divide: `corridors` (all within the half widths of the routes), a distance around the
    /// posts (in metres or with a unit), or a GeoJSON file of polygons
    #[arg(long, value_name = "corridors|M|FILE", requires = "sectors")]
    within: Option<String>,
    /// Number of threads [default: as many as the machine has]
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
    let within = args.within_file();
    let inputs = args.layers.files().chain(args.incidents.inputs()).chain(&within);
    let beside: Vec<_> = args.sectors.iter().map(|path| ("--sectors", path.as_path())).collect();
    args.incidents.check_summary("the table")?;
    args.output.check(inputs, &beside, Some(&args.style), &args.incidents.outputs().collect::<Vec<_>>())?;
    let time = args.time.read(args.layers.zone.as_ref())?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let index = as_of(layers.index, time)?;
    let found = beats(&index, args.threads).map_err(|error| error.in_file(posts))?;
    let mut files = args.incidents.begin(args.output.force())?;
    let load = match args.incidents.open(args.incidents.crs(Some(&args.layers)).as_ref())? {
        Some(source) => Some(files.reading(|bad| load(&index, source, bad, &args))?),
        None => None,
    };
    let tally = load.as_ref().map(|load| load.tally.clone()).unwrap_or_default();
    if let Some(load) = &load {
        args.incidents.warn(&load.tally, &load.reprojections);
    }
    let sectors = match &args.within {
        Some(within) => Some(divide(&index, within)?),
        None => None,
    };
    let mut beside = Vec::new();
    let along = found.iter().flat_map(|route| &route.beats);
    let posts = along.map(|beat| &index.posts()[beat.post].id).collect();
    let mut styles = vec![(args.output.path(), StyledLayer::Beats { posts })];
    if let (Some(path), Some(sectors)) = (&args.sectors, &sectors) {
        beside.push((("--sectors", path.as_path()), sector_features(&index, sectors, &args.style)?));
        let posts = sectors.iter().map(|sector| &index.posts()[sector.post].id).collect();
        styles.push((path.as_path(), StyledLayer::Sectors { posts }));
    }
    let table = table(&index, &found, load.as_ref(), sectors.as_deref());
    let features = features(&index, &found, &args.style)?;
    let beside = Beside {
        layers: beside,
        styles: Some((&args.style, &styles)),
        table: Some(&table),
        files: files.finish(&tally)?,
    };
    args.output.write_with(&features, beside)?;
    if let Some(load) = &load {
        args.incidents.tell(&load.tally, &load.reprojections);
        if load.spread > 0 {
            say!("spread over the posts that may be the nearest, by their shares: {}", load.spread);
        }
    }
    Ok(args.incidents.status(&tally, true))
}

fn features(index: &PatrolIndex, found: &[RouteBeats], style: &StyleArgs) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        route_id: &'a FeatureId,
        post_id: &'a FeatureId,
        #[serde(flatten)]
        along: Along,
        #[serde(flatten)]
        style: Option<SimpleStyle>,
    }
    let beats = found.iter().flat_map(|route| route.beats.iter().map(move |beat| (route.route, beat)));
    beats
        .map(|(route, beat)| {
            let properties = Properties {
                route_id: &index.routes()[route].id,
                post_id: &index.posts()[beat.post].id,
                along: Along::new(beat.from_m, beat.to_m),
                style: style.line(alternating(beat.post), 4.0),
            };
            interval_feature(index, route, (beat.from_m, beat.to_m), &properties)
        })
        .collect()
}

/// The incidents of each post.
struct Load {
    /// By post: those certainly nearest to it, and of the others their shares.
    by_post: Vec<f64>,
    /// How many incidents were spread over several posts.
    spread: u64,
    tally: Tally,
    reprojections: Vec<Reprojection>,
}

fn load(
    index: &PatrolIndex,
    source: IncidentSource,
    bad: BadIncidents<'_>,
    args: &Args,
) -> Result<Load, Error> {
    let options = args.incidents.options(args.layers.zone.as_ref(), TimeUse::Service)?;
    let reader = IncidentReader::new(index, options);
    let crs = args.incidents.crs(Some(&args.layers));
    let run = SourceRun::default().with_threads(args.threads).with_crs(crs).with_bad(bad);
    let (mut by_post, mut spread) = (vec![0.0; index.posts().len()], 0);
    let (tally, reprojections) = incidents(source, &reader, run, &mut |incident| {
        let Some(answer) = &incident.answer else { return Ok(()) };
        match answer.region.as_deref().map(|region| &region.posts) {
            Some(posts) if !posts.is_certain() => {
                spread += u64::from(!posts.list.is_empty());
                posts.list.iter().for_each(|one| by_post[one.index] += one.share);
            }
            _ => answer.located.posts.first().iter().for_each(|hit| by_post[hit.post] += 1.0),
        }
        Ok(())
    })?;
    Ok(Load { by_post, spread, tally, reprojections })
}

impl Args {
    /// The file of polygons that `--within` names, if it names one.
    fn within_file(&self) -> Option<PathBuf> {
        let within = self.within.as_deref()?;
        (metres(within).is_err() && within != "corridors").then(|| PathBuf::from(within))
    }
}

/// The sectors of the posts within what `--within` names.
fn divide(index: &PatrolIndex, within: &str) -> Result<Vec<Sector>, Error> {
    if let Ok(distance_m) = metres(within) {
        return sectors(index.posts(), Within::DistanceM(distance_m));
    }
    if within == "corridors" {
        let region = corridor_region(index.routes(), index.edges(), Caps::Round)?;
        if region.polygons().is_empty() {
            return Err(Error::argument(
                "--within corridors needs a route with a half width: add `half_width_m`, or use --half-width M",
            ));
        }
        return sectors(index.posts(), Within::Region(&region, Edges::Planar));
    }
    let layer = read_corridors::<NoProperties>(
        &readers::layer(Path::new(within), LayerKind::Corridors, &mut None)?,
        &LayerOptions::default(),
    )?;
    let polygons = layer.items.iter().flat_map(|corridor| corridor.region.polygons().to_vec()).collect();
    sectors(index.posts(), Within::Region(&Region::from_polygons(polygons)?, index.edges()))
}

fn sector_features(index: &PatrolIndex, sectors: &[Sector], style: &StyleArgs) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        post_id: &'a FeatureId,
        area_km2: f64,
        #[serde(flatten)]
        style: Option<SimpleStyle>,
    }
    let feature = |sector: &Sector| {
        let post_id = &index.posts()[sector.post].id;
        let area_km2 = rounded_km2(sector.area_km2);
        let properties = Properties { post_id, area_km2, style: style.polygon(alternating(sector.post)) };
        io::feature_text(&IncidentGeometry::Region(sector.region.clone()), None, &properties)
    };
    sectors.iter().map(feature).collect()
}

/// The load of each post.
fn table(
    index: &PatrolIndex,
    found: &[RouteBeats],
    incidents: Option<&Load>,
    sectors: Option<&[Sector]>,
) -> Page {
    let mut load = vec![(0, 0.0); index.posts().len()];
    for beat in found.iter().flat_map(|route| &route.beats) {
        load[beat.post].0 += 1;
        load[beat.post].1 += beat.to_m - beat.from_m;
    }
    let mut rows = vec![["post", "beats", "route length", "incidents", "area", "name"].map(str::to_owned)];
    for (i, (post, (beats, length_m))) in index.posts().iter().zip(load).enumerate() {
        rows.push([
            post.id.to_string(),
            beats.to_string(),
            length_text(length_m),
            incidents.map_or("-".to_owned(), |load| count_text(load.by_post[i])),
            sectors.map_or("-".to_owned(), |sectors| {
                let own = sectors.iter().filter(|sector| sector.post == i);
                area_text(own.map(|sector| sector.area_km2).sum())
            }),
            post.name.clone().unwrap_or_default(),
        ]);
    }
    let mut page = Page::default();
    page.table(&rows);
    page
}
