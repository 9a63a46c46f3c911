//! Something that happened somewhere.

use crate::{Edges, FeatureId, Position, Region};

/// A reported incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Its id in the layer: the feature's, else the property `id`, else `#N`.
    pub id: FeatureId,
    /// Where it happened.
    pub geometry: IncidentGeometry,
}

/// The place of an incident, as its geometry gives it.
#[derive(Debug, Clone, PartialEq)]
pub enum IncidentGeometry {
    /// One position.
    Point(Position),
    /// Several positions; the incident is located by the one that is nearest.
    MultiPoint(Vec<Position>),
    /// One or more lines: kept, not located.
    Lines(Vec<Vec<Position>>),
    /// One or more polygons: kept, not located.
    Region(Region),
    /// A GeometryCollection: kept, not located.
    Collection(Vec<IncidentGeometry>),
    /// No geometry.
    None,
}

impl IncidentGeometry {
    /// The positions that the incident is located by: none where it is not a point.
    pub fn positions(&self) -> &[Position] {
        match self {
            IncidentGeometry::Point(position) => std::slice::from_ref(position),
            IncidentGeometry::MultiPoint(positions) => positions,
            _ => &[],
        }
    }

    /// The area of its polygons in square kilometres, edges straight in longitude and latitude; 0 of other places.
    pub fn area_km2(&self) -> f64 {
        match self {
            IncidentGeometry::Region(region) => region.area_km2(Edges::Planar),
            IncidentGeometry::Collection(geometries) => {
                geometries.iter().map(IncidentGeometry::area_km2).sum()
            }
            _ => 0.0,
        }
    }
}
