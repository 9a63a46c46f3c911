//! A named corridor: a set of routes.

use crate::Region;

/// The routes that carry one corridor name. A route without one is a corridor of its own, under its id; one
/// that is given by regions alone has no routes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Corridor {
    /// The name, or the id of the one route as text.
    pub name: String,
    /// The places of its routes in the layer, ascending.
    pub routes: Vec<usize>,
}

/// A corridor, or a part of one, that is given as a region instead of a half width beside a route.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CorridorRegion {
    /// The corridor's name. Several regions of one name, and routes of that corridor, are one corridor.
    pub name: String,
    /// What it covers.
    pub region: Region,
}
