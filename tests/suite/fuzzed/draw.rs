//! Choices out of bytes: numbers, positions in hard parts of the Earth, ids, times and hostile texts.
//!
//! Where the bytes end, every choice is the first one. One case in four may have flaws: values that a reader refuses.

use arbitrary::Unstructured;
use serde_json::{Value, json};

/// Texts that are hard to write: as markup, as a table's cell, on a terminal, from right to left.
const TEXTS: [&str; 20] = [
    "Hill",
    "<script>alert(1)</script>",
    "a & b \"c\" 'd'",
    "]]><b>",
    "</text></svg>",
    "two\nlines\r\n",
    "tab\there",
    "x;y,z|w",
    "=1+1",
    "\u{1b}[31mred\u{7}",
    "\u{202e}desrever\u{2066}",
    "دیدگاه\u{200c}ها",
    "\u{0}\u{1}\u{9b}",
    "é e\u{301} 🏔",
    "-- `*_#[x](javascript:1) \\",
    "{{x}} ${y} %s %n",
    " padded ",
    "NaN",
    "null",
    "",
];

/// Where the layers of a case are: ordinary, across 180 degrees, at poles, about 0, 0.
const CENTRES: [[f64; 2]; 8] = [
    [46.8, 39.9],
    [180.0, -17.0],
    [46.8, 39.9],
    [0.0, 0.0],
    [10.0, 89.9],
    [-120.0, -90.0],
    [-180.0, 65.0],
    [46.8, 39.9],
];

/// How far from there positions are, in degrees.
const SPREADS: [f64; 6] = [0.3, 0.05, 1e-6, 2.0, 1e-3, 8.0];

/// Bytes as choices.
pub struct Draw<'a> {
    bytes: Unstructured<'a>,
    centre: [f64; 2],
    spread_deg: f64,
    positions: Vec<[f64; 2]>,
    /// Whether anything of this case may be wrong.
    is_flawed: bool,
}

impl<'a> Draw<'a> {
    /// A case is somewhere: the first bytes say where.
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = Unstructured::new(bytes);
        let mut draw = Draw {
            bytes,
            centre: CENTRES[0],
            spread_deg: SPREADS[0],
            positions: Vec::new(),
            is_flawed: false,
        };
        draw.centre = *draw.one_of(&CENTRES);
        draw.spread_deg = *draw.one_of(&SPREADS);
        draw.is_flawed = draw.once_in(4);
        draw
    }

    /// A number less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.bytes.int_in_range(0..=end - 1).unwrap_or(0)
    }

    /// True once in so many times; never where the bytes have ended.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// True once in so many times, in a case that may have flaws.
    pub fn flaw_in(&mut self, times: usize) -> bool {
        self.is_flawed && self.once_in(times)
    }

    /// One of the good ones, or now and then of the bad ones.
    pub fn mostly<'t, T>(&mut self, good: &'t [T], bad: &'t [T]) -> &'t T {
        let of = if self.flaw_in(8) { bad } else { good };
        self.one_of(of)
    }

    pub fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// From 0 to less than 1.
    pub fn unit(&mut self) -> f64 {
        f64::from(self.bytes.arbitrary::<u32>().unwrap_or(0)) / 4_294_967_296.0
    }

    /// A length in metres, greater than 0: a round one, or any up to `most_m`.
    pub fn metres(&mut self, round_m: &[f64], most_m: f64) -> f64 {
        match self.below(4) {
            3 => (most_m * self.unit().powi(3)).max(1e-3),
            _ => *self.one_of(round_m),
        }
    }

    /// Longitude and latitude in range: often near, on, or in line with an earlier position.
    pub fn position(&mut self) -> [f64; 2] {
        let [lon, lat] = self.centre;
        let earlier = match self.positions.len() {
            0 => self.centre,
            count => {
                let place = self.below(count);
                self.positions[place]
            }
        };
        let spread = self.spread_deg;
        let at = match self.below(20) {
            0..=8 => [lon + spread * (2.0 * self.unit() - 1.0), lat + spread * (2.0 * self.unit() - 1.0)],
            9..=12 => {
                let mut step = || spread * (self.below(9) as f64 - 4.0) / 4.0;
                [lon + step(), lat + step()]
            }
            13 | 14 => earlier,
            15 => {
                let step = *self.one_of(&[1e-7, 1e-9, 1e-12, -1e-7, 1e-5]);
                [earlier[0] + step, earlier[1] + step * self.below(2) as f64]
            }
            // The same latitude or longitude, and the other name of 180 degrees.
            16 => [earlier[0], lat],
            17 => [if earlier[0].abs() == 180.0 { -earlier[0] } else { lon }, earlier[1]],
            18 => *self.one_of(&[
                [180.0, lat],
                [-180.0, lat],
                [lon, 90.0],
                [lon, -90.0],
                [0.0, 0.0],
                [-0.0, -0.0],
            ]),
            // Far away, and not often: long lines take long.
            _ if self.once_in(8) => [360.0 * self.unit() - 180.0, 180.0 * self.unit() - 90.0],
            _ if lat.abs() > 89.0 => [360.0 * self.unit() - 180.0, lat],
            _ => [lon, lat],
        };
        let lon = if at[0].abs() <= 180.0 { at[0] } else { (at[0] + 180.0).rem_euclid(360.0) - 180.0 };
        self.positions.push([lon, at[1].clamp(-90.0, 90.0)]);
        self.positions[self.positions.len() - 1]
    }

    /// A position as GeoJSON has it; now and then with a height.
    pub fn coordinates(&mut self) -> Value {
        let [lon, lat] = self.position();
        match self.below(24) {
            22 => json!([lon, lat, 12.5]),
            // Whole degrees without a fraction.
            23 => json!([lon as i64, lat as i64]),
            _ => json!([lon, lat]),
        }
    }

    pub fn coordinates_of(&mut self, count: usize) -> Vec<Value> {
        (0..count).map(|_| self.coordinates()).collect()
    }

    pub fn text(&mut self) -> String {
        match self.below(40) {
            39 => "long ".repeat(60),
            place if place < 20 => TEXTS[place].to_owned(),
            _ => format!("{} {}", self.one_of(&TEXTS), self.below(9)),
        }
    }

    /// An id as JSON has them, that only this number of a layer has; once in many layers any of them.
    pub fn id(&mut self, kind: &str, number: usize) -> Value {
        match self.below(64) {
            0..=35 => json!(format!("{kind}-{number}")),
            36..=44 => json!(number),
            45..=50 => json!(number as f64 + 0.5),
            _ if self.flaw_in(16) => json!(format!("{kind}-1")),
            _ => json!(format!("{}{number}", self.one_of(&TEXTS))),
        }
    }

    /// An instant, mostly; also dates, local times, and what is no time.
    pub fn time(&mut self) -> Value {
        match self.below(24) {
            0..=15 => {
                let (day, hour, minute) = (3 + self.below(3), self.below(24), self.below(60));
                let zone = *self.one_of(&["Z", "+04:00", "-03:30"]);
                json!(format!("2020-10-{day:02}T{hour:02}:{minute:02}:00{zone}"))
            }
            16 => json!("2020-10-04"),
            17 => json!(format!("2020-10-04 {:02}:30", self.below(24))),
            // Twice or never by the clocks of Berlin.
            18 => json!(*self.one_of(&["2020-10-25T02:30", "2020-03-29T02:30"])),
            19 => {
                json!(*self.one_of(&["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2020-10-04T24:00:00Z"]))
            }
            // A log in which nothing decides between 4 October and 10 April is read no further.
            20 => json!(
                *self
                    .mostly(&["soon", "1399-07-13", "2020-13-45", "14.10.2020", "\u{202e}"], &["04.10.2020"])
            ),
            21 => json!(1_601_804_700),
            22 => json!(""),
            _ => Value::Null,
        }
    }

    /// The period of service of a post or a route, in its properties.
    pub fn service(&mut self, properties: &mut serde_json::Map<String, Value>) {
        if !self.once_in(4) {
            return;
        }
        let day = self.below(3);
        let kind = self.below(12);
        if kind % 3 != 1 {
            properties.insert("active_from".to_owned(), json!(format!("2020-10-0{}T06:00:00Z", 2 + day)));
        }
        if kind % 3 != 2 {
            properties.insert("active_to".to_owned(), json!(format!("2020-10-0{}T18:30:00+04:00", 3 + day)));
        }
        if self.flaw_in(4) {
            properties.insert("active_to".to_owned(), json!("2020-10-01"));
        }
    }
}
