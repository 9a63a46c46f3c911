//! Which members a run writes, and under what names.

use super::field::{Field, Scope};
use super::fields::{CANDIDATE_FIELDS, FIELDS};
use super::simplestyle::SIMPLESTYLE_FIELDS;
use crate::io::{Column, ColumnKind, write_string};
use crate::{FeatureId, PatrolIndex};

/// Which members are written, and under what names.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    /// Each field that this run can write, with its name behind the prefix; first those that stand in the properties
    /// themselves, then those that only stand in objects.
    fields: Vec<(&'static Field, String)>,
    /// The same names as JSON, each with its colon.
    keys: Vec<String>,
    /// How many of them stand in the properties of an incident whose location is a position.
    pub plain: usize,
    /// How many of them stand in the properties themselves.
    pub flat: usize,
}

impl Selection {
    pub fn new(prefix: &str, posts: bool, routes: bool, corridors: bool, count: usize) -> Self {
        let wanted = |field: &&Field| match field.scope {
            Scope::EachPost | Scope::Posts => posts,
            Scope::EachRoute | Scope::Routes => routes,
            Scope::Corridors => corridors,
            Scope::PostArray => posts && count > 1,
            Scope::RouteArray => routes && count > 1,
            Scope::Unlocated | Scope::Report => true,
            // Only where they are asked for, below.
            Scope::Grid | Scope::Style | Scope::ReportStyle => false,
            Scope::ReportPosts | Scope::PostCandidate => posts,
            Scope::ReportRoutes | Scope::RouteCandidate => routes,
            Scope::ReportCorridors => corridors,
        };
        let named = |field: &'static Field| (field, format!("{prefix}{}", field.name));
        let mut fields: Vec<_> = FIELDS.iter().filter(wanted).map(named).collect();
        let plain = fields.iter().position(|(field, _)| !is_plain(field.scope)).unwrap_or(fields.len());
        let flat = fields.len();
        fields.extend(CANDIDATE_FIELDS.iter().filter(wanted).map(named));
        Selection { keys: fields.iter().map(key).collect(), fields, plain, flat }
    }

    /// With the members of simplestyle, whose names have no prefix.
    #[must_use]
    pub fn with_simplestyle(self) -> Self {
        self.with(SIMPLESTYLE_FIELDS.iter().map(|field| (field, field.name.to_owned())))
    }

    /// With the grid reference of the location.
    #[must_use]
    pub fn with_mgrs(self, prefix: &str) -> Self {
        let fields = FIELDS.iter().filter(|field| field.scope == Scope::Grid);
        self.with(fields.map(|field| (field, format!("{prefix}{}", field.name))))
    }

    /// With more fields, each behind those of its kind.
    fn with(mut self, fields: impl Iterator<Item = (&'static Field, String)>) -> Self {
        for named in fields {
            let is_plain = is_plain(named.0.scope);
            self.fields.insert(if is_plain { self.plain } else { self.flat }, named);
            self.plain += usize::from(is_plain);
            self.flat += 1;
        }
        self.keys = self.fields.iter().map(key).collect();
        self
    }

    /// The fields that stand in the properties themselves.
    pub fn flat(&self) -> &[(&'static Field, String)] {
        &self.fields[..self.flat]
    }

    /// The names in the properties.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.flat().iter().map(|(_, name)| name.as_str())
    }

    /// The flat fields as columns of a table, those of reports only where it can have some; `area` tells the type of
    /// the ids.
    pub fn columns(&self, index: &PatrolIndex, reports: bool) -> Vec<Column> {
        let kind = |field: &Field| match field.kind.split(' ').next() {
            Some("number") => ColumnKind::Float(64),
            Some("bool") => ColumnKind::Bool,
            Some("array") => ColumnKind::Json,
            _ if field.name == "post_id" => id_kind(index.posts().iter().map(|post| &post.id)),
            _ if field.name == "route_id" => id_kind(index.routes().iter().map(|route| &route.id)),
            _ => ColumnKind::Text,
        };
        let fields = self.flat().iter().filter(|(field, _)| reports || !field.scope.is_of_report());
        fields.map(|(field, name)| Column { name: name.clone(), kind: kind(field) }).collect()
    }

    /// The fields of some scopes, each with its name and its key.
    pub fn of(&self, wanted: impl Fn(Scope) -> bool) -> impl Iterator<Item = (&'static Field, &str, &str)> {
        self.between(0, self.fields.len()).filter(move |(field, _, _)| wanted(field.scope))
    }

    /// The fields of an interval of the list.
    pub fn between(&self, from: usize, to: usize) -> impl Iterator<Item = (&'static Field, &str, &str)> {
        (self.fields[from..to].iter().zip(&self.keys[from..to]))
            .map(|((field, name), key)| (*field, name.as_str(), key.as_str()))
    }
}

/// A name as JSON, with its colon.
fn key((_, name): &(&'static Field, String)) -> String {
    let mut key = String::new();
    write_string(name, &mut key);
    key + ":"
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

/// The scopes that stand in the properties of a located incident.
pub(crate) fn is_flat(scope: Scope) -> bool {
    !matches!(scope, Scope::Unlocated | Scope::PostCandidate | Scope::RouteCandidate)
}

/// The scopes that stand in those of one whose location is a position: the first in `FIELDS`.
fn is_plain(scope: Scope) -> bool {
    is_flat(scope) && !scope.is_of_report()
}
