//! A feature of another format on its way into GeoJSON.

use std::collections::HashMap;

use serde_json::Value;

use crate::Error;
use crate::io::json::raw::write_string;
use crate::io::layer::shape::Shape;

/// Members of layers that are numbers.
const NUMBERS: [&str; 3] = ["half_width_m", "start_chainage_m", "watch_radius_m"];

/// What a reader of another format is.
pub(crate) trait FeatureReader {
    /// The next feature.
    ///
    /// # Errors
    /// Where the file can't be read any further. A feature that is wrong by itself is given all the same, its numbers as
    /// they are written: the readers of GeoJSON say what is wrong with it, and count it.
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error>;
}

impl<R: FeatureReader + ?Sized> FeatureReader for Box<R> {
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error> {
        (**self).read()
    }
}

/// A feature of another format.
#[derive(Debug, Clone, Default)]
pub(crate) struct ForeignFeature {
    /// The line that it begins at in its file, from 1; 0 where the format has no lines.
    pub line: u64,
    /// What the format numbers or names its features by, and its name there: the id of the feature, unless it has a property
    /// `id` of its own, for such numbers are often the program's that wrote the file.
    pub id: Option<(&'static str, Value)>,
    pub shape: Shape,
    /// A way as a receiver recorded it, with the jitter of its positions.
    pub is_recorded: bool,
    /// Text of a GeoJSON geometry; none where it is empty.
    pub geometry: String,
    /// Names, and values as JSON text.
    properties: Vec<(String, String)>,
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
        self.push_json(name, value.to_string());
    }

    /// The same of JSON text. Text that is a number is one where a layer asks for one: many formats have text alone.
    pub fn push_json(&mut self, name: &str, json: String) {
        let number = json.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map(str::trim);
        let number = number
            .filter(|text| NUMBERS.contains(&name) && text.parse::<serde_json::Number>().is_ok())
            .map(str::to_owned);
        let json = number.unwrap_or(json);
        let mut free = name.to_owned();
        while let Some(count) = self.names.get_mut(&free) {
            *count += 1;
            free = format!("{name}_{count}");
        }
        self.names.insert(free.clone(), 1);
        self.properties.push((free, json));
    }

    /// Appends the feature, without a line feed.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut text = String::from("{\"type\":\"Feature\"");
        let has_own =
            self.properties.iter().any(|(name, value)| name.eq_ignore_ascii_case("id") && value != "null");
        let mut beside = None;
        match &self.id {
            Some((name, id)) if has_own => {
                let mut name = (*name).to_owned();
                while self.names.contains_key(&name) {
                    name.push('_');
                }
                beside = Some((name, id.to_string()));
            }
            Some((_, id)) => text += &format!(",\"id\":{id}"),
            None => {}
        }
        text += ",\"properties\":{";
        let properties = self.properties.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let beside = beside.as_ref().map(|(name, id)| (name.as_str(), id.as_str()));
        for (number, (name, value)) in properties.chain(beside).enumerate() {
            if number > 0 {
                text.push(',');
            }
            write_string(name, &mut text);
            text.push(':');
            text += value;
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
