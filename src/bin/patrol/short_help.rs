//! What `-h` shows: the options that most runs need. `--help` and the manual pages have all.

use clap::{Arg, Command};

/// Shown of every command that has them.
const FREQUENT: [&str; 9] =
    ["posts", "routes", "corridors", "incidents", "output", "zone", "force", "help", "version"];

/// Shown of a command besides these.
const OF_COMMANDS: [(&str, &[&str]); 14] = [
    ("annotate", &["count", "regions", "replace", "skip-invalid", "rejects"]),
    ("nearest", &["at", "count", "max-distance", "format"]),
    ("locate", &["from", "bearing", "distance", "mgrs", "dms", "at", "uncertainty", "route", "chainage"]),
    ("fuse", &["within", "skip-invalid", "rejects"]),
    ("corridors", &["edges", "half-width", "caps", "simplestyle", "qml"]),
    ("coverage", &["radius", "gaps", "add", "drop", "suggest", "candidates"]),
    ("beats", &["sectors", "within", "time", "skip-invalid", "rejects"]),
    ("hotspots", &["bandwidth", "max-distance", "threshold", "top"]),
    ("clusters", &["within", "days", "permutations", "skip-invalid", "rejects"]),
    ("map", &["format", "title", "radius", "marks"]),
    ("bulletin", &["day", "week", "month", "lang", "format"]),
    ("check", &["as", "format", "crs"]),
    ("read", &[]),
    ("day", &["day", "out", "dry-run"]),
];

/// The command with the rest of the options in its long help only.
pub fn shortened(command: Command) -> Command {
    OF_COMMANDS.iter().fold(command, |command, (name, own)| {
        command.mut_subcommand(name, |subcommand| {
            subcommand.mut_args(|arg| {
                let is_shown = |long: &str| FREQUENT.contains(&long) || own.contains(&long);
                let is_left_out = arg.get_long().is_some_and(|long| !is_shown(long));
                if is_left_out { Arg::hide_short_help(arg, true) } else { arg }
            })
        })
    })
}
