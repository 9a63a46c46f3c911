//! `patrol hotspots`: the stretches of the routes with the most incidents per kilometre.

use std::process::ExitCode;

use patrol_corridor::analysis::{
    DensityPlace, HotInterval, HotspotOptions, RouteDensity, Split, route_density,
};
use patrol_corridor::incident::{IncidentReader, Location, SourceRun, TimeUse, incidents};
use patrol_corridor::number::{fixed, rounded};
use patrol_corridor::{Error, FeatureId, PatrolIndex};
use serde::Serialize;

use crate::args::feature_output::{Beside, FeatureOutputArgs};
use crate::args::incidents::IncidentArgs;
use crate::args::layers::{LayerArgs, metres};
use crate::lines::{Along, Count, count_text, interval_feature, km_text, length_text, rounded_m};
use crate::term::{Page, say};

/// Find the intervals of the routes with the most incidents per kilometre
///
/// Each incident counts at its foot on the nearest route (the nearest point of the route). An Epanechnikov kernel
/// spreads it from there along the network. Routes are joined where they have a vertex in common. The density is in
/// incidents per kilometre, over the whole time of the file.
///
/// The output has the intervals where the density is at least --threshold times the mean of the network. They are lines
/// with `rank` (1 has the highest peak), `route_id`, `from_m`, `to_m`, `length_m`, `peak_chainage_m`,
/// `peak_density_per_km` and `incidents`. Tables go to standard output.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol hotspots --routes routes.geojson --incidents incidents.geojson --bandwidth 2000 \\\n                  --output hot.geojson\n  \
    patrol hotspots ... --max-distance 500 --threshold 3 --top 10\n\n\
    The result shows past incidents as they were reported: more patrols report more. An interval shared by \
    several routes is reported once per route. Routes that cross without a common vertex are not joined. All \
    routes are part of the network, whenever they were in service.")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    #[command(flatten)]
    output: FeatureOutputArgs,
    /// How far an incident counts along the routes, in metres or with a unit
    ///
    /// It is the reach of the kernel, whose standard deviation is M / 2.236.
    #[arg(long, value_name = "M", value_parser = metres)]
    bandwidth: f64,
    /// Ignore incidents beyond M metres from every route [default: the bandwidth]
    #[arg(long, value_name = "M", value_parser = metres)]
    max_distance: Option<f64>,
    /// Lowest density of a hot spot, as a multiple of the mean of the network
    #[arg(long, value_name = "X", default_value_t = 2.0, value_parser = times)]
    threshold: f64,
    /// Keep only the N intervals with the highest peaks
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Rule that splits a kernel where routes meet (Okabe and Sugihara)
    #[arg(long, value_name = "RULE", value_enum, default_value_t = SplitRule::Continuous)]
    split: SplitRule,
    /// Do not join routes: each part of each route is a line of its own
    #[arg(long)]
    no_joins: bool,
    /// Number of threads [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SplitRule {
    /// The density has no jump where routes meet
    Continuous,
    /// The kernel does not turn back where routes meet
    Discontinuous,
}

fn times(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(times) if times > 0.0 && times.is_finite() => Ok(times),
        _ => Err("expected a number greater than 0".to_owned()),
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let Some(routes) = &args.layers.routes else {
        return Err(Error::argument("expected --routes FILE: hot spots are stretches of routes"));
    };
    let inputs = args.layers.files().chain(args.incidents.inputs());
    args.incidents.check_summary("the tables")?;
    args.output.check(inputs, &[], None, &args.incidents.outputs().collect::<Vec<_>>())?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let index = layers.index;
    let Some(source) = args.incidents.open(args.incidents.crs(Some(&args.layers)).as_ref())? else {
        return Err(Error::argument("--incidents FILE is missing"));
    };
    let reader =
        IncidentReader::new(&index, args.incidents.options(args.layers.zone.as_ref(), TimeUse::Service)?);
    let mut files = args.incidents.begin(args.output.force())?;
    let crs = args.incidents.crs(Some(&args.layers));
    // Each incident is kept as its position or its region: about 100 or 300 bytes.
    let mut locations = Vec::new();
    let (tally, reprojections) = files.reading(|bad| {
        let run = SourceRun::default().with_threads(args.threads).with_crs(crs).with_bad(bad);
        incidents(source, &reader, run, &mut |incident| {
            let no_room = |_| Error::io("hold the incidents", std::io::ErrorKind::OutOfMemory.into());
            locations.try_reserve(1).map_err(no_room)?;
            locations.push(incident.reading.location);
            Ok(())
        })
    })?;
    args.incidents.warn(&tally, &reprojections);
    let places: Vec<DensityPlace<'_>> = locations.iter().map(place).collect();
    let options = HotspotOptions::new(args.bandwidth)
        .with_max_distance_m(args.max_distance.unwrap_or(args.bandwidth))
        .with_joined(!args.no_joins)
        .with_split(match args.split {
            SplitRule::Continuous => Split::Continuous,
            SplitRule::Discontinuous => Split::Discontinuous,
        })
        .with_threads(args.threads);
    let density = route_density(&index, &places, &options).map_err(|error| {
        if error.is_input() { error.in_file(routes.display().to_string()) } else { error }
    })?;
    let mut hot = density.hot_intervals(args.threshold);
    hot.truncate(args.top.unwrap_or(usize::MAX));
    let mut page = Page::default();
    page.table(&route_rows(&index, &density));
    if !hot.is_empty() {
        page.gap();
        page.table(&hot_rows(&index, &hot));
    }
    let beside = Beside { table: Some(&page), files: files.finish(&tally)?, ..Beside::default() };
    args.output.write_with(&features(&index, &hot)?, beside)?;
    args.incidents.tell(&tally, &reprojections);
    say!(
        "placed {} (spread over their regions {}); left out: farther than {} m from every route {}, without a location {}",
        count_text(density.placed()),
        tally.region,
        options.max_distance_m,
        count_text(density.too_far().iter().map(|(_, weight)| weight).sum()),
        density.without_point().len()
    );
    say!(
        "network {}, mean {} per km; bandwidth {} m (reach), threshold {} times the mean",
        length_text(density.length_m()),
        fixed(density.mean_per_km(), 3),
        args.bandwidth,
        args.threshold,
    );
    Ok(args.incidents.status(&tally, true))
}

/// Where an incident is placed along the routes.
fn place(location: &Location) -> DensityPlace<'_> {
    match location {
        Location::Positions(place) => place.into(),
        Location::Described(described) => DensityPlace::Region(described.location.region()),
        _ => DensityPlace::Positions(&[]),
    }
}

fn features(index: &PatrolIndex, hot: &[HotInterval]) -> Result<Vec<String>, Error> {
    #[derive(Serialize)]
    struct Properties<'a> {
        rank: usize,
        route_id: &'a FeatureId,
        #[serde(flatten)]
        along: Along,
        peak_chainage_m: f64,
        peak_density_per_km: f64,
        incidents: Count,
    }
    let feature = |(i, interval): (usize, &HotInterval)| {
        let properties = Properties {
            rank: i + 1,
            route_id: &index.routes()[interval.route].id,
            along: Along::new(interval.from_m, interval.to_m),
            peak_chainage_m: rounded_m(interval.peak_chainage_m),
            peak_density_per_km: rounded(interval.peak_per_km, 6),
            incidents: Count::new(interval.incidents),
        };
        interval_feature(index, interval.route, (interval.from_m, interval.to_m), &properties)
    };
    hot.iter().enumerate().map(feature).collect()
}

/// The routes: how many incidents, and where the density is greatest.
fn route_rows(index: &PatrolIndex, density: &RouteDensity) -> Vec<[String; 7]> {
    let mut rows =
        vec![["route", "length", "incidents", "per km", "highest", "at", "name"].map(str::to_owned)];
    for (i, route) in index.routes().iter().enumerate() {
        let length_m = index.route_length_m(i);
        let incidents = density.incidents_on(i, 0.0, length_m);
        let (highest, at) = density.greatest(i).filter(|top| top.0 > 0.0).unzip();
        let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| fixed(value, 3));
        rows.push([
            route.id.to_string(),
            length_text(length_m),
            count_text(incidents),
            number((length_m > 0.0).then(|| incidents / (length_m / 1e3))),
            number(highest),
            at.map_or("-".to_owned(), km_text),
            route.name.clone().unwrap_or_default(),
        ]);
    }
    rows
}

fn hot_rows(index: &PatrolIndex, hot: &[HotInterval]) -> Vec<[String; 8]> {
    let header = ["rank", "route", "from", "to", "length", "peak per km", "at", "incidents"];
    let mut rows = vec![header.map(str::to_owned)];
    for (i, interval) in hot.iter().enumerate() {
        rows.push([
            (i + 1).to_string(),
            index.routes()[interval.route].id.to_string(),
            km_text(interval.from_m),
            km_text(interval.to_m),
            length_text(interval.to_m - interval.from_m),
            fixed(interval.peak_per_km, 3),
            km_text(interval.peak_chainage_m),
            count_text(interval.incidents),
        ]);
    }
    rows
}
