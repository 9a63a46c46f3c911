//! Described locations as people log them: texts under documented names, read into the region that each leaves open.
//!
//! # What is read
//! Names are those of [`DESCRIBED_FIELDS`] in any case, properties of GeoJSON or columns of a table; where two differ
//! in case alone, the one as documented counts. A blank value is none.
//!
//! | given | region | form |
//! |---|---|---|
//! | a position, nothing else | none: the position itself | |
//! | a position and `uncertainty_m`, `where_prec` or `geo_precision` | a disc | `circle` |
//! | `dms` | a position; with an uncertainty a disc | `position`, `circle` |
//! | `mgrs` | its square, 100 km to 1 m | `grid` |
//! | `utm` | the square of 1 m | `grid` |
//! | `mgrs` or `utm`, and an uncertainty | the disc around the square, grown by it | `circle` |
//! | `observer_post`, `bearing`, a distance | a sector, or an arc where the distance is exact | `sector` |
//! | `observer_post`, `bearing` | a sector to the greatest range; with a tolerance of 0 a ray | `sector`, `ray` |
//! | `observer_post`, a distance | a ring | `sector` |
//! | several in `observer_post` | the ellipse of 95 % around the fix | `fix` |
//! | `route_id`, `chainage_m` | an interval of the route | `route` |
//! | the same with `offset_m` | a disc that holds all places at that offset | `route` |
//!
//! # Rules
//! * A position (the geometry, or the columns of a position) wins: of the rest only an uncertainty counts then, and that not
//!   beside several positions. `uncertainty_m` (or Darwin Core's `coordinateUncertaintyInMeters`) wins over classes; of two classes the coarser counts
//!   ([`PrecisionClasses`]), and one that names no more than a district or a region is a doubt.
//! * Without a position one of `mgrs`, `utm`, `dms`, `observer_post` and `chainage_m` may be there; two are an
//!   error, lest one be passed over. So is an uncertainty beside `observer_post` or `chainage_m`, which have tolerances of
//!   their own. What only adds to one of those (`bearing` without `observer_post`, `route_id` without `chainage_m`)
//!   is passed over without it: such names stand in tables for other things. The `location_warning` names it.
//! * Ids are matched as texts: `7` in a table is the id 7 and the id "7", and where a layer has both, neither. A post or a
//!   route that the layer does not have leaves the region unknown ([`NotLocated::is_region_unknown`]).
//! * Without a tolerance a compass point is good to 11.25 degrees to either side, degrees to
//!   [`DescribedOptions::bearing_tolerance_deg`]; a tolerance of 0 makes them exact.
//! * `distance_m` that is one number is good to half of its last significant place, at most to a quarter of it: `2 km` and
//!   `2000` are 1.5 to 2.5 km, `10 km` 7.5 to 12.5 km, `1500` 1,450 to 1,550 m, `5.0 km` 4.95 to 5.05 km; 0 is exact.
//!   `5000.0` without a unit is 5000, as formats write it that have whole numbers as floats.
//! * What was assumed is listed ([`Described::assumed`]). `distance_min_m`
//!   alone reaches to the greatest range ([`DescribedOptions::greatest_range_m`]), `distance_max_m` alone from the post.
//! * Bearings count from true north unless `north` (or [`DescribedOptions::north`]) says `grid` or `magnetic`: by the
//!   convergence of the grid at the post; by the declination given, else that of the magnetic model at the post on the day of
//!   `time` ([`Declination`](crate::geodesy::Declination)).
//! * Several observations of one incident have a `;` between the posts (in GeoJSON an array); every other field of them has as
//!   many values, with blanks where there is none, or one for all. The fix is by least squares
//!   on standard deviations: of a bearing its tolerance, else 11.25 degrees for a compass point and 1 degree for degrees; of
//!   an interval half its width, of a single distance 10 % of it. What speaks against a fix is its doubt.
//! * `chainage_m` counts from the route's first vertex, as `route_chainage_m` of the annotation does. It may lie outside the
//!   route by no more than its tolerance; the interval ends where the route does. With `offset_m` and no side both sides
//!   are meant; a side without `offset_m` is the near verge, and makes no difference.

mod classes;
mod field_list;
mod field_names;
mod fields;
mod ids;
mod observers;
mod reader;
mod reasons;
mod route_place;
mod values;
mod words;

pub use classes::PrecisionClasses;
pub use field_list::{DESCRIBED_FIELDS, DescribedField};
#[doc(hidden)]
pub use field_names::{FieldNames, looks_like_read};
pub use fields::DescribedTexts;
pub use fields::nearly_read;
pub(crate) use fields::{DescribedColumns, lengths_beside, names_time, tells_beside, time_member};
pub use reader::{Described, DescribedOptions, DescribedReader};
pub use reasons::{Assumption, NotLocated, Refusal, Warning, joined};
pub use route_place::RoutePlace;
pub use words::ReadWords;
