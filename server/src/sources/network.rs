//! The client of an account, whichever network it is on.

use std::{collections::BTreeSet, sync::Arc};

use shared::Source;
use sources::{Allowed, Ears, Guard, Heard, Message, NotSent, Sent, Tags, Trouble, World, bluesky, mastodon};
use url::Url;

use super::accounts::Account;

/// Where Bluesky's identities are kept.
const DIRECTORY: &str = "https://plc.directory";

/// A client.
pub enum Network {
    /// Listens and speaks.
    Mastodon(mastodon::Mastodon),
    /// Listens, and speaks when it can sign in.
    Bluesky(Box<bluesky::Jetstream>, Option<bluesky::Bluesky>),
}

impl Network {
    /// Of this account; nothing for a gateway.
    pub fn of(account: &Account, directory: Option<&Url>, loopback: bool, world: &Arc<dyn World>) -> Option<Self> {
        let default: Url = DIRECTORY.parse().ok()?;
        let directory = directory.unwrap_or(&default);
        let places = account.server.iter().chain(&account.hosts);
        let hosts: BTreeSet<String> = match account.source {
            Source::Bluesky => places.chain([directory]).filter_map(host).collect(),
            _ => places.filter_map(host).collect(),
        };
        let guard = Arc::new(Guard::new(Allowed { hosts, loopback }));
        let world = Arc::clone(world);
        match account.source {
            Source::Mastodon => {
                let token = account.secret.as_ref().map(|secret| mastodon::Token::new(secret.reveal().to_owned()));
                let server = mastodon::Server { base: account.server.clone()?, token };
                Some(Self::Mastodon(mastodon::Mastodon::new(server, guard, world)))
            }
            Source::Bluesky => {
                let names = bluesky::Names::new(
                    Arc::clone(&guard),
                    Arc::clone(&world),
                    directory.clone(),
                    account.server.clone(),
                );
                let jetstream =
                    bluesky::Jetstream::new(account.hosts.clone(), names, Arc::clone(&guard), Arc::clone(&world));
                let speaks = account.server.clone().zip(account.handle.clone()).zip(account.secret.as_ref());
                let speaker = speaks.map(|((server, handle), secret)| {
                    bluesky::Bluesky::new(server, handle, secret.reveal().to_owned(), guard, world)
                });
                Some(Self::Bluesky(Box::new(jetstream), speaker))
            }
            _ => None,
        }
    }

    /// Listens as things are written, until that ends.
    pub async fn stream(&self, tags: Tags, ears: &impl Ears) -> Trouble {
        match self {
            Self::Mastodon(client) => client.stream(tags, ears).await,
            Self::Bluesky(client, _) => client.listen(tags, ears).await,
        }
    }

    /// Listens by asking now and then, until that ends; nothing where that cannot be.
    pub async fn poll(&self, tags: Tags, ears: &impl Ears) -> Option<Trouble> {
        match self {
            Self::Mastodon(client) => Some(client.poll(tags, ears).await),
            Self::Bluesky(..) => None,
        }
    }

    /// The account's own handle, with `@`, when it can speak.
    pub async fn who(&self) -> Result<String, NotSent> {
        match self {
            Self::Mastodon(client) => client.who().await.map(|account| account.handle),
            Self::Bluesky(_, Some(client)) => client.who().await.map(|account| account.handle),
            Self::Bluesky(_, None) => Err(mute()),
        }
    }

    /// The post that people read at this address, if the account can read it there.
    pub async fn read_at(&self, address: &Url) -> Result<Option<Heard>, NotSent> {
        match self {
            Self::Mastodon(client) => client.read_at(address).await,
            Self::Bluesky(_, Some(client)) => client.read_at(address).await,
            Self::Bluesky(_, None) => Err(mute()),
        }
    }

    /// Sends a message.
    pub async fn send(&self, message: &Message) -> Result<Sent, NotSent> {
        match self {
            Self::Mastodon(client) => client.send(message).await,
            Self::Bluesky(_, Some(client)) => client.send(message).await,
            Self::Bluesky(_, None) => Err(mute()),
        }
    }

    /// Changes a message that was sent.
    pub async fn edit(&self, id: &str, message: &Message) -> Result<Sent, NotSent> {
        match self {
            Self::Mastodon(client) => client.edit(id, message).await,
            Self::Bluesky(_, Some(client)) => client.edit(id, message).await,
            Self::Bluesky(_, None) => Err(mute()),
        }
    }

    /// Takes a message back.
    pub async fn delete(&self, id: &str) -> Result<(), NotSent> {
        match self {
            Self::Mastodon(client) => client.delete(id).await,
            Self::Bluesky(_, Some(client)) => client.delete(id).await,
            Self::Bluesky(_, None) => Err(mute()),
        }
    }
}

fn mute() -> NotSent {
    NotSent::Refused("no app password".into())
}

/// The host of an address, with the port when it is not the usual one.
fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
