//! Polygons joined into one shape, and whether a shape is simple.

use geo::algorithm::bool_ops::{BooleanOps, FillRule};
use geo::{Area, Intersects, Line, MultiPolygon, Polygon};

use crate::Region;

/// All that rings compass point around counter-clockwise.
///
/// `unary_union` takes the first ring's word for which way that is; of one that touches or crosses itself (the strip along
/// a sharp bend) its corner may say the other, and nothing is left.
pub(super) fn united(polygons: Vec<Polygon>) -> MultiPolygon {
    MultiPolygon(polygons).union_with_fill_rule(&MultiPolygon(Vec::new()), FillRule::Positive)
}

/// So many polygons are joined at once, by one way of joining after the other: the last is exact and takes minutes.
pub(super) const AT_ONCE: [usize; 3] = [24, 48, usize::MAX];

/// Joins many polygons, each counter-clockwise, into one shape.
///
/// Neighbours in the list first: of strips that overlap manifold little is left then. Between parts that were joined apart
/// cracks no wider than the grid may be left, and where one leads into a hole the operation (i_overlay 4.5) has lost the
/// hole: once in some thousand shapes. Two ways of joining part then.
pub(super) fn dissolve(polygons: &[Polygon], at_once: usize) -> MultiPolygon {
    // Cracks are a millionth of a shape at most.
    const SAME_PART: f64 = 1e-5;
    const OTHER_AT_ONCE: usize = 7;
    let shape = by_chunks(polygons.to_vec(), at_once);
    if polygons.len() <= at_once {
        return shape;
    }
    let area = shape.unsigned_area();
    let other = by_chunks(polygons.to_vec(), OTHER_AT_ONCE).unsigned_area();
    if (area - other).abs() <= SAME_PART * area { shape } else { united(polygons.to_vec()) }
}

fn by_chunks(mut polygons: Vec<Polygon>, at_once: usize) -> MultiPolygon {
    while polygons.len() > at_once {
        let joined: Vec<Polygon> =
            polygons.chunks(at_once).flat_map(|chunk| united(chunk.to_vec())).collect();
        if joined.len() * 2 > polygons.len() {
            // Most lie apart.
            polygons = joined;
            break;
        }
        polygons = joined;
    }
    united(polygons)
}

/// Returns `true` if no ring of a region meets itself but at the ends of neighbouring edges.
pub(super) fn is_simple(region: &Region) -> bool {
    region.polygons().iter().flatten().all(|ring| {
        let mut edges: Vec<Line> = ring.windows(2).map(|ends| Line::new(ends[0], ends[1])).collect();
        let west = |edge: &Line| edge.start.x.min(edge.end.x);
        edges.sort_by(|a, b| west(a).total_cmp(&west(b)));
        edges.iter().enumerate().all(|(i, edge)| {
            let east = edge.start.x.max(edge.end.x);
            let beside = edges[i + 1..].iter().take_while(|other| west(other) <= east);
            let are_neighbours = |other: &Line| edge.start == other.end || edge.end == other.start;
            beside.into_iter().all(|other| are_neighbours(other) || !edge.intersects(other))
        })
    })
}
