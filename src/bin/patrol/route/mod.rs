//! `patrol route`: linear referencing along one route (ISO 19148).

mod answers;
mod chosen;
mod object;
mod output;

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use patrol_corridor::Error;
use patrol_corridor::linear::{Referent, Side};

use crate::layers::{LayerArgs, length_m, metres};
use output::OutputArgs;

/// Places along a route: the point at a chainage, the chainage of a point, a stretch, kilometre marks
///
/// Chainage is the distance along the route from its first vertex, in metres; the parts of a MultiLineString
/// count on without the gaps between them. Where a route has the property `start_chainage_m`, or --referent is
/// given, chainages are counted from there instead, in what is read and what is written; the plain distance
/// along then stands beside them. (The `route_chainage_m` of `patrol annotate` is always plain.)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: RouteCommand,
}

#[derive(Debug, Subcommand)]
enum RouteCommand {
    Point(PointArgs),
    Locate(LocateArgs),
    Substring(SubstringArgs),
    Marks(MarksArgs),
}

/// One route of a layer, and how its chainage counts.
#[derive(Debug, clap::Args)]
#[command(mut_args(chosen::for_routes))]
struct RouteArgs {
    #[command(flatten)]
    layers: LayerArgs,
    /// Id of the route, as in its layer; where both a number 1 and a text 1 are there, `"1"` in quotes is the text
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    route: String,
    #[command(flatten)]
    referents: ReferentArgs,
}

/// Where kilometre posts stand.
#[derive(Debug, clap::Args)]
struct ReferentArgs {
    /// A kilometre post: distance along = its own value, both in metres (0=12400: the route begins at km 12.4).
    /// Repeatable: values count on from each post to the next. Goes before the route's `start_chainage_m`
    #[arg(long = "referent", value_name = "M=VALUE", value_parser = referent, allow_hyphen_values = true)]
    referents: Vec<Referent>,
}

/// The point at a chainage, and beside the route if one likes
///
/// Prints a GeoJSON Point with the properties `route_id`, `route_name`, `chainage_m`, `offset_m`, `side`,
/// `azimuth_deg` (of the route there, towards growing chainage) and `edges`; with referents also
/// `distance_along_m`. Where two parts meet, it is the end of the earlier one; at a vertex the direction is that
/// of the edge before it.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route point --routes routes.geojson --route R4 --chainage 33367.5\n  \
    patrol route point --routes routes.geojson --route R4 --chainage 33367.5 --offset 1300 --side left\n  \
    patrol route point --routes routes.geojson --route R4 --referent 0=12400 --chainage 12400+500")]
struct PointArgs {
    #[command(flatten)]
    route: RouteArgs,
    /// Distance along the route, in metres or with its unit, or POST+M: metres past the kilometre post with that value
    #[arg(long, value_name = "M", value_parser = chainage, allow_hyphen_values = true)]
    chainage: Chainage,
    /// Distance off the route, at a right angle, in metres or with its unit
    #[arg(long, value_name = "M", value_parser = offset, requires = "side")]
    offset: Option<f64>,
    /// The side of the offset, facing growing chainage
    #[arg(long, value_name = "left|right", requires = "offset")]
    side: Option<SideArg>,
    #[command(flatten)]
    output: OutputArgs,
}

/// The chainage of a position: how far along the route, how far off, on which side
///
/// Prints JSON with `route_id`, `route_name`, `chainage_m`, `offset_m`, `side` (left, right, on), `foot` (longitude
/// and latitude of the nearest point of the route) and `edges`; with referents also `distance_along_m`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route locate --routes routes.geojson --route R4 --at 46.807759,40.068059")]
struct LocateArgs {
    #[command(flatten)]
    route: RouteArgs,
    /// Longitude and latitude in degrees
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    at: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// The stretch of a route between two chainages
///
/// Prints a GeoJSON LineString, or a MultiLineString where the stretch runs along several parts or is cut at 180
/// degrees (RFC 7946 section 3.1.9), with the properties `route_id`, `route_name`, `from_m`, `to_m`, `length_m` and
/// `edges`; with referents also `from_distance_along_m` and `to_distance_along_m`. The vertices between are the
/// route's own, digit for digit. Where --from is the larger the stretch runs backwards.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route substring --routes routes.geojson --route R4 --from 10000 --to 33367.5 \\\n                         \
    --output stretch.geojson")]
struct SubstringArgs {
    #[command(flatten)]
    route: RouteArgs,
    /// Where it begins: as --chainage of `patrol route point`
    #[arg(long, value_name = "M", value_parser = chainage, allow_hyphen_values = true)]
    from: Chainage,
    /// Where it ends
    #[arg(long, value_name = "M", value_parser = chainage, allow_hyphen_values = true)]
    to: Chainage,
    #[command(flatten)]
    output: OutputArgs,
}

/// Marks along one route or all: a layer of kilometre posts
///
/// Points at every multiple of --every, with the properties `route_id`, `route_name`, `chainage_m`, `label` (`km 12`),
/// `azimuth_deg` and `edges`; with referents also `distance_along_m`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route marks --routes routes.geojson --every 1000 --output marks.geojson\n  \
    patrol route marks --routes routes.geojson --route R4 --every 500 --referent 0=12400 --ends")]
#[command(mut_args(chosen::for_routes))]
struct MarksArgs {
    #[command(flatten)]
    layers: LayerArgs,
    /// Id of the route [default: all of the layer]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    route: Option<String>,
    #[command(flatten)]
    referents: ReferentArgs,
    /// Metres from mark to mark
    #[arg(long, value_name = "M", default_value = "1000", value_parser = metres)]
    every: f64,
    /// A mark at the start and at the end of each route, too
    #[arg(long)]
    ends: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// A place along a route as it is typed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Chainage {
    /// Its value.
    Value(f64),
    /// The value of a kilometre post, and the metres past it.
    From(f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SideArg {
    Left,
    Right,
}

impl From<SideArg> for Side {
    fn from(side: SideArg) -> Self {
        match side {
            SideArg::Left => Side::Left,
            SideArg::Right => Side::Right,
        }
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    match args.command {
        RouteCommand::Point(args) => answers::point(args),
        RouteCommand::Locate(args) => answers::locate(args),
        RouteCommand::Substring(args) => answers::substring(args),
        RouteCommand::Marks(args) => answers::marks(args),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn chainage(text: &str) -> Result<Chainage, String> {
    if let Some(metres) = length_m(text) {
        return Ok(Chainage::Value(metres));
    }
    let split = text.rsplit_once('+').and_then(|(post, past)| Some((finite(post)?, finite(past)?)));
    split.map(|(post, past)| Chainage::From(post, past)).ok_or_else(|| {
        "expected a length along the route, in metres or with its unit, or POST+M behind a kilometre post"
            .to_owned()
    })
}

fn referent(text: &str) -> Result<Referent, String> {
    let split = text.split_once('=').and_then(|(along, value)| Some((finite(along)?, finite(value)?)));
    split
        .map(|(chainage_m, value_m)| Referent { chainage_m, value_m })
        .ok_or_else(|| "expected M=VALUE, both in metres: 0=12400".to_owned())
}

fn offset(text: &str) -> Result<f64, String> {
    length_m(text).filter(|metres| *metres >= 0.0).ok_or_else(|| {
        "expected a length of 0 or more, in metres or with its unit: --side tells the side".to_owned()
    })
}
