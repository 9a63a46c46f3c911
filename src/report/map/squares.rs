//! Squares in place of locations: for maps that leave the house.

use std::collections::BTreeMap;

use super::frame::add_positions;
use super::item::{FieldText, Item};
use super::projection::place_text;
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::turn::short_way_deg;
use crate::{Error, IncidentGeometry, Position, Region};

/// Squares of more than this are no squares any more, in metres.
const MOST_M: f64 = 1_000_000.0;

/// A grid of the whole Earth that no datum of a map has a part in: rows of equal height in latitude, each cut into as many
/// equal parts as make them about as wide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    rows: i64,
    side_m: f64,
}

/// A square: its row from the south pole, and its column from 180 degrees west.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Square {
    row: i64,
    column: i64,
}

/// What is in a square.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// Those that lie in it, and how many of each type where types are on the map.
    pub certain: Counted,
    /// Those that lie in it or in one beside it.
    pub possible: Counted,
}

/// Incidents, and how many of each type.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub incidents: u32,
    pub kinds: BTreeMap<String, u32>,
}

impl Counted {
    pub fn add(&mut self, kind: Option<&str>) {
        self.incidents += 1;
        if let Some(kind) = kind {
            *self.kinds.entry(kind.to_owned()).or_default() += 1;
        }
    }

    /// For a reader, the most frequent type first.
    fn fields(&self, incidents: &str, of: &str) -> Vec<FieldText> {
        let mut kinds: Vec<(&String, &u32)> = self.kinds.iter().collect();
        kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), *kind));
        let kinds = kinds.into_iter().map(|(kind, count)| (format!("{kind}{of}"), count.to_string()));
        [(incidents.to_owned(), self.incidents.to_string())].into_iter().chain(kinds).collect()
    }
}

/// More squares than this tell nothing of where an incident was.
const MOST_SQUARES: usize = 400;

impl Grid {
    /// # Errors
    /// Returns an error if the side is not greater than 0, or so large that squares are none.
    pub fn new(side_m: f64) -> Result<Self, Error> {
        if !(1.0..=MOST_M).contains(&side_m) {
            return Err(Error::argument(format!(
                "squares of {side_m} m, expected 1 m to {} km",
                MOST_M / 1e3
            )));
        }
        let rows = (std::f64::consts::PI * MEAN_RADIUS_M / side_m).round().max(1.0) as i64;
        Ok(Grid { rows, side_m })
    }

    /// The side of the squares, for a reader.
    pub fn side_text(&self) -> String {
        if self.side_m >= 1e3 { format!("{} km", self.side_m / 1e3) } else { format!("{} m", self.side_m) }
    }

    fn height_deg(self) -> f64 {
        180.0 / self.rows as f64
    }

    /// How many columns a row has.
    fn columns(self, row: i64) -> i64 {
        let middle_deg = -90.0 + (row as f64 + 0.5) * self.height_deg();
        let around_m = std::f64::consts::TAU * MEAN_RADIUS_M * middle_deg.to_radians().cos();
        (around_m / self.side_m).round().max(1.0) as i64
    }

    /// The squares that a geometry may lie in, by the rectangle around it; `None` of nothing, and of what has too many.
    pub fn squares(&self, geometry: &IncidentGeometry) -> Option<Vec<Square>> {
        let mut positions = Vec::new();
        add_positions(geometry, &mut positions);
        let first = *positions.first()?;
        let (mut lats, mut east) = ([f64::INFINITY, f64::NEG_INFINITY], [0.0_f64; 2]);
        let mut before = (first, 0.0);
        for &position in &positions {
            let turned = before.1 + short_way_deg(before.0.lon_deg(), position.lon_deg());
            before = (position, turned);
            east = [east[0].min(turned), east[1].max(turned)];
            lats = [lats[0].min(position.lat_deg()), lats[1].max(position.lat_deg())];
        }
        let [south, north] =
            lats.map(|lat| (((lat + 90.0) / self.height_deg()).floor() as i64).clamp(0, self.rows - 1));
        let mut squares = Vec::new();
        for row in south..=north {
            let columns = self.columns(row);
            let width_deg = 360.0 / columns as f64;
            let [west, last] =
                east.map(|turned| ((first.lon_deg() + turned + 180.0) / width_deg).floor() as i64);
            // All around is once around.
            for column in west..=last.min(west + columns - 1) {
                squares.push(Square { row, column: column.rem_euclid(columns) });
                if squares.len() > MOST_SQUARES {
                    return None;
                }
            }
        }
        Some(squares)
    }

    /// The sides: west, south, east, north.
    fn sides_deg(&self, Square { row, column }: Square) -> [f64; 4] {
        let width_deg = 360.0 / self.columns(row) as f64;
        let [south, north] = [row, row + 1].map(|row| -90.0 + row as f64 * self.height_deg());
        let [west, east] = [column, column + 1].map(|column| -180.0 + column as f64 * width_deg);
        [west, south, east, north]
    }

    /// The square as an area.
    ///
    /// # Errors
    /// Does not happen: the ring is closed.
    pub fn region(&self, square: Square) -> Result<Region, Error> {
        let [west, south, east, north] = self.sides_deg(square);
        // Positions at every few degrees, so that no edge is taken for its way around the other side.
        let parts = ((east - west) / 10.0).ceil().max(1.0) as u32;
        let at = |i: u32, lat: f64| {
            let lon = west + (east - west) * f64::from(i) / f64::from(parts);
            Position::from_lon_lat(lon.clamp(-180.0, 180.0), lat.clamp(-90.0, 90.0))
        };
        let south = (0..=parts).map(|i| at(i, south));
        let north = (0..=parts).rev().map(|i| at(i, north));
        let mut ring = south.chain(north).collect::<Result<Vec<_>, _>>()?;
        ring.push(ring[0]);
        Region::from_polygons(vec![vec![ring]])
    }

    /// What a reader sees of a square.
    pub fn item(&self, square: Square, count: &Count) -> Item {
        let [west, south, east, north] = self.sides_deg(square);
        let middle = Position::wrapped(0.5 * (west + east), 0.5 * (south + north));
        let mut fields = count.certain.fields("incidents", "");
        if count.possible.incidents > 0 {
            fields
                .extend(count.possible.fields("incidents here or in a square beside it", ", here or beside"));
        }
        Item { id: place_text(middle, 3), name: String::new(), fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lon: f64, lat: f64) -> IncidentGeometry {
        IncidentGeometry::Point(Position::from_lon_lat(lon, lat).unwrap())
    }

    fn square(grid: &Grid, lon: f64, lat: f64) -> Square {
        let squares = grid.squares(&point(lon, lat)).unwrap();
        assert_eq!(squares.len(), 1);
        squares[0]
    }

    /// Whatever lies in a square lies within its sides, which are as long as they are said to be.
    #[test]
    fn squares_hold_their_points_and_have_their_size() {
        let mut rng = fastrand::Rng::with_seed(17);
        for side_m in [1_000.0, 10_000.0, 50_000.0] {
            let grid = Grid::new(side_m).unwrap();
            for _ in 0..2_000 {
                let (lon, lat) = (360.0 * rng.f64() - 180.0, 176.0 * rng.f64() - 88.0);
                let square = square(&grid, lon, lat);
                let [west, south, east, north] = grid.sides_deg(square);
                assert!(west <= lon && lon <= east && south <= lat && lat <= north, "{lon} {lat}");
                let area_m2 = 1e6 * grid.region(square).unwrap().area_km2(crate::Edges::Planar);
                assert!((area_m2.sqrt() / side_m - 1.0).abs() < 0.07, "{lat}: {area_m2}");
            }
        }
    }

    /// The squares of a line are those of all its points, over 180 degrees too; none twice.
    #[test]
    fn lines_have_the_squares_of_their_points() {
        let grid = Grid::new(10_000.0).unwrap();
        let ends = [(179.85, -17.0), (-179.85, -16.7)];
        let line = ends.map(|(lon, lat)| Position::from_lon_lat(lon, lat).unwrap());
        let squares = grid.squares(&IncidentGeometry::Lines(vec![line.to_vec()])).unwrap();
        for i in 0..=100 {
            let lon = 179.85 + 0.3 * f64::from(i) / 100.0;
            let lon = if lon > 180.0 { lon - 360.0 } else { lon };
            assert!(squares.contains(&square(&grid, lon, -17.0 + 0.3 * f64::from(i) / 100.0)), "{i}");
        }
        let different: std::collections::BTreeSet<&Square> = squares.iter().collect();
        assert_eq!(different.len(), squares.len());
        assert!((12..40).contains(&squares.len()), "{}", squares.len());
    }

    #[test]
    fn what_is_too_wide_or_no_square() {
        let grid = Grid::new(10_000.0).unwrap();
        let wide = [(0.0, 0.0), (40.0, 40.0)].map(|(lon, lat)| Position::from_lon_lat(lon, lat).unwrap());
        assert!(grid.squares(&IncidentGeometry::Lines(vec![wide.to_vec()])).is_none());
        assert!(grid.squares(&IncidentGeometry::None).is_none());
        for pole in [-90.0, 90.0] {
            assert!(grid.region(square(&grid, 12.0, pole)).is_ok());
        }
        for wrong in [f64::NAN, 0.0, -1.0, 2e6] {
            assert!(Grid::new(wrong).is_err(), "{wrong}");
        }
    }
}
