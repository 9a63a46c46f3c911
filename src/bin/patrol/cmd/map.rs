//! `patrol map`: a page or a picture of all layers.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use patrol_corridor::Error;
use patrol_corridor::incident::{SourceRun, TimeUse};
use patrol_corridor::io::OutputFile;
use patrol_corridor::report::map::{self, ColourBy, Map, MapOptions, Symbol};

use crate::args::backgrounds::BackgroundArgs;
use crate::args::chosen::ChosenArgs;
use crate::args::files::is_standard;
use crate::args::incidents::IncidentArgs;
use crate::args::layers::{LayerArgs, metres};
use crate::args::outputs::{self, Named};
use crate::args::sheet::SheetArgs;
use crate::term::{print_data, say};

/// Draw a map of posts, routes, corridors and incidents: a page that opens by double click, or a picture
///
/// The map shows posts, routes with kilometre marks, corridors, and the regions of described locations. Connectors link
/// each incident to its nearest post and to its foot on the nearest route (the nearest point of the route). With
/// --radius the map also shows the intervals of routes that no post sees.
///
/// Incidents and posts have their ids, routes and corridors their names. No name lies on another; a name without room is
/// left out.
///
/// The page is one file that needs no network. Readers can see the fields of everything, sort and filter the incidents,
/// find places by id, coordinates or MGRS, measure, and copy what is shown. A filter in the page only hides: whoever has
/// the file has all of it.
///
/// The projection is azimuthal equidistant about the middle. If something is farther than 6,000 km from the middle, it
/// is equidistant cylindrical.
#[derive(Debug, clap::Args)]
#[command(mut_arg("posts", |arg| arg.required_unless_present_any(["routes", "corridors", "incidents"])))]
#[command(mut_arg("incidents", |arg| arg.required(false)))]
#[command(
    after_long_help = "More than --most-single incidents are counted in hexagons. The page counts again at \
    each zoom, and draws incidents one by one if 600 or fewer are in view. A map of so many incidents has no \
    regions, and shows connectors of the chosen incident only.\n\nThe page holds up to 12 MB of the incidents' \
    properties. Beyond that it holds `time`, `type`, `status` and `name` with the answers.\n\nExamples:\n  \
    patrol map --posts posts.geojson --routes routes.geojson --incidents day.geojson --output day.html\n  \
    patrol map --posts posts.geojson --routes routes.geojson --radius 5000 --output gaps.svg\n  \
    patrol map --incidents year.geojson --time-field date_start --output year.html\n  \
    patrol map --posts posts.geojson --incidents day.geojson --paper a3 --output day.pdf"
)]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    /// Output file (`-` is standard output, with --format); the extension chooses the format: .html, .svg, or .png
    /// and .pdf in a build that has them
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Output format [default: from the extension]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Title of the map [default: the names of the files]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Draw the intervals that no post sees; M is the watch radius of posts without `watch_radius_m`
    ///
    /// M is in metres or has a unit.
    #[arg(long, value_name = "M", value_parser = metres)]
    radius: Option<f64>,
    /// Metres between kilometre marks along the routes [default: as the scale allows, 1000 or more]
    #[arg(long, value_name = "M", value_parser = metres)]
    marks: Option<f64>,
    /// Draw up to N incidents one by one; count more than that in hexagons
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    most_single: usize,
    /// Leave out land and coasts
    #[arg(long)]
    no_land: bool,
    /// What posts are labelled with; `both` adds the name to the id where there is room
    #[arg(long, value_name = "WHAT", default_value = "id")]
    post_labels: PostLabels,
    /// What the incidents' colours mean: status (where incidents have one), corridor, type or nothing
    #[arg(long, value_name = "MEMBER", default_value = "status")]
    colour_by: Colours,
    /// Symbol of a type, as `cattle=bow_tie`; may be repeated [default: by words in the type, else the next one]
    ///
    /// The symbols: diamond, burst, crosshair, circle, square, triangle_down, star, plus, saltire, drone, pentagon,
    /// hexagon, house, shield, flag, hourglass, bow_tie, drop, bolt, crescent. Larger ones are of incidents with
    /// casualties (`killed`, `wounded`), hollow ones of described locations.
    #[arg(long, value_name = "TYPE=SYMBOL", value_parser = symbol_of_type)]
    symbol: Vec<(String, Symbol)>,
    #[command(flatten)]
    backgrounds: BackgroundArgs,
    #[command(flatten)]
    chosen: ChosenArgs,
    #[command(flatten)]
    sheet: SheetArgs,
    /// Overwrite output files that exist (never an input)
    #[arg(long)]
    force: bool,
    /// Flush each output file to the disk before it gets its final name
    #[arg(long)]
    sync: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colours {
    Status,
    Corridor,
    Type,
    Nothing,
}

fn symbol_of_type(text: &str) -> Result<(String, Symbol), String> {
    let (kind, symbol) = text.rsplit_once('=').ok_or("expected TYPE=SYMBOL, as cattle=bow_tie")?;
    let symbol = symbol.parse().map_err(|error: Error| error.message().to_owned())?;
    Ok((kind.trim().to_owned(), symbol))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Svg,
    Png,
    Pdf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PostLabels {
    Id,
    Name,
    Both,
}

impl From<PostLabels> for map::PostLabels {
    fn from(labels: PostLabels) -> Self {
        match labels {
            PostLabels::Id => map::PostLabels::Id,
            PostLabels::Name => map::PostLabels::Name,
            PostLabels::Both => map::PostLabels::Both,
        }
    }
}

impl Args {
    fn format(&self) -> Result<Format, Error> {
        let format = self.format.map_or_else(|| self.format_by_name(), Ok)?;
        let missing = match format {
            Format::Png if cfg!(not(feature = "png")) => Some(("PNG", "png")),
            Format::Pdf if cfg!(not(feature = "pdf")) => Some(("PDF", "pdf")),
            _ => None,
        };
        if let Some((name, feature)) = missing {
            return Err(Error::argument(format!(
                "this build of patrol writes no {name}; write .svg or .html, or build it with \
                 `cargo install --path . --features {feature}`"
            ))
            .in_file(self.output.display().to_string()));
        }
        Ok(format)
    }

    fn format_by_name(&self) -> Result<Format, Error> {
        let extension = self.output.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" => Ok(Format::Html),
            "svg" => Ok(Format::Svg),
            "png" => Ok(Format::Png),
            "pdf" => Ok(Format::Pdf),
            _ => Err(Error::argument(
                "the extension tells no format; use .html, .svg, .png or .pdf, or --format html|svg|png|pdf",
            )
            .in_file(self.output.display().to_string())),
        }
    }

    fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        let layers = self.layers.files().chain(self.incidents.inputs());
        layers.chain(self.backgrounds.files()).chain(&self.sheet.logo)
    }

    /// The names of the files without their extensions.
    fn usual_title(&self) -> String {
        let stem = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let names: Vec<String> = self.layers.files().chain(self.incidents.paths()).map(stem).collect();
        names.into_iter().filter(|name| !name.is_empty() && name != "-").collect::<Vec<_>>().join(", ")
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let format = args.format()?;
    let written: Vec<Named<'_>> =
        [("--output", &*args.output)].into_iter().chain(args.incidents.outputs()).collect();
    outputs::check(args.inputs(), &written, args.force)?;
    let sheet = args.sheet.sheet(format == Format::Pdf)?;
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let crs = args.incidents.crs(Some(&args.layers));
    let incidents = args.incidents.open(crs.as_ref())?;
    let has_incidents = incidents.is_some();
    let times = if args.chosen.is_of_period() { TimeUse::Required } else { TimeUse::Shown };
    let options = MapOptions::default()
        .with_title(args.title.clone().unwrap_or_else(|| args.usual_title()))
        .with_radius_m(args.radius)
        .with_marks_every_m(args.marks)
        .with_read(args.incidents.options(args.layers.zone.as_ref(), times)?)
        .with_most_single(args.most_single)
        .with_symbols(args.symbol.clone())
        .with_colour_by(match args.colour_by {
            Colours::Status => ColourBy::Status,
            Colours::Corridor => ColourBy::Corridor,
            Colours::Type => ColourBy::Type,
            Colours::Nothing => ColourBy::Nothing,
        })
        .with_land(!args.no_land)
        .with_sheet(sheet)
        .with_post_labels(args.post_labels.into());
    let options = args.chosen.choose(options, args.layers.zone.as_ref())?;
    let options = options.with_backgrounds(args.backgrounds.read(&args.layers.systems)?);
    let mut files = args.incidents.begin(args.force)?;
    let map = files.reading(|bad| {
        let run = SourceRun::default().with_crs(crs).with_bad(bad);
        Map::new(&layers.index, &layers.regions, incidents, run, &options)
    })?;
    let tally = &map.summary().tally;
    args.incidents.warn(tally, &map.summary().reprojections);
    tell(&map, &args);
    let bytes = match format {
        Format::Html => map.to_html().into_bytes(),
        Format::Svg => map.to_svg().into_bytes(),
        #[cfg(feature = "png")]
        Format::Png => map.to_png()?,
        #[cfg(feature = "pdf")]
        Format::Pdf => map.to_pdf()?,
        // Refused before the work.
        #[cfg(not(feature = "png"))]
        Format::Png => Vec::new(),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Vec::new(),
    };
    let mut files = files.finish(tally)?;
    if is_standard(&args.output) {
        print_data(&bytes)?;
    } else {
        let mut out = OutputFile::create(&args.output, args.force)?;
        let fail = |e| Error::io("write it", e).in_file(args.output.display().to_string());
        out.write_all(&bytes).map_err(fail)?;
        files.push(out);
    }
    outputs::place(files, args.sync, None)?;
    if has_incidents {
        args.incidents.tell(tally, &map.summary().reprojections);
    }
    Ok(args.incidents.status(tally, true))
}

/// What a reader must know, on standard error.
fn tell(map: &Map, args: &Args) {
    const MOST_NAMED: usize = 10;
    let summary = map.summary();
    let file = args.incidents.file();
    args.chosen.tell(&file, summary);
    for (ids, what) in [
        (&summary.not_drawn_ids, "have no place that can be drawn"),
        (&summary.far_ids, "are far outside the map"),
    ] {
        if !ids.is_empty() {
            let named: Vec<&str> = ids.iter().take(MOST_NAMED).map(String::as_str).collect();
            let more = if ids.len() > MOST_NAMED { ", ..." } else { "" };
            let (count, read) = (ids.len(), summary.tally.read);
            say!("patrol: {file}: {count} of {read} incidents {what}: {}{more}", named.join(", "));
        }
    }
}
