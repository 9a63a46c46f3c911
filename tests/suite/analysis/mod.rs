//! What follows from posts, routes and incidents together.

/// Coverage and beats: their breakpoints and the classes between.
pub mod breakpoints;
/// Space-time clusters against another program, brute force and chance.
pub mod clusters;
/// Corridors as polygons: boundaries, points, validity.
pub mod corridor_areas;
/// Cross bearings and ranges: what they meet at, how far that is open, and when they must be doubted.
pub mod fixes;
pub mod fixes_order;
/// Reports that can be of one incident.
pub mod fuse;
/// Hot spots against another program, by hand, and that an incident weighs 1.
pub mod hotspots;
/// Corridors given as polygons.
pub mod polygon_corridors;
/// Corridors at 180 degrees and at the poles, of every width, at random.
pub mod polygon_edges;
/// Sectors of posts.
pub mod sectors;
