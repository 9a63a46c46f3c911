//! Where an incident happened, as far as it says.

use crate::described::{Described, NotLocated};
use crate::region::{GridSquare, LocationForm};
use crate::{IncidentGeometry, Position};

/// Where an incident happened, as far as it says.
///
/// ```
/// use patrol_corridor::incident::{Location, IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat,observer_post,bearing\n1,46.807759,40.068059,,\n2,,,OP-21,NNE\n3,,,OP-99,N\n4,,,,\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let mut found = Vec::new();
/// incidents(log, &reader, SourceRun::default(), &mut |incident| Ok(found.push(incident.reading.location)))?;
/// assert!(matches!(found[..2], [Location::Positions(_), Location::Described(_)]));
/// assert!(matches!(found[2..], [Location::RegionUnknown(_), Location::None(..)]));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Location {
    /// At a position, or at one of several (a MultiPoint).
    Positions(IncidentGeometry),
    /// As it was described, or a position with an uncertainty.
    Described(Box<Described>),
    /// In a region that can't be built: a post or a route that no layer has, or members that are gone.
    RegionUnknown(NotLocated),
    /// Nowhere that can be located, and why; the geometry is kept.
    None(NotLocated, IncidentGeometry),
}

impl Location {
    /// Returns `true` if it is exact: positions, however they were written.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::described::Described;
    /// use patrol_corridor::incident::Location;
    /// use patrol_corridor::region::DescribedLocation;
    /// let at = Position::from_lon_lat(46.807759, 40.068059)?;
    /// let exact = Location::Described(Described::of(DescribedLocation::position(at)).into());
    /// let about = Location::Described(Described::of(DescribedLocation::circle(at, 500.0)?).into());
    /// assert!(exact.is_exact());
    /// assert!(!about.is_exact());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_exact(&self) -> bool {
        match self {
            Location::Positions(_) => true,
            Location::Described(described) => is_exact(described),
            Location::RegionUnknown(_) | Location::None(..) => false,
        }
    }

    /// The MGRS reference of a position, to 1 m, or of a region, as wide as the region at least
    /// ([`DescribedRegion::mgrs`](crate::region::DescribedRegion::mgrs)); `None` for several positions, and where there is
    /// none.
    ///
    /// ```
    /// use patrol_corridor::incident::Location;
    /// use patrol_corridor::{IncidentGeometry, Position};
    /// let at = Position::from_lon_lat(46.807759, 40.068059)?;
    /// let location = Location::Positions(IncidentGeometry::Point(at));
    /// assert_eq!(location.mgrs().as_deref(), Some("38TPK5416036876"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn mgrs(&self) -> Option<String> {
        match self {
            Location::Positions(IncidentGeometry::Point(position)) => {
                GridSquare::around(*position, 5).ok().map(|square| square.to_string())
            }
            Location::Described(described) => described.location.region().mgrs(),
            Location::Positions(_) | Location::RegionUnknown(_) | Location::None(..) => None,
        }
    }

    /// The described location where it leaves a region open.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::described::Described;
    /// # use patrol_corridor::incident::Location;
    /// # use patrol_corridor::region::DescribedLocation;
    /// # let at = Position::from_lon_lat(46.807759, 40.068059)?;
    /// # let exact = Location::Described(Described::of(DescribedLocation::position(at)).into());
    /// # let about = Location::Described(Described::of(DescribedLocation::circle(at, 500.0)?).into());
    /// assert!(exact.region().is_none());
    /// assert_eq!(about.region().unwrap().location.form().as_str(), "circle");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> Option<&Described> {
        match self {
            Location::Described(described) if !is_exact(described) => Some(described),
            _ => None,
        }
    }

    /// What was described, exact or not.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::described::Described;
    /// # use patrol_corridor::incident::Location;
    /// # use patrol_corridor::region::DescribedLocation;
    /// # let at = Position::from_lon_lat(46.807759, 40.068059)?;
    /// # let exact = Location::Described(Described::of(DescribedLocation::position(at)).into());
    /// # let about = Location::Described(Described::of(DescribedLocation::circle(at, 500.0)?).into());
    /// assert!(exact.described().is_some() && about.described().is_some());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn described(&self) -> Option<&Described> {
        match self {
            Location::Described(described) => Some(described),
            _ => None,
        }
    }

    /// Why it can't be located.
    ///
    /// ```
    /// use patrol_corridor::IncidentGeometry;
    /// use patrol_corridor::described::NotLocated;
    /// use patrol_corridor::incident::Location;
    /// let nowhere = Location::None(NotLocated::NullGeometry, IncidentGeometry::None);
    /// assert_eq!(nowhere.not_located(), Some(&NotLocated::NullGeometry));
    /// assert!(nowhere.positions().is_empty());
    /// ```
    #[must_use]
    pub fn not_located(&self) -> Option<&NotLocated> {
        match self {
            Location::RegionUnknown(why) | Location::None(why, _) => Some(why),
            Location::Positions(_) | Location::Described(_) => None,
        }
    }

    /// The positions that it is located by: of a region its reference point.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::described::Described;
    /// # use patrol_corridor::incident::Location;
    /// # use patrol_corridor::region::DescribedLocation;
    /// # let at = Position::from_lon_lat(46.807759, 40.068059)?;
    /// # let exact = Location::Described(Described::of(DescribedLocation::position(at)).into());
    /// # let about = Location::Described(Described::of(DescribedLocation::circle(at, 500.0)?).into());
    /// assert_eq!(exact.positions(), [at]);
    /// // Of a region its reference point, here the centre.
    /// assert_eq!(about.positions(), [at]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn positions(&self) -> Vec<Position> {
        match self {
            Location::Positions(place) => place.positions().to_vec(),
            Location::Described(described) => vec![described.location.region().reference()],
            Location::RegionUnknown(_) | Location::None(..) => Vec::new(),
        }
    }
}

/// A position in degrees, minutes and seconds is one like any other, and so is one that is off by 0 m.
fn is_exact(described: &Described) -> bool {
    match described.location.form() {
        LocationForm::Position => true,
        LocationForm::Circle => described.location.region().area_km2() == 0.0,
        _ => false,
    }
}
