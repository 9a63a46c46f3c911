//! Features of another format as text that the readers of GeoJSON read.

use std::io::Read;

use super::feature::FeatureReader;
use super::passed_over::PassedOver;
use crate::Error;
use crate::io::crs::Crs;
use crate::io::layer::kind::LayerKind;

/// What begins a record of a sequence.
const RECORD: u8 = 0x1E;

/// A sequence, or a collection where coordinates are not of WGS84.
pub(super) struct FeatureText<R> {
    reader: R,
    pub crs: Option<Crs>,
    pub takes: Option<LayerKind>,
    pub passed_over: PassedOver,
    /// Line feeds before the feature, its text, and how much of that has been given.
    line_feeds: u64,
    text: Vec<u8>,
    at: usize,
    /// The line that has been reached.
    line: u64,
    count: u64,
    is_over: bool,
}

impl<R: FeatureReader> FeatureText<R> {
    pub fn new(reader: R, passed_over: PassedOver) -> Self {
        FeatureText {
            reader,
            crs: None,
            takes: None,
            passed_over,
            line_feeds: 0,
            text: Vec::new(),
            at: 0,
            line: 1,
            count: 0,
            is_over: false,
        }
    }

    /// Makes the text of the next feature; of none at all that of an empty sequence.
    fn next_text(&mut self) -> Result<bool, Error> {
        self.text.clear();
        self.at = 0;
        if self.is_over {
            return Ok(false);
        }
        while let Some(feature) = self.reader.read()? {
            if self.takes.is_some_and(|kind| !kind.takes(feature.shape)) {
                self.passed_over.count(feature.shape.word());
                continue;
            }
            self.passed_over.note_taken(&feature);
            self.line_feeds = feature.line.saturating_sub(self.line);
            self.line += self.line_feeds;
            self.before();
            feature.write(&mut self.text);
            self.count += 1;
            return Ok(true);
        }
        self.is_over = true;
        if self.count == 0 {
            self.before();
        }
        if self.crs.is_some() {
            self.text.extend_from_slice(b"]}");
        }
        Ok(!self.text.is_empty())
    }

    /// What is between features, or begins the text.
    fn before(&mut self) {
        match &self.crs {
            None => self.text.push(RECORD),
            Some(_) if self.count > 0 => self.text.push(b','),
            Some(crs) => {
                let head = format!(
                    "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{crs}\"}}}},\
                     \"features\":["
                );
                self.text.extend_from_slice(head.as_bytes());
            }
        }
    }
}

impl<R: FeatureReader> Read for FeatureText<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() && !self.next_text().map_err(std::io::Error::other)? {
            return Ok(0);
        }
        if self.line_feeds > 0 {
            let count = buffer.len().min(usize::try_from(self.line_feeds).unwrap_or(usize::MAX));
            buffer[..count].fill(b'\n');
            self.line_feeds -= count as u64;
            return Ok(count);
        }
        let count = buffer.len().min(self.text.len() - self.at);
        buffer[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
