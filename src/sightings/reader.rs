//! From the texts of a sighting to the region that it leaves open.

use super::fields::SightingTexts;
use crate::model::ReportedLocation;
use crate::{Error, PatrolArea, Place};

/// How sightings are read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SightingOptions {
    /// The declination for bearings from magnetic north, in degrees, positive to the east.
    pub declination_deg: Option<f64>,
}

/// Where something was, as far as a sighting tells.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// How it was reported, and the region in which it lies.
    pub location: ReportedLocation,
    /// What is doubtful about it.
    pub doubt: Option<String>,
}

/// Reads sightings by the posts and routes of an area.
#[derive(Debug)]
pub struct SightingReader<'a> {
    area: &'a PatrolArea,
    options: SightingOptions,
}

impl<'a> SightingReader<'a> {
    /// By the posts and routes that sightings name.
    pub fn new(area: &'a PatrolArea, options: SightingOptions) -> Self {
        SightingReader { area, options }
    }

    /// The region of a sighting; `None` where it is a position without an uncertainty, or nothing at all.
    ///
    /// # Errors
    /// Where a text is not what its field holds, or names a post or a route that is not there.
    pub fn read(&self, texts: &SightingTexts<'_>, place: &Place) -> Result<Option<Sighting>, Error> {
        let has_position = !place.positions().is_empty();
        if texts.tell_nothing(has_position) {
            return Ok(None);
        }
        let _ = (self.area, &self.options);
        if let (Some(text), Place::Point(position)) = (texts.get("uncertainty_m"), place) {
            let uncertainty_m = text.trim().parse().map_err(|_| {
                Error::input(format!("found the uncertainty `{text}`, expected a number of metres"))
            })?;
            let location = ReportedLocation::circle(*position, uncertainty_m)?;
            return Ok(Some(Sighting { location, doubt: None }));
        }
        Ok(None)
    }
}
