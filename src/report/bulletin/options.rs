//! What a bulletin is about.

use crate::report::TitleBlock;
use crate::report::period::PeriodChoice;
use crate::setters::setters;
use crate::time::{Timestamp, Weekday, Zone};

/// What a bulletin is about.
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
/// // Incidents farther than 3 km from every post are far.
/// let options = BulletinOptions::new("Asia/Baku".parse()?).with_far_m(3_000.0);
/// let bulletin = bulletin(source, &reader, Default::default(), options, Default::default())?;
/// assert!(bulletin.csv().contains("\nfar,limit_m,3000,"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BulletinOptions {
    /// Its period.
    pub period: PeriodChoice,
    /// The zone of its days and hours.
    pub zone: Zone,
    /// The time up to which the log is complete: a day, week or month that ends later is unfinished, and is compared with as
    /// much of those before it. Its last incident counts if it is later. A period that begins later is compared whole, and so are
    /// all for `None`.
    pub data_until: Option<Timestamp>,
    /// The day on which the weeks of the trend begin, unless the period is a week with its own.
    pub week_start: Weekday,
    /// How far posts see that have no `watch_radius_m`, in metres: the strips of routes show what none sees.
    pub radius_m: Option<f64>,
    /// Draw a small map of the incidents of the period, for formats that show one.
    pub map: bool,
    /// Who publishes it, and how it may be passed on.
    pub title_block: TitleBlock,
    /// Farther than that, in metres, an incident is far from every post.
    pub far_m: f64,
}

impl BulletinOptions {
    /// Of the last day in the data, in a zone.
    ///
    /// ```
    /// use patrol_corridor::report::{PeriodChoice, bulletin::BulletinOptions};
    /// let options = BulletinOptions::new("Asia/Baku".parse()?);
    /// assert_eq!((options.period, options.far_m), (PeriodChoice::LastDay, 10_000.0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        BulletinOptions {
            period: PeriodChoice::LastDay,
            zone,
            data_until: None,
            week_start: Weekday::Monday,
            radius_m: None,
            map: false,
            title_block: TitleBlock::default(),
            far_m: 10_000.0,
        }
    }

    /// The day on which weeks begin.
    pub(super) fn week_start(&self) -> Weekday {
        match self.period {
            PeriodChoice::Week { start, .. } => start,
            _ => self.week_start,
        }
    }
}

setters! { BulletinOptions {
    with_period(period: PeriodChoice);
    with_data_until(data_until: impl Into<Option<Timestamp>>);
    with_week_start(week_start: Weekday);
    with_radius_m(radius_m: impl Into<Option<f64>>);
    with_map(map: bool);
    with_title_block(title_block: TitleBlock);
    with_far_m(far_m: f64);
}}
