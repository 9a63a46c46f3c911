//! What became of a layer of incidents, in numbers.

use super::annotator::Annotator;
use crate::analysis::Candidates;
use crate::incident::{Answer, Reading, Tally};
use crate::io::Reprojection;

/// What became of a layer of incidents.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, annotate_layer};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?;
/// # let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
/// # let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// let summary = annotate_layer(incidents, &annotator, LayerRun::new(OutputForm::Lines), &mut Vec::new())?;
/// // By place in the layer: OP-04, OP-16 and OP-21 are each the nearest of one.
/// assert_eq!([summary.by_post[3], summary.by_post[15], summary.by_post[20]], [1, 1, 1]);
/// assert_eq!((summary.tally.exact, summary.beyond_posts), (3, 0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// What became of the incidents.
    pub tally: Tally,
    /// Features at whose time no post was in service.
    pub no_post_in_service: u64,
    /// Features at whose time no route was in service.
    pub no_route_in_service: u64,
    /// Features whose nearest post is farther than the greatest distance.
    pub beyond_posts: u64,
    /// Features whose nearest route is farther than the greatest distance.
    pub beyond_routes: u64,
    /// Of the incidents in a region those with one post that is the nearest over the whole region.
    pub certain_posts: u64,
    /// Likewise, with one route.
    pub certain_routes: u64,
    /// How many certainly have each post as the nearest, by place in the layer.
    pub by_post: Vec<u64>,
    /// The shares of the others in each post, summed up.
    pub possibly_by_post: Vec<f64>,
    /// How many lie in each corridor, of a region with all of it, by place in [`PatrolIndex::corridors`](crate::PatrolIndex::corridors).
    pub by_corridor: Vec<u64>,
    /// Members of the collection for which a sequence has no place.
    pub left_out: Vec<String>,
    /// How coordinates came from one system to another; empty where they were WGS84 and stayed so.
    pub reprojections: Vec<Reprojection>,
}

impl Summary {
    pub(crate) fn new(annotator: &Annotator) -> Self {
        Summary {
            by_post: vec![0; annotator.index().posts().len()],
            possibly_by_post: vec![0.0; annotator.index().posts().len()],
            by_corridor: vec![0; annotator.index().corridors().len()],
            ..Summary::default()
        }
    }

    pub(crate) fn count(&mut self, reading: &Reading, answer: Option<&Answer>, annotator: &Annotator) {
        let Some(Answer { at, located, region, .. }) = answer else { return };
        let region = region.as_deref().filter(|_| !reading.location.is_exact());
        if let Some(region) = region {
            self.certain_posts += u64::from(region.posts.is_certain());
            self.certain_routes += u64::from(region.routes.is_certain());
        }
        let index = annotator.index();
        match (located.posts.first(), region.map(|region| &region.posts)) {
            (_, Some(posts)) if !posts.is_certain() => self.add_shares(posts),
            (Some(hit), _) => self.by_post[hit.post] += 1,
            (None, _) if annotator.options().posts && !self.by_post.is_empty() => {
                match at.is_none_or(|at| index.has_post_in_service(at)) {
                    true => self.beyond_posts += 1,
                    false => self.no_post_in_service += 1,
                }
            }
            (None, _) => {}
        }
        if located.routes.first().is_none() && annotator.options().routes && !index.routes().is_empty() {
            match at.is_none_or(|at| index.has_route_in_service(at)) {
                true => self.beyond_routes += 1,
                false => self.no_route_in_service += 1,
            }
        }
        for &corridor in region.map_or(&located.corridors[..], |region| &region.corridors_whole) {
            self.by_corridor[corridor] += 1;
        }
    }

    fn add_shares(&mut self, posts: &Candidates) {
        for candidate in &posts.list {
            self.possibly_by_post[candidate.index] += candidate.share;
        }
    }

    /// Takes in what another thread has counted.
    pub(crate) fn add(&mut self, other: &Summary) {
        self.no_post_in_service += other.no_post_in_service;
        self.no_route_in_service += other.no_route_in_service;
        self.beyond_posts += other.beyond_posts;
        self.beyond_routes += other.beyond_routes;
        self.certain_posts += other.certain_posts;
        self.certain_routes += other.certain_routes;
        for report in &other.reprojections {
            Reprojection::merge(&mut self.reprojections, report.clone());
        }
        for (sum, more) in self.by_post.iter_mut().zip(&other.by_post) {
            *sum += more;
        }
        for (sum, more) in self.possibly_by_post.iter_mut().zip(&other.possibly_by_post) {
            *sum += more;
        }
        for (sum, more) in self.by_corridor.iter_mut().zip(&other.by_corridor) {
            *sum += more;
        }
    }
}
