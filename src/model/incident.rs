//! Something that happened somewhere.

use crate::{Edges, Error, FeatureId, Position, Region};

/// A reported incident.
///
/// ```
/// use patrol_corridor::{FeatureId, Incident, Position};
/// let place = Position::from_lon_lat(46.807759, 40.068059)?;
/// let incident = Incident::new("I-7", place);
/// assert_eq!((incident.id, incident.geometry.positions()), (FeatureId::text("I-7"), &[place][..]));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Incident {
    /// Its id in the layer: the feature's, else the property `id`, else `#N`.
    pub id: FeatureId,
    /// Where it happened.
    pub geometry: IncidentGeometry,
}

impl Incident {
    /// An incident at a place, under an id.
    pub fn new(id: impl Into<FeatureId>, geometry: impl Into<IncidentGeometry>) -> Self {
        Incident { id: id.into(), geometry: geometry.into() }
    }
}

/// The place of an incident, as its geometry gives it.
///
/// ```
/// use patrol_corridor::IncidentGeometry;
/// let read = |geometry: geo_types::Geometry| IncidentGeometry::try_from(&geometry);
/// let point = read(geo_types::Point::new(46.8, 40.0).into())?;
/// let area = read(geo_types::Rect::new((46.8, 40.0), (46.9, 40.1)).into())?;
/// assert!(matches!(point, IncidentGeometry::Point(_)) && matches!(area, IncidentGeometry::Region(_)));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
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
    ///
    /// ```
    /// use patrol_corridor::{IncidentGeometry, Position, Region};
    /// let places = vec![Position::from_lon_lat(46.8, 40.0)?, Position::from_lon_lat(46.81, 40.0)?];
    /// assert_eq!(IncidentGeometry::MultiPoint(places.clone()).positions(), places);
    /// // Areas are kept, not located.
    /// let area = Region::try_from(&geo_types::Rect::new((46.8, 40.0), (46.9, 40.1)).to_polygon())?;
    /// assert!(IncidentGeometry::Region(area).positions().is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        match self {
            IncidentGeometry::Point(position) => std::slice::from_ref(position),
            IncidentGeometry::MultiPoint(positions) => positions,
            _ => &[],
        }
    }

    /// The area of its polygons in square kilometres, edges straight in longitude and latitude; 0 of other places.
    ///
    /// ```
    /// use patrol_corridor::{IncidentGeometry, Region};
    /// let area = Region::try_from(&geo_types::Rect::new((46.8, 40.0), (46.9, 40.1)).to_polygon())?;
    /// assert_eq!(format!("{:.2} km2", IncidentGeometry::Region(area).area_km2()), "94.75 km2");
    /// assert_eq!(IncidentGeometry::None.area_km2(), 0.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn area_km2(&self) -> f64 {
        match self {
            IncidentGeometry::Region(region) => region.area_km2(Edges::Planar),
            IncidentGeometry::Collection(geometries) => {
                geometries.iter().map(IncidentGeometry::area_km2).sum()
            }
            _ => 0.0,
        }
    }

    /// The same of the crate `geo-types`; none without a geometry. One line, or one polygon, is no `Multi...`.
    ///
    /// ```
    /// use patrol_corridor::{IncidentGeometry, geo_types};
    /// let point = geo_types::Geometry::from(geo_types::Point::new(46.8, 40.0));
    /// let geometry = IncidentGeometry::try_from(&point)?;
    /// assert_eq!(geometry.to_geo_types(), Some(point));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn to_geo_types(&self) -> Option<geo_types::Geometry> {
        let line = |line: &Vec<Position>| -> geo_types::LineString {
            line.iter().map(|&position| geo_types::Coord::from(position)).collect()
        };
        Some(match self {
            IncidentGeometry::None => return None,
            IncidentGeometry::Point(position) => geo_types::Point::from(*position).into(),
            IncidentGeometry::MultiPoint(positions) => {
                geo_types::MultiPoint(positions.iter().map(|&p| p.into()).collect()).into()
            }
            IncidentGeometry::Lines(lines) => match &lines[..] {
                [one] => line(one).into(),
                lines => geo_types::MultiLineString(lines.iter().map(line).collect()).into(),
            },
            IncidentGeometry::Region(region) => polygons(region),
            IncidentGeometry::Collection(geometries) => geo_types::Geometry::GeometryCollection(
                geo_types::GeometryCollection(geometries.iter().filter_map(Self::to_geo_types).collect()),
            ),
        })
    }
}

fn polygons(region: &Region) -> geo_types::Geometry {
    let mut polygons = geo_types::MultiPolygon::from(region);
    match polygons.0.len() {
        1 => polygons.0.remove(0).into(),
        _ => polygons.into(),
    }
}

impl From<Position> for IncidentGeometry {
    fn from(position: Position) -> Self {
        IncidentGeometry::Point(position)
    }
}

/// Any geometry of the crate `geo-types`; a line, a rectangle and a triangle become what GeoJSON has for them.
impl TryFrom<&geo_types::Geometry> for IncidentGeometry {
    type Error = Error;

    fn try_from(geometry: &geo_types::Geometry) -> Result<Self, Error> {
        use geo_types::Geometry;
        let line = |line: &geo_types::LineString| positions(line.0.iter());
        Ok(match geometry {
            Geometry::Point(point) => IncidentGeometry::Point(Position::try_from(*point)?),
            Geometry::MultiPoint(points) => {
                IncidentGeometry::MultiPoint(positions(points.0.iter().map(|point| &point.0))?)
            }
            Geometry::Line(ends) => IncidentGeometry::Lines(vec![positions([ends.start, ends.end].iter())?]),
            Geometry::LineString(one) => IncidentGeometry::Lines(vec![line(one)?]),
            Geometry::MultiLineString(lines) => {
                IncidentGeometry::Lines(lines.0.iter().map(line).collect::<Result<_, _>>()?)
            }
            Geometry::Polygon(polygon) => IncidentGeometry::Region(Region::try_from(polygon)?),
            Geometry::MultiPolygon(polygons) => IncidentGeometry::Region(Region::try_from(polygons)?),
            Geometry::Rect(rect) => IncidentGeometry::Region(Region::try_from(&rect.to_polygon())?),
            Geometry::Triangle(triangle) => {
                IncidentGeometry::Region(Region::try_from(&triangle.to_polygon())?)
            }
            Geometry::GeometryCollection(all) => {
                IncidentGeometry::Collection(all.0.iter().map(Self::try_from).collect::<Result<_, _>>()?)
            }
        })
    }
}

fn positions<'c>(coords: impl Iterator<Item = &'c geo_types::Coord>) -> Result<Vec<Position>, Error> {
    coords.map(|&coord| Position::try_from(coord)).collect()
}
