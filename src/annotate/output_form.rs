//! What annotated incidents are written as.

use crate::io::Target;

/// The form of the text that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputForm {
    /// One FeatureCollection.
    Collection,
    /// A feature a line.
    Lines,
    /// RFC 8142: each feature begins with 0x1E and ends with a line feed.
    Sequence,
}

/// What rows are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableForm {
    /// CSV with this delimiter.
    #[cfg(feature = "tables")]
    Csv(u8),
    /// GeoJSON: a feature a row.
    Features(OutputForm),
    /// FlatGeobuf, in the order of the rows and without an index.
    #[cfg(feature = "flatgeobuf")]
    FlatGeobuf,
    /// GeoPackage: one table `incidents`, in the order of the rows.
    #[cfg(feature = "geopackage")]
    GeoPackage,
    /// Parquet: records of Parquet with their columns as they are, others as GeoParquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl TableForm {
    pub(crate) fn target(self) -> Target {
        match self {
            #[cfg(feature = "tables")]
            TableForm::Csv(_) => Target::Csv,
            TableForm::Features(_) => Target::Features,
            #[cfg(feature = "parquet")]
            TableForm::Parquet => Target::Parquet,
            #[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
            _ => Target::Typed,
        }
    }
}
