//! From a feature or a row to where and when its incident happened: the one place where that is read.

use super::annotated::{Reference, area_name, prefix_of};
use super::location::Location;
use super::options::{ReadOptions, TimeUse};
use super::surroundings::Surroundings;
use super::table::{IncidentColumns, text_of};
use crate::geodesy::distance_m;

use crate::described::{
    Described, DescribedReader, DescribedTexts, NotLocated, Refusal, lengths_beside, tells_beside,
    time_member,
};
use crate::io::{FeatureParts, Member, NoPosition, Row, lon_lat_of, members, plain_text, unquote};
use crate::region::LocationForm;
use crate::time::{DateOrder, Spelling, TimeForm, UnreadableTime, When, Zone};
use crate::{Error, IncidentGeometry, PatrolIndex};

/// A reference point that is farther than this from where the members put it was moved by hand.
const MOVED_M: f64 = 1.0;

/// Where and when an incident happened, as far as it says.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat\nINC-1,46.807759,40.068059\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// incidents(log, &reader, SourceRun::default(), &mut |incident| {
///     let reading = incident.reading;
///     assert_eq!(reading.location.positions(), [Position::from_lon_lat(46.807759, 40.068059)?]);
///     // Nobody asks for its time.
///     assert!(reading.when.is_none() && !reading.is_moved);
///     Ok(())
/// })?;
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reading {
    /// Where.
    pub location: Location,
    /// When; `None` where nobody asks.
    pub when: Option<When>,
    /// How the time was spelled.
    pub spelling: Spelling,
    /// Its geometry lies elsewhere than the members that describe its region say.
    pub is_moved: bool,
}

/// Reads incidents by the posts and routes that they name.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat\n1,46.807759,40.068059\n2,46.8,40.1\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let (tally, _) = incidents(log, &reader, SourceRun::default(), &mut |_| Ok(()))?;
/// assert_eq!((tally.read, tally.exact), (2, 2));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct IncidentReader {
    pub(super) index: PatrolIndex,
    pub(super) options: ReadOptions,
    described: DescribedReader,
    pub(super) surroundings: Surroundings,
    pub(super) asks_for_time: bool,
    /// A local time without a zone ends the work.
    requires_zone: bool,
}

/// What the names of a feature's properties tell.
#[derive(Debug, Default)]
struct Names {
    /// One describes a location.
    tells: bool,
    /// An earlier annotation says that the geometry is a reference point.
    reference: Option<Reference>,
}

impl IncidentReader {
    /// A reader by the posts and routes of an index.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, ReadOptions};
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let options = ReadOptions::default().with_time_field("event_date");
    /// assert_eq!(IncidentReader::new(&index, options).options().time_field, "event_date");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(index: &PatrolIndex, options: ReadOptions) -> Self {
        let described = DescribedReader::new(index, options.described.clone());
        let surroundings = Surroundings::of(index);
        let in_service = index.has_service_periods();
        let asks_for_time = in_service || options.times != TimeUse::Service;
        let requires_zone = in_service || options.times == TimeUse::Required;
        IncidentReader {
            index: index.clone(),
            options,
            described,
            surroundings,
            asks_for_time,
            requires_zone,
        }
    }

    /// The posts and routes.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, ReadOptions};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let reader = IncidentReader::new(&index, ReadOptions::default());
    /// assert_eq!(reader.index().posts()[0].id.as_str(), "OP-21");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn index(&self) -> &PatrolIndex {
        &self.index
    }

    /// How it reads.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, ReadOptions, TimeUse};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?;
    /// let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Shown));
    /// assert_eq!(reader.options().times, TimeUse::Shown);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn options(&self) -> &ReadOptions {
        &self.options
    }

    /// Returns `true` if the times of incidents are read.
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, ReadOptions, TimeUse};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?;
    /// // No post and no route has a period of service.
    /// assert!(!IncidentReader::new(&index, ReadOptions::default()).asks_for_time());
    /// let options = ReadOptions::default().with_times(TimeUse::Shown);
    /// assert!(IncidentReader::new(&index, options).asks_for_time());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn asks_for_time(&self) -> bool {
        self.asks_for_time
    }

    /// Reads a feature that lies at `geometry` in WGS84; `name` is called with the name of every property and may refuse it.
    pub(crate) fn feature(
        &self,
        parts: &FeatureParts<'_>,
        geometry: IncidentGeometry,
        name: impl FnMut(&str) -> Result<(), Error>,
    ) -> Result<Reading, Error> {
        let no_position = parts.no_position(&geometry);
        let names = self.names(parts, !geometry.positions().is_empty(), name)?;
        let (when, spelling) = self.when_of(parts)?;
        let blame = |error: Error| self.blame(parts, error);
        if let Some(earlier) = names.reference {
            let texts = self.texts_of(parts);
            let (location, is_moved) = self.rebuilt(earlier, &texts, geometry).map_err(blame)?;
            return Ok(Reading { location, when, spelling, is_moved });
        }
        if !names.tells && !matches!(geometry, IncidentGeometry::None) {
            return Ok(Reading {
                location: of_geometry(geometry, no_position),
                when,
                spelling,
                is_moved: false,
            });
        }
        let texts = self.texts_of(parts);
        let lon_lat = || self.lon_lat_of(parts);
        let location = self.described(&texts, geometry, no_position, &lon_lat).map_err(blame)?;
        Ok(Reading { location, when, spelling, is_moved: false })
    }

    /// Reads a row.
    ///
    /// An error has the name of the column as its path.
    pub(crate) fn row(&self, row: &Row, columns: &IncidentColumns) -> Result<Reading, Error> {
        let (when, spelling) = match (columns.time_parts(row), columns.time()) {
            _ if !self.asks_for_time => (None, Spelling::Plain),
            (Some([date, clock]), _) => self.when_in_parts(&date, &clock)?,
            (None, Some(column)) => self.when(&text_of(row, column), columns.time_name())?,
            (None, None) => (Some(When::Missing), Spelling::Plain),
        };
        if let Some(earlier) = columns.reference(row) {
            let rebuilt = self.rebuilt(earlier, &columns.texts(row), row.incident_geometry.clone());
            let (location, is_moved) = rebuilt.map_err(|error| of_time_field(error, columns.time_name()))?;
            return Ok(Reading { location, when, spelling, is_moved });
        }
        let without_position = row.incident_geometry.positions().is_empty();
        if !(columns.tell() || without_position && columns.has_lon_lat()) {
            let location = of_geometry(row.incident_geometry.clone(), row.no_position);
            return Ok(Reading { location, when, spelling, is_moved: false });
        }
        let lon_lat = || columns.position_of(row);
        let described =
            self.described(&columns.texts(row), row.incident_geometry.clone(), row.no_position, &lon_lat);
        let location = described.map_err(|error| of_time_field(error, columns.time_name()))?;
        Ok(Reading { location, when, spelling, is_moved: false })
    }

    fn texts_of<'t>(&self, parts: &FeatureParts<'t>) -> DescribedTexts<'t> {
        DescribedTexts::of_feature_at(parts, &self.options.time_field, &self.options.fields)
    }

    /// Names line, feature, id and JSON path of what is wrong with a property.
    fn blame(&self, parts: &FeatureParts<'_>, error: Error) -> Error {
        parts.blame_properties(of_time_field(error, &self.options.time_field))
    }

    /// Looks at the names of the properties once.
    fn names(
        &self,
        parts: &FeatureParts<'_>,
        has_position: bool,
        mut name: impl FnMut(&str) -> Result<(), Error>,
    ) -> Result<Names, Error> {
        let telling = lengths_beside(has_position);
        let mut names = Names::default();
        for Member { key, value, .. } in members(parts.properties.object()) {
            name(&key)?;
            let read = self.options.fields.read_as(&key).unwrap_or_default();
            names.tells |= telling >> (read.len() % 64) & 1 == 1 && tells_beside(read, has_position);
            if names.reference.is_none()
                && let Some(prefix) = prefix_of(&key)
                && let Some(area) = parts.property(&area_name(prefix))
            {
                names.reference = Reference::of(&unquote(value), area);
            }
        }
        Ok(names)
    }

    /// A described location, a position with an uncertainty, or a place as it is.
    fn described(
        &self,
        texts: &DescribedTexts<'_>,
        geometry: IncidentGeometry,
        no_position: Option<NoPosition>,
        lon_lat: &dyn Fn() -> Result<Option<IncidentGeometry>, Error>,
    ) -> Result<Location, Error> {
        match self.described.read(texts, &geometry) {
            Ok(Some(described)) => return Ok(Location::Described(Box::new(described))),
            Ok(None) => {}
            Err(Refusal::Unreadable(error)) => return Err(error),
            Err(Refusal::NotLocated(why)) => return Ok(nowhere(why, geometry)),
        }
        if !matches!(geometry, IncidentGeometry::None) {
            return Ok(of_geometry(geometry, no_position));
        }
        let Some(position) = lon_lat()? else {
            let incomplete = texts.incomplete();
            return Ok(match incomplete {
                Some(why) => Location::None(why, geometry),
                None => of_geometry(geometry, no_position),
            });
        };
        self.described(texts, position, None, &|| Ok(None))
    }

    /// The region that an annotated geometry is only the reference point of, out of the members that describe it, and
    /// whether the geometry lies elsewhere.
    fn rebuilt(
        &self,
        earlier: Reference,
        texts: &DescribedTexts<'_>,
        geometry: IncidentGeometry,
    ) -> Result<(Location, bool), Error> {
        if earlier.form == LocationForm::Circle && !geometry.positions().is_empty() {
            let around = self.described(texts, geometry.clone(), None, &|| Ok(None))?;
            let is_same = |found: &Described| earlier.has_area(found.location.region().area_km2());
            // Members beside a position did not count.
            let is_its_disc = matches!(&around, Location::Described(found) if is_same(found));
            if is_its_disc || !texts.name_a_position() {
                return Ok((around, false));
            }
        }
        let built = match self.described.read(texts, &IncidentGeometry::None) {
            Ok(built) => built,
            Err(Refusal::Unreadable(error)) => return Err(error),
            Err(Refusal::NotLocated(why)) => return Ok((nowhere(why, geometry), false)),
        };
        let Some(built) = built else {
            return Ok((Location::RegionUnknown(NotLocated::MembersGone { form: earlier.form }), false));
        };
        let is_moved = match geometry.positions() {
            [position] => distance_m(*position, built.location.region().reference()) > MOVED_M,
            _ => false,
        };
        Ok((Location::Described(Box::new(built)), is_moved))
    }

    /// The time of a feature, where that is asked for.
    fn when_of(&self, parts: &FeatureParts<'_>) -> Result<(Option<When>, Spelling), Error> {
        if !self.asks_for_time {
            return Ok((None, Spelling::Plain));
        }
        if let Some(fields) = &self.options.time_parts {
            let text = |field: &String| parts.property(field).map(plain_text).unwrap_or_default();
            return self.when_in_parts(&text(&fields[0]), &text(&fields[1]));
        }
        let Some(Member { key, value, .. }) = time_member(parts, &self.options.time_field) else {
            return Ok((Some(When::Missing), Spelling::Plain));
        };
        self.when(&plain_text(value), &key).map_err(|error| {
            parts.blame_property(&key, value, error.message().to_owned()).of_kind(error.kind())
        })
    }

    fn when(&self, text: &str, field: &str) -> Result<(Option<When>, Spelling), Error> {
        self.settled(When::read_as(text, self.options.zone.as_ref(), &self.options.time_form), field)
    }

    fn when_in_parts(&self, date: &str, clock: &str) -> Result<(Option<When>, Spelling), Error> {
        let field = self.options.time_parts.as_ref().map_or("time", |[date, _]| date);
        let (zone, form) = (self.options.zone.as_ref(), &self.options.time_form);
        self.settled(When::read_parts(date, clock, zone, form), field)
    }

    /// A local time without a zone, or a date that can be two, makes the whole file useless where its time matters.
    fn settled(
        &self,
        (when, spelling): (When, Spelling),
        field: &str,
    ) -> Result<(Option<When>, Spelling), Error> {
        match when {
            When::NoZone(text) if self.requires_zone => Err(Error::no_zone(&text).under(field)),
            When::Unreadable { text, why: UnreadableTime::DayOrMonth } if self.requires_zone => {
                let read = |order| TimeForm { order: Some(order), ..self.options.time_form.clone() };
                let shown = |order| match When::read_as(&text, None, &read(order)).0 {
                    When::Day(day) => day.day.to_string(),
                    When::NoZone(_) | When::At(_) => time_shown(&text, &read(order)),
                    _ => text.clone(),
                };
                let [first, second] = [DateOrder::DayFirst, DateOrder::MonthFirst].map(shown);
                Err(Error::day_or_month(&text, &first, &second).under(field))
            }
            when => Ok((Some(when), spelling)),
        }
    }

    /// The position in the properties of a feature without a geometry.
    fn lon_lat_of(&self, parts: &FeatureParts<'_>) -> Result<Option<IncidentGeometry>, Error> {
        let named = members(parts.properties.object()).map(|member| (member.key, plain_text(member.value)));
        lon_lat_of(&self.options.position, named)
    }
}

/// A local time as it is read, to the second.
fn time_shown(text: &str, form: &TimeForm) -> String {
    match When::read_as(text, Some(&Zone::utc()), form).0 {
        When::At(at) => at.to_string().trim_end_matches('Z').to_owned(),
        _ => text.to_owned(),
    }
}

/// A place that says no more than it is.
fn of_geometry(geometry: IncidentGeometry, no_position: Option<NoPosition>) -> Location {
    match (geometry.positions().is_empty(), no_position) {
        (false, _) => Location::Positions(geometry),
        (true, Some(why)) => Location::None(why.into(), geometry),
        (true, None) => Location::None(NotLocated::of_geometry(&geometry, true), geometry),
    }
}

fn nowhere(why: NotLocated, geometry: IncidentGeometry) -> Location {
    match why.is_region_unknown() {
        true => Location::RegionUnknown(why),
        false => Location::None(why, geometry),
    }
}

/// What is wrong with the time, under the name that it has in the file.
fn of_time_field(error: Error, name: &str) -> Error {
    match error.path() {
        Some("time") => Error::input(error.message()).under(name),
        _ => error,
    }
}
