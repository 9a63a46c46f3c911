//! What follows from posts and routes together: the places that they cover.

mod antimeridian;
mod cell;
mod corridors;
mod local_plane;
mod outline;
mod sectors;
mod sweep;

pub use corridors::{Caps, CorridorArea, corridor_areas, corridor_region};
pub use sectors::{Sector, Within, sectors};
