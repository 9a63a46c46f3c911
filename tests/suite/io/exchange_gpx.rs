//! GPX as phones, handsets and watches write it.

use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
use patrol_corridor::io::{
    Features, IncidentStream, LayerKind, LayerOptions, NoProperties, ReadLimits, Source, read_posts,
    read_routes,
};
use patrol_corridor::{Edges, PatrolIndex};
use serde_json::json;

use super::exchange::{self, fails, features, gpx, read};
use crate::text::gzip;

const PATROL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- by hand -->
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1" xmlns:x="http://example.org/x">
  <metadata><name>not a feature</name><bounds minlat="-4" minlon="38" maxlat="-3" maxlon="39"/></metadata>
  <wpt lat="-3.3600" lon="38.59000">
    <ele>560.50</ele><time>2026-11-20T06:10:00Z</time><name>Snare &amp; wire</name>
    <link href="http://example.org/1.jpg"><text>picture</text></link>
    <sym>Flag</sym><sat>07</sat>
    <extensions><x:kind>snare</x:kind><x:more><x:count>3</x:count><x:none/></x:more></extensions>
  </wpt>
  <rte><name>R1</name><number>4</number>
    <rtept lat="-3.1" lon="38.1"><ele>1</ele></rtept><rtept lat="-3.2" lon="38.2"/></rte>
  <trk><name><![CDATA[T<1>]]></name>
    <trkseg><trkpt lat="-3.10" lon="38.10"><ele>1</ele><time>2026-11-20T06:00:00Z</time></trkpt>
      <trkpt lat="-3.20" lon="38.20"><ele>2.0</ele><time>2026-11-20T06:05:00Z</time></trkpt></trkseg>
    <trkseg/>
    <trkseg><trkpt lat="-3.3" lon="38.3"/></trkseg>
    <trkseg><trkpt lat="-3.3" lon="38.3"><ele>5</ele></trkpt><trkpt lat="-3.4" lon="38.4"/></trkseg></trk>
  <trk><name>T2</name><trkseg><trkpt lat="-3.3" lon="38.3"/></trkseg></trk>
</gpx>
"#;

#[test]
fn waypoints_routes_and_tracks_are_features() {
    assert_eq!(
        features(gpx, PATROL),
        [
            json!({"type": "Feature", "properties": {
                "gpx_type": "wpt", "ele": 560.5, "time": "2026-11-20T06:10:00Z", "name": "Snare & wire",
                "link": "http://example.org/1.jpg", "sym": "Flag", "sat": 7, "kind": "snare", "count": "3"},
                "geometry": {"type": "Point", "coordinates": [38.59, -3.36, 560.5]}}),
            json!({"type": "Feature", "properties": {"gpx_type": "rte", "name": "R1", "number": 4},
                "geometry": {"type": "LineString", "coordinates": [[38.1, -3.1], [38.2, -3.2]]}}),
            json!({"type": "Feature", "properties": {
                "gpx_type": "trk", "name": "T<1>", "time": "2026-11-20T06:00:00Z"},
                "geometry": {"type": "MultiLineString", "coordinates": [
                    [[38.1, -3.1, 1], [38.2, -3.2, 2.0]], [[38.3, -3.3], [38.4, -3.4]]]}}),
            json!({"type": "Feature", "properties": {"gpx_type": "trk", "name": "T2"}, "geometry": null}),
        ]
    );
    // The digits of coordinates stay.
    let text = exchange::text(&mut gpx("in", PATROL.into(), &ReadLimits::default()).unwrap()).unwrap();
    assert!(String::from_utf8(text).unwrap().contains("[38.59000,-3.3600,560.50]"));
}

#[test]
fn encodings_prefixes_and_packing_change_nothing() {
    let expected = features(gpx, PATROL);
    let in_utf_16 = PATROL.replace("UTF-8", "UTF-16");
    let prefixed = PATROL.replace("xmlns=", "xmlns:g=").replace("x:", "y:");
    let mut with_prefixes = prefixed.clone();
    for tag in ["gpx", "wpt", "rte", "trk", "trkseg", "trkpt", "rtept", "name", "ele", "time"] {
        for end in [" ", ">", "/"] {
            with_prefixes = with_prefixes.replace(&format!("<{tag}{end}"), &format!("<g:{tag}{end}"));
            with_prefixes = with_prefixes.replace(&format!("</{tag}{end}"), &format!("</g:{tag}{end}"));
        }
    }
    assert!(with_prefixes.contains("<g:trkseg/>"));
    for bytes in [
        format!("\u{FEFF}{PATROL}").into_bytes(),
        exchange::utf_16(&in_utf_16, true),
        exchange::utf_16(&in_utf_16, false),
        exchange::utf_16(&in_utf_16, false)[2..].to_vec(),
        // A wrong declaration: its letters would not be readable.
        in_utf_16.into_bytes(),
        PATROL.replace('\n', "\r\n").into_bytes(),
        PATROL.replace(" xmlns=\"http://www.topografix.com/GPX/1/1\"", "").into_bytes(),
        PATROL.replace("1.1", "1.0").replace("GPX/1/1", "GPX/1/0").into_bytes(),
        with_prefixes.into_bytes(),
        gzip(PATROL),
    ] {
        // The replacement of 1.1 touches a latitude of a route too.
        let start = &features(gpx, bytes.clone())[0];
        assert_eq!(start, &expected[0], "{}", String::from_utf8_lossy(&bytes));
        assert_eq!(features(gpx, bytes).len(), 4);
    }
    let latin = |name: &str| {
        let mut text = format!(
            "<?xml version='1.0'   encoding = '{name}' standalone=\"no\"   ?><gpx><wpt lat='1' lon='2'><name>"
        )
        .into_bytes();
        text.extend(b"Caf\xE9</name></wpt></gpx>");
        text
    };
    assert_eq!(features(gpx, latin("ISO-8859-1"))[0]["properties"]["name"], "Café");
    assert_eq!(features(gpx, latin("windows-1252"))[0]["properties"]["name"], "Café");
    let error = fails(gpx, latin("UTF-8"));
    assert!(error.to_string().starts_with("in:1: bytes that are no UTF-8. Convert the file"), "{error}");
    let error = fails(gpx, latin("klingon"));
    assert!(error.to_string().contains("the encoding `klingon`"), "{error}");
}

#[test]
fn what_is_no_number_is_blamed_on_its_feature() {
    let bad = "<gpx>\n<wpt lat='1' lon='2'/>\n<wpt lat='undefined' lon='38'/></gpx>";
    let stream =
        IncidentStream::read("bad.gpx", gpx("bad.gpx", bad.into(), &ReadLimits::default()).unwrap()).unwrap();
    let index = PatrolIndex::new(vec![], vec![], Edges::default()).unwrap();
    let reader = IncidentReader::new(&index, ReadOptions::default());
    let error =
        incidents(IncidentSource::Text(stream), &reader, SourceRun::default(), &mut |_| Ok(())).unwrap_err();
    let (first, count) = error.incidents();
    assert_eq!((count, first[0].feature(), first[0].line()), (1, Some(2), Some(3)), "{}", first[0]);
    assert!(
        first[0].to_string().ends_with("geometry.coordinates[1]: a string, expected a number"),
        "{}",
        first[0]
    );
    for bad in ["<wpt lon='38'/>", "<wpt lat='NaN' lon='38'/>", "<wpt lat='1,5' lon='38'/>"] {
        let text = format!("<gpx>{bad}</gpx>");
        let features = gpx("bad.gpx", text.into(), &ReadLimits::default()).unwrap();
        let source = Source::read("bad.gpx", features).unwrap();
        let error = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err();
        assert_eq!((error.feature(), error.path()), (Some(1), Some("geometry.coordinates[1]")), "{error}");
    }
}

#[test]
fn layers_take_their_kinds_and_count_the_others() {
    let layer = |kind| gpx("in.gpx", PATROL.into(), &ReadLimits::default()).unwrap().for_layer(kind);
    let posts = layer(LayerKind::Posts);
    let passed_over = posts.passed_over();
    let posts = read_posts::<NoProperties>(&Source::read("in.gpx", posts).unwrap(), &LayerOptions::default())
        .unwrap();
    assert_eq!(posts.items.len(), 1);
    let expected = [("a line".to_owned(), 2), ("without a place".to_owned(), 1)];
    assert_eq!(passed_over.counts(), expected);
    let routes = Source::read("in.gpx", layer(LayerKind::Routes)).unwrap();
    let routes = read_routes::<NoProperties>(&routes, &LayerOptions::default()).unwrap();
    assert_eq!(routes.items.len(), 2);
    assert_eq!(routes.items[1].parts().len(), 2);
}

#[test]
fn files_without_features_are_empty_layers() {
    for text in ["<gpx/>", "<gpx></gpx>\n\0\0\0", "<gpx><metadata/></gpx><!-- end -->"] {
        assert_eq!(read(gpx, text).unwrap(), (vec![], vec![]));
        let features = gpx("in.gpx", text.into(), &ReadLimits::default()).unwrap();
        let source = Source::read("in.gpx", features).unwrap();
        let posts = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap();
        assert!(posts.items.is_empty());
    }
}

#[test]
fn what_is_no_gpx_says_so() {
    for (text, message) in [
        ("<html><body/></html>", "in:1: this is no GPX: its first element is <html>"),
        ("\n<kml/>", "in:2: this is no GPX: its first element is <kml>"),
        ("{\"type\":\"Point\"}", "in:1: this is no GPX: it does not begin with `<`"),
        ("", "in:1: this is no GPX: the file is empty"),
        ("PK\x03\x04", "in: this is no GPX: it is a ZIP archive. Name it .kmz, or unpack it"),
        (
            "<gpx>\n<wpt lat='1' lon='2'>\n</gpx>",
            "in:3: damaged XML: expected `</wpt>`, but `</gpx>` was found",
        ),
        ("<gpx>\n<wpt", "in:2: damaged XML: tag not closed"),
        ("<gpx>\n<wpt lat='1' lon='2'>\n", "in:3: the file ends before `</gpx>`: it was cut off"),
        ("<gpx/>\n<gpx/>", "in:2: there is more behind `</gpx>`"),
        ("<gpx><wpt lat=1 lon='2'/></gpx>", "in:1: damaged XML: "),
        ("<gpx><wpt lat='1' lon='2'><name>a & b</name></wpt></gpx>", "in:1: damaged XML: "),
    ] {
        let error = fails(gpx, text);
        assert!(error.to_string().starts_with(message), "{text}: {error}");
        assert!(error.is_input());
    }
    // What comes before the fault is read, and nothing behind it.
    let text = "<gpx><wpt lat='1' lon='2'/></wpt>";
    let mut features = Features::gpx("in", text.as_bytes(), &ReadLimits::default()).unwrap();
    assert!(exchange::text(&mut features).is_err());
    assert_eq!(exchange::text(&mut features).unwrap(), b"");
}
