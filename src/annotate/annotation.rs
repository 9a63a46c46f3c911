//! An answer as members: JSON text for a feature, or a serde map for one's own type.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::field::{Field, Report, Scope, Subject, Value};
use super::selection::{Selection, is_flat};
use crate::PatrolIndex;
use crate::analysis::UncertainAnswer;
use crate::described::{Described, joined};
use crate::index::{LocateOptions, Located};
use crate::io::{Cell, JsonObject, Row, json_object, write_id, write_string};
use crate::number::{
    AREA_DECIMALS, BEARING_DECIMALS, DEGREE_DECIMALS, METRE_DECIMALS, SHARE_DECIMALS, bearing, rounded,
    write_rounded,
};

/// What an annotation says of one incident: the members of `FIELDS`, for serde.
///
/// Put it into a struct of your own with `#[serde(flatten)]`; numbers are rounded as the program rounds
/// them. Take what you need in full doubles from [`Located`].
///
/// ```
/// use patrol_corridor::annotate::Annotation;
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position, io};
/// #[derive(serde::Serialize)]
/// struct Incident<'a> { kind: &'a str, #[serde(flatten)] near: Annotation<'a> }
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let located = index.locate(Position::from_lon_lat(46.807759, 40.068059)?, &Default::default());
/// let near = Annotation::new(&index, &located, &Default::default());
/// let line = io::json_line(&Incident { kind: "small-arms fire", near })?;
/// assert!(line.starts_with(r#"{"kind":"small-arms fire","post_id":"OP-21","post_distance_m":1669.1504,"#), "{line}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Clone)]
pub struct Annotation<'a> {
    pub(crate) selection: std::borrow::Cow<'a, Selection>,
    pub(crate) index: &'a PatrolIndex,
    pub(crate) located: &'a Located,
    pub(crate) report: Option<Report<'a>>,
    pub(crate) mgrs: Option<String>,
}

impl<'a> Annotation<'a> {
    /// The members about `located`, which `index` has answered with these options.
    ///
    /// ```
    /// use patrol_corridor::annotate::Annotation;
    /// use patrol_corridor::index::LocateOptions;
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let options = LocateOptions::default();
    /// let located = index.locate(Position::from_lon_lat(46.807759, 40.068059)?, &options);
    /// let near = Annotation::new(&index, &located, &options).json_members();
    /// assert!(near.starts_with(r#""post_id":"OP-21","post_distance_m":1669.1504,"#), "{near}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(index: &'a PatrolIndex, located: &'a Located, options: &LocateOptions) -> Self {
        let (posts, routes) = (!index.posts().is_empty(), !index.routes().is_empty());
        let corridors = routes || index.has_corridor_regions();
        let selection = std::borrow::Cow::Owned(Selection::new("", posts, routes, corridors, options.count));
        Annotation { selection, index, located, report: None, mgrs: None }
    }

    /// With the members about a location that is a region: `located` speaks of its reference point then, and `answer`
    /// is what [`locate_uncertain`](crate::analysis::locate_uncertain) says of the region.
    ///
    /// ```
    /// use patrol_corridor::analysis::locate_uncertain;
    /// use patrol_corridor::annotate::Annotation;
    /// use patrol_corridor::index::LocateOptions;
    /// use patrol_corridor::region::DescribedLocation;
    /// use patrol_corridor::described::Described;
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let location = DescribedLocation::circle(Position::from_lon_lat(46.8, 40.01)?, 500.0)?;
    /// let described = Described::of(location);
    /// let region = described.location.region();
    /// let located = index.locate(region.reference(), &LocateOptions::default());
    /// let answer = locate_uncertain(&index, region, None);
    /// let members = Annotation::new(&index, &located, &LocateOptions::default()).with_described(&described, &answer);
    /// assert!(members.json_members().ends_with(
    ///     r#""location_form":"circle","location_area_km2":0.785398,"post_certain":true,"post_candidates":[{"post_id":"OP-1","share":1,"min_distance_m":610.3473,"max_distance_m":1610.3473}]"#
    /// ));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn with_described(self, described: &'a Described, answer: &'a UncertainAnswer) -> Self {
        Annotation { report: Some(Report::of(described, answer)), ..self }
    }

    /// The same for what several reports have in common, which has an area and candidates, and no form of its own.
    ///
    /// ```
    /// use patrol_corridor::analysis::{CommonRegion, locate_common};
    /// use patrol_corridor::annotate::Annotation;
    /// # use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let at = |lon| Position::from_lon_lat(lon, 40.07);
    /// let disc = |lon| AnnularSector::disc(at(lon)?, 1_000.0).map(DescribedRegion::Sector);
    /// let (west, east) = (disc(46.80)?, disc(46.815)?);
    /// let common = CommonRegion::find(vec![&west, &east]).unwrap();
    /// let located = index.locate(common.reference(), &Default::default());
    /// let answer = locate_common(&index, &common, None);
    /// let near = Annotation::new(&index, &located, &Default::default()).with_common(common.area_km2(), None, &answer);
    /// assert!(near.json_members().contains(r#""location_area_km2":0.769609,"#), "{}", near.json_members());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn with_common(self, area_km2: f64, warning: Option<&'a str>, answer: &'a UncertainAnswer) -> Self {
        Annotation { report: Some(Report { form: None, area_km2, described: None, warning, answer }), ..self }
    }

    fn subject(&self) -> Subject<'_> {
        let Annotation { index, located, report, .. } = *self;
        let (post, route) = (located.posts.first(), located.routes.first());
        Subject { index, located, post, route, report, candidate: None, mgrs: self.mgrs.as_deref() }
    }

    /// The members as JSON text without braces, `"a":1,"b":"x"`, just as the program writes them into a
    /// feature: numeric ids have the digits of their layer, which serde keeps for whole numbers of 64 bits.
    ///
    /// ```
    /// # use patrol_corridor::annotate::Annotation;
    /// # use patrol_corridor::index::LocateOptions;
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let options = LocateOptions::default();
    /// # let located = index.locate(Position::from_lon_lat(46.807759, 40.068059)?, &options);
    /// let near = Annotation::new(&index, &located, &options);
    /// assert_eq!(
    ///     near.json_members(),
    ///     r#""post_id":"OP-21","post_distance_m":1669.1504,"post_bearing_deg":254.0002,"post_margin_m":null"#
    /// );
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn json_members(&self) -> String {
        let mut out = String::new();
        self.write_members(&mut out);
        out
    }

    /// Adds a cell for each column of the selection.
    pub(crate) fn push_cells(&self, reports: bool, row: &mut Row) {
        let subject = self.subject();
        for (field, _) in self.selection.flat() {
            let value = match field.scope {
                Scope::Unlocated => Value::Absent,
                scope if !reports && scope.is_of_report() => continue,
                _ => (field.value)(&subject),
            };
            let cell = match value {
                Value::Absent | Value::Warning => Cell::Absent,
                Value::Null => Cell::Null,
                Value::Bool(bool) => Cell::Bool(bool),
                Value::Text(text) => Cell::Text(row.keep(text)),
                Value::Warnings(warnings) => Cell::Text(row.keep(&joined(warnings).unwrap_or_default())),
                Value::Assumed(assumed) => Cell::Text(row.keep(&joined(assumed).unwrap_or_default())),
                Value::Id(id) if id.is_number() => Cell::Number(row.keep(id.as_str())),
                Value::Id(id) => Cell::Text(row.keep(id.as_str())),
                ref value => {
                    let span = row.keep_with(|out| write_value(value, &subject, &self.selection, out));
                    match value {
                        Value::Metres(_)
                        | Value::Bearing(_)
                        | Value::Degrees(_)
                        | Value::SquareKilometres(_)
                        | Value::Share(_) => Cell::Number(span),
                        _ => Cell::Json(span),
                    }
                }
            };
            row.cells.push(cell);
        }
    }

    /// Appends the members as `"a":1,"b":"x"`.
    pub(crate) fn write_members(&self, out: &mut String) {
        let subject = self.subject();
        // What else there is would be left out by its value; a position is the most frequent case.
        let Selection { plain, flat, .. } = *self.selection;
        let end = if self.report.is_some() { flat } else { plain };
        write_members(self.selection.between(0, end), &subject, &self.selection, out);
    }
}

/// Appends the one member of an incident that could not be located.
pub(crate) fn write_warning(selection: &Selection, warning: &str, out: &mut String) {
    for (_, _, key) in selection.of(|scope| scope == Scope::Unlocated) {
        out.push_str(key);
        write_string(warning, out);
    }
}

/// Adds the cells of an incident that could not be located.
pub(crate) fn push_warning(selection: &Selection, warning: &str, reports: bool, row: &mut Row) {
    for (field, _) in selection.flat() {
        match field.scope {
            Scope::Unlocated => row.push_text(warning),
            scope if !reports && scope.is_of_report() => {}
            _ => row.cells.push(Cell::Absent),
        }
    }
}

fn write_members<'f>(
    fields: impl Iterator<Item = (&'static Field, &'f str, &'f str)>,
    subject: &Subject<'_>,
    selection: &Selection,
    out: &mut String,
) {
    let start = out.len();
    for (field, _, key) in fields {
        let value = (field.value)(subject);
        if matches!(value, Value::Absent | Value::Warning) {
            continue;
        }
        if out.len() > start {
            out.push(',');
        }
        out.push_str(key);
        write_value(&value, subject, selection, out);
    }
}

fn write_value(value: &Value<'_>, subject: &Subject<'_>, selection: &Selection, out: &mut String) {
    let index = subject.index;
    match *value {
        Value::Absent | Value::Warning | Value::Null => out.push_str("null"),
        Value::Id(id) => write_id(id, out),
        Value::Text(text) => write_string(text, out),
        Value::Warnings(warnings) => write_string(&joined(warnings).unwrap_or_default(), out),
        Value::Assumed(assumed) => write_string(&joined(assumed).unwrap_or_default(), out),
        Value::Metres(metres) => write_rounded::<METRE_DECIMALS>(metres, out),
        // Far from a whole turn no rounding can reach it.
        Value::Bearing(degrees) if (0.0..359.0).contains(&degrees) => {
            write_rounded::<BEARING_DECIMALS>(degrees, out);
        }
        Value::Bearing(degrees) => write_rounded::<BEARING_DECIMALS>(bearing(degrees, BEARING_DECIMALS), out),
        Value::Degrees(degrees) => write_rounded::<DEGREE_DECIMALS>(degrees, out),
        Value::Bool(bool) => out.push_str(if bool { "true" } else { "false" }),
        Value::PostIds(posts) => write_array(posts, out, |&post, out| write_id(&index.posts()[post].id, out)),
        Value::RouteIds(routes) => {
            write_array(routes, out, |&route, out| write_id(&index.routes()[route].id, out))
        }
        Value::Corridors(places) => {
            write_array(places, out, |&place, out| write_string(&index.corridors()[place].name, out));
        }
        Value::SquareKilometres(area) => write_rounded::<AREA_DECIMALS>(area, out),
        Value::Share(share) => write_rounded::<SHARE_DECIMALS>(share, out),
        Value::Posts(posts) => {
            write_objects(posts.hits(), Scope::EachPost, |hit| subject.of_post(hit), selection, out);
        }
        Value::Routes(routes) => {
            write_objects(routes.hits(), Scope::EachRoute, |hit| subject.of_route(hit), selection, out);
        }
        Value::PostCandidates(of) => {
            write_objects(&of.list, Scope::PostCandidate, |one| subject.of_candidate(one), selection, out);
        }
        Value::RouteCandidates(of) => {
            write_objects(&of.list, Scope::RouteCandidate, |one| subject.of_candidate(one), selection, out);
        }
    }
}

/// Appends an array of objects, each with the members of one scope.
fn write_objects<'t, T>(
    items: &'t [T],
    each: Scope,
    subject: impl Fn(&'t T) -> Subject<'t>,
    selection: &Selection,
    out: &mut String,
) {
    write_array(items, out, |item, out| {
        out.push('{');
        write_members(selection.of(|scope| scope == each), &subject(item), selection, out);
        out.push('}');
    });
}

fn write_array<'t, T>(items: &'t [T], out: &mut String, write: impl Fn(&'t T, &mut String)) {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

impl Serialize for Annotation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Members { selection: &self.selection, subject: self.subject(), wanted: is_flat }.serialize(serializer)
    }
}

/// Its members for a `geojson::Feature`. Not the lossless way, which is [`Annotation::json_members`] beside the text of the
/// feature: ids that are numbers of more than 17 digits are objects here.
impl From<&Annotation<'_>> for JsonObject {
    fn from(annotation: &Annotation<'_>) -> Self {
        json_object(annotation)
    }
}

/// The members of some scopes as a serde map.
struct Members<'a, W> {
    selection: &'a Selection,
    subject: Subject<'a>,
    wanted: W,
}

impl<W: Fn(Scope) -> bool> Serialize for Members<'_, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (field, name, _) in self.selection.of(&self.wanted) {
            let value = (field.value)(&self.subject);
            if !matches!(value, Value::Absent | Value::Warning) {
                map.serialize_entry(
                    name,
                    &Member { value, subject: self.subject, selection: self.selection },
                )?;
            }
        }
        map.end()
    }
}

struct Member<'a> {
    value: Value<'a>,
    subject: Subject<'a>,
    selection: &'a Selection,
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Member { subject, selection, .. } = *self;
        let index = subject.index;
        match self.value {
            Value::Absent | Value::Warning | Value::Null => serializer.serialize_none(),
            Value::Id(id) => id.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Warnings(warnings) => serializer.serialize_str(&joined(warnings).unwrap_or_default()),
            Value::Assumed(assumed) => serializer.serialize_str(&joined(assumed).unwrap_or_default()),
            Value::Metres(metres) => serializer.serialize_f64(rounded(metres, METRE_DECIMALS)),
            Value::Bearing(degrees) => serializer.serialize_f64(bearing(degrees, BEARING_DECIMALS)),
            Value::Degrees(degrees) => serializer.serialize_f64(rounded(degrees, DEGREE_DECIMALS)),
            Value::Bool(bool) => serializer.serialize_bool(bool),
            Value::PostIds(posts) => {
                serializer.collect_seq(posts.iter().map(|&post| &index.posts()[post].id))
            }
            Value::RouteIds(routes) => {
                serializer.collect_seq(routes.iter().map(|&route| &index.routes()[route].id))
            }
            Value::Corridors(places) => {
                serializer.collect_seq(places.iter().map(|&place| &index.corridors()[place].name))
            }
            Value::SquareKilometres(area) => serializer.serialize_f64(rounded(area, AREA_DECIMALS)),
            Value::Share(share) => serializer.serialize_f64(rounded(share, SHARE_DECIMALS)),
            Value::Posts(posts) => {
                let each = |hit| subject.of_post(hit);
                objects(serializer, posts.hits(), selection, Scope::EachPost, each)
            }
            Value::Routes(routes) => {
                let each = |hit| subject.of_route(hit);
                objects(serializer, routes.hits(), selection, Scope::EachRoute, each)
            }
            Value::PostCandidates(of) => {
                let each = |one| subject.of_candidate(one);
                objects(serializer, &of.list, selection, Scope::PostCandidate, each)
            }
            Value::RouteCandidates(of) => {
                let each = |one| subject.of_candidate(one);
                objects(serializer, &of.list, selection, Scope::RouteCandidate, each)
            }
        }
    }
}

/// An array of objects, each with the members of one scope.
fn objects<'a, S: Serializer, T>(
    serializer: S,
    items: &'a [T],
    selection: &'a Selection,
    each: Scope,
    subject: impl Fn(&'a T) -> Subject<'a>,
) -> Result<S::Ok, S::Error> {
    let mut array = serializer.serialize_seq(Some(items.len()))?;
    for item in items {
        array.serialize_element(&Members {
            selection,
            subject: subject(item),
            wanted: |scope| scope == each,
        })?;
    }
    array.end()
}
