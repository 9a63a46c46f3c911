//! Any bytes as a layer: readers and `check` never panic, and agree on what can be used.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use patrol_corridor::io::{self, Finding, Layer, LayerKind, LayerOptions, NoProperties, Source};
use patrol_corridor::{Error, FeatureId, IncidentGeometry, Position};

fuzz_target!(|data: &[u8]| {
    // Under the name of a sequence an empty text is an empty layer; under the others it is an error.
    let name = if data.len().is_multiple_of(2) { "layer.geojson" } else { "layer.geojsonl" };
    let source = match Source::from_bytes(name, data.to_vec()) {
        Ok(source) => source,
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            assert!(Finding::from_error(&error, name, io::Severity::Error).is_error());
            return;
        }
    };
    let plain = LayerOptions::default();
    let posts = io::read_posts::<NoProperties>(&source, &plain);
    agree(&source, LayerKind::Posts, &posts);
    if let Ok(layer) = &posts {
        layer.items.iter().for_each(|post| in_range(&post.position));
        unique(layer.items.iter().map(|post| &post.id), layer.items.len());
    }
    let routes = io::read_routes::<NoProperties>(&source, &plain);
    agree(&source, LayerKind::Routes, &routes);
    if let Ok(layer) = &routes {
        layer.items.iter().flat_map(|route| route.parts()).flatten().for_each(in_range);
        unique(layer.items.iter().map(|route| &route.id), layer.items.len());
        assert!(layer.items.iter().filter_map(|route| route.half_width_m()).all(|width| width > 0.0));
    }
    let incidents = io::read_incidents::<NoProperties>(&source, &plain);
    agree(&source, LayerKind::Incidents, &incidents);
    if let Ok(layer) = &incidents {
        layer.items.iter().for_each(|incident| place_in_range(&incident.geometry));
    }
    // What serde_json's values hold is less (depth, lone surrogates, huge numbers), never more.
    if let Ok(valued) = io::read_incidents::<serde_json::Value>(&source, &plain) {
        assert!(valued.properties.iter().all(serde_json::Value::is_object));
        assert_eq!(incidents.as_ref().map(|layer| &layer.items).ok(), Some(&valued.items));
    }
    let named = LayerOptions::default().with_id_field("code").with_name_field("id").with_half_width_m(5.0);
    lines_are_single(io::read_posts::<NoProperties>(&source, &named).err());
    if let Ok(layer) = io::read_routes::<NoProperties>(&source, &named) {
        assert!(layer.items.iter().all(|route| route.half_width_m().is_some()));
    }
    let bytes = io::check(&source, None, &LayerOptions::default());
    told_well(&source, &bytes);
});

/// A file without an error can be read as the layer, and what can be read has no error but those that
/// only `check` looks for.
fn agree<T>(source: &Source, kind: LayerKind, read: &Result<Layer<T>, Error>) {
    let findings = io::check(source, Some(kind), &LayerOptions::default());
    told_well(source, &findings);
    match read {
        Ok(layer) => {
            assert_eq!(layer.items.len(), layer.properties.len());
            if let Some(finding) =
                findings.iter().find(|finding| finding.is_error() && !only_checked(finding))
            {
                panic!("read as {kind:?} and yet: {finding}");
            }
        }
        Err(error) => {
            assert!(findings.iter().any(Finding::is_error), "no finding as {kind:?} and yet: {error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}

/// RFC 7946 forbids these, and no reader needs them.
fn only_checked(finding: &Finding) -> bool {
    finding.path.as_deref().is_some_and(|path| path.split('.').any(|key| key.starts_with("bbox")))
        || finding.message.contains("(RFC 7946 section 7.1)")
        || finding.message.ends_with("mend these first")
}

fn told_well(source: &Source, findings: &[Finding]) {
    let lines = 1 + source.text().bytes().filter(|&byte| byte == b'\n').count() as u64;
    assert!(findings.len() <= io::MAX_FINDINGS + 1);
    for finding in findings {
        assert!(!finding.to_string().contains('\n'), "{finding}");
        assert_eq!(finding.file, source.name());
        assert!(finding.line.is_none_or(|line| (1..=lines).contains(&line)), "{finding}");
    }
}

fn lines_are_single(error: Option<Error>) {
    if let Some(error) = error {
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a FeatureId>, count: usize) {
    assert_eq!(ids.collect::<HashSet<_>>().len(), count);
}

fn in_range(position: &Position) {
    assert!(position.lon_deg().abs() <= 180.0 && position.lat_deg().abs() <= 90.0);
}

fn place_in_range(place: &IncidentGeometry) {
    match place {
        IncidentGeometry::None => {}
        IncidentGeometry::Point(position) => in_range(position),
        IncidentGeometry::MultiPoint(positions) => positions.iter().for_each(in_range),
        IncidentGeometry::Lines(lines) => lines.iter().flatten().for_each(in_range),
        IncidentGeometry::Region(region) => region.polygons().iter().flatten().flatten().for_each(in_range),
        IncidentGeometry::Collection(places) => places.iter().for_each(place_in_range),
    }
}
