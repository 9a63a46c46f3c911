//! How corridors end.

use crate::Error;

/// How a corridor ends where a part of a route does. At the bends between it is always round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Caps {
    /// Half a circle: the corridor is all that lies within the half width, as
    /// [`in_corridor`](crate::index::Located::in_corridor) has it.
    #[default]
    Round,
    /// None: what lies past the end is left out.
    Flat,
    /// A square end, the half width farther.
    Square,
}

impl Caps {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Caps::Round => "round",
            Caps::Flat => "flat",
            Caps::Square => "square",
        }
    }
}

impl std::fmt::Display for Caps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Caps {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        match word {
            "round" => Ok(Caps::Round),
            "flat" => Ok(Caps::Flat),
            "square" => Ok(Caps::Square),
            _ => Err(Error::argument(format!("caps `{word}`, expected `round`, `flat` or `square`"))),
        }
    }
}
