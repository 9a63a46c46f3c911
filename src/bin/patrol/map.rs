//! `patrol map`: a page or a picture of all layers.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use patrol_corridor::Error;
use patrol_corridor::io::{OutputFile, is_same_file};
use patrol_corridor::report::map::{Map, MapOptions};

use crate::layers::{LayerArgs, is_standard, metres, to_standard};
use crate::reports::{SightingArgs, read_log};
use crate::signals::clean_up;
use crate::term::say;
use crate::warnings::warn;

/// A map of posts, routes, corridors and incidents: one page that opens by double click, or a picture
///
/// Shows posts, routes with kilometre marks, corridors, incidents with connectors to the nearest post and to the foot on
/// the nearest route, regions of reports that are not a point, and gaps of coverage. The page refers to nothing outside: layers
/// can be switched, everything shows its fields, incidents are found by id and filtered by time. The projection is
/// azimuthal equidistant about the middle; where something is farther than 6,000 km from it, equidistant cylindrical.
#[derive(Debug, clap::Args)]
#[command(mut_arg("posts", |arg| arg.required_unless_present_any(["routes", "corridors", "incidents"])))]
#[command(
    after_long_help = "More than --most-single incidents are counted in hexagons; the page counts anew at each zoom \
    and draws them one by one where 600 or fewer are in view. Their uncertain regions are then not drawn, and the connectors \
    of the chosen one only.\nThe page has all properties of incidents up to 8 MB of them, beyond that `time`, `type` and \
    `name` with the answers.\n\nExamples:\n  \
    patrol map --posts posts.geojson --routes routes.geojson --incidents day.geojson --output day.html\n  \
    patrol map --posts posts.geojson --routes routes.geojson --radius 5000 --output gaps.svg\n  \
    patrol map --incidents year.geojson --time-field date_start --output year.html"
)]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    /// Incidents: GeoJSON of any geometry, or a table with columns of longitude and latitude, or of reports: .csv, .tsv,
    /// each with .gz too
    #[arg(long, value_name = "FILE")]
    incidents: Option<PathBuf>,
    /// File to write; its extension tells the format: .html, .svg, .png (`-` is standard output, with --format)
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Format to write, whatever the extension
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Title [default: the names of the files]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Draw the stretches of routes that no post sees; how far posts see without a `watch_radius_m`, in metres
    #[arg(long, value_name = "M", value_parser = metres)]
    radius: Option<f64>,
    /// Metres from mark to mark along the routes [default: what the scale has room for, 1000 or more]
    #[arg(long, value_name = "M", value_parser = metres)]
    marks: Option<f64>,
    /// Property of incidents that holds the time: RFC 3339, or a date for its noon
    #[arg(long, value_name = "FIELD", default_value = "time")]
    time_field: String,
    /// Draw so many incidents one by one, count more of them in hexagons
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    most_single: usize,
    #[command(flatten)]
    sightings: SightingArgs,
    /// Replace the output if it exists (never an input)
    #[arg(long)]
    force: bool,
    /// Flush the output to the disk before it takes its name
    #[arg(long)]
    sync: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Svg,
    Png,
}

impl Args {
    fn format(&self) -> Result<Format, Error> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let extension = self.output.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" => Ok(Format::Html),
            "svg" => Ok(Format::Svg),
            "png" => Ok(Format::Png),
            _ => Err(Error::argument(
                "found no format, expected .html, .svg or .png, or --format html|svg|png",
            )
            .in_file(self.output.display().to_string())),
        }
    }

    fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.layers.files().chain(&self.incidents).chain(&self.sightings.precision_classes)
    }

    fn check_files(&self) -> Result<(), Error> {
        if self.inputs().filter(|path| is_standard(path)).count() > 1 {
            return Err(Error::argument("found `-` for more than one input, expected it once at most"));
        }
        if is_standard(&self.output) {
            return Ok(());
        }
        let shown = || self.output.display().to_string();
        if self.inputs().any(|input| !is_standard(input) && is_same_file(input, &self.output)) {
            let message = "found an input as the output, expected another file: an input is never replaced";
            return Err(Error::argument(message).in_file(shown()));
        }
        if !self.force && self.output.is_file() {
            return Err(Error::argument("the file exists: use --force to replace it").in_file(shown()));
        }
        Ok(())
    }

    /// The names of the files without their extensions.
    fn usual_title(&self) -> String {
        let stem = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let names: Vec<String> = self.layers.files().chain(&self.incidents).map(stem).collect();
        names.into_iter().filter(|name| !name.is_empty() && name != "-").collect::<Vec<_>>().join(", ")
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let format = args.format()?;
    args.check_files()?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let crs = args.layers.systems.other(None);
    let incidents = args.incidents.as_deref().map(|path| read_log(path, crs.as_ref())).transpose()?;
    let options = MapOptions {
        title: args.title.clone().unwrap_or_else(|| args.usual_title()),
        radius_m: args.radius,
        marks_every_m: args.marks,
        time_field: args.time_field.clone(),
        zone: args.layers.zone.clone(),
        sightings: args.sightings.options()?,
        most_single: args.most_single,
    };
    let map = Map::new(&layers.area, &layers.regions, incidents.as_ref(), &options)?;
    tell(&map, &args);
    let bytes = match format {
        Format::Html => map.to_html().into_bytes(),
        Format::Svg => map.to_svg().into_bytes(),
        Format::Png => map.to_png()?,
    };
    if is_standard(&args.output) {
        let mut out = std::io::stdout().lock();
        out.write_all(&bytes)
            .and_then(|()| out.flush())
            .map_err(|e| to_standard(Error::io("write it", e)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = OutputFile::create(&args.output, args.force)?;
    clean_up(&out);
    out.write_all(&bytes).map_err(|e| Error::io("write it", e).in_file(args.output.display().to_string()))?;
    out.commit(args.sync)?;
    Ok(ExitCode::SUCCESS)
}

/// What a reader must know, on standard error.
fn tell(map: &Map, args: &Args) {
    const MOST_NAMED: usize = 10;
    let summary = map.summary();
    let file = args.incidents.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    warn(&file, &summary.warnings);
    if summary.not_drawn > 0 {
        let named: Vec<&str> = summary.not_drawn_ids.iter().take(MOST_NAMED).map(String::as_str).collect();
        let more = if summary.not_drawn > MOST_NAMED { ", ..." } else { "" };
        say!(
            "patrol: {file}: {} of {} incidents have no place that can be drawn: {}{more}",
            summary.not_drawn,
            summary.incidents,
            named.join(", ")
        );
    }
}
