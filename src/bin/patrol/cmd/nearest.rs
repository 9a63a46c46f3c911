//! `patrol nearest`: one position, on the spot.

use std::process::ExitCode;

use patrol_corridor::annotate::Annotation;
use patrol_corridor::index::{LocateOptions, Located};
use patrol_corridor::model::connector;
use patrol_corridor::number::{bearing, fixed, rounded};
use patrol_corridor::time::TimeSpan;
use patrol_corridor::{Error, FeatureId, IncidentGeometry, PatrolIndex, Position, io};
use serde::Serialize;

use crate::args::at_time::{TimeArgs, tell_periods};
use crate::args::layers::{LayerArgs, metres};
use crate::args::position::position;
use crate::lines::km_text;
use crate::term::{Page, print_data};

/// Find the posts and routes nearest to one position
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol nearest --posts posts.geojson --routes routes.geojson --at 46.807759,40.068059\n  \
    patrol nearest --posts posts.geojson --at=-71.1,42.3 -k 5 --format json")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    /// LON,LAT in degrees; or degrees and minutes with letters (40°04'N 46°48'E), MGRS or UTM
    #[arg(long, value_name = "POSITION", allow_hyphen_values = true)]
    at: String,
    /// List the N nearest posts and routes
    #[arg(short = 'k', long = "count", value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    count: u32,
    /// Ignore posts and routes beyond M metres
    #[arg(long, value_name = "M", value_parser = metres)]
    max_distance: Option<f64>,
    #[command(flatten)]
    time: TimeArgs,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
enum Format {
    /// Tables for people
    Table,
    /// One JSON object with the member names of `patrol annotate`
    Json,
    /// GeoJSON with the position, the posts, the feet (nearest points) on the routes, and the connectors
    Geojson,
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let at = position("--at", &args.at)?;
    let time = args.time.read(args.layers.zone.as_ref())?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let index = &layers.index;
    if time.is_none() {
        tell_periods(index);
    }
    let mut options =
        LocateOptions::default().with_count(args.count as usize).with_max_distance_m(args.max_distance);
    options.at = time.map(TimeSpan::from);
    let located = index.locate(at, &options);
    match args.format {
        Format::Table => table(index, &located, at, &options).print()?,
        Format::Json => print_data(&json(index, &located, at, &options)?)?,
        Format::Geojson => print_data(&geojson(index, &located, at, &options)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `nearest_posts` and `nearest_routes` however many were asked for: with one, too.
fn arrays<'a>(index: &'a PatrolIndex, located: &'a Located, options: &LocateOptions) -> Annotation<'a> {
    Annotation::new(index, located, &options.with_count(options.count.max(2)))
}

fn json(
    index: &PatrolIndex,
    located: &Located,
    at: Position,
    options: &LocateOptions,
) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Question {
        at: [f64; 2],
        edges: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        time: Option<String>,
    }
    let time = options.at.map(|time| time.to_string());
    let question = Question { at: [at.lon_deg(), at.lat_deg()], edges: index.edges().as_str(), time };
    let members = arrays(index, located, options).json_members();
    Ok(format!("{}\n", object(&question, &members)?))
}

/// The object of `first` with more members behind its own.
fn object<T: Serialize>(first: &T, members: &str) -> Result<String, Error> {
    let first = io::json_line(first)?;
    let own = first.trim_end().trim_end_matches('}');
    let comma = if members.is_empty() { "" } else { "," };
    Ok(format!("{own}{comma}{members}}}"))
}

/// The position, the posts, the feet and the lines to them.
fn geojson(
    index: &PatrolIndex,
    located: &Located,
    at: Position,
    options: &LocateOptions,
) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Mark<'a> {
        role: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<&'a str>,
    }
    let members = Annotation::new(index, located, options).json_members();
    let incident = object(&Mark { role: "incident", name: None }, &members)?;
    let mut features = vec![io::feature_with(&IncidentGeometry::Point(at), None, &incident)?];
    let mut add = |to: Position, roles: [&'static str; 2], name: Option<&str>, id: [&str; 2], metres: f64| {
        // 0.1 mm, as in an annotation.
        let members = format!("\"{}\":{},\"distance_m\":{}", id[0], id[1], rounded(metres, 4));
        for (role, place) in [(roles[0], IncidentGeometry::Point(to)), (roles[1], connector(at, to))] {
            features.push(io::feature_with(&place, None, &object(&Mark { role, name }, &members)?)?);
        }
        Ok::<(), Error>(())
    };
    for hit in located.posts.hits() {
        let post = &index.posts()[hit.post];
        let id = id_text(&post.id)?;
        let roles = ["post", "post_connector"];
        add(post.position, roles, post.name.as_deref(), ["post_id", &id], hit.distance_m)?;
    }
    for hit in located.routes.hits() {
        let route = &index.routes()[hit.route];
        let round = |degrees: f64| rounded(degrees, 9);
        let foot = hit.location.foot;
        let foot = Position::from_lon_lat(round(foot.lon_deg()), round(foot.lat_deg()))?;
        let id = id_text(&route.id)?;
        let roles = ["foot", "route_connector"];
        add(foot, roles, route.name.as_deref(), ["route_id", &id], hit.location.offset_m)?;
    }
    Ok(format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n")))
}

/// An id as JSON, a number in its own digits.
fn id_text(id: &FeatureId) -> Result<String, Error> {
    if id.is_number() { Ok(id.to_string()) } else { Ok(io::json_line(id)?.trim_end().to_owned()) }
}

fn table(index: &PatrolIndex, located: &Located, at: Position, options: &LocateOptions) -> Page {
    let mut page = Page::default();
    page.line(format!(
        "At {}, {} (longitude, latitude), {} edges",
        at.lon_deg(),
        at.lat_deg(),
        index.edges()
    ));
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    if !located.posts.hits().is_empty() {
        let mut rows = vec![["post", "distance", "bearing", "name"].map(str::to_owned)];
        for hit in located.posts.hits() {
            let post = &index.posts()[hit.post];
            let bearing = hit.bearing_deg.map_or("-".to_owned(), |deg| format!("{:.1}°", bearing(deg, 1)));
            rows.push([post.id.to_string(), metres_text(hit.distance_m), bearing, name(&post.name)]);
        }
        page.gap();
        page.table(&rows);
        margin(&mut page, located.posts.margin_m(), located.posts.tied().len(), "post");
    }
    if !located.routes.hits().is_empty() {
        let mut rows = vec![["route", "distance", "at", "side", "corridor", "name"].map(str::to_owned)];
        for hit in located.routes.hits() {
            let route = &index.routes()[hit.route];
            rows.push([
                route.id.to_string(),
                metres_text(hit.location.offset_m),
                km_text(hit.location.chainage_m),
                hit.location.side.to_string(),
                route.corridor.clone().unwrap_or_else(|| "-".to_owned()),
                name(&route.name),
            ]);
        }
        page.gap();
        page.table(&rows);
        margin(&mut page, located.routes.margin_m(), located.routes.tied().len(), "route");
    }
    let names: Vec<&str> =
        located.corridors().iter().map(|&place| index.corridors()[place].name.as_str()).collect();
    if let Some(is_inside) = located.in_corridor {
        page.gap();
        page.line(match is_inside {
            true => format!("Inside the corridor of {}", names.join(", ")),
            false => "Outside every corridor".to_owned(),
        });
    }
    if located.posts.hits().is_empty() && located.routes.hits().is_empty() {
        page.gap();
        page.line(match (options.at, options.max_distance_m) {
            (None, _) => "Nothing within the greatest distance",
            (Some(_), None) => "Nothing that was in service then",
            (Some(_), Some(_)) => "Nothing that was in service then, within the greatest distance",
        });
    }
    page
}

fn margin(page: &mut Page, margin_m: Option<f64>, tied: usize, what: &str) {
    match margin_m {
        _ if tied > 1 => page.line(format!("{tied} {what}s are tied within 1 mm")),
        Some(metres) => page.line(format!("the second-nearest {what} is {} farther", metres_text(metres))),
        None => {}
    }
}

fn metres_text(metres: f64) -> String {
    if metres < 10_000.0 { fixed(metres, 1) + " m" } else { fixed(metres / 1000.0, 3) + " km" }
}
