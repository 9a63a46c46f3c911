//! `patrol bulletin`: what happened in a day, for people.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, LayerRun, OutputForm, TableForm, TableRun, annotate_layer, annotate_table,
};
use patrol_corridor::io::OutputFile;
use patrol_corridor::model::{Day, Instant};
use patrol_corridor::report::bulletin::{
    Bulletin, BulletinMaker, BulletinOptions, Contacts, Language, Notify, PeriodChoice,
};

use crate::formats::{Formats, rows};
use crate::layers::{LayerArgs, LayerProperties, is_standard, metres, stream, to_standard};
use crate::outputs;
use crate::described::{SightingArgs, warn_of_columns};
use crate::systems::{self, refuse_in_tables};
use crate::term::say;

/// The bulletin of a day: how many, where, how it changed, whom to tell; in words of English or Persian, or as data
///
/// Incidents are annotated on the way, with whatever annotation they have already left alone. Their properties `time`,
/// `type`, `status` (new, open, settled), `killed`, `wounded`, `description` and `settled_with` are read, and `notify` of posts,
/// routes and corridors. All tables add up; incidents without a usable time or place are counted and named.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol bulletin --posts posts.geojson --routes routes.geojson --incidents incidents.geojson \\\n                  \
    --day 2021-01-01 --zone Asia/Baku --output bulletin.md\n  \
    patrol bulletin ... --zone Asia/Baku --lang fa --output bulletin.html   of the data's last day\n  \
    patrol bulletin ... --from 2021-01-01T06:00+04:00 --to 2021-01-01T14:00+04:00 \\\n                  \
    --zone Asia/Baku --output shift.json")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    /// Incidents: GeoJSON or a table, as `annotate` reads them (`-` is standard input)
    #[arg(long, value_name = "FILE")]
    incidents: PathBuf,
    /// The day, from midnight to midnight in the zone of --zone, in which hours are told too [default: the last day of which the data have an incident]
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with_all = ["from", "to"])]
    day: Option<Day>,
    /// The first instant of the period: RFC 3339, or local time in the zone of --zone; without one hours are told in UTC
    #[arg(long, value_name = "TIME", requires = "to")]
    from: Option<String>,
    /// Its end, which is not in it
    #[arg(long, value_name = "TIME", requires = "from")]
    to: Option<String>,
    /// Property of the incidents that holds the time: RFC 3339, local with --zone, or with it a date, which counts in a
    /// period that has all of that day
    #[arg(long, value_name = "FIELD", default_value = "time")]
    time_field: String,
    /// Incidents farther than M metres from every post are named
    #[arg(long, value_name = "M", default_value_t = 10_000.0, value_parser = metres)]
    far: f64,
    /// Language of Markdown and HTML: en or fa
    #[arg(long, value_name = "en|fa", default_value_t = Language::English)]
    lang: Language,
    /// Format [default: by the extension of the output: .md, .html, .json, .csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// File to write (`-` is standard output)
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    sightings: SightingArgs,
    /// Replace the output if it exists (never an input)
    #[arg(long)]
    force: bool,
    /// Flush the output to the disk before it takes its name
    #[arg(long)]
    sync: bool,
}

/// A format of bulletins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// One HTML file that refers to nothing outside
    Html,
    /// One JSON object
    Json,
    /// One long table
    Csv,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Some(match extension.as_str() {
            "md" | "markdown" => Format::Md,
            "html" | "htm" => Format::Html,
            "json" => Format::Json,
            "csv" => Format::Csv,
            _ => return None,
        })
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let format = args.checked()?;
    let options = args.options()?;
    let is_default = options.period == PeriodChoice::LastDay;
    let (layers, properties) = args.layers.read_with::<Notify>()?;
    layers.tell_reprojections();
    let mut maker = BulletinMaker::new(&layers.area, contacts(properties), options);
    let annotate = AnnotateOptions { sightings: args.sightings.options()?, ..maker.annotate_options() };
    let annotator = Annotator::new(&layers.area, annotate);
    args.annotate(&annotator, &mut maker)?;
    let bulletin = maker.finish().map_err(|error| match error.is_argument() {
        true => error,
        false => error.in_file(args.incidents.display().to_string()),
    })?;
    if is_default {
        let (from, to, zone) = bulletin.period();
        say!("patrol: the last day in the data: from {from} to {to} ({zone})");
    }
    args.write(&text(&bulletin, format, args.lang)?)?;
    Ok(ExitCode::SUCCESS)
}

fn text(bulletin: &Bulletin, format: Format, language: Language) -> Result<String, Error> {
    Ok(match format {
        Format::Md => bulletin.markdown(language),
        Format::Html => bulletin.html(language),
        Format::Json => bulletin.json()?,
        Format::Csv => bulletin.csv(),
    })
}

fn contacts(properties: LayerProperties<Notify>) -> Contacts {
    let LayerProperties { posts, routes, corridors: polygons } = properties;
    let mut contacts = Contacts { posts, routes, ..Contacts::default() };
    for (name, Notify(list)) in polygons {
        contacts.corridors.entry(name).or_default().extend(list);
    }
    contacts
}

impl Args {
    /// The format, once the arguments are held against each other.
    fn checked(&self) -> Result<Format, Error> {
        let format = self.format.or_else(|| Format::of(&self.output)).ok_or_else(|| {
            Error::argument(
                "found an output that tells no format, expected .md, .html, .json or .csv, or --format",
            )
            .in_file(self.output.display().to_string())
        })?;
        let inputs = self.layers.files().chain([&self.incidents]).chain(&self.sightings.precision_classes);
        outputs::check(inputs, &[("--output", &self.output)], self.force)?;
        Ok(format)
    }

    fn options(&self) -> Result<BulletinOptions, Error> {
        let zone = self.layers.zone.as_ref();
        let instant = |option: &str, text: &str| {
            let read = Instant::read(text, zone);
            read.map_err(|error| Error::argument(format!("{option}: {}", error.message())))
        };
        let period = match (self.day, &self.from, &self.to) {
            (Some(day), ..) => PeriodChoice::Day(day),
            (None, Some(from), Some(to)) => {
                PeriodChoice::Between(instant("--from", from)?, instant("--to", to)?)
            }
            _ => PeriodChoice::LastDay,
        };
        if zone.is_none() && !matches!(period, PeriodChoice::Between(..)) {
            return Err(Error::argument(
                "found a day without a zone, expected --zone, as --zone Asia/Baku or --zone +04:00: a day begins at \
                 its midnight",
            ));
        }
        let of_hours = zone.cloned().map_or_else(|| "UTC".parse(), Ok)?;
        Ok(BulletinOptions {
            period,
            data_zone: self.layers.zone.clone(),
            time_field: self.time_field.clone(),
            far_m: self.far,
            ..BulletinOptions::new(of_hours)
        })
    }

    /// Sends all incidents to the bulletin, annotated.
    fn annotate(&self, annotator: &Annotator<'_>, maker: &mut BulletinMaker<'_>) -> Result<(), Error> {
        let path = &self.incidents;
        let formats = Formats::to_lines(path)?;
        let crs = self.layers.systems.other(None);
        let summary = if formats.text_to_text().is_some() {
            annotate_layer(
                stream(path)?,
                annotator,
                LayerRun { crs, ..LayerRun::new(OutputForm::Lines) },
                maker,
            )?
        } else {
            refuse_in_tables(crs.as_ref(), "incidents that are a table")?;
            let mut rows = rows(&formats, path, 0)?;
            warn_of_columns(&path.display().to_string(), &rows);
            annotate_table(
                &mut rows,
                annotator,
                TableRun::new(TableForm::Features(OutputForm::Lines)),
                maker,
            )?
        };
        systems::warn(&path.display().to_string(), &summary.reprojections);
        Ok(())
    }

    fn write(&self, text: &str) -> Result<(), Error> {
        if is_standard(&self.output) {
            let mut out = std::io::stdout().lock();
            let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            return written.map_err(|e| to_standard(Error::io("write it", e)));
        }
        let mut out = OutputFile::create(&self.output, self.force)?;
        let shown = || self.output.display().to_string();
        out.write_all(text.as_bytes()).map_err(|e| Error::io("write it", e).in_file(shown()))?;
        outputs::place(vec![out], self.sync, None)
    }
}
