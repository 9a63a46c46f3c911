//! Lines without the points that nobody sees.

/// A line without the points that are nearer than this to the line that the others make, in pixels. The first and
/// the last point stay.
pub(super) fn thinned(points: &[[f64; 2]], tolerance_px: f64) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
    let mut from = 0;
    for to in 2..points.len() {
        let ends = [points[from], points[to]];
        let far = |&at: &[f64; 2]| edge_distance2(ends, at) > tolerance_px * tolerance_px;
        // Long runs are cut so that this stays fast.
        if to - from > 64 || points[from + 1..to].iter().any(far) {
            from = to - 1;
            kept.push(points[from]);
        }
    }
    if points.len() > 1 {
        kept.extend(points.last());
    }
    kept
}

/// The square of how far a place is from an edge.
pub(super) fn edge_distance2([a, b]: [[f64; 2]; 2], at: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let to = [at[0] - a[0], at[1] - a[1]];
    let length2 = along[0] * along[0] + along[1] * along[1];
    let u =
        if length2 > 0.0 { ((to[0] * along[0] + to[1] * along[1]) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let [dx, dy] = [to[0] - u * along[0], to[1] - u * along[1]];
    dx * dx + dy * dy
}
