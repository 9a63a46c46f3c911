//! What sort of thing is wrong, and which limit an input exceeds.

/// A limit on what is read, which the caller can raise ([`ReadLimits`](crate::io::ReadLimits)).
///
/// ```
/// use patrol_corridor::Limit;
/// use patrol_corridor::io::{ReadLimits, Source};
/// let limits = ReadLimits::default().with_text_bytes(20);
/// let text = r#"{"type":"Point","coordinates":[46.8,40.0]}"#;
/// let error = Source::read_within("post.geojson", text.as_bytes(), &limits).unwrap_err();
/// assert_eq!(error.exceeded(), Some(Limit::Text));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// The size of one record.
    Record,
    /// The size of a text that is held whole.
    Text,
    /// What a small packed file (gzip, Parquet) unpacks to.
    Inflated,
}

/// What sort of thing is wrong, for whoever tells what to do about it in terms of their own program.
///
/// ```
/// use patrol_corridor::{ErrorKind, Position, time::Zone};
/// let wrong_data = Position::from_lon_lat(46.8, 140.0).unwrap_err();
/// let wrong_argument = "Baku".parse::<Zone>().unwrap_err();
/// assert_eq!((wrong_data.kind(), wrong_argument.kind()), (ErrorKind::Input, ErrorKind::Argument));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON.
    Json,
    /// The text is JSON, and not what was asked for.
    Input,
    /// An argument of the caller is unusable.
    Argument,
    /// A file could not be opened, read or written.
    Io,
    /// There is something already where an output should be, and nobody said that it may be replaced.
    OutputExists,
    /// A property or column has a name that is to be written.
    NameInTheWay,
    /// A local time, and no zone is known to read it in.
    NoZone,
    /// A date whose day and month can be exchanged, and nothing says which is which.
    DayOrMonth,
    /// A table without columns that say where anything happened, or with several.
    PositionColumns,
    /// No time by which a period could be chosen.
    NoPeriod,
    /// A post without a radius of its own, and none was given for all.
    NoRadius,
    /// A magnetic bearing of a day for which no model of the declination is made.
    NoDeclination,
    /// Text in another encoding than UTF-8, which does not tell which.
    Encoding,
    /// The layer and the caller name different coordinate reference systems.
    OtherCrs,
    /// Incidents that could not be read; [`Error::incidents`](crate::Error::incidents) lists them.
    BadIncidents,
    /// Whoever follows the progress of the work has ended it.
    Stopped,
}

impl ErrorKind {
    /// True of all that is wrong with the content of an input.
    pub(crate) fn is_of_input(self) -> bool {
        use ErrorKind::{Argument, Io, Json, NoPeriod, OutputExists, Stopped};
        !matches!(self, Argument | Io | Json | NoPeriod | OutputExists | Stopped)
    }
}
