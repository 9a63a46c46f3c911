//! From the texts of a described location to the region that it leaves open.

use super::classes::PrecisionClasses;
use super::fields::DescribedTexts;
use super::ids::Ids;
use super::reasons::{Assumption, Refusal, Warning};
use super::route_place::{self, RoutePlace};
use super::values::metres;
use super::words::{self, ReadWords};
use crate::region::{
    DescribedLocation, DescribedRegion, GridSquare, North, Observation, position_from_dms, square_from_utm,
};
use crate::setters::setters;
use crate::{Error, IncidentGeometry, PatrolIndex, Position};

/// How described locations are read.
///
/// ```
/// use patrol_corridor::region::North;
/// use patrol_corridor::described::DescribedOptions;
/// let by_compass = DescribedOptions::default().with_north(North::Magnetic).with_declination_deg(6.5);
/// assert_eq!(by_compass.greatest_range_m, 20_000.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribedOptions {
    /// The declination for bearings from magnetic north, in degrees, positive to the east; `None` for that of the
    /// magnetic model at the post on the day of the described location.
    pub declination_deg: Option<f64>,
    /// The north that bearings count from where the described location doesn't say.
    pub north: North,
    /// How far a direction in degrees may be off to either side where the described location doesn't say, 0 to 180 degrees; 0 takes
    /// degrees as exact. Compass points in words are good to 11.25 degrees, and fixes have deviations of their own.
    pub bearing_tolerance_deg: f64,
    /// How far a bearing reaches, or a distance that has no upper bound, in metres.
    pub greatest_range_m: f64,
    /// The zone and band of MGRS references that name none, such as `38T`.
    pub grid_zone: Option<String>,
    /// How far positions of a class of precision may be off.
    pub classes: PrecisionClasses,
}

impl Default for DescribedOptions {
    fn default() -> Self {
        DescribedOptions {
            declination_deg: None,
            north: North::True,
            bearing_tolerance_deg: 5.0,
            greatest_range_m: Observation::USUAL_RANGE_M,
            grid_zone: None,
            classes: PrecisionClasses::default(),
        }
    }
}

setters! { DescribedOptions {
    with_declination_deg(declination_deg: impl Into<Option<f64>>);
    with_north(north: North);
    with_bearing_tolerance_deg(bearing_tolerance_deg: f64);
    with_greatest_range_m(greatest_range_m: f64);
    with_grid_zone(grid_zone: impl Into<String>) => Some(grid_zone.into());
    with_classes(classes: PrecisionClasses);
}}

/// Where something was, as far as a described location tells.
///
/// ```
/// use patrol_corridor::described::{DescribedOptions, DescribedReader, DescribedTexts};
/// # use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let reader = DescribedReader::new(&index, DescribedOptions::default());
/// let mut heard = DescribedTexts::default();
/// heard.set("observer_post", "OP-21");
/// heard.set("bearing", "254");
/// let described = reader.read(&heard, &IncidentGeometry::None)?.unwrap();
/// assert_eq!(described.location.form().as_str(), "sector");
/// assert_eq!(described.assumed[0].to_string(), "direction 249..259 degrees");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Described {
    /// How it was reported, and the region in which it lies.
    pub location: DescribedLocation,
    /// What is doubtful about it.
    pub warnings: Vec<Warning>,
    /// The tolerances that it does not give and that were taken from how it is written; none in a fix.
    pub assumed: Vec<Assumption>,
}

impl Described {
    /// A location about which nothing is doubtful and nothing was assumed.
    ///
    /// ```
    /// use patrol_corridor::Position;
    /// use patrol_corridor::described::Described;
    /// use patrol_corridor::region::DescribedLocation;
    /// let about = DescribedLocation::circle(Position::from_lon_lat(46.807759, 40.068059)?, 500.0)?;
    /// let described = Described::of(about);
    /// assert!(described.warnings.is_empty() && described.assumed.is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn of(location: DescribedLocation) -> Self {
        Described { location, warnings: Vec::new(), assumed: Vec::new() }
    }
}

/// Reads described locations by the posts and routes of an area, by the rules of [this module](super).
///
/// ```
/// use patrol_corridor::described::{Refusal, DescribedOptions, DescribedReader, DescribedTexts};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, IncidentGeometry, Position};
/// let post = ObservationPost::new("OP-07", Position::from_lon_lat(46.75, 39.82)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let reader = DescribedReader::new(&index, DescribedOptions::default());
/// let mut heard = DescribedTexts::default();
/// heard.set("observer_post", "OP-07");
/// heard.set("bearing", "NNE");
/// heard.set("distance_m", "2km..7km");
/// let described = reader.read(&heard, &IncidentGeometry::None)?.unwrap();
/// assert_eq!(described.location.form().as_str(), "sector");
/// assert!((described.location.region().area_km2() - 8.836).abs() < 5e-4);
///
/// // One number stands for what it is rounded to.
/// heard.set("distance_m", "5 km");
/// let described = reader.read(&heard, &IncidentGeometry::None)?.unwrap();
/// let assumed: Vec<String> = described.assumed.iter().map(ToString::to_string).collect();
/// assert_eq!(assumed, ["distance 4500..5500 m", "direction 11.25..33.75 degrees"]);
///
/// heard.set("observer_post", "OP-70");
/// let Err(Refusal::NotLocated(why)) = reader.read(&heard, &IncidentGeometry::None) else { panic!() };
/// assert!(why.is_region_unknown());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug)]
pub struct DescribedReader {
    pub(super) index: PatrolIndex,
    pub(super) options: DescribedOptions,
    pub(super) posts: Ids,
    pub(super) routes: Ids,
}

/// The fields of which one says where something was, where there is no position.
const FORMS: [&str; 7] = ["mgrs", "utm", "utm_zone", "dms", "observer_post", "chainage_m", "location_text"];

/// What says how far a position may be off.
const UNCERTAINTIES: [&str; 4] = [METRES[0], METRES[1], "where_prec", "geo_precision"];

/// In metres: our name, and Darwin Core's.
const METRES: [&str; 2] = ["uncertainty_m", "coordinateUncertaintyInMeters"];

/// How far a position may be off, by which field, and what is doubtful about that.
struct Uncertainty {
    field: &'static str,
    radius_m: f64,
    warning: Option<Warning>,
}

impl DescribedReader {
    /// By the posts and routes that described locations name.
    ///
    /// ```
    /// use patrol_corridor::described::{DescribedOptions, DescribedReader, DescribedTexts};
    /// use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// // Directions in degrees are exact.
    /// let options = DescribedOptions::default().with_bearing_tolerance_deg(0.0);
    /// let reader = DescribedReader::new(&index, options);
    /// let mut seen = DescribedTexts::default();
    /// assert!(seen.set("observer_post", "OP-21") && seen.set("bearing", "254"));
    /// assert_eq!(reader.read(&seen, &IncidentGeometry::None)?.unwrap().location.form().as_str(), "ray");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(index: &PatrolIndex, options: DescribedOptions) -> Self {
        let posts = Ids::new("post", index.posts().iter().map(|post| (&post.id, post.name.as_deref())));
        let routes = Ids::new("route", index.routes().iter().map(|route| (&route.id, route.name.as_deref())));
        DescribedReader { index: index.clone(), options, posts, routes }
    }

    /// The region of a described location; `None` where it is a position without an uncertainty, or nothing at all.
    ///
    /// ```
    /// # use patrol_corridor::described::{DescribedOptions, DescribedReader, DescribedTexts};
    /// # use patrol_corridor::{Edges, IncidentGeometry, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = DescribedReader::new(&index, DescribedOptions::default());
    /// # let mut heard = DescribedTexts::default();
    /// // A position alone is no region, and one with an uncertainty is.
    /// let fired = IncidentGeometry::Point(Position::from_lon_lat(46.807759, 40.068059)?);
    /// assert!(reader.read(&heard, &fired)?.is_none());
    /// heard.set("uncertainty_m", "500");
    /// let described = reader.read(&heard, &fired)?.unwrap();
    /// assert!((described.location.region().area_km2() - 0.785398).abs() < 1e-6);
    /// // Two fields that say where it was contradict each other.
    /// heard.set("mgrs", "38T NK 12 34");
    /// heard.set("dms", "40°04'05\"N 46°48'28\"E");
    /// assert!(reader.read(&heard, &IncidentGeometry::None).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns [`Refusal::Unreadable`] if a text is not what its field holds, or two fields say where it was; the error
    /// names the field. Returns [`Refusal::NotLocated`] if everything can be read and the layers have no such post or route,
    /// or several observations give no fix.
    pub fn read(
        &self,
        texts: &DescribedTexts<'_>,
        place: &IncidentGeometry,
    ) -> Result<Option<Described>, Refusal> {
        let has_position = !place.positions().is_empty();
        if texts.tell_nothing(has_position) {
            return Ok(None);
        }
        match place.positions() {
            [] => {}
            [position] => return Ok(self.around(*position, texts)?),
            // Which of them is the uncertain one nobody says.
            _ => return Ok(None),
        }
        let mut forms = FORMS.iter().filter_map(|form| Some((*form, texts.get(form)?)));
        let Some((form, text)) = forms.next() else { return Ok(None) };
        if let Some((other, _)) = forms.next() {
            return Err(Error::input(format!(
                "`{text}` beside {other}, expected one of both: each says where it was, leave one out"
            ))
            .under(form)
            .into());
        }
        let named = |error: Error| error.under(form);
        let described = match form {
            "mgrs" => {
                let zone = self.zone_of(text);
                let whole = format!("{}{text}", zone.unwrap_or_default());
                let mut described = self.square(whole.parse().map_err(named)?, texts)?;
                described.assumed.extend(zone.map(|zone| Assumption::GridZone(zone.into())));
                described
            }
            "utm" => self.square(square_from_utm(text).map_err(named)?, texts)?,
            "utm_zone" => {
                let part = |name| {
                    let missing = || {
                        Error::input(format!("`{text}` without {name}, expected it in metres")).under(form)
                    };
                    texts.get(name).ok_or_else(missing)
                };
                let whole = format!("{text} {} {}", part("easting")?.trim(), part("northing")?.trim());
                self.square(square_from_utm(&whole).map_err(named)?, texts)?
            }
            "dms" => {
                let position = position_from_dms(text).map_err(named)?;
                let alone = || Described::of(DescribedLocation::position(position));
                self.around(position, texts)?.unwrap_or_else(alone)
            }
            "location_text" => {
                let words = self.read_words(text).map_err(named)?;
                let mut own = words.texts();
                for field in ["time", "north", "uncertainty_m"] {
                    if let Some(text) = texts.get(field) {
                        own.set(field, text.to_owned());
                    }
                }
                let described = self.read(&own, place)?;
                let mut described = described.ok_or_else(|| {
                    let expected = "expected a direction or a distance with the post, a place along a route, or a grid reference";
                    Error::input(format!("`{text}`, in which nothing says where ({words}), {expected}")).under(form)
                })?;
                described.assumed.insert(0, Assumption::Words(words.to_string().into()));
                described
            }
            _ => {
                if let Some((field, uncertainty)) =
                    UNCERTAINTIES.iter().find_map(|field| Some((*field, texts.get(field)?)))
                {
                    let instead = match form {
                        "observer_post" => {
                            "bearing_tolerance_deg and two distances say how far that may be off"
                        }
                        _ => "chainage_tolerance_m says how far that may be off",
                    };
                    return Err(Error::input(format!(
                        "`{uncertainty}` beside {form}, expected it beside a position or a grid reference: \
                         leave it out, {instead}"
                    ))
                    .under(field)
                    .into());
                }
                match form {
                    "observer_post" => self.observed(texts)?,
                    _ => {
                        let mut described = Described::of(self.along_route(texts)?);
                        let id = texts.get("route_id").unwrap_or_default();
                        let other = |place| self.routes.other_spelling(place, id);
                        described.assumed.extend(self.routes.place(id).ok().and_then(other));
                        described
                    }
                }
            }
        };
        Ok(Some(described))
    }

    /// The region of a place along a route.
    ///
    /// ```
    /// use patrol_corridor::described::{DescribedOptions, DescribedReader, Refusal};
    /// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R5", &line)?], Edges::Planar)?;
    /// let reader = DescribedReader::new(&index, DescribedOptions::default());
    /// let location = reader.read_route_place(&"R5 km 6.4 +- 200 m".parse()?)?;
    /// assert_eq!(location.form().as_str(), "route");
    /// let Err(Refusal::NotLocated(why)) = reader.read_route_place(&"R6 km 6.4".parse()?) else { panic!() };
    /// assert!(why.is_region_unknown());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns [`Refusal::NotLocated`] if there is no such route, and [`Refusal::Unreadable`] if the place is not on it.
    pub fn read_route_place(&self, place: &RoutePlace) -> Result<DescribedLocation, Refusal> {
        let route = self.routes.place(&place.route).map_err(|refusal| refusal.under("route_id"))?;
        Ok(place.locate(&self.index, route)?)
    }

    /// How a sentence is read: `heard 3 shots 2-7 km NNE of OP-07`. Directions and distances are those that
    /// [`Bearing`](crate::region::Bearing) and [`DistanceInterval`](crate::region::DistanceInterval) read, the latter with
    /// their units; posts and routes those of the index, however they are typed.
    ///
    /// ```
    /// # use patrol_corridor::described::{DescribedOptions, DescribedReader};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-07", Position::from_lon_lat(46.75, 39.82)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = DescribedReader::new(&index, DescribedOptions::default());
    /// let words = reader.read_words("взрыв в 2-7 км к северо-востоку от OP-07")?;
    /// assert_eq!(words.texts().get("observer_post"), Some("OP-07"));
    /// // Two distances and one post: which counts?
    /// assert!(reader.read_words("2 km or 3 km N of OP-07").is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it says one thing more often than it names posts.
    pub fn read_words(&self, text: &str) -> Result<ReadWords, Error> {
        words::read(text, &self.posts, &self.routes, self.options.grid_zone.as_deref())
    }

    /// The zone of a grid reference that names none: it begins with the two letters of a square of 100 km.
    fn zone_of(&self, mgrs: &str) -> Option<&str> {
        let letters = mgrs.trim_start().chars().take_while(char::is_ascii_alphabetic).count();
        self.options.grid_zone.as_deref().filter(|_| letters == 2)
    }

    /// A position with an uncertainty; `None` without one.
    fn around(&self, position: Position, texts: &DescribedTexts<'_>) -> Result<Option<Described>, Error> {
        let Some(Uncertainty { field, radius_m, warning }) = self.uncertainty(texts)? else {
            return Ok(None);
        };
        let location = DescribedLocation::circle(position, radius_m).map_err(|error| error.under(field))?;
        Ok(Some(Described { warnings: warning.into_iter().collect(), ..Described::of(location) }))
    }

    /// A square of the grid, or the disc that holds all that is no farther from it than the uncertainty.
    fn square(&self, square: GridSquare, texts: &DescribedTexts<'_>) -> Result<Described, Error> {
        let Some(Uncertainty { field, radius_m, warning }) = self.uncertainty(texts)? else {
            return Ok(Described::of(DescribedLocation::grid(square)));
        };
        let circle = DescribedRegion::Square(square).covering_circle();
        let location = DescribedLocation::circle(circle.centre, circle.radius_m + radius_m);
        let location = location.map_err(|error| error.under(field))?;
        Ok(Described { warnings: warning.into_iter().collect(), ..Described::of(location) })
    }

    /// That in metres, else the coarser of the classes.
    fn uncertainty(&self, texts: &DescribedTexts<'_>) -> Result<Option<Uncertainty>, Error> {
        let mut in_metres = METRES.iter().filter_map(|name| Some((*name, texts.get(name)?)));
        if let Some((name, text)) = in_metres.next() {
            let radius_m = metres(text).map_err(|error| error.under(name))?;
            if let Some((other, second)) = in_metres.next()
                && metres(second).map_err(|error| error.under(other))? != radius_m
            {
                return Err(Error::input(format!(
                    "`{text}` beside {other} `{second}`, expected one of both: leave one out"
                ))
                .under(name));
            }
            return Ok(Some(Uncertainty { field: name, radius_m, warning: None }));
        }
        let mut coarsest: Option<Uncertainty> = None;
        for field in &UNCERTAINTIES[METRES.len()..] {
            let Some(text) = texts.get(field) else { continue };
            let read = self.options.classes.read(field, text);
            let (radius_m, coarse) = read.map_err(|error| error.under(field))?;
            let warning = coarse.map(|class| Warning::Class { scheme: field, class, within_m: radius_m });
            if coarsest.as_ref().is_none_or(|coarsest| radius_m > coarsest.radius_m) {
                coarsest = Some(Uncertainty { field, radius_m, warning });
            }
        }
        Ok(coarsest)
    }

    fn along_route(&self, texts: &DescribedTexts<'_>) -> Result<DescribedLocation, Refusal> {
        let chainage = texts.get("chainage_m").unwrap_or("");
        let Some(route) = texts.get("route_id") else {
            return Err(Error::input(format!(
                "`{chainage}` without route_id, expected the id of the route along which it counts"
            ))
            .under("chainage_m")
            .into());
        };
        let under = |name: &'static str| move |error: Error| error.under(name);
        let tolerance_m = texts.get("chainage_tolerance_m").map(metres).transpose();
        let offset = texts.get("offset_m").map(str::parse).transpose();
        let side = texts.get("side").map(route_place::side).transpose();
        let tolerance_m = tolerance_m.map_err(under("chainage_tolerance_m"))?;
        let (along, own_tolerance_m) = route_place::chainage(chainage).map_err(under("chainage_m"))?;
        if tolerance_m.is_some() && own_tolerance_m.is_some() {
            return Err(Error::input(format!(
                "`{chainage}` beside chainage_tolerance_m, expected one tolerance: leave one out"
            ))
            .under("chainage_m")
            .into());
        }
        self.read_route_place(&RoutePlace {
            route: route.to_owned(),
            chainage: along,
            tolerance_m: tolerance_m.or(own_tolerance_m).unwrap_or(0.0),
            offset: offset.map_err(under("offset_m"))?,
            side: side.map_err(under("side"))?,
        })
    }
}
