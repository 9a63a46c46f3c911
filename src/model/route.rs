//! A patrol route (ISO 19148: a linear element).

use super::validated::{check_parts, checked_finite_m, checked_length_m};
use crate::time::ServicePeriod;
use crate::{Error, FeatureId, Position};

/// A line that is patrolled: one or more parts of two or more positions each.
///
/// ```
/// use patrol_corridor::PatrolRoute;
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
/// let route = PatrolRoute::from_line_string("R5", &line)?.with_half_width_m(3000.0)?;
/// assert_eq!(geo_types::MultiLineString::from(&route).0, [line]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PatrolRoute {
    /// Its id in the layer.
    pub id: FeatureId,
    /// Its name, where the layer has one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub name: Option<String>,
    /// The corridor that it belongs to.
    #[cfg_attr(feature = "serde", serde(default))]
    pub corridor: Option<String>,
    /// When it was in service; always, unless it is told.
    #[cfg_attr(feature = "serde", serde(default))]
    pub service: ServicePeriod,
    #[cfg_attr(feature = "serde", serde(default, deserialize_with = "super::validated::length_m"))]
    half_width_m: Option<f64>,
    #[cfg_attr(feature = "serde", serde(default, deserialize_with = "super::validated::finite_m"))]
    start_chainage_m: Option<f64>,
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::validated::parts"))]
    parts: Vec<Vec<Position>>,
}

impl PatrolRoute {
    /// A route from its parts.
    ///
    /// ```
    /// use patrol_corridor::{PatrolRoute, Position};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// let part = vec![at(46.75, 39.82)?, at(46.73, 39.87)?];
    /// assert_eq!(PatrolRoute::from_parts("R5", vec![part.clone()])?.parts(), [part]);
    /// assert!(PatrolRoute::from_parts("R5", vec![vec![at(46.75, 39.82)?]]).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no part, or a part has fewer than two positions.
    pub fn from_parts(id: impl Into<FeatureId>, parts: Vec<Vec<Position>>) -> Result<Self, Error> {
        check_parts(&parts)?;
        Ok(PatrolRoute {
            id: id.into(),
            name: None,
            corridor: None,
            service: ServicePeriod::ALWAYS,
            half_width_m: None,
            start_chainage_m: None,
            parts,
        })
    }

    /// A route of one part.
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 139.87)].into();
    /// let error = PatrolRoute::from_line_string("R5", &line).unwrap_err();
    /// // The second position is the one to blame.
    /// assert_eq!(error.path(), Some("[1]"));
    /// ```
    ///
    /// # Errors
    /// Where a coordinate is out of range, or there are fewer than two.
    pub fn from_line_string(id: impl Into<FeatureId>, line: &geo_types::LineString) -> Result<Self, Error> {
        Self::from_parts(id, vec![positions(line)?])
    }

    /// A route of several parts.
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line = |points: [(f64, f64); 2]| geo_types::LineString::from(points.to_vec());
    /// // A river lies between the two.
    /// let lines = geo_types::MultiLineString::new(vec![
    ///     line([(46.75, 39.82), (46.73, 39.87)]),
    ///     line([(46.729, 39.872), (46.71, 39.93)]),
    /// ]);
    /// assert_eq!(PatrolRoute::from_multi_line_string("R5", &lines)?.parts().len(), 2);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_line_string`](Self::from_line_string).
    pub fn from_multi_line_string(
        id: impl Into<FeatureId>,
        lines: &geo_types::MultiLineString,
    ) -> Result<Self, Error> {
        Self::from_parts(id, lines.0.iter().map(positions).collect::<Result<_, _>>()?)
    }

    /// Sets the half width of the corridor along the route, in metres.
    ///
    /// ```
    /// use patrol_corridor::{PatrolIndex, PatrolRoute, Position};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?.with_half_width_m(2_500.0)?;
    /// let index = PatrolIndex::new(vec![], vec![route], Default::default())?;
    /// let located = index.locate(Position::from_lon_lat(46.75, 39.85)?, &Default::default());
    /// assert_eq!(located.in_corridor, Some(true));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it is not a finite number greater than 0.
    pub fn with_half_width_m(mut self, half_width_m: f64) -> Result<Self, Error> {
        self.half_width_m = Some(checked_length_m("half width", half_width_m)?);
        Ok(self)
    }

    /// The half width of the corridor along the route, in metres; greater than 0.
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?;
    /// assert_eq!(route.half_width_m(), None);
    /// assert_eq!(route.with_half_width_m(2_500.0)?.half_width_m(), Some(2_500.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn half_width_m(&self) -> Option<f64> {
        self.half_width_m
    }

    /// Sets the value, in metres, that its first vertex has where its kilometres are counted from elsewhere:
    /// 12,400 for a route that begins at km 12.4 ([`Referents`](crate::linear::Referents)).
    ///
    /// ```
    /// use patrol_corridor::{PatrolRoute, linear::Referents};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?.with_start_chainage_m(12_400.0)?;
    /// // 600 m from its start stands the post of km 13.
    /// assert_eq!(Referents::of_route(&route).value_m(600.0), 13_000.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it is not finite.
    pub fn with_start_chainage_m(mut self, start_chainage_m: f64) -> Result<Self, Error> {
        self.start_chainage_m = Some(checked_finite_m(start_chainage_m)?);
        Ok(self)
    }

    /// The value of its first vertex in metres, where it has one; any finite number.
    ///
    /// The chainage of a [`RouteLocation`](crate::linear::RouteLocation) counts from 0 all the same.
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?;
    /// assert_eq!(route.start_chainage_m(), None);
    /// assert_eq!(route.with_start_chainage_m(12_400.0)?.start_chainage_m(), Some(12_400.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn start_chainage_m(&self) -> Option<f64> {
        self.start_chainage_m
    }

    /// The parts: at least one, each of two or more positions.
    ///
    /// ```
    /// use patrol_corridor::PatrolRoute;
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let route = PatrolRoute::from_line_string("R5", &line)?;
    /// assert_eq!((route.parts().len(), route.parts()[0][2].to_string()), (1, "46.71,39.93".into()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn parts(&self) -> &[Vec<Position>] {
        &self.parts
    }

    /// The same route with other parts, each of two positions or more.
    pub(crate) fn with_parts(mut self, parts: Vec<Vec<Position>>) -> Self {
        self.parts = parts;
        self
    }
}

fn positions(line: &geo_types::LineString) -> Result<Vec<Position>, Error> {
    line.0
        .iter()
        .enumerate()
        .map(|(i, &coord)| Position::try_from(coord).map_err(|e| e.under(&format!("[{i}]"))))
        .collect()
}

impl From<&PatrolRoute> for geo_types::MultiLineString {
    fn from(route: &PatrolRoute) -> Self {
        let line = |part: &Vec<Position>| part.iter().map(|&p| geo_types::Coord::from(p)).collect();
        geo_types::MultiLineString(route.parts.iter().map(line).collect())
    }
}
