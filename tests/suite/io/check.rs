//! `check` against files with verdicts, and against the readers whose gate it keeps.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::check;
use patrol_corridor::io::{
    Finding, LayerKind, LayerOptions, MAX_FINDINGS, NoProperties, Severity, Source, check_file,
    read_incidents, read_posts, read_routes,
};

fn fixtures(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(fixtures(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "geojson" || e == "json"));
    found.sort();
    found
}

fn corpora() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        ["rfc7946_examples", "field", "json_parsing"].into_iter().flat_map(files).collect();
    for entry in fs::read_dir(fixtures("geojson_validity")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&format!("geojson_validity/{}", path.file_name().unwrap().to_str().unwrap())));
        }
    }
    assert!(all.len() > 200, "{}", all.len());
    all
}

fn findings(text: &str, layer: Option<LayerKind>) -> Vec<String> {
    check("f", text.as_bytes().to_vec(), layer).iter().map(ToString::to_string).collect()
}

fn verdict(findings: &[Finding]) -> &'static str {
    if findings.iter().any(Finding::is_error) {
        "reject"
    } else if findings.is_empty() {
        "accept"
    } else {
        "warn"
    }
}

#[test]
fn every_verdict_of_the_validity_corpus() {
    let table = fs::read_to_string(fixtures("geojson_validity/verdicts.csv")).unwrap();
    let mut rows = 0;
    let mut wrong = Vec::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.splitn(5, ',').collect();
        let found =
            check_file(fixtures("geojson_validity").join(cells[0]), None, &LayerOptions::default()).unwrap();
        if verdict(&found) != cells[3] {
            wrong.push(format!("{} is {}, expected {}: {found:#?}", cells[0], verdict(&found), cells[3]));
        }
        rows += 1;
    }
    assert_eq!(rows, 69);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two of the examples are sketches of a `bbox`: without `properties`, one with a ring that is left open.
/// One, of a draft, is a polygon with edges of 340 degrees of longitude, which should be cut; the hole
/// of another runs counter-clockwise.
#[test]
fn the_examples_of_the_rfc() {
    let files = files("rfc7946_examples");
    assert_eq!(files.len(), 13);
    for path in files {
        let found = check_file(&path, None, &LayerOptions::default()).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let expected = match name {
            "example_02_a.geojson" | "example_02_c.geojson" => "reject",
            "example_appendix_03_c.geojson" | "example_appendix_06.geojson" => "warn",
            _ => "accept",
        };
        assert_eq!(verdict(&found), expected, "{name}: {found:#?}");
    }
}

/// A file that the check lets pass can be read, whichever the layer.
#[test]
fn the_check_keeps_the_gate_of_the_readers() {
    let mut let_pass = 0;
    for path in corpora() {
        for kind in [LayerKind::Posts, LayerKind::Routes, LayerKind::Incidents] {
            let found = check_file(&path, Some(kind), &LayerOptions::default()).unwrap();
            let options = LayerOptions::default();
            let read = Source::open(&path).and_then(|source| match kind {
                LayerKind::Posts => read_posts::<NoProperties>(&source, &options).map(|_| ()),
                LayerKind::Routes => read_routes::<NoProperties>(&source, &options).map(|_| ()),
                _ => read_incidents::<NoProperties>(&source, &options).map(|_| ()),
            });
            match read {
                Err(error) => assert_eq!(verdict(&found), "reject", "{path:?} as {kind:?}: {error}"),
                Ok(()) => let_pass += usize::from(verdict(&found) != "reject"),
            }
        }
    }
    assert!(let_pass > 50, "{let_pass}");
}

#[test]
fn all_findings_are_told_with_their_lines() {
    let text = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","geometry":{"type":"LineString","coordinates":[[1,2],
  [3],
  ["4",5],
  [6,91]]}},
null,
{"type":"Feature","properties":[],"geometry":{"type":"Point","coordinates":[0,0]}}
]}"#;
    assert_eq!(
        findings(text, None),
        [
            "f:2: error: feature 1 (id a): a Feature without `properties`, expected an object or null",
            "f:3: error: feature 1 (id a), geometry.coordinates[1]: a position of 1 number(s), \
             expected longitude and latitude",
            "f:4: error: feature 1 (id a), geometry.coordinates[2][0]: a string, expected a number",
            "f:5: error: feature 1 (id a), geometry.coordinates[3]: latitude 91 is out of range: \
             are the coordinates in latitude, longitude order?",
            "f:6: error: feature 2: null, expected a Feature object",
            "f:7: error: feature 3, properties: an array, expected an object or null",
        ]
    );
}

#[test]
fn too_many_findings_end_with_a_line_that_says_so() {
    let text =
        format!("{{\"type\":\"MultiPoint\",\"coordinates\":[{}[1]]}}", "[1],\n".repeat(2 * MAX_FINDINGS));
    let found = check("f", text.into(), None);
    assert_eq!(found.len(), MAX_FINDINGS + 1);
    assert!(found[MAX_FINDINGS].message.starts_with("1001 further findings"), "{}", found[MAX_FINDINGS]);
    // Warnings before an error must not hide it.
    let twice =
        "{\"type\":\"Feature\",\"type\":\"Feature\",\"properties\":{},\"geometry\":null},\n".repeat(1100);
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{twice}null]}}");
    let found = check("f", text.into(), None);
    assert!(found.iter().any(|finding| finding.is_error() && finding.line == Some(1101)));
}

#[test]
fn layers_are_stricter_and_milder() {
    let twice = r#"{"type":"Feature","properties":{},"properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    let crs = r#"{"type":"Feature","properties":{},"crs":{"type":"name","properties":{"name":"EPSG:32638"}},"geometry":{"type":"Point","coordinates":[500000,4400000]}}"#;
    let bare = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}"#;
    let known =
        r#"{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:4326"}}}"#;
    for (text, alone, as_posts) in
        [(twice, "warn", "reject"), (crs, "warn", "warn"), (bare, "reject", "warn"), (known, "warn", "warn")]
    {
        assert_eq!(verdict(&check("f", text.into(), None)), alone, "{text}");
        let found = check("f", text.into(), Some(LayerKind::Posts));
        assert_eq!(verdict(&found), as_posts, "{text}: {found:#?}");
    }
    // One unknown CRS is one finding, not one for each coordinate that is out of range under it.
    let unknown = crs.replace("32638", "99999");
    assert_eq!(findings(&unknown, Some(LayerKind::Incidents)).len(), 1);
}

#[test]
fn layers_tell_what_does_not_fit() {
    let polygon = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
    assert_eq!(findings(polygon, Some(LayerKind::Incidents)), [""; 0]);
    let found = findings(polygon, Some(LayerKind::Posts));
    assert_eq!(found, ["f:1: error: feature 1: a Polygon, expected a Point or MultiPoint"]);
    let lines = "{\"type\":\"Feature\",\"id\":1,\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[0,0]}}\n";
    let found = findings(&lines.repeat(2), Some(LayerKind::Posts));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("f:2: error: feature 2 (id 1): the id 1 is already that of feature 1 (line 1)")
    );
    assert_eq!(findings(&lines.repeat(2), Some(LayerKind::Incidents)), [""; 0]);
    let still = r#"{"type":"LineString","coordinates":[[1,2],[1,2]]}"#;
    let found = check("f", still.into(), Some(LayerKind::Routes));
    assert_eq!(verdict(&found), "warn");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn doubtful_shapes_are_warnings() {
    for (text, expected) in [
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}"#,
            "coordinates[0]: an outer ring that runs clockwise",
        ),
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"#,
            "coordinates[0]: an outer ring that crosses",
        ),
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[20,1],[20,2],[21,2],[20,1]]]}"#,
            "coordinates[1]: a hole that does not lie inside",
        ),
        (
            r#"{"type":"LineString","coordinates":[[179,0],[-179,0]]}"#,
            "coordinates: an edge of more than 180 degrees",
        ),
        (
            r#"{"type":"Point","coordinates":[1,2],"bbox":[0,0,1,1]}"#,
            "bbox: a box that does not hold the position [1, 2]",
        ),
        (r#"{"type":"Point","coordinates":[1,2],"bbox":[0,9,1,1]}"#, "bbox: south 9 above north 1"),
        (r#"{"type":"Point","coordinates":[1,2],"bbox":[0,0,0,9,9,9]}"#, "bbox: a box of 6 numbers"),
        (
            r#"{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[1,2],[1,2]]}]}"#,
            "geometries[0].coordinates: a line of zero length",
        ),
    ] {
        let found = findings(text, None);
        assert!(
            found.iter().any(|line| line.starts_with(&format!("f:1: warning: {expected}"))),
            "{text}: {found:?}"
        );
        assert!(found.iter().all(|line| !line.contains("error:")), "{text}: {found:?}");
    }
    for fine in [
        r#"{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}"#,
        r#"{"type":"MultiPoint","coordinates":[[179,0],[-179,0]],"bbox":[178,-1,-178,1]}"#,
        r#"{"type":"Point","coordinates":[1,2,3],"bbox":[0,0,0,9,9,9]}"#,
    ] {
        assert_eq!(findings(fine, None), [""; 0], "{fine}");
    }
}

#[test]
fn a_hole_across_the_antimeridian_lies_inside_its_ring() {
    for (west, east) in [("175", "-175"), ("-175", "-174"), ("174", "175")] {
        let hole = format!("[{west},5],[{east},5],[{east},-5],[{west},-5],[{west},5]");
        for outer in [
            "[-170,10],[170,10],[170,-10],[-170,-10],[-170,10]",
            "[170,-10],[-170,-10],[-170,10],[170,10],[170,-10]",
        ] {
            let text = format!(r#"{{"type":"Polygon","coordinates":[[{outer}],[{hole}]]}}"#);
            let found = findings(&text, None);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains("cut at the antimeridian"), "{found:?}");
        }
    }
}

#[test]
fn a_box_around_a_collection_names_no_feature() {
    let text = r#"{"type":"FeatureCollection","bbox":[0,0,1,1],"features":[
{"type":"Feature","bbox":[0,0,1,1],"properties":{},"geometry":{"type":"Point","coordinates":[5,5]}}]}"#;
    let found = findings(text, None);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("f:1: warning: bbox: a box"), "{}", found[0]);
    assert!(found[1].starts_with("f:2: warning: feature 1, bbox: a box"), "{}", found[1]);
}

#[test]
fn a_finding_is_also_data() {
    let found = check("dir/f.geojson", b"{\"type\":\"Point\"\n,}".to_vec(), None);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].severity), (Some(2), Severity::Error));
    let value = serde_json::to_value(&found[0]).unwrap();
    assert_eq!((&value["file"], &value["severity"]), (&"dir/f.geojson".into(), &"error".into()));
    assert!(found[0].message.starts_with("not JSON: "), "{}", found[0]);
}

/// Bytes that are changed, lost or doubled at random: an answer each time, and the readers' gate is kept.
#[test]
fn broken_files_have_an_answer() {
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let pieces: [&[u8]; 14] =
        [b"[", b"]", b"{", b"}", b",", b":", b"\"", b"\\", b"0", b"-", b"9e9", b"null", b"\n", b"\x1e"];
    for path in corpora() {
        let bytes = fs::read(&path).unwrap();
        if bytes.is_empty() || bytes.len() > 20_000 {
            continue;
        }
        for _ in 0..ROUNDS {
            let mut broken = bytes.clone();
            for _ in 0..=random(3) {
                let (from, piece) = (random(broken.len()), pieces[random(pieces.len())]);
                let to = (from + random(4)).min(broken.len());
                broken.splice(from..to, piece.iter().copied());
            }
            for kind in [LayerKind::Posts, LayerKind::Routes, LayerKind::Incidents] {
                let found = check("x", broken.clone(), Some(kind));
                let options = LayerOptions::default();
                let read = Source::from_bytes("x", broken.clone()).and_then(|source| match kind {
                    LayerKind::Posts => read_posts::<NoProperties>(&source, &options).map(|_| ()),
                    LayerKind::Routes => read_routes::<NoProperties>(&source, &options).map(|_| ()),
                    _ => read_incidents::<NoProperties>(&source, &options).map(|_| ()),
                });
                if let Err(error) = read {
                    let text = String::from_utf8_lossy(&broken);
                    assert_eq!(verdict(&found), "reject", "{path:?} as {kind:?}: {error}\n{text}");
                }
            }
        }
    }
}

/// How often each file is broken.
const ROUNDS: usize = 20;
