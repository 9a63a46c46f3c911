//! A small map for a report: the picture alone, without words of its own.

use smallvec::SmallVec;

use super::ColourBy;
use super::draw::Drawing;
use super::frame::px_text;
use super::incidents::{Certainty, MapIncident, MapIncidents, Reached, points_of};
use super::options::{MapOptions, MapSummary};
use super::scene::{Scene, nice_below};
use super::svg::{FAMILIES, STYLE, plain_style};
use crate::analysis::region_geometry;
use crate::incident::{Answer, IncidentReader, Location};
use crate::index::{PostHit, RouteHit};
use crate::region::DescribedRegion;
use crate::report::markup::escaped;
use crate::{Error, FeatureId, IncidentGeometry, Position};

/// Where an incident is drawn, kept while nobody knows whether it is: outlines of regions are made when it is.
#[derive(Debug, Clone)]
pub(in crate::report) struct SmallIncident {
    positions: SmallVec<[Position; 1]>,
    area: Area,
    post: Option<Reached<PostHit>>,
    route: Option<Reached<RouteHit>>,
}

/// What it covers.
#[derive(Debug, Clone)]
enum Area {
    Positions,
    Region(Box<DescribedRegion>),
    /// What it has instead of a location.
    Geometry(Box<IncidentGeometry>),
    Nothing,
}

impl PartialEq for SmallIncident {
    fn eq(&self, other: &Self) -> bool {
        self.positions == other.positions
    }
}

impl SmallIncident {
    /// An incident by its location and what is near it.
    pub fn new(location: &Location, answer: Option<&Answer>) -> Self {
        let (positions, area) = match (location.region(), location) {
            (Some(described), _) => {
                let region = described.location.region();
                (SmallVec::from_slice(&[region.reference()]), Area::Region(Box::new(region.clone())))
            }
            (None, Location::None(_, geometry)) => {
                (points_of(geometry).into(), Area::Geometry(Box::new(geometry.clone())))
            }
            (None, Location::RegionUnknown(_)) => (SmallVec::new(), Area::Nothing),
            _ => (location.positions().into(), Area::Positions),
        };
        let post = answer.and_then(|answer| Some((*answer.located.posts.first()?, answer.from[0])));
        let route = answer.and_then(|answer| Some((*answer.located.routes.first()?, answer.from[1])));
        SmallIncident { positions, area, post, route }
    }

    fn is_far(&self, reader: &IncidentReader) -> bool {
        matches!(self.area, Area::Positions | Area::Region(_)) && reader.are_far(&self.positions)
    }
}

/// An incident to draw.
pub(in crate::report) struct Drawn<'i> {
    pub id: &'i FeatureId,
    pub kind: Option<&'i str>,
    /// Killed and wounded.
    pub casualties: u32,
    pub small: &'i SmallIncident,
}

impl Drawn<'_> {
    fn on_map(&self, is_binned: bool) -> MapIncident {
        let shape = match &self.small.area {
            _ if is_binned => IncidentGeometry::None,
            Area::Region(region) => region_geometry(region),
            Area::Geometry(geometry) => (**geometry).clone(),
            Area::Positions | Area::Nothing => IncidentGeometry::None,
        };
        MapIncident {
            id: self.id.as_str().to_owned(),
            positions: self.small.positions.clone(),
            shape,
            certainty: match self.small.area {
                Area::Region(_) => Certainty::Somewhere,
                _ => Certainty::Exact,
            },
            is_far: false,
            minutes: None,
            post: self.small.post,
            route: self.small.route,
            corridors: SmallVec::new(),
            kind: self.kind.map(Box::from),
            status: None,
            casualties: self.casualties,
            is_doubtful: false,
            properties: String::new(),
        }
    }
}

/// Lays out the map of these incidents.
///
/// # Errors
/// Returns an error if corridors can't be drawn.
pub(in crate::report) fn small_map<'i>(
    reader: &IncidentReader,
    incidents: impl Iterator<Item = Drawn<'i>>,
) -> Result<SmallMap, Error> {
    // Kilometres are along the routes.
    let options =
        MapOptions::default().with_colour_by(ColourBy::Nothing).with_marks_every_m(1e12).with_title("");
    // The map does not reach where those are: they are counted.
    let (far, near): (Vec<_>, Vec<_>) = incidents.partition(|one| one.small.is_far(reader));
    let is_binned = options.counts(near.len());
    let list = near.iter().map(|one| one.on_map(is_binned)).collect();
    let all = MapIncidents { list, is_binned, ..MapIncidents::default() };
    let mut summary = MapSummary::default();
    let scene = Scene::new(reader.index(), &[], Some(all), &options, None, 0, &mut summary)?;
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
