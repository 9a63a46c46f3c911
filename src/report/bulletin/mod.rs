//! The bulletin of a day or another period, out of annotated incidents: figures, tables, places, people to tell.
//!
//! # What is counted
//! * The period is half-open, `from <= time < to`. A day is one of the calendar in the zone: 23 or 25 hours where clocks
//!   are changed; the hour that comes twice is one row of the table by hour.
//! * A date without a time of day is that day in the zone of the data: in a period that has all of it, and of no usable time
//!   where a period has a part of it, or where no zone is given. Its hour is not told, and its nearest posts and routes are
//!   those in service at its noon.
//! * Every incident of the data is in the period, before or after it, or without a usable time; those of the period are
//!   at a position, uncertain (a region) or not located. A position in degrees, minutes and seconds is one like any
//!   other, and so is one that may be off by 0 m. Each table counts each incident of the period once, so that
//!   its rows add up to the totals; for what has no value there are rows `none`, `uncertain` and `not_located`.
//! * By corridor: of those that an incident lies in that of the nearest route, else the first. By route, post and side: the
//!   nearest ones.
//! * Changes are against the period before and against the median of the 28 before: days of the calendar before a day,
//!   else periods as long. A period that ends before the first incident of the data does not count: the data may not
//!   reach back so far.
//! * Posts and routes with a period of service ([`ServicePeriod`](crate::model::ServicePeriod)) are the nearest only to
//!   incidents in it, and are counted as watched from or patrolled where it has an instant in common with the bulletin's.
//! * An incident is far where its nearest post is farther than [`BulletinOptions::far_m`]; an uncertain one where that is so
//!   wherever in its region it was.
//!
//! Properties that are read of incidents: the time, `type`, `status` (`new`, `open`, `settled`, or anything), `killed`,
//! `wounded`, `description`, `settled_with`; of posts, routes and corridors `notify` ([`Notify`]).
//!
//! # JSON
//! One object. `bulletin` is the version of this form, 1: members may be added under it, none is renamed or taken away.
//! `period` (`day`, `from`, `to`, `zone`, `hours`), `data` (`read` = `before` + `in_period` + `after` + `without_time`),
//! `totals` (`incidents` = `located` + `uncertain` + `not_located`; `killed`, `wounded`, and how many incidents don't say), `change`
//! (`periods_in_data`, and of `incidents`, `killed`, `wounded` each `now`, `before`, `difference`, `median`,
//! `difference_from_median`, null where the data have no such period), `service`, `tables` (`corridor`, `route`, `post`, `type`, `side`,
//! `hour`, `status`: arrays of `row`, `key`, `name`, `incidents`, `killed`, `wounded`), `open_before` (ids), `places`, `far`,
//! `uncertain`, `not_located` (of the period, and of those without a usable time), `without_time` (`found`, and `why`: `missing`,
//! `unreadable`, `clocks` that were changed, `date`), `not_counted` (`member` `killed` or `wounded` of an incident of the period, and
//! `found` in it, which is no whole number from 0), `liaison`. Times are RFC 3339 with the offset of the zone, or a date
//! where the data have no more; lengths metres, bearings degrees, as the annotation has them.
//!
//! # CSV
//! One long table, a row for each figure, place or person: `section,key,count,killed,wounded,row,detail` and the members of
//! places. Texts are as they are, also those that a spreadsheet takes for a formula: import the columns as text.
//!
//! # Markdown and HTML
//! The same figures in words of English or Persian; why an incident is left apart or doubtful, too, which JSON and CSV have in
//! the words of the annotation. Names and ids stand as the layers have them, apart from line
//! breaks and marks of direction; those of another direction are isolated from their surroundings. The HTML refers to nothing
//! outside itself and says so in a Content-Security-Policy.

mod contacts;
mod count;
mod figures;
mod html;
mod liaison;
mod long_table;
mod markdown;
mod page;
mod page_lists;
mod period;
mod read_back;
mod reasons;
mod record;
mod value;
mod words;

pub use contacts::{Contact, Contacts, Notify};
pub use period::PeriodChoice;
pub use words::Language;

use std::io::Write;

use crate::annotate::AnnotateOptions;
use crate::io::{id_and_properties, json_line};
use crate::model::Zone;
use crate::{Error, PatrolArea};
use count::Counter;
use figures::Figures;
use record::{PREFIX, Record, RecordReader};
use value::Value;

/// What a bulletin is about.
#[derive(Debug, Clone, PartialEq)]
pub struct BulletinOptions {
    /// Its period.
    pub period: PeriodChoice,
    /// The zone of its days and hours.
    pub zone: Zone,
    /// The zone in which local times of the data are read; without it they are an error.
    pub data_zone: Option<Zone>,
    /// The property of incidents that holds the time.
    pub time_field: String,
    /// Farther than that, in metres, an incident is far from every post.
    pub far_m: f64,
}

impl BulletinOptions {
    /// Of the last day in the data, in a zone that is also that of local times.
    pub fn new(zone: Zone) -> Self {
        BulletinOptions {
            period: PeriodChoice::LastDay,
            data_zone: Some(zone.clone()),
            zone,
            time_field: "time".to_owned(),
            far_m: 10_000.0,
        }
    }
}

/// Takes annotated incidents, a feature a line, and makes a bulletin of them.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, annotate_layer};
/// use patrol_corridor::io::{IncidentStream, LayerOptions, Source, read_posts};
/// use patrol_corridor::report::bulletin::{BulletinMaker, BulletinOptions, Contacts, Language, Notify};
/// use patrol_corridor::{Edges, PatrolArea};
/// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// let posts = Source::open(format!("{data}/posts.geojson"))?;
/// let posts = read_posts::<Notify>(&posts, &LayerOptions::default())?;
/// let contacts = Contacts { posts: posts.properties, ..Default::default() };
/// let area = PatrolArea::new(posts.items, vec![], Edges::Planar)?;
///
/// let mut maker = BulletinMaker::new(&area, contacts, BulletinOptions::new("Asia/Baku".parse()?));
/// let annotator = Annotator::new(&area, maker.annotate_options());
/// let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// annotate_layer(incidents, &annotator, LayerRun::new(OutputForm::Lines), &mut maker)?;
/// let bulletin = maker.finish()?;
/// assert!(bulletin.markdown(Language::English).contains(
///     "In the 24 hours of 1 January 2021 (Asia/Baku) three violations were recorded, one person was wounded; \
///      watched from 27 posts."
/// ));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct BulletinMaker<'a> {
    area: &'a PatrolArea,
    contacts: Contacts,
    options: BulletinOptions,
    reader: RecordReader,
    records: Vec<Record>,
    /// What has come of the line that is not yet whole.
    line: Vec<u8>,
    lines: u64,
    failed: Option<Error>,
}

impl<'a> BulletinMaker<'a> {
    /// A bulletin by the posts and routes of an area.
    pub fn new(area: &'a PatrolArea, contacts: Contacts, options: BulletinOptions) -> Self {
        let reader = RecordReader::new(area, &options.time_field, options.data_zone.as_ref());
        let (records, line) = (Vec::new(), Vec::new());
        BulletinMaker { area, contacts, options, reader, records, line, lines: 0, failed: None }
    }

    /// How the incidents must be annotated: under names that don't meet their own.
    pub fn annotate_options(&self) -> AnnotateOptions {
        AnnotateOptions {
            prefix: PREFIX.to_owned(),
            posts: !self.area.posts().is_empty(),
            routes: !self.area.routes().is_empty(),
            time_field: self.options.time_field.clone(),
            zone: self.options.data_zone.clone(),
            // They are counted and named.
            lenient_times: true,
            ..AnnotateOptions::default()
        }
    }

    /// The bulletin of all incidents that have come.
    ///
    /// # Errors
    /// Where a line was no feature, a time was local and no zone was given for it, or the period is none: it ends before
    /// it begins, or it is to be the last day of data that have no time.
    pub fn finish(mut self) -> Result<Bulletin, Error> {
        self.take_line();
        if let Some(error) = self.failed {
            return Err(error);
        }
        let BulletinMaker { area, contacts, options, records, .. } = self;
        let counter = Counter { area, contacts: &contacts, options: &options, records };
        Ok(Bulletin(counter.figures()?))
    }

    fn take_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.failed.is_some() || line.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        self.lines += 1;
        let read = std::str::from_utf8(&line)
            .map_err(|_| Error::json("found bytes that are no UTF-8, expected a feature a line"))
            .and_then(|text| id_and_properties(text, self.lines))
            .and_then(|(id, properties)| self.reader.read(id, &Value::read(properties)));
        match read {
            Ok(record) => self.records.push(record),
            Err(error) => self.failed = Some(error.in_feature(self.lines)),
        }
        // The room is used again.
        self.line = line;
        self.line.clear();
    }
}

impl Write for BulletinMaker<'_> {
    /// Never fails: what is wrong with a line is told by [`finish`](BulletinMaker::finish).
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.take_line();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A bulletin; the same figures in every format.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulletin(Figures);

impl Bulletin {
    /// The period as it is told to whoever asked for another: its first instant and its end, RFC 3339, and the zone.
    pub fn period(&self) -> (&str, &str, &str) {
        let period = &self.0.period;
        (&period.from, &period.to, &period.zone)
    }

    /// Markdown (CommonMark with tables).
    pub fn markdown(&self, language: Language) -> String {
        markdown::write(&page::page(&self.0, language))
    }

    /// One HTML file.
    pub fn html(&self, language: Language) -> String {
        html::write(&page::page(&self.0, language), language)
    }

    /// JSON in the form above, and a line feed.
    ///
    /// # Errors
    /// Where serde can't write it, which no bulletin gives cause for.
    pub fn json(&self) -> Result<String, Error> {
        json_line(&self.0)
    }

    /// CSV (RFC 4180, lines ended by a line feed).
    pub fn csv(&self) -> String {
        long_table::write(&self.0)
    }
}
