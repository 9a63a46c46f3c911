//! The equal-split rules of Okabe & Sugihara (2012, Spatial Analysis along Networks, sections 9.2.2 and 9.2.3):
//! how an incident spreads over a network.

use super::links::{End, Links};
use super::profile::Kernel;
use crate::Error;

/// The foot of an incident, or of one of the points that stand for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foot {
    pub link: u32,
    pub offset_m: f64,
    pub weight: f64,
}

/// What an incident's kernel becomes where routes meet.
///
/// ```
/// use patrol_corridor::analysis::{HotspotOptions, Split, route_density};
/// use patrol_corridor::{Edges, IncidentGeometry, PatrolIndex, PatrolRoute, Position};
/// let to = |id, lon, lat| PatrolRoute::from_line_string(id, &vec![(46.75, 39.82), (lon, lat)].into());
/// let routes = vec![to("R3", 46.70, 39.82)?, to("R4", 46.80, 39.82)?, to("R5", 46.75, 39.87)?];
/// let index = PatrolIndex::new(vec![], routes, Edges::Planar)?;
/// let fired = IncidentGeometry::Point(Position::from_lon_lat(46.755, 39.82)?);
/// let options = HotspotOptions::new(1_000.0).with_split(Split::Discontinuous);
/// let density = route_density(&index, &[(&fired).into()], &options)?;
/// // Half of what arrives goes into each of the two others: the density jumps.
/// assert_eq!(format!("{:.4} {:.4}", density.per_km(1, 1e-6), density.per_km(0, 1e-6)), "0.6126 0.3063");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum Split {
    /// Equal-split continuous: where `n` lines meet, 2/n of what arrives goes into each other line and 2/n - 1 back
    /// into its own, so that the density has no jump. At an end all is turned back.
    #[default]
    Continuous,
    /// Equal-split discontinuous: 1/(n - 1) goes into each other line and nothing back; the density may jump at
    /// junctions. At an end all is turned back, so that nothing is lost.
    Discontinuous,
}

impl Split {
    /// What goes into each other line, and what back.
    fn shares(self, lines: usize) -> (f64, f64) {
        let n = lines as f64;
        match self {
            _ if lines == 1 => (0.0, 1.0),
            Split::Continuous => (2.0 / n, 2.0 / n - 1.0),
            Split::Discontinuous => (1.0 / (n - 1.0), 0.0),
        }
    }
}

/// More ways than this through the network are refused: they take a GB.
const MOST_KERNELS: usize = 30_000_000;

/// The kernels on each link, of the feet of incidents.
pub(super) fn spread(
    links: &Links,
    feet: &[Foot],
    reach_m: f64,
    split: Split,
) -> Result<Vec<Vec<Kernel>>, Error> {
    let mut kernels: Vec<Vec<Kernel>> = vec![Vec::new(); links.links.len()];
    let mut count = 0_usize;
    // Ends of links that a kernel has arrived at: how far from the incident, and with what share.
    let mut open: Vec<(End, f64, f64)> = Vec::new();
    for &Foot { link, offset_m, weight } in feet {
        kernels[link as usize].push(Kernel { middle_m: offset_m, weight });
        let length_m = links.links[link as usize].length_m;
        open.push((End { link, side: 0 }, offset_m, weight));
        open.push((End { link, side: 1 }, length_m - offset_m, weight));
        while let Some((arrived, far_m, weight)) = open.pop() {
            if far_m >= reach_m {
                continue;
            }
            let node = links.links[arrived.link as usize].nodes[arrived.side as usize];
            let ends = &links.nodes[node as usize];
            let (on, back) = split.shares(ends.len());
            for &end in ends {
                let weight = weight * if end == arrived { back } else { on };
                if weight == 0.0 {
                    continue;
                }
                let length_m = links.links[end.link as usize].length_m;
                let middle_m = if end.side == 0 { -far_m } else { length_m + far_m };
                kernels[end.link as usize].push(Kernel { middle_m, weight });
                open.push((End { side: 1 - end.side, ..end }, far_m + length_m, weight));
                count += 1;
            }
            if count > MOST_KERNELS {
                return Err(Error::argument(format!(
                    "more than {} million ways within the bandwidth {reach_m} m through the network, \
                     expected less: take a smaller bandwidth, or leave the routes unjoined",
                    MOST_KERNELS / 1_000_000
                )));
            }
        }
    }
    Ok(kernels)
}
