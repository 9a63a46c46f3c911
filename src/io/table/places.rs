//! Where the position of a row of text is: in two columns, or in one as a geometry. CSV and workbooks share it.

use std::cell::RefCell;

use crate::Error;
use crate::io::crs::{Crs, Reprojection, Transformation};
use crate::io::table::column::Column;
use crate::io::table::no_position::NoPosition;
use crate::io::table::position_columns::PositionColumns;
use crate::io::table::row::Row;
use crate::io::table::text_geometry;

/// The columns of the position of a table of text.
pub(crate) struct Places {
    position: Where,
    to_wgs84: Option<RefCell<Transformation>>,
}

#[derive(Clone, Copy)]
enum Where {
    Columns([usize; 2]),
    /// The column of a geometry as text.
    Text(usize),
    /// The column of a geometry as text, used if its cell is not blank, and those of longitude and latitude.
    Either(usize, [usize; 2]),
    Nowhere,
}

impl Places {
    /// Finds them among the columns, whose header is on this line; with what is wrong if there are none.
    ///
    /// # Errors
    /// Where the columns are named and not there, or several have such a name, or the system can't be used.
    pub fn find(
        columns: &[Column],
        line: u64,
        position: &PositionColumns,
        crs: Option<&Crs>,
    ) -> Result<(Self, Option<Error>), Error> {
        let mut places = Places { position: Where::Nowhere, to_wgs84: None };
        let mut no_position = None;
        match position.find_or_nowhere(columns).map_err(|e| e.at_line(line))? {
            Ok(found) => {
                // If a row has both, the geometry counts, unless the columns are named.
                let is_named = position.lon.is_some() || position.lat.is_some() || crs.is_some();
                let text = text_geometry::find(columns).filter(|_| !is_named);
                places.position = text.map_or(Where::Columns(found), |text| Where::Either(text, found));
            }
            Err(error) => match text_geometry::find(columns) {
                Some(column) => places.position = Where::Text(column),
                None => no_position = Some(error.at_line(line)),
            },
        }
        if let Some(crs) = crs.filter(|crs| !crs.is_wgs84()) {
            if let Where::Text(column) = places.position {
                let column = &columns[column].name;
                let message =
                    format!("{crs} with geometries as text in `{column}`, expected longitude and latitude");
                return Err(Error::argument(message));
            }
            places.to_wgs84 = Some(RefCell::new(Transformation::to_wgs84(crs)?));
        }
        Ok((places, no_position))
    }

    /// Gives the row its position.
    ///
    /// # Errors
    /// Where its cells hold none that can be used.
    pub fn locate(&self, row: &mut Row, columns: &[Column]) -> Result<(), Error> {
        let position = match self.position {
            Where::Either(text, _) if !row.plain(row.cells[text]).trim().is_empty() => Where::Text(text),
            Where::Either(_, columns) => Where::Columns(columns),
            position => position,
        };
        match position {
            Where::Columns([lon, lat]) => {
                let names = [&*columns[lon].name, &*columns[lat].name];
                match &self.to_wgs84 {
                    Some(to_wgs84) => row.locate_in(&mut to_wgs84.borrow_mut(), [lon, lat], names)?,
                    None => row.locate(lon, lat, names)?,
                }
            }
            Where::Text(column) => text_geometry::locate(row, column, &columns[column].name)?,
            Where::Either(..) | Where::Nowhere => row.no_position = Some(NoPosition::NothingReported),
        }
        Ok(())
    }

    /// Its columns, each with the name of what it holds.
    pub fn columns(&self) -> Vec<(&'static str, usize)> {
        match self.position {
            Where::Columns([lon, lat]) => vec![("longitude", lon), ("latitude", lat)],
            Where::Text(text) => vec![("geometry", text)],
            Where::Either(text, [lon, lat]) => {
                vec![("geometry", text), ("longitude", lon), ("latitude", lat)]
            }
            Where::Nowhere => Vec::new(),
        }
    }

    /// How positions came to WGS84, where they were in another system.
    pub fn reprojection(&self) -> Option<Reprojection> {
        let done = self.to_wgs84.as_ref()?.borrow();
        Some(done.report().clone())
    }
}
