//! Geometries of KML.

use super::positions::Positions;
use super::xml::{Token, Xml};
use super::{ForeignFeature, PassedOver};
use crate::Error;
use crate::io::layer::shape::Shape;

/// Elements that are geometries.
pub(super) fn is_geometry(tag: &str) -> bool {
    is_multi(tag) || matches!(tag, "Point" | "LineString" | "LinearRing" | "Polygon" | "Track" | "Model")
}

/// Elements with geometries in them, as of old versions too.
fn is_multi(tag: &str) -> bool {
    let names = [
        "MultiGeometry",
        "MultiTrack",
        "GeometryCollection",
        "MultiPoint",
        "MultiLineString",
        "MultiPolygon",
    ];
    names.contains(&tag)
}

/// All geometries of a placemark: those in others are taken out of them.
#[derive(Default)]
pub(super) struct Geometries {
    parts: Vec<Part>,
    /// There was a model, which has no outline in the document.
    pub has_model: bool,
    /// It has a track, with the times of its positions.
    is_recorded: bool,
    /// The time of a track's first position.
    pub time: Option<String>,
}

struct Part {
    shape: Shape,
    /// A point or a line has one list of positions, an area one a ring.
    lists: Vec<Positions>,
}

impl Geometries {
    /// Reads the geometry that has just begun.
    pub fn read(&mut self, xml: &mut Xml, passed_over: &PassedOver) -> Result<(), Error> {
        let mut depth = 0_usize;
        loop {
            match xml.tag() {
                tag if is_multi(tag) => depth += 1,
                "Point" => self.simple(xml, Shape::Point)?,
                "LineString" => self.simple(xml, Shape::Line)?,
                "LinearRing" => {
                    self.simple(xml, Shape::Line)?;
                    self.parts
                        .last_mut()
                        .into_iter()
                        .flat_map(|part| &mut part.lists)
                        .for_each(Positions::close);
                }
                "Polygon" => self.polygon(xml)?,
                "Track" => {
                    self.is_recorded = true;
                    self.track(xml)?;
                }
                "Model" => {
                    passed_over.count("a model");
                    self.has_model = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
            loop {
                if depth == 0 {
                    return Ok(());
                }
                match xml.next()? {
                    Token::Start => break,
                    Token::End => depth -= 1,
                    Token::Text => {}
                    Token::Eof => return Ok(()),
                }
            }
        }
    }

    fn push(&mut self, shape: Shape, mut lists: Vec<Positions>, xml: &mut Xml) {
        lists.retain(|list| list.count() > 0);
        if !lists.is_empty() {
            self.parts.push(Part { shape, lists });
            xml.count_property();
        }
    }

    fn simple(&mut self, xml: &mut Xml, shape: Shape) -> Result<(), Error> {
        let mut positions = Positions::default();
        loop {
            match xml.next()? {
                Token::Start if xml.tag() == "coordinates" => read_tuples(&xml.whole_text()?, &mut positions),
                Token::Start => xml.skip()?,
                Token::Text => {}
                Token::End | Token::Eof => break,
            }
        }
        self.push(shape, vec![positions], xml);
        Ok(())
    }

    fn polygon(&mut self, xml: &mut Xml) -> Result<(), Error> {
        let (mut outer, mut inner) = (Positions::default(), Vec::new());
        let mut is_inner = false;
        let mut depth = 1_usize;
        while depth > 0 {
            match xml.next()? {
                Token::Start => match xml.tag() {
                    "outerBoundaryIs" | "innerBoundaryIs" => {
                        is_inner = xml.tag() == "innerBoundaryIs";
                        depth += 1;
                    }
                    "LinearRing" => depth += 1,
                    "coordinates" if is_inner => {
                        let mut ring = Positions::default();
                        read_tuples(&xml.whole_text()?, &mut ring);
                        inner.push(ring);
                        xml.count_property();
                    }
                    "coordinates" => read_tuples(&xml.whole_text()?, &mut outer),
                    _ => xml.skip()?,
                },
                Token::Text => {}
                Token::End => depth -= 1,
                Token::Eof => break,
            }
        }
        // Holes in nothing are nothing.
        if outer.count() > 0 {
            let mut rings = vec![outer];
            rings.append(&mut inner);
            rings.iter_mut().for_each(Positions::close);
            self.push(Shape::Area, rings, xml);
        }
        Ok(())
    }

    fn track(&mut self, xml: &mut Xml) -> Result<(), Error> {
        let mut line = Positions::default();
        loop {
            match xml.next()? {
                Token::Start => match xml.tag() {
                    "when" if self.time.is_none() => {
                        self.time = Some(xml.whole_text()?).filter(|time| !time.is_empty());
                    }
                    "coord" => {
                        let text = xml.whole_text()?;
                        let mut numbers = text.split(|c: char| c.is_whitespace() || c == ',');
                        let mut next = || numbers.find(|number| !number.is_empty());
                        // An empty one is a time without a position.
                        if let (Some(lon), lat) = (next(), next()) {
                            line.push(lon, lat.unwrap_or_default(), next());
                        }
                    }
                    _ => xml.skip()?,
                },
                Token::Text => {}
                Token::End | Token::Eof => break,
            }
        }
        if line.count() >= 2 {
            self.push(Shape::Line, vec![line], xml);
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// One geometry of all: several of a kind are a Multi-geometry, others a collection. Heights are kept where all
    /// positions have one.
    pub fn write(&self, feature: &mut ForeignFeature) {
        let is_tall = self.parts.iter().flat_map(|part| &part.lists).all(Positions::is_tall);
        let Some(first) = self.parts.first() else { return };
        let of_one_kind = self.parts.iter().all(|part| part.shape == first.shape);
        let texts = self.parts.iter().map(|part| match of_one_kind && self.parts.len() > 1 {
            true => part.coordinates(is_tall),
            false => geometry(part.shape, "", &part.coordinates(is_tall)),
        });
        let texts = texts.collect::<Vec<_>>().join(",");
        feature.is_recorded = self.is_recorded;
        feature.shape = if of_one_kind { first.shape } else { Shape::Mixed };
        feature.geometry = match (of_one_kind, self.parts.len()) {
            (true, 1) => texts,
            (true, _) => geometry(first.shape, "Multi", &format!("[{texts}]")),
            (false, _) => format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{texts}]}}"),
        };
    }
}

impl Part {
    fn coordinates(&self, is_tall: bool) -> String {
        let lists = self.lists.iter().map(|list| match (self.shape, list.count()) {
            (Shape::Point, 1) => list.text(is_tall).to_owned(),
            // A point of several positions is for the readers to blame.
            _ => format!("[{}]", list.text(is_tall)),
        });
        let lists = lists.collect::<Vec<_>>().join(",");
        if self.shape == Shape::Area { format!("[{lists}]") } else { lists }
    }
}

fn geometry(shape: Shape, prefix: &str, coordinates: &str) -> String {
    let kind = match shape {
        Shape::Point => "Point",
        Shape::Area => "Polygon",
        _ => "LineString",
    };
    format!("{{\"type\":\"{prefix}{kind}\",\"coordinates\":{coordinates}}}")
}

/// The positions of `coordinates`: blanks between them, commas in them, and blanks about the commas too.
fn read_tuples(text: &str, positions: &mut Positions) {
    let mut rest = text;
    while let Some(tuple) = next_tuple(&mut rest) {
        let mut numbers: Vec<&str> = tuple.splitn(5, ',').map(str::trim).collect();
        while numbers.len() > 2 && numbers.last().is_some_and(|last| last.is_empty()) {
            numbers.pop();
        }
        match numbers[..] {
            [lon, lat] => positions.push(lon, lat, None),
            [lon, lat, up] => positions.push(lon, lat, Some(up)),
            // No position at all: it goes on as a text.
            _ => positions.push(tuple, "", None),
        }
    }
}

fn next_tuple<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = rest.trim_start();
    let mut end = 0;
    loop {
        let behind = text[end..].trim_start();
        let goes_on = end == 0 || text[..end].ends_with(',') || behind.starts_with(',');
        if behind.is_empty() || !goes_on {
            break;
        }
        end = text.len() - behind.len() + behind.find(char::is_whitespace).unwrap_or(behind.len());
    }
    let (tuple, behind) = text.split_at(end);
    *rest = behind;
    Some(tuple).filter(|tuple| !tuple.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_split_as_people_write_them() {
        let split = |text: &str| {
            let mut positions = Positions::default();
            read_tuples(text, &mut positions);
            positions.text(positions.is_tall()).to_owned()
        };
        for text in [
            "1,2,3 4,5,6",
            "\n\t1,2,3\n\t4,5,6\n",
            "1, 2, 3 4, 5, 6",
            "1 ,2 ,3 4 ,5 ,6",
            "1,\n2,\n3\u{a0}4,5,6",
        ] {
            assert_eq!(split(text), "[1,2,3],[4,5,6]", "{text:?}");
        }
        assert_eq!(split("1,2, 3,4"), "[\"1,2, 3,4\",\"\"]");
        assert_eq!(split("1,2 4,5,6"), "[1,2],[4,5]");
        assert_eq!(split("1,2,"), "[1,2]");
        assert_eq!(split("1 2"), "[1,\"\"],[2,\"\"]");
        assert_eq!(split("1,,2"), "[1,\"\",2]");
        assert_eq!(split("   "), "");
    }
}
