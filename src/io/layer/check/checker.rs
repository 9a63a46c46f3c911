//! What a check knows on its way through a text, and what it notes.

use super::bbox::Bbox;
use crate::io::geojson::feature::RawFeature;
use crate::io::json::raw;
use crate::io::layer::corridors::corridor;
use crate::io::layer::finding::{Finding, Severity};
use crate::io::layer::items;
use crate::io::layer::kind::LayerKind;
use crate::io::layer::layers::SoFar;
use crate::io::layer::options::LayerOptions;
use crate::io::layer::shape;
use crate::memory::{STRIDE, room};
use crate::{Error, IncidentGeometry};

/// The most findings that are listed; a last line says that more were left out.
pub const MAX_FINDINGS: usize = 1000;

/// What is kept of a feature to find ids that stand twice.
pub(super) const ID_BYTES: usize = 256;

/// What a check knows on its way through a text.
pub(super) struct Checker<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    /// A place in the text, and its line.
    pub(super) last_line: (usize, u64),
    pub(super) layer: Option<LayerKind>,
    /// How the layer is read.
    pub(super) options: &'a LayerOptions,
    pub(super) findings: Vec<Finding>,
    pub(super) left_out: usize,
    pub(super) errors: usize,
    /// Number and shown id of the feature that is looked at.
    pub(super) feature: Option<(u64, Option<String>)>,
    /// A `crs` that is not WGS84 stands around what is looked at: its numbers are no degrees.
    pub(super) foreign_crs: bool,
    /// The boxes around what is looked at, the outermost first.
    pub(super) boxes: Vec<Bbox>,
    pub(super) so_far: SoFar,
}

impl Checker<'_> {
    /// Notes an error or a warning at `at`, a slice of the text.
    pub(super) fn note(&mut self, severity: Severity, at: &str, path: &str, message: impl Into<String>) {
        let error = Error::input(message);
        let error = if path.is_empty() { error } else { error.under(path) };
        let byte = raw::offset_in(self.text, at);
        self.note_error(severity, error.at_byte(byte as u64));
    }

    pub(super) fn error(&mut self, at: &str, path: &str, message: impl Into<String>) {
        self.note(Severity::Error, at, path, message);
    }

    pub(super) fn warn(&mut self, at: &str, path: &str, message: impl Into<String>) {
        self.note(Severity::Warning, at, path, message);
    }

    /// What an RFC reader may shrug at and a layer may not.
    pub(super) fn strict(&mut self, at: &str, path: &str, message: impl Into<String>) {
        let severity = if self.layer.is_some() { Severity::Error } else { Severity::Warning };
        self.note(severity, at, path, message);
    }

    /// Notes an error whose byte counts from the start of the text.
    pub(super) fn note_error(&mut self, severity: Severity, error: Error) {
        self.errors += usize::from(severity == Severity::Error);
        if self.findings.len() >= MAX_FINDINGS {
            self.left_out += 1;
            // The first error must be listed, or the file would look usable.
            if severity == Severity::Warning || self.errors > 1 {
                return;
            }
            self.findings.pop();
        }
        let line = match (error.line(), error.byte()) {
            (Some(line), _) => line,
            (None, byte) => self.line_of(byte.and_then(|at| usize::try_from(at).ok()).unwrap_or(0)),
        };
        let mut error = error.at_line(line);
        if let Some((number, id)) = &self.feature {
            error = error.in_feature(*number);
            if let Some(id) = id {
                error = error.with_id(id.as_str());
            }
        }
        self.findings.push(Finding::from_error(&error, self.name, severity));
    }

    /// Counts from where the last line was asked for: what is looked at mostly goes forward.
    pub(super) fn line_of(&mut self, at: usize) -> u64 {
        let (last, line) = self.last_line;
        let between = |from: usize, to: usize| raw::newlines_before(&self.text[from..], to - from);
        // A place inside a character is none of ours.
        let at = if self.text.is_char_boundary(at) { at } else { self.text.len() };
        let line = if at < last { line - between(at, last) } else { line + between(last, at) };
        self.last_line = (at, line);
        line
    }

    /// Holds a feature without an error so far against its layer, with the code that reads the layer.
    pub(super) fn fit(&mut self, record: &str, number: u64, alone: bool) {
        let Some(kind) = self.layer.filter(|_| !self.foreign_crs) else { return };
        if number.is_multiple_of(STRIDE as u64)
            && let Err(error) = room(number as usize * ID_BYTES)
        {
            self.note_error(Severity::Error, error);
            self.layer = None;
            return;
        }
        let offset = raw::offset_in(self.text, record);
        let line = self.line_of(offset);
        let feature =
            RawFeature { text: record, number, line, offset: offset as u64, alone, validated: true };
        let options = self.options;
        let mut warnings = Vec::new();
        let so_far = &mut self.so_far;
        let result = feature.parts().and_then(|parts| match kind {
            LayerKind::Posts => {
                let posts = items::posts(&parts, options, &mut warnings)?;
                so_far.spot(posts.first().map(|post| post.position), &parts);
                posts.iter().try_for_each(|post| so_far.add(&post.id, &parts))
            }
            LayerKind::Routes => {
                let route = items::route(&parts, options, &mut warnings)?;
                so_far.spot(items::start(&route), &parts);
                so_far.add(&route.id, &parts)
            }
            kind if shape::passed_over(&parts, kind, options).is_some() => Ok(()),
            LayerKind::Corridors => corridor(&parts, options, &mut warnings).map(|_| ()),
            LayerKind::Incidents => {
                let incident = items::incident(&parts, options, &mut warnings)?;
                so_far.spot(incident.geometry.positions().first().copied(), &parts);
                Ok(())
            }
        });
        if let Err(error) = result {
            self.note_error(Severity::Error, error);
        }
        // What is said of a name is said once.
        let is_told = |told: &Finding, warning: &Finding| {
            told.message == warning.message
                && told.path == warning.path
                && warning.message.contains("not read")
        };
        warnings.retain(|warning| !self.findings.iter().any(|told| is_told(told, warning)));
        self.tell(warnings);
    }

    /// Notes warnings that have their places.
    pub(super) fn tell(&mut self, warnings: Vec<Finding>) {
        for mut warning in warnings {
            if self.findings.len() < MAX_FINDINGS {
                self.name.clone_into(&mut warning.file);
                self.findings.push(warning);
            } else {
                self.left_out += 1;
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.tell(self.so_far.exchanged());
        if self.left_out > 0 {
            // The closing line must not make a file of mere warnings unusable.
            let severity = if self.errors > 0 { Severity::Error } else { Severity::Warning };
            let message = format!("{} further findings are not told: mend these first", self.left_out);
            self.findings.push(Finding {
                file: self.name.to_owned(),
                line: None,
                severity,
                feature: None,
                id: None,
                path: None,
                message,
            });
        }
        self.findings
    }

    /// Compares the positions of a geometry with the boxes around it; each box is reported once.
    pub(super) fn hold_boxes(&mut self, place: &IncidentGeometry, geometry: &str) {
        let mut boxes = std::mem::take(&mut self.boxes);
        for bbox in boxes.iter_mut().filter(|bbox| !bbox.told) {
            let Some(message) = bbox.fault(place, geometry) else { continue };
            bbox.told = true;
            let at = self.text.get(bbox.offset..).unwrap_or_default();
            let feature = if bbox.of_collection { self.feature.take() } else { None };
            self.warn(at, &bbox.path, message);
            self.feature = feature.or(self.feature.take());
        }
        self.boxes = boxes;
    }
}
