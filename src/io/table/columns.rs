//! Which columns features become: gathered in a first pass over them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::Error;
use crate::io::RawFeature;
use crate::io::json::raw::{self, elements, members};
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::row_source::{Shapes, Target};

/// More properties than that are no table.
const MOST_COLUMNS: usize = 10_000;

/// What a column has held so far.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Seen {
    bools: bool,
    /// An integer below zero.
    negative: bool,
    signed: bool,
    /// A signed integer that a float can't hold.
    wide: bool,
    unsigned: bool,
    floats: bool,
    texts: bool,
    nested: bool,
    /// A float of more digits than a double keeps.
    long: bool,
}

/// A double keeps so many significant digits.
const DIGITS: usize = 17;

impl Seen {
    pub fn add(&mut self, value: &str) {
        match value {
            "null" => {}
            "true" | "false" => self.bools = true,
            text if raw::is_string(text) => self.texts = true,
            text if raw::is_number(text) => self.number(text),
            _ => self.nested = true,
        }
    }

    fn number(&mut self, text: &str) {
        // No integer is below zero and nothing.
        if text.contains(['.', 'e', 'E']) || text == "-0" {
            let digits = text.split(['e', 'E']).next().unwrap_or_default();
            let digits = digits.bytes().filter(u8::is_ascii_digit).skip_while(|&digit| digit == b'0').count();
            self.long |= digits > DIGITS;
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() => self.floats = true,
                _ => self.texts = true,
            }
        } else if let Ok(integer) = text.parse::<i64>() {
            self.signed = true;
            self.negative |= integer < 0;
            self.wide |= integer.unsigned_abs() > 1 << 53;
        } else if text.parse::<u64>().is_ok() {
            self.unsigned = true;
        } else {
            // More digits than any number of 64 bits has: text keeps them.
            self.texts = true;
        }
    }

    pub fn join(&mut self, other: Seen) {
        self.bools |= other.bools;
        self.negative |= other.negative;
        self.signed |= other.signed;
        self.wide |= other.wide;
        self.unsigned |= other.unsigned;
        self.floats |= other.floats;
        self.texts |= other.texts;
        self.nested |= other.nested;
        self.long |= other.long;
    }

    pub fn kind(self) -> ColumnKind {
        let Seen { bools, signed, wide, unsigned, floats, texts, nested, .. } = self;
        match (bools, signed, unsigned, floats, texts, nested) {
            (true, false, false, false, false, false) => ColumnKind::Bool,
            (false, true, false, false, false, false) => ColumnKind::Signed(64),
            (false, _, true, false, false, false) if !self.negative => ColumnKind::Unsigned(64),
            (false, false, false, true, false, false) => ColumnKind::Float(64),
            // Integers among floats: where digits could be lost they stay text.
            (false, true, false, true, false, false) if !wide => ColumnKind::Float(64),
            (false, false, false, false, false, true) => ColumnKind::Json,
            _ => ColumnKind::Text,
        }
    }

    /// Values of several types share a column of text.
    fn mixed(self) -> bool {
        let Seen { bools, signed, unsigned, floats, texts, nested, .. } = self;
        let numbers = signed || unsigned || floats;
        self.kind() == ColumnKind::Text && (bools || numbers || nested) && {
            // Digits of any number stand in text as they are.
            u8::from(bools) + u8::from(numbers) + u8::from(texts) + u8::from(nested) > 1
        }
    }
}

/// What some features have.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    names: Vec<(String, Seen)>,
    /// Place of each property among the names.
    places: HashMap<String, usize>,
    /// The features' own ids.
    ids: Option<Seen>,
    pub shapes: Shapes,
    /// What of the features a table has no place for.
    left_out: Vec<String>,
}

impl Gathered {
    /// Takes in a feature; what is wrong with one is told when it is read.
    pub fn feature(&mut self, feature: &RawFeature<'_>) {
        let Ok(parts) = feature.parts() else { return };
        if let Some(id) = own_id(feature, parts.bare_geometry) {
            self.ids.get_or_insert_default().add(id);
        }
        match parts.geometry {
            None | Some("null") => {}
            Some(text) if point(text).is_some() => self.shapes.points = true,
            Some(text) => {
                self.shapes.heights |= has_height(text);
                // A Point with a height is no pair of numbers, and still a Point.
                self.shapes.others = true;
            }
        }
        let mut seen_here = 0;
        for member in members(parts.properties.object()) {
            seen_here += 1;
            let place = match self.places.get(&*member.key) {
                Some(&place) => place,
                None => self.new_name(member.key.into_owned()),
            };
            self.names[place].1.add(member.value);
        }
        if seen_here > 1 {
            self.doubled(parts.properties.object());
        }
        if parts.bare_geometry {
            return;
        }
        for member in members(feature.text) {
            if !["type", "id", "geometry", "properties", "crs"].contains(&&*member.key) {
                self.leave_out(&format!("`{}` of features", member.key));
            }
        }
    }

    fn new_name(&mut self, name: String) -> usize {
        self.names.push((name.clone(), Seen::default()));
        self.places.insert(name, self.names.len() - 1);
        self.names.len() - 1
    }

    /// Of a property that stands twice the last counts.
    fn doubled(&mut self, properties: &str) {
        let mut keys: Vec<Cow<'_, str>> = members(properties).map(|member| member.key).collect();
        keys.sort_unstable();
        for pair in keys.windows(2).filter(|pair| pair[0] == pair[1]) {
            self.leave_out(&format!("all but the last `{}` of a feature that has several", pair[0]));
        }
    }

    fn leave_out(&mut self, what: &str) {
        if self.left_out.len() < MOST_COLUMNS && !self.left_out.iter().any(|known| known == what) {
            self.left_out.push(what.to_owned());
        }
    }

    /// Takes in what stands behind.
    pub fn join(&mut self, other: Gathered) {
        for (name, seen) in other.names {
            let place = match self.places.get(&name) {
                Some(&place) => place,
                None => self.new_name(name),
            };
            self.names[place].1.join(seen);
        }
        if let Some(ids) = other.ids {
            self.ids.get_or_insert_default().join(ids);
        }
        self.shapes.points |= other.shapes.points;
        self.shapes.others |= other.shapes.others;
        self.shapes.heights |= other.shapes.heights;
        other.left_out.iter().for_each(|what| self.leave_out(what));
    }

    /// Too many names for a table.
    pub fn check(&self) -> Result<(), Error> {
        if self.names.len() <= MOST_COLUMNS {
            return Ok(());
        }
        Err(Error::input(format!(
            "more than {MOST_COLUMNS} different properties, expected columns of a table: write GeoJSON"
        )))
    }

    /// The columns: the ids, then the properties in the order of their first appearance.
    pub fn finish(self) -> Columns {
        let Gathered { names, mut places, ids, shapes, left_out } = self;
        let mut all = Vec::new();
        let mut typed = Vec::new();
        let mut tell = |name: &str, seen: Seen| {
            if seen.mixed() {
                typed.push(format!("the types of the values of `{name}` (text from now on)"));
            } else if seen.long && seen.kind() == ColumnKind::Float(64) {
                typed.push(format!("digits of `{name}` behind the {DIGITS}th"));
            }
        };
        if let Some(ids) = ids {
            let free = |name: &&str| !places.contains_key(*name);
            let usual = ["id", "feature_id", "geojson_id"].into_iter().find(free).map(str::to_owned);
            let numbered =
                || (1..).map(|n| format!("geojson_id_{n}")).find(|name| !places.contains_key(name));
            let name = usual.or_else(numbered).unwrap_or_default();
            tell(&name, ids);
            all.push(Column { name, kind: ids.kind() });
        }
        for (name, seen) in names {
            tell(&name, seen);
            all.push(Column { name, kind: seen.kind() });
        }
        places.values_mut().for_each(|place| *place += usize::from(ids.is_some()));
        Columns { all, places, has_ids: ids.is_some(), shapes, left_out, typed }
    }
}

/// The columns of features.
#[derive(Debug)]
pub(crate) struct Columns {
    pub all: Vec<Column>,
    /// Place of each property among the columns.
    pub places: HashMap<String, usize>,
    /// The first column is the feature's own id.
    pub has_ids: bool,
    pub shapes: Shapes,
    /// What a table has no place for; then what typed columns have none for.
    left_out: Vec<String>,
    typed: Vec<String>,
}

impl Columns {
    pub fn left_out(&self, target: Target) -> impl Iterator<Item = &String> {
        let typed = if target == Target::Csv { &[][..] } else { &self.typed[..] };
        self.left_out.iter().chain(typed)
    }
}

/// The feature's own id.
pub(crate) fn own_id<'a>(feature: &RawFeature<'a>, bare_geometry: bool) -> Option<&'a str> {
    if bare_geometry {
        return None;
    }
    let id = members(feature.text).find(|member| member.key == "id").map(|member| member.value);
    id.filter(|id| *id != "null")
}

/// The digits of a Point that is two numbers and no more.
pub(crate) fn point(geometry: &str) -> Option<[&str; 2]> {
    let mut coordinates = None;
    for member in members(geometry) {
        match (&member.key, member.value) {
            (Cow::Borrowed("type"), "\"Point\"") => {}
            (Cow::Borrowed("coordinates"), value) if value.starts_with('[') => coordinates = Some(value),
            _ => return None,
        }
    }
    let mut numbers = elements(coordinates?);
    let found = [numbers.next()?, numbers.next()?];
    (numbers.next().is_none() && found.iter().all(|number| raw::is_number(number))).then_some(found)
}

/// A position has three numbers or more.
fn has_height(geometry: &str) -> bool {
    geometry.split(']').any(|text| {
        let innermost = text.rsplit('[').next().unwrap_or_default();
        innermost.split(',').filter(|number| !number.trim_matches(raw::BLANK).is_empty()).count() > 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(values: &[&str]) -> ColumnKind {
        seen(values).kind()
    }

    fn seen(values: &[&str]) -> Seen {
        let mut seen = Seen::default();
        values.iter().for_each(|value| seen.add(value));
        seen
    }

    #[test]
    fn no_value_loses_digits_by_its_column() {
        use ColumnKind::{Float, Signed, Text, Unsigned};
        for (values, expected) in [
            (&["1", "-2", "null"][..], Signed(64)),
            (&["1", "18446744073709551615"], Unsigned(64)),
            (&["-1", "18446744073709551615"], Text),
            (&["18446744073709551616"], Text),
            (&["1", "0.5"], Float(64)),
            (&["9007199254740993", "0.5"], Text),
            (&["1e400"], Text),
            (&["-0"], Float(64)),
            (&["true", "1"], Text),
            (&["{}", "[]"], ColumnKind::Json),
            (&[], Text),
        ] {
            assert_eq!(kind(values), expected, "{values:?}");
        }
        assert!(seen(&["true", "1"]).mixed() && seen(&["{}", "\"x\""]).mixed());
        assert!(!seen(&["\"a\"", "null"]).mixed() && !seen(&["9007199254740993", "0.5"]).mixed());
        assert!(seen(&["0.100000000000000000001"]).long && !seen(&["0.00000000000000000012345"]).long);
    }
}
