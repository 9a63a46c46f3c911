//! Placemarks of KML.

use serde_json::Value;

use super::kml_data::Schemas;
use super::kml_geometry::{Geometries, is_geometry};
use super::xml::{Token, Xml};
use super::{ForeignFeature, PassedOver};
use crate::Error;
use crate::io::table::kml_write::ID_PREFIX;

/// Members that become properties as they are.
const MEMBERS: [&str; 3] = ["name", "description", "address"];

/// Reads the placemark that has just begun; none where it is a model and nothing else.
pub(super) fn read(
    xml: &mut Xml,
    folder: &str,
    schemas: &Schemas,
    passed_over: &PassedOver,
) -> Result<Option<ForeignFeature>, Error> {
    let id = xml.attribute("id")?.filter(|id| !id.is_empty()).map(Value::from);
    let mut feature = ForeignFeature::at_line(xml.tag_line());
    feature.id = id.map(|id| ("placemark_id", id));
    let mut geometries = Geometries::default();
    let (mut time, mut data, mut is_own) = (Span::default(), Vec::new(), false);
    let mut texts = Vec::new();
    loop {
        match xml.next()? {
            Token::Start => {
                if let Some(member) = MEMBERS.into_iter().find(|&member| member == xml.tag()) {
                    let text = xml.whole_text()?;
                    if !text.is_empty() {
                        texts.push((member, text));
                        xml.count_property();
                    }
                    continue;
                }
                match xml.tag() {
                    "ExtendedData" => is_own |= schemas.extended(xml, &mut data)?,
                    "TimeStamp" | "TimeSpan" => time.read(xml)?,
                    tag if is_geometry(tag) => geometries.read(xml, passed_over)?,
                    _ => xml.skip()?,
                }
            }
            Token::Text => {}
            Token::End | Token::Eof => break,
        }
    }
    if geometries.is_empty() && geometries.has_model {
        return Ok(None);
    }
    let begin = time.begin.or_else(|| geometries.time.take());
    let times = [("time", begin), ("time_end", time.end)].into_iter();
    texts.extend(times.filter_map(|(name, text)| Some((name, text?))));
    if !folder.is_empty() {
        texts.push(("folder", folder.to_owned()));
    }
    if is_own {
        // Columns keep their names; what was made of them is no property, unless someone has changed it since.
        let number = number_of(&mut feature);
        texts.retain(|(member, text)| match *member {
            "name" => number.as_ref() != Some(text) && !data.iter().any(|(_, value)| is_text(value, text)),
            "time" => !data.iter().any(|(_, value)| is_text(value, text)),
            _ => true,
        });
    } else {
        // Before what was added, so that this keeps its names.
        texts.drain(..).for_each(|(name, text)| feature.push(name, Value::from(text)));
    }
    data.into_iter().for_each(|(name, value)| feature.push(&name, value));
    texts.into_iter().for_each(|(name, text)| feature.push(name, Value::from(text)));
    geometries.write(&mut feature);
    Ok(Some(feature))
}

/// Takes the number of a row out of the id of its placemark, which is no id of the row.
fn number_of(feature: &mut ForeignFeature) -> Option<String> {
    let (_, id) = feature.id.take_if(|(_, id)| id.as_str().is_some_and(|id| id.starts_with(ID_PREFIX)))?;
    id.as_str()?.strip_prefix(ID_PREFIX).map(str::to_owned)
}

/// Returns `true` if a value was written as this text.
fn is_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(value) => value.trim() == text,
        Value::Number(number) => text.parse().ok() == number.as_f64(),
        Value::Bool(is) => text == if *is { "true" } else { "false" },
        _ => false,
    }
}

/// When a placemark was. The times that are read are no spans, so that the end has a property of its own.
#[derive(Default)]
struct Span {
    begin: Option<String>,
    end: Option<String>,
}

impl Span {
    fn read(&mut self, xml: &mut Xml) -> Result<(), Error> {
        loop {
            match xml.next()? {
                Token::Start => {
                    let part = match xml.tag() {
                        "when" | "begin" => &mut self.begin,
                        "end" => &mut self.end,
                        _ => {
                            xml.skip()?;
                            continue;
                        }
                    };
                    *part = Some(xml.whole_text()?).filter(|text| !text.is_empty());
                }
                Token::Text => {}
                Token::End | Token::Eof => return Ok(()),
            }
        }
    }
}
