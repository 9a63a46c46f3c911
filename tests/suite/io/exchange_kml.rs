//! KML and KMZ as Google Earth writes them.

use patrol_corridor::io::{
    IncidentStream, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts, read_routes,
};
use serde_json::{Value, json};

use super::exchange::{fails, features, gpx, kml, kmz, read, utf_16, zip};
use crate::text::gzip;

const RANGE: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Document><name>range.kml</name><open>1</open>
<Style id="s"><IconStyle><Icon><href>http://example.org/pin.png</href></Icon></IconStyle></Style>
<Schema name="Route" id="R"><SimpleField type="int" name="half_width_m"><displayName>m</displayName></SimpleField>
  <SimpleField type="xsd:double" name="km"/><SimpleField type="bool" name="open"/><SimpleField type="string" name="code"/></Schema>
<Folder><name>Tsavo</name>
  <Folder><name>Posts &amp; gates</name>
    <Placemark id="P1"><name>Voi HQ</name><visibility>0</visibility><address>Voi</address>
      <description><![CDATA[<b>main</b> & old]]></description>
      <LookAt><longitude>1</longitude><latitude>2</latitude></LookAt><styleUrl>#s</styleUrl>
      <TimeStamp><when>2026-11-20T06:10:00Z</when></TimeStamp>
      <ExtendedData><Data name="staff"><displayName>Staff</displayName><value> 12 </value></Data>
        <Data name="none"><value/></Data><Data name="folder"><value>own</value></Data></ExtendedData>
      <Point><altitudeMode>absolute</altitudeMode><coordinates> 38.5900,-3.3600,0 </coordinates></Point></Placemark>
  </Folder>
  <Placemark><name>R</name><TimeSpan><begin>2026-01-01</begin><end>2026-02-01</end></TimeSpan>
    <ExtendedData><SchemaData schemaUrl="#R"><SimpleData name="half_width_m">2500</SimpleData>
      <SimpleData name="km">1.50</SimpleData><SimpleData name="open">1</SimpleData>
      <SimpleData name="code">007</SimpleData><SimpleData name="other">8</SimpleData></SchemaData></ExtendedData>
    <LineString><coordinates>
      38.1,-3.1,5
      38.2, -3.2, 6
    </coordinates></LineString></Placemark>
</Folder>
<Placemark><name>area</name><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,4 0,0</coordinates></LinearRing></outerBoundaryIs>
  <innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>
<Placemark><name>ring</name><LinearRing><coordinates>0,0,1 4,0,1 4,4,1</coordinates></LinearRing></Placemark>
<Placemark><name>lines</name><MultiGeometry><LineString><coordinates>0,0,1 1,1,1</coordinates></LineString>
  <MultiGeometry><LineString><coordinates>2,2,1 3,3</coordinates></LineString></MultiGeometry></MultiGeometry></Placemark>
<Placemark><name>mixed</name><MultiGeometry><Point><coordinates>0,0</coordinates></Point>
  <LineString><coordinates>2,2 3,3</coordinates></LineString><Model/></MultiGeometry></Placemark>
<Placemark><name>track</name><gx:Track><when>2026-05-28T02:02:09Z</when><when>2026-05-28T02:02:35Z</when>
  <gx:coord>38.2 -3.3 156.0</gx:coord><gx:coord/><gx:coord>38.3 -3.4 152.0</gx:coord></gx:Track></Placemark>
<Placemark><name>tracks</name><gx:MultiTrack><gx:interpolate>0</gx:interpolate>
  <gx:Track><gx:coord>1 1 0</gx:coord><gx:coord>2 2 0</gx:coord></gx:Track>
  <gx:Track><gx:coord>3 3 0</gx:coord><gx:coord>4 4 0</gx:coord></gx:Track>
  <gx:Track><gx:coord>5 5 0</gx:coord></gx:Track></gx:MultiTrack></Placemark>
<Placemark><name>nothing</name></Placemark>
<Placemark><name>house</name><Model><Location><longitude>1</longitude></Location></Model></Placemark>
<NetworkLink><name>n</name><Link><href>http://127.0.0.1:1/more.kml</href></Link></NetworkLink>
<GroundOverlay><name>g</name></GroundOverlay><ScreenOverlay/><PhotoOverlay><Point><coordinates>9,9</coordinates></Point></PhotoOverlay>
<gx:Tour><gx:Playlist/></gx:Tour>
</Document></kml>
"##;

fn feature(name: &str) -> Value {
    let found = features(kml, RANGE).into_iter().find(|feature| feature["properties"]["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn placemarks_are_features_with_their_folders_and_data() {
    assert_eq!(
        feature("Voi HQ"),
        json!({"type": "Feature", "id": "P1", "properties": {
            "name": "Voi HQ", "address": "Voi", "description": "<b>main</b> & old", "time": "2026-11-20T06:10:00Z",
            "folder": "Tsavo/Posts & gates", "staff": "12", "folder_2": "own"},
            "geometry": {"type": "Point", "coordinates": [38.59, -3.36, 0]}})
    );
    assert_eq!(
        feature("R"),
        json!({"type": "Feature", "properties": {
            "name": "R", "time": "2026-01-01", "time_end": "2026-02-01", "folder": "Tsavo", "half_width_m": 2500,
            "km": 1.5, "open": true, "code": "007", "other": "8"},
            "geometry": {"type": "LineString", "coordinates": [[38.1, -3.1, 5], [38.2, -3.2, 6]]}})
    );
}

#[test]
fn geometries_of_each_kind() {
    for (name, expected) in [
        (
            "area",
            json!({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]]}),
        ),
        ("ring", json!({"type": "LineString", "coordinates": [[0, 0, 1], [4, 0, 1], [4, 4, 1], [0, 0, 1]]})),
        // One position without a height: none has one.
        ("lines", json!({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]], [[2, 2], [3, 3]]]})),
        (
            "mixed",
            json!({"type": "GeometryCollection", "geometries": [
                {"type": "Point", "coordinates": [0, 0]}, {"type": "LineString", "coordinates": [[2, 2], [3, 3]]}]}),
        ),
        ("track", json!({"type": "LineString", "coordinates": [[38.2, -3.3, 156.0], [38.3, -3.4, 152.0]]})),
        (
            "tracks",
            json!({"type": "MultiLineString", "coordinates": [[[1, 1, 0], [2, 2, 0]], [[3, 3, 0], [4, 4, 0]]]}),
        ),
        ("nothing", Value::Null),
    ] {
        assert_eq!(feature(name)["geometry"], expected, "{name}");
    }
    assert_eq!(feature("track")["properties"]["time"], "2026-05-28T02:02:09Z");
}

#[test]
fn links_are_not_followed_and_what_is_no_feature_is_counted() {
    let (features, passed_over) = read(kml, RANGE).unwrap();
    assert_eq!(features.len(), 9);
    let expected = [("a model", 2), ("a network link", 1), ("a tour", 1), ("an overlay", 3)];
    assert_eq!(passed_over, expected.map(|(kind, count)| (kind.to_owned(), count)));
}

#[test]
fn versions_encodings_and_packing_change_nothing() {
    let expected = features(kml, RANGE);
    for bytes in [
        RANGE.replace("http://www.opengis.net/kml/2.2", "http://earth.google.com/kml/2.1").into_bytes(),
        RANGE.replace(" xmlns=\"http://www.opengis.net/kml/2.2\"", "").into_bytes(),
        // A document without <kml>; the prefix is never declared, which nobody minds.
        RANGE[RANGE.find("<Document>").unwrap()..].replace("</kml>", "").into_bytes(),
        RANGE.replace("gx:", "").into_bytes(),
        utf_16(&RANGE.replace("UTF-8", "utf-16"), false),
        gzip(RANGE),
    ] {
        assert_eq!(features(kml, bytes.clone()), expected, "{}", String::from_utf8_lossy(&bytes));
    }
    let png: &[u8] = b"\x89PNG";
    let other = b"<kml><Placemark><name>other</name></Placemark></kml>";
    for (entries, passed_over) in [
        (vec![("files/pin.png", png), ("doc.kml", RANGE.as_bytes())], 0),
        (vec![("a.kml", &other[..]), ("DOC.KML", RANGE.as_bytes()), ("b.kml", &other[..])], 2),
        (vec![("sub/doc.kml", &other[..]), ("range.kml", RANGE.as_bytes())], 1),
        (vec![("__MACOSX/sub/._doc.kml", png), ("sub/doc.kml", RANGE.as_bytes())], 0),
    ] {
        let (found, counts) = read(kmz, zip(&entries)).unwrap();
        assert_eq!(found, expected, "{:?}", entries.iter().map(|entry| entry.0).collect::<Vec<_>>());
        let count = counts.iter().find(|(kind, _)| kind == "another document in the archive");
        assert_eq!(count.map_or(0, |(_, count)| *count), passed_over);
    }
}

#[test]
fn layers_take_their_kinds() {
    let source = |kind| {
        let features =
            kmz("range.kmz", zip(&[("doc.kml", RANGE.as_bytes())]), &ReadLimits::default()).unwrap();
        Source::read("range.kmz", features.for_layer(kind)).unwrap()
    };
    let posts = read_posts::<NoProperties>(&source(LayerKind::Posts), &LayerOptions::default()).unwrap();
    assert_eq!((posts.items.len(), posts.items[0].id.to_string()), (1, "P1".to_owned()));
    let routes = read_routes::<NoProperties>(&source(LayerKind::Routes), &LayerOptions::default()).unwrap();
    assert_eq!(routes.items.len(), 5);
    assert_eq!(routes.items[0].half_width_m(), Some(2500.0));
    let all = kml("range.kml", RANGE.into(), &ReadLimits::default()).unwrap();
    assert_eq!(IncidentStream::read("range.kml", all).unwrap().file(), "range.kml");
}

#[test]
fn bad_coordinates_are_blamed_on_their_feature() {
    for bad in ["north,3", "1", "1,2,3,4", "1;2", "1,95"] {
        let text = format!(
            "<kml>\n<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark><Placemark>\n\n\
             <Point><coordinates>{bad}</coordinates></Point></Placemark></kml>"
        );
        let source =
            Source::read("bad.kml", kml("bad.kml", text.into(), &ReadLimits::default()).unwrap()).unwrap();
        let error = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err();
        assert_eq!(
            (error.file(), error.feature(), error.line()),
            (Some("bad.kml"), Some(2), Some(2)),
            "{error}"
        );
    }
}

#[test]
fn what_is_no_kml_says_so() {
    for (text, message) in [
        ("<html><body/></html>", "in:1: this is no KML: its first element is <html>"),
        ("<gpx/>", "in:1: this is no KML: its first element is <gpx>"),
        ("PK\x03\x04", "in: this is no KML: it is KMZ, a ZIP archive."),
        ("<kml><Document>", "in:1: the file ends before `</kml>`"),
        ("<kml><Placemark><Point><coordinates>1,2</Point>", "in:1: damaged XML: expected `</coordinates>`"),
    ] {
        let error = fails(kml, text);
        assert!(error.to_string().starts_with(message), "{text}: {error}");
    }
    assert!(fails(gpx, RANGE).to_string().contains("this is no GPX: its first element is <kml>"));
}

#[test]
fn what_is_no_kmz_says_so() {
    let good = zip(&[("doc.kml", RANGE.as_bytes())]);
    let error = fails(kmz, RANGE);
    assert!(error.to_string().starts_with("in: this is no KMZ: "), "{error}");
    let error = fails(kmz, zip(&[("a.txt", b"")]));
    assert!(error.to_string().starts_with("in: no KML document in this archive"), "{error}");
    let error = fails(kmz, zip(&[("a.kml", b"<kml>\n<a></b></kml>")]));
    assert!(error.to_string().starts_with("in/a.kml:2: damaged XML: expected `</a>`"), "{error}");
    // One bit of the packed text, and one of its checksum in the directory.
    let mut broken = good.clone();
    broken[200] ^= 4;
    assert!(fails(kmz, broken).to_string().starts_with("in/doc.kml"));
    let directory = good.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    let mut broken = good.clone();
    broken[directory + 16] ^= 1;
    let error = fails(kmz, broken);
    assert!(error.to_string().contains("a damaged ZIP archive: copy or export it again"), "{error}");
    let mut encrypted = good.clone();
    encrypted[directory + 8] |= 1;
    let error = fails(kmz, encrypted);
    assert!(error.to_string().starts_with("in: doc.kml in this archive is encrypted"), "{error}");
    let mut packed = good;
    packed[directory + 10] = 12;
    let error = fails(kmz, packed);
    assert!(
        error.to_string().contains("doc.kml is packed by Bzip2")
            || error.to_string().contains("not by deflate"),
        "{error}"
    );
}
