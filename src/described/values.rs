//! Values of fields: numbers with units, and several in one text.

use super::fields::DescribedTexts;
use crate::Error;
use crate::region::DistanceInterval;

/// One distance in metres.
pub(super) fn metres(text: &str) -> Result<f64, Error> {
    let interval: DistanceInterval = text.parse()?;
    let (nearest_m, farthest_m) = interval.metres().into_inner();
    if nearest_m != farthest_m {
        return Err(Error::input(format!(
            "two distances in `{text}`, expected one (`900`, `900 m`, `1.5 km`)"
        )));
    }
    Ok(nearest_m)
}

/// An angle from 0 to 180 degrees.
pub(super) fn tolerance_deg(text: &str) -> Result<f64, Error> {
    let trimmed = text.trim();
    let units = ["°", "º", "degrees", "degree", "deg"];
    let number = units.iter().find_map(|unit| trimmed.strip_suffix(unit)).unwrap_or(trimmed).trim_end();
    let is_plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number.parse().ok().filter(|degrees| is_plain && (0.0..=180.0).contains(degrees)).ok_or_else(|| {
        Error::input(format!(
            "the tolerance `{text}`, expected degrees from 0 to 180, decimals behind a point (`5`, `11.25`)"
        ))
    })
}

/// The values of a field for `count` observations: as many with `;` between, or one for all; `None` for a blank.
pub(super) fn each<'t>(
    texts: &'t DescribedTexts<'_>,
    name: &str,
    count: usize,
) -> Result<Vec<Option<&'t str>>, Error> {
    let Some(text) = texts.get(name) else { return Ok(vec![None; count]) };
    let values: Vec<Option<&str>> = split(text).collect();
    match values.len() {
        1 => Ok(vec![values[0]; count]),
        found if found == count => Ok(values),
        found => Err(Error::input(format!(
            "{found} values in `{text}` beside {count} of observer_post, expected as many, with `;` between \
             (blank where there is none), or one for all"
        ))
        .under(name)),
    }
}

/// The values of a text with `;` between; `None` for a blank one.
pub(super) fn split(text: &str) -> impl Iterator<Item = Option<&str>> {
    text.split(';').map(|value| Some(value.trim()).filter(|value| !value.is_empty()))
}
