//! What a bulletin is about.

use crate::report::period::PeriodChoice;
use crate::setters::setters;
use crate::time::Zone;

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
        BulletinOptions { period: PeriodChoice::LastDay, zone, far_m: 10_000.0 }
    }
}

setters! { BulletinOptions {
    with_period(period: PeriodChoice);
    with_far_m(far_m: f64);
}}
