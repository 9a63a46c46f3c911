//! A named corridor: a set of routes.

/// The routes that carry one corridor name. A route without one is a corridor of its own, under its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corridor {
    /// The name, or the id of the one route as text.
    pub name: String,
    /// The places of its routes in the layer, ascending.
    pub routes: Vec<usize>,
}
