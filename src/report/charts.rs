//! Charts as SVG: bars, a calendar of days, and what lies along a route.
//!
//! Each has its words from outside, among them a text alternative. Right to left, what comes first is on the right.

use crate::report::markup::escaped;

/// Okabe and Ito's blue and vermilion, which colour-blind people can tell apart, on light and on dark.
const BAR: &str = "#3d8fc9";
const PART: &str = "#9cc7e4";
const INCIDENT: &str = "#d55e00";
const GAP: &str = "#e69f00";
const LINE: &str = "#808080";
const FAMILIES: &str = "system-ui,'Noto Sans','Noto Naskh Arabic','DejaVu Sans',sans-serif";
/// The width of all charts, in their own units.
const WIDTH: f64 = 640.0;

/// How a chart is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'t> {
    /// What it shows, in words.
    pub alternative: &'t str,
    pub right_to_left: bool,
}

impl Look<'_> {
    fn x(&self, x: f64) -> f64 {
        if self.right_to_left { WIDTH - x } else { x }
    }

    /// The left edge of what begins at `x` and is so wide.
    fn left(&self, x: f64, width: f64) -> f64 {
        if self.right_to_left { WIDTH - x - width } else { x }
    }

    /// A text at a place. Its anchor is of the picture, which is left to right; a mark makes its words run as the language does,
    /// in programs that know no other way, too.
    fn text(&self, [x, y]: [f64; 2], anchor: &str, text: &str) -> String {
        let mark = if self.right_to_left { "\u{200F}" } else { "" };
        let [x, y] = [x, y].map(px);
        format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{mark}{}</text>", escaped(text))
    }

    fn document(&self, height: f64, content: &str) -> String {
        let alternative = escaped(self.alternative);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{alternative}\" \
             font-family=\"{FAMILIES}\" font-size=\"11\" direction=\"ltr\" fill=\"currentColor\"><title>{alternative}</title>{content}</svg>"
        )
    }
}

/// Up to two decimals.
fn px(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rect([x, y]: [f64; 2], [width, height]: [f64; 2], fill: &str) -> String {
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
        px(x),
        px(y),
        px(width),
        px(height)
    )
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    /// Below it; empty for none.
    pub label: String,
    pub value: u64,
    /// Above it, the value in words.
    pub shown: String,
    /// Of a time that is not whole: lighter.
    pub is_part: bool,
}

/// Bars side by side, their lengths in proportion to their values.
pub(super) fn bars(bars: &[Bar], look: Look<'_>) -> String {
    const HEIGHT: f64 = 120.0;
    let [top, foot] = [16.0, 18.0];
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1) as f64;
    let pitch = WIDTH / bars.len().max(1) as f64;
    let width = (0.72 * pitch).min(44.0);
    let base = HEIGHT - foot;
    let mut out = String::new();
    for (n, bar) in bars.iter().enumerate() {
        let middle = look.x((n as f64 + 0.5) * pitch);
        let height = (base - top) * bar.value as f64 / most;
        if bar.value > 0 {
            let fill = if bar.is_part { PART } else { BAR };
            out.push_str(&rect([middle - width / 2.0, base - height], [width, height], fill));
            if pitch >= 14.0 {
                out.push_str(&look.text([middle, base - height - 4.0], "middle", &bar.shown));
            }
        }
        if !bar.label.is_empty() {
            out.push_str(&look.text([middle, HEIGHT - 5.0], "middle", &bar.label));
        }
    }
    out.push_str(&format!("<path d=\"M0 {base}H{WIDTH}\" stroke=\"{LINE}\" fill=\"none\"/>"));
    look.document(HEIGHT, &out)
}

/// A day of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Its column among the days of a week, from 0, and its row of weeks.
    pub column: usize,
    pub row: usize,
    /// The day of the month.
    pub label: String,
    pub value: u64,
    pub shown: String,
}

/// Days as cells under their days of the week, darker with more.
pub(super) fn calendar(weekdays: &[String; 7], cells: &[Cell], look: Look<'_>) -> String {
    let [pitch, row, head] = [WIDTH / 7.0, 34.0, 18.0];
    let most = cells.iter().map(|cell| cell.value).max().unwrap_or(0).max(1) as f64;
    let rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
    let mut out = String::new();
    for (n, weekday) in weekdays.iter().enumerate() {
        out.push_str(&look.text([look.x((n as f64 + 0.5) * pitch), 12.0], "middle", weekday));
    }
    for cell in cells {
        let left = look.left(cell.column as f64 * pitch + 1.0, pitch - 2.0);
        let top = head + cell.row as f64 * row;
        let share = cell.value as f64 / most;
        let opacity = if cell.value == 0 { 0.0 } else { 0.15 + 0.75 * share };
        out.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"{INCIDENT}\" fill-opacity=\"{}\" stroke=\"{LINE}\" \
             stroke-opacity=\".5\"/>",
            px(left),
            px(top),
            px(pitch - 2.0),
            px(row - 2.0),
            px(opacity)
        ));
        // The day at its beginning, the count at its end.
        let [start, end] = [8.0, pitch - 10.0].map(|x| look.x(cell.column as f64 * pitch + x));
        let [first, last] = if look.right_to_left { ["end", "start"] } else { ["start", "end"] };
        out.push_str(&format!(
            "<g fill-opacity=\".7\">{}</g>",
            look.text([start, top + 20.0], first, &cell.label)
        ));
        if cell.value > 0 {
            let count = look.text([end, top + 21.0], last, &cell.shown);
            out.push_str(&format!("<g font-size=\"14\" font-weight=\"bold\">{count}</g>"));
        }
    }
    look.document(head + row * rows as f64 + 2.0, &out)
}

/// What lies at a chainage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub chainage_m: f64,
    pub label: String,
    /// On the left of the route, seen along it: above the line.
    pub is_left: bool,
}

/// A route along its kilometres.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Along {
    pub length_m: f64,
    pub posts: Vec<Mark>,
    pub gaps: Vec<[f64; 2]>,
    pub incidents: Vec<Mark>,
    /// Chainages in metres, each with its label.
    pub ticks: Vec<(f64, String)>,
}

/// The strip of a route: incidents above and below it by their side, posts and kilometres under it.
pub(super) fn strip(along: &Along, look: Look<'_>) -> String {
    let [height, line_y, edge] = [104.0, 40.0, 24.0];
    let scale = (WIDTH - 2.0 * edge) / along.length_m.max(1.0);
    let x = |chainage_m: f64| look.x(edge + chainage_m.clamp(0.0, along.length_m) * scale);
    let mut out = String::new();
    let (first, last) = (x(0.0), x(along.length_m));
    out.push_str(&format!(
        "<path d=\"M{} {line_y}H{}\" stroke=\"{BAR}\" stroke-width=\"4\" fill=\"none\"/>",
        px(first),
        px(last)
    ));
    for [from, to] in &along.gaps {
        out.push_str(&format!(
            "<path d=\"M{} {line_y}H{}\" stroke=\"{GAP}\" stroke-width=\"8\" fill=\"none\"/>",
            px(x(*from)),
            px(x(*to))
        ));
    }
    for (chainage_m, label) in &along.ticks {
        let at = x(*chainage_m);
        out.push_str(&format!("<path d=\"M{} 62v5\" stroke=\"{LINE}\" fill=\"none\"/>", px(at)));
        out.push_str(&look.text([at, 78.0], "middle", label));
    }
    for post in &along.posts {
        let at = px(x(post.chainage_m));
        out.push_str(&format!("<path d=\"M{at} 48l5 9h-10z\"/>"));
    }
    // Names that would lie on one another are left out: the list has them.
    let mut taken = f64::NEG_INFINITY;
    let mut posts: Vec<&Mark> = along.posts.iter().collect();
    posts.sort_by(|a, b| x(a.chainage_m).total_cmp(&x(b.chainage_m)));
    for post in posts {
        let (at, half) = (x(post.chainage_m), 3.2 * post.label.chars().count() as f64);
        if at - half > taken + 4.0 && at + half < WIDTH {
            out.push_str(&look.text([at, 96.0], "middle", &post.label));
            taken = at + half;
        }
    }
    for incident in &along.incidents {
        let (at, y) =
            (px(x(incident.chainage_m)), if incident.is_left { line_y - 14.0 } else { line_y + 14.0 });
        out.push_str(&format!(
            "<circle cx=\"{at}\" cy=\"{}\" r=\"4.5\" fill=\"{INCIDENT}\" fill-opacity=\".75\" stroke=\"#fff\" stroke-width=\".8\"/>",
            px(y)
        ));
    }
    look.document(height, &out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(right_to_left: bool) -> Look<'static> {
        Look { alternative: "by <hour>", right_to_left }
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let bar =
            |value: u64| Bar { label: value.to_string(), value, shown: value.to_string(), is_part: false };
        let svg = bars(&[bar(4), bar(0), bar(2)], look(false));
        let heights: Vec<f64> = svg
            .split(" height=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(heights, [86.0, 43.0]);
        assert!(svg.contains("aria-label=\"by &lt;hour&gt;\""));
        // The first is on the right.
        let first = |svg: &str| {
            svg.split("<rect x=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap()
        };
        assert!(first(&svg) < 320.0 && first(&bars(&[bar(4), bar(0), bar(2)], look(true))) > 320.0);
    }

    #[test]
    fn strips_have_marks_where_they_are() {
        let mark = |chainage_m| Mark { chainage_m, label: "OP-1".to_owned(), is_left: true };
        let along = Along {
            length_m: 10_000.0,
            posts: vec![mark(5_000.0)],
            gaps: vec![[0.0, 1_000.0]],
            incidents: vec![mark(10_000.0)],
            ticks: vec![(0.0, "0".to_owned())],
        };
        let svg = strip(&along, look(false));
        assert!(
            svg.contains("M320 48l5 9h-10z") && svg.contains("cx=\"616\"") && svg.contains("M24 40H83.2"),
            "{svg}"
        );
    }
}
