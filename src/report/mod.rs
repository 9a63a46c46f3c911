//! Pictures and texts for people.

pub mod map;
