//! Features as rows: properties become columns, Points become longitude and latitude.

use std::borrow::Cow;
use std::collections::HashMap;

use super::document::Document;
use super::raw::{self, elements, members};
use super::table::{
    BadRow, Batch, Cell, Column, ColumnKind, Geometry, Row, RowSource, Rows, Shapes, cell_of,
};
use super::{RawFeature, Source};
use crate::{Error, Place};

impl<'a> Rows<'a> {
    /// The features of a GeoJSON text as rows. A first pass over them gathers the columns: the feature
    /// ids, then the properties in the order of their first appearance.
    ///
    /// # Errors
    /// Where the text is not GeoJSON on its outermost level.
    pub fn features(source: &'a Source) -> Result<Self, Error> {
        let document = Document::parse(source)?;
        let source_rows = FeatureRows::new(source.name(), document);
        Ok(Rows { name: source.name().to_owned(), source: Box::new(source_rows) })
    }
}

struct FeatureRows<'a> {
    name: &'a str,
    document: Document<'a>,
    columns: Vec<Column>,
    /// Place of each property among the columns.
    places: HashMap<String, usize>,
    /// The first column is the feature's own id.
    has_ids: bool,
    shapes: Shapes,
    left_out: Vec<String>,
    at: usize,
}

/// What a column has held so far.
#[derive(Default, Clone, Copy)]
struct Seen {
    bools: bool,
    signed: bool,
    /// A signed integer that a float can't hold.
    wide: bool,
    unsigned: bool,
    floats: bool,
    texts: bool,
    nested: bool,
}

impl Seen {
    fn add(&mut self, value: &str) {
        match value {
            "null" => {}
            "true" | "false" => self.bools = true,
            text if raw::is_string(text) => self.texts = true,
            text if raw::is_number(text) => match text.contains(['.', 'e', 'E']) {
                true => self.floats = true,
                false if text.parse::<i64>().is_ok() => {
                    self.signed = true;
                    self.wide |= text.parse::<i64>().is_ok_and(|integer| integer.unsigned_abs() > 1 << 53);
                }
                false if text.parse::<u64>().is_ok() => self.unsigned = true,
                // More digits than any number of 64 bits has: text keeps them.
                false => self.texts = true,
            },
            _ => self.nested = true,
        }
    }

    fn kind(self) -> ColumnKind {
        let Seen { bools, signed, wide, unsigned, floats, texts, nested } = self;
        match (bools, signed, unsigned, floats, texts, nested) {
            (true, false, false, false, false, false) => ColumnKind::Bool,
            (false, true, false, false, false, false) => ColumnKind::Signed(64),
            (false, false, true, false, false, false) => ColumnKind::Unsigned(64),
            (false, false, false, true, false, false) => ColumnKind::Float(64),
            // Integers among floats: where digits could be lost they stay text.
            (false, true, false, true, false, false) if !wide => ColumnKind::Float(64),
            (false, false, false, false, false, true) => ColumnKind::Json,
            _ => ColumnKind::Text,
        }
    }
}

impl<'a> FeatureRows<'a> {
    fn new(name: &'a str, document: Document<'a>) -> Self {
        let mut left_out = document.foreign.clone();
        left_out.retain(|name| name != "crs");
        let mut names: Vec<(String, Seen)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut ids = Seen::default();
        let (mut has_ids, mut shapes) = (false, Shapes::default());
        for feature in &document.features {
            // What is wrong with a feature is told when it is read.
            let Ok(parts) = feature.parts() else { continue };
            if let Some(id) = own_id(feature, parts.bare_geometry) {
                has_ids = true;
                ids.add(id);
            }
            match parts.geometry {
                None | Some("null") => {}
                Some(text) if point(text).is_some() => {
                    shapes.points = true;
                    for member in members(text).filter(|m| m.key != "type" && m.key != "coordinates") {
                        let shown = format!("{} of geometries", member.key);
                        if !left_out.contains(&shown) {
                            left_out.push(shown);
                        }
                    }
                }
                Some(text) => {
                    shapes.heights |= has_height(text);
                    // A Point with a height is no pair of numbers, and still a Point.
                    shapes.others = true;
                }
            }
            for member in members(parts.properties.object()) {
                let place = match places.get(&*member.key) {
                    Some(&place) => place,
                    None => {
                        names.push((member.key.clone().into_owned(), Seen::default()));
                        places.insert(member.key.into_owned(), names.len() - 1);
                        names.len() - 1
                    }
                };
                names[place].1.add(member.value);
            }
            if parts.bare_geometry {
                continue;
            }
            for member in members(feature.text) {
                let known = ["type", "id", "geometry", "properties", "crs"];
                if !known.contains(&&*member.key) {
                    let shown = format!("{} of features", member.key);
                    if !left_out.contains(&shown) {
                        left_out.push(shown);
                    }
                }
            }
        }
        let mut columns = Vec::new();
        if has_ids {
            let free = |name: &&str| !places.contains_key(*name);
            let name =
                ["id", "feature_id", "geojson_id"].into_iter().find(free).unwrap_or("geojson_feature_id");
            columns.push(Column { name: name.to_owned(), kind: ids.kind() });
        }
        columns.extend(names.into_iter().map(|(name, seen)| Column { name, kind: seen.kind() }));
        places.values_mut().for_each(|place| *place += usize::from(has_ids));
        FeatureRows { name, document, columns, places, has_ids, shapes, left_out, at: 0 }
    }

    fn row(&self, feature: &RawFeature<'a>) -> Result<Row, Error> {
        let parts = feature.parts()?;
        let mut row = Row::with_capacity(feature.text.len() + 512, self.columns.len() + 24);
        row.cells.resize(self.columns.len(), Cell::Absent);
        if self.has_ids {
            row.cells[0] = cell_of(own_id(feature, parts.bare_geometry), &mut row);
        }
        for member in members(parts.properties.object()) {
            let cell = cell_of(Some(member.value), &mut row);
            if let Some(&place) = self.places.get(&*member.key) {
                row.cells[place] = cell;
            }
        }
        row.place = parts.place()?;
        row.geometry = match parts.geometry {
            None | Some("null") => Geometry::None,
            Some(text) => match point(text) {
                Some([lon, lat]) => {
                    let lon = row.keep(lon);
                    Geometry::Point { lon, lat: row.keep(lat) }
                }
                None => Geometry::Json(row.keep(text)),
            },
        };
        if parts.geometry.is_none() && row.place == Place::None {
            row.warning = Some("not located: the feature has no geometry member");
        }
        Ok(row)
    }
}

/// The feature's own id.
fn own_id<'a>(feature: &RawFeature<'a>, bare_geometry: bool) -> Option<&'a str> {
    if bare_geometry {
        return None;
    }
    let id = members(feature.text).find(|member| member.key == "id").map(|member| member.value);
    id.filter(|id| *id != "null")
}

/// The digits of a Point that is two numbers and no more.
fn point(geometry: &str) -> Option<[&str; 2]> {
    let mut coordinates = None;
    for member in members(geometry) {
        match (&member.key, member.value) {
            (Cow::Borrowed("type"), "\"Point\"") => {}
            (Cow::Borrowed("coordinates"), value) if value.starts_with('[') => coordinates = Some(value),
            _ => return None,
        }
    }
    let mut numbers = elements(coordinates?);
    let found = [numbers.next()?, numbers.next()?];
    (numbers.next().is_none() && found.iter().all(|number| raw::is_number(number))).then_some(found)
}

/// The first position has three numbers or more.
fn has_height(geometry: &str) -> bool {
    let innermost = geometry.split(']').next().and_then(|text| text.rsplit('[').next());
    innermost.is_some_and(|position| position.split(',').count() > 2)
}

impl RowSource for FeatureRows<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn shapes(&self) -> Shapes {
        self.shapes
    }

    fn left_out(&self) -> Vec<String> {
        self.left_out.clone()
    }

    fn read(&mut self, most: usize) -> Result<Batch, Error> {
        let mut batch = Batch::default();
        let end = self.document.features.len().min(self.at + most);
        for feature in &self.document.features[self.at..end] {
            match self.row(feature) {
                Ok(row) => batch.rows.push(row),
                Err(error) => batch.bad.push(BadRow {
                    number: feature.number,
                    line: feature.line,
                    error: error.in_file(self.name),
                    text: feature.text.to_owned(),
                }),
            }
        }
        self.at = end;
        Ok(batch)
    }
}
