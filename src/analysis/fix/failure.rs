//! Why observations give no fix.

use std::fmt;

use crate::Error;

/// Why observations that are right each for itself give no fix.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixError, FixFailure, FixObservation, fix};
/// let at = |lon| Position::from_lon_lat(lon, 39.8);
/// let apart = [FixObservation::bearing(at(46.7)?, 270.0, 1.0), FixObservation::bearing(at(46.8)?, 0.0, 1.0)];
/// let Err(FixError::Failure(failure)) = fix(&apart) else { panic!() };
/// assert!(matches!(failure, FixFailure::Behind { observer: 0 }), "{failure:?}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FixFailure {
    /// Bearings meet only behind an observer.
    Behind {
        /// The observation, by its index.
        observer: usize,
    },
    /// The best position is an observer's own.
    UpToObserver {
        /// The observation, by its index.
        observer: usize,
    },
    /// No position within 1,000 km explains the observations, among which is a distance.
    MeetNowhere,
    /// The bearings are parallel or run apart.
    Parallel,
    /// The lines of position run along each other and leave the position open by more than 1,000 km.
    Along {
        /// The greatest angle at which two of them cross, 0 to 90 degrees.
        crossing_deg: f64,
    },
    /// The 95 % ellipse reaches farther than 1,000 km.
    Open {
        /// Its semi-major axis, in kilometres.
        semi_major_km: f64,
    },
}

impl fmt::Display for FixFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ahead = |f: &mut fmt::Formatter<'_>| {
            f.write_str(
                ", expected lines that cross ahead of the observers: check the bearings and their north, add a distance, \
                 or take each report by itself",
            )
        };
        match self {
            FixFailure::Behind { observer } => {
                let observer = observer + 1;
                write!(f, "the bearings meet only behind the observer of observation {observer}")?;
                ahead(f)
            }
            FixFailure::UpToObserver { observer } => {
                let observer = observer + 1;
                write!(f, "the observations lead up to the observer of observation {observer}")?;
                ahead(f)
            }
            FixFailure::MeetNowhere => {
                f.write_str("the observations meet nowhere within 1,000 km")?;
                ahead(f)
            }
            FixFailure::Parallel => {
                f.write_str("the bearings are parallel or run apart, and meet nowhere within 1,000 km")?;
                ahead(f)
            }
            FixFailure::Along { crossing_deg } => write!(
                f,
                "the lines cross at {crossing_deg:.2} degrees and leave the place open by more than 1,000 km, expected \
                 lines that cross: add an observation from another direction, or a distance"
            ),
            FixFailure::Open { semi_major_km } => write!(
                f,
                "a fix that is open by {semi_major_km:.0} km, expected at most 1,000 km: add an observation from another \
                 direction"
            ),
        }
    }
}

impl std::error::Error for FixFailure {}

impl From<FixFailure> for Error {
    fn from(failure: FixFailure) -> Self {
        Error::input(failure.to_string())
    }
}

/// Why [`fix`](super::fix()) returns none.
///
/// ```
/// use patrol_corridor::Position;
/// use patrol_corridor::analysis::{FixError, FixFailure, FixObservation, fix};
/// let at = |lon| Position::from_lon_lat(lon, 39.8);
/// // One number is not enough.
/// let error = fix(&[FixObservation::bearing(at(46.7)?, 90.0, 1.0)]).unwrap_err();
/// assert!(matches!(error, FixError::Input(_)), "{error}");
/// let north = |lon| at(lon).map(|at| FixObservation::bearing(at, 0.0, 1.0));
/// let error = fix(&[north(46.7)?, north(46.8)?]).unwrap_err();
/// assert!(matches!(error, FixError::Failure(FixFailure::Parallel)), "{error}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum FixError {
    /// The observations give no fix; each of them by itself still stands.
    Failure(FixFailure),
    /// An observation can't be used, or there are too few.
    Input(Error),
}

impl fmt::Display for FixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FixError::Failure(failure) => failure.fmt(f),
            FixError::Input(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FixError {}

impl From<FixFailure> for FixError {
    fn from(failure: FixFailure) -> Self {
        FixError::Failure(failure)
    }
}

impl From<Error> for FixError {
    fn from(error: Error) -> Self {
        FixError::Input(error)
    }
}

impl From<FixError> for Error {
    fn from(error: FixError) -> Self {
        match error {
            FixError::Failure(failure) => failure.into(),
            FixError::Input(error) => error,
        }
    }
}
