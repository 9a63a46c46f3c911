//! What people read and look at: bulletins, maps and styles made of answers.

#[cfg(feature = "bulletin")]
pub mod bulletin;
mod facts;
pub mod map;
mod markup;
mod period;
mod shares;
pub mod styles;

pub use period::PeriodChoice;
