//! What people read: the day's bulletin.

pub mod bulletin;
