//! What a feature's geometry is, as far as layers ask, and what each layer is made of.

use crate::io::geojson::feature::FeatureParts;
use crate::io::json::raw::{members, unquote};
use crate::io::layer::kind::LayerKind;
use crate::io::layer::options::LayerOptions;

/// What a feature's geometry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    #[default]
    None,
    /// One or several, as with the next two.
    Point,
    Line,
    Area,
    /// Of several kinds, or of none that is known.
    Mixed,
}

impl Shape {
    /// That of a GeoJSON geometry, by its type.
    pub fn of_text(geometry: &str) -> Self {
        let kind = members(geometry).find(|member| member.key == "type");
        match kind.map(|kind| unquote(kind.value)).as_deref() {
            None => Shape::None,
            Some("Point" | "MultiPoint") => Shape::Point,
            Some("LineString" | "MultiLineString") => Shape::Line,
            Some("Polygon" | "MultiPolygon") => Shape::Area,
            Some(_) => Shape::Mixed,
        }
    }

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

impl LayerKind {
    /// Returns `true` if a layer of this kind is made of such features.
    pub(crate) fn takes(self, shape: Shape) -> bool {
        match self {
            LayerKind::Posts => shape == Shape::Point,
            LayerKind::Routes => shape == Shape::Line,
            LayerKind::Corridors => shape == Shape::Area,
            LayerKind::Incidents => true,
        }
    }
}

/// The shape of a feature that the layer passes over, if it may be mixed.
pub(in crate::io) fn passed_over(
    parts: &FeatureParts<'_>,
    kind: LayerKind,
    options: &LayerOptions,
) -> Option<Shape> {
    let shape = || Shape::of_text(parts.geometry.unwrap_or("null"));
    options.mixed.then(shape).filter(|&shape| !kind.takes(shape))
}
