//! Layers without a post or a route.

use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, PatrolIndex};

use super::{BOTH, at, locate, post};

#[test]
fn nothing_is_found_in_nothing() {
    for edges in BOTH {
        let area = PatrolIndex::new(vec![], vec![], edges).unwrap();
        let found = locate(&area, at(0.0, 0.0), &LocateOptions::default().with_count(5));
        assert!(found.posts.first().is_none() && found.routes.first().is_none());
        assert_eq!((found.posts.margin_m(), found.routes.margin_m()), (None, None));
        assert!(found.posts.tied().is_empty() && found.routes.tied().is_empty());
        assert_eq!((found.in_corridor, found.corridors().len()), (None, 0));
        assert!(area.corridors().is_empty());
        assert!(area.nearest_corridors(at(0.0, 0.0), &Default::default()).first().is_none());
        for search in [Search::Index, Search::Scan] {
            assert!(area.posts_within(at(0.0, 0.0), 1e9, &search.into()).unwrap().is_empty());
            assert!(area.routes_within(at(0.0, 0.0), 1e9, &search.into()).unwrap().is_empty());
            assert!(area.corridors_within(at(0.0, 0.0), 1e9, &search.into()).unwrap().is_empty());
        }
    }
}

#[test]
fn one_layer_may_be_missing() {
    let posts = PatrolIndex::new(vec![post("OP", at(0.0, 0.0))], vec![], Edges::Planar).unwrap();
    let found = locate(&posts, at(1.0, 0.0), &Default::default());
    assert!(found.posts.first().is_some() && found.routes.first().is_none());
    assert_eq!(found.in_corridor, None);
}
