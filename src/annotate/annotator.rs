//! One incident feature in, the same with its answers out.

use std::borrow::Cow;

use super::annotation::{Annotation, push_warning, write_warning};
use super::earlier::Earlier;
use super::field::Report;
use super::selection::Selection;
use super::simplestyle::SIMPLESTYLE_FIELDS;
use crate::incident::{Answer, IncidentReader, Location, ReadOptions, Reading, locate_from};
use crate::index::{LocateOptions, Located};
use crate::io::splice;
use crate::io::{Column, FeatureParts, RawFeature, Row};
use crate::setters::setters;
use crate::{Error, ErrorKind, IncidentGeometry, PatrolIndex};

/// How incidents are annotated.
///
/// ```
/// use patrol_corridor::annotate::{AnnotateOptions, Annotator};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let options = AnnotateOptions::default().with_prefix("near_").with_routes(false);
/// let annotator = Annotator::new(&index, options);
/// let annotated = annotator.annotate_feature(r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#)?;
/// assert!(annotated.contains(r#""near_post_id":"OP-21","near_post_distance_m":1669.1504"#), "{annotated}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AnnotateOptions {
    /// How many to name, how far, by what search. The time in it is that of incidents without a time of their own.
    pub locate: LocateOptions,
    /// What goes before every new name, nested ones too.
    pub prefix: String,
    /// Takes the members of earlier annotations (with this prefix) out first.
    pub replace: bool,
    /// Writes what concerns posts.
    pub posts: bool,
    /// Writes what concerns routes and corridors.
    pub routes: bool,
    /// How incidents are read.
    pub read: ReadOptions,
    /// Writes the members of [`SIMPLESTYLE_FIELDS`](super::SIMPLESTYLE_FIELDS) too.
    pub simplestyle: bool,
    /// Writes `location_mgrs` too.
    pub mgrs: bool,
}

impl Default for AnnotateOptions {
    fn default() -> Self {
        AnnotateOptions {
            locate: LocateOptions::default(),
            prefix: String::new(),
            replace: false,
            posts: true,
            routes: true,
            read: ReadOptions::default(),
            simplestyle: false,
            mgrs: false,
        }
    }
}

setters! { AnnotateOptions {
    with_locate(locate: LocateOptions);
    with_prefix(prefix: impl Into<String>);
    with_replace(replace: bool);
    with_posts(posts: bool);
    with_routes(routes: bool);
    with_read(read: ReadOptions);
    with_simplestyle(simplestyle: bool);
    with_mgrs(mgrs: bool);
}}

/// Writes answers into incident features, losing nothing of them.
///
/// A feature whose properties report its location otherwise than as a point (as
/// [`DESCRIBED_FIELDS`](crate::described::DESCRIBED_FIELDS) tells) has a region: its answers speak of the
/// region's reference point, and behind them stands which posts and routes may be the nearest.
///
/// Where posts or routes have a period of service ([`ServicePeriod`](crate::time::ServicePeriod)), only those count that
/// were in service at the time of the incident, as if the others were not there; where none was, the members are null as
/// where all are too far. An incident without a time is matched against all.
///
/// ```
/// use patrol_corridor::annotate::{AnnotateOptions, Annotator};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let options = AnnotateOptions::default().with_routes(false);
/// let annotator = Annotator::new(&index, options);
/// let feature = r#"{"type":"Feature","properties":{"seen":1.0},"geometry":{"type":"Point","coordinates":[46.8,40.01]}}"#;
/// assert_eq!(
///     annotator.annotate_feature(feature)?,
///     r#"{"type":"Feature","properties":{"seen":1.0,"post_id":"OP-1","post_distance_m":1110.3473,"post_bearing_deg":0,"post_margin_m":null},"geometry":{"type":"Point","coordinates":[46.8,40.01]}}"#
/// );
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct Annotator {
    index: PatrolIndex,
    options: AnnotateOptions,
    selection: Selection,
    reader: IncidentReader,
    /// Bit n: a name of n bytes can be written. Most keys are told apart by that.
    lengths: u64,
    /// The names that can be written, by their lengths.
    names: Vec<Vec<String>>,
}

impl Annotator {
    /// An annotator by the posts and routes of an area.
    ///
    /// ```
    /// use patrol_corridor::annotate::{AnnotateOptions, Annotator};
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let annotator = Annotator::new(&index, AnnotateOptions::default().with_routes(false));
    /// // What is no point says why it is not located.
    /// let line = annotator.annotate_feature(r#"{"type":"LineString","coordinates":[[46.8,40.0],[46.9,40.0]]}"#)?;
    /// assert!(line.contains("not located: a line, expected a Point or MultiPoint"), "{line}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(index: &PatrolIndex, options: AnnotateOptions) -> Self {
        let corridors = options.routes || index.has_corridor_regions();
        let AnnotateOptions { posts, routes, .. } = options;
        let mut selection = Selection::new(&options.prefix, posts, routes, corridors, options.locate.count);
        if options.mgrs {
            selection = selection.with_mgrs(&options.prefix);
        }
        if options.simplestyle {
            selection = selection.with_simplestyle();
        }
        let (mut lengths, mut names) = (0, vec![Vec::new(); 64]);
        for name in selection.names() {
            lengths |= 1 << (name.len() % 64);
            names[name.len() % 64].push(name.to_owned());
        }
        let reader = IncidentReader::new(index, options.read.clone());
        Annotator { index: index.clone(), options, selection, reader, lengths, names }
    }

    /// The posts and routes that it answers by.
    ///
    /// ```
    /// # use patrol_corridor::annotate::{AnnotateOptions, Annotator};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let annotator = Annotator::new(&index, AnnotateOptions::default());
    /// assert_eq!(annotator.index().posts()[0].id.as_str(), "OP-21");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn index(&self) -> &PatrolIndex {
        &self.index
    }

    /// How it annotates.
    ///
    /// ```
    /// # use patrol_corridor::annotate::{AnnotateOptions, Annotator};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let annotator = Annotator::new(&index, AnnotateOptions::default().with_simplestyle(true));
    /// assert!(annotator.options().simplestyle && annotator.options().prefix.is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn options(&self) -> &AnnotateOptions {
        &self.options
    }

    /// How it reads incidents.
    pub(crate) fn reader(&self) -> &IncidentReader {
        &self.reader
    }

    /// Annotates the text of one feature or bare geometry.
    ///
    /// ```
    /// # use patrol_corridor::annotate::{AnnotateOptions, Annotator};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let annotator = Annotator::new(&index, AnnotateOptions::default().with_routes(false));
    /// let once = annotator.annotate_feature(r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#)?;
    /// // Its answers are not written over, unless the options say so.
    /// assert!(annotator.annotate_feature(&once).unwrap_err().to_string().contains("post_id"));
    /// let options = AnnotateOptions::default().with_routes(false).with_replace(true);
    /// assert_eq!(Annotator::new(&index, options).annotate_feature(&once)?, once);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, not GeoJSON or has a coordinate out of range, if a property has a name that
    /// would be written, if what describes the location can't be read, and if posts or routes have periods of service and
    /// the time names no zone.
    pub fn annotate_feature(&self, feature: &str) -> Result<String, Error> {
        self.annotated(&RawFeature::alone(feature))
    }

    /// The text of a feature with its answers.
    pub(crate) fn annotated(&self, feature: &RawFeature<'_>) -> Result<String, Error> {
        let mut out = Vec::with_capacity(feature.text.len() + 512);
        let parts = feature.parts()?;
        let reading = self.read(&parts, parts.incident_geometry()?)?;
        let answer = self.answer_of(&reading);
        self.splice(&parts, &reading, answer.as_ref(), &mut String::new(), &mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// Everything about a place; `None` where it is none that can be located.
    ///
    /// Of several positions the one that is nearest counts, for posts and for routes; it lies in the
    /// corridors that any of them lies in.
    ///
    /// ```
    /// # use patrol_corridor::annotate::{AnnotateOptions, Annotator};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// use patrol_corridor::IncidentGeometry;
    /// let annotator = Annotator::new(&index, AnnotateOptions::default());
    /// let fired = IncidentGeometry::Point(Position::from_lon_lat(46.807759, 40.068059)?);
    /// let post = annotator.locate(&fired).unwrap().posts.first().copied().unwrap();
    /// assert_eq!(format!("{:.3} m, {:.1}", post.distance_m, post.bearing_deg.unwrap()), "1669.150 m, 254.0");
    /// assert!(annotator.locate(&IncidentGeometry::None).is_none());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn locate(&self, geometry: &IncidentGeometry) -> Option<Located> {
        locate_from(&self.index, geometry, &self.options.locate).map(|(located, _)| located)
    }

    /// Reads a feature that lies at `geometry` in WGS84.
    pub(crate) fn read(
        &self,
        parts: &FeatureParts<'_>,
        geometry: IncidentGeometry,
    ) -> Result<Reading, Error> {
        let refuse = |key: &str| match self.is_written(key) && !self.options.replace {
            true => Err(parts.blame(in_the_way_of("property", key).under("properties"))),
            false => Ok(()),
        };
        self.reader.feature(parts, geometry, refuse)
    }

    /// Everything about an incident; `None` where it can't be located.
    #[inline]
    pub(crate) fn answer_of(&self, reading: &Reading) -> Option<Answer> {
        self.reader.locate(reading, &self.options.locate)
    }

    /// Appends the annotated feature to `out`; `members` is room to work in, its content is dropped.
    pub(crate) fn splice(
        &self,
        parts: &FeatureParts<'_>,
        reading: &Reading,
        answer: Option<&Answer>,
        members: &mut String,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        members.clear();
        match answer {
            Some(answer) => self.annotation(reading, answer).write_members(members),
            None => write_warning(&self.selection, &self.warning(reading), members),
        }
        if !self.options.replace {
            splice(parts, None, members, out);
            return Ok(());
        }
        let earlier = self.earlier(parts.property_names(), reading);
        if let Some(key) = parts.property_names().find(|key| self.is_written(key) && !earlier.takes_out(key))
        {
            return Err(parts.blame(in_the_way_of("property", &key).under("properties")));
        }
        splice(parts, Some(&|key: &str| earlier.takes_out(key)), members, out);
        Ok(())
    }

    /// The answers of an earlier annotation among the names of properties or columns.
    pub(crate) fn earlier<'n>(
        &self,
        names: impl Iterator<Item = Cow<'n, str>>,
        reading: &Reading,
    ) -> Earlier<'_> {
        let keeps_form = matches!(reading.location, Location::RegionUnknown(_));
        Earlier::among(names, &self.options.prefix, self.options.simplestyle, keeps_form)
    }

    /// Returns `true` if a member (or column) of this name can be written.
    pub(crate) fn is_written(&self, name: &str) -> bool {
        let at = name.len() % 64;
        self.lengths >> at & 1 == 1 && self.names[at].iter().any(|written| written == name)
    }

    fn annotation<'s>(&'s self, reading: &'s Reading, answer: &'s Answer) -> Annotation<'s> {
        let report = match (&reading.location, answer.region.as_deref()) {
            (Location::Described(described), Some(region)) => Some(Report::of(described, region)),
            _ => None,
        };
        let selection = Cow::Borrowed(&self.selection);
        let mgrs = if self.options.mgrs { reading.location.mgrs() } else { None };
        Annotation { selection, index: &self.index, located: &answer.located, report, mgrs }
    }

    fn warning(&self, reading: &Reading) -> String {
        reading.location.not_located().map_or(String::new(), |why| format!("not located: {why}"))
    }

    /// The columns that a table gets, in the order of the fields; of regions, where it can have some.
    pub(crate) fn columns(&self, regions: bool) -> Vec<Column> {
        self.selection.columns(&self.index, regions)
    }

    /// Adds the cells of [`columns`](Self::columns) to a row and returns its answer, `None` where it could
    /// not be located.
    pub(crate) fn answer(&self, row: &mut Row, reading: &Reading, regions: bool) -> Option<Answer> {
        let answer = self.answer_of(reading);
        match &answer {
            Some(answer) => self.annotation(reading, answer).push_cells(regions, row),
            None => push_warning(&self.selection, &self.warning(reading), regions, row),
        }
        answer
    }
}

/// The one name that is read of described locations and written of any incident.
const ROUTE_ID: &str = "route_id";

/// Of a property or a column that would be written too.
pub(crate) fn in_the_way_of(what: &str, name: &str) -> Error {
    let hint = match name {
        ROUTE_ID => "rename it, or put a prefix before the new names, as places along a route need",
        // No prefix goes before these.
        name if SIMPLESTYLE_FIELDS.iter().any(|field| field.name == name) => {
            "rename it, or leave out the style"
        }
        _ => {
            "rename it, put a prefix before the new names, or replace the earlier annotation if it is of one"
        }
    };
    let message = format!("the {what} `{name}` would be written by the annotation too; {hint}");
    Error::input(message).of_kind(ErrorKind::NameInTheWay)
}
