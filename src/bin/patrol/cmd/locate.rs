//! `patrol locate`: one report, on the spot: its region, and what may be nearest there.

use std::process::ExitCode;

use patrol_corridor::analysis::{Candidates, locate_uncertain, region_geometry};
use patrol_corridor::annotate::Annotation;
use patrol_corridor::described::{Described, DescribedReader, DescribedTexts, NotLocated, Refusal, joined};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::number::fixed;
use patrol_corridor::region::{DescribedLocation, DescribedRegion, LocationForm};
use patrol_corridor::time::{Day, TimeSpan, Timestamp, Zone};
use patrol_corridor::{Error, IncidentGeometry, PatrolIndex, io};

use crate::args::at_time::{instant, tell_periods};
use crate::args::described::{CommonArgs, HEADING};
use crate::args::feature_output::FeatureOutputArgs;
use crate::args::layers::LayerArgs;
use crate::args::position::position;
use crate::lines::{area_text, length_text, share_text};
use crate::term::{Page, say};

/// Turn a report such as "2-7 km NNE of OP-07" into an area, and list the posts and routes that may be nearest to it
///
/// Describe the location by a direction and a distance from a post, a position with an uncertainty, a grid reference,
/// or a chainage along a route. Observations from several posts make a fix.
///
/// With --output, the command writes one feature. Its geometry is the region; its properties are the members of `patrol
/// annotate`. The members of the nearest post and route refer to the reference point of the region. Without --output,
/// the command prints a text for people.
#[derive(Debug, clap::Args)]
#[command(mut_arg("output", |arg| arg.required(false)))]
#[command(after_long_help = "Examples:\n  \
    patrol locate --posts posts.geojson --from OP-07 --bearing NNE --distance 2km..7km\n  \
    patrol locate --posts posts.geojson --from OP-07 --bearing 43 --from OP-08 --bearing 118 \\\n                \
    --output fix.geojson\n  \
    patrol locate --posts posts.geojson --routes routes.geojson --mgrs '38T NK 12 34' \\\n                \
    --output square.geojson\n  \
    patrol locate --posts posts.geojson --from OP-07 --bearing 43 --time '2020-10-04 13:45' \\\n                \
    --zone Asia/Baku\n  \
    patrol locate --posts posts.geojson --at 46.75,39.82 --uncertainty 25km\n  \
    patrol locate --posts posts.geojson --routes routes.geojson --route R3 --chainage 12.4km \\\n                \
    --chainage-tolerance 200")]
pub struct Args {
    #[command(flatten)]
    layers: LayerArgs,
    #[command(flatten)]
    report: Report,
    #[command(flatten)]
    described: CommonArgs,
    #[command(flatten)]
    output: Option<FeatureOutputArgs>,
}

/// One report.
#[derive(Debug, clap::Args)]
struct Report {
    /// Id of the post that observed the incident; repeat it for each further observation of the same incident
    ///
    /// Repeat --bearing, --bearing-tolerance, --distance and --north as often and in the same order ('' for none), or
    /// give them once for all.
    #[arg(long, help_heading = HEADING, value_name = "ID", group = "where")]
    from: Vec<String>,
    /// Direction from the post: one of 16 compass points, or degrees
    #[arg(long, help_heading = HEADING, value_name = "NNE|DEG", requires = "from")]
    bearing: Vec<String>,
    /// Tolerance of the bearing to either side, in degrees [default: 11.25 for a compass point, 5 for degrees]
    ///
    /// In a fix it is one standard deviation, and the default for degrees is 1.
    #[arg(long, help_heading = HEADING, value_name = "DEG", requires = "bearing")]
    bearing_tolerance: Vec<String>,
    /// Distance from the post, or two limits, in metres or with a unit
    ///
    /// One number is good to half of its last digit, and at most to a quarter of its value: `2 km` is 1.5 to 2.5 km.
    #[arg(long, help_heading = HEADING, value_name = "2km..7km", requires = "from")]
    distance: Vec<String>,
    /// North that the bearing refers to [default: true]
    #[arg(long, help_heading = HEADING, value_name = "true|grid|magnetic", requires = "bearing")]
    north: Vec<String>,
    /// Time of the incident: RFC 3339, or local time with --zone
    ///
    /// Only posts and routes in service at this time can be nearest (from `active_from` to `active_to`). Magnetic north
    /// is that of the day. A date is enough if no post or route has a period of service.
    #[arg(long, help_heading = HEADING, value_name = "TIME")]
    time: Option<String>,
    /// MGRS reference; its digits give the size of the square
    #[arg(long, help_heading = HEADING, value_name = "REFERENCE", group = "where")]
    mgrs: Option<String>,
    /// UTM reference: zone, hemisphere, easting and northing
    #[arg(long, help_heading = HEADING, value_name = "REFERENCE", group = "where")]
    utm: Option<String>,
    /// Latitude and longitude in degrees, minutes and seconds
    #[arg(
        long,
        help_heading = HEADING,
        value_name = "POSITION",
        group = "where",
        allow_hyphen_values = true
    )]
    dms: Option<String>,
    /// LON,LAT in degrees; or degrees and minutes with letters (40°04'N 46°48'E), MGRS or UTM
    #[arg(
        long,
        help_heading = HEADING,
        value_name = "POSITION",
        group = "where",
        allow_hyphen_values = true
    )]
    at: Option<String>,
    /// How far the position or grid reference may be off, in metres or with a unit
    #[arg(long, help_heading = HEADING, value_name = "M")]
    uncertainty: Option<String>,
    /// Id of the route that --chainage refers to
    #[arg(long, help_heading = HEADING, value_name = "ID", requires = "chainage", group = "where")]
    route: Option<String>,
    /// Distance along the route from its first vertex, or two limits, in metres or with a unit
    #[arg(long, help_heading = HEADING, value_name = "12.4km", requires = "route")]
    chainage: Option<String>,
    /// Tolerance of the chainage, either way along the route
    #[arg(long, help_heading = HEADING, value_name = "M", requires = "chainage")]
    chainage_tolerance: Option<String>,
    /// Distance from the route
    #[arg(long, help_heading = HEADING, value_name = "M", requires = "chainage")]
    offset: Option<String>,
    /// Side of the route, facing increasing chainage
    #[arg(long, help_heading = HEADING, value_name = "left|right", requires = "chainage")]
    side: Option<String>,
}

/// The names of the fields, and the options that stand for them.
const OPTIONS: [(&str, &str); 16] = [
    ("observer_post", "--from"),
    ("bearing", "--bearing"),
    ("bearing_tolerance_deg", "--bearing-tolerance"),
    ("distance_m", "--distance"),
    ("north", "--north"),
    ("time", "--time"),
    ("mgrs", "--mgrs"),
    ("utm", "--utm"),
    ("dms", "--dms"),
    ("uncertainty_m", "--uncertainty"),
    ("route_id", "--route"),
    ("chainage_m", "--chainage"),
    ("chainage_tolerance_m", "--chainage-tolerance"),
    ("offset_m", "--offset"),
    ("side", "--side"),
    // Of no option, but told of with several at once.
    ("position", "--at"),
];

impl Report {
    /// The options as the fields of a described location.
    fn texts(&self) -> DescribedTexts<'static> {
        let mut texts = DescribedTexts::default();
        let several = [&self.from, &self.bearing, &self.bearing_tolerance, &self.distance, &self.north];
        for ((name, _), values) in OPTIONS.iter().zip(several) {
            texts.set(name, values.join(";"));
        }
        let single = [
            &self.time,
            &self.mgrs,
            &self.utm,
            &self.dms,
            &self.uncertainty,
            &self.route,
            &self.chainage,
            &self.chainage_tolerance,
            &self.offset,
            &self.side,
        ];
        for ((name, _), value) in OPTIONS[several.len()..].iter().zip(single) {
            texts.set(name, value.clone().unwrap_or_default());
        }
        texts
    }

    fn place(&self) -> Result<IncidentGeometry, Error> {
        self.at
            .as_ref()
            .map_or(Ok(IncidentGeometry::None), |at| position("--at", at).map(IncidentGeometry::Point))
    }

    /// When it was, where that makes a difference.
    fn instant(&self, zone: Option<&Zone>, index: &PatrolIndex) -> Result<Option<Timestamp>, Error> {
        match &self.time {
            // Enough for the declination.
            Some(text) if text.trim().parse::<Day>().is_ok() && !index.has_service_periods() => Ok(None),
            Some(text) => instant(text, zone).map(Some),
            None => Ok(None),
        }
    }

    /// Posts and routes that the report names and that were not in service: people report all the same.
    fn tell_out_of_service(&self, index: &PatrolIndex, time: Timestamp) {
        let posts = index.posts().iter().map(|post| ("--from", &post.id, &post.service));
        let routes = index.routes().iter().map(|route| ("--route", &route.id, &route.service));
        for (option, id, service) in posts.chain(routes).filter(|(.., service)| !service.contains(time)) {
            let is_named = match option {
                "--from" => self
                    .from
                    .iter()
                    .any(|from| from == id.as_str() || from.split(';').any(|one| one.trim() == id.as_str())),
                _ => self.route.as_deref() == Some(id.as_str()),
            };
            if is_named {
                let bound = |word: &str, at: Option<Timestamp>| {
                    at.map_or(String::new(), |at| format!(" {word} {at}"))
                };
                let (from, to) = (bound("from", service.from()), bound("to", service.to()));
                say!(
                    "patrol: warning: {option} {id}: in service{from}{to} and not at {time}; taken all the same"
                );
            }
        }
    }

    /// The described location that the options name.
    fn read(&self, reader: &DescribedReader, index: &PatrolIndex) -> Result<Described, Error> {
        let place = self.place()?;
        // The parser does not ask for --from beside what excludes it.
        if let (true, Some(found)) = (self.from.is_empty(), self.bearing.iter().chain(&self.distance).next())
        {
            return Err(Error::argument(format!(
                "`{found}` as --bearing or --distance without --from, expected the id of the post that it was \
                 observed from, and no other place beside that"
            )));
        }
        // What is wrong with a field is told of its option.
        let named = |refusal: Refusal| match refusal {
            Refusal::Unreadable(error) => match OPTIONS.iter().find(|(name, _)| error.path() == Some(name)) {
                Some((_, option)) => Error::argument(format!("{option}: {}", error.message())),
                None => Error::argument(error.message()),
            },
            Refusal::NotLocated(why @ NotLocated::UnknownRoute { .. }) => {
                let hint = if index.routes().is_empty() { "; --routes gives a layer" } else { "" };
                Error::argument(format!("--route: {why}{hint}"))
            }
            Refusal::NotLocated(why @ NotLocated::UnknownPost { .. }) => {
                let hint = if index.posts().is_empty() { "; --posts gives a layer" } else { "" };
                Error::argument(format!("--from: {why}{hint}"))
            }
            Refusal::NotLocated(why) => Error::argument(format!("--from: {why}")),
        };
        match (reader.read(&self.texts(), &place).map_err(named)?, place) {
            (Some(described), _) => Ok(described),
            (None, IncidentGeometry::Point(at)) => Ok(Described::of(DescribedLocation::position(at))),
            (None, _) => Err(Error::argument(
                "no report, expected one of --from, --mgrs, --utm, --dms, --at or --route: see --help",
            )),
        }
    }
}

pub fn run(args: Args) -> Result<ExitCode, Error> {
    if let Some(output) = &args.output {
        output.check(args.layers.files().chain(args.described.input()), &[], None, &[])?;
    }
    let layers = args.layers.read()?;
    layers.tell_reprojections();
    let index = &layers.index;
    let described = args.report.read(&DescribedReader::new(index, args.described.options()?), index)?;
    let region = described.location.region();
    let time = args.report.instant(args.layers.zone.as_ref(), index)?;
    match time {
        Some(time) => args.report.tell_out_of_service(index, time),
        None => tell_periods(index),
    }
    let at = time.map(TimeSpan::from);
    let mut options = LocateOptions::default();
    options.at = at;
    let located = index.locate(region.reference(), &options);
    let answer = locate_uncertain(index, region, at);
    match &args.output {
        Some(output) => {
            let members = Annotation::new(index, &located, &options).with_described(&described, &answer);
            let properties = format!("{{{}}}", members.json_members());
            output.write(&[io::feature_with(&region_geometry(region), None, &properties)?])?;
        }
        None => {
            let mut page = Page::default();
            heading(&mut page, &described);
            candidates(&mut page, index, &answer.posts, "post");
            candidates(&mut page, index, &answer.routes, "route");
            if time.is_some() && answer.posts.list.is_empty() && answer.routes.list.is_empty() {
                page.gap();
                page.line("Nothing that was in service then");
            }
            if let Some(share) = answer.corridor_share {
                page.gap();
                page.line(format!("{} of it inside a corridor", share_text(share, 1.0)));
            }
            page.print()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is reported.
pub fn heading(page: &mut Page, described: &Described) {
    let location = &described.location;
    let size = match location.region() {
        _ if location.form() == LocationForm::Position => String::new(),
        DescribedRegion::Interval(interval) => format!(", {} long", length_text(interval.length_m())),
        region => format!(", {}", area_text(region.area_km2())),
    };
    let at = location.region().reference();
    let [lon, lat] = [at.lon_deg(), at.lat_deg()].map(|degrees| fixed(degrees, 6));
    page.line(format!("{}{size} about {lon}, {lat} (longitude, latitude)", location.form()));
    for (what, text) in [("in doubt", joined(&described.warnings)), ("assumed", joined(&described.assumed))] {
        if let Some(text) = text {
            page.line(format!("{what}: {text}"));
        }
    }
}

/// The posts or routes that may be the nearest.
fn candidates(page: &mut Page, index: &PatrolIndex, found: &Candidates, what: &str) {
    let Some(first) = found.list.first() else { return };
    let named = |place: usize| match what {
        "post" => (&index.posts()[place].id, &index.posts()[place].name),
        _ => (&index.routes()[place].id, &index.routes()[place].name),
    };
    page.gap();
    page.line(match found.is_certain() {
        true => format!("nearest {what} certain: {}", named(first.index).0),
        false => format!("nearest {what} uncertain: one of {}", found.list.len()),
    });
    let mut rows = vec![[what, "share", "distance", "name"].map(str::to_owned)];
    for candidate in &found.list {
        let (id, name) = named(candidate.index);
        let (nearest, farthest) = (candidate.distances.min_m, candidate.distances.max_m);
        let distance = match length_text(nearest) == length_text(farthest) {
            true => length_text(nearest),
            false => format!("{} to {}", length_text(nearest), length_text(farthest)),
        };
        let share = share_text(candidate.share, 1.0);
        rows.push([id.to_string(), share, distance, name.clone().unwrap_or_default()]);
    }
    page.table(&rows);
}
