//! Texts in lines of a width.

use super::labels::text_width;

/// Cuts a text into lines of a width, between words as far as words are no wider. What goes beyond the last line ends with
/// an ellipsis.
pub(super) fn wrapped(text: &str, size_px: f64, width_px: f64, most_lines: usize) -> Vec<String> {
    let fits = |line: &str| text_width(line, size_px) <= width_px;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let joined = format!("{line}{word}");
        if fits(joined.trim_end()) {
            line = joined;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line.clear();
        // One that is wider than a line goes on in the next.
        for c in word.chars() {
            line.push(c);
            if !fits(line.trim_end()) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, String::from(c)));
            }
            // Nobody reads so many.
            if lines.len() > most_lines {
                break;
            }
        }
        if lines.len() > most_lines {
            break;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    if lines.len() > most_lines {
        lines.truncate(most_lines);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}\u{2026}")) {
                last.pop();
            }
            last.push('\u{2026}');
        }
    }
    lines
}

/// Where a line may end: behind spaces, strokes and hyphens, and between the signs of scripts without spaces.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    while let Some(c) = chars.next() {
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
        let ends = |c: char| matches!(c, ' ' | '/' | '-' | ',' | ';' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        // Numbers and dates stay whole.
        let goes_on =
            |next: &char| matches!(next, ' ' | '/' | ',' | '.' | ';') || (c != ' ' && next.is_ascii_digit());
        if ends(c) && chars.peek().is_some_and(|next| !goes_on(next)) {
            words.push(String::new());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_and_nothing_is_lost() {
        let hostile = "WWWW ".repeat(9) + &"x".repeat(300);
        for text in [
            "",
            " ",
            "one",
            "a long title of many words, and more",
            "\u{41a}\u{430}\u{440}\u{442}\u{430}",
            "\u{65e5}\u{672c}\u{8a9e}\u{306e}\u{5730}\u{56f3}",
            "\u{62e}\u{631}\u{64a}\u{637}\u{629} \u{627}\u{644}\u{645}\u{631}",
            &hostile,
        ] {
            for width in [5.0, 60.0, 200.0] {
                let lines = wrapped(text, 10.0, width, 10_000);
                for line in &lines {
                    assert!(
                        text_width(line, 10.0) <= width || line.chars().count() == 1,
                        "{line} in {width}"
                    );
                }
                let letters = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(letters(&lines.concat()), letters(text));
            }
            let few = wrapped(text, 10.0, 60.0, 2);
            assert!(few.len() <= 2 && few.iter().all(|line| text_width(line, 10.0) <= 60.0));
        }
        assert_eq!(wrapped("UNCLASSIFIED // EXERCISE", 10.0, 90.0, 5), ["UNCLASSIFIED //", "EXERCISE"]);
        assert!(wrapped(&hostile, 10.0, 60.0, 2)[1].ends_with('\u{2026}'));
        assert_eq!(wrapped("on 2021-01-01/02", 10.0, 80.0, 5), ["on", "2021-01-01/02"]);
    }
}
