//! The yardsticks: what a user would reach for else, none of which gives the exact answer.

use kiddo::{ImmutableKdTree, SquaredEuclidean};
use patrol_corridor::{ObservationPost, PatrolRoute, Position};
use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

/// `kiddo`'s immutable k-d tree over ECEF: the nearest by chord, without its distance on the ellipsoid.
pub struct Kiddo(ImmutableKdTree<f64, 3>);

impl Kiddo {
    pub fn new(posts: &[ObservationPost]) -> Self {
        let points: Vec<_> = posts.iter().map(|post| ecef(post.position)).collect();
        Kiddo(ImmutableKdTree::new_from_slice(&points).expect("a tree of the posts"))
    }

    /// The squared chord to the nearest, and which it is.
    pub fn nearest(&self, q: Position) -> (f64, usize) {
        let found = self.0.query(&ecef(q)).nearest_one::<SquaredEuclidean<f64>>().execute();
        (found.distance, found.item as usize)
    }
}

fn ecef(position: Position) -> [f64; 3] {
    const A: f64 = 6_378_137.0;
    const F: f64 = 1.0 / 298.257_223_563;
    const E2: f64 = F * (2.0 - F);
    let (sin_lat, cos_lat) = position.lat_deg().to_radians().sin_cos();
    let (sin_lon, cos_lon) = position.lon_deg().to_radians().sin_cos();
    let n = A / (1.0 - E2 * sin_lat * sin_lat).sqrt();
    [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - E2) * sin_lat]
}

/// `rstar` in degrees, as if they were metres: wrong for some of the queries.
pub struct PlanarPosts(RTree<GeomWithData<[f64; 2], u32>>);

impl PlanarPosts {
    pub fn new(posts: &[ObservationPost]) -> Self {
        let point =
            |(i, post): (usize, &ObservationPost)| GeomWithData::new(degrees(post.position), i as u32);
        PlanarPosts(RTree::bulk_load(posts.iter().enumerate().map(point).collect()))
    }

    pub fn nearest(&self, q: Position) -> u32 {
        self.0.nearest_neighbor(degrees(q)).expect("a post").data
    }
}

/// `rstar` over edges in degrees.
pub struct PlanarEdges(RTree<GeomWithData<Line<[f64; 2]>, u32>>);

impl PlanarEdges {
    pub fn new(routes: &[PatrolRoute]) -> Self {
        let edges = routes.iter().enumerate().flat_map(|(i, route)| {
            let pairs = route.parts().iter().flat_map(|part| part.windows(2));
            pairs.map(move |ends| GeomWithData::new(Line::new(degrees(ends[0]), degrees(ends[1])), i as u32))
        });
        PlanarEdges(RTree::bulk_load(edges.collect()))
    }

    /// The squared distance in degrees to the nearest, and its route.
    pub fn nearest(&self, q: Position) -> (f64, u32) {
        let edge = self.0.nearest_neighbor(degrees(q)).expect("an edge");
        (edge.geom().distance_2(&degrees(q)), edge.data)
    }
}

fn degrees(position: Position) -> [f64; 2] {
    [position.lon_deg(), position.lat_deg()]
}
