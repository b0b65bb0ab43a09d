//! A Mastodon 4.5 server as far as Samenspraak speaks with one.
//!
//! REST and streaming are on the same address, as on a small real server. It speaks as
//! docs.joinmastodon.org says, and on streams as a real 4.5.7 was seen to. Not there: media uploads,
//! polls, quotes, notifications, and streaming over plain HTTP.

mod control;
mod entity;
mod markup;
mod rest;
mod state;
mod streaming;

use std::{
    io,
    ops::Deref,
    sync::{Arc, Mutex, MutexGuard},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::state::{Account, Draft};
use self::{
    state::{Kept, Sent, State, Status, Token, Worth},
    streaming::Listener,
};
use crate::{
    clock::Clock,
    faults::{Desk, Fault, Received},
    running::Running,
    sockets::{Push, Sockets},
};

/// The token that is known from the start; it belongs to the account `samenspraak`.
pub const TOKEN: &str = "right-token";
/// Who that is.
pub const ACCOUNT: &str = "samenspraak";

/// Who may read the timelines of hashtags.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everybody.
    #[default]
    Public,
    /// Whoever has a token.
    Authenticated,
    /// Nobody.
    Disabled,
}

/// What its administrators chose.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct Rules {
    /// The longest that a post may be.
    pub max_characters: usize,
    /// Who may read the timelines of hashtags.
    pub hashtag_feeds: Access,
    /// How many requests a token, or all without one, may make in five minutes.
    pub rate_limit: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { max_characters: 500, hashtag_feeds: Access::Public, rate_limit: 300 }
    }
}

/// A running server. Dropping it ends it and all its sockets.
#[derive(Debug)]
pub struct Mastodon {
    server: Arc<Server>,
    _running: Running,
}

/// What one can do with a running server.
#[derive(Debug)]
pub struct Server {
    url: String,
    state: Mutex<State>,
    rules: Mutex<Rules>,
    sockets: Arc<Sockets<Listener>>,
    desk: Arc<Desk>,
    clock: Clock,
}

impl Mastodon {
    /// Starts one on a free port.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0).await
    }

    /// Starts one on this port.
    pub async fn start_on(port: u16) -> io::Result<Self> {
        let (listener, address) = Running::bind(port).await?;
        let server = Arc::new(Server {
            url: format!("http://{address}"),
            state: Mutex::default(),
            rules: Mutex::default(),
            sockets: Arc::default(),
            desk: Arc::default(),
            clock: Clock::default(),
        });
        server.token(TOKEN, ACCOUNT, "read write");
        let router = rest::router(&server).merge(control::router(&server));
        Ok(Self { _running: Running::serve(listener, rest::guarded(router, &server)), server })
    }
}

impl Deref for Mastodon {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl Drop for Mastodon {
    fn drop(&mut self) {
        self.server.disconnect();
    }
}

impl Server {
    /// Its address, such as `http://127.0.0.1:4000`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The time it lives in.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Changes what its administrators chose.
    pub fn rule(&self, rules: Rules) {
        *self.rules.lock().expect("no holder panics") = rules;
    }

    fn rules(&self) -> Rules {
        self.rules.lock().expect("no holder panics").clone()
    }

    /// Opens an account, or changes what is known of it.
    pub fn account(&self, account: Account) {
        let now = self.clock.now();
        let mut state = self.state();
        let known = state.accounts.get(&account.acct).map(|kept| kept.id);
        let id = known.unwrap_or_else(|| state.snowflake(now));
        state.accounts.insert(account.acct.clone(), Kept { id, account, created_at: now });
    }

    /// Lets a program in as an account, with scopes such as `read write:statuses`.
    pub fn token(&self, token: &str, acct: &str, scopes: &str) {
        self.known(acct);
        let token_of = Token { acct: acct.to_owned(), scopes: scopes.to_owned(), worth: Worth::Good };
        self.state().tokens.insert(token.to_owned(), token_of);
    }

    /// Makes a token worthless, and ends the sockets that were opened with it, as a real server does.
    pub fn expire_token(&self, token: &str) {
        if let Some(known) = self.state().tokens.get_mut(token) {
            known.worth = Worth::Expired;
        }
        self.sockets.push(|listener| if listener.token == token { vec![Push::Close(None)] } else { Vec::new() });
    }

    /// Posts; gives the status's id. An account that is not there yet is opened.
    pub fn toot(&self, acct: &str, draft: Draft) -> String {
        self.known(acct);
        let now = self.clock.now();
        let mut state = self.state();
        let id = state.snowflake(now);
        let name = acct.split('@').next().unwrap_or(acct);
        let status = Status {
            id,
            uri: format!("{}/users/{name}/statuses/{id}", self.url),
            url: format!("{}/@{name}/{id}", self.url),
            acct: acct.to_owned(),
            created_at: now,
            edited_at: None,
            draft,
            content: String::new(),
            tags: Vec::new(),
            mentions: Vec::new(),
            reblog: None,
        };
        self.publish(&mut state, status, "update");
        id.to_string()
    }

    /// Takes in a status that another server published, from its JSON there: the same `uri`, another
    /// id. As on a real server the id follows the moment it was written, not the moment it arrived,
    /// so that whoever asks for all after the newest id misses one that comes late.
    ///
    /// # Errors
    /// The name of the field that is missing.
    pub fn federate(&self, status: &Value) -> Result<String, &'static str> {
        let text = |path: &'static str| status.pointer(path).and_then(Value::as_str).ok_or(path);
        let uri = text("/uri")?;
        let host = uri.split('/').nth(2).ok_or("/uri")?;
        let acct = text("/account/acct")?;
        let acct = if acct.contains('@') { acct.to_owned() } else { format!("{acct}@{host}") };
        let created_at: Timestamp = text("/created_at")?.parse().map_err(|_| "/created_at")?;
        let yes = |path: &str| status.pointer(path).and_then(Value::as_bool).unwrap_or(false);
        if !self.state().accounts.contains_key(&acct) {
            self.account(Account {
                display_name: text("/account/display_name").unwrap_or(&acct).to_owned(),
                bot: yes("/account/bot"),
                locked: yes("/account/locked"),
                limited: false,
                acct: acct.clone(),
            });
        }
        let list = |path: &str| status.pointer(path).and_then(Value::as_array).into_iter().flatten();
        let draft = Draft {
            // Links out of another server's HTML are not to be followed by search engines.
            html: Some(text("/content")?.replace(r#"rel="tag""#, r#"rel="nofollow noopener" target="_blank""#)),
            tags: list("/tags").filter_map(|tag| Some(tag["name"].as_str()?.to_owned())).collect(),
            visibility: text("/visibility").unwrap_or("public").to_owned(),
            language: text("/language").ok().map(str::to_owned),
            spoiler_text: text("/spoiler_text").unwrap_or_default().to_owned(),
            sensitive: yes("/sensitive"),
            media: list("/media_attachments")
                .filter_map(|media| {
                    Some((media["url"].as_str()?.to_owned(), media["description"].as_str().map(str::to_owned)))
                })
                .collect(),
            ..Draft::default()
        };
        let mut state = self.state();
        if let Some(known) = state.statuses.values().find(|known| known.uri == uri) {
            return Ok(known.id.to_string());
        }
        let id = state.snowflake(created_at);
        let status = Status {
            id,
            uri: uri.to_owned(),
            url: text("/url").unwrap_or(uri).to_owned(),
            acct,
            created_at,
            edited_at: None,
            draft,
            content: String::new(),
            tags: Vec::new(),
            mentions: Vec::new(),
            reblog: None,
        };
        self.publish(&mut state, status, "update");
        Ok(id.to_string())
    }

    /// Changes the words of a status; says whether it is there. Only the streams of the hashtags that
    /// it has afterwards hear of it.
    pub fn edit(&self, id: &str, change: impl FnOnce(&mut Draft)) -> bool {
        let now = self.clock.now();
        let mut state = self.state();
        let Some(mut status) = id.parse().ok().and_then(|id: u64| state.statuses.get(&id).cloned()) else {
            return false;
        };
        change(&mut status.draft);
        status.edited_at = Some(now);
        self.publish(&mut state, status, "status.update");
        true
    }

    /// Takes a status away, with the boosts of it; says whether it was there.
    pub fn delete(&self, id: &str) -> bool {
        let mut state = self.state();
        let Some(status) = id.parse().ok().and_then(|id: u64| state.statuses.remove(&id)) else { return false };
        state.statuses.retain(|_, other| other.reblog != Some(status.id));
        if status.on_timelines(&state) {
            let (tags, local) = (status.tags.clone(), status.local());
            self.announce(&mut state, Sent { tags, local, event: "delete", payload: status.id.to_string() });
        }
        true
    }

    /// Shows another's status to one's followers; no timeline of a hashtag has it.
    pub fn boost(&self, acct: &str, id: &str) -> Option<String> {
        self.known(acct);
        let now = self.clock.now();
        let mut state = self.state();
        let original = state.statuses.get(&id.parse().ok()?)?.clone();
        let boost = state.snowflake(now);
        let uri = format!("{}/users/{acct}/statuses/{boost}/activity", self.url);
        let status = Status {
            id: boost,
            url: uri.clone(),
            uri,
            acct: acct.to_owned(),
            created_at: now,
            edited_at: None,
            reblog: Some(original.id),
            ..original
        };
        state.statuses.insert(boost, status);
        Some(boost.to_string())
    }

    /// A status's JSON, as anybody would get it.
    pub fn status(&self, id: &str) -> Option<Value> {
        let state = self.state();
        let status = state.statuses.get(&id.parse().ok()?)?;
        Some(entity::status(status, &state, &self.url, false))
    }

    /// All statuses of an account, the oldest first.
    pub fn statuses_of(&self, acct: &str) -> Vec<Value> {
        let state = self.state();
        let own = state.statuses.values().filter(|status| status.acct == acct);
        own.map(|status| entity::status(status, &state, &self.url, false)).collect()
    }

    /// How many sockets listen to a hashtag.
    pub fn subscribers(&self, tag: &str) -> usize {
        let tag = markup::normal(tag);
        self.sockets.count(|listener| listener.hears_tag(&tag))
    }

    /// Waits until exactly so many sockets listen to a hashtag.
    pub async fn subscribed(&self, tag: &str, count: usize) {
        let tag = markup::normal(tag);
        self.sockets.until(count, |listener| listener.hears_tag(&tag)).await;
    }

    /// Cuts all sockets off without a word.
    pub fn disconnect(&self) {
        self.sockets.push_all(&Push::Drop);
    }

    /// Cuts all sockets off in the middle of a frame.
    pub fn half_frame(&self) {
        self.sockets.push_all(&Push::Half(r#"{"stream":["hashtag"],"event":"update","payload":"{"#.repeat(8)));
    }

    /// Sends anything to all sockets: whole messages, frames that are not right, a close code.
    pub fn push(&self, push: &Push) {
        self.sockets.push_all(push);
    }

    /// Sends the last events once more, in the order in which they were sent.
    pub fn repeat(&self, last: usize) {
        let state = self.state();
        for sent in &state.sent[state.sent.len().saturating_sub(last)..] {
            self.deliver(sent);
        }
    }

    /// Holds the next events back until there are so many, and then sends them the last first.
    pub fn reorder(&self, next: usize) {
        self.state().holding = next;
    }

    /// While it is silent, what happens is only seen by asking.
    pub fn silence(&self, silent: bool) {
        self.state().silent = silent;
    }

    /// Lets something go wrong with the next requests.
    pub fn fault(&self, fault: Fault) {
        self.desk.add(fault);
    }

    /// Takes back all faults.
    pub fn heal(&self) {
        self.desk.clear();
    }

    /// All requests and socket messages so far.
    pub fn journal(&self) -> Vec<Received> {
        self.desk.journal()
    }

    /// Waits until so many requests of this method under this path were received, and gives them.
    pub async fn received(&self, method: &str, path: &str, count: usize) -> Vec<Received> {
        self.desk.until(method, path, count).await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder panics")
    }

    fn known(&self, acct: &str) {
        if !self.state().accounts.contains_key(acct) {
            self.account(Account::named(acct));
        }
    }

    /// Fills in what follows from the words, keeps the status and tells who listens.
    fn publish(&self, state: &mut State, mut status: Status, event: &'static str) {
        let profile = |acct: &str| {
            let name = acct.split('@').next().unwrap_or(acct);
            state.accounts.contains_key(acct).then(|| format!("{}/@{name}", self.url))
        };
        let published = markup::publish(&status.draft.text, &self.url, profile);
        status.content = status.draft.html.clone().unwrap_or(published.content);
        status.mentions = published.mentions;
        status.tags.clear();
        for tag in published.tags.iter().chain(&status.draft.tags).map(|tag| markup::normal(tag)) {
            if !status.tags.contains(&tag) {
                status.tags.push(tag);
            }
        }
        let id = status.id;
        state.statuses.insert(id, status);
        let status = &state.statuses[&id];
        if status.on_timelines(state) {
            let payload = entity::status(status, state, &self.url, true).to_string();
            let sent = Sent { tags: status.tags.clone(), local: status.local(), event, payload };
            self.announce(state, sent);
        }
    }

    fn announce(&self, state: &mut State, sent: Sent) {
        if state.silent {
            return;
        }
        if state.holding == 0 {
            self.deliver(&sent);
            state.sent.push(sent);
            return;
        }
        state.held.push(sent);
        if state.held.len() == state.holding {
            state.holding = 0;
            for sent in std::mem::take(&mut state.held).into_iter().rev() {
                self.deliver(&sent);
                state.sent.push(sent);
            }
        }
    }

    fn deliver(&self, sent: &Sent) {
        self.sockets.push(|listener| listener.frames(sent).into_iter().map(Push::Text).collect());
    }
}
