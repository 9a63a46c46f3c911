//! Which sheet of a workbook is read.

/// The sheet of a workbook that is read, and what else there is.
///
/// ```
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # let rows = Rows::csv("day.csv", "id,lon,lat\n".as_bytes(), None, &PositionColumns::default())?;
/// if let Some(sheet) = rows.sheet() {
///     println!("{}, the columns are named in row {}", sheet.name, sheet.header_row);
///     sheet.others.iter().for_each(|other| println!("not read: {other}"));
/// }
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkbookSheet {
    /// Its name.
    pub name: String,
    /// The row with the names of the columns, from 1; what is above it is not read.
    pub header_row: u64,
    /// The other visible sheets with anything in them, where none was named.
    pub others: Vec<String>,
}
