//! Incidents that are in memory: annotated one by one, and runs over a source in memory that are stopped.

use std::ops::ControlFlow;

use geojson::{Feature, FeatureCollection};
use patrol_corridor::annotate::{AnnotateOptions, Annotator};
use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
use patrol_corridor::io::{IncidentStream, PositionColumns, Rows};
use patrol_corridor::{Edges, ErrorKind};

use crate::fixtures::{demonstration_area, project_path};

fn log() -> String {
    std::fs::read_to_string(project_path("data/karabakh-2020/incidents.geojson")).unwrap()
}

/// What comes out is what the text of each feature becomes; a bad one stops nobody.
#[test]
fn features_are_annotated_as_their_texts_are() {
    let annotator = Annotator::new(&demonstration_area(Edges::Planar), AnnotateOptions::default());
    let mut features = log().parse::<FeatureCollection>().unwrap().features;
    let expected: Vec<Feature> = features
        .iter()
        .map(|feature| annotator.annotate_feature(&feature.to_string()).unwrap().parse().unwrap())
        .collect();
    let annotated: Vec<Feature> = annotator.annotate(&features).map(Result::unwrap).collect();
    assert_eq!(annotated, expected);
    assert!(annotated.iter().all(|feature| feature.contains_property("post_id")));

    features[1].set_property("post_id", "taken");
    let annotated: Vec<_> = annotator.annotate(features).collect();
    let error = annotated[1].as_ref().unwrap_err();
    assert_eq!((error.kind(), error.feature()), (ErrorKind::NameInTheWay, Some(2)), "{error}");
    assert_eq!(
        (annotated[0].as_ref().ok(), annotated[2].as_ref().ok()),
        (Some(&expected[0]), Some(&expected[2]))
    );
}

/// Nothing is read ahead, so that a source without an end can be asked for its first ones.
#[test]
fn features_are_annotated_when_they_are_asked_for() {
    let annotator = Annotator::new(&demonstration_area(Edges::Planar), AnnotateOptions::default());
    let first = log().parse::<FeatureCollection>().unwrap().features.remove(0);
    assert_eq!(annotator.annotate(std::iter::repeat(first)).take(2).filter(Result::is_ok).count(), 2);
}

#[test]
fn progress_ends_a_run_over_any_source() {
    let reader = IncidentReader::new(&demonstration_area(Edges::Planar), ReadOptions::default());
    let row = |i: u32| format!("{i},46.8,40.1\n");
    let csv = format!("id,lon,lat\n{}", (0..9_000).map(row).collect::<String>());
    let sources = [
        IncidentSource::Text(IncidentStream::from_bytes("day.geojson", log().into()).unwrap()),
        IncidentSource::Rows(
            Rows::csv("day.csv", std::io::Cursor::new(csv), None, &PositionColumns::default()).unwrap(),
        ),
    ];
    for source in sources {
        let mut counts = Vec::new();
        let mut stop = |count| {
            counts.push(count);
            ControlFlow::Break(())
        };
        let run = SourceRun::default().with_threads(1).with_progress(&mut stop);
        let error = incidents(source, &reader, run, &mut |_| Ok(())).unwrap_err();
        assert_eq!((error.kind(), counts.len()), (ErrorKind::Stopped, 1), "{error}");
        assert!((1..9_000).contains(&counts[0]), "{counts:?}");
    }
}
