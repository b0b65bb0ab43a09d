//! Where questions come from besides the site and the hall, and where answers go back to: the
//! municipality's accounts, each listening and speaking for the sessions that it is switched on for.
//! Whatever is heard goes through the sessions' own rules, and what is said follows from them.

pub mod accounts;
mod ears;
mod health;
mod network;
pub mod outbox;
mod seal;
mod speak;
mod supervise;
mod wording;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use accounts::{Account, Accounts};
use conversation::{Conversation, Post};
use dashmap::DashMap;
use jiff::Timestamp;
pub use seal::Seal;
use shared::{
    Phase, Refusal, Sending, Source,
    frames::Frame,
    views::{NetworkAccount, Outgoing, PublicCard, PublicSession, SourceHealth},
};
use sources::{Heard, World};
use tokio::{
    sync::{Notify, mpsc, watch},
    task::AbortHandle,
    time::{MissedTickBehavior, interval, sleep},
};
use url::Url;

use self::{ears::Listener, health::Health, network::Network, outbox::Speaker};
use crate::{
    clock::{Clock, chance},
    hub::{Hub, Session},
    journal::{Entry, Ledger, State},
    metrics::Metrics,
    viewers::TextFrame,
};

/// How often screens and the outbox are looked after, when nothing else makes that happen.
const LOOK: Duration = Duration::from_secs(1);
/// What stirs within this while is looked at together.
const TOGETHER: Duration = Duration::from_millis(250);
/// How many messages a screen shows at most.
const SHOWN: usize = 300;

/// All networks and gateways.
pub struct Channels {
    /// The municipality's accounts.
    pub accounts: Accounts,
    ledger: Ledger,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    /// The address below which sessions are, without a slash at its end.
    base: OnceLock<String>,
    /// Where Bluesky's identities are kept, when it is not the usual place.
    directory: Option<Url>,
    hub: OnceLock<Arc<Hub>>,
    health: DashMap<String, Arc<Health>>,
    networks: DashMap<String, (Arc<Account>, Arc<Network>)>,
    /// The accounts' own handles, as far as they are known.
    handles: DashMap<String, String>,
    boards: DashMap<String, watch::Sender<TextFrame>>,
    busy: DashMap<String, ()>,
    changed: Notify,
    running: Mutex<HashMap<String, Running>>,
}

struct Running {
    account: Arc<Account>,
    tags: watch::Sender<BTreeSet<String>>,
    task: AbortHandle,
}

/// The world that the clients live in.
struct Here(Arc<dyn Clock>);

impl World for Here {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn chance(&self) -> f64 {
        chance()
    }
}

/// What they are made of.
pub struct Terms {
    /// The municipality's accounts.
    pub accounts: Accounts,
    /// What networks need to have kept.
    pub ledger: Ledger,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Where Bluesky's identities are kept, when it is not the usual place.
    pub directory: Option<Url>,
}

impl Channels {
    /// Nothing is listened to before [`Channels::start`].
    pub fn new(terms: Terms) -> Arc<Self> {
        let Terms { accounts, ledger, clock, metrics, directory } = terms;
        Arc::new(Self {
            accounts,
            ledger,
            clock,
            metrics,
            base: OnceLock::new(),
            directory,
            hub: OnceLock::new(),
            health: DashMap::new(),
            networks: DashMap::new(),
            handles: DashMap::new(),
            boards: DashMap::new(),
            busy: DashMap::new(),
            changed: Notify::new(),
            running: Mutex::default(),
        })
    }

    /// Listens and speaks from now on. Sessions are below the address `base`; `stirred` brings the names of
    /// those in which something happened.
    pub fn start(self: &Arc<Self>, hub: Arc<Hub>, base: &str, stirred: mpsc::UnboundedReceiver<Arc<str>>) {
        let _ = self.base.set(base.trim_end_matches('/').to_owned());
        if self.hub.set(hub).is_ok() {
            tokio::spawn(Arc::clone(self).follow(stirred));
        }
    }

    async fn follow(self: Arc<Self>, mut stirred: mpsc::UnboundedReceiver<Arc<str>>) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut names = Vec::new();
        self.hub().each(|session| names.push(session.name().into()));
        loop {
            let stirred_now: BTreeSet<Arc<str>> = names.drain(..).collect();
            for name in stirred_now {
                if let Ok(session) = self.hub().find(&name) {
                    self.reconcile(&session);
                }
            }
            self.listen_where_needed();
            self.speak_where_needed();
            self.refresh();
            tokio::select! {
                received = stirred.recv_many(&mut names, 4_096) => if received == 0 { return },
                () = self.changed.notified() => {}
                _ = look.tick() => {}
            }
            // A busy session stirs fifty times a second; it is looked through a few times.
            sleep(TOGETHER).await;
            while let Ok(name) = stirred.try_recv() {
                names.push(name);
            }
        }
    }

    /// Accounts were made, changed or forgotten, or a message is to be tried again.
    pub fn look_again(&self) {
        self.changed.notify_one();
    }

    /// Follows how it goes, for a screen of a session's moderators.
    pub fn board(&self, session: &Session) -> watch::Receiver<TextFrame> {
        let board = self.boards.entry(session.name().to_owned());
        board.or_insert_with(|| watch::Sender::new(self.frame(session))).subscribe()
    }

    /// What a session's moderators are told.
    pub fn told(&self, session: &Session) -> (Vec<SourceHealth>, Vec<Outgoing>) {
        let tell = |account: Arc<Account>| {
            let moment = |at| session.read(|now| now.moment(at));
            self.health_of(&account).tell(&account.name, account.source, session.name(), moment)
        };
        let sources = session.read(|now| self.accounts_of(now)).into_iter().map(tell).collect();
        let entries = self.ledger.messages(session.name()).unwrap_or_default();
        let outgoing = entries.iter().filter_map(|entry| self.outgoing(entry)).take(SHOWN).collect();
        (sources, outgoing)
    }

    /// The accounts that are switched on for a session, as far as there are such.
    pub fn accounts_of(&self, now: &Conversation) -> Vec<Arc<Account>> {
        now.details().channels.accounts.iter().filter_map(|name| self.accounts.get(name)).collect()
    }

    /// The accounts as the organiser sees them.
    pub fn listed(&self) -> Vec<NetworkAccount> {
        self.accounts.all().iter().map(|account| self.describe(account)).collect()
    }

    /// One of them.
    pub fn describe(&self, account: &Account) -> NetworkAccount {
        let mut sessions = Vec::new();
        self.hub().each(|session| {
            session.read(|now| {
                if now.details().channels.accounts.contains(&account.name) {
                    sessions.push(now.details().hashtag.as_str().to_owned());
                }
            });
        });
        sessions.sort();
        let known = self.handles.get(&account.name).map(|handle| handle.clone());
        NetworkAccount {
            name: account.name.clone(),
            source: account.source,
            server: account.server.as_ref().and_then(|server| server.host_str().map(str::to_owned)),
            handle: known.or_else(|| account.handle.as_ref().map(|handle| format!("@{handle}"))),
            speaks: account.source != Source::Gateway && account.secret.is_some(),
            in_file: account.in_file,
            sessions,
        }
    }

    /// Asks the network whether an account can speak; its handle, or the network's own words.
    pub async fn check(&self, account: &Arc<Account>) -> Result<String, String> {
        let Some(network) = self.network(account) else { return Err(String::new()) };
        let handle = network.who().await.map_err(|refused| refused.to_string())?;
        self.handles.insert(account.name.clone(), handle.clone());
        Ok(handle)
    }

    /// Tries a message again, now.
    pub fn again(&self, session: &Session, key: &str) -> Result<(), Refusal> {
        let not_kept = |_| Refusal::NotStored;
        let entries = self.ledger.messages(session.name()).map_err(not_kept)?;
        let now = self.clock.now();
        let again: Vec<Entry> = entries
            .into_iter()
            .filter(|entry| entry.key == key)
            .filter_map(|entry| outbox::again(entry, now))
            .collect();
        if again.is_empty() {
            return Err(Refusal::NotFound);
        }
        self.ledger.keep_messages(&again).map_err(not_kept)?;
        self.look_again();
        Ok(())
    }

    /// Reads the post at an address through one of the accounts of a session; nothing where none of them
    /// can. Only the accounts' own servers are asked, never the address itself.
    pub async fn read_at(&self, session: &Session, source: Source, address: &Url) -> Option<Heard> {
        let on = session.read(|now| self.accounts_of(now));
        for account in on.into_iter().filter(|account| account.source == source) {
            let Some(network) = self.network(&account) else { continue };
            if let Ok(Some(heard)) = network.read_at(address).await {
                return Some(heard);
            }
        }
        None
    }

    /// A message came in through a gateway.
    pub fn came_in(&self, account: &Account, session: &Session) {
        self.health_of(account).posted(session.name(), self.clock.now());
        self.metrics.heard(account.source);
    }

    fn hub(&self) -> &Hub {
        // Whoever asks came in through the door, which opens after the start.
        self.hub.get().expect("started")
    }

    /// Whether one of the municipality's own accounts wrote it: that is no question.
    fn is_ours(&self, post: &Post) -> bool {
        self.handles.iter().any(|handle| handle.eq_ignore_ascii_case(&post.author))
            || self.accounts.all().iter().any(|account| {
                let own = account.handle.as_ref().filter(|_| account.source == post.source);
                own.is_some_and(|own| post.author.trim_start_matches('@').eq_ignore_ascii_case(own))
            })
    }

    fn world(&self) -> Arc<dyn World> {
        Arc::new(Here(Arc::clone(&self.clock)))
    }

    fn health_of(&self, account: &Account) -> Arc<Health> {
        let health = self.health.entry(account.name.clone());
        Arc::clone(&health.or_insert_with(|| Arc::new(Health::new(account.source, self.clock.now()))))
    }

    /// The client of an account, made anew when the account changed.
    fn network(&self, account: &Arc<Account>) -> Option<Arc<Network>> {
        if let Some(known) = self.networks.get(&account.name).filter(|known| known.0 == *account) {
            return Some(Arc::clone(&known.1));
        }
        let network = Network::of(account, self.directory.as_ref(), self.accounts.loopback(), &self.world())?;
        let network = Arc::new(network);
        self.networks.insert(account.name.clone(), (Arc::clone(account), Arc::clone(&network)));
        Some(network)
    }

    /// Starts, changes and ends listening, so that each account listens for what it is switched on for.
    fn listen_where_needed(self: &Arc<Self>) {
        let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        self.hub().each(|session| {
            session.read(|now| {
                // What is deleted elsewhere must go here too, also when a session is over.
                if now.phase() != Phase::Archived {
                    for account in &now.details().channels.accounts {
                        wanted.entry(account.clone()).or_default().insert(session.name().to_owned());
                    }
                }
            });
        });
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|name, listening| {
            let goes_on =
                wanted.contains_key(name) && self.accounts.get(name).is_some_and(|now| now == listening.account);
            if !goes_on {
                listening.task.abort();
                self.health.remove(name);
            }
            goes_on
        });
        for (name, tags) in wanted {
            if let Some(listening) = running.get(&name) {
                listening.tags.send_if_modified(|known| {
                    let differs = *known != tags;
                    *known = tags;
                    differs
                });
                continue;
            }
            let Some(account) = self.accounts.get(&name) else { continue };
            // A gateway is watched, too; there is nothing to listen to.
            let health = self.health_of(&account);
            let Some(network) = self.network(&account) else { continue };
            let (tags, following) = watch::channel(tags);
            let ears = Listener::new(Arc::clone(self), Arc::clone(&account), Arc::clone(&health));
            tracing::info!(account = %name, "listening");
            if account.secret.is_some() {
                self.learn_handle(&account);
            }
            let task = tokio::spawn(supervise::listen(network, following, ears, health, self.world())).abort_handle();
            running.insert(name, Running { account, tags, task });
        }
    }

    fn learn_handle(self: &Arc<Self>, account: &Arc<Account>) {
        let (channels, account) = (Arc::clone(self), Arc::clone(account));
        tokio::spawn(async move {
            let _ = channels.check(&account).await;
        });
    }

    /// The accounts through which a session's messages go.
    fn speakers(&self, now: &Conversation) -> Vec<Speaker> {
        let speak = self
            .accounts_of(now)
            .into_iter()
            .filter(|account| account.source != Source::Gateway && account.secret.is_some());
        speak.map(|account| Speaker { name: account.name.clone(), source: account.source }).collect()
    }

    fn outgoing(&self, entry: &Entry) -> Option<Outgoing> {
        let state = match entry.state {
            State::Waiting => Sending::Waiting,
            State::Sent => Sending::Sent,
            State::Refused => Sending::Refused,
            State::TakingBack => Sending::TakingBack,
            State::Gone => return None,
        };
        let (question, news) = entry.key.split_once('-')?;
        Some(Outgoing {
            key: entry.key.clone(),
            question: question.parse().ok(),
            news: shared::News::ALL.iter().copied().find(|known| known.word() == news),
            account: entry.account.clone(),
            source: self.accounts.get(&entry.account)?.source,
            state,
            link: entry.link.clone(),
            words: entry.words.clone(),
        })
    }

    fn frame(&self, session: &Session) -> TextFrame {
        let (sources, outgoing) = self.told(session);
        crate::hub::text(&Frame::<PublicSession, PublicCard>::Channels { sources, outgoing })
    }

    /// Brings every screen that follows up to date.
    fn refresh(&self) {
        for board in &self.boards {
            if board.value().receiver_count() == 0 {
                continue;
            }
            if let Ok(session) = self.hub().find(board.key()) {
                let frame = self.frame(&session);
                board.value().send_if_modified(|known| {
                    let differs = known.text() != frame.text();
                    *known = frame;
                    differs
                });
            }
        }
        for health in &self.health {
            let name = health.key();
            if let Some(account) = self.accounts.get(name) {
                self.metrics.source(name, account.source, health.reach(), health.behind());
            }
        }
    }
}
