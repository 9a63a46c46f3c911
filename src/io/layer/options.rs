//! How a layer is read.

use crate::Error;
use crate::io::crs::Crs;
use crate::setters::setters;
use crate::time::Zone;

/// How a layer is read.
///
/// ```
/// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_routes};
/// let text = r#"{"type":"Feature","properties":{"road":"R5"},
///                "geometry":{"type":"LineString","coordinates":[[46.75,39.82],[46.73,39.87]]}}"#;
/// let source = Source::from_bytes("routes.geojson", text.into())?;
/// let options =
///     LayerOptions::default().with_id_field("road").with_half_width_m(2_500.0);
/// let route = &read_routes::<NoProperties>(&source, &options)?.items[0];
/// assert_eq!((route.id.as_str(), route.half_width_m()), ("R5", Some(2_500.0)));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
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
    /// Passes over the features that such a layer is not made of ([`Layer::passed_over`](crate::io::Layer::passed_over)); without it they are
    /// errors.
    pub mixed: bool,
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

setters! { LayerOptions {
    with_id_field(id_field: impl Into<String>) => Some(id_field.into());
    with_name_field(name_field: impl Into<String>) => Some(name_field.into());
    with_half_width_m(half_width_m: impl Into<Option<f64>>);
    with_crs(crs: impl Into<Option<Crs>>);
    with_zone(zone: impl Into<Option<Zone>>);
    with_mixed(mixed: bool);
}}
