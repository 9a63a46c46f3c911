//! The text of a feature with its positions in another system, and everything else byte for byte.

use std::fmt::Write;
use std::ops::Range;

use super::report::Reprojection;
use super::{Crs, Systems, Transformation};
use crate::Error;
use crate::io::RawFeature;
use crate::io::file::path::Path;
use crate::io::geojson::geometry::MAX_DEPTH;
use crate::io::geojson::names;
use crate::io::json::raw::{self, elements, members, unquote};
use crate::io::json::splice::removals;

/// How deep the arrays of coordinates may be: those of a MultiPolygon are 4 deep.
const MAX_NESTING: usize = 8;
/// 0.01 mm.
const DEGREE_DECIMALS: usize = 10;
/// 0.1 mm.
const METRE_DECIMALS: usize = 4;

/// Takes the features of a layer to WGS84, and to the system that is to be written. One a thread.
pub(crate) struct Reprojector {
    systems: Systems,
    /// The systems met so far; none where they are WGS84 already.
    known: Vec<(Crs, Option<Transformation>)>,
    output: Option<Transformation>,
    /// The values of `crs` members met so far.
    members: Vec<(String, usize)>,
    wgs84: Draft,
    written: Draft,
}

/// A feature in other systems; `None` where its text stays as it is.
#[derive(Debug, Default)]
pub(crate) struct Rewritten {
    /// In WGS84, without a `crs` that says otherwise.
    pub wgs84: Option<String>,
    /// As it is to be written; meant only where another system than WGS84 is.
    pub written: Option<String>,
}

/// What changes in a text.
#[derive(Debug, Default)]
struct Draft {
    /// A place in the text, and what stands there instead, in `digits`.
    edits: Vec<(Range<usize>, Range<usize>)>,
    digits: String,
}

impl Draft {
    /// Takes a range of `text` out; the line breaks in it stay, so that what is behind keeps its line.
    fn remove(&mut self, text: &str, range: Range<usize>) {
        let start = self.digits.len();
        self.digits.extend(text[range.clone()].chars().filter(|&c| c == '\n'));
        self.edits.push((range, start..self.digits.len()));
    }

    fn replace(&mut self, range: Range<usize>, value: f64, decimals: usize) {
        let start = self.digits.len();
        // A String takes whatever is written.
        let _ = write!(self.digits, "{value:.decimals$}");
        let kept = self.digits[start..].trim_end_matches('0').trim_end_matches('.').len();
        self.digits.truncate(start + kept);
        if &self.digits[start..] == "-0" {
            self.digits.remove(start);
        }
        self.edits.push((range, start..self.digits.len()));
    }

    /// The text with its changes, and ready for the next.
    fn apply(&mut self, text: &str) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(text.len() + self.digits.len());
        let mut at = 0;
        for (range, new) in &self.edits {
            // Where members stand twice, ranges may lie in one another; the first one counts.
            if range.start < at {
                continue;
            }
            out.push_str(&text[at..range.start]);
            out.push_str(&self.digits[new.clone()]);
            at = range.end;
        }
        out.push_str(&text[at..]);
        self.clear();
        Some(out)
    }

    fn clear(&mut self) {
        self.edits.clear();
        self.digits.clear();
    }
}

impl Reprojector {
    /// Makes the ways that are needed in any case.
    ///
    /// # Errors
    /// Where this build does not read one of the systems.
    pub fn new(systems: Systems) -> Result<Self, Error> {
        let output = match &systems.output {
            Some(crs) if !crs.is_wgs84() => Some(Transformation::from_wgs84(crs)?),
            _ => None,
        };
        let input = systems.input.clone();
        let mut reprojector = Reprojector {
            systems,
            known: Vec::new(),
            output,
            members: Vec::new(),
            wgs84: Draft::default(),
            written: Draft::default(),
        };
        reprojector.system(input)?;
        Ok(reprojector)
    }

    /// The place of a system among the known; the first is that of the layer.
    fn system(&mut self, crs: Crs) -> Result<usize, Error> {
        if let Some(at) = self.known.iter().position(|(known, _)| *known == crs) {
            return Ok(at);
        }
        let way = if crs.is_wgs84() { None } else { Some(Transformation::to_wgs84(&crs)?) };
        self.known.push((crs, way));
        Ok(self.known.len() - 1)
    }

    /// What has been done so far.
    pub fn reports(&self) -> impl Iterator<Item = &Reprojection> {
        let ways = self.known.iter().filter_map(|(_, way)| way.as_ref());
        ways.chain(&self.output).map(Transformation::report).filter(|report| {
            report.boxes_left_out > 0 || report.operations.iter().any(|operation| operation.positions > 0)
        })
    }

    /// Counts a box of the collection that does not go on.
    pub fn note_box_left_out(&mut self) {
        let way = self.known.first_mut().and_then(|(_, way)| way.as_mut()).or(self.output.as_mut());
        if let Some(way) = way {
            way.note_box_left_out();
        }
    }

    /// The texts of a feature. What is wrong with its structure is left to whoever reads them: lines and
    /// paths are the same.
    ///
    /// # Errors
    /// Where it is not JSON, names a system that this build does not read or that is not what the caller
    /// says, or has a position with no place in it.
    pub fn feature(&mut self, feature: &RawFeature<'_>) -> Result<Rewritten, Error> {
        let text = feature.text;
        self.wgs84.clear();
        self.written.clear();
        if !feature.validated {
            raw::validate(text).map_err(|error| feature.blame(error))?;
        }
        let done = self.object(text, text, 0, &Path::ROOT, 0);
        done.map_err(|error| {
            let error = feature.blame(error);
            match shown_id(text) {
                Some(id) => error.with_id(id),
                None => error,
            }
        })?;
        Ok(Rewritten { wgs84: self.wgs84.apply(text), written: self.written.apply(text) })
    }

    /// A feature or a geometry, in the system around it unless it names one.
    fn object(
        &mut self,
        base: &str,
        text: &str,
        outer: usize,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<(), Error> {
        let (mut crs, mut bbox, mut inner) = (None, false, Vec::new());
        for member in members(text) {
            match &*member.key {
                "crs" if crs.is_some() => {
                    let at = raw::offset_in(base, member.key_text) as u64;
                    return Err(names::duplicate("crs").under(&path.to_string()).at_byte(at));
                }
                "crs" => crs = Some(member.value),
                "bbox" => bbox = true,
                "coordinates" | "geometry" | "geometries" => inner.push((member.key, member.value)),
                _ => {}
            }
        }
        let system = match crs {
            None | Some("null") => outer,
            Some(value) => self.of_member(value).map_err(|error| {
                error.under(&path.key("crs").to_string()).at_byte(raw::offset_in(base, value) as u64)
            })?,
        };
        if crs.is_some() || bbox {
            self.leave_out(base, text, system, crs, bbox);
        }
        for (key, value) in inner {
            let path = path.key(&key);
            match &*key {
                "coordinates" => self.coordinates(base, value, system, &path, 0)?,
                "geometry" if depth == 0 => self.object(base, value, system, &path, 1)?,
                "geometries" if depth <= MAX_DEPTH => {
                    for (i, geometry) in elements(value).enumerate() {
                        self.object(base, geometry, system, &path.index(i), depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn of_member(&mut self, value: &str) -> Result<usize, Error> {
        if let Some(&(_, system)) = self.members.iter().find(|(known, _)| known == value) {
            return Ok(system);
        }
        let crs = self.systems.of_member(value)?;
        let system = self.system(crs)?;
        self.members.push((value.to_owned(), system));
        Ok(system)
    }

    /// Takes out what is not true any more.
    fn leave_out(&mut self, base: &str, text: &str, system: usize, crs: Option<&str>, bbox: bool) {
        let start = raw::offset_in(base, text);
        let shift = |range: Range<usize>| range.start + start..range.end + start;
        let (known, way) = &mut self.known[system];
        let is_foreign = way.is_some();
        if is_foreign {
            let is_left = |key: &str| matches!(key, "crs" | "bbox");
            removals(text, &is_left).into_iter().for_each(|range| self.wgs84.remove(base, shift(range)));
        }
        let is_moved = match &self.systems.output {
            None => is_foreign,
            Some(output) => {
                let is_moved = output != known;
                let is_left = |key: &str| (key == "crs" && crs.is_some()) || (key == "bbox" && is_moved);
                removals(text, &is_left)
                    .into_iter()
                    .for_each(|range| self.written.remove(base, shift(range)));
                is_moved
            }
        };
        if is_moved
            && bbox
            && let Some(way) = way.as_mut().or(self.output.as_mut())
        {
            way.note_box_left_out();
        }
    }

    fn coordinates(
        &mut self,
        base: &str,
        text: &str,
        system: usize,
        path: &Path<'_>,
        nesting: usize,
    ) -> Result<(), Error> {
        if elements(text).next().is_some_and(raw::is_number) {
            return self.position(base, text, system, path);
        }
        if nesting < MAX_NESTING {
            for (i, element) in elements(text).enumerate() {
                self.coordinates(base, element, system, &path.index(i), nesting + 1)?;
            }
        }
        Ok(())
    }

    fn position(&mut self, base: &str, text: &str, system: usize, path: &Path<'_>) -> Result<(), Error> {
        let mut numbers = elements(text);
        let number = |text: &str| raw::is_number(text).then(|| text.parse::<f64>().ok()).flatten();
        let (Some(x_text), Some(y_text)) = (numbers.next(), numbers.next()) else { return Ok(()) };
        // Whatever is no number is told by the reader.
        let (Some(x), Some(y)) = (number(x_text), number(y_text)) else { return Ok(()) };
        let place = |part: &str| {
            let start = raw::offset_in(base, part);
            start..start + part.len()
        };
        let blame = |error: Error| error.under(&path.to_string()).at_byte(place(text).start as u64);
        let (known, way) = &mut self.known[system];
        let mut degrees = [x, y];
        if let Some(way) = way {
            degrees = way.convert(x, y).map_err(blame)?;
            self.wgs84.replace(place(x_text), degrees[0], DEGREE_DECIMALS);
            self.wgs84.replace(place(y_text), degrees[1], DEGREE_DECIMALS);
        }
        let Some(output) = self.systems.output.as_ref().filter(|output| *output != known) else {
            return Ok(());
        };
        let (written, decimals) = match &mut self.output {
            None => (degrees, DEGREE_DECIMALS),
            Some(way) => {
                let decimals = if way.is_degrees() { DEGREE_DECIMALS } else { METRE_DECIMALS };
                debug_assert_eq!(way.crs(), output);
                (way.convert(degrees[0], degrees[1]).map_err(blame)?, decimals)
            }
        };
        self.written.replace(place(x_text), written[0], decimals);
        self.written.replace(place(y_text), written[1], decimals);
        Ok(())
    }
}

/// The id as it is shown in messages.
fn shown_id(text: &str) -> Option<String> {
    let id = |object: &str| {
        let value = members(object).find(|member| member.key == "id").map(|member| member.value);
        value.filter(|id| raw::is_string(id) || raw::is_number(id)).map(|id| unquote(id).into_owned())
    };
    let properties = || members(text).find(|member| member.key == "properties").map(|member| member.value);
    id(text).or_else(|| properties().and_then(id))
}

#[cfg(test)]
#[path = "rewrite_tests.rs"]
mod tests;
