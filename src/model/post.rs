//! An observation post.

use crate::time::ServicePeriod;
use crate::{Error, FeatureId, Position};

/// A place that is watched from.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservationPost {
    /// Its id in the layer.
    pub id: FeatureId,
    /// Its name, where the layer has one.
    pub name: Option<String>,
    /// Where it stands.
    pub position: Position,
    /// When it was in service; always, unless it is told.
    pub service: ServicePeriod,
    watch_radius_m: Option<f64>,
}

impl ObservationPost {
    /// A post without a name and a watch radius.
    pub fn new(id: impl Into<FeatureId>, position: Position) -> Self {
        ObservationPost {
            id: id.into(),
            name: None,
            position,
            service: ServicePeriod::ALWAYS,
            watch_radius_m: None,
        }
    }

    /// Sets how far it sees, in metres.
    ///
    /// # Errors
    /// Where it is not a finite number greater than 0.
    pub fn with_watch_radius_m(mut self, watch_radius_m: f64) -> Result<Self, Error> {
        if !(watch_radius_m > 0.0 && watch_radius_m.is_finite()) {
            return Err(Error::input(format!(
                "the watch radius {watch_radius_m}, expected a number of metres greater than 0"
            )));
        }
        self.watch_radius_m = Some(watch_radius_m);
        Ok(self)
    }

    /// How far it sees, in metres; greater than 0.
    pub fn watch_radius_m(&self) -> Option<f64> {
        self.watch_radius_m
    }
}
