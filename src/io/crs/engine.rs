//! What computes the way between a coordinate reference system and WGS84.

use super::report::{AreaOfUse, Operation};

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    ToWgs84,
    FromWgs84,
}

/// What computes: PROJ, or proj4rs in a build without.
pub(crate) trait Engine {
    /// What it is called.
    fn by(&self) -> String;
    /// What the register calls the system.
    fn name(&self) -> Option<&str>;
    /// Where the system is meant to be used.
    fn area(&self) -> Option<AreaOfUse>;
    /// The system's coordinates are degrees.
    fn is_degrees(&self) -> bool;
    /// There; `None` where there is no way.
    fn forward(&self, from: [f64; 2]) -> Option<[f64; 2]>;
    /// And back.
    fn back(&self, to: [f64; 2]) -> Option<[f64; 2]>;
    /// Where there are several ways: the one that the last position went, unless the one before went it too.
    fn operation(&mut self, from: [f64; 2]) -> Option<Operation>;
    /// The way, where there is only one.
    fn only_operation(&self) -> Option<Operation>;
}
