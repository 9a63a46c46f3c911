//! The structure that RFC 7946 asks for: objects, members and their kinds.

use super::bbox::Bbox;
use super::checker::Checker;
use crate::io::crs;
use crate::io::file::path::Path;
use crate::io::geojson::geometry::{self, Reader};
use crate::io::geojson::names;
use crate::io::json::raw::{self, elements, kind_of, members, unquote};
use crate::io::layer::finding::Severity;

/// The three sorts of GeoJSON objects, with the members that each must not have (section 7.1).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Collection,
    Feature,
    Geometry,
}

impl Sort {
    fn name(self) -> &'static str {
        match self {
            Sort::Collection => "a FeatureCollection",
            Sort::Feature => "a Feature",
            Sort::Geometry => "a geometry",
        }
    }

    fn forbidden(self) -> &'static [&'static str] {
        match self {
            Sort::Collection => &["coordinates", "geometries", "geometry", "properties"],
            Sort::Feature => &["coordinates", "geometries", "features"],
            Sort::Geometry => &["geometry", "properties", "features"],
        }
    }
}

impl Checker<'_> {
    /// The one JSON text of a file.
    pub(super) fn root(&mut self, root: &str) {
        if !self.is_json(root) {
            return;
        }
        let expected = "a FeatureCollection, a Feature or a geometry";
        match self.type_of(root, expected).as_deref() {
            None => {}
            Some("FeatureCollection") => self.collection(root),
            Some(_) => self.object(root, 1, expected),
        }
    }

    /// One record of a sequence, or one line.
    pub(super) fn record(&mut self, record: &str, number: u64) {
        self.feature = Some((number, None));
        if self.is_json(record) {
            self.object(record, number, "a Feature or a geometry");
        }
        self.feature = None;
    }

    fn is_json(&mut self, text: &str) -> bool {
        match raw::validate(text) {
            Ok(()) => true,
            Err(error) => {
                let start = raw::offset_in(self.text, text) as u64;
                self.note_error(Severity::Error, error.shift_byte(start));
                false
            }
        }
    }

    /// The `type` of an object that has one; otherwise it is told what is wrong.
    fn type_of(&mut self, text: &str, expected: &str) -> Option<String> {
        if !text.starts_with('{') {
            self.error(text, "", format!("not GeoJSON: {}, expected {expected}", kind_of(text)));
            return None;
        }
        match members(text).filter(|member| member.key == "type").last().map(|member| member.value) {
            None => {
                let message = format!("not GeoJSON: an object without `type`, expected {expected}");
                self.error(text, "", message);
                None
            }
            Some(kind) if raw::is_string(kind) => Some(unquote(kind).into_owned()),
            Some(kind) => {
                let message = format!("not GeoJSON: {}, expected {expected}", kind_of(kind));
                self.error(kind, "type", message);
                None
            }
        }
    }

    /// A feature or a geometry that stands alone.
    fn object(&mut self, text: &str, number: u64, expected: &str) {
        let Some(kind) = self.type_of(text, expected) else { return };
        let errors = self.errors;
        if kind == "Feature" {
            self.whole_feature(text, number, true);
            return;
        }
        if !names::GEOMETRY_TYPES.contains(&&*kind) {
            let known = [&["FeatureCollection"][..], &names::RECORD_TYPES[..]].concat();
            let known =
                if expected.contains("FeatureCollection") { &known[..] } else { &names::RECORD_TYPES };
            let error = names::unknown_type(&kind, known, expected);
            self.error(value(text, "type").unwrap_or(text), "type", error.message());
            return;
        }
        self.geometry(text, &Path::ROOT);
        if self.errors == errors {
            self.fit(text, number, true);
        }
    }

    fn collection(&mut self, text: &str) {
        self.members(text, &Path::ROOT, Sort::Collection);
        match value(text, "features") {
            None => {
                let message = "a FeatureCollection without `features`, expected an array";
                self.error(text, "", message);
            }
            Some(array) if !array.starts_with('[') => {
                self.error(array, "features", format!("{}, expected an array", kind_of(array)));
            }
            Some(array) => {
                for (i, feature) in elements(array).enumerate() {
                    self.collected(feature, i as u64 + 1);
                }
            }
        }
        self.boxes.pop();
    }

    fn collected(&mut self, text: &str, number: u64) {
        self.feature = Some((number, None));
        if !text.starts_with('{') {
            self.error(text, "", format!("{}, expected a Feature object", kind_of(text)));
        } else if let Some(kind) = self.type_of(text, "a Feature") {
            if kind == "Feature" {
                self.whole_feature(text, number, false);
            } else {
                let error = names::unknown_type(&kind, &["Feature"], "`Feature`");
                self.error(value(text, "type").unwrap_or(text), "type", error.message());
            }
        }
        self.feature = None;
    }

    fn whole_feature(&mut self, text: &str, number: u64, alone: bool) {
        let errors = self.errors;
        let shown = value(text, "id")
            .filter(|id| raw::is_string(id) || raw::is_number(id))
            .or_else(|| value(text, "properties").and_then(|properties| value(properties, "id")))
            .filter(|id| raw::is_string(id) || raw::is_number(id));
        self.feature = Some((number, shown.map(|id| unquote(id).into_owned())));
        let foreign_crs = self.foreign_crs;
        self.members(text, &Path::ROOT, Sort::Feature);
        match value(text, "id") {
            Some("null") => {
                let message = "null, expected a string or a number: leave `id` out";
                self.missing(value(text, "id").unwrap_or(text), "id", message);
            }
            Some(id) if !raw::is_string(id) && !raw::is_number(id) => {
                self.error(id, "id", format!("{}, expected a string or a number", kind_of(id)));
            }
            _ => {}
        }
        match value(text, "properties") {
            None => {
                let message = "a Feature without `properties`, expected an object or null";
                self.missing(text, "", message);
            }
            Some(found) if found != "null" && !found.starts_with('{') => {
                let message = format!("{}, expected an object or null", kind_of(found));
                self.error(found, "properties", message);
            }
            Some(_) => {}
        }
        match value(text, "geometry") {
            None => {
                let message = "a Feature without `geometry`, expected a geometry or null";
                self.missing(text, "", message);
            }
            Some("null") => {}
            Some(geometry) => self.geometry(geometry, &Path::ROOT.key("geometry")),
        }
        self.boxes.pop();
        self.foreign_crs = foreign_crs;
        if self.errors == errors {
            self.fit(text, number, alone);
        }
        self.feature = None;
    }

    /// RFC 7946 wants it otherwise; the layers read it all the same.
    fn missing(&mut self, at: &str, path: &str, message: &str) {
        let severity = if self.layer.is_some() { Severity::Warning } else { Severity::Error };
        self.note(severity, at, path, message);
    }

    /// A geometry with all that is in it.
    fn geometry(&mut self, text: &str, path: &Path<'_>) {
        let (foreign_crs, boxes) = (self.foreign_crs, self.boxes.len());
        self.geometry_members(text, path, 0);
        let mut reader = Reader::new(self.text, true);
        reader.degrees = !self.foreign_crs;
        let place = reader.place(text, path, 0);
        let Reader { problems, warnings, .. } = reader;
        problems.into_iter().for_each(|error| self.note_error(Severity::Error, error));
        warnings.into_iter().for_each(|error| self.note_error(Severity::Warning, error));
        if let Some(place) = place
            && !self.foreign_crs
        {
            self.hold_boxes(&place, text);
            self.topology(&place, text, path);
        }
        self.boxes.truncate(boxes);
        self.foreign_crs = foreign_crs;
    }

    /// The members of a geometry and of those in it, apart from their coordinates. The box of the
    /// outermost one is pushed.
    fn geometry_members(&mut self, text: &str, path: &Path<'_>, depth: usize) {
        if !text.starts_with('{') || depth > geometry::MAX_DEPTH {
            // The reader of geometries tells that.
            return;
        }
        self.members(text, path, Sort::Geometry);
        if depth > 0 {
            self.boxes.pop();
        }
        if value(text, "type") != Some("\"GeometryCollection\"") {
            return;
        }
        let Some(geometries) = value(text, "geometries") else { return };
        if depth == 1 {
            let message = "a GeometryCollection in another, expected none (RFC 7946 section 3.1.8): \
                           flatten it";
            self.warn(text, &path.to_string(), message);
        }
        if depth == 0 && elements(geometries).count() == 1 {
            let message = "a GeometryCollection of one geometry (RFC 7946 section 3.1.8), \
                           expected that geometry by itself";
            self.warn(geometries, &path.key("geometries").to_string(), message);
        }
        let path = path.key("geometries");
        for (i, inner) in elements(geometries).enumerate() {
            self.geometry_members(inner, &path.index(i), depth + 1);
        }
    }

    /// What any GeoJSON object must keep: no GeoJSON member twice, none with another meaning, a right
    /// `bbox`, no `crs`. Pushes its box (or an empty one).
    fn members(&mut self, text: &str, path: &Path<'_>, sort: Sort) {
        let mut seen = names::Seen::default();
        let mut bbox = None;
        for member in members(text) {
            if seen.again(&member.key) {
                let message = names::duplicate(&member.key).message().to_owned();
                self.strict(member.key_text, &path.to_string(), message);
            }
            let key = &*member.key;
            if sort.forbidden().contains(&key) {
                let name = sort.name();
                let message =
                    format!("`{key}` in {name}, where it has no place (RFC 7946 section 7.1): rename it");
                self.error(member.key_text, &path.to_string(), message);
            }
            match key {
                "bbox" => bbox = Some(member.value),
                "crs" => self.crs(member.value, &path.key("crs")),
                _ => {}
            }
        }
        let found = match bbox {
            None => Ok(None),
            Some(value) => Bbox::read(value, self.text, path.key("bbox").to_string()),
        };
        let found = found.unwrap_or_else(|(at, message): (&str, String)| {
            self.error(at, &path.key("bbox").to_string(), message);
            None
        });
        let mut found = found.unwrap_or_default();
        found.of_collection = sort == Sort::Collection;
        self.boxes.push(found);
        if let Some(message) = self.boxes.last().and_then(Bbox::warning) {
            self.warn(bbox.unwrap_or(text), &path.key("bbox").to_string(), message);
        }
    }

    fn crs(&mut self, value: &str, path: &Path<'_>) {
        match crs::check(value) {
            // QGIS writes it into every export, and it says what holds without it.
            Ok(()) if value.contains("CRS84") => {}
            Ok(()) => {
                let message = "the legacy member `crs`, which RFC 7946 (section 4) has removed: leave it out";
                self.warn(value, &path.to_string(), message);
            }
            Err(error) => {
                self.foreign_crs = true;
                self.strict(value, &path.to_string(), error.message());
            }
        }
    }
}

/// Returns the value of a member. If a name is repeated, the last one wins.
fn value<'t>(object: &'t str, name: &str) -> Option<&'t str> {
    members(object).filter(|member| member.key == name).map(|member| member.value).last()
}
