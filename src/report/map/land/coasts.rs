//! The coasts of the Earth, out of files that `.ci/land.py` writes; it says how they are laid out.
//!
//! The files are inside of the program. Of one that is not as it must be, less is read; nothing fails.

use crate::Position;

/// Columns to a turn.
const TURN: i32 = 99_999;
/// No piece has more edges.
const MOST_EDGES: u32 = 128;
const DEG_PER_COLUMN: f64 = 360.0 / TURN as f64;

/// How finely coasts are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// 1:10,000,000.
    Fine,
    /// 1:50,000,000.
    Coarse,
}

impl Detail {
    fn file(self) -> &'static [u8] {
        match self {
            Detail::Fine => include_bytes!("../../../../data/natural-earth/land-10m.bin"),
            Detail::Coarse => include_bytes!("../../../../data/natural-earth/land-50m.bin"),
        }
    }

    /// How far a coast may be from where it is drawn, in metres: half a millimetre of a map of its scale.
    pub fn error_m(self) -> f64 {
        match self {
            Detail::Fine => 5_000.0,
            Detail::Coarse => 25_000.0,
        }
    }

    /// The scale of the maps that it is made for.
    pub fn scale(self) -> &'static str {
        match self {
            Detail::Fine => "1:10,000,000",
            Detail::Coarse => "1:50,000,000",
        }
    }

    /// No edge is longer than this, in metres.
    pub fn longest_edge_m(self) -> f64 {
        match self {
            Detail::Fine => 60_000.0,
            Detail::Coarse => 150_000.0,
        }
    }
}

/// A place in columns and rows of a file's grid. The column goes on where a line crosses 180 degrees.
type GridPoint = [i32; 2];

/// A part of a ring: the next one begins where it ends, that of the last is the first.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    is_first: bool,
    edges: u32,
    start: GridPoint,
    /// The rectangle around it.
    low: GridPoint,
    high: GridPoint,
    /// The parameters of the codes of columns and rows.
    parameters: [u32; 2],
    /// Where its edges begin.
    at: usize,
}

/// All coasts at one detail: closed rings, land on one side of each. None of them meets another.
#[derive(Debug)]
pub(super) struct Coasts {
    lat_low_deg: f64,
    deg_per_row: f64,
    pieces: Vec<Piece>,
    edges: &'static [u8],
}

impl Coasts {
    pub fn read(detail: Detail) -> Self {
        Self::of_file(detail.file())
    }

    pub fn of_file(file: &'static [u8]) -> Self {
        let double =
            |at: usize| file.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0.0, f64::from_le_bytes);
        let count =
            |at: usize| file.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
        let rest = file.get(24..).unwrap_or_default();
        let (index, edges) = rest.split_at((count(20) as usize).min(rest.len()));
        let mut numbers = Numbers(index);
        let (mut pieces, mut start, mut at) = (Vec::new(), [0_i32; 2], 0_usize);
        for _ in 0..count(16) {
            let Some(([head, x, y, west, east, south, north, bytes], parameters)) = numbers.piece() else {
                break;
            };
            start = [start[0].wrapping_add(unzigzag(x)), start[1].wrapping_add(unzigzag(y))];
            let moved = |by: [i64; 2]| [0, 1].map(|axis| (i64::from(start[axis]) + by[axis]) as i32);
            let [west, east, south, north] = [west, east, south, north].map(i64::from);
            pieces.push(Piece {
                is_first: head & 1 == 1,
                edges: (head >> 1).min(MOST_EDGES),
                start,
                low: moved([-west, -south]),
                high: moved([east, north]),
                parameters,
                at,
            });
            at = at.saturating_add(bytes as usize);
        }
        Coasts { lat_low_deg: double(0), deg_per_row: double(8), pieces, edges }
    }

    /// The pieces of each ring.
    pub fn rings(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|_, next| !next.is_first)
    }

    /// The start of each edge, and the end of the last.
    pub fn points(&self, piece: &Piece) -> impl Iterator<Item = GridPoint> + '_ {
        let mut bits = Bits { bytes: self.edges.get(piece.at..).unwrap_or_default(), ahead: 0, count: 0 };
        let parameters = piece.parameters;
        let mut at = piece.start;
        let edges = (0..piece.edges).map(move |_| {
            for (axis, parameter) in parameters.into_iter().enumerate() {
                at[axis] = at[axis].wrapping_add(unzigzag(bits.rice(parameter)));
            }
            at
        });
        std::iter::once(piece.start).chain(edges)
    }

    /// Degrees of longitude, which go on beyond 180, and of latitude.
    pub fn degrees(&self, [x, y]: GridPoint) -> [f64; 2] {
        [f64::from(x) * DEG_PER_COLUMN - 180.0, self.lat_low_deg + f64::from(y) * self.deg_per_row]
    }

    /// The corners of the rectangle around a piece in degrees, the western one at -180 or east of it.
    pub fn bounds_deg(&self, piece: &Piece) -> [[f64; 2]; 2] {
        let turns = piece.low[0].div_euclid(TURN) * TURN;
        [piece.low, piece.high].map(|[x, y]| self.degrees([x - turns, y]))
    }

    /// Returns `true` if a position is on land: north of it the coasts are crossed an odd number of times,
    /// since the north pole is at sea.
    pub fn is_land(&self, position: Position) -> bool {
        let x = (position.lon_deg() + 180.0) / DEG_PER_COLUMN;
        let y = (position.lat_deg() - self.lat_low_deg) / self.deg_per_row;
        let mut crossings = 0;
        for piece in &self.pieces {
            if f64::from(piece.high[1]) <= y {
                continue;
            }
            let (low, high) = (f64::from(piece.low[0]), f64::from(piece.high[0]));
            for x in [-1.0, 0.0, 1.0].map(|turns| x + turns * f64::from(TURN)) {
                if low <= x && x <= high {
                    crossings += self.crossings_north_of(piece, [x, y]);
                }
            }
        }
        crossings % 2 == 1
    }

    fn crossings_north_of(&self, piece: &Piece, [x, y]: [f64; 2]) -> usize {
        let mut points = self.points(piece).map(|at| at.map(f64::from));
        let Some(mut from) = points.next() else { return 0 };
        let crosses = |to: [f64; 2]| {
            let [a, b] = [std::mem::replace(&mut from, to), to];
            (a[0] <= x) != (b[0] <= x) && a[1] + (x - a[0]) / (b[0] - a[0]) * (b[1] - a[1]) > y
        };
        points.map(crosses).filter(|crosses| *crosses).count()
    }
}

fn unzigzag(n: u32) -> i32 {
    (n >> 1) as i32 ^ -((n & 1) as i32)
}

/// Numbers as LEB128.
struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    /// The numbers of a piece, and its parameters.
    fn piece(&mut self) -> Option<([u32; 8], [u32; 2])> {
        let mut numbers = [0; 8];
        for number in &mut numbers {
            *number = self.number()?;
        }
        let both = u32::from(self.byte()?);
        Some((numbers, [both >> 4, both & 15]))
    }
}

/// Bits, the highest of a byte first; beyond the end all are 0.
struct Bits<'b> {
    bytes: &'b [u8],
    /// The next bits, at the upper end.
    ahead: u64,
    count: u32,
}

impl Bits<'_> {
    /// A number as Rice code.
    fn rice(&mut self, parameter: u32) -> u32 {
        let mut quotient = 0_u32;
        loop {
            self.fill();
            let ones = self.ahead.leading_ones();
            self.skip(ones.min(32));
            quotient = quotient.saturating_add(ones.min(32));
            if ones < 32 {
                break;
            }
        }
        self.skip(1);
        self.fill();
        let low = if parameter == 0 { 0 } else { (self.ahead >> (64 - parameter)) as u32 };
        self.skip(parameter);
        (quotient << parameter) | low
    }

    fn fill(&mut self) {
        while self.count <= 56 {
            let (byte, rest) = self.bytes.split_first().map_or((0, self.bytes), |(byte, rest)| (*byte, rest));
            self.bytes = rest;
            self.ahead |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// At most 32.
    fn skip(&mut self, bits: u32) {
        self.ahead <<= bits;
        self.count = self.count.saturating_sub(bits);
    }
}
