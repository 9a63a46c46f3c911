//! When posts and routes were in service: their members `active_from` and `active_to`.

use crate::Error;
use crate::io::geojson::feature::FeatureParts;
use crate::io::json::raw::{self, kind_of, unquote};
use crate::time::{ServicePeriod, Timestamp, Zone};

const FROM: &str = "active_from";
const TO: &str = "active_to";

/// The period of a feature: always, where it tells none.
pub(in crate::io) fn service(parts: &FeatureParts<'_>, zone: Option<&Zone>) -> Result<ServicePeriod, Error> {
    let (from, to) = (instant(parts, FROM, zone)?, instant(parts, TO, zone)?);
    ServicePeriod::new(from, to).map_err(|error| {
        let value = parts.property(TO).unwrap_or_default();
        parts.blame_property(TO, value, error.message().to_owned())
    })
}

/// The instant that a property holds; `null` is none.
fn instant(parts: &FeatureParts<'_>, field: &str, zone: Option<&Zone>) -> Result<Option<Timestamp>, Error> {
    let Some(value) = parts.property(field).filter(|&value| value != "null") else { return Ok(None) };
    let read = match raw::is_string(value) {
        true => Timestamp::read(&unquote(value), zone).map_err(|error| error.message().to_owned()),
        false => Err(format!(
            "{}, expected a string, RFC 3339 with its zone (`2020-10-04T13:45:00+04:00`), or null",
            kind_of(value)
        )),
    };
    read.map(Some).map_err(|message| parts.blame_property(field, value, message))
}
