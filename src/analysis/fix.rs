//! The place of one incident from several observations of it: cross bearings and ranges.

mod failure;
mod found;
mod line;
mod observation;
mod settle;
mod starts;
mod warning;

pub use failure::{FixError, FixFailure};
pub use found::{Covariance, Fix, FixResidual, FixWarning};
pub use observation::{FixObservation, Measurement};

use found::ELLIPSE_95;
use observation::MOST_M;

use crate::geodesy::turn::turn_deg;
use crate::geodesy::{distance_m, inverse};
use crate::{Error, Position};
use line::{Terms, terms};
use settle::Solution;

/// The place of one incident by least squares on the ellipsoid, from bearings and distances observed at surveyed
/// positions; two numbers at least, which may come from one place.
///
/// Observed azimuths and distances are compared with those of Karney's geodesics; the sum of the squared residuals is
/// made smallest by Newton's method, damped after Levenberg and Marquardt (Nocedal and Wright 2006, Numerical
/// Optimization, chapter 10), from several starting points, to 0.01 mm. In noisy but good geometry 95 % of the true
/// places lie in [`Fix::ellipse`].
///
/// A fix that must not be trusted as it stands has [`Fix::warnings`]: lines that hardly cross, observations that
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
/// assert!(found.warnings.is_empty());
/// assert!(geodesy::distance_m(found.position, at(46.75, 39.8385)?) < 10.0);
/// let ellipse = found.ellipse()?;
/// assert!((ellipse.semi_major_m() - 259.0).abs() < 1.0);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn fix(observations: &[FixObservation]) -> Result<Fix, FixError> {
    let count: usize = observations.iter().map(FixObservation::count).sum();
    if count < 2 {
        return Err(Error::input(format!(
            "{count} bearings and distances are too few for a fix, expected at least two: bearings from two places, or a bearing \
             with a distance"
        ))
        .into());
    }
    for observation in observations {
        observation.check()?;
    }
    let observations = &observations.iter().map(FixObservation::within_a_turn).collect::<Vec<_>>()[..];
    // With two numbers lines either meet or miss each other, which is one condition.
    let limit = warning::chi_square_99((count - 2).max(1));
    let solutions =
        settle::solutions(observations, limit).map_err(|lost| warning::no_fix(observations, lost))?;
    let best = &solutions[0];
    let terms = terms(observations, best.position);
    let crossing_deg = warning::crossing_deg(observations, best.position);
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
        warnings: Vec::new(),
    };
    let other = solutions[1..].iter().find(|other| rivals(&fix, other));
    fix.warnings = warning::warnings(&fix, limit, observations, &terms, crossing_deg, other);
    Ok(fix)
}

/// The inverse of the normal matrix. Where lines hardly cross, circles that just miss each other for one, it says next
/// to nothing along them; what the residuals bend the sum of squares by then counts where it tells more.
fn covariance(terms: &Terms, crossing_deg: f64) -> Option<Covariance> {
    let (normal, bent) = (terms.normal(), terms.hessian());
    let matrix = if crossing_deg < FixWarning::LEAST_CROSSING_DEG && bent.least() > normal.least() {
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
            azimuth: observation.azimuth_deg.map(|m| turn_deg(path.azimuth1_deg, m.value) / m.deviation),
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
