//! What a map has behind posts, routes and incidents: towns, rivers, roads, lines of others.

use serde::{Deserialize, Deserializer};

use crate::io::{LayerOptions, RawText, Source, Value, members, read_incidents};
use crate::{Error, IncidentGeometry};

/// What a background layer is.
///
/// ```
/// use patrol_corridor::report::map::BackgroundKind;
/// assert_ne!(BackgroundKind::Towns, BackgroundKind::Borders);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackgroundKind {
    /// Lines, areas and labelled points, in the colours of their simplestyle members.
    Shapes,
    /// Towns: points with names, those of the first rank before others.
    Towns,
    /// Borders: lines, or the outlines of areas. They are dashed, and the map says whose claims they are.
    Borders,
}

/// A layer behind the others.
///
/// # Examples
/// ```
/// use patrol_corridor::io::{LayerOptions, Source};
/// use patrol_corridor::report::map::{Background, BackgroundKind, Map, MapOptions};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let text = r#"{"type":"Feature","properties":{"name":"Hill"},"geometry":{"type":"Point","coordinates":[46.8201,40.0003]}}"#;
/// let source = Source::from_bytes("towns.geojson", text.into())?;
/// let towns = Background::read(&source, &LayerOptions::default(), BackgroundKind::Towns)?.with_source("Survey of 2019");
/// let options = MapOptions::default().with_backgrounds(vec![towns]);
/// let svg = Map::new(&index, &[], None, Default::default(), &options)?.to_svg();
/// assert!(svg.contains("Hill") && svg.contains("Survey of 2019"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # References
/// [simplestyle 1.1.0](https://github.com/mapbox/simplestyle-spec/tree/master/1.1.0)
#[derive(Debug, Clone, PartialEq)]
pub struct Background {
    pub(super) kind: BackgroundKind,
    pub(super) features: Vec<BackgroundFeature>,
    pub(super) source: Option<String>,
}

/// A feature of a background.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BackgroundFeature {
    pub geometry: IncidentGeometry,
    pub name: String,
    /// The smaller, the earlier its name gets a place.
    pub rank: f64,
    pub style: Style,
}

/// The simplestyle members that are colours and numbers indeed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Style {
    pub stroke: Option<String>,
    pub stroke_width: Option<f64>,
    pub stroke_opacity: Option<f64>,
    pub fill: Option<String>,
    pub fill_opacity: Option<f64>,
}

impl Background {
    /// Reads a layer of any geometries.
    ///
    /// Names are the members `name` or `title`. The rank of a town is `rank`, `labelrank` or `scalerank` (1 before 2), else its
    /// `population` (the largest first), else its place in the layer. The source is the member `attribution` of a
    /// FeatureCollection.
    ///
    /// # Errors
    /// Returns an error if the layer can't be read, as [`read_incidents`].
    ///
    /// ```
    /// use patrol_corridor::io::{LayerOptions, Source};
    /// use patrol_corridor::report::map::{Background, BackgroundKind};
    /// let source = Source::from_bytes("rivers.geojson", "no GeoJSON".into())?;
    /// assert!(Background::read(&source, &LayerOptions::default(), BackgroundKind::Shapes).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn read(source: &Source, options: &LayerOptions, kind: BackgroundKind) -> Result<Self, Error> {
        let layer = read_incidents::<Properties>(source, options)?;
        let features = layer.items.into_iter().zip(layer.properties).enumerate();
        let mut features: Vec<BackgroundFeature> = features
            .map(|(at, (incident, properties))| BackgroundFeature {
                geometry: incident.geometry,
                rank: properties.rank(at),
                name: properties.name,
                style: properties.style,
            })
            .collect();
        if kind == BackgroundKind::Towns {
            features.sort_by(|a, b| a.rank.total_cmp(&b.rank));
        }
        let collection = source.text().trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        let is_object = collection.starts_with('{');
        let attribution = members(if is_object { collection } else { "{}" })
            .find(|member| member.key == "attribution")
            .map(|member| Value::of_json(member.value).plain().trim().to_owned());
        Ok(Background { kind, features, source: attribution.filter(|text| !text.is_empty()) })
    }

    /// The same with the name of its source, which the map shows.
    ///
    /// ```
    /// # use patrol_corridor::io::{LayerOptions, Source};
    /// # use patrol_corridor::report::map::{Background, BackgroundKind};
    /// # let source = Source::from_bytes("b.geojson", r#"{"type":"FeatureCollection","features":[]}"#.into())?;
    /// let borders = Background::read(&source, &LayerOptions::default(), BackgroundKind::Borders)?;
    /// assert_ne!(borders.clone().with_source("Ministry of Maps, 1988"), borders);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn with_source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// What is read of a feature.
#[derive(Debug, Default)]
struct Properties {
    name: String,
    title: String,
    ranks: [Option<f64>; 3],
    population: Option<f64>,
    style: Style,
}

impl Properties {
    fn rank(&self, at: usize) -> f64 {
        // Ranks come before populations, and these before what has neither.
        let ranked = self.ranks.iter().flatten().next().copied();
        let by_population = || self.population.map(|persons| 1e6 - persons.max(0.0).ln_1p());
        ranked.or_else(by_population).unwrap_or(1e7 + at as f64)
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawText::deserialize(deserializer)?;
        let mut found = Properties::default();
        for member in members(raw.text()) {
            let value = Value::of_json(member.value);
            let text = value.plain().trim();
            let number = || text.parse::<f64>().ok().filter(|number| number.is_finite());
            let share = || number().filter(|share| (0.0..=1.0).contains(share));
            match &*member.key {
                "name" => text.clone_into(&mut found.name),
                "title" => text.clone_into(&mut found.title),
                "rank" => found.ranks[0] = number(),
                "labelrank" => found.ranks[1] = number(),
                "scalerank" => found.ranks[2] = number(),
                "population" => found.population = number(),
                "stroke" => found.style.stroke = colour(text),
                "stroke-width" => found.style.stroke_width = number().filter(|px| (0.0..=20.0).contains(px)),
                "stroke-opacity" => found.style.stroke_opacity = share(),
                "fill" => found.style.fill = colour(text),
                "fill-opacity" => found.style.fill_opacity = share(),
                _ => {}
            }
        }
        if found.name.is_empty() {
            found.name = std::mem::take(&mut found.title);
        }
        Ok(found)
    }
}

/// A colour as simplestyle has it: `#rgb` or `#rrggbb`, with or without `#`.
fn colour(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    let is_colour = matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_colour.then(|| format!("#{}", digits.to_ascii_lowercase()))
}
