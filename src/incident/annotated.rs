//! What an earlier annotation says of a location: that a geometry is only the reference point of a region.

use crate::region::LocationForm;

/// The member that says how a location was reported, behind any prefix.
const FORM: &str = "location_form";

/// The member that stands beside it, behind the same prefix.
const AREA: &str = "location_area_km2";

/// The prefix of a name that ends in `location_form`.
pub(super) fn prefix_of(name: &str) -> Option<&str> {
    // Nearly all names end in another letter.
    if name.as_bytes().last() != Some(&b'm') {
        return None;
    }
    name.strip_suffix(FORM)
}

/// The name of the area behind a prefix.
pub(super) fn area_name(prefix: &str) -> String {
    format!("{prefix}{AREA}")
}

/// What an earlier annotation says: that the geometry is only the reference point of a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reference {
    /// How the location was reported.
    pub form: LocationForm,
    area_km2: f64,
}

impl Reference {
    /// Out of the texts of both members; `None` where they say that it is a position.
    pub fn of(form: &str, area_km2: &str) -> Option<Self> {
        use LocationForm::{Circle, Fix, Grid, Ray, Route, Sector};
        let form = [Circle, Grid, Sector, Ray, Route, Fix].into_iter().find(|one| one.as_str() == form)?;
        let area_km2 = area_km2.trim().parse().unwrap_or(f64::NAN);
        Some(Reference { form, area_km2 })
    }

    /// Returns `true` if the region had this area: it is written to 1 square metre.
    pub fn has_area(&self, area_km2: f64) -> bool {
        (self.area_km2 - area_km2).abs() <= 1e-6 * area_km2.max(1.0)
    }
}
