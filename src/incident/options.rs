//! How incidents are read, whatever is done with them.

use crate::described::{DescribedOptions, FieldNames};
use crate::io::PositionColumns;
use crate::setters::setters;
use crate::time::{TimeForm, Zone};

/// How incidents are read: the same in every use, so that one file gives the same incidents to all.
///
/// ```
/// use patrol_corridor::{incident::ReadOptions, time::Zone};
/// let options = ReadOptions::default().with_zone("Asia/Baku".parse::<Zone>()?);
/// assert_eq!(options.time_field, "time");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The property or column that holds the time. The usual `time` is found in any case (`TIME`).
    pub time_field: String,
    /// The properties or columns of the date and of the time of day, if a time is split into two.
    pub time_parts: Option<[String; 2]>,
    /// How times are written, where that is known.
    pub time_form: TimeForm,
    /// The zone of times that name none.
    pub zone: Option<Zone>,
    /// The property or column that holds the id; without it a feature's `id`, else `id`, else `#N`.
    pub id_field: Option<String>,
    /// The columns of longitude and latitude; of features without a geometry the properties.
    pub position: PositionColumns,
    /// The names that the file has of its own for what else is read.
    pub fields: FieldNames,
    /// How described locations are read.
    pub described: DescribedOptions,
    /// What the times of incidents are for.
    pub times: TimeUse,
}

/// What the times of incidents are for: whether they are read, and whether a local time without a zone is an error.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, TimeUse, incidents};
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?;
/// let read = |times| {
///     let reader = IncidentReader::new(&index, ReadOptions::default().with_times(times));
///     let log = "id,time,lon,lat\n1,2021-01-01T05:40,46.8,40.1\n".as_bytes(); // no zone
///     let rows = Rows::csv("log.csv", log, None, &PositionColumns::default())?;
///     incidents(IncidentSource::Rows(rows), &reader, SourceRun::default(), &mut |_| Ok(()))
/// };
/// assert!(read(TimeUse::Service)?.0.times.is_none());
/// assert_eq!(read(TimeUse::Shown)?.0.times.unwrap().unreadable_time, 1);
/// assert!(read(TimeUse::Required).is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TimeUse {
    /// They are read, and must have a zone, only where posts or routes have a period of service.
    #[default]
    Service,
    /// They are shown: those without a zone can't be.
    Shown,
    /// The question is about them: each must have a zone.
    Required,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            time_field: "time".to_owned(),
            time_parts: None,
            time_form: TimeForm::default(),
            zone: None,
            id_field: None,
            position: PositionColumns::default(),
            fields: FieldNames::default(),
            described: DescribedOptions::default(),
            times: TimeUse::Service,
        }
    }
}

setters! { ReadOptions {
    with_time_field(time_field: impl Into<String>);
    with_time_parts(time_parts: impl Into<Option<[String; 2]>>);
    with_time_form(time_form: TimeForm);
    with_zone(zone: impl Into<Option<Zone>>);
    with_id_field(id_field: impl Into<String>) => Some(id_field.into());
    with_position(position: PositionColumns);
    with_fields(fields: FieldNames);
    with_described(described: DescribedOptions);
    with_times(times: TimeUse);
}}
