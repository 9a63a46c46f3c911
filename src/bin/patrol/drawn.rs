//! Options of how a layer is drawn: lines to what is nearest, colours, styles.

use std::path::PathBuf;

/// What maps draw of annotated incidents.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "On maps")]
pub struct DrawnArgs {
    /// GeoJSON to write connectors in: for each located incident a line from its nearest post to it and one from it to its
    /// foot on the nearest route, with the properties `connector` (post or route), `incident_number`, `incident_id`,
    /// `post_id`, `route_id`, `distance_m`, `bearing_deg` (where the line begins), `chainage_m`, `side`; extensions
    /// as of --regions
    #[arg(long, value_name = "FILE")]
    pub connectors: Option<PathBuf>,
    #[command(flatten)]
    pub style: StyleArgs,
}

/// How the layers that are written look on a map.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(next_help_heading = "On maps")]
pub struct StyleArgs {
    /// Add members of simplestyle 1.1 to the properties, by meaning, in colours that colour-blind people can tell apart:
    /// marker-color, marker-symbol, stroke, stroke-width, fill, fill-opacity
    #[arg(long)]
    pub simplestyle: bool,
    /// Write a QGIS style beside each layer, under its name with the extension .qml, which QGIS loads with the layer
    #[arg(long)]
    pub qml: bool,
}
