//! An incident as it is handed to whoever counts, draws or groups: where, when, and all that stands beside.

use std::borrow::Cow;

use super::options::ReadOptions;
use super::reading::Reading;
use super::tally::Mark;
use crate::described::FieldNames;
use crate::io::{Column, FeatureParts, Passed, Row, Value, members, write_properties};
use crate::{Error, FeatureId};

/// An incident, and its text in the file.
pub(crate) struct Entry<'t> {
    pub mark: Mark,
    pub reading: Reading,
    record: Record<'t>,
    id_field: Option<&'t str>,
    fields: &'t FieldNames,
}

/// Its text in the file.
enum Record<'t> {
    Feature(FeatureParts<'t>),
    Row { row: &'t Row, columns: &'t [Column], id: Option<usize> },
}

/// The id of an incident; without one it is known by its number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IncidentId {
    own: Option<FeatureId>,
    mark: Mark,
}

impl IncidentId {
    /// The id that it has in the file.
    pub fn own(self) -> Option<FeatureId> {
        self.own
    }

    /// The id and the place of an incident whose number and line count from `before`.
    pub fn behind(self, before: Passed) -> (FeatureId, Mark) {
        let line = if self.mark.line == 0 { 0 } else { self.mark.line + before.lines };
        let mark = Mark { number: self.mark.number + before.features, line };
        (self.own.unwrap_or_else(|| FeatureId::text(format!("#{}", mark.number))), mark)
    }
}

impl<'t> Entry<'t> {
    pub fn of_feature(parts: FeatureParts<'t>, reading: Reading, options: &'t ReadOptions) -> Self {
        let mark = Mark { number: parts.feature.number, line: parts.feature.line };
        let id_field = options.id_field.as_deref();
        Entry { mark, reading, record: Record::Feature(parts), id_field, fields: &options.fields }
    }

    pub fn of_row(
        row: &'t Row,
        columns: &'t [Column],
        id: Option<usize>,
        reading: Reading,
        options: &'t ReadOptions,
    ) -> Self {
        let mark = Mark { number: row.number, line: row.line };
        let record = Record::Row { row, columns, id };
        Entry { mark, reading, record, id_field: None, fields: &options.fields }
    }

    /// # Errors
    /// Returns an error if the field that is to hold its id holds none.
    pub fn has_its_id(&self) -> Result<(), Error> {
        self.id_field.map_or(Ok(()), |_| self.id().map(drop))
    }

    /// Its id.
    ///
    /// # Errors
    /// Returns an error if the field that is to hold it holds none.
    pub fn id(&self) -> Result<IncidentId, Error> {
        let own = match &self.record {
            Record::Feature(parts) => match self.id_field {
                Some(field) => Some(parts.id(Some(field))?),
                None => parts.id_or_property(),
            },
            Record::Row { row, id, .. } => id.and_then(|at| id_of(row, at)),
        };
        Ok(IncidentId { own, mark: self.mark })
    }

    /// Calls `each` with every property, in order, under the name that it is read as.
    pub fn properties(&self, mut each: impl FnMut(Cow<'t, str>, Value<'t>)) {
        match &self.record {
            Record::Feature(parts) => {
                for member in members(parts.properties.object()) {
                    let own = match self.fields.read_as(&member.key) {
                        Some(name) if name == member.key => member.key,
                        Some(name) => Cow::Owned(name.to_owned()),
                        None => continue,
                    };
                    each(own, Value::of_json(member.value));
                }
            }
            Record::Row { row, columns, .. } => {
                for (column, &cell) in columns.iter().zip(&row.cells) {
                    if let Some(value) = Value::of_cell(row, cell)
                        && let Some(name) = self.fields.read_as(&column.name)
                    {
                        each(Cow::Borrowed(name), value);
                    }
                }
            }
        }
    }

    /// Its properties as the text of a JSON object: as it stands, or made of its row.
    pub fn properties_text(&self) -> Cow<'t, str> {
        match &self.record {
            Record::Feature(parts) => Cow::Borrowed(parts.properties.object()),
            Record::Row { row, columns, .. } => {
                let mut text = String::from("{");
                write_properties(row, columns, &mut text);
                text.push('}');
                Cow::Owned(text)
            }
        }
    }

    /// Its text as a GeoJSON feature: as it stands, or made of its row.
    pub fn feature_text(&self) -> Cow<'t, str> {
        match &self.record {
            Record::Feature(parts) => Cow::Borrowed(parts.feature.text),
            Record::Row { row, .. } => {
                let properties = self.properties_text();
                let mut text = format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":");
                row.write_geometry(&mut text);
                text.push('}');
                Cow::Owned(text)
            }
        }
    }
}

/// The id that a cell holds; none in an empty one.
pub(crate) fn id_of(row: &Row, column: usize) -> Option<FeatureId> {
    match Value::of_cell(row, *row.cells.get(column)?)? {
        Value::Text(text) => Some(text).filter(|text| !text.is_empty()).map(|text| FeatureId::text(&*text)),
        Value::Number(digits) => FeatureId::number(digits),
        _ => None,
    }
}
