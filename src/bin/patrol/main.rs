//! The program `patrol`: which post, which route, which corridor is nearest.

mod args;
mod cmd;
mod ending;
mod lines;
mod progress;
mod project;
mod short_help;
mod signals;
mod term;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Find the nearest observation post, patrol route and corridor of each incident: distance, direction, kilometre, side
/// and certainty
///
/// Distances are exact on the WGS84 ellipsoid. The program reads and writes GeoJSON and tables such as CSV.
#[derive(Debug, Parser)]
#[command(name = "patrol", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    limits: args::limits::LimitArgs,
    #[command(flatten)]
    verbose: args::verbose::VerboseArgs,
    #[command(flatten)]
    _project: project::ProjectArgs,
}

const AFTER_HELP: &str = "\
Examples:
  patrol annotate --posts posts.geojson --routes routes.geojson \\
                  --incidents incidents.geojson --output annotated.geojson
  patrol nearest --posts posts.geojson --routes routes.geojson --at 46.81,40.07
  patrol locate --posts posts.geojson --from OP-07 --bearing NNE --distance 2km..7km
  patrol corridors --routes routes.geojson --output corridors.geojson
  patrol coverage --posts posts.geojson --routes routes.geojson --radius 5000 \\
                  --output coverage.geojson
  patrol map --posts posts.geojson --routes routes.geojson --incidents day.geojson --output day.html
  patrol bulletin --posts posts.geojson --routes routes.geojson --incidents incidents.geojson \\
                  --day 2021-01-01 --zone Asia/Baku --output bulletin.md
  patrol check posts.geojson --as posts
  patrol day log.csv                       all products of a day, by patrol.toml

Exit status:
  0  done
  1  done, but some incidents were rejected or could not be used
  2  wrong arguments, an input that can't be used, or an output that exists
  3  a file that can't be opened, read or written

`patrol COMMAND -h` shows the most used options of a command, `patrol COMMAND --help` shows all.";

#[derive(Debug, Subcommand)]
enum Command {
    Annotate(cmd::annotate::Args),
    Nearest(cmd::nearest::Args),
    Locate(Box<cmd::locate::Args>),
    Fuse(cmd::fuse::Args),
    Corridors(cmd::corridors::Args),
    Coverage(cmd::coverage::Args),
    Beats(cmd::beats::Args),
    Hotspots(cmd::hotspots::Args),
    Clusters(cmd::clusters::Args),
    Map(Box<cmd::map::Args>),
    Bulletin(Box<cmd::bulletin::Args>),
    Check(cmd::check::Args),
    Route(cmd::route::Args),
    Read(Box<cmd::read::Args>),
    Day(Box<cmd::day::Args>),
    Project(cmd::project::Args),
    New(cmd::project::NewArgs),
    Completions(cmd::complete::CompletionsArgs),
    Man(cmd::complete::ManArgs),
}

fn main() -> ExitCode {
    signals::stand_limits();
    let words = match project::completed(std::env::args_os().collect(), &Cli::command()) {
        Ok(words) => words,
        Err(error) => return end(&error),
    };
    let cli = match term::parse::<Cli>(words) {
        Ok(cli) => cli,
        Err(said) => return say_of_arguments(&said),
    };
    cli.limits.hold();
    cli.verbose.hold();
    run(cli.command).unwrap_or_else(|error| end(&error))
}

fn run(command: Command) -> Result<ExitCode, patrol_corridor::Error> {
    match command {
        Command::Annotate(args) => cmd::annotate::run(args),
        Command::Nearest(args) => cmd::nearest::run(args),
        Command::Locate(args) => cmd::locate::run(*args),
        Command::Fuse(args) => cmd::fuse::run(args),
        Command::Corridors(args) => cmd::corridors::run(args),
        Command::Coverage(args) => cmd::coverage::run(args),
        Command::Beats(args) => cmd::beats::run(args),
        Command::Hotspots(args) => cmd::hotspots::run(args),
        Command::Clusters(args) => cmd::clusters::run(&args),
        Command::Map(args) => cmd::map::run(*args),
        Command::Bulletin(args) => cmd::bulletin::run(*args),
        Command::Check(args) => cmd::check::run(args),
        Command::Route(args) => cmd::route::run(args),
        Command::Read(args) => cmd::read::run(&args),
        Command::Completions(args) => cmd::complete::completions(&args, Cli::command()),
        Command::Man(args) => cmd::complete::man(&args, Cli::command()),
        Command::Day(args) => cmd::day::run(&args, &|words| {
            let cli = term::parse::<Cli>(words);
            let refused = |said: clap::Error| patrol_corridor::Error::argument(said.to_string());
            run(cli.map_err(refused)?.command)
        }),
        Command::Project(args) => cmd::project::run(&args),
        Command::New(args) => cmd::project::new(&args),
    }
}

/// Says an error and returns its status.
fn end(error: &patrol_corridor::Error) -> ExitCode {
    if ending::is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    args::incidents::say_error(error);
    ExitCode::from(if error.is_io() { ending::IO } else { ending::UNUSABLE })
}

/// Help, the version, or what is wrong with the arguments.
fn say_of_arguments(said: &clap::Error) -> ExitCode {
    use std::io::Write;
    match said.print().and_then(|()| std::io::stdout().flush()) {
        Err(error) if !said.use_stderr() => {
            end(&term::to_standard(patrol_corridor::Error::io("write it", error)))
        }
        _ => ExitCode::from(if said.use_stderr() { ending::UNUSABLE } else { 0 }),
    }
}
