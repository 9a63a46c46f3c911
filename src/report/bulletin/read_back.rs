//! Reasons and doubts as annotated features have them: what their `Display` writes, read back.
//!
//! No text stands here: each is held against what `Display` writes of the same reason with marks for what was found.

use std::fmt::Display;

use crate::Position;
use crate::analysis::{FixDoubt, FixFailure};
use crate::model::LocationForm;
use crate::sightings::{ADDING_FIELDS, Doubt, NotLocated};

/// Stands where something found stands.
const MARK: &str = "\u{1}";

/// The reason that a text tells; `None` for one that is none of ours.
pub(super) fn reason(text: &str) -> Option<NotLocated> {
    let forms = [
        LocationForm::Sector,
        LocationForm::Ray,
        LocationForm::Grid,
        LocationForm::Route,
        LocationForm::Fix,
        LocationForm::Circle,
        LocationForm::Position,
    ];
    let plain = [
        NotLocated::NoGeometry,
        NotLocated::NullGeometry,
        NotLocated::EmptyGeometry,
        NotLocated::EmptyMultiPoint,
        NotLocated::Line,
        NotLocated::Polygon,
        NotLocated::GeometryCollection,
        NotLocated::NothingReported,
        NotLocated::NoPosition,
        NotLocated::NoLongitude,
        NotLocated::NoLatitude,
        NotLocated::Fix(FixFailure::MeetNowhere),
        NotLocated::Fix(FixFailure::Parallel),
    ];
    let mut plain = plain.into_iter().chain(forms.map(|form| NotLocated::MembersGone { form }));
    plain
        .find(|why| why.to_string() == text)
        .or_else(|| failure(text).map(NotLocated::Fix))
        .or_else(|| {
            let of = |[id, hint]: [String; 2]| NotLocated::UnknownPost { id, hint };
            whole(&of(marks()), &[], text).map(of)
        })
        .or_else(|| {
            let of = |[id, hint]: [String; 2]| NotLocated::UnknownRoute { id, hint };
            whole(&of(marks()), &[], text).map(of)
        })
        .or_else(|| {
            ADDING_FIELDS.into_iter().find_map(|[field, lacking, expected]| {
                let of = |[text]: [String; 1]| NotLocated::Incomplete { field, text, lacking, expected };
                whole(&of(marks()), &[], text).map(of)
            })
        })
}

fn failure(text: &str) -> Option<FixFailure> {
    let observer = |of: fn(usize) -> FixFailure| {
        let [observation] = whole(&of(776), &["777"], text)?;
        Some(of(index(&observation)?))
    };
    let number = |of: fn(f64) -> FixFailure, marked: f64, mark: &str| {
        let [number] = whole(&of(marked), &[mark], text)?;
        Some(of(number.parse().ok()?))
    };
    observer(|observer| FixFailure::Behind { observer })
        .or_else(|| observer(|observer| FixFailure::UpToObserver { observer }))
        .or_else(|| number(|crossing_deg| FixFailure::Along { crossing_deg }, 0.77, "0.77"))
        .or_else(|| number(|semi_major_km| FixFailure::Open { semi_major_km }, 7_777.0, "7777"))
}

/// The doubts that a text tells; what is none of ours ends it.
pub(super) fn doubts(text: &str) -> Vec<Doubt> {
    let (mut doubts, mut rest) = (Vec::new(), text);
    while let Some((doubt, behind)) = first_doubt(rest) {
        doubts.push(doubt);
        let Some(behind) = behind.strip_prefix("; ") else { break };
        rest = behind;
    }
    doubts
}

fn first_doubt(text: &str) -> Option<(Doubt, &str)> {
    let fix = |doubt: FixDoubt, marks: &[&str], of: &dyn Fn(&[String]) -> Option<FixDoubt>| {
        let (found, rest) = matched(&Doubt::Fix(doubt), marks, text)?;
        Some((Doubt::Fix(of(&found)?), rest))
    };
    let number = |text: &String| text.parse::<f64>().ok();
    let crossing_deg = 7.5;
    let contradiction = FixDoubt::Contradiction { sum_of_squares: 123.5, limit: 4_567.5, worst: 776 };
    let other = Position::from_lon_lat(12.5, 34.5).ok()?;
    fix(FixDoubt::HardlyCross { crossing_deg }, &["7.5"], &|found| {
        Some(FixDoubt::HardlyCross { crossing_deg: number(&found[0])? })
    })
    .or_else(|| {
        fix(contradiction, &["123.5", "4567.5", "777"], &|found| {
            let (sum_of_squares, limit) = (number(&found[0])?, number(&found[1])?);
            Some(FixDoubt::Contradiction { sum_of_squares, limit, worst: index(&found[2])? })
        })
    })
    .or_else(|| {
        fix(FixDoubt::TwoSolutions { other }, &["12.500000", "34.500000"], &|found| {
            let other = Position::from_lon_lat(number(&found[0])?, number(&found[1])?).ok()?;
            Some(FixDoubt::TwoSolutions { other })
        })
    })
    .or_else(|| {
        fix(FixDoubt::ReachesObserver { observer: 776 }, &["777"], &|found| {
            Some(FixDoubt::ReachesObserver { observer: index(&found[0])? })
        })
    })
    .or_else(|| Some((Doubt::MagneticPole, matched(&Doubt::MagneticPole, &[], text)?.1)))
    .or_else(|| class(text))
}

fn class(text: &str) -> Option<(Doubt, &str)> {
    ["where_prec", "geo_precision"].into_iter().find_map(|scheme| {
        let digits = text.strip_prefix(scheme)?.strip_prefix(' ')?;
        let class = digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
        let of = |within_m| Doubt::Class { scheme, class, within_m };
        let (found, rest) = matched(&of(7_777_777.0), &["7777.777"], text)?;
        Some((of(1e3 * found[0].parse::<f64>().ok()?), rest))
    })
}

/// Of an observation that is counted from 1.
fn index(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn marks<const N: usize>() -> [String; N] {
    std::array::from_fn(|_| MARK.to_owned())
}

/// What was found in a text that is one of these and no more.
fn whole<const N: usize>(shown: &impl Display, marks: &[&str], text: &str) -> Option<[String; N]> {
    let (found, rest) = matched(shown, marks, text)?;
    if rest.is_empty() { found.try_into().ok() } else { None }
}

/// What stands in a text in the places of the marks, and what stands behind it all; behind a mark at the end nothing does.
fn matched<'t>(shown: &impl Display, marks: &[&str], text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let pattern = marks.iter().fold(shown.to_string(), |pattern, mark| pattern.replacen(mark, MARK, 1));
    let mut parts = pattern.split(MARK);
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    for part in parts {
        let end = if part.is_empty() { rest.len() } else { rest.find(part)? };
        found.push(rest[..end].to_owned());
        rest = &rest[end + part.len()..];
    }
    Some((found, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_comes_back() {
        let incomplete = ADDING_FIELDS.into_iter().map(|[field, lacking, expected]| NotLocated::Incomplete {
            field,
            text: "NNE` or so".to_owned(),
            lacking,
            expected,
        });
        let unknown = ("OP-99".to_owned(), "there are 4, `a`: b".to_owned());
        let all = incomplete.chain([
            NotLocated::EmptyGeometry,
            NotLocated::Fix(FixFailure::Behind { observer: 0 }),
            NotLocated::Fix(FixFailure::UpToObserver { observer: 12 }),
            NotLocated::Fix(FixFailure::Parallel),
            NotLocated::Fix(FixFailure::MeetNowhere),
            NotLocated::Fix(FixFailure::Along { crossing_deg: 0.2 }),
            NotLocated::Fix(FixFailure::Open { semi_major_km: 1_234.0 }),
            NotLocated::UnknownPost { id: unknown.0.clone(), hint: unknown.1.clone() },
            NotLocated::UnknownRoute { id: unknown.0, hint: unknown.1 },
            NotLocated::MembersGone { form: LocationForm::Grid },
        ]);
        for why in all {
            assert_eq!(reason(&why.to_string()), Some(why));
        }
        for other in ["", "a riddle", "a line, expected a Point or MultiPoint, and more"] {
            assert_eq!(reason(other), None);
        }
    }

    #[test]
    fn several_doubts_come_back() {
        let other = Position::from_lon_lat(-7.25, 40.5).unwrap();
        let all = [
            Doubt::Fix(FixDoubt::HardlyCross { crossing_deg: 0.2 }),
            Doubt::Fix(FixDoubt::Contradiction { sum_of_squares: 9.5, limit: 6.6, worst: 0 }),
            Doubt::Fix(FixDoubt::TwoSolutions { other }),
            Doubt::Fix(FixDoubt::ReachesObserver { observer: 3 }),
            Doubt::MagneticPole,
            Doubt::Class { scheme: "where_prec", class: 4, within_m: 150_000.0 },
            Doubt::Class { scheme: "geo_precision", class: 9, within_m: 80_500.0 },
        ];
        assert_eq!(doubts(&crate::sightings::joined(&all).unwrap()), all);
        assert_eq!(doubts("so-so; or not"), []);
    }
}
