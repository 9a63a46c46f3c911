//! A named corridor: a set of routes.

use crate::Region;

/// The routes that carry one corridor name. A route without one is a corridor of its own, under its id; one
/// that is given by regions alone has no routes.
///
/// ```
/// use patrol_corridor::{PatrolIndex, PatrolRoute};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
/// let mut routes = vec![PatrolRoute::from_line_string("R4", &line)?, PatrolRoute::from_line_string("R5", &line)?];
/// routes[1].corridor = Some("Martuni".into());
/// let index = PatrolIndex::new(vec![], routes, Default::default())?;
/// assert_eq!(index.corridors().iter().map(|corridor| &*corridor.name).collect::<Vec<_>>(), ["R4", "Martuni"]);
/// assert_eq!(index.corridors()[1].routes, [1]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Corridor {
    /// The name, or the id of the one route as text.
    pub name: String,
    /// The places of its routes in the layer, ascending.
    pub routes: Vec<usize>,
}

/// A corridor, or a part of one, that is given as a region instead of a half width beside a route.
///
/// ```
/// use patrol_corridor::{CorridorRegion, PatrolIndex, Region};
/// let area = |west, east| Region::try_from(&geo_types::Rect::new((west, 39.9), (east, 40.0)).to_polygon());
/// let part = |region| CorridorRegion::new("Lachin", region);
/// let parts = [part(area(46.5, 46.6)?), part(area(46.7, 46.8)?)];
/// let index = PatrolIndex::new(vec![], vec![], Default::default())?.with_corridor_regions(&parts);
/// assert_eq!(index.corridors().len(), 1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CorridorRegion {
    /// The corridor's name. Several regions of one name, and routes of that corridor, are one corridor.
    pub name: String,
    /// What it covers.
    pub region: Region,
}

impl CorridorRegion {
    /// A region of the corridor with this name.
    pub fn new(name: impl Into<String>, region: Region) -> Self {
        CorridorRegion { name: name.into(), region }
    }
}
