//! Whatever a table holds: an answer or an error, in one line, of the field.

use patrol_corridor::described::{DESCRIBED_FIELDS, RoutePlace};

use super::*;

/// What the fields are made of, so that nonsense comes near to sense.
const PIECES: [&str; 40] = [
    "38T",
    "NK",
    "12",
    "34",
    "OP-07",
    "OP-08",
    "7",
    "R1",
    "R2",
    "km",
    " ",
    " ",
    ";",
    ";",
    ",",
    "..",
    "-",
    "+-",
    "±",
    "°",
    "'",
    "\"",
    "N",
    "S",
    "NNE",
    "north",
    "true",
    "magnetic",
    "2020-10-04",
    "T00:00Z",
    "4412345",
    "512345",
    "left",
    "m",
    "0",
    ".",
    "1e9",
    "é",
    "\u{0}",
    "\n",
];

fn nonsense(rng: &mut fastrand::Rng) -> String {
    if rng.u8(..4) == 0 {
        let bytes: Vec<u8> = (0..rng.usize(..30)).map(|_| rng.u8(..)).collect();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    (0..rng.usize(..7)).map(|_| PIECES[rng.usize(..PIECES.len())]).collect()
}

#[test]
fn nonsense_never_panics_and_is_told_in_one_line() {
    let area = area();
    let reader = DescribedReader::new(&area, DescribedOptions::default());
    let mut rng = fastrand::Rng::with_seed(1);
    let (mut read, mut refused, mut unknown) = (0, 0, 0);
    for _ in 0..60_000 {
        let mut texts = DescribedTexts::default();
        for _ in 0..rng.usize(1..6) {
            let field = &DESCRIBED_FIELDS[rng.usize(..DESCRIBED_FIELDS.len())];
            assert!(texts.set(field.name, nonsense(&mut rng)));
        }
        let place =
            if rng.bool() { IncidentGeometry::None } else { IncidentGeometry::Point(position(46.8, 40.0)) };
        let found = reader.read(&texts, &place);
        if let Err(refusal) = &found {
            assert!(!refusal.to_string().contains('\n'), "{refusal}");
        }
        match found {
            Ok(Some(described)) => {
                let circle = described.location.region().covering_circle();
                assert!(circle.radius_m.is_finite(), "{texts:?}");
                read += 1;
            }
            Ok(None) => {}
            Err(Refusal::NotLocated(_)) => unknown += 1,
            Err(Refusal::Unreadable(error)) => {
                let text = error.to_string();
                assert!(!text.contains('\n') && error.is_input(), "{text}");
                let path = error.path().unwrap_or_else(|| panic!("{texts:?}: {text}"));
                assert!(DESCRIBED_FIELDS.iter().any(|field| field.name == path), "{text}");
                refused += 1;
            }
        }
    }
    assert!(read > 100 && refused > 10_000 && unknown > 0, "{read} {refused} {unknown}");
}

#[test]
fn nonsense_in_one_text_never_panics() {
    let mut rng = fastrand::Rng::with_seed(2);
    for _ in 0..20_000 {
        let text = nonsense(&mut rng);
        let _ = text.parse::<RoutePlace>();
        let _ = patrol_corridor::region::square_from_utm(&text);
        let _ = text.parse::<patrol_corridor::described::PrecisionClasses>();
    }
}

/// Every name once, a unit where there is one, and a meaning.
#[test]
fn fields_are_documented() {
    for (i, field) in DESCRIBED_FIELDS.iter().enumerate() {
        assert!(DESCRIBED_FIELDS[..i].iter().all(|other| other.name != field.name), "{}", field.name);
        assert!(field.meaning.len() > 10, "{}", field.name);
        // Two have no other name in the field.
        let in_metres = field.name.ends_with("_m")
            || field.name.ends_with("InMeters")
            || ["easting", "northing"].contains(&field.name);
        assert_eq!(field.unit == "m", in_metres, "{}", field.name);
    }
}
