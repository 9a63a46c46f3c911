//! The arguments of `patrol route`.

use std::path::PathBuf;

use clap::{Arg, ValueEnum};
use patrol_corridor::linear::{Referent, Side};

use super::output::OutputArgs;
use crate::args::layers::{LayerArgs, length_m, metres};

/// One route of a layer, and how its chainage counts.
#[derive(Debug, clap::Args)]
#[command(mut_args(for_routes))]
pub struct RouteArgs {
    #[command(flatten)]
    pub layers: LayerArgs,
    /// Id of the route
    ///
    /// If the layer has both the number 1 and the text "1" as ids, write the text in quotes: `"1"`.
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub route: String,
    #[command(flatten)]
    pub referents: ReferentArgs,
}

/// Where kilometre posts stand.
#[derive(Debug, clap::Args)]
pub struct ReferentArgs {
    /// Kilometre post: distance along the route = value on the post, both in metres (repeatable)
    ///
    /// 0=12400 means that the route begins at km 12.4. Values count on from each post to the next. This option takes
    /// precedence over `start_chainage_m` of the route.
    #[arg(long = "referent", value_name = "M=VALUE", value_parser = referent, allow_hyphen_values = true)]
    pub referents: Vec<Referent>,
}

/// Find the point at a chainage, on the route or beside it
///
/// The result is a GeoJSON Point with the properties `route_id`, `route_name`, `chainage_m`, `offset_m`, `side`,
/// `azimuth_deg` (of the route there, towards increasing chainage) and `edges`. With `start_chainage_m` or --referent
/// it has `distance_along_m` too. Where two parts meet, the point is the end of the earlier part. At a vertex, the
/// direction is that of the edge before it.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route point --routes routes.geojson --route R4 --chainage 33367.5\n  \
    patrol route point --routes routes.geojson --route R4 --chainage 33367.5 --offset 1300 --side left\n  \
    patrol route point --routes routes.geojson --route R4 --referent 0=12400 --chainage 12400+500")]
pub struct PointArgs {
    #[command(flatten)]
    pub route: RouteArgs,
    /// Chainage of the point, in metres or with a unit
    ///
    /// POST+M is M metres past the kilometre post with the value POST.
    #[arg(long, value_name = "M", value_parser = chainage, allow_hyphen_values = true)]
    pub chainage: Chainage,
    /// Distance from the route, at a right angle, in metres or with a unit
    #[arg(long, value_name = "M", value_parser = offset, requires = "side")]
    pub offset: Option<f64>,
    /// Side of the route, facing increasing chainage
    #[arg(long, value_name = "left|right", requires = "offset")]
    pub side: Option<SideArg>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Find the chainage of a position: how far along the route, how far from it, on which side
///
/// The result is JSON with `route_id`, `route_name`, `chainage_m`, `offset_m`, `side` (left, right, on), `foot`
/// (longitude and latitude of the nearest point of the route) and `edges`. With `start_chainage_m` or --referent it has
/// `distance_along_m` too.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route locate --routes routes.geojson --route R4 --at 46.807759,40.068059")]
pub struct LocateArgs {
    #[command(flatten)]
    pub route: RouteArgs,
    /// LON,LAT in degrees; or degrees and minutes with letters (40°04'N 46°48'E), MGRS or UTM
    #[arg(long, value_name = "POSITION", allow_hyphen_values = true)]
    pub at: String,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Cut out the interval of a route between two chainages
///
/// The result is a GeoJSON LineString with the properties `route_id`, `route_name`, `from_m`, `to_m`, `length_m` and
/// `edges`. With `start_chainage_m` or --referent it has `from_distance_along_m` and `to_distance_along_m` too. An
/// interval along several parts, or cut at 180 degrees (RFC 7946 section 3.1.9), is a MultiLineString.
///
/// The vertices between are those of the route, digit for digit. If --from is greater than --to, the interval runs
/// backwards.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route substring --routes routes.geojson --route R4 --from 10000 --to 33367.5 \\\n                         \
    --output stretch.geojson")]
pub struct SubstringArgs {
    #[command(flatten)]
    pub route: RouteArgs,
    /// Chainage at which the interval begins, as --chainage of `patrol route point`
    #[arg(long, value_name = "M", value_parser = chainage, allow_hyphen_values = true)]
    pub from: Chainage,
    /// Chainage at which the interval ends, as --chainage of `patrol route point`
    #[arg(long, value_name = "M", value_parser = chainage, allow_hyphen_values = true)]
    pub to: Chainage,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Write kilometre marks along one route or all routes
///
/// The marks are Points at each multiple of --every, with the properties `route_id`, `route_name`, `chainage_m`,
/// `label` (`km 12`), `azimuth_deg` and `edges`. With `start_chainage_m` or --referent they have `distance_along_m`
/// too.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol route marks --routes routes.geojson --every 1000 --output marks.geojson\n  \
    patrol route marks --routes routes.geojson --route R4 --every 500 --referent 0=12400 --ends")]
#[command(mut_args(for_routes))]
pub struct MarksArgs {
    #[command(flatten)]
    pub layers: LayerArgs,
    /// Id of the route [default: all routes]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub route: Option<String>,
    #[command(flatten)]
    pub referents: ReferentArgs,
    /// Metres between marks
    #[arg(long, value_name = "M", default_value = "1000", value_parser = metres)]
    pub every: f64,
    /// Add a mark at the start and at the end of each route
    #[arg(long)]
    pub ends: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// A place along a route as it is typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Chainage {
    /// Its value.
    Value(f64),
    /// The value of a kilometre post, and the metres past it.
    From(f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SideArg {
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

/// The options of the layers as they are here: routes must be there, and what says nothing about them as lines
/// is taken, so that all commands take the same, and plays no part.
fn for_routes(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        "routes" => arg.required(true),
        // Anew: elsewhere one of the two layers must be there.
        "posts" => Arg::new("posts").long("posts").value_parser(clap::value_parser!(PathBuf)).hide(true),
        "corridors" | "corridors_crs" | "posts_crs" | "post_id" | "post_name" | "half_width" => {
            arg.hide(true)
        }
        _ => arg,
    }
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
