//! SVG as shapes with the fonts of the system, for what draws it.

use resvg::usvg::{Options, Tree};

use crate::Error;

/// Reads an SVG file, its letters as outlines.
pub(super) fn tree(svg: &str) -> Result<Tree, Error> {
    let mut options = Options::default();
    // A map has all that it shows in itself: no file is read for it.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options.fontdb_mut().load_system_fonts();
    if options.fontdb.is_empty() {
        return Err(Error::argument(
            "no font on this system, expected one for the letters of a PNG or PDF: install one (fonts-dejavu, \
             fonts-noto), or write .svg or .html",
        ));
    }
    // What a family stands for differs from system to system; the first sans serif that is there will do.
    let families: Vec<String> =
        options.fontdb.faces().flat_map(|face| face.families.iter().map(|family| family.0.clone())).collect();
    let has = |name: &&&str| families.iter().any(|family| family == **name);
    const KNOWN: [&str; 6] =
        ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica", "Segoe UI"];
    let family = KNOWN.iter().find(has).map_or(families.first().cloned(), |name| Some((*name).to_owned()));
    if let Some(family) = family {
        options.fontdb_mut().set_sans_serif_family(family.clone());
        options.font_family = family;
    }
    Tree::from_str(svg, &options).map_err(|e| fault(&e.to_string()))
}

/// A picture that the drawing library does not take.
pub(super) fn fault(what: &str) -> Error {
    Error::input(format!("a picture that can't be drawn: {what}"))
}
