//! Coordinate systems in a build that computes none of them: longitude and latitude of WGS84 alone.

use std::convert::Infallible;

use super::engine::{Direction, Engine};
use super::{AreaOfUse, Crs, Operation};
use crate::Error;

/// No projection: there is none of these.
#[derive(Debug)]
pub(crate) struct NoEngine(Infallible);

impl NoEngine {
    pub fn new(crs: &Crs, _: Direction) -> Result<Self, Error> {
        Err(Error::input(format!(
            "the CRS {crs}, which this build does not read, expected WGS84: use a build with the feature `crs` or \
             `proj`, or reproject first (for example `ogr2ogr -s_srs {crs} -t_srs OGC:CRS84 OUT.geojson IN.geojson`)"
        )))
    }
}

impl Engine for NoEngine {
    fn by(&self) -> String {
        match self.0 {}
    }

    fn name(&self) -> Option<&str> {
        match self.0 {}
    }

    fn area(&self) -> Option<AreaOfUse> {
        match self.0 {}
    }

    fn is_degrees(&self) -> bool {
        match self.0 {}
    }

    fn forward(&self, _: [f64; 2]) -> Option<[f64; 2]> {
        match self.0 {}
    }

    fn back(&self, _: [f64; 2]) -> Option<[f64; 2]> {
        match self.0 {}
    }

    fn operation(&mut self, _: [f64; 2]) -> Option<Operation> {
        match self.0 {}
    }

    fn only_operation(&self) -> Option<Operation> {
        match self.0 {}
    }
}
