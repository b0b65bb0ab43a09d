//! The door: pages, forms, API and sockets, behind one guard.

mod api;
mod assets;
mod body;
mod crowds;
mod events;
mod express;
mod forms;
mod guard;
mod kept;
mod limits;
mod near;
mod network;
mod organise;
mod organise_accounts;
mod pages;
mod patience;
mod places;
mod problem;
mod serve;
mod socket;
mod tagged;
mod viewer;
mod visitor;
mod watch;

use std::sync::Arc;

pub use assets::Assets;
use axum::{
    Router, middleware,
    routing::{get, post},
};
pub use crowds::Crowds;
pub use express::Express;
pub use kept::KeptPages;
pub use limits::Limits;
pub use patience::Patience;
pub use places::Places;
pub use serve::{listen, serve};
use tokio::{runtime::Handle, sync};
use tokio_util::task::TaskTracker;
use tower_http::{CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer};
use url::Url;
pub use watch::Token;

use self::problem::Refused;
use crate::{
    clock::Clock,
    hub::Hub,
    journal::Journal,
    people::{Cookies, OrganiserKey, Signer},
    sources::Channels,
    viewers::Viewers,
};

/// All that requests need.
pub struct App {
    /// The sessions.
    pub hub: Arc<Hub>,
    /// The networks and gateways.
    pub channels: Arc<Channels>,
    /// Recognises tokens.
    pub signer: Signer,
    /// Makes and reads cookies.
    pub cookies: Cookies,
    /// The organiser's key.
    pub organiser: OrganiserKey,
    /// Opens the metrics from elsewhere, when it was set.
    pub metrics_token: Option<Token>,
    /// The address people type, when it was set.
    pub public_url: Option<Url>,
    /// Whether the visitor's address is in X-Forwarded-For.
    pub behind_proxy: bool,
    /// Who may do how much.
    pub limits: Limits,
    /// Who asks from where.
    pub crowds: Crowds,
    /// Where everything is kept; commands go to the hub.
    pub store: Arc<dyn Journal>,
    /// How many connections may be open; none when they are not counted.
    pub places: Option<Arc<Places>>,
    /// For how long whom is waited for.
    pub patience: Patience,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The public's screens.
    pub viewers: Arc<Viewers>,
    /// Where work goes that begins on the thread of a shard.
    pub runtime: Handle,
    /// The site's files.
    pub assets: Assets,
    /// The public's pages.
    pub pages: KeptPages,
    /// The short way to them.
    pub express: Express,
    /// The connections and sockets that are open, to be waited for at the end.
    pub open: TaskTracker,
    /// Turns true when the server is asked to stop.
    pub stopping: sync::watch::Receiver<bool>,
}

/// Every route, behind the guard.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(pages::home))
        .route("/healthz", get(watch::lives))
        .route("/readyz", get(watch::is_ready))
        .route("/metrics", get(watch::metrics))
        .route("/favicon.ico", get(assets::favicon))
        .route("/assets/{hash}/{*path}", get(assets::file))
        .nest("/organise", organise::routes())
        .nest("/api/v1", api::routes())
        .route("/{hashtag}", get(pages::citizen))
        .route("/{hashtag}/q/{id}", get(pages::question))
        .route("/{hashtag}/wall", get(pages::wall))
        .route("/{hashtag}/moderate", get(pages::moderate))
        .route("/{hashtag}/panel", get(pages::panel))
        .route("/{hashtag}/desk", get(pages::office))
        .route("/{hashtag}/account", get(pages::account))
        .route("/{hashtag}/near", get(near::page))
        .route("/{hashtag}/name", post(forms::name))
        .route("/{hashtag}/enter", post(forms::enter))
        .route("/{hashtag}/ask", post(forms::ask))
        .route("/{hashtag}/q/{id}/support", post(forms::support))
        .route("/{hashtag}/q/{id}/withdraw", post(forms::withdraw))
        .fallback(|| async { Refused(shared::Refusal::NotFound) })
        // What is kept comes compressed already; this is for pages of one reader.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::door))
        .layer(CatchPanicLayer::new())
        .with_state(app)
}
