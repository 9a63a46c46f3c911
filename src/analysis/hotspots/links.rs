//! Routes as a network of links: joined where they have a vertex in common, cut there, intervals that several
//! routes share counted once.

use std::collections::HashMap;

use crate::PatrolIndex;
use crate::geodesy::ecef::{Vec3, norm2, sub};

/// Vertices that are no farther apart are one.
const JOIN_M: f64 = 1e-3;

/// A line of the network between two nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub length_m: f64,
    /// The nodes at its start and at its end.
    pub nodes: [u32; 2],
}

/// One end of a link: 0 its start, 1 its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub link: u32,
    pub side: u8,
}

/// An interval of a route that lies on one link.
#[derive(Debug, Clone, Copy)]
pub(super) struct RouteSpan {
    pub from_m: f64,
    pub to_m: f64,
    pub link: u32,
    /// The distance along the link to where the interval begins.
    pub offset_m: f64,
    /// Whether route and link run the same way.
    pub forward: bool,
    /// False where it does not carry on the interval before it: at the start, and behind a gap.
    pub follows: bool,
    ends: [Vec3; 2],
}

impl RouteSpan {
    /// The distance along the link of a chainage within the interval.
    pub fn on_link_m(&self, chainage_m: f64) -> f64 {
        let along_m = chainage_m.clamp(self.from_m, self.to_m) - self.from_m;
        self.offset_m + if self.forward { along_m } else { -along_m }
    }

    /// The least and the greatest distance along the link.
    pub fn link_range_m(&self) -> (f64, f64) {
        let (a, b) = (self.on_link_m(self.from_m), self.on_link_m(self.to_m));
        (a.min(b), a.max(b))
    }
}

/// The network.
#[derive(Debug)]
pub(super) struct Links {
    pub links: Vec<Link>,
    /// The ends of links that meet at each node.
    pub nodes: Vec<Vec<End>>,
    /// The intervals of each route by chainage; none of a route without length.
    pub routes: Vec<Vec<RouteSpan>>,
}

/// An edge of a route between two vertices.
struct Segment {
    route: usize,
    from_m: f64,
    to_m: f64,
    nodes: [u32; 2],
    ends: [Vec3; 2],
    opens_part: bool,
}

/// What one or more routes run along between two vertices.
struct Element {
    nodes: [u32; 2],
    length_m: f64,
}

/// Where an element came to lie.
#[derive(Clone, Copy)]
struct OnLink {
    link: u32,
    offset_m: f64,
    forward: bool,
}

/// Gives vertices the numbers of nodes.
#[derive(Default)]
struct Joiner {
    cells: HashMap<[i64; 3], Vec<(u32, Vec3)>>,
    count: u32,
}

impl Joiner {
    fn fresh(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    /// The node within [`JOIN_M`], or a new one.
    fn node(&mut self, at: Vec3) -> u32 {
        let cell = at.map(|x| (x / JOIN_M).floor() as i64);
        let near = (0..27_i64).find_map(|i| {
            let about = [cell[0] + i % 3 - 1, cell[1] + i / 3 % 3 - 1, cell[2] + i / 9 - 1];
            let nodes = self.cells.get(&about)?;
            nodes.iter().find(|(_, other)| norm2(sub(*other, at)) <= JOIN_M * JOIN_M).map(|(node, _)| *node)
        });
        near.unwrap_or_else(|| {
            let node = self.fresh();
            self.cells.entry(cell).or_default().push((node, at));
            node
        })
    }
}

impl Links {
    /// The network of an area's routes; where they are not joined each part of each route is a line of its own.
    pub fn new(index: &PatrolIndex, joined: bool) -> Self {
        let mut joiner = Joiner::default();
        let segments = segments(index, &mut joiner, joined);
        // Elements: what several routes run along stands there once.
        let mut elements: Vec<Element> = Vec::new();
        let mut known: HashMap<[u32; 2], Vec<u32>> = HashMap::new();
        let mut element_of = Vec::with_capacity(segments.len());
        for segment in &segments {
            let length_m = segment.to_m - segment.from_m;
            let [a, b] = segment.nodes;
            let same = known.entry([a.min(b), a.max(b)]).or_default();
            let is_same = |&&e: &&u32| (elements[e as usize].length_m - length_m).abs() <= JOIN_M;
            let element = same.iter().find(is_same).copied().unwrap_or_else(|| {
                elements.push(Element { nodes: segment.nodes, length_m });
                same.push(elements.len() as u32 - 1);
                elements.len() as u32 - 1
            });
            element_of.push(element as usize);
        }
        let (links, on_link) = chains(&elements, joiner.count as usize);
        let mut nodes = vec![Vec::new(); joiner.count as usize];
        for (link, Link { nodes: ends, .. }) in (0..).zip(&links) {
            nodes[ends[0] as usize].push(End { link, side: 0 });
            nodes[ends[1] as usize].push(End { link, side: 1 });
        }
        let mut routes: Vec<Vec<RouteSpan>> = vec![Vec::new(); index.routes().len()];
        for (segment, &element) in segments.iter().zip(&element_of) {
            let OnLink { link, offset_m, forward } = on_link[element];
            let along = segment.nodes == elements[element].nodes;
            let length_m = elements[element].length_m;
            let span = RouteSpan {
                from_m: segment.from_m,
                to_m: segment.to_m,
                link,
                offset_m: if along == forward { offset_m } else { offset_m + length_m },
                forward: along == forward,
                follows: false,
                ends: segment.ends,
            };
            add_span(&mut routes[segment.route], span, segment.opens_part);
        }
        Links { links, nodes, routes }
    }

    /// The link and the distance along it of a place on a route; none on a route without length.
    pub fn place(&self, route: usize, chainage_m: f64, foot: Vec3) -> Option<(u32, f64)> {
        let spans = &self.routes[route];
        let after = spans.partition_point(|span| span.from_m <= chainage_m);
        let mut span = spans.get(after.max(1) - 1)?;
        // On the border of two parts the chainage is that of both their ends.
        if after > 1 && !span.follows && chainage_m - span.from_m <= 1e-6 {
            let before = &spans[after - 2];
            if norm2(sub(before.ends[1], foot)) < norm2(sub(span.ends[0], foot)) {
                span = before;
            }
        }
        let length_m = self.links[span.link as usize].length_m;
        Some((span.link, span.on_link_m(chainage_m).clamp(0.0, length_m)))
    }

    /// The length of all links in metres.
    pub fn length_m(&self) -> f64 {
        self.links.iter().map(|link| link.length_m).sum()
    }
}

/// The edges of all routes, without those that have no length.
fn segments(index: &PatrolIndex, joiner: &mut Joiner, joined: bool) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for route in 0..index.routes().len() {
        let pieces = index.network().route_pieces(route);
        let mut opens_part = false;
        for edge in pieces.chunk_by(|a, b| a.edge == b.edge && !b.opens_part()) {
            let (first, last) = (&edge[0], &edge[edge.len() - 1]);
            opens_part |= first.opens_part();
            let (from_m, to_m) = (first.chainage_m, last.chainage_m + last.curve.length_m());
            if to_m <= from_m {
                continue;
            }
            let ends = [first.curve.surface(0.0).ecef, last.curve.surface(1.0).ecef];
            let nodes = match segments.last() {
                _ if joined => [joiner.node(ends[0]), joiner.node(ends[1])],
                Some(before) if !opens_part => [before.nodes[1], joiner.fresh()],
                _ => [joiner.fresh(), joiner.fresh()],
            };
            // Shorter than what is one place.
            if nodes[0] == nodes[1] && to_m - from_m <= 2.0 * JOIN_M {
                continue;
            }
            segments.push(Segment { route, from_m, to_m, nodes, ends, opens_part });
            opens_part = false;
        }
    }
    segments
}

/// Elements in a row become one link: it ends where three or more meet, or nothing follows.
fn chains(elements: &[Element], node_count: usize) -> (Vec<Link>, Vec<OnLink>) {
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); node_count];
    for (i, element) in elements.iter().enumerate() {
        at[element.nodes[0] as usize].push(i);
        at[element.nodes[1] as usize].push(i);
    }
    let mut links = Vec::new();
    let mut on_link: Vec<Option<OnLink>> = vec![None; elements.len()];
    let mut follow = |start: u32, first: usize, on_link: &mut Vec<Option<OnLink>>| {
        let (mut node, mut element, mut offset_m) = (start, first, 0.0);
        loop {
            let Element { nodes: [a, b], length_m } = elements[element];
            let forward = a == node;
            on_link[element] = Some(OnLink { link: links.len() as u32, offset_m, forward });
            offset_m += length_m;
            node = if forward { b } else { a };
            let through = at[node as usize].len() == 2;
            match at[node as usize].iter().find(|&&next| on_link[next].is_none()) {
                Some(&next) if through => element = next,
                _ => break,
            }
        }
        links.push(Link { length_m: offset_m, nodes: [start, node] });
    };
    for node in (0..node_count).filter(|&node| at[node].len() != 2) {
        for &element in &at[node] {
            if on_link[element].is_none() {
                follow(node as u32, element, &mut on_link);
            }
        }
    }
    // What is left are rings on their own.
    for element in 0..elements.len() {
        if on_link[element].is_none() {
            follow(elements[element].nodes[0], element, &mut on_link);
        }
    }
    (links, on_link.into_iter().map(|place| place.expect("every element is on a link")).collect())
}

/// Adds an interval to those of its route, or carries on the last.
fn add_span(spans: &mut Vec<RouteSpan>, mut span: RouteSpan, opens_part: bool) {
    if let Some(last) = spans.last_mut() {
        let gap2 = norm2(sub(last.ends[1], span.ends[0]));
        span.follows = !opens_part || gap2 <= JOIN_M * JOIN_M;
        let here_m = last.on_link_m(last.to_m);
        if !opens_part
            && (last.link, last.forward) == (span.link, span.forward)
            && (here_m - span.offset_m).abs() <= 2.0 * JOIN_M
        {
            last.to_m = span.to_m;
            last.ends[1] = span.ends[1];
            return;
        }
    }
    spans.push(span);
}
