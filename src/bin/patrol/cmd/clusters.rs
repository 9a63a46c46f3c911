//! `patrol clusters`: are incidents that are near each other also soon after each other?

use std::process::ExitCode;

use patrol_corridor::analysis::{ClusterOptions, SpaceTimeClusters, space_time_clusters};
use patrol_corridor::incident::{IncidentReader, SourceRun, TimeUse, incidents};
use patrol_corridor::time::{Timestamp, When, Zone};
use patrol_corridor::{Edges, Error, PatrolIndex};

use crate::args::incidents::IncidentArgs;
use crate::args::layers::length_m;
use crate::args::outputs;
use crate::term::{Page, say};

/// Test whether incidents close in space are also close in time (Knox test)
///
/// The test counts the pairs of incidents that are close in both space and time. It compares the count with chance: it
/// shuffles the times among the locations, again and again. With several distances or times, the result is a table of
/// near repeats, one row for each band.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub struct Args {
    #[command(flatten)]
    incidents: IncidentArgs,
    /// Greatest distance between close incidents, in metres or with a unit; several make bands
    ///
    /// Give several in ascending order: 200,500,1000 is 0 to 200, over 200 to 500, and over 500 to 1000.
    #[arg(long, value_name = "M,...", value_delimiter = ',', required = true, value_parser = near)]
    within: Vec<f64>,
    /// Greatest time between close incidents, in days; several make bands
    #[arg(long, value_name = "D,...", value_delimiter = ',', required = true, value_parser = soon)]
    days: Vec<f64>,
    /// How often to shuffle the times
    #[arg(long, value_name = "N", default_value_t = 999)]
    permutations: usize,
    /// Seed of the shuffles: the same seed gives the same answer
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Time zone for times without one: an IANA name (`Asia/Baku`) or an offset (`+04:00`)
    ///
    /// Without it, a local time among the incidents is an error.
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Option<Zone>,
    /// Number of threads [default: as many as the machine has]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

fn near(text: &str) -> Result<f64, String> {
    not_negative(length_m(text), "a length")
}

fn soon(text: &str) -> Result<f64, String> {
    not_negative(text.trim().parse().ok(), "a number")
}

fn not_negative(found: Option<f64>, what: &str) -> Result<f64, String> {
    found
        .filter(|end| *end >= 0.0 && end.is_finite())
        .ok_or_else(|| format!("expected {what} that is not negative, or several with `,` between them"))
}

const AFTER_LONG_HELP: &str = "Examples:\n  \
    patrol clusters --incidents incidents.geojson --within 500 --days 3\n  \
    patrol clusters --incidents log.csv --zone Asia/Baku --within 200,500,1000 --days 2,7,14 \\\n                  \
    --permutations 9999\n\n\
    Incidents at the same position or at the same time are pairs like all others. A date without a time of \
    day counts as its noon: --days 0 is then the same day, and 1 also the next day.\n\n\
    Only incidents at one position are counted. The exit status is 1 if some incidents have a time that \
    can't be read.";

const CAUTION: &str = "\
A small p says only that near pairs are soon more often than when times are dealt out by chance. It is no forecast, and
names no cause. Where people, posts, patrols or reporting have moved during the time of the data, that alone makes near
pairs soon (Kulldorff and Hjalmars 1999). Distances and times are to be chosen before looking; of 20 bands one has p <= 0.05
by chance.
";

pub fn run(args: &Args) -> Result<ExitCode, Error> {
    args.incidents.check_summary("the table")?;
    outputs::check(args.incidents.inputs(), &args.incidents.outputs().collect::<Vec<_>>(), false)?;
    let index = PatrolIndex::new(Vec::new(), Vec::new(), Edges::Planar)?;
    let reader = IncidentReader::new(&index, args.incidents.options(args.zone.as_ref(), TimeUse::Required)?);
    let Some(source) = args.incidents.open(args.incidents.crs(None).as_ref())? else {
        return Err(Error::argument("--incidents FILE is missing"));
    };
    let mut files = args.incidents.begin(false)?;
    let (mut events, mut dates, mut inexact, mut several) = (Vec::new(), 0, 0, 0);
    let (tally, reprojections) = files.reading(|bad| {
        let run =
            SourceRun::default().with_threads(args.threads).with_crs(args.incidents.crs(None)).with_bad(bad);
        incidents(source, &reader, run, &mut |incident| {
            let Some((at, is_date)) = time(incident.reading.when.as_ref()) else { return Ok(()) };
            if !incident.reading.location.is_exact() {
                inexact += u64::from(incident.reading.location.region().is_some());
                return Ok(());
            }
            match incident.reading.location.positions()[..] {
                [position] => {
                    dates += u64::from(is_date);
                    events.push((position, at));
                }
                _ => several += 1,
            }
            Ok(())
        })
    })?;
    args.incidents.warn(&tally, &reprojections);
    let times_s = args.days.iter().map(|days| 86_400.0 * days).collect();
    let options = ClusterOptions::new(args.within.clone(), times_s)
        .with_permutations(args.permutations)
        .with_seed(args.seed)
        .with_threads(args.threads);
    let found = space_time_clusters(&events, &options)?;
    outputs::place(files.finish(&tally)?, false, Some(&table(&found)))?;
    args.incidents.tell(&tally, &reprojections);
    say!(
        "counted {} (by a date alone {dates}); not counted: in a region {inexact}, at several positions {several}, and \
         those without a time or a location",
        events.len()
    );
    say!("permutations {}, seed {}", args.permutations, args.seed);
    Ok(args.incidents.status(&tally, true))
}

/// The instant of an incident, and whether it stands for a day.
fn time(when: Option<&When>) -> Option<(Timestamp, bool)> {
    let when = when?;
    Some((when.instant()?, matches!(when, When::Day(_))))
}

fn table(found: &SpaceTimeClusters) -> Page {
    let single = found.bands.len() == 1;
    let sum = |counts: &[u64]| counts.iter().sum::<u64>();
    let mut page = Page::default();
    page.line(format!(
        "incidents {}, pairs {}: near {}, soon {}",
        found.incidents,
        found.pairs,
        sum(&found.near_pairs),
        sum(&found.soon_pairs)
    ));
    page.gap();
    let header = ["distance", "time", "pairs", "expected", "ratio", "p", "p (Poisson)"];
    let mut rows = vec![header.map(str::to_owned)];
    // The first band has its near end as well.
    let range = |from: f64, to: f64, first: f64, unit: &str| {
        if to == first { format!("0 to {to} {unit}") } else { format!("over {from} to {to} {unit}") }
    };
    let (first_m, first_s) = found.bands.first().map_or((0.0, 0.0), |band| (band.to_m, band.to_s));
    for band in &found.bands {
        rows.push([
            range(band.from_m, band.to_m, first_m, "m"),
            range(band.from_s / 86_400.0, band.to_s / 86_400.0, first_s / 86_400.0, "d"),
            band.observed.to_string(),
            format!("{:.2}", band.expected),
            band.ratio().map_or("-".to_owned(), |ratio| format!("{ratio:.2}")),
            format!("{:.4}", band.p_value),
            match band.poisson_p_value() {
                p if p < 1e-99 => "< 1e-99".to_owned(),
                p if p < 1e-4 => format!("{p:.0e}"),
                p => format!("{p:.4}"),
            },
        ]);
    }
    if !single {
        // The Poisson law is that of Knox's one distance and one time.
        rows.iter_mut().for_each(|row| row[6].clear());
    }
    page.table(&rows);
    page.gap();
    CAUTION.lines().for_each(|line| page.line(line));
    page
}
