//! Why something is not located, what is doubtful and what was assumed: typed, their English words made at the end.

use std::fmt::{self, Write};

use super::classes;
use crate::analysis::{FixFailure, FixWarning};
use crate::io::NoPosition;
use crate::region::{DistanceInterval, LocationForm};
use crate::text::OneLine;
use crate::{Error, IncidentGeometry};

/// Why an incident is not located.
///
/// `Display` writes what stands behind `not located: ` in `location_warning`.
///
/// ```
/// use patrol_corridor::IncidentGeometry;
/// use patrol_corridor::described::NotLocated;
/// let why = NotLocated::of_geometry(&IncidentGeometry::Lines(vec![]), true);
/// assert_eq!(why.to_string(), "a line, expected a Point or MultiPoint");
/// assert!(!why.is_region_unknown());
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum NotLocated {
    /// The feature has no geometry member.
    NoGeometry,
    /// The geometry is null.
    NullGeometry,
    /// The geometry has no coordinates.
    EmptyGeometry,
    /// A MultiPoint without positions.
    EmptyMultiPoint,
    /// The geometry is a line.
    Line,
    /// The geometry is a polygon.
    Polygon,
    /// The geometry is a GeometryCollection.
    GeometryCollection,
    /// The row has no columns of a position, and reports no location otherwise.
    NothingReported,
    /// Longitude and latitude are empty.
    NoPosition,
    /// The longitude is empty.
    NoLongitude,
    /// The latitude is empty.
    NoLatitude,
    /// A field that only adds to another is there without that one.
    Incomplete {
        /// The field that is there.
        field: &'static str,
        /// Its text.
        text: String,
        /// What it would add to: a field, or `a position`.
        lacking: &'static str,
        /// What that would hold.
        expected: &'static str,
    },
    /// Several observations give no fix.
    Fix(FixFailure),
    /// No post has the id.
    UnknownPost {
        /// The id as it was found.
        id: String,
        /// Which ids there are.
        hint: String,
    },
    /// No route has the id.
    UnknownRoute {
        /// The id as it was found.
        id: String,
        /// Which ids there are.
        hint: String,
    },
    /// The geometry is only the reference point of a region, and what described the region is gone.
    MembersGone {
        /// How the location was reported.
        form: LocationForm,
    },
}

impl NotLocated {
    /// Returns why a place without a position to locate it by is not located; `has_member` is `false` where a feature has
    /// no geometry member at all.
    ///
    /// ```
    /// use patrol_corridor::IncidentGeometry;
    /// use patrol_corridor::described::NotLocated;
    /// assert_eq!(NotLocated::of_geometry(&IncidentGeometry::None, true), NotLocated::NullGeometry);
    /// assert_eq!(NotLocated::of_geometry(&IncidentGeometry::None, false), NotLocated::NoGeometry);
    /// ```
    #[must_use]
    pub fn of_geometry(geometry: &IncidentGeometry, has_member: bool) -> Self {
        match geometry {
            IncidentGeometry::None if !has_member => NotLocated::NoGeometry,
            IncidentGeometry::None => NotLocated::NullGeometry,
            IncidentGeometry::MultiPoint(_) | IncidentGeometry::Point(_) => NotLocated::EmptyMultiPoint,
            IncidentGeometry::Lines(_) => NotLocated::Line,
            IncidentGeometry::Region(_) => NotLocated::Polygon,
            IncidentGeometry::Collection(_) => NotLocated::GeometryCollection,
        }
    }

    /// Returns `true` if a location was described and its region can't be rebuilt: a post, a route or the members that
    /// describe it are not there.
    ///
    /// ```
    /// use patrol_corridor::described::NotLocated;
    /// let unknown = NotLocated::UnknownPost { id: "OP-70".to_owned(), hint: String::new() };
    /// assert!(unknown.is_region_unknown());
    /// assert!(!NotLocated::NullGeometry.is_region_unknown());
    /// ```
    #[must_use]
    pub fn is_region_unknown(&self) -> bool {
        matches!(
            self,
            NotLocated::UnknownPost { .. } | NotLocated::UnknownRoute { .. } | NotLocated::MembersGone { .. }
        )
    }
}

impl fmt::Display for NotLocated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotLocated::NoGeometry => "the feature has no geometry member",
            NotLocated::NullGeometry => "the geometry is null",
            NotLocated::EmptyGeometry => "the geometry is empty",
            NotLocated::EmptyMultiPoint => "a MultiPoint without positions",
            NotLocated::Line => "a line, expected a Point or MultiPoint",
            NotLocated::Polygon => "a polygon, expected a Point or MultiPoint",
            NotLocated::GeometryCollection => "a GeometryCollection, expected a Point or MultiPoint",
            NotLocated::NothingReported => "the row reports no location",
            NotLocated::NoPosition => "longitude and latitude are empty",
            NotLocated::NoLongitude => "the longitude is empty",
            NotLocated::NoLatitude => "the latitude is empty",
            NotLocated::Incomplete { field, text, lacking, expected } => {
                return write!(f, "{field} `{text}` without {lacking}, expected {expected}");
            }
            NotLocated::Fix(failure) => return failure.fmt(f),
            NotLocated::UnknownPost { id, hint } => return write!(f, "no post has the id `{id}`: {hint}"),
            NotLocated::UnknownRoute { id, hint } => return write!(f, "no route has the id `{id}`: {hint}"),
            NotLocated::MembersGone { form } => {
                return write!(
                    f,
                    "the geometry is the reference point of a region (`{form}`), and the members that describe the region \
                     are gone: restore them, or set location_form to `position`"
                );
            }
        })
    }
}

impl From<NoPosition> for NotLocated {
    fn from(why: NoPosition) -> Self {
        match why {
            NoPosition::NoGeometry => NotLocated::NoGeometry,
            NoPosition::NullGeometry => NotLocated::NullGeometry,
            NoPosition::EmptyGeometry => NotLocated::EmptyGeometry,
            NoPosition::NothingReported => NotLocated::NothingReported,
            NoPosition::NoLonLat => NotLocated::NoPosition,
            NoPosition::NoLongitude => NotLocated::NoLongitude,
            NoPosition::NoLatitude => NotLocated::NoLatitude,
        }
    }
}

/// Why the texts of a report give no region.
///
/// ```
/// use patrol_corridor::described::{DescribedOptions, DescribedReader, DescribedTexts, Refusal};
/// use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let reader = DescribedReader::new(&index, DescribedOptions::default());
/// let mut heard = DescribedTexts::default();
/// heard.set("observer_post", "OP-21");
/// heard.set("distance_m", "far");
/// let Err(Refusal::Unreadable(error)) = reader.read(&heard, &IncidentGeometry::None) else { panic!() };
/// assert_eq!(error.path(), Some("distance_m"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub enum Refusal {
    /// A text is not what its field holds, or two fields contradict each other; the error names the field.
    Unreadable(Error),
    /// Everything is readable, and the region is unknown or none.
    NotLocated(NotLocated),
}

impl Refusal {
    /// Names the field in what is unreadable.
    pub(super) fn under(self, field: &str) -> Self {
        match self {
            Refusal::Unreadable(error) => Refusal::Unreadable(error.under(field)),
            refusal => refusal,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unreadable(error) => error.fmt(f),
            // An id out of a file may hold a line break.
            Refusal::NotLocated(why) => write!(OneLine(f), "not located: {why}"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Refusal::Unreadable(error)
    }
}

impl From<NotLocated> for Refusal {
    fn from(why: NotLocated) -> Self {
        Refusal::NotLocated(why)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unreadable(error) => error,
            Refusal::NotLocated(_) => Error::input(refusal.to_string()),
        }
    }
}

/// What is doubtful about a location.
///
/// ```
/// use patrol_corridor::described::{DescribedOptions, DescribedReader, DescribedTexts, Warning};
/// use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let reader = DescribedReader::new(&index, DescribedOptions::default());
/// let mut heard = DescribedTexts::default();
/// heard.set("where_prec", "4");
/// let town = IncidentGeometry::Point(Position::from_lon_lat(46.7528, 39.8177)?);
/// let described = reader.read(&heard, &town)?.unwrap();
/// assert!(matches!(described.warnings[0], Warning::Class { class: 4, within_m: 150_000.0, .. }));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Warning {
    /// What speaks against a fix.
    Fix(FixWarning),
    /// A bearing by compass was taken near a magnetic pole.
    MagneticPole,
    /// The position is of a coarse class of precision.
    Class {
        /// `where_prec` or `geo_precision`.
        scheme: &'static str,
        /// The class, from 1.
        class: u32,
        /// The radius that stands for it, in metres.
        within_m: f64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Warning::Fix(warning) => warning.fmt(f),
            Warning::MagneticPole => {
                f.write_str("so near to a magnetic pole compasses are not to be relied on")
            }
            Warning::Class { scheme, class, within_m } => {
                write!(f, "{scheme} {class}")?;
                if let Some(meaning) = classes::meaning(scheme, class) {
                    write!(f, ": {meaning}")?;
                }
                write!(f, ", taken as within {} km", within_m / 1_000.0)
            }
        }
    }
}

/// A tolerance that a report does not give and that was taken from how its number or direction is written.
///
/// ```
/// use patrol_corridor::described::Assumption;
/// let distance = Assumption::Distance("4500..5500".parse()?);
/// assert_eq!(distance.to_string(), "distance 4500..5500 m");
/// let direction = Assumption::Direction { from_deg: 38.0, to_deg: 48.0 };
/// assert_eq!(direction.to_string(), "direction 38..48 degrees");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Assumption {
    /// The id that was meant, which the layer writes otherwise.
    Id {
        /// `post` or `route`.
        what: &'static str,
        /// The id of the layer.
        id: Box<str>,
    },
    /// How a sentence was read.
    Words(Box<str>),
    /// The zone of a grid reference that names none.
    GridZone(Box<str>),
    /// The distance that one number stands for.
    Distance(DistanceInterval),
    /// The directions that a compass point or a number of degrees stands for, clockwise from the north that the bearing
    /// counts from, 0 <= x < 360.
    Direction {
        /// The first.
        from_deg: f64,
        /// The last, clockwise of the first.
        to_deg: f64,
    },
}

impl Assumption {
    /// The directions to either side of an azimuth.
    pub(super) fn direction(azimuth_deg: f64, tolerance_deg: f64) -> Self {
        // 43.3 less 5 is 38.3, not 38.299999999999997.
        let turned = |degrees: f64| ((degrees * 1e9).round() / 1e9).rem_euclid(360.0) + 0.0;
        let (from_deg, to_deg) = (turned(azimuth_deg - tolerance_deg), turned(azimuth_deg + tolerance_deg));
        Assumption::Direction { from_deg, to_deg }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Assumption::Id { what, id } => write!(f, "{what} `{id}`"),
            Assumption::Words(words) => write!(f, "read as {words}"),
            Assumption::GridZone(zone) => write!(f, "grid zone {zone}"),
            Assumption::Distance(interval) => write!(f, "distance {interval}"),
            Assumption::Direction { from_deg, to_deg } => write!(f, "direction {from_deg}..{to_deg} degrees"),
        }
    }
}

/// Joins texts as the annotation has several: `; ` between; `None` where there is none.
///
/// ```
/// use patrol_corridor::described::{Warning, joined};
/// assert_eq!(joined::<Warning>(&[]), None);
/// assert_eq!(joined(&[Warning::MagneticPole; 2]).unwrap().matches("; ").count(), 1);
/// ```
pub fn joined<T: fmt::Display>(texts: &[T]) -> Option<String> {
    let texts: Vec<String> = texts.iter().map(T::to_string).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}
