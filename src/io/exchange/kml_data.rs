//! What people add to placemarks: `Data` as texts, `SchemaData` as its schema types it.

use std::collections::HashMap;

use serde_json::Value;

use super::positions::number_value;
use super::xml::{Token, Xml};
use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::io::table::kml_write::SCHEMA;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Number,
    Bool,
}

/// The schemas of a document, by id and by name.
#[derive(Default)]
pub(super) struct Schemas {
    fields: HashMap<String, HashMap<String, Kind>>,
    /// They are kept to the end of the document.
    bytes: usize,
}

impl Schemas {
    /// Reads the schema that has just begun.
    pub fn read(&mut self, xml: &mut Xml, limits: &ReadLimits) -> Result<(), Error> {
        let keys = [xml.attribute("id")?, xml.attribute("name")?];
        let mut fields = HashMap::new();
        loop {
            match xml.next()? {
                Token::Start => {
                    if matches!(xml.tag(), "SimpleField" | "SimpleArrayField")
                        && let (Some(name), Some(kind)) = (xml.attribute("name")?, xml.attribute("type")?)
                    {
                        self.bytes += name.len() + 64;
                        limits.record("the schema", self.bytes).map_err(|error| xml.blame(error))?;
                        fields.insert(name, kind_of(&kind));
                    }
                    xml.skip()?;
                }
                Token::Text => {}
                Token::End | Token::Eof => break,
            }
        }
        for key in keys.into_iter().flatten() {
            // Each has the fields twice at most.
            self.bytes += key.len() + 64 * (1 + fields.len());
            limits.record("the schema", self.bytes).map_err(|error| xml.blame(error))?;
            self.fields.insert(key, fields.clone());
        }
        Ok(())
    }

    /// The text as a value of that field.
    fn value(&self, schema: &str, field: &str, text: String) -> Value {
        let kind = self.fields.get(schema).and_then(|fields| fields.get(field)).copied();
        match kind.unwrap_or(Kind::Text) {
            Kind::Text => Value::from(text),
            Kind::Number => number_value(text),
            Kind::Whole => match (text.parse::<i64>(), text.parse::<u64>()) {
                (Ok(number), _) => Value::from(number),
                (_, Ok(number)) => Value::from(number),
                _ => Value::from(text),
            },
            Kind::Bool => match &*text {
                "1" | "true" | "True" | "TRUE" => Value::from(true),
                "0" | "false" | "False" | "FALSE" => Value::from(false),
                _ => Value::from(text),
            },
        }
    }

    /// Reads the `ExtendedData` that has just begun; returns `true` if it holds the cells of a row that we wrote.
    pub fn extended(&self, xml: &mut Xml, data: &mut Vec<(String, Value)>) -> Result<bool, Error> {
        let mut is_own = false;
        loop {
            match xml.next()? {
                Token::Start => match xml.tag() {
                    "Data" => datum(xml, data)?,
                    "SchemaData" => is_own |= self.schema_data(xml, data)?,
                    // Elements of other namespaces.
                    _ => {
                        let name = xml.tag().to_owned();
                        push(data, xml, name, None, Value::from)?;
                    }
                },
                Token::Text => {}
                Token::End | Token::Eof => return Ok(is_own),
            }
        }
    }

    fn schema_data(&self, xml: &mut Xml, data: &mut Vec<(String, Value)>) -> Result<bool, Error> {
        let url = xml.attribute("schemaUrl")?.unwrap_or_default();
        let schema = url.rsplit('#').next().unwrap_or_default();
        let is_own = schema == SCHEMA;
        loop {
            match xml.next()? {
                Token::Start => match (xml.tag(), xml.attribute("name")?) {
                    // What we wrote has its blanks, and its empty texts: a cell that is missing has no element.
                    ("SimpleData", Some(name)) if is_own => {
                        let value = self.value(schema, &name, xml.exact_text()?);
                        data.push((name, value));
                        xml.count_property();
                    }
                    ("SimpleData", Some(name)) => {
                        let field = name.clone();
                        push(data, xml, name, None, |text| self.value(schema, &field, text))?;
                    }
                    _ => xml.skip()?,
                },
                Token::Text => {}
                Token::End | Token::Eof => return Ok(is_own),
            }
        }
    }
}

/// A `Data` with its `value`.
fn datum(xml: &mut Xml, data: &mut Vec<(String, Value)>) -> Result<(), Error> {
    let name = xml.attribute("name")?.unwrap_or_default();
    let mut value = String::new();
    loop {
        match xml.next()? {
            Token::Start if xml.tag() == "value" => value = xml.whole_text()?,
            Token::Start => xml.skip()?,
            Token::Text => {}
            Token::End | Token::Eof => break,
        }
    }
    push(data, xml, name, Some(value), Value::from)
}

/// Adds a text, that of the element unless it is given; an empty one is none.
fn push(
    data: &mut Vec<(String, Value)>,
    xml: &mut Xml,
    name: String,
    text: Option<String>,
    value: impl Fn(String) -> Value,
) -> Result<(), Error> {
    let text = match text {
        Some(text) => text,
        None => xml.whole_text()?,
    };
    if !text.is_empty() && !name.is_empty() {
        data.push((name, value(text)));
        xml.count_property();
    }
    Ok(())
}

/// Types of a schema, with a prefix (`xsd:int`) or without.
fn kind_of(name: &str) -> Kind {
    match name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "int" | "uint" | "short" | "ushort" | "long" | "integer" => Kind::Whole,
        "float" | "double" => Kind::Number,
        "bool" | "boolean" => Kind::Bool,
        _ => Kind::Text,
    }
}
