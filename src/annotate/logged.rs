//! The places and times of a log, without more.

use super::fuse_layer::ReportLayer;
use crate::io::{FeatureParts, RawFeature, plain_text};
use crate::model::{Day, Instant, Zone};
use crate::sightings::time_member;
use crate::{Error, FeatureId, Place};

/// When something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum LoggedTime {
    /// A time.
    At(Instant),
    /// A date without a time of day, as its noon.
    Day(Instant),
    /// There is no such property, or it is empty.
    None,
    /// It can't be read: why.
    Unreadable(String),
}

/// An incident of a log: where and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Its id: the feature's, else the property `id`, else `#N`.
    pub id: FeatureId,
    /// Where it happened, by its geometry.
    pub place: Place,
    /// When.
    pub time: LoggedTime,
}

impl ReportLayer {
    /// Where and when each of its reports was, by their geometries and the property `time_field`, a time without a zone
    /// by `zone` ([`Instant::read`]). A date alone is its noon in that zone, in UTC without one.
    ///
    /// # Errors
    /// Where a feature is no GeoJSON.
    pub fn logged(&self, time_field: &str, zone: Option<&Zone>) -> Result<Vec<Logged>, Error> {
        let read = |(number, text): (u64, &String)| {
            let parts = RawFeature { number, ..RawFeature::alone(text) }.parts()?;
            let time = LoggedTime::of_feature(&parts, time_field, zone);
            Ok(Logged { id: parts.id(None)?, place: parts.incident_place()?, time })
        };
        let logged = (1..).zip(&self.texts).map(read);
        logged.map(|logged| logged.map_err(|error: Error| error.in_file(&self.name))).collect()
    }
}

impl LoggedTime {
    /// That of a property, as of [`ReportLayer::logged`].
    pub(crate) fn of_feature(parts: &FeatureParts<'_>, time_field: &str, zone: Option<&Zone>) -> Self {
        let text = time_member(parts, time_field).map(|member| plain_text(member.value));
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            return LoggedTime::None;
        };
        match Instant::read(&text, zone) {
            Ok(time) => LoggedTime::At(time),
            Err(error) => match text.trim().parse::<Day>().and_then(|day| day.noon(zone)) {
                Ok(noon) => LoggedTime::Day(noon),
                Err(_) => LoggedTime::Unreadable(error.message().to_owned()),
            },
        }
    }
}
