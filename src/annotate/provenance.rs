//! Where answers come from: the foreign member `patrol_corridor`.

use serde::Serialize;

use crate::geodesy::Ellipsoid;
use crate::{Edges, Error};

/// Where the answers come from: the foreign member `patrol_corridor` of the output.
///
/// ```
/// use patrol_corridor::annotate::{Annotator, LayerRun, OutputForm, Provenance, annotate_layer};
/// # use patrol_corridor::io::{IncidentStream, LayerOptions, NoProperties, Source, read_posts};
/// use patrol_corridor::{Edges, PatrolIndex};
/// # let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020");
/// # let posts = Source::open(format!("{data}/posts.geojson"))?;
/// # let source = posts;
/// # let posts = read_posts::<NoProperties>(&source, &LayerOptions::default())?;
/// # let annotator = Annotator::new(&PatrolIndex::new(posts.items, vec![], Edges::Planar)?, Default::default());
/// # let incidents = IncidentStream::open(format!("{data}/incidents.geojson"))?;
/// let mut run = LayerRun::new(OutputForm::Collection);
/// run.provenance =
///     Some(Provenance::new(Edges::Planar).with_posts(source.file(), posts.features, source.sha256()));
/// let mut out = Vec::new();
/// annotate_layer(incidents, &annotator, run, &mut out)?;
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.contains(r#""incidents":{"file":"incidents.geojson","features":3}"#), "{out}");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct Provenance {
    version: &'static str,
    ellipsoid: &'static str,
    edges: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<LayerOrigin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routes: Option<LayerOrigin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corridors: Option<LayerOrigin>,
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
    ///
    /// ```
    /// use patrol_corridor::annotate::Provenance;
    /// use patrol_corridor::{Edges, io};
    /// let line = io::json_line(&Provenance::new(Edges::Planar))?;
    /// assert!(line.contains(r#""ellipsoid":"WGS84","edges":"planar""#), "{line}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new(edges: Edges) -> Self {
        Provenance {
            version: env!("CARGO_PKG_VERSION"),
            ellipsoid: Ellipsoid::WGS84.name,
            edges: edges.as_str(),
            posts: None,
            routes: None,
            corridors: None,
            incidents: IncidentOrigin { file: String::new(), features: None },
        }
    }

    /// Names the layer of posts: base name, number of features, SHA-256 of the bytes as read.
    ///
    /// ```
    /// use patrol_corridor::annotate::Provenance;
    /// use patrol_corridor::{Edges, io};
    /// let source = io::Source::open(concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/posts.geojson"))?;
    /// let origin = Provenance::new(Edges::Planar).with_posts(source.file(), 27, source.sha256());
    /// let line = io::json_line(&origin)?;
    /// assert!(line.contains(r#""posts":{"file":"posts.geojson","features":27,"sha256":""#), "{line}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn with_posts(mut self, file: &str, features: u64, sha256: &str) -> Self {
        self.posts = Some(LayerOrigin { file: file.to_owned(), features, sha256: sha256.to_owned() });
        self
    }

    /// Names the layer of routes, likewise.
    ///
    /// ```
    /// use patrol_corridor::annotate::Provenance;
    /// use patrol_corridor::{Edges, io};
    /// let source = io::Source::open(concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/routes.geojson"))?;
    /// let origin = Provenance::new(Edges::Planar).with_routes(source.file(), 5, source.sha256());
    /// let line = io::json_line(&origin)?;
    /// assert!(line.contains(r#""routes":{"file":"routes.geojson","features":5,"sha256":""#), "{line}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn with_routes(mut self, file: &str, features: u64, sha256: &str) -> Self {
        self.routes = Some(LayerOrigin { file: file.to_owned(), features, sha256: sha256.to_owned() });
        self
    }

    /// Names the layer of corridors that are polygons, likewise.
    #[must_use]
    pub fn with_corridors(mut self, file: &str, features: u64, sha256: &str) -> Self {
        self.corridors = Some(LayerOrigin { file: file.to_owned(), features, sha256: sha256.to_owned() });
        self
    }

    /// The member `"patrol_corridor":{...}` for incidents of a file; a feature of a sequence can't know
    /// how many there are.
    pub(crate) fn member(&self, file: &str, features: Option<u64>) -> Result<String, Error> {
        let mut provenance = self.clone();
        provenance.incidents = IncidentOrigin { file: file.to_owned(), features };
        Ok(format!("\"{PROVENANCE}\":{}", crate::io::json_text(&provenance)?))
    }
}

/// The name of the foreign member.
pub(crate) const PROVENANCE: &str = "patrol_corridor";
