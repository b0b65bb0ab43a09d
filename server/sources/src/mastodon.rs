//! Mastodon, and whatever speaks as it does: posts with a hashtag come in as they are written or by
//! asking every so often, and replies go out from an account.

mod account;
mod call;
mod forward;
mod instance;
mod poll;
mod status;
mod stream;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::sync::OnceCell;
use url::Url;

pub use account::Account;
use instance::Instance;

use crate::{Guard, World};

/// A server, and what opens it.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where it is: `https://HOST/`.
    pub base: Url,
    /// What opens it, when we have an account there.
    pub token: Option<Token>,
}

/// An access token. It is shown to its server, and to nobody else.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A token, as the server gave it.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into().trim().to_owned())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// How often, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between two rounds of asking.
    pub poll: Duration,
    /// Between two questions in a round of asking, on average: 300 in 5 minutes is what a server grants.
    pub apart: Duration,
    /// How long a stream may say nothing before it is asked whether it is there, and then again before it
    /// is given up. Servers send a sign of life every 30 seconds.
    pub idle: Duration,
    /// How often it is made sure that nothing was missed: new posts, edits and deletions.
    pub check: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(10),
            apart: Duration::from_secs(2),
            idle: Duration::from_secs(45),
            check: Duration::from_mins(5),
        }
    }
}

/// A client of one server.
pub struct Mastodon {
    server: Server,
    /// `host`, or `host:port` where that is not the usual one.
    host: String,
    guard: Arc<Guard>,
    world: Arc<dyn World>,
    pace: Pace,
    instance: Mutex<Option<Arc<Instance>>>,
    /// Our own account's id there, when it may be known.
    own: OnceCell<Option<String>>,
    limit: Mutex<Option<call::Limit>>,
}

impl Mastodon {
    /// A client of this server; it speaks when it is asked to.
    pub fn new(server: Server, guard: Arc<Guard>, world: Arc<dyn World>) -> Self {
        Self::at_pace(server, guard, world, Pace::default())
    }

    /// The same at another pace.
    pub fn at_pace(server: Server, guard: Arc<Guard>, world: Arc<dyn World>, pace: Pace) -> Self {
        let host = server.base.host_str().unwrap_or_default();
        let host = server.base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Self {
            server,
            host,
            guard,
            world,
            pace,
            instance: Mutex::default(),
            own: OnceCell::new(),
            limit: Mutex::default(),
        }
    }
}
