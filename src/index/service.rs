//! Which posts and routes count at a time.

use crate::time::{ServicePeriod, TimeSpan};

/// The periods of a layer's items by place; none are kept where all are always in service.
#[derive(Debug)]
pub(super) struct Periods(Vec<ServicePeriod>);

impl Periods {
    pub fn new(periods: impl Iterator<Item = ServicePeriod> + Clone) -> Self {
        match periods.clone().all(|period| period.is_always()) {
            true => Periods(Vec::new()),
            false => Periods(periods.collect()),
        }
    }

    /// True where all are always in service.
    pub fn are_always(&self) -> bool {
        self.0.is_empty()
    }

    /// Which items were in service at any time of a span; none where that makes no difference.
    pub fn at(&self, at: Option<TimeSpan>) -> Option<impl Fn(u32) -> bool> {
        let at = at.filter(|_| !self.are_always())?;
        Some(move |item: u32| self.0[item as usize].serves(&at))
    }
}
