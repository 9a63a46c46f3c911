//! Which names a picture shows, and where.
//!
//! Names are placed by what matters: ids of incidents, posts, routes, corridors, towns, kilometre marks, angles of the graticule.
//! Symbols are free of all of them, and none is cut. Names would rather not lie on a line; those of corridors and kilometre marks never do.

use super::graticule::GridLine;
use super::item::Item;
use super::labels::along::Track;
use super::labels::placer::{Placer, Point, Quad};
use super::labels::{Kind, Label, Placed, beside, within};
use super::options::PostLabels;
use super::scene::Scene;

/// How far symbols reach from their middle, in pixels.
pub(super) const INCIDENT_HALF: f64 = 5.5;
pub(super) const POST_HALF: f64 = 6.0;
const TOWN_HALF: f64 = 2.0;
/// The counts of squares.
const COUNT_HALF: f64 = 8.0;

/// What it costs a name to lie on these.
const ON_ROUTE: f64 = 4.0;
const ON_CONNECTOR: f64 = 1.5;
const ON_TICK: f64 = 0.7;

/// More names of points than this get no leaders: they would be all that one sees.
const MOST_WITH_LEADERS: usize = 300;

/// A long route is named again after so many pixels.
const AGAIN: f64 = 420.0;

/// The margin between names and the frame.
const MARGIN: f64 = 1.5;

/// Symbols are larger by casualties.
fn incident_half(scene: &Scene, n: usize) -> f64 {
    INCIDENT_HALF * f64::from(scene.looks.each[n].scale)
}

/// All names of a picture, by what they name; `None` for what has no room.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub incidents: Vec<Option<Placed>>,
    pub posts: Vec<Option<Placed>>,
    pub routes: Vec<Placed>,
    pub corridors: Vec<Placed>,
    pub towns: Vec<Option<Placed>>,
    pub marks: Vec<Option<Placed>>,
    pub angles: Vec<Option<Placed>>,
}

/// What a post is called on the map: the whole of it if that is longer, and what is enough where it has no room.
pub(super) fn post_labels(item: &Item, labels: PostLabels) -> (Option<Label>, Option<Label>) {
    let label = |text: &str| Label::new(Kind::Post, text);
    match labels {
        PostLabels::Name if !item.name.is_empty() => (None, label(&item.name)),
        PostLabels::Id | PostLabels::Name => (None, label(&item.id)),
        PostLabels::Both => long_and_short(Kind::Post, item),
    }
}

/// Id and name, and the id alone.
pub(super) fn long_and_short(kind: Kind, item: &Item) -> (Option<Label>, Option<Label>) {
    let short = Label::new(kind, &item.id);
    match item.name.is_empty() || item.name == item.id {
        true => (None, short),
        false => (Label::new(kind, &format!("{} {}", item.id, item.name)), short),
    }
}

impl Names {
    /// The names of a scene's picture.
    pub fn of(scene: &Scene, grid: &[GridLine]) -> Self {
        let placer = Placer::new([MARGIN, MARGIN, scene.frame.width - MARGIN, scene.frame.height - MARGIN]);
        let mut placing = Placing { scene, placer, names: Names::default() };
        placing.symbols();
        placing.incidents();
        placing.posts();
        placing.routes();
        placing.corridors();
        placing.towns();
        placing.marks();
        placing.angles(grid);
        placing.names
    }
}

struct Placing<'s> {
    scene: &'s Scene,
    placer: Placer,
    names: Names,
}

impl Placing<'_> {
    /// What is drawn besides names.
    fn symbols(&mut self) {
        let scene = self.scene;
        for (_, at) in &scene.posts {
            self.placer.block(Quad::square(*at, POST_HALF));
        }
        for square in &scene.squares {
            self.placer.block(Quad::square(square.at, COUNT_HALF));
        }
        for (_, shape) in &scene.routes {
            for ends in lines(&shape.outline).iter().flat_map(|line| line.windows(2)) {
                self.placer.avoid(Quad::strip(ends[0], ends[1], 1.5), ON_ROUTE);
            }
        }
        for mark in &scene.marks {
            let tip = [0, 1].map(|axis| mark.at[axis] + 4.0 * mark.tick[axis]);
            self.placer.avoid(Quad::strip(mark.at, tip, 0.7), ON_TICK);
        }
        if scene.is_binned {
            return;
        }
        for &(n, at) in &scene.places {
            self.placer.block(Quad::square(at, incident_half(scene, n)));
        }
        let ways = scene.shapes.iter();
        let paths = ways.flat_map(|one| [one.to_post.as_ref(), one.to_route.as_ref().map(|(path, _)| path)]);
        for ends in paths.flatten().flat_map(|path| lines(path)) {
            for ends in ends.windows(2) {
                self.placer.avoid(Quad::strip(ends[0], ends[1], 0.8), ON_CONNECTOR);
            }
        }
    }

    /// A name at a point: the long one beside it, else the short one, else at the end of a leader.
    fn point(
        &mut self,
        (long, short): (Option<Label>, Option<Label>),
        at: Point,
        half: f64,
        has_leader: bool,
    ) -> Option<Placed> {
        let is_shown = self.scene.frame.is_inside(at);
        if !is_shown {
            return None;
        }
        // A long name does not lie on a line; there is a short one.
        let tries = [(long.as_ref(), ON_ROUTE - 0.1), (short.as_ref(), f64::INFINITY)];
        for (label, most) in tries.into_iter().filter_map(|(label, most)| Some((label?, most))) {
            let candidates = beside::candidates(at, label.text_box(), half);
            if let Some((_, place)) = self.placer.place(candidates, most) {
                return Some(Placed::new(label.clone(), &place.quad, None));
            }
        }
        let label = short.filter(|_| has_leader)?;
        let candidates = beside::far_candidates(at, label.text_box(), half);
        let (_, place) = self.placer.place(candidates, f64::INFINITY)?;
        Some(Placed::new(label, &place.quad, place.leader))
    }

    fn incidents(&mut self) {
        let scene = self.scene;
        if scene.is_binned {
            return;
        }
        let has_leaders = scene.places.len() <= MOST_WITH_LEADERS;
        for &(n, at) in &scene.places {
            let label = Label::new(Kind::Incident, &scene.incident_list()[n].id);
            let placed = self.point((None, label), at, incident_half(scene, n), has_leaders);
            self.names.incidents.push(placed);
        }
    }

    fn posts(&mut self) {
        let scene = self.scene;
        let has_leaders = scene.posts.len() <= MOST_WITH_LEADERS;
        for (item, at) in &scene.posts {
            let placed = self.point(post_labels(item, scene.post_labels), *at, POST_HALF, has_leaders);
            self.names.posts.push(placed);
        }
    }

    /// Id and name once on each route, and the id alone again and again on a long one.
    fn routes(&mut self) {
        let scene = self.scene;
        let frame = [0.0, 0.0, scene.frame.width, scene.frame.height];
        for (item, shape) in &scene.routes {
            let (long, short) = long_and_short(Kind::Route, item);
            let lines = lines(&shape.outline);
            let tracks: Vec<Track<'_>> = lines.iter().filter_map(|line| Track::new(line)).collect();
            let shown: Vec<(&Track<'_>, [f64; 2])> = tracks
                .iter()
                .flat_map(|track| track.parts_in(frame).into_iter().map(move |part| (track, part)))
                .collect();
            // The whole name may reach from one part into the next.
            let whole = long.filter(|_| short.is_some());
            let whole = whole
                .and_then(|label| shown.iter().find_map(|(track, part)| self.along(track, *part, &label)));
            let named_at = whole.as_ref().map(Placed::middle);
            self.names.routes.extend(whole);
            let Some(short) = short else { continue };
            for (track, [from, to]) in shown {
                let count = ((to - from) / AGAIN).round().max(1.0);
                let step = (to - from) / count;
                for n in 0..count as u32 {
                    let start = from + step * f64::from(n);
                    let middle = track.at(start + 0.5 * step);
                    let is_near = |at: Point| (at[0] - middle[0]).hypot(at[1] - middle[1]) < 0.6 * AGAIN;
                    if !named_at.is_some_and(is_near) {
                        let placed = self.along(track, [start, start + step], &short);
                        self.names.routes.extend(placed);
                    }
                }
            }
        }
    }

    fn along(&mut self, track: &Track<'_>, part: [f64; 2], label: &Label) -> Option<Placed> {
        let candidates = track.candidates(part, label.width, label.rise());
        let (_, place) = self.placer.place(candidates, ON_ROUTE - 0.1)?;
        Some(Placed::new(label.clone(), &place.quad, None))
    }

    fn corridors(&mut self) {
        let scene = self.scene;
        let frame = [0.0, 0.0, scene.frame.width, scene.frame.height];
        for (item, shape) in &scene.corridors {
            let Some(label) = Label::new(Kind::Corridor, &item.id) else { continue };
            let candidates = within::candidates(&lines(&shape.fill), frame, label.width, label.rise());
            if let Some((_, place)) = self.placer.place(candidates, ON_ROUTE - 0.1) {
                self.names.corridors.push(Placed::new(label, &place.quad, None));
            }
        }
    }

    /// Towns and other names of the background.
    fn towns(&mut self) {
        let scene = self.scene;
        for town in &scene.background.names {
            let placed = self.point((None, Label::new(Kind::Town, &town.text)), town.at, TOWN_HALF, false);
            self.names.towns.push(placed);
        }
    }

    /// Round numbers first, so that what is left out leaves an order.
    fn marks(&mut self) {
        let scene = self.scene;
        let mut order: Vec<usize> = (0..scene.marks.len()).collect();
        let roundness = |n: &usize| {
            let km: f64 = scene.marks[*n].label.parse().unwrap_or(0.0);
            let number = (1e3 * km / scene.marks_every_m).round() as i64;
            [10, 5, 2, 1].into_iter().position(|of| number % of == 0)
        };
        order.sort_by_key(roundness);
        self.names.marks = vec![None; order.len()];
        for n in order {
            let mark = &scene.marks[n];
            let Some(label) = Label::new(Kind::Mark, &mark.label) else { continue };
            let candidates = beside::mark_candidates(mark.at, label.text_box(), mark.tick);
            if let Some((_, place)) = self.placer.place(candidates, ON_ROUTE - 0.1) {
                self.names.marks[n] = Some(Placed::new(label, &place.quad, None));
            }
        }
    }

    fn angles(&mut self, grid: &[GridLine]) {
        for line in grid {
            let placed = line.at.and_then(|(at, _)| {
                let label = Label::new(Kind::Angle, &line.label)?;
                let candidate = beside::fixed_candidate(at, label.text_box());
                let (_, place) = self.placer.place([candidate], f64::INFINITY)?;
                Some(Placed::new(label, &place.quad, None))
            });
            self.names.angles.push(placed);
        }
    }
}

/// The lines of path data of absolute moves and lines; closed ones end where they begin.
fn lines(path: &str) -> Vec<Vec<Point>> {
    let mut found: Vec<Vec<Point>> = Vec::new();
    for part in path.split('M').filter(|part| !part.is_empty()) {
        let mut line: Vec<Point> = Vec::new();
        for pair in part.trim_end_matches('Z').split('L') {
            let mut numbers = pair.split(' ').filter_map(|text| text.parse().ok());
            if let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
                line.push([x, y]);
            }
        }
        if part.ends_with('Z') {
            line.extend(line.first().copied());
        }
        found.push(line);
    }
    found
}
