//! Where the features of a FeatureCollection end: brackets and strings are followed, nothing else.

use std::ops::Range;

use crate::Error;
use crate::io::json::squeeze::{self, Squeeze};

/// Follows the text behind the `[` of `features`, also where it comes in pieces.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    /// Where the next byte to look at stands in the buffer.
    at: usize,
    state: State,
    /// Where the value begins that is being followed.
    start: usize,
    depth: u32,
    features: u64,
    /// Where the white space begins that is being passed, and whether some of it has been dropped.
    blanks: Option<usize>,
    is_cut: bool,
    /// Long white space that has been passed.
    long: Vec<Range<usize>>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first value, or the closing bracket.
    #[default]
    First,
    /// Behind a comma: a value must come.
    Comma,
    /// In an object or array, outside of strings.
    Inside,
    /// In a string of it.
    String,
    /// Behind a backslash in a string.
    Escape,
    /// In a number or a word that stands for a feature.
    Word,
    /// Behind a value.
    Behind,
    /// At the closing bracket.
    End,
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Cut {
    /// Whole features, by place in the buffer.
    pub features: Vec<Range<usize>>,
    /// The closing bracket is reached.
    pub is_end: bool,
}

impl Splitter {
    /// Goes on to the end of the buffer, or until there are so many features.
    ///
    /// # Errors
    /// Where there is neither a comma nor a bracket between values, or the text ends.
    pub fn advance(&mut self, buffer: &[u8], at_end: bool, most: usize) -> Result<Cut, Error> {
        let mut features = Vec::new();
        while self.at < buffer.len() && self.state != State::End {
            match self.state {
                State::First | State::Comma | State::Behind => match self.between(buffer) {
                    Ok(()) => {}
                    Err(error) if features.is_empty() => return Err(error),
                    // The features before it go out first; then it is met again.
                    Err(_) => break,
                },
                State::Inside => {
                    if self.inside(buffer) {
                        features.push(self.start..self.at);
                        if features.len() == most {
                            break;
                        }
                    }
                }
                State::String | State::Escape => self.string(buffer),
                State::Word => {
                    let ends = |b: &u8| matches!(b, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
                    let Some(length) = buffer[self.at..].iter().position(ends) else {
                        self.at = buffer.len();
                        break;
                    };
                    self.at += length;
                    self.finish();
                    features.push(self.start..self.at);
                    if features.len() == most {
                        break;
                    }
                }
                State::End => {}
            }
        }
        if at_end && self.state != State::End {
            let inside = !matches!(self.state, State::First | State::Comma | State::Behind);
            let place = if inside { "inside" } else { "behind" };
            let number = if inside { self.features + 1 } else { self.features };
            // The features before it are whole: they go out first.
            if features.is_empty() {
                return Err(Error::json(format!(
                    "not JSON: the text ends {place} feature {number}, expected the rest of the FeatureCollection"
                ))
                .at_byte(buffer.len() as u64));
            }
        }
        Ok(Cut { features, is_end: self.state == State::End })
    }

    /// The closing bracket is reached.
    pub fn is_at_end(&self) -> bool {
        self.state == State::End
    }

    /// Where the value begins that is being followed; `None` between values.
    pub fn begun(&self) -> Option<usize> {
        match self.state {
            State::First | State::Comma | State::Behind | State::End => None,
            State::Inside | State::String | State::Escape | State::Word => Some(self.start),
        }
    }

    /// Drops long white space between values from the buffer, and moves these places of values in it.
    pub fn squeeze(&mut self, buffer: &mut Vec<u8>, values: &mut [Range<usize>], squeeze: &mut Squeeze) {
        let unfinished = self.blanks.filter(|start| self.at - start >= squeeze::LEAST);
        if let Some(start) = unfinished {
            self.long.push(start..self.at);
            self.is_cut = true;
        }
        if self.long.is_empty() {
            return;
        }
        let mut dropped = squeeze.drop_runs(buffer, &self.long).into_iter().peekable();
        let mut bytes = 0;
        for value in values {
            while let Some((_, more)) = dropped.next_if(|(end, _)| *end <= value.start) {
                bytes += more;
            }
            *value = value.start - bytes..value.end - bytes;
        }
        bytes += dropped.map(|(_, more)| more).sum::<usize>();
        // What is being followed stands behind all of it.
        self.at -= bytes;
        self.start = self.start.saturating_sub(bytes);
        // One byte is left of white space.
        self.blanks = self.blanks.map(|start| if unfinished.is_some() { self.at - 1 } else { start - bytes });
        self.long.clear();
    }

    /// The bytes before `end` have left the buffer.
    pub fn handed_out(&mut self, end: usize) {
        self.at -= end;
        self.start = self.start.saturating_sub(end);
        self.blanks = self.blanks.map(|start| start.saturating_sub(end));
    }

    fn finish(&mut self) {
        self.features += 1;
        self.state = State::Behind;
    }

    fn between(&mut self, buffer: &[u8]) -> Result<(), Error> {
        let byte = buffer[self.at];
        if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            self.blanks.get_or_insert(self.at);
            self.at += 1;
            return Ok(());
        }
        if let Some(start) = self.blanks.take() {
            let is_cut = std::mem::take(&mut self.is_cut);
            if is_cut || self.at - start >= squeeze::LEAST {
                self.long.push(start..self.at);
            }
        }
        match (byte, self.state) {
            (b',', State::Behind) => {
                self.state = State::Comma;
                self.at += 1;
            }
            (b']', State::First | State::Behind) => self.state = State::End,
            (b',' | b']' | b'}' | b':', _) | (_, State::Behind) => {
                let expected = match self.state {
                    State::Behind => "a comma or the closing bracket of `features`",
                    _ => "a feature",
                };
                let found = String::from_utf8_lossy(&buffer[self.at..=self.at]).into_owned();
                return Err(Error::json(format!(
                    "not JSON: `{found}` behind feature {}, expected {expected}",
                    self.features
                ))
                .at_byte(self.at as u64));
            }
            (b'{' | b'[', _) => self.open(State::Inside, 1),
            // A string stands for a feature: it ends where its quote closes, like one inside of depth 0.
            (b'"', _) => self.open(State::String, 0),
            _ => self.open(State::Word, 0),
        }
        Ok(())
    }

    fn open(&mut self, state: State, depth: u32) {
        (self.start, self.state, self.depth) = (self.at, state, depth);
        self.at += 1;
    }

    /// Follows brackets up to a string or the end of the value; true at that end.
    fn inside(&mut self, buffer: &[u8]) -> bool {
        if self.depth == 0 {
            // The string that stood for a feature has ended.
            self.finish();
            return true;
        }
        for (i, byte) in buffer[self.at..].iter().enumerate() {
            match byte {
                b'"' => {
                    self.at += i + 1;
                    self.state = State::String;
                    return false;
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.at += i + 1;
                        self.finish();
                        return true;
                    }
                }
                _ => {}
            }
        }
        self.at = buffer.len();
        false
    }

    fn string(&mut self, buffer: &[u8]) {
        if self.state == State::Escape {
            self.at += 1;
            self.state = State::String;
        }
        match buffer[self.at.min(buffer.len())..].iter().position(|&b| b == b'"' || b == b'\\') {
            None => self.at = buffer.len(),
            Some(length) => {
                self.at += length + 1;
                self.state = if buffer[self.at - 1] == b'"' { State::Inside } else { State::Escape };
            }
        }
    }
}
