//! The project file `patrol.toml`: what the runs of a folder have in common, as options that need not be typed.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Command;
use patrol_corridor::Error;
use serde::Deserialize;

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
            ("encoding", &self.encoding),
        ];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?.into())));
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

/// The words with the options of the project file that they lack and their command has.
pub fn completed(words: Vec<OsString>, command: &Command) -> Result<Vec<OsString>, Error> {
    // Commands that no project is for.
    const WITHOUT: [&str; 6] = ["project", "new", "completions", "man", "help", "check"];
    let name = words.iter().skip(1).map(|word| word.to_string_lossy()).find(|word| !word.starts_with('-'));
    let subcommand =
        name.filter(|name| !WITHOUT.contains(&&**name)).and_then(|name| command.find_subcommand(&*name));
    let has_word = |wanted: &str| words.iter().any(|word| word == wanted);
    let Some(subcommand) = subcommand.filter(|_| !has_word("-h") && !has_word("--help")) else {
        return Ok(words);
    };
    let Some(path) = of_words(&words) else { return Ok(words) };
    let project = Project::read(&path)?;
    let longs: Vec<&str> = subcommand.get_arguments().filter_map(clap::Arg::get_long).collect();
    let is_typed = |option: &str, value: &OsString| {
        words.iter().map(|word| word.to_string_lossy()).any(|word| match word.split_once('=') {
            Some((typed, _)) if option != "field" => typed == format!("--{option}"),
            // A field by its own name.
            _ if option == "field" => {
                let field = value.to_string_lossy().split('=').next().unwrap_or_default().to_owned();
                word.starts_with(&format!("--field={field}=")) || word.starts_with(&format!("{field}="))
            }
            _ => word == format!("--{option}"),
        })
    };
    let options = project.options().into_iter();
    let added: Vec<(&str, OsString)> =
        options.filter(|(option, value)| longs.contains(option) && !is_typed(option, value)).collect();
    if !added.is_empty() && !has_word("--quiet") {
        let names: Vec<String> = added.iter().map(|(option, _)| format!("--{option}")).collect();
        say!("patrol: {} of {}", names.join(", "), path.display());
    }
    let mut words = words;
    for (option, value) in added {
        let mut word = OsString::from(format!("--{option}="));
        word.push(value);
        words.push(word);
    }
    Ok(words)
}
