//! What PROJ says of a system: kind, name, axes. Read from its own JSON.

use serde_json::Value;

/// A system whose positions are two numbers on the ground.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    pub name: Option<String>,
    /// Coordinates are degrees.
    pub is_degrees: bool,
    /// The register has northing or latitude first.
    pub is_swapped: bool,
}

/// Reads PROJJSON; otherwise what was found: a height, say, which PROJ takes without a word and then gives
/// coordinates that mean nothing.
pub(crate) fn read(projjson: &str) -> Result<Definition, String> {
    let root: Value = serde_json::from_str(projjson).map_err(|_| "no definition".to_owned())?;
    let name = root["name"].as_str().filter(|name| *name != "unknown").map(str::to_owned);
    let mut horizontal = &root;
    // A compound system begins with the horizontal one; a bound one stands around it.
    loop {
        horizontal = match horizontal["type"].as_str() {
            Some("CompoundCRS") => &horizontal["components"][0],
            Some("BoundCRS") => &horizontal["source_crs"],
            _ => break,
        };
    }
    let is_degrees = match horizontal["type"].as_str() {
        Some("ProjectedCRS" | "DerivedProjectedCRS") => false,
        Some("GeographicCRS" | "DerivedGeographicCRS") => true,
        Some("VerticalCRS") => return Err("a vertical system (heights only)".to_owned()),
        Some("GeodeticCRS") => return Err("a geocentric system".to_owned()),
        Some("Conversion" | "Transformation" | "ConcatenatedOperation") => {
            return Err("an operation (of a PROJ string, `+type=crs` makes a system)".to_owned());
        }
        other => return Err(format!("{} of another kind", other.unwrap_or("something"))),
    };
    let axis = |at: usize| horizontal["coordinate_system"]["axis"][at]["direction"].as_str();
    let is_swapped = axis(0) == Some("north") && axis(1) == Some("east");
    Ok(Definition { name, is_degrees, is_swapped })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_positions_on_the_ground_will_do() {
        let json = r#"{"type":"CompoundCRS","name":"a","components":[{"type":"ProjectedCRS","name":"b",
            "coordinate_system":{"axis":[{"direction":"north"},{"direction":"east"}]}},{"type":"VerticalCRS"}]}"#;
        let found = read(json).unwrap();
        assert_eq!((found.name.as_deref(), found.is_degrees, found.is_swapped), (Some("a"), false, true));
        assert!(read(r#"{"type":"VerticalCRS"}"#).unwrap_err().contains("heights only"));
        assert!(read(r#"{"type":"Conversion"}"#).unwrap_err().contains("+type=crs"));
        assert!(read("").is_err() && read("{}").is_err());
    }
}
