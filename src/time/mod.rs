//! Times: instants, days of a zone, spans, periods of service, and what a text says of when something was.

mod calendar;
mod instant;
mod service;
mod time_span;
mod when;

pub use calendar::{Day, LocalTime};
pub use instant::{Instant, Zone};
pub use service::ServicePeriod;
pub use time_span::TimeSpan;
pub use when::{DayInZone, InPeriod, UnreadableTime, When};
