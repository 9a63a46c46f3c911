//! A whole layer of incidents: read, annotated on all threads, written in order.

use std::io::Write;

use serde::Serialize;

use super::annotator::Annotator;
use crate::geodesy::Ellipsoid;
use crate::index::Located;
use crate::io::{Document, RawFeature, Source, fold_lines, splice_into_feature};
use crate::{Edges, Error};

/// The form of the text that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputForm {
    /// One FeatureCollection.
    Collection,
    /// A feature a line.
    Lines,
    /// RFC 8142: each feature begins with 0x1E and ends with a line feed.
    Sequence,
}

/// Where the answers come from: the foreign member `patrol_corridor` of the output.
#[derive(Debug, Clone, Serialize)]
pub struct Provenance {
    version: &'static str,
    ellipsoid: &'static str,
    edges: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<LayerOrigin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routes: Option<LayerOrigin>,
    incidents: IncidentOrigin,
}

#[derive(Debug, Clone, Serialize)]
struct LayerOrigin {
    file: String,
    features: u64,
    sha256: String,
}

#[derive(Debug, Clone, Serialize)]
struct IncidentOrigin {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<u64>,
}

impl Provenance {
    /// Of answers by routes with such edges.
    pub fn new(edges: Edges) -> Self {
        Provenance {
            version: env!("CARGO_PKG_VERSION"),
            ellipsoid: Ellipsoid::WGS84.name,
            edges: edges.as_str(),
            posts: None,
            routes: None,
            incidents: IncidentOrigin { file: String::new(), features: None },
        }
    }

    /// Names the layer of posts: base name, number of features, SHA-256 of the bytes as read.
    #[must_use]
    pub fn with_posts(mut self, file: &str, features: u64, sha256: &str) -> Self {
        self.posts = Some(LayerOrigin { file: file.to_owned(), features, sha256: sha256.to_owned() });
        self
    }

    /// Names the layer of routes, likewise.
    #[must_use]
    pub fn with_routes(mut self, file: &str, features: u64, sha256: &str) -> Self {
        self.routes = Some(LayerOrigin { file: file.to_owned(), features, sha256: sha256.to_owned() });
        self
    }

    /// The member `"patrol_corridor":{...}` for incidents of a file; a feature of a sequence can't know
    /// how many there are.
    fn member(&self, file: &str, features: Option<u64>) -> Result<String, Error> {
        let mut provenance = self.clone();
        provenance.incidents = IncidentOrigin { file: file.to_owned(), features };
        Ok(format!("\"{PROVENANCE}\":{}", crate::io::json_text(&provenance)?))
    }
}

/// The name of the foreign member.
const PROVENANCE: &str = "patrol_corridor";

/// An incident that could not be read, whole and unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// The file as it was named.
    pub file: String,
    /// The line on which the feature begins.
    pub line: u64,
    /// The number of the feature, from 1.
    pub feature: u64,
    /// What is wrong with it.
    pub reason: String,
    /// Its text.
    pub text: String,
}

/// What became of a layer of incidents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Features read.
    pub read: u64,
    /// Features written with their answers.
    pub annotated: u64,
    /// Features written with a `location_warning`.
    pub unlocated: u64,
    /// Features that were set aside.
    pub rejected: u64,
    /// Features whose nearest post is farther than the greatest distance.
    pub beyond_posts: u64,
    /// Features whose nearest route is farther than the greatest distance.
    pub beyond_routes: u64,
    /// How many have each post as the nearest, by place in the layer.
    pub by_post: Vec<u64>,
    /// How many lie in each corridor, by place in [`PatrolArea::corridors`](crate::PatrolArea::corridors).
    pub by_corridor: Vec<u64>,
    /// Members of the collection for which a sequence has no place.
    pub left_out: Vec<String>,
}

/// How a layer is annotated and written.
#[derive(Debug, Clone)]
pub struct LayerRun {
    /// The form of the output.
    pub form: OutputForm,
    /// What the output says of its origin: at the end of a collection, in each feature of a sequence.
    pub provenance: Option<Provenance>,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
}

/// Annotates a layer of incidents and writes it. A feature keeps its text; what is rejected goes to
/// `rejects`, and where that is `None` the first bad feature is an error.
///
/// The answer does not depend on the number of threads.
///
/// # Errors
/// Where the text is not GeoJSON, a feature is bad, the output can't be written, or the collection has a
/// member `patrol_corridor` already (unless the annotator replaces).
pub fn annotate_layer(
    incidents: &Source,
    annotator: &Annotator<'_>,
    run: &LayerRun,
    out: &mut dyn Write,
    mut rejects: Option<&mut dyn FnMut(Reject) -> Result<(), Error>>,
) -> Result<Summary, Error> {
    let document = Document::parse(incidents)?;
    let features = &document.features;
    let mut summary = Summary {
        by_post: vec![0; annotator.area().posts().len()],
        by_corridor: vec![0; annotator.area().corridors().len()],
        ..Summary::default()
    };
    let write = |out: &mut dyn Write, bytes: &[u8]| {
        out.write_all(bytes).map_err(|e| Error::io("write the output", e))
    };
    let frame = Frame::new(&document, incidents, annotator, run, &mut summary)?;
    let each = match (&run.provenance, run.form) {
        (Some(provenance), OutputForm::Lines | OutputForm::Sequence) => {
            Some(provenance.member(incidents.file(), None)?)
        }
        _ => None,
    };
    let work = Work { annotator, form: run.form, each: each.as_deref() };
    write(out, frame.head.as_bytes())?;
    let mut first = true;
    for (batch, results) in work.in_batches(features, run.threads) {
        for (at, result) in results.into_iter().enumerate() {
            let number = batch + at;
            summary.read += 1;
            match result {
                Ok((located, text)) => {
                    if run.form == OutputForm::Collection && !first {
                        write(out, frame.separator(&document, number).as_bytes())?;
                    }
                    first = false;
                    write(out, &text)?;
                    summary.count(located.as_ref(), annotator);
                }
                Err(error) => {
                    let feature = &features[number];
                    let Some(reject) = &mut rejects else { return Err(error.in_file(incidents.name())) };
                    summary.rejected += 1;
                    reject(Reject {
                        file: incidents.name().to_owned(),
                        line: feature.line,
                        feature: feature.number,
                        reason: error.path().map_or(String::new(), |path| format!("{path}: "))
                            + error.message(),
                        text: feature.text.to_owned(),
                    })?;
                }
            }
        }
    }
    write(out, frame.tail.as_bytes())?;
    Ok(summary)
}

impl Summary {
    fn count(&mut self, located: Option<&Located>, annotator: &Annotator<'_>) {
        let Some(located) = located else {
            self.unlocated += 1;
            return;
        };
        self.annotated += 1;
        match located.posts.first() {
            Some(hit) => self.by_post[hit.post] += 1,
            None => self.beyond_posts += u64::from(annotator.options().posts && !self.by_post.is_empty()),
        }
        if located.routes.first().is_none() {
            self.beyond_routes +=
                u64::from(annotator.options().routes && !annotator.area().routes().is_empty());
        }
        for &corridor in &located.corridors {
            self.by_corridor[corridor] += 1;
        }
    }
}

/// What stands around and between the features.
struct Frame {
    head: String,
    tail: String,
    own_separators: bool,
}

impl Frame {
    fn new(
        document: &Document<'_>,
        incidents: &Source,
        annotator: &Annotator<'_>,
        run: &LayerRun,
        summary: &mut Summary,
    ) -> Result<Self, Error> {
        let features = Some(document.features.len() as u64);
        if run.form != OutputForm::Collection {
            if let Some(collection) = &document.collection {
                summary.left_out = collection.foreign_names();
            }
            return Ok(Frame { head: String::new(), tail: String::new(), own_separators: false });
        }
        let member = match &run.provenance {
            Some(provenance) => provenance.member(incidents.file(), features)?,
            None => String::new(),
        };
        let Some(collection) = &document.collection else {
            let comma = if member.is_empty() { "" } else { "," };
            return Ok(Frame {
                head: "{\"type\":\"FeatureCollection\",\"features\":[\n".to_owned(),
                tail: format!("\n]{comma}{member}}}\n"),
                own_separators: false,
            });
        };
        let replace = annotator.options().replace;
        if !replace
            && run.provenance.is_some()
            && collection.foreign_names().iter().any(|name| name == PROVENANCE)
        {
            return Err(Error::input(format!(
                "found a member `{PROVENANCE}` in the collection, which the annotation writes too: \
                 use --replace, or take it out"
            ))
            .in_file(incidents.name()));
        }
        let (head, tail) = collection.edited(&|key| replace && key == PROVENANCE, &member);
        Ok(Frame { head, tail, own_separators: true })
    }

    /// What stands between the last feature that was written and this one.
    fn separator<'d>(&self, document: &Document<'d>, number: usize) -> &'d str {
        if self.own_separators { document.separator(number - 1) } else { ",\n" }
    }
}

/// What each thread does.
struct Work<'w> {
    annotator: &'w Annotator<'w>,
    form: OutputForm,
    /// The provenance that goes into each feature.
    each: Option<&'w str>,
}

type Done = Result<(Option<Located>, Vec<u8>), Error>;

/// Enough features to keep a thread busy for some milliseconds.
const BATCH: usize = 4096;

impl<'w> Work<'w> {
    /// Annotates the features, a batch a thread at a time, and gives the batches in order with the place
    /// of their first feature.
    fn in_batches<'f>(
        &'w self,
        features: &'f [RawFeature<'f>],
        threads: usize,
    ) -> impl Iterator<Item = (usize, Vec<Done>)> + use<'w, 'f> {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let mut at = 0;
        let mut ready = std::collections::VecDeque::new();
        std::iter::from_fn(move || {
            if ready.is_empty() && at < features.len() {
                let batches: Vec<_> = features[at..].chunks(BATCH).take(threads).collect();
                let done: Vec<Vec<Done>> = std::thread::scope(|scope| {
                    let (own, others) = batches.split_first().expect("there are features left");
                    let handles: Vec<_> =
                        others.iter().map(|batch| scope.spawn(|| self.batch(batch))).collect();
                    let own = self.batch(own);
                    let join = |handle: std::thread::ScopedJoinHandle<'_, Vec<Done>>| {
                        handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                    };
                    std::iter::once(own).chain(handles.into_iter().map(join)).collect()
                });
                for batch in done {
                    let start = at;
                    at += batch.len();
                    ready.push_back((start, batch));
                }
            }
            ready.pop_front()
        })
    }

    fn batch(&self, features: &[RawFeature<'_>]) -> Vec<Done> {
        let mut members = String::new();
        features.iter().map(|feature| self.one(feature, &mut members)).collect()
    }

    fn one(&self, feature: &RawFeature<'_>, members: &mut String) -> Done {
        let mut out = Vec::with_capacity(feature.text.len() + 768);
        if self.form == OutputForm::Sequence {
            out.push(0x1E);
        }
        let start = out.len();
        let located = self.annotator.splice(&feature.parts()?, members, &mut out)?;
        if let Some(member) = self.each {
            splice_into_feature(&mut out, start, member, PROVENANCE, self.annotator.options().replace)
                .map_err(|error| feature.blame(error))?;
        }
        if self.form == OutputForm::Lines {
            fold_lines(&mut out, start);
        }
        if self.form != OutputForm::Collection {
            out.push(b'\n');
        }
        Ok((located, out))
    }
}
