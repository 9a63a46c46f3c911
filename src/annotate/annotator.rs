//! One incident feature in, the same with its answers out.

use std::borrow::Cow;

use super::annotation::{Annotation, push_warning, write_warning};
use super::answer::{Answer, Region, Told};
use super::field::Report;
use super::fields::FIELDS;
use super::selection::Selection;
use super::simplestyle::SIMPLESTYLE_FIELDS;
use crate::analysis::locate_uncertain_at;
use crate::index::{LocateOptions, Located};
use crate::io::{Cell, Column, FeatureParts, Member, RawFeature, Row, plain_text, splice};
use crate::model::{Day, Instant, LocationForm, Zone};
use crate::sightings::{
    NotLocated, Refusal, Sighting, SightingColumns, SightingOptions, SightingReader, SightingTexts,
    lengths_beside, tells_beside, time_member,
};
use crate::{Error, PatrolArea, Place, Position};

/// How incidents are annotated.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnotateOptions {
    /// How many to name, how far, by what search. The instant in it is that of incidents without a time of their own.
    pub locate: LocateOptions,
    /// What goes before every new name, nested ones too.
    pub prefix: String,
    /// Takes the members of earlier annotations (with this prefix) out first.
    pub replace: bool,
    /// Writes what concerns posts.
    pub posts: bool,
    /// Writes what concerns routes and corridors.
    pub routes: bool,
    /// How reports are read that are not a point.
    pub sightings: SightingOptions,
    /// The property (of a table: the column) that holds the time of an incident: only posts and routes that were in
    /// service then are named. It is not looked at where all always were. The usual `time` is read in any case (`TIME`).
    pub time_field: String,
    /// The zone of times that name none.
    pub zone: Option<Zone>,
    /// Writes the members of [`SIMPLESTYLE_FIELDS`](super::SIMPLESTYLE_FIELDS) too.
    pub simplestyle: bool,
    /// A time that can't be read is none, and a date alone with a zone is its noon, instead of making a bad incident.
    pub lenient_times: bool,
}

impl Default for AnnotateOptions {
    fn default() -> Self {
        AnnotateOptions {
            locate: LocateOptions::default(),
            prefix: String::new(),
            replace: false,
            posts: true,
            routes: true,
            sightings: SightingOptions::default(),
            time_field: "time".to_owned(),
            zone: None,
            simplestyle: false,
            lenient_times: false,
        }
    }
}

/// Writes answers into incident features, losing nothing of them.
///
/// A feature whose properties report its location otherwise than as a point (as
/// [`SIGHTING_FIELDS`](crate::sightings::SIGHTING_FIELDS) tells) has a region: its answers speak of the
/// region's reference point, and behind them stands which posts and routes may be the nearest.
///
/// Where posts or routes have a period of service ([`ServicePeriod`](crate::model::ServicePeriod)), only those count that
/// were in service at the time of the incident, as if the others were not there; where none was, the members are null as
/// where all are too far. An incident without a time is matched against all.
///
/// ```
/// use patrol_corridor::annotate::{AnnotateOptions, Annotator};
/// use patrol_corridor::{Edges, ObservationPost, PatrolArea, Position};
/// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// let area = PatrolArea::new(vec![post], vec![], Edges::Planar)?;
/// let options = AnnotateOptions { routes: false, ..Default::default() };
/// let annotator = Annotator::new(&area, options);
/// let feature = r#"{"type":"Feature","properties":{"seen":1.0},"geometry":{"type":"Point","coordinates":[46.8,40.01]}}"#;
/// assert_eq!(
///     annotator.annotate_feature(feature)?,
///     r#"{"type":"Feature","properties":{"seen":1.0,"post_id":"OP-1","post_distance_m":1110.3473,"post_bearing_deg":0,"post_margin_m":null},"geometry":{"type":"Point","coordinates":[46.8,40.01]}}"#
/// );
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct Annotator<'a> {
    area: &'a PatrolArea,
    options: AnnotateOptions,
    selection: Selection,
    reader: SightingReader<'a>,
    /// Bit n: a name of n bytes can be written. Most keys are told apart by that.
    lengths: u64,
    /// The names that can be written, by their lengths.
    names: Vec<Vec<String>>,
    /// What `replace` takes out.
    replaced: Vec<String>,
}

impl<'a> Annotator<'a> {
    /// An annotator by the posts and routes of an area.
    pub fn new(area: &'a PatrolArea, options: AnnotateOptions) -> Self {
        let corridors = options.routes || area.has_corridor_regions();
        let AnnotateOptions { posts, routes, .. } = options;
        let mut selection = Selection::new(&options.prefix, posts, routes, corridors, options.locate.count);
        if options.simplestyle {
            selection = selection.with_simplestyle();
        }
        let (mut lengths, mut names) = (0, vec![Vec::new(); 64]);
        for name in selection.names() {
            lengths |= 1 << (name.len() % 64);
            names[name.len() % 64].push(name.to_owned());
        }
        let mut replaced: Vec<String> = match options.replace {
            true => FIELDS.iter().map(|field| format!("{}{}", options.prefix, field.name)).collect(),
            false => Vec::new(),
        };
        if options.replace && options.simplestyle {
            replaced.extend(SIMPLESTYLE_FIELDS.iter().map(|field| field.name.to_owned()));
        }
        let reader = SightingReader::new(area, options.sightings.clone());
        Annotator { area, options, selection, reader, lengths, names, replaced }
    }

    /// The area that it answers by.
    pub fn area(&self) -> &'a PatrolArea {
        self.area
    }

    /// How it annotates.
    pub fn options(&self) -> &AnnotateOptions {
        &self.options
    }

    /// Annotates the text of one feature or bare geometry.
    ///
    /// # Errors
    /// Where the text is not JSON, not GeoJSON or has a coordinate out of range, where a property has
    /// a name that would be written, and where one that reports the location or, where that is asked for, the time is not
    /// what it should be.
    pub fn annotate_feature(&self, feature: &str) -> Result<String, Error> {
        let feature = RawFeature::alone(feature);
        let mut out = Vec::with_capacity(feature.text.len() + 512);
        let parts = feature.parts()?;
        self.splice(&parts, parts.incident_place()?, &mut String::new(), &mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// Everything about a place: `None` where it is none that can be located.
    ///
    /// Of several positions the one that is nearest counts, for posts and for routes; it lies in the
    /// corridors that any of them lies in.
    pub fn locate(&self, place: &Place) -> Option<Located> {
        self.locate_from(place, &self.options.locate).map(|(located, _)| located)
    }

    /// The same with the positions that posts and routes are seen from.
    fn locate_from(&self, place: &Place, options: &LocateOptions) -> Option<(Located, [Position; 2])> {
        let (first, rest) = place.positions().split_first()?;
        let mut located = self.area.locate(*first, options);
        let mut from = [*first; 2];
        for position in rest {
            self.merge(&mut located, &mut from, *position, options);
        }
        Some((located, from))
    }

    fn merge(
        &self,
        located: &mut Located,
        from: &mut [Position; 2],
        position: Position,
        options: &LocateOptions,
    ) {
        let other = self.area.locate(position, options);
        let post_m = |located: &Located| located.posts.first().map_or(f64::INFINITY, |hit| hit.distance_m);
        let route_m =
            |located: &Located| located.routes.first().map_or(f64::INFINITY, |hit| hit.location.offset_m);
        let (nearer_post, nearer_route) =
            (post_m(&other) < post_m(located), route_m(&other) < route_m(located));
        if nearer_post {
            located.posts = other.posts;
            from[0] = position;
        }
        if nearer_route {
            located.routes = other.routes;
            from[1] = position;
        }
        located.in_corridor = located.in_corridor.zip(other.in_corridor).map(|(a, b)| a || b);
        located.corridors.extend(other.corridors);
        located.corridors.sort_unstable();
        located.corridors.dedup();
    }

    /// Appends the annotated feature to `out` and gives its answer, `None` where it could not be located at
    /// its place in WGS84; `members` is room to work in, its content is dropped.
    pub(crate) fn splice(
        &self,
        parts: &FeatureParts<'_>,
        place: Place,
        members: &mut String,
        out: &mut Vec<u8>,
    ) -> Result<Option<Answer>, Error> {
        let mut sighting = Ok(None);
        if self.tells_something(parts, !place.positions().is_empty())? {
            sighting = match self.read(&self.texts_of(parts), &place) {
                Err(Refusal::Unreadable(error)) => return Err(parts.blame_properties(error)),
                Err(Refusal::NotLocated(why)) => Err(why),
                Ok(sighting) => Ok(sighting),
            };
        }
        let time = self.time_of(parts)?;
        members.clear();
        let (sighting, nowhere) = sighting.map_or_else(|why| (None, Some(why)), |sighting| (sighting, None));
        let answer = match nowhere {
            None => self.answer_of(&place, time, sighting),
            Some(_) => None,
        };
        match &answer {
            Some(answer) => self.annotation(answer).write_members(members),
            None => {
                let incomplete = || SightingTexts::of_feature(parts).incomplete();
                let named = nowhere.or_else(|| matches!(place, Place::None).then(incomplete).flatten());
                let why = named.or_else(|| parts.no_position(&place).map(NotLocated::from));
                let why = why.unwrap_or_else(|| NotLocated::of_place(&place, true));
                write_warning(&self.selection, &warning(&why), members);
            }
        }
        let is_replaced = |key: &str| self.replaced.iter().any(|name| name == key);
        let remove: Option<&dyn Fn(&str) -> bool> =
            if self.options.replace { Some(&is_replaced) } else { None };
        splice(parts, remove, members, out);
        Ok(answer)
    }

    /// Everything about a sighting, or else about a place.
    fn answer_of(&self, place: &Place, time: Option<Instant>, sighting: Option<Sighting>) -> Option<Answer> {
        let options = LocateOptions { at: time.or(self.options.locate.at), ..self.options.locate };
        let Some(sighting) = sighting else {
            let (located, from) = self.locate_from(place, &options)?;
            return Some(Answer { time, located, from, region: None });
        };
        let region = sighting.location.region();
        let located = self.area.locate(region.reference(), &options);
        let from = [region.reference(); 2];
        let answer = locate_uncertain_at(self.area, region, options.at);
        Some(Answer { time, located, from, region: Some(Box::new(Region { sighting, answer })) })
    }

    fn texts_of<'t>(&self, parts: &FeatureParts<'t>) -> SightingTexts<'t> {
        SightingTexts::of_feature_at(parts, &self.options.time_field)
    }

    /// True where the time of an incident makes a difference.
    pub(crate) fn asks_for_time(&self) -> bool {
        self.area.has_service_periods()
    }

    /// The time of a feature, where that is asked for.
    fn time_of(&self, parts: &FeatureParts<'_>) -> Result<Option<Instant>, Error> {
        let asked = self.asks_for_time().then(|| time_member(parts, &self.options.time_field));
        let Some(Member { key, value, .. }) = asked.flatten() else { return Ok(None) };
        let read = self.read_time(&plain_text(value));
        read.map_err(|error| parts.blame_property(&key, value, error.message().to_owned()))
    }

    /// The time of a row, in one of its columns; an error has the name of the column as its path.
    pub(crate) fn time_of_row(&self, column: usize, row: &Row) -> Result<Option<Instant>, Error> {
        let text = match row.cells[column] {
            Cell::Json(span) => plain_text(row.text(span)),
            cell => Cow::Borrowed(row.plain(cell)),
        };
        self.read_time(&text).map_err(|error| error.under(&self.options.time_field))
    }

    /// What is blank is no time.
    fn read_time(&self, text: &str) -> Result<Option<Instant>, Error> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        match Instant::read(text, self.options.zone.as_ref()) {
            // Of a date alone its noon, in the zone.
            Err(_) if self.options.lenient_times => {
                let noon = |zone| text.trim().parse::<Day>().ok()?.noon(Some(zone)).ok();
                Ok(self.options.zone.as_ref().and_then(noon))
            }
            read => read.map(Some),
        }
    }

    fn annotation<'s>(&'s self, answer: &'s Answer) -> Annotation<'s> {
        let report = answer.region.as_deref().map(|region| {
            let Region { sighting, answer } = region;
            Report::of(sighting, answer)
        });
        let selection = Cow::Borrowed(&self.selection);
        Annotation { selection, area: self.area, located: &answer.located, report }
    }

    /// Reads a sighting; an error has the name of the field as its path.
    fn read(&self, texts: &SightingTexts<'_>, place: &Place) -> Result<Option<Sighting>, Refusal> {
        let sighting = self.reader.read(texts, place).map_err(|refusal| match refusal {
            Refusal::Unreadable(error) if error.path() == Some("time") => {
                Error::input(error.message()).under(&self.options.time_field).into()
            }
            refusal => refusal,
        })?;
        let along_route = |sighting: &Sighting| sighting.location.form() == LocationForm::Route;
        if self.takes_out(ROUTE_ID) && sighting.as_ref().is_some_and(along_route) {
            let route = texts.get(ROUTE_ID).unwrap_or_default();
            return Err(Error::input(format!(
                "found `{route}` with a place along that route, expected no report under a name that --replace takes \
                 out: write the answers under others, with --prefix"
            ))
            .under(ROUTE_ID)
            .into());
        }
        Ok(sighting)
    }

    /// The sighting of a row, and why it has none where it says something of one; an error has the name of the column as
    /// its path.
    pub(crate) fn read_row(
        &self,
        columns: &SightingColumns,
        row: &Row,
    ) -> Result<(Option<Sighting>, Option<NotLocated>), Error> {
        let texts = columns.texts(row);
        match self.read(&texts, &row.place) {
            Err(Refusal::Unreadable(error)) => Err(error),
            Err(Refusal::NotLocated(why)) => Ok((None, Some(why))),
            Ok(None) if matches!(row.place, Place::None) => Ok((None, texts.incomplete())),
            Ok(sighting) => Ok((sighting, None)),
        }
    }

    /// The columns that a table gets, in the order of the fields; of reports, where it can have some.
    pub(crate) fn columns(&self, reports: bool) -> Vec<Column> {
        self.selection.columns(self.area, reports)
    }

    /// True where a column (or member) of this name is taken out first.
    pub(crate) fn takes_out(&self, name: &str) -> bool {
        self.replaced.iter().any(|replaced| replaced == name)
    }

    /// Adds the cells of [`columns`](Self::columns) to a row and gives its answer, `None` where it could
    /// not be located.
    pub(crate) fn answer(&self, row: &mut Row, told: Told, reports: bool) -> Option<Answer> {
        let Told { time, sighting, nowhere } = told;
        let answer = match nowhere {
            None => self.answer_of(&row.place, time, sighting),
            Some(_) => None,
        };
        match &answer {
            Some(answer) => self.annotation(answer).push_cells(reports, row),
            None => {
                let why = nowhere.or_else(|| row.no_position.map(NotLocated::from));
                let why = why.unwrap_or_else(|| NotLocated::of_place(&row.place, true));
                push_warning(&self.selection, &warning(&why), reports, row);
            }
        }
        answer
    }

    /// Looks at the names of the properties once: true where one tells that the location may be a region.
    ///
    /// # Errors
    /// Where one would be written too; what is taken out first can't be in the way.
    fn tells_something(&self, parts: &FeatureParts<'_>, has_position: bool) -> Result<bool, Error> {
        let (in_the_way, telling) = (self.lengths, lengths_beside(has_position));
        let mut tells = false;
        for key in parts.property_names() {
            let at = key.len() % 64;
            if (in_the_way | telling) >> at & 1 == 0 {
                continue;
            }
            if !self.options.replace && self.names[at].iter().any(|name| *name == key) {
                return Err(parts.blame(in_the_way_of("property", &key).under("properties")));
            }
            tells |= telling >> at & 1 == 1 && tells_beside(&key, has_position);
        }
        Ok(tells)
    }
}

/// The one name that is read of sightings and written of any incident.
const ROUTE_ID: &str = "route_id";

/// Of a property or a column that would be written too.
pub(crate) fn in_the_way_of(what: &str, name: &str) -> Error {
    let hint = match name {
        ROUTE_ID => "rename it, or use --prefix, as reports along a route need",
        // No prefix goes before these.
        name if SIMPLESTYLE_FIELDS.iter().any(|field| field.name == name) => {
            "rename it, or leave out --simplestyle"
        }
        _ => "rename it, or use --prefix",
    };
    Error::input(format!(
        "found the {what} `{name}`, which the annotation writes too: \
         {hint} (or --replace, where it is an earlier annotation)"
    ))
}

/// What is written of an incident that is not located.
fn warning(why: &NotLocated) -> String {
    format!("not located: {why}")
}
