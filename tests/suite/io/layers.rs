//! The rules of the layers, and the sentences that tell where one is broken.

use crate::support::check;
use patrol_corridor::io::{
    LayerKind, LayerOptions, NoProperties, Source, feature_text, read_incidents, read_posts, read_routes,
};
use patrol_corridor::{Error, FeatureId, IncidentGeometry, ObservationPost, PatrolRoute, Position, Region};

fn source(text: &str) -> Source {
    Source::from_bytes("f.geojson", text.into()).unwrap()
}

fn posts(text: &str, options: &LayerOptions) -> Result<Vec<ObservationPost>, Error> {
    read_posts::<NoProperties>(&source(text), options).map(|layer| layer.items)
}

fn routes(text: &str, options: &LayerOptions) -> Result<Vec<PatrolRoute>, Error> {
    read_routes::<NoProperties>(&source(text), options).map(|layer| layer.items)
}

fn post(properties: &str) -> String {
    format!(
        r#"{{"type":"Feature","id":"p","properties":{properties},"geometry":{{"type":"Point","coordinates":[1,2]}}}}"#
    )
}

fn line(properties: &str) -> String {
    format!(
        r#"{{"type":"Feature","id":"r","properties":{properties},"geometry":{{"type":"LineString","coordinates":[[1,2],[1,3]]}}}}"#
    )
}

fn plain() -> LayerOptions {
    LayerOptions::default()
}

#[test]
fn the_small_field_is_read_whole() {
    let open = |name: &str| {
        Source::open(format!("{}/tests/fixtures/field/{name}.geojson", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    #[derive(serde::Deserialize)]
    struct Mine {
        zone: String,
        offset_m: f64,
    }
    let posts = read_posts::<Mine>(&open("posts"), &plain()).unwrap();
    assert_eq!((posts.items.len(), posts.properties.len(), posts.features), (27, 27, 27));
    assert_eq!(posts.file, "posts.geojson");
    assert_eq!(posts.items[0].id, FeatureId::text("OP-01"));
    assert_eq!(posts.items[0].position, Position::from_lon_lat(46.546782, 39.586975).unwrap());
    assert!(posts.properties.iter().all(|mine| mine.offset_m == 350.0));
    assert_eq!(posts.properties[0].zone, "lachin");
    let routes = read_routes::<NoProperties>(&open("routes"), &plain()).unwrap();
    assert_eq!(routes.items.len(), 5);
    assert_eq!(routes.items[0].corridor.as_deref(), Some("Lachin"));
    assert_eq!(routes.items[0].half_width_m(), Some(2500.0));
    assert!(routes.warnings.is_empty() && posts.warnings.is_empty());
    let incidents = read_incidents::<NoProperties>(&open("incidents"), &plain()).unwrap();
    assert_eq!(incidents.items.len(), 3);
}

#[test]
fn a_multipoint_is_a_post_a_position() {
    let text = r#"{"type":"Feature","properties":{"id":7,"name":"Twin"},"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4,5,6]]}}"#;
    let layer = read_posts::<serde_json_value::Value>(&source(text), &plain()).unwrap();
    let ids: Vec<&FeatureId> = layer.items.iter().map(|post| &post.id).collect();
    assert_eq!(ids, [&FeatureId::text("7/1"), &FeatureId::text("7/2")]);
    assert!(layer.items.iter().all(|post| post.name.as_deref() == Some("Twin")));
    assert_eq!(layer.items[1].position, Position::from_lon_lat(3.0, 4.0).unwrap());
    assert_eq!((layer.features, layer.properties.len()), (1, 2));
}

/// A stand-in for a caller's map of properties.
mod serde_json_value {
    pub type Value = std::collections::BTreeMap<String, serde_json::Value>;
}

#[test]
fn ids_come_from_three_sources_and_keep_their_kind() {
    let text = [
        r#"{"type":"Feature","id":"1","properties":{"id":6},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
        r#"{"type":"Feature","id":1,"properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
        r#"{"type":"Feature","id":null,"properties":{"id":"x"},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
        r#"{"type":"Feature","properties":{"id":null},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
    ]
    .join("\n");
    let ids: Vec<FeatureId> = posts(&text, &plain()).unwrap().into_iter().map(|post| post.id).collect();
    assert_eq!(ids, [FeatureId::text("1"), FeatureId::from(1), FeatureId::text("x"), FeatureId::text("#4")]);
    let named = plain().with_id_field("code");
    assert_eq!(posts(&post(r#"{"code":8}"#), &named).unwrap()[0].id, FeatureId::from(8));
}

#[test]
fn names_and_corridors_are_texts_or_numbers() {
    for (properties, name) in [
        (r#"{"name":"Hill \u00e9"}"#, Some("Hill é")),
        (r#"{"name":12.50}"#, Some("12.50")),
        (r#"{"name":null}"#, None),
        ("null", None),
        (r#"{"name":["x"]}"#, None),
    ] {
        let layer = read_posts::<NoProperties>(&source(&post(properties)), &plain()).unwrap();
        assert_eq!(layer.items[0].name.as_deref(), name, "{properties}");
        assert_eq!(layer.warnings.len(), usize::from(properties.contains('[')), "{properties}");
        for warning in layer.warnings {
            let expected =
                "f.geojson:1: warning: feature 1 (id p), properties.name: an array, expected a string";
            assert!(warning.to_string().starts_with(expected), "{warning}");
        }
    }
    let options = plain().with_name_field("label");
    assert_eq!(posts(&post(r#"{"label":"A","name":"B"}"#), &options).unwrap()[0].name.as_deref(), Some("A"));
    assert_eq!(posts(&post(r#"{"name":"B"}"#), &options).unwrap()[0].name, None);
    let corridor = |properties: &str| routes(&line(properties), &plain()).unwrap()[0].corridor.clone();
    assert_eq!(corridor(r#"{"corridor":"Lachin"}"#).as_deref(), Some("Lachin"));
    assert_eq!(corridor(r#"{"corridor":5}"#).as_deref(), Some("5"));
    assert_eq!(corridor(r#"{"corridor":null}"#), None);
}

#[test]
fn half_widths_are_the_routes_own_or_the_options() {
    let width = |properties: &str, option: Option<f64>| {
        let options = plain().with_half_width_m(option);
        routes(&line(properties), &options).map(|routes| routes[0].half_width_m())
    };
    assert_eq!(width("{}", None).unwrap(), None);
    assert_eq!(width(r#"{"half_width_m":2.5e3}"#, Some(9.0)).unwrap(), Some(2500.0));
    assert_eq!(width(r#"{"half_width_m":null}"#, Some(9.0)).unwrap(), Some(9.0));
    for option in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(width("{}", Some(option)).unwrap_err().is_argument(), "{option}");
    }
}

#[test]
fn doubtful_routes_are_warnings_and_work() {
    let route = |coordinates: &str, kind: &str| {
        let text = format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
        read_routes::<NoProperties>(&source(&text), &plain()).unwrap()
    };
    let repeated = route("[[0,0],[0,0],[1,1],[1,1],[1,1]]", "LineString");
    assert_eq!(repeated.warnings.len(), 1);
    assert!(repeated.warnings[0].message.starts_with("3 vertex(es) that repeat"), "{}", repeated.warnings[0]);
    assert_eq!(repeated.items[0].parts()[0].len(), 5);
    let still = route("[[[1,1],[1,1]],[[2,2],[2,2]]]", "MultiLineString");
    assert_eq!(still.warnings.len(), 1);
    assert!(still.warnings[0].message.starts_with("a route of zero length"));
    assert_eq!(still.items[0].parts().len(), 2);
    assert!(route("[[0,0],[1,1],[0,0]]", "LineString").warnings.is_empty());
}

#[test]
fn incidents_may_have_any_geometry() {
    let text = [
        r#"{"type":"Feature","id":"a","properties":{},"geometry":null}"#,
        r#"{"type":"Feature","id":"a"}"#,
        r#"{"type":"Feature","properties":null,"geometry":{"type":"MultiPoint","coordinates":[]}}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
    ]
    .join("\n");
    let places: Vec<IncidentGeometry> = read_incidents::<NoProperties>(&source(&text), &plain())
        .unwrap()
        .items
        .into_iter()
        .map(|incident| incident.geometry)
        .collect();
    assert_eq!(
        places[..3],
        [IncidentGeometry::None, IncidentGeometry::None, IncidentGeometry::MultiPoint(Vec::new())]
    );
    let at = |lon, lat| Position::from_lon_lat(lon, lat).unwrap();
    assert_eq!(places[3], IncidentGeometry::Collection(vec![IncidentGeometry::Point(at(1.0, 2.0))]));
    let ring = vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 0.0)];
    assert_eq!(places[4], IncidentGeometry::Region(Region::from_polygons(vec![vec![ring]]).unwrap()));
}

#[test]
fn errors_are_one_line_that_says_all() {
    let posts_error = |text: &str, options: &LayerOptions| posts(text, options).unwrap_err().to_string();
    let routes_error = |text: &str| routes(text, &plain()).unwrap_err().to_string();
    let id = plain().with_id_field("code");
    let name = plain().with_name_field("label");
    let pretty = "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":9,\"properties\":{},\n\
                  \"geometry\":{\"type\":\"Point\",\"coordinates\":[\n46.8,\n140.2]}}]}";
    let two = format!("{}\n{}", post("{}"), post("{}"));
    let polygon = r#"{"type":"Feature","id":"p","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}"#;
    for (found, expected) in [
        (
            posts_error(pretty, &plain()),
            "f.geojson:3: feature 1 (id 9), geometry.coordinates: latitude 140.2 is out of range: \
             are the coordinates in latitude, longitude order?",
        ),
        (
            posts_error(&post("{}").replace("[1,2]", "[\"46.1\",\"39.8\"]"), &plain()),
            "f.geojson:1: feature 1 (id p), geometry.coordinates[0]: a string, expected a number",
        ),
        (
            posts_error(&two, &plain()),
            "f.geojson:2: feature 2 (id p): the id \"p\" is already that of feature 1 (line 1), \
             expected each id once: change one",
        ),
        (
            posts_error(polygon, &plain()),
            "f.geojson:1: feature 1 (id p), geometry: a Polygon, expected a Point or MultiPoint",
        ),
        (
            posts_error(r#"{"type":"Feature","id":"p","properties":{},"geometry":null}"#, &plain()),
            "f.geojson:1: feature 1 (id p), geometry: null, expected a Point or MultiPoint",
        ),
        (
            posts_error(&post("{}"), &id),
            "f.geojson:1: feature 1, properties.code: nothing, expected the id, a string or a number, in this property",
        ),
        (
            posts_error(&post(r#"{"label":{}}"#), &name),
            "f.geojson:1: feature 1 (id p), properties.label: an object, expected the name, a string",
        ),
        (
            routes_error(&line(r#"{"corridor":[]}"#)),
            "f.geojson:1: feature 1 (id r), properties.corridor: an array, expected the corridor's name, a string",
        ),
        (
            routes_error(&line(r#"{"half_width_m":"2500"}"#)),
            "f.geojson:1: feature 1 (id r), properties.half_width_m: a string, expected a number of metres greater than 0",
        ),
        (
            routes_error(&line(r#"{"half_width_m":-3}"#)),
            "f.geojson:1: feature 1 (id r), properties.half_width_m: -3, expected a number of metres greater than 0",
        ),
        (
            routes_error(&post("{}")),
            "f.geojson:1: feature 1 (id p), geometry: a Point, expected a LineString or MultiLineString",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn control_characters_of_a_file_do_not_break_a_message_into_lines() {
    let text = r#"{"type":"Feature","id":"A\nB","properties":{},"geometry":{"type":"Po\u001bi\r\nt"}}"#;
    let error = posts(text, &plain()).unwrap_err();
    let told = r"feature 1 (id A\nB), geometry.type: the type `Po\u{1b}i\r\nt`, expected a geometry type";
    assert_eq!(error.to_string(), format!("f.geojson:1: {told}"));
    assert_eq!(error.id(), Some("A\nB"));
    let findings = check("f.geojson", text.into(), Some(LayerKind::Posts));
    assert_eq!(findings[0].to_string(), format!("f.geojson:1: error: {told}"));
}

#[test]
fn properties_that_do_not_fit_say_what_serde_says() {
    #[derive(serde::Deserialize, Debug)]
    struct Mine {
        #[allow(dead_code, reason = "it is the reading that counts")]
        zone: String,
    }
    let text = "{\"type\":\"Feature\",\"id\":\"p\",\n\"properties\":{\n\"zone\":5},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}";
    let error = read_posts::<Mine>(&source(text), &plain()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "f.geojson:3: feature 1 (id p), properties.zone: properties that do not fit: \
         invalid type: integer `5`, expected a string"
    );
    // Missing properties are an object without members.
    let bare = r#"{"type":"Point","coordinates":[1,2]}"#;
    assert!(
        read_posts::<Mine>(&source(bare), &plain()).unwrap_err().to_string().contains("missing field `zone`")
    );
    assert!(read_posts::<Option<Mine>>(&source(bare), &plain()).is_err());
}

/// What we write reads back as the same place, bit for bit.
#[test]
fn features_that_are_written_read_back() {
    let at = |lon, lat| Position::from_lon_lat(lon, lat).unwrap();
    let ring = vec![at(0.1, 0.2), at(1.0 / 3.0, 0.0), at(1.0, 1.0), at(0.1, 0.2)];
    let region = |count: usize| {
        IncidentGeometry::Region(Region::from_polygons(vec![vec![ring.clone()]; count]).unwrap())
    };
    let digits = FeatureId::number("123456789012345678901234567890").unwrap();
    for place in [
        IncidentGeometry::None,
        IncidentGeometry::Point(at(-180.0, 5e-324)),
        IncidentGeometry::MultiPoint(vec![at(46.123456789, -0.0)]),
        IncidentGeometry::Lines(vec![ring.clone()]),
        IncidentGeometry::Lines(vec![ring.clone(), ring.clone()]),
        region(1),
        region(2),
        IncidentGeometry::Collection(vec![IncidentGeometry::Point(at(1.0, 2.0)), region(1)]),
    ] {
        let text = feature_text(&place, Some(&digits), &()).unwrap();
        let layer = read_incidents::<NoProperties>(&source(&text), &plain()).unwrap();
        assert_eq!(layer.items[0].geometry, place, "{text}");
        assert_eq!(layer.items[0].id, digits);
    }
    assert!(feature_text(&IncidentGeometry::None, None, &[1, 2]).unwrap_err().is_argument());
}
