//! How the density along routes is computed.

use super::spread::Split;
use crate::setters::setters;

/// How the density is computed.
///
/// ```
/// use patrol_corridor::analysis::{HotspotOptions, Split};
/// // A kernel of 2 km to either side; only incidents within 500 m of a route.
/// let options = HotspotOptions::new(2_000.0).with_max_distance_m(500.0);
/// assert_eq!((options.joined, options.split), (true, Split::Continuous));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct HotspotOptions {
    /// How far along the network an incident weighs, in metres: the reach (half width) of the Epanechnikov kernel.
    /// Its standard deviation, which other programs call the bandwidth, is this by the square root of 5.
    pub bandwidth_m: f64,
    /// Incidents farther from every route are left out; in metres.
    pub max_distance_m: f64,
    /// Whether routes that have a vertex in common, to 1 mm, are joined there. Otherwise each part of each route
    /// is a line of its own.
    pub joined: bool,
    /// What a kernel becomes where routes meet.
    pub split: Split,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
}

impl HotspotOptions {
    /// Routes joined, equal-split continuous, incidents as far off as the bandwidth.
    ///
    /// ```
    /// use patrol_corridor::analysis::HotspotOptions;
    /// let options = HotspotOptions::new(2_000.0);
    /// assert_eq!((options.bandwidth_m, options.max_distance_m), (2_000.0, 2_000.0));
    /// ```
    #[must_use]
    pub fn new(bandwidth_m: f64) -> Self {
        HotspotOptions {
            bandwidth_m,
            max_distance_m: bandwidth_m,
            joined: true,
            split: Split::default(),
            threads: 0,
        }
    }
}

setters! { HotspotOptions {
    with_max_distance_m(max_distance_m: f64);
    with_joined(joined: bool);
    with_split(split: Split);
    with_threads(threads: usize);
}}
