//! Placemarks of KML.

use serde_json::Value;

use super::kml_data::Schemas;
use super::kml_geometry::{Geometries, is_geometry};
use super::xml::{Token, Xml};
use super::{ForeignFeature, PassedOver};
use crate::Error;

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
    let (mut time, mut data) = (Span::default(), Vec::new());
    loop {
        match xml.next()? {
            Token::Start => {
                if let Some(member) = MEMBERS.into_iter().find(|&member| member == xml.tag()) {
                    let text = xml.whole_text()?;
                    if !text.is_empty() {
                        feature.push(member, Value::from(text));
                        xml.count_property();
                    }
                    continue;
                }
                match xml.tag() {
                    "ExtendedData" => schemas.extended(xml, &mut data)?,
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
    for (name, text) in [("time", begin), ("time_end", time.end)] {
        if let Some(text) = text {
            feature.push(name, Value::from(text));
        }
    }
    if !folder.is_empty() {
        feature.push("folder", Value::from(folder));
    }
    // Behind what is the placemark's own, so that this keeps its names.
    for (name, value) in data {
        feature.push(&name, value);
    }
    geometries.write(&mut feature);
    Ok(Some(feature))
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
