//! The bulletin of a day or another period, out of incidents: figures, tables, places, people to tell.
//!
//! # What is counted
//! * The period is half-open, `from <= time < to`. A day is one of the calendar in the zone: 23 or 25 hours where clocks
//!   are changed; the hour that comes twice is one row of the table by hour.
//! * Of a date without a time of day, and of a local time that the clocks showed twice, all instants count: within the
//!   period, before or after it where all of them are, else *doubtful*. A date has no hour, and its nearest posts and
//!   routes are those in service at any time of its day.
//! * Every incident of the data is rejected (it can't be read), in the period, before or after it, doubtful, without a time,
//!   or has a time that can't be read. Those of the period are at a position, uncertain (a region) or not located. A position
//!   in degrees, minutes and seconds is one like any other, and so is one that may be off by 0 m.
//! * By nearest post and by nearest route: an uncertain incident counts for the one that is the nearest all over its region.
//!   If several may be, it is *possible* for each, by its share of the region, and its persons are in the row `undecided`.
//!   What is possible is rounded to a decimal by the largest remainder: it and the incidents of all rows add up to the total.
//! * By corridor: of those that an incident lies in that of the nearest route, else the first. By side: that of the nearest
//!   route. An uncertain incident counts where its whole region is in one, in `none` where its region meets no corridor,
//!   else in `undecided`.
//! * In each table the incidents and what is possible add up to the totals, and so do killed and wounded. Rows `none` and
//!   `not_located` are of incidents without a value.
//! * Changes are against the period before and against the median and the quartiles (type 7 of Hyndman and Fan) of those before:
//!   the 28 days of the calendar before a day (not those that the zone left out), the 12 weeks before a week, the 12 months before
//!   a month, else 28 periods as long. A period that ends before the first incident of the data does not count: the data may not
//!   reach back so far. A count is called unusual where it lies more than 1.5 interquartile ranges outside the quartiles and
//!   outside all of those periods, and of fewer than 8 of them nothing is called usual. The interval `poisson_95` is that of
//!   Garwood (1936) for one count of independent incidents; incidents cluster, so it decides nothing.
//! * A day, a week or a month that ends after [`BulletinOptions::data_until`] is unfinished: all of it is counted, and of each
//!   period before it as many days and hours as have elapsed.
//! * A corridor, route or post in service is without an incident where it has no row with an incident, certain or possible.
//! * Posts and routes with a period of service ([`ServicePeriod`](crate::time::ServicePeriod)) are the nearest only to
//!   incidents in it, and are counted as watched from or patrolled where it has an instant in common with the bulletin's.
//! * An incident is far where its nearest post is farther than [`BulletinOptions::far_m`]; an uncertain one where that is so
//!   wherever in its region it was. Positions far from everything, exchanged or at 0, 0
//!   ([`Oddity`](crate::incident::Oddity)) are listed besides.
//!
//! Properties that are read of incidents: the time, `type`, `status` (`new`, `open`, `settled`, or anything), `killed`,
//! `wounded`, `description`, `settled_with`; of posts, routes and corridors `notify` ([`Notify`]).
//!
//! # JSON
//! One object. `bulletin` is the version of this form, 2: members may be added under it, none is renamed or taken away.
//! `head` (`unit`, `author`, `date_time_group`, `classification`), `period` (`day`, `from`, `to`, `zone`, `hours`, `kind`: `day`,
//! `week`, `month` or `between`; `to_date`, `data_until`), `data` (`read` = `rejected` + `before` + `in_period` + `after` +
//! `doubtful` + `without_time` + `unreadable_time`), `rejected` (`count`, and `first`: `row`, `line`, `reason` of the first
//! 20; the reason begins with the column), `totals` (`incidents` = `located` + `uncertain` + `not_located`, of which
//! `region_unknown`; `killed`, `wounded`, and how many incidents don't say), `change`
//! (`periods_in_data`, `periods_asked`, `least_periods`, `compared_with`: `whole` or `to_date`, `periods`: `from`, `to`,
//! `incidents`, `killed`, `wounded`, the last first; and of `incidents`, `killed`, `wounded` each `now`, `before`, `difference`,
//! `median`, `difference_from_median`, `lower_quartile`, `upper_quartile`, `least`, `most`, null where the data have no such
//! period, `poisson_95`, and `usual`: `too_few_periods`, `fewer`, `usual` or `more`), `service`, `tables` (`corridor`, `route`,
//! `post`, `type`, `side`, `hour`, `weekday` from `1` Monday, `status`: arrays of `row`, `key`, `name`, `incidents`, `possible`,
//! `killed`, `wounded`), `days` (of a period of 2 to 366 days: `day`, `incidents`, `killed`, `wounded`), `corridor_days` (`row`,
//! `key`, `incidents`: a count for each day), `weeks` (up to the one in which the period ends: `from`, `to`, `incidents`, `killed`,
//! `wounded`, `is_part`), `week_start`, `strips` (of routes that are the nearest to an incident at a position: `route_id`, `name`,
//! `length_m`, `posts` within 5 km and `incidents`: `id`, `chainage_m`, `distance_m`, `side`; `gaps`: pairs of metres, null
//! without a radius), `without_incident` (`corridors`, `routes`, `posts`), `casualties_told` (`killed`, `wounded`: whether any
//! incident of the data says so), `open_before` (ids), `places`,
//! `far`, `odd` (`why`: `far`, `exchanged`, `0, 0`), `uncertain`, `not_located` (of the period, and of those in `without_time`),
//! `without_time` (all that are doubtful or not dated: `row`, `found`, and `why`: `missing`, `unreadable`, `clocks` that
//! were changed, `date`, `calendar`), `not_counted` (`member` `killed` or `wounded` of an incident of the period, and
//! `found` in it, which is no whole number from 0), `liaison`. Times are RFC 3339 with the offset of the zone, or a date
//! where the data have no more; lengths metres, bearings degrees, as an annotation has them.
//!
//! # CSV
//! One long table, a row for each figure, place or person: `section,key,count,killed,wounded,row,detail`, the members of
//! places, and `possible`. Texts are as they are, also those that a spreadsheet takes for a formula: import the columns as text.
//!
//! # Markdown and HTML
//! The same figures in words of a [`Language`] and a [`Vocabulary`]; why an incident is left apart or doubtful, too, which JSON and
//! CSV have in the words of the annotation. The first sentences say what happened, what changed, and what is uncertain or was left
//! out; then come the incidents by corridor, the trend, the tables that say more than that, and what had no incident. The HTML
//! has a small map and charts with a text alternative each. A product in a language that no native speaker has reviewed says so
//! in its first line. Names and ids stand as the layers have them, apart from
//! line breaks and marks of direction; those of another direction are isolated from their surroundings. The HTML refers to
//! nothing outside itself and says so in a Content-Security-Policy.

mod block;
mod change;
mod contacts;
mod count;
#[cfg(feature = "docx")]
mod docx;
mod figures;
mod figures_trend;
mod html;
mod language;
mod liaison;
mod long_line;
mod long_table;
mod long_trend;
mod markdown;
mod options;
mod page;
mod page_lists;
mod page_places;
mod page_strips;
mod page_tables;
mod page_trend;
mod period;
mod reasons;
mod record;
mod records;
mod row_kind;
mod sentences;
mod strips;
mod tables;
#[cfg(feature = "templates")]
mod template;
mod times;
mod trend;
mod value;
mod variables;
mod wording;
mod words;

pub use contacts::{Contact, Contacts, Notify};
pub use language::Language;
pub use options::BulletinOptions;
pub use wording::{OwnVocabulary, TypeNames, Vocabulary, Wording};

use crate::incident::{
    Answer, Entry, IncidentReader, IncidentSource, Reject, SourceRun, Tally, TimeUse, for_each,
};
use crate::io::{Reprojection, json_line};
use crate::report::map::{Drawn, SmallIncident, SmallMap, small_map};
use crate::report::period::Period;
use crate::time::{Day, InPeriod};
use crate::{Error, ErrorKind};
use count::Counter;
use figures::{Figures, Rejected};
use record::{Draft, Record};
use records::Records;
use words::Words;

/// Returns the bulletin of all incidents of a source.
///
/// The reader must ask for times ([`TimeUse::Required`]). What can't be read is left out: the bulletin counts and lists it,
/// and a [`BadIncidents::Reject`](crate::incident::BadIncidents::Reject) gets it too.
///
/// # Errors
/// Returns an error if the source can't be read to its end, if a time is local and no zone is known for it, or if the period
/// is none: it ends before it begins, or it is to be the last day of data that have no time
/// ([`NoPeriod`](crate::ErrorKind::NoPeriod)).
///
/// # Examples
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, TimeUse};
/// use patrol_corridor::io::{IncidentStream, LayerOptions, Source, read_posts};
/// use patrol_corridor::report::bulletin::{BulletinOptions, Contacts, Language, Notify, bulletin};
/// use patrol_corridor::{Edges, PatrolIndex};
/// let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// let posts = Source::open(format!("{data}/posts.geojson"))?;
/// let posts = read_posts::<Notify>(&posts, &LayerOptions::default())?;
/// let contacts = Contacts::default().with_posts(posts.properties);
/// let index = PatrolIndex::new(posts.items, vec![], Edges::Planar)?;
///
/// let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
/// let incidents = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
/// let options = BulletinOptions::new("Asia/Baku".parse()?);
/// let bulletin = bulletin(incidents, &reader, contacts, options, SourceRun::default())?;
/// assert!(bulletin.markdown(Language::English).contains(
///     "In the 24 hours of 1 January 2021 (Asia/Baku) three violations were recorded, one person was wounded; \
///      watched from 27 posts."
/// ));
/// assert!(bulletin.tally().is_complete());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn bulletin(
    source: IncidentSource,
    reader: &IncidentReader,
    contacts: Contacts,
    options: BulletinOptions,
    run: SourceRun<'_>,
) -> Result<Bulletin, Error> {
    if reader.options().times != TimeUse::Required {
        return Err(Error::argument(
            "the incidents of a bulletin need their times; read them with `TimeUse::Required`",
        ));
    }
    let (index, time_field) = (reader.index(), &reader.options().time_field);
    let period = options.period.period(&options.zone)?;
    let name = source.name().into_owned();
    let make = |incident: Entry<'_>, answer: Option<Answer>| {
        let is_drawn = options.map && !period.is_some_and(|period| lies_outside(&incident, &period));
        let small = is_drawn.then(|| SmallIncident::new(&incident.reading.location, answer.as_ref()));
        Draft::of(incident, answer.as_ref(), index, time_field, small)
    };
    let mut records = Records::new(period, options.period);
    let take = &mut |draft: Draft, before| {
        records.push(draft, before);
        Ok(())
    };
    let mut rejected = Rejected::default();
    let mut list = |one: &Reject| rejected.add(one);
    let run = run.listed(&mut list);
    let read = for_each(source, reader, run, &make, take)?;
    let (mut tally, reprojections) = (read.tally, read.reprojections);
    let records = records.into_list();
    let period = match period {
        Some(period) => period,
        None => last(&records, &tally, &options).map_err(|error| error.in_file(name))?,
    };
    let counter = Counter { index, contacts: &contacts, options: &options, period, records: &records };
    let figures = counter.figures(&mut tally, time_field, rejected)?;
    let map = options.map.then(|| small_map(reader, drawn(&records, &period))).transpose()?;
    Ok(Bulletin { figures, map, tally, reprojections })
}

/// Whether an incident is certainly of another time.
fn lies_outside(incident: &Entry<'_>, period: &Period) -> bool {
    let when = incident.reading.when.as_ref();
    let lies = when.and_then(|when| when.in_period(period.from, period.to));
    matches!(lies, Some(InPeriod::Before | InPeriod::After))
}

/// The incidents of the period, for its map.
fn drawn<'r>(records: &'r [Record], period: &Period) -> impl Iterator<Item = Drawn<'r>> {
    let (from, to) = (period.from, period.to);
    let is_within = move |record: &&Record| record.when.in_period(from, to) == Some(InPeriod::Within);
    let drawn = |record: &'r Record| {
        let details = record.details.as_ref()?;
        let persons = [record.killed, record.wounded].into_iter().flatten();
        Some(Drawn {
            id: &record.id,
            kind: details.kind.as_deref(),
            casualties: persons.fold(0, u32::saturating_add),
            small: details.small.as_deref()?,
        })
    };
    records.iter().filter(is_within).filter_map(drawn)
}

/// The day, week or month of the last incident that has a time.
fn last(records: &[Record], tally: &Tally, options: &BulletinOptions) -> Result<Period, Error> {
    let zone = &options.zone;
    match records.iter().filter_map(|record| record.when.instant()).max() {
        Some(last) => options.period.around(Day::of(last, zone), zone),
        None => Err(Error::argument(no_time(tally)).of_kind(ErrorKind::NoPeriod)),
    }
}

/// Why there is no last day.
fn no_time(tally: &Tally) -> String {
    let first = tally.first.unreadable_time.as_ref().or(tally.first.without_time.as_ref());
    let Some(first) = first else {
        return "no incident could be read: name the period".to_owned();
    };
    let column = first.column.as_deref().unwrap_or("time");
    let at = format!("row {}, column `{column}`", first.row);
    match &first.value {
        Some(value) => {
            format!("no incident has a readable time; the first is `{value}` ({at}), which {}", first.reason)
        }
        None => format!("no incident has a time; the first without one is at {at}"),
    }
}

/// A bulletin; the same figures in every format.
///
/// ```
/// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
/// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
/// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
/// let options = BulletinOptions::new("Asia/Baku".parse()?);
/// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
/// assert_eq!(bulletin.period().2, "Asia/Baku");
/// assert_eq!(bulletin.tally().times.unwrap().dated, 3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Bulletin {
    figures: Figures,
    /// The incidents of the period, where a map was wanted.
    map: Option<SmallMap>,
    tally: Tally,
    reprojections: Vec<Reprojection>,
}

impl Bulletin {
    /// What became of the incidents of the data; what is doubtful for the period is counted in it.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// assert_eq!((bulletin.tally().read, bulletin.tally().exact), (3, 3));
    /// assert!(bulletin.tally().is_complete());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How the coordinates of incidents came to WGS84; empty where they were in it.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// // They were in WGS84.
    /// assert!(bulletin.reprojections().is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn reprojections(&self) -> &[Reprojection] {
        &self.reprojections
    }

    /// The period as it is told to whoever asked for another: its first instant and its end, RFC 3339, and the zone.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// assert_eq!(bulletin.period(), ("2021-01-01T00:00:00+04:00", "2021-01-02T00:00:00+04:00", "Asia/Baku"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn period(&self) -> (&str, &str, &str) {
        let period = &self.figures.period;
        (&period.from, &period.to, &period.zone)
    }

    /// Markdown (CommonMark with tables).
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, Language, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// let text = bulletin.markdown(Language::English);
    /// assert!(text.contains("three violations were recorded, one person was wounded"), "{text}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn markdown(&self, wording: impl Into<Wording>) -> String {
        let words = Words::new(&wording.into());
        markdown::write(&page::page(&self.figures, self.map.as_ref(), &words))
    }

    /// One HTML file.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, Language, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// let page = bulletin.html(Language::Persian);
    /// assert!(page.contains(r#"<html lang="fa" dir="rtl""#), "{}", &page[..200]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn html(&self, wording: impl Into<Wording>) -> String {
        let words = Words::new(&wording.into());
        html::write(&page::page(&self.figures, self.map.as_ref(), &words), &words)
    }

    /// A document of Word (`.docx`), with the map and the charts as pictures where the feature `png` is on.
    ///
    /// The same bulletin has the same bytes.
    ///
    /// # Errors
    /// Returns an error if a picture can't be drawn: the system has no font.
    #[cfg(feature = "docx")]
    pub fn docx(&self, wording: impl Into<Wording>) -> Result<Vec<u8>, Error> {
        let words = Words::new(&wording.into());
        let page = page::page(&self.figures, self.map.as_ref(), &words);
        docx::write(&page, &words, self.figures.head.author.as_deref().unwrap_or_default())
    }

    /// The figures in a template of Jinja, whose variables are the members of the JSON.
    ///
    /// The template is one file. Of one whose name ends in `.html` or `.xml` (before `.j2`) what is put in is escaped. What is not
    /// there is an error, and so is a template that does not end.
    ///
    /// # Errors
    /// Returns an error that names the template and its line.
    #[cfg(feature = "templates")]
    pub fn render(&self, name: &str, template: &str) -> Result<String, Error> {
        template::render(&self.figures, name, template)
    }

    /// JSON in the form above, and a line feed.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// let json = bulletin.json()?;
    /// assert!(json.starts_with(r#"{"bulletin":2,"head":{"#) && json.ends_with("}\n"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where serde can't write it, which no bulletin gives cause for.
    pub fn json(&self) -> Result<String, Error> {
        json_line(&self.figures)
    }

    /// CSV (RFC 4180, lines ended by a line feed).
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, TimeUse};
    /// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
    /// # use patrol_corridor::report::bulletin::{BulletinOptions, bulletin};
    /// # use patrol_corridor::{Edges, PatrolIndex};
    /// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
    /// # let posts = Source::open(format!("{data}/posts.geojson"))?;
    /// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?.items;
    /// # let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default().with_times(TimeUse::Required));
    /// # let source = IncidentSource::Text(IncidentStream::open(format!("{data}/incidents.geojson"))?);
    /// # let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
    /// let csv = bulletin.csv();
    /// assert!(csv.starts_with("section,key,count,killed,wounded,"));
    /// assert!(csv.lines().any(|line| line.starts_with("totals,wounded,1,")));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn csv(&self) -> String {
        long_table::write(&self.figures)
    }
}
