//! `patrol bulletin`: what happened in a day, for people.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patrol_corridor::Error;
use patrol_corridor::incident::{IncidentReader, SourceRun, TimeUse};
use patrol_corridor::io::OutputFile;
use patrol_corridor::report::PeriodChoice;
use patrol_corridor::report::bulletin::{Bulletin, BulletinOptions, Contacts, Notify, Wording, bulletin};
use patrol_corridor::time::Timestamp;

use crate::args::files::is_standard;
use crate::args::incidents::IncidentArgs;
use crate::args::layers::{LayerArgs, LayerProperties, metres};
use crate::args::outputs::{self, Named};
use crate::args::period::{PeriodArgs, day_without_zone, instant_or_midnight};
use crate::args::title_block::TitleBlockArgs;
use crate::args::wording::WordingArgs;
use crate::term::{print_data, say};

/// Write the bulletin of a day, a week or a month, for people or as data: incidents, trend, counts, contacts
///
/// The bulletin reads these properties of incidents: `time`, `type`, `status` (new, open, active, pending, ongoing;
/// settled, closed, resolved, done), `killed`, `wounded`, `description` and `settled_with`. It reads the contacts from `notify` of posts, routes and corridors.
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
    patrol bulletin ... --zone Asia/Baku --week --lang fa --output week.html\n  \
    patrol bulletin ... --from 2021-01-01T06:00+04:00 --to 2021-01-01T14:00+04:00 \\\n                  \
    --zone Asia/Baku --output shift.json")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    incidents: IncidentArgs,
    #[command(flatten)]
    period: PeriodArgs,
    /// Time up to which the log is complete [default: now]
    ///
    /// A day, week or month that ends later is called unfinished ("to date"), and is compared with as much of each earlier one.
    #[arg(long, value_name = "TIME")]
    data_until: Option<String>,
    /// Show on the strips of routes what no post sees within M metres
    #[arg(long, value_name = "M", value_parser = metres)]
    radius: Option<f64>,
    /// List incidents farther than M metres from every post
    #[arg(long, value_name = "M", default_value_t = 10_000.0, value_parser = metres)]
    far: f64,
    #[command(flatten)]
    wording: WordingArgs,
    #[command(flatten)]
    title_block: TitleBlockArgs,
    /// Fill a template of Jinja with the figures, whose members are those of the JSON
    ///
    /// The output may have any extension. What the template asks for must be there.
    #[cfg(feature = "templates")]
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    template: Option<PathBuf>,
    /// Output format [default: from the extension: .md, .html, .docx, .json or .csv]
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
    /// A document of Word
    #[cfg(feature = "docx")]
    Docx,
    /// One JSON object
    Json,
    /// One long table
    Csv,
}

impl Format {
    /// Whether it shows a map and charts.
    fn has_pictures(self) -> bool {
        match self {
            Format::Html => true,
            #[cfg(feature = "docx")]
            Format::Docx => true,
            _ => false,
        }
    }

    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Some(match extension.as_str() {
            "md" | "markdown" => Format::Md,
            "html" | "htm" => Format::Html,
            #[cfg(feature = "docx")]
            "docx" => Format::Docx,
            "json" => Format::Json,
            "csv" => Format::Csv,
            _ => return None,
        })
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    let format = args.checked()?;
    let options = args.options()?.with_map(format.has_pictures());
    let wording = args.wording.read()?;
    let last = match options.period {
        PeriodChoice::LastDay => Some("day"),
        PeriodChoice::Week { of: None, .. } => Some("week"),
        PeriodChoice::Month { of: None } => Some("month"),
        _ => None,
    };
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
    if let Some(last) = last {
        let (from, to, zone) = bulletin.period();
        say!("patrol: the last {last} in the data: from {from} to {to} ({zone})");
    }
    let text = match args.template()? {
        #[cfg(feature = "templates")]
        Some((name, template)) => bulletin.render(&name, &template)?.into_bytes(),
        _ => text(&bulletin, format, wording)?,
    };
    let mut files = files.finish(tally)?;
    if is_standard(&args.output) {
        print_data(&text)?;
    } else {
        let mut out = OutputFile::create(&args.output, args.force)?;
        let fail = |e| Error::io("write it", e).in_file(args.output.display().to_string());
        out.write_all(&text).map_err(fail)?;
        files.push(out);
    }
    outputs::place(files, args.sync, None)?;
    args.incidents.tell(tally, bulletin.reprojections());
    // Whoever asks for a day misses what has none.
    let is_dated = tally.times.is_none_or(|times| times.without_time == 0);
    Ok(args.incidents.status(tally, is_dated))
}

fn text(bulletin: &Bulletin, format: Format, wording: Wording) -> Result<Vec<u8>, Error> {
    let text = match format {
        Format::Md => bulletin.markdown(wording),
        Format::Html => bulletin.html(wording),
        Format::Json => bulletin.json()?,
        Format::Csv => bulletin.csv(),
        #[cfg(feature = "docx")]
        Format::Docx => return bulletin.docx(wording),
    };
    Ok(text.into_bytes())
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
    /// The template and what it is called.
    #[cfg(feature = "templates")]
    fn template(&self) -> Result<Option<(String, String)>, Error> {
        let Some(path) = &self.template else { return Ok(None) };
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io("read it", e).in_file(&*name))?;
        Ok(Some((name, text)))
    }

    #[cfg(not(feature = "templates"))]
    fn template(&self) -> Result<Option<(String, String)>, Error> {
        Ok(None)
    }

    /// The files that are read beside layers and incidents.
    fn files(&self) -> impl Iterator<Item = &PathBuf> {
        #[cfg(feature = "templates")]
        let template = self.template.as_ref();
        #[cfg(not(feature = "templates"))]
        let template = None;
        self.wording.files().chain(template)
    }

    /// Whether the extension of the output says nothing of its format.
    fn is_template(&self) -> bool {
        #[cfg(feature = "templates")]
        return self.template.is_some();
        #[cfg(not(feature = "templates"))]
        false
    }

    /// The format, once the arguments are held against each other.
    fn checked(&self) -> Result<Format, Error> {
        let format = self.format.or_else(|| Format::of(&self.output));
        let format = format.or_else(|| self.is_template().then_some(Format::Json)).ok_or_else(|| {
            Error::argument(
                "the extension tells no format; use .md, .html, .docx, .json or .csv, or --format",
            )
            .in_file(self.output.display().to_string())
        })?;
        let inputs = self.layers.files().chain(self.incidents.inputs()).chain(self.files());
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
        let until = match &self.data_until {
            Some(text) => instant_or_midnight("--data-until", text, zone)?,
            None => Timestamp::now(),
        };
        Ok(BulletinOptions::new(of_hours)
            .with_period(period)
            .with_data_until(until)
            .with_week_start(self.period.week_start)
            .with_radius_m(self.radius)
            .with_title_block(self.title_block.read())
            .with_far_m(self.far))
    }
}
