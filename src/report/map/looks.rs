//! How incidents look: a symbol by type, a colour by status or corridor, a size by casualties; hollow where a region is known only.

use std::collections::HashMap;

use super::incidents::{Certainty, MapIncident};
use super::options::{ColourBy, MapOptions};
use super::symbols::{Symbol, assigned};
use crate::PatrolIndex;

/// How many colours there are for values; the last is that of all others.
pub(super) const COLOURS: usize = 7;

/// The colour of a status, where one fits it.
const OF_STATUS: [(&str, usize); 8] = [
    ("new", 0),
    ("open", 4),
    ("ongoing", 4),
    ("investigat", 1),
    ("settled", 2),
    ("closed", 2),
    ("resolved", 2),
    ("confirmed", 0),
];

/// How one incident looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub symbol: Symbol,
    /// `None` where nothing tells incidents apart by colour.
    pub colour: Option<u8>,
    pub is_hollow: bool,
    /// 1 without casualties, 2 at most.
    pub scale: f32,
}

impl Look {
    /// Its classes in the style.
    pub fn class(&self) -> String {
        let colour = self.colour.map_or(String::new(), |colour| format!(" c{colour}"));
        format!("is{colour}{}", if self.is_hollow { " ho" } else { "" })
    }
}

/// What a symbol or a colour means, and how many incidents have it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning<T> {
    pub sign: T,
    pub of: String,
    pub count: usize,
}

/// How all incidents look, and what it means.
#[derive(Debug)]
pub(super) struct Looks {
    pub each: Vec<Look>,
    /// Empty where no incident has a type.
    pub symbols: Vec<Meaning<Symbol>>,
    /// Empty where nothing tells incidents apart by colour.
    pub colours: Vec<Meaning<usize>>,
    pub hollow: usize,
    pub larger: usize,
}

impl Looks {
    pub fn new(incidents: &[MapIncident], index: &PatrolIndex, options: &MapOptions) -> Self {
        let plain = Symbol::plain();
        let kinds = counted(incidents.iter().map(|one| one.kind.as_deref().unwrap_or_default()));
        let named: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).filter(|kind| !kind.is_empty()).collect();
        let by_kind: HashMap<&str, Option<Symbol>> =
            named.iter().copied().zip(assigned(&named, &options.symbols)).collect();
        let symbol_of = |kind: &str| by_kind.get(kind).copied().flatten().unwrap_or(plain);
        let mut symbols: Vec<Meaning<Symbol>> = Vec::new();
        let mut others = Meaning { sign: plain, of: "other types".to_owned(), count: 0 };
        for &(kind, count) in kinds.iter().filter(|_| !named.is_empty()) {
            match by_kind.get(kind) {
                Some(Some(sign)) => symbols.push(Meaning { sign: *sign, of: kind.to_owned(), count }),
                Some(None) => others.count += count,
                None => symbols.push(Meaning { sign: plain, of: "without a type".to_owned(), count }),
            }
        }
        symbols.extend((others.count > 0).then_some(others));
        let (colour_of, colours) = coloured(incidents, index, options.colour_by);
        let each: Vec<Look> = incidents
            .iter()
            .zip(colour_of)
            .map(|(one, colour)| Look {
                symbol: symbol_of(one.kind.as_deref().unwrap_or_default()),
                colour: colour.map(|colour| colour as u8),
                is_hollow: matches!(one.certainty, Certainty::Region(_) | Certainty::Somewhere),
                scale: 1.0 + (0.2 * f64::from(one.casualties).ln_1p()).min(1.0) as f32,
            })
            .collect();
        let hollow = each.iter().filter(|look| look.is_hollow).count();
        let larger = each.iter().filter(|look| look.scale > 1.0).count();
        Looks { each, symbols, colours, hollow, larger }
    }
}

/// The values, the most frequent first.
fn counted<'t>(values: impl Iterator<Item = &'t str>) -> Vec<(&'t str, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counted: Vec<(&str, usize)> = counts.into_iter().collect();
    counted.sort_unstable_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
    counted
}

/// The colour of each incident, and what the colours mean.
fn coloured(
    incidents: &[MapIncident],
    index: &PatrolIndex,
    by: ColourBy,
) -> (Vec<Option<usize>>, Vec<Meaning<usize>>) {
    let value_of = |one: &'_ MapIncident| -> String {
        match by {
            ColourBy::Nothing => String::new(),
            ColourBy::Status => one.status.as_deref().unwrap_or_default().to_owned(),
            ColourBy::Type => one.kind.as_deref().unwrap_or_default().to_owned(),
            ColourBy::Corridor => match (&one.corridors[..], &one.certainty) {
                ([], _) => String::new(),
                (_, Certainty::Region(found)) if found.answer.corridors_whole.is_empty() => {
                    "perhaps in a corridor".to_owned()
                }
                ([corridor], _) => index.corridors()[*corridor as usize].name.clone(),
                _ => "in several corridors".to_owned(),
            },
        }
    };
    let values: Vec<String> = incidents.iter().map(value_of).collect();
    let counts = counted(values.iter().map(String::as_str));
    if counts.iter().all(|(value, _)| value.is_empty()) {
        return (vec![None; incidents.len()], Vec::new());
    }
    let last = COLOURS - 1;
    let mut taken: HashMap<&str, usize> = HashMap::new();
    let mut free: Vec<usize> = (0..last).collect();
    if by == ColourBy::Status {
        for (value, _) in &counts {
            let low = value.to_lowercase();
            let fits = OF_STATUS.iter().find(|(word, _)| low.contains(word)).map(|(_, colour)| *colour);
            if let Some(at) = fits.and_then(|colour| free.iter().position(|free| *free == colour)) {
                taken.insert(value, free.remove(at));
            }
        }
    }
    for (value, _) in counts.iter().filter(|(value, _)| !value.is_empty()) {
        if !taken.contains_key(value) && !free.is_empty() {
            taken.insert(value, free.remove(0));
        }
    }
    let mut meanings: Vec<Meaning<usize>> = Vec::new();
    let mut others = Meaning { sign: last, of: "others".to_owned(), count: 0 };
    for &(value, count) in &counts {
        match (taken.get(value), value) {
            (Some(&sign), _) => meanings.push(Meaning { sign, of: value.to_owned(), count }),
            (None, "") => {
                let of = match by {
                    ColourBy::Corridor => "in no corridor",
                    ColourBy::Type => "without a type",
                    ColourBy::Status | ColourBy::Nothing => "without a status",
                };
                meanings.push(Meaning { sign: last, of: of.to_owned(), count });
            }
            (None, _) => others.count += count,
        }
    }
    meanings.extend((others.count > 0).then_some(others));
    let each = values.iter().map(|value| Some(taken.get(&**value).copied().unwrap_or(last))).collect();
    (each, meanings)
}
