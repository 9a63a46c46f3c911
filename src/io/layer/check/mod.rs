//! Is a file GeoJSON by RFC 7946, and is it fit for a layer? All findings, not only the first.

mod bbox;
mod checker;
mod structure;
mod topology;

use std::path::Path;

use crate::Error;
use crate::io::crs::{Crs, Transformation};
use crate::io::file::source::Source;
use crate::io::geojson::document::{Records, records};
use crate::io::layer::finding::{Finding, Severity};
use crate::io::layer::kind::LayerKind;
use crate::io::layer::layers::SoFar;
use crate::io::layer::options::LayerOptions;
use checker::Checker;
pub use checker::MAX_FINDINGS;

/// Checks a file, as [`check`]; one that is no text at all has one finding that says so.
///
/// ```
/// use patrol_corridor::io::{LayerKind, LayerOptions, check_file};
/// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// let check = |kind| check_file(format!("{data}/posts.geojson"), Some(kind), &LayerOptions::default());
/// assert!(check(LayerKind::Posts)?.is_empty());
/// // Points are no routes.
/// assert!(check(LayerKind::Routes)?[0].is_error());
/// assert!(check_file(format!("{data}/none.geojson"), None, &LayerOptions::default()).unwrap_err().is_io());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Only where it can't be opened or read.
pub fn check_file(
    path: impl AsRef<Path>,
    layer: Option<LayerKind>,
    options: &LayerOptions,
) -> Result<Vec<Finding>, Error> {
    match Source::open(&path) {
        Ok(source) => Ok(check(&source, layer, options)),
        Err(error) if error.is_io() => Err(error),
        Err(error) => {
            let name = path.as_ref().display().to_string();
            Ok(vec![Finding::from_error(&error, &name, Severity::Error)])
        }
    }
}

/// Checks a text: against RFC 7946, and with `layer` for what that layer needs too, read with these options.
///
/// What RFC 7946 forbids is an error, what it advises against a warning; so are rings that run the
/// wrong way or cross themselves. A layer is stricter about members that stand twice and about `crs`,
/// and milder about a feature's `geometry` and `properties` that are missing. A file without an error
/// can be read as that layer with these options. At most [`MAX_FINDINGS`] are listed.
///
/// Of a text in another coordinate reference system, by the options or, for a layer, by its own `crs`, notes tell how its
/// coordinates come to WGS84, and warnings what is doubtful about that; the rest is then checked in WGS84, on the same
/// lines. Without `crs` and `layer` a text is not taken to WGS84: RFC 7946 knows no other.
///
/// ```
/// use patrol_corridor::io::{LayerKind, LayerOptions, Source, check};
/// use patrol_corridor::time::Zone;
/// let text = "{\"type\": \"Point\",\n \"coordinates\": [39.8]}";
/// let findings = check(&Source::from_bytes("post.geojson", text.into())?, None, &LayerOptions::default());
/// assert_eq!(
///     findings[0].to_string(),
///     "post.geojson:2: error: coordinates: a position of 1 number(s), expected longitude and latitude"
/// );
/// // A local time needs a zone.
/// let post = r#"{"type":"Feature","properties":{"active_to":"2020-11-10 00:00"},"geometry":{"type":"Point","coordinates":[46.8,40]}}"#;
/// let source = Source::from_bytes("post.geojson", post.into())?;
/// let options = LayerOptions::default();
/// assert!(check(&source, Some(LayerKind::Posts), &options)[0].message.contains("no zone"));
/// let in_baku = options.with_zone("Asia/Baku".parse::<Zone>()?);
/// assert!(check(&source, Some(LayerKind::Posts), &in_baku).is_empty());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn check(source: &Source, layer: Option<LayerKind>, options: &LayerOptions) -> Vec<Finding> {
    let crs = options.crs.as_ref();
    let whole = |severity: Severity, message: String| {
        Finding::from_error(&Error::input(message), source.name(), severity)
    };
    if (crs.is_none() && layer.is_none()) || !source.needs_reprojection(crs) {
        let mut findings: Vec<Finding> = crs
            .map(|crs| whole(Severity::Note, format!("coordinates in {crs} are kept as they stand")))
            .into_iter()
            .collect();
        findings.extend(check_text(source, layer, options));
        return findings;
    }
    match source.clone().in_wgs84(crs) {
        Ok((in_wgs84, mut done)) => {
            // Without a position nothing is computed, and a member that says another system goes all the same.
            let is_changed = !done.is_empty() || in_wgs84.text() != source.text();
            if !is_changed && crs.is_none_or(Crs::is_wgs84) {
                return check_text(source, layer, options);
            }
            let mut findings = Vec::new();
            if source.needs_reprojection(None) && is_changed {
                let message = "the legacy member `crs`, which RFC 7946 (section 4) has removed: the layer is \
                               read, and written in WGS84";
                findings.push(whole(Severity::Warning, message.to_owned()));
            }
            // Without a position the operation is reported all the same.
            if let (true, Some(Ok(way))) = (done.is_empty(), crs.map(Transformation::to_wgs84)) {
                done.push(way.report().clone());
            }
            for one in &done {
                findings.extend(one.notes().into_iter().map(|note| whole(Severity::Note, note)));
                if let Some(area) = one.area_in_words() {
                    findings.push(whole(Severity::Note, format!("area of use of {}: {area}", one.from)));
                }
                findings.extend(one.warnings().into_iter().map(|text| whole(Severity::Warning, text)));
            }
            findings.extend(check_text(&in_wgs84, layer, options));
            findings
        }
        Err(error) => {
            let mut findings = vec![Finding::from_error(&error, source.name(), Severity::Error)];
            // What else is wrong; what has been told is not told again.
            findings.extend(check_text(source, layer, options).into_iter().filter(|finding| {
                let is_about_crs = finding.path.as_deref().is_some_and(|path| path.ends_with("crs"));
                let is_told = finding.line == error.line() && finding.feature == error.feature();
                // Under another CRS numbers are no degrees.
                !is_about_crs && !is_told && (crs.is_none() || !finding.message.contains("out of range"))
            }));
            findings
        }
    }
}

fn check_text(source: &Source, layer: Option<LayerKind>, options: &LayerOptions) -> Vec<Finding> {
    let mut checker = Checker {
        name: source.name(),
        text: source.text(),
        last_line: (0, 1),
        layer,
        options,
        findings: Vec::new(),
        left_out: 0,
        errors: 0,
        feature: None,
        foreign_crs: false,
        boxes: Vec::new(),
        so_far: SoFar::default(),
    };
    match records(source.text()) {
        Err(error) => checker.note_error(Severity::Error, error),
        Ok(Records::One("")) if source.is_sequence_by_name() => {}
        Ok(Records::One(root)) => checker.root(root),
        Ok(Records::Lines(records) | Records::Sequence(records)) => {
            for (i, record) in records.into_iter().enumerate() {
                checker.record(record, i as u64 + 1);
            }
        }
    }
    let mut findings = checker.finish();
    findings.iter_mut().for_each(|finding| source.place(finding));
    findings
}
