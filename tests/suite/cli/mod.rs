//! The program, a file a command, and what holds in all of them.

/// `patrol annotate`: what is written into the incidents.
#[cfg(feature = "cli")]
pub mod annotate;
/// `--time` of commands, and the times of fused reports.
#[cfg(feature = "cli")]
pub mod as_of;
/// Small inputs that could take much memory.
#[cfg(feature = "cli")]
pub mod bombs;
/// `patrol bulletin`: figures, and what is kept apart.
#[cfg(feature = "cli")]
pub mod bulletin;
/// `patrol bulletin`: what is certain of regions, what is possible, what is undecided.
#[cfg(feature = "cli")]
pub mod bulletin_certain;
/// `patrol bulletin`: documents of Word, and templates of the user.
#[cfg(feature = "cli")]
pub mod bulletin_documents;
/// `patrol bulletin`: what could not be read, dated or located.
#[cfg(feature = "cli")]
pub mod bulletin_left_out;
/// `patrol bulletin`: weeks, months and parts of them.
#[cfg(feature = "cli")]
pub mod bulletin_periods;
/// `patrol bulletin`: positions and regions, and why something is left apart.
#[cfg(feature = "cli")]
pub mod bulletin_reasons;
/// `patrol bulletin`: the texts that people read, and hostile names in them.
#[cfg(feature = "cli")]
pub mod bulletin_texts;
/// `patrol bulletin`: periods, and what lies in them.
#[cfg(feature = "cli")]
pub mod bulletin_times;
/// `patrol bulletin`: values in the ways in which layers and logs write them.
#[cfg(feature = "cli")]
pub mod bulletin_values;
/// `patrol bulletin`: languages, vocabularies, names of types and dates.
#[cfg(feature = "cli")]
pub mod bulletin_wording;
/// Dates of other calendars.
#[cfg(feature = "cli")]
pub mod calendars;
/// `patrol check`.
#[cfg(feature = "cli")]
pub mod check;
/// `patrol annotate --connectors`.
#[cfg(feature = "cli")]
pub mod connectors;
/// `patrol corridors`, and corridors that are polygons.
#[cfg(feature = "cli")]
pub mod corridors;
/// `patrol coverage` and `patrol beats`.
#[cfg(feature = "cli")]
pub mod coverage;
/// Coordinate reference systems on the command line.
#[cfg(feature = "cli")]
pub mod crs;
/// `patrol annotate` where things go wrong around it: killed, without room, its input cut off.
#[cfg(feature = "cli")]
pub mod failures;
/// Features as KML, KMZ and GPX.
#[cfg(feature = "cli")]
pub mod feature_formats;
/// `patrol annotate`: what is read and written, and what is never written over.
#[cfg(feature = "cli")]
pub mod files;
/// `patrol fuse`: groups of reports.
#[cfg(feature = "cli")]
pub mod fuse;
/// Help, completions, manual pages, closed pipes.
#[cfg(feature = "cli")]
pub mod help;
/// `patrol hotspots` and `patrol clusters`.
#[cfg(feature = "cli")]
pub mod hotspots;
/// `patrol locate`: one report.
#[cfg(feature = "cli")]
pub mod locate;
/// Logs as people save and type them.
#[cfg(feature = "cli")]
pub mod logs_as_typed;
/// `patrol map`: pages and pictures.
#[cfg(feature = "cli")]
pub mod map;
/// `patrol map`: the data that the page has.
#[cfg(feature = "cli")]
pub mod map_data;
/// `patrol map`: land and coasts.
#[cfg(feature = "cli")]
pub mod map_land;
/// `patrol map`: symbols, colours, sizes, the background.
#[cfg(feature = "cli")]
pub mod map_looks;
/// `patrol map`: names, and what they lie on.
#[cfg(feature = "cli")]
pub mod map_names;
/// `patrol map`: what leaves the house.
#[cfg(feature = "cli")]
pub mod map_release;
/// `patrol map`: a sheet of paper, and PDF.
#[cfg(feature = "cli")]
pub mod map_sheet;
/// Layers that hold more than they are made of, and recorded tracks.
#[cfg(feature = "cli")]
pub mod mixed_layers;
/// `patrol nearest`.
#[cfg(feature = "cli")]
pub mod nearest;
#[cfg(all(feature = "cli", feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
pub mod one_log_all_commands;
/// Outputs of every command: what they never replace, what they keep, names and links.
#[cfg(all(feature = "cli", unix))]
pub mod outputs;
/// The project file, and a day by one command.
#[cfg(feature = "cli")]
pub mod project;
/// `patrol annotate` on reports that are not a point.
#[cfg(feature = "cli")]
pub mod reports;
/// `patrol route`: points, places, intervals, marks.
#[cfg(feature = "cli")]
pub mod route;
/// `patrol route`: where it writes.
#[cfg(feature = "cli")]
pub mod route_files;
/// JSON that is written is what its schema says.
#[cfg(feature = "cli")]
pub mod schemas;
/// `patrol annotate` and `patrol nearest` where posts and routes were not always in service.
#[cfg(feature = "cli")]
pub mod service;
/// Several files of incidents in one run.
#[cfg(feature = "cli")]
pub mod several_files;
/// Slips that leave a layer readable are warnings.
#[cfg(feature = "cli")]
pub mod slips;
/// How layers look: simplestyle members and QGIS styles.
#[cfg(feature = "cli")]
pub mod styles;
/// Text for people: nothing in it acts on a terminal.
#[cfg(feature = "cli")]
pub mod terminal;
/// `-v`: what was read, and how.
#[cfg(feature = "cli")]
pub mod verbose;
/// Numbers that are written: zeros and bearings.
#[cfg(feature = "cli")]
pub mod written_numbers;
