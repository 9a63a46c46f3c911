//! A service that answers while its layers are loaded anew: the state is an annotator, which owns what it needs.

use std::sync::{Arc, RwLock};

use patrol_corridor::annotate::{AnnotateOptions, Annotator};
use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::{Edges, Error, PatrolIndex};

/// What the handlers of a web framework share: cloned for each, as its state.
#[derive(Clone)]
struct Service(Arc<RwLock<Arc<Annotator>>>);

fn load() -> Result<Annotator, Error> {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    let options = LayerOptions::default();
    let posts = read_posts::<NoProperties>(&Source::open(format!("{data}/posts.geojson"))?, &options)?;
    let routes = read_routes::<NoProperties>(&Source::open(format!("{data}/routes.geojson"))?, &options)?;
    let index = PatrolIndex::new(posts.items, routes.items, Edges::Planar)?;
    Ok(Annotator::new(&index, AnnotateOptions::default()))
}

impl Service {
    fn annotate(&self, feature: &str) -> Result<String, Error> {
        // The lock is held for the clone alone: a reload never waits for an answer.
        let annotator = Arc::clone(&self.0.read().expect("no holder panics"));
        annotator.annotate_feature(feature)
    }

    fn reload(&self) -> Result<(), Error> {
        let annotator = Arc::new(load()?);
        *self.0.write().expect("no holder panics") = annotator;
        Ok(())
    }
}

pub fn main() -> Result<(), Error> {
    let service = Service(Arc::new(RwLock::new(Arc::new(load()?))));
    let asker = service.clone();
    let answers = std::thread::spawn(move || {
        let report = r#"{"type":"Point","coordinates":[46.807759,40.068059]}"#;
        (0..1_000).map(|_| asker.annotate(report)).collect::<Result<Vec<String>, Error>>()
    });
    service.reload()?;
    let answers = answers.join().expect("the asker does not panic")?;
    assert!(answers.iter().all(|answer| answer.contains(r#""post_id":"OP-21""#)));
    println!("{} answers, the layers loaded anew among them", answers.len());
    Ok(())
}
