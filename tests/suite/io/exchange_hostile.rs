//! Files made to bring down their readers: an error, in bounded memory, and no panic.

use std::io::{Cursor, Read};

use fastrand::Rng;
use patrol_corridor::io::{Features, ReadLimits};
use patrol_corridor::{Error, Limit};

use super::exchange::{Open, fails, features, gpx, kml, kmz, read, text, zip};
use crate::text::gzip;

const GPX: &str = "<?xml version='1.0'?><gpx><wpt lat='1' lon='2'><ele>3</ele><name>a &#38; b</name></wpt>\
                   <trk><extensions><a><b>1</b></a></extensions><trkseg><trkpt lat='1' lon='2'/><trkpt lat='1' lon='3'/>\
                   </trkseg></trk></gpx>";
const KML: &str = "<kml><Document><Schema id='S'><SimpleField type='int' name='n'/></Schema><Folder><name>F</name>\
                   <Placemark id='p'><name>x</name><ExtendedData><SchemaData schemaUrl='#S'><SimpleData name='n'>1</SimpleData>\
                   </SchemaData><Data name='d'><value>v</value></Data></ExtendedData><MultiGeometry><Point><coordinates>1,2,3\
                   </coordinates></Point><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1</coordinates>\
                   </LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark></Folder></Document></kml>";

/// Behind its start such a text goes on for ever.
fn endless(open: &str, again: &'static [u8]) -> impl Read + Send + 'static {
    struct Again(&'static [u8], usize);
    impl Read for Again {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            for byte in buffer.iter_mut() {
                *byte = self.0[self.1];
                self.1 = (self.1 + 1) % self.0.len();
            }
            Ok(buffer.len())
        }
    }
    Cursor::new(open.to_owned()).chain(Again(again, 0))
}

#[test]
fn elements_nested_too_deep_are_an_error() {
    let deep = |start: &str, tag: &str| format!("{start}{}", format!("<{tag}>").repeat(1_000_000));
    for (open, start, tag) in [
        (gpx as Open, "<gpx>", "a"),
        (gpx, "<gpx>", "gpx"),
        (gpx, "<gpx><wpt lat='1' lon='2'>", "a"),
        (gpx, "<gpx><trk><extensions>", "trk"),
        (kml, "", "kml"),
        (kml, "<kml>", "Folder"),
        (kml, "<kml><Placemark>", "MultiGeometry"),
        (kml, "<kml><Placemark><name>", "b"),
        (kml, "<kml><Placemark><Polygon>", "LinearRing"),
        (kml, "<kml><Placemark><ExtendedData>", "x"),
    ] {
        let error = fails(open, deep(start, tag));
        assert!(error.to_string().contains("more than 1000 elements are nested"), "{start}{tag}: {error}");
        assert_eq!(error.exceeded(), Some(Limit::Record));
    }
}

#[test]
fn a_million_attributes_take_linear_time() {
    let attributes: String = (0..1_000_000).map(|number| format!(" a{number}=''")).collect();
    let found = features(gpx, format!("<gpx><wpt{attributes} lat='1' lon='2'/></gpx>"));
    assert_eq!(found[0]["geometry"]["coordinates"], serde_json::json!([2, 1]));
    assert_eq!(
        features(kml, format!("<kml{attributes}><Placemark{attributes} id='7'/></kml>"))[0]["id"],
        "7"
    );
}

#[test]
fn a_feature_without_end_is_held_to_the_limit() {
    let limits = ReadLimits::default().with_record_bytes(200_000);
    let gpx = |start: &str, again| Features::gpx("in", endless(start, again), &limits);
    let kml = |start: &str, again| Features::kml("in", endless(start, again), &limits);
    for opened in [
        gpx("<gpx><!--", b"a"),
        gpx("<gpx", b" a='1'"),
        gpx("<", b"a"),
        gpx("<gpx><wpt lat='1' lon='2'><name>", b"a"),
        gpx("<gpx><wpt lat='1' lon='2'><name>", b"&amp;"),
        gpx("<gpx><wpt lat='1' lon='2'><name>&", b"a"),
        gpx("<gpx><wpt lat='1' lon='2'><name><![CDATA[", b"]"),
        gpx("<gpx><wpt lat='1' lon='2'>", b"<a>1</a>"),
        gpx("<gpx><wpt lat='", b"1"),
        gpx("<gpx><trk><trkseg>", b"<trkpt lat='1' lon='2'/>"),
        gpx("<gpx><trk>", b"<trkseg/>"),
        gpx("<!DOCTYPE gpx [", b"<!ENTITY a 'b'>"),
        gpx("<?", b"x"),
        kml("<kml><Placemark>", b"<Point><coordinates>1,2</coordinates></Point>"),
        kml("<kml><Placemark><LineString><coordinates>", b"1,2 "),
        kml("<kml><Placemark><Polygon><innerBoundaryIs>", b"<coordinates/>"),
        kml("<kml><Placemark><ExtendedData>", b"<Data name='a'><value>b</value></Data>"),
        kml("<kml><Placemark><ExtendedData><SchemaData>", b"<SimpleData name='a'>1</SimpleData>"),
        kml("<kml><Schema id='s'>", b"<SimpleField name='a' type='int'/>"),
        kml("<kml>", b"<Schema id='s' name='t'><SimpleField name='a' type='int'/></Schema>"),
        kml("<kml><Folder><name>", b"a"),
        kml("<kml><Document>", b"<Folder><name>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</name>"),
        kml("<kml><Folder><description>", b"a"),
    ] {
        let error = opened.and_then(|mut features| text(&mut features)).unwrap_err();
        assert_eq!(error.exceeded(), Some(Limit::Record), "{error}");
        assert_eq!(error.file(), Some("in"));
    }
}

#[test]
fn packed_data_that_unpacks_too_far_is_an_error() {
    let limits = ReadLimits::default().with_inflated_bytes(1_000_000);
    let bomb = format!(
        "<kml>{}</kml>",
        "<!--aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-->".repeat(100_000)
    );
    let packed = zip(&[("doc.kml", bomb.as_bytes())]);
    assert!(packed.len() < 50_000);
    for opened in [kmz("in", packed.clone(), &limits), kml("in", gzip(&bomb), &limits)] {
        let error = opened.and_then(|mut features| text(&mut features)).unwrap_err();
        assert_eq!(error.exceeded(), Some(Limit::Inflated), "{error}");
    }
    assert!(read(kmz, packed).unwrap().0.is_empty());
}

#[test]
fn entities_of_document_types_are_never_expanded() {
    let cyclic = "<!ENTITY a '&b;'><!ENTITY b '&a;'>";
    let many = "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>";
    let outside = "<!ENTITY b SYSTEM 'file:///etc/passwd'>";
    for declared in [cyclic, many, outside, ""] {
        let head = format!("<!DOCTYPE d [{declared}]>");
        let error = fails(kml, format!("{head}\n<kml><Placemark><name>&b;</name></Placemark></kml>"));
        assert!(
            error.to_string().starts_with("in:2: `&b;` is none of the entities that are read"),
            "{error}"
        );
        let error = fails(gpx, format!("{head}\n<gpx><wpt lat='&b;' lon='1'/></gpx>"));
        assert!(error.to_string().starts_with("in:2: "), "{error}");
        // Declared and not used they are no matter.
        let unused = format!("{head}<kml><Placemark><name>&lt;&#65;&#x42;&quot;</name></Placemark></kml>");
        assert_eq!(features(kml, unused)[0]["properties"]["name"], "<AB\"");
    }
}

#[test]
fn files_that_are_cut_off_are_errors_wherever_they_end() {
    let archive = zip(&[("a.png", b"12345"), ("doc.kml", KML.as_bytes())]);
    for (open, bytes) in [(gpx as Open, GPX.as_bytes()), (kml, KML.as_bytes()), (kmz, &archive)] {
        assert!(read(open, bytes).is_ok());
        for end in 0..bytes.len() {
            let error = fails(open, &bytes[..end]);
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}

#[test]
fn random_changes_never_panic() {
    let archive = zip(&[("a.png", b"12345"), ("doc.kml", KML.as_bytes())]);
    let mut rng = Rng::with_seed(11);
    for (open, bytes) in [(gpx as Open, GPX.as_bytes()), (kml, KML.as_bytes()), (kmz, &archive)] {
        for _ in 0..3_000 {
            let mut bytes = bytes.to_vec();
            for _ in 0..rng.usize(1..4) {
                let at = rng.usize(..bytes.len());
                match rng.u8(..4) {
                    0 => bytes[at] = rng.u8(..),
                    1 => drop(bytes.drain(at..(at + rng.usize(..40)).min(bytes.len() - 1).max(at))),
                    2 => bytes.insert(at, *rng.choice(b"<>&;'\"/ ,\0").unwrap()),
                    _ => {
                        let end = (at + rng.usize(..60)).min(bytes.len());
                        let copy = bytes[at..end].to_vec();
                        let to = rng.usize(..bytes.len());
                        bytes.splice(to..to, copy);
                    }
                }
            }
            let _: Result<_, Error> = read(open, bytes);
        }
    }
}
