//! The reference ellipsoid (ISO 19111), and Karney's geodesics on it.

use std::sync::LazyLock;

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use super::Position;

/// An oblate ellipsoid of revolution.
///
/// ```
/// use patrol_corridor::geodesy::Ellipsoid;
/// let wgs84 = Ellipsoid::WGS84;
/// assert_eq!((wgs84.name, wgs84.semi_major_m), ("WGS84", 6_378_137.0));
/// assert_eq!(format!("{:.4}", wgs84.semi_minor_m()), "6356752.3142");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    /// Its usual name.
    pub name: &'static str,
    /// The semi-major axis in metres.
    pub semi_major_m: f64,
    /// The flattening, (a - b) / a.
    pub flattening: f64,
}

impl Ellipsoid {
    /// WGS84, on which everything here is computed.
    pub const WGS84: Ellipsoid =
        Ellipsoid { name: "WGS84", semi_major_m: 6_378_137.0, flattening: 1.0 / 298.257_223_563 };

    /// The semi-minor axis in metres.
    ///
    /// ```
    /// use patrol_corridor::geodesy::Ellipsoid;
    /// // NIMA TR8350.2 gives 6,356,752.3142 m.
    /// assert!((Ellipsoid::WGS84.semi_minor_m() - 6_356_752.3142).abs() < 1e-4);
    /// ```
    #[must_use]
    pub const fn semi_minor_m(&self) -> f64 {
        self.semi_major_m * (1.0 - self.flattening)
    }

    /// The square of the first eccentricity.
    ///
    /// ```
    /// use patrol_corridor::geodesy::Ellipsoid;
    /// // NIMA TR8350.2 gives 6.69437999014e-3.
    /// assert!((Ellipsoid::WGS84.eccentricity_squared() - 6.694_379_990_14e-3).abs() < 1e-14);
    /// ```
    #[must_use]
    pub const fn eccentricity_squared(&self) -> f64 {
        self.flattening * (2.0 - self.flattening)
    }
}

/// The mean radius of WGS84, (2a + b) / 3, in metres (Moritz 2000, Geodetic Reference System 1980): of the sphere, where one is
/// as good as the ellipsoid.
pub(crate) const MEAN_RADIUS_M: f64 = 6_371_008.8;

/// The answer to the inverse problem: the shortest path between two positions.
///
/// ```
/// use patrol_corridor::{Position, geodesy};
/// let (post, fire) = (Position::from_lon_lat(46.826567, 40.072204)?, Position::from_lon_lat(46.807759, 40.068059)?);
/// let seen = geodesy::inverse(post, fire);
/// assert_eq!(format!("{:.1} m, {:.2} degrees", seen.distance_m, seen.azimuth1_deg), "1669.2 m, 254.00 degrees");
/// // Both point forward; they differ by how much the meridians converge.
/// assert_eq!(format!("{:.4}", seen.azimuth2_deg - seen.azimuth1_deg), "-0.0121");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Inverse {
    /// Its length in metres.
    pub distance_m: f64,
    /// Its azimuth at the first position, degrees clockwise from north, 0 <= x < 360.
    pub azimuth1_deg: f64,
    /// Its azimuth at the second position, in the same sense (forward), degrees, 0 <= x < 360.
    pub azimuth2_deg: f64,
}

/// The answer to the direct problem.
///
/// ```
/// use patrol_corridor::{Position, geodesy};
/// let end = geodesy::direct(Position::from_lon_lat(46.75, 39.82)?, 90.0, 100_000.0);
/// // A geodesic that sets out to the east turns south.
/// assert_eq!(format!("{:.4},{:.4}", end.position.lon_deg(), end.position.lat_deg()), "47.9179,39.8141");
/// assert_eq!(format!("{:.2}", end.azimuth2_deg), "90.75");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Direct {
    /// Where the geodesic ends.
    pub position: Position,
    /// Its azimuth there (forward), degrees clockwise from north, 0 <= x < 360.
    pub azimuth2_deg: f64,
}

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// The geodesics of WGS84, for what else GeographicLib computes.
pub(super) fn wgs84() -> &'static Geodesic {
    &WGS84
}

/// The shortest path between two positions on WGS84, to 15 nm
/// (Karney 2013, Algorithms for geodesics, J. Geodesy 87, section 4).
///
/// Where several paths are equally short (opposite meridians, antipodes) it is the one that
/// GeographicLib chooses.
///
/// ```
/// use patrol_corridor::{Position, geodesy};
/// let jfk = Position::from_lon_lat(-73.8, 40.6)?;
/// let lhr = Position::from_lon_lat(-0.5, 51.6)?;
/// let path = geodesy::inverse(jfk, lhr);
/// assert!((path.distance_m - 5_551_759.400).abs() < 1e-3);
/// assert!((path.azimuth1_deg - 51.198_883).abs() < 1e-5);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn inverse(from: Position, to: Position) -> Inverse {
    let (distance_m, azimuth1, azimuth2, _): (f64, f64, f64, f64) =
        WGS84.inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg());
    Inverse { distance_m, azimuth1_deg: compass(azimuth1), azimuth2_deg: compass(azimuth2) }
}

/// Where one comes to from a position along a geodesic, to 15 nm (Karney 2013, section 3).
///
/// # Units
/// `azimuth_deg` clockwise from north; `distance_m` in metres, negative for backwards.
///
/// ```
/// use patrol_corridor::{Position, geodesy};
/// let post = Position::from_lon_lat(46.75, 39.82)?;
/// let end = geodesy::direct(post, 43.0, 1_100.0).position;
/// assert!((geodesy::inverse(post, end).distance_m - 1_100.0).abs() < 1e-6);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn direct(from: Position, azimuth_deg: f64, distance_m: f64) -> Direct {
    let (lat, lon, azimuth2): (f64, f64, f64) =
        WGS84.direct(from.lat_deg(), from.lon_deg(), azimuth_deg, distance_m);
    Direct { position: Position::wrapped(lon, lat), azimuth2_deg: compass(azimuth2) }
}

/// Karney's distance alone.
pub(crate) fn karney_distance_m(from: Position, to: Position) -> f64 {
    WGS84.inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg())
}

/// An azimuth in any turn as 0 <= x < 360.
#[inline]
pub(crate) fn compass(azimuth_deg: f64) -> f64 {
    if (0.0..360.0).contains(&azimuth_deg) {
        return azimuth_deg + 0.0;
    }
    let turned = if (-360.0..0.0).contains(&azimuth_deg) {
        azimuth_deg + 360.0
    } else {
        azimuth_deg.rem_euclid(360.0)
    };
    // A tiny negative number rounds up to the whole turn, and -0 stays -0.
    if turned >= 360.0 { 0.0 } else { turned + 0.0 }
}
