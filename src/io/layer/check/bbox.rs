//! `bbox` members: four or more numbers that hold what is in the object (RFC 7946 section 5).

use crate::io::json::raw::{self, elements, kind_of};
use crate::{IncidentGeometry, Position};

/// A box in degrees; west > east where it crosses the antimeridian.
#[derive(Debug, Clone, Default)]
pub(super) struct Bbox {
    /// West, south, east, north; `None` where the object has no box, or has been found wanting.
    sides: Option<[f64; 4]>,
    /// How many numbers a position has by it.
    dimensions: usize,
    /// Where it stands in the text.
    pub(super) offset: usize,
    pub(super) path: String,
    /// The collection's own, so that no feature is named with it.
    pub(super) of_collection: bool,
    pub(super) told: bool,
}

impl Bbox {
    /// Reads a box; otherwise the culprit and what is wrong with it.
    pub(super) fn read<'t>(
        value: &'t str,
        text: &str,
        path: String,
    ) -> Result<Option<Bbox>, (&'t str, String)> {
        if !value.starts_with('[') {
            return Err((value, format!("{}, expected an array of numbers", kind_of(value))));
        }
        let mut numbers = Vec::new();
        for element in elements(value) {
            match element.parse::<f64>() {
                Ok(number) if raw::is_number(element) && number.is_finite() => numbers.push(number),
                _ => return Err((element, format!("{}, expected a number", kind_of(element)))),
            }
        }
        let count = numbers.len();
        if count < 4 || count % 2 == 1 {
            return Err((value, format!("{count} number(s), expected 4, or 6 with heights")));
        }
        let dimensions = count / 2;
        let sides = Some([numbers[0], numbers[1], numbers[dimensions], numbers[dimensions + 1]]);
        Ok(Some(Bbox {
            sides,
            dimensions,
            offset: raw::offset_in(text, value),
            path,
            of_collection: false,
            told: false,
        }))
    }

    /// What is doubtful about the box by itself.
    pub(super) fn warning(&self) -> Option<String> {
        let [_, south, _, north] = self.sides?;
        (south > north).then(|| {
            format!(
                "south {south} above north {north}, expected west, south, east, north \
                 (the least of all, then the greatest)"
            )
        })
    }

    fn holds(&self, position: Position) -> bool {
        let Some([west, south, east, north]) = self.sides else { return true };
        let (lon, lat) = (position.lon_deg(), position.lat_deg());
        let between = if west <= east { west <= lon && lon <= east } else { lon >= west || lon <= east };
        between && south <= lat && lat <= north
    }

    /// What is wrong with it, as the box around a geometry.
    pub(super) fn fault(&self, place: &IncidentGeometry, geometry: &str) -> Option<String> {
        self.sides?;
        let mut outside = None;
        each_position(place, &mut |position| {
            if outside.is_none() && !self.holds(position) {
                outside = Some(position);
            }
        });
        match outside {
            Some(at) => Some(format!(
                "a box that does not hold the position [{}, {}], expected west, south, east, north \
                 around all that is in the object: widen it or leave it out",
                at.lon_deg(),
                at.lat_deg()
            )),
            None if self.warning().is_none() && !fits(self.dimensions, geometry) => Some(format!(
                "a box of {} numbers around positions of another dimension, expected 4 without \
                 heights and 6 with them",
                2 * self.dimensions
            )),
            None => None,
        }
    }
}

/// True unless no position of the geometry has the box's number of numbers.
fn fits(dimensions: usize, geometry: &str) -> bool {
    let mut any = None;
    each_length(geometry, 0, &mut |length| any = Some(any.unwrap_or(false) || length == dimensions));
    any.unwrap_or(true)
}

/// The lengths of the positions anywhere in a geometry. Its structure has been checked.
fn each_length(text: &str, depth: usize, visit: &mut dyn FnMut(usize)) {
    if depth > 2 * crate::io::geojson::geometry::MAX_DEPTH + 8 {
        return;
    }
    for member in raw::members(text).filter(|m| m.key == "coordinates" || m.key == "geometries") {
        each_length(member.value, depth + 1, visit);
    }
    if elements(text).next().is_some_and(raw::is_number) {
        visit(elements(text).count());
    } else {
        elements(text).for_each(|element| each_length(element, depth + 1, visit));
    }
}

fn each_position(place: &IncidentGeometry, visit: &mut dyn FnMut(Position)) {
    match place {
        IncidentGeometry::None => {}
        IncidentGeometry::Point(position) => visit(*position),
        IncidentGeometry::MultiPoint(positions) => positions.iter().copied().for_each(visit),
        IncidentGeometry::Lines(lines) => lines.iter().flatten().copied().for_each(visit),
        IncidentGeometry::Region(region) => {
            region.polygons().iter().flatten().flatten().copied().for_each(visit)
        }
        IncidentGeometry::Collection(places) => places.iter().for_each(|place| each_position(place, visit)),
    }
}
