//! Pictures in a picture: a logo, and signs of fonts that are pictures.

use pdf_writer::{Filter, Ref};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Image, ImageKind, Node};

use super::super::logo::jpeg_frame;
use super::super::rendered::fault;
use super::objects::Objects;
use crate::Error;
use crate::io::zlib;

/// What is drawn in pixels has so many to a pixel of SVG: 600 to an inch.
const FINE: f32 = 6.25;
/// No more each way.
const MOST_PIXELS: f32 = 2_048.0;

/// Writes a picture as it is, where PDF has that, or in pixels; `None` for one that shows nothing.
pub(super) fn picture(node: &Node, image: &Image, objects: &mut Objects) -> Result<Option<Ref>, Error> {
    if !image.is_visible() {
        return Ok(None);
    }
    match image.kind() {
        ImageKind::JPEG(bytes) => match jpeg_frame(bytes) {
            Some(frame) if matches!(frame.parts, 1 | 3) && frame.bits == 8 => {
                objects.image(frame.size, frame.parts == 1, bytes, Filter::DctDecode, None).map(Some)
            }
            _ => in_pixels(node, image, objects),
        },
        ImageKind::PNG(bytes) => match Pixmap::decode_png(bytes) {
            Ok(pixels) => pixmap(pixels, objects).map(Some),
            // As the picture in pixels has it: without what can't be read.
            Err(_) => Ok(None),
        },
        _ => in_pixels(node, image, objects),
    }
}

/// Draws what PDF has no operators for.
fn in_pixels(node: &Node, image: &Image, objects: &mut Objects) -> Result<Option<Ref>, Error> {
    let [width, height] = [image.size().width(), image.size().height()];
    let (x, y) = image.abs_transform().get_scale();
    let scale = (FINE * x.max(y)).min(MOST_PIXELS / width.max(height));
    let [columns, rows] = [width, height].map(|side| (scale * side).round().max(1.0));
    let mut pixels = Pixmap::new(columns as u32, rows as u32).ok_or_else(|| fault("a logo"))?;
    // It is drawn in its own coordinates, and moved as if it was in those of the page.
    let Some(bounds) = node.abs_layer_bounding_box() else { return Ok(None) };
    let fine = Transform::from_scale(columns / width, rows / height).pre_translate(bounds.x(), bounds.y());
    if resvg::render_node(node, fine, &mut pixels.as_mut()).is_none() {
        return Ok(None);
    }
    pixmap(pixels, objects).map(Some)
}

/// Pixels with how they cover.
fn pixmap(pixels: Pixmap, objects: &mut Objects) -> Result<Ref, Error> {
    let size = [pixels.width(), pixels.height()];
    let (mut parts, mut cover) = (Vec::new(), Vec::new());
    for colour in pixels.pixels().iter().map(|pixel| pixel.demultiply()) {
        parts.extend([colour.red(), colour.green(), colour.blue()]);
        cover.push(colour.alpha());
    }
    let cover = cover.iter().any(|part| *part < 255).then_some(cover);
    objects.image(size, false, &zlib(&parts)?, Filter::FlateDecode, cover.as_deref())
}
