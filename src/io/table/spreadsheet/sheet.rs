//! What a sheet is, whichever format it is of.

use crate::Error;

/// A sheet of a workbook by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub name: String,
    pub is_visible: bool,
}

/// A row with its cells that are not empty, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SheetRow {
    /// Its number in the sheet, from 1.
    pub number: u64,
    /// Columns, from 0, and the text of their cells.
    pub cells: Vec<(u32, String)>,
}

impl SheetRow {
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|(_, text)| text.trim().is_empty())
    }

    pub fn text_bytes(&self) -> usize {
        self.cells.iter().map(|(_, text)| text.len() + 16).sum()
    }
}

/// The rows of a sheet, from its top.
pub(super) trait SheetReader {
    /// The next row; none at the end. Rows without cells may be left out.
    fn next_row(&mut self) -> Result<Option<SheetRow>, Error>;
}

/// The largest numbers of rows and columns that programs permit.
pub(super) const MOST_ROWS: u64 = 1_048_576;
pub(super) const MOST_COLUMNS: u32 = 16_384;
