//! What a file holds besides the features that are taken.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::feature::ForeignFeature;

/// What was not taken, counted by its kind, as it grows.
#[derive(Debug, Clone, Default)]
pub struct PassedOver {
    counts: Arc<Mutex<BTreeMap<String, u64>>>,
    recorded: Arc<AtomicU64>,
}

impl PassedOver {
    pub(super) fn note_taken(&self, feature: &ForeignFeature) {
        self.recorded.fetch_add(u64::from(feature.is_recorded), Ordering::Relaxed);
    }

    /// How many of the features that were taken are ways as a receiver recorded them: the jitter of their positions makes
    /// them longer than they are.
    ///
    /// ```
    /// use patrol_corridor::io::{Features, LayerKind, ReadLimits};
    /// let gpx = br#"<gpx version="1.1"><trk><trkseg><trkpt lat="-3.1" lon="38.5"/>
    ///     <trkpt lat="-3.2" lon="38.6"/></trkseg></trk></gpx>"#;
    /// let mut features = Features::gpx("a.gpx", &gpx[..], &ReadLimits::default()).unwrap().for_layer(LayerKind::Routes);
    /// let passed_over = features.passed_over();
    /// std::io::copy(&mut features, &mut std::io::sink()).unwrap();
    /// assert_eq!(passed_over.recorded_tracks(), 1);
    /// ```
    #[must_use]
    pub fn recorded_tracks(&self) -> u64 {
        self.recorded.load(Ordering::Relaxed)
    }

    pub(crate) fn count(&self, kind: &str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => drop(counts.insert(kind.to_owned(), 1)),
        }
    }

    /// Kinds with their counts: `("a line", 2)`.
    #[must_use]
    pub fn counts(&self) -> Vec<(String, u64)> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().map(|(kind, count)| (kind.clone(), *count)).collect()
    }
}
