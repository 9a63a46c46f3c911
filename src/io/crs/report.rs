//! What was done to coordinates, as data and in sentences.

use serde::{Deserialize, Serialize};

/// How WGS84 is shown.
pub(crate) const WGS84_SHOWN: &str = "WGS84";

/// A way from one coordinate reference system to another.
///
/// ```
/// use patrol_corridor::io::{Crs, Transformation};
/// let mut to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
/// to_wgs84.convert(654_165.0, 4_436_970.0)?;
/// let operation = &to_wgs84.report().operations[0];
/// assert_eq!((operation.positions, operation.accuracy_m, operation.is_ballpark), (1, Some(0.0), false));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Operation {
    /// What PROJ calls it: `Inverse of Gauss-Kruger zone 8 + Pulkovo 1942 to WGS 84 (16)`.
    pub name: String,
    /// How far it may be off in metres, by the register; `None` where nobody knows. 0 means that nothing is
    /// lost: both have the same datum.
    pub accuracy_m: Option<f64>,
    /// A mere guess: the datums are taken to be one, and may be hundreds of metres apart.
    pub is_ballpark: bool,
    /// A better operation, which can't be used because its grid file is missing.
    pub better: Option<String>,
    /// How many positions went this way.
    pub positions: u64,
}

/// Where a coordinate reference system is meant to be used, in degrees; west > east across 180.
///
/// ```
/// use patrol_corridor::io::{Crs, Transformation};
/// let to_utm = Transformation::from_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
/// let area = to_utm.report().area_of_use.as_ref().unwrap();
/// assert_eq!((area.west_deg, area.east_deg), (42.0, 48.0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AreaOfUse {
    /// The western side in degrees.
    pub west_deg: f64,
    /// The southern side in degrees.
    pub south_deg: f64,
    /// The eastern side in degrees.
    pub east_deg: f64,
    /// The northern side in degrees.
    pub north_deg: f64,
    /// What it is called.
    pub name: Option<String>,
}

impl AreaOfUse {
    /// True where a longitude and latitude in degrees lie in it, or so near that rounding may have moved them.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let to_utm = Transformation::from_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    /// let area = to_utm.report().area_of_use.as_ref().unwrap();
    /// assert!(area.contains(46.807759, 40.068059));
    /// assert!(!area.contains(49.9, 40.4)); // Baku
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, lon_deg: f64, lat_deg: f64) -> bool {
        const EDGE: f64 = 1e-6;
        let (west, east) = (self.west_deg - EDGE, self.east_deg + EDGE);
        let between = match self.west_deg <= self.east_deg {
            // 180 and -180 are one meridian.
            true => [lon_deg, lon_deg - 360.0, lon_deg + 360.0].iter().any(|lon| (west..=east).contains(lon)),
            false => lon_deg >= west || lon_deg <= east,
        };
        between && (self.south_deg - EDGE..=self.north_deg + EDGE).contains(&lat_deg)
    }
}

/// Coordinates taken from one system to another: by which operations, and what is doubtful about it.
///
/// ```
/// use patrol_corridor::io::{Crs, Transformation};
/// let mut to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
/// to_wgs84.convert(654_165.0, 4_436_970.0)?;
/// let report = to_wgs84.report();
/// assert_eq!((report.from.as_str(), report.to.as_str()), ("EPSG:32638 (WGS 84 / UTM zone 38N)", "WGS84"));
/// assert_eq!((report.operations.len(), report.outside), (1, 0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reprojection {
    /// The system that they came from: `EPSG:32638 (WGS 84 / UTM zone 38N)`.
    pub from: String,
    /// The system that they are in now.
    pub to: String,
    /// What computed it: `PROJ 9.6.2`, `proj4rs`.
    pub by: String,
    /// Where the one of them that is not WGS84 is meant to be used, where that is known.
    pub area_of_use: Option<AreaOfUse>,
    /// The ways that were gone; PROJ chooses one for each position.
    pub operations: Vec<Operation>,
    /// How many positions lie outside the area of use.
    pub outside: u64,
    /// The westernmost of those: longitude and latitude in degrees.
    pub example_outside: Option<[f64; 2]>,
    /// How many `bbox` members were left out, because they were in the old system.
    pub boxes_left_out: u64,
}

impl Reprojection {
    pub(crate) fn new(from: String, to: String, by: String, area_of_use: Option<AreaOfUse>) -> Self {
        Reprojection {
            from,
            to,
            by,
            area_of_use,
            operations: Vec::new(),
            outside: 0,
            example_outside: None,
            boxes_left_out: 0,
        }
    }

    pub(crate) fn note_outside(&mut self, position: [f64; 2]) {
        self.outside += 1;
        if self.example_outside.is_none_or(|before| position < before) {
            self.example_outside = Some(position);
        }
    }

    /// Takes in what another thread has done.
    pub(crate) fn merge(all: &mut Vec<Reprojection>, more: Reprojection) {
        let Some(sum) = all.iter_mut().find(|one| one.from == more.from && one.to == more.to) else {
            all.push(more);
            return;
        };
        for operation in more.operations {
            match sum.operations.iter_mut().find(|known| known.name == operation.name) {
                Some(known) => known.positions += operation.positions,
                None => sum.operations.push(operation),
            }
        }
        // The same whatever thread came first.
        sum.operations.sort_by(|a, b| b.positions.cmp(&a.positions).then_with(|| a.name.cmp(&b.name)));
        sum.outside += more.outside;
        sum.boxes_left_out += more.boxes_left_out;
        sum.example_outside = match (sum.example_outside, more.example_outside) {
            (Some(a), Some(b)) => Some(if b < a { b } else { a }),
            (a, b) => a.or(b),
        };
    }

    /// What was done, a sentence a line.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let mut to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    /// to_wgs84.convert(654_165.0, 4_436_970.0)?;
    /// assert!(to_wgs84.report().notes()[0].ends_with("no loss, 1 position(s)"), "{:?}", to_wgs84.report().notes());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let Reprojection { from, to, by, .. } = self;
        let mut notes: Vec<String> = self
            .operations
            .iter()
            .map(|operation| {
                let accuracy = match operation.accuracy_m {
                    Some(0.0) => "no loss".to_owned(),
                    Some(metres) => format!("accuracy {metres} m"),
                    None => "accuracy unknown".to_owned(),
                };
                let count = match operation.positions {
                    0 => String::new(),
                    count => format!(", {count} position(s)"),
                };
                format!("{from} to {to} by {by}, {}: {accuracy}{count}", operation.name)
            })
            .collect();
        if notes.is_empty() {
            notes.push(format!("{from} to {to} by {by}"));
        }
        notes
    }

    /// The area of use in words.
    pub(crate) fn area_in_words(&self) -> Option<String> {
        let area = self.area_of_use.as_ref()?;
        let AreaOfUse { west_deg, south_deg, east_deg, north_deg, name } = area;
        let name = name.as_ref().map_or(String::new(), |name| format!(" ({})", name.trim_end_matches('.')));
        Some(format!("longitude {west_deg} to {east_deg}, latitude {south_deg} to {north_deg}{name}"))
    }

    /// What is doubtful, a sentence each.
    ///
    /// ```
    /// use patrol_corridor::io::{Crs, Transformation};
    /// let mut to_wgs84 = Transformation::to_wgs84(&"EPSG:32638".parse::<Crs>()?)?;
    /// to_wgs84.convert(654_165.0, 4_436_970.0)?;
    /// assert!(to_wgs84.report().warnings().is_empty());
    /// // Ten degrees farther east.
    /// to_wgs84.convert(1_500_000.0, 4_436_970.0)?;
    /// let warnings = to_wgs84.report().warnings();
    /// assert!(warnings[0].starts_with("1 position(s) outside the area of use of EPSG:32638"), "{warnings:?}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        for operation in &self.operations {
            if operation.is_ballpark {
                warnings.push(format!(
                    "no proper transformation from {} to {}, only a ballpark one ({}), which takes the \
                     datums for one: results may be off by hundreds of metres",
                    self.from, self.to, operation.name
                ));
            }
            if let Some(better) = &operation.better {
                warnings.push(format!(
                    "a better transformation than {} is known ({better}), but its grid file is missing: install \
                     it for PROJ (https://proj.org/resource_files.html) or live with the accuracy told",
                    operation.name
                ));
            }
        }
        if let (1.., Some([lon, lat])) = (self.outside, self.example_outside) {
            let area = self.area_in_words().unwrap_or_else(|| "nobody knows where".to_owned());
            let system = if self.to.starts_with(WGS84_SHOWN) { &self.from } else { &self.to };
            warnings.push(format!(
                "{} position(s) outside the area of use of {system}, for example [{lon}, {lat}] in longitude, \
                 latitude; expected {area}: is it the right CRS?",
                self.outside
            ));
        }
        if self.boxes_left_out > 0 {
            warnings.push(format!(
                "left out {} `bbox` member(s), which were in {}",
                self.boxes_left_out, self.from
            ));
        }
        warnings
    }
}
