//! Rows as GPX 1.1, for handsets: a waypoint a row, a track where the row has lines, all cells as extensions.

use std::io::Write;

use super::xml_write::{
    Losses, NamedColumns, PartKind, SharedLosses, Within, fail, is_name, parts, push_text,
};
use crate::Error;
use crate::io::table::column::Column;
use crate::io::table::row::{Cell, Encode, Geometry, Row};
use crate::io::table::row_source::RowSink;
use crate::number::fixed;
use crate::region::CompassPoint;
use crate::text::shown;
use crate::time::Timestamp;

/// What is written here says so, and what reads it takes the properties from the extensions alone.
pub(in crate::io) const CREATOR: &str = "patrol-corridor";

/// Tracks follow all waypoints: so many bytes of them wait in memory.
const MOST_TRACK_BYTES: usize = 64 << 20;

/// Columns that say what kind of incident it was, the first that is there.
const TYPES: [&str; 5] = ["type", "event_type", "incident_type", "category", "kind"];

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"patrol-corridor\" \
                    xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:patrol=\"urn:x-patrol-corridor:1\">\n";

/// Writes GPX.
pub(crate) struct GpxSink<'a> {
    out: &'a mut (dyn Write + Send),
    columns: GpxColumns,
    lost: Vec<String>,
    losses: SharedLosses,
    has_begun: bool,
    tracks: Vec<u8>,
    tracks_left_out: u64,
}

/// Where what a waypoint says is, by the places of the columns.
#[derive(Debug, Clone, Default)]
struct GpxColumns {
    /// The names of the extensions; none where XML can't have it.
    names: Vec<Option<String>>,
    named: NamedColumns,
    kind: Option<usize>,
    post: [Option<usize>; 3],
    route: [Option<usize>; 3],
}

impl<'a> GpxSink<'a> {
    /// `prefix` is before the names of the answers.
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        columns: &[Column],
        named: NamedColumns,
        prefix: &str,
    ) -> Self {
        let place = |name: &str| columns.iter().position(|column| column.name == format!("{prefix}{name}"));
        let is_kind = |column: &Column, name: &str| column.name.eq_ignore_ascii_case(name);
        let kind = TYPES.iter().find_map(|name| columns.iter().position(|column| is_kind(column, name)));
        let names: Vec<_> =
            columns.iter().map(|column| Some(column.name.clone()).filter(|name| is_name(name))).collect();
        let unnamed = columns.iter().filter(|column| !is_name(&column.name));
        let lost = unnamed.map(|column| format!("`{}` (no name of XML)", shown(&column.name))).collect();
        let columns = GpxColumns {
            names,
            named,
            kind,
            post: ["post_id", "post_distance_m", "post_bearing_deg"].map(place),
            route: ["route_id", "route_distance_m", "route_chainage_m"].map(place),
        };
        let losses = SharedLosses::default();
        GpxSink { out, columns, lost, losses, has_begun: false, tracks: Vec::new(), tracks_left_out: 0 }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if !std::mem::replace(&mut self.has_begun, true) {
            self.out.write_all(HEAD.as_bytes()).map_err(fail)?;
        }
        self.out.write_all(bytes).map_err(fail)
    }
}

impl RowSink for GpxSink<'_> {
    /// Waypoints, then tracks, then how many bytes those have and how many they are.
    fn encoder(&self) -> Encode {
        let (columns, shared) = (self.columns.clone(), SharedLosses::clone(&self.losses));
        Box::new(move |rows, out| {
            let (mut losses, mut tracks, mut count) = (Losses::default(), Vec::new(), 0_u64);
            for row in rows {
                count += u64::from(columns.push(row, &mut losses, out, &mut tracks));
            }
            out.extend_from_slice(&tracks);
            out.extend_from_slice(&(tracks.len() as u64).to_le_bytes());
            out.extend_from_slice(&count.to_le_bytes());
            losses.gather(&shared);
        })
    }

    fn write(&mut self, _: &[Row], encoded: &[u8]) -> Result<(), Error> {
        let Some((encoded, count)) = encoded.split_last_chunk::<8>() else { return Ok(()) };
        let Some((encoded, length)) = encoded.split_last_chunk::<8>() else { return Ok(()) };
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (points, tracks) = encoded.split_at(encoded.len().saturating_sub(length));
        if self.tracks.len() + tracks.len() <= MOST_TRACK_BYTES {
            self.tracks.extend_from_slice(tracks);
        } else {
            self.tracks_left_out += u64::from_le_bytes(*count);
        }
        self.put(points)
    }

    fn finish(mut self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let tracks = std::mem::take(&mut self.tracks);
        self.put(&tracks)?;
        self.put(b"</gpx>\n")?;
        let mut lost = self.lost;
        if self.tracks_left_out > 0 {
            let megabytes = MOST_TRACK_BYTES >> 20;
            lost.push(format!("{} with lines, beyond {megabytes} MiB of them", self.tracks_left_out));
        }
        lost.extend(Losses::told(&self.losses));
        Ok(lost)
    }
}

impl GpxColumns {
    /// Appends a row to the waypoints or to the tracks; returns `true` if it became a track.
    fn push(&self, row: &Row, losses: &mut Losses, points: &mut Vec<u8>, tracks: &mut Vec<u8>) -> bool {
        let mut text = String::new();
        row.write_geometry(&mut text);
        let parts = match row.geometry {
            Geometry::None => Vec::new(),
            _ => parts(&text, losses),
        };
        let lists = parts.iter().flat_map(|part| part.lists());
        let all = |kind| parts.iter().all(|part| part.kind == kind);
        if parts.is_empty() {
            losses.add("without a position", 1);
        } else if all(PartKind::Point) {
            let positions: Vec<Vec<&str>> = lists.flatten().collect();
            if positions.len() > 1 {
                losses.add(
                    "positions that belong together (a waypoint each from now on)",
                    positions.len() as u64,
                );
            }
            for position in positions {
                point("wpt", &position, losses, points);
                self.members(row, true, losses, points);
                points.extend_from_slice(b"</wpt>\n");
            }
        } else if all(PartKind::Line) {
            tracks.extend_from_slice(b"<trk>\n");
            self.members(row, false, losses, tracks);
            for list in lists {
                tracks.extend_from_slice(b"<trkseg>\n");
                for position in list {
                    point("trkpt", &position, losses, tracks);
                    tracks.extend_from_slice(b"</trkpt>\n");
                }
                tracks.extend_from_slice(b"</trkseg>\n");
            }
            tracks.extend_from_slice(b"</trk>\n");
            return true;
        } else {
            losses.add("with areas or several kinds of geometry", 1);
        }
        false
    }

    /// Appends the members in the order of the schema.
    fn members(&self, row: &Row, is_point: bool, losses: &mut Losses, out: &mut Vec<u8>) {
        let plain = |at: Option<usize>| {
            let text = at.and_then(|at| row.cells.get(at)).map(|&cell| row.plain(cell).trim());
            text.filter(|text| !text.is_empty())
        };
        // The same texts are among the extensions, where what is replaced is counted.
        let leaf = |name: &str, text: &str, out: &mut Vec<u8>| {
            out.extend_from_slice(format!("<{name}>").as_bytes());
            push_text(text, Within::Element, out);
            out.extend_from_slice(format!("</{name}>\n").as_bytes());
        };
        let time = plain(self.named.time).and_then(|time| Timestamp::read(time, None).ok());
        if let Some(time) = time.filter(|_| is_point) {
            leaf("time", &time.to_string(), out);
        }
        let number = row.number.to_string();
        leaf("name", plain(self.named.id).unwrap_or(&number), out);
        let description = self.description(plain);
        if !description.is_empty() {
            leaf("desc", &description, out);
        }
        if let Some(kind) = plain(self.kind) {
            leaf("type", kind, out);
        }
        out.extend_from_slice(b"<extensions>\n");
        for (name, &cell) in self.names.iter().zip(&row.cells) {
            if let (Some(name), false) = (name, matches!(cell, Cell::Absent | Cell::Null)) {
                out.extend_from_slice(format!("<patrol:{name}>").as_bytes());
                losses.forbid(push_text(row.plain(cell), Within::Element, out));
                out.extend_from_slice(format!("</patrol:{name}>\n").as_bytes());
            }
        }
        out.extend_from_slice(b"</extensions>\n");
    }

    /// The nearest post and route in short: `1.7 km WSW of OP-21; 0.4 km from R5 at km 12.3`.
    fn description<'r>(&self, plain: impl Fn(Option<usize>) -> Option<&'r str>) -> String {
        let number = |at: Option<usize>| plain(at).and_then(|text| text.parse::<f64>().ok());
        let kilometres = |metres: f64| fixed(metres / 1e3, 1);
        let mut parts = Vec::new();
        if let (Some(id), Some(metres)) = (plain(self.post[0]), number(self.post[1])) {
            let bearing = number(self.post[2]).and_then(CompassPoint::nearest);
            parts.push(match bearing {
                Some(point) => format!("{} km {point} of {id}", kilometres(metres)),
                None => format!("at {id}"),
            });
        }
        if let (Some(id), Some(metres)) = (plain(self.route[0]), number(self.route[1])) {
            let at = number(self.route[2]).map(|metres| format!(" at km {}", kilometres(metres)));
            parts.push(format!("{} km from {id}{}", kilometres(metres), at.unwrap_or_default()));
        }
        parts.join("; ")
    }
}

/// Appends the start of a point with its height.
fn point(element: &str, position: &[&str], losses: &mut Losses, out: &mut Vec<u8>) {
    let [lon, lat, heights @ ..] = position else { return };
    // The schema has no 180: that meridian is -180.
    let lon = match lon.parse::<f64>() {
        Ok(180.0) => "-180".to_owned(),
        _ => decimal(lon),
    };
    out.extend_from_slice(format!("<{element} lat=\"{}\" lon=\"{lon}\">", decimal(lat)).as_bytes());
    if let Some(height) = heights.first() {
        out.extend_from_slice(format!("<ele>{}</ele>", decimal(height)).as_bytes());
    }
    losses.add("ordinates behind the third", u64::from(heights.len() > 1));
    out.push(b'\n');
}

/// The digits of a number as they are, without an exponent: the schema has none.
fn decimal(number: &str) -> String {
    match number.parse::<f64>() {
        Ok(value) if number.contains(['e', 'E']) => value.to_string(),
        _ => number.to_owned(),
    }
}
