//! The system of a `.prj`, which is well-known text in the words of ESRI.

use crate::Error;
use crate::io::crs::Crs;

/// Geographic systems on other datums than WGS84, as ESRI names them, and their numbers of EPSG.
const GEOGRAPHIC: [(&str, u32); 4] =
    [("gcspulkovo1942", 4284), ("gcsetrs1989", 4258), ("gcsnorthamerican1983", 4269), ("gcswgs1972", 4322)];

/// The system that the text names; none for WGS84 longitude and latitude.
///
/// # Errors
/// Where it is another one whose number of EPSG is not known.
pub(super) fn crs(text: &str) -> Result<Option<Crs>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    // A vertical system may stand behind it or around it.
    let text = horizontal(text);
    let name = text.split('"').nth(1).unwrap_or_default();
    let code = authority(text).or_else(|| by_name(text, name));
    match code.map(|code| Crs::from_name(&format!("EPSG:{code}"))).transpose()? {
        Some(crs) if crs.is_wgs84() => Ok(None),
        Some(crs) => Ok(Some(crs)),
        None => {
            let shown = crate::text::shown(if name.is_empty() { text } else { name });
            Err(Error::input(format!(
                "the coordinate reference system `{shown}`, whose number of EPSG is not known; convert the layer: \
                 `ogr2ogr -t_srs OGC:CRS84 out.geojson in.shp`"
            )))
        }
    }
}

/// The definition of the horizontal system in a text.
fn horizontal(text: &str) -> &str {
    let upper = text.to_ascii_uppercase();
    let start =
        ["PROJCS[", "GEOGCS[", "PROJCRS[", "GEOGCRS["].iter().filter_map(|word| upper.find(word)).min();
    let Some(start) = start else { return text };
    let (mut depth, mut is_quoted) = (0_usize, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'[' if !is_quoted => depth += 1,
            b']' if !is_quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return &text[start..=at];
                }
            }
            _ => {}
        }
    }
    &text[start..]
}

/// The number of EPSG of the whole system, which comes last.
fn authority(text: &str) -> Option<u32> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let upper = plain.to_ascii_uppercase();
    let inner = upper.strip_suffix("]]")?;
    let (start, _) = inner.match_indices(['[', ',']).rev().find(|(at, _)| {
        ["AUTHORITY[\"EPSG\",", "ID[\"EPSG\","].iter().any(|before| inner[..=*at].ends_with(before))
    })?;
    inner[start + 1..].trim_matches('"').parse().ok()
}

/// Longitude and latitude in degrees from Greenwich on the datum of WGS84, whatever its name.
fn is_wgs84(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '_') && !c.is_whitespace()).collect();
    let lower = plain.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    lower.starts_with("geog")
        && has(&[
            "datum[\"dwgs1984\"",
            "datum[\"wgs1984\"",
            "datum[\"worldgeodeticsystem1984\"",
            "ensemble[\"worldgeodeticsystem1984",
        ])
        && has(&["unit[\"degree\""])
        && (has(&["primem[\"greenwich\""]) || !has(&["primem["]))
}

fn by_name(text: &str, name: &str) -> Option<u32> {
    let squeezed = |name: &str| name.replace(['_', ' '], "").to_ascii_lowercase();
    let plain = squeezed(name);
    if is_wgs84(text) || plain == "gcswgs1984" {
        return Some(4326);
    }
    if !text.to_ascii_uppercase().starts_with("PROJC") {
        return GEOGRAPHIC.iter().find(|(known, _)| *known == plain).map(|(_, code)| *code);
    }
    if plain.starts_with("wgs1984webmercator") {
        return Some(3857);
    }
    if let Some(zone) = plain.strip_prefix("wgs1984utmzone").or(plain.strip_prefix("wgs84/utmzone")) {
        let (number, hemisphere) = zone.split_at_checked(zone.len().checked_sub(1)?)?;
        let number: u32 = number.parse().ok().filter(|zone| (1..=60).contains(zone))?;
        return match hemisphere {
            "n" => Some(32_600 + number),
            "s" => Some(32_700 + number),
            _ => None,
        };
    }
    let zone = plain.strip_prefix("pulkovo1942gkzone")?;
    match zone.strip_suffix('n') {
        Some(zone) => zone.parse().ok().filter(|zone| (2..=32).contains(zone)).map(|zone: u32| 28_460 + zone),
        None => zone.parse().ok().filter(|zone| (4..=32).contains(zone)).map(|zone: u32| 28_400 + zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_known_by_number_or_name() {
        let gcs = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        for (text, code) in [
            (gcs.to_owned(), None),
            (String::new(), None),
            (r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["a",1,2,AUTHORITY["EPSG","7030"]]],AUTHORITY["EPSG","4326"]]"#.to_owned(), None),
            (format!(r#"PROJCS["WGS_1984_UTM_Zone_38N",{gcs},PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]"#), Some(32638)),
            (format!(r#"PROJCS["Pulkovo_1942_GK_Zone_8",{gcs},UNIT["Meter",1.0]]"#), Some(28408)),
            (format!(r#"PROJCS["Pulkovo_1942_GK_Zone_8N",{gcs},UNIT["Meter",1.0]]"#), Some(28468)),
            (format!(r#"PROJCS["anything",{gcs},AUTHORITY["EPSG", "32637"]]"#), Some(32637)),
            (r#"PROJCRS["anything",BASEGEOGCRS["a",ID["EPSG",4326]],ID["EPSG",32637]]"#.to_owned(), Some(32637)),
            (gcs.replace("GCS_WGS_1984", "WGS_1984_3D"), None),
            (format!(r#"{gcs},VERTCS["EGM96_Geoid",VDATUM["EGM96_Geoid"],UNIT["Meter",1.0]]"#), None),
            (format!(r#"COMPD_CS["both",PROJCS["a]",{gcs},AUTHORITY["EPSG","32639"]],VERT_CS["h",AUTHORITY["EPSG","5773"]]]"#), Some(32639)),
            ("GEOGCS[\"GCS_Pulkovo_1942\",DATUM[\"a\"]]".to_owned(), Some(4284)),
        ] {
            assert_eq!(crs(&text).unwrap().and_then(|crs| crs.epsg()), code, "{text}");
        }
        for text in [
            format!(r#"PROJCS["Ours",{gcs},UNIT["Meter",1.0]]"#),
            "GEOGCS[\"Moon_2000\"]".to_owned(),
            gcs.replace("Greenwich", "Paris").replace("GCS_WGS_1984", "Own"),
            "?".to_owned(),
        ] {
            assert!(crs(&text).unwrap_err().to_string().contains("ogr2ogr"), "{text}");
        }
    }
}
