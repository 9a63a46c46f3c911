//! What annotated incidents are written as.

use crate::io::Target;

/// The form of the text that is written.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, annotate_layer};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?;
/// # let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
/// # let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// let mut out = Vec::new();
/// annotate_layer(incidents, &annotator, LayerRun::new(OutputForm::Sequence), &mut out)?;
/// // A record separator before each of three features.
/// assert_eq!((out[0], out.iter().filter(|&&byte| byte == 0x1E).count()), (0x1E, 3));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
#[non_exhaustive]
pub enum TableForm {
    /// CSV with this delimiter.
    ///
    /// ```
    /// use patrol_corridor::annotate::{Annotator, OutputForm, TableForm, TableRun, annotate_table};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
    /// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let mut out = Vec::new();
    /// let form = TableForm::Features(OutputForm::Lines);
    /// annotate_table(&mut rows, &annotator, TableRun::new(form), &mut out)?;
    /// let line = String::from_utf8_lossy(&out);
    /// assert!(line.contains(r#""lon":"46.807759","lat":"40.068059","post_id":"OP-21""#), "{line}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
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
    /// KML: a placemark a row, its cells in `ExtendedData` with the types of a `Schema`. An id is the name of its placemark.
    ///
    /// ```
    /// use patrol_corridor::annotate::{Annotator, TableForm, TableRun, annotate_table};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
    /// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let mut out = Vec::new();
    /// annotate_table(&mut rows, &annotator, TableRun::new(TableForm::Kml), &mut out)?;
    /// let text = String::from_utf8_lossy(&out);
    /// assert!(text.contains("<name>INC-1</name>") && text.contains("<SimpleData name=\"post_id\">OP-21<"), "{text}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[cfg(feature = "kml")]
    Kml,
    /// KMZ: KML in a ZIP archive, as `doc.kml`.
    #[cfg(feature = "kml")]
    Kmz,
    /// GPX 1.1: a waypoint a row with a Point, a track a row with lines; other rows are left out and counted in
    /// [`Summary::left_out`](crate::annotate::Summary::left_out).
    ///
    /// ```
    /// use patrol_corridor::annotate::{Annotator, TableForm, TableRun, annotate_table};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
    /// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let mut out = Vec::new();
    /// annotate_table(&mut rows, &annotator, TableRun::new(TableForm::Gpx), &mut out)?;
    /// let text = String::from_utf8_lossy(&out);
    /// assert!(text.contains("<wpt lat=\"40.068059\" lon=\"46.807759\">") && text.contains("1.7 km WSW of OP-21"), "{text}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[cfg(feature = "gpx")]
    Gpx,
    /// Parquet: records of Parquet with their columns as they are, others as GeoParquet.
    #[cfg(feature = "parquet")]
    Parquet,
    /// XLSX: a sheet `incidents` with the values of CSV, numbers as numbers and times as the texts that they are.
    ///
    /// ```
    /// use patrol_corridor::annotate::{Annotator, TableForm, TableRun, annotate_table};
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let annotator = Annotator::new(&PatrolIndex::new(vec![post], vec![], Edges::Planar)?, Default::default());
    /// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let mut rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let mut out = Vec::new();
    /// annotate_table(&mut rows, &annotator, TableRun::new(TableForm::Xlsx), &mut out)?;
    /// assert!(out.starts_with(b"PK"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[cfg(feature = "xlsx-out")]
    Xlsx,
}

impl TableForm {
    pub(crate) fn target(self) -> Target {
        match self {
            #[cfg(feature = "tables")]
            TableForm::Csv(_) => Target::Csv,
            #[cfg(feature = "xlsx-out")]
            TableForm::Xlsx => Target::Csv,
            TableForm::Features(_) => Target::Features,
            #[cfg(feature = "parquet")]
            TableForm::Parquet => Target::Parquet,
            #[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "gpx", feature = "kml"))]
            _ => Target::Typed,
        }
    }
}
