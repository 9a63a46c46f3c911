//! Why something is left apart or doubtful: by kind, so that each language says it in its own words.
//!
//! The reasons come as texts of the annotation, which are those of the library. What they quote stays as it was found.

use super::page::joined;
use super::words::{Arg, Words};

/// A text of the library, `{}` where something found stands in it, and what it is to the catalogues.
type Known = (&'static str, &'static str);

/// Why an incident is not located.
const PLACES: [Known; 18] = [
    ("the feature has no geometry member", "missing"),
    ("the geometry is null", "missing"),
    ("a MultiPoint without positions", "missing"),
    ("the geometry is empty", "missing"),
    ("a line, expected a Point or MultiPoint", "line"),
    ("a polygon, expected a Point or MultiPoint", "polygon"),
    ("a GeometryCollection, expected a Point or MultiPoint", "collection"),
    ("the row reports no location", "nothing-reported"),
    ("longitude and latitude are empty", "no-position"),
    ("the longitude is empty", "no-longitude"),
    ("the latitude is empty", "no-latitude"),
    ("found {} `{}` without {}, expected {}", "incomplete"),
    ("found bearings that meet only behind an observer (that of observation {}), {}", "behind"),
    ("found observations that lead up to an observer (that of observation {}), {}", "observer"),
    ("found observations that meet nowhere within 1,000 km, {}", "apart"),
    ("found bearings that are parallel or run apart, and meet nowhere within 1,000 km, {}", "parallel"),
    ("found lines that cross at {} degrees and leave the place open by more than 1,000 km, {}", "crossing"),
    ("found a fix that is open by {} km, {}", "open"),
];

/// What is doubtful about a location.
const DOUBTS: [Known; 6] = [
    (
        "the lines hardly cross, at {} degrees: the position along them is open; add an observation from another direction",
        "crossing",
    ),
    (
        "the observations contradict each other (squared residuals {}, at most {} in 99 of 100 cases), observation {} the \
         most: check it, and whether all are of one incident",
        "contradiction",
    ),
    (
        "another place fits as well, {}, {} (longitude, latitude): add a bearing or a distance from elsewhere",
        "two-places",
    ),
    (
        "the ellipse reaches up to the observer of observation {}, where it says little: state smaller tolerances or add an \
         observation",
        "observer",
    ),
    ("so near to a magnetic pole compasses are not to be relied on", "magnetic-pole"),
    // Of a class: scheme and number, perhaps with a meaning.
    ("{}, taken as within {} km", "class"),
];

/// Why an incident is not located, in the words of a language.
pub(super) fn not_located(words: &Words, why: &str) -> String {
    let known = PLACES.iter().find_map(|(pattern, kind)| match matched(pattern, why)? {
        (found, "") => Some((*kind, found)),
        _ => None,
    });
    let (kind, found) = known.unwrap_or(("other", Vec::new()));
    let args = [
        ("why", Arg::Text(kind)),
        ("found", Arg::Text(&words.digits(found.first().unwrap_or(&"")))),
        ("lacking", Arg::Text(found.get(2).unwrap_or(&""))),
        ("text", Arg::Text(&words.name(why))),
    ];
    words.say("why-not-located", &args)
}

/// What is doubtful, in the words of a language.
pub(super) fn doubtful(words: &Words, doubt: &str) -> String {
    let (mut said, mut rest) = (Vec::new(), doubt);
    while !rest.is_empty() {
        let known = DOUBTS.iter().find_map(|(pattern, kind)| {
            let (found, rest) = matched(pattern, rest)?;
            let rest = if rest.is_empty() { rest } else { rest.strip_prefix("; ")? };
            Some((*kind, found, rest))
        });
        let Some((kind, found, behind)) = known else {
            said.push(words.name(rest));
            break;
        };
        said.push(match kind {
            "class" => class(words, found[0], found[1]),
            _ => {
                let number = |at: usize| words.digits(found.get(at).unwrap_or(&""));
                let args = [
                    ("why", Arg::Text(kind)),
                    ("first", Arg::Text(&number(0))),
                    ("second", Arg::Text(&number(1))),
                    ("third", Arg::Text(&number(2))),
                ];
                words.say("doubt-of-fix", &args)
            }
        });
        rest = behind;
    }
    joined(words, "semicolon", said)
}

/// A coarse class: `where_prec 4: known to ...`.
fn class(words: &Words, class: &str, km: &str) -> String {
    let class = class.split(':').next().unwrap_or_default();
    let args = [
        ("class", Arg::Text(&class.replace(' ', "-"))),
        ("name", Arg::Text(&words.name(class))),
        ("km", Arg::Text(&words.digits(km))),
    ];
    words.say("doubt-of-class", &args)
}

/// What stands in the places of `{}`, and what stands behind it all; behind a pattern that ends in one there is nothing.
fn matched<'t>(pattern: &str, text: &'t str) -> Option<(Vec<&'t str>, &'t str)> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    for part in parts {
        let end = if part.is_empty() { rest.len() } else { rest.find(part)? };
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    Some((found, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::bulletin::Language;

    #[test]
    fn patterns_take_what_is_found() {
        assert_eq!(matched("at {} km, {}", "at 3 km, or so"), Some((vec!["3", "or so"], "")));
        assert_eq!(matched("at {} km", "at 3 km; more"), Some((vec!["3"], "; more")));
        assert_eq!((matched("at {} km", "at 3 m"), matched("at", "of")), (None, None));
    }

    #[test]
    fn several_doubts_and_unknown_ones() {
        let words = Words::new(Language::English);
        let [crossing, contradiction, two, observer, ..] =
            DOUBTS.map(|(text, _)| text.replacen("{}", "7", 1));
        let all =
            [crossing, contradiction.replace("{}", "8"), two.replace("{}", "40.5"), observer].join("; ");
        assert_eq!(
            doubtful(&words, &all),
            "the lines hardly cross, at 7 degrees; the observations contradict each other, observation 8 the most; another \
             place fits as well, 7, 40.5 (longitude, latitude); the fix reaches up to the observer of observation 7"
        );
        assert_eq!(doubtful(&words, "so-so; or not"), "so-so; or not");
        assert_eq!(not_located(&words, "a riddle"), "a riddle");
        // No kind is said of half a text.
        assert_eq!(
            not_located(&words, "a line, expected a Point or MultiPoint, and more"),
            "a line, expected a Point or MultiPoint, and more"
        );
    }

    /// The texts of the sources, those that run over several lines put together.
    fn sources() -> Vec<(String, String)> {
        fn gather(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    gather(&path, found);
                } else if !path.ends_with("reasons.rs") {
                    let text = std::fs::read_to_string(&path).unwrap_or_default();
                    let mut lines = text.split("\\\n");
                    let first = lines.next().unwrap_or_default().to_owned();
                    let joined = lines.fold(first, |text, line| text + line.trim_start());
                    found.push((path.display().to_string(), joined));
                }
            }
        }
        let mut found = Vec::new();
        gather(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
        found
    }

    /// What the library says is what is looked for here, and all that it says of places is known.
    #[test]
    fn the_texts_are_those_of_the_library() {
        let sources = sources();
        for (pattern, kind) in PLACES.iter().chain(&DOUBTS) {
            // The class is told in parts.
            for part in pattern.split("{}").filter(|part| part.len() > 4) {
                let part = part.strip_prefix("found ").unwrap_or(part);
                // `expected ...` is written into another text.
                let part = part.trim_end_matches(", ");
                assert!(
                    sources.iter().any(|(_, text)| text.contains(part)),
                    "{kind}: `{part}` is said nowhere"
                );
            }
        }
        let mut said = 0;
        for (path, text) in &sources {
            for rest in text.split("\"not located: ").skip(1) {
                let why = rest.split('"').next().unwrap();
                // `{text}` as `{}`.
                let why: String = why
                    .split_inclusive('{')
                    .map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("}}{rest}")))
                    .collect();
                let is_known = PLACES.iter().any(|(pattern, _)| *pattern == why);
                // What comes of observations that meet nowhere is known, of which the test above looks at the texts.
                assert!(is_known || why.is_empty() || why == "{}", "{path}: {why}");
                said += 1;
            }
        }
        assert!(said > 12, "{said}");
    }
}
