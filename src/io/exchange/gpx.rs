//! GPX: waypoints, routes and tracks of phones, handsets and watches.

use std::io::Read;

use serde_json::Value;

use super::positions::{Positions, is_number, number_value};
use super::xml::{Token, Xml};
use super::{FeatureReader, Features, ForeignFeature, PassedOver};
use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::io::layer::shape::Shape;
use crate::io::table::gpx_write::CREATOR;

/// Members that are numbers by the schema of GPX.
const NUMBERS: [&str; 12] = [
    "ele",
    "magvar",
    "geoidheight",
    "sat",
    "hdop",
    "vdop",
    "pdop",
    "ageofdgpsdata",
    "dgpsid",
    "number",
    "speed",
    "course",
];

impl Features {
    /// Reads the waypoints, routes and tracks of a GPX file, 1.0 or 1.1, also gzipped; `name` is what errors call it.
    ///
    /// A waypoint is a point, a route a line, and a track a line or, with several segments, a MultiLineString. Segments
    /// with fewer than two points are left out. The height is the third ordinate where all points of a line have one.
    ///
    /// Members become properties under their own names, and so do those of extensions; a link is its address. `gpx_type` is
    /// `wpt`, `rte` or `trk`. The `time` of a route or a track is that of its first point with a time.
    ///
    /// # Errors
    /// Returns an error if the file can't be read, or its first element is not `<gpx>`. Damaged XML further on, and
    /// features that exceed `limits`, are errors of reading. A coordinate that is no number stays as it is written: the
    /// readers of GeoJSON name the feature.
    ///
    /// # Examples
    /// ```
    /// use patrol_corridor::io::{
    ///     Features, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts,
    /// };
    /// let gpx = br#"<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
    ///     <wpt lat="-3.36" lon="38.59"><name>Voi HQ</name></wpt>
    ///     <trk><trkseg><trkpt lat="-3.1" lon="38.5"/><trkpt lat="-3.2" lon="38.6"/></trkseg></trk></gpx>"#;
    /// let features = Features::gpx("posts.gpx", &gpx[..], &ReadLimits::default())?.for_layer(LayerKind::Posts);
    /// let passed_over = features.passed_over();
    /// let posts = read_posts::<NoProperties>(&Source::read("posts.gpx", features)?, &LayerOptions::default())?;
    /// assert_eq!(posts.items[0].name.as_deref(), Some("Voi HQ"));
    /// assert_eq!(passed_over.counts(), [("a line".to_owned(), 1)]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn gpx(
        name: impl Into<String>,
        reader: impl Read + Send + 'static,
        limits: &ReadLimits,
    ) -> Result<Features, Error> {
        let xml = Xml::open(name.into(), "GPX", reader, limits)?;
        if xml.tag() != "gpx" {
            return Err(xml.another_format());
        }
        let is_own = xml.attribute("creator")?.as_deref() == Some(CREATOR);
        Ok(Features::new(GpxReader { xml, is_own, is_done: false }, PassedOver::default()))
    }
}

struct GpxReader {
    xml: Xml,
    /// We wrote it: all columns are among the extensions.
    is_own: bool,
    is_done: bool,
}

impl FeatureReader for GpxReader {
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error> {
        if self.is_done {
            return Ok(None);
        }
        // Behind an error there is nothing more.
        self.is_done = true;
        let feature = self.next_feature()?;
        self.is_done = feature.is_none();
        Ok(feature)
    }
}

impl GpxReader {
    fn next_feature(&mut self) -> Result<Option<ForeignFeature>, Error> {
        loop {
            match self.xml.next()? {
                Token::Start => {
                    let kind = ["wpt", "rte", "trk"].into_iter().find(|&kind| kind == self.xml.tag());
                    let Some(kind) = kind else {
                        self.xml.skip()?;
                        continue;
                    };
                    self.xml.begin_feature();
                    let mut feature = ForeignFeature::at_line(self.xml.tag_line());
                    if !self.is_own {
                        feature.push("gpx_type", Value::from(kind));
                    }
                    match kind {
                        "wpt" => self.waypoint(&mut feature)?,
                        _ => self.lines(&mut feature)?,
                    }
                    self.xml.end_feature();
                    return Ok(Some(feature));
                }
                Token::End => {
                    self.xml.finish()?;
                    return Ok(None);
                }
                Token::Text => {}
                Token::Eof => return Ok(None),
            }
        }
    }

    fn waypoint(&mut self, feature: &mut ForeignFeature) -> Result<(), Error> {
        let (lon, lat) = self.lon_lat()?;
        let mut ele = None;
        loop {
            match self.xml.next()? {
                Token::Start if self.xml.tag() == "ele" => {
                    let text = self.xml.whole_text()?;
                    if !text.is_empty() {
                        ele = Some(text.clone()).filter(|text| is_number(text));
                        if !self.is_own {
                            feature.push("ele", number_value(text));
                        }
                    }
                }
                Token::Start => self.member(feature)?,
                Token::Text => {}
                Token::End | Token::Eof => break,
            }
        }
        let mut point = Positions::default();
        point.push(&lon, &lat, ele.as_deref());
        feature.shape = Shape::Point;
        feature.geometry = format!("{{\"type\":\"Point\",\"coordinates\":{}}}", point.text(point.is_tall()));
        Ok(())
    }

    /// A route is a single line, a track has a line a segment.
    fn lines(&mut self, feature: &mut ForeignFeature) -> Result<(), Error> {
        let (mut time, mut is_recorded) = (None, false);
        let mut lines = Lines::default();
        let mut route = Positions::default();
        loop {
            match self.xml.next()? {
                Token::Start => match self.xml.tag() {
                    "rtept" => self.point(&mut route, &mut time)?,
                    "trkseg" => {
                        is_recorded = true;
                        let mut segment = Positions::default();
                        self.segment(&mut segment, &mut time)?;
                        lines.push(&segment);
                    }
                    _ => self.member(feature)?,
                },
                Token::Text => {}
                Token::End | Token::Eof => break,
            }
        }
        lines.push(&route);
        if let Some(time) = time {
            feature.push("time", Value::from(time));
        }
        lines.write(feature);
        feature.is_recorded = is_recorded;
        Ok(())
    }

    fn segment(&mut self, segment: &mut Positions, time: &mut Option<String>) -> Result<(), Error> {
        loop {
            match self.xml.next()? {
                Token::Start if self.xml.tag() == "trkpt" => self.point(segment, time)?,
                Token::Start => self.xml.skip()?,
                Token::Text => {}
                Token::End | Token::Eof => return Ok(()),
            }
        }
    }

    /// A point of a line: only its place, and the time of the first, are kept.
    fn point(&mut self, line: &mut Positions, time: &mut Option<String>) -> Result<(), Error> {
        let (lon, lat) = self.lon_lat()?;
        let mut ele = None;
        loop {
            match self.xml.next()? {
                Token::Start => match self.xml.tag() {
                    "ele" => ele = Some(self.xml.whole_text()?).filter(|text| is_number(text)),
                    "time" if time.is_none() => {
                        *time = Some(self.xml.whole_text()?).filter(|text| !text.is_empty())
                    }
                    _ => self.xml.skip()?,
                },
                Token::Text => {}
                Token::End | Token::Eof => break,
            }
        }
        line.push(&lon, &lat, ele.as_deref());
        Ok(())
    }

    fn lon_lat(&self) -> Result<(String, String), Error> {
        let ordinate = |name| Ok::<_, Error>(self.xml.attribute(name)?.unwrap_or_default());
        Ok((ordinate("lon")?, ordinate("lat")?))
    }

    /// Any other member: a link is its address, the others are texts and numbers.
    fn member(&mut self, feature: &mut ForeignFeature) -> Result<(), Error> {
        if self.is_own {
            return self.cells(feature);
        }
        if self.xml.tag() == "link"
            && let Some(address) = self.xml.attribute("href")?
        {
            feature.push("link", Value::from(address));
            self.xml.count_property();
            return self.xml.skip();
        }
        self.xml.leaves(feature, |name, text| match NUMBERS.contains(&name) {
            true => number_value(text),
            false => Value::from(text),
        })
    }
}

impl GpxReader {
    /// The cells of a row that we wrote, with their blanks; other members were made of them.
    fn cells(&mut self, feature: &mut ForeignFeature) -> Result<(), Error> {
        if self.xml.tag() != "extensions" {
            return self.xml.skip();
        }
        loop {
            match self.xml.next()? {
                Token::Start => {
                    let name = self.xml.tag().to_owned();
                    feature.push(&name, Value::from(self.xml.exact_text()?));
                    self.xml.count_property();
                }
                Token::Text => {}
                Token::End | Token::Eof => return Ok(()),
            }
        }
    }
}

/// The lines of a feature, as texts of their coordinates.
#[derive(Default)]
struct Lines {
    text: String,
    count: usize,
}

impl Lines {
    fn push(&mut self, line: &Positions) {
        if line.count() >= 2 {
            if self.count > 0 {
                self.text.push(',');
            }
            self.text.push('[');
            self.text.push_str(line.text(line.is_tall()));
            self.text.push(']');
            self.count += 1;
        }
    }

    fn write(self, feature: &mut ForeignFeature) {
        let Lines { text, count } = self;
        feature.geometry = match count {
            0 => return,
            1 => format!("{{\"type\":\"LineString\",\"coordinates\":{text}}}"),
            _ => format!("{{\"type\":\"MultiLineString\",\"coordinates\":[{text}]}}"),
        };
        feature.shape = Shape::Line;
    }
}
