//! The one integration binary: behaviour through the public interface, a module a concern.

/// What an annotation takes nothing from: every byte that it did not write.
mod annotate_lossless;
/// Coverage and beats: their breakpoints and the classes between.
mod breakpoints;
/// The words of bulletins: both catalogues have the same, and all of it is used.
mod bulletin_words;
/// Space-time clusters against another program, brute force and chance.
mod clusters;
/// Corridors as polygons: boundaries, points, validity.
mod corridor_areas;
/// Layers in other coordinate reference systems: options, members, reports.
mod crs;
/// Each example runs and its own assertions hold.
mod examples;
/// From far away: the index against the scan, and both against Karney alone.
mod far;
/// Cross bearings and ranges: what they meet at, how far that is open, and when they must be doubted.
mod fixes;
mod fixes_order;
/// Reading the fixtures.
mod fixtures;
/// Formats behind features: types survive; a build without them says so.
#[cfg(feature = "cli")]
mod formats_binary;
/// CSV in and out: every value and column as it came.
#[cfg(feature = "cli")]
mod formats_csv;
/// GeoPackage: what SQLite finds in it.
#[cfg(all(feature = "cli", feature = "geopackage"))]
mod formats_geopackage;
/// What an output can't hold is named; what it can comes back.
#[cfg(feature = "cli")]
mod formats_losses;
/// Reports that are not a point in binary formats.
#[cfg(all(feature = "cli", feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
mod formats_reports;
/// Types on the way between binary formats.
#[cfg(all(feature = "cli", feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
mod formats_types;
/// Reports that can be of one incident.
mod fuse;
/// Valid layers, incidents and options out of bytes, and what must hold of all that is made of them.
mod fuzzed;
/// The same with seeded bytes, as `fuzz/` runs it with libFuzzer's.
mod fuzzed_runs;
/// Distances, azimuths and chords against published geodesics, and in a sweep.
mod geodesic_oracles;
/// Hot spots against another program, by hand, and that an incident weighs 1.
mod hotspots;
/// The rooms of the house and what may stand in each.
mod house;
mod house_circles;
/// The fields that come with the project against brute force.
mod illustrative_fields;
/// Files with verdicts, and what `check` says of them.
mod io_check;
/// JSON of every kind, good and bad, as input.
mod io_json;
/// Posts, routes and incidents: rules, ids, errors.
mod io_layers;
/// Output files: whole or not at all.
mod io_output;
/// The forms of text, gzip and encodings.
mod io_sources;
/// Along a line and back: points, places beside it, stretches, marks.
mod linear_referencing;
/// Nearest posts, routes and corridors: index against scan, and both against a slow oracle.
mod nearest;
#[cfg(all(feature = "cli", feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
mod one_log_all_commands;
/// Corridors given as polygons.
mod polygon_corridors;
/// Corridors at 180 degrees and at the poles, of every width, at random.
mod polygon_edges;
/// What the tests of the program share: the binary, a folder, small layers.
#[cfg(feature = "cli")]
mod program;
/// `patrol annotate`: what is written into the incidents.
#[cfg(feature = "cli")]
mod program_annotate;
/// `--time` of commands, and the times of fused reports.
#[cfg(feature = "cli")]
mod program_as_of;
/// Small inputs that could take much memory.
#[cfg(feature = "cli")]
mod program_bombs;
/// `patrol bulletin`: figures, and what is told apart.
#[cfg(feature = "cli")]
mod program_bulletin;
/// `patrol bulletin`: what is certain of regions, what is possible, what is undecided.
#[cfg(feature = "cli")]
mod program_bulletin_certain;
/// `patrol bulletin`: what could not be read, dated or located.
#[cfg(feature = "cli")]
mod program_bulletin_left_out;
/// `patrol bulletin`: positions and regions, and why something is left apart.
#[cfg(feature = "cli")]
mod program_bulletin_reasons;
/// `patrol bulletin`: the texts that people read, and hostile names in them.
#[cfg(feature = "cli")]
mod program_bulletin_texts;
/// `patrol bulletin`: periods, and what lies in them.
#[cfg(feature = "cli")]
mod program_bulletin_times;
/// `patrol bulletin`: values in the ways in which layers and logs write them.
#[cfg(feature = "cli")]
mod program_bulletin_values;
/// `patrol check`.
#[cfg(feature = "cli")]
mod program_check;
/// `patrol annotate --connectors`.
#[cfg(feature = "cli")]
mod program_connectors;
/// `patrol corridors`, and corridors that are polygons.
#[cfg(feature = "cli")]
mod program_corridors;
/// `patrol coverage` and `patrol beats`.
#[cfg(feature = "cli")]
mod program_coverage;
/// Coordinate reference systems on the command line.
#[cfg(feature = "cli")]
mod program_crs;
/// `patrol annotate` where things go wrong around it: killed, without room, its input cut off.
#[cfg(feature = "cli")]
mod program_failures;
/// `patrol annotate`: what is read and written, and what is never written over.
#[cfg(feature = "cli")]
mod program_files;
/// `patrol fuse`: groups of reports.
#[cfg(feature = "cli")]
mod program_fuse;
/// Help, completions, manual pages, closed pipes.
#[cfg(feature = "cli")]
mod program_help;
/// `patrol hotspots` and `patrol clusters`.
#[cfg(feature = "cli")]
mod program_hotspots;
/// `patrol locate`: one report.
#[cfg(feature = "cli")]
mod program_locate;
/// `patrol map`: pages and pictures.
#[cfg(feature = "cli")]
mod program_map;
/// `patrol nearest`.
#[cfg(feature = "cli")]
mod program_nearest;
/// Outputs of every command: what they never replace, what they keep, names and links.
#[cfg(all(feature = "cli", unix))]
mod program_outputs;
/// `patrol annotate` on reports that are not a point.
#[cfg(feature = "cli")]
mod program_reports;
/// `patrol route`: points, places, stretches, marks.
#[cfg(feature = "cli")]
mod program_route;
/// `patrol route`: where it writes.
#[cfg(feature = "cli")]
mod program_route_files;
/// `patrol annotate` and `patrol nearest` where posts and routes were not always in service.
#[cfg(feature = "cli")]
mod program_service;
/// Slips that leave a layer readable are warnings.
#[cfg(feature = "cli")]
mod program_slips;
/// How layers look: simplestyle members and QGIS styles.
#[cfg(feature = "cli")]
mod program_styles;
/// Text for people: nothing in it acts on a terminal.
#[cfg(feature = "cli")]
mod program_terminal;
/// Numbers that are written: zeros and bearings.
#[cfg(feature = "cli")]
mod program_written_numbers;
/// What the README and the guide tell a user to type works, and their links lead somewhere.
#[cfg(feature = "cli")]
mod readme;
/// Kilometre posts with values of their own.
mod referents;
/// Regions of reported locations as geometries of a map.
mod region_geometry;
/// The regions of reports against GeographicLib's tools and dense samples.
mod region_truth;
/// Angles and grid references as others write them.
mod reported_texts;
/// Places on lines against published answers and GeographicLib.
mod route_oracles;
/// Sectors of posts.
mod sectors;
/// Posts and routes out of service: as if they were not there.
mod service;
/// When posts and routes were in service, as their layers tell it.
mod service_layers;
/// Sightings as people log them: every field, every error.
mod sightings;
/// Reading in blocks: neither their size nor the number of threads changes a byte.
mod streaming;
/// What several modules need: seeded random layers, a slow and plain oracle.
mod support;
/// GeoJSON becomes a table in two passes.
mod tables_two_passes;
/// JSON text in the plainest terms: what is taken out of a text, byte for byte.
mod text;
/// Ties, sides, chainage, membership and the far ends of the Earth, by hand.
mod ties_and_sides;
