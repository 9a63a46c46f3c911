//! Posts that move give the answers of an index that is built of them, to the bit.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use fastrand::Rng;
use patrol_corridor::index::{LocateOptions, MovingHit, MovingPosts, Nearest, PostHit, PostKey, Search};
use patrol_corridor::time::{ServicePeriod, TimeSpan, Timestamp};
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolIndex, Position};

use super::index::queries;
use crate::support::{PLACES, go, position};

/// The same with keys instead of places in the layer.
fn same(moving: &Nearest<MovingHit>, built: &Nearest<PostHit>, keys: &[PostKey], context: &str) {
    let hits: Vec<_> = moving.hits().iter().map(|hit| (hit.key, hit.distance_m, hit.bearing_deg)).collect();
    let of_built = |hit: &PostHit| (keys[hit.post], hit.distance_m, hit.bearing_deg);
    assert_eq!(hits, built.hits().iter().map(of_built).collect::<Vec<_>>(), "{context}");
    let tied: Vec<usize> = built.tied().iter().map(|&post| keys[post].number()).collect();
    assert_eq!((moving.tied(), moving.margin_m()), (&tied[..], built.margin_m()), "{context}");
}

/// A day of which a post serves some hours.
fn hour(hours: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_600_000_000 + 3_600 * hours).unwrap()
}

#[test]
fn moving_posts_answer_as_an_index_of_them() {
    // A sequence has some tens of changes and as many questions.
    let sequences = (queries() / 10).max(60);
    for seed in 0..sequences as u64 {
        let mut rng = Rng::with_seed(seed);
        let place = PLACES[rng.usize(..PLACES.len())];
        // Some stand on one spot, or within a millimetre of it.
        let spots: Vec<Position> = (0..6).map(|_| place.random(&mut rng)).collect();
        let somewhere = |rng: &mut Rng| match rng.u8(..4) {
            0 => spots[rng.usize(..spots.len())],
            1 => go(spots[rng.usize(..spots.len())], 360.0 * rng.f64(), 1e-3 * rng.f64()),
            _ => place.random(rng),
        };
        let new_post = |rng: &mut Rng, n: u64| {
            let mut post = ObservationPost::new(n, somewhere(rng));
            if seed % 3 == 0 && rng.bool() {
                let from = rng.i64(0..20);
                post.service = ServicePeriod::new(Some(hour(from)), Some(hour(from + 4))).unwrap();
            }
            post
        };
        let first: Vec<_> = (0..rng.u64(..40)).map(|n| new_post(&mut rng, n)).collect();
        let mut expected = first.clone();
        let (units, mut keys) = MovingPosts::of_posts(first).unwrap();
        let mut next = expected.len() as u64;
        for step in 0..30 {
            let any = |rng: &mut Rng| (!keys.is_empty()).then(|| rng.usize(..keys.len()));
            match (rng.u8(..4), any(&mut rng)) {
                (0, Some(i)) => {
                    assert_eq!(units.remove(keys[i]), Some(expected.remove(i)));
                    let gone = keys.remove(i);
                    assert!(units.remove(gone).is_none() && !units.move_to(gone, spots[0]));
                }
                (1 | 2, Some(i)) => {
                    expected[i].position = somewhere(&mut rng);
                    assert!(units.move_to(keys[i], expected[i].position));
                }
                _ => {
                    let post = new_post(&mut rng, next);
                    keys.push(units.add(post.clone()).unwrap());
                    expected.push(post);
                    next += 1;
                }
            }
            if step % 3 != 0 {
                continue;
            }
            let of_units: Vec<_> = units.posts();
            assert_eq!(of_units, keys.iter().copied().zip(expected.iter().cloned()).collect::<Vec<_>>());
            let built = PatrolIndex::new(expected.clone(), vec![], Edges::Planar).unwrap();
            for _ in 0..3 {
                let q = somewhere(&mut rng);
                let mut options = LocateOptions::default()
                    .with_count([1, 2, 5][rng.usize(..3)])
                    .with_max_distance_m(rng.bool().then(|| 1e6 * rng.f64()));
                options.at = (seed % 3 == 0).then(|| TimeSpan::at(hour(rng.i64(0..24))));
                let context = format!("seed {seed} step {step} {q:?} {options:?}");
                let by_index = built.nearest_posts(q, &options);
                for search in [Search::Index, Search::Scan] {
                    let options = options.with_search(search);
                    same(&units.nearest(q, &options), &by_index, &keys, &context);
                    let radius_m = 10f64.powf(6.0 * rng.f64());
                    let within = units.within(q, radius_m, &options).unwrap();
                    let expected = built.posts_within(q, radius_m, &options).unwrap();
                    let found: Vec<_> = within.iter().map(|hit| (hit.key, hit.distance_m)).collect();
                    let expected: Vec<_> =
                        expected.iter().map(|hit| (keys[hit.post], hit.distance_m)).collect();
                    assert_eq!(found, expected, "{context}");
                }
            }
        }
    }
}

/// A post that goes to and fro between two spots is at one of them, whoever asks whenever, and never at both or none.
#[test]
fn a_query_sees_a_move_whole() {
    let (west, east) = (position(46.0, 39.5), position(47.0, 39.5));
    let (units, keys) = MovingPosts::of_posts((0..500_u64).map(|n| {
        ObservationPost::new(n, if n == 0 { west } else { position(46.0 + 0.001 * n as f64, 45.0) })
    }))
    .unwrap();
    let (over, begin) = (AtomicBool::new(false), Barrier::new(3));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                begin.wait();
                // Once at the least, however fast the moves are.
                loop {
                    let from = |at| units.within(at, 10.0, &LocateOptions::default()).unwrap().len();
                    let all = units.nearest(west, &LocateOptions::default().with_count(1_000));
                    assert_eq!(all.hits().len(), 500);
                    let nearest = all.first().unwrap();
                    assert_eq!(nearest.key, keys[0]);
                    assert!(
                        nearest.distance_m == 0.0 || (nearest.distance_m - 85_996.0).abs() < 100.0,
                        "{nearest:?}"
                    );
                    assert!(from(west) <= 1 && from(east) <= 1);
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
        }
        begin.wait();
        for round in 0..2_000 {
            assert!(units.move_to(keys[0], if round % 2 == 0 { east } else { west }));
        }
        over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn one_id_is_one_post() {
    let units = MovingPosts::new();
    let post = |id: FeatureId| ObservationPost::new(id, position(46.0, 39.5));
    let first = units.add(post("A".into())).unwrap();
    assert!(units.add(post("A".into())).unwrap_err().message().contains("`A` is there already"));
    assert_eq!((units.len(), units.key_of(&"A".into())), (1, Some(first)));
    assert_eq!(units.get(first).unwrap().id, "A".into());
    units.remove(first);
    // Whoever comes back is a new one, behind the others.
    units.add(post("B".into())).unwrap();
    let again = units.add(post("A".into())).unwrap();
    assert!(again > first && units.posts()[1].0 == again);
    assert!(MovingPosts::of_posts([post(1_u64.into()), post(FeatureId::number("1.0").unwrap())]).is_err());
    for wrong in [f64::NAN, -1.0] {
        assert!(units.within(position(46.0, 39.5), wrong, &LocateOptions::default()).is_err());
    }
    assert!(MovingPosts::new().nearest(position(0.0, 0.0), &LocateOptions::default()).first().is_none());
}

/// What a service keeps in its state.
#[test]
fn what_a_service_shares_can_be_shared() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<PatrolIndex>();
    shared::<MovingPosts>();
    shared::<patrol_corridor::annotate::Annotator>();
    shared::<patrol_corridor::described::DescribedReader>();
    shared::<patrol_corridor::incident::IncidentReader>();
    shared::<patrol_corridor::Error>();
}
