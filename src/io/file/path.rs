//! The JSON path of a culprit: kept on the stack, written out only where something is wrong.

use std::fmt;

/// A step from an outer value to an inner one.
#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

/// A path like `geometry.coordinates[3][1]`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'p> {
    outer: Option<&'p Path<'p>>,
    step: Step<'p>,
}

impl Path<'_> {
    /// The feature (or the root) itself.
    pub(crate) const ROOT: Path<'static> = Path { outer: None, step: Step::Root };

    /// The path of a member.
    pub(crate) fn key<'p>(&'p self, key: &'p str) -> Path<'p> {
        Path { outer: Some(self), step: Step::Key(key) }
    }

    /// The path of an element, counted from 0.
    pub(crate) fn index(&self, index: usize) -> Path<'_> {
        Path { outer: Some(self), step: Step::Index(index) }
    }

    fn is_root(&self) -> bool {
        matches!(self.step, Step::Root)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = self.outer {
            outer.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) if self.outer.is_none_or(Path::is_root) => f.write_str(key),
            Step::Key(key) => write!(f, ".{key}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_a_json_path() {
        let geometry = Path::ROOT.key("geometry");
        assert_eq!(geometry.key("coordinates").index(3).index(1).to_string(), "geometry.coordinates[3][1]");
        assert_eq!(Path::ROOT.to_string(), "");
    }
}
