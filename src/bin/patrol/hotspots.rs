//! `patrol hotspots`: the stretches of the routes with the most incidents per kilometre.

use std::path::PathBuf;
use std::process::ExitCode;

use patrol_corridor::analysis::{
    DensityPlace, HotStretch, HotspotOptions, RouteDensity, Split, route_density,
};
use patrol_corridor::{Error, FeatureId, PatrolArea, Place};
use serde::Serialize;

use crate::columns::{columns, print};
use crate::feature_output::FeatureOutputArgs;
use crate::layers::{LayerArgs, is_standard, metres};
use crate::lines::{Along, km_text, length_text, rounded_m, stretch_feature};
use crate::reports::read_log;

/// The stretches of the routes with the most incidents per kilometre
///
/// Each incident is placed at its foot on the nearest route and spread along the network by an Epanechnikov kernel, in
/// metres along the routes; routes that have a vertex in common are joined there. The density is in incidents per
/// kilometre over the time that the file is of. The output has the stretches where it is at least --threshold times
/// that of the whole network: lines with `rank` (1 has the highest peak), `route_id`, `from_m`, `to_m`, `length_m`,
/// `peak_chainage_m`, `peak_density_per_km` and `incidents`. Tables go to standard output.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol hotspots --routes routes.geojson --incidents incidents.geojson --bandwidth 2000 \\\n                  --output hot.geojson\n  \
    patrol hotspots ... --max-distance 500 --threshold 3 --top 10\n\n\
    Past incidents, as they were reported: where there are more patrols, more is reported. A stretch that several \
    routes share is told of each. Routes that cross without a common vertex are not joined. All routes are of the \
    network, whenever they were in service.")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    /// Incidents: GeoJSON, or a table with a position (.csv, .tsv; each with .gz too)
    #[arg(long, value_name = "FILE")]
    incidents: PathBuf,
    #[command(flatten)]
    output: FeatureOutputArgs,
    /// How far along the routes an incident weighs, in metres: the reach of the kernel, whose standard deviation is
    /// M / 2.236
    #[arg(long, value_name = "M", value_parser = metres)]
    bandwidth: f64,
    /// Leave out incidents that are farther from every route, in metres [default: the bandwidth]
    #[arg(long, value_name = "M", value_parser = metres)]
    max_distance: Option<f64>,
    /// How many times the mean density of the network makes a hot stretch
    #[arg(long, value_name = "X", default_value_t = 2.0, value_parser = times)]
    threshold: f64,
    /// No more than the first N stretches
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// What a kernel becomes where routes meet, by Okabe and Sugihara: without a jump in the density, or without
    /// turning back
    #[arg(long, value_name = "RULE", value_enum, default_value_t = SplitRule::Continuous)]
    split: SplitRule,
    /// Each part of each route a line of its own
    #[arg(long)]
    no_joins: bool,
    /// How many threads work [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SplitRule {
    Continuous,
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
    let inputs = || args.layers.files().chain([&args.incidents]);
    if inputs().filter(|path| is_standard(path)).count() > 1 {
        return Err(Error::argument("found `-` for more than one input, expected it once at most"));
    }
    args.output.check(inputs())?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let area = layers.area;
    let logged = read_log(&args.incidents, args.layers.systems.other(None).as_ref())?.logged("", None)?;
    let places: Vec<Place> = logged.into_iter().map(|logged| logged.place).collect();
    let options = HotspotOptions {
        bandwidth_m: args.bandwidth,
        max_distance_m: args.max_distance.unwrap_or(args.bandwidth),
        joined: !args.no_joins,
        split: match args.split {
            SplitRule::Continuous => Split::Continuous,
            SplitRule::Discontinuous => Split::Discontinuous,
        },
        threads: args.threads,
    };
    let weighted: Vec<DensityPlace<'_>> = places.iter().map(DensityPlace::from).collect();
    let density = route_density(&area, &weighted, &options).map_err(|error| {
        if error.is_input() { error.in_file(routes.display().to_string()) } else { error }
    })?;
    let mut hot = density.hot_stretches(args.threshold);
    hot.truncate(args.top.unwrap_or(usize::MAX));
    args.output.write(&features(&area, &hot)?, &[])?;
    if !args.output.is_standard() {
        let mut text = route_rows(&area, &density);
        if !hot.is_empty() {
            text += "\n";
            text += &hot_rows(&area, &hot);
        }
        print(&text)?;
    }
    eprintln!(
        "read {}, placed {}; left out: farther than {} m from every route {}, not a Point or MultiPoint {}\n\
         network {}, mean {:.3} per km; bandwidth {} m (reach), threshold {} times the mean",
        places.len(),
        number(density.placed()),
        options.max_distance_m,
        number(density.too_far().iter().map(|(_, weight)| weight).sum()),
        density.without_point().len(),
        length_text(density.length_m()),
        density.mean_per_km(),
        args.bandwidth,
        args.threshold,
    );
    if !density.without_point().is_empty() {
        eprintln!(
            "patrol: what was reported from a post, by a grid reference or by a kilometre counts once `patrol annotate` \
             has written it as GeoJSON: a Point each"
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// So many incidents: a whole number, or with one decimal.
#[derive(Serialize)]
#[serde(untagged)]
enum Count {
    Whole(u64),
    Tenths(f64),
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Count::Whole(count) => count.fmt(f),
            Count::Tenths(count) => write!(f, "{count:.1}"),
        }
    }
}

fn number(incidents: f64) -> Count {
    match (10.0 * incidents).round() {
        tenths if tenths % 10.0 == 0.0 => Count::Whole((tenths / 10.0) as u64),
        tenths => Count::Tenths(tenths / 10.0),
    }
}

fn features(area: &PatrolArea, hot: &[HotStretch]) -> Result<Vec<String>, Error> {
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
    let feature = |(i, stretch): (usize, &HotStretch)| {
        let properties = Properties {
            rank: i + 1,
            route_id: &area.routes()[stretch.route].id,
            along: Along::new(stretch.from_m, stretch.to_m),
            peak_chainage_m: rounded_m(stretch.peak_chainage_m),
            peak_density_per_km: (stretch.peak_per_km * 1e6).round() / 1e6,
            incidents: number(stretch.incidents),
        };
        stretch_feature(area, stretch.route, (stretch.from_m, stretch.to_m), &properties)
    };
    hot.iter().enumerate().map(feature).collect()
}

/// The routes: how many incidents, and where the density is greatest.
fn route_rows(area: &PatrolArea, density: &RouteDensity) -> String {
    let mut rows =
        vec![["route", "length", "incidents", "per km", "highest", "at", "name"].map(str::to_owned)];
    for (i, route) in area.routes().iter().enumerate() {
        let length_m = area.route_length_m(i);
        let incidents = density.incidents_on(i, 0.0, length_m);
        let (highest, at) = density.greatest(i).filter(|top| top.0 > 0.0).unzip();
        let density_text = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        rows.push([
            route.id.to_string(),
            length_text(length_m),
            number(incidents).to_string(),
            density_text((length_m > 0.0).then(|| incidents / (length_m / 1e3))),
            density_text(highest),
            at.map_or("-".to_owned(), km_text),
            route.name.clone().unwrap_or_default(),
        ]);
    }
    columns(&rows)
}

fn hot_rows(area: &PatrolArea, hot: &[HotStretch]) -> String {
    let header = ["rank", "route", "from", "to", "length", "peak per km", "at", "incidents"];
    let mut rows = vec![header.map(str::to_owned)];
    for (i, stretch) in hot.iter().enumerate() {
        rows.push([
            (i + 1).to_string(),
            area.routes()[stretch.route].id.to_string(),
            km_text(stretch.from_m),
            km_text(stretch.to_m),
            length_text(stretch.to_m - stretch.from_m),
            format!("{:.3}", stretch.peak_per_km),
            km_text(stretch.peak_chainage_m),
            number(stretch.incidents).to_string(),
        ]);
    }
    columns(&rows)
}
