//! A page as one HTML file that refers to nothing outside itself.

use super::block::{Block, Page};
use super::words::{Arg, FSI, PDI, Words};
use crate::report::markup::escaped;

/// For the screen, light and dark, and for paper. No script runs, nothing is loaded.
const STYLE: &str = include_str!("bulletin.css");

/// Lists of more items show so many less two, and fold the rest.
const FOLDED_FROM: usize = 14;

/// The whole file.
pub(super) fn write(page: &Page, words: &Words) -> String {
    let language = words.language();
    let review =
        if page.notice.is_some() { "<meta name=\"translation\" content=\"not reviewed\">\n" } else { "" };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{review}<title>{}</title>\n\
         <style>{}</style>\n</head>\n<body>\n",
        language.tag(),
        language.direction(),
        without_marks(&escaped(&page.title)),
        STYLE.replace('\n', ""),
    );
    if let Some(notice) = &page.notice {
        out.push_str(&format!("<p class=\"notice\">{}</p>\n", marked(notice)));
    }
    let classification = match page.classification.is_empty() {
        true => String::new(),
        false => format!("<p class=\"class\">{}</p>\n", marked(&page.classification)),
    };
    out.push_str(&classification);
    out.push_str(&format!("<h1>{}</h1>\n", marked(&page.title)));
    if !page.head.is_empty() {
        out.push_str("<dl class=\"head\">");
        for [name, value] in &page.head {
            out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", marked(name), marked(value)));
        }
        out.push_str("</dl>\n");
    }
    page.lead.iter().for_each(|text| out.push_str(&format!("<p class=\"lead\">{}</p>\n", marked(text))));
    write_sections(&page.blocks, words, &mut out);
    out.push_str(&classification);
    out.push_str("</body>\n</html>\n");
    out
}

/// Each heading with what is under it; a table alone leaves room for another beside it.
fn write_sections(blocks: &[Block], words: &Words, out: &mut String) {
    for section in blocks.chunk_by(|_, next| !matches!(next, Block::Heading(_))) {
        let class = match section {
            [Block::Heading(_), Block::Table { .. }] => " class=\"one\"",
            _ => "",
        };
        out.push_str(&format!("<section{class}>\n"));
        write_blocks(section, words, out);
        out.push_str("</section>\n");
    }
}

fn write_blocks(blocks: &[Block], words: &Words, out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(text) => out.push_str(&format!("<h2>{}</h2>\n", marked(text))),
            Block::Subheading(text) => out.push_str(&format!("<h3>{}</h3>\n", marked(text))),
            Block::Paragraph(text) => out.push_str(&format!("<p>{}</p>\n", marked(text))),
            Block::List(items) => {
                let shown = if items.len() < FOLDED_FROM { items.len() } else { FOLDED_FROM - 2 };
                let (first, rest) = items.split_at(shown);
                push_list(first, out);
                if !rest.is_empty() {
                    let more = words.say("more", &[("n", Arg::Count(rest.len() as u64))]);
                    out.push_str(&format!("<details><summary>{}</summary>\n", marked(&more)));
                    push_list(rest, out);
                    out.push_str("</details>\n");
                }
            }
            Block::Table { head, rows, has_total } => push_table(head, rows, *has_total, out),
            Block::Picture { svg, is_map, .. } => {
                let class = if *is_map { " class=\"map\"" } else { "" };
                out.push_str(&format!("<figure{class}>{svg}</figure>\n"));
            }
            Block::Folded { summary, blocks } => {
                out.push_str(&format!("<details><summary>{}</summary>\n", marked(summary)));
                write_blocks(blocks, words, out);
                out.push_str("</details>\n");
            }
        }
    }
}

fn push_list(items: &[String], out: &mut String) {
    out.push_str("<ul>\n");
    items.iter().for_each(|item| out.push_str(&format!("<li>{}</li>\n", marked(item))));
    out.push_str("</ul>\n");
}

fn push_table(head: &[String], rows: &[Vec<String>], has_total: bool, out: &mut String) {
    let class = if has_total { " class=\"sum\"" } else { "" };
    out.push_str(&format!("<div class=\"wide\"><table{class}>\n<thead>"));
    push_row("th", " scope=\"col\"", head, out);
    out.push_str("</thead>\n<tbody>\n");
    rows.iter().for_each(|row| {
        push_row("td", "", row, out);
        out.push('\n');
    });
    out.push_str("</tbody>\n</table></div>\n");
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
