//! The names of the columns of known exports, as data: a file each, and those of the user.

use std::path::{Path, PathBuf};

/// The names that an export has for what is read: field and column.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub names: Vec<(String, String)>,
    /// The file that it was read from, if it is none of the known ones.
    pub file: Option<PathBuf>,
}

const KNOWN: [(&str, &str); 5] = [
    ("acled", include_str!("../profiles/acled.txt")),
    ("ucdp", include_str!("../profiles/ucdp.txt")),
    ("smart", include_str!("../profiles/smart.txt")),
    ("earthranger", include_str!("../profiles/earthranger.txt")),
    ("darwin-core", include_str!("../profiles/darwin-core.txt")),
];

/// A profile by its name, or out of a file of the user.
pub fn profile(text: &str) -> Result<Profile, String> {
    if let Some((_, lines)) = KNOWN.iter().find(|(name, _)| *name == text) {
        return of_lines(lines);
    }
    let names = KNOWN.map(|(name, _)| name).join(", ");
    if !Path::new(text).exists() {
        return Err(format!("expected one of {names}, or a file of lines such as `killed = fatalities`"));
    }
    let lines = std::fs::read_to_string(text).map_err(|error| format!("could not read it: {error}"))?;
    Ok(Profile { file: Some(PathBuf::from(text)), ..of_lines(&lines)? })
}

/// Lines of `FIELD = COLUMN`; what begins with `#` is for people.
fn of_lines(lines: &str) -> Result<Profile, String> {
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut profile = Profile::default();
    for (at, line) in lines.filter(|(_, line)| !line.trim_start().starts_with('#')) {
        let name = own_name(line).map_err(|error| format!("line {}: {error}", at + 1))?;
        profile.names.push(name);
    }
    Ok(profile)
}

/// `FIELD=NAME`.
pub fn own_name(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, name)) if !field.trim().is_empty() && !name.is_empty() => {
            let field = match field.trim().to_ascii_lowercase().as_str() {
                "lon" => "longitude".to_owned(),
                "lat" => "latitude".to_owned(),
                field => field.to_owned(),
            };
            Ok((field, name.trim().to_owned()))
        }
        _ => Err("expected FIELD=NAME, such as killed=fatalities".to_owned()),
    }
}
