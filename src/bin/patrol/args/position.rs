//! A position as an option gives it: in whatever way people write one.

use patrol_corridor::region::{GridSquare, position_from_dms, square_from_utm};
use patrol_corridor::{Error, Position};

use crate::term::say;

/// `LON,LAT`, with blanks around the comma if one likes; degrees and minutes with the letters of their hemispheres; MGRS;
/// UTM. `option` is how it was given.
pub fn position(option: &str, text: &str) -> Result<Position, Error> {
    // Numbers alone would be latitude first among degrees and minutes.
    let has_letters = text.contains(|c: char| c.is_alphabetic() || c == '°');
    if !has_letters {
        return lon_lat(text).map_err(|error| wrong(option, text, &error));
    }
    let square = square_from_utm(text).or_else(|_| text.parse::<GridSquare>());
    match square {
        Ok(square) => {
            let at = square.reference();
            say!(
                "{option} {text}: {:.6},{:.6}, the middle of a square of {} m",
                at.lon_deg(),
                at.lat_deg(),
                square.size_m()
            );
            Ok(at)
        }
        Err(_) => {
            position_from_dms(text).or_else(|_| lon_lat(text).map_err(|error| wrong(option, text, &error)))
        }
    }
}

fn lon_lat(text: &str) -> Result<Position, Error> {
    let position: Position = text.parse()?;
    // -0 is 0.
    Position::from_lon_lat(position.lon_deg() + 0.0, position.lat_deg() + 0.0)
}

fn wrong(option: &str, text: &str, error: &Error) -> Error {
    Error::argument(format!(
        "{option} {text}: {}; for example {option}=-71.1,42.3, '40°04'05\"N 46°48'28\"E', '38T PK 541 368'",
        error.message()
    ))
}
