//! An observation post.

use super::validated::checked_length_m;
use crate::time::ServicePeriod;
use crate::{Error, FeatureId, Position};

/// A place that is watched from.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ObservationPost {
    /// Its id in the layer.
    pub id: FeatureId,
    /// Its name, where the layer has one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub name: Option<String>,
    /// Where it stands.
    pub position: Position,
    /// When it was in service; always, unless it is told.
    #[cfg_attr(feature = "serde", serde(default))]
    pub service: ServicePeriod,
    #[cfg_attr(feature = "serde", serde(default, deserialize_with = "super::validated::length_m"))]
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
        self.watch_radius_m = Some(checked_length_m("watch radius", watch_radius_m)?);
        Ok(self)
    }

    /// How far it sees, in metres; greater than 0.
    pub fn watch_radius_m(&self) -> Option<f64> {
        self.watch_radius_m
    }
}
