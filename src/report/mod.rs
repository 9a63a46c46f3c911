//! What people look at: pictures and texts made of answers.

pub mod map;
pub mod styles;
