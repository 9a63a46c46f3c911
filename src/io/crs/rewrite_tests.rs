use super::*;

fn reprojector(input: &str, output: Option<&str>) -> Reprojector {
    let crs = |name: &str| Crs::from_name(name).unwrap();
    let told = Some(crs(input)).filter(|crs| !crs.is_wgs84());
    Reprojector::new(Systems::new(told, None, output.map(crs)).unwrap()).unwrap()
}

fn rewritten(input: &str, output: Option<&str>, text: &str) -> Result<Rewritten, Error> {
    reprojector(input, output).feature(&RawFeature::alone(text))
}

fn wgs84(text: &str) -> String {
    rewritten("EPSG:32638", None, text).unwrap().wgs84.unwrap()
}

#[test]
fn everything_but_the_coordinates_stays() {
    let text = "{ \"type\":\"Feature\",\"id\" : 1.0,\n\"properties\":{\"n\":[500000,4427757.2187],\"crs\":1},\"geometry\": {\"type\":\"MultiPoint\",\"coordinates\" : [ [500000, 4427757.218738 , 812.50],\r\n[ 5e5,0] ] } }";
    assert_eq!(
        wgs84(text),
        "{ \"type\":\"Feature\",\"id\" : 1.0,\n\"properties\":{\"n\":[500000,4427757.2187],\"crs\":1},\"geometry\": {\"type\":\"MultiPoint\",\"coordinates\" : [ [45, 40 , 812.50],\r\n[ 45,0] ] } }"
    );
}

#[test]
fn what_is_not_true_any_more_goes() {
    let crs = r#""crs":{"type":"name","properties":{"name":"EPSG:32638"}}"#;
    let mut way = reprojector("CRS84", None);
    let text = format!(
        r#"{{"bbox":[1,2,3,4],"type":"Feature",{crs},"properties":{{}},"geometry":{{"type":"Point","coordinates":[500000,0]}}}}"#
    );
    let new = way.feature(&RawFeature::alone(&text)).unwrap();
    assert_eq!(
        new.wgs84.unwrap(),
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[45,0]}}"#
    );
    assert_eq!(way.reports().map(|report| report.boxes_left_out).sum::<u64>(), 1);
    // One on a geometry is meant for that geometry alone.
    let text = format!(
        r#"{{"type":"GeometryCollection","bbox":[1,2,1,2],"geometries":[{{"type":"Point","coordinates":[1,2]}},{{"type":"Point","coordinates":[500000,0],{crs}}}]}}"#
    );
    assert_eq!(
        rewritten("CRS84", None, &text).unwrap().wgs84.unwrap(),
        r#"{"type":"GeometryCollection","bbox":[1,2,1,2],"geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[45,0]}]}"#
    );
}

#[test]
fn what_is_in_wgs84_stays() {
    let text = r#"{"type":"Point","bbox":[1,2,1,2],"coordinates":[1.00,2],"crs":{"type":"name","properties":{"name":"EPSG:4326"}}}"#;
    assert!(rewritten("CRS84", None, text).unwrap().wgs84.is_none());
}

#[test]
fn what_is_in_the_system_to_write_stays_too() {
    let text = r#"{"type":"Point","coordinates":[500000.00,0.0]}"#;
    let new = rewritten("EPSG:32638", Some("EPSG:32638"), text).unwrap();
    assert_eq!(new.wgs84.unwrap(), r#"{"type":"Point","coordinates":[45,0]}"#);
    assert!(new.written.is_none());
    let new = rewritten("CRS84", Some("EPSG:3857"), r#"{"type":"Point","coordinates":[180,0,9]}"#).unwrap();
    assert!(new.wgs84.is_none());
    assert_eq!(new.written.unwrap(), r#"{"type":"Point","coordinates":[20037508.3428,0,9]}"#);
}

#[test]
fn the_culprit_is_named() {
    let error = |input, text: &str| rewritten(input, None, text).unwrap_err().to_string();
    let far = "{\"type\":\"Feature\",\"id\":\"F-1\",\"geometry\":{\"type\":\"LineString\",\n\"coordinates\":[[500000,0],[1e300,4]]}}";
    let text = error("EPSG:32638", far);
    for words in ["line 2", "feature 1 (id F-1)", "geometry.coordinates[1]", "no place in EPSG:32638"] {
        assert!(text.contains(words), "{text}");
    }
    let other =
        r#"{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:3857"}}}"#;
    let text = error("EPSG:32638", other);
    assert!(text.contains("the CRS EPSG:3857, expected EPSG:32638, which is what the options say"), "{text}");
    assert!(error("EPSG:32638", "{\"type\"").contains("not JSON"));
}

/// Nonsense is left to the reader behind; nothing panics or recurses without a bottom.
#[test]
fn nonsense_is_left_alone() {
    let deep =
        format!("{{\"type\":\"Polygon\",\"coordinates\":{}{}}}", "[".repeat(99_999), "]".repeat(99_999));
    let nested =
        "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(5_000) + "1" + &"]}".repeat(5_000);
    for text in [
        &*deep,
        &nested,
        "[]",
        "1",
        r#"{"coordinates":1}"#,
        r#"{"coordinates":[1]}"#,
        r#"{"coordinates":[1,"2"]}"#,
        r#"{"geometry":null,"coordinates":{}}"#,
    ] {
        assert!(rewritten("EPSG:32638", None, text).unwrap().wgs84.is_none(), "{text:.60}");
    }
}
