//! What a map has behind posts, routes and incidents.

use std::path::{Path, PathBuf};

use patrol_corridor::Error;
use patrol_corridor::io::{LayerKind, LayerOptions};
use patrol_corridor::report::map::{Background, BackgroundKind};

use crate::args::readers::layer;
use crate::args::systems::CrsArgs;

/// The layers behind the others.
#[derive(Debug, clap::Args)]
pub struct BackgroundArgs {
    /// Rivers, roads, areas and labelled points, in any format that is read; may be repeated
    ///
    /// The members of simplestyle (stroke, fill, ...) are its colours, `name` or `title` its labels.
    #[arg(long, help_heading = "Background", value_name = "FILE")]
    background: Vec<PathBuf>,
    /// Towns: points with a `name`
    ///
    /// If there is no room for all names, those with the first `rank` (or `scalerank`) or the largest `population` are shown.
    #[arg(long, help_heading = "Background", value_name = "FILE")]
    places: Option<PathBuf>,
    /// Borders: lines or areas, drawn dashed; no border is built in
    #[arg(long, help_heading = "Background", value_name = "FILE", requires = "borders_source")]
    borders: Option<PathBuf>,
    /// Who drew the borders, and when; the map says that they imply no endorsement
    #[arg(long, help_heading = "Background", value_name = "TEXT", requires = "borders")]
    borders_source: Option<String>,
}

impl BackgroundArgs {
    /// The files that are read.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.background.iter().chain(&self.borders).chain(&self.places)
    }

    /// Reads them, the lowest first.
    pub fn read(&self, systems: &CrsArgs) -> Result<Vec<Background>, Error> {
        let read = |path: &Path, kind| {
            let mut options = LayerOptions::default().with_crs(systems.other(None)).with_mixed(true);
            let source = layer(path, LayerKind::Incidents, &mut options.crs)?;
            Background::read(&source, &options, kind)
        };
        let mut all = Vec::new();
        for path in &self.background {
            all.push(read(path, BackgroundKind::Shapes)?);
        }
        if let Some(path) = &self.borders {
            let source = self.borders_source.clone().unwrap_or_default();
            all.push(read(path, BackgroundKind::Borders)?.with_source(source));
        }
        if let Some(path) = &self.places {
            all.push(read(path, BackgroundKind::Towns)?);
        }
        Ok(all)
    }
}
