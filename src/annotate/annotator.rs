//! One incident feature in, the same with its answers out.

use std::borrow::Cow;

use super::annotation::{Annotation, Selection, push_warning, write_warning};
use super::fields::FIELDS;
use crate::index::{LocateOptions, Located};
use crate::io::{Column, FeatureParts, RawFeature, Row, splice};
use crate::{Error, PatrolArea, Place, Position};

/// How incidents are annotated.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnotateOptions {
    /// How many to name, how far, by what search.
    pub locate: LocateOptions,
    /// What goes before every new name, nested ones too.
    pub prefix: String,
    /// Takes the members of earlier annotations (with this prefix) out first.
    pub replace: bool,
    /// Writes what concerns posts.
    pub posts: bool,
    /// Writes what concerns routes and corridors.
    pub routes: bool,
}

impl Default for AnnotateOptions {
    fn default() -> Self {
        let locate = LocateOptions::default();
        AnnotateOptions { locate, prefix: String::new(), replace: false, posts: true, routes: true }
    }
}

/// Writes answers into incident features, losing nothing of them.
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
    /// Bit n: a name of n bytes can be written. Most keys are told apart by that.
    lengths: u64,
    /// What `replace` takes out.
    replaced: Vec<String>,
}

impl<'a> Annotator<'a> {
    /// An annotator by the posts and routes of an area.
    pub fn new(area: &'a PatrolArea, options: AnnotateOptions) -> Self {
        let corridors = options.routes || area.has_corridor_regions();
        let AnnotateOptions { posts, routes, .. } = options;
        let selection = Selection::new(&options.prefix, posts, routes, corridors, options.locate.count);
        let lengths = selection.names().fold(0, |lengths, name| lengths | 1 << (name.len() % 64));
        let replaced = match options.replace {
            true => FIELDS.iter().map(|field| format!("{}{}", options.prefix, field.name)).collect(),
            false => Vec::new(),
        };
        Annotator { area, options, selection, lengths, replaced }
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
    /// Where the text is not JSON, not GeoJSON or has a coordinate out of range, and where a property has
    /// a name that would be written.
    pub fn annotate_feature(&self, feature: &str) -> Result<String, Error> {
        let feature = RawFeature::alone(feature);
        let mut out = Vec::with_capacity(feature.text.len() + 512);
        let parts = feature.parts()?;
        self.splice(&parts, parts.place()?, &mut String::new(), &mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// Everything about a place: `None` where it is none that can be located.
    ///
    /// Of several positions the one that is nearest counts, for posts and for routes; it lies in the
    /// corridors that any of them lies in.
    pub fn locate(&self, place: &Place) -> Option<Located> {
        let (first, rest) = place.positions().split_first()?;
        let mut located = self.area.locate(*first, &self.options.locate);
        for position in rest {
            self.merge(&mut located, *position);
        }
        Some(located)
    }

    fn merge(&self, located: &mut Located, position: Position) {
        let other = self.area.locate(position, &self.options.locate);
        let post_m = |located: &Located| located.posts.first().map_or(f64::INFINITY, |hit| hit.distance_m);
        let route_m =
            |located: &Located| located.routes.first().map_or(f64::INFINITY, |hit| hit.location.offset_m);
        let (nearer_post, nearer_route) =
            (post_m(&other) < post_m(located), route_m(&other) < route_m(located));
        if nearer_post {
            located.posts = other.posts;
        }
        if nearer_route {
            located.routes = other.routes;
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
    ) -> Result<Option<Located>, Error> {
        if self.options.replace {
            // What is taken out can't be in the way.
        } else if let Some(name) = self.name_in_the_way(parts) {
            return Err(parts.blame(
                Error::input(format!(
                    "found the property `{name}`, which the annotation writes too: \
                     rename it, or use --prefix (or --replace, where it is an earlier annotation)"
                ))
                .under("properties"),
            ));
        }
        members.clear();
        let located = self.locate(&place);
        match &located {
            Some(located) => {
                let selection = Cow::Borrowed(&self.selection);
                Annotation { selection, area: self.area, located, report: None }.write_members(members);
            }
            None => write_warning(&self.selection, warning(&place, parts.geometry.is_some()), members),
        }
        let is_replaced = |key: &str| self.replaced.iter().any(|name| name == key);
        let remove: Option<&dyn Fn(&str) -> bool> =
            if self.options.replace { Some(&is_replaced) } else { None };
        splice(parts, remove, members, out);
        Ok(located)
    }

    /// The columns that a table gets, in the order of the fields.
    pub(crate) fn columns(&self) -> Vec<Column> {
        self.selection.columns(self.area, false)
    }

    /// True where a column (or member) of this name is taken out first.
    pub(crate) fn takes_out(&self, name: &str) -> bool {
        self.replaced.iter().any(|replaced| replaced == name)
    }

    /// Adds the cells of [`columns`](Self::columns) to a row and gives its answer, `None` where it could
    /// not be located.
    pub(crate) fn answer(&self, row: &mut Row) -> Option<Located> {
        let located = self.locate(&row.place);
        match &located {
            Some(located) => {
                let selection = Cow::Borrowed(&self.selection);
                Annotation { selection, area: self.area, located, report: None }.push_cells(false, row);
            }
            None => {
                let warning = row.warning.unwrap_or_else(|| warning(&row.place, true));
                push_warning(&self.selection, warning, false, row);
            }
        }
        located
    }

    fn name_in_the_way<'p>(&self, parts: &FeatureParts<'p>) -> Option<Cow<'p, str>> {
        parts.property_names().find(|key| {
            self.lengths >> (key.len() % 64) & 1 == 1 && self.selection.names().any(|name| name == *key)
        })
    }
}

/// Why a place is not located.
fn warning(place: &Place, has_member: bool) -> &'static str {
    match place {
        Place::None if !has_member => "not located: the feature has no geometry member",
        Place::None => "not located: the geometry is null",
        Place::MultiPoint(_) | Place::Point(_) => "not located: a MultiPoint without positions",
        Place::Lines(_) => "not located: a line, expected a Point or MultiPoint",
        Place::Region(_) => "not located: a polygon, expected a Point or MultiPoint",
        Place::Collection(_) => "not located: a GeometryCollection, expected a Point or MultiPoint",
    }
}
