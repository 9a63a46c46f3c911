//! Workbooks of Excel, Office Open XML: their sheets, texts and formats, and the rows of a sheet.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::Event;

use super::dates::{self, Shown};
use super::package::Package;
use super::sheet::{Listed, MOST_COLUMNS, MOST_ROWS, SheetReader, SheetRow};
use super::texts::{self, Strings};
use super::xml::{Xml, attribute, local_attribute, push_reference};
use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::memory;

/// A workbook whose parts but the sheets have been read.
pub(super) struct Xlsx {
    pub sheets: Vec<Listed>,
    paths: Vec<String>,
    shared: Rc<Shared>,
}

/// What all sheets refer to.
#[derive(Default)]
struct Shared {
    strings: Strings,
    formats: Vec<Shown>,
    is_1904: bool,
}

/// The references of a part to others: an identifier, the last word of the kind, and the path.
fn relations(package: &Package, folder: &str, name: &str) -> Result<Vec<[String; 3]>, Error> {
    let mut xml = Xml::open(package, &format!("{folder}_rels/{name}.rels"))?;
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let value = |name| attribute(&element, name).unwrap_or_default();
                let kind = value("Type");
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                memory::push(&mut found, [value("Id"), kind, path_of(folder, &value("Target"))])?;
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The path that a reference means within a folder of the archive.
fn path_of(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let (mut folder, mut target) = (folder.trim_end_matches('/'), target);
    while let Some(behind) = target.strip_prefix("../") {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        target = behind;
    }
    let target = target.trim_start_matches("./");
    if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") }
}

impl Xlsx {
    pub fn open(package: &Package) -> Result<Self, Error> {
        let of_root = relations(package, "", "")?;
        let workbook = of_root.into_iter().find(|[_, kind, _]| kind == "officeDocument");
        let [.., workbook] = workbook.ok_or_else(|| {
            Error::input("a zip archive that holds no workbook, expected .xlsx or .ods: unpack it if a workbook is in it")
        })?;
        if workbook.ends_with(".bin") {
            return Err(Error::input("an .xlsb workbook: open it and save it as .xlsx"));
        }
        let (folder, name) =
            workbook.rsplit_once('/').map_or(("", &*workbook), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let relations = relations(package, &folder, name)?;
        let by_id: HashMap<&str, &[String; 3]> = relations.iter().map(|found| (&*found[0], found)).collect();

        let (mut sheets, mut paths, mut is_1904) = (Vec::new(), Vec::new(), false);
        let mut xml = Xml::open(package, &workbook)?;
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                    let id = local_attribute(&element, "id").unwrap_or_default();
                    let Some([_, kind, path]) = by_id.get(&*id) else { continue };
                    if kind != "worksheet" {
                        continue;
                    }
                    let state = attribute(&element, "state");
                    let is_visible =
                        !state.is_some_and(|state| state.to_ascii_lowercase().contains("hidden"));
                    let name = attribute(&element, "name").unwrap_or_default();
                    memory::push(&mut sheets, Listed { name, is_visible })?;
                    memory::push(&mut paths, path.clone())?;
                }
                Event::Start(element) if element.local_name().as_ref() == "workbookPr" => {
                    // An extension has an element of the same name.
                    if let Some(value) = attribute(&element, "date1904") {
                        is_1904 = matches!(&*value, "1" | "true" | "on");
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let part = |wanted: &str| relations.iter().find(|[_, kind, _]| kind == wanted).map(|[.., path]| path);
        let strings = part("sharedStrings").filter(|path| package.has(path));
        let styles = part("styles").filter(|path| package.has(path));
        let shared = Shared {
            strings: strings.map(|path| texts::shared(package, path)).transpose()?.unwrap_or_default(),
            formats: styles.map(|path| formats_of(package, path)).transpose()?.unwrap_or_default(),
            is_1904,
        };
        Ok(Xlsx { sheets, paths, shared: Rc::new(shared) })
    }

    /// The rows of the sheet of that index.
    pub fn sheet(&self, package: &Package, index: usize) -> Result<XlsxSheet, Error> {
        let xml = Xml::open(package, &self.paths[index])?;
        let shared = Rc::clone(&self.shared);
        Ok(XlsxSheet { xml, shared, limits: *package.limits(), number: 0, is_over: false })
    }
}

/// What the formats of cells show, by the number that cells refer to.
fn formats_of(package: &Package, path: &str) -> Result<Vec<Shown>, Error> {
    let mut xml = Xml::open(package, path)?;
    let (mut own, mut formats, mut is_of_cells) = (HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")) {
                        own.insert(id, dates::shown_by_code(&code));
                    }
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    memory::push(&mut formats, *own.get(&id).unwrap_or(&dates::shown_by_id(id)))?;
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_of_cells = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// The rows of a sheet as they are read.
pub(super) struct XlsxSheet {
    xml: Xml,
    shared: Rc<Shared>,
    limits: ReadLimits,
    /// Of the row read last.
    number: u64,
    is_over: bool,
}

/// What a cell says of its value.
struct CellHead {
    kind: String,
    shown: Shown,
}

impl SheetReader for XlsxSheet {
    fn next_row(&mut self) -> Result<Option<SheetRow>, Error> {
        while !self.is_over {
            match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "row" => {
                    let own = attribute(&element, "r").and_then(|number| number.parse().ok());
                    self.number = own.unwrap_or(self.number + 1);
                    if self.number > MOST_ROWS {
                        return Err(Error::input(format!(
                            "the row {}, expected at most {MOST_ROWS}",
                            self.number
                        )));
                    }
                    let row = self.row()?;
                    if !row.cells.is_empty() {
                        return Ok(Some(row));
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "sheetData" => self.is_over = true,
                Event::Eof => return Err(self.xml.too_short()),
                _ => {}
            }
        }
        Ok(None)
    }
}

impl XlsxSheet {
    /// The cells of a row that has begun.
    fn row(&mut self) -> Result<SheetRow, Error> {
        let mut row = SheetRow { number: self.number, cells: Vec::new() };
        let (mut next, mut bytes) = (0, 0);
        loop {
            let (column, head) = match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "c" => {
                    let column = match attribute(&element, "r") {
                        Some(reference) => column_of(&reference)?,
                        None => next,
                    };
                    let style = attribute(&element, "s").and_then(|style| style.parse::<usize>().ok());
                    let format = self.shared.formats.get(style.unwrap_or(0));
                    let kind = attribute(&element, "t").unwrap_or_default();
                    (column, CellHead { kind, shown: *format.unwrap_or(&Shown::Number) })
                }
                Event::End(element) if element.local_name().as_ref() == "row" => break,
                Event::Eof => return Err(self.xml.too_short()),
                _ => continue,
            };
            next = column + 1;
            let text = self.cell(&head).map_err(|e| e.at_line(self.number))?;
            if !text.is_empty() {
                bytes += text.len() + 16;
                self.limits.record("the row", bytes).map_err(|e| e.at_line(self.number))?;
                row.cells.push((column, text));
            }
        }
        // Of two cells in one place the last one is shown.
        row.cells.reverse();
        row.cells.sort_by_key(|(column, _)| *column);
        row.cells.dedup_by_key(|(column, _)| *column);
        Ok(row)
    }

    /// The text of a cell that has begun.
    fn cell(&mut self, head: &CellHead) -> Result<String, Error> {
        let (mut value, mut inline) = (String::new(), String::new());
        loop {
            let (is_inline, is_value) = match self.xml.next()? {
                Event::Start(element) => {
                    let name = element.local_name();
                    (name.as_ref() == "is", name.as_ref() == "v")
                }
                Event::End(_) => break,
                Event::Eof => return Err(self.xml.too_short()),
                _ => continue,
            };
            match (is_inline, is_value) {
                (true, _) => texts::push(&mut self.xml, &self.limits, &mut inline)?,
                (_, true) => self.value(&mut value)?,
                // A formula, whose value is stored beside it.
                _ => self.xml.skip()?,
            }
        }
        Ok(match &*head.kind {
            "inlineStr" | "is" => inline,
            "s" if value.trim().is_empty() => String::new(),
            "s" => {
                let text = value.trim().parse().ok().and_then(|index| self.shared.strings.get(index));
                let missing = || {
                    Error::input(format!("a cell with the text number {}, which is not there", value.trim()))
                };
                text.ok_or_else(missing)?.to_owned()
            }
            "str" => {
                texts::unescape(&mut value, 0);
                value
            }
            "b" => match value.trim() {
                "1" => "true".to_owned(),
                "0" => "false".to_owned(),
                _ => value,
            },
            "e" | "d" => value,
            _ => self.number_text(value.trim(), head.shown),
        })
    }

    fn value(&mut self, out: &mut String) -> Result<(), Error> {
        loop {
            match self.xml.next()? {
                Event::Text(text) => out.push_str(&text.xml10_content()),
                Event::CData(text) => out.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => push_reference(&reference, out),
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.xml.too_short()),
                _ => {}
            }
            self.limits.record("a text of the workbook", out.len())?;
        }
    }

    fn number_text(&self, value: &str, shown: Shown) -> String {
        match value.parse::<f64>() {
            // Workbooks write numbers with more digits than they have: 46.799999999999997.
            Ok(number) if number.is_finite() => {
                let date = dates::of_serial(number, shown, self.shared.is_1904);
                date.unwrap_or_else(|| format!("{}", number + 0.0))
            }
            _ => value.to_owned(),
        }
    }
}

/// The column of a reference such as `AB12`, from 0.
fn column_of(reference: &str) -> Result<u32, Error> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters
        .take(4)
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    if (1..=MOST_COLUMNS).contains(&column) {
        return Ok(column - 1);
    }
    let shown = crate::text::shown(reference);
    Err(Error::input(format!("a cell at `{shown}`, expected a column from A to XFD")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_columns() {
        for (reference, column) in [("A1", 0), ("z9", 25), ("AA10", 26), ("XFD1048576", 16_383)] {
            assert_eq!(column_of(reference).unwrap(), column);
        }
        for reference in ["", "1", "XFE1", "AAAAAAAAAAAAAA1"] {
            assert!(column_of(reference).is_err(), "{reference}");
        }
    }

    #[test]
    fn paths_are_of_a_folder() {
        assert_eq!(path_of("xl/", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(path_of("xl/", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(path_of("xl/", "../a.xml"), "a.xml");
        assert_eq!(path_of("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
