//! People and networks elsewhere, for tests that need several at once: a stand-in for Mastodon, a real AT
//! Protocol server, and somebody with an account there.

use networks::{
    Mastodon, Pds,
    mastodon::{Account, TOKEN},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Hall, Terms, session};

/// Somebody with an account of their own on a real AT Protocol server.
pub struct Blogger {
    client: reqwest::Client,
    pds: String,
    /// Who they are.
    pub did: String,
    /// What lets them post.
    pub token: String,
}

impl Blogger {
    /// With a new account.
    pub async fn arrives(pds: &str) -> Self {
        let client = reqwest::Client::new();
        let body = json!({ "handle": "vera.test", "email": "vera@example.com", "password": "alleen-voor-proeven" });
        let made = client.post(format!("{pds}/xrpc/com.atproto.server.createAccount")).json(&body);
        let made: Value = made.send().await.expect("a reply").json().await.expect("JSON");
        let of = |name: &str| made[name].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        Self { client, pds: pds.to_owned(), did: of("did"), token: of("accessJwt") }
    }

    async fn calls(&self, method: &str, body: Value) -> Value {
        let request = self.client.post(format!("{}/xrpc/{method}", self.pds)).bearer_auth(&self.token).json(&body);
        let reply = request.send().await.expect("a reply").error_for_status().expect("done");
        reply.json().await.unwrap_or_default()
    }

    /// Writes a post with this hashtag in it; its address.
    pub async fn posts(&self, text: &str, tag: &str) -> String {
        let from = text.find(&format!("#{tag}")).expect("the hashtag");
        let record = json!({
            "$type": "app.bsky.feed.post", "text": text, "langs": ["nl"], "createdAt": "2026-05-12T12:00:00.000Z",
            "facets": [{
                "index": { "byteStart": from, "byteEnd": from + tag.len() + 1 },
                "features": [{ "$type": "app.bsky.richtext.facet#tag", "tag": tag }],
            }],
        });
        let body = json!({ "repo": self.did, "collection": "app.bsky.feed.post", "record": record });
        let made = self.calls("com.atproto.repo.createRecord", body).await;
        made["uri"].as_str().expect("an address").to_owned()
    }

    /// Deletes it.
    pub async fn deletes(&self, uri: &str) {
        let rkey = uri.rsplit('/').next().expect("a key");
        let body = json!({ "repo": self.did, "collection": "app.bsky.feed.post", "rkey": rkey });
        self.calls("com.atproto.repo.deleteRecord", body).await;
    }

    /// All posts of an account.
    pub async fn reads(&self, repo: &str) -> Vec<Value> {
        let path = format!("{}/xrpc/com.atproto.repo.listRecords?repo={repo}&collection=app.bsky.feed.post", self.pds);
        let reply = self.client.get(path).send().await.expect("a reply");
        let read: Value = reply.json().await.expect("JSON");
        read["records"].as_array().expect("records").iter().map(|record| record["value"].clone()).collect()
    }
}

/// Both networks.
pub struct Elsewhere {
    mastodon: Mastodon,
    pds: Pds,
    vera: Blogger,
    _folder: TempDir,
}

impl Elsewhere {
    /// Starts them.
    pub async fn opens() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mastodon = Mastodon::start().await.expect("a server");
        mastodon.account(Account::named("vera"));
        let pds = Pds::start(folder.path()).await.expect("a server");
        let vera = Blogger::arrives(&pds.places().pds).await;
        Self { mastodon, pds, vera, _folder: folder }
    }

    /// A hall that listens to both and answers there, and what a scenario must know of them.
    pub async fn hall(&mut self) -> (Hall, Value) {
        let places = self.pds.places();
        let mut session = session("FietsFan010");
        session["channels"] = json!({ "accounts": ["stad", "blauw"], "news": ["answered"] });
        let arguments = vec!["--accounts-on-loopback".into(), format!("--bluesky-directory={}", places.plc)];
        let hall = Hall::on(Terms { arguments, ..Terms::default() }, session).await;
        let stad = json!({ "name": "stad", "source": "mastodon", "server": self.mastodon.url(), "secret": TOKEN });
        let blauw = json!({
            "name": "blauw", "source": "bluesky", "server": places.pds, "handle": places.handle,
            "secret": places.app_password, "hosts": [places.jetstream.replace("/subscribe", "")],
        });
        for account in [stad, blauw] {
            hall.organiser.has_account(account).await;
        }
        self.mastodon.subscribed("fietsfan010", 1).await;
        let more = json!({
            "mastodon": self.mastodon.url(), "pds": places.pds, "city": places.did,
            "vera": { "did": self.vera.did, "token": self.vera.token },
        });
        (hall, more)
    }

    /// Ends them.
    pub async fn closes(self) {
        self.pds.stop().await.expect("an end");
    }
}
