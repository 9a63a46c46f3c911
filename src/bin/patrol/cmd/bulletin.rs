//! `patrol bulletin`: what happened in a day, for people.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::incident::{IncidentReader, SourceRun, TimeUse};
use patrol_corridor::io::OutputFile;
use patrol_corridor::report::PeriodChoice;
use patrol_corridor::report::bulletin::{Bulletin, BulletinOptions, Contacts, Language, Notify, bulletin};

use crate::args::files::is_standard;
use crate::args::incidents::IncidentArgs;
use crate::args::layers::{LayerArgs, LayerProperties, metres};
use crate::args::outputs::{self, Named};
use crate::args::period::{PeriodArgs, day_without_zone};
use crate::term::{print_data, say};

/// Write the bulletin of a day in English or Persian, or as data: counts, locations, changes, contacts
///
/// The bulletin reads these properties of incidents: `time`, `type`, `status` (new, open, settled), `killed`,
/// `wounded`, `description` and `settled_with`. It reads the contacts from `notify` of posts, routes and corridors.
///
/// The incidents need no annotation: the command finds what is nearest, and leaves earlier annotations alone. All
/// tables add up. Incidents without a usable time or location are counted and listed.
#[derive(Debug, clap::Args)]
#[command(mut_arg("day", |arg| {
    arg.help("Day of the bulletin, from midnight to midnight in --zone [default: the last day with an incident in the data]")
        .long_help("Day of the bulletin, from midnight to midnight in --zone [default: the last day with an incident in the data]\n\nA \
            day needs --zone. The bulletin gives its hours in this zone too; of --from and --to in UTC without --zone.")
}))]
#[command(after_long_help = "Examples:\n  \
    patrol bulletin --posts posts.geojson --routes routes.geojson --incidents incidents.geojson \\\n                  \
    --day 2021-01-01 --zone Asia/Baku --output bulletin.md\n  \
    patrol bulletin ... --zone Asia/Baku --lang fa --output bulletin.html   the last day in the data\n  \
    patrol bulletin ... --from 2021-01-01T06:00+04:00 --to 2021-01-01T14:00+04:00 \\\n                  \
    --zone Asia/Baku --output shift.json")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    #[command(flatten)]
    period: PeriodArgs,
    /// List incidents farther than M metres from every post
    #[arg(long, value_name = "M", default_value_t = 10_000.0, value_parser = metres)]
    far: f64,
    /// Language of Markdown and HTML: en or fa
    #[arg(long, value_name = "en|fa", default_value_t = Language::English)]
    lang: Language,
    /// Output format [default: from the extension: .md, .html, .json or .csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Output file (`-` is standard output, with --format)
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Overwrite output files that exist (never an input)
    #[arg(long)]
    force: bool,
    /// Flush each output file to the disk before it gets its final name
    #[arg(long)]
    sync: bool,
}

/// A format of bulletins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// One HTML file that needs no network
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
    let crs = args.incidents.crs(Some(&args.layers));
    let Some(source) = args.incidents.open(crs.as_ref())? else {
        return Err(Error::argument("--incidents FILE is missing"));
    };
    let read = args.incidents.options(args.layers.zone.as_ref(), TimeUse::Required)?;
    let reader = IncidentReader::new(&layers.index, read);
    let mut files = args.incidents.begin(args.force)?;
    let bulletin = files.reading(|bad| {
        bulletin(
            source,
            &reader,
            contacts(properties),
            options,
            SourceRun::default().with_crs(crs).with_bad(bad),
        )
    })?;
    let tally = bulletin.tally();
    args.incidents.warn(tally, bulletin.reprojections());
    if is_default {
        let (from, to, zone) = bulletin.period();
        say!("patrol: the last day in the data: from {from} to {to} ({zone})");
    }
    let text = text(&bulletin, format, args.lang)?;
    let mut files = files.finish(tally)?;
    if is_standard(&args.output) {
        print_data(&text)?;
    } else {
        let mut out = OutputFile::create(&args.output, args.force)?;
        let fail = |e| Error::io("write it", e).in_file(args.output.display().to_string());
        out.write_all(text.as_bytes()).map_err(fail)?;
        files.push(out);
    }
    outputs::place(files, args.sync, None)?;
    args.incidents.tell(tally, bulletin.reprojections());
    // Whoever asks for a day misses what has none.
    let is_dated = tally.times.is_none_or(|times| times.without_time == 0);
    Ok(args.incidents.status(tally, is_dated))
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
    let mut contacts = Contacts::default().with_posts(posts).with_routes(routes);
    for (name, Notify(list)) in polygons {
        contacts.corridors.entry(name).or_default().extend(list);
    }
    contacts
}

impl Args {
    /// The format, once the arguments are held against each other.
    fn checked(&self) -> Result<Format, Error> {
        let format = self.format.or_else(|| Format::of(&self.output)).ok_or_else(|| {
            Error::argument("the extension tells no format; use .md, .html, .json or .csv, or --format")
                .in_file(self.output.display().to_string())
        })?;
        let inputs = self.layers.files().chain(self.incidents.inputs());
        let written: Vec<Named<'_>> =
            [("--output", &*self.output)].into_iter().chain(self.incidents.outputs()).collect();
        outputs::check(inputs, &written, self.force)?;
        Ok(format)
    }

    fn options(&self) -> Result<BulletinOptions, Error> {
        let zone = self.layers.zone.as_ref();
        let period = match self.period.read(zone)? {
            None if zone.is_none() => return Err(day_without_zone()),
            period => period.unwrap_or_default(),
        };
        let of_hours = zone.cloned().map_or_else(|| "UTC".parse(), Ok)?;
        Ok(BulletinOptions::new(of_hours).with_period(period).with_far_m(self.far))
    }
}
