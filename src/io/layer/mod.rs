//! Posts, routes and corridors out of GeoJSON, and what is wrong with a file.

pub(crate) mod check;
pub(crate) mod corridors;
mod feature_types;
pub(crate) mod finding;
pub(crate) mod items;
pub(crate) mod kind;
pub(crate) mod layers;
pub(crate) mod options;
pub(crate) mod service;
pub(crate) mod shape;
pub(crate) mod slips;
