//! Samenspraak moderates live co-creation sessions between citizens and their aldermen.

mod advice;
mod care;
mod clock;
mod cluster;
mod config;
mod digest;
mod files;
mod hub;
mod journal;
mod likeness;
mod log;
mod metrics;
mod notice;
mod people;
mod pressed;
mod sources;
mod viewers;
mod web;

use std::{fs, io::Write, process::ExitCode, sync::Arc};

use anyhow::{Context, ensure};
use clap::Parser;
use config::{Config, Serve, Task};
use similarity::Engine;
use tokio::{
    signal::unix,
    sync::{mpsc, watch},
};
use tokio_util::task::TaskTracker;
use url::{Host, Url};

use crate::{
    clock::{Clock, SystemClock, random_bytes},
    digest::key_hash,
    hub::{House, Hub},
    journal::{Journal, Ledger, Lock, Sqlite},
    likeness::{Answers, Endpoint, Outside},
    metrics::Metrics,
    notice::Notice,
    people::{Cookies, OrganiserKey, Signer, new_key},
    sources::{Channels, Seal, accounts::Accounts},
    viewers::Viewers,
    web::{App, Limits, Places, Token},
};

/// The shortest key of an organiser, and the shortest token.
const MIN_KEY: usize = 32;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let config = Config::parse();
    log::start(config.log_format);
    match config.task {
        Task::Serve(serve) => run(*serve).await.map(|()| ExitCode::SUCCESS),
        Task::Backup(backup) => care::backup(&backup),
        Task::Restore(restore) => care::restore(&restore),
        Task::Verify(verify) => care::verify(&verify),
        Task::Cluster(cluster) => cluster::cluster(&cluster),
    }
}

async fn run(serve: Serve) -> anyhow::Result<()> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let metrics_token = metrics_token(serve.metrics_token.as_deref())?;
    let metrics = Arc::new(Metrics::new());
    let viewers = Arc::new(Viewers::open(metrics).context("cannot start the loops for viewers")?);
    let Kept { hub, store, channels, secret, organiser, stirred, _lock } =
        open_store(&serve, &clock, &viewers).map_err(|error| advice::about_store(error, &serve.data))?;
    let secure = serve.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let places = places(&serve, files::raise_limit());
    let (stop, stopping) = watch::channel(false);
    let app = Arc::new(App {
        hub,
        channels: Arc::clone(&channels),
        signer: Signer::new(&secret),
        cookies: Cookies::new(secure, &secret),
        organiser,
        metrics_token,
        store: Arc::clone(&store) as _,
        public_url: serve.public_url,
        behind_proxy: serve.behind_proxy,
        limits: if serve.no_limits { Limits::none() } else { Limits::of(serve.hall) },
        places,
        crowds: web::Crowds::default(),
        patience: serve.patience,
        clock,
        viewers,
        runtime: tokio::runtime::Handle::current(),
        assets: web::Assets::load(),
        pages: web::KeptPages::default(),
        express: web::Express::default(),
        open: TaskTracker::new(),
        stopping: stopping.clone(),
    });
    if !app.assets.is_there() {
        tracing::warn!("this program was built without its site; run `cargo xtask site` and build it again");
    }
    let listener =
        web::listen(serve.listen, serve.patience).with_context(|| format!("cannot listen on {}", serve.listen))?;
    let hub = Arc::clone(&app.hub);
    // Before anybody is told that it is ready, so that they can stop it in order from then on.
    let terminate = unix::signal(unix::SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let own = format!("http://{}", listener.local_addr()?);
    channels.start(hub, app.public_url.as_ref().map_or(&own, Url::as_str), stirred);
    println!("listening on {own}");
    std::io::stdout().flush()?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "serving");
    tokio::spawn(stop_when_asked(terminate, stop));
    web::serve(listener, web::router(Arc::clone(&app)), app, stopping).await;
    store.close();
    tracing::info!("stopped");
    Ok(())
}

/// A store, and what is kept in it from one start to the next.
struct Kept {
    hub: Arc<Hub>,
    store: Arc<Sqlite>,
    channels: Arc<Channels>,
    secret: Vec<u8>,
    organiser: OrganiserKey,
    /// The sessions in which something happened.
    stirred: mpsc::UnboundedReceiver<Arc<str>>,
    /// Nobody else may use it meanwhile.
    _lock: Lock,
}

fn open_store(serve: &Serve, clock: &Arc<dyn Clock>, viewers: &Arc<Viewers>) -> anyhow::Result<Kept> {
    fs::create_dir_all(&serve.data)?;
    let lock = Lock::take(&serve.data)?;
    let store = Arc::new(Sqlite::open(&serve.data)?);
    let journal: Arc<dyn Journal> = Arc::clone(&store) as _;
    let secret = secret(&*journal)?;
    let organiser = organiser_key(&*journal, serve.organiser_key.as_deref())?;
    let notice = match &serve.insults {
        Some(path) => Notice::with_list(path)?,
        None => Notice::default(),
    };
    let channels = channels(serve, clock, viewers, &journal)?;
    let (stir, stirred) = mpsc::unbounded_channel();
    let house = House {
        keyring: Arc::default(),
        journal,
        clock: Arc::clone(clock),
        viewers: Arc::clone(viewers),
        notice: Arc::new(notice),
        answers: answers(serve)?,
        stirred: stir,
    };
    let hub = Arc::new(Hub::open(house).context("cannot read the sessions")?);
    Ok(Kept { hub, store, channels, secret, organiser, stirred, _lock: lock })
}

/// The networks and gateways, with what is known of them.
fn channels(
    serve: &Serve,
    clock: &Arc<dyn Clock>,
    viewers: &Arc<Viewers>,
    journal: &Arc<dyn Journal>,
) -> anyhow::Result<Arc<Channels>> {
    let seal = Seal::open(serve.accounts_key.as_deref(), &serve.data)?;
    let accounts = Accounts::open(seal, Arc::clone(journal), serve.accounts.as_deref(), serve.accounts_on_loopback)?;
    Ok(Channels::new(sources::Terms {
        accounts,
        ledger: Ledger::open(&serve.data)?,
        clock: Arc::clone(clock),
        metrics: Arc::clone(viewers.metrics()),
        directory: serve.bluesky_directory.clone(),
    }))
}

/// Which questions mean the same, with the help of an endpoint when one is set.
fn answers(serve: &Serve) -> anyhow::Result<Arc<Answers>> {
    let Some(url) = serve.embeddings_url.clone() else { return Ok(Arc::new(Answers::new(Arc::new(engine()), None))) };
    let loopback = matches!(url.host(), Some(Host::Ipv4(address)) if address.is_loopback())
        || matches!(url.host(), Some(Host::Ipv6(address)) if address.is_loopback())
        || matches!(url.host(), Some(Host::Domain("localhost")));
    if url.scheme() == "http" && !loopback {
        tracing::warn!("the words of questions go to the embeddings endpoint unencrypted");
    }
    // From the environment alone: what is on a command line, every user of the machine can read.
    let key = std::env::var("SAMENSPRAAK_EMBEDDINGS_KEY").ok().filter(|key| !key.is_empty());
    let endpoint = Endpoint::new(url, serve.embeddings_model.clone(), key.as_deref())
        .context("SAMENSPRAAK_EMBEDDINGS_URL or SAMENSPRAAK_EMBEDDINGS_KEY")?;
    let answers = Arc::new(Answers::new(Arc::new(engine()), Some(Outside::start(endpoint))));
    tokio::spawn(Arc::clone(&answers).enrich());
    Ok(answers)
}

/// What knows which words mean the same; without its table, letters alone go on.
fn engine() -> Engine {
    Engine::embedded().unwrap_or_else(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "the table of words cannot be used: questions are compared by their letters alone");
        Engine::letters_alone()
    })
}

/// How many connections may be open; not counted with `--no-limits`.
fn places(serve: &Serve, files: usize) -> Option<Arc<Places>> {
    // While a page loads, a browser has up to six connections open, and keeps them for a moment.
    let hall = || usize::try_from(serve.hall).map_or(usize::MAX, |hall| hall.saturating_mul(8) / 3);
    // Behind a proxy they all come from its address.
    let per_network =
        if serve.behind_proxy { usize::MAX } else { serve.max_connections_per_network.unwrap_or_else(hall) };
    (!serve.no_limits).then(|| Arc::new(Places::new(serve.max_connections, per_network, files)))
}

/// The installation's secret, made at its first start.
fn secret(journal: &dyn Journal) -> anyhow::Result<Vec<u8>> {
    if let Some(secret) = journal.setting("secret")? {
        return Ok(secret);
    }
    let secret = random_bytes::<64>().to_vec();
    journal.keep_setting("secret", &secret)?;
    Ok(secret)
}

/// The organiser's key: the one given, else the one kept, else a new one, printed this once.
fn organiser_key(journal: &dyn Journal, given: Option<&str>) -> anyhow::Result<OrganiserKey> {
    const NAME: &str = "organiser-key-sha256";
    if let Some(key) = given {
        ensure!(key.len() >= MIN_KEY, "SAMENSPRAAK_ORGANISER_KEY must have at least {MIN_KEY} characters");
        journal.keep_setting(NAME, &key_hash(key))?;
        return Ok(OrganiserKey(key_hash(key)));
    }
    if let Some(hash) = journal.setting(NAME)? {
        let hash = hash.try_into().ok().context("the organiser's key in the database is damaged")?;
        return Ok(OrganiserKey(hash));
    }
    let key = new_key();
    journal.keep_setting(NAME, &key_hash(&key))?;
    println!("The organiser's key, told this once: {key}");
    Ok(OrganiserKey(key_hash(&key)))
}

fn metrics_token(given: Option<&str>) -> anyhow::Result<Option<Token>> {
    let Some(token) = given else { return Ok(None) };
    ensure!(token.len() >= MIN_KEY, "SAMENSPRAAK_METRICS_TOKEN must have at least {MIN_KEY} characters");
    Ok(Some(Token::new(token)))
}

/// Ends in order when asked, and at once when asked again.
async fn stop_when_asked(mut terminate: unix::Signal, stop: watch::Sender<bool>) {
    let mut asked = async || {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    asked().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    asked().await;
    tracing::warn!("asked to stop again: not waiting for anybody");
    std::process::exit(1);
}
