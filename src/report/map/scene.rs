//! What is on a map, each thing with its path, its words and its fields.

use std::collections::HashMap;

use super::draw_background::Drawn;
use super::frame::{Frame, Room, Shape, add_positions};
use super::incidents::{KEPT_PROPERTIES, MapIncident, MapIncidents, Squares};
use super::item::{FieldText, Item};
use super::land::Land;
use super::looks::Looks;
use super::options::{MapOptions, MapSummary, PostLabels};
use super::projection::place_text;
use crate::analysis::{Caps, CoverageOptions, corridor_areas, coverage};
use crate::geodesy::direct;
use crate::incident::ReadOptions;
use crate::linear::{LinearElement, Referents};
use crate::number::{fixed, rounded};
use crate::{CorridorRegion, Edges, Error, IncidentGeometry, PatrolIndex, Position};

/// Positions are told to a metre.
pub(super) const POSITION_DECIMALS: usize = 5;

/// A kilometre mark: its place, the tip of its tick, its label.
#[derive(Debug, Clone)]
pub(super) struct MarkShape {
    pub at: [f64; 2],
    pub tick: [f64; 2],
    pub label: String,
}

/// What an incident has on the picture beside its symbols.
#[derive(Debug, Clone)]
pub(super) struct IncidentShape {
    /// What it covers, where it is not points.
    pub shape: Shape,
    /// The way to the nearest post.
    pub to_post: Option<String>,
    /// The way to the foot on the nearest route, and where that is.
    pub to_route: Option<(String, [f64; 2])>,
}

/// A square that counts incidents.
#[derive(Debug, Clone)]
pub(super) struct SquareShape {
    pub item: Item,
    pub shape: Shape,
    /// Those that lie in it, and those that lie in it or in one beside it.
    pub certain: u32,
    pub possible: u32,
    /// Its middle.
    pub at: [f64; 2],
}

/// All of it.
#[derive(Debug)]
pub(super) struct Scene {
    pub frame: Frame,
    /// `None` where it is not to be drawn.
    pub land: Option<Land>,
    pub title: String,
    pub corridors: Vec<(Item, Shape)>,
    pub routes: Vec<(Item, Shape)>,
    pub gaps: Vec<(Item, Shape)>,
    pub gaps_of: Option<String>,
    pub marks: Vec<MarkShape>,
    pub marks_every_m: f64,
    pub posts: Vec<(Item, [f64; 2])>,
    pub post_labels: PostLabels,
    /// `None` where there is no such layer.
    pub incidents: Option<MapIncidents>,
    /// Where symbols of incidents stand: the incident's place in the list, and the point.
    pub places: Vec<(usize, [f64; 2])>,
    /// What each incident has beside them; none where they are counted.
    pub shapes: Vec<IncidentShape>,
    pub background: Drawn,
    /// How each incident looks, and what that means.
    pub looks: Looks,
    /// Counts in squares that take the place of incidents, and the side of the squares.
    pub squares: Vec<SquareShape>,
    pub squares_of: Option<String>,
    /// The incidents are counted, not drawn.
    pub is_binned: bool,
    /// Only a few of their properties are kept.
    pub is_cut: bool,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// How the incidents were read: the zone of their times, and the file's own names.
    pub read: ReadOptions,
    /// For each corridor of the index its place among those drawn.
    pub corridor_places: Vec<Option<usize>>,
}

impl Scene {
    pub fn new(
        index: &PatrolIndex,
        regions: &[CorridorRegion],
        incidents: Option<MapIncidents>,
        options: &MapOptions,
        room: Option<Room>,
        threads: usize,
        summary: &mut MapSummary,
    ) -> Result<Self, Error> {
        let areas = corridor_areas(index, Caps::Round)?;
        let mut seen: Vec<Position> = index.posts().iter().map(|post| post.position).collect();
        seen.extend(index.routes().iter().flat_map(|route| route.parts().iter().flatten()));
        let shown = areas.iter().map(|corridor| &corridor.region).chain(regions.iter().map(|r| &r.region));
        seen.extend(shown.flat_map(|region| region.polygons().iter().flatten().flatten()));
        let (is_binned, is_cut) =
            incidents.as_ref().map_or((false, false), |all| (all.is_binned, all.is_cut));
        let near = || incidents.iter().flat_map(|all| &all.list).filter(|incident| !incident.is_far);
        near().for_each(|incident| add_positions(&incident.shape, &mut seen));
        let squares = incidents.as_ref().and_then(|all| all.squares.as_ref());
        let squares = squares.map(square_regions).transpose()?.unwrap_or_default();
        let corners = squares.iter().flat_map(|(_, _, region)| region.polygons().iter().flatten().flatten());
        seen.extend(corners);
        let before_incidents = seen.len();
        seen.extend(near().flat_map(|incident| &incident.positions));
        let (frame, plane) = Frame::around(&seen, room);
        let mut scene = Scene {
            frame,
            land: options.land.then(|| Land::of(&frame, frame.sides())),
            title: options.title.clone(),
            corridors: Vec::new(),
            routes: Vec::new(),
            gaps: Vec::new(),
            gaps_of: None,
            marks: Vec::new(),
            marks_every_m: options.marks_every_m.unwrap_or_else(|| usual_marks_m(&frame)),
            posts: Vec::new(),
            post_labels: options.post_labels,
            incidents: None,
            places: Vec::new(),
            shapes: Vec::new(),
            background: Drawn::new(&options.backgrounds, &frame),
            looks: Looks::new(incidents.as_ref().map_or(&[], |all| &all.list), index, options),
            squares: Vec::new(),
            squares_of: incidents.as_ref().and_then(|all| Some(all.squares.as_ref()?.grid.side_text())),
            is_binned,
            is_cut,
            notes: incidents.as_ref().map_or(Vec::new(), chosen),
            read: options.read.clone(),
            corridor_places: Vec::new(),
        };
        for corridor in &areas {
            let named = &index.corridors()[corridor.corridor];
            let ids: Vec<&str> = corridor.routes.iter().map(|&r| index.routes()[r].id.as_str()).collect();
            let mut fields = vec![("routes".to_owned(), ids.join(", "))];
            if let Some(half_m) = corridor.half_width_m {
                fields.push(("half width".to_owned(), format!("{half_m} m")));
            }
            fields.push(("area".to_owned(), format!("{} km\u{b2}", fixed(corridor.area_km2, 2))));
            scene.add_corridor(&named.name, fields, &corridor.region);
        }
        for region in regions {
            let km2 = region.region.area_km2(index.edges());
            let fields = vec![("area".to_owned(), format!("{} km\u{b2}", fixed(km2, 2)))];
            scene.add_corridor(&region.name, fields, &region.region);
        }
        let drawn = scene.corridors.iter().enumerate().rev().map(|(place, (item, _))| (&*item.id, place));
        let drawn: HashMap<&str, usize> = drawn.collect();
        scene.corridor_places =
            index.corridors().iter().map(|named| drawn.get(&*named.name).copied()).collect();
        scene.add_routes(index)?;
        scene.add_gaps(index, options, threads, summary)?;
        for post in index.posts() {
            let mut fields = vec![("position".to_owned(), place_text(post.position, POSITION_DECIMALS))];
            if let Some(radius_m) = post.watch_radius_m() {
                fields.push(("watch radius".to_owned(), format!("{radius_m} m")));
            }
            let name = post.name.clone().unwrap_or_default();
            scene
                .posts
                .push((Item { id: post.id.as_str().to_owned(), name, fields }, frame.px(post.position)));
        }
        for (item, [certain, possible], region) in squares {
            let shape = frame.region(&region);
            let mut corners = Vec::new();
            add_positions(&IncidentGeometry::Region(region), &mut corners);
            let at = frame.middle_px(&corners);
            scene.squares.push(SquareShape { item, shape, certain, possible, at });
        }
        scene.incidents = incidents;
        let mut near = plane[before_incidents..].iter();
        for (n, one) in scene.incidents.iter().flat_map(|all| &all.list).enumerate() {
            for &position in &one.positions {
                let on_plane = if one.is_far { None } else { near.next() };
                scene.places.push((n, on_plane.map_or_else(|| frame.px(position), |&at| frame.to_px(at))));
            }
        }
        // Thousands of ways and regions nobody sees need not be drawn.
        if !is_binned {
            scene.shapes =
                scene.incident_list().iter().map(|one| incident_shape(one, index, &frame)).collect();
        }
        scene.notes = scene.notes_of(summary);
        Ok(scene)
    }

    fn add_corridor(&mut self, name: &str, fields: Vec<FieldText>, region: &crate::Region) {
        let item = Item { id: name.to_owned(), name: String::new(), fields };
        self.corridors.push((item, self.frame.region(region)));
    }

    fn add_routes(&mut self, index: &PatrolIndex) -> Result<(), Error> {
        /// More marks than this hide the map.
        const MOST_MARKS: f64 = 20_000.0;
        let total_m: f64 = (0..index.routes().len()).map(|route| index.route_length_m(route)).sum();
        let with_marks = total_m / self.marks_every_m <= MOST_MARKS;
        for (i, route) in index.routes().iter().enumerate() {
            let length_m = index.route_length_m(i);
            let mut fields = vec![("length".to_owned(), format!("{} km", fixed(length_m / 1e3, 3)))];
            if let Some(corridor) = &route.corridor {
                fields.push(("corridor".to_owned(), corridor.clone()));
            }
            if let Some(half_m) = route.half_width_m() {
                fields.push(("half width".to_owned(), format!("{half_m} m")));
            }
            let item = Item {
                id: route.id.as_str().to_owned(),
                name: route.name.clone().unwrap_or_default(),
                fields,
            };
            let outline = self.frame.lines_path(route.parts(), index.edges());
            self.routes.push((item, Shape { fill: String::new(), outline }));
            if !with_marks {
                continue;
            }
            let line = LinearElement::new(route, index.edges())?;
            for (along_m, value_m) in Referents::of_route(route).multiples(self.marks_every_m, length_m) {
                let mark = line.mark_at(along_m);
                let at = self.frame.px(mark.position);
                let beside =
                    direct(mark.position, mark.azimuth_deg + 90.0, 2.0 * self.frame.metres_per_px).position;
                let [x, y] = self.frame.px(beside);
                let (dx, dy) = (x - at[0], y - at[1]);
                let length = dx.hypot(dy).max(1e-9);
                let label = format!("{}", rounded(value_m / 1e3, 6));
                self.marks.push(MarkShape { at, tick: [dx / length, dy / length], label });
            }
        }
        Ok(())
    }

    fn add_gaps(
        &mut self,
        index: &PatrolIndex,
        options: &MapOptions,
        threads: usize,
        summary: &mut MapSummary,
    ) -> Result<(), Error> {
        let Some(radius_m) = options.radius_m else { return Ok(()) };
        self.gaps_of = Some(format!("{} km", radius_m / 1e3));
        for found in coverage(index, &CoverageOptions { radius_m: Some(radius_m), threads })? {
            for gap in found.gaps() {
                let lines = index.route_interval(found.route, gap.from_m, gap.to_m);
                let id = format!(
                    "{} km {}\u{2013}{}",
                    index.routes()[found.route].id,
                    fixed(gap.from_m / 1e3, 1),
                    fixed(gap.to_m / 1e3, 1)
                );
                let fields = vec![("length".to_owned(), format!("{} km", fixed(gap.length_m() / 1e3, 3)))];
                let outline = self.frame.lines_path(&lines, index.edges());
                let item = Item { id, name: String::new(), fields };
                self.gaps.push((item, Shape { fill: String::new(), outline }));
                summary.gaps += 1;
            }
        }
        Ok(())
    }

    fn notes_of(&self, summary: &MapSummary) -> Vec<String> {
        let mut notes = self.notes.clone();
        notes.extend(left_out(summary));
        notes.push(self.frame.projection.description());
        notes.extend_from_slice(&self.background.notes);
        if self.is_binned {
            notes.push(format!(
                "{} incidents, counted in hexagons: regions, areas, lines and connectors are not drawn",
                self.incident_list().len()
            ));
        }
        if self.is_cut {
            let kept = KEPT_PROPERTIES.join(", ");
            notes.push(format!("The incidents' properties are more than 12 MB; this map has {kept} alone"));
        }
        if !self.marks.is_empty() {
            notes.push(format!("Marks along routes every {} km", self.marks_every_m / 1e3));
        }
        notes.extend(self.land.iter().flat_map(Land::notes));
        notes
    }

    /// The incidents, for the same scene in another frame.
    pub fn into_incidents(self) -> Option<MapIncidents> {
        self.incidents
    }

    /// The incidents, none where there is no such layer.
    pub fn incident_list(&self) -> &[MapIncident] {
        self.incidents.as_ref().map_or(&[], |all| &all.list)
    }
}

/// What was chosen of the incidents, and what squares make of them.
fn chosen(incidents: &MapIncidents) -> Vec<String> {
    let mut notes = incidents.chosen.clone();
    if let Some(squares) = &incidents.squares {
        let side = squares.grid.side_text();
        notes.push(format!(
            "Squares of {side} take the place of locations: where in its square an incident was is not in this file"
        ));
        for (count, what) in [
            (squares.of_several, "are counted as possible in each square that they may lie in"),
            (squares.too_wide, "may lie in so many squares that they are in none"),
        ] {
            if count > 0 {
                notes.push(format!("{count} incidents {what}"));
            }
        }
    }
    notes
}

/// The squares, each as what a reader sees of it, its incidents and its area.
fn square_regions(squares: &Squares) -> Result<Vec<(Item, [u32; 2], crate::Region)>, Error> {
    let one = |(square, count): (&_, &super::squares::Count)| {
        let counts = [count.certain.incidents, count.possible.incidents];
        Ok((squares.grid.item(*square, count), counts, squares.grid.region(*square)?))
    };
    squares.counts.iter().map(one).collect()
}

/// What the map leaves out, first of all.
fn left_out(summary: &MapSummary) -> Vec<String> {
    let mut notes = Vec::new();
    let doubtful = summary.not_chosen.doubtful;
    let mut note = |count: u64, what: &str| {
        if count > 0 {
            notes.push(format!("{what}: {count}"));
        }
    };
    // A map of a period has none of these.
    let is_of_period = summary.not_chosen.without_time > 0;
    let unreadable_time =
        summary.tally.times.filter(|_| !is_of_period).map_or(0, |times| times.unreadable_time);
    note(summary.tally.rejected, "Left out, incidents that can't be read");
    note(summary.tally.region_unknown, "Left out, incidents in an unknown region");
    note(
        summary.not_drawn_ids.len() as u64 - summary.tally.region_unknown,
        "Incidents without a place that can be drawn",
    );
    note(doubtful, "Incidents that may be of another time, by what is known of theirs");
    note(unreadable_time, "Incidents whose time can't be read (shown at all times)");
    note(summary.far_ids.len() as u64, "Incidents far outside this map");
    notes
}

/// Marks are 16 pixels apart or more.
fn usual_marks_m(frame: &Frame) -> f64 {
    let least_m = (16.0 * frame.metres_per_px).max(1_000.0);
    nice_above(least_m)
}

/// The least of 1, 2, 5, 10, 20, ... that is not less.
pub(super) fn nice_above(least: f64) -> f64 {
    let ten = 10.0_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|n| n * ten)
        .find(|n| *n >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * ten)
}

/// The greatest of 1, 2, 5, 10, 20, ... that is not more.
pub(super) fn nice_below(most: f64) -> f64 {
    let ten = 10.0_f64.powf(most.log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|n| n * ten).find(|n| *n <= most).unwrap_or(ten)
}

fn incident_shape(incident: &MapIncident, index: &PatrolIndex, frame: &Frame) -> IncidentShape {
    let way = |from: Position, to: Position| frame.lines_path(&[vec![from, to]], Edges::Geodesic);
    let to_post = incident.post.as_ref().map(|(hit, from)| way(*from, index.posts()[hit.post].position));
    let to_route = incident.route.as_ref().map(|(hit, from)| {
        let foot = hit.location.foot;
        (way(*from, foot), frame.px(foot))
    });
    IncidentShape { shape: frame.geometry(&incident.shape), to_post, to_route }
}
