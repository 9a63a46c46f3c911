//! Where something was, in a sentence: `heard 3 shots 2-7 km NNE of OP-07`.

use std::fmt;
use std::ops::Range;

use super::fields::DescribedTexts;
use super::ids::Ids;
use super::route_place::{self, RoutePlace};
use crate::Error;
use crate::region::{Bearing, DistanceInterval, GridSquare, position_from_dms, square_from_utm};

/// No part of a sentence is longer than so many words.
const MOST_WORDS: usize = 8;

/// Words that connect the parts: prepositions in English, French, Spanish, Russian, Arabic and Persian.
const CONNECTING: &str = include_str!("connecting_words.txt");

/// What a sentence says of where something was, part by part.
///
/// Its text shows how it was read, and what of it was not.
///
/// ```
/// use patrol_corridor::described::{DescribedOptions, DescribedReader};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-07", Position::from_lon_lat(46.75, 39.82)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let reader = DescribedReader::new(&index, DescribedOptions::default());
/// let words = reader.read_words("heard 3 shots 2-7 km NNE of op 7")?;
/// assert_eq!(
///     words.to_string(),
///     "distance_m `2-7 km`, bearing `NNE`, observer_post `op 7`; not read: `heard 3 shots` at 1"
/// );
/// assert_eq!(words.texts().get("bearing"), Some("NNE"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadWords {
    parts: Vec<Part>,
}

/// A part of a sentence; without a field it was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    field: Option<&'static str>,
    text: String,
    /// The number of its first character in the sentence, from 1.
    at: usize,
}

impl ReadWords {
    /// The fields that the sentence fills.
    ///
    /// ```
    /// # use patrol_corridor::described::{DescribedOptions, DescribedReader};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?;
    /// # let reader = DescribedReader::new(&index, DescribedOptions::default());
    /// let words = reader.read_words("near 38T NK 12 34")?;
    /// assert_eq!(words.texts().get("mgrs"), Some("38T NK 12 34"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn texts(&self) -> DescribedTexts<'static> {
        let mut texts = DescribedTexts::default();
        let fields =
            ["observer_post", "bearing", "distance_m", "mgrs", "utm", "dms", "route_id", "chainage_m"];
        for field in fields {
            let of_field = self.parts.iter().filter(|part| part.field == Some(field));
            let all: Vec<&str> = of_field.map(|part| part.text.as_str()).collect();
            if !all.is_empty() {
                texts.set(field, all.join(";"));
            }
        }
        texts
    }

    /// Each part: the number of its first character, from 1, its text, and the field that it is read as.
    ///
    /// ```
    /// # use patrol_corridor::described::{DescribedOptions, DescribedReader};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?;
    /// # let reader = DescribedReader::new(&index, DescribedOptions::default());
    /// let words = reader.read_words("fire, 38T NK 12 34")?;
    /// let parts: Vec<_> = words.parts().collect();
    /// assert_eq!(parts, [(1, "fire", None), (7, "38T NK 12 34", Some("mgrs"))]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn parts(&self) -> impl Iterator<Item = (usize, &str, Option<&'static str>)> {
        self.parts.iter().map(|part| (part.at, part.text.as_str(), part.field))
    }

    /// What was not understood, each with the number of its first character, from 1.
    ///
    /// ```
    /// # use patrol_corridor::described::{DescribedOptions, DescribedReader};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?;
    /// # let reader = DescribedReader::new(&index, DescribedOptions::default());
    /// let words = reader.read_words("mortar fire near 38T NK 12 34")?;
    /// assert_eq!(words.unread().collect::<Vec<_>>(), [(1, "mortar fire")]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn unread(&self) -> impl Iterator<Item = (usize, &str)> {
        self.parts().filter(|(.., field)| field.is_none()).map(|(at, text, _)| (at, text))
    }
}

impl fmt::Display for ReadWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = self.parts.iter().filter_map(|part| Some(format!("{} `{}`", part.field?, part.text)));
        let unread = self.unread().map(|(at, text)| format!("`{text}` at {at}"));
        let (read, unread) = (read.collect::<Vec<_>>(), unread.collect::<Vec<_>>());
        f.write_str(if read.is_empty() { "nothing" } else { "" })?;
        f.write_str(&read.join(", "))?;
        if !unread.is_empty() {
            write!(f, "; not read: {}", unread.join(", "))?;
        }
        Ok(())
    }
}

/// Reads a sentence by the ids of posts and routes.
///
/// # Errors
/// Where it says one thing more often than it names posts.
pub(super) fn read(
    text: &str,
    posts: &Ids,
    routes: &Ids,
    grid_zone: Option<&str>,
) -> Result<ReadWords, Error> {
    let words = words(text);
    let mut parts: Vec<Part> = Vec::new();
    let mut unread: Option<Range<usize>> = None;
    let mut at = 0;
    let at_character = |byte: usize| text[..byte].chars().count() + 1;
    let close = |unread: &mut Option<Range<usize>>, parts: &mut Vec<Part>| {
        if let Some(range) = unread.take() {
            parts.push(Part {
                field: None,
                text: text[range.clone()].to_owned(),
                at: at_character(range.start),
            });
        }
    };
    while at < words.len() {
        let most = MOST_WORDS.min(words.len() - at);
        let spans = (1..=most).rev().map(|count| (count, words[at].start..words[at + count - 1].end));
        let is_from = at > 0 && is_connecting(&text[words[at - 1].clone()]);
        let found = spans.into_iter().find_map(|(count, span)| {
            let fields = fields_of(&text[span.clone()], is_from, posts, routes, grid_zone)?;
            Some((count, span, fields))
        });
        if let Some((count, span, fields)) = found {
            close(&mut unread, &mut parts);
            let start = at_character(span.start);
            parts.extend(fields.into_iter().map(|(field, text)| Part {
                field: Some(field),
                text,
                at: start,
            }));
            at += count;
            continue;
        }
        let word = words[at].clone();
        let is_of = |word: &Range<usize>| {
            ["of", "from", "от", "de", "du"].contains(&text[word.clone()].to_lowercase().as_str())
        };
        let is_behind_where = unread.is_none()
            && parts.last().is_some_and(|part| matches!(part.field, Some("bearing" | "distance_m")));
        let is_of_unread = is_behind_where
            && !is_connecting(&text[word.clone()])
            && !is_like_an_id(&text[word.clone()])
            && words[..at].iter().rev().take_while(|word| is_connecting(&text[(*word).clone()])).any(is_of);
        if is_of_unread && posts_named(&words, text, posts) {
            return Err(Error::input(format!(
                "`{text}`, in which something else than a post is what the direction or the distance is from: write it \
                 into columns of their own"
            )));
        }
        if !is_connecting(&text[word.clone()]) {
            let start = unread.as_ref().map_or(word.start, |range| range.start);
            unread = Some(start..word.end);
        }
        at += 1;
    }
    close(&mut unread, &mut parts);
    let has = |parts: &[Part], fields: &[&str]| {
        parts.iter().any(|part| part.field.is_some_and(|field| fields.contains(&field)))
    };
    // A route alone says nothing of where.
    if !has(&parts, &["chainage_m"]) {
        for part in parts.iter_mut().filter(|part| part.field == Some("route_id")) {
            part.field = None;
        }
    }
    // A direction or a distance from what no layer has: the id is not there, which is said as of a column.
    if has(&parts, &["bearing", "distance_m"]) && !has(&parts, &["observer_post"]) {
        let is_id = |part: &&mut Part| part.field.is_none() && is_like_an_id(&part.text);
        if let Some(part) = parts.iter_mut().rev().find(is_id) {
            part.field = Some("observer_post");
        }
    }
    let words = ReadWords { parts };
    words.check(text)?;
    Ok(words)
}

/// Words that turn round what the others say, and units: unread they would leave something else than is said.
const TURNING: &str = include_str!("turning_words.txt");

impl ReadWords {
    /// What was not read must not change what was: several posts have each its own, no number is left over beside a
    /// distance, and no word turns the meaning round.
    fn check(&self, text: &str) -> Result<(), Error> {
        let refused =
            |why: String| Err(Error::input(format!("`{text}`, {why}: write it into columns of their own")));
        let count = |field: &str| self.parts.iter().filter(|part| part.field == Some(field)).count();
        let posts = count("observer_post").max(1);
        for field in ["bearing", "distance_m", "mgrs", "utm", "dms", "route_id", "chainage_m"] {
            let (found, most) =
                (count(field), if matches!(field, "bearing" | "distance_m") { posts } else { 1 });
            if found > 0 && found != most && (most > 1 || found > most) {
                let found_texts = self.texts().get(field).unwrap_or_default().replace(';', ", ");
                return refused(format!("which has {found} of {field} ({found_texts}), expected {most}"));
            }
        }
        let is_where = |part: &Part| matches!(part.field, Some("bearing" | "distance_m"));
        if !self.parts.iter().any(is_where) {
            return Ok(());
        }
        for (at, part) in self.parts.iter().enumerate().filter(|(_, part)| part.field.is_none()) {
            let words = part.text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
            let words: Vec<&str> = words.collect();
            let turns = |word: &&&str| {
                let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                let mut lines =
                    TURNING.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
                word.starts_with(['<', '>', '≤', '≥', '~']) || lines.any(|turning| turning == lower)
            };
            if let Some(word) = words.iter().find(turns) {
                return refused(format!("in which `{word}` changes what the rest says and is not read"));
            }
            let is_number =
                |word: &str| word.starts_with(char::is_numeric) || word.ends_with(char::is_numeric);
            let is_long = |word: &&&str| is_number(word) && word.chars().any(|c| ",.-–+°½¼¾/".contains(c));
            let before = self.parts.get(at + 1).filter(|next| is_where(next)).and(words.last());
            let behind = at.checked_sub(1).filter(|before| is_where(&self.parts[*before])).and(words.first());
            let beside = [before, behind].into_iter().flatten().find(|word| is_number(word));
            if let Some(word) = beside.or_else(|| words.iter().find(is_long)) {
                return refused(format!("in which the number `{word}` is not read"));
            }
        }
        Ok(())
    }
}

/// The words with their places; marks at their ends are of the sentence.
fn words(text: &str) -> Vec<Range<usize>> {
    let start = text.as_ptr() as usize;
    let of_sentence = |c: char| ",;.:()[]\"«»“”!?،؛".contains(c);
    let trimmed = text.split_whitespace().map(|word| {
        // A point before a digit is of the number.
        let starts = word.char_indices().find(|(at, c)| {
            let is_decimal = *c == '.' && word[at + 1..].starts_with(|next: char| next.is_ascii_digit());
            is_decimal || !of_sentence(*c)
        });
        word[starts.map_or(word.len(), |(at, _)| at)..].trim_end_matches(of_sentence)
    });
    let place = |word: &str| word.as_ptr() as usize - start..word.as_ptr() as usize - start + word.len();
    trimmed.filter(|word| !word.is_empty()).map(place).collect()
}

/// A reference of the grid with a square of 10 km at most, as it is written: less may be anything.
fn is_square(text: &str, grid_zone: Option<&str>) -> bool {
    let digits =
        text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().filter(char::is_ascii_digit).count();
    let is_written = digits >= 2 && !text.chars().any(char::is_lowercase);
    let is_one = |text: &str| text.parse::<GridSquare>().is_ok();
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    is_written
        && (is_one(text) || grid_zone.is_some_and(|zone| letters == 2 && is_one(&format!("{zone}{text}"))))
}

/// One word of letters and digits.
fn is_like_an_id(text: &str) -> bool {
    let has = |of: fn(char) -> bool| text.chars().any(of);
    !text.contains(char::is_whitespace) && has(char::is_alphabetic) && has(char::is_numeric)
}

fn is_connecting(word: &str) -> bool {
    let lower = word.to_lowercase();
    CONNECTING
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .any(|word| word == lower)
}

/// True where a post is named anywhere.
fn posts_named(words: &[Range<usize>], text: &str, posts: &Ids) -> bool {
    words.iter().any(|word| {
        let word = &text[word.clone()];
        word.chars().any(char::is_alphabetic) && posts.place(word).is_ok()
    })
}

/// What a part of a sentence is; `is_from` where a preposition is before it.
fn fields_of(
    text: &str,
    is_from: bool,
    posts: &Ids,
    routes: &Ids,
    grid_zone: Option<&str>,
) -> Option<Vec<(&'static str, String)>> {
    let one = |field: &'static str| Some(vec![(field, text.to_owned())]);
    let is_named = text.chars().any(char::is_alphabetic);
    // A number alone is a post only where a word leads to it.
    if (is_named || is_from) && posts.place(text).is_ok() {
        return one("observer_post");
    }
    if let Ok(place) = text.parse::<RoutePlace>()
        && routes.place(&place.route).is_ok()
        && let Some(chainage) = text.get(place.route.len()..).filter(|_| text.starts_with(&place.route))
    {
        return Some(vec![("route_id", place.route), ("chainage_m", chainage.trim().to_owned())]);
    }
    if is_named && routes.place(text).is_ok() {
        return one("route_id");
    }
    let has_digit = text.chars().any(char::is_numeric);
    if has_digit && route_place::is_kilometre(text) {
        return one("chainage_m");
    }
    if has_digit && is_named {
        if is_square(text, grid_zone) {
            return one("mgrs");
        }
        if square_from_utm(text).is_ok() {
            return one("utm");
        }
        let unit = text.trim_end_matches(char::is_alphabetic);
        if unit.len() < text.len() && text.parse::<DistanceInterval>().is_ok() {
            return one("distance_m");
        }
    }
    if has_digit && text.contains(['°', '\'', '"']) && position_from_dms(text).is_ok() {
        return one("dms");
    }
    // A small letter alone is rather a word.
    let is_word = text.chars().nth(1).is_some() || text.chars().all(char::is_uppercase);
    let is_bearing = (is_named || text.contains('°')) && is_word && text.parse::<Bearing>().is_ok();
    is_bearing.then(|| vec![("bearing", text.to_owned())])
}
