//! The project file `patrol.toml`: what the runs of a folder have in common, as options that need not be typed.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Command;
use patrol_corridor::Error;
use serde::Deserialize;

use crate::args::profile::own_name;
use crate::term::say;

/// Its name, in the folder of the run or above.
pub const NAME: &str = "patrol.toml";

/// What a new one has in it.
pub const TEMPLATE: &str = include_str!("project.toml");

/// Which project file, for every command.
#[derive(Debug, clap::Args)]
pub struct ProjectArgs {
    /// Project file to take options from [default: patrol.toml here or in a folder above]
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    project: Option<PathBuf>,
    /// Take no options from a project file
    #[arg(long, global = true, conflicts_with = "project", hide_short_help = true)]
    no_project: bool,
}

/// A project file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Project {
    posts: Option<PathBuf>,
    routes: Option<PathBuf>,
    corridors: Option<PathBuf>,
    /// The folder in which `patrol day` keeps the days, within that of the file.
    pub output: Option<PathBuf>,
    zone: Option<String>,
    edges: Option<String>,
    half_width: Option<String>,
    radius: Option<String>,
    title: Option<String>,
    lang: Option<String>,
    profile: Option<String>,
    time_format: Option<String>,
    calendar: Option<String>,
    encoding: Option<String>,
    #[serde(default)]
    field: BTreeMap<String, String>,
    /// The folder of the file: paths count from it.
    #[serde(skip)]
    folder: PathBuf,
}

impl Project {
    /// Reads a project file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|e| Error::io("open or read it", e).in_file(&*shown))?;
        let project: Project = toml::from_str(&text).map_err(|error| {
            let message = error.to_string();
            Error::argument(message.split_whitespace().collect::<Vec<_>>().join(" ")).in_file(&*shown)
        })?;
        if let Some(output) = &project.output
            && output.components().any(|part| !matches!(part, std::path::Component::Normal(_)))
        {
            let message = "`output` is a folder within that of the project file, such as `days`";
            return Err(Error::argument(message).in_file(shown));
        }
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        // Whoever owns the file must not choose where another writes.
        let output = project.output.filter(|_| is_own(path));
        Ok(Project { folder, output, ..project })
    }

    /// The file in the folder of the run or the nearest above.
    pub fn find() -> Option<PathBuf> {
        let here = std::env::current_dir().ok()?;
        let files = here.ancestors().map(|folder| folder.join(NAME));
        files.into_iter().find(|file| file.is_file())
    }

    /// A path of the file, from the folder of the run.
    pub fn path(&self, path: &Path) -> PathBuf {
        if path.is_absolute() { path.to_path_buf() } else { self.folder.join(path) }
    }

    /// The options that it stands for, by their long names.
    pub fn options(&self) -> Vec<(&'static str, OsString)> {
        let paths = [("posts", &self.posts), ("routes", &self.routes), ("corridors", &self.corridors)];
        let paths =
            paths.into_iter().filter_map(|(name, path)| Some((name, self.path(path.as_ref()?).into())));
        let texts = [
            ("zone", &self.zone),
            ("edges", &self.edges),
            ("half-width", &self.half_width),
            ("radius", &self.radius),
            ("title", &self.title),
            ("lang", &self.lang),
            ("profile", &self.profile),
            ("time-format", &self.time_format),
            ("calendar", &self.calendar),
            ("encoding", &self.encoding),
        ];
        let texts = texts.into_iter().filter_map(|(name, text)| {
            let text = text.as_ref()?;
            // A profile may be a file beside this one.
            let beside = self.path(Path::new(text));
            Some((name, if name == "profile" && beside.is_file() { beside.into() } else { text.into() }))
        });
        let fields = self.field.iter().map(|(field, own)| ("field", format!("{field}={own}").into()));
        paths.chain(texts).chain(fields).collect()
    }
}

/// True of a file that belongs to who runs the program.
fn is_own(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let owner = std::fs::metadata(path).map(|found| found.uid());
        owner.is_ok_and(|owner| owner == rustix::process::geteuid().as_raw())
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        true
    }
}

/// The project file that the words of a command line ask for, by an option or by where they are typed.
pub fn of_words(words: &[OsString]) -> Option<PathBuf> {
    let mut words = words.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match word.split_once('=') {
            _ if word == "--no-project" => return None,
            Some(("--project", path)) => return Some(path.to_owned().into()),
            _ if word == "--project" => return words.next().map(|path| path.into_owned().into()),
            _ => {}
        }
    }
    Project::find()
}

/// The options that the environment sets: `PATROL_ZONE` is --zone.
fn of_environment() -> impl Iterator<Item = (&'static str, OsString)> {
    const OPTIONS: [&str; 13] = [
        "posts",
        "routes",
        "corridors",
        "zone",
        "edges",
        "half-width",
        "radius",
        "title",
        "lang",
        "profile",
        "time-format",
        "calendar",
        "encoding",
    ];
    OPTIONS.into_iter().filter_map(|option| {
        let name = format!("PATROL_{}", option.replace('-', "_").to_uppercase());
        std::env::var_os(name).filter(|value| !value.is_empty()).map(|value| (option, value))
    })
}

/// The words with the options of the environment and of the project file that they lack and their command has.
pub fn completed(words: Vec<OsString>, command: &Command) -> Result<Vec<OsString>, Error> {
    // Commands that no project is for.
    const WITHOUT: [&str; 6] = ["project", "new", "completions", "man", "help", "check"];
    let is_command = |name: &str| command.get_subcommands().any(|known| known.get_name() == name);
    let name = words.iter().skip(1).map(|word| word.to_string_lossy()).find(|word| is_command(word));
    let subcommand =
        name.filter(|name| !WITHOUT.contains(&&**name)).and_then(|name| command.find_subcommand(&*name));
    let has_word = |wanted: &str| words.iter().any(|word| word == wanted);
    let Some(subcommand) = subcommand.filter(|_| !has_word("-h") && !has_word("--help")) else {
        return Ok(words);
    };
    let path = of_words(&words);
    let project = path.as_deref().map(Project::read).transpose()?;
    let longs: Vec<&str> = subcommand.get_arguments().filter_map(clap::Arg::get_long).collect();
    // Before a `--` are the options.
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let typed = typed_options(&words[..end]);
    let is_typed = |option: &str, value: &OsString| match option {
        "field" => {
            let value = value.to_string_lossy();
            let field = own_name(&value).map(|(field, _)| field).unwrap_or_default();
            // Some fields have options of their own.
            let own = match field.as_str() {
                "longitude" => "lon-field".to_owned(),
                "latitude" => "lat-field".to_owned(),
                field => format!("{field}-field"),
            };
            typed.iter().any(|(name, value)| match name.as_str() {
                "field" => own_name(value).is_ok_and(|(typed, _)| typed == field),
                name => name == own,
            })
        }
        option => typed.iter().any(|(name, _)| name == option),
    };
    // Sectors of posts are asked for.
    let is_idle = |option: &str| subcommand.get_name() == "corridors" && option == "posts";
    let is_lacking = |(option, value): &(&str, OsString)| {
        longs.contains(option) && !is_typed(option, value) && !is_idle(option)
    };
    let mut added: Vec<(&str, OsString)> = of_environment().filter(is_lacking).collect();
    let of_project = project.iter().flat_map(Project::options).filter(is_lacking);
    let of_project: Vec<_> =
        of_project.filter(|(option, _)| !added.iter().any(|(set, _)| set == option)).collect();
    if !has_word("--quiet") && !has_word("-q") {
        let names = |of: &[(&str, OsString)]| {
            of.iter().map(|(option, _)| format!("--{option}")).collect::<Vec<_>>().join(", ")
        };
        if !added.is_empty() {
            say!("patrol: {} of the environment", names(&added));
        }
        if let Some(path) = path.filter(|_| !of_project.is_empty()) {
            say!("patrol: {} of {}", names(&of_project), path.display());
        }
    }
    added.extend(of_project);
    let word = |(option, value): (&str, OsString)| {
        let mut word = OsString::from(format!("--{option}="));
        word.push(value);
        word
    };
    let mut words = words;
    let behind = words.split_off(end);
    words.extend(added.into_iter().map(word));
    words.extend(behind);
    Ok(words)
}

/// The options among the words, with what follows each, which may be its value.
fn typed_options(words: &[OsString]) -> Vec<(String, String)> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let options = words.iter().enumerate().filter_map(|(at, word)| {
        let option = word.strip_prefix("--")?;
        Some(match option.split_once('=') {
            Some((option, value)) => (option.to_owned(), value.to_owned()),
            None => (option.to_owned(), words.get(at + 1).map(ToString::to_string).unwrap_or_default()),
        })
    });
    options.collect()
}
