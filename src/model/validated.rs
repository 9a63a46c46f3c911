//! What members of posts, routes and regions must be, however they come.

use crate::{Error, Position};

#[cfg(feature = "serde")]
pub(super) use of_serde::{finite_m, length_m, parts, polygons};

/// # Errors
/// Where it is not a finite number greater than 0.
pub(super) fn checked_length_m(what: &str, length_m: f64) -> Result<f64, Error> {
    match length_m > 0.0 && length_m.is_finite() {
        true => Ok(length_m),
        false => {
            Err(Error::input(format!("the {what} {length_m}, expected a number of metres greater than 0")))
        }
    }
}

/// # Errors
/// Where it is not finite.
pub(super) fn checked_finite_m(start_chainage_m: f64) -> Result<f64, Error> {
    match start_chainage_m.is_finite() {
        true => Ok(start_chainage_m),
        false => {
            Err(Error::input(format!("the start chainage {start_chainage_m}, expected a number of metres")))
        }
    }
}

/// # Errors
/// Where there is no part, or a part has fewer than two positions; the path names it.
pub(super) fn check_parts(parts: &[Vec<Position>]) -> Result<(), Error> {
    if parts.is_empty() {
        return Err(Error::input("a route without a line, expected at least one"));
    }
    for (i, part) in parts.iter().enumerate() {
        if part.len() < 2 {
            return Err(Error::input(format!("a line of {} position(s), expected at least 2", part.len()))
                .under(&format!("[{i}]")));
        }
    }
    Ok(())
}

/// # Errors
/// Where a ring has fewer than four positions or is not closed; the path names it.
pub(super) fn check_polygons(polygons: &[Vec<Vec<Position>>]) -> Result<(), Error> {
    for (p, rings) in polygons.iter().enumerate() {
        for (r, ring) in rings.iter().enumerate() {
            let wrong = if ring.len() < 4 {
                format!("a ring of {} position(s), expected at least 4", ring.len())
            } else if ring.first() != ring.last() {
                "a ring that is not closed, expected its last position to be its first".into()
            } else {
                continue;
            };
            return Err(Error::input(wrong).under(&format!("[{p}][{r}]")));
        }
    }
    Ok(())
}

#[cfg(feature = "serde")]
mod of_serde {
    use serde::{Deserialize, Deserializer, de::Error as _};

    use crate::Position;

    fn checked<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
        check: impl FnOnce(&T) -> Result<(), crate::Error>,
    ) -> Result<T, D::Error> {
        let value = T::deserialize(deserializer)?;
        check(&value).map_err(D::Error::custom)?;
        Ok(value)
    }

    pub fn length_m<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
        checked(deserializer, |length_m: &Option<f64>| {
            length_m.map_or(Ok(()), |m| super::checked_length_m("length", m).map(drop))
        })
    }

    pub fn finite_m<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
        checked(deserializer, |m: &Option<f64>| m.map_or(Ok(()), |m| super::checked_finite_m(m).map(drop)))
    }

    pub fn parts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<Position>>, D::Error> {
        checked(deserializer, |parts: &Vec<Vec<Position>>| super::check_parts(parts))
    }

    pub fn polygons<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<Vec<Position>>>, D::Error> {
        checked(deserializer, |polygons: &Vec<Vec<Vec<Position>>>| super::check_polygons(polygons))
    }
}
