//! What a server says of itself.

use std::sync::Arc;

use serde::{Deserialize, Deserializer};
use url::Url;

use super::{Mastodon, call::CallError};
use crate::Trouble;

/// `GET /api/v2/instance`, as far as it matters here. What a server does not say is as on most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Instance {
    /// What follows the second `@` of its accounts.
    #[serde(deserialize_with = "lenient")]
    pub domain: String,
    #[serde(deserialize_with = "lenient")]
    pub configuration: Configuration,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Configuration {
    #[serde(deserialize_with = "lenient")]
    urls: Urls,
    #[serde(deserialize_with = "lenient")]
    statuses: Statuses,
    /// Since 4.5.
    #[serde(deserialize_with = "lenient")]
    timelines_access: Timelines,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Urls {
    streaming: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Statuses {
    max_characters: usize,
    characters_reserved_per_url: usize,
}

impl Default for Statuses {
    fn default() -> Self {
        Self { max_characters: 500, characters_reserved_per_url: 23 }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Timelines {
    hashtag_feeds: Feeds,
}

/// `public`, `authenticated` or `disabled`, for what was written there and elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Feeds {
    local: String,
    remote: String,
}

/// A part that is of another shape than ours counts as not there.
fn lenient<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either<T> {
        Part(T),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Either::deserialize(from)? {
        Either::Part(part) => part,
        Either::Other(_) => T::default(),
    })
}

impl Instance {
    /// The longest post, and for how many characters each address in it counts.
    pub fn lengths(&self) -> (usize, usize) {
        let statuses = &self.configuration.statuses;
        (statuses.max_characters, statuses.characters_reserved_per_url)
    }
}

impl Mastodon {
    /// What the server says of itself, asked anew or as it said before.
    pub(super) async fn instance(&self, anew: bool) -> Result<Arc<Instance>, CallError> {
        let known = self.instance.lock().expect("no holder panics").clone();
        if let Some(known) = known.filter(|_| !anew) {
            return Ok(known);
        }
        let instance = match self.get::<Instance>(&["v2", "instance"], &[]).await {
            Ok((instance, _)) => instance,
            // Something that only resembles Mastodon.
            Err(error) if error.is_absence() => Instance::default(),
            Err(error) => return Err(error),
        };
        let instance = Arc::new(instance);
        *self.instance.lock().expect("no holder panics") = Some(Arc::clone(&instance));
        Ok(instance)
    }

    /// That hashtags may be read here, with what we have.
    pub(super) fn may_read(&self, instance: &Instance) -> Result<(), Trouble> {
        let feeds = &instance.configuration.timelines_access.hashtag_feeds;
        let all = |how: &str| feeds.local == how && feeds.remote == how;
        if all("disabled") {
            return Err(Trouble::Refused("this server offers no hashtag timelines".to_owned()));
        }
        let closed = |feed: &str| matches!(feed, "authenticated" | "disabled");
        if self.server.token.is_none() && closed(&feeds.local) && closed(&feeds.remote) {
            return Err(Trouble::Refused("this server shows hashtag timelines only to its accounts".to_owned()));
        }
        Ok(())
    }

    /// Where it streams: where it says, when that is a place we may go, and else at its own address.
    pub(super) fn streaming(&self, instance: &Instance) -> Url {
        let mut own = self.server.base.clone();
        let scheme = if own.scheme() == "http" { "ws" } else { "wss" };
        own.set_scheme(scheme).expect("one web scheme becomes another");
        let said = instance.configuration.urls.streaming.as_deref().and_then(|said| Url::parse(said).ok());
        let mut url =
            said.filter(|said| matches!(said.scheme(), "ws" | "wss") && self.guard.allows(said).is_ok()).unwrap_or(own);
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().extend(["api", "v1", "streaming"]);
        }
        url.set_query(None);
        url
    }

    /// What follows the second `@` of its accounts' names.
    pub(super) fn domain(&self) -> String {
        let known = self.instance.lock().expect("no holder panics");
        let said = known.as_ref().map(|instance| instance.domain.as_str());
        said.filter(|said| !said.is_empty() && said.len() <= 253).unwrap_or(&self.host).to_owned()
    }
}
