//! The place that several observations point at, and what speaks against it.

use std::fmt;

use super::failure::FixFailure;
use crate::Position;
use crate::region::GeodesicEllipse;

/// What speaks against trusting a fix as it stands.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixObservation, FixWarning, fix};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let found = fix(&[
///     FixObservation::bearing(at(46.70, 39.80)?, 90.0, 1.0),
///     FixObservation::bearing(at(46.70, 39.79)?, 84.0, 1.0),
/// ])?;
/// let Some(FixWarning::HardlyCross { crossing_deg }) = found.warnings.first() else { panic!() };
/// assert_eq!(format!("{crossing_deg:.2}"), "6.00");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum FixWarning {
    /// The lines of position (of a bearing its geodesic, of a distance its circle) run nearly along each other at the fix:
    /// no two of them cross at [`Self::LEAST_CROSSING_DEG`] or more.
    HardlyCross {
        /// The greatest angle at which two of them cross, 0 to 90 degrees.
        crossing_deg: f64,
    },
    /// The observations contradict each other: their squared residuals add up to more than they would in 1 of 100 cases.
    Contradiction {
        /// The sum of the squared residuals.
        sum_of_squares: f64,
        /// What it is at most in 99 of 100 cases: the quantile of chi-square.
        limit: f64,
        /// The observation that fits worst, by its place.
        worst: usize,
    },
    /// Another place explains the observations nearly as well, as with two distances alone.
    TwoSolutions {
        /// That place.
        other: Position,
    },
    /// The 95 % ellipse reaches up to an observer who took a bearing: so near to one it is no longer straight lines that
    /// cross, and the ellipse says little. The place can be on any side of it.
    ReachesObserver {
        /// The observation, by its place.
        observer: usize,
    },
}

impl FixWarning {
    /// Lines that cross at a smaller angle are said to hardly cross: the fix is then open along them at least 5.8 times
    /// (one over the sine of 10 degrees) as far as across a line.
    pub const LEAST_CROSSING_DEG: f64 = 10.0;
}

impl fmt::Display for FixWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FixWarning::HardlyCross { crossing_deg } => write!(
                f,
                "the lines hardly cross, at {crossing_deg:.1} degrees: the position along them is open; add an observation \
                 from another direction"
            ),
            FixWarning::Contradiction { sum_of_squares, limit, worst } => write!(
                f,
                "the observations contradict each other (squared residuals {sum_of_squares:.1}, at most {limit:.1} in 99 of \
                 100 cases), observation {} the most: check it, and whether all are of one incident",
                worst + 1
            ),
            FixWarning::TwoSolutions { other } => write!(
                f,
                "another place fits as well, {:.6}, {:.6} (longitude, latitude): add a bearing or a distance from elsewhere",
                other.lon_deg(),
                other.lat_deg()
            ),
            FixWarning::ReachesObserver { observer } => write!(
                f,
                "the ellipse reaches up to the observer of observation {}, where it says little: state smaller tolerances or \
                 add an observation",
                observer + 1
            ),
        }
    }
}

/// -2 ln 0.05: so much is, with 95 %, the sum of two squares of normally distributed numbers at most.
pub(super) const ELLIPSE_95: f64 = 5.991_464_547_107_98;

/// How uncertain a position is, in square metres, to the east and to the north at it.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixObservation, fix};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let found = fix(&[
///     FixObservation::bearing(at(46.826567, 40.072204)?, 220.0, 2.0),
///     FixObservation::bearing(at(46.67601, 40.065137)?, 115.0, 2.0),
/// ])?;
/// let east_m = found.covariance.east_m2.sqrt();
/// let north_m = found.covariance.north_m2.sqrt();
/// assert_eq!(format!("{east_m:.0} m east, {north_m:.0} m north"), "306 m east, 285 m north");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Covariance {
    /// The variance to the east.
    pub east_m2: f64,
    /// The variance to the north.
    pub north_m2: f64,
    /// The covariance of both.
    pub east_north_m2: f64,
}

impl Covariance {
    /// The standard deviations along both axes, the greater first, and the azimuth of the first in degrees.
    pub(super) fn axes(&self) -> ([f64; 2], f64) {
        let Covariance { east_m2, north_m2, east_north_m2 } = *self;
        let mean = 0.5 * (east_m2 + north_m2);
        let apart = (0.5 * (east_m2 - north_m2)).hypot(east_north_m2);
        let major_m2 = mean + apart;
        // The smaller by the determinant, lest it go under in the greater.
        let minor_m2 = (east_m2 * north_m2 - east_north_m2 * east_north_m2) / major_m2;
        let from_east_deg = 0.5 * (2.0 * east_north_m2).atan2(east_m2 - north_m2).to_degrees();
        ([major_m2.sqrt(), minor_m2.max(0.0).sqrt().min(major_m2.sqrt())], 90.0 - from_east_deg)
    }
}

/// What an observation and a fix differ by: observed minus computed, in standard deviations of the observation.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixObservation, fix};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let found = fix(&[
///     FixObservation::bearing(at(46.70, 39.80)?, 45.0, 1.0),
///     FixObservation::bearing(at(46.80, 39.80)?, 315.0, 1.0),
///     FixObservation::range(at(46.75, 39.80)?, 4_500.0, 100.0),
/// ])?;
/// assert_eq!(found.residuals[2].azimuth, None);
/// assert_eq!(format!("{:+.2}", found.residuals[2].distance.unwrap()), "+1.02");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FixResidual {
    /// Of the azimuth, where one was observed.
    pub azimuth: Option<f64>,
    /// Of the distance, where one was observed.
    pub distance: Option<f64>,
}

/// The place that several observations point at.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixObservation, fix};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let found = fix(&[
///     FixObservation::bearing(at(46.826567, 40.072204)?, 220.0, 2.0),
///     FixObservation::bearing(at(46.67601, 40.065137)?, 115.0, 2.0),
/// ])?;
/// assert_eq!(format!("{:.4} {:.4}", found.position.lon_deg(), found.position.lat_deg()), "46.7787 40.0283");
/// // Two bearings are just enough.
/// assert_eq!((found.degrees_of_freedom, found.warnings.len()), (0, 0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fix {
    /// Where the sum of the squared residuals is the smallest.
    pub position: Position,
    /// How far the stated standard deviations leave it open (a priori: the residuals don't count).
    pub covariance: Covariance,
    /// For each observation, in their order.
    pub residuals: Vec<FixResidual>,
    /// The sum of the squared residuals.
    pub sum_of_squares: f64,
    /// How many more numbers were observed than a position needs.
    pub degrees_of_freedom: usize,
    /// What speaks against it; empty for a good fix.
    pub warnings: Vec<FixWarning>,
}

impl Fix {
    /// The ellipse in which the true place lies with 95 %, where the stated standard deviations hold.
    ///
    /// ```
    /// # use patrol_corridor::Position;
    /// # use patrol_corridor::analysis::{FixObservation, fix};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// let found = fix(&[
    ///     FixObservation::bearing(at(46.826567, 40.072204)?, 220.0, 2.0),
    ///     FixObservation::bearing(at(46.67601, 40.065137)?, 115.0, 2.0),
    /// ])?;
    /// let ellipse = found.ellipse()?;
    /// assert_eq!(ellipse.centre(), found.position);
    /// let [long_m, short_m] = [ellipse.semi_major_m(), ellipse.semi_minor_m()];
    /// assert_eq!(format!("{long_m:.0} m by {short_m:.0} m"), "874 m by 531 m");
    /// assert_eq!(format!("{:.0}", ellipse.azimuth_deg()), "49");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it reaches farther than 1,000 km.
    pub fn ellipse(&self) -> Result<GeodesicEllipse, FixFailure> {
        let (deviations_m, azimuth_deg) = self.covariance.axes();
        let scale = ELLIPSE_95.sqrt();
        // What is better known than to a micrometre is a misprint, and an ellipse needs a width.
        let semi_axes_m = deviations_m.map(|deviation_m| scale * deviation_m.max(1e-6));
        GeodesicEllipse::new(self.position, semi_axes_m, azimuth_deg)
            .map_err(|_| FixFailure::Open { semi_major_km: semi_axes_m[0] / 1e3 })
    }
}
