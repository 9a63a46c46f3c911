//! How corridors end.

use crate::Error;

/// How a corridor ends where a part of a route does. At the bends between it is always round.
///
/// ```
/// use patrol_corridor::analysis::{Caps, corridor_region};
/// use patrol_corridor::{Edges, PatrolRoute};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
/// let route = PatrolRoute::from_line_string("R5", &line)?.with_half_width_m(2_500.0)?;
/// let area_km2 = |caps| corridor_region([&route], Edges::Planar, caps).map(|region| region.area_km2(Edges::Planar));
/// assert_eq!(format!("{:.2}", area_km2(Caps::Flat)?), "29.05");
/// assert_eq!(format!("{:.2}", area_km2(Caps::Round)?), "48.68");
/// assert_eq!(format!("{:.2}", area_km2(Caps::Square)?), "54.05");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
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
    ///
    /// ```
    /// use patrol_corridor::analysis::Caps;
    /// assert_eq!(Caps::default().as_str(), "round");
    /// assert_eq!("square".parse::<Caps>()?, Caps::Square);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
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
