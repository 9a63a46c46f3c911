use std::fmt::Debug;

use patrol_corridor::analysis::{
    ClusterOptions, CoverageOptions, FixObservation, beats, corridor_areas, coverage, fix, locate_uncertain,
    space_time_clusters,
};
use patrol_corridor::annotate::{LayerRun, OutputForm, Summary, annotate_layer};
use patrol_corridor::index::LocateOptions;
use patrol_corridor::region::{AnnularSector, DescribedRegion};
use patrol_corridor::time::{Day, ServicePeriod, TimeSpan, Timestamp, Zone};
use patrol_corridor::{
    CorridorRegion, Edges, FeatureId, Incident, IncidentGeometry, ObservationPost, PatrolRoute, Position,
    Region,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fixtures::{demonstration_area, project_file};
use crate::support::position;

/// What is written is read again; gives what was written.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    // Objects in memory too, whose texts are no slices of a file.
    let written = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(written.clone()).unwrap(), value, "{written}");
    written
}

fn refused<T: DeserializeOwned + Debug>(text: &str, words: &str) {
    let error = serde_json::from_str::<T>(text).unwrap_err().to_string();
    assert!(error.contains(words), "{text}: {error}");
}

/// The names of all members, for the snapshot: `a.b`, `a[].c`.
fn names(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                out.push(path.clone());
                names(value, &path, out);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, &format!("{path}[]"), out)),
        _ => {}
    }
}

fn day() -> (Timestamp, Timestamp) {
    let zone: Zone = "Asia/Baku".parse().unwrap();
    "2020-10-04".parse::<Day>().unwrap().bounds(&zone).unwrap()
}

fn sample_post() -> ObservationPost {
    let (from, to) = day();
    let mut post = ObservationPost::new("OP-1", position(46.5, 39.6)).with_watch_radius_m(6_000.0).unwrap();
    post.name = Some("Hill".into());
    post.service = ServicePeriod::new(Some(from), Some(to)).unwrap();
    post
}

fn sample_route() -> PatrolRoute {
    let parts = vec![vec![position(46.75, 39.82), position(46.73, 39.87)]];
    let mut route = PatrolRoute::from_parts(7_i64, parts).unwrap().with_half_width_m(3_000.0).unwrap();
    route.corridor = Some("Shusha".into());
    route.with_start_chainage_m(12_400.0).unwrap()
}

fn sample_region() -> Region {
    let rect = geo_types::Rect::new((46.0, 39.0), (47.0, 40.0));
    Region::try_from(&geo_types::Polygon::from(rect)).unwrap()
}

#[test]
fn every_type_comes_back_and_its_members_are_as_written_down() {
    let mut found: Vec<(&str, Value)> = Vec::new();
    let mut add = |name, value| found.push((name, value));
    let index = demonstration_area(Edges::Planar);
    let at = position(46.807759, 40.068059);
    let (from, to) = day();
    add("Position", there_and_back(&at));
    add("Timestamp", there_and_back(&from));
    add("TimeSpan", there_and_back(&TimeSpan::between(from, to).unwrap()));
    add("ServicePeriod", there_and_back(&sample_post().service));
    add("Zone", there_and_back(&"Asia/Baku".parse::<Zone>().unwrap()));
    add("Day", there_and_back(&"2020-10-04".parse::<Day>().unwrap()));
    add("Edges", there_and_back(&Edges::Geodesic));
    add("FeatureId", there_and_back(&FeatureId::text("OP-1")));
    add("ObservationPost", there_and_back(&sample_post()));
    add("PatrolRoute", there_and_back(&sample_route()));
    add("CorridorRegion", there_and_back(&CorridorRegion::new("C", sample_region())));
    add("Corridor", there_and_back(&index.corridors()[0]));
    let geometry = IncidentGeometry::Collection(vec![
        at.into(),
        IncidentGeometry::MultiPoint(vec![at]),
        IncidentGeometry::Lines(vec![vec![at, position(1.0, 2.0)]]),
        IncidentGeometry::Region(sample_region()),
        IncidentGeometry::None,
    ]);
    add("Incident", there_and_back(&Incident::new(5_u64, geometry)));
    let options = LocateOptions::default().with_count(2).with_at(from);
    add("LocateOptions", there_and_back(&options));
    add("Located", there_and_back(&index.locate(at, &options)));
    add("CorridorHits", there_and_back(&index.nearest_corridors(at, &options).hits().to_vec()));
    let region = DescribedRegion::Sector(AnnularSector::disc(at, 5_000.0).unwrap());
    add("UncertainAnswer", there_and_back(&locate_uncertain(&index, &region, None)));
    add("RouteBeats", there_and_back(&beats(&index, 1).unwrap()));
    let radius = CoverageOptions::default().with_radius_m(4_000.0).with_threads(1);
    add("RouteCoverage", there_and_back(&coverage(&index, &radius).unwrap()));
    add("CorridorArea", there_and_back(&corridor_areas(&index, Default::default()).unwrap()));
    let bearing = |lon, azimuth_deg| FixObservation::bearing(position(lon, 39.6), azimuth_deg, 2.0);
    add(
        "Fix",
        there_and_back(&fix(&[bearing(46.5, 45.0), bearing(46.6, 315.0), bearing(46.55, 10.0)]).unwrap()),
    );
    let events: Vec<(Position, Timestamp)> = (0..40_u8)
        .map(|i| (position(46.5 + 0.001 * f64::from(i % 7), 39.6), [from, to][usize::from(i % 2)]))
        .collect();
    let knox = ClusterOptions::knox(500.0, 86_400.0).with_permutations(9);
    add("SpaceTimeClusters", there_and_back(&space_time_clusters(&events, &knox).unwrap()));
    add("Summary", there_and_back(&summary(&index)));

    let mut list = String::new();
    for (name, value) in &found {
        let mut all = Vec::new();
        names(value, "", &mut all);
        all.sort();
        all.dedup();
        list.push_str(&format!(
            "{name}: {}\n",
            if all.is_empty() { value.to_string() } else { all.join(" ") }
        ));
    }
    let kept = project_file("tests/fixtures/serde_members.txt");
    assert_eq!(list, kept, "names of members are part of the API: whoever changes them changes the file too");
}

fn summary(index: &patrol_corridor::PatrolIndex) -> Summary {
    let text = project_file("data/karabakh-2020/incidents.geojson");
    let source =
        patrol_corridor::io::IncidentStream::from_bytes("incidents.geojson", text.into_bytes()).unwrap();
    let annotator = patrol_corridor::annotate::Annotator::new(index, Default::default());
    let mut summary =
        annotate_layer(source, &annotator, LayerRun::new(OutputForm::Collection), &mut std::io::sink())
            .unwrap();
    // Warnings about single incidents are for people.
    summary.tally.notices.clear();
    summary
}

/// Text and numbers differ, and no digit is lost: not of 64-bit numbers, not of those that no float holds.
#[test]
fn ids_come_back_to_the_digit() {
    for (digits, written) in [
        ("9007199254740993", json!(9_007_199_254_740_993_u64)),
        ("-5", json!(-5)),
        ("1.5", json!(1.5)),
        ("123456789012345678901234567890", json!({"number": "123456789012345678901234567890"})),
        ("0.1234567890123456789", json!({"number": "0.1234567890123456789"})),
    ] {
        let id = FeatureId::number(digits).unwrap();
        assert_eq!(there_and_back(&id), written);
    }
    assert_ne!(there_and_back(&FeatureId::text("1")), there_and_back(&FeatureId::from(1_u64)));
    assert_eq!(FeatureId::from(String::from("OP-1")), FeatureId::from("OP-1"));
    assert_eq!(FeatureId::from(7_i32), FeatureId::from(7_u64));
    refused::<FeatureId>("true", "an id");
    refused::<FeatureId>(r#"{"number":"x"}"#, "`x`");
    refused::<FeatureId>(r#"{"digits":"1"}"#, "`number`");
}

/// What no constructor makes is not read either.
#[test]
fn what_is_not_valid_is_refused() {
    refused::<Position>(r#"{"lon_deg":46.5,"lat_deg":146.6}"#, "latitude 146.6");
    refused::<Timestamp>(r#""2020-10-04""#, "2020-10-04");
    refused::<Zone>(r#""Mars/Base""#, "Mars/Base");
    refused::<TimeSpan>(r#"{"first":"2020-10-05T00:00Z","end":"2020-10-04T00:00Z"}"#, "before it begins");
    refused::<ServicePeriod>(
        r#"{"from":"2020-10-05T00:00Z","to":"2020-10-04T00:00Z"}"#,
        "end after its beginning",
    );
    let at = r#"{"lon_deg":46.5,"lat_deg":39.6}"#;
    refused::<ObservationPost>(&format!(r#"{{"id":"a","position":{at},"watch_radius_m":-1.0}}"#), "-1");
    refused::<PatrolRoute>(&format!(r#"{{"id":"a","parts":[[{at}]]}}"#), "a line of 1 position(s)");
    refused::<PatrolRoute>(
        &format!(r#"{{"id":"a","parts":[[{at},{at}]],"half_width_m":0.0}}"#),
        "the length 0",
    );
    refused::<Region>(&format!(r#"{{"polygons":[[[{at},{at}]]]}}"#), "a ring of 2 position(s)");
    // What may be left out has its usual value.
    let post: ObservationPost = serde_json::from_str(&format!(r#"{{"id":1,"position":{at}}}"#)).unwrap();
    assert_eq!(post, ObservationPost::new(1_u64, position(46.5, 39.6)));
}

#[test]
fn positions_are_shown_and_read_to_the_bit() {
    let mut rng = fastrand::Rng::with_seed(14);
    for _ in 0..20_000 {
        let at = position(rng.f64() * 360.0 - 180.0, rng.f64() * 180.0 - 90.0);
        let back: Position = at.to_string().parse().unwrap();
        assert_eq!(
            (back.lon_deg().to_bits(), back.lat_deg().to_bits()),
            (at.lon_deg().to_bits(), at.lat_deg().to_bits())
        );
    }
    assert_eq!(position(-0.0, 90.0).to_string(), "-0,90");
    for (text, words) in [
        ("46.5", "LON,LAT"),
        ("46.5;39.6", "LON,LAT"),
        ("39.6,146.5", "order"),
        ("a,b", "LON,LAT"),
        ("NaN,1", "longitude"),
    ] {
        assert!(text.parse::<Position>().unwrap_err().message().contains(words), "{text}");
    }
}

#[test]
fn features_of_the_crate_geojson_come_and_go() {
    let (post, route) = (sample_post(), sample_route());
    let feature = geojson::Feature::try_from(&post).unwrap();
    assert_eq!(feature.properties.as_ref().unwrap()["active_from"], "2020-10-03T20:00:00Z");
    assert_eq!(ObservationPost::try_from(&feature).unwrap(), post);
    assert_eq!(PatrolRoute::try_from(&geojson::Feature::try_from(&route).unwrap()).unwrap(), route);
    let incident = Incident::new(5_u64, IncidentGeometry::Region(sample_region()));
    assert_eq!(Incident::try_from(&geojson::Feature::try_from(&incident).unwrap()).unwrap(), incident);
    // As a layer refuses it: the member is named.
    let mut wrong = feature.clone();
    wrong.set_property("watch_radius_m", -1);
    let error = ObservationPost::try_from(&wrong).unwrap_err();
    assert_eq!(error.path(), Some("properties.watch_radius_m"), "{error}");
    let route_as_post = ObservationPost::try_from(&geojson::Feature::try_from(&route).unwrap()).unwrap_err();
    assert!(
        route_as_post.message().contains("MultiLineString") || route_as_post.message().contains("LineString")
    );
    let huge = Incident::new(FeatureId::number("1e400").unwrap(), incident.geometry);
    assert!(geojson::Feature::try_from(&huge).is_err());
}

#[test]
fn times_of_clocks() {
    let timestamp = Timestamp::from_unix_seconds(1_601_804_700).unwrap();
    assert_eq!(timestamp.to_string(), "2020-10-04T09:45:00Z");
    let clock = std::time::SystemTime::try_from(timestamp).unwrap();
    assert_eq!(Timestamp::try_from(clock).unwrap(), timestamp);
    assert_eq!(clock.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs(), 1_601_804_700);
    let before: Timestamp = "1969-12-31T23:59:58.5Z".parse().unwrap();
    assert_eq!(before.unix_seconds(), -2);
    assert!(Timestamp::from_unix_seconds(i64::MAX).is_err());
    assert_eq!(Timestamp::from(jiff::Timestamp::from(timestamp)), timestamp);
}
