//! Texts in XML and HTML, and texts of one direction in those of another.

/// A text as content or within quotes: what would be markup stays text, line breaks stay such in an attribute too, and
/// control characters and what else XML 1.0 has no place for (section 2.2) become U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() || !is_in_xml(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// True for what an XML document can hold.
pub(super) fn is_in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
}

/// First strong isolate, and its end (Unicode Standard Annex 9): what stands between them takes its own direction and
/// leaves that of its surroundings alone.
pub(super) const FSI: char = '\u{2068}';
pub(super) const PDI: char = '\u{2069}';

/// A name without the marks that turn the text around it.
pub(super) fn without_directions(text: &str) -> String {
    text.replace(crate::text::turns, "")
}

/// A name as it goes into a sentence that runs from left to right.
pub(super) fn isolated(name: &str) -> String {
    let name = without_directions(name);
    if name.chars().any(is_right_to_left) { format!("{FSI}{name}{PDI}") } else { name }
}

/// Of the scripts that run right to left (Hebrew, Arabic with their neighbours and forms, and those of plane 1).
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{200F}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}
