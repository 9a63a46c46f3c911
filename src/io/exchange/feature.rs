//! A feature of another format on its way into GeoJSON.

use std::collections::HashMap;

use serde_json::Value;

use crate::Error;
use crate::io::json::raw::write_string;

/// What a reader of another format is.
pub(crate) trait FeatureReader: Send {
    /// The next feature.
    ///
    /// # Errors
    /// Where the file can't be read any further. A feature that is wrong by itself is given all the same, its numbers as
    /// they are written: the readers of GeoJSON say what is wrong with it, and count it.
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error>;
}

/// What a feature's geometry is, as far as layers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    #[default]
    None,
    /// One or several, as with the next two.
    Point,
    Line,
    Area,
    /// Of several kinds.
    Mixed,
}

impl Shape {
    /// For a person.
    pub fn word(self) -> &'static str {
        match self {
            Shape::None => "without a place",
            Shape::Point => "a point",
            Shape::Line => "a line",
            Shape::Area => "an area",
            Shape::Mixed => "points, lines and areas in one",
        }
    }
}

/// A feature of another format.
#[derive(Debug, Clone, Default)]
pub(crate) struct ForeignFeature {
    /// The line that it begins at in its file, from 1; 0 where the format has no lines.
    pub line: u64,
    pub id: Option<Value>,
    pub shape: Shape,
    /// Text of a GeoJSON geometry; none where it is empty.
    pub geometry: String,
    properties: Vec<(String, Value)>,
    /// How often each name came.
    names: HashMap<String, u32>,
}

impl ForeignFeature {
    /// A feature that begins at this line.
    pub fn at_line(line: u64) -> Self {
        ForeignFeature { line, ..ForeignFeature::default() }
    }

    /// Adds a property. A name that is there already gets a number: formats permit what JSON does not.
    pub fn push(&mut self, name: &str, value: Value) {
        let mut free = name.to_owned();
        while let Some(count) = self.names.get_mut(&free) {
            *count += 1;
            free = format!("{name}_{count}");
        }
        self.names.insert(free.clone(), 1);
        self.properties.push((free, value));
    }

    /// Appends the feature, without a line feed.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut text = String::from("{\"type\":\"Feature\"");
        if let Some(id) = &self.id {
            text += &format!(",\"id\":{id}");
        }
        text += ",\"properties\":{";
        for (number, (name, value)) in self.properties.iter().enumerate() {
            if number > 0 {
                text.push(',');
            }
            write_string(name, &mut text);
            text += &format!(":{value}");
        }
        text += "},\"geometry\":";
        text += if self.geometry.is_empty() { "null" } else { &self.geometry };
        text.push('}');
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_again_get_numbers() {
        let mut feature = ForeignFeature::default();
        for name in ["a", "a_2", "a", "a", "\"\n"] {
            feature.push(name, Value::from(name));
        }
        let mut line = Vec::new();
        feature.write(&mut line);
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "{\"type\":\"Feature\",\"properties\":{\"a\":\"a\",\"a_2\":\"a_2\",\"a_3\":\"a\",\"a_4\":\"a\",\"\\\"\\n\":\"\\\"\\n\"},\"geometry\":null}"
        );
    }
}
