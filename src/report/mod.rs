//! What people read and look at: bulletins, maps and styles made of answers.

#[cfg(any())]
pub mod bulletin;
pub mod map;
mod markup;
pub mod styles;
