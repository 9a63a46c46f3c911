//! The commands, a file each.

pub mod annotate;
pub mod beats;
pub mod bulletin;
pub mod check;
pub mod clusters;
pub mod complete;
pub mod corridors;
pub mod coverage;
pub mod coverage_report;
pub mod day;
pub mod fuse;
pub mod hotspots;
pub mod locate;
pub mod map;
pub mod nearest;
pub mod project;
pub mod read;
pub mod route;
