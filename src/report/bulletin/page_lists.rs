//! The lists of a page: places, what is far, uncertain or unusable, whom to tell.

use super::block::{Block, casualties, clock, clock_and_offset, date, joined, moment, status};
use super::figures::{CandidateRow, Figures, Head, Liaison, PlaceRow, Told, UncertainRow};
use super::reasons;
use super::words::{Arg, Words};
use crate::number::bearing;
use crate::report::shares::{Percent, percents};

/// Adds them, each under its heading; of what there is none there is no list.
pub(super) fn add(figures: &Figures, words: &Words, blocks: &mut Vec<Block>) {
    let lists = Lists { figures, words };
    let mut section = |heading: &str, lead: Option<String>, items: Vec<String>| {
        blocks.push(Block::Heading(words.plain(heading)));
        blocks.extend(lead.map(Block::Paragraph));
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
    };
    if !figures.places.is_empty() {
        section("places", None, figures.places.iter().map(|place| lists.place(place)).collect());
    }
    if figures.service.posts > 0 && figures.totals.incidents > 0 {
        section("far", Some(lists.far_lead()), lists.far());
    }
    if !figures.odd.is_empty() {
        section("odd-places", None, lists.odd());
    }
    if !figures.uncertain.is_empty() {
        let lead = words.say("uncertain-lead", &[("n", Arg::Count(figures.uncertain.len() as u64))]);
        let items = figures.uncertain.iter().map(|row| lists.uncertain(row)).collect();
        section("uncertain-places", Some(lead), items);
    }
    if !(figures.not_located.is_empty() && figures.without_time.is_empty()) {
        section("left-apart", None, lists.left_apart());
    }
    if figures.rejected.count > 0 {
        section("rejected", None, lists.rejected());
    }
    section("service", Some(lists.service()), lists.not_in_service());
    if figures.totals.incidents > 0 {
        let nobody = figures.liaison.is_empty().then(|| words.plain("liaison-none"));
        section("liaison", nobody, figures.liaison.iter().map(|one| lists.liaison(one)).collect());
    }
    section("data", Some(lists.data()), Vec::new());
}

struct Lists<'a> {
    figures: &'a Figures,
    words: &'a Words,
}

impl Lists<'_> {
    /// An incident with what is said of it: its type, the facts that are given, its casualties, its status.
    fn incident(&self, head: &Head, facts: Vec<String>) -> String {
        let words = self.words;
        let period = &self.figures.period;
        let time = match (head.time.split_once('T'), &period.day) {
            // An hour comes twice.
            (Some((_, time)), Some(_)) if period.hours > 24.0 => clock_and_offset(words, time),
            (Some((_, time)), Some(_)) => clock(words, time),
            (Some(_), None) => moment(words, &head.time),
            (None, Some(_)) => words.plain("hour-untold"),
            (None, None) => date(words, &head.time),
        };
        let mut all: Vec<String> = head.kind.iter().map(|kind| words.name(kind)).collect();
        all.extend(facts);
        all.extend(casualties(words, head.killed.unwrap_or(0), head.wounded.unwrap_or(0)));
        all.extend(head.status.iter().map(|text| status(words, text)));
        let item = words.say(
            "incident-item",
            &[
                ("id", Arg::Text(&words.name(head.id.as_str()))),
                ("time", Arg::Text(&time)),
                ("facts", Arg::Text(&joined(words, "semicolon", all))),
            ],
        );
        match &head.description {
            None => item,
            Some(text) => {
                let text = words.name(text);
                words.say("described", &[("item", Arg::Text(&item)), ("text", Arg::Text(&text))])
            }
        }
    }

    fn place(&self, place: &PlaceRow) -> String {
        let words = self.words;
        let mut parts = Vec::new();
        if let (Some(route), Some(chainage_m), Some(distance_m)) =
            (&place.route_id, place.route_chainage_m, place.route_distance_m)
        {
            let (route, km) = (words.name(route.as_str()), words.decimal(chainage_m / 1e3, 1));
            parts.push(words.say("on-route", &[("route", Arg::Text(&route)), ("km", Arg::Text(&km))]));
            let distance = self.distance(distance_m);
            let distance = [("distance", Arg::Text(&distance))];
            parts.push(match place.route_side {
                Some("left") => words.say("beside-left", &distance),
                Some("right") => words.say("beside-right", &distance),
                _ => words.plain("beside-on"),
            });
        }
        if let (Some(post), Some(distance_m)) = (&place.post_id, place.post_distance_m) {
            let post = words.name(post.as_str());
            parts.push(match place.post_bearing_deg {
                Some(bearing_deg) => {
                    let bearing = words.digits(&format!("{:03}", bearing(bearing_deg, 0)));
                    let args = [
                        ("distance", Arg::Text(&self.distance(distance_m))),
                        ("bearing", Arg::Text(&bearing)),
                        ("post", Arg::Text(&post)),
                    ];
                    words.say("from-post", &args)
                }
                None => words.say("at-post", &[("post", Arg::Text(&post))]),
            });
        }
        let mut facts = match parts.is_empty() {
            true => vec![words.plain("nothing-near")],
            false => vec![joined(words, "comma", parts)],
        };
        match &place.corridor {
            Some(corridor) => {
                let corridor = words.name(corridor);
                facts.push(words.say("in-corridor", &[("corridor", Arg::Text(&corridor))]));
            }
            None if self.figures.service.corridors > 0 => facts.push(words.plain("in-no-corridor")),
            None => {}
        }
        self.incident(&place.head, facts)
    }

    /// Metres under a kilometre, else kilometres and a decimal.
    fn distance(&self, metres: f64) -> String {
        let words = self.words;
        let (id, number) = match metres.round() < 1e3 {
            true => ("metres", words.whole(metres.round() as u64)),
            false => ("kilometres", words.decimal(metres / 1e3, 1)),
        };
        words.say(id, &[("number", Arg::Text(&number))])
    }

    /// Square kilometres and a decimal, but square metres of what that would make nothing.
    fn area(&self, km2: f64) -> String {
        let words = self.words;
        let (id, number) = match km2 < 0.05 {
            true => ("square-metres", words.whole((km2 * 1e6).round() as u64)),
            false => ("square-kilometres", words.decimal(km2, 1)),
        };
        words.say(id, &[("number", Arg::Text(&number))])
    }

    /// Between two distances, or at one where that says the same.
    fn distances(&self, from_m: f64, to_m: f64) -> String {
        let (from, to) = (self.distance(from_m), self.distance(to_m));
        if from == to {
            return from;
        }
        self.words.say("from-to", &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
    }

    fn percent(&self, percent: Percent) -> String {
        let words = self.words;
        match percent {
            Percent::UnderOne => words.plain("share-under-one"),
            Percent::Whole(percent) => words.say("share", &[("n", Arg::Count(percent))]),
            Percent::OverNinetyNine => words.plain("share-over-ninety-nine"),
        }
    }

    fn far_lead(&self) -> String {
        let (words, far) = (self.words, &self.figures.far);
        let km = far.limit_m / 1e3;
        let km = if km.fract() == 0.0 { words.whole(km as u64) } else { words.decimal(km, 3) };
        match far.incidents.len() {
            0 => words.say("far-none", &[("km", Arg::Text(&km))]),
            count => words.say("far-lead", &[("n", Arg::Count(count as u64)), ("km", Arg::Text(&km))]),
        }
    }

    fn far(&self) -> Vec<String> {
        let words = self.words;
        let item = |far: &super::figures::FarRow| {
            let args = [
                ("id", Arg::Text(&words.name(far.id.as_str()))),
                ("distance", Arg::Text(&self.distance(far.post_distance_m))),
                ("post", Arg::Text(&words.name(far.post_id.as_str()))),
            ];
            words.say("far-item", &args)
        };
        self.figures.far.incidents.iter().map(item).collect()
    }

    fn odd(&self) -> Vec<String> {
        let words = self.words;
        let item = |odd: &super::figures::Odd| {
            let args =
                [("id", Arg::Text(&words.name(odd.id.as_str()))), ("why", Arg::Text(odd.why.as_str()))];
            words.say("odd-item", &args)
        };
        self.figures.odd.iter().map(item).collect()
    }

    fn uncertain(&self, row: &UncertainRow) -> String {
        let words = self.words;
        let area = self.area(row.area_km2);
        // At one distance from a post, or in one direction.
        let form = if row.form == "sector" && row.area_km2 == 0.0 { "line" } else { row.form };
        let mut facts = vec![words.say("region", &[("form", Arg::Text(form)), ("area", Arg::Text(&area))])];
        for (id, candidates) in [("candidate-posts", &row.posts), ("candidate-routes", &row.routes)] {
            if !candidates.is_empty() {
                let candidates = self.candidates(candidates);
                facts.push(words.say(id, &[("candidates", Arg::Text(&candidates))]));
            }
        }
        if !row.warnings.is_empty() {
            let text = reasons::doubtful(words, &row.warnings);
            facts.push(words.say("doubt", &[("text", Arg::Text(&text))]));
        }
        self.incident(&row.head, facts)
    }

    fn candidates(&self, candidates: &[CandidateRow]) -> String {
        let words = self.words;
        let message = if candidates.len() == 1 { "candidate-certain" } else { "candidate" };
        let shares: Vec<f64> = candidates.iter().map(|one| one.share).collect();
        let one = |(one, percent): (&CandidateRow, Percent)| {
            let args = [
                ("id", Arg::Text(&words.name(one.id.as_str()))),
                ("share", Arg::Text(&self.percent(percent))),
                ("distance", Arg::Text(&self.distances(one.min_distance_m, one.max_distance_m))),
            ];
            words.say(message, &args)
        };
        joined(words, "comma", candidates.iter().zip(percents(&shares)).map(one))
    }

    fn left_apart(&self) -> Vec<String> {
        let words = self.words;
        let not_located = self.figures.not_located.iter().map(|one| {
            let why = reasons::not_located(words, &one.why);
            let id = if one.in_period { "not-located-item" } else { "not-located-other" };
            words.say(id, &[("id", Arg::Text(&words.name(one.id.as_str()))), ("why", Arg::Text(&why))])
        });
        let without_time = self.figures.without_time.iter().map(|one| {
            let text = words.name(one.found.as_deref().unwrap_or_default());
            let args = [
                ("id", Arg::Text(&words.name(one.id.as_str()))),
                ("text", Arg::Text(&text)),
                ("why", Arg::Text(one.why.as_str())),
            ];
            words.say("without-time-item", &args)
        });
        not_located.chain(without_time).collect()
    }

    fn rejected(&self) -> Vec<String> {
        let (words, rejected) = (self.words, &self.figures.rejected);
        let item = |one: &super::figures::RejectedRow| {
            let (row, reason) = (words.whole(one.row), words.name(&one.reason));
            words.say("rejected-item", &[("row", Arg::Text(&row)), ("reason", Arg::Text(&reason))])
        };
        let more = rejected.count - rejected.first.len() as u64;
        let more = (more > 0).then(|| words.say("rejected-more", &[("n", Arg::Count(more))]));
        rejected.first.iter().map(item).chain(more).collect()
    }

    fn service(&self) -> String {
        let (words, service) = (self.words, &self.figures.service);
        let args = [
            ("posts", Arg::Text(&words.counted("posts", service.posts))),
            ("routes", Arg::Text(&words.counted("routes", service.routes))),
            ("corridors", Arg::Text(&words.counted("corridors", service.corridors))),
        ];
        words.say("service-line", &args)
    }

    fn not_in_service(&self) -> Vec<String> {
        let (words, service) = (self.words, &self.figures.service);
        let lists = [
            ("posts-not-in-service", &service.posts_not_in_service),
            ("routes-not-in-service", &service.routes_not_in_service),
        ];
        let list = |(id, ids): (&str, &Vec<crate::FeatureId>)| {
            let ids = joined(words, "comma", ids.iter().map(|id| words.name(id.as_str())));
            (!ids.is_empty()).then(|| words.say(id, &[("ids", Arg::Text(&ids))]))
        };
        lists.into_iter().filter_map(list).collect()
    }

    fn liaison(&self, one: &Liaison) -> String {
        let words = self.words;
        let mut facts = Vec::new();
        if !one.notify.is_empty() {
            let people = joined(words, "semicolon", one.notify.iter().map(|told| self.told(told)));
            facts.push(words.say("tell", &[("people", Arg::Text(&people))]));
        }
        if !one.settled_with.is_empty() {
            let people = joined(words, "comma", one.settled_with.iter().map(|with| words.name(with)));
            facts.push(words.say("settled-with", &[("people", Arg::Text(&people))]));
        }
        let args = [
            ("id", Arg::Text(&words.name(one.id.as_str()))),
            ("facts", Arg::Text(&joined(words, "semicolon", facts))),
        ];
        words.say("liaison-item", &args)
    }

    fn told(&self, told: &Told) -> String {
        let words = self.words;
        let contact = &told.contact;
        let mut shown = words.name(&contact.name);
        let more: Vec<_> = contact.role.iter().chain(&contact.channel).map(|text| words.name(text)).collect();
        if !more.is_empty() {
            let more = joined(words, "comma", more);
            shown = words.say("contact-with", &[("name", Arg::Text(&shown)), ("more", Arg::Text(&more))]);
        }
        let of = told.of.iter().map(|of| {
            let key = words.name(&of.key);
            let id = match of.kind {
                "post" => "of-post",
                "route" => "of-route",
                _ => "of-corridor",
            };
            words.say(id, &[("key", Arg::Text(&key))])
        });
        let of = joined(words, "comma", of);
        words.say("contact-of", &[("contact", Arg::Text(&shown)), ("of", Arg::Text(&of))])
    }

    fn data(&self) -> String {
        let (words, data) = (self.words, &self.figures.data);
        let without = data.doubtful + data.not_dated();
        let args = [
            ("n", Arg::Count(data.read - data.rejected)),
            ("in_period", Arg::Count(data.in_period)),
            ("before", Arg::Count(data.before)),
            ("after", Arg::Count(data.after)),
            ("without", Arg::Count(without)),
        ];
        let line = words.say("data-line", &args);
        match data.rejected {
            0 => line,
            more => format!("{line} {}", words.say("data-rejected", &[("n", Arg::Count(more))])),
        }
    }
}
