//! The lists at the end of a page: what is far, odd or unusable, whom to tell, what was in service.

use super::block::{Block, joined, names};
use super::figures::{Figures, Liaison, Told};
use super::page_places::distance;
use super::reasons;
use super::words::{Arg, Words};

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
    if !figures.far.incidents.is_empty() {
        section("far", Some(lists.far_lead()), lists.far());
    }
    if !figures.odd.is_empty() {
        section("odd-places", None, lists.odd());
    }
    if !(figures.not_located.is_empty() && figures.without_time.is_empty()) {
        section("left-apart", None, lists.left_apart());
    }
    if figures.rejected.count > 0 {
        section("rejected", None, lists.rejected());
    }
    if !figures.open_before.is_empty() {
        section("open", Some(lists.open_before()), Vec::new());
    }
    if !figures.liaison.is_empty() {
        section("liaison", None, figures.liaison.iter().map(|one| lists.liaison(one)).collect());
    }
    section("service", Some(lists.service()), lists.not_in_service());
    section("data", Some(lists.data()), Vec::new());
    blocks.extend(lists.persons().map(Block::Paragraph));
}

struct Lists<'a> {
    figures: &'a Figures,
    words: &'a Words,
}

impl Lists<'_> {
    fn far_lead(&self) -> String {
        let (words, far) = (self.words, &self.figures.far);
        let km = far.limit_m / 1e3;
        let km = if km.fract() == 0.0 { words.whole(km as u64) } else { words.decimal(km, 3) };
        let count = far.incidents.len() as u64;
        words.say("far-lead", &[("n", Arg::Count(count)), ("km", Arg::Text(&km))])
    }

    fn far(&self) -> Vec<String> {
        let words = self.words;
        let item = |far: &super::figures::FarRow| {
            let args = [
                ("id", Arg::Text(&words.name(far.id.as_str()))),
                ("distance", Arg::Text(&distance(words, far.post_distance_m))),
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

    fn open_before(&self) -> String {
        let (words, open) = (self.words, &self.figures.open_before);
        let ids = names(words, open.iter().map(|id| id.as_str()));
        words.say("open-before", &[("n", Arg::Count(open.len() as u64)), ("ids", Arg::Text(&ids))])
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
            let ids = names(words, ids.iter().map(|id| id.as_str()));
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

    /// What the counts of persons leave out.
    fn persons(&self) -> Option<String> {
        let (words, figures) = (self.words, self.figures);
        let (totals, told) = (&figures.totals, &figures.casualties_told);
        let mut said = Vec::new();
        for (id, count, is_told) in [
            ("killed-untold", totals.killed_not_told, told.killed),
            ("wounded-untold", totals.wounded_not_told, told.wounded),
        ] {
            if count > 0 && is_told {
                said.push(words.say(id, &[("n", Arg::Count(count))]));
            }
        }
        let not_counted = figures.not_counted.iter().map(|one| {
            let (id, text) = (words.name(one.id.as_str()), words.name(&one.found));
            let args =
                [("member", Arg::Text(one.member)), ("id", Arg::Text(&id)), ("text", Arg::Text(&text))];
            words.say("not-counted-item", &args)
        });
        let items = joined(words, "semicolon", not_counted);
        if !items.is_empty() {
            said.push(words.say("not-counted", &[("items", Arg::Text(&items))]));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn data(&self) -> String {
        let (words, data) = (self.words, &self.figures.data);
        let without = data.doubtful + data.not_dated();
        let args = [
            ("n", Arg::Count(data.read - data.rejected)),
            ("in_period", Arg::Text(&words.whole(data.in_period))),
            ("before", Arg::Text(&words.whole(data.before))),
            ("after", Arg::Text(&words.whole(data.after))),
            ("without", Arg::Text(&words.whole(without))),
        ];
        let line = words.say("data-line", &args);
        match data.rejected {
            0 => line,
            more => format!("{line} {}", words.say("data-rejected", &[("n", Arg::Count(more))])),
        }
    }
}
