//! One feature as it stands: where its members are, its id and its geometry. The hot path: no copies.

use std::borrow::Cow;

use crate::io::crs;
use crate::io::file::path::Path;
use crate::io::geojson::geometry;
use crate::io::geojson::names;
use crate::io::json::raw::{self, kind_of, members, unquote};
use crate::io::table::no_position::NoPosition;
use crate::{Error, FeatureId, IncidentGeometry};

/// One feature (or bare geometry) of a document, as a slice of its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawFeature<'a> {
    /// The text, without the white space around it.
    pub text: &'a str,
    /// Its number in the document, from 1.
    pub number: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The byte at which it begins in the document.
    pub offset: u64,
    /// It stands alone (in its file, its line or its record), not in a `features` array: it may be a
    /// bare geometry, and its grammar may not have been checked yet.
    pub alone: bool,
    /// The grammar of the text has been checked.
    pub validated: bool,
}

/// What stands for a feature's `properties`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Properties<'a> {
    /// The text of the object.
    Object(&'a str),
    /// The text `null`.
    Null(&'a str),
    /// No such member.
    Missing,
}

impl<'a> Properties<'a> {
    /// The object's text; `{}` where there is none.
    pub(crate) fn object(self) -> &'a str {
        match self {
            Properties::Object(text) => text,
            _ => "{}",
        }
    }
}

/// The parts of a feature, as slices of its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FeatureParts<'a> {
    /// The feature that they are parts of.
    pub feature: RawFeature<'a>,
    /// The text is a bare geometry.
    pub bare_geometry: bool,
    /// The geometry's text, `null` too; `None` where the member is missing.
    pub geometry: Option<&'a str>,
    /// The properties.
    pub properties: Properties<'a>,
    /// The feature's own id, a string or a number; `None` where it is missing or null.
    id: Option<&'a str>,
}

impl<'a> RawFeature<'a> {
    /// A feature or a geometry that stands alone, not yet validated.
    pub(crate) fn alone(text: &'a str) -> Self {
        RawFeature {
            text: text.trim_matches(raw::BLANK),
            number: 1,
            line: 1,
            offset: 0,
            alone: true,
            validated: false,
        }
    }

    /// Finds the parts of the feature and checks their kinds; the geometry's inside is left to
    /// [`FeatureParts::place`].
    ///
    /// # Errors
    /// Where the text is not JSON or not a feature, a GeoJSON member stands twice, or a `crs` is named
    /// that can't be read.
    pub(crate) fn parts(&self) -> Result<FeatureParts<'a>, Error> {
        self.read_parts().map_err(|error| self.blame(error))
    }

    fn read_parts(&self) -> Result<FeatureParts<'a>, Error> {
        let text = self.text;
        let at = |part: &str| raw::offset_in(text, part) as u64;
        if !self.validated {
            raw::validate(text)?;
        }
        if !text.starts_with('{') {
            let expected = if self.alone { "a Feature or a geometry object" } else { "a Feature object" };
            return Err(Error::input(format!("{}, expected {expected}", kind_of(text))).at_byte(0));
        }
        let (mut kind, mut id, mut geometry, mut properties) = (None, None, None, None);
        let mut seen = names::Seen::default();
        for member in members(text) {
            if seen.again(&member.key) {
                return Err(names::duplicate(&member.key).at_byte(at(member.key_text)));
            }
            match &*member.key {
                "type" => kind = Some(member.value),
                "id" => id = Some(member.value),
                "geometry" => geometry = Some(member.value),
                "properties" => properties = Some(member.value),
                "crs" => {
                    crs::check(member.value).map_err(|e| e.under("crs").at_byte(at(member.value)))?;
                }
                _ => {}
            }
        }
        let wrong = |value: &str, member: &str, expected: &str| {
            Error::input(format!("{}, expected {expected}", kind_of(value))).under(member).at_byte(at(value))
        };
        let bare_geometry = match kind {
            Some("\"Feature\"") => false,
            None => {
                return Err(Error::input("an object without `type`, expected the type `Feature`").at_byte(0));
            }
            Some(kind) if !raw::is_string(kind) => return Err(wrong(kind, "type", "the type `Feature`")),
            Some(kind_text) => match &*unquote(kind_text) {
                "Feature" => false,
                kind if self.alone && names::GEOMETRY_TYPES.contains(&kind) => true,
                kind if self.alone => {
                    return Err(names::unknown_type(kind, &names::RECORD_TYPES, "a Feature or a geometry")
                        .under("type")
                        .at_byte(at(kind_text)));
                }
                kind => {
                    return Err(names::unknown_type(kind, &["Feature"], "`Feature`")
                        .under("type")
                        .at_byte(at(kind_text)));
                }
            },
        };
        if bare_geometry {
            let properties = Properties::Missing;
            return Ok(FeatureParts {
                feature: *self,
                bare_geometry,
                geometry: Some(text),
                properties,
                id: None,
            });
        }
        let id = match id {
            None | Some("null") => None,
            Some(id) if raw::is_string(id) || raw::is_number(id) => Some(id),
            Some(id) => return Err(wrong(id, "id", "a string or a number")),
        };
        let properties = match properties {
            None => Properties::Missing,
            Some("null") => Properties::Null(properties.unwrap_or_default()),
            Some(object) if object.starts_with('{') => Properties::Object(object),
            Some(other) => return Err(wrong(other, "properties", "an object or null")),
        };
        if let Some(other) = geometry
            && other != "null"
            && !other.starts_with('{')
        {
            return Err(wrong(other, "geometry", "a geometry object or null"));
        }
        Ok(FeatureParts { feature: *self, bare_geometry, geometry, properties, id })
    }

    /// Names feature and line in an error whose byte counts from the start of this feature.
    pub(crate) fn blame(&self, error: Error) -> Error {
        let at = error.byte().unwrap_or(0);
        let line = self.line + raw::newlines_before(self.text, usize::try_from(at).unwrap_or(usize::MAX));
        error.shift_byte(self.offset).in_feature(self.number).at_line(line)
    }
}

impl<'a> FeatureParts<'a> {
    /// Where it is: the geometry read and checked; [`IncidentGeometry::None`] where it is null or missing.
    ///
    /// # Errors
    /// Where the geometry is none by RFC 7946, or out of range.
    pub(crate) fn any_geometry(&self) -> Result<IncidentGeometry, Error> {
        let Some(text) = self.geometry else { return Ok(IncidentGeometry::None) };
        let path = if self.bare_geometry { Path::ROOT } else { Path::ROOT.key("geometry") };
        geometry::read(text, self.feature.text, &path).map_err(|error| self.blame(error))
    }

    /// The place of an incident: as [`place`](Self::place), but a geometry whose coordinates are `[]` is none.
    ///
    /// # Errors
    /// Returns an error if the geometry is none by RFC 7946, or out of range.
    pub(crate) fn incident_geometry(&self) -> Result<IncidentGeometry, Error> {
        let Some(text) = self.geometry else { return Ok(IncidentGeometry::None) };
        let path = if self.bare_geometry { Path::ROOT } else { Path::ROOT.key("geometry") };
        geometry::read_incident(text, self.feature.text, &path).map_err(|error| self.blame(error))
    }

    /// Why an incident has no geometry, where its place is [`IncidentGeometry::None`].
    pub(crate) fn no_position(&self, place: &IncidentGeometry) -> Option<NoPosition> {
        (*place == IncidentGeometry::None).then_some(match self.geometry {
            None => NoPosition::NoGeometry,
            Some("null") => NoPosition::NullGeometry,
            Some(_) => NoPosition::EmptyGeometry,
        })
    }

    /// The id: the feature's, else the property `id`, else `#N`; with `field`, that property, which
    /// then must be there.
    ///
    /// # Errors
    /// Where `field` is missing, null, or neither string nor number.
    pub(crate) fn id(&self, field: Option<&str>) -> Result<FeatureId, Error> {
        if let Some(field) = field {
            let wrong = |found: &str| {
                Error::input(format!("{found}, expected the id, a string or a number, in this property"))
                    .under(&Path::ROOT.key("properties").key(field).to_string())
            };
            return match self.property(field) {
                None => {
                    let at = match self.properties {
                        Properties::Object(text) | Properties::Null(text) => text,
                        Properties::Missing => self.feature.text,
                    };
                    let at = raw::offset_in(self.feature.text, at) as u64;
                    Err(self.feature.blame(wrong("nothing").at_byte(at)))
                }
                Some(value) => id_of(value).ok_or_else(|| {
                    let at = raw::offset_in(self.feature.text, value) as u64;
                    self.feature.blame(wrong(kind_of(value)).at_byte(at))
                }),
            };
        }
        if let Some(id) = self.id.and_then(id_of) {
            return Ok(id);
        }
        let property = self.property("id").and_then(id_of);
        Ok(property.unwrap_or_else(|| FeatureId::text(format!("#{}", self.feature.number))))
    }

    /// The id as it is shown in messages, where the feature has one.
    pub(crate) fn shown_id(&self) -> Option<Cow<'a, str>> {
        self.id
            .or_else(|| self.property("id").filter(|id| raw::is_string(id) || raw::is_number(id)))
            .map(unquote)
    }

    /// Returns the text of a property's value. If a name is repeated, the last one wins.
    pub(crate) fn property(&self, name: &str) -> Option<&'a str> {
        let properties = self.properties.object();
        // A name that is nowhere in the text need not be looked for member by member.
        let bytes = properties.as_bytes();
        let is_quoted = |at: usize| bytes[at - 1] == b'"' && bytes.get(at + name.len()) == Some(&b'"');
        let mut places = memchr::memmem::find_iter(bytes, name);
        if !places.any(|at| at > 0 && is_quoted(at)) && memchr::memchr(b'\\', bytes).is_none() {
            return None;
        }
        members(properties).filter(|member| member.key == name).map(|member| member.value).last()
    }

    /// The names of the properties, without escapes, in order.
    pub(crate) fn property_names(&self) -> impl Iterator<Item = Cow<'a, str>> {
        members(self.properties.object()).map(|member| member.key)
    }

    /// Names line, feature and id in an error whose byte counts from the start of the feature.
    pub(crate) fn blame(&self, error: Error) -> Error {
        let error = self.feature.blame(error);
        match self.shown_id() {
            Some(id) => error.with_id(id),
            None => error,
        }
    }

    /// The feature's own id, where it has one.
    pub(crate) fn own_id(&self) -> Option<FeatureId> {
        self.id.and_then(id_of)
    }

    /// The feature's own id, else its property `id`, where it has one.
    pub(crate) fn id_or_property(&self) -> Option<FeatureId> {
        self.own_id().or_else(|| self.property("id").and_then(id_of))
    }

    /// Names line, feature, id and JSON path in an error whose path, where it has one, is the name of a property.
    pub(crate) fn blame_properties(&self, error: Error) -> Error {
        let value = error.path().and_then(|name| self.property(name));
        let error = match value {
            Some(value) => error.at_byte(raw::offset_in(self.feature.text, value) as u64),
            None => error,
        };
        self.blame(error.under("properties"))
    }

    /// Names line, feature, id and JSON path of what is wrong with the value of a property.
    pub(crate) fn blame_property(&self, name: &str, value: &str, message: String) -> Error {
        let at = raw::offset_in(self.feature.text, value) as u64;
        let path = Path::ROOT.key("properties");
        self.blame(Error::input(message).under(&path.key(name).to_string()).at_byte(at))
    }
}

/// Makes features of the slices of a text, in order, and counts lines on the way, so that each is counted
/// once.
pub(crate) struct Cutter<'a> {
    text: &'a str,
    offset: usize,
    line: u64,
    /// How many there have been.
    pub number: u64,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Cutter { text, offset: 0, line: 1, number: 0 }
    }

    pub(crate) fn feature(&mut self, feature: &'a str, alone: bool, validated: bool) -> RawFeature<'a> {
        let offset = raw::offset_in(self.text, feature);
        self.line += raw::newlines(&self.text[self.offset..offset]);
        self.offset = offset;
        self.number += 1;
        let (number, line) = (self.number, self.line);
        RawFeature { text: feature, number, line, offset: offset as u64, alone, validated }
    }
}

/// The id that a value stands for, in its digits where it is a number.
fn id_of(value: &str) -> Option<FeatureId> {
    if raw::is_string(value) { Some(FeatureId::text(unquote(value))) } else { FeatureId::number(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(text: &str) -> RawFeature<'_> {
        RawFeature { text, number: 7, line: 10, offset: 100, alone: false, validated: false }
    }

    fn id(text: &str) -> FeatureId {
        feature(text).parts().unwrap().id(None).unwrap()
    }

    #[test]
    fn the_id_has_three_sources() {
        assert_eq!(id(r#"{"type":"Feature","id":"a","properties":{"id":6}}"#), FeatureId::text("a"));
        assert_eq!(id(r#"{"type":"Feature","id":null,"properties":{"id":6}}"#), FeatureId::from(6));
        assert_eq!(id(r#"{"type":"Feature","properties":{"id":null}}"#), FeatureId::text("#7"));
        assert_eq!(id(r#"{"type":"Feature","properties":null}"#), FeatureId::text("#7"));
        let digits = "12345678901234567890123";
        assert_eq!(id(&format!(r#"{{"type":"Feature","id":{digits}}}"#)).to_string(), digits);
        assert_eq!(id(r#"{"type":"Feature","id":"\u0041"}"#), FeatureId::text("A"));
    }

    #[test]
    fn a_named_field_must_be_there() {
        let text = "{\"type\":\"Feature\",\n\"properties\":{\"code\":null,\n\"n\":5}}";
        let parts = feature(text).parts().unwrap();
        assert_eq!(parts.id(Some("n")).unwrap(), FeatureId::from(5));
        let error = parts.id(Some("code")).unwrap_err();
        assert_eq!(
            (error.line(), error.feature(), error.path()),
            (Some(11), Some(7), Some("properties.code"))
        );
        assert!(error.to_string().contains("null"), "{error}");
        assert!(parts.id(Some("x")).unwrap_err().to_string().contains("nothing"));
    }

    #[test]
    fn kinds_are_checked() {
        for (text, expected) in [
            ("[]", "an array, expected a Feature object"),
            ("{}", "without `type`"),
            (r#"{"type":"feature"}"#, "expected `Feature`: case counts"),
            (r#"{"type":"Point","coordinates":[1,2]}"#, "the type `Point`, expected `Feature`"),
            (r#"{"type":"Feature","id":[]}"#, "id: an array, expected a string or a number"),
            (r#"{"type":"Feature","properties":[]}"#, "properties: an array, expected an object or null"),
            (r#"{"type":"Feature","geometry":"x"}"#, "geometry: a string, expected a geometry object"),
            (r#"{"type":"Feature","properties":{},"prop\u0065rties":{}}"#, "`properties` twice"),
            (r#"{"type":"Feature","crs":{"properties":{"name":"EPSG:3857"}}}"#, "the CRS EPSG:3857"),
            (r#"{"type":"Feature",}"#, "not JSON: "),
        ] {
            let error = feature(text).parts().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn deep_properties_are_no_danger() {
        let deep = "[".repeat(200_000) + &"]".repeat(200_000);
        let text = format!(r#"{{"type":"Feature","geometry":null,"properties":{{"deep":{deep}}}}}"#);
        let parts = feature(&text).parts().unwrap();
        assert_eq!(parts.property("deep"), Some(&*deep));
    }
}
