//! Warnings about incidents one by one, on standard error.

use crate::term::say;

/// More than so many are counted.
const MOST_NAMED: usize = 10;

/// Tells the first ones. Of local times without a zone one is enough: one option mends them all.
pub fn warn(file: &str, warnings: &[String]) {
    let (zoneless, others): (Vec<_>, Vec<_>) = warnings.iter().partition(|text| text.contains("has no zone"));
    if let Some(first) = zoneless.first() {
        say!("patrol: {file}: warning: {first}");
        if zoneless.len() > 1 {
            say!("patrol: {file}: warning: and {} more times without a zone", zoneless.len() - 1);
        }
    }
    for other in others.iter().take(MOST_NAMED) {
        say!("patrol: {file}: warning: {other}");
    }
    if others.len() > MOST_NAMED {
        say!("patrol: {file}: and {} warnings more", others.len() - MOST_NAMED);
    }
}
