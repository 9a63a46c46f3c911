//! Workbooks of LibreOffice, OpenDocument: their sheets, and the rows of one.

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::dates;
use super::package::Package;
use super::sheet::{Listed, MOST_COLUMNS, MOST_ROWS, SheetReader, SheetRow};
use super::xml::{Xml, attribute, local_attribute, push_reference};
use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::memory;

const CONTENT: &str = "content.xml";

/// Elements that may hold tables or cells which are none of the sheets'.
const FOREIGN: [&str; 4] = ["table:tracked-changes", "table:dde-links", "table:shapes", "office:forms"];

/// A workbook whose sheets are known.
pub(super) struct Ods {
    pub sheets: Vec<Listed>,
    /// Which of them have a cell with something in it.
    pub filled: Vec<bool>,
}

impl Ods {
    /// True where the archive is one of OpenDocument.
    pub fn is_in(package: &Package) -> bool {
        package.has(CONTENT) || package.has("encrypted-package")
    }

    pub fn open(package: &Package) -> Result<Self, Error> {
        refuse_password(package)?;
        let mut reader = OdsSheet::new(Xml::open(package, CONTENT)?, package.limits());
        let (mut sheets, mut filled) = (Vec::new(), Vec::new());
        while let Some(listed) = reader.next_sheet()? {
            memory::push(&mut sheets, listed)?;
            memory::push(&mut filled, reader.has_content()?)?;
        }
        Ok(Ods { sheets, filled })
    }

    /// The rows of the sheet of that index.
    pub fn sheet(package: &Package, index: usize) -> Result<OdsSheet, Error> {
        let mut reader = OdsSheet::new(Xml::open(package, CONTENT)?, package.limits());
        for _ in 0..index {
            reader.next_sheet()?;
            reader.pass_over()?;
        }
        reader.next_sheet()?;
        Ok(reader)
    }
}

fn refuse_password(package: &Package) -> Result<(), Error> {
    let locked = || Error::input("a workbook with a password: save it without one");
    if package.has("encrypted-package") {
        return Err(locked());
    }
    let Some(manifest) = package.part("META-INF/manifest.xml") else { return Ok(()) };
    let mut xml = Xml::new(manifest);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                return Err(locked());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The sheets one after the other, and the rows of one.
pub(super) struct OdsSheet {
    xml: Xml,
    limits: ReadLimits,
    /// The styles of tables that are not shown.
    hidden: HashSet<String>,
    style: String,
    /// Rows before the next one.
    rows: u64,
    is_over: bool,
    /// A row that comes so many times more.
    repeated: Option<(SheetRow, u64)>,
}

/// How often a row or a cell comes.
fn repeats(element: &BytesStart<'_>, of: &str) -> u64 {
    attribute(element, of).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

impl OdsSheet {
    fn new(xml: Xml, limits: &ReadLimits) -> Self {
        let (hidden, style) = (HashSet::new(), String::new());
        OdsSheet { xml, limits: *limits, hidden, style, rows: 0, is_over: true, repeated: None }
    }

    /// Goes on to the next sheet.
    fn next_sheet(&mut self) -> Result<Option<Listed>, Error> {
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "style:style" => self.style = attribute(&element, "style:name").unwrap_or_default(),
                    "style:table-properties"
                        if attribute(&element, "table:display").as_deref() == Some("false") =>
                    {
                        self.hidden.insert(self.style.clone());
                    }
                    "table:table" => {
                        let style = attribute(&element, "table:style-name").unwrap_or_default();
                        let is_visible = !self.hidden.contains(&style);
                        let name = attribute(&element, "table:name").unwrap_or_default();
                        (self.rows, self.is_over, self.repeated) = (0, false, None);
                        return Ok(Some(Listed { name, is_visible }));
                    }
                    name if FOREIGN.contains(&name) => self.xml.skip()?,
                    _ => {}
                },
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Goes to the end of the sheet; true where one of its cells has something in it.
    fn has_content(&mut self) -> Result<bool, Error> {
        let mut is_filled = false;
        while !is_filled {
            let Some(row) = self.next_row()? else { return Ok(false) };
            is_filled = !row.is_blank();
        }
        self.pass_over()?;
        Ok(is_filled)
    }

    fn pass_over(&mut self) -> Result<(), Error> {
        if !std::mem::replace(&mut self.is_over, true) {
            self.xml.skip()?;
        }
        Ok(())
    }

    /// The cells of a row that has begun.
    fn row(&mut self) -> Result<Vec<(u32, String)>, Error> {
        let (mut cells, mut column, mut bytes) = (Vec::new(), 0, 0);
        loop {
            let (count, value) = match self.xml.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let count = repeats(&element, "table:number-columns-repeated");
                        (u32::try_from(count).unwrap_or(MOST_COLUMNS).min(MOST_COLUMNS), value_of(&element))
                    }
                    _ => {
                        self.xml.skip()?;
                        continue;
                    }
                },
                Event::End(_) => return Ok(cells),
                Event::Eof => return Err(self.xml.too_short()),
                _ => continue,
            };
            let text = self.cell(value)?;
            let until = (column + count).min(MOST_COLUMNS);
            if !text.is_empty() {
                for column in column..until {
                    bytes += text.len() + 16;
                    self.limits.record("the row", bytes)?;
                    cells.push((column, text.clone()));
                }
            }
            column = until;
        }
    }

    /// The text of a cell that has begun: its value, or else its paragraphs.
    fn cell(&mut self, value: Option<String>) -> Result<String, Error> {
        let (mut text, mut is_first) = (String::new(), true);
        loop {
            let is_paragraph = match self.xml.next()? {
                Event::Start(element) => element.name().as_ref() == "text:p",
                Event::End(_) => break,
                Event::Eof => return Err(self.xml.too_short()),
                _ => continue,
            };
            // A note or a drawing is no value.
            if !is_paragraph || value.is_some() {
                self.xml.skip()?;
                continue;
            }
            if !std::mem::take(&mut is_first) {
                text.push('\n');
            }
            self.paragraph(&mut text)?;
        }
        Ok(value.unwrap_or(text))
    }

    fn paragraph(&mut self, out: &mut String) -> Result<(), Error> {
        let mut depth = 1;
        while depth > 0 {
            let mut skips = false;
            match self.xml.next()? {
                Event::Start(element) => {
                    match element.name().as_ref() {
                        "text:s" => {
                            let count = usize::try_from(repeats(&element, "text:c")).unwrap_or(usize::MAX);
                            out.extend(std::iter::repeat_n(' ', count.min(1_000)));
                        }
                        "text:tab" => out.push('\t'),
                        "text:line-break" => out.push('\n'),
                        "office:annotation" => skips = true,
                        name => skips = name.starts_with("draw:"),
                    }
                    depth += i32::from(!skips);
                }
                Event::End(_) => depth -= 1,
                Event::Text(text) => out.push_str(&text.xml10_content()),
                Event::CData(text) => out.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => push_reference(&reference, out),
                Event::Eof => return Err(self.xml.too_short()),
                _ => {}
            }
            if skips {
                self.xml.skip()?;
            }
            self.limits.record("a text of the workbook", out.len())?;
        }
        Ok(())
    }
}

/// The value of a cell where it is no text; as text.
fn value_of(element: &BytesStart<'_>) -> Option<String> {
    // An error is a number or a text by its type, and `#N/A` as it is shown.
    if attribute(element, "calcext:value-type").as_deref() == Some("error") {
        return None;
    }
    match attribute(element, "office:value-type")?.as_str() {
        "float" | "percentage" | "currency" => {
            let value = attribute(element, "office:value")?;
            let number = value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            Some(number.map_or(value, |number| format!("{}", number + 0.0)))
        }
        "date" => attribute(element, "office:date-value"),
        "time" => attribute(element, "office:time-value").map(|text| dates::of_duration(&text)),
        "boolean" => attribute(element, "office:boolean-value"),
        _ => local_attribute(element, "string-value"),
    }
}

impl SheetReader for OdsSheet {
    fn next_row(&mut self) -> Result<Option<SheetRow>, Error> {
        if let Some((mut row, left)) = self.repeated.take() {
            self.rows += 1;
            row.number = self.rows;
            if left > 1 {
                self.repeated = Some((row.clone(), left - 1));
            }
            return Ok(Some(row));
        }
        while !self.is_over {
            let count = match self.xml.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "table:table-row" => repeats(&element, "table:number-rows-repeated"),
                    name if FOREIGN.contains(&name) => {
                        self.xml.skip()?;
                        continue;
                    }
                    _ => continue,
                },
                Event::End(element) if element.name().as_ref() == "table:table" => {
                    self.is_over = true;
                    continue;
                }
                Event::Eof => return Err(self.xml.too_short()),
                _ => continue,
            };
            let line = self.rows + 1;
            let cells = self.row().map_err(|e| e.at_line(line))?;
            let count = count.min(MOST_ROWS.saturating_sub(self.rows));
            if cells.is_empty() || count == 0 {
                self.rows += count;
                continue;
            }
            self.rows = line;
            let row = SheetRow { number: line, cells };
            if count > 1 {
                self.repeated = Some((row.clone(), count - 1));
            }
            return Ok(Some(row));
        }
        Ok(None)
    }
}
