//! What people read and look at: bulletins, maps and styles made of answers.

#[cfg(feature = "bulletin")]
pub mod bulletin;
#[cfg(feature = "bulletin")]
mod charts;
mod facts;
pub mod map;
mod markup;
mod period;
mod shares;
pub mod styles;
mod title_block;

pub use period::PeriodChoice;
pub use title_block::TitleBlock;
