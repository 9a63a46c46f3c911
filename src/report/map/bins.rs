//! Hexagons that count incidents, where there are too many to draw each.

/// From the middle of a hexagon to the middle of the next, in pixels.
pub(super) const PITCH_PX: f64 = 14.0;
/// The least count of each class but the first.
pub(super) const CLASSES: [u32; 5] = [1, 3, 10, 30, 100];

/// A hexagon's row and column.
type Cell = (i32, i32);

/// The counts of the points in hexagons; the page's script counts in the same way.
pub(super) fn counts(points: impl Iterator<Item = [f64; 2]>) -> Vec<(Cell, u32)> {
    let mut cells: Vec<Cell> = points.map(cell).collect();
    cells.sort_unstable();
    cells.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

/// Rows of hexagons that stand on a corner: of the two middles about a point the nearer.
fn cell([x, y]: [f64; 2]) -> Cell {
    let row_px = PITCH_PX * 0.75_f64.sqrt();
    let below = (y / row_px).floor() as i32;
    let candidates = [below, below + 1].map(|row| {
        let shift = if row.rem_euclid(2) == 1 { 0.5 } else { 0.0 };
        let column = (x / PITCH_PX - shift).round() as i32;
        let [mx, my] = middle((row, column));
        ((x - mx).powi(2) + (y - my).powi(2), (row, column))
    });
    if candidates[1].0 < candidates[0].0 { candidates[1].1 } else { candidates[0].1 }
}

/// The middle of a hexagon.
pub(super) fn middle((row, column): Cell) -> [f64; 2] {
    let shift = if row.rem_euclid(2) == 1 { 0.5 } else { 0.0 };
    [(f64::from(column) + shift) * PITCH_PX, f64::from(row) * PITCH_PX * 0.75_f64.sqrt()]
}

/// The class of a count, from 0.
pub(super) fn class(count: u32) -> usize {
    CLASSES.partition_point(|&least| least <= count).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cell of a point is the one whose middle is the nearest of all around it.
    #[test]
    fn points_go_to_the_nearest_middle() {
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..2_000 {
            let at = [200.0 * (rng.f64() - 0.5), 200.0 * (rng.f64() - 0.5)];
            let distance = |[x, y]: [f64; 2]| (x - at[0]).hypot(y - at[1]);
            let all = (-12..=12).flat_map(|row| (-12..=12).map(move |column| middle((row, column))));
            let nearest = all.map(distance).fold(f64::INFINITY, f64::min);
            assert!((distance(middle(cell(at))) - nearest).abs() < 1e-9, "{at:?}");
        }
        assert_eq!([1, 2, 3, 9, 10, 99, 100, 5_000].map(class), [0, 0, 1, 1, 2, 3, 4, 4]);
    }
}
