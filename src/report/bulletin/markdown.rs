//! A page as Markdown: CommonMark with tables.

use super::block::Block;
use super::page::Page;

/// The whole text.
pub(super) fn write(page: &Page) -> String {
    let mut out = format!("# {}\n", escaped(&page.title));
    for block in &page.blocks {
        out.push('\n');
        match block {
            Block::Heading(text) => out.push_str(&format!("## {}\n", escaped(text))),
            Block::Paragraph(text) => out.push_str(&format!("{}\n", escaped(text))),
            Block::List(items) => {
                items.iter().for_each(|item| out.push_str(&format!("- {}\n", escaped(item))));
            }
            Block::Table { head, rows } => {
                push_row(head, &mut out);
                out.push_str("|---|");
                out.push_str(&"---:|".repeat(head.len().saturating_sub(1)));
                out.push('\n');
                rows.iter().for_each(|row| push_row(row, &mut out));
            }
        }
    }
    out
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
