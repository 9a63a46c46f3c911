//! An observation post.

use super::validated::checked_length_m;
use crate::time::ServicePeriod;
use crate::{Error, FeatureId, Position};

/// A place that is watched from.
///
/// ```
/// use patrol_corridor::{ObservationPost, Position};
/// let place = Position::from_lon_lat(46.826567, 40.072204)?;
/// let mut post = ObservationPost::new("OP-21", place).with_watch_radius_m(5_000.0)?;
/// post.name = Some("Hill 614".into());
/// assert_eq!((post.id.as_str(), post.watch_radius_m()), ("OP-21", Some(5_000.0)));
/// assert!(post.service.is_always());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
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
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// assert_eq!((post.name, post.service.is_always()), (None, true));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
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
    /// ```
    /// use patrol_corridor::{ObservationPost, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// assert!(post.clone().with_watch_radius_m(8_000.0).is_ok());
    /// assert!(post.with_watch_radius_m(0.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it is not a finite number greater than 0.
    pub fn with_watch_radius_m(mut self, watch_radius_m: f64) -> Result<Self, Error> {
        self.watch_radius_m = Some(checked_length_m("watch radius", watch_radius_m)?);
        Ok(self)
    }

    /// How far it sees, in metres; greater than 0.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// assert_eq!(post.watch_radius_m(), None);
    /// assert_eq!(post.with_watch_radius_m(8_000.0)?.watch_radius_m(), Some(8_000.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn watch_radius_m(&self) -> Option<f64> {
        self.watch_radius_m
    }
}
