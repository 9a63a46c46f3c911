//! Shapes as the operators of a content stream.

use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name, Rect};
use resvg::tiny_skia::{self, PathSegment, Transform};
use resvg::usvg::{
    ClipPath, Color, Fill, FillRule, Group, Image, ImageKind, LineCap, LineJoin, Node, Opacity, Paint,
    PaintOrder, Path, Stroke,
};

use super::images::picture;
use super::objects::{Objects, name};
use super::plain::is_plain;
use crate::Error;

/// A stream that grows.
pub(super) struct Drawing<'o> {
    content: Content,
    objects: &'o mut Objects,
}

impl Drawing<'_> {
    /// The content of a page whose coordinates go through a matrix.
    pub fn page(root: &Group, matrix: [f32; 6], objects: &mut Objects) -> Result<Vec<u8>, Error> {
        let mut drawing = Drawing { content: Content::new(), objects };
        drawing.content.save_state().transform(matrix);
        drawing.group(root)?;
        drawing.content.restore_state();
        Ok(drawing.content.finish().to_vec())
    }

    /// A group: as a whole where all of it is translucent.
    pub fn group(&mut self, group: &Group) -> Result<(), Error> {
        self.content.save_state();
        if group.transform() != Transform::identity() {
            self.content.transform(matrix(group.transform()));
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip);
        }
        if group.opacity() == Opacity::ONE {
            for node in group.children() {
                self.node(node)?;
            }
        } else {
            let mut within = Drawing { content: Content::new(), objects: &mut *self.objects };
            for node in group.children() {
                within.node(node)?;
            }
            let content = within.content.finish().to_vec();
            let bounds = group.layer_bounding_box();
            let bounds = Rect::new(bounds.left(), bounds.top(), bounds.right(), bounds.bottom());
            let form = self.objects.form(&content, bounds)?;
            let opacity = group.opacity().get();
            self.opacity(opacity, opacity);
            self.content.x_object(Name(&name(form)));
        }
        self.content.restore_state();
        Ok(())
    }

    fn node(&mut self, node: &Node) -> Result<(), Error> {
        match node {
            Node::Group(group) => self.group(group),
            Node::Path(path) => {
                self.path(path);
                Ok(())
            }
            Node::Text(text) => self.group(text.flattened()),
            Node::Image(image) => self.image(node, image),
        }
    }

    fn opacity(&mut self, area: f32, line: f32) {
        let state = self.objects.opacity(area, line);
        self.content.set_parameters(Name(&name(state)));
    }

    /// All shapes of a clip path as one; what lies beyond any of the nested ones is cut.
    fn clip(&mut self, clip: &ClipPath) {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer);
        }
        let mut is_even_odd = false;
        let mut is_empty = true;
        for node in clip.root().children() {
            let Node::Path(path) = node else { continue };
            let Some(data) = path.data().clone().transform(clip.transform()) else { continue };
            is_even_odd |= path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
            is_empty = false;
            self.outline(&data, 3);
        }
        if is_empty {
            // Nothing is left of what is clipped by nothing.
            self.content.rect(0.0, 0.0, 0.0, 0.0);
        }
        match is_even_odd {
            true => self.content.clip_even_odd(),
            false => self.content.clip_nonzero(),
        };
        self.content.end_path();
    }

    fn path(&mut self, path: &Path) {
        if !path.is_visible() {
            return;
        }
        // To a thousandth of a point, whatever the units are.
        let (x, y) = path.abs_transform().get_scale();
        let scale = x.max(y).max(1e-6);
        let decimals = (2.5 + scale.log10()).ceil().clamp(1.0, 6.0) as i32;
        let opacity = [path.fill().map(Fill::opacity), path.stroke().map(Stroke::opacity)]
            .map(|opacity| opacity.map_or(1.0, Opacity::get));
        let is_translucent = opacity.iter().any(|part| *part < 1.0);
        if is_translucent {
            self.content.save_state();
            self.opacity(opacity[0], opacity[1]);
        }
        let order = match path.paint_order() {
            PaintOrder::FillAndStroke => [true, false],
            PaintOrder::StrokeAndFill => [false, true],
        };
        for is_fill in order {
            match (is_fill, path.fill(), path.stroke()) {
                (true, Some(fill), _) => self.fill(path.data(), fill, decimals),
                (false, _, Some(stroke)) => self.stroke(path.data(), stroke, decimals),
                _ => {}
            }
        }
        if is_translucent {
            self.content.restore_state();
        }
    }

    fn fill(&mut self, data: &tiny_skia::Path, fill: &Fill, decimals: i32) {
        let Some([r, g, b]) = colour(fill.paint()) else { return };
        self.content.set_fill_rgb(r, g, b);
        self.outline(data, decimals);
        match fill.rule() {
            FillRule::NonZero => self.content.fill_nonzero(),
            FillRule::EvenOdd => self.content.fill_even_odd(),
        };
    }

    fn stroke(&mut self, data: &tiny_skia::Path, stroke: &Stroke, decimals: i32) {
        let Some([r, g, b]) = colour(stroke.paint()) else { return };
        let cap = match stroke.linecap() {
            LineCap::Butt => LineCapStyle::ButtCap,
            LineCap::Round => LineCapStyle::RoundCap,
            LineCap::Square => LineCapStyle::ProjectingSquareCap,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => LineJoinStyle::MiterJoin,
            LineJoin::Round => LineJoinStyle::RoundJoin,
            LineJoin::Bevel => LineJoinStyle::BevelJoin,
        };
        self.content.set_stroke_rgb(r, g, b);
        self.content.set_line_width(stroke.width().get()).set_line_cap(cap).set_line_join(join);
        self.content.set_miter_limit(stroke.miterlimit().get());
        let dashes = stroke.dasharray().unwrap_or_default();
        self.content.set_dash_pattern(dashes.iter().copied(), stroke.dashoffset());
        self.outline(data, decimals);
        self.content.stroke();
    }

    fn outline(&mut self, data: &tiny_skia::Path, decimals: i32) {
        let unit = 10.0_f32.powi(decimals);
        let near = |value: f32| (value * unit).round() / unit;
        let mut last = [0.0_f32; 2];
        for segment in data.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    self.content.move_to(near(to.x), near(to.y));
                    last = [to.x, to.y];
                }
                PathSegment::LineTo(to) => {
                    self.content.line_to(near(to.x), near(to.y));
                    last = [to.x, to.y];
                }
                PathSegment::QuadTo(by, to) => {
                    // The same curve with the two points that PDF has.
                    let third = |end: f32, by: f32| end + 2.0 / 3.0 * (by - end);
                    let [x1, y1] = [third(last[0], by.x), third(last[1], by.y)].map(near);
                    let [x2, y2] = [third(to.x, by.x), third(to.y, by.y)].map(near);
                    self.content.cubic_to(x1, y1, x2, y2, near(to.x), near(to.y));
                    last = [to.x, to.y];
                }
                PathSegment::CubicTo(a, b, to) => {
                    self.content.cubic_to(near(a.x), near(a.y), near(b.x), near(b.y), near(to.x), near(to.y));
                    last = [to.x, to.y];
                }
                PathSegment::Close => {
                    self.content.close_path();
                }
            }
        }
    }

    /// A picture as shapes, where it is made of such.
    fn image(&mut self, node: &Node, image: &Image) -> Result<(), Error> {
        match image.kind() {
            ImageKind::SVG(tree) if image.is_visible() && is_plain(tree.root()) => self.group(tree.root()),
            _ => {
                if let Some(object) = picture(node, image, self.objects)? {
                    let [width, height] = [image.size().width(), image.size().height()];
                    self.content.save_state().transform([width, 0.0, 0.0, -height, 0.0, height]);
                    self.content.x_object(Name(&name(object))).restore_state();
                }
                Ok(())
            }
        }
    }
}

fn matrix(transform: Transform) -> [f32; 6] {
    [transform.sx, transform.ky, transform.kx, transform.sy, transform.tx, transform.ty]
}

fn colour(paint: &Paint) -> Option<[f32; 3]> {
    match paint {
        Paint::Color(Color { red, green, blue }) => {
            Some([*red, *green, *blue].map(|part| (f32::from(part) / 255.0 * 1e4).round() / 1e4))
        }
        _ => None,
    }
}
