//! What a layer is made of.

/// The layers.
///
/// ```
/// use patrol_corridor::io::{LayerKind, LayerOptions, Source, check};
/// let text = r#"{"type":"Feature","id":"OP-1","properties":{},"geometry":{"type":"Point","coordinates":[46.8,40]}}"#;
/// let source = Source::from_bytes("posts.geojson", text.into())?;
/// let findings = |kind| check(&source, Some(kind), &LayerOptions::default());
/// assert!(findings(LayerKind::Posts).is_empty());
/// assert!(findings(LayerKind::Routes)[0].is_error());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LayerKind {
    /// Observation posts: Point and MultiPoint.
    Posts,
    /// Patrol routes: LineString and MultiLineString.
    Routes,
    /// Incidents: any geometry, or none.
    Incidents,
    /// Corridors that are areas: Polygon and MultiPolygon.
    Corridors,
}
