//! Directions between two others, as people report them: `NNE to E`, `045-060`.

/// What is written between the two.
const TO: [&str; 20] = [
    " to ",
    " and ",
    " through ",
    "..",
    "…",
    "–",
    "—",
    " - ",
    "/",
    " bis ",
    " und ",
    " à ",
    " et ",
    " a ",
    " y ",
    " до ",
    " и ",
    " إلى ",
    " و ",
    " تا ",
];

/// What is written before them.
const BETWEEN: [&str; 12] =
    ["از ", "between ", "from ", "zwischen ", "von ", "entre ", "de ", "между ", "от ", "с ", "بين ", "بین "];

/// An azimuth, and how far it may be off to either side; degrees.
pub(super) type Azimuth = [f64; 2];

/// Where a span begins, degrees clockwise from north, and its width; none where the text is no two directions, `Err` where
/// it is not clear which way round. `of_one` reads one of the two.
pub(super) fn span_deg(text: &str, of_one: impl Fn(&str) -> Option<Azimuth>) -> Option<Result<[f64; 2], ()>> {
    let lower = text.to_lowercase();
    let inner = BETWEEN.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let both = |(first, second): (&str, &str)| Some([of_one(first.trim())?, of_one(second.trim())?]);
    // A hyphen last: letters with one may be the name of one direction.
    let mut parts = TO.iter().chain(&["-"]).filter_map(|word| inner.split_once(word));
    let [first, second] = parts.find_map(both)?;
    let turn_deg = (second[0] - first[0]).rem_euclid(360.0);
    let (from, to) = if turn_deg <= 180.0 { (first, second) } else { (second, first) };
    Some(match turn_deg {
        180.0 => Err(()),
        _ => Ok([(from[0] - from[1]).rem_euclid(360.0), from[1] + turn_deg.min(360.0 - turn_deg) + to[1]]),
    })
}
