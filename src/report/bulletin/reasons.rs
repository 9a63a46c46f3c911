//! Why something is left apart or doubtful, in the words of each language.

use super::block::joined;
use super::words::{Arg, Words};
use crate::analysis::{FixFailure, FixWarning};
use crate::described::{NotLocated, Warning};

/// Why an incident is not located, in the words of a language.
pub(super) fn not_located(words: &Words, why: &NotLocated) -> String {
    let number = |number: String| words.digits(&number);
    let observation = |observer: usize| number((observer + 1).to_string());
    let (kind, found, lacking) = match why {
        NotLocated::NoGeometry
        | NotLocated::NullGeometry
        | NotLocated::EmptyGeometry
        | NotLocated::EmptyMultiPoint => ("missing", String::new(), ""),
        NotLocated::Line => ("line", String::new(), ""),
        NotLocated::Polygon => ("polygon", String::new(), ""),
        NotLocated::GeometryCollection => ("collection", String::new(), ""),
        NotLocated::NothingReported => ("nothing-reported", String::new(), ""),
        NotLocated::NoPosition => ("no-position", String::new(), ""),
        NotLocated::NoLongitude => ("no-longitude", String::new(), ""),
        NotLocated::NoLatitude => ("no-latitude", String::new(), ""),
        NotLocated::Incomplete { field, lacking, .. } => ("incomplete", words.digits(field), *lacking),
        NotLocated::Fix(failure) => {
            let (kind, found) = match *failure {
                FixFailure::Behind { observer } => ("behind", observation(observer)),
                FixFailure::UpToObserver { observer } => ("observer", observation(observer)),
                FixFailure::MeetNowhere => ("apart", String::new()),
                FixFailure::Parallel => ("parallel", String::new()),
                FixFailure::Along { crossing_deg } => ("crossing", number(format!("{crossing_deg:.2}"))),
                FixFailure::Open { semi_major_km } => ("open", number(format!("{semi_major_km:.0}"))),
            };
            (kind, found, "")
        }
        NotLocated::UnknownPost { id, .. } => ("unknown-post", words.name(id), ""),
        NotLocated::UnknownRoute { id, .. } => ("unknown-route", words.name(id), ""),
        NotLocated::MembersGone { .. } => ("gone", String::new(), ""),
    };
    let args = [("why", Arg::Text(kind)), ("found", Arg::Text(&found)), ("lacking", Arg::Text(lacking))];
    words.say("why-not-located", &args)
}

/// What is doubtful, in the words of a language.
pub(super) fn doubtful(words: &Words, warnings: &[Warning]) -> String {
    joined(words, "semicolon", warnings.iter().map(|warning| one_warning(words, *warning)))
}

fn one_warning(words: &Words, warning: Warning) -> String {
    let of_fix = |kind: &str, numbers: [String; 2]| {
        let [first, second] = numbers.map(|number| words.digits(&number));
        let args = [("why", Arg::Text(kind)), ("first", Arg::Text(&first)), ("second", Arg::Text(&second))];
        words.say("doubt-of-fix", &args)
    };
    let none = String::new;
    match warning {
        Warning::MagneticPole => of_fix("magnetic-pole", [none(), none()]),
        Warning::Fix(FixWarning::HardlyCross { crossing_deg }) => {
            of_fix("crossing", [format!("{crossing_deg:.1}"), none()])
        }
        Warning::Fix(FixWarning::Contradiction { worst, .. }) => {
            of_fix("contradiction", [(worst + 1).to_string(), none()])
        }
        Warning::Fix(FixWarning::TwoSolutions { other }) => {
            of_fix("two-places", [other.lon_deg(), other.lat_deg()].map(|degrees| format!("{degrees:.6}")))
        }
        Warning::Fix(FixWarning::ReachesObserver { observer }) => {
            of_fix("observer", [(observer + 1).to_string(), none()])
        }
        Warning::Class { scheme, class, within_m } => {
            let args = [
                ("class", Arg::Text(&format!("{scheme}-{class}"))),
                ("name", Arg::Text(&words.name(&format!("{scheme} {class}")))),
                ("km", Arg::Text(&words.digits(&(within_m / 1_000.0).to_string()))),
            ];
            words.say("doubt-of-class", &args)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Position;
    use crate::region::LocationForm;
    use crate::report::bulletin::Language;

    /// One of each; a new one is missed by the `match` above, which the compiler checks.
    fn reasons() -> Vec<NotLocated> {
        let text = || "7".to_owned();
        let incomplete = |lacking| NotLocated::Incomplete {
            field: "bearing",
            text: text(),
            lacking,
            expected: "something",
        };
        let mut all = vec![
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
            incomplete("observer_post"),
            incomplete("chainage_m"),
            incomplete("a position"),
            NotLocated::UnknownPost { id: text(), hint: text() },
            NotLocated::UnknownRoute { id: text(), hint: text() },
            NotLocated::MembersGone { form: LocationForm::Sector },
        ];
        all.extend(failures().map(NotLocated::Fix));
        all
    }

    fn failures() -> [FixFailure; 6] {
        [
            FixFailure::Behind { observer: 6 },
            FixFailure::UpToObserver { observer: 6 },
            FixFailure::MeetNowhere,
            FixFailure::Parallel,
            FixFailure::Along { crossing_deg: 0.07 },
            FixFailure::Open { semi_major_km: 7_000.0 },
        ]
    }

    #[test]
    fn every_reason_has_words_of_its_own_in_each_language() {
        for language in Language::ALL {
            let words = Words::new(&language.into());
            let mut said: Vec<String> = reasons().iter().map(|why| not_located(&words, why)).collect();
            assert!(said.iter().all(|text| !text.trim().is_empty() && !text.contains("why")), "{said:?}");
            let count = said.len();
            said.sort_unstable();
            said.dedup();
            // Without a geometry is without a geometry.
            assert_eq!(said.len(), count - 3, "{language}: {said:?}");
        }
    }

    #[test]
    fn what_was_found_is_said_in_the_digits_of_the_language() {
        let (english, persian) =
            (Words::new(&Language::English.into()), Words::new(&Language::Persian.into()));
        let [behind, observer, .., along, open] = failures().map(NotLocated::Fix);
        for (why, en, fa) in [
            (behind, "observation 7", "۷"),
            (observer, "observation 7", "۷"),
            (along, "0.07 degrees", "۰٫۰۷"),
            (open, "7000 km", "۷۰۰۰"),
        ] {
            let (en_said, fa_said) = (not_located(&english, &why), not_located(&persian, &why));
            assert!(en_said.contains(en) && fa_said.contains(fa), "{en_said}, {fa_said}");
        }
        let unknown = NotLocated::UnknownPost { id: "OP-99".to_owned(), hint: String::new() };
        for words in [english, persian] {
            assert!(not_located(&words, &unknown).contains("OP-99"));
        }
    }

    #[test]
    fn several_doubts_are_said_one_behind_the_other() {
        let words = Words::new(&Language::English.into());
        let other = Position::from_lon_lat(7.0, 40.5).unwrap();
        let all = [
            Warning::Fix(FixWarning::HardlyCross { crossing_deg: 7.0 }),
            Warning::Fix(FixWarning::Contradiction { sum_of_squares: 9.0, limit: 6.6, worst: 7 }),
            Warning::Fix(FixWarning::TwoSolutions { other }),
            Warning::Fix(FixWarning::ReachesObserver { observer: 6 }),
            Warning::MagneticPole,
            Warning::Class { scheme: "where_prec", class: 6, within_m: 250_500.0 },
        ];
        assert_eq!(
            doubtful(&words, &all),
            "the lines hardly cross, at 7.0 degrees; the observations contradict each other, observation 8 the most; \
             another place fits as well, 7.000000, 40.500000 (longitude, latitude); the fix reaches up to the observer of \
             observation 7; compasses are not to be relied on so near to a magnetic pole; where_prec 6: known to a country, \
             taken as within 250.5 km"
        );
    }
}
