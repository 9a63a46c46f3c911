//! What to look for, and how.

use crate::Error;
use crate::setters::setters;
use crate::time::TimeSpan;

/// How the nearest is sought.
///
/// ```
/// use patrol_corridor::{ObservationPost, PatrolIndex, Position, index::Search};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|position| ObservationPost::new(id, position));
/// let index = PatrolIndex::new(vec![post("A", 46.8)?, post("B", 46.9)?], vec![], Default::default())?;
/// let find = |search: Search| index.locate(post("", 46.84).unwrap().position, &search.into());
/// assert_eq!(find(Search::Index), find(Search::Scan));
/// assert_eq!(find(Search::Index), find(Search::RStar));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Search {
    /// By packed R-trees that are built with the area.
    #[default]
    Index,
    /// By R*-trees of the crate `rstar`, built when they are first asked for: the same answers, to check by.
    RStar,
    /// By measuring everything: the same answers, to check by.
    Scan,
}

/// What to look for.
///
/// ```
/// use patrol_corridor::index::LocateOptions;
/// let three_within_20_km = LocateOptions::default().with_count(3).with_max_distance_m(20_000.0);
/// # assert_eq!(three_within_20_km.count, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
pub struct LocateOptions {
    /// How many of the nearest posts and routes; 0 counts as 1.
    pub count: usize,
    /// What is farther, in metres, is not named.
    pub max_distance_m: Option<f64>,
    /// By index or by scan.
    pub search: Search,
    /// Only what was in service at any time of that span: posts and routes that were not ([`ServicePeriod`]) are as if
    /// they were not there. Without it all count.
    ///
    /// [`ServicePeriod`]: crate::time::ServicePeriod
    pub at: Option<TimeSpan>,
}

impl Default for LocateOptions {
    fn default() -> Self {
        LocateOptions { count: 1, max_distance_m: None, search: Search::Index, at: None }
    }
}

setters! { LocateOptions {
    with_count(count: usize);
    with_max_distance_m(max_distance_m: impl Into<Option<f64>>);
    with_search(search: Search);
    with_at(at: impl Into<TimeSpan>) => Some(at.into());
}}

/// One of the nearest, found that way.
impl From<Search> for LocateOptions {
    fn from(search: Search) -> Self {
        LocateOptions { search, ..Default::default() }
    }
}

/// # Errors
/// Where a distance is negative or not a number.
pub(super) fn checked_radius_m(radius_m: f64) -> Result<f64, Error> {
    match radius_m >= 0.0 {
        true => Ok(radius_m),
        false => {
            Err(Error::argument(format!("the distance {radius_m}, expected a number of metres, 0 or more")))
        }
    }
}
