//! What a bulletin is about.

use super::period::PeriodChoice;
use crate::time::Zone;

/// What a bulletin is about.
#[derive(Debug, Clone, PartialEq)]
pub struct BulletinOptions {
    /// Its period.
    pub period: PeriodChoice,
    /// The zone of its days and hours.
    pub zone: Zone,
    /// Farther than that, in metres, an incident is far from every post.
    pub far_m: f64,
}

impl BulletinOptions {
    /// Of the last day in the data, in a zone.
    pub fn new(zone: Zone) -> Self {
        BulletinOptions { period: PeriodChoice::LastDay, zone, far_m: 10_000.0 }
    }
}
