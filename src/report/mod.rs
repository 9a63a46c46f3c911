//! What people look at: pictures and texts made of answers.

pub mod styles;
