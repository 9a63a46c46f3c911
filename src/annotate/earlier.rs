//! The answers of an earlier annotation, which a new one takes out first: answers only, never what the incident had itself.

use std::borrow::Cow;

use super::field::Scope;
use super::fields::FIELDS;
use super::simplestyle::SIMPLESTYLE_FIELDS;

/// Which answers of an earlier annotation stand among the names of properties or columns.
///
/// A layer's answers are there where its distance is: a `corridor` without a `route_distance_m` is the incident's own.
#[derive(Debug)]
pub(crate) struct Earlier<'p> {
    prefix: &'p str,
    posts: bool,
    routes: bool,
    corridors: bool,
    simplestyle: bool,
    /// How the location was reported stays: it can't be found out again.
    keeps_form: bool,
}

impl<'p> Earlier<'p> {
    pub fn among<'n>(
        names: impl Iterator<Item = Cow<'n, str>>,
        prefix: &'p str,
        simplestyle: bool,
        keeps_form: bool,
    ) -> Self {
        let (posts, routes, corridors) = (false, false, false);
        let mut earlier = Earlier { prefix, posts, routes, corridors, simplestyle, keeps_form };
        for name in names {
            match name.strip_prefix(prefix) {
                Some("post_distance_m") => earlier.posts = true,
                Some("route_distance_m") => earlier.routes = true,
                Some("in_corridor") => earlier.corridors = true,
                _ => {}
            }
        }
        earlier
    }

    /// Returns `true` if a name is that of an earlier answer.
    pub fn takes_out(&self, name: &str) -> bool {
        if self.simplestyle && SIMPLESTYLE_FIELDS.iter().any(|field| field.name == name) {
            return true;
        }
        let Some(name) = name.strip_prefix(self.prefix) else { return false };
        let Some(field) = FIELDS.iter().find(|field| field.name == name) else { return false };
        match field.scope {
            Scope::EachPost | Scope::Posts | Scope::PostArray | Scope::ReportPosts => self.posts,
            Scope::EachRoute | Scope::Routes | Scope::RouteArray | Scope::ReportRoutes => self.routes,
            Scope::Corridors | Scope::ReportCorridors => self.corridors,
            Scope::Report => !(self.keeps_form && matches!(name, "location_form" | "location_area_km2")),
            Scope::Grid => self.posts || self.routes || self.corridors,
            Scope::Unlocated => true,
            Scope::Style | Scope::ReportStyle | Scope::PostCandidate | Scope::RouteCandidate => false,
        }
    }
}
