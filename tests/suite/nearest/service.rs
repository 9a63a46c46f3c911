//! Posts and routes out of service: as if they were not there, in every search.

use fastrand::Rng;
use patrol_corridor::analysis::{
    CommonRegion, CoverageOptions, UncertainAnswer, Within, beats, coverage, locate_common, locate_uncertain,
    sectors, suggest_posts,
};
use patrol_corridor::index::{LocateOptions, Nearest, Search};
use patrol_corridor::region::{AnnularSector, DescribedRegion};
use patrol_corridor::time::{ServicePeriod, TimeSpan, Timestamp};
use patrol_corridor::{CorridorRegion, Edges, ObservationPost, PatrolIndex, PatrolRoute, Position, Region};

use crate::support::{PLACES, Place, go, position, random_posts, random_routes};

/// Instants an hour apart: periods begin and end at them, and are asked about at them.
fn hour(hour: usize) -> Timestamp {
    Timestamp::read(&format!("2020-10-04T{hour:02}:00Z"), None).unwrap()
}

const HOURS: usize = 8;

fn random_period(rng: &mut Rng) -> ServicePeriod {
    let from = rng.usize(..HOURS - 1);
    let to = from + 1 + rng.usize(..HOURS - 1 - from);
    let period = match rng.u8(..4) {
        0 => ServicePeriod::new(Some(hour(from)), None),
        1 => ServicePeriod::new(None, Some(hour(to))),
        2 => ServicePeriod::new(Some(hour(from)), Some(hour(to))),
        _ => Ok(ServicePeriod::ALWAYS),
    };
    period.unwrap()
}

/// A whole layer, what of it was in service at an instant, and the places of that in the whole.
struct Twins {
    whole: PatrolIndex,
    left: PatrolIndex,
    posts: Vec<usize>,
    routes: Vec<usize>,
}

impl Twins {
    fn new(posts: &[ObservationPost], routes: &[PatrolRoute], edges: Edges, at: Timestamp) -> Self {
        let square = geo_types::Rect::new((46.2, 39.4), (46.5, 39.7)).to_polygon();
        let regions = [CorridorRegion::new("square", Region::try_from(&square).unwrap())];
        let serves = |period: &ServicePeriod| {
            period.from().is_none_or(|from| from <= at) && period.to().is_none_or(|to| to > at)
        };
        let post_places: Vec<usize> = (0..posts.len()).filter(|&i| serves(&posts[i].service)).collect();
        let route_places: Vec<usize> = (0..routes.len()).filter(|&i| serves(&routes[i].service)).collect();
        let left_posts = post_places.iter().map(|&i| posts[i].clone()).collect();
        let left_routes = route_places.iter().map(|&i| routes[i].clone()).collect();
        Twins {
            whole: PatrolIndex::new(posts.to_vec(), routes.to_vec(), edges)
                .unwrap()
                .with_corridor_regions(&regions),
            left: PatrolIndex::new(left_posts, left_routes, edges).unwrap().with_corridor_regions(&regions),
            posts: post_places,
            routes: route_places,
        }
    }

    /// A corridor of what is left in the whole: by one of its routes, or its name.
    fn corridor(&self, of_left: usize) -> usize {
        let corridor = &self.left.corridors()[of_left];
        match corridor.routes.first() {
            Some(&route) => self.whole.corridor_of(self.routes[route]),
            None => {
                let mut all = self.whole.corridors().iter();
                all.position(|other| other.name == corridor.name).unwrap()
            }
        }
    }
}

/// Ties and margins are equal, the places of the one being those of the other.
fn assert_alike<T>(whole: &Nearest<T>, left: &Nearest<T>, place: impl Fn(usize) -> usize, context: &str) {
    assert_eq!(whole.margin_m(), left.margin_m(), "{context}");
    let tied: Vec<usize> = left.tied().iter().map(|&i| place(i)).collect();
    assert_eq!(whole.tied(), tied, "{context}");
    assert_eq!(whole.hits().len(), left.hits().len(), "{context}");
}

/// The same whatever was in service.
fn at_any_time(mut options: LocateOptions) -> LocateOptions {
    options.at = None;
    options
}

fn assert_same(twins: &Twins, q: Position, options: LocateOptions, context: &str) {
    let Twins { whole, left, .. } = twins;
    let (found, expected) = (whole.locate(q, &options), left.locate(q, &at_any_time(options)));
    assert_alike(&found.posts, &expected.posts, |i| twins.posts[i], context);
    for (found, expected) in found.posts.hits().iter().zip(expected.posts.hits()) {
        assert_eq!(found.post, twins.posts[expected.post], "{context}");
        let numbers = |hit: &patrol_corridor::index::PostHit| (hit.distance_m, hit.bearing_deg);
        assert_eq!(numbers(found), numbers(expected), "{context}");
    }
    assert_alike(&found.routes, &expected.routes, |i| twins.routes[i], context);
    for (found, expected) in found.routes.hits().iter().zip(expected.routes.hits()) {
        assert_eq!(
            (found.route, found.location),
            (twins.routes[expected.route], expected.location),
            "{context}"
        );
    }
    let mut inside: Vec<usize> = expected.corridors().iter().map(|&i| twins.corridor(i)).collect();
    inside.sort_unstable();
    assert_eq!(found.corridors().to_vec(), inside, "{context}");
    assert_eq!(found.in_corridor, Some(!inside.is_empty()), "{context}");
    assert_eq!(found.posts, whole.nearest_posts(q, &options), "{context}");
    assert_eq!(found.routes, whole.nearest_routes(q, &options), "{context}");
    let found = whole.nearest_corridors(q, &options);
    let expected = left.nearest_corridors(q, &at_any_time(options));
    assert_alike(&found, &expected, |i| twins.corridor(i), context);
    for (found, expected) in found.hits().iter().zip(expected.hits()) {
        let place = (twins.corridor(expected.corridor), twins.routes[expected.route]);
        assert_eq!((found.corridor, found.route), place, "{context}");
        assert_eq!(found.location, expected.location, "{context}");
    }
}

/// A world whose items have periods; corridors of several routes, wide and narrow.
fn world(rng: &mut Rng, place: Place, sizes: (usize, usize)) -> (Vec<ObservationPost>, Vec<PatrolRoute>) {
    let mut posts = random_posts(rng, place, sizes.0);
    posts.iter_mut().for_each(|post| post.service = random_period(rng));
    let routes = random_routes(rng, place, sizes.1, 8, 5_000.0).into_iter().map(|mut route| {
        route.service = random_period(rng);
        route.corridor = [None, Some("A".to_owned()), Some("B".to_owned())][rng.usize(..3)].clone();
        match rng.bool() {
            true => route.with_half_width_m([100.0, 5_000.0, 200_000.0][rng.usize(..3)]).unwrap(),
            false => route,
        }
    });
    let routes = routes.collect();
    (posts, routes)
}

#[test]
fn what_is_out_of_service_is_as_if_it_were_not_there() {
    let (mut differing, mut empty) = (0, 0);
    for (i, place) in PLACES.into_iter().enumerate() {
        let mut rng = Rng::with_seed(4_400 + i as u64);
        for sizes in [(1, 1), (7, 3), (60, 20), (90, 40), (3_000, 150)] {
            let (posts, routes) = world(&mut rng, place, sizes);
            let edges = if rng.bool() { Edges::Planar } else { Edges::Geodesic };
            for _ in 0..3 {
                let at = hour(rng.usize(..HOURS));
                let twins = Twins::new(&posts, &routes, edges, at);
                empty += usize::from(twins.posts.is_empty());
                for _ in 0..6 {
                    let q = match rng.u8(..4) {
                        0 => posts[rng.usize(..posts.len())].position,
                        1 => Place::Globe.random(&mut rng),
                        _ => place.random(&mut rng),
                    };
                    let options = LocateOptions::default()
                        .with_count([1, 1, 2, 5, 100][rng.usize(..5)])
                        .with_max_distance_m((rng.u8(..3) == 0).then(|| 10f64.powf(3.0 + 4.0 * rng.f64())))
                        .with_at(at);
                    let at_any_time = twins.whole.locate(q, &at_any_time(options));
                    differing += usize::from(twins.whole.locate(q, &options) != at_any_time);
                    for search in [Search::Index, Search::RStar, Search::Scan] {
                        let options = options.with_search(search);
                        assert_same(
                            &twins,
                            q,
                            options,
                            &format!("{place:?} {sizes:?} {edges} {q:?} {options:?}"),
                        );
                    }
                }
            }
        }
    }
    // The test sees something.
    assert!(differing > 200 && empty > 0, "{differing} {empty}");
}

#[test]
fn candidates_of_a_region_were_in_service() {
    let mut rng = Rng::with_seed(4_500);
    let mut several = 0;
    for _ in 0..6 {
        let (posts, routes) = world(&mut rng, Place::Small, (30, 10));
        let at = hour(rng.usize(1..HOURS - 1));
        let twins = Twins::new(&posts, &routes, Edges::Planar, at);
        for _ in 0..4 {
            let disc =
                AnnularSector::disc(Place::Small.random(&mut rng), 100.0 + 8_000.0 * rng.f64()).unwrap();
            let region = DescribedRegion::Sector(disc);
            let found = locate_uncertain(&twins.whole, &region, Some(at.into()));
            let expected = locate_uncertain(&twins.left, &region, None);
            for (found, expected, places) in [
                (&found.posts, &expected.posts, &twins.posts),
                (&found.routes, &expected.routes, &twins.routes),
            ] {
                let mut seen: Vec<_> =
                    found.list.iter().map(|one| (one.index, one.share, one.distances)).collect();
                let mut due: Vec<_> =
                    expected.list.iter().map(|one| (places[one.index], one.share, one.distances)).collect();
                seen.sort_by_key(|one| one.0);
                due.sort_by_key(|one| one.0);
                several += usize::from(due.len() > 1);
                assert_eq!(seen, due);
            }
            assert_eq!(found.corridor_share.unwrap_or(0.0), expected.corridor_share.unwrap_or(0.0));
        }
    }
    assert!(several > 10, "{several}");
}

#[test]
fn nothing_in_service_is_nothing_near() {
    let at = position(46.75, 39.82);
    let mut post = ObservationPost::new("A", at);
    post.service = ServicePeriod::new(Some(hour(3)), Some(hour(4))).unwrap();
    let mut route = PatrolRoute::from_parts("R", vec![vec![at, go(at, 90.0, 5_000.0)]])
        .and_then(|route| route.with_half_width_m(1_000.0))
        .unwrap();
    route.service = post.service;
    let area = PatrolIndex::new(vec![post], vec![route], Edges::Planar).unwrap();
    assert!(area.has_service_periods());
    for search in [Search::Index, Search::RStar, Search::Scan] {
        let located = |time: Option<Timestamp>| {
            let mut options = LocateOptions::default().with_search(search);
            options.at = time.map(TimeSpan::at);
            area.locate(at, &options)
        };
        // The first instant is in service, the last is not.
        for (time, is_there) in [(hour(2), false), (hour(3), true), (hour(4), false)] {
            let found = located(Some(time));
            assert_eq!(found.posts.first().is_some(), is_there, "{time}");
            assert_eq!(found.routes.first().is_some(), is_there, "{time}");
            assert_eq!(found.in_corridor, Some(is_there), "{time}");
            assert_eq!(
                (area.has_post_in_service(time.into()), area.has_route_in_service(time.into())),
                (is_there, is_there)
            );
        }
        assert_eq!(located(None), located(Some(hour(3))));
    }
    let region = DescribedRegion::Sector(AnnularSector::disc(at, 500.0).unwrap());
    let answer = locate_uncertain(&area, &region, Some(hour(4).into()));
    assert!(answer.posts.list.is_empty() && answer.routes.list.is_empty());
    assert_eq!(answer.corridor_share, Some(0.0));
}

/// A tie is one among those that were in service.
#[test]
fn a_tie_ends_with_the_period() {
    let at = position(46.75, 39.82);
    let posts = [("first", Some(hour(2))), ("second", None), ("third", None)].map(|(id, to)| {
        let mut post = ObservationPost::new(id, go(at, 45.0, 2_000.0));
        post.service = ServicePeriod::new(None, to).unwrap();
        post
    });
    let area = PatrolIndex::new(posts.to_vec(), vec![], Edges::Planar).unwrap();
    for search in [Search::Index, Search::RStar, Search::Scan] {
        let tied = |time: Timestamp| {
            let found = area.nearest_posts(at, &LocateOptions::default().with_search(search).with_at(time));
            (found.first().unwrap().post, found.tied().to_vec(), found.margin_m())
        };
        assert_eq!(tied(hour(1)), (0, vec![0, 1, 2], Some(0.0)));
        assert_eq!(tied(hour(2)), (1, vec![1, 2], Some(0.0)));
    }
}

/// The area of an instant, and all that takes an area as it is.
#[test]
fn an_area_as_of_an_instant_is_made_of_what_was_in_service() {
    let (mut fewer, mut differing) = (0, 0);
    for (i, place) in PLACES.into_iter().enumerate() {
        let mut rng = Rng::with_seed(4_600 + i as u64);
        let (posts, routes) = world(&mut rng, place, (12, 6));
        for hour_at in 0..HOURS {
            let edges = if rng.bool() { Edges::Planar } else { Edges::Geodesic };
            let Twins { whole, left, .. } = Twins::new(&posts, &routes, edges, hour(hour_at));
            let found = whole.in_service(hour(hour_at)).unwrap();
            let context = format!("{place:?} {edges} at {hour_at}");
            assert!(!found.has_service_periods(), "{context}");
            let ids = |area: &PatrolIndex| -> Vec<String> {
                let posts = area.posts().iter().map(|post| post.id.to_string());
                posts.chain(area.routes().iter().map(|route| route.id.to_string())).collect()
            };
            assert_eq!(ids(&found), ids(&left), "{context}");
            assert_eq!((found.edges(), found.corridors()), (edges, left.corridors()), "{context}");
            fewer += usize::from(ids(&found).len() < posts.len() + routes.len());
            let options = CoverageOptions::default().with_radius_m(4_000.0).with_threads(1);
            let coverages = [&found, &left, &whole].map(|area| coverage(area, &options).unwrap());
            assert_eq!(coverages[0], coverages[1], "{context}");
            differing += usize::from(coverages[1] != coverages[2]);
            assert_eq!(beats(&found, 1).ok(), beats(&left, 1).ok(), "{context}");
            let candidates: Vec<Position> = (0..9).map(|_| place.random(&mut rng)).collect();
            let proposed = [&found, &left].map(|area| suggest_posts(area, &candidates, 3, &options).unwrap());
            assert_eq!(proposed[0], proposed[1], "{context}");
            let within = Within::DistanceM(2_000.0);
            assert_eq!(
                sectors(found.posts(), within).unwrap(),
                sectors(left.posts(), within).unwrap(),
                "{context}"
            );
            for q in candidates {
                // Whatever the instant: its own is passed.
                let options = LocateOptions::default().with_at(hour(rng.usize(..HOURS)));
                assert_eq!(found.locate(q, &options), left.locate(q, &LocateOptions::default()), "{context}");
            }
        }
    }
    assert!(fewer > 30 && differing > 20, "{fewer} {differing}");
}

/// What may be the nearest at any instant of a span, by the areas of all its hours.
#[test]
fn candidates_during_a_span_are_those_of_each_instant_in_it() {
    let (mut alone, mut more) = (0, 0);
    for seed in 0..60 {
        let mut rng = Rng::with_seed(4_700 + seed);
        let (posts, routes) = world(&mut rng, Place::Small, (40, 12));
        let (from, to) = (rng.usize(..HOURS), rng.usize(..HOURS));
        let (from, to) = (from.min(to), from.max(to));
        let centre = Place::Small.random(&mut rng);
        let disc = |at: Position, radius_m| AnnularSector::disc(at, radius_m).map(DescribedRegion::Sector);
        let regions = [disc(centre, 4_000.0), disc(go(centre, 40.0, 3_000.0), 5_000.0)].map(Result::unwrap);
        let common = CommonRegion::find(regions.iter().collect()).unwrap();
        let twins: Vec<Twins> =
            (from..=to).map(|at| Twins::new(&posts, &routes, Edges::Planar, hour(at))).collect();
        let span = TimeSpan::at(hour(from)).hull(TimeSpan::at(hour(to)));
        let found = locate_common(&twins[0].whole, &common, Some(span));
        let answers: Vec<_> = twins.iter().map(|twins| locate_common(&twins.left, &common, None)).collect();
        // The last instant has a nanosecond of its own.
        let hours = (to - from).max(1);
        let lists = |post: bool| -> Vec<Vec<(usize, f64)>> {
            let list = |(answer, twins): (&UncertainAnswer, &Twins)| {
                let (list, places) = match post {
                    true => (&answer.posts.list, &twins.posts),
                    false => (&answer.routes.list, &twins.routes),
                };
                list.iter().map(|one| (places[one.index], one.share)).collect()
            };
            answers.iter().zip(&twins).map(list).collect()
        };
        for (found, lists) in [(&found.posts, lists(true)), (&found.routes, lists(false))] {
            let mut due: Vec<usize> = lists.iter().flatten().map(|one| one.0).collect();
            due.sort_unstable();
            due.dedup();
            let mut places: Vec<usize> = found.list.iter().map(|one| one.index).collect();
            places.sort_unstable();
            assert_eq!(places, due, "{seed}");
            alone += usize::from(from == to);
            more += usize::from(lists.iter().any(|list| list.len() < due.len()));
            let served: Vec<&Vec<_>> = lists[..hours].iter().filter(|list| !list.is_empty()).collect();
            for one in &found.list {
                let own = |list: &&Vec<(usize, f64)>| {
                    list.iter().find(|(place, _)| *place == one.index).map_or(0.0, |(_, share)| *share)
                };
                let mean = served.iter().map(own).sum::<f64>() / served.len() as f64;
                assert!(served.is_empty() || (one.share - mean).abs() < 1e-11, "{seed}: {one:?}, not {mean}");
            }
            assert!(found.list.windows(2).all(|two| two[0].share >= two[1].share));
        }
        let mean: f64 =
            answers[..hours].iter().map(|answer| answer.corridor_share.unwrap_or(0.0)).sum::<f64>()
                / hours as f64;
        assert!((found.corridor_share.unwrap() - mean).abs() < 1e-11, "{seed}");
    }
    assert!(alone > 4 && more > 20, "{alone} {more}");
}

/// By the area of all that served at any time of the span.
#[test]
fn a_span_counts_all_that_served_at_any_time_of_it() {
    let (mut differing, mut changing) = (0, 0);
    for seed in 0..40 {
        let mut rng = Rng::with_seed(4_800 + seed);
        let (posts, routes) = world(&mut rng, Place::Small, (30, 10));
        let (from, to) = (rng.usize(..HOURS - 1), rng.usize(1..HOURS));
        let (from, to) = (from.min(to), to.max(from + 1));
        let span = TimeSpan::between(hour(from), hour(to)).unwrap();
        // Hours are all there is to begin and to end at.
        let hours = || (from..to).map(hour);
        let serves = |period: &ServicePeriod| hours().any(|at| period.contains(at));
        let whole = PatrolIndex::new(posts.clone(), routes.clone(), Edges::Planar).unwrap();
        let left = PatrolIndex::new(
            posts.iter().filter(|post| serves(&post.service)).cloned().collect(),
            routes.iter().filter(|route| serves(&route.service)).cloned().collect(),
            Edges::Planar,
        );
        let left = left.unwrap();
        let edges = |period: &ServicePeriod| {
            let is_inside = |at: Timestamp| hour(from) < at && at < hour(to);
            period.from().is_some_and(is_inside) || period.to().is_some_and(is_inside)
        };
        let changes =
            posts.iter().any(|post| edges(&post.service)) || routes.iter().any(|route| edges(&route.service));
        assert_eq!(whole.changes_within(&span), changes, "{seed}");
        changing += usize::from(changes);
        assert_eq!(whole.has_post_in_service(span), !left.posts().is_empty(), "{seed}");
        assert_eq!(whole.has_route_in_service(span), !left.routes().is_empty(), "{seed}");
        for _ in 0..8 {
            let q = Place::Small.random(&mut rng);
            for search in [Search::Index, Search::RStar, Search::Scan] {
                let options = LocateOptions::default().with_count(3).with_search(search).with_at(span);
                let (found, due) = (whole.locate(q, &options), left.locate(q, &at_any_time(options)));
                let post = |area: &PatrolIndex, place: usize| area.posts()[place].id.clone();
                let ids = |area: &PatrolIndex, found: &Nearest<_>| -> Vec<_> {
                    found
                        .hits()
                        .iter()
                        .map(|hit: &patrol_corridor::index::PostHit| post(area, hit.post))
                        .collect()
                };
                assert_eq!(ids(&whole, &found.posts), ids(&left, &due.posts), "{seed} {q:?}");
                assert_eq!(found.posts.margin_m(), due.posts.margin_m());
                assert_eq!(found.routes.margin_m(), due.routes.margin_m());
                assert_eq!(found.in_corridor.unwrap_or(false), due.in_corridor.unwrap_or(false));
                let at_first = options.with_at(hour(from));
                differing += usize::from(whole.locate(q, &at_first) != found);
            }
        }
    }
    assert!(differing > 50 && changing > 10, "{differing} {changing}");
}

/// Many posts of which few are in service at a time: by the tree of periods as by measuring all, at any instant.
#[test]
fn few_of_many_in_service_are_found_as_by_a_scan() {
    let mut rng = Rng::with_seed(288);
    let at = |seconds: i64| Timestamp::from_unix_seconds(1_600_000_000 + seconds).unwrap();
    for (round, place) in PLACES.into_iter().enumerate() {
        let mut posts = random_posts(&mut rng, place, 3_000);
        for post in &mut posts {
            let from = rng.i64(0..100_000);
            // Some hundreds serve at a time, in one round more than the tree shows, and in each some without an end.
            let length = 1 + rng.i64(0..[10_000, 60_000, 100, 10_000, 1_000][round]);
            let (from, to) =
                ((rng.u8(..50) > 0).then(|| at(from)), (rng.u8(..50) > 0).then(|| at(from + length)));
            post.service = ServicePeriod::new(from, to).unwrap();
        }
        let area = PatrolIndex::new(posts, vec![], Edges::Planar).unwrap();
        for _ in 0..300 {
            let q = place.random(&mut rng);
            let time = at(rng.i64(-10..210_000));
            let count = [1, 1, 2, 7, 2_000][rng.usize(..5)];
            let options = LocateOptions::default().with_count(count).with_at(time);
            let scan = options.with_search(Search::Scan);
            assert_eq!(
                area.nearest_posts(q, &options),
                area.nearest_posts(q, &scan),
                "{place:?} {q:?} {time}"
            );
        }
    }
}
