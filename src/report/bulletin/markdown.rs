//! A page as Markdown: CommonMark with tables.

use super::block::{Block, Page};

/// The whole text. A list shows all of its items, and what a page folds is open.
pub(super) fn write(page: &Page) -> String {
    let mut out = String::new();
    if let Some(notice) = &page.notice {
        out.push_str(&format!("{}\n\n", escaped(notice)));
    }
    let classification = match page.classification.is_empty() {
        true => String::new(),
        false => format!("**{}**\n", escaped(&page.classification)),
    };
    if !classification.is_empty() {
        out.push_str(&format!("{classification}\n"));
    }
    out.push_str(&format!("# {}\n", escaped(&page.title)));
    if !page.head.is_empty() {
        out.push('\n');
        page.head
            .iter()
            .for_each(|[name, value]| out.push_str(&format!("- {}: {}\n", escaped(name), escaped(value))));
    }
    page.lead.iter().for_each(|text| out.push_str(&format!("\n{}\n", escaped(text))));
    write_blocks(&page.blocks, &mut out);
    if !classification.is_empty() {
        out.push_str(&format!("\n{classification}"));
    }
    out
}

fn write_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(text) => out.push_str(&format!("\n## {}\n", escaped(text))),
            Block::Subheading(text) => out.push_str(&format!("\n### {}\n", escaped(text))),
            Block::Paragraph(text) => out.push_str(&format!("\n{}\n", escaped(text))),
            Block::List(items) => {
                out.push('\n');
                items.iter().for_each(|item| out.push_str(&format!("- {}\n", escaped(item))));
            }
            Block::Table { head, rows, .. } => {
                out.push('\n');
                push_row(head, out);
                out.push_str("|---|");
                out.push_str(&"---:|".repeat(head.len().saturating_sub(1)));
                out.push('\n');
                rows.iter().for_each(|row| push_row(row, out));
            }
            Block::Picture { alternative, is_alone: true, .. } => {
                out.push_str(&format!("\n{}\n", escaped(alternative)));
            }
            // What it shows is in the list or the table beside it.
            Block::Picture { .. } => {}
            Block::Folded { blocks, .. } => write_blocks(blocks, out),
        }
    }
}

fn push_row(cells: &[String], out: &mut String) {
    out.push('|');
    cells.iter().for_each(|cell| out.push_str(&format!(" {} |", escaped(cell))));
    out.push('\n');
}

/// Without any meaning of Markdown or HTML. The texts are of one line each.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let first = text[..at].chars().all(|c| c.is_ascii_digit() || matches!(c, super::words::FSI | ' '));
        let has_meaning = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '#' | '~' => true,
            // A list, a line under a heading, or a number of a list.
            '-' | '+' | '=' => text[..at].trim_matches([super::words::FSI, ' ']).is_empty(),
            // Behind the number of a list stands a blank.
            '.' | ')' => {
                let ends = text[at + 1..].chars().next().is_none_or(char::is_whitespace);
                ends && first && text[..at].contains(|c: char| c.is_ascii_digit())
            }
            _ => false,
        };
        if has_meaning {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_has_a_meaning() {
        assert_eq!(escaped("a|b <script> [x](y) *z*"), r"a\|b \<script\> \[x\](y) \*z\*");
        assert_eq!(escaped("- x"), r"\- x");
        assert_eq!(escaped("12. x 3.4 OP-1"), r"12\. x 3.4 OP-1");
        assert_eq!([escaped("1.5"), escaped("1."), escaped("2)\tx")], ["1.5", r"1\.", "2\\)\tx"]);
        assert_eq!(escaped("\u{2068}+ x"), "\u{2068}\\+ x");
        assert_eq!(escaped("&lt; a_b"), r"\&lt; a\_b");
    }
}
