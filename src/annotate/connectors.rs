//! The lines between incidents and what is nearest to them, as features beside the output.

use std::io::Write;

use super::annotator::Annotator;
use super::output_form::OutputForm;
use super::regions::push_feature;
use super::simplestyle::{self, RouteOrPost};
use crate::geodesy::inverse;
use crate::incident::Answer;
use crate::io::{write_id, write_string};
use crate::model::connector;
use crate::number::{BEARING_DECIMALS, DEGREE_DECIMALS, METRE_DECIMALS, bearing, rounded, write_rounded};
use crate::{Error, FeatureId, Position};

/// Where the connectors of incidents go: for each located incident a line from its nearest post to it, and a line from it to
/// its foot on the nearest route, in the order of the output.
///
/// Their properties are the same in every feature, null where they say nothing: `connector` (`post` or `route`),
/// `incident_number` (its place in the input, from 1), `incident_id` (the feature's id, else its property or column
/// `id`), `post_id`, `route_id`, `distance_m`, `bearing_deg` (at the line's first end towards its last, clockwise
/// from true north; null within 1 mm), `chainage_m` and `side` (of the route). The lines are those of
/// [`connector`](crate::model::connector). Of a MultiPoint the position counts that is nearest; of a region its
/// reference point.
///
/// ```
/// use patrol_corridor::annotate::{ConnectorOutput, Annotator, LayerRun, OutputForm, annotate_layer};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// # use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let posts = read_posts::<NoProperties>(&posts, &LayerOptions::default())?;
/// # let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
/// # let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// let mut lines = Vec::new();
/// let mut run = LayerRun::new(OutputForm::Collection);
/// run.connectors = Some(ConnectorOutput::new(OutputForm::Lines, &mut lines));
/// annotate_layer(incidents, &annotator, run, &mut Vec::new())?;
/// let lines = String::from_utf8_lossy(&lines);
/// assert!(lines.contains(r#""connector":"post","incident_number":1,"incident_id":"INC-1","post_id":"OP-21""#));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[non_exhaustive]
pub struct ConnectorOutput<'r> {
    /// The form of the text.
    pub form: OutputForm,
    /// Takes it.
    pub out: &'r mut (dyn Write + Send),
}

impl<'r> ConnectorOutput<'r> {
    /// Connectors in this form, written to `out`.
    pub fn new(form: OutputForm, out: &'r mut (dyn Write + Send)) -> Self {
        ConnectorOutput { form, out }
    }
}

/// Features of connectors whose incidents have no numbers yet: those count from the start of a batch.
#[derive(Debug, Default)]
pub(crate) struct Connectors {
    text: Vec<u8>,
    /// Where a number belongs, and by how much it counts from what has gone before.
    numbers: Vec<(usize, u64)>,
}

impl Connectors {
    pub fn clear(&mut self) {
        self.text.clear();
        self.numbers.clear();
    }

    /// Takes over what another has.
    pub fn append(&mut self, other: &mut Connectors) {
        let start = self.text.len();
        self.numbers.extend(other.numbers.drain(..).map(|(at, number)| (start + at, number)));
        self.text.append(&mut other.text);
    }

    /// Adds those of an incident.
    pub fn push(
        &mut self,
        form: OutputForm,
        annotator: &Annotator,
        answer: &Answer,
        number: u64,
        id: Option<&FeatureId>,
    ) -> Result<(), Error> {
        let (index, options) = (annotator.index(), annotator.options());
        let [of_post, of_route] = answer.from;
        if let Some(hit) = answer.located.posts.first().filter(|_| options.posts) {
            let post = &index.posts()[hit.post];
            let line = Line {
                kind: RouteOrPost::Post,
                ends: [post.position, of_post],
                to: &post.id,
                distance_m: hit.distance_m,
                bearing_deg: hit.bearing_deg,
                along: None,
            };
            self.push_line(form, &line, number, id, options.simplestyle)?;
        }
        if let Some(hit) = answer.located.routes.first().filter(|_| options.routes) {
            let at = hit.location;
            let degrees = |degrees: f64| rounded(degrees, DEGREE_DECIMALS);
            let foot = Position::from_lon_lat(degrees(at.foot.lon_deg()), degrees(at.foot.lat_deg()))?;
            let bearing_deg = (at.offset_m > SAME_PLACE_M)
                .then(|| inverse(of_route, at.foot).azimuth1_deg.rem_euclid(360.0));
            let line = Line {
                kind: RouteOrPost::Route,
                ends: [of_route, foot],
                to: &index.routes()[hit.route].id,
                distance_m: at.offset_m,
                bearing_deg,
                along: Some((at.chainage_m, at.side.as_str())),
            };
            self.push_line(form, &line, number, id, options.simplestyle)?;
        }
        Ok(())
    }

    fn push_line(
        &mut self,
        form: OutputForm,
        line: &Line<'_>,
        number: u64,
        id: Option<&FeatureId>,
        simplestyle: bool,
    ) -> Result<(), Error> {
        let start = self.text.len();
        let place = connector(line.ends[0], line.ends[1]);
        push_feature(form, &place, None, &line.properties(id, simplestyle), &mut self.text)?;
        // The first of this name is ours: nothing before it comes from the layers.
        let name = NUMBER.as_bytes();
        let at = self.text[start..].windows(name.len()).position(|bytes| bytes == name);
        self.numbers.extend(at.map(|at| (start + at + name.len(), number)));
        Ok(())
    }

    /// The text, its incidents numbered on from `before`.
    pub fn numbered(&self, before: u64) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.text.len() + 8 * self.numbers.len());
        let mut from = 0;
        for &(at, number) in &self.numbers {
            text.extend_from_slice(&self.text[from..at]);
            text.extend_from_slice((before + number).to_string().as_bytes());
            // The digit that held its place.
            from = at + 1;
        }
        text.extend_from_slice(&self.text[from..]);
        text
    }
}

/// As with bearings at posts.
const SAME_PLACE_M: f64 = 1e-3;

/// The member that holds the number, which is put in last.
const NUMBER: &str = "\"incident_number\":";

struct Line<'l> {
    kind: RouteOrPost,
    ends: [Position; 2],
    to: &'l FeatureId,
    distance_m: f64,
    bearing_deg: Option<f64>,
    /// The chainage in metres, and the side.
    along: Option<(f64, &'static str)>,
}

impl Line<'_> {
    fn properties(&self, id: Option<&FeatureId>, simplestyle: bool) -> String {
        let mut text = String::from("{\"connector\":");
        write_string(self.kind.as_str(), &mut text);
        text.push(',');
        text.push_str(NUMBER);
        text.push_str("0,\"incident_id\":");
        let or_null = |id: Option<&FeatureId>, text: &mut String| match id {
            Some(id) => write_id(id, text),
            None => text.push_str("null"),
        };
        or_null(id, &mut text);
        let is_post = self.kind == RouteOrPost::Post;
        text.push_str(",\"post_id\":");
        or_null(is_post.then_some(self.to), &mut text);
        text.push_str(",\"route_id\":");
        or_null((!is_post).then_some(self.to), &mut text);
        text.push_str(",\"distance_m\":");
        write_rounded::<METRE_DECIMALS>(self.distance_m, &mut text);
        text.push_str(",\"bearing_deg\":");
        let bearing_deg = self.bearing_deg.map_or(f64::NAN, |deg| bearing(deg, BEARING_DECIMALS));
        write_rounded::<BEARING_DECIMALS>(bearing_deg, &mut text);
        text.push_str(",\"chainage_m\":");
        write_rounded::<METRE_DECIMALS>(self.along.map_or(f64::NAN, |(metres, _)| metres), &mut text);
        text.push_str(",\"side\":");
        match self.along {
            Some((_, side)) => write_string(side, &mut text),
            None => text.push_str("null"),
        }
        if simplestyle {
            text.push_str(simplestyle::of_connector(self.kind));
        }
        text.push('}');
        text
    }
}
