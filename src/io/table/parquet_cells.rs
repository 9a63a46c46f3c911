//! Values of Arrow as the cells of a row.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;

use crate::FeatureId;
use crate::io::table::column::ColumnKind;
use crate::io::table::row::{Cell, Row};

/// Instants of a named time zone are shown in UTC: the names need a database.
pub(in crate::io) fn shown(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            let utc = DataType::Timestamp(*unit, Some("+00:00".into()));
            arrow_cast::cast(array, &utc).unwrap_or_else(|_| Arc::clone(array))
        }
        _ => Arc::clone(array),
    }
}

pub(in crate::io) fn kind(data_type: &DataType) -> ColumnKind {
    use DataType as D;
    match data_type {
        D::Boolean => ColumnKind::Bool,
        D::Int8 => ColumnKind::Signed(8),
        D::Int16 => ColumnKind::Signed(16),
        D::Int32 => ColumnKind::Signed(32),
        D::Int64 => ColumnKind::Signed(64),
        D::UInt8 => ColumnKind::Unsigned(8),
        D::UInt16 => ColumnKind::Unsigned(16),
        D::UInt32 => ColumnKind::Unsigned(32),
        D::UInt64 => ColumnKind::Unsigned(64),
        D::Float16 | D::Float32 => ColumnKind::Float(32),
        D::Float64 => ColumnKind::Float(64),
        D::Timestamp(..) => ColumnKind::DateTime,
        D::Date32 => ColumnKind::Date,
        // Shown with a time of day.
        D::Date64 => ColumnKind::DateTime,
        D::Time32(_) | D::Time64(_) => ColumnKind::Time,
        D::Binary | D::LargeBinary | D::BinaryView | D::FixedSizeBinary(_) => ColumnKind::Bytes,
        D::List(_) | D::LargeList(_) | D::FixedSizeList(..) | D::Struct(_) | D::Map(..) => ColumnKind::Json,
        _ => ColumnKind::Text,
    }
}

type Failed = arrow_schema::ArrowError;

pub(in crate::io) fn cell(
    array: &dyn Array,
    formatter: Option<&ArrayFormatter<'_>>,
    at: usize,
    kind: ColumnKind,
    row: &mut Row,
) -> Result<Cell, Failed> {
    if array.is_null(at) {
        return Ok(Cell::Null);
    }
    if kind == ColumnKind::Json {
        let mut text = String::new();
        write_json(array, at, &mut text)?;
        return Ok(Cell::Json(row.keep(&text)));
    }
    let Some(formatter) = formatter else {
        return Err(Failed::NotYetImplemented(format!("values of type {}", array.data_type())));
    };
    let text = formatter.value(at).try_to_string()?;
    let span = row.keep(&text);
    let is_number = matches!(kind, ColumnKind::Signed(_) | ColumnKind::Unsigned(_) | ColumnKind::Float(_))
        || matches!(array.data_type(), DataType::Decimal128(..) | DataType::Decimal256(..));
    Ok(match kind {
        ColumnKind::Bool => Cell::Bool(text == "true"),
        _ if is_number && FeatureId::number(&text).is_some() => Cell::Number(span),
        _ => Cell::Text(span),
    })
}

/// Appends a value as JSON, lists and structures too.
fn write_json(array: &dyn Array, at: usize, out: &mut String) -> Result<(), Failed> {
    if array.is_null(at) {
        out.push_str("null");
        return Ok(());
    }
    let list = |values: &dyn Array, out: &mut String| -> Result<(), Failed> {
        out.push('[');
        for at in 0..values.len() {
            if at > 0 {
                out.push(',');
            }
            write_json(values, at, out)?;
        }
        out.push(']');
        Ok(())
    };
    match array.data_type() {
        DataType::List(_) => list(&*array.as_list::<i32>().value(at), out),
        DataType::LargeList(_) => list(&*array.as_list::<i64>().value(at), out),
        DataType::FixedSizeList(..) => list(&*array.as_fixed_size_list().value(at), out),
        DataType::Map(..) => list(&array.as_map().value(at), out),
        DataType::Struct(fields) => {
            out.push('{');
            for (place, (field, values)) in fields.iter().zip(array.as_struct().columns()).enumerate() {
                if place > 0 {
                    out.push(',');
                }
                crate::io::json::raw::write_string(field.name(), out);
                out.push(':');
                write_json(&**values, at, out)?;
            }
            out.push('}');
            Ok(())
        }
        other => {
            let options = FormatOptions::default();
            let formatter = ArrayFormatter::try_new(array, &options)?;
            let mut row = Row::with_capacity(0, 0);
            let cell = cell(array, Some(&formatter), at, kind(other), &mut row)?;
            row.write_json(cell, out);
            Ok(())
        }
    }
}
