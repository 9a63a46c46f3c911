//! GeoJSON: texts cut into features, features into their parts.

pub(crate) mod document;
pub(crate) mod feature;
pub(crate) mod geometry;
pub(crate) mod names;
pub(crate) mod property;
pub(crate) mod reproject;
pub(crate) mod stream;
pub(crate) mod write;
