//! The picture in pixels.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::Error;

/// Pixels to a unit.
const SCALE: f32 = 2.0;

/// Draws an SVG file with the fonts of the system.
pub(super) fn picture(svg: &str) -> Result<Vec<u8>, Error> {
    let mut options = Options::default();
    options.fontdb_mut().load_system_fonts();
    if options.fontdb.is_empty() {
        return Err(Error::argument(
            "no font on this system, expected one for the letters of a PNG: install one (fonts-dejavu, fonts-noto), \
             or write .svg or .html",
        ));
    }
    // What a family stands for differs from system to system; the first sans serif that is there will do.
    let families: Vec<String> =
        options.fontdb.faces().flat_map(|face| face.families.iter().map(|family| family.0.clone())).collect();
    let has = |name: &&&str| families.iter().any(|family| family == **name);
    const KNOWN: [&str; 7] =
        ["DejaVu Sans", "Verdana", "Noto Sans", "Liberation Sans", "Arial", "Helvetica", "Segoe UI"];
    let family = KNOWN.iter().find(has).map_or(families.first().cloned(), |name| Some((*name).to_owned()));
    if let Some(family) = family {
        options.fontdb_mut().set_sans_serif_family(family.clone());
        options.font_family = family;
    }
    let fault = |what: String| Error::input(format!("a picture that can't be drawn: {what}"));
    let tree = Tree::from_str(svg, &options).map_err(|e| fault(e.to_string()))?;
    let [width, height] =
        [tree.size().width(), tree.size().height()].map(|side| (SCALE * side).ceil() as u32);
    let mut pixels =
        Pixmap::new(width, height).ok_or_else(|| fault(format!("{width} by {height} pixels")))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fault(e.to_string()))
}
