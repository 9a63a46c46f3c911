//! What was observed of an incident from a surveyed position.

use crate::region::Observation;
use crate::setters::setters;
use crate::{Error, Position};

/// Nothing is sought farther from an observer than this.
pub(super) const MOST_M: f64 = 1_000_000.0;

/// A number with its standard deviation, both in the same unit.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixObservation, Measurement};
/// let post = Position::from_lon_lat(46.826567, 40.072204)?;
/// let distance_m = Some(Measurement { value: 1_650.0, deviation: 50.0 });
/// let seen = FixObservation::bearing(post, 254.0, 1.0).with_distance_m(distance_m);
/// assert_eq!(seen.azimuth_deg, Some(Measurement { value: 254.0, deviation: 1.0 }));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// What was measured.
    pub value: f64,
    /// One standard deviation of it, greater than 0.
    pub deviation: f64,
}

/// What was observed of an incident from a surveyed position: an azimuth, a distance, or both.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::FixObservation;
/// use patrol_corridor::region::Observation;
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// let mut heard = Observation::new("043".parse()?);
/// heard.tolerance_deg = Some(2.0);
/// heard.distance = Some("2km..7km".parse()?);
/// let observed = FixObservation::from_place(post, &heard)?;
/// assert_eq!(observed.azimuth_deg.unwrap().deviation, 2.0);
/// assert_eq!(observed.distance_m.unwrap().value, 4_500.0);
/// assert_eq!(observed.distance_m.unwrap().deviation, 2_500.0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FixObservation {
    /// Where it was observed from.
    pub from: Position,
    /// In which direction, degrees clockwise from true north.
    pub azimuth_deg: Option<Measurement>,
    /// How far off, in metres.
    pub distance_m: Option<Measurement>,
}

impl FixObservation {
    /// Nothing yet, from this position: with a bearing, a distance or both it is an observation.
    #[must_use]
    pub fn new(from: Position) -> Self {
        FixObservation { from, azimuth_deg: None, distance_m: None }
    }

    /// A bearing alone, in degrees clockwise from true north.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::analysis::FixObservation;
    /// let seen = FixObservation::bearing(Position::from_lon_lat(46.826567, 40.072204)?, 254.0, 1.0);
    /// assert_eq!(seen.azimuth_deg.map(|azimuth| azimuth.value), Some(254.0));
    /// assert_eq!(seen.distance_m, None);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn bearing(from: Position, azimuth_deg: f64, deviation_deg: f64) -> Self {
        let azimuth_deg = Some(Measurement { value: azimuth_deg, deviation: deviation_deg });
        FixObservation { from, azimuth_deg, distance_m: None }
    }

    /// A distance alone, in metres.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::analysis::{FixObservation, FixWarning, fix};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// // Two circles meet twice.
    /// let found = fix(&[
    ///     FixObservation::range(at(46.70, 39.80)?, 5_500.0, 50.0),
    ///     FixObservation::range(at(46.80, 39.80)?, 5_500.0, 50.0),
    /// ])?;
    /// assert!(matches!(found.warnings[..], [FixWarning::TwoSolutions { .. }]));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn range(from: Position, distance_m: f64, deviation_m: f64) -> Self {
        let distance_m = Some(Measurement { value: distance_m, deviation: deviation_m });
        FixObservation { from, azimuth_deg: None, distance_m }
    }

    /// What a report says: its tolerance (of a compass point 11.25 degrees) is one standard deviation of the bearing; its distance
    /// is the middle of the interval, with half its width as one standard deviation.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::analysis::FixObservation;
    /// use patrol_corridor::region::Observation;
    /// let post = Position::from_lon_lat(46.75, 39.82)?;
    /// let heard = FixObservation::from_place(post, &Observation::new("NNE".parse()?))?;
    /// assert_eq!(heard.azimuth_deg.map(|azimuth| (azimuth.value, azimuth.deviation)), Some((22.5, 11.25)));
    /// // Degrees need a tolerance of their own.
    /// assert!(FixObservation::from_place(post, &Observation::new("043".parse()?)).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the tolerance or the width of the interval is 0: nothing says how far they can be trusted.
    pub fn from_place(from: Position, observation: &Observation) -> Result<Self, Error> {
        let bearing = observation.bearing;
        let deviation_deg = observation.tolerance_deg.unwrap_or(bearing.usual_tolerance_deg());
        let value_deg = bearing.azimuth_deg() + observation.north_azimuth_deg;
        let distance_m = observation.distance.map(|interval| {
            let (nearest_m, farthest_m) = interval.metres().into_inner();
            Measurement { value: 0.5 * (nearest_m + farthest_m), deviation: 0.5 * (farthest_m - nearest_m) }
        });
        let observed =
            FixObservation { distance_m, ..FixObservation::bearing(from, value_deg, deviation_deg) };
        observed.check()?;
        Ok(observed)
    }

    /// With its bearing within a turn: from one of many turns no azimuth can be taken without losing its digits.
    pub(super) fn within_a_turn(&self) -> Self {
        let azimuth_deg = self.azimuth_deg.map(|m| Measurement { value: m.value % 360.0, ..m });
        FixObservation { azimuth_deg, ..*self }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if let Some(Measurement { value, deviation }) = self.azimuth_deg {
            if !value.is_finite() {
                return Err(Error::input(format!("the bearing {value}, expected a number of degrees")));
            }
            if !(deviation > 0.0 && deviation <= 180.0) {
                return Err(Error::input(format!(
                    "the standard deviation {deviation} of a bearing, expected more than 0 and up to 180 degrees: \
                     state a tolerance"
                )));
            }
        }
        if let Some(Measurement { value, deviation }) = self.distance_m {
            if !(0.0..=MOST_M).contains(&value) {
                return Err(Error::input(format!("the distance {value} m, expected 0 to {MOST_M} m")));
            }
            if !(deviation > 0.0 && deviation <= MOST_M) {
                return Err(Error::input(format!(
                    "the standard deviation {deviation} m of a distance, expected more than 0 and up to {MOST_M} m: \
                     state an interval"
                )));
            }
        }
        Ok(())
    }

    /// How many numbers were observed.
    pub(super) fn count(&self) -> usize {
        usize::from(self.azimuth_deg.is_some()) + usize::from(self.distance_m.is_some())
    }
}

setters! { FixObservation {
    with_azimuth_deg(azimuth_deg: impl Into<Option<Measurement>>);
    with_distance_m(distance_m: impl Into<Option<Measurement>>);
}}
