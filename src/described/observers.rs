//! What observers at posts report: directions and distances.

use super::fields::DescribedTexts;
use super::reader::{Described, DescribedReader};
use super::reasons::{Assumption, NotLocated, Refusal, Warning};
use super::values::{each, metres, split, tolerance_deg};
use crate::analysis::{FixError, FixObservation, Measurement, fix};
use crate::geodesy::{Declination, grid_convergence_deg};
use crate::region::{Bearing, DescribedLocation, DistanceInterval, North, Observation};
use crate::region::{WrittenDistance, written_distance};
use crate::{Error, Position};

/// One standard deviation of a bearing in degrees whose tolerance nobody says: what a hand-held compass is good to.
const DEGREES_DEVIATION_DEG: f64 = 1.0;

/// One standard deviation of a distance that is one number, as a part of it.
const DISTANCE_DEVIATION: f64 = 0.1;

/// One observation from a post.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observed {
    pub place: Position,
    /// The bearing, and the azimuth of the north that it counts from.
    pub bearing: Option<(Bearing, f64)>,
    pub tolerance_deg: Option<f64>,
    pub distance: Option<DistanceInterval>,
    /// True where the distance was written as one number, whose last place made the interval.
    pub is_thick: bool,
    /// The field that says how far it was at most.
    pub distance_field: &'static str,
}

impl DescribedReader {
    /// One observation, or several of one incident.
    pub(super) fn observed(&self, texts: &DescribedTexts<'_>) -> Result<Described, Refusal> {
        let text = texts.get("observer_post").unwrap_or("");
        // An id may have a semicolon in it.
        let posts: Vec<&str> = match self.posts.has(text) {
            true => vec![text.trim()],
            false => {
                let blank = || {
                    Error::input(format!(
                        "`{text}`, in which an id is blank, expected an id between each two `;`"
                    ))
                    .under("observer_post")
                };
                split(text).map(|post| post.ok_or_else(blank)).collect::<Result<_, _>>()?
            }
        };
        let mut unknown = None;
        let (mut places, mut assumed) = (Vec::with_capacity(posts.len()), Vec::new());
        for post in &posts {
            places.push(match self.posts.place(post) {
                Ok(place) => {
                    assumed.extend(self.posts.other_spelling(place, post));
                    self.index.posts()[place].position
                }
                // All else is read first: whether a text is readable does not hang on the layers.
                Err(Refusal::NotLocated(why)) => {
                    unknown = unknown.or(Some(why));
                    Position::from_lon_lat(0.0, 0.0)?
                }
                Err(refusal) => return Err(refusal.under("observer_post")),
            });
        }
        let mut warnings = Vec::new();
        let observed = self.observations(texts, &posts, &places, &mut warnings)?;
        if let Some(why) = unknown {
            return Err(why.into());
        }
        let (location, more) = match observed[..] {
            [alone] => self.region(alone)?,
            _ => (self.cross(&observed, &mut warnings)?, Vec::new()),
        };
        assumed.extend(more);
        warnings.dedup();
        Ok(Described { location, warnings, assumed })
    }

    fn observations(
        &self,
        texts: &DescribedTexts<'_>,
        posts: &[&str],
        places: &[Position],
        warnings: &mut Vec<Warning>,
    ) -> Result<Vec<Observed>, Error> {
        let values = |name| each(texts, name, posts.len());
        let (bearings, tolerances, norths) =
            (values("bearing")?, values("bearing_tolerance_deg")?, values("north")?);
        let (distances, nearest, farthest) =
            (values("distance_m")?, values("distance_min_m")?, values("distance_max_m")?);
        let times = values("time")?;
        let mut observed = Vec::with_capacity(posts.len());
        for (i, (&post, &place)) in posts.iter().zip(places).enumerate() {
            let under = |name: &'static str| move |error: Error| error.under(name);
            let north =
                norths[i].map_or(Ok(self.options.north), |text| text.parse().map_err(under("north")))?;
            let bearing = match bearings[i] {
                None => None,
                Some(text) => {
                    let bearing = text.parse().map_err(under("bearing"))?;
                    Some((bearing, self.north_azimuth_deg(north, place, times[i], warnings)?))
                }
            };
            let tolerance_deg = tolerances[i].map(tolerance_deg).transpose();
            let tolerance_deg = tolerance_deg.map_err(under("bearing_tolerance_deg"))?;
            if let (Some((Bearing::Between { .. }, _)), Some(_)) = (bearing, tolerance_deg) {
                return Err(Error::input(
                    "a tolerance beside a bearing that is between two directions, expected one of both: leave one out",
                )
                .under("bearing_tolerance_deg"));
            }
            let mut distance = self.distance(distances[i], nearest[i], farthest[i])?;
            let mut is_thick = false;
            // A fix has deviations of its own.
            if let (Some(text), 1) = (distances[i], posts.len()) {
                let written = written_distance(text).map_err(under("distance_m"))?;
                let WrittenDistance { interval, is_assumed } = written;
                (distance, is_thick) = (Some(interval), is_assumed);
            }
            if bearing.is_none() && distance.is_none() {
                return Err(Error::input(format!(
                    "the post `{post}` without a bearing and without a distance, expected one of them at least: fill \
                     in bearing, distance_m, distance_min_m or distance_max_m"
                ))
                .under("observer_post"));
            }
            let distance_field = match (distances[i], farthest[i]) {
                (None, None) => "distance_min_m",
                (None, _) => "distance_max_m",
                _ => "distance_m",
            };
            observed.push(Observed { place, bearing, tolerance_deg, distance, is_thick, distance_field });
        }
        Ok(observed)
    }

    /// A distance, or what bounds it.
    fn distance(
        &self,
        distance: Option<&str>,
        nearest: Option<&str>,
        farthest: Option<&str>,
    ) -> Result<Option<DistanceInterval>, Error> {
        let bound =
            |text: Option<&str>, name| text.map(metres).transpose().map_err(|error| error.under(name));
        let (nearest_m, farthest_m) = (bound(nearest, "distance_min_m")?, bound(farthest, "distance_max_m")?);
        let (from_m, to_m) = match (distance, nearest_m, farthest_m) {
            (None, None, None) => return Ok(None),
            (Some(text), None, None) => {
                return text.parse().map(Some).map_err(|error: Error| error.under("distance_m"));
            }
            (Some(text), nearest_m, _) => {
                let other = if nearest_m.is_some() { "distance_min_m" } else { "distance_max_m" };
                return Err(Error::input(format!(
                    "`{text}` beside {other}, expected one of both: leave one out"
                ))
                .under("distance_m"));
            }
            (None, nearest_m, farthest_m) => {
                (nearest_m.unwrap_or(0.0), farthest_m.unwrap_or(self.options.greatest_range_m))
            }
        };
        if from_m > to_m {
            let most = if farthest_m.is_some() { "distance_max_m" } else { "the greatest range" };
            return Err(Error::input(format!("{from_m} m, expected no more than {most}, {to_m} m"))
                .under("distance_min_m"));
        }
        let interval = DistanceInterval::from_metres(from_m..=to_m);
        interval.map(Some).map_err(|error| error.under("distance_min_m"))
    }

    /// The azimuth of a north at a place.
    fn north_azimuth_deg(
        &self,
        north: North,
        place: Position,
        time: Option<&str>,
        warnings: &mut Vec<Warning>,
    ) -> Result<f64, Error> {
        match (north, self.options.declination_deg, time) {
            (North::True, ..) => Ok(0.0),
            (North::Grid, ..) => Ok(grid_convergence_deg(place)),
            (North::Magnetic, Some(declination_deg), _) => match (-180.0..=180.0).contains(&declination_deg) {
                true => Ok(declination_deg),
                false => Err(Error::argument(format!(
                    "the declination {declination_deg}, expected -180 to 180 degrees, positive to the east"
                ))),
            },
            (North::Magnetic, None, None) => Err(Error::input(
                "`magnetic` without a time, expected one (`2020-10-04`), by which the magnetic model tells the \
                 declination: fill in time, or give the declination yourself",
            )
            .under("north")),
            (North::Magnetic, None, Some(time)) => {
                let declination = Declination::on_day(place, time).map_err(|error| error.under("time"))?;
                if !declination.is_reliable {
                    warnings.push(Warning::MagneticPole);
                }
                Ok(declination.degrees)
            }
        }
    }

    /// What one observation leaves open, and what was assumed of it.
    fn region(&self, observed: Observed) -> Result<(DescribedLocation, Vec<Assumption>), Error> {
        let Observed { place, bearing, tolerance_deg, distance, is_thick, distance_field } = observed;
        let mut assumed: Vec<_> =
            distance.filter(|_| is_thick).map(Assumption::Distance).into_iter().collect();
        let location = match (bearing, distance) {
            (Some((bearing, north_azimuth_deg)), distance) => {
                let usual_deg = || self.usual_tolerance_deg(bearing);
                let width_deg = tolerance_deg.map_or_else(usual_deg, Ok)?;
                if tolerance_deg.is_none() && width_deg > 0.0 {
                    assumed.push(Assumption::direction(bearing.azimuth_deg(), width_deg));
                }
                let (tolerance_deg, greatest_range_m) = (Some(width_deg), self.options.greatest_range_m);
                Observation { bearing, north_azimuth_deg, tolerance_deg, distance, greatest_range_m }
                    .from_place(place)
            }
            (None, Some(distance)) => DescribedLocation::ring(place, distance),
            // Refused where it is read.
            (None, None) => Err(Error::input("an observation without bearing and distance")),
        };
        let field = if distance.is_some() { distance_field } else { "observer_post" };
        Ok((location.map_err(|error| error.under(field))?, assumed))
    }

    /// How far a direction may be off whose tolerance the report doesn't give.
    fn usual_tolerance_deg(&self, bearing: Bearing) -> Result<f64, Error> {
        let tolerance_deg = self.options.bearing_tolerance_deg;
        match bearing {
            Bearing::CompassPoint(_) | Bearing::Between { .. } => Ok(bearing.usual_tolerance_deg()),
            Bearing::Degrees(_) if (0.0..=180.0).contains(&tolerance_deg) => Ok(tolerance_deg),
            Bearing::Degrees(_) => Err(Error::argument(format!(
                "the tolerance of bearings is {tolerance_deg}, which is not within 0 and 180 degrees"
            ))),
        }
    }

    /// What several observations of one incident leave open: the ellipse around their fix.
    fn cross(
        &self,
        observed: &[Observed],
        warnings: &mut Vec<Warning>,
    ) -> Result<DescribedLocation, Refusal> {
        let observed: Vec<FixObservation> = observed.iter().map(Observed::measured).collect();
        let found = fix(&observed).map_err(|error| match error {
            FixError::Failure(failure) => Refusal::NotLocated(NotLocated::Fix(failure)),
            FixError::Input(error) => error.under("observer_post").into(),
        })?;
        warnings.extend(found.warnings.iter().copied().map(Warning::Fix));
        Ok(DescribedLocation::fix(found.ellipse().map_err(NotLocated::Fix)?))
    }
}

impl Observed {
    /// With standard deviations.
    fn measured(&self) -> FixObservation {
        let azimuth_deg = self.bearing.map(|(bearing, north_azimuth_deg)| {
            let usual_deg = match bearing {
                Bearing::CompassPoint(_) | Bearing::Between { .. } => bearing.usual_tolerance_deg(),
                Bearing::Degrees(_) => DEGREES_DEVIATION_DEG,
            };
            let deviation = self.tolerance_deg.unwrap_or(usual_deg);
            Measurement { value: bearing.azimuth_deg() + north_azimuth_deg, deviation }
        });
        let distance_m = self.distance.map(|interval| {
            let (nearest_m, farthest_m) = interval.metres().into_inner();
            let deviation = match nearest_m == farthest_m {
                true => DISTANCE_DEVIATION * nearest_m,
                false => 0.5 * (farthest_m - nearest_m),
            };
            Measurement { value: 0.5 * (nearest_m + farthest_m), deviation }
        });
        FixObservation { from: self.place, azimuth_deg, distance_m }
    }
}
