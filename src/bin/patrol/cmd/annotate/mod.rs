//! `patrol annotate`: the main job.

mod help;
mod told;

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, ConnectorOutput, LayerRun, OutputForm, Provenance, RegionOutput, Summary,
    TableForm, TableRun, annotate_layer, annotate_table,
};
use patrol_corridor::incident::{BadIncidents, IncidentSource, TimeUse};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::io::{Crs, OutputFile};
use patrol_corridor::report::styles::StyledLayer;

use crate::args::drawn::DrawnArgs;
use crate::args::feature_file::FeatureFile;
use crate::args::feature_form::Form;
use crate::args::files::{is_layer, is_standard};
use crate::args::formats::{self, Format};
use crate::args::incidents::IncidentArgs;
use crate::args::layers::{LayerArgs, Layers, metres};
use crate::args::outputs::{self, Named};
use crate::args::packages::{self, Packages, layer_name};
use crate::args::systems::refuse_in_tables;
use crate::progress::{self, Progress};
use crate::term::say;
use crate::term::to_standard;

/// Add the nearest post and route to each incident: distance, bearing, kilometre, side, corridor, margin
///
/// The output keeps each feature as it is: id, geometry, properties, foreign members, every digit. New members follow
/// at the end of its properties. An incident that can't be located is kept too, with a `location_warning`.
///
/// A location may be described: by a direction and a distance from a post, by a grid reference, or by a position with
/// an uncertainty. A described location has a region. The output then lists all posts and routes that may be nearest.
#[derive(Debug, clap::Args)]
#[command(after_long_help = help::after_long_help())]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    /// Output file (`-` is standard output); the extension chooses the format: .geojson, .json, .geojsonl, .ndjson,
    /// .geojsons, .csv, .tsv, .kml or .gpx, each also with .gz; .kmz; .fgb, .gpkg or .parquet in a build that has them.
    /// FILE.gpkg#LAYER names the layer
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Output format [default: from the extension]
    #[arg(long, value_name = "FORMAT")]
    output_format: Option<Format>,
    /// CRS of the coordinates in the output [default: WGS84]
    ///
    /// For tools that need it. The output then has the legacy member `crs`, which is not part of RFC 7946.
    /// `route_foot_lon` and `route_foot_lat` stay degrees on WGS84.
    #[arg(long, value_name = "CRS")]
    output_crs: Option<Crs>,
    /// Write the regions of described locations to this file, each with all properties of the annotated incident
    ///
    /// The extension chooses the format: .geojson, .json, .geojsonl, .ndjson, .geojsons or .kml, each also with .gz; .kmz;
    /// .gpkg in a build that has it. The GeoPackage may be that of --output: it then gets a layer `regions`, or the one
    /// that FILE.gpkg#LAYER names.
    #[arg(long, value_name = "FILE")]
    regions: Option<PathBuf>,
    #[command(flatten)]
    drawn: DrawnArgs,
    /// List the N nearest posts and routes, in `nearest_posts` and `nearest_routes`
    #[arg(short = 'k', long = "count", value_name = "N", default_value_t = 1, value_parser = count)]
    count: usize,
    /// Ignore posts and routes beyond M metres (candidates of uncertain incidents are always listed)
    #[arg(long, value_name = "M", value_parser = metres)]
    max_distance: Option<f64>,
    /// Add the MGRS reference of each location, as `location_mgrs`
    ///
    /// A position has five pairs of digits (1 m). A region has as many as a square has that is at least as wide.
    #[arg(long)]
    mgrs: bool,
    /// Put X before the name of each new member
    #[arg(long, value_name = "X", default_value = "")]
    prefix: String,
    /// Remove members written by an earlier run
    #[arg(long)]
    replace: bool,
    /// Overwrite output files that exist (never an input)
    #[arg(long)]
    force: bool,
    /// Flush each output file to the disk before it gets its final name
    #[arg(long)]
    sync: bool,
    /// Write the source of the answers (`patrol_corridor`) into each feature of a sequence
    ///
    /// Sequences are .geojsonl, .ndjson and .geojsons. A FeatureCollection always has the source at its end.
    #[arg(long)]
    provenance: bool,
    /// Number of threads [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// How to show progress on standard error
    #[arg(long, value_name = "MODE", default_value = "auto")]
    progress: progress::Mode,
    /// Suppress the summary and the progress bar
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
    let output = formats::output(&args.output, args.output_format)?;
    let is_text = args.incidents.format()?.is_features();
    args.check_files()?;
    if args.drawn.style.qml {
        output.check_style(&args.output)?;
    }
    let form = output.table_form()?;
    // GeoJSON stays the text that it is.
    let text_form = match form {
        TableForm::Features(form) if is_text => Some(form),
        _ => {
            refuse_in_tables(args.output_crs.as_ref(), "a table", "--incidents-crs")?;
            None
        }
    };
    let form_of_regions = args.form_beside("--regions", args.regions.as_ref())?;
    let form_of_connectors = args.form_beside("--connectors", args.drawn.connectors.as_ref())?;
    let options = args.options()?;
    let layers = args.layers.read()?;
    let annotator = Annotator::new(&layers.index, options);
    let provenance = (output == Format::Geojson || args.provenance).then(|| provenance(&layers, &args));
    let source = match text_form {
        Some(_) => args.incidents.open(args.incidents.crs(Some(&args.layers)).as_ref())?,
        None => Some(IncidentSource::Rows(
            args.incidents.open_rows(args.incidents.crs(Some(&args.layers)).as_ref(), args.threads)?,
        )),
    };
    let Some(source) = source else { return Err(Error::argument("--incidents FILE is missing")) };
    let mut beside = args.incidents.begin(args.force)?;
    let mut packages = Packages::new(args.force);
    let mut create = |option, path: &Option<PathBuf>, form: Option<Form>| {
        let file = path.as_deref().zip(form);
        file.map(|(path, form)| FeatureFile::create((option, path), form, &mut packages, args.force))
            .transpose()
    };
    let mut regions_file = create("--regions", &args.regions, form_of_regions)?;
    let mut connectors_file = create("--connectors", &args.drawn.connectors, form_of_connectors)?;
    let regions =
        regions_file.as_mut().map(FeatureFile::parts).map(|(out, form)| RegionOutput::new(form, out));
    let connectors =
        connectors_file.as_mut().map(FeatureFile::parts).map(|(out, form)| ConnectorOutput::new(form, out));
    let styled = args.styled(&layers);
    let [style, regions_style, connectors_style] =
        styled.each_ref().map(|layer| args.drawn.style.inside(layer.as_ref()?));
    let job = Job { args: &args, annotator: &annotator, provenance, regions, connectors, text_form, form };
    let (summary, out) = beside.reading(|bad| job.run(source, bad, &mut packages, style.as_deref()))?;
    args.incidents.warn(&summary.tally, &summary.reprojections);
    // The output lacks what is among the rejects: it never stands there without them.
    let styled: Vec<_> = styled.into_iter().flatten().collect();
    let mut written = args.drawn.style.write(&styled, args.force)?;
    written.extend(beside.finish(&summary.tally)?);
    for (file, style) in [(regions_file, regions_style), (connectors_file, connectors_style)] {
        let sidecar = file.map(|file| file.finish(&mut packages, style.as_deref())).transpose()?;
        written.extend(sidecar.flatten());
    }
    written.extend(packages.finish()?);
    written.extend(out);
    outputs::place(written, args.sync, None)?;
    if !summary.left_out.is_empty() {
        let what = match text_form {
            None => "the output has no place for all of the input",
            Some(_) => "a sequence has no place for the collection's own members",
        };
        let left_out = summary.left_out.join(", ");
        say!("patrol: warning: {what}: left out {left_out}");
    }
    if !args.quiet {
        layers.tell_reprojections();
        args.incidents.tell(&summary.tally, &summary.reprojections);
        told::told(&summary, &layers, args.max_distance).iter().for_each(|line| say!("{line}"));
    }
    Ok(args.incidents.status(&summary.tally, true))
}

/// The layer of the incidents in a GeoPackage.
const LAYER: &str = "incidents";

/// Where the incidents go: into a file, with a folder for temporary ones, or a layer, with a style.
enum To<'a> {
    File(&'a mut (dyn Write + Send), Option<PathBuf>),
    Layer(&'a mut Packages, Option<&'a str>),
}

/// What is done with the incidents.
struct Job<'a> {
    args: &'a Args,
    annotator: &'a Annotator,
    provenance: Option<Provenance>,
    regions: Option<RegionOutput<'a>>,
    connectors: Option<ConnectorOutput<'a>>,
    /// The form of the output where GeoJSON is read and written.
    text_form: Option<OutputForm>,
    form: TableForm,
}

impl Job<'_> {
    /// Reads, annotates and writes; the file has yet to take its place.
    fn run(
        self,
        source: IncidentSource,
        bad: BadIncidents<'_>,
        packages: &mut Packages,
        style: Option<&str>,
    ) -> Result<(Summary, Option<OutputFile>), Error> {
        let args = self.args;
        if is_standard(&args.output) {
            let mut out = BufWriter::new(std::io::stdout());
            let summary = self.write(source, bad, To::File(&mut out, None)).map_err(to_standard)?;
            out.flush().map_err(|e| Error::io("write standard output", e))?;
            return Ok((summary, None));
        }
        // What is wrong with an incident names its own file already.
        let in_output = |error: Error| error.in_file(args.output.display().to_string());
        if is_layer(&args.output) {
            packages.begin(&args.output)?;
            let summary = self.write(source, bad, To::Layer(packages, style)).map_err(in_output)?;
            return Ok((summary, None));
        }
        let mut out = OutputFile::create(&args.output, args.force)?;
        let scratch = outputs::folder_beside(&out);
        let summary = self.write(source, bad, To::File(&mut out, scratch)).map_err(in_output)?;
        Ok((summary, Some(out)))
    }

    fn write(self, source: IncidentSource, bad: BadIncidents<'_>, to: To<'_>) -> Result<Summary, Error> {
        let Job { args, annotator, provenance, regions, connectors, text_form, form } = self;
        // All borrows of the run end together.
        let regions = regions.map(|regions| RegionOutput::new(regions.form, &mut *regions.out));
        let connectors =
            connectors.map(|connectors| ConnectorOutput::new(connectors.form, &mut *connectors.out));
        let bad = match bad {
            BadIncidents::Reject(reject) => BadIncidents::Reject(&mut *reject),
            _ => BadIncidents::Stop,
        };
        let threads = args.threads;
        let mode = if args.quiet { progress::Mode::None } else { args.progress };
        let mut progress = Progress::new(mode, args.incidents.one()?);
        progress.follow(source.bytes_read());
        let mut update = |incidents| {
            progress.update(incidents);
            ControlFlow::Continue(())
        };
        match (source, text_form) {
            (IncidentSource::Text(stream), Some(form)) => {
                let To::File(out, _) = to else {
                    return Err(Error::argument("GeoJSON becomes a layer by way of its rows"));
                };
                let (crs, output_crs) = (args.incidents.crs(Some(&args.layers)), args.output_crs.clone());
                let run = LayerRun::new(form)
                    .with_provenance(provenance)
                    .with_threads(threads)
                    .with_bad(bad)
                    .with_crs(crs)
                    .with_output_crs(output_crs)
                    .with_regions(regions)
                    .with_connectors(connectors)
                    .with_progress(&mut update);
                annotate_layer(stream, annotator, run, out)
            }
            (IncidentSource::Rows(mut rows), _) => {
                let run = TableRun::new(form)
                    .with_provenance(provenance)
                    .with_threads(threads)
                    .with_bad(bad)
                    .with_regions(regions)
                    .with_connectors(connectors)
                    .with_progress(&mut update);
                match to {
                    To::File(out, scratch) => {
                        let mut run = run;
                        run.scratch = scratch;
                        annotate_table(&mut rows, annotator, run, out)
                    }
                    To::Layer(packages, style) => {
                        let name = layer_name(("--output", &args.output), LAYER);
                        packages.annotate(&args.output, &name, style, &mut rows, annotator, run)
                    }
                }
            }
            (IncidentSource::Text(_), None) => {
                Err(Error::argument("GeoJSON becomes a table by way of its rows"))
            }
            _ => Err(Error::argument("several files are annotated one by one")),
        }
    }
}

impl Args {
    /// No file is read and written at once, and standard input is read once.
    fn check_files(&self) -> Result<(), Error> {
        let inputs = self.layers.files().chain(self.incidents.inputs());
        let beside = [("--connectors", &self.drawn.connectors), ("--regions", &self.regions)];
        let beside = beside.into_iter().filter_map(|(name, path)| Some((name, path.as_deref()?)));
        let layers: Vec<Named<'_>> = [("--output", &*self.output)].into_iter().chain(beside).collect();
        let styles = self.drawn.style.paths(&layers)?;
        let styles = styles.iter().map(|path| ("--qml", &**path));
        let files = packages::files(&layers, LAYER)?;
        let own = self.incidents.outputs();
        outputs::check(
            inputs,
            &packages::named(&files).chain(own).chain(styles).collect::<Vec<_>>(),
            self.force,
        )
    }

    fn options(&self) -> Result<AnnotateOptions, Error> {
        Ok(AnnotateOptions::default()
            .with_locate(
                LocateOptions::default().with_count(self.count).with_max_distance_m(self.max_distance),
            )
            .with_prefix(self.prefix.clone())
            .with_replace(self.replace)
            .with_posts(self.layers.posts.is_some())
            .with_routes(self.layers.routes.is_some())
            .with_read(self.incidents.options(self.layers.zone.as_ref(), TimeUse::Service)?)
            .with_simplestyle(self.drawn.style.simplestyle)
            .with_mgrs(self.mgrs))
    }

    /// The layers that are written, for their styles: incidents, regions, connectors.
    fn styled<'s>(&'s self, layers: &Layers) -> [Option<(&'s Path, StyledLayer<'s>)>; 3] {
        let (prefix, corridors) = (self.prefix.as_str(), !layers.index.corridors().is_empty());
        let regions = self.regions.as_deref().map(|path| (path, StyledLayer::Regions { prefix }));
        let connectors = self.drawn.connectors.as_deref().map(|path| (path, StyledLayer::Connectors));
        let incidents = (self.output.as_path(), StyledLayer::Incidents { prefix, corridors });
        [Some(incidents), regions, connectors]
    }

    /// The form of a layer beside the output, where it is wanted.
    fn form_beside(&self, option: &str, path: Option<&PathBuf>) -> Result<Option<Form>, Error> {
        let Some(path) = path else { return Ok(None) };
        if is_standard(path) {
            return Err(Error::argument(format!(
                "{option} -, expected a file: standard output takes the incidents"
            )));
        }
        if self.output_crs.is_some() {
            let what = option.trim_start_matches('-');
            return Err(Error::argument(format!(
                "{option} with --output-crs, expected one of them: {what} are written in WGS84"
            )));
        }
        let named = |error: Error| {
            Error::argument(format!("{option}: {}", error.message())).in_file(path.display().to_string())
        };
        Form::of(path).map_err(named).map(Some)
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
