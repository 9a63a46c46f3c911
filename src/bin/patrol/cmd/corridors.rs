//! `patrol corridors`: corridors as polygons.

use std::process::ExitCode;

use patrol_corridor::analysis::{Caps, CorridorArea, corridor_areas};
use patrol_corridor::report::styles::StyledLayer;
use patrol_corridor::{Error, FeatureId, IncidentGeometry, PatrolIndex, io};
use serde::Serialize;

use crate::args::drawn::{SimpleStyle, StyleArgs, alternating};
use crate::args::feature_output::{Beside, FeatureOutputArgs};
use crate::args::layers::LayerArgs;
use crate::lines::{area_text, rounded_km2};
use crate::term::{Page, say};

/// Draw each corridor as a polygon: all that lies within the half width of any of its routes
///
/// The output has one feature for each corridor, with the properties `corridor`, `route_ids`, `half_width_m` (null if
/// its routes differ) and `area_km2`. A table of the corridors goes to standard output.
///
/// The polygons are valid by OGC Simple Features, and are cut at 180 degrees. Their boundary is at the half width
/// within 0.2 m or 0.02 %, whichever is more. Their edges are straight in longitude and latitude.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol corridors --routes routes.geojson --output corridors.geojson\n  \
    patrol corridors --routes routes.geojson --half-width 500 --caps flat --output - | patrol check -")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    output: FeatureOutputArgs,
    #[command(flatten)]
    style: StyleArgs,
    /// How a corridor ends where a route ends: a half circle, flat at the end, or a square
    #[arg(long, value_name = "round|flat|square", default_value_t = Caps::Round)]
    caps: Caps,
}

#[derive(Serialize)]
struct Properties<'a> {
    corridor: &'a str,
    route_ids: Vec<&'a FeatureId>,
    half_width_m: Option<f64>,
    area_km2: f64,
    #[serde(flatten)]
    style: Option<SimpleStyle>,
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    if args.layers.routes.is_none() || args.layers.posts.is_some() || args.layers.corridors.is_some() {
        return Err(Error::argument(
            "expected --routes FILE, and no --posts or --corridors: corridors are made of routes",
        ));
    }
    args.output.check(args.layers.files(), &[], Some(&args.style), &[])?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let index = &layers.index;
    let file = layers.routes.as_ref().map(|routes| routes.file.as_str()).unwrap_or_default();
    let corridors = corridor_areas(index, args.caps).map_err(|error| error.in_file(file))?;
    let without: Vec<&str> = (index.routes().iter())
        .filter(|route| route.half_width_m().is_none())
        .map(|route| route.id.as_str())
        .collect();
    if corridors.is_empty() && !without.is_empty() {
        return Err(Error::argument(
            "no route with a half width, expected `half_width_m` in the properties of the routes: add it, \
             or give all of them one with --half-width M",
        )
        .in_file(file));
    }
    if !without.is_empty() {
        say!(
            "patrol: {file}: warning: without `half_width_m`, and left out: {} (--half-width M gives them one)",
            without.join(", ")
        );
    }
    let features: Vec<String> =
        corridors.iter().map(|corridor| feature(index, corridor, &args.style)).collect::<Result<_, _>>()?;
    let names = corridors.iter().map(|corridor| &*index.corridors()[corridor.corridor].name).collect();
    let styles = [(args.output.path(), StyledLayer::Corridors { names })];
    let table = table(index, &corridors);
    let beside = Beside { styles: Some((&args.style, &styles)), table: Some(&table), ..Beside::default() };
    args.output.write_with(&features, beside)?;
    Ok(ExitCode::SUCCESS)
}

fn feature(index: &PatrolIndex, corridor: &CorridorArea, style: &StyleArgs) -> Result<String, Error> {
    let name = &index.corridors()[corridor.corridor].name;
    let properties = Properties {
        corridor: name,
        route_ids: corridor.routes.iter().map(|&route| &index.routes()[route].id).collect(),
        half_width_m: corridor.half_width_m,
        area_km2: rounded_km2(corridor.area_km2),
        style: style.polygon(alternating(corridor.corridor)),
    };
    io::feature_text(
        &IncidentGeometry::Region(corridor.region.clone()),
        Some(&FeatureId::text(name)),
        &properties,
    )
}

fn table(index: &PatrolIndex, corridors: &[CorridorArea]) -> Page {
    let mut rows = vec![["corridor", "half width", "area", "routes"].map(str::to_owned)];
    for corridor in corridors {
        let ids = corridor.routes.iter().map(|&route| index.routes()[route].id.as_str());
        rows.push([
            index.corridors()[corridor.corridor].name.clone(),
            corridor.half_width_m.map_or("differs".to_owned(), |metres| format!("{metres} m")),
            area_text(corridor.area_km2),
            ids.collect::<Vec<_>>().join(", "),
        ]);
    }
    let mut page = Page::default();
    page.table(&rows);
    page
}
