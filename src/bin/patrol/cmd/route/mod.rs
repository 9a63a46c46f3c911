//! `patrol route`: linear referencing along one route (ISO 19148).

mod answers;
mod args;
mod chosen;
mod object;
mod output;

use std::process::ExitCode;

use clap::Subcommand;
use patrol_corridor::Error;

use args::{LocateArgs, MarksArgs, PointArgs, SubstringArgs};

/// Find positions and chainages along a route, cut out intervals, write kilometre marks
///
/// Chainage is the distance along the route from its first vertex, in metres. The parts of a MultiLineString count on,
/// without the gaps between them.
///
/// A route with the property `start_chainage_m`, or with --referent, counts its chainages from there, in options and
/// output. The output then has the plain distance along the route too. (The `route_chainage_m` of `patrol annotate` is
/// always plain.)
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

pub fn run(args: Args) -> Result<ExitCode, Error> {
    match args.command {
        RouteCommand::Point(args) => answers::point(args),
        RouteCommand::Locate(args) => answers::locate(args),
        RouteCommand::Substring(args) => answers::substring(args),
        RouteCommand::Marks(args) => answers::marks(args),
    }?;
    Ok(ExitCode::SUCCESS)
}
