//! Where an incident happened, as far as it says.

use crate::described::{Described, NotLocated};
use crate::region::LocationForm;
use crate::{IncidentGeometry, Position};

/// Where an incident happened, as far as it says.
#[derive(Debug, Clone)]
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
    pub fn is_exact(&self) -> bool {
        match self {
            Location::Positions(_) => true,
            Location::Described(described) => is_exact(described),
            Location::RegionUnknown(_) | Location::None(..) => false,
        }
    }

    /// The described location where it leaves a region open.
    pub fn region(&self) -> Option<&Described> {
        match self {
            Location::Described(described) if !is_exact(described) => Some(described),
            _ => None,
        }
    }

    /// What was described, exact or not.
    pub fn described(&self) -> Option<&Described> {
        match self {
            Location::Described(described) => Some(described),
            _ => None,
        }
    }

    /// Why it can't be located.
    pub fn not_located(&self) -> Option<&NotLocated> {
        match self {
            Location::RegionUnknown(why) | Location::None(why, _) => Some(why),
            Location::Positions(_) | Location::Described(_) => None,
        }
    }

    /// The positions that it is located by: of a region its reference point.
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
