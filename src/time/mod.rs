//! Times: instants, days of a zone, spans, periods of service, and what a text says of when something was.

mod calendar;
mod service;
mod time_span;
mod timestamp;
mod when;
mod written;

pub use calendar::{Day, LocalTime, Weekday};
pub use service::ServicePeriod;
pub use time_span::TimeSpan;
pub use timestamp::{Timestamp, Zone};
pub use when::{DayInZone, InPeriod, UnreadableTime, When};
pub use written::{Calendar, DateOrder, Spelling, TimeForm};
