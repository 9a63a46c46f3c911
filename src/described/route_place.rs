//! Places along a route, with what they leave open.

use std::str::FromStr;

use super::values::metres;
use crate::geodesy::{Edges, Ellipsoid, distance_m, inverse};
use crate::linear::{LinearElement, Mark, Side};
use crate::region::PLUS_MINUS;
use crate::region::{DescribedLocation, DistanceInterval, RouteInterval};
use crate::{Error, PatrolIndex, PatrolRoute, Position};

/// What is written to 0.1 mm must read back: so far past the end of a route is its end.
const SLACK_M: f64 = 1e-3;

/// So much of the route around a place tells its direction there; at a vertex both edges are in it.
const AROUND_M: f64 = 0.01;

/// A place along a route as it is reported: the route, a distance along it (or two between which it lies), how far that
/// may be off, and a distance from the route to a side.
///
/// As text: id, `km`, the kilometre or two, and where they are known `+-` a distance, and behind a comma a distance
/// from the route and the side.
///
/// ```
/// use patrol_corridor::linear::Side;
/// use patrol_corridor::described::RoutePlace;
/// let place: RoutePlace = "R3 km 12.4 +- 200 m, left".parse()?;
/// assert_eq!((place.route.as_str(), place.chainage.metres()), ("R3", 12_400.0..=12_400.0));
/// assert_eq!((place.tolerance_m, place.side), (200.0, Some(Side::Left)));
/// let beside: RoutePlace = "North road km 12.2..12.6, 150 m right".parse()?;
/// assert_eq!(beside.offset, Some("150 m".parse()?));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RoutePlace {
    /// The id of the route.
    pub route: String,
    /// The distance from the route's first vertex along it, in metres, as the annotation's `route_chainage_m` counts it.
    pub chainage: DistanceInterval,
    /// How far it may be off either way, in metres.
    pub tolerance_m: f64,
    /// The distance from the route; `None` for a place on it.
    pub offset: Option<DistanceInterval>,
    /// The side, facing increasing chainage; `None` where it is not known. On the route itself it makes no difference.
    pub side: Option<Side>,
}

impl RoutePlace {
    /// What it leaves open on a route of an area, by its place in the layer.
    ///
    /// On the route that is the interval from the chainage less the tolerance to the chainage and the tolerance, as far as
    /// the route goes. Beside the route it is a disc that holds every place at that offset from the stretch: about the point
    /// beside the middle of the interval, where the route turns little there, else about the middle of the interval itself.
    ///
    /// ```
    /// use patrol_corridor::described::RoutePlace;
    /// use patrol_corridor::region::DescribedRegion;
    /// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R5", &line)?], Edges::Planar)?;
    /// let place: RoutePlace = "R5 km 6.4 +- 200 m".parse()?;
    /// let location = place.locate(&index, 0)?;
    /// assert!(matches!(location.region(), DescribedRegion::Interval(_)));
    /// // The route is 12.7 km long.
    /// assert!("R5 km 20".parse::<RoutePlace>()?.locate(&index, 0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the chainage lies farther than the tolerance outside the route, or a number is out of range.
    ///
    /// # Panics
    /// Where there is no such route.
    pub fn locate(&self, index: &PatrolIndex, route: usize) -> Result<DescribedLocation, Error> {
        let length_m = index.route_length_m(route);
        if !(self.tolerance_m >= 0.0 && self.tolerance_m.is_finite()) {
            let tolerance_m = self.tolerance_m;
            let what = format!("{tolerance_m} m, expected a finite number of metres of at least 0");
            return Err(Error::input(what).under("chainage_tolerance_m"));
        }
        let (from_m, to_m) = self.chainage.metres().into_inner();
        if to_m > length_m + self.tolerance_m + SLACK_M {
            return Err(Error::input(format!(
                "{to_m} m along the route `{}`, expected 0 to {length_m:.1} m: it is no longer than that, counted \
                 from its first vertex",
                index.routes()[route].id
            ))
            .under("chainage_m"));
        }
        let from_m = (from_m - self.tolerance_m).clamp(0.0, length_m);
        let to_m = (to_m + self.tolerance_m).min(length_m);
        let interval = interval(index, route, from_m, to_m)?;
        match self.offset {
            None => Ok(DescribedLocation::along_route(interval)),
            Some(offset) => {
                let location = self.beside(index, route, &interval, [from_m, to_m], offset);
                location.map_err(|error| error.under("offset_m"))
            }
        }
    }

    fn beside(
        &self,
        index: &PatrolIndex,
        route: usize,
        interval: &RouteInterval,
        [from_m, to_m]: [f64; 2],
        offset: DistanceInterval,
    ) -> Result<DescribedLocation, Error> {
        let (least_m, most_m) = offset.metres().into_inner();
        // A little more of the route, for its directions at both ends.
        let start_m = (from_m - AROUND_M).max(0.0);
        let around = index.route_interval(route, start_m, to_m + AROUND_M);
        if around.is_empty() {
            return DescribedLocation::beside_route(interval.reference(), most_m);
        }
        let gaps_m: f64 =
            around.windows(2).map(|lines| distance_m(lines[0][lines[0].len() - 1], lines[1][0])).sum();
        let line = LinearElement::new(&PatrolRoute::from_parts("", around.clone())?, index.edges())?;
        let middle_m = 0.5 * (from_m + to_m) - start_m;
        let middle = line.mark_at(middle_m);
        // Each place is as far from its foot as it says, and its foot no farther from the middle than this.
        let along_m = interval.distance_bounds(middle.position).max_m;
        let about_middle_m = along_m + most_m;
        let Some(side @ (Side::Left | Side::Right)) = self.side else {
            return DescribedLocation::beside_route(middle.position, about_middle_m);
        };
        let turn_deg = most_turn_deg(&around, index.edges(), &middle)?;
        // The foot moves by no more than `along_m`, what points off the route turns by no more than this; the rest
        // is what the ellipsoid's curvature can add, at least twice over.
        let chord_m = 2.0 * most_m * (0.5 * turn_deg.min(180.0)).to_radians().sin();
        let semi_minor_m = Ellipsoid::WGS84.semi_minor_m();
        let reach_m = along_m + gaps_m + most_m;
        let bend_m = 2.0 * most_m * reach_m * reach_m / (semi_minor_m * semi_minor_m);
        let about_place_m = along_m + chord_m + bend_m + 0.5 * (most_m - least_m);
        if about_place_m >= about_middle_m {
            return DescribedLocation::beside_route(middle.position, about_middle_m);
        }
        let place = line.point_beside(middle_m, 0.5 * (least_m + most_m), side);
        DescribedLocation::beside_route(place, about_place_m)
    }
}

/// The interval of a route, which may be one place.
fn interval(index: &PatrolIndex, route: usize, from_m: f64, to_m: f64) -> Result<RouteInterval, Error> {
    let lines = index.route_interval(route, from_m, to_m);
    if !lines.is_empty() {
        return RouteInterval::new(lines, index.edges());
    }
    let around = index.route_interval(route, from_m - AROUND_M, to_m + AROUND_M);
    let place = match around.is_empty() {
        // A route that is one place.
        true => index.routes()[route].parts()[0][0],
        false => {
            let along_m = from_m - (from_m - AROUND_M).max(0.0);
            LinearElement::new(&PatrolRoute::from_parts("", around)?, index.edges())?.point_at(along_m)
        }
    };
    RouteInterval::new(vec![vec![place, place]], index.edges())
}

/// How far directions of lines are turned against that of a place on them at most, 0 to 180 degrees: against what it is
/// where it is carried along the geodesic, for azimuths turn on the way of themselves.
fn most_turn_deg(lines: &[Vec<Position>], edges: Edges, from: &Mark) -> Result<f64, Error> {
    let turn_deg = |to: &Mark| {
        let path = inverse(from.position, to.position);
        let carried_deg = match path.distance_m {
            0.0 => from.azimuth_deg,
            _ => from.azimuth_deg - path.azimuth1_deg + path.azimuth2_deg,
        };
        ((to.azimuth_deg - carried_deg + 540.0).rem_euclid(360.0) - 180.0).abs()
    };
    let mut most_deg: f64 = 0.0;
    for ends in lines.iter().flat_map(|line| line.windows(2)).filter(|ends| ends[0] != ends[1]) {
        let edge = LinearElement::new(&PatrolRoute::from_parts("", vec![ends.to_vec()])?, edges)?;
        // Along an edge the turn grows or falls.
        for part in [0.0, 0.5, 1.0] {
            most_deg = most_deg.max(turn_deg(&edge.mark_at(part * edge.length_m())));
        }
    }
    Ok(most_deg)
}

/// A chainage or two, `km 12.4` and `12+400` among the ways of writing, and how far it may be off where that is said.
pub(super) fn chainage(text: &str) -> Result<(DistanceInterval, Option<f64>), Error> {
    match PLUS_MINUS.iter().find_map(|mark| text.split_once(mark)) {
        Some((along, tolerance)) => Ok((chainages(along)?, Some(tolerance_m(along, tolerance)?))),
        None => Ok((chainages(text)?, None)),
    }
}

/// How far a place may be off. Nobody knows the unit of a bare number beside kilometres, so that is an error.
fn tolerance_m(along: &str, text: &str) -> Result<f64, Error> {
    let has_unit = |text: &str| text.contains(char::is_alphabetic);
    if has_unit(along) && !has_unit(text) {
        return Err(Error::input(format!(
            "the tolerance `{}` without a unit, expected one (`200 m`)",
            text.trim()
        )));
    }
    metres(text)
}

fn chainages(text: &str) -> Result<DistanceInterval, Error> {
    let trimmed = text.trim();
    let kilometre = kilometre(trimmed);
    let number = kilometre.unwrap_or(trimmed);
    if let Some(along_m) = stationed_m(number) {
        return DistanceInterval::from_metres(along_m..=along_m);
    }
    let of_kilometre = kilometre.and_then(|number| format!("{number} km").parse().ok());
    // What is wrong is told of the text as it stands.
    of_kilometre.map_or_else(|| text.parse(), Ok)
}

/// What comes behind `km`, in Latin or Cyrillic letters.
fn kilometre(text: &str) -> Option<&str> {
    let word = ["km", "км"]
        .into_iter()
        .find(|word| text.get(..word.len()).is_some_and(|start| start.to_lowercase() == **word))?;
    Some(text[word.len()..].trim())
}

/// Returns `true` for `km 12.4` and the like: a place along a route whose id is elsewhere.
pub(super) fn is_kilometre(text: &str) -> bool {
    kilometre(text).is_some() && chainage(text).is_ok()
}

/// `12+400`, 400 m behind kilometre 12.
fn stationed_m(text: &str) -> Option<f64> {
    let (kilometre, behind) = text.split_once('+')?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = behind.split_once('.').unwrap_or((behind, "0"));
    if ![kilometre, whole, decimals].into_iter().all(is_digits) || whole.len() != 3 {
        return None;
    }
    Some(1_000.0 * kilometre.parse::<f64>().ok()? + behind.parse::<f64>().ok()?)
}

/// A side by its word.
pub(super) fn side(text: &str) -> Result<Side, Error> {
    match text.trim().to_ascii_lowercase().as_str() {
        "left" | "l" => Ok(Side::Left),
        "right" | "r" => Ok(Side::Right),
        "on" => Ok(Side::On),
        _ => Err(Error::input(format!("the side `{text}`, expected `left`, `right` or `on`"))),
    }
}

impl FromStr for RoutePlace {
    type Err = Error;

    /// `R3 km 12.4`, `R3 km 12.2..12.6`, `R3 km 12.4 +- 200 m`, `R3 km 12.4 ± 200 m, 150 m left`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |why: &str| {
            Error::input(format!(
                "the place along a route `{text}`, {why}: expected the id of the route, `km` and its kilometre \
                 (`R3 km 12.4`, `R3 km 12.2..12.6`, `R3 km 12.4 +- 200 m, 150 m left`)"
            ))
        };
        let mut parts = text.split(',');
        let along = parts.next().unwrap_or("");
        let split = PLUS_MINUS.iter().find_map(|mark| along.split_once(mark));
        let (along, tolerance_m) = match split {
            Some((along, tolerance)) => (
                along,
                // What stands before it ends with kilometres.
                tolerance_m("km", tolerance)
                    .map_err(|why| refused(&format!("whose tolerance is wrong ({why})")))?,
            ),
            None => (along, 0.0),
        };
        let words: Vec<&str> = along.split_whitespace().collect();
        let km = words.iter().rposition(|word| word.eq_ignore_ascii_case("km"));
        let km = km.filter(|&km| km > 0 && km + 1 < words.len());
        let Some(km) = km else { return Err(refused("which has no `km` behind an id")) };
        let chainage = format!("{} km", words[km + 1..].join(" ")).parse();
        let chainage =
            chainage.map_err(|_| refused("behind whose `km` is no number of kilometres, or two"))?;
        let route = words[..km].join(" ");
        let mut place = RoutePlace { route, chainage, tolerance_m, offset: None, side: None };
        for part in parts {
            for (is_offset, words) in offset_and_side(part) {
                if is_offset && place.offset.is_none() {
                    let offset =
                        words.parse().map_err(|_| refused(&format!("in which `{words}` is no distance")))?;
                    place.offset = Some(offset);
                } else if !is_offset && place.side.is_none() {
                    place.side = Some(side(&words)?);
                } else {
                    return Err(refused("which has two distances from the route, or two sides"));
                }
            }
        }
        Ok(place)
    }
}

/// What stands behind the comma: each piece with true for a distance, false for a side.
fn offset_and_side(part: &str) -> Vec<(bool, String)> {
    let is_side = |word: &&str| side(word).is_ok();
    let words: Vec<&str> = part.split_whitespace().collect();
    let (sides, others): (Vec<&str>, Vec<&str>) = words.into_iter().partition(is_side);
    let offset = (!others.is_empty()).then(|| (true, others.join(" ")));
    offset.into_iter().chain(sides.into_iter().map(|word| (false, word.to_owned()))).collect()
}
