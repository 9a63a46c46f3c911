//! Is the Arrow schema in the metadata of Parquet one that its reader takes? It panics on any other.

use arrow_ipc::{DateUnit, Field, IntervalUnit, Precision, TimeUnit, Type, UnionMode, root_as_message};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// Schemas of fields in fields in fields are followed by recursion.
const MOST_DEPTH: usize = 64;

/// Checks the schema as it stands in the metadata.
///
/// # Errors
/// Returns what is wrong with it.
pub(crate) fn check(encoded: &str) -> Result<(), String> {
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|e| format!("its Arrow schema is no base64: {e}"))?;
    let bytes = if bytes.len() > 8 && bytes.starts_with(&[0xFF; 4]) { &bytes[8..] } else { &bytes[..] };
    let message = root_as_message(bytes).map_err(|e| format!("its Arrow schema is damaged: {e}"))?;
    let schema = message.header_as_schema().ok_or("its Arrow schema is none")?;
    let fields = schema.fields().ok_or("its Arrow schema has no fields")?;
    match fields.iter().find(|field| !is_known(field, 0)) {
        None => Ok(()),
        Some(field) => {
            Err(format!("the Arrow type of the column `{}` is unknown", field.name().unwrap_or_default()))
        }
    }
}

fn is_int(int: Option<arrow_ipc::Int<'_>>) -> bool {
    int.is_some_and(|int| matches!(int.bitWidth(), 8 | 16 | 32 | 64))
}

/// As the reader's own match on types has it (arrow-ipc, `get_data_type`).
fn is_known(field: &Field<'_>, depth: usize) -> bool {
    let children = field.children();
    let count = children.map_or(0, |children| children.len());
    if depth > MOST_DEPTH || field.dictionary().is_some_and(|dictionary| !is_int(dictionary.indexType())) {
        return false;
    }
    let second_to_nano = |unit: TimeUnit| (TimeUnit::SECOND.0..=TimeUnit::NANOSECOND.0).contains(&unit.0);
    let known = match field.type_type() {
        Type::Null
        | Type::Bool
        | Type::Binary
        | Type::BinaryView
        | Type::LargeBinary
        | Type::Utf8
        | Type::Utf8View
        | Type::LargeUtf8
        | Type::Struct_ => true,
        Type::Int => is_int(field.type_as_int()),
        Type::FixedSizeBinary => field.type_as_fixed_size_binary().is_some_and(|of| of.byteWidth() >= 0),
        Type::FloatingPoint => field.type_as_floating_point().is_some_and(|float| {
            matches!(float.precision(), Precision::HALF | Precision::SINGLE | Precision::DOUBLE)
        }),
        Type::Date => field
            .type_as_date()
            .is_some_and(|date| matches!(date.unit(), DateUnit::DAY | DateUnit::MILLISECOND)),
        Type::Time => field.type_as_time().is_some_and(|time| {
            matches!(
                (time.bitWidth(), time.unit()),
                (32, TimeUnit::SECOND | TimeUnit::MILLISECOND)
                    | (64, TimeUnit::MICROSECOND | TimeUnit::NANOSECOND)
            )
        }),
        Type::Timestamp => field.type_as_timestamp().is_some_and(|time| second_to_nano(time.unit())),
        Type::Interval => field.type_as_interval().is_some_and(|interval| {
            matches!(
                interval.unit(),
                IntervalUnit::YEAR_MONTH | IntervalUnit::DAY_TIME | IntervalUnit::MONTH_DAY_NANO
            )
        }),
        Type::Duration => field.type_as_duration().is_some_and(|duration| second_to_nano(duration.unit())),
        Type::List | Type::LargeList | Type::ListView | Type::LargeListView => count == 1,
        Type::FixedSizeList => {
            count == 1 && field.type_as_fixed_size_list().is_some_and(|list| list.listSize() >= 0)
        }
        Type::RunEndEncoded => count == 2,
        Type::Map => count == 1 && field.type_as_map().is_some(),
        Type::Decimal => field.type_as_decimal().is_some_and(|decimal| {
            matches!(decimal.bitWidth(), 32 | 64 | 128 | 256)
                && u8::try_from(decimal.precision()).is_ok()
                && i8::try_from(decimal.scale()).is_ok()
        }),
        // Ids of a union must differ and fit its fields.
        Type::Union => field.type_as_union().is_some_and(|union| {
            let ids: Vec<i32> = union.typeIds().into_iter().flatten().collect();
            let is_new = |(at, id): (usize, &i32)| (0..128).contains(id) && !ids[..at].contains(id);
            matches!(union.mode(), UnionMode::Dense | UnionMode::Sparse)
                && count < 128
                && (union.typeIds().is_none() || ids.len() == count)
                && ids.len() < 128
                && ids.iter().enumerate().all(is_new)
        }),
        _ => false,
    };
    known && children.into_iter().flatten().all(|child| is_known(&child, depth + 1))
}
