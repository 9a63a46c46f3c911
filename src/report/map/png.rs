//! The picture in pixels.

use resvg::tiny_skia::{Pixmap, Transform};

use super::rendered::{fault, tree};
use crate::Error;

/// Pixels to a unit of a picture that is for no paper.
const SCALE: f32 = 2.0;
/// What a pixel of SVG is of an inch.
const PER_INCH: f32 = 96.0;

/// Draws an SVG file with the fonts of the system, at dots per inch where that was said.
pub(super) fn picture(svg: &str, dpi: Option<u16>) -> Result<Vec<u8>, Error> {
    let tree = tree(svg)?;
    let scale = dpi.map_or(SCALE, |dpi| f32::from(dpi) / PER_INCH);
    // Of paper the nearest pixel, so that the picture is not larger; otherwise none is cut.
    let whole = |side: f32| if dpi.is_some() { side.round() } else { side.ceil() };
    let [width, height] = [tree.size().width(), tree.size().height()].map(|side| whole(scale * side) as u32);
    let mut pixels =
        Pixmap::new(width, height).ok_or_else(|| fault(&format!("{width} by {height} pixels")))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fault(&e.to_string()))
}
