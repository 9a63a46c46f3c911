//! What a Parquet file says of itself.

use arrow_schema::SchemaRef;
use parquet::file::metadata::KeyValue;

/// The schema and the metadata of a file.
#[derive(Clone)]
pub(crate) struct ParquetFrame {
    pub schema: SchemaRef,
    pub metadata: Vec<KeyValue>,
}
