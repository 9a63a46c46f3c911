//! Where answers come from: the foreign member `patrol_corridor`.

use serde::Serialize;

use crate::geodesy::Ellipsoid;
use crate::{Edges, Error};

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
