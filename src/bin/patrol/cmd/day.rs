//! `patrol day`: all products of a day in one folder, by one command.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{OsStringValueParser, TypedValueParser};
use patrol_corridor::io::OutputFile;
use patrol_corridor::time::Day;
use patrol_corridor::{Error, ErrorKind};
use serde_json::Value;

use crate::args::files::is_standard;
use crate::args::incidents::Files;
use crate::args::outputs::{self, Named};
use crate::project::{self, Project};
use crate::term::{self, say};

/// Write the products of a day into a folder of their own: bulletin, map, annotated incidents, regions, rejects
///
/// The folder is OUT/2026-11-20. A second run of the same day replaces the files as one set and says what changed in the
/// numbers. Layers, zone and names of columns are best kept in a project file (`patrol project init`).
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol day log.csv                       the last day in the data, by patrol.toml\n  \
    patrol day log.csv --day 2026-11-20 --out days\n  \
    patrol day north.csv south.csv           the logs of two teams\n  \
    patrol day log.csv --posts posts.geojson --routes routes.geojson --zone Asia/Baku --dry-run")]
pub struct Args {
    /// Incidents, as those of `patrol bulletin`; of several files each becomes an annotated layer of its own
    #[arg(value_name = "LOG", required = true, value_parser = OsStringValueParser::new().try_map(Files::matching))]
    logs: Vec<Files>,
    /// Day of the products [default: the last day with an incident in the data]
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<Day>,
    /// Folder in which the folders of days are [default: `output` of the project file, else this folder]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Stop before anything is written
    #[arg(long)]
    dry_run: bool,
    /// Observation posts, as of `patrol bulletin`
    #[arg(long, value_name = "FILE", required_unless_present_any = ["routes", "corridors"])]
    posts: Option<OsString>,
    /// Patrol routes
    #[arg(long, value_name = "FILE")]
    routes: Option<OsString>,
    /// Corridors that are polygons
    #[arg(long, value_name = "FILE")]
    corridors: Option<OsString>,
    /// Zone of the day, and of times that name none
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, required = true)]
    zone: Option<OsString>,
    /// How edges between vertices run
    #[arg(long, value_name = "planar|geodesic")]
    edges: Option<OsString>,
    /// Half width of the corridor along routes without `half_width_m`
    #[arg(long, value_name = "M")]
    half_width: Option<OsString>,
    /// Title of the map
    #[arg(long, value_name = "TEXT")]
    title: Option<OsString>,
    /// Language of the bulletin: en, ar, es, fa, fr or ru
    #[arg(long, value_name = "TAG")]
    lang: Option<OsString>,
    /// Names of the columns of a known export, or a file of them
    #[arg(long, value_name = "NAME")]
    profile: Option<OsString>,
    /// How times are written: day-first, month-first, or a pattern of strptime
    #[arg(long, value_name = "FORMAT")]
    time_format: Option<OsString>,
    /// Calendar of the dates: gregorian, persian or buddhist
    #[arg(long, value_name = "NAME")]
    calendar: Option<OsString>,
    /// Encoding of a table of text
    #[arg(long, value_name = "NAME")]
    encoding: Option<OsString>,
    /// Numbers of a table have decimals behind a comma, though commas separate its cells
    #[arg(long)]
    decimal_comma: bool,
    /// The file's own name for what is read, such as killed=fatalities; may be repeated
    #[arg(long, value_name = "FIELD=NAME")]
    field: Vec<OsString>,
}

/// The files of a day, besides those of each log.
const BULLETIN: &str = "bulletin.json";
const PAGES: [&str; 2] = ["bulletin.md", "bulletin.html"];
const MAP: &str = "map.html";

/// The files that are made of one log.
struct OfLog<'a> {
    log: &'a Path,
    annotated: String,
    regions: String,
    rejects: String,
}

impl OfLog<'_> {
    /// Several logs give their files their names; those of one name a number as well.
    fn of(logs: &[PathBuf]) -> Vec<OfLog<'_>> {
        let stem = |log: &PathBuf| {
            let name = log.file_name().unwrap_or_default().to_string_lossy();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let stems: Vec<String> = logs.iter().map(stem).collect();
        let one = |(at, log)| {
            let before = stems[..at].iter().filter(|earlier| **earlier == stems[at]).count();
            let end = match (stems.len(), before) {
                (1, _) => String::new(),
                (_, 0) => format!("-{}", stems[at]),
                (_, before) => format!("-{}-{}", stems[at], before + 1),
            };
            OfLog {
                log,
                annotated: format!("annotated{end}.geojson"),
                regions: format!("regions{end}.geojson"),
                rejects: format!("rejects{end}.jsonl"),
            }
        };
        logs.iter().map(PathBuf::as_path).enumerate().map(one).collect()
    }
}

impl Args {
    /// The options of other commands, as they were typed here; each takes those that it has.
    fn options(&self, of: &[&str]) -> Vec<OsString> {
        let options = [
            ("posts", &self.posts),
            ("routes", &self.routes),
            ("corridors", &self.corridors),
            ("zone", &self.zone),
            ("edges", &self.edges),
            ("half-width", &self.half_width),
            ("profile", &self.profile),
            ("time-format", &self.time_format),
            ("calendar", &self.calendar),
            ("encoding", &self.encoding),
            ("title", &self.title),
            ("lang", &self.lang),
        ];
        let others = ["title", "lang"];
        let mut words: Vec<OsString> = Vec::new();
        let mut add = |name: &str, value: &OsString| {
            let mut word = OsString::from(format!("--{name}="));
            word.push(value);
            words.push(word);
        };
        for (name, value) in options {
            if let Some(value) = value.as_ref().filter(|_| !others.contains(&name) || of.contains(&name)) {
                add(name, value);
            }
        }
        self.field.iter().for_each(|field| add("field", field));
        if self.decimal_comma {
            words.push("--decimal-comma".into());
        }
        words
    }

    fn out(&self) -> Result<PathBuf, Error> {
        if let Some(out) = &self.out {
            return Ok(out.clone());
        }
        let words: Vec<OsString> = std::env::args_os().collect();
        let project = project::of_words(&words).map(|path| Project::read(&path)).transpose()?;
        let output = project.and_then(|project| Some(project.path(project.output.as_ref()?)));
        Ok(output.unwrap_or_else(|| PathBuf::from(".")))
    }
}

/// Runs another command by its words.
pub type Runs<'r> = &'r dyn Fn(Vec<OsString>) -> Result<ExitCode, Error>;

pub fn run(args: &Args, runs: Runs<'_>) -> Result<ExitCode, Error> {
    let inputs = [&args.posts, &args.routes, &args.corridors].into_iter().flatten().map(PathBuf::from);
    let logs: Vec<PathBuf> = args.logs.iter().flat_map(|files| files.0.clone()).collect();
    let inputs: Vec<PathBuf> = logs.iter().cloned().chain(inputs).collect();
    if inputs.iter().any(|path| is_standard(path)) {
        return Err(Error::argument(
            "standard input can be read once, and a day reads its files several times: name a file",
        ));
    }
    let stage = tempfile::tempdir().map_err(|e| Error::io("make a temporary folder", e))?;
    let mut status = ExitCode::SUCCESS;
    let all: Vec<&Path> = logs.iter().map(PathBuf::as_path).collect();
    let mut work =
        |command: &str, logs: &[&Path], options: &[&str], more: &[(&str, &Path)], flags: &[&str]| {
            let mut words = vec![OsString::from("patrol"), command.into(), "--no-project".into()];
            words.extend(logs.iter().flat_map(|log| ["--incidents".into(), log.into()]));
            words.extend(args.options(options));
            for (option, path) in more {
                words.push((*option).into());
                words.push((*path).into());
            }
            words.extend(flags.iter().map(OsString::from));
            let done = runs(words)?;
            if done != ExitCode::SUCCESS {
                status = done;
            }
            Ok::<(), Error>(())
        };
    let staged = |name: &str| stage.path().join(name);
    // The first command says what is to be said of layers and log; the others would say it again.
    let day = args.day.map(|day| day.to_string());
    let chosen: Vec<&str> = day.iter().flat_map(|day| ["--day", day.as_str()]).collect();
    work("bulletin", &all, &["lang"], &[("--output", &staged(BULLETIN))], &chosen)?;
    let figures = figures(&staged(BULLETIN))?;
    let day = figures["period"]["day"].as_str().unwrap_or_default().to_owned();
    let folder = args.out()?.join(&day);
    let of_logs = OfLog::of(&logs);
    let of_log = of_logs.iter().flat_map(|of| [&*of.annotated, &*of.regions, &*of.rejects]);
    let names: Vec<&str> = [BULLETIN, MAP].into_iter().chain(PAGES).chain(of_log).collect();
    let outputs: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    if folder.exists() {
        let named: Vec<Named<'_>> = outputs.iter().map(|path| ("--out", path.as_path())).collect();
        outputs::check(&inputs, &named, true)?;
    }
    // What is there may be of something else.
    let before = self::figures(&folder.join(BULLETIN)).ok().filter(|figures| figures["totals"].is_object());
    if args.dry_run {
        say!("patrol: nothing was written; {} would be", folder.display());
        return Ok(status);
    }
    let muted = term::mute();
    for name in PAGES {
        work("bulletin", &all, &["lang"], &[("--output", &staged(name))], &["--day", &day])?;
    }
    work("map", &all, &["title"], &[("--output", &staged(MAP))], &[])?;
    for of in &of_logs {
        let [annotated, regions, rejects] =
            [&of.annotated, &of.regions, &of.rejects].map(|name| staged(name));
        let files: [(&str, &Path); 3] =
            [("--output", &annotated), ("--regions", &regions), ("--rejects", &rejects)];
        match work("annotate", &[of.log], &[], &files, &["--skip-invalid", "--replace"]) {
            // The log has a column that an answer would have.
            Err(error) if error.kind() == ErrorKind::NameInTheWay => {
                let prefix = ["--skip-invalid", "--replace", "--force", "--prefix", "nearest_"];
                work("annotate", &[of.log], &[], &files, &prefix)?;
            }
            done => done?,
        }
    }
    drop(muted);
    place(&names, &folder, &staged)?;
    remove_others(&names, &folder)?;
    say!("patrol: {}", folder.display());
    if let Some(before) = before {
        say!("patrol: {}", changes(&before, &figures));
    }
    Ok(status)
}

/// Reads the figures of a bulletin.
fn figures(path: &Path) -> Result<Value, Error> {
    let shown = || path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| Error::io("open or read it", e).in_file(shown()))?;
    serde_json::from_str(&text).map_err(|error| Error::argument(error.to_string()).in_file(shown()))
}

/// Puts the files in their places as one set; rejects only where there are some.
fn place(names: &[&str], folder: &Path, staged: &dyn Fn(&str) -> PathBuf) -> Result<(), Error> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Error::io("make the folder", e).in_file(folder.display().to_string()))?;
    let mut files = Vec::new();
    for name in names {
        let shown = || staged(name).display().to_string();
        let text = std::fs::read(staged(name)).map_err(|e| Error::io("read it", e).in_file(shown()))?;
        let path = folder.join(name);
        // What an earlier run rejected and this one did not is no longer so.
        if name.ends_with(".jsonl") && text.is_empty() && !path.exists() {
            continue;
        }
        let mut file = OutputFile::create(&path, true)?;
        file.write_all(&text).map_err(|e| Error::io("write it", e).in_file(path.display().to_string()))?;
        files.push(file);
    }
    outputs::place(files, false, None)
}

/// Takes away what an earlier run made of other logs: with the bulletin of this one it is no longer true.
fn remove_others(names: &[&str], folder: &Path) -> Result<(), Error> {
    let fail = |e| Error::io("look into the folder", e).in_file(folder.display().to_string());
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_ours = [("annotated", ".geojson"), ("regions", ".geojson"), ("rejects", ".jsonl")].iter().any(
            |(start, end)| {
                name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(is_of_log)
            },
        );
        if is_ours && !names.contains(&&*name) {
            std::fs::remove_file(&path)
                .map_err(|e| Error::io("remove it", e).in_file(path.display().to_string()))?;
            say!("patrol: {}: of an earlier run with other logs, and removed", path.display());
        }
    }
    Ok(())
}

/// What the name of a file has of its log: nothing of a single one.
fn is_of_log(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('-')
}

/// What changed in the totals.
fn changes(before: &Value, after: &Value) -> String {
    let totals = after["totals"].as_object().into_iter().flatten();
    let changed = totals.filter_map(|(name, now)| {
        let was = &before["totals"][name];
        (was != now).then(|| format!("{} {was} before, {now} now", name.replace('_', " ")))
    });
    let changed: Vec<String> = changed.collect();
    match changed.is_empty() {
        true => "replaced, and the totals are the same".to_owned(),
        false => format!("replaced: {}", changed.join("; ")),
    }
}
