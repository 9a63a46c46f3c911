//! One's own property types, in and out by serde. Run: cargo run --example own_types

use patrol_corridor::annotate::Annotation;
use patrol_corridor::io::{LayerOptions, NoProperties, Source, feature_text, read_incidents, read_posts};
use patrol_corridor::{Edges, PatrolIndex};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Violation {
    #[serde(rename = "type")]
    kind: String,
    killed: u32,
    wounded: u32,
}

#[derive(Serialize)]
struct Report<'a> {
    kind: &'a str,
    casualties: u32,
    #[serde(flatten)]
    nearest: Annotation<'a>,
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = LayerOptions::default();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    let posts = read_posts::<NoProperties>(&Source::open(format!("{data}/posts.geojson"))?, &options)?;
    let index = PatrolIndex::new(posts.items, Vec::new(), Edges::Planar)?;
    let source = Source::open(format!("{data}/incidents.geojson"))?;
    let incidents = read_incidents::<Violation>(&source, &options)?;

    for (incident, violation) in incidents.items.iter().zip(&incidents.properties) {
        let Some(at) = incident.geometry.positions().first() else { continue };
        let located = index.locate(*at, &Default::default());
        let report = Report {
            kind: &violation.kind,
            casualties: violation.killed + violation.wounded,
            nearest: Annotation::new(&index, &located, &Default::default()),
        };
        let text = feature_text(&incident.geometry, Some(&incident.id), &report)?;
        assert!(text.contains(r#""post_id":"OP-"#));
        println!("{text}");
    }
    Ok(())
}
