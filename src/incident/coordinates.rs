//! Features taken to WGS84 on the way, by one transformation a thread.

use crate::Error;
use crate::io::{RawFeature, Reprojection, Reprojector, Systems, may_name_a_crs};

/// The transformation of a thread, made when the first feature needs it: PROJ can't go from thread to thread.
#[derive(Default)]
pub(crate) struct Coordinates(Option<Reprojector>);

impl Coordinates {
    /// Returns `true` if a feature that can't be read as it stands may have a system of its own.
    pub fn may_differ(systems: &Systems, feature: &RawFeature<'_>) -> bool {
        !systems.is_plain() || may_name_a_crs(feature.text)
    }

    /// The transformation, which reports what it did.
    pub fn reprojector(&mut self, systems: &Systems) -> Result<&mut Reprojector, Error> {
        match &mut self.0 {
            Some(reprojector) => Ok(reprojector),
            none => Ok(none.insert(Reprojector::new(systems.clone())?)),
        }
    }

    /// What was done to coordinates.
    pub fn reports(&self) -> Vec<Reprojection> {
        self.0.iter().flat_map(Reprojector::reports).cloned().collect()
    }
}
