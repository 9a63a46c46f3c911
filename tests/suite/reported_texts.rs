//! Texts of locations as others have published them with their meaning.

use patrol_corridor::Position;
use patrol_corridor::model::{DmsAngle, GridSquare};

use crate::fixtures::table;
use crate::support::position;

/// What GeographicLib takes for the next degree, and is refused here: minutes and seconds are less than 60.
const SIXTY_MINUTES: [&str; 2] = ["5d60.", "5d60.0"];

#[test]
fn angles_mean_what_they_mean_elsewhere() {
    let rows = table("dms/parse.csv");
    assert!(rows.len() > 70, "{}", rows.len());
    for row in rows {
        let (text, expected) = (row.text("input"), row.text("expected_deg"));
        let parsed = text.parse::<DmsAngle>();
        if expected == "ERROR" || SIXTY_MINUTES.contains(&text) {
            assert!(parsed.is_err(), "{row:?}: {parsed:?}");
            continue;
        }
        let degrees = parsed.unwrap_or_else(|e| panic!("{row:?}: {e}")).degrees;
        let within = if row.text("note") == "6 decimals" { 5e-7 } else { 1e-12 };
        assert!((degrees - expected.parse::<f64>().unwrap()).abs() < within, "{row:?}: {degrees}");
    }
}

/// Parsed elsewhere without a look at where it would be: UU is no square of band S in zone 18, nor is it to GeoConvert.
const NO_SUCH_SQUARE: &str = "18SUU836014";

/// The squares of MGRS without letters of a square of 100 km: grid zones, which reach over up to 8 degrees.
const BARE_ZONES: [&str; 2] = ["33X", "32X"];

#[test]
fn grid_references_mean_what_they_mean_elsewhere() {
    let rows = table("mgrs/cases.csv");
    assert!(rows.len() > 49, "{}", rows.len());
    for row in rows {
        let (text, check) = (row.text("input"), row.text("check_geoconvert"));
        let numbers = |text: &str| -> Vec<f64> {
            text.split_whitespace().filter_map(|number| number.parse().ok()).collect()
        };
        let square = || text.parse::<GridSquare>().unwrap_or_else(|e| panic!("{row:?}: {e}"));
        let is_at = |place: Position| {
            let expected = numbers(check);
            let off_deg = (place.lat_deg() - expected[0]).abs().max((place.lon_deg() - expected[1]).abs());
            assert!(off_deg < 1e-9, "{row:?}: {place:?}");
        };
        match row.text("kind") {
            "invalid" => assert!(text.parse::<GridSquare>().is_err(), "{row:?}"),
            _ if BARE_ZONES.contains(&text) || text == NO_SUCH_SQUARE => {
                assert!(text.parse::<GridSquare>().is_err(), "{row:?}")
            }
            "forward" => {
                let at = numbers(text);
                let digits = (check.len() - 5) / 2;
                let found = GridSquare::around(position(at[1], at[0]), digits as u8).unwrap();
                assert_eq!(found.to_string(), check, "{row:?}");
            }
            // Squares of 100 km are taken whole, as GeoConvert takes them.
            "inverse_sw" => is_at(square().boundary()[0]),
            "inverse_centre" => is_at(square().reference()),
            "utm" => {
                let square = square();
                let [easting_m, northing_m] = square.corner_m();
                let hemisphere = if square.is_north() { 'N' } else { 'S' };
                let found = format!("{} {hemisphere} {easting_m} {northing_m}", square.zone());
                let expected = row.text("expected").trim_start_matches('0');
                assert_eq!(found, expected, "{row:?}");
            }
            "parse_normalise" => assert_eq!(format!("{:#}", square()), row.text("expected"), "{row:?}"),
            kind => panic!("what is {kind}?"),
        }
    }
}
