//! A small map for a report: the picture alone, without words of its own.

use super::draw::Drawing;
use super::frame::px_text;
use super::incidents::{MapIncident, MapIncidents, map_incident};
use super::options::{MapOptions, MapSummary};
use super::scene::{Scene, nice_below};
use super::selection::Selection;
use super::svg::{FAMILIES, STYLE, plain_style};
use super::{ColourBy, FieldChoice};
use crate::incident::{Answer, Entry, IncidentReader};
use crate::report::markup::escaped;
use crate::time::Timestamp;
use crate::{Error, FeatureId, IncidentGeometry, PatrolIndex};

/// What of incidents such a map shows.
pub(in crate::report) struct SmallMaps {
    options: MapOptions,
    epoch: Timestamp,
}

/// An incident on it.
#[derive(Debug, Clone)]
pub(in crate::report) struct SmallIncident(MapIncident);

impl PartialEq for SmallIncident {
    fn eq(&self, other: &Self) -> bool {
        self.0.positions == other.0.positions && self.0.shape == other.0.shape
    }
}

impl SmallMaps {
    /// # Errors
    /// Returns an error for no reason that there is.
    pub fn new() -> Result<Self, Error> {
        let facts = ["type", "status", "killed", "wounded", "nearest_post", "nearest_route"];
        let options = MapOptions::default()
            .with_colour_by(ColourBy::Nothing)
            .with_fields(FieldChoice::Only(facts.map(str::to_owned).into()))
            // Kilometres are along the routes.
            .with_marks_every_m(1e12)
            .with_title("");
        Ok(SmallMaps { options, epoch: Timestamp::read("1970-01-01T00:00:00Z", None)? })
    }

    /// An incident with its answer.
    ///
    /// # Errors
    /// Returns an error if the options choose no period, which they don't.
    pub fn incident(
        &self,
        incident: &Entry<'_>,
        answer: Option<Answer>,
        reader: &IncidentReader,
    ) -> Result<SmallIncident, Error> {
        let selection = Selection::new(&self.options)?;
        let mut drawn = map_incident(incident, answer, reader, &selection, self.epoch, false);
        drawn.properties = String::new();
        Ok(SmallIncident(drawn))
    }

    /// Lays the map out.
    ///
    /// # Errors
    /// Returns an error if corridors can't be drawn.
    pub fn map<'i>(
        &self,
        index: &PatrolIndex,
        incidents: impl Iterator<Item = (&'i FeatureId, &'i SmallIncident)>,
    ) -> Result<SmallMap, Error> {
        let named = |(id, one): (&FeatureId, &SmallIncident)| MapIncident {
            id: id.as_str().to_owned(),
            ..one.0.clone()
        };
        // The map does not reach where those are: they are counted.
        let (far, near): (Vec<_>, Vec<_>) = incidents.partition(|(_, one)| one.0.is_far);
        let list = near.into_iter().map(named).collect();
        let mut all = MapIncidents { list, ..MapIncidents::default() };
        all.is_binned = self.options.counts(all.list.len());
        if all.is_binned {
            all.list.iter_mut().for_each(|one| one.shape = IncidentGeometry::None);
        }
        let mut summary = MapSummary::default();
        let scene = Scene::new(index, &[], Some(all), &self.options, None, 0, &mut summary)?;
        let layers = Drawing::layers(&scene, scene.land.as_ref(), false);
        let bar_m = nice_below(130.0 * scene.frame.metres_per_px);
        Ok(SmallMap {
            layers: without_titles(&layers),
            size: [scene.frame.width, scene.frame.height],
            outside: far.len() as u64,
            bar_m,
            bar_px: bar_m / scene.frame.metres_per_px,
        })
    }
}

/// A small map, laid out; its words are given when it is written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct SmallMap {
    layers: String,
    size: [f64; 2],
    /// How many incidents lie far from all posts and routes, where the map does not reach.
    pub outside: u64,
    /// What the scale bar stands for, in metres.
    pub bar_m: f64,
    bar_px: f64,
}

impl SmallMap {
    /// The picture, with what it shows in words, and the length of the scale bar.
    pub fn svg(&self, alternative: &str, bar: &str) -> String {
        const FOOT: f64 = 34.0;
        let [width, height] = self.size;
        let (alternative, bar, length) = (escaped(alternative), escaped(bar), px_text(self.bar_px));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {total}\" role=\"img\" aria-label=\"{alternative}\" \
             font-family=\"{FAMILIES}\" direction=\"ltr\"><title>{alternative}</title><style>{}</style>\
             <clipPath id=\"frame\"><path d=\"M0 0H{w}V{h}H0Z\"/></clipPath><path class=\"bg\" d=\"M0 0H{w}V{total}H0Z\"/>\
             <g clip-path=\"url(#frame)\">\n{}</g><path class=\"fr\" d=\"M.5 .5H{r}V{b}H.5Z\"/>\
             <g transform=\"translate(16 {at})\"><path class=\"fl\" d=\"M0 -6V0H{length}V-6\"/><text class=\"fu\" x=\"0\" \
             y=\"-9\">{bar}</text><path class=\"fl\" transform=\"translate({north} 0)\" d=\"M0 0V-24M-5 -16L0 -26L5 -16\"/></g></svg>",
            plain_style(STYLE),
            self.layers,
            w = px_text(width),
            h = px_text(height),
            r = px_text(width - 0.5),
            b = px_text(height - 0.5),
            total = px_text(height + FOOT),
            at = px_text(height + FOOT - 4.0),
            north = px_text(self.bar_px + 24.0),
        )
    }
}

/// Without the titles of things, which are words of the map.
fn without_titles(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, behind)) = rest.split_once("<title>") {
        out.push_str(before);
        // Texts have no markup: the next end is that of the title.
        rest = behind.split_once("</title>").map_or("", |(_, rest)| rest);
    }
    out + rest
}
