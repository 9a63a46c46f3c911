//! What a check has to say about a file: one line a finding.

use std::fmt::{self, Write};

use serde::Serialize;

use crate::Error;
use crate::text::OneLine;

/// How bad a finding is.
///
/// ```
/// use patrol_corridor::io::{LayerKind, LayerOptions, Severity, Source, check};
/// let text = r#"{"type":"Feature","id":"R5","properties":{"half_width_m":-1},
///  "geometry":{"type":"LineString","coordinates":[[46.75,39.82],[46.73,39.87]]}}"#;
/// let source = Source::from_bytes("routes.geojson", text.into())?;
/// let findings = check(&source, Some(LayerKind::Routes), &LayerOptions::default());
/// assert_eq!(findings[0].severity, Severity::Error);
/// assert_eq!(findings[0].severity.to_string(), "error");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// The file can't be used.
    Error,
    /// The file can be used; this is doubtful.
    Warning,
    /// Nothing is wrong: what would be done.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// One thing that is wrong or doubtful, and where. `Display` gives
/// `FILE:LINE: error|warning|note: where: what, what to do`; what concerns a file as a whole is shown on line 1.
///
/// ```
/// use patrol_corridor::io::{LayerKind, LayerOptions, Source, check};
/// let text = r#"{"type":"Feature","id":"R5","properties":{"half_width_m":-1},
///  "geometry":{"type":"LineString","coordinates":[[46.75,39.82],[46.73,39.87]]}}"#;
/// let source = Source::from_bytes("routes.geojson", text.into())?;
/// let findings = check(&source, Some(LayerKind::Routes), &LayerOptions::default());
/// let finding = &findings[0];
/// assert_eq!((finding.line, finding.id.as_deref()), (Some(1), Some("R5")));
/// assert_eq!(finding.path.as_deref(), Some("properties.half_width_m"));
/// assert_eq!(finding.message, "-1, expected a number of metres greater than 0");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The file as it was named.
    pub file: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<u64>,
    /// How bad it is.
    pub severity: Severity,
    /// The number of the feature, counted from 1, where it is in one.
    pub feature: Option<u64>,
    /// The id of the feature, as it is written.
    pub id: Option<String>,
    /// The JSON path inside the feature: `geometry.coordinates[3]`.
    pub path: Option<String>,
    /// What was found, what was expected and what to do.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::io::{Finding, Severity};
    /// let error = Position::from_lon_lat(46.8, 140.0).unwrap_err();
    /// let finding = Finding::from_error(&error, "posts.geojson", Severity::Warning);
    /// assert!(finding.to_string().starts_with("posts.geojson:1: warning: "), "{finding}");
    /// ```
    pub message: String,
}

impl Finding {
    /// An error as a finding of the given severity; `file` is used where the error names none.
    ///
    /// ```
    /// # use patrol_corridor::io::{LayerKind, LayerOptions, Source, check};
    /// # let text = r#"{"type":"Feature","id":"R5","properties":{"half_width_m":-1},
    /// #  "geometry":{"type":"LineString","coordinates":[[46.75,39.82],[46.73,39.87]]}}"#;
    /// # let source = Source::from_bytes("routes.geojson", text.into())?;
    /// # let findings = check(&source, Some(LayerKind::Routes), &LayerOptions::default());
    /// assert!(findings[0].is_error());
    /// // Without a layer the file is but GeoJSON, and nothing is wrong with it.
    /// assert!(!check(&source, None, &LayerOptions::default()).iter().any(|finding| finding.is_error()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn from_error(error: &Error, file: &str, severity: Severity) -> Self {
        // The place of a fault in the bytes has no column of its own here.
        let byte = error.byte().filter(|_| error.line().is_none());
        Finding {
            file: error.file().unwrap_or(file).to_owned(),
            line: error.line(),
            severity,
            feature: error.feature(),
            id: error.id().map(str::to_owned),
            path: error.path().map(str::to_owned),
            message: match byte {
                Some(byte) => format!("{} (byte {byte})", error.message()),
                None => error.message().to_owned(),
            },
        }
    }

    /// True where the file can't be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = OneLine(f);
        write!(f, "{}:{}: {}: ", self.file, self.line.unwrap_or(1), self.severity)?;
        if let Some(number) = self.feature {
            write!(f, "feature {number}")?;
            if let Some(id) = &self.id {
                write!(f, " (id {id})")?;
            }
            f.write_str(if self.path.is_some() { ", " } else { ": " })?;
        }
        if let Some(path) = &self.path {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)
    }
}
