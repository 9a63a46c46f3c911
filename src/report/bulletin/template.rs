//! The figures in the user's own template.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::figures::Figures;
use crate::Error;

/// Enough for tables of thousands of rows; a template that wants more is one that does not end.
const MOST_STEPS: u64 = 20_000_000;

/// More than this is refused, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// Fills a template of Jinja with the figures, as the JSON has them.
///
/// # Errors
/// Returns an error that names the line if the template can't be read, asks for what is not there, or does not end.
pub(super) fn render(figures: &Figures, name: &str, template: &str) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MOST_STEPS));
    environment.set_recursion_limit(100);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().map_err(|error| refused(name, &error))?);
    environment.set_auto_escape_callback(escape_of);
    let figures = Value::from(Serde(figures));
    let filled =
        environment.render_named_str(name, template, figures).map_err(|error| refused(name, &error))?;
    match filled.len() > MOST_BYTES {
        true => Err(Error::input("the template makes more than 64 MB").in_file(name)),
        false => Ok(filled),
    }
}

fn refused(name: &str, error: &minijinja::Error) -> Error {
    let line = error.line().map_or(String::new(), |line| format!("line {line}: "));
    let detail = error.detail().map_or(String::new(), |detail| format!(": {detail}"));
    Error::input(format!("{line}{}{detail}", error.kind())).in_file(name)
}

/// By the extension before `.j2`: of HTML and XML what would be markup is escaped.
fn escape_of(name: &str) -> AutoEscape {
    let lower = name.to_lowercase();
    let name = [".j2", ".jinja", ".jinja2"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    match name.rsplit('.').next() {
        Some("html" | "htm" | "xml" | "svg" | "kml") => AutoEscape::Html,
        _ => AutoEscape::None,
    }
}
