//! The one error type of the crate: what was wrong, where it stands, and what to do about it.

use std::fmt::{self, Write};
use std::ops::ControlFlow;

use crate::text::OneLine;

mod kinds;

pub use kinds::{ErrorKind, Limit};

/// What went wrong, and where: file, line, feature, id and JSON path as far as they are known.
///
/// The text is one line: place, what was found, what was expected, what to do. Ask the predicates
/// ([`is_io`](Self::is_io), [`is_json`](Self::is_json), …) rather than matching on text.
///
/// ```
/// use patrol_corridor::Position;
/// let error = Position::from_lon_lat(46.8, 140.2).unwrap_err();
/// assert!(error.to_string().contains("in latitude, longitude order?"));
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    file: Option<String>,
    line: Option<u64>,
    byte: Option<u64>,
    feature: Option<u64>,
    id: Option<String>,
    path: Option<String>,
    message: String,
    source: Option<std::io::Error>,
    /// The incidents that could not be read, the first of them, and how many there are.
    incidents: Vec<Error>,
    incident_count: u64,
    limit: Option<Limit>,
}

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            kind,
            file: None,
            line: None,
            byte: None,
            feature: None,
            id: None,
            path: None,
            message: shortened(message.into(), MESSAGE_BYTES),
            source: None,
            incidents: Vec::new(),
            incident_count: 0,
            limit: None,
        }))
    }

    /// The text is not JSON.
    pub(crate) fn json(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Json, message)
    }

    /// The input is not what it must be.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// The input is larger than the caller permits.
    pub(crate) fn limit(limit: Limit, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Input, message);
        error.0.limit = Some(limit);
        error
    }

    /// An argument that can't be used; public so that programs speak with one voice.
    ///
    /// ```
    /// let error = patrol_corridor::Error::argument("the zone `Q`, expected one of A to D");
    /// assert!(error.is_argument());
    /// ```
    pub fn argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, message)
    }

    /// A file could not be opened, read or written: `doing` says what was tried ("open", "write").
    ///
    /// ```
    /// let source = std::io::Error::from(std::io::ErrorKind::NotFound);
    /// let error = patrol_corridor::Error::io("open it", source).in_file("posts.geojson");
    /// assert!(error.is_io() && error.to_string().starts_with("posts.geojson: could not open it: "), "{error}");
    /// ```
    #[must_use]
    pub fn io(doing: &str, source: std::io::Error) -> Self {
        let mut error = Self::new(ErrorKind::Io, format!("could not {doing}: {source}"));
        error.0.source = Some(source);
        error
    }

    /// Reading ends behind so many incidents that can't be read, where they are an error: a small compressed file
    /// holds thousands of millions of them.
    pub const MOST_BAD_INCIDENTS: u64 = 1_000_000;

    /// Incidents that could not be read: the first of them, and how many there are.
    pub(crate) fn bad_incidents(first: Vec<Error>, count: u64) -> Self {
        let mut error = Self::new(ErrorKind::BadIncidents, format!("{count} incidents can't be read"));
        error.0.incidents = first;
        error.0.incident_count = count;
        error
    }

    /// The incidents that could not be read, each with its own error, and how many there are in all; empty for any
    /// other kind of error. No more than 20 are kept, and no more are counted than [`Self::MOST_BAD_INCIDENTS`].
    ///
    /// ```
    /// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
    /// use patrol_corridor::{PatrolIndex, io::{PositionColumns, Rows}};
    /// let index = PatrolIndex::new(vec![], vec![], Default::default())?;
    /// let log = "id,lon,lat\n1,46.8,40.01\n2,46.8,140\n3,46.8,north\n";
    /// let rows = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
    /// let reader = IncidentReader::new(&index, ReadOptions::default());
    /// let error = incidents(rows, &reader, SourceRun::default(), &mut |_| Ok(())).unwrap_err();
    /// let (first, count) = error.incidents();
    /// assert_eq!((first[0].line(), first[1].line(), count), (Some(3), Some(4), 2));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn incidents(&self) -> (&[Error], u64) {
        (&self.0.incidents, self.0.incident_count)
    }

    /// Tells how far the work is; an error where it is to end.
    pub(crate) fn unless_stopped(
        progress: &mut Option<&mut dyn FnMut(u64) -> ControlFlow<()>>,
        count: u64,
    ) -> Result<(), Self> {
        match progress.as_mut().map(|progress| progress(count)) {
            Some(ControlFlow::Break(())) => {
                Err(Self::new(ErrorKind::Stopped, format!("the work was ended after {count} incidents")))
            }
            _ => Ok(()),
        }
    }

    /// A local time, and no zone is known to read it in.
    pub(crate) fn no_zone(text: &str) -> Self {
        let message = format!(
            "the time `{text}` has no zone, and none was given; name its zone (`Asia/Baku`, `+04:00`)"
        );
        Self::new(ErrorKind::NoZone, message)
    }

    /// A date whose day and month can be exchanged; `day_first` and `month_first` are its two readings.
    pub(crate) fn day_or_month(text: &str, day_first: &str, month_first: &str) -> Self {
        let message = format!(
            "the time `{text}` can be {day_first} (day first) or {month_first} (month first); say which comes first"
        );
        Self::new(ErrorKind::DayOrMonth, message)
    }

    /// The same with a kind that says more.
    #[must_use]
    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// What sort of thing is wrong.
    ///
    /// ```
    /// use patrol_corridor::{ErrorKind, time::Timestamp};
    /// let error = Timestamp::read("2020-10-04 13:45", None).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NoZone);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Sets the file name unless already set.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// let error = Position::from_lon_lat(200.0, 40.0).unwrap_err().in_file("posts.geojson").in_file("all");
    /// assert_eq!(error.file(), Some("posts.geojson"));
    /// ```
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.file.get_or_insert_with(|| file.into());
        self
    }

    /// Names the line (from 1); one that is named already stays.
    #[must_use]
    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.0.line.get_or_insert(line);
        self
    }

    /// Names the byte offset (from 0); one that is named already stays.
    #[must_use]
    pub(crate) fn at_byte(mut self, byte: u64) -> Self {
        self.0.byte.get_or_insert(byte);
        self
    }

    /// Counts the byte offset, where there is one, from `start` bytes earlier.
    #[must_use]
    pub(crate) fn shift_byte(mut self, start: u64) -> Self {
        self.0.byte = self.0.byte.map(|byte| byte + start);
        self
    }

    /// Replaces line and byte, where they are named, by what these make of them.
    #[must_use]
    pub(crate) fn placed(mut self, line: impl FnOnce(u64) -> u64, byte: impl FnOnce(u64) -> u64) -> Self {
        self.0.line = self.0.line.map(line);
        self.0.byte = self.0.byte.map(byte);
        self
    }

    /// Moves the place by what stands before the text that it was counted in.
    #[must_use]
    pub(crate) fn moved(mut self, features: u64, lines: u64, bytes: u64) -> Self {
        self.0.feature = self.0.feature.map(|feature| feature + features);
        self.0.line = self.0.line.map(|line| line + lines);
        self.shift_byte(bytes)
    }

    /// Names the feature (from 1); one that is named already stays.
    #[must_use]
    pub(crate) fn in_feature(mut self, number: u64) -> Self {
        self.0.feature.get_or_insert(number);
        self
    }

    /// Names the feature's id, as it is written; one that is named already stays.
    #[must_use]
    pub(crate) fn with_id(mut self, id: impl Into<String>) -> Self {
        self.0.id.get_or_insert_with(|| shortened(id.into(), NAME_BYTES));
        self
    }

    /// Puts `outer` before the JSON path: `coordinates[3]` becomes `geometry.coordinates[3]`.
    #[must_use]
    pub(crate) fn under(mut self, outer: &str) -> Self {
        let path = match self.0.path.take() {
            None => outer.to_owned(),
            Some(inner) if inner.starts_with('[') => format!("{outer}{inner}"),
            Some(inner) => format!("{outer}.{inner}"),
        };
        self.0.path = Some(shortened(path, NAME_BYTES));
        self
    }

    /// True where a file could not be opened, read or written.
    ///
    /// ```
    /// let error = patrol_corridor::io::Source::open("no/such/posts.geojson").unwrap_err();
    /// assert!(error.is_io() && error.file() == Some("no/such/posts.geojson"));
    /// ```
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.0.kind == ErrorKind::Io
    }

    /// True where the text is not JSON.
    ///
    /// ```
    /// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
    /// let source = Source::from_bytes("posts.geojson", b"{\"type\":".to_vec())?;
    /// assert!(read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err().is_json());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.0.kind == ErrorKind::Json
    }

    /// True where the text is JSON and its content is not what it must be.
    ///
    /// ```
    /// let error = patrol_corridor::Position::from_lon_lat(46.8, 140.0).unwrap_err();
    /// assert!(error.is_input() && !error.is_argument());
    /// ```
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.0.kind.is_of_input()
    }

    /// True where an argument of the caller is unusable.
    ///
    /// ```
    /// assert!("round".parse::<patrol_corridor::Edges>().unwrap_err().is_argument());
    /// ```
    #[must_use]
    pub fn is_argument(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Argument | ErrorKind::NoPeriod | ErrorKind::OutputExists)
    }

    /// The limit that the input exceeds, where that is what is wrong.
    #[must_use]
    pub fn exceeded(&self) -> Option<Limit> {
        self.0.limit
    }

    /// The file's name, where there is one.
    ///
    /// ```
    /// let error = patrol_corridor::io::Source::from_bytes("posts.geojson", vec![0xFF]).unwrap_err();
    /// assert_eq!((error.file(), error.byte()), (Some("posts.geojson"), Some(0)));
    /// ```
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line, counted from 1.
    ///
    /// ```
    /// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
    /// let source = Source::from_bytes("posts.geojson", b"{\n\"type\": nothing\n}".to_vec())?;
    /// let error = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err();
    /// assert_eq!(error.line(), Some(2));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The byte offset, counted from 0.
    ///
    /// ```
    /// let latin_1 = b"{\"id\":\"\xFF\"}".to_vec();
    /// let error = patrol_corridor::io::Source::from_bytes("posts.geojson", latin_1).unwrap_err();
    /// assert_eq!(error.byte(), Some(7));
    /// ```
    #[must_use]
    pub fn byte(&self) -> Option<u64> {
        self.0.byte
    }

    /// The number of the feature in its layer, counted from 1.
    ///
    /// ```
    /// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
    /// let post = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[46.8,40]}}"#;
    /// let text = format!(r#"{{"type":"FeatureCollection","features":[{post},{}]}}"#, post.replace("40", "140"));
    /// let source = Source::from_bytes("posts.geojson", text.into())?;
    /// let error = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err();
    /// assert_eq!(error.feature(), Some(2));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn feature(&self) -> Option<u64> {
        self.0.feature
    }

    /// The feature's id, as it is written in its layer.
    ///
    /// ```
    /// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
    /// let text = r#"{"type":"Feature","id":"OP-1","geometry":null,"properties":null}"#;
    /// let source = Source::from_bytes("posts.geojson", text.into())?;
    /// let error = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err();
    /// assert_eq!((error.id(), error.feature()), (Some("OP-1"), Some(1)));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.0.id.as_deref()
    }

    /// The JSON path inside the feature: `geometry.coordinates[3]`.
    ///
    /// ```
    /// use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts};
    /// let text = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[46.8,140]}}"#;
    /// let source = Source::from_bytes("posts.geojson", text.into())?;
    /// let error = read_posts::<NoProperties>(&source, &LayerOptions::default()).unwrap_err();
    /// assert_eq!((error.path(), error.line()), (Some("geometry.coordinates"), Some(1)));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// What was found, what was expected and what to do, without the place.
    ///
    /// ```
    /// let error = patrol_corridor::Position::from_lon_lat(200.0, 40.0).unwrap_err().in_file("posts.geojson");
    /// assert_eq!(error.message(), "longitude 200 is out of range: expected -180 to 180 degrees");
    /// assert_eq!(error.to_string(), format!("posts.geojson: {}", error.message()));
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

/// A longer message quotes a value that nobody reads to its end.
const MESSAGE_BYTES: usize = 2000;
/// The same of ids and paths, which hold names out of files.
const NAME_BYTES: usize = 400;

/// The text, or its beginning and its end where it is longer than `most` bytes: what to do comes last.
fn shortened(text: String, most: usize) -> String {
    if text.len() <= most {
        return text;
    }
    let border = |at: &usize| text.is_char_boundary(*at);
    let head = (0..=most / 10).rev().find(border).unwrap_or(0);
    let tail = (text.len() - most / 5..text.len()).find(border).unwrap_or(text.len());
    format!("{}...{}", &text[..head], &text[tail..])
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = OneLine(f);
        let Inner { file, line, byte, feature, id, path, message, .. } = &*self.0;
        if let Some(file) = file {
            write!(f, "{file}:")?;
            if line.is_none() {
                f.write_str(" ")?;
            }
        }
        if let Some(line) = line {
            if file.is_none() {
                f.write_str("line ")?;
            }
            write!(f, "{line}: ")?;
        }
        let mut places = Vec::new();
        if let Some(number) = feature {
            places.push(match id {
                Some(id) => format!("feature {number} (id {id})"),
                None => format!("feature {number}"),
            });
        }
        places.extend(path.clone());
        if let (Some(byte), None) = (byte, line) {
            places.push(format!("byte {byte}"));
        }
        if !places.is_empty() {
            write!(f, "{}: ", places.join(", "))?;
        }
        f.write_str(message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}
