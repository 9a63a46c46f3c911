//! How a layer is read.

use crate::Error;
use crate::io::crs::Crs;
use crate::time::Zone;

/// How a layer is read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerOptions {
    /// The property that holds the id; every feature must then have it. Without it: the feature's
    /// `id`, else its property `id`, else `#N` by position.
    pub id_field: Option<String>,
    /// The property that holds the name; without it `name`.
    pub name_field: Option<String>,
    /// The half width in metres of routes that have no `half_width_m` of their own; greater than 0.
    pub half_width_m: Option<f64>,
    /// The coordinate reference system, where it is not WGS84 or not what the text itself says.
    pub crs: Option<Crs>,
    /// The zone of local times in `active_from` and `active_to`; without it every time must tell its own.
    pub zone: Option<Zone>,
}

impl LayerOptions {
    /// Validates the options.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        match self.half_width_m {
            Some(width) if !(width > 0.0 && width.is_finite()) => Err(Error::argument(format!(
                "the half width {width}, expected a number of metres greater than 0"
            ))),
            _ => Ok(()),
        }
    }
}
