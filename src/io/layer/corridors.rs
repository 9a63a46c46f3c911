//! Corridors that are polygons, out of GeoJSON text.

use serde::de::DeserializeOwned;

use crate::io::file::source::Source;
use crate::io::geojson::feature::FeatureParts;
use crate::io::layer::finding::Finding;
use crate::io::layer::items::{corridor_name, name, properties, wrong_geometry};
use crate::io::layer::kind::LayerKind;
use crate::io::layer::layers::{Layer, read};
use crate::io::layer::options::LayerOptions;
use crate::io::layer::slips::{CORRIDOR_FIELDS, repeated_names};
use crate::{CorridorRegion, Error, IncidentGeometry};

/// Reads corridors that are polygons. The name is the property `corridor`, else `name` (or the name field of
/// the options), else the id; it may stand on several features.
///
/// # Errors
/// As [`read_posts`](crate::io::read_posts), for Polygon and MultiPolygon; an id may stand twice.
///
/// ```
/// use patrol_corridor::io::{self, LayerOptions, NoProperties, Source};
/// let text = r#"{"type":"Feature","properties":{"corridor":"East"},
///                "geometry":{"type":"Polygon","coordinates":[[[46,39],[47,39],[47,40],[46,39]]]}}"#;
/// let source = Source::from_bytes("corridors.geojson", text.into())?;
/// let corridors = io::read_corridors::<NoProperties>(&source, &LayerOptions::default())?;
/// assert_eq!(corridors.items[0].name, "East");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn read_corridors<P: DeserializeOwned>(
    source: &Source,
    options: &LayerOptions,
) -> Result<Layer<CorridorRegion, P>, Error> {
    read(source, options, LayerKind::Corridors, |parts, layer: &mut Layer<_, P>, _| {
        layer.items.push(corridor(parts, options, &mut layer.warnings)?);
        layer.properties.push(properties(parts)?);
        Ok(())
    })
}

/// The corridor of a feature that is a polygon.
pub(in crate::io) fn corridor(
    parts: &FeatureParts<'_>,
    options: &LayerOptions,
    warnings: &mut Vec<Finding>,
) -> Result<CorridorRegion, Error> {
    let IncidentGeometry::Region(region) = parts.any_geometry()? else {
        return Err(wrong_geometry(parts, "expected a Polygon or MultiPolygon"));
    };
    repeated_names(parts, CORRIDOR_FIELDS, options, warnings);
    let name = match corridor_name(parts)? {
        Some(name) => name,
        None => match name(parts, options, warnings)? {
            Some(name) => name,
            None => parts.id(options.id_field.as_deref())?.to_string(),
        },
    };
    Ok(CorridorRegion { name, region })
}
