//! The scale of a map on paper: the fraction, the bar, and where north is.

use super::super::frame::px_text;
use super::super::labels::text_width;
use super::super::scene::{Scene, nice_below};
use super::column::{Look, Piece};
use crate::number::fixed;

/// The fraction of a map: its denominator, and whether that is exact.
fn denominator(scene: &Scene, unit_m: f64) -> (f64, bool) {
    let exact = scene.frame.metres_per_px / unit_m;
    let three = 10.0_f64.powf(exact.log10().floor() - 2.0);
    let rounded = (exact / three).round() * three;
    let is_exact = (rounded / exact - 1.0).abs() < 1e-6;
    (rounded, is_exact)
}

/// `1:250,000`; `about` before it where it is rounded.
pub(super) fn fraction(scene: &Scene, unit_m: f64) -> String {
    let (denominator, is_exact) = denominator(scene, unit_m);
    // 12.5 of a very small map has its decimals.
    let digits = fixed(denominator, usize::from(denominator.fract() > 0.01));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{}1:{text}{rest}", if is_exact { "" } else { "about " })
}

/// All of it, as high as it needs.
pub(super) fn scale(scene: &Scene, unit_m: f64, width: f64, size: f64) -> Piece {
    let arrow_x = width - 16.0 * size;
    let bar = bar(scene.frame.metres_per_px, arrow_x - 50.0 * size, size);
    let svg = format!(
        "{}{}<g transform=\"translate(0 {})\">{bar}</g><g transform=\"translate({} {}) scale({})\"><title>North at the centre</title>\
         <path class=\"sf\" d=\"M0 0L-6 14L0 10Z\"/><path class=\"sl\" d=\"M0 0L6 14L0 10ZM0 10V34\"/></g>{}",
        Look::bold(15.0 * size).line(&fraction(scene, unit_m), [0.0, 14.0 * size], ""),
        Look::mute(9.5 * size).line(scene.frame.projection.where_true(), [0.0, 28.0 * size], ""),
        px_text(48.0 * size),
        px_text(arrow_x),
        px_text(14.0 * size),
        px_text(size),
        Look::bold(11.0 * size).line("N", [arrow_x, 11.0 * size], "middle"),
    );
    Piece { height: 60.0 * size, svg }
}

/// The bar in parts of alternate colours, with numbers above them.
fn bar(metres_per_px: f64, most_px: f64, size: f64) -> String {
    let length_m = nice_below(most_px * metres_per_px);
    let first = (length_m / 10.0_f64.powf(length_m.log10().floor())).round();
    let parts: u8 = if first == 2.0 { 4 } else { 5 };
    let (unit, per_unit) = if length_m >= 1e3 { ("km", 1e3) } else { ("m", 1.0) };
    let look = Look::ink(9.5 * size);
    let at = |part: u8| f64::from(part) / f64::from(parts) * length_m / metres_per_px;
    let number = |part: u8| {
        let value = f64::from(part) / f64::from(parts) * length_m / per_unit;
        format!("{}", (value * 1e3).round() / 1e3)
    };
    let (thick, mut out) = (px_text(5.0 * size), String::new());
    for part in 0..parts {
        let class = if part % 2 == 0 { "sf" } else { "se" };
        out.push_str(&format!(
            "<path class=\"{class}\" d=\"M{} 0H{}V{thick}H{}Z\"/>",
            px_text(at(part)),
            px_text(at(part + 1)),
            px_text(at(part))
        ));
    }
    out.push_str(&format!("<path id=\"bar\" class=\"sl\" d=\"M0 0H{}V{thick}H0Z\"/>", px_text(at(parts))));
    let end = at(parts);
    let last = number(parts);
    // The first number begins where the bar does, the last one ends beyond it by its unit.
    let last_from = end - 0.5 * text_width(&last, look.size);
    let mut taken = 0.0;
    for part in 0..parts {
        let (text, half) = (number(part), 0.5 * text_width(&number(part), look.size));
        let from = if part == 0 { 0.0 } else { at(part) - half };
        if part == 0 || (from > taken + 4.0 * size && from + 2.0 * half < last_from - 4.0 * size) {
            out.push_str(&look.line(&text, [from, -4.0 * size], ""));
            taken = from + 2.0 * half;
        }
    }
    let label = format!("{last} {unit}");
    let from = last_from.max(taken + 4.0 * size);
    out.push_str(&look.line(&label, [from, -4.0 * size], ""));
    out
}
