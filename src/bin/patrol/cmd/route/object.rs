//! JSON objects, member by member, with numbers rounded as an annotation has them.

use patrol_corridor::number::{bearing, rounded};
use patrol_corridor::{Error, FeatureId, Position, io};

/// Decimals of lengths in metres, of azimuths and of positions in degrees: 0.1 mm.
const METRE_DECIMALS: u32 = 4;
const AZIMUTH_DECIMALS: u32 = 6;
const POSITION_DECIMALS: u32 = 9;

/// An object that grows.
#[derive(Debug, Default)]
pub struct Object(String);

impl Object {
    /// With a member whose value is JSON already.
    fn json(mut self, name: &str, value: &str) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&format!("\"{name}\":{value}"));
        self
    }

    pub fn text(self, name: &str, text: &str) -> Result<Self, Error> {
        let value = io::json_line(text)?;
        Ok(self.json(name, value.trim_end()))
    }

    /// An id, a number in its own digits.
    pub fn id(self, name: &str, id: &FeatureId) -> Result<Self, Error> {
        if id.is_number() { Ok(self.json(name, id.as_str())) } else { self.text(name, id.as_str()) }
    }

    pub fn metres(self, name: &str, metres: f64) -> Self {
        self.json(name, &rounded(metres, METRE_DECIMALS).to_string())
    }

    /// 0 <= x < 360.
    pub fn azimuth(self, name: &str, degrees: f64) -> Self {
        self.json(name, &bearing(degrees, AZIMUTH_DECIMALS).to_string())
    }

    pub fn position(self, name: &str, position: Position) -> Self {
        let [lon, lat] =
            [position.lon_deg(), position.lat_deg()].map(|degrees| rounded(degrees, POSITION_DECIMALS));
        self.json(name, &format!("[{lon},{lat}]"))
    }

    pub fn finish(self) -> String {
        if self.0.is_empty() { "{}".to_owned() } else { self.0 + "}" }
    }
}

/// A position that we have computed, to 0.1 mm.
pub fn rounded_position(position: Position) -> Result<Position, Error> {
    let round = |degrees: f64| rounded(degrees, POSITION_DECIMALS);
    Position::from_lon_lat(round(position.lon_deg()), round(position.lat_deg()))
}
