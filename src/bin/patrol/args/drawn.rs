//! Options of how a layer is drawn: lines to what is nearest, colours, styles.

use std::io::Write;
use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::annotate::palette;
use patrol_corridor::io::OutputFile;
use patrol_corridor::report::styles::{StyledLayer, qgis_style, qgis_style_path};
use serde::Serialize;

use crate::args::files::{is_layer, is_standard};
use crate::args::outputs::Named;

/// Said of each option, not of the structs: what stands behind them in a command is of no heading.
const HEADING: &str = "For maps";

/// What maps draw of annotated incidents.
#[derive(Debug, clap::Args)]
pub struct DrawnArgs {
    /// Write connectors to this file: lines that link each incident to its nearest post and route
    ///
    /// One line runs from the nearest post to the incident. The other runs from the incident to its foot on the nearest
    /// route (the nearest point of the route). An incident that is not located has no lines.
    ///
    /// The properties are `connector` (post or route), `incident_number`, `incident_id`, `post_id`, `route_id`,
    /// `distance_m`, `bearing_deg` (where the line begins), `chainage_m` and `side`. The extension chooses the format,
    /// as for --regions, and may be .gpx too.
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    pub connectors: Option<PathBuf>,
    #[command(flatten)]
    pub style: StyleArgs,
}

/// How the layers that are written look on a map.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct StyleArgs {
    /// Add simplestyle 1.1 properties, in colours that colour-blind people can tell apart
    ///
    /// Colours and symbols follow the meaning. The properties are marker-color, marker-symbol, stroke, stroke-width,
    /// fill and fill-opacity.
    #[arg(long, help_heading = HEADING)]
    pub simplestyle: bool,
    /// Write a QGIS style as a sidecar file of each layer: the name of the layer with the extension .qml
    ///
    /// QGIS loads the style with the layer, also with a table that is added as delimited text. A GeoPackage has the styles
    /// of its layers inside.
    #[arg(long, help_heading = HEADING)]
    pub qml: bool,
}

impl StyleArgs {
    /// The files of the styles of layers, where they are wanted.
    pub fn paths(&self, layers: &[Named<'_>]) -> Result<Vec<PathBuf>, Error> {
        if !self.qml {
            return Ok(Vec::new());
        }
        if layers.iter().any(|(_, path)| is_standard(path)) {
            return Err(Error::argument("--qml needs files, not `-`: a style lies beside its layer"));
        }
        let paths: Vec<PathBuf> = layers
            .iter()
            .filter(|(_, path)| !is_layer(path))
            .map(|(_, path)| qgis_style_path(path))
            .collect();
        for (i, path) in paths.iter().enumerate() {
            if paths[..i].contains(path) || layers.iter().any(|(_, layer)| layer == path) {
                let message = "two files of this name with --qml, expected layers whose names differ before \
                               the extension: each has a style under its own";
                return Err(Error::argument(message).in_file(path.display().to_string()));
            }
        }
        Ok(paths)
    }

    /// Writes the styles of layers beside them, up to their taking their places: nothing where they are not wanted.
    pub fn write(&self, layers: &[(&Path, StyledLayer<'_>)], force: bool) -> Result<Vec<OutputFile>, Error> {
        let beside = || layers.iter().filter(|(path, _)| !is_layer(path));
        let paths: Vec<Named<'_>> = beside().map(|(path, _)| ("", *path)).collect();
        let styles = self.paths(&paths)?.into_iter().zip(beside());
        let write = |(path, (_, layer)): (PathBuf, &(&Path, StyledLayer<'_>))| {
            let mut out = OutputFile::create(&path, force)?;
            let fail = |e| Error::io("write it", e).in_file(path.display().to_string());
            out.write_all(qgis_style(layer).as_bytes()).map_err(fail)?;
            Ok(out)
        };
        styles.map(write).collect()
    }

    /// The style that goes into a GeoPackage with its layer, where it is wanted.
    pub fn inside(&self, (path, layer): &(&Path, StyledLayer<'_>)) -> Option<String> {
        (self.qml && is_layer(path)).then(|| qgis_style(layer))
    }

    /// The members of a line, where they are wanted.
    pub fn line(&self, colour: &'static str, width: f64) -> Option<SimpleStyle> {
        let line = SimpleStyle { stroke: Some(colour), width: Some(width), ..SimpleStyle::default() };
        self.simplestyle.then_some(line)
    }

    /// Those of a polygon.
    pub fn polygon(&self, colour: &'static str) -> Option<SimpleStyle> {
        let line = self.line(colour, 2.0)?;
        Some(SimpleStyle { fill: Some(colour), opacity: Some(0.25), ..line })
    }

    /// Those of a Point.
    pub fn marker(&self, colour: &'static str, symbol: &'static str) -> Option<SimpleStyle> {
        let marker = SimpleStyle { marker: Some(colour), symbol: Some(symbol), ..SimpleStyle::default() };
        self.simplestyle.then_some(marker)
    }
}

/// A colour for each of things of one kind, by their place.
pub fn alternating(place: usize) -> &'static str {
    palette::ALTERNATING[place % palette::ALTERNATING.len()]
}

/// Members of simplestyle-spec 1.1.0, for serde.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct SimpleStyle {
    #[serde(rename = "marker-color", skip_serializing_if = "Option::is_none")]
    marker: Option<&'static str>,
    #[serde(rename = "marker-symbol", skip_serializing_if = "Option::is_none")]
    symbol: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stroke: Option<&'static str>,
    #[serde(rename = "stroke-width", skip_serializing_if = "Option::is_none")]
    width: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fill: Option<&'static str>,
    #[serde(rename = "fill-opacity", skip_serializing_if = "Option::is_none")]
    opacity: Option<f64>,
}
