//! A page as one HTML file that refers to nothing outside itself.

use super::block::Block;
use super::page::Page;
use super::words::{FSI, Language, PDI};
use crate::report::markup::escaped;

/// For the screen, light and dark, and for paper. No script runs, nothing is loaded.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.55 system-ui,'Noto Naskh Arabic','Vazirmatn',Tahoma,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
h1{font-size:1.6rem;margin:0 0 1rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}\
p.lead{font-size:1.1rem}\
table{border-collapse:collapse;margin:.4rem 0}\
th,td{border-bottom:1px solid #8888;padding:.2rem .7rem;text-align:start}\
th+th,td+td{text-align:end;overflow-wrap:normal;font-variant-numeric:tabular-nums}\
tr:last-child td{border-bottom:0}li{margin:.25rem 0}\
@media print{body{font-size:11pt;margin:0;max-width:none}h2{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}}";

/// The whole file.
pub(super) fn write(page: &Page, language: Language) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        language.tag(),
        language.direction(),
        without_marks(&escaped(&page.title)),
        marked(&page.title)
    );
    let mut class = " class=\"lead\"";
    for block in &page.blocks {
        match block {
            Block::Heading(text) => out.push_str(&format!("<h2>{}</h2>\n", marked(text))),
            Block::Paragraph(text) => {
                out.push_str(&format!("<p{}>{}</p>\n", std::mem::take(&mut class), marked(text)));
            }
            Block::List(items) => {
                out.push_str("<ul>\n");
                items.iter().for_each(|item| out.push_str(&format!("<li>{}</li>\n", marked(item))));
                out.push_str("</ul>\n");
            }
            Block::Table { head, rows } => {
                out.push_str("<table>\n<thead>");
                push_row("th", " scope=\"col\"", head, &mut out);
                out.push_str("</thead>\n<tbody>\n");
                rows.iter().for_each(|row| {
                    push_row("td", "", row, &mut out);
                    out.push('\n');
                });
                out.push_str("</tbody>\n</table>\n");
            }
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn push_row(tag: &str, more: &str, cells: &[String], out: &mut String) {
    out.push_str("<tr>");
    cells.iter().for_each(|cell| out.push_str(&format!("<{tag}{more}>{}</{tag}>", marked(cell))));
    out.push_str("</tr>");
}

/// Isolates become elements; they stand in pairs, for names have none of their own.
fn marked(text: &str) -> String {
    escaped(text).replace(FSI, "<bdi>").replace(PDI, "</bdi>")
}

fn without_marks(text: &str) -> String {
    text.replace([FSI, PDI], "")
}
