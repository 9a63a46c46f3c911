//! UTM references as they are written in logs: zone, hemisphere, easting, northing.

use super::grid::GridSquare;
use crate::Error;

/// How far a place may lie outside the band that its letter names, in degrees of latitude: about 10 km, for
/// those who take the letter off a map sheet.
const BAND_SLACK_DEG: f64 = 0.1;

/// The letters of the bands of 8 degrees from 80 degrees south; the last, X, is 12 degrees high.
const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";

/// What stands between the zone and the easting.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Half {
    Hemisphere { is_north: bool },
    Band(char),
}

/// The square of 1 m that a UTM reference names: zone, hemisphere (or the letter of its band of latitude), easting and
/// northing in metres, `38 north 512345 4412345`, `38N 512345mE 4412345mN` or `38T 512345 4412345`.
///
/// Decimals are cut off, as an MGRS reference does it; zeros at the end are digits like others. A single `N` is the
/// northern hemisphere. A single `S` is refused: to some it is the southern hemisphere, to others the band S,
/// 32 to 40 degrees *north*.
///
/// ```
/// use patrol_corridor::region::square_from_utm;
/// let square = square_from_utm("38N 512345mE 4412345mN")?;
/// assert_eq!((square.to_string(), square.size_m()), ("38SNK1234512345".into(), 1.0));
/// assert!(square_from_utm("38S 512345 4412345").unwrap_err().message().contains("`38 south`"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where the text is not of that form, the place is not on the grid, or it lies far from the band that is named.
pub fn square_from_utm(text: &str) -> Result<GridSquare, Error> {
    let refused = |why: &str| {
        Error::input(format!(
            "the UTM reference `{text}`, {why}: expected zone, hemisphere, easting and northing in metres \
             (`38 north 512345 4412345`, `38N 512345mE 4412345mN`, `38T 512345 4412345`)"
        ))
    };
    let parts = parse(text).map_err(|why| refused(&why))?;
    let is_north = match parts.half {
        Half::Hemisphere { is_north } => is_north,
        Half::Band(letter) => letter >= 'N',
    };
    let corner_m = [parts.easting_m, parts.northing_m].map(f64::floor);
    let square =
        GridSquare::new(parts.zone, is_north, corner_m, 1.0).map_err(|why| refused(why.message()))?;
    if let Half::Band(letter) = parts.half {
        let place = BANDS.find(letter).unwrap_or(0) as f64;
        let (south_deg, north_deg) =
            (8.0 * place - 80.0, if letter == 'X' { 84.0 } else { 8.0 * place - 72.0 });
        let lat_deg = square.reference().lat_deg();
        if !(south_deg - BAND_SLACK_DEG..=north_deg + BAND_SLACK_DEG).contains(&lat_deg) {
            return Err(refused(&format!(
                "which lies at the latitude {lat_deg:.1} and not in the band {letter} ({south_deg} to {north_deg})"
            )));
        }
    }
    Ok(square)
}

struct Parts {
    zone: u8,
    half: Half,
    easting_m: f64,
    northing_m: f64,
}

fn parse(text: &str) -> Result<Parts, String> {
    let (zone, rest) = split_behind(text, |c| c.is_ascii_digit());
    let zone = zone.parse().ok().filter(|zone| (1..=60).contains(zone));
    let zone = zone.ok_or("which does not begin with a zone from 1 to 60")?;
    let (word, rest) = split_behind(rest, char::is_alphabetic);
    let half = half(word, zone)?;
    let (easting_m, rest) = coordinate(behind_comma(rest), 'e').ok_or("which has no easting behind that")?;
    let (northing_m, rest) =
        coordinate(behind_comma(rest), 'n').ok_or("which has no northing behind its easting")?;
    match rest {
        "" => Ok(Parts { zone, half, easting_m, northing_m }),
        _ => Err(format!("which has `{rest}` behind its northing")),
    }
}

fn half(word: &str, zone: u8) -> Result<Half, String> {
    let upper = word.to_ascii_uppercase();
    match upper.as_str() {
        "N" | "NORTH" => Ok(Half::Hemisphere { is_north: true }),
        "SOUTH" => Ok(Half::Hemisphere { is_north: false }),
        "S" => Err(format!(
            "whose `S` is the southern hemisphere or the band S, 32 to 40 degrees north; write `{zone} south` or \
             `{zone} north`"
        )),
        "" => Err("which has no hemisphere behind its zone".into()),
        _ => match upper.chars().next() {
            Some(letter) if upper.len() == 1 && BANDS.contains(letter) => Ok(Half::Band(letter)),
            _ => Err(format!("in which `{word}` is no hemisphere and no letter of a band")),
        },
    }
}

fn behind_comma(text: &str) -> &str {
    text.strip_prefix([',', ';']).unwrap_or(text)
}

/// A number of metres, with or without `m` and the letter of its axis, and the rest.
fn coordinate(text: &str, axis: char) -> Option<(f64, &str)> {
    let (number, rest) = split_behind(text, |c| c.is_ascii_digit() || c == '.');
    let rest = rest.strip_prefix(['m', 'M']).unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix([axis, axis.to_ascii_uppercase()]).unwrap_or(rest);
    Some((number.parse().ok()?, rest.trim_start()))
}

/// Splits, spaces around left out, behind the characters at the start that are of a kind.
fn split_behind(text: &str, is_of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c| !is_of_kind(c)).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    (head, rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_in_their_ways() {
        for text in [
            "38 north 512345 4412345",
            "38N 512345mE 4412345mN",
            "38 N 512345 m E 4412345 m N",
            "38n 512345e, 4412345n",
            "38 N, 512345, 4412345",
            "38north;512345;4412345",
            "38S 512345 4412345".replace('S', " North").as_str(),
            " 38 north 512345.9 4412345.25 ",
        ] {
            let square = square_from_utm(text).unwrap();
            assert_eq!((square.zone(), square.is_north()), (38, true), "{text}");
            assert_eq!((square.corner_m(), square.size_m()), ([512_345.0, 4_412_345.0], 1.0), "{text}");
        }
        assert_eq!(square_from_utm("38T 512345 4512345").unwrap().to_string(), "38TNL1234512345");
        let south = square_from_utm("56H 334873 6252266").unwrap();
        assert!(!south.is_north() && south.reference().lat_deg() < -33.0);
        assert_eq!(square_from_utm("56 south 334873 6252266").unwrap().corner_m(), south.corner_m());
    }

    #[test]
    fn what_is_no_reference_is_named() {
        for (text, why) in [
            ("", "zone"),
            ("0 north 512345 4412345", "zone"),
            ("61 north 512345 4412345", "zone"),
            ("999999999999 north 1 1", "zone"),
            ("38 512345 4412345", "no hemisphere"),
            ("38S 512345 4412345", "`38 south`"),
            ("38I 512345 4412345", "`I` is no hemisphere"),
            ("38TNK 512345 4412345", "`TNK` is no hemisphere"),
            ("38 north 512345", "no northing"),
            ("38 north", "no easting"),
            ("38 north 512345 4412345 7", "`7` behind"),
            ("38 north -512345 4412345", "no easting"),
            ("38 north 512345,5 4412345", "behind its northing"),
            ("38 north 1.2.3 4412345", "no easting"),
            ("38 north 5123450 4412345", "on the grid"),
            ("38 north 512345 99999999", "on the grid"),
            ("38M 512345 4412345", "the band M"),
            ("38U 512345 4412345", "the band U (48 to 56)"),
            ("38é 512345 4412345", "`é` is no hemisphere"),
        ] {
            let error = square_from_utm(text).expect_err(text);
            assert!(error.is_input() && error.message().contains(why), "{text}: {error}");
            assert!(error.message().contains("`38 north 512345 4412345`"), "{error}");
        }
    }
}
