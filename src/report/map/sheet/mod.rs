//! A map laid out on paper: classification, title, map, and what explains it in columns beside or below it.
//!
//! What explains the map decides how much paper is left for it, and some of it (marks, notes) hangs on the map's scale. So
//! a plan is made of a scene, the scene is made anew for that plan, and again if the plan then has no room for all.

mod border;
mod column;
mod document;
mod explained;
mod page;
mod plan;
mod scale;
#[cfg(test)]
mod tests;
mod title_block;

pub(super) use document::document;
pub(super) use page::{page_markup, page_style};
pub(super) use plan::Plan;
