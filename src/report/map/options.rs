//! What a map shows, and what was drawn.

use crate::incident::{ReadOptions, Reject, Tally, TimeUse};
use crate::io::Reprojection;

/// What a map shows, and how.
#[derive(Debug, Clone)]
pub struct MapOptions {
    /// The title.
    pub title: String,
    /// How far posts see that have no `watch_radius_m`, in metres: with it coverage gaps are drawn.
    pub radius_m: Option<f64>,
    /// From mark to mark along the routes, in metres; `None` for what the scale has room for.
    pub marks_every_m: Option<f64>,
    /// How incidents are read.
    pub read: ReadOptions,
    /// More incidents than this are counted in hexagons.
    pub most_single: usize,
}

impl Default for MapOptions {
    fn default() -> Self {
        MapOptions {
            title: "Posts, routes and incidents".to_owned(),
            radius_m: None,
            marks_every_m: None,
            read: ReadOptions { times: TimeUse::Shown, ..ReadOptions::default() },
            most_single: 2_000,
        }
    }
}

impl MapOptions {
    /// True where so many incidents are counted, not drawn.
    pub(super) fn counts(&self, incidents: usize) -> bool {
        incidents > self.most_single
    }
}

/// What was drawn and what was not.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct MapSummary {
    /// What became of the incidents.
    pub tally: Tally,
    /// The first incidents that can't be read, [`MOST_REJECTED`](Self::MOST_REJECTED) at most.
    pub rejected: Vec<Reject>,
    /// The ids of incidents that have no place that can be drawn.
    pub not_drawn_ids: Vec<String>,
    /// The ids of incidents that are far from all posts and routes: the map does not reach there.
    pub far_ids: Vec<String>,
    /// How coordinates came to WGS84; empty where they were in it.
    pub reprojections: Vec<Reprojection>,
    /// Intervals of routes that no post sees, where a radius is given.
    pub gaps: usize,
}

impl MapSummary {
    /// No more bad incidents than this are named.
    pub const MOST_REJECTED: usize = 20;
}
