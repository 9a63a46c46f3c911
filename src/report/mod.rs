//! What people read and look at: bulletins, maps and styles made of answers.

#[cfg(feature = "bulletin")]
pub mod bulletin;
pub mod map;
mod markup;
mod shares;
pub mod styles;
