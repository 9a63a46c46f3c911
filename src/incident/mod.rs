//! Incidents, read once: the same file gives the same incidents to every use, whatever its format.
//!
//! A source is GeoJSON text or the rows of a table ([`IncidentSource`]). Each feature or row is read into where and when
//! its incident happened ([`Reading`]), by one set of options ([`ReadOptions`]) and one set of rules:
//!
//! # Where
//! 1. A geometry that an earlier annotation calls a reference point (`location_form` beside `location_area_km2`, behind any
//!    prefix) is no position: the members that describe the region count. If they are gone, or name a post or a route that
//!    is not there, the region is unknown.
//! 2. A geometry, or columns of longitude and latitude; with an uncertainty beside it a disc.
//! 3. A described location: `observer_post` with a direction or a distance, `mgrs`, `route_id` with `chainage_m`, ...
//!    ([`described`](crate::described)).
//! 4. Without a geometry: the properties `lon` and `lat` or `longitude` and `latitude`.
//!
//! # When
//! [`When`](crate::time::When) has the outcomes of reading a time.
//!
//! # What becomes of them
//! [`Tally`] counts every incident once; its sums add up.

mod annotated;
mod answer;
mod check;
mod coordinates;
mod date_order;
mod each;
mod faults;
mod in_order;
mod list;
mod location;
mod options;
mod reading;
mod record;
mod repeats;
mod source;
mod surroundings;
mod table;
mod tally;

pub use answer::Answer;
pub use check::check_incidents;
pub use date_order::{DecidedOrder, decided_order};
pub use list::{Incident, incidents};
pub use location::Location;
pub use options::{ReadOptions, TimeUse};
pub use reading::{IncidentReader, Reading};
pub use source::{BadIncidents, IncidentSource, Reject, SourceRun, TakeReject};
pub use surroundings::Oddity;
pub use tally::{First, Firsts, Notice, Noticed, Tally, TimeTally};

pub(crate) use answer::locate_from;
pub(crate) use coordinates::Coordinates;
pub(crate) use each::{ROWS_A_THREAD, bad_row, for_each, held_against_tail, is_of_all};
pub(crate) use faults::Faults;
pub(crate) use in_order::{Work, in_order};
pub(crate) use record::{Entry, IncidentId, id_of};
pub(crate) use table::IncidentColumns;
pub use table::columns_read;
pub(crate) use tally::Mark;
