//! Why a feature or a row has no position.

/// Why a feature or a row has no position, as far as its format says.
///
/// ```
/// use patrol_corridor::described::NotLocated;
/// use patrol_corridor::io::NoPosition;
/// let why = NotLocated::from(NoPosition::NoLongitude);
/// assert_eq!(why, NotLocated::NoLongitude);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoPosition {
    /// The feature has no geometry member.
    NoGeometry,
    /// The geometry is null.
    NullGeometry,
    /// The geometry has no coordinates.
    EmptyGeometry,
    /// The table has no columns of a position, and the row reports no location otherwise.
    NothingReported,
    /// Longitude and latitude are empty.
    NoLonLat,
    /// The longitude is empty.
    NoLongitude,
    /// The latitude is empty.
    NoLatitude,
}
