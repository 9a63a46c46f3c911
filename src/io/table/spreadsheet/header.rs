//! Which row of a sheet has the names of the columns, and what these are.

use std::collections::{HashMap, HashSet};

use super::sheet::SheetRow;

/// So many rows behind a row tell whether it is their header.
const ROWS_BEHIND: usize = 20;

fn filled(row: &SheetRow) -> impl Iterator<Item = u32> {
    row.cells.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(column, _)| *column)
}

/// The index of the header among the first rows, none of which is blank.
///
/// It is the first row with two cells or more such that at least two thirds of the cells in the next 20 rows are below one
/// of its cells. So titles above the table, a date and a name in two cells, or a line of groups (`position` above
/// longitude and latitude) are passed over. Where no row is so, as with a single column, it is the first one.
pub(super) fn find(rows: &[SheetRow]) -> usize {
    let is_header = |&at: &usize| {
        let named: HashSet<u32> = filled(&rows[at]).collect();
        let behind = rows[at + 1..].iter().take(ROWS_BEHIND).flat_map(filled);
        let (mut all, mut below) = (0, 0);
        for column in behind {
            all += 1;
            below += usize::from(named.contains(&column));
        }
        named.len() >= 2 && below * 3 >= all * 2
    };
    (0..rows.len()).find(is_header).unwrap_or(0)
}

/// The columns of a table whose first row is its header: their places in the sheet and their names, of which no two are
/// the same.
pub(super) fn columns(rows: &[SheetRow]) -> Vec<(u32, String)> {
    let mut places: Vec<u32> = rows.iter().flat_map(filled).collect();
    places.sort_unstable();
    places.dedup();
    let name_at = |place: u32| {
        let cell = rows.first().and_then(|header| header.cells.iter().find(|(column, _)| *column == place));
        // Names are broken into lines where columns are narrow.
        let words: Vec<&str> = cell.map(|(_, text)| text.split_whitespace().collect()).unwrap_or_default();
        words.join(" ")
    };
    let names: Vec<String> = places.iter().map(|&place| name_at(place)).collect();
    let own: HashSet<&str> = names.iter().map(String::as_str).collect();
    let (mut given, mut numbers) = (HashSet::new(), HashMap::new());
    let mut unique = Vec::new();
    for (&place, name) in places.iter().zip(&names) {
        let wanted = if name.is_empty() { format!("column_{}", place + 1) } else { name.clone() };
        let mut free = wanted.clone();
        // The first column of a name keeps it, and no number makes another one's name.
        while given.contains(&free) || (free != *name && own.contains(&*free)) {
            let number = numbers.entry(wanted.clone()).or_insert(1);
            *number += 1;
            free = format!("{wanted}_{number}");
        }
        given.insert(free.clone());
        unique.push((place, free));
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells, `-` for none.
    fn rows(lines: &[&str]) -> Vec<SheetRow> {
        let row = |(at, line): (usize, &&str)| SheetRow {
            number: at as u64 + 1,
            cells: line
                .split('|')
                .enumerate()
                .filter(|(_, text)| *text != "-")
                .map(|(column, text)| (column as u32, text.to_owned()))
                .collect(),
        };
        lines.iter().enumerate().map(row).collect()
    }

    #[test]
    fn the_header_is_found_below_titles() {
        for (lines, header) in [
            (&["id|lon|lat", "1|46|39"][..], 0),
            (&["Daily log", "id|lon|lat", "1|46|39", "2|46|39"], 1),
            (&["Daily log|-|-|-", "Date|-|2026-11-20|-", "id|lon|lat|note", "1|46|39|a", "2|46|39|b"], 2),
            (&["-|position|-|when|-", "id|lon|lat|date|time", "1|46|39|a|b"], 1),
            (&["id|lon|lat|-", "1|46|39|extra", "2|46|39|-"], 0),
            (&["id|lon|lat"], 0),
            (&["id", "1", "2"], 0),
            (&["Daily log", "id|lon|lat"], 1),
            (&[], 0),
        ] {
            assert_eq!(find(&rows(lines)), header, "{lines:?}");
        }
    }

    #[test]
    fn columns_have_names_of_their_own() {
        let names =
            |lines| -> Vec<String> { columns(&rows(lines)).into_iter().map(|(_, name)| name).collect() };
        assert_eq!(names(&["id|-|-|note\n(short)", "1|2|-|3"]), ["id", "column_2", "note (short)"]);
        assert_eq!(names(&["a|a|a_2|a|-", "1|2|3|4|5"]), ["a", "a_3", "a_2", "a_4", "column_5"]);
        assert_eq!(names(&["column_2|-", "1|2"]), ["column_2", "column_2_2"]);
        assert_eq!(names(&[]), [""; 0]);
    }
}
