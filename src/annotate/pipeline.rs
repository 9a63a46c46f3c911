//! What a thread makes of a batch of features: their text with the answers spliced in.

use super::annotator::Annotator;
use super::connectors::Connectors;
use super::output_form::OutputForm;
use super::provenance::PROVENANCE;
use super::regions::push_region;
use super::summary::Summary;
use crate::Error;
use crate::incident::{Coordinates, Mark, Reading, Tally, Work, is_of_all};
use crate::io::{
    BadRow, FeatureParts, Passed, RawFeature, Reprojection, Systems, TextBatch, fold_lines,
    splice_into_feature,
};

/// What each thread does.
pub(crate) struct Splicing<'w> {
    pub annotator: &'w Annotator,
    pub form: OutputForm,
    /// The provenance that goes into each feature.
    pub each: Option<&'w str>,
    /// Between features stands what stood there.
    pub own_separators: bool,
    /// Nothing is written behind the first bad feature.
    pub stops: bool,
    /// The systems that features come in and go out in.
    pub systems: Systems,
    /// The member `crs` that goes into each feature.
    pub crs: Option<&'w str>,
    /// In what form regions are wanted.
    pub regions: Option<OutputForm>,
    /// In what form connectors are wanted.
    pub connectors: Option<OutputForm>,
}

/// What a thread works with.
#[derive(Default)]
pub(crate) struct Hands {
    /// Room to write members in.
    members: String,
    /// The region of the feature at hand.
    region: Vec<u8>,
    /// Its connectors.
    connectors: Connectors,
    coordinates: Coordinates,
    /// What was answered.
    summary: Option<Summary>,
}

/// What a thread leaves: what was answered, and what was done to coordinates.
pub(crate) struct Left {
    pub summary: Option<Summary>,
    pub reprojections: Vec<Reprojection>,
}

/// What a batch has become.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The text to write: each feature with what stands before it.
    pub text: Vec<u8>,
    /// How much of it stands before the first feature that is written.
    pub lead: usize,
    /// What stood before the first feature that was read.
    pub first_lead: String,
    /// The features of regions.
    pub regions: Vec<u8>,
    /// Those of connectors.
    pub connectors: Connectors,
    /// What became of the features; numbers and lines count from the start of the batch.
    pub tally: Tally,
    /// Bad features, likewise.
    pub bad: Vec<BadRow>,
    /// What ended the work, behind the features in `text`.
    pub error: Option<Error>,
    /// How much the batch held.
    pub passed: Passed,
}

impl Work for Splicing<'_> {
    type Hands = Hands;
    type Left = Left;
    type Done = Done;

    fn batch(&self, batch: &TextBatch, mut text: Vec<u8>, hands: &mut Hands) -> Done {
        text.clear();
        let mut done = Done { text, tally: Tally::new(self.annotator.reader()), ..Done::default() };
        let mut is_first = true;
        let passed = batch.for_each(|feature, between| {
            if std::mem::take(&mut is_first) && self.own_separators {
                between.clone_into(&mut done.first_lead);
            }
            let start = done.text.len();
            match self.one(&feature, between, &mut done, hands) {
                Ok(lead) => {
                    if start == 0 {
                        done.lead = lead;
                    }
                    if self.stops && !done.bad.is_empty() {
                        done.text.truncate(start);
                        return true;
                    }
                    done.regions.append(&mut hands.region);
                    done.connectors.append(&mut hands.connectors);
                    true
                }
                Err(error) => {
                    done.text.truncate(start);
                    if is_of_all(&error) {
                        done.error = Some(error);
                        return false;
                    }
                    done.tally.reject(Mark { number: feature.number, line: feature.line }, &error);
                    let text = if self.stops { String::new() } else { feature.text.to_owned() };
                    done.bad.push(BadRow { number: feature.number, line: feature.line, error, text });
                    true
                }
            }
        });
        match passed {
            Ok(passed) => done.passed = passed,
            Err(error) => done.error = Some(error),
        }
        done
    }

    fn left(hands: Hands) -> Left {
        Left { summary: hands.summary, reprojections: hands.coordinates.reports() }
    }

    fn room(done: &mut Done) -> Vec<u8> {
        std::mem::take(&mut done.text)
    }
}

impl Splicing<'_> {
    /// Appends one feature with what stands before it, and gives the length of that.
    fn one(
        &self,
        feature: &RawFeature<'_>,
        between: &str,
        done: &mut Done,
        hands: &mut Hands,
    ) -> Result<usize, Error> {
        let before = match self.form {
            OutputForm::Collection if self.own_separators => between,
            OutputForm::Collection => ",\n",
            OutputForm::Lines => "",
            OutputForm::Sequence => "\u{1E}",
        };
        done.text.extend_from_slice(before.as_bytes());
        if self.systems.is_plain() {
            match feature.parts().and_then(|parts| Ok((parts.incident_geometry()?, parts))) {
                Ok((place, parts)) => {
                    let reading = self.annotator.read(&parts, place)?;
                    self.annotated(feature, &parts, &reading, done, hands)?;
                }
                // A feature may have a `crs` of its own.
                Err(_) if Coordinates::may_differ(&self.systems, feature) => {
                    self.reprojected(feature, done, hands)?;
                }
                Err(error) => return Err(error),
            }
        } else {
            self.reprojected(feature, done, hands)?;
        }
        Ok(if self.form == OutputForm::Sequence { 0 } else { before.len() })
    }

    /// Appends the feature located in WGS84 and written in the system that is wanted.
    fn reprojected(&self, feature: &RawFeature<'_>, done: &mut Done, hands: &mut Hands) -> Result<(), Error> {
        let texts = hands.coordinates.reprojector(&self.systems)?.feature(feature)?;
        let wgs84 = texts.wgs84.as_deref().unwrap_or(feature.text);
        let in_wgs84 = RawFeature { text: wgs84, validated: true, ..*feature };
        let parts = in_wgs84.parts()?;
        let place = parts.incident_geometry()?;
        if self.systems.output.is_none() {
            let reading = self.annotator.read(&parts, place)?;
            return self.annotated(feature, &parts, &reading, done, hands);
        }
        let written = texts.written.as_deref().unwrap_or(feature.text);
        let written = RawFeature { text: written, validated: true, ..*feature };
        let parts = written.parts()?;
        let reading = self.annotator.read(&parts, place)?;
        self.annotated(feature, &parts, &reading, done, hands)
    }

    /// Appends the text of `parts` with the answer, and makes what is wanted beside it.
    ///
    /// The answer never moves: it is some hundreds of bytes long.
    fn annotated(
        &self,
        feature: &RawFeature<'_>,
        parts: &FeatureParts<'_>,
        reading: &Reading,
        done: &mut Done,
        hands: &mut Hands,
    ) -> Result<(), Error> {
        let out = &mut done.text;
        let start = out.len();
        let answer = self.annotator.answer_of(reading);
        self.annotator.splice(parts, reading, answer.as_ref(), &mut hands.members, out)?;
        hands.region.clear();
        hands.connectors.clear();
        if let (Some(form), Some(described), Some(_)) = (self.regions, reading.location.described(), &answer)
        {
            let text = String::from_utf8_lossy(&out[start..]);
            let annotated = RawFeature { text: &text, validated: true, ..*feature }.parts()?;
            let (id, properties) = (annotated.own_id(), annotated.properties.object());
            push_region(form, described.location.region(), id.as_ref(), properties, &mut hands.region)?;
        }
        if let (Some(form), Some(answer)) = (self.connectors, &answer) {
            let id = feature.parts()?.id_or_property();
            hands.connectors.push(form, self.annotator, answer, feature.number, id.as_ref())?;
        }
        if let Some(member) = self.each {
            splice_into_feature(out, start, member, PROVENANCE, self.annotator.options().replace)
                .map_err(|error| feature.blame(error))?;
        }
        if let Some(member) = self.crs {
            splice_into_feature(out, start, member, "crs", true).map_err(|error| feature.blame(error))?;
        }
        if self.form == OutputForm::Lines {
            fold_lines(out, start);
        }
        if self.form != OutputForm::Collection {
            out.push(b'\n');
        }
        let mark = Mark { number: feature.number, line: feature.line };
        done.tally.count(mark, reading, answer.as_ref(), self.annotator.reader());
        let summary = hands.summary.get_or_insert_with(|| Summary::new(self.annotator));
        summary.count(reading, answer.as_ref(), self.annotator);
        Ok(())
    }
}
