//! `cargo run --release -- posts.geojson routes.geojson`, then `curl 'localhost:8080/nearest?at=46.8,40.07'`; a POST to
//! `/reload` loads the layers anew.

use std::sync::{Arc, RwLock};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use patrol_corridor::index::{LocateOptions, Located};
use patrol_corridor::io::{LayerOptions, NoProperties, Source, read_posts, read_routes};
use patrol_corridor::time::Timestamp;
use patrol_corridor::{Edges, Error, PatrolIndex, Position};

type Service = Arc<RwLock<PatrolIndex>>;
type Refusal = (StatusCode, String);
type Answer = Result<Json<Located>, Refusal>;

#[derive(serde::Deserialize)]
struct Question {
    at: String,
}

fn load() -> Result<PatrolIndex, Error> {
    let (paths, options) = (std::env::args().skip(1).collect::<Vec<_>>(), LayerOptions::default());
    let [posts, routes] = &paths[..] else { return Err(Error::argument("expected POSTS and ROUTES")) };
    let posts = read_posts::<NoProperties>(&Source::open(posts)?, &options)?;
    let routes = read_routes::<NoProperties>(&Source::open(routes)?, &options)?;
    PatrolIndex::new(posts.items, routes.items, Edges::Planar)
}

async fn nearest(State(service): State<Service>, Query(asked): Query<Question>) -> Answer {
    let at: Position = asked.at.parse().map_err(|e: Error| (StatusCode::BAD_REQUEST, e.to_string()))?;
    // A clone shares all of it; the lock is held no longer than that.
    let index = service.read().expect("no holder panics").clone();
    Ok(Json(index.locate(at, &LocateOptions::default().with_at(Timestamp::now()))))
}

async fn reload(State(service): State<Service>) -> Result<(), Refusal> {
    let refuse = |e: Error| (StatusCode::INTERNAL_SERVER_ERROR, e.to_string());
    load().map(|index| *service.write().expect("no holder panics") = index).map_err(refuse)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service: Service = Arc::new(RwLock::new(load()?));
    let app =
        Router::new().route("/nearest", get(nearest)).route("/reload", post(reload)).with_state(service);
    Ok(axum::serve(tokio::net::TcpListener::bind("127.0.0.1:8080").await?, app).await?)
}
