//! The place of one incident from several observations of it: cross bearings and ranges.

mod doubt;
mod failure;
mod line;
mod settle;
mod starts;

pub use doubt::FixDoubt;
pub use failure::{FixError, FixFailure};

use crate::geodesy::{distance_m, inverse};
use crate::model::{GeodesicEllipse, Observation};
use crate::{Error, Position};
use line::{Terms, terms};
use settle::Solution;

/// Nothing is sought farther from an observer than this.
const MOST_M: f64 = 1_000_000.0;

/// -2 ln 0.05: so much is, with 95 %, the sum of two squares of normally distributed numbers at most.
const ELLIPSE_95: f64 = 5.991_464_547_107_98;

/// A number with its standard deviation, both in the same unit.
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
/// use patrol_corridor::model::Observation;
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
pub struct FixObservation {
    /// Where it was observed from.
    pub from: Position,
    /// In which direction, degrees clockwise from true north.
    pub azimuth_deg: Option<Measurement>,
    /// How far off, in metres.
    pub distance_m: Option<Measurement>,
}

impl FixObservation {
    /// A bearing alone, in degrees clockwise from true north.
    pub fn bearing(from: Position, azimuth_deg: f64, deviation_deg: f64) -> Self {
        let azimuth_deg = Some(Measurement { value: azimuth_deg, deviation: deviation_deg });
        FixObservation { from, azimuth_deg, distance_m: None }
    }

    /// A distance alone, in metres.
    pub fn range(from: Position, distance_m: f64, deviation_m: f64) -> Self {
        let distance_m = Some(Measurement { value: distance_m, deviation: deviation_m });
        FixObservation { from, azimuth_deg: None, distance_m }
    }

    /// What a report says: its tolerance (of a wind 11.25 degrees) is one standard deviation of the bearing; its distance
    /// is the middle of the interval, with half its width as one standard deviation.
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
    fn within_a_turn(&self) -> Self {
        let azimuth_deg = self.azimuth_deg.map(|m| Measurement { value: m.value % 360.0, ..m });
        FixObservation { azimuth_deg, ..*self }
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(Measurement { value, deviation }) = self.azimuth_deg {
            if !value.is_finite() {
                return Err(Error::input(format!("found the bearing {value}, expected a number of degrees")));
            }
            if !(deviation > 0.0 && deviation <= 180.0) {
                return Err(Error::input(format!(
                    "found the standard deviation {deviation} of a bearing, expected more than 0 and up to 180 degrees: \
                     state a tolerance"
                )));
            }
        }
        if let Some(Measurement { value, deviation }) = self.distance_m {
            if !(0.0..=MOST_M).contains(&value) {
                return Err(Error::input(format!("found the distance {value} m, expected 0 to {MOST_M} m")));
            }
            if !(deviation > 0.0 && deviation <= MOST_M) {
                return Err(Error::input(format!(
                    "found the standard deviation {deviation} m of a distance, expected more than 0 and up to {MOST_M} m: \
                     state an interval"
                )));
            }
        }
        Ok(())
    }

    /// How many numbers were observed.
    fn count(&self) -> usize {
        usize::from(self.azimuth_deg.is_some()) + usize::from(self.distance_m.is_some())
    }
}

/// How uncertain a position is, in square metres, to the east and to the north at it.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    fn axes(&self) -> ([f64; 2], f64) {
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
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FixResidual {
    /// Of the azimuth, where one was observed.
    pub azimuth: Option<f64>,
    /// Of the distance, where one was observed.
    pub distance: Option<f64>,
}

/// The place that several observations point at.
#[derive(Debug, Clone, PartialEq)]
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
    pub doubts: Vec<FixDoubt>,
}

impl Fix {
    /// The ellipse in which the true place lies with 95 %, where the stated standard deviations hold.
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

/// The place of one incident by least squares on the ellipsoid, from bearings and distances observed at surveyed
/// positions; two numbers at least, which may come from one place.
///
/// Observed azimuths and distances are compared with those of Karney's geodesics; the sum of the squared residuals is
/// made smallest by Newton's method, damped after Levenberg and Marquardt (Nocedal and Wright 2006, Numerical
/// Optimization, chapter 10), from several starting points, to 0.01 mm. In noisy but good geometry 95 % of the true
/// places lie in [`Fix::ellipse`].
///
/// A fix that must not be trusted as it stands has [`Fix::doubts`]: lines that hardly cross, observations that
/// contradict each other, a second place as good as the first, an ellipse that reaches up to an observer.
///
/// # Errors
/// Returns [`FixError::Input`] if fewer than two numbers were observed or one is out of range, and [`FixError::Failure`] if
/// there is no fix: bearings that are parallel, run apart or meet only behind an observer, nothing within 1,000 km, a best
/// place that is an observer's own, lines that run along each other. Each report by itself still stands then.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixObservation, fix};
/// use patrol_corridor::geodesy;
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// // Seen from two posts, each bearing good to 1 degree.
/// let found = fix(&[
///     FixObservation::bearing(at(46.70, 39.80)?, 45.0, 1.0),
///     FixObservation::bearing(at(46.80, 39.80)?, 315.0, 1.0),
/// ])?;
/// assert!(found.doubts.is_empty());
/// assert!(geodesy::distance_m(found.position, at(46.75, 39.8385)?) < 10.0);
/// let ellipse = found.ellipse()?;
/// assert!((ellipse.semi_major_m() - 259.0).abs() < 1.0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn fix(observations: &[FixObservation]) -> Result<Fix, FixError> {
    let count: usize = observations.iter().map(FixObservation::count).sum();
    if count < 2 {
        return Err(Error::input(format!(
            "found {count} bearings and distances, expected two at least for a fix: bearings from two places, or a bearing \
             with a distance"
        ))
        .into());
    }
    for observation in observations {
        observation.check()?;
    }
    let observations = &observations.iter().map(FixObservation::within_a_turn).collect::<Vec<_>>()[..];
    // With two numbers lines either meet or miss each other, which is one condition.
    let limit = doubt::chi_square_99((count - 2).max(1));
    let solutions =
        settle::solutions(observations, limit).map_err(|lost| doubt::no_fix(observations, lost))?;
    let best = &solutions[0];
    let terms = terms(observations, best.position);
    let crossing_deg = doubt::crossing_deg(observations, best.position);
    let covariance = covariance(&terms, crossing_deg);
    let open_m = covariance.map_or(f64::INFINITY, |covariance| covariance.axes().0[0]);
    let Some(covariance) = covariance.filter(|_| open_m <= MOST_M) else {
        return Err(FixFailure::Along { crossing_deg }.into());
    };
    let mut fix = Fix {
        position: best.position,
        covariance,
        residuals: residuals(observations, best.position),
        sum_of_squares: best.sum_of_squares,
        degrees_of_freedom: count - 2,
        doubts: Vec::new(),
    };
    let other = solutions[1..].iter().find(|other| rivals(&fix, other));
    fix.doubts = doubt::doubts(&fix, limit, observations, &terms, crossing_deg, other);
    Ok(fix)
}

/// The inverse of the normal matrix. Where lines hardly cross, circles that just miss each other for one, it says next
/// to nothing along them; what the residuals bend the sum of squares by then counts where it tells more.
fn covariance(terms: &Terms, crossing_deg: f64) -> Option<Covariance> {
    let (normal, bent) = (terms.normal(), terms.hessian());
    let matrix = if crossing_deg < FixDoubt::LEAST_CROSSING_DEG && bent.least() > normal.least() {
        bent
    } else {
        normal
    };
    let [east_m2, east_north_m2, north_m2] = matrix.inverse()?;
    Some(Covariance { east_m2, north_m2, east_north_m2 })
}

fn residuals(observations: &[FixObservation], at: Position) -> Vec<FixResidual> {
    let residual = |observation: &FixObservation| {
        let path = inverse(observation.from, at);
        FixResidual {
            azimuth: observation
                .azimuth_deg
                .map(|m| line::turn_deg(m.value, path.azimuth1_deg) / m.deviation),
            distance: observation.distance_m.map(|m| (m.value - path.distance_m) / m.deviation),
        }
    };
    observations.iter().map(residual).collect()
}

/// True where another place is not worse than the fix by what 95 % allow, and doesn't lie in the ellipse.
fn rivals(fix: &Fix, other: &Solution) -> bool {
    if other.sum_of_squares > fix.sum_of_squares + ELLIPSE_95 {
        return false;
    }
    match fix.ellipse() {
        Ok(ellipse) => !ellipse.contains(other.position),
        Err(_) => distance_m(fix.position, other.position) > 1.0,
    }
}
