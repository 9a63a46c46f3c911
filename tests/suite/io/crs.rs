//! Layers in other coordinate reference systems, through the public interface.

use patrol_corridor::io::{
    Crs, LayerKind, LayerOptions, NoProperties, Severity, Source, Transformation, check, read_incidents,
    read_posts, read_routes,
};

const POST: &str = r#"{"type":"Feature","id":"a","properties":{"n":1.0},"geometry":{"type":"Point","coordinates":[500000,4427757.218738]}}"#;

fn crs(name: &str) -> Crs {
    Crs::from_name(name).unwrap()
}

fn member(name: &str) -> String {
    format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#)
}

fn source(text: impl Into<String>) -> Source {
    Source::from_bytes("layer.geojson", text.into().into_bytes()).unwrap()
}

fn told(name: &str) -> LayerOptions {
    LayerOptions::default().with_crs(crs(name))
}

/// `cs2cs`, to 1 mm, in whichever build: what it can't read it says.
#[test]
fn the_program_of_proj_agrees() {
    let table = include_str!("../../fixtures/crs/cs2cs.csv");
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let text = format!(r#"{{"type":"Point","coordinates":[{},{}]}}"#, cells[3], cells[4]);
        let read = read_posts::<NoProperties>(&source(text), &told(cells[0]));
        if cells[0] == "EPSG:28408" && !cfg!(feature = "proj") {
            let error = read.unwrap_err().to_string();
            assert!(error.contains("EPSG:28408") && error.contains("--features proj-static"), "{error}");
            continue;
        }
        let layer = read.unwrap();
        let position = layer.items[0].position;
        let east = (position.lon_deg() - number(1)).abs();
        let east = east.min((360.0 - east).abs()) * number(2).to_radians().cos();
        assert!(east.hypot(position.lat_deg() - number(2)) * 111_320.0 < 1e-3, "{line}: {position:?}");
        assert_eq!(layer.reprojections.is_empty(), cells[0] == "EPSG:4326");
        assert!(layer.warnings.is_empty(), "{line}: {:?}", layer.warnings);
    }
}

/// The four forms of the member, wherever it stands, and the option.
#[test]
fn a_layer_says_its_system_or_is_told() {
    let collection = |before: &str, behind: &str| {
        format!(r#"{{"type":"FeatureCollection"{before},"features":[{POST}]{behind}}}"#)
    };
    let mut texts = vec![(collection("", ""), Some("32638"))];
    for name in [
        "EPSG:32638",
        "urn:ogc:def:crs:EPSG::32638",
        "http://www.opengis.net/def/crs/EPSG/0/32638",
        "http://www.opengis.net/gml/srs/epsg.xml#32638",
    ] {
        let member = format!(",{}", member(name));
        texts.push((collection(&member, ""), None));
        texts.push((collection("", &member), Some("EPSG:32638")));
        let on_feature = POST.replace(r#","properties""#, &format!(r#"{member},"properties""#));
        texts.push((format!("{on_feature}\n{on_feature}").replacen("\"a\"", "\"b\"", 1), None));
        texts.push((POST.replace("]}", &format!("]{member}}}")), None));
    }
    for (text, option) in texts {
        let options = LayerOptions::default().with_crs(option.map(crs));
        let layer =
            read_posts::<NoProperties>(&source(&*text), &options).unwrap_or_else(|e| panic!("{text}: {e}"));
        let position = layer.items[0].position;
        assert_eq!((position.lon_deg(), position.lat_deg()), (45.0, 40.0), "{text}");
        let [done] = &layer.reprojections[..] else { panic!("{text}: {:?}", layer.reprojections) };
        assert!(
            done.from.starts_with("EPSG:32638 (WGS 84 / UTM zone 38N)") && done.to == "WGS84",
            "{done:?}"
        );
        assert_eq!(done.operations[0].accuracy_m, Some(0.0));
    }
}

#[test]
fn a_member_and_an_option_must_agree() {
    let text = format!(r#"{{"type":"FeatureCollection",{},"features":[{POST}]}}"#, member("EPSG:32638"));
    for other in ["EPSG:32639", "CRS84"] {
        let error = read_posts::<NoProperties>(&source(&*text), &told(other)).unwrap_err().to_string();
        assert!(error.contains("the CRS EPSG:32638, expected "), "{error}");
        assert!(error.starts_with("layer.geojson:1: crs: "), "{error}");
    }
    let wgs84 = POST.replace(r#","id""#, &format!(r#",{},"id""#, member("EPSG:4326")));
    assert!(read_posts::<NoProperties>(&source(wgs84), &told("EPSG:32638")).is_err());
}

#[test]
fn a_checksum_is_of_the_bytes_as_they_came() {
    let plain = source(POST);
    let layer = read_posts::<NoProperties>(&plain, &told("EPSG:32638")).unwrap();
    assert_eq!(layer.sha256, plain.sha256());
}

#[test]
fn lines_and_faults_behind_reprojection_keep_their_place() {
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\n\"bbox\":[1,\n2,3,4],\"features\":[{POST},\n{}]}}",
        POST.replace("Point", "Pointed")
    );
    let error = read_posts::<NoProperties>(&source(text), &told("EPSG:32638")).unwrap_err();
    assert_eq!((error.line(), error.feature(), error.id()), (Some(4), Some(2), Some("a")), "{error}");
    let line = r#"{"type":"LineString","coordinates":[[500000,0],[700000,"x"]]}"#;
    let error = read_routes::<NoProperties>(&source(line), &told("EPSG:32638")).unwrap_err().to_string();
    assert!(error.contains("coordinates[1][1]: a string, expected a number"), "{error}");
}

#[test]
fn positions_outside_the_area_are_warned_of() {
    let text = r#"{"type":"MultiPoint","coordinates":[[500000,0],[1500000,4400000],[-400000,4400000]]}"#;
    let layer = read_incidents::<NoProperties>(&source(text), &told("EPSG:32638")).unwrap();
    let [warning] = &layer.warnings[..] else { panic!("{:?}", layer.warnings) };
    let text = warning.to_string();
    assert!(text.contains("2 position(s) outside the area of use of EPSG:32638"), "{text}");
    assert!(text.contains("longitude 42 to 48, latitude 0 to 84"), "{text}");
    let text = r#"{"type":"Point","coordinates":[1e9,1e9]}"#;
    let error = read_incidents::<NoProperties>(&source(text), &told("EPSG:32638")).unwrap_err().to_string();
    assert!(
        error.contains("the position [1000000000, 1000000000], which has no place in EPSG:32638"),
        "{error}"
    );
}

#[test]
fn a_check_tells_what_would_be_done() {
    let found = check(&source(POST), Some(LayerKind::Posts), &in_system(crs("EPSG:32638")));
    let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(found.iter().all(|finding| finding.severity == Severity::Note), "{texts:?}");
    assert!(texts[0].contains("EPSG:32638 (WGS 84 / UTM zone 38N) to WGS84 by "), "{texts:?}");
    assert!(texts[1].contains("area of use of EPSG:32638"), "{texts:?}");
    // Coordinates are checked where they come to lie.
    let found = check(&source(POST), Some(LayerKind::Routes), &in_system(crs("EPSG:32638")));
    assert!(
        found.iter().any(|finding| finding.is_error() && finding.message.contains("expected a LineString"))
    );
    let unknown = check(&source(POST), None, &in_system(crs("EPSG:99999")));
    assert!(unknown[0].is_error() && unknown[0].message.contains("EPSG:99999"), "{unknown:?}");
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    let plain = check(&source(POST), None, &LayerOptions::default());
    assert!(plain[0].is_error() && plain[0].message.contains("out of range"), "{plain:?}");
}

/// Where no feature has a position nothing is computed, and the member is no error for that.
#[test]
fn a_check_takes_a_system_without_positions_as_the_readers_do() {
    let member = member("EPSG:32638");
    let features = r#"[{"type":"Feature","properties":{},"geometry":null}]"#;
    let layer = source(format!(r#"{{"type":"FeatureCollection",{member},"features":{features}}}"#));
    assert_eq!(read_incidents::<NoProperties>(&layer, &LayerOptions::default()).unwrap().items.len(), 1);
    let found = check(&layer, Some(LayerKind::Incidents), &LayerOptions::default());
    assert!(!found.iter().any(|finding| finding.is_error()), "{found:?}");
    assert!(found.iter().any(|finding| finding.message.contains("legacy member `crs`")), "{found:?}");
}

#[test]
fn there_and_back_is_where_it_was() {
    let mut rng = fastrand::Rng::with_seed(9);
    for name in ["EPSG:32638", "EPSG:32760", "EPSG:3857", "EPSG:3031", "EPSG:3995", "EPSG:5041"] {
        let mut there = Transformation::from_wgs84(&crs(name)).unwrap();
        let mut back = Transformation::to_wgs84(&crs(name)).unwrap();
        for _ in 0..200 {
            let (lon, lat) = match name {
                "EPSG:32638" => (42.0 + 6.0 * rng.f64(), 84.0 * rng.f64()),
                "EPSG:32760" => (174.0 + 6.0 * rng.f64(), -80.0 * rng.f64()),
                "EPSG:3031" => (360.0 * rng.f64() - 180.0, -60.0 - 29.9 * rng.f64()),
                "EPSG:3857" => (360.0 * rng.f64() - 180.0, 170.0 * rng.f64() - 85.0),
                _ => (360.0 * rng.f64() - 180.0, 60.0 + 29.9 * rng.f64()),
            };
            let [x, y] = there.convert(lon, lat).unwrap();
            let [lon_back, lat_back] = back.convert(x, y).unwrap();
            let east = (lon - lon_back).abs();
            let east = east.min((360.0 - east).abs()) * lat.to_radians().cos();
            assert!(
                east.hypot(lat - lat_back) * 111_320.0 < 1e-3,
                "{name}: {lon} {lat}: {lon_back} {lat_back}"
            );
        }
    }
}

/// The member's name may be written with escapes.
#[test]
fn escapes_hide_no_system() {
    let member = member("EPSG:32638").replace("\"crs\"", "\"cr\\u0073\"");
    for text in [
        format!(r#"{{"type":"FeatureCollection",{member},"features":[{POST}]}}"#),
        POST.replacen('{', &format!("{{{member},"), 1),
    ] {
        let layer = read_posts::<NoProperties>(&source(text), &LayerOptions::default()).unwrap();
        assert_eq!(layer.items[0].position.lon_deg(), 45.0);
    }
}

fn in_system(crs: Crs) -> LayerOptions {
    LayerOptions::default().with_crs(crs)
}
