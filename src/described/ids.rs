//! Posts and routes by the texts of their ids.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::reasons::{Assumption, NotLocated, Refusal};
use crate::{Error, FeatureId};

/// No more ids than this are named where one is not found.
const NAMED: usize = 5;

/// The ids of a layer by their texts: a log does not tell the number 7 from the text "7".
#[derive(Debug)]
pub(super) struct Ids {
    /// `post` or `route`.
    what: &'static str,
    ids: Vec<String>,
    /// By text: the first place, and how many there are.
    places: HashMap<String, (usize, usize)>,
    names: Vec<Option<String>>,
    /// By letters and digits alone, once somebody asks: the place, none where there are several.
    plain: OnceLock<HashMap<String, Option<usize>>>,
}

impl Ids {
    /// Of ids and names.
    pub fn new<'l>(
        what: &'static str,
        layer: impl Iterator<Item = (&'l FeatureId, Option<&'l str>)>,
    ) -> Self {
        let (ids, names): (Vec<String>, Vec<_>) =
            layer.map(|(id, name)| (id.as_str().to_owned(), name.map(str::to_owned))).unzip();
        let mut places = HashMap::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            places.entry(id.clone()).or_insert((place, 0)).1 += 1;
        }
        Ids { what, ids, places, names, plain: OnceLock::new() }
    }

    /// True where an id is there, once or more.
    pub fn has(&self, text: &str) -> bool {
        self.places.contains_key(text.trim())
    }

    /// The place in its layer: of the id as it is written, else of the one that differs in nothing but case, blanks, dashes
    /// and leading zeros (`OP7` for `OP-07`).
    pub fn place(&self, text: &str) -> Result<usize, Refusal> {
        let what = self.what;
        match self.places.get(text.trim()) {
            Some(&(place, 1)) => Ok(place),
            Some((_, count)) => Err(Refusal::Unreadable(Error::input(format!(
                "`{text}`, which is the id of {count} {what}s (as a number and as a text?), expected one: give \
                 them ids that differ as texts"
            )))),
            None => {
                if let Some(place) = self.alike(text) {
                    return Ok(place);
                }
                let (id, hint) = (text.trim().to_owned(), self.hint(text));
                Err(Refusal::NotLocated(match what {
                    "route" => NotLocated::UnknownRoute { id, hint },
                    _ => NotLocated::UnknownPost { id, hint },
                }))
            }
        }
    }

    /// The id as the layer has it, where it is written otherwise.
    pub fn other_spelling(&self, place: usize, text: &str) -> Option<Assumption> {
        let id = &self.ids[place];
        (id != text.trim()).then(|| Assumption::Id { what: self.what, id: id.as_str().into() })
    }

    /// The only id that is written alike.
    fn alike(&self, text: &str) -> Option<usize> {
        let all = self.plain.get_or_init(|| {
            let mut all = HashMap::with_capacity(self.ids.len());
            for (place, id) in self.ids.iter().enumerate() {
                all.entry(plain(id)).and_modify(|place| *place = None).or_insert(Some(place));
            }
            all
        });
        let wanted = plain(text);
        all.get(&wanted).copied().flatten().filter(|_| !wanted.is_empty())
    }

    /// Ids that are written nearly so, or the first.
    fn hint(&self, text: &str) -> String {
        let list = |ids: Vec<&str>| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        if self.ids.is_empty() {
            return format!("there are no {}s", self.what);
        }
        let is_name = |name: &Option<String>| {
            name.as_deref().is_some_and(|name| name.trim().eq_ignore_ascii_case(text.trim()))
        };
        if let Some(place) = self.names.iter().position(is_name) {
            return format!("the {} of that name has the id `{}`", self.what, self.ids[place]);
        }
        // A wrong letter or digit, or none but spaces, dashes, case and leading zeros that differ.
        let plain = plain(text);
        let alike = self
            .ids
            .iter()
            .map(String::as_str)
            .filter(|id| differ_by_one(text.trim(), id) || self::plain(id) == plain);
        let alike: Vec<&str> = alike.take(NAMED).collect();
        if !alike.is_empty() {
            return format!("written nearly so are {}", list(alike));
        }
        let first = list(self.ids.iter().map(String::as_str).take(NAMED).collect());
        match self.ids.len() {
            count if count > NAMED => format!("there are {count}, {first}, …"),
            1 => format!("there is one, {first}"),
            count => format!("there are {count}, {first}"),
        }
    }
}

/// Letters and digits alone, in lower case, numbers without zeros before them.
fn plain(id: &str) -> String {
    let mut plain = String::new();
    for c in id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        let is_leading_zero = c == '0' && !plain.ends_with(|last: char| last.is_ascii_digit());
        if !is_leading_zero {
            plain.push(c);
        }
    }
    plain
}

/// True where one letter is another, too much, or missing.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) - same_end <= 1
}
