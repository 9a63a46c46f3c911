//! What became of a layer of incidents, in numbers.

use super::annotator::Annotator;
use super::answer::Answer;
use crate::io::Reprojection;
use crate::model::TimeSpan;

/// What became of a layer of incidents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Features read.
    pub read: u64,
    /// Features written with their answers.
    pub annotated: u64,
    /// Features written with a `location_warning`.
    pub unlocated: u64,
    /// Features that were set aside.
    pub rejected: u64,
    /// Features that were located and have no time, where posts or routes were not always in service: matched against all.
    pub without_time: u64,
    /// Features at whose time no post was in service.
    pub no_post_in_service: u64,
    /// Features at whose time no route was in service.
    pub no_route_in_service: u64,
    /// Features whose nearest post is farther than the greatest distance.
    pub beyond_posts: u64,
    /// Features whose nearest route is farther than the greatest distance.
    pub beyond_routes: u64,
    /// Features whose location is a region.
    pub regions: u64,
    /// Of these, those with one post that is the nearest over the whole region.
    pub certain_posts: u64,
    /// Likewise, with one route.
    pub certain_routes: u64,
    /// How many have each post as the nearest, by place in the layer.
    pub by_post: Vec<u64>,
    /// How many lie in each corridor, by place in [`PatrolArea::corridors`](crate::PatrolArea::corridors).
    pub by_corridor: Vec<u64>,
    /// Members of the collection for which a sequence has no place.
    pub left_out: Vec<String>,
    /// How coordinates came from one system to another; empty where they were WGS84 and stayed so.
    pub reprojections: Vec<Reprojection>,
}

impl Summary {
    pub(crate) fn new(annotator: &Annotator<'_>) -> Self {
        Summary {
            by_post: vec![0; annotator.area().posts().len()],
            by_corridor: vec![0; annotator.area().corridors().len()],
            ..Summary::default()
        }
    }

    pub(crate) fn count(&mut self, answer: Option<&Answer>, annotator: &Annotator<'_>) {
        let Some(Answer { time, located, region, .. }) = answer else {
            self.unlocated += 1;
            return;
        };
        self.annotated += 1;
        self.without_time += u64::from(annotator.asks_for_time() && time.is_none());
        if let Some(region) = region {
            self.regions += 1;
            self.certain_posts += u64::from(region.answer.posts.is_certain());
            self.certain_routes += u64::from(region.answer.routes.is_certain());
        }
        let (area, at) = (annotator.area(), time.map(TimeSpan::from).or(annotator.options().locate.at));
        match located.posts.first() {
            Some(hit) => self.by_post[hit.post] += 1,
            None if annotator.options().posts && !self.by_post.is_empty() => {
                match at.is_none_or(|at| area.has_post_in_service(at)) {
                    true => self.beyond_posts += 1,
                    false => self.no_post_in_service += 1,
                }
            }
            None => {}
        }
        if located.routes.first().is_none() && annotator.options().routes && !area.routes().is_empty() {
            match at.is_none_or(|at| area.has_route_in_service(at)) {
                true => self.beyond_routes += 1,
                false => self.no_route_in_service += 1,
            }
        }
        for &corridor in &located.corridors {
            self.by_corridor[corridor] += 1;
        }
    }

    /// Takes in what another thread has counted.
    pub(crate) fn add(&mut self, other: &Summary) {
        self.annotated += other.annotated;
        self.unlocated += other.unlocated;
        self.without_time += other.without_time;
        self.no_post_in_service += other.no_post_in_service;
        self.no_route_in_service += other.no_route_in_service;
        self.beyond_posts += other.beyond_posts;
        self.beyond_routes += other.beyond_routes;
        self.regions += other.regions;
        self.certain_posts += other.certain_posts;
        self.certain_routes += other.certain_routes;
        for report in &other.reprojections {
            Reprojection::merge(&mut self.reprojections, report.clone());
        }
        for (sum, more) in self.by_post.iter_mut().zip(&other.by_post) {
            *sum += more;
        }
        for (sum, more) in self.by_corridor.iter_mut().zip(&other.by_corridor) {
            *sum += more;
        }
    }
}
