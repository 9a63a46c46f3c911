//! Texts of locations as others have published them with their meaning.

use fastrand::Rng;
use patrol_corridor::Position;
use patrol_corridor::region::{
    Bearing, DistanceInterval, DmsAngle, GridSquare, North, position_from_dms, position_to_dms,
};

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

/// GeoConvert's reference of a position, at each precision, to the square that holds it, and to the same text.
#[test]
fn references_come_back_to_the_digit() {
    for row in table("mgrs/positions.csv") {
        let place = row.position("lon_deg", "lat_deg");
        for (pairs, column) in ["km100", "km10", "km1", "m100", "m10", "m1"].into_iter().enumerate() {
            let expected = row.text(column);
            let around = GridSquare::around(place, pairs as u8).unwrap();
            assert_eq!(around.to_string(), expected, "{row:?}");
            let read: GridSquare = expected.parse().unwrap();
            assert_eq!((read.corner_m(), read.size_m()), (around.corner_m(), around.size_m()), "{row:?}");
            assert_eq!(read.to_string(), expected, "{row:?}");
            let grouped: GridSquare = format!("{read:#}").to_lowercase().parse().unwrap();
            assert_eq!(grouped.to_string(), expected, "{row:?}");
            assert!(read.contains(place), "{row:?} {expected}");
        }
    }
}

#[test]
fn groups_of_digits_that_can_be_taken_two_ways_are_refused() {
    for text in
        ["38TNK123 4", "38T NK 1 2 3 4", "38T NK 1 2 34", "38TNK 12 3", "38TNK1 234", "38 T NK 1 23 4"]
    {
        let error = text.parse::<GridSquare>().unwrap_err();
        assert!(error.is_input() && error.message().contains("groups of digits"), "{text}: {error}");
    }
    for text in ["38TNK12 34", "38 T N K 12 34", " 38tnk\t1234 ", "38TNK 1234", "38T NK1234"] {
        assert_eq!(text.parse::<GridSquare>().unwrap().to_string(), "38TNK1234", "{text}");
    }
}

/// Text to degrees and back, with as many decimals as there were.
#[test]
fn angles_come_back_to_the_digit() {
    let mut rng = Rng::with_seed(1911);
    for _ in 0..20_000 {
        let decimals = rng.usize(0..=9);
        let (letter, width, most) =
            [("N", 2, 90), ("S", 2, 90), ("E", 3, 180), ("W", 3, 180)][rng.usize(0..4)];
        let edge = |rng: &mut Rng| [0, 59, rng.u32(0..60)][rng.usize(0..3)];
        let (degrees, minutes, seconds) = (rng.u32(0..most), edge(&mut rng), edge(&mut rng));
        let digits: String = (0..decimals).map(|_| if rng.bool() { '9' } else { rng.digit(10) }).collect();
        let point = if decimals > 0 { "." } else { "" };
        let text = format!("{degrees:0width$}°{minutes:02}′{seconds:02}{point}{digits}″{letter}");
        let angle: DmsAngle = text.parse().unwrap();
        assert_eq!(format!("{angle:.decimals$}"), text);
    }
    for (degrees, decimals, text) in [
        (59.999_999_99 / 3600.0 + 12.0, 2, "12°01′00.00″"),
        (12.999_999_999, 0, "13°00′00″"),
        (-0.000_1, 1, "-0°00′00.4″"),
        (45.762_6, 40, "45°45′45.360000000″"),
        (f64::NAN, 1, "NaN°"),
        (1e300, 0, &format!("{}°", 1e300)),
    ] {
        assert_eq!(format!("{:.decimals$}", DmsAngle { degrees, axis: None }), text);
    }
    assert_eq!(DmsAngle { degrees: 45.762_6, axis: None }.to_string(), "45°45′45.36″");
}

#[test]
fn positions_come_back_from_degrees_minutes_and_seconds() {
    let mut rng = Rng::with_seed(1912);
    for _ in 0..5_000 {
        let place = position(360.0 * rng.f64() - 180.0, 180.0 * rng.f64() - 90.0);
        let text = position_to_dms(place, 6);
        let again = position_from_dms(&text).unwrap();
        assert!((again.lon_deg() - place.lon_deg()).abs() < 2e-10, "{text}");
        assert!((again.lat_deg() - place.lat_deg()).abs() < 2e-10, "{text}");
        assert_eq!(position_to_dms(again, 6), text);
    }
    for (lon, lat) in [(180.0, 90.0), (-180.0, -90.0), (179.999_999_999, 89.999_999_999), (0.0, -0.0)] {
        let text = position_to_dms(position(lon, lat), 2);
        assert_eq!(position_to_dms(position_from_dms(&text).unwrap(), 2), text);
    }
}

/// Marks of minutes and seconds are letters of the compass as well.
#[test]
fn positions_with_marks_that_are_letters() {
    let expected = position_from_dms("40 04 05 N, 46 48 28 E").unwrap();
    for text in [
        "40d04m05sN 46d48m28sE",
        "40d04m05sN, 46d48m28sE",
        "N40d04m05s E46d48m28s",
        "40deg 04min 05sec N 46deg 48min 28sec E",
        "E 46deg 48min 28sec N 40deg 04min 05sec",
        "40: 04: 05 N 46: 48 :28 E",
        "400405N 0464828E",
        "400405N 464828E",
        "40° 4' 5'' n; 46° 48' 28'' e",
    ] {
        assert_eq!(position_from_dms(text).unwrap_or_else(|e| panic!("{e}")), expected, "{text}");
    }
}

/// A number that means one thing to one and another to others is refused rather than guessed.
#[test]
fn angles_that_can_be_taken_two_ways_are_refused() {
    // In aviation 58 degrees 5 minutes; as DMMSS 0 degrees 58 minutes.
    for text in
        ["05805W", "5805N", "05805.5W", "91N", "90 00 00.01 S", "181W", "180°00′01″E", "454545", "12345678N"]
    {
        let error = text.parse::<DmsAngle>().unwrap_err();
        assert!(error.is_input() && error.message().contains(&format!("`{text}`")), "{error}");
    }
}

/// Nothing that is text makes a reader panic, or two lines of an error.
#[test]
fn hostile_texts_are_refused_in_one_line() {
    let tokens = [
        "38T",
        "NK",
        "12",
        "34",
        " ",
        "\u{a0}",
        "\u{2003}",
        "°",
        "′",
        "″",
        "'",
        "\"",
        "''",
        ".",
        ",",
        ";",
        ":",
        "-",
        "−",
        "–",
        "..",
        "...",
        "..",
        "N",
        "S",
        "e",
        "w",
        "s",
        "m",
        "d",
        "deg",
        "min",
        "sec",
        "km",
        "nmi",
        "NM",
        "Km",
        "NNE",
        "north",
        "\0",
        "\n",
        "\r\n",
        "１２",
        "Ｎ",
        "٤٣",
        "é",
        "e\u{301}",
        "\u{301}",
        "\u{200b}",
        "\u{feff}",
        "😀",
        "İ",
        "ſ",
        "ß",
        "\u{202e}",
        "1e9",
        "inf",
        "NaN",
        "99999999999999999999",
        "0.",
        ".5",
        "32X",
        "YXL",
        "ZAH",
        "to",
        " to ",
        "+",
    ];
    let mut rng = Rng::with_seed(1913);
    let mut accepted = 0;
    for round in 0..60_000 {
        let text: String = match round % 3 {
            0 => (0..rng.usize(0..10)).map(|_| tokens[rng.usize(0..tokens.len())]).collect(),
            1 => (0..rng.usize(0..12)).map(|_| rng.char(..)).collect(),
            _ => {
                // One that is good, with one character more or less.
                let good = [
                    "38T NK 12 34",
                    "40°04′05.3″N",
                    "40d04m05sN 46d48m28sE",
                    "2km..7km",
                    "north-north-east",
                    "43°",
                ];
                let mut chars: Vec<char> = good[rng.usize(0..good.len())].chars().collect();
                let at = rng.usize(0..chars.len());
                match rng.bool() {
                    true => chars.insert(at, tokens[rng.usize(0..tokens.len())].chars().next().unwrap()),
                    false => drop(chars.remove(at)),
                }
                chars.into_iter().collect()
            }
        };
        let answers = [
            text.parse::<GridSquare>().map(|square| square.to_string()),
            text.parse::<DmsAngle>().map(|angle| angle.to_string()),
            text.parse::<DistanceInterval>().map(|distance| distance.to_string()),
            text.parse::<Bearing>().map(|bearing| bearing.azimuth_deg().to_string()),
            text.parse::<North>().map(|north| north.to_string()),
            position_from_dms(&text).map(|place| position_to_dms(place, 3)),
        ];
        for answer in answers {
            match answer {
                Ok(_) => accepted += 1,
                Err(error) => {
                    let told = error.to_string();
                    assert!(error.is_input() && !told.contains(['\n', '\r', '\0']), "{text:?}: {told:?}");
                }
            }
        }
        // What is written is read as the same.
        if let Ok(distance) = text.parse::<DistanceInterval>() {
            assert_eq!(distance.to_string().parse::<DistanceInterval>().unwrap(), distance, "{text:?}");
        }
        if let Ok(square) = text.parse::<GridSquare>() {
            assert_eq!(
                square.to_string().parse::<GridSquare>().unwrap().to_string(),
                square.to_string(),
                "{text:?}"
            );
        }
    }
    assert!(accepted > 2_000, "{accepted}");
    for huge in [
        "9".repeat(1_000_000),
        "N".repeat(1_000_000),
        "°".repeat(500_000),
        " ".repeat(1_000_000),
        "1 ".repeat(400_000),
    ] {
        assert!(huge.parse::<DmsAngle>().is_err() && position_from_dms(&huge).is_err());
        assert!(huge.parse::<GridSquare>().is_err() && huge.parse::<Bearing>().is_err());
        assert!(huge.parse::<DistanceInterval>().is_err());
    }
}
