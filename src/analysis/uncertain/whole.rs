//! A region that is asked about, with what serves every question.

use crate::analysis::common_region::{CommonRegion, Standing};
use crate::geodesy::ecef::SurfacePoint;
use crate::region::Measured;
use crate::region::{CoveringCircle, DescribedRegion, DistanceBounds};
use crate::time::TimeSpan;

/// A region with the circle that holds it, or the part of it that others have in common with it.
pub(super) struct Whole<'a> {
    pub region: &'a DescribedRegion,
    pub measured: Measured<'a>,
    pub circle: CoveringCircle,
    /// The circle's centre, which may lie outside the region.
    pub q: SurfacePoint,
    pub common: Option<&'a CommonRegion<'a>>,
    /// Only what was in service then counts; an instant here, for which one state of the layers stands.
    pub at: Option<TimeSpan>,
}

impl<'a> Whole<'a> {
    pub fn of(region: &'a DescribedRegion) -> Self {
        let circle = region.covering_circle();
        let q = SurfacePoint::new(circle.centre);
        Whole { region, measured: Measured::of(region), circle, q, common: None, at: None }
    }

    /// How a part of the region stands.
    pub fn standing(&self, circle: &CoveringCircle) -> Standing {
        self.common.map_or(Standing::Inside, |common| common.standing(circle))
    }

    /// What lies in all regions is as far off as each of them says.
    pub fn narrowest(&self, bounds: impl Fn(&Whole<'_>) -> DistanceBounds) -> DistanceBounds {
        let others = self.common.map_or(&[][..], |common| &common.regions()[1..]);
        others.iter().map(|region| bounds(&Whole::of(region))).fold(bounds(self), |a, b| DistanceBounds {
            min_m: a.min_m.max(b.min_m),
            max_m: a.max_m.min(b.max_m),
        })
    }
}
