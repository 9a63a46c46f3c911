//! `patrol annotate`: the main job.

mod files;
mod help;
mod told;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, ConnectorOutput, LayerRun, OutputForm, Provenance, RegionOutput, Reject,
    annotate_layer,
};
use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::io::{Crs, FinishedFile, IncidentStream, OutputFile};
use patrol_corridor::report::styles::StyledLayer;

use crate::drawn::DrawnArgs;
use crate::formats::{FormatArgs, TableJob, form_beside};
use crate::layers::{LayerArgs, Layers, is_standard, metres, to_standard};
use crate::progress::{self, Progress};
use crate::reports::ReportArgs;
use crate::signals::clean_up;
use crate::status;
use crate::systems::{self, refuse_in_tables};
use crate::term::say;

/// Write into every incident its nearest post and route: distance, bearing, kilometre, side, corridor, margin
///
/// Each feature comes out as it came in (id, geometry, properties, foreign members, every digit), with new
/// members at the end of its properties. Nothing is dropped: what can't be located carries a
/// `location_warning`. An incident may be reported otherwise than as a point, by a direction and a distance from a post,
/// a grid reference, an uncertainty: then it has a region, and all posts and routes that may be the nearest are named.
#[derive(Debug, clap::Args)]
#[command(after_long_help = help::after_long_help())]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    /// Incidents: GeoJSON of any geometry, of which Points and MultiPoints are located; or a table with
    /// columns of longitude and latitude, or of reports (below): .csv, .tsv, each with .gz too; .fgb or .parquet in a build that has
    /// them (`-` is standard input)
    #[arg(long, value_name = "FILE")]
    incidents: PathBuf,
    /// File to write; its extension tells the format: .geojson, .json, .geojsonl, .ndjson, .geojsons,
    /// .csv, .tsv, each with .gz too; .fgb, .gpkg, .parquet in a build that has them (`-` is standard output)
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    formats: FormatArgs,
    /// Coordinate reference system of the incidents alone, where it is not that of --crs; GeoJSON goes out in
    /// WGS84, and other systems are read of GeoJSON only
    #[arg(long, help_heading = "Layers", value_name = "CRS")]
    incidents_crs: Option<Crs>,
    /// Write coordinates in this system instead of WGS84, with the legacy member `crs` that RFC 7946 does not
    /// know: for tools that need it. `route_foot_lon` and `route_foot_lat` stay degrees on WGS84
    #[arg(long, value_name = "CRS")]
    output_crs: Option<Crs>,
    #[command(flatten)]
    reports: ReportArgs,
    #[command(flatten)]
    drawn: DrawnArgs,
    /// Name the N nearest, in `nearest_posts` and `nearest_routes`
    #[arg(short = 'k', long = "count", value_name = "N", default_value_t = 1, value_parser = count)]
    count: usize,
    /// Name no post or route that is farther than M metres; candidates of a region are named however far they are
    #[arg(long, value_name = "M", value_parser = metres)]
    max_distance: Option<f64>,
    /// Property or column that holds the time of an incident, RFC 3339, or local with --zone: a post or route that was not
    /// in service then (its `active_from`, `active_to`) is not named. Looked at only where one has such a period, or where
    /// a bearing counts from magnetic north
    #[arg(long, value_name = "FIELD", default_value = "time")]
    time_field: String,
    /// Put X before every new name
    #[arg(long, value_name = "X", default_value = "")]
    prefix: String,
    /// Take earlier annotations out first
    #[arg(long)]
    replace: bool,
    /// Set bad incidents aside in the file of --rejects instead of stopping at the first
    #[arg(long, requires = "rejects")]
    skip_invalid: bool,
    /// Where bad incidents go: a line of JSON each, with its text whole and unchanged (of a format without
    /// text: the row's number as `feature`, and its values)
    #[arg(long, value_name = "FILE", requires = "skip_invalid")]
    rejects: Option<PathBuf>,
    /// Replace the output if it exists (never an input)
    #[arg(long)]
    force: bool,
    /// Flush the output to the disk before it takes its name
    #[arg(long)]
    sync: bool,
    /// Say in each feature of a sequence where the answers come from; a collection says it at its end
    #[arg(long)]
    provenance: bool,
    /// How many threads work [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// How progress is shown: a bar on a terminal, a line every few seconds, nothing
    #[arg(long, value_name = "MODE", default_value = "auto")]
    progress: progress::Mode,
    /// Say nothing of what went well, and show no progress
    #[arg(long, short)]
    quiet: bool,
}

fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err("expected a whole number of 1 or more".to_owned()),
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let incidents = args.incidents.display().to_string();
    let sets_aside = args.skip_invalid;
    annotate(args).or_else(|error| {
        let is_of_one = error.is_input() && error.feature().is_some() && error.file() == Some(&*incidents);
        if sets_aside || !is_of_one {
            return Err(error);
        }
        // Of a log typed by hand one wants to see all that is wrong.
        say!("patrol: {error} (--skip-invalid --rejects FILE sets such incidents aside)");
        Ok(ExitCode::from(status::UNUSABLE))
    })
}

fn annotate(args: Args) -> Result<ExitCode, Error> {
    let formats = args.formats.formats(&args.incidents, &args.output)?;
    args.check_files()?;
    if args.drawn.style.qml {
        formats.check_style(&args.output)?;
    }
    let incidents_crs = args.layers.systems.other(args.incidents_crs.as_ref());
    if formats.text_to_text().is_none() {
        refuse_in_tables(args.output_crs.as_ref(), "a table")?;
        refuse_in_tables(incidents_crs.as_ref(), "incidents that are a table or become one")?;
    }
    let form_of_regions = args.form_beside("--regions", args.reports.regions.as_ref())?;
    let form_of_connectors = args.form_beside("--connectors", args.drawn.connectors.as_ref())?;
    let options = args.options()?;
    let layers = args.layers.read()?;
    let annotator = Annotator::new(&layers.area, options);
    let provenance = (formats.has_provenance() || args.provenance).then(|| provenance(&layers, &args));
    // None where a table is read or written.
    let text = match formats.text_to_text() {
        Some(form) if is_standard(&args.incidents) => {
            Some((form, IncidentStream::read("<stdin>", std::io::stdin())?))
        }
        Some(form) => Some((form, IncidentStream::open(&args.incidents)?)),
        None => None,
    };
    let mut rejects = args.rejects.as_ref().map(|path| OutputFile::create(path, args.force)).transpose()?;
    rejects.iter().for_each(clean_up);
    let create = |path: &PathBuf| OutputFile::create(path, args.force);
    let mut regions_file = args.reports.regions.as_ref().map(create).transpose()?;
    regions_file.iter().for_each(clean_up);
    let regions = regions_file.as_mut().zip(form_of_regions).map(|(out, form)| RegionOutput { form, out });
    let mut connectors_file = args.drawn.connectors.as_ref().map(create).transpose()?;
    connectors_file.iter().for_each(clean_up);
    let connectors =
        connectors_file.as_mut().zip(form_of_connectors).map(|(out, form)| ConnectorOutput { form, out });
    let mut set_aside = |reject: Reject| -> Result<(), Error> {
        let line = patrol_corridor::io::json_line(&RejectLine::of(&reject))?;
        let file = rejects.as_mut().expect("clap asks for --rejects beside --skip-invalid");
        let shown = || args.rejects.iter().map(|path| path.display().to_string()).collect::<String>();
        file.write_all(line.as_bytes()).map_err(|e| Error::io("write the rejects", e).in_file(shown()))
    };
    let rejects_to: Option<&mut dyn FnMut(Reject) -> Result<(), Error>> =
        if args.skip_invalid { Some(&mut set_aside) } else { None };
    let of_table = text.is_none();
    let mode = if args.quiet { progress::Mode::None } else { args.progress };
    let (summary, out) = match text {
        None => {
            let Args { incidents, output, force, threads, .. } = &args;
            let (force, threads) = (*force, *threads);
            let formats = &formats;
            let job = TableJob {
                formats,
                incidents,
                output,
                force,
                threads,
                provenance,
                regions,
                connectors,
                progress: mode,
            };
            job.run(&annotator, rejects_to)?
        }
        Some((form, incidents)) => {
            let mut progress = Progress::new(mode, &args.incidents);
            progress.follow(incidents.bytes_read());
            let mut update = |features| progress.update(features);
            let run = LayerRun {
                provenance,
                threads: args.threads,
                rejects: rejects_to,
                crs: incidents_crs,
                output_crs: args.output_crs.clone(),
                regions,
                connectors,
                progress: Some(&mut update),
                ..LayerRun::new(form)
            };
            if is_standard(&args.output) {
                let mut out = BufWriter::new(std::io::stdout().lock());
                let summary = annotate_layer(incidents, &annotator, run, &mut out).map_err(to_standard)?;
                out.flush().map_err(|e| Error::io("write standard output", e))?;
                (summary, None)
            } else {
                let mut out = OutputFile::create(&args.output, args.force)?;
                clean_up(&out);
                // What is wrong with an incident names its own file already.
                let summary = annotate_layer(incidents, &annotator, run, &mut out)
                    .map_err(|error| error.in_file(args.output.display().to_string()))?;
                (summary, Some(out))
            }
        }
    };
    // The output lacks what is among the rejects: it never stands there without them.
    let styles = args.drawn.style.write(&args.styled(&layers), args.force, args.sync)?;
    let written = rejects
        .into_iter()
        .chain(regions_file)
        .chain(connectors_file)
        .chain(out)
        .map(|file| file.finish(args.sync));
    let written = written.collect::<Result<Vec<_>, _>>()?;
    FinishedFile::place_all(styles.into_iter().chain(written))?;
    if !summary.left_out.is_empty() {
        let what = match of_table {
            true => "the output has no place for all of the input",
            false => "a sequence has no place for the collection's own members",
        };
        let left_out = summary.left_out.join(", ");
        say!("patrol: warning: {what}: left out {left_out}");
    }
    let incidents = args.incidents.display().to_string();
    systems::warn(&incidents, &summary.reprojections);
    if !args.quiet {
        layers.tell_reprojections();
        systems::tell(&incidents, &summary.reprojections);
        told::told(&summary, &layers, &args).iter().for_each(|line| say!("{line}"));
    }
    Ok(ExitCode::from(if summary.rejected > 0 { status::REJECTED } else { 0 }))
}

/// A reject as it is written: what has no lines has no number of one.
#[derive(serde::Serialize)]
struct RejectLine<'r> {
    file: &'r str,
    line: Option<u64>,
    feature: u64,
    reason: &'r str,
    text: &'r str,
}

impl<'r> RejectLine<'r> {
    fn of(reject: &'r Reject) -> Self {
        let Reject { file, line, feature, reason, text } = reject;
        RejectLine { file, line: (*line > 0).then_some(*line), feature: *feature, reason, text }
    }
}

impl Args {
    fn options(&self) -> Result<AnnotateOptions, Error> {
        Ok(AnnotateOptions {
            locate: LocateOptions {
                count: self.count,
                max_distance_m: self.max_distance,
                search: Search::Index,
                at: None,
            },
            prefix: self.prefix.clone(),
            replace: self.replace,
            posts: self.layers.posts.is_some(),
            routes: self.layers.routes.is_some(),
            sightings: self.reports.sightings.options()?,
            time_field: self.time_field.clone(),
            zone: self.layers.zone.clone(),
            simplestyle: self.drawn.style.simplestyle,
            lenient_times: false,
        })
    }

    /// The layers that are written, for their styles.
    fn styled<'s>(&'s self, layers: &Layers) -> Vec<(&'s Path, StyledLayer<'s>)> {
        let (prefix, corridors) = (self.prefix.as_str(), !layers.area.corridors().is_empty());
        let regions = self.reports.regions.as_deref().map(|path| (path, StyledLayer::Regions { prefix }));
        let connectors = self.drawn.connectors.as_deref().map(|path| (path, StyledLayer::Connectors));
        let incidents = (self.output.as_path(), StyledLayer::Incidents { prefix, corridors });
        [incidents].into_iter().chain(regions).chain(connectors).collect()
    }

    /// The form of a layer beside the output, where it is wanted.
    fn form_beside(&self, option: &str, path: Option<&PathBuf>) -> Result<Option<OutputForm>, Error> {
        let Some(path) = path else { return Ok(None) };
        if is_standard(path) {
            return Err(Error::argument(format!(
                "found {option} -, expected a file: standard output takes the incidents"
            )));
        }
        if self.output_crs.is_some() {
            let what = option.trim_start_matches('-');
            return Err(Error::argument(format!(
                "found {option} with --output-crs, expected one of them: {what} are written in WGS84"
            )));
        }
        form_beside(option, path).map(Some)
    }
}

fn provenance(layers: &Layers, args: &Args) -> Provenance {
    let mut provenance = Provenance::new(args.layers.edges);
    if let Some(posts) = &layers.posts {
        provenance = provenance.with_posts(&posts.file, posts.features, &posts.sha256);
    }
    if let Some(routes) = &layers.routes {
        provenance = provenance.with_routes(&routes.file, routes.features, &routes.sha256);
    }
    if let Some(corridors) = &layers.corridors {
        provenance = provenance.with_corridors(&corridors.file, corridors.features, &corridors.sha256);
    }
    provenance
}
