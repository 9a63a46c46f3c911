//! An area: one or more polygons.

use super::validated::check_polygons;
use crate::geodesy::ring_area_m2;
use crate::{Edges, Error, Position};

/// One or more polygons, each an outer ring and its holes.
///
/// A ring has at least four positions, and its last is its first (RFC 7946 section 3.1.6).
///
/// ```
/// use patrol_corridor::Region;
/// let square: geo_types::Polygon = geo_types::Rect::new((46.0, 39.0), (47.0, 40.0)).into();
/// let region = Region::try_from(&square)?;
/// assert_eq!(geo_types::MultiPolygon::from(&region).0, [square]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Region {
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::validated::polygons"))]
    polygons: Vec<Vec<Vec<Position>>>,
}

impl Region {
    /// A region from polygons, each a list of rings, the outer one first.
    ///
    /// ```
    /// use patrol_corridor::{Position, Region};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// let open = vec![at(46.8, 40.0)?, at(46.9, 40.0)?, at(46.9, 40.1)?];
    /// let error = Region::from_polygons(vec![vec![open.clone()]]).unwrap_err();
    /// assert_eq!(error.path(), Some("[0][0]"));
    /// let closed = [open.clone(), vec![open[0]]].concat();
    /// let region = Region::from_polygons(vec![vec![closed]])?;
    /// assert!((region.area_km2(Default::default()) - 47.39).abs() < 0.01);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where a ring has fewer than four positions or is not closed; the JSON path names it.
    pub fn from_polygons(polygons: Vec<Vec<Vec<Position>>>) -> Result<Self, Error> {
        check_polygons(&polygons)?;
        Ok(Region { polygons })
    }

    /// The area on WGS84 in square kilometres, its edges read that way: of each polygon the outer ring
    /// less its holes, whichever way the rings run. Polygons that overlap count twice.
    ///
    /// ```
    /// use patrol_corridor::{Edges, Region};
    /// let rect = geo_types::Rect::new((46.0, 39.0), (47.0, 40.0));
    /// let region = Region::try_from(&geo_types::Polygon::from(rect))?;
    /// let (planar, geodesic) = (region.area_km2(Edges::Planar), region.area_km2(Edges::Geodesic));
    /// assert!((planar - 9_549.52).abs() < 0.01 && (geodesic - planar).abs() < 0.5, "{planar} {geodesic}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn area_km2(&self, edges: Edges) -> f64 {
        let ring_m2 = |ring: &Vec<Position>| ring_area_m2(ring, edges).abs();
        let polygon_m2 = |rings: &Vec<Vec<Position>>| {
            rings
                .iter()
                .enumerate()
                .map(|(i, ring)| if i == 0 { ring_m2(ring) } else { -ring_m2(ring) })
                .sum::<f64>()
        };
        self.polygons.iter().map(polygon_m2).sum::<f64>() / 1e6
    }

    /// The polygons, each a list of rings, the outer one first.
    ///
    /// ```
    /// use patrol_corridor::Region;
    /// let region = Region::try_from(&geo_types::Rect::new((46.8, 40.0), (46.9, 40.1)).to_polygon())?;
    /// let outer = &region.polygons()[0][0];
    /// assert_eq!((outer.len(), outer[0] == outer[4]), (5, true));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn polygons(&self) -> &[Vec<Vec<Position>>] {
        &self.polygons
    }
}

impl TryFrom<&geo_types::Polygon> for Region {
    type Error = Error;

    fn try_from(polygon: &geo_types::Polygon) -> Result<Self, Error> {
        Region::from_polygons(vec![rings(polygon)?])
    }
}

impl TryFrom<&geo_types::MultiPolygon> for Region {
    type Error = Error;

    fn try_from(polygons: &geo_types::MultiPolygon) -> Result<Self, Error> {
        Region::from_polygons(polygons.0.iter().map(rings).collect::<Result<_, _>>()?)
    }
}

fn rings(polygon: &geo_types::Polygon) -> Result<Vec<Vec<Position>>, Error> {
    std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .map(|ring| ring.0.iter().map(|&coord| Position::try_from(coord)).collect())
        .collect()
}

impl From<&Region> for geo_types::MultiPolygon {
    fn from(region: &Region) -> Self {
        let line = |ring: &Vec<Position>| -> geo_types::LineString {
            ring.iter().map(|&p| geo_types::Coord::from(p)).collect()
        };
        let polygon = |rings: &Vec<Vec<Position>>| {
            let mut rings = rings.iter().map(line);
            let outer = rings.next().unwrap_or_else(|| geo_types::LineString(Vec::new()));
            geo_types::Polygon::new(outer, rings.collect())
        };
        geo_types::MultiPolygon(region.polygons.iter().map(polygon).collect())
    }
}
