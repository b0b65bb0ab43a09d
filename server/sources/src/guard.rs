//! The one door out: an HTTP client and a websocket connector that go only to the hosts they were made
//! for, and never to an address inside a network of ours, whatever a name resolves to. What a network
//! says (an instance's streaming host, an identity document) can therefore not send us anywhere else.

mod address;

use std::{collections::BTreeSet, error::Error, net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    dns::{Addrs, Name, Resolve, Resolving},
    header::HeaderMap,
    redirect::Policy,
};
use thiserror::Error;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async_tls_with_config,
    tungstenite::{self, client::IntoClientRequest as _, http::HeaderValue, protocol::WebSocketConfig},
};
use url::Url;

/// How long a connection may take to be there.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a whole request may take, its answer included.
const WHOLE: Duration = Duration::from_secs(30);
/// The longest answer, in bytes: forty statuses with everything in them are a fifth of this.
const LONGEST: usize = 2 * 1024 * 1024;
const AGENT: &str = concat!("Samenspraak/", env!("CARGO_PKG_VERSION"));

/// A websocket to a host that is allowed.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Where a [`Guard`] may go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// `host`, on port 443 only, or `host:port`.
    pub hosts: BTreeSet<String>,
    /// For tests and trials: these hosts may be spoken to without TLS, and may be in our own network.
    pub loopback: bool,
}

/// The HTTP client and websocket connector of all sources. It follows no redirects, uses no proxy, and
/// unpacks nothing.
pub struct Guard {
    allowed: Allowed,
    client: reqwest::Client,
    whole: Duration,
}

/// What a server answered, whatever its status.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Its status; a redirect is an answer like any other.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// At most 2 MiB.
    pub body: Vec<u8>,
}

/// There is no answer. None of these tells a header, a token or a query.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GuardError {
    /// The host, port or scheme is not among the allowed ones.
    #[error("{0} is not a place this server may go")]
    NotAllowed(String),
    /// The name leads into a network that is not the public internet.
    #[error("{0} has no public address")]
    PrivateAddress(String),
    /// No connection, or it broke.
    #[error("{0}")]
    Unreachable(String),
    /// A websocket was not granted.
    #[error("{status}: {words}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's own words, or none.
        words: String,
        /// How long it asks to wait before the next try.
        after: Option<Duration>,
    },
    /// The answer is longer than is read.
    #[error("the answer is too long")]
    TooLong,
    /// It took too long.
    #[error("no answer in time")]
    TimedOut,
}

impl Guard {
    /// A guard for these hosts.
    pub fn new(allowed: Allowed) -> Self {
        Self::with_patience(allowed, WHOLE)
    }

    /// A guard that waits for a whole answer no longer than this.
    pub fn with_patience(mut allowed: Allowed, whole: Duration) -> Self {
        allowed.hosts = allowed.hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let client = reqwest::Client::builder()
            .user_agent(AGENT)
            .connect_timeout(CONNECT)
            .timeout(whole)
            .redirect(Policy::none())
            .no_proxy()
            .https_only(!allowed.loopback)
            .dns_resolver(Arc::new(Public { all: allowed.loopback }))
            .build()
            .expect("a client with fixed settings can be made");
        Self { allowed, client, whole }
    }

    /// Whether a request or websocket may go there, as far as can be said before its name is resolved.
    pub fn allows(&self, url: &Url) -> Result<(), GuardError> {
        let refused = || Err(GuardError::NotAllowed(url.host_str().unwrap_or("a place without a host").to_owned()));
        let (usual, safe) = match url.scheme() {
            "https" | "wss" => (443, true),
            "http" | "ws" => (80, false),
            _ => return refused(),
        };
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return refused() };
        let named = self.allowed.hosts.contains(&format!("{host}:{port}"))
            || (port == usual && self.allowed.hosts.contains(host));
        if !named || (!safe && !self.allowed.loopback) || !url.username().is_empty() || url.password().is_some() {
            return refused();
        }
        // A name is looked at once it is resolved; an address is not resolved.
        let private = match url.host() {
            Some(url::Host::Ipv4(ip)) => !address::is_public(ip.into()),
            Some(url::Host::Ipv6(ip)) => !address::is_public(ip.into()),
            _ => false,
        };
        if private && !self.allowed.loopback { Err(GuardError::PrivateAddress(host.to_owned())) } else { Ok(()) }
    }

    /// Sends a request and reads its whole answer.
    pub async fn send(&self, request: reqwest::Request) -> Result<Reply, GuardError> {
        self.allows(request.url())?;
        let host = request.url().host_str().unwrap_or_default().to_owned();
        let mut answer = self.client.execute(request).await.map_err(|error| broken(error, &host))?;
        let (status, headers) = (answer.status().as_u16(), std::mem::take(answer.headers_mut()));
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| broken(error, &host))? {
            if body.len() + chunk.len() > LONGEST {
                return Err(GuardError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, headers, body })
    }

    /// Opens a websocket with these headers. A message of more than `max_message` bytes ends it with
    /// [`tungstenite::Error::Capacity`], before it is held in memory.
    pub async fn socket(&self, url: &Url, headers: HeaderMap, max_message: usize) -> Result<Socket, GuardError> {
        self.allows(url)?;
        timeout(self.whole, self.open(url, headers, max_message)).await.unwrap_or(Err(GuardError::TimedOut))
    }

    async fn open(&self, url: &Url, headers: HeaderMap, max_message: usize) -> Result<Socket, GuardError> {
        let unreachable = |words: &dyn std::fmt::Display| GuardError::Unreachable(words.to_string());
        let mut request = url.as_str().into_client_request().map_err(|error| unreachable(&error))?;
        request.headers_mut().extend(headers);
        request.headers_mut().insert("user-agent", HeaderValue::from_static(AGENT));
        let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(443));
        let addresses = resolve(host.trim_matches(['[', ']']), port, self.allowed.loopback).await?;
        let connect = TcpStream::connect(addresses.as_slice());
        let stream =
            timeout(CONNECT, connect).await.map_err(|_| GuardError::TimedOut)?.map_err(|error| unreachable(&error))?;
        // tungstenite's own read buffer is 128 KiB, from the start.
        let settings = WebSocketConfig::default()
            .read_buffer_size(16 * 1024)
            .max_message_size(Some(max_message))
            .max_frame_size(Some(max_message));
        match Box::pin(client_async_tls_with_config(request, stream, Some(settings), None)).await {
            Ok((socket, _)) => Ok(socket),
            Err(tungstenite::Error::Http(answer)) => Err(refused(&answer)),
            Err(error) => Err(unreachable(&error)),
        }
    }
}

/// How long a `Retry-After` header asks to wait, when it gives seconds.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

fn refused(answer: &tungstenite::http::Response<Option<Vec<u8>>>) -> GuardError {
    let header = answer.headers().get("x-error-message").and_then(|words| words.to_str().ok());
    let body = answer.body().as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let words = header.unwrap_or(&body).chars().take(200).collect();
    GuardError::Refused { status: answer.status().as_u16(), words, after: retry_after(answer.headers()) }
}

/// Why reqwest failed: without its address, in which a query may be private.
fn broken(error: reqwest::Error, host: &str) -> GuardError {
    if error.is_timeout() {
        return GuardError::TimedOut;
    }
    let error = error.without_url();
    let mut cause: &(dyn Error + 'static) = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
        if let Some(known) = cause.downcast_ref::<GuardError>() {
            return known.clone();
        }
    }
    GuardError::Unreachable(format!("{host}: {cause}"))
}

async fn resolve(host: &str, port: u16, all: bool) -> Result<Vec<SocketAddr>, GuardError> {
    let found = tokio::net::lookup_host((host, port))
        .await
        .map_err(|error| GuardError::Unreachable(format!("{host}: {error}")))?;
    let kept: Vec<_> = found.filter(|found| all || address::is_public(found.ip())).collect();
    if kept.is_empty() { Err(GuardError::PrivateAddress(host.to_owned())) } else { Ok(kept) }
}

/// The client connects to what this gives, so nothing can change between the look and the connection.
struct Public {
    all: bool,
}

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let all = self.all;
        Box::pin(async move {
            let addresses = resolve(name.as_str(), 0, all).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests;
