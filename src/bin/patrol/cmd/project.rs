//! `patrol project` and `patrol new`: a project file, and layers and a log to fill in.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::io::OutputFile;

use crate::args::outputs;
use crate::project::{self, NAME, Project, TEMPLATE};
use crate::term::Page;

/// Make, show or check the project file patrol.toml: options that need not be typed
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write a patrol.toml to fill in, into this folder
    Init,
    /// Show the options that the project file stands for
    Show,
    /// Check that the project file can be read and its files are there
    Check,
}

pub fn run(args: &Args) -> Result<ExitCode, Error> {
    if let Command::Init = args.command {
        return write(&PathBuf::from(NAME), TEMPLATE);
    }
    let words: Vec<_> = std::env::args_os().collect();
    let path = project::of_words(&words).ok_or_else(|| {
        Error::argument(format!("no {NAME} in this folder or above; `patrol project init` makes one"))
    })?;
    let project = Project::read(&path)?;
    let mut page = Page::default();
    page.line(format!("{}:", path.display()));
    for (option, value) in project.options() {
        let value = value.to_string_lossy();
        if matches!(option, "posts" | "routes" | "corridors") && matches!(args.command, Command::Check) {
            let found = std::fs::metadata(&*value);
            found.map_err(|e| Error::io("open it", e).in_file(&*value))?;
        }
        page.line(format!("  --{option} {value}"));
    }
    if let Some(output) = &project.output {
        page.line(format!("  days in {}", project.path(output).display()));
    }
    page.print()?;
    Ok(ExitCode::SUCCESS)
}

/// Write posts, routes or a log to fill in, with an example that says what each member takes
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// What to write
    what: What,
    /// Output file
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// Observation posts as GeoJSON
    Posts,
    /// Patrol routes as GeoJSON
    Routes,
    /// A log of incidents as CSV
    Log,
}

pub fn new(args: &NewArgs) -> Result<ExitCode, Error> {
    let text = match args.what {
        What::Posts => include_str!("new_posts.geojson"),
        What::Routes => include_str!("new_routes.geojson"),
        What::Log => include_str!("new_log.csv"),
    };
    write(&args.output, text)
}

fn write(path: &PathBuf, text: &str) -> Result<ExitCode, Error> {
    outputs::check(Vec::<PathBuf>::new(), &[("--output", path)], false)?;
    let mut file = OutputFile::create(path, false)?;
    let fail = |e| Error::io("write it", e).in_file(path.display().to_string());
    file.write_all(text.as_bytes()).map_err(fail)?;
    outputs::place(vec![file], false, None)?;
    Ok(ExitCode::SUCCESS)
}
