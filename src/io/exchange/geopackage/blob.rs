//! Geometries of GeoPackages: well-known binary behind a header of their own.

use rusqlite::types::ValueRef;

use crate::Error;
use crate::io::exchange::{ForeignFeature, PassedOver};
use crate::io::layer::shape::Shape;
use crate::io::table::wkb_kinds::KINDS;
use crate::io::table::wkb_read::{self, Read};

const IS_EMPTY: u8 = 0b1_0000;
const IS_EXTENDED: u8 = 0b10_0000;

fn wrong(found: &str) -> Error {
    Error::input(format!("{found}, expected a geometry of GeoPackage"))
}

/// Gives a feature its geometry.
///
/// # Errors
/// Where it is damaged, or of a type that GeoJSON does not have.
pub(super) fn read(
    cell: ValueRef<'_>,
    feature: &mut ForeignFeature,
    passed_over: &PassedOver,
) -> Result<(), Error> {
    let bytes = match cell {
        ValueRef::Null => return Ok(()),
        ValueRef::Blob(bytes) => bytes,
        _ => return Err(wrong("a text or a number")),
    };
    let [b'G', b'P', _, flags, ..] = bytes else { return Err(wrong("bytes that do not begin with `GP`")) };
    if flags & IS_EXTENDED != 0 {
        return Err(wrong("a geometry of an extension"));
    }
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(wrong(&format!("an envelope of the kind {other}"))),
    };
    let wkb = bytes.get(8 + envelope..).ok_or_else(|| wrong("a geometry that ends too early"))?;
    if flags & IS_EMPTY != 0 {
        return Ok(());
    }
    if let Some(arcs) = arcs(wkb) {
        let message = format!(
            "a {arcs}, which GeoJSON does not have: convert the layer with `ogr2ogr -nlt CONVERT_TO_LINEAR out.gpkg in.gpkg`"
        );
        return Err(Error::input(message));
    }
    match wkb_read::read(wkb, &mut feature.geometry)? {
        Read::Empty => return Ok(()),
        Read::Whole { measured: true } => passed_over.count("the measures (M) of a shape"),
        Read::Whole { .. } => {}
    }
    let kind = KINDS.iter().position(|kind| feature.geometry[9..].starts_with(&format!("{kind}\"")));
    feature.shape = match kind {
        Some(0 | 3) => Shape::Point,
        Some(1 | 4) => Shape::Line,
        Some(2 | 5) => Shape::Area,
        _ => Shape::Mixed,
    };
    Ok(())
}

/// The name of a type with arcs or surfaces.
fn arcs(wkb: &[u8]) -> Option<&'static str> {
    const NAMES: [&str; 10] = [
        "CircularString",
        "CompoundCurve",
        "CurvePolygon",
        "MultiCurve",
        "MultiSurface",
        "Curve",
        "Surface",
        "PolyhedralSurface",
        "TIN",
        "Triangle",
    ];
    let (order, rest) = wkb.split_first()?;
    let code = *rest.first_chunk()?;
    let code = if *order == 0 { u32::from_be_bytes(code) } else { u32::from_le_bytes(code) };
    let kind = usize::try_from((code & 0x1FFF_FFFF) % 1000).ok()?;
    NAMES.get(kind.checked_sub(8)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(head: &[u8], wkb: &[u8]) -> Result<(Shape, String), Error> {
        let bytes = [b"GP\0", head, &[0; 4], wkb].concat();
        let mut feature = ForeignFeature::default();
        read(ValueRef::Blob(&bytes), &mut feature, &PassedOver::default())?;
        Ok((feature.shape, feature.geometry))
    }

    #[test]
    fn headers_have_envelopes_of_several_sizes() {
        let point: Vec<u8> =
            [&[0, 0, 0, 0, 1][..], &46.5_f64.to_be_bytes(), &39.5_f64.to_be_bytes()].concat();
        let expected = (Shape::Point, "{\"type\":\"Point\",\"coordinates\":[46.5,39.5]}".to_owned());
        for (flags, bytes) in [(0, 0), (0b10, 32), (0b101, 48), (0b110, 48), (0b1000, 64)] {
            let wkb = [&vec![0; bytes], &*point].concat();
            assert_eq!(geometry(&[flags], &wkb).unwrap(), expected, "{flags}");
        }
        assert_eq!(geometry(&[IS_EMPTY], &point).unwrap(), (Shape::None, String::new()));
        for (flags, wkb, words) in [
            (0b1010, &point[..], "an envelope of the kind 5"),
            (0b10, &point[..], "ends too early"),
            (IS_EXTENDED, &point[..], "an extension"),
            (0, &point[..20], "ends too early"),
            (1, &[1, 8, 0, 0, 0, 0][..], "a CircularString, which GeoJSON does not have"),
        ] {
            let error = geometry(&[flags], wkb).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        let mut feature = ForeignFeature::default();
        assert!(read(ValueRef::Text(b"POINT (1 2)"), &mut feature, &PassedOver::default()).is_err());
        assert!(read(ValueRef::Blob(b""), &mut feature, &PassedOver::default()).is_err());
    }
}
