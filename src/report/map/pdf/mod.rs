//! The picture as one page of PDF (ISO 32000-1): lines, areas and the outlines of letters stay such.

mod drawing;
mod images;
mod objects;
mod plain;

use pdf_writer::{Finish, Name, Rect, TextStr};

use super::paper::Paper;
use super::rendered::tree;
use super::sheet::Plan;
use crate::Error;
use drawing::Drawing;
use objects::Objects;

/// A point of PDF, in millimetres.
const POINT_MM: f64 = 25.4 / 72.0;

/// The file of an SVG picture: of the size of the sheet; on A4 without one.
pub(super) fn document(svg: &str, title: &str, plan: Option<&Plan>) -> Result<Vec<u8>, Error> {
    let tree = tree(svg)?;
    let [width, height] = [tree.size().width(), tree.size().height()];
    let size_mm = plan.map(Plan::size_mm).unwrap_or_else(|| {
        let [short, long] = Paper::A4.sides_mm();
        if width > height { [long, short] } else { [short, long] }
    });
    let [page_width, page_height] = size_mm.map(|side| (side / POINT_MM) as f32);
    let mut objects = Objects::default();
    let [catalog, pages, page, info] = [(); 4].map(|()| objects.next());
    let content_id = objects.next();
    // From the upper left corner down, in the middle of what it does not fill.
    let scale = (page_width / width).min(page_height / height);
    let [left, top] = [page_width - scale * width, page_height - scale * height].map(|rest| 0.5 * rest);
    let matrix = [scale, 0.0, 0.0, -scale, left, page_height - top];
    let content = Drawing::page(tree.root(), matrix, &mut objects)?;
    objects.stream(content_id, &content)?;
    let (mut pdf, resources) = objects.finish();
    pdf.pages(pages).kids([page]).count(1);
    let mut leaf = pdf.page(page);
    leaf.parent(pages).media_box(Rect::new(0.0, 0.0, page_width, page_height)).contents(content_id);
    leaf.pair(Name(b"Resources"), resources);
    leaf.finish();
    let sheet = plan.map(Plan::sheet);
    let mut about = pdf.document_info(info);
    about.title(TextStr(title)).producer(TextStr(concat!("patrol-corridor ", env!("CARGO_PKG_VERSION"))));
    if let Some(author) = sheet.map(|sheet| &sheet.title_block.author).filter(|author| !author.is_empty()) {
        about.author(TextStr(author));
    }
    if let Some(classification) =
        sheet.map(|sheet| &sheet.title_block.classification).filter(|text| !text.is_empty())
    {
        about.keywords(TextStr(classification));
    }
    about.finish();
    let mut root = pdf.catalog(catalog);
    root.pages(pages).viewer_preferences().display_doc_title(true);
    root.finish();
    Ok(pdf.finish())
}
