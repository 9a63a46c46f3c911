//! How much of a Parquet file is unpacked at once: what its metadata and dictionaries say, before its reader
//! believes them.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::arrow::ARROW_SCHEMA_META_KEY;
use parquet::basic::{Encoding, Type};
use parquet::column::page::Page;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::io::table::parquet_schema;
use crate::memory::room;

/// Rows that are read at once, unless their cells are large.
const BATCH_ROWS: u64 = 4096;

/// What the cells of a batch may take, and their copies some times of that.
const BATCH_BYTES: u64 = 32 << 20;

/// What a value takes at least: a position is two numbers.
const VALUE_BYTES: u64 = 8;

/// The format counts the bytes of a page in 31 bits.
const MOST_PAGE: usize = i32::MAX as usize;

pub(crate) fn damaged(fault: impl std::fmt::Display) -> Error {
    Error::input(format!("Parquet data that can't be read ({fault}), expected a whole file of known types"))
}

/// Does what the crates of Parquet do with a file's bytes. They panic on some damaged files (arrow-ipc 59 on a
/// schema of integers of no bits), which is an error of the caller's data and must not end the caller.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| damaged("its reader gave up"))
}

/// Checks what the file says of itself before its reader believes it.
pub(crate) fn check_metadata(
    metadata: &ParquetMetaData,
    bytes: u64,
    limits: &ReadLimits,
) -> Result<(), Error> {
    let pairs = metadata.file_metadata().key_value_metadata().into_iter().flatten();
    for pair in pairs.filter(|pair| pair.key == ARROW_SCHEMA_META_KEY) {
        parquet_schema::check(pair.value.as_deref().unwrap_or_default()).map_err(damaged)?;
    }
    let mut unpacked = 0_u64;
    for column in metadata.row_groups().iter().flat_map(|group| group.columns()) {
        if u64::try_from(column.compressed_size()).map_or(true, |size| size > bytes) {
            return Err(damaged("a column is larger than the file"));
        }
        // A reader holds a page of a column whole, and one may be all of it.
        if let Ok(size) = usize::try_from(column.uncompressed_size()) {
            room(size.min(MOST_PAGE))?;
        }
        let values = unsigned(column.num_values()).saturating_mul(VALUE_BYTES);
        unpacked = unpacked.saturating_add(values);
        // All values of a column of lists may be those of one row.
        if column.column_descr().max_rep_level() > 0 {
            room(usize::try_from(values).unwrap_or(usize::MAX).saturating_mul(2))?;
        }
    }
    limits.inflated("Parquet data", bytes, unpacked)
}

/// How many rows are read at once, so that cells which a dictionary or a common beginning keeps once in the file
/// do not fill the memory.
pub(crate) fn batch_rows(file: &File, limits: &ReadLimits) -> Result<usize, Error> {
    let file = file.try_clone().map_err(|fault| Error::io("read it", fault))?;
    let reader = guarded(|| SerializedFileReader::new(file))?.map_err(damaged)?;
    let mut most_rows = BATCH_ROWS;
    for (at, group) in reader.metadata().row_groups().iter().enumerate() {
        let mut row_bytes = 0_u64;
        for (column, about) in group.columns().iter().enumerate() {
            let cell = guarded(|| largest_repeated(&reader, at, column, about))?.map_err(damaged)?;
            limits.record("the cell", usize::try_from(cell).unwrap_or(usize::MAX))?;
            row_bytes = row_bytes.saturating_add(cell);
        }
        most_rows = most_rows.min(BATCH_BYTES / row_bytes.max(1));
    }
    Ok(most_rows.max(1) as usize)
}

/// The largest cell of a column that can be in many rows and once in the file.
fn largest_repeated(
    reader: &SerializedFileReader<File>,
    group: usize,
    column: usize,
    about: &ColumnChunkMetaData,
) -> Result<u64, ParquetError> {
    let is_text = match about.column_type() {
        Type::FIXED_LEN_BYTE_ARRAY => return Ok(unsigned(about.column_descr().type_length().into())),
        kind => kind == Type::BYTE_ARRAY,
    };
    let size = unsigned(about.uncompressed_size());
    let mut encodings = about.encodings();
    if !is_text || size <= BATCH_BYTES / BATCH_ROWS {
        return Ok(0);
    }
    if encodings.any(|encoding| encoding == Encoding::DELTA_BYTE_ARRAY) {
        return Ok(size);
    }
    match reader.get_row_group(group)?.get_column_page_reader(column)?.get_next_page()? {
        Some(Page::DictionaryPage { buf, .. }) => Ok(longest(&buf)),
        _ => Ok(0),
    }
}

/// The longest of the texts of a dictionary: each has its length before it, in 4 bytes.
fn longest(mut texts: &[u8]) -> u64 {
    let mut longest = 0;
    while let Some((length, rest)) = texts.split_first_chunk() {
        let length = u32::from_le_bytes(*length);
        longest = longest.max(u64::from(length));
        texts = rest.get(length as usize..).unwrap_or_default();
    }
    longest
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
