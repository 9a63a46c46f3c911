//! GeoPackages of a run: several layers in one file, `FILE.gpkg#LAYER`.

use std::path::{Path, PathBuf};

use patrol_corridor::Error;

use crate::args::files::{is_layer, split_output};
use crate::args::outputs::Named;

pub use built::{Packages, write_alone};

/// The name of a layer: the one that is given, else that of its option; `main` is the one of `--output`.
pub fn layer_name((option, path): Named<'_>, main: &str) -> String {
    let own = || if option == "--output" { main } else { option.trim_start_matches('-') };
    split_output(path).1.unwrap_or_else(own).to_owned()
}

/// The name of a layer that has a file of its own.
pub fn stem(path: &Path) -> String {
    let (file, _) = split_output(path);
    file.file_stem().map_or("features".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The files of layers, each once; layers of one GeoPackage need different names.
pub fn files(layers: &[Named<'_>], main: &str) -> Result<Vec<(&'static str, PathBuf)>, Error> {
    let mut files: Vec<(&'static str, PathBuf, Vec<String>)> = Vec::new();
    for &layer in layers {
        let file = split_output(layer.1).0.into_owned();
        let names = if is_layer(layer.1) { vec![layer_name(layer, main)] } else { Vec::new() };
        match files.iter_mut().find(|(_, other, of_it)| *other == file && !of_it.is_empty()) {
            Some((.., of_it)) => of_it.extend(names),
            None => files.push((layer.0, file, names)),
        }
    }
    for (_, file, names) in &files {
        built::check_names(names).map_err(|error| error.in_file(file.display().to_string()))?;
    }
    Ok(files.into_iter().map(|(option, file, _)| (option, file)).collect())
}

/// The files of [`files`] as they are checked.
pub fn named<'f>(files: &'f [(&'static str, PathBuf)]) -> impl Iterator<Item = Named<'f>> {
    files.iter().map(|(option, file)| (*option, file.as_path()))
}

#[cfg(feature = "geopackage")]
mod built {
    use std::io::Write;
    use std::path::{Path, PathBuf};

    use patrol_corridor::Error;
    use patrol_corridor::annotate::{Annotator, Summary, TableRun, annotate_table_into, write_rows_into};
    use patrol_corridor::io::{GeoPackage, GeoPackageLayer, OutputFile, Rows};

    use crate::args::files::split_output;
    use crate::args::outputs::folder_beside;

    pub fn check_names(names: &[String]) -> Result<(), Error> {
        GeoPackage::check_layers(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// GeoPackages that are being written, each beside its place.
    pub struct Packages {
        force: bool,
        files: Vec<(PathBuf, OutputFile, GeoPackage)>,
    }

    impl Packages {
        pub fn new(force: bool) -> Self {
            Packages { force, files: Vec::new() }
        }

        /// Begins the file of a layer, unless it is there already.
        pub fn begin(&mut self, path: &Path) -> Result<&mut GeoPackage, Error> {
            let (file, _) = split_output(path);
            let place = self.files.iter().position(|(other, ..)| *other == file);
            if place.is_none() {
                let out = OutputFile::create(&file, self.force)?;
                let package = GeoPackage::new(folder_beside(&out).as_deref());
                let package = package.map_err(|error| error.in_file(file.display().to_string()))?;
                self.files.push((file.into_owned(), out, package));
            }
            let place = place.unwrap_or(self.files.len() - 1);
            Ok(&mut self.files[place].2)
        }

        /// Writes rows as a layer; returns what it has no place for.
        pub fn write(
            &mut self,
            path: &Path,
            name: &str,
            style: Option<&str>,
            rows: &mut Rows<'_>,
        ) -> Result<Vec<String>, Error> {
            write_rows_into(rows, self.begin(path)?, GeoPackageLayer { name, style })
        }

        /// Annotates rows into a layer.
        pub fn annotate(
            &mut self,
            path: &Path,
            name: &str,
            style: Option<&str>,
            rows: &mut Rows<'_>,
            annotator: &Annotator,
            run: TableRun<'_>,
        ) -> Result<Summary, Error> {
            annotate_table_into(rows, annotator, run, self.begin(path)?, GeoPackageLayer { name, style })
        }

        /// The files with all layers in them.
        pub fn finish(self) -> Result<Vec<OutputFile>, Error> {
            let whole = |(path, mut out, package): (PathBuf, OutputFile, GeoPackage)| {
                package.write_to(&mut out).map_err(|error| error.in_file(path.display().to_string()))?;
                Ok(out)
            };
            self.files.into_iter().map(whole).collect()
        }
    }

    /// Writes rows as the only layer of a file.
    pub fn write_alone(
        rows: &mut Rows<'_>,
        name: &str,
        out: &mut (dyn Write + Send),
    ) -> Result<Vec<String>, Error> {
        let mut package = GeoPackage::new(None)?;
        let left_out = write_rows_into(rows, &mut package, GeoPackageLayer { name, style: None })?;
        package.write_to(out)?;
        Ok(left_out)
    }
}

/// A build without GeoPackage.
#[cfg(not(feature = "geopackage"))]
mod built {
    use std::io::Write;
    use std::path::Path;

    use patrol_corridor::Error;
    use patrol_corridor::annotate::{Annotator, Summary, TableRun};
    use patrol_corridor::io::{OutputFile, Rows};

    use crate::args::formats::no_geopackage;

    pub fn check_names(names: &[String]) -> Result<(), Error> {
        if names.is_empty() { Ok(()) } else { Err(no_geopackage()) }
    }

    pub struct Packages;

    impl Packages {
        pub fn new(_: bool) -> Self {
            Packages
        }

        pub fn begin(&mut self, _: &Path) -> Result<(), Error> {
            Err(no_geopackage())
        }

        pub fn write(
            &mut self,
            _: &Path,
            _: &str,
            _: Option<&str>,
            _: &mut Rows<'_>,
        ) -> Result<Vec<String>, Error> {
            Err(no_geopackage())
        }

        pub fn annotate(
            &mut self,
            _: &Path,
            _: &str,
            _: Option<&str>,
            _: &mut Rows<'_>,
            _: &Annotator,
            _: TableRun<'_>,
        ) -> Result<Summary, Error> {
            Err(no_geopackage())
        }

        pub fn finish(self) -> Result<Vec<OutputFile>, Error> {
            Ok(Vec::new())
        }
    }

    pub fn write_alone(_: &mut Rows<'_>, _: &str, _: &mut (dyn Write + Send)) -> Result<Vec<String>, Error> {
        Err(no_geopackage())
    }
}
