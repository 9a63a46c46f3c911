//! A map of posts, routes, corridors and incidents: one page that opens anywhere, or a picture.
//!
//! # What is on it
//! Posts, routes with kilometre marks, corridors, incidents with a connector to the nearest post and one to the
//! foot on the nearest route (geodesics), regions of reports that are not a point, and, where a radius is given,
//! intervals of routes that no post sees. Around them a graticule, a scale bar, a north arrow and a legend.
//!
//! # Projection
//! Azimuthal equidistant about the middle of what is shown, computed by geodesics of WGS84: distances and
//! directions from the middle are true, and 180 degrees is a meridian as any other. Where something is farther than
//! 6,000 km from the middle the map is equidistant cylindrical, on the sphere, about a meridian that has its back
//! where nothing is. The map says which it is.
//!
//! # Land
//! Below all that is drawn lies the land of Natural Earth, 1:10,000,000 or of maps of the world 1:50,000,000
//! ([`MapOptions::land`]). It is inside of the program. It has no lakes and no borders. Where a map is finer than 1:1,000,000 a
//! coast is faint, and the map says that it is not to scale.
//!
//! # Names
//! Ids of incidents and posts, routes along themselves, corridors within themselves. None lies on another or on a symbol, and
//! none is cut; what has no room gets a leader line or is left out. Widths come from one table, and the SVG says them
//! (`textLength`), so that they do not depend on the machine. The page places names anew at each zoom.
//!
//! # Many incidents
//! More than [`MapOptions::most_single`] are counted in hexagons, coloured by count; the page counts anew at
//! each zoom, and draws them one by one where no more than 600 are in view. Their regions, areas, lines and connectors are then
//! not drawn (the page draws the connectors of the one that is chosen). Coordinates stand in the page as integers of a
//! hundredth of a pixel. All properties are in the page up to 12 MB of them; beyond that those named
//! `time`, `type`, `status` and `name` with the answers.
//!
//! # The page
//! One file that refers to nothing outside, and whose Content-Security-Policy lets nothing run but its own script and
//! style (by their SHA-256). What comes from the layers stands in it as text or as JSON, never as markup.

mod background;
mod bins;
mod choice;
mod columns;
mod data;
mod draw;
mod draw_background;
mod frame;
mod graticule;
mod html;
mod incidents;
mod item;
mod labels;
mod land;
mod legend;
mod logo;
mod looks;
mod names;
mod options;
mod page;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
mod projection;
#[cfg(feature = "png")]
mod rendered;
mod scene;
mod selection;
mod sheet;
#[cfg(feature = "bulletin")]
mod small;
mod squares;
mod svg;
mod symbols;
mod thin;
mod wrap;

pub use background::{Background, BackgroundKind};
pub use choice::{FieldChoice, Filter};
pub use logo::Logo;
pub use options::{ColourBy, MapOptions, MapSummary, NotChosen, PostLabels};
pub use paper::{Orientation, Paper, Sheet};
pub use symbols::Symbol;

/// Draws an SVG with the fonts of the system, two pixels to a unit.
#[cfg(all(feature = "docx", feature = "png"))]
pub(in crate::report) fn picture(svg: &str) -> Result<Vec<u8>, Error> {
    png::picture(svg, None)
}

#[cfg(feature = "bulletin")]
pub(in crate::report) use small::{Drawn, SmallIncident, SmallMap, small_map};

use scene::Scene;
use sheet::Plan;

use crate::incident::{IncidentReader, IncidentSource, SourceRun};
use crate::{CorridorRegion, Error, PatrolIndex};

/// A map, laid out and ready to be written.
///
/// ```
/// use patrol_corridor::report::map::{Map, MapOptions};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("<script>", Position::from_lon_lat(46.8, 40.0)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let map = Map::new(&index, &[], None, Default::default(), &MapOptions::default())?;
/// assert!(map.to_svg().contains("&lt;script&gt;"));
/// assert!(map.to_html().contains("Content-Security-Policy"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct Map {
    scene: Scene,
    /// How it is laid out on paper, where that is wanted.
    plan: Option<Plan>,
    summary: MapSummary,
}

impl Map {
    /// Lays out posts and routes, corridors that are given as regions, and incidents.
    ///
    /// Incidents that can't be read do not stop it: the map says how many there are, and `run` may take them.
    ///
    /// ```
    /// use patrol_corridor::incident::IncidentSource;
    /// use patrol_corridor::io::IncidentStream;
    /// use patrol_corridor::report::map::{Map, MapOptions};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/incidents.geojson");
    /// let incidents = IncidentSource::Text(IncidentStream::open(path)?);
    /// let map = Map::new(&index, &[], Some(incidents), Default::default(), &MapOptions::default())?;
    /// assert_eq!((map.summary().tally.exact, map.summary().not_drawn_ids.len()), (3, 0));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the incidents can't be read to their end, if corridors can't be drawn (as
    /// [`corridor_areas`](crate::analysis::corridor_areas)), and if a radius is not greater than 0.
    pub fn new(
        index: &PatrolIndex,
        regions: &[CorridorRegion],
        incidents: Option<IncidentSource>,
        run: SourceRun<'_>,
        options: &MapOptions,
    ) -> Result<Self, Error> {
        let mut summary = MapSummary::default();
        let threads = run.threads;
        let incidents = match incidents {
            Some(source) => {
                let reader = IncidentReader::new(index, options.read.clone());
                Some(incidents::read(source, &reader, run, options, &mut summary)?)
            }
            None => None,
        };
        let without_layers = summary.clone();
        let mut scene = Scene::new(index, regions, incidents, options, None, threads, &mut summary)?;
        let mut plan = options.sheet.as_ref().map(|sheet| Plan::new(sheet, &scene));
        // What a plan has room for hangs on the scene that is made for it: in most cases the first one has it.
        for _ in 0..4 {
            let Some(made) = &plan else { break };
            summary = without_layers.clone();
            let (incidents, room) = (scene.into_incidents(), Some(made.room()));
            scene = Scene::new(index, regions, incidents, options, room, threads, &mut summary)?;
            match made.adjusted(&scene) {
                Some(adjusted) => plan = Some(adjusted),
                None => break,
            }
        }
        Ok(Map { scene, plan, summary })
    }

    /// What was drawn and what was not.
    ///
    /// ```
    /// # use patrol_corridor::report::map::{Map, MapOptions};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// let map = Map::new(&index, &[], None, Default::default(), &MapOptions::default())?;
    /// // Without a radius there is no coverage, and there are no gaps.
    /// assert_eq!(map.summary().gaps, 0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> &MapSummary {
        &self.summary
    }

    /// The picture as one SVG file.
    ///
    /// ```
    /// # use patrol_corridor::report::map::{Map, MapOptions};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// let map = Map::new(&index, &[], None, Default::default(), &MapOptions::default())?;
    /// assert!(map.to_svg().contains("<svg") && map.to_svg().contains("OP-21"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self) -> String {
        match &self.plan {
            Some(plan) => sheet::document(&self.scene, plan),
            None => svg::document(&self.scene),
        }
    }

    /// The picture as PNG: of a sheet of paper at its [`dpi`](Sheet::dpi), otherwise twice as many pixels as units each way.
    ///
    /// Letters are drawn with the fonts of the system; nothing is embedded.
    ///
    /// # Errors
    /// Where the system has no font, and where a page would be too large.
    #[cfg(feature = "png")]
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let dpi = self.plan.as_ref().map(Plan::dpi);
        png::picture(&self.to_svg(), dpi)
    }

    /// The picture as PDF: one page, exactly as large as the sheet of paper, or A4 with the picture as large as it can be
    /// where there is no sheet.
    ///
    /// Letters are the outlines of the fonts of the system. The same map has the same bytes on the same system.
    ///
    /// # Errors
    /// Returns an error if the system has no font.
    #[cfg(feature = "pdf")]
    pub fn to_pdf(&self) -> Result<Vec<u8>, Error> {
        pdf::document(&self.to_svg(), &self.scene.title, self.plan.as_ref())
    }

    /// The page as one HTML file.
    ///
    /// ```
    /// # use patrol_corridor::report::map::{Map, MapOptions};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// let map = Map::new(&index, &[], None, Default::default(), &MapOptions::default())?;
    /// assert!(map.to_html().to_lowercase().starts_with("<!doctype html>"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn to_html(&self) -> String {
        html::document(&self.scene, self.plan.as_ref())
    }
}
