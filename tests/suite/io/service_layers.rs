//! When posts and routes were in service: what their layers may say of it.

use crate::support::check;
use patrol_corridor::io::{LayerKind, LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::time::{ServicePeriod, Timestamp};

fn source(text: &str) -> Source {
    Source::from_bytes("f.geojson", text.into()).unwrap()
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
fn times_of_service_are_read() {
    let at = |text: &str| Some(Timestamp::read(text, None).unwrap());
    for (members, from, to) in [
        ("", None, None),
        (r#""active_from":null,"active_to":null"#, None, None),
        (r#""active_from":"2020-10-01T00:00:00+04:00""#, at("2020-09-30T20:00Z"), None),
        (r#""active_to":"2020-11-10T00:00Z""#, None, at("2020-11-10T00:00Z")),
        (
            r#""active_from":"2020-10-01T00:00Z","active_to":"2020-10-01T00:00:01Z""#,
            at("2020-10-01T00:00Z"),
            at("2020-10-01T00:00:01Z"),
        ),
    ] {
        let expected = ServicePeriod::new(from, to).unwrap();
        let posts = read_posts::<NoProperties>(&source(&post(&format!("{{{members}}}"))), &plain()).unwrap();
        assert_eq!(posts.items[0].service, expected, "{members}");
        let routes =
            read_routes::<NoProperties>(&source(&line(&format!("{{{members}}}"))), &plain()).unwrap();
        assert_eq!(routes.items[0].service, expected, "{members}");
    }
    let places = r#"{"type":"Feature","id":"p","properties":{"active_to":"2020-10-01T00:00Z"},
        "geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}}"#;
    let posts = read_posts::<NoProperties>(&source(places), &plain()).unwrap();
    assert!(posts.items.iter().all(|post| post.service.to() == at("2020-10-01T00:00Z")));
}

#[test]
fn local_times_of_service_need_a_zone() {
    let text = post(r#"{"active_from":"2020-10-01 00:00"}"#);
    let error = read_posts::<NoProperties>(&source(&text), &plain()).unwrap_err();
    assert!(error.message().contains("no zone") && !error.message().contains("--"), "{error}");
    let baku = plain().with_zone("Asia/Baku".parse::<patrol_corridor::time::Zone>().unwrap());
    let posts = read_posts::<NoProperties>(&source(&text), &baku).unwrap();
    assert_eq!(posts.items[0].service.from().unwrap().to_string(), "2020-09-30T20:00:00Z");
    // The clocks of Berlin showed 2:30 twice in October, and in March not at all.
    let berlin = plain().with_zone("Europe/Berlin".parse::<patrol_corridor::time::Zone>().unwrap());
    for time in ["2020-10-25T02:30", "2020-03-29T02:30"] {
        let text = line(&format!(r#"{{"active_to":"{time}"}}"#));
        let error = read_routes::<NoProperties>(&source(&text), &berlin).unwrap_err();
        assert!(error.message().contains("clocks"), "{error}");
        assert_eq!(error.path(), Some("properties.active_to"));
    }
}

#[test]
fn wrong_times_of_service_are_blamed_where_they_stand() {
    for (members, path, found) in [
        (r#""active_from":1601510400"#, "properties.active_from", "a number"),
        (r#""active_to":["2020-10-01T00:00Z"]"#, "properties.active_to", "an array"),
        (r#""active_to":true"#, "properties.active_to", "true"),
        (r#""active_to":"""#, "properties.active_to", "the time ``"),
        (r#""active_from":"2020-10-01""#, "properties.active_from", "a date without a time of day"),
        (r#""active_from":"soon""#, "properties.active_from", "`soon`"),
        (
            r#""active_from":"2020-10-01T04:00+04:00","active_to":"2020-10-01T00:00Z""#,
            "properties.active_to",
            "from 2020-10-01T00:00:00Z to 2020-10-01T00:00:00Z",
        ),
        (
            r#""active_to":"2020-10-01T00:00Z","active_from":"2020-10-02T00:00Z""#,
            "properties.active_to",
            "from 2020-10-02T00:00:00Z to 2020-10-01T00:00:00Z",
        ),
    ] {
        let text = post(&format!("{{{members}}}"));
        let error = read_posts::<NoProperties>(&source(&text), &plain()).unwrap_err();
        assert!(error.message().contains(found), "{members}: {error}");
        assert_eq!(
            (error.path(), error.feature(), error.id()),
            (Some(path), Some(1), Some("p")),
            "{members}"
        );
        let findings = check("posts.geojson", text.clone().into(), Some(LayerKind::Posts));
        assert!(findings.len() == 1 && findings[0].is_error(), "{findings:?}");
        assert_eq!(findings[0].path.as_deref(), Some(path));
        let text = line(&format!("{{{members}}}"));
        assert_eq!(read_routes::<NoProperties>(&source(&text), &plain()).unwrap_err().path(), Some(path));
        let findings = check("routes.geojson", text.into(), Some(LayerKind::Routes));
        assert!(findings.len() == 1 && findings[0].is_error(), "{findings:?}");
    }
}
