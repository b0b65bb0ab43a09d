//! The real AT Protocol server, and what the bridge tells of it.

use futures_util::StreamExt as _;
use networks::pds::{Pds, Places};
use reqwest::Client;
use serde_json::{Value, json};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// The next commit.
async fn commit(socket: &mut Socket) -> Value {
    loop {
        let Message::Text(text) = socket.next().await.unwrap().unwrap() else { continue };
        let event: Value = serde_json::from_str(&text).unwrap();
        if event["kind"] == "commit" {
            return event;
        }
    }
}

async fn call(places: &Places, method: &str, token: Option<&str>, body: Value) -> Value {
    let mut request = Client::new().post(format!("{}/xrpc/{method}", places.pds)).json(&body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{method}: {}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

#[tokio::test]
async fn what_is_really_posted_comes_over_the_bridge() {
    // `cargo xtask test --quick` installs no packages.
    if std::env::var_os("SAMENSPRAAK_SKIP_BROWSER").is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pds = Pds::start(folder.path()).await.unwrap();
    let places = pds.places();
    let document: Value =
        Client::new().get(format!("{}/{}", places.plc, places.did)).send().await.unwrap().json().await.unwrap();
    assert_eq!(document["alsoKnownAs"], json!([format!("at://{}", places.handle)]));

    let wanted = format!("{}?wantedCollections=app.bsky.feed.post", places.jetstream);
    let (mut socket, _) = connect_async(&wanted).await.unwrap();
    let login = json!({"identifier": places.handle, "password": places.app_password});
    let session = call(places, "com.atproto.server.createSession", None, login).await;
    let token = session["accessJwt"].as_str();
    let record = json!({
        "$type": "app.bsky.feed.post",
        "text": "Één vraag #FietsFan010",
        "createdAt": "2026-11-24T20:00:00.000Z",
        "langs": ["nl"],
        "facets": [{
            "index": {"byteStart": 12, "byteEnd": 24},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "FietsFan010"}],
        }],
    });
    let body = json!({"repo": places.did, "collection": "app.bsky.feed.post", "record": record});
    let made = call(places, "com.atproto.repo.createRecord", token, body).await;
    let created = commit(&mut socket).await;
    assert_eq!(created["did"], places.did);
    let told = &created["commit"];
    let uri = format!("at://{}/app.bsky.feed.post/{}", places.did, told["rkey"].as_str().unwrap());
    assert_eq!((&made["uri"], &made["cid"]), (&json!(uri), &told["cid"]));
    assert_eq!((&told["operation"], &told["record"]), (&json!("create"), &record));

    let gone = json!({"repo": places.did, "collection": "app.bsky.feed.post", "rkey": told["rkey"]});
    call(places, "com.atproto.repo.deleteRecord", token, gone).await;
    let deleted = commit(&mut socket).await;
    assert_eq!((&deleted["commit"]["operation"], &deleted["commit"]["rkey"]), (&json!("delete"), &told["rkey"]));
    assert!(deleted["commit"].get("record").is_none());

    let (mut again, _) = connect_async(format!("{wanted}&cursor={}", created["time_us"])).await.unwrap();
    assert_eq!(commit(&mut again).await, created, "the event of the cursor comes again");
    assert_eq!(commit(&mut again).await, deleted);
    let address = places.pds.clone();
    pds.stop().await.unwrap();
    assert!(Client::new().get(address).send().await.is_err(), "it is gone");
}
