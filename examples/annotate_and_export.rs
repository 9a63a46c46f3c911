//! Annotates the incidents of a day and writes them for a GIS. Run: cargo run --example annotate_and_export

use std::error::Error;
use std::io::Write;

use patrol_corridor::annotate::{
    AnnotateOptions, Annotator, LayerRun, OutputForm, Provenance, annotate_layer,
};
use patrol_corridor::io::{
    IncidentStream, LayerOptions, NoProperties, OutputFile, Source, read_posts, read_routes,
};
use patrol_corridor::{Edges, PatrolIndex};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");

pub fn main() -> Result<(), Box<dyn Error>> {
    let options = LayerOptions::default();
    let posts = read_posts::<NoProperties>(&Source::open(format!("{DATA}/posts.geojson"))?, &options)?;
    let routes = read_routes::<NoProperties>(&Source::open(format!("{DATA}/routes.geojson"))?, &options)?;
    let provenance = Provenance::new(Edges::Planar)
        .with_posts(&posts.file, posts.features, &posts.sha256)
        .with_routes(&routes.file, routes.features, &routes.sha256);
    let index = PatrolIndex::new(posts.items, routes.items, Edges::Planar)?;

    // Features keep their text; the file appears whole or not at all.
    let incidents = IncidentStream::open(format!("{DATA}/incidents.geojson"))?;
    let annotator = Annotator::new(&index, AnnotateOptions::default());
    let run = LayerRun::new(OutputForm::Collection).with_provenance(provenance);
    let path = std::env::temp_dir().join(format!("patrol-example-{}.geojson", std::process::id()));
    let mut out = OutputFile::create(&path, true)?;
    let summary = annotate_layer(incidents, &annotator, run, &mut out)?;
    out.flush()?;
    out.commit(false)?;
    println!("{} incidents annotated", summary.tally.exact);
    assert_eq!(summary.tally.exact, 3);

    let written = std::fs::read_to_string(&path)?;
    assert!(written.contains(r#""post_id":"OP-21""#));
    std::fs::remove_file(&path)?;
    Ok(())
}
