//! What fuzzing runs on valid input: layers, incidents and options out of bytes, and what must hold of every answer.
//!
//! Each target is a function of bytes, which libFuzzer calls in `fuzz/` and the tests here with bytes of a seeded
//! generator. It returns `true` where the case went beyond the readers.

pub mod annotate;
pub mod bulletin;
pub mod corridors;
pub mod coverage;
pub mod documents;
pub mod draw;
pub mod fuse;
pub mod incidents;
pub mod kept;
pub mod layers;
pub mod map;
pub mod members;
pub mod route;
pub mod shape;
