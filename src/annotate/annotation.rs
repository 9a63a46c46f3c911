//! An answer as members: JSON text for a feature, or a serde map for one's own type.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::fields::{FIELDS, Field, Scope, Subject, Value};
use super::number::{
    BEARING_DECIMALS, DEGREE_DECIMALS, METRE_DECIMALS, rounded, rounded_bearing, write_rounded,
};
use crate::index::{LocateOptions, Located, Nearest, PostHit, RouteHit};
use crate::io::{Cell, Column, ColumnKind, Row, write_id, write_string};
use crate::{FeatureId, PatrolArea};

/// Which members are written, and under what names.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    /// Each field that this run can write, with its name behind the prefix.
    fields: Vec<(&'static Field, String)>,
    /// The same names as JSON, each with its colon.
    keys: Vec<String>,
}

impl Selection {
    pub fn new(prefix: &str, posts: bool, routes: bool, corridors: bool, count: usize) -> Self {
        let wanted = |field: &&Field| match field.scope {
            Scope::EachPost | Scope::Posts => posts,
            Scope::EachRoute | Scope::Routes => routes,
            Scope::Corridors => corridors,
            Scope::PostArray => posts && count > 1,
            Scope::RouteArray => routes && count > 1,
            Scope::Unlocated => true,
        };
        let named = |field: &'static Field| (field, format!("{prefix}{}", field.name));
        let fields: Vec<_> = FIELDS.iter().filter(wanted).map(named).collect();
        let key = |(_, name): &(&Field, String)| {
            let mut key = String::new();
            write_string(name, &mut key);
            key + ":"
        };
        Selection { keys: fields.iter().map(key).collect(), fields }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(_, name)| name.as_str())
    }

    /// The flat fields as columns of a table; `area` tells the type of the ids.
    pub fn columns(&self, area: &PatrolArea) -> Vec<Column> {
        let kind = |field: &Field| match field.kind.split(' ').next() {
            Some("number") => ColumnKind::Float(64),
            Some("bool") => ColumnKind::Bool,
            Some("array") => ColumnKind::Json,
            _ if field.name == "post_id" => id_kind(area.posts().iter().map(|post| &post.id)),
            _ if field.name == "route_id" => id_kind(area.routes().iter().map(|route| &route.id)),
            _ => ColumnKind::Text,
        };
        self.fields.iter().map(|(field, name)| Column { name: name.clone(), kind: kind(field) }).collect()
    }

    /// The fields of some scopes, each with its name and its key.
    fn of(&self, wanted: impl Fn(Scope) -> bool) -> impl Iterator<Item = (&'static Field, &str, &str)> {
        (self.fields.iter().zip(&self.keys))
            .filter(move |((field, _), _)| wanted(field.scope))
            .map(|((field, name), key)| (*field, name.as_str(), key.as_str()))
    }
}

/// Whole numbers only: a column of integers; else text.
fn id_kind<'i>(mut ids: impl Iterator<Item = &'i FeatureId>) -> ColumnKind {
    let mut any = false;
    let whole = ids.all(|id| {
        any = true;
        id.is_number() && id.as_str().parse::<i64>().is_ok()
    });
    if any && whole { ColumnKind::Signed(64) } else { ColumnKind::Text }
}

/// What an annotation says of one incident: the members of `FIELDS`, for serde.
///
/// Put it into a struct of your own with `#[serde(flatten)]`; numbers are rounded as the program rounds
/// them. Take what you need in full doubles from [`Located`].
#[derive(Clone)]
pub struct Annotation<'a> {
    pub(crate) selection: std::borrow::Cow<'a, Selection>,
    pub(crate) area: &'a PatrolArea,
    pub(crate) located: &'a Located,
}

impl<'a> Annotation<'a> {
    /// The members about `located`, which `area` has answered with these options.
    pub fn new(area: &'a PatrolArea, located: &'a Located, options: &LocateOptions) -> Self {
        let (posts, routes) = (!area.posts().is_empty(), !area.routes().is_empty());
        let corridors = routes || area.has_corridor_regions();
        let selection = std::borrow::Cow::Owned(Selection::new("", posts, routes, corridors, options.count));
        Annotation { selection, area, located }
    }

    fn subject(&self) -> Subject<'_> {
        let Annotation { area, located, .. } = *self;
        Subject { area, located, post: located.posts.first(), route: located.routes.first() }
    }

    /// The members as JSON text without braces, `"a":1,"b":"x"`, just as the program writes them into a
    /// feature: numeric ids have the digits of their layer, which serde keeps for whole numbers of 64 bits.
    pub fn json_members(&self) -> String {
        let mut out = String::new();
        self.write_members(&mut out);
        out
    }

    /// Adds a cell for each field of the selection.
    pub(crate) fn push_cells(&self, row: &mut Row) {
        let subject = self.subject();
        for (field, _) in &self.selection.fields {
            let value = match field.scope {
                Scope::Unlocated => Value::Absent,
                _ => (field.value)(&subject),
            };
            let cell = match value {
                Value::Absent | Value::Warning => Cell::Absent,
                Value::Null => Cell::Null,
                Value::Bool(bool) => Cell::Bool(bool),
                Value::Text(text) => Cell::Text(row.keep(text)),
                Value::Id(id) if id.is_number() => Cell::Number(row.keep(id.as_str())),
                Value::Id(id) => Cell::Text(row.keep(id.as_str())),
                ref value => {
                    let span = row.keep_with(|out| write_value(value, &subject, &self.selection, out));
                    match value {
                        Value::Metres(_) | Value::Bearing(_) | Value::Degrees(_) => Cell::Number(span),
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
        write_members(self.selection.of(|scope| scope != Scope::Unlocated), &subject, &self.selection, out);
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
pub(crate) fn push_warning(selection: &Selection, warning: &str, row: &mut Row) {
    for (field, _) in &selection.fields {
        match field.scope {
            Scope::Unlocated => row.push_text(warning),
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
    let area = subject.area;
    match *value {
        Value::Absent | Value::Warning | Value::Null => out.push_str("null"),
        Value::Id(id) => write_id(id, out),
        Value::Text(text) => write_string(text, out),
        Value::Metres(metres) => write_rounded::<METRE_DECIMALS>(metres, out),
        Value::Bearing(degrees) => write_rounded::<BEARING_DECIMALS>(rounded_bearing(degrees), out),
        Value::Degrees(degrees) => write_rounded::<DEGREE_DECIMALS>(degrees, out),
        Value::Bool(bool) => out.push_str(if bool { "true" } else { "false" }),
        Value::PostIds(posts) => write_array(posts, out, |&post, out| write_id(&area.posts()[post].id, out)),
        Value::RouteIds(routes) => {
            write_array(routes, out, |&route, out| write_id(&area.routes()[route].id, out))
        }
        Value::Corridors(places) => {
            write_array(places, out, |&place, out| write_string(&area.corridors()[place].name, out));
        }
        Value::Posts(posts) => write_array(posts.hits(), out, |hit, out| {
            let of = Subject { post: Some(hit), ..*subject };
            out.push('{');
            write_members(selection.of(|scope| scope == Scope::EachPost), &of, selection, out);
            out.push('}');
        }),
        Value::Routes(routes) => write_array(routes.hits(), out, |hit, out| {
            let of = Subject { route: Some(hit), ..*subject };
            out.push('{');
            write_members(selection.of(|scope| scope == Scope::EachRoute), &of, selection, out);
            out.push('}');
        }),
    }
}

fn write_array<T>(items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
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
        let fields = |scope: Scope| scope != Scope::Unlocated;
        Members { selection: &self.selection, subject: self.subject(), wanted: fields }.serialize(serializer)
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
        let area = subject.area;
        match self.value {
            Value::Absent | Value::Warning | Value::Null => serializer.serialize_none(),
            Value::Id(id) => id.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Metres(metres) => serializer.serialize_f64(rounded(metres, METRE_DECIMALS)),
            Value::Bearing(degrees) => serializer.serialize_f64(rounded_bearing(degrees)),
            Value::Degrees(degrees) => serializer.serialize_f64(rounded(degrees, DEGREE_DECIMALS)),
            Value::Bool(bool) => serializer.serialize_bool(bool),
            Value::PostIds(posts) => serializer.collect_seq(posts.iter().map(|&post| &area.posts()[post].id)),
            Value::RouteIds(routes) => {
                serializer.collect_seq(routes.iter().map(|&route| &area.routes()[route].id))
            }
            Value::Corridors(places) => {
                serializer.collect_seq(places.iter().map(|&place| &area.corridors()[place].name))
            }
            Value::Posts(posts) => hits(serializer, posts, selection, Scope::EachPost, |hit: &PostHit| {
                Subject { post: Some(hit), ..subject }
            }),
            Value::Routes(routes) => {
                hits(serializer, routes, selection, Scope::EachRoute, |hit: &RouteHit| Subject {
                    route: Some(hit),
                    ..subject
                })
            }
        }
    }
}

fn hits<'a, S: Serializer, T>(
    serializer: S,
    nearest: &'a Nearest<T>,
    selection: &'a Selection,
    each: Scope,
    subject: impl Fn(&'a T) -> Subject<'a>,
) -> Result<S::Ok, S::Error> {
    let mut array = serializer.serialize_seq(Some(nearest.hits().len()))?;
    for hit in nearest.hits() {
        array.serialize_element(&Members {
            selection,
            subject: subject(hit),
            wanted: |scope| scope == each,
        })?;
    }
    array.end()
}
