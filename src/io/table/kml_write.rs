//! Rows as KML 2.2 (OGC 07-147r2): a placemark a row, its cells typed by a schema; KMZ is that in a ZIP archive.

use std::io::Write;

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::xml_write::{
    Losses, NamedColumns, PartKind, SharedLosses, Within, fail, is_time, names, parts, push_text,
};
use crate::Error;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::row::{Cell, Encode, Geometry, Row};
use crate::io::table::row_source::RowSink;
use crate::text::shown;

/// The schema of what is written here. What reads it takes the properties from there alone: the name and the time of a
/// placemark are of its columns.
pub(in crate::io) const SCHEMA: &str = "patrol_corridor";

/// What the number of a row is behind, as the id of its placemark.
pub(in crate::io) const ID_PREFIX: &str = "row_";

/// A larger document would need an archive that libkml, which QGIS reads KMZ by, can't open.
const MOST_PACKED_BYTES: u64 = u32::MAX as u64;

/// Writes KML, or KMZ.
pub(crate) struct KmlSink<'a> {
    out: Out<'a>,
    title: String,
    columns: Vec<Column>,
    names: Vec<String>,
    named: NamedColumns,
    lost: Vec<String>,
    losses: SharedLosses,
    has_begun: bool,
}

enum Out<'a> {
    Plain(&'a mut (dyn Write + Send)),
    /// The archive is written from front to back, sizes behind the data: no seeking, and no memory for the document. So many
    /// bytes are in it.
    Packed(Box<ZipWriter<StreamWriter<&'a mut (dyn Write + Send)>>>, u64),
}

impl<'a> KmlSink<'a> {
    /// `title` is the name of the document.
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        is_packed: bool,
        title: &str,
        columns: &[Column],
        named: NamedColumns,
    ) -> Result<Self, Error> {
        let out = match is_packed {
            false => Out::Plain(out),
            true => Out::Packed(Box::new(ZipWriter::new_stream(out)), 0),
        };
        let (names, lost) = names(columns);
        let (title, columns) = (title.to_owned(), columns.to_vec());
        Ok(KmlSink {
            out,
            title,
            columns,
            names,
            named,
            lost,
            losses: SharedLosses::default(),
            has_begun: false,
        })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.out {
            Out::Plain(out) => out.write_all(bytes),
            Out::Packed(archive, written) => {
                *written += bytes.len() as u64;
                if *written > MOST_PACKED_BYTES {
                    return Err(Error::input(
                        "more than 4 GiB for one document of KMZ: write .kml.gz, or several files",
                    ));
                }
                archive.write_all(bytes)
            }
        }
        .map_err(fail)
    }

    /// Writes the head of the document once.
    fn begin(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.has_begun, true) {
            return Ok(());
        }
        if let Out::Packed(archive, _) = &mut self.out {
            let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
            archive.start_file("doc.kml", options).map_err(|e| fail(std::io::Error::other(e)))?;
        }
        let mut head = Vec::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>",
        );
        push_text(&self.title, Within::Element, &mut head);
        head.extend_from_slice(format!("</name>\n<Schema name=\"incidents\" id=\"{SCHEMA}\">\n").as_bytes());
        for (name, column) in self.names.iter().zip(&self.columns) {
            head.extend_from_slice(
                format!("<SimpleField type=\"{}\" name=\"", type_name(column.kind)).as_bytes(),
            );
            push_text(name, Within::Attribute, &mut head);
            head.extend_from_slice(b"\"/>\n");
        }
        head.extend_from_slice(b"</Schema>\n");
        self.put(&head)
    }
}

/// Types of fields that KML has.
fn type_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool => "bool",
        ColumnKind::Signed(8 | 16) => "short",
        ColumnKind::Unsigned(8 | 16) => "ushort",
        ColumnKind::Signed(_) => "int",
        ColumnKind::Unsigned(_) => "uint",
        ColumnKind::Float(32) => "float",
        ColumnKind::Float(_) => "double",
        ColumnKind::Text
        | ColumnKind::Date
        | ColumnKind::DateTime
        | ColumnKind::Time
        | ColumnKind::Json
        | ColumnKind::Bytes => "string",
    }
}

impl RowSink for KmlSink<'_> {
    fn encoder(&self) -> Encode {
        let (named, shared) = (self.named, SharedLosses::clone(&self.losses));
        let fields = self.names.iter().zip(&self.columns).map(|(name, column)| Field::new(name, column.kind));
        let fields: Vec<Field> = fields.collect();
        Box::new(move |rows, out| {
            let mut losses = Losses::default();
            rows.iter().for_each(|row| placemark(row, &fields, named, &mut losses, out));
            losses.gather(&shared);
        })
    }

    fn write(&mut self, _: &[Row], encoded: &[u8]) -> Result<(), Error> {
        if encoded.is_empty() {
            return Ok(());
        }
        self.begin()?;
        self.put(encoded)
    }

    fn finish(mut self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        self.begin()?;
        self.put(b"</Document>\n</kml>\n")?;
        let KmlSink { out, mut lost, losses, .. } = *self;
        if let Out::Packed(archive, _) = out {
            archive.finish().map_err(|e| fail(std::io::Error::other(e)))?;
        }
        lost.extend(Losses::told(&losses));
        Ok(lost)
    }
}

/// A column, as each placemark has it.
struct Field {
    /// The start of its element, escaped once.
    start: Vec<u8>,
    kind: ColumnKind,
    /// What its integers are called that other readers cut.
    wide: String,
}

impl Field {
    fn new(name: &str, kind: ColumnKind) -> Self {
        let mut start = Vec::from("<SimpleData name=\"");
        push_text(name, Within::Attribute, &mut start);
        start.extend_from_slice(b"\">");
        let wide =
            format!("integers of `{}` beyond 32 bits (written, but other readers cut them)", shown(name));
        Field { start, kind, wide }
    }

    /// Appends the cell.
    fn write(&self, row: &Row, cell: Cell, losses: &mut Losses, out: &mut Vec<u8>) {
        let text = match (cell, self.kind) {
            (Cell::Absent | Cell::Null, _) => return,
            // GDAL knows no words here.
            (Cell::Bool(is), ColumnKind::Bool) => {
                if is {
                    "1"
                } else {
                    "0"
                }
            }
            (cell, _) => row.plain(cell),
        };
        let is_wide = match self.kind {
            ColumnKind::Signed(64) => text.parse::<i32>().is_err(),
            ColumnKind::Unsigned(64) => text.parse::<u32>().is_err(),
            _ => false,
        };
        losses.add(&self.wide, u64::from(is_wide));
        out.extend_from_slice(&self.start);
        losses.forbid(push_text(text, Within::Element, out));
        out.extend_from_slice(b"</SimpleData>\n");
    }
}

/// Appends the placemark of a row.
fn placemark(row: &Row, fields: &[Field], named: NamedColumns, losses: &mut Losses, out: &mut Vec<u8>) {
    let number = row.number.to_string();
    out.extend_from_slice(format!("<Placemark id=\"{ID_PREFIX}{number}\">\n<name>").as_bytes());
    let text_of = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map(|&cell| row.plain(cell));
    // What is replaced here is counted below.
    push_text(text_of(named.id).filter(|id| !id.trim().is_empty()).unwrap_or(&number), Within::Element, out);
    out.extend_from_slice(b"</name>\n");
    if let Some(time) = text_of(named.time).map(str::trim).filter(|time| is_time(time)) {
        out.extend_from_slice(format!("<TimeStamp><when>{time}</when></TimeStamp>\n").as_bytes());
    }
    out.extend_from_slice(format!("<ExtendedData><SchemaData schemaUrl=\"#{SCHEMA}\">\n").as_bytes());
    fields.iter().zip(&row.cells).for_each(|(field, &cell)| field.write(row, cell, losses, out));
    out.extend_from_slice(b"</SchemaData></ExtendedData>\n");
    if row.geometry != Geometry::None {
        let mut text = String::new();
        row.write_geometry(&mut text);
        geometry(&text, losses, out);
    }
    out.extend_from_slice(b"</Placemark>\n");
}

/// Appends a geometry of GeoJSON, with the digits of its numbers.
fn geometry(text: &str, losses: &mut Losses, out: &mut Vec<u8>) {
    let parts = parts(text, losses).into_iter().map(|part| (part.kind, part.lists()));
    let parts: Vec<_> = parts.filter(|(_, lists)| !lists.is_empty()).collect();
    let is_multi = parts.len() > 1;
    if is_multi {
        out.extend_from_slice(b"<MultiGeometry>\n");
    }
    for (kind, lists) in &parts {
        let positions = || lists.iter().flatten();
        let is_tall = positions().all(|position| position.len() > 2);
        losses.add(
            "ordinates behind the third",
            positions().filter(|position| position.len() > 3).count() as u64,
        );
        let element = match kind {
            PartKind::Point => "Point",
            PartKind::Line => "LineString",
            PartKind::Area => "Polygon",
        };
        out.extend_from_slice(format!("<{element}>").as_bytes());
        // Heights are ignored without it; what has none follows the ground.
        match (is_tall, kind) {
            (true, _) => out.extend_from_slice(b"<altitudeMode>absolute</altitudeMode>"),
            (false, PartKind::Point) => {}
            (false, _) => out.extend_from_slice(b"<tessellate>1</tessellate>"),
        }
        for (number, list) in lists.iter().enumerate() {
            let boundary = if number == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            let is_area = *kind == PartKind::Area;
            if is_area {
                out.extend_from_slice(format!("<{boundary}><LinearRing>").as_bytes());
            }
            coordinates(list, out);
            if is_area {
                out.extend_from_slice(format!("</LinearRing></{boundary}>").as_bytes());
            }
        }
        out.extend_from_slice(format!("</{element}>\n").as_bytes());
    }
    if is_multi {
        out.extend_from_slice(b"</MultiGeometry>\n");
    }
}

fn coordinates(list: &[Vec<&str>], out: &mut Vec<u8>) {
    out.extend_from_slice(b"<coordinates>");
    for (number, position) in list.iter().enumerate() {
        if number > 0 {
            out.push(b' ');
        }
        for (at, ordinate) in position.iter().take(3).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(ordinate.as_bytes());
        }
    }
    out.extend_from_slice(b"</coordinates>");
}
