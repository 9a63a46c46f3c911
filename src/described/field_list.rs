//! The names under which a described location's parts stand, with their units and meanings.

/// A property or column that tells where a described location was.
///
/// ```
/// use patrol_corridor::described::DESCRIBED_FIELDS;
/// let bearing = DESCRIBED_FIELDS.iter().find(|field| field.name == "bearing").unwrap();
/// assert_eq!(bearing.unit, "degrees");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DescribedField {
    /// Its name, which is read in any case (`MGRS`).
    pub name: &'static str,
    /// Its unit; empty where it has none.
    pub unit: &'static str,
    /// What it holds, and how it is written.
    pub meaning: &'static str,
    /// True where it makes a region of a position; false where it stands for a position.
    pub(super) of_position: bool,
    /// True where something is reported as soon as it is there; others say more of one that is.
    pub(super) tells: bool,
}

const fn field(name: &'static str, unit: &'static str, meaning: &'static str) -> DescribedField {
    DescribedField { name, unit, meaning, of_position: false, tells: false }
}

const fn telling(name: &'static str, unit: &'static str, meaning: &'static str) -> DescribedField {
    DescribedField { tells: true, ..field(name, unit, meaning) }
}

const fn of_position(name: &'static str, unit: &'static str, meaning: &'static str) -> DescribedField {
    DescribedField { of_position: true, ..telling(name, unit, meaning) }
}

/// Every name that is read, in the order of the documentation.
pub const DESCRIBED_FIELDS: &[DescribedField] = &[
    of_position("uncertainty_m", "m", "how far the position (or the grid square) may be off: `900`, `25 km`"),
    of_position("coordinateUncertaintyInMeters", "m", "the same, under its name in Darwin Core"),
    of_position(
        "where_prec",
        "",
        "UCDP's class of the position, 1 to 7; ignored if there is an uncertainty in metres",
    ),
    of_position(
        "geo_precision",
        "",
        "ACLED's class of the position, 1 to 3; ignored if there is an uncertainty in metres",
    ),
    telling("mgrs", "", "MGRS reference with 0 to 5 pairs of digits (`38T NK 12 34` is a square of 1 km)"),
    telling(
        "utm",
        "",
        "UTM reference of a 1 m square: zone, hemisphere or band, easting, northing (`38 north 512345 \
         4412345`)",
    ),
    telling(
        "utm_zone",
        "",
        "zone and hemisphere of a UTM reference whose easting and northing are apart (`38 north`, `38T`)",
    ),
    field("easting", "m", "easting of the UTM reference in the zone `utm_zone`"),
    field("northing", "m", "northing of the UTM reference in the zone `utm_zone`"),
    telling("dms", "", "latitude and longitude in degrees, minutes and seconds (`40°04'05\"N 46°48'28\"E`)"),
    telling(
        "observer_post",
        "",
        "id of the post that observed the incident; separate several observations of one incident by `;`",
    ),
    telling(
        "location_text",
        "",
        "a sentence with a direction, a distance and a post, a place along a route or a grid reference (`2-7 km NNE of \
         OP-07`); what is not understood is named",
    ),
    field(
        "bearing",
        "degrees",
        "direction from the post: one of 16 compass points (`NNE`) or degrees (`043`)",
    ),
    field(
        "bearing_tolerance_deg",
        "degrees",
        "tolerance of the bearing to either side, 0 for an exact one; the default is 11.25 for a compass \
         point and 5 for degrees (1 in a fix)",
    ),
    field(
        "distance_m",
        "m",
        "distance from the post, or two limits (`2km..7km`, `5 km +- 500 m`), in metres or with a unit; \
         one number is good to half of its last digit, and at most to a quarter of its value (`2 km` is 1.5 \
         to 2.5 km; 10 % in a fix)",
    ),
    field("distance_min_m", "m", "lower limit of the distance; alone, the upper limit is the greatest range"),
    field("distance_max_m", "m", "upper limit of the distance; alone, the lower limit is 0"),
    field(
        "north",
        "",
        "north that the bearing refers to: `true` (the default), `grid` (of UTM) or `magnetic`",
    ),
    field("route_id", "", "id of the route that `chainage_m` refers to"),
    telling(
        "chainage_m",
        "m",
        "distance along the route from its first vertex, or two limits (`12400`, `km 12.4`, `12+400`, \
         `12.2km..12.6km`, `km 12.4 +- 200 m`)",
    ),
    field("chainage_tolerance_m", "m", "tolerance of the chainage, either way along the route"),
    field(
        "offset_m",
        "m",
        "distance from the route, or two limits; without it, the incident is on the route",
    ),
    field("side", "", "side of the route, facing increasing chainage: `left` or `right` [default: either]"),
    field(
        "time",
        "",
        "time of the incident, RFC 3339 or a date (`2020-10-04`), for the magnetic declination",
    ),
];
