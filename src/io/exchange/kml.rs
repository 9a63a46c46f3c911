//! KML: the placemarks of Google Earth, with the folders that they are in.

use std::io::Read;

use super::kml_data::Schemas;
use super::kml_placemark as placemark;
use super::xml::{Token, Xml};
use super::{FeatureReader, Features, ForeignFeature, PassedOver};
use crate::Error;
use crate::error::Limit;
use crate::io::file::limits::ReadLimits;

/// The names of nested folders, which each placemark in them repeats.
const MOST_PATH_BYTES: usize = 10_000;

impl Features {
    /// Reads the placemarks of a KML file, 2.0 to 2.3, also gzipped; `name` is what errors call it.
    ///
    /// Points, lines, rings, polygons and tracks become geometries of GeoJSON. Several of one kind in a placemark are a
    /// Multi-geometry, of several kinds a GeometryCollection. Heights are kept where all positions of a placemark have one.
    ///
    /// Properties are `name`, `description`, `address`, `time` (of a `TimeStamp`, the begin of a `TimeSpan`, or the first
    /// time of a track), `time_end` (of a `TimeSpan`), `folder` (`A/B`), and the data of the placemark: `Data` as texts,
    /// `SchemaData` as its schema types it. The `id` of the placemark is that of the feature.
    ///
    /// Network links are not followed. They are [passed over](Features::passed_over), as overlays, tours and models are.
    ///
    /// # Errors
    /// Returns an error if the file can't be read, or its first element is not `<kml>` (nor `<Document>` or `<Folder>`).
    /// Damaged XML further on, entities that a document type declares, and features that exceed `limits` are errors of
    /// reading. A coordinate that is no number stays as it is written: the readers of GeoJSON name the feature.
    ///
    /// # Examples
    /// ```
    /// use patrol_corridor::io::{
    ///     Features, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts,
    /// };
    /// let kml = br#"<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
    ///     <Placemark id="P1"><name>Voi HQ</name><Point><coordinates>38.59,-3.36,0</coordinates></Point></Placemark>
    ///     <NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink></Document></kml>"#;
    /// let features = Features::kml("posts.kml", &kml[..], &ReadLimits::default())?.for_layer(LayerKind::Posts);
    /// let passed_over = features.passed_over();
    /// let posts = read_posts::<NoProperties>(&Source::read("posts.kml", features)?, &LayerOptions::default())?;
    /// assert_eq!(posts.items[0].id.to_string(), "P1");
    /// assert_eq!(passed_over.counts(), [("a network link".to_owned(), 1)]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn kml(
        name: impl Into<String>,
        reader: impl Read + Send + 'static,
        limits: &ReadLimits,
    ) -> Result<Features, Error> {
        let passed_over = PassedOver::default();
        let reader = KmlReader::open(name.into(), reader, limits, passed_over.clone(), Vec::new())?;
        Ok(Features::new(reader, passed_over))
    }
}

impl KmlReader {
    /// `documents` are the other files of an archive, which are read for themselves.
    pub fn open(
        name: String,
        reader: impl Read + Send + 'static,
        limits: &ReadLimits,
        passed_over: PassedOver,
        documents: Vec<String>,
    ) -> Result<Self, Error> {
        let xml = Xml::open(name, "KML", reader, limits)?;
        let root = match xml.tag() {
            // Its document is the file, and no folder.
            "kml" | "Document" => Container { is_folder: false, ..Container::default() },
            "Folder" => Container::default(),
            _ => return Err(xml.another_format()),
        };
        Ok(KmlReader {
            is_in_kml: xml.tag() == "kml",
            xml,
            limits: *limits,
            passed_over,
            documents,
            linked: Vec::new(),
            containers: vec![root],
            path: String::new(),
            schemas: Schemas::default(),
            is_done: false,
        })
    }
}

/// A document or a folder.
struct Container {
    is_folder: bool,
    name: String,
}

impl Default for Container {
    fn default() -> Self {
        Container { is_folder: true, name: String::new() }
    }
}

pub(super) struct KmlReader {
    xml: Xml,
    limits: ReadLimits,
    passed_over: PassedOver,
    documents: Vec<String>,
    /// Those of them that it has linked to so far.
    pub linked: Vec<String>,
    /// The first element is `<kml>`.
    is_in_kml: bool,
    containers: Vec<Container>,
    path: String,
    schemas: Schemas,
    is_done: bool,
}

impl FeatureReader for KmlReader {
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

impl KmlReader {
    fn next_feature(&mut self) -> Result<Option<ForeignFeature>, Error> {
        loop {
            match self.xml.next()? {
                Token::Start => {
                    if let Some(feature) = self.element()? {
                        return Ok(Some(feature));
                    }
                }
                Token::End => {
                    self.containers.pop();
                    self.set_path()?;
                    if self.containers.is_empty() {
                        self.xml.finish()?;
                        return Ok(None);
                    }
                }
                Token::Text => {}
                Token::Eof => return Ok(None),
            }
        }
    }

    /// Reads the element that has just begun, of a container only its start.
    fn element(&mut self) -> Result<Option<ForeignFeature>, Error> {
        let passed_over = match self.xml.tag() {
            "Document" | "Folder" => {
                let is_file = self.is_in_kml && self.containers.len() == 1 && self.xml.tag() == "Document";
                self.containers.push(Container { is_folder: !is_file, ..Container::default() });
                return Ok(None);
            }
            "Placemark" => {
                self.xml.begin_feature();
                let feature = placemark::read(&mut self.xml, &self.path, &self.schemas, &self.passed_over)?;
                self.xml.end_feature();
                return Ok(feature);
            }
            "Schema" => {
                self.schemas.read(&mut self.xml, &self.limits)?;
                return Ok(None);
            }
            "name" => {
                self.xml.begin_feature();
                let name = self.xml.whole_text()?;
                self.xml.end_feature();
                if let Some(container) = self.containers.last_mut() {
                    container.name = name;
                }
                self.set_path()?;
                return Ok(None);
            }
            "NetworkLink" => {
                self.xml.begin_feature();
                let text = self.xml.whole_text()?;
                self.xml.end_feature();
                let mut words = text.split_whitespace().map(|word| word.trim_start_matches("./"));
                match words.find(|word| self.documents.iter().any(|document| document == word)) {
                    Some(document) => self.linked.push(document.to_owned()),
                    None => self.passed_over.count("a network link"),
                }
                return Ok(None);
            }
            "GroundOverlay" | "ScreenOverlay" | "PhotoOverlay" => "an overlay",
            "Tour" => "a tour",
            _ => "",
        };
        if !passed_over.is_empty() {
            self.passed_over.count(passed_over);
        }
        self.xml.skip()?;
        Ok(None)
    }

    fn set_path(&mut self) -> Result<(), Error> {
        let folders = self.containers.iter().filter(|container| container.is_folder);
        let names: Vec<&str> = folders.map(|folder| &*folder.name).filter(|name| !name.is_empty()).collect();
        self.path = names.join("/");
        if self.path.len() > MOST_PATH_BYTES {
            let message = format!(
                "the names of nested folders are longer than {MOST_PATH_BYTES} bytes together: shorten them"
            );
            return Err(self.xml.blame(Error::limit(Limit::Record, message)));
        }
        Ok(())
    }
}
