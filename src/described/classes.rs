//! How far a position of a class of precision may be off.

use std::str::FromStr;

use crate::Error;

/// The radius in metres that stands for each class of UCDP's `where_prec` and ACLED's `geo_precision`.
///
/// The radii are this project's reading of the codebooks, which name kinds of places and hardly any distance (only
/// UCDP's class 2 is one: about 25 km around a known point). Put your own in by a table: its rows replace those of
/// the same scheme and class, the others stay.
///
/// | scheme | class | what the codebook says of it | metres |
/// |---|---|---|---|
/// | `where_prec` | 1 | the exact location is known | 1,000 |
/// | `where_prec` | 2 | within about 25 km of a known point | 25,000 |
/// | `where_prec` | 3 | a second-order administrative division | 50,000 |
/// | `where_prec` | 4 | a first-order administrative division | 150,000 |
/// | `where_prec` | 5 | a line or a fuzzy polygon | 50,000 |
/// | `where_prec` | 6 | a country | 500,000 |
/// | `where_prec` | 7 | international waters or airspace | 500,000 |
/// | `geo_precision` | 1 | a particular town | 5,000 |
/// | `geo_precision` | 2 | near a town, or a part of a region | 25,000 |
/// | `geo_precision` | 3 | a larger region | 100,000 |
///
/// ```
/// use patrol_corridor::described::PrecisionClasses;
/// let classes: PrecisionClasses = "scheme,class,metres\nwhere_prec,4,80000\n".parse()?;
/// assert_eq!(classes.metres("where_prec", 4), Some(80_000.0));
/// assert_eq!(classes.metres("where_prec", 2), Some(25_000.0));
/// assert_eq!(classes.metres("where_prec", 8), None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// Sources: Högbladh 2023, UCDP GED Codebook version 23.1, "where_prec"; ACLED Codebook 2023, "Geo-precision code".
#[derive(Debug, Clone, PartialEq)]
pub struct PrecisionClasses {
    rows: Vec<ClassRow>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct ClassRow {
    scheme: &'static str,
    class: u32,
    metres: f64,
}

/// The schemes, each with what its classes mean, from class 1, and the first that is coarse.
const SCHEMES: [(&str, &[&str], u32); 2] = [
    (
        "where_prec",
        &[
            "known exactly",
            "known to about 25 km around a point",
            "known to a second-order administrative division",
            "known to a first-order administrative division",
            "known to a line or a fuzzy polygon",
            "known to a country",
            "in international waters or airspace",
        ],
        3,
    ),
    ("geo_precision", &["known to a town", "known to be near a town", "known to a larger region"], 3),
];

/// What the defaults are, by scheme and class from 1, in metres.
const USUAL_M: [&[f64]; 2] = [
    &[1_000.0, 25_000.0, 50_000.0, 150_000.0, 50_000.0, 500_000.0, 500_000.0],
    &[5_000.0, 25_000.0, 100_000.0],
];

/// No region is larger.
const MOST_M: f64 = 5_000_000.0;

impl Default for PrecisionClasses {
    fn default() -> Self {
        let of_scheme = |((scheme, ..), metres): ((&'static str, _, _), &&[f64])| {
            let row = move |(class, &metres): (u32, &f64)| ClassRow { scheme, class, metres };
            (1..).zip(*metres).map(row).collect::<Vec<_>>()
        };
        PrecisionClasses { rows: SCHEMES.into_iter().zip(&USUAL_M).flat_map(of_scheme).collect() }
    }
}

impl PrecisionClasses {
    /// How far a position of a class may be off, in metres; `None` where the scheme has no such class.
    ///
    /// ```
    /// use patrol_corridor::described::PrecisionClasses;
    /// let classes = PrecisionClasses::default();
    /// assert_eq!(classes.metres("geo_precision", 1), Some(5_000.0));
    /// assert_eq!(classes.metres("geo_precision", 4), None);
    /// ```
    #[must_use]
    pub fn metres(&self, scheme: &str, class: u32) -> Option<f64> {
        let row = self.rows.iter().find(|row| row.scheme == scheme && row.class == class);
        row.map(|row| row.metres)
    }

    /// Sets the radius of a class of a scheme, `where_prec` or `geo_precision`.
    ///
    /// ```
    /// use patrol_corridor::described::PrecisionClasses;
    /// let mut classes = PrecisionClasses::default();
    /// classes.set("geo_precision", 1, 2_000.0)?;
    /// assert_eq!(classes.metres("geo_precision", 1), Some(2_000.0));
    /// assert!(classes.set("precision", 1, 2_000.0).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no such scheme, or the radius is not within 0 and 5,000,000 m.
    pub fn set(&mut self, scheme: &str, class: u32, metres: f64) -> Result<(), Error> {
        let Some(&(scheme, ..)) = SCHEMES.iter().find(|(name, ..)| *name == scheme) else {
            return Err(Error::input(format!(
                "the scheme `{scheme}`, expected `where_prec` (UCDP) or `geo_precision` (ACLED)"
            )));
        };
        if !(0.0..=MOST_M).contains(&metres) {
            return Err(Error::input(format!("the radius {metres} m, expected 0 to {MOST_M}")));
        }
        match self.rows.iter_mut().find(|row| row.scheme == scheme && row.class == class) {
            Some(row) => row.metres = metres,
            None => self.rows.push(ClassRow { scheme, class, metres }),
        }
        Ok(())
    }

    /// The radius of a class by its text, and the class where it is a coarse one.
    pub(super) fn read(&self, scheme: &'static str, text: &str) -> Result<(f64, Option<u32>), Error> {
        // Tables with gaps hold whole numbers as floats.
        let digits = text.trim();
        let class = digits.strip_suffix(".0").unwrap_or(digits).parse().ok();
        let Some((class, metres)) = class.and_then(|class| Some((class, self.metres(scheme, class)?))) else {
            let known = self.rows.iter().filter(|row| row.scheme == scheme);
            let mut known: Vec<u32> = known.map(|row| row.class).collect();
            known.sort_unstable();
            let known: Vec<String> = known.iter().map(u32::to_string).collect();
            return Err(Error::input(format!(
                "the class `{text}`, expected one of {}; a class of your own needs a radius in the table of classes",
                known.join(", ")
            )));
        };
        let of_scheme = SCHEMES.iter().find(|(name, ..)| *name == scheme);
        let is_coarse = of_scheme.is_some_and(|&(.., coarse)| class >= coarse);
        Ok((metres, is_coarse.then_some(class)))
    }
}

/// What the codebook says of a class, where it has that.
pub(super) fn meaning(scheme: &str, class: u32) -> Option<&'static str> {
    let (_, meanings, _) = SCHEMES.iter().find(|(name, ..)| *name == scheme)?;
    meanings.get((class as usize).checked_sub(1)?).copied()
}

impl FromStr for PrecisionClasses {
    type Err = Error;

    /// A table with the header `scheme,class,metres`; blank lines and lines behind `#` are passed over.
    fn from_str(table: &str) -> Result<Self, Error> {
        // A scheme has a handful of classes.
        const MOST_BYTES: usize = 1 << 20;
        const HEADER: [&str; 3] = ["scheme", "class", "metres"];
        if table.len() > MOST_BYTES {
            let message = format!("the table of classes has {} bytes, more than {MOST_BYTES}", table.len());
            return Err(Error::input(message));
        }
        let mut classes = PrecisionClasses::default();
        let table = table.strip_prefix('\u{feff}').unwrap_or(table);
        let lines = (1_u64..).zip(table.lines());
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'));
        let cells = |line: &str| -> Vec<String> {
            line.split(',').map(|cell| cell.trim().trim_matches('"').trim().to_owned()).collect()
        };
        match lines.next() {
            Some((_, line)) if cells(line) == HEADER => {}
            other => {
                let (number, line) = other.unwrap_or((1, ""));
                let what = format!("`{}`, expected the header `{}`", line.trim(), HEADER.join(","));
                return Err(Error::input(what).at_line(number));
            }
        }
        let mut seen: Vec<(String, u32)> = Vec::new();
        for (number, line) in lines {
            let at = |error: Error| error.at_line(number);
            let cells = cells(line);
            let [scheme, class, metres] = &cells[..] else {
                return Err(at(Error::input(format!(
                    "{} values in `{line}`, expected scheme, class and metres (`where_prec,2,25000`)",
                    cells.len()
                ))));
            };
            let class: u32 = class.parse().ok().filter(|class| *class > 0).ok_or_else(|| {
                at(Error::input(format!("the class `{class}`, expected a whole number from 1")))
            })?;
            let metres = metres.parse().map_err(|_| {
                at(Error::input(format!("`{metres}`, expected a number of metres without a unit (`25000`)")))
            })?;
            classes.set(scheme, class, metres).map_err(at)?;
            let row = (scheme.clone(), class);
            if seen.contains(&row) {
                return Err(at(Error::input(format!(
                    "{scheme} {class} a second time, expected each class once"
                ))));
            }
            seen.push(row);
        }
        Ok(classes)
    }
}
