//! The account against a real AT Protocol server, which Node runs:
//!
//!     npm ci --prefix tests/networks/pds
//!     cargo test -p samenspraak-sources --features real-pds --test pds

use std::{collections::BTreeSet, path::Path, sync::Arc};

use jiff::Timestamp;
use networks::{Pds, pds::Places};
use reqwest::{Method, Request};
use samenspraak_sources::{
    Allowed, Guard, Message, NotSent, World,
    bluesky::{Bluesky, Names},
};
use serde_json::{Value, json};
use url::Url;

struct Fixed;

impl World for Fixed {
    fn now(&self) -> Timestamp {
        "2026-11-24T12:00:00.25Z".parse().expect("a moment")
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

struct Real {
    guard: Arc<Guard>,
    pds: Url,
    plc: Url,
    did: String,
    handle: String,
    account: Bluesky,
}

impl Real {
    fn at(places: &Places) -> Self {
        let url = |text: &str| text.parse::<Url>().expect("an address");
        let (pds, plc) = (url(&places.pds), url(&places.plc));
        let Places { did, handle, app_password, .. } = places.clone();
        let hosts: BTreeSet<String> = [&pds, &plc].map(|url| url.authority().to_owned()).into();
        let guard = Arc::new(Guard::new(Allowed { hosts, loopback: true }));
        let account = Bluesky::new(pds.clone(), handle.clone(), app_password, guard.clone(), Arc::new(Fixed));
        Self { guard, pds, plc, did, handle, account }
    }

    /// The posts of the account that say this.
    async fn posts(&self, saying: &str) -> Vec<Value> {
        let mut url = self.pds.join("/xrpc/com.atproto.repo.listRecords").expect("an address");
        url.query_pairs_mut().extend_pairs([("repo", &*self.did), ("collection", "app.bsky.feed.post")]);
        url.query_pairs_mut().append_pair("limit", "100");
        let reply = self.guard.send(Request::new(Method::GET, url)).await.expect("an answer");
        let list: Value = serde_json::from_slice(&reply.body).expect("JSON");
        let posts = list["records"].as_array().expect("records").iter();
        posts.filter(|post| post["value"]["text"].as_str().is_some_and(|text| text.contains(saying))).cloned().collect()
    }
}

fn message(key: &str, text: &str) -> Message {
    Message {
        key: key.to_owned(),
        thread: None,
        author: None,
        text: text.to_owned(),
        link: Some("https://fiets.example.nl/é/FietsFan010".to_owned()),
        language: "nl".to_owned(),
    }
}

/// One server for all, since it takes seconds to start.
#[tokio::test]
async fn an_account_of_a_real_server() {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pds-{}", std::process::id()));
    let pds = Pds::start(&data).await.unwrap_or_else(|error| panic!("{error}"));
    let real = Real::at(pds.places());
    says_whose_it_is_and_refuses_a_wrong_password_in_the_servers_words(&real).await;
    an_account_has_the_handle_that_leads_back_to_it(&real).await;
    a_message_is_sent_once_answered_edited_and_deleted(&real).await;
    pds.stop().await.expect("stopped");
    std::fs::remove_dir_all(data).expect("its data is ours");
}

async fn a_message_is_sent_once_answered_edited_and_deleted(real: &Real) {
    let mark = format!("proef {}", std::process::id());
    let key = format!("answer-{}", std::process::id());

    let sent = real.account.send(&message(&key, &mark)).await.expect("sent");
    let again = real.account.send(&message(&key, &mark)).await.expect("sent");
    assert_eq!(sent, again);
    let posts = real.posts(&mark).await;
    assert_eq!(posts.len(), 1, "one of two tries");
    assert_eq!(posts[0]["uri"], *sent.id);
    assert_eq!(posts[0]["value"]["facets"][0]["features"][0]["uri"], "https://fiets.example.nl/é/FietsFan010");
    assert_eq!(posts[0]["value"]["langs"], json!(["nl"]));

    let reference = json!({"uri": posts[0]["uri"], "cid": posts[0]["cid"]});
    let mut thread = reference.clone();
    thread["root"] = reference.clone();
    let reply = Message { thread: Some(thread.to_string()), ..message(&format!("{key}-r"), &format!("her{mark}")) };
    let replied = real.account.send(&reply).await.expect("sent");
    let found = real.posts(&format!("her{mark}")).await;
    assert_eq!(found[0]["value"]["reply"], json!({"root": reference, "parent": reference}));

    real.account.edit(&replied.id, &Message { text: format!("ver{mark}"), ..reply.clone() }).await.expect("edited");
    assert!(real.posts(&format!("her{mark}")).await.is_empty());
    let edited = real.posts(&format!("ver{mark}")).await;
    assert_eq!(edited[0]["uri"], *replied.id);
    assert_eq!(edited[0]["value"]["reply"], found[0]["value"]["reply"]);

    real.account.delete(&replied.id).await.expect("deleted");
    real.account.delete(&replied.id).await.expect("deleted is deleted");
    let gone = real.account.edit(&replied.id, &reply).await;
    assert!(matches!(gone, Err(NotSent::Refused(_))), "{gone:?}");
    real.account.delete(&sent.id).await.expect("deleted");
    assert!(real.posts(&mark).await.is_empty());
}

async fn says_whose_it_is_and_refuses_a_wrong_password_in_the_servers_words(real: &Real) {
    let who = real.account.who().await.expect("an account");
    assert_eq!((who.did, who.handle), (real.did.clone(), real.handle.clone()));
    let wrong =
        Bluesky::new(real.pds.clone(), real.handle.clone(), "wrong".to_owned(), real.guard.clone(), Arc::new(Fixed));
    assert_eq!(wrong.who().await, Err(NotSent::Refused("Invalid identifier or password".to_owned())));
}

async fn an_account_has_the_handle_that_leads_back_to_it(real: &Real) {
    let names = Names::new(real.guard.clone(), Arc::new(Fixed), real.plc.clone(), Some(real.pds.clone()));
    assert_eq!(names.handle(&real.did).await, Some(real.handle.clone()));
    assert_eq!(names.handle("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa").await, None);
}
