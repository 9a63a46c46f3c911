//! The symbols of incidents, and which type has which.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::Error;

/// Name, path and words of types, a line each.
const DATA: &str = include_str!("symbols.txt");

/// A symbol of incidents: one of 20 plain shapes, which differ without colours.
///
/// ```
/// use patrol_corridor::report::map::{MapOptions, Symbol};
/// let burst: Symbol = "burst".parse()?;
/// assert_eq!((burst.to_string(), Symbol::all().count()), ("burst".to_owned(), 20));
/// let options = MapOptions::default().with_symbols(vec![("cattle".to_owned(), "bow_tie".parse()?)]);
/// assert_eq!(options.symbols[0].1.to_string(), "bow_tie");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u8);

/// A line of the data.
struct Drawn {
    name: &'static str,
    path: &'static str,
    words: &'static str,
}

static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
    let drawn = |line: &'static str| {
        let mut parts = line.split('\t');
        Some(Drawn { name: parts.next()?, path: parts.next()?, words: parts.next().unwrap_or_default() })
    };
    DATA.lines().filter(|line| !line.starts_with('#')).filter_map(drawn).collect()
});

impl Symbol {
    /// Returns all symbols; the first is that of incidents without a type.
    ///
    /// ```
    /// use patrol_corridor::report::map::Symbol;
    /// assert_eq!(Symbol::all().next().unwrap().to_string(), "diamond");
    /// ```
    pub fn all() -> impl Iterator<Item = Symbol> {
        (0..DRAWN.len() as u8).map(Symbol)
    }

    fn drawn(self) -> &'static Drawn {
        &DRAWN[usize::from(self.0)]
    }

    /// The symbol of incidents without a type.
    pub(super) fn plain() -> Self {
        Symbol(0)
    }

    /// Its path about 0, 0, in pixels.
    pub(super) fn path(self) -> &'static str {
        self.drawn().path
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.drawn().name)
    }
}

impl FromStr for Symbol {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wanted = text.trim();
        Symbol::all().find(|symbol| symbol.drawn().name.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
            let names: Vec<&str> = DRAWN.iter().map(|drawn| drawn.name).collect();
            Error::argument(format!("the symbol `{wanted}`, expected one of {}", names.join(", ")))
        })
    }
}

/// The symbols of these types, the most frequent first. Each has the one that was chosen for it, else one whose words are in its
/// name, else the next that no other has; `None` where all are taken.
pub(super) fn assigned(kinds: &[&str], chosen: &[(String, Symbol)]) -> Vec<Option<Symbol>> {
    let mut symbols: Vec<Option<Symbol>> = kinds
        .iter()
        .map(|kind| {
            chosen.iter().rev().find(|(of, _)| of.eq_ignore_ascii_case(kind)).map(|(_, symbol)| *symbol)
        })
        .collect();
    let all: Vec<Symbol> = Symbol::all().collect();
    let mut free: Vec<Symbol> =
        all.iter().skip(1).filter(|symbol| !symbols.contains(&Some(**symbol))).copied().collect();
    let mut take = |symbols: &mut Vec<Option<Symbol>>, fits: &dyn Fn(&str, &Symbol) -> bool| {
        for (symbol, kind) in symbols.iter_mut().zip(kinds) {
            if symbol.is_none()
                && let Some(at) = free.iter().position(|symbol| fits(kind, symbol))
            {
                *symbol = Some(free.remove(at));
            }
        }
    };
    take(&mut symbols, &|kind, symbol| {
        let kind = kind.to_lowercase();
        symbol.drawn().words.split(' ').any(|word| !word.is_empty() && kind.contains(word))
    });
    take(&mut symbols, &|_, _| true);
    symbols
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_get_symbols_that_fit_and_differ() {
        let burst: Symbol = "burst".parse().unwrap();
        let name = |symbol: &Option<Symbol>| symbol.map_or(String::new(), |symbol| symbol.to_string());
        let kinds = ["Shelling", "sniper fire", "small arms fire", "Viehdiebstahl", "artillery"];
        let found: Vec<String> = assigned(&kinds, &[]).iter().map(name).collect();
        assert_eq!(found[..3], ["burst", "crosshair", "circle"]);
        let different: std::collections::BTreeSet<&String> = found.iter().collect();
        assert_eq!(different.len(), kinds.len(), "{found:?}");
        // What is chosen is taken from all others.
        let found = assigned(&kinds, &[("viehdiebstahl".to_owned(), burst)]);
        assert_eq!(
            (found[3], found.iter().filter(|symbol| **symbol == Some(burst)).count()),
            (Some(burst), 1)
        );
        let many: Vec<String> = (0..30).map(|n| format!("kind {n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(assigned(&many, &[]).iter().filter(|symbol| symbol.is_none()).count(), 11);
    }
}
