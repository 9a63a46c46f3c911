//! MGRS and UTM references.

use patrol_corridor::region::{DescribedRegion, GridSquare, square_from_utm};

use super::*;
use crate::fixtures::table;

fn square(described: &Described) -> &GridSquare {
    match described.location.region() {
        DescribedRegion::Square(square) => square,
        other => panic!("{other:?}"),
    }
}

#[test]
fn references_are_squares() {
    for (text, size_m) in [("38T NK 12 34", 1_000.0), ("38TNK", 100_000.0), ("38t nk 12345 67890", 1.0)] {
        let described = described(&[("mgrs", text)]);
        assert_eq!(
            (form(&described), square(&described).size_m(), described.warnings.is_empty()),
            ("grid", size_m, true)
        );
    }
    let described = described(&[("utm", "38 north 512345.6 4412345")]);
    assert_eq!((form(&described), square(&described).size_m()), ("grid", 1.0));
    assert_eq!(square(&described).corner_m(), [512_345.0, 4_412_345.0]);
}

/// Every point of the square, and what is an uncertainty off it, is in the disc.
#[test]
fn an_uncertainty_grows_the_square() {
    let plain = described(&[("mgrs", "38T NK 12 34")]);
    for (field, text, off_m) in [("uncertainty_m", "250 m", 250.0), ("where_prec", "2", 25_000.0)] {
        let grown = described(&[("mgrs", "38T NK 12 34"), (field, text)]);
        assert_eq!(form(&grown), "circle");
        for corner in square(&plain).boundary() {
            for azimuth in 0..24 {
                let off = crate::support::go(corner, f64::from(azimuth) * 15.0, off_m);
                assert!(grown.location.region().contains(off), "{field} {azimuth}");
            }
        }
        assert!(numbers(&grown)[3] < off_m + 710.0);
    }
    let coarse = described(&[("utm", "38 north 512345 4412345"), ("geo_precision", "3")]);
    assert!(warning(&coarse).unwrap().contains("taken as within 100 km"));
}

/// Against GeoConvert: zone, hemisphere, easting and northing of a reference are the square of the reference.
#[test]
fn utm_is_what_geoconvert_says() {
    let mut count = 0;
    for row in table("mgrs/cases.csv") {
        if row.text("kind") != "utm" {
            continue;
        }
        let check: Vec<&str> = row.text("check_geoconvert").split_whitespace().collect();
        let (zone, half) = check[0].split_at(check[0].len() - 1);
        let word = if half == "n" { "north" } else { "south" };
        let found = square_from_utm(&format!("{zone} {word} {} {}", check[1], check[2])).unwrap();
        let reference: GridSquare = row.text("input").parse().unwrap();
        let middle = reference.corner_m().map(|corner_m| (corner_m + 0.5 * reference.size_m()).floor());
        assert_eq!(found.corner_m(), middle, "{row:?}");
        assert_eq!((found.zone(), found.is_north()), (reference.zone(), reference.is_north()), "{row:?}");
        // The letter of the band of the reference says the same, but for S, which is refused.
        let band: String = row.text("input").chars().skip(2).take(1).collect();
        let by_band = square_from_utm(&format!("{zone}{band} {} {}", check[1], check[2]));
        match band.as_str() {
            "S" => assert!(by_band.unwrap_err().message().contains(&format!("`{zone} south`")), "{row:?}"),
            _ => assert_eq!(by_band.unwrap().corner_m(), found.corner_m(), "{row:?}"),
        }
        count += 1;
    }
    assert!(count > 9, "{count}");
}

#[test]
fn bad_references_are_named_with_their_field() {
    refused(&[("mgrs", "38T NK 12 345")], &["mgrs: the grid reference `38T NK 12 345`", "not equally long"]);
    refused(&[("mgrs", "here")], &["mgrs: the grid reference `here`", "`38T NK 12 34`"]);
    refused(&[("utm", "38S 512345 4412345")], &["utm: ", "`38 south` or `38 north`"]);
    refused(&[("utm", "512345 4412345")], &["utm: ", "a zone from 1 to 60"]);
    refused(&[("utm", "38 north 512345 4412345"), ("uncertainty_m", "x")], &["uncertainty_m: "]);
}
