//! The Jetstream fake behaves as Jetstream's documentation says.

use futures_util::{SinkExt as _, StreamExt as _};
use networks::{Jetstream, jetstream::Post, noise, sockets::Push};
use reqwest::Client;
use serde_json::{Value, json};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message},
};

const ANNA: &str = "did:plc:annaannaannaannaannaanna";
const BRAM: &str = "did:plc:brambrambrambrambrambram";

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

async fn listen(jetstream: &Jetstream, query: &str) -> Socket {
    let before = jetstream.subscribers();
    let (socket, _) = connect_async(jetstream.subscribe_url() + query).await.unwrap();
    jetstream.subscribed(before + 1).await;
    socket
}

async fn next(socket: &mut Socket) -> Value {
    let Message::Text(text) = socket.next().await.unwrap().unwrap() else { panic!("a text was expected") };
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_post_comes_as_a_commit_with_facets_by_bytes() {
    let jetstream = Jetstream::start().await.unwrap();
    jetstream.named(BRAM, "bram.test");
    let mut socket = listen(&jetstream, "?wantedCollections=app.bsky.feed.post").await;
    let text = "Hé @bram.test 🚲 #FietsFan010! (#café) zie https://voorbeeld.nl/x. #1";
    let uri = jetstream.post(ANNA, "anna.test", &Post::text(text));
    let identity = next(&mut socket).await;
    assert_eq!((&identity["kind"], &identity["identity"]["handle"]), (&json!("identity"), &json!("anna.test")));
    let created = next(&mut socket).await;
    assert_eq!((&created["kind"], &created["did"]), (&json!("commit"), &json!(ANNA)));
    assert!(created["time_us"].as_u64() > identity["time_us"].as_u64());
    let commit = &created["commit"];
    assert_eq!((&commit["operation"], &commit["collection"]), (&json!("create"), &json!("app.bsky.feed.post")));
    assert_eq!(uri, format!("at://{ANNA}/app.bsky.feed.post/{}", commit["rkey"].as_str().unwrap()));
    assert_eq!(commit["cid"].as_str().unwrap().len(), 59);
    let facets = commit["record"]["facets"].as_array().unwrap();
    let parts: Vec<_> = facets
        .iter()
        .map(|facet| {
            let at = |end: &str| usize::try_from(facet["index"][end].as_u64().unwrap()).unwrap();
            &text[at("byteStart")..at("byteEnd")]
        })
        .collect();
    assert_eq!(parts, ["@bram.test", "#FietsFan010", "#café", "https://voorbeeld.nl/x"]);
    assert_eq!(facets[0]["features"][0]["did"], BRAM);
    assert_eq!(facets[1]["features"], json!([{"$type": "app.bsky.richtext.facet#tag", "tag": "FietsFan010"}]));
    jetstream.update(&uri, &Post::text("Anders"));
    assert_eq!(next(&mut socket).await["commit"]["operation"], "update");
    jetstream.delete(&uri);
    let deleted = next(&mut socket).await["commit"].take();
    assert!(deleted["operation"] == "delete" && deleted.get("record").is_none() && deleted.get("cid").is_none());
    jetstream.account(ANNA, Some("deleted"));
    assert_eq!(next(&mut socket).await["account"]["status"], "deleted");
    jetstream.unknown_kind(ANNA, "sync");
    assert_eq!(next(&mut socket).await["kind"], "sync");
}

#[tokio::test]
async fn a_cursor_brings_back_what_was_missed_and_filters_hold() {
    let jetstream = Jetstream::start().await.unwrap();
    jetstream.named(ANNA, "anna.test");
    jetstream.named(BRAM, "bram.test");
    let mut socket = listen(&jetstream, "").await;
    for number in 0..5 {
        jetstream.post(ANNA, "anna.test", &Post::text(&number.to_string()));
    }
    let mut times = Vec::new();
    for _ in 0..5 {
        times.push(next(&mut socket).await["time_us"].as_u64().unwrap());
    }
    let mut again = listen(&jetstream, &format!("?cursor={}", times[3])).await;
    assert_eq!(next(&mut again).await["time_us"], times[3], "the event of the cursor comes again");
    assert_eq!(next(&mut again).await["time_us"], times[4]);
    let mut future = listen(&jetstream, "?cursor=9000000000000000").await;
    let mut bram = listen(&jetstream, &format!("?wantedDids={BRAM}&maxMessageSizeBytes=600")).await;
    let mut likes = listen(&jetstream, "?wantedCollections=app.bsky.graph.*").await;
    jetstream.post(ANNA, "anna.test", &Post::text("van Anna"));
    jetstream.post(BRAM, "bram.test", &Post::text(&"lang ".repeat(200)));
    jetstream.post(BRAM, "bram.test", &Post::text("van Bram"));
    jetstream.account(BRAM, None);
    assert_eq!(next(&mut future).await["commit"]["record"]["text"], "van Anna");
    assert_eq!(next(&mut bram).await["commit"]["record"]["text"], "van Bram");
    assert_eq!(next(&mut likes).await["kind"], "account", "accounts come whatever collections are wanted");
    let wish = json!({"type": "options_update", "payload": {"wantedDids": [ANNA]}}).to_string();
    likes.send(Message::text(wish)).await.unwrap();
    jetstream.received("MESSAGE", "/subscribe", 1).await;
    for query in ["?cursor=x", "?wantedCollections=posts", "?wantedDids=anna", "?compress=true"] {
        let refused = connect_async(jetstream.subscribe_url() + query).await;
        assert!(matches!(refused, Err(Error::Http(answer)) if answer.status() == 400), "{query}");
    }
}

#[tokio::test]
async fn it_goes_wrong_as_told_also_over_http() {
    let jetstream = Jetstream::start().await.unwrap();
    jetstream.named(ANNA, "anna.test");
    let tell = async |what: &str, how: Value| {
        let request = Client::new().post(format!("{}/_control/{what}", jetstream.url())).json(&how);
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    let mut socket = listen(&jetstream, "").await;
    tell("post", json!({"did": ANNA, "handle": "anna.test", "text": "een #fiets"})).await;
    let first = next(&mut socket).await;
    tell("repeat", json!({})).await;
    assert_eq!(next(&mut socket).await, first);
    jetstream.push(&Push::Frame { opcode: 1, payload: vec![0xff].into() });
    assert!(matches!(socket.next().await, Some(Err(Error::Utf8(_)))));
    jetstream.disconnect();
    jetstream.subscribed(0).await;
    let mut socket = listen(&jetstream, "").await;
    tell("half_frame", json!({})).await;
    assert!(matches!(socket.next().await, Some(Err(_))));
}

#[tokio::test]
async fn it_knows_who_is_who() {
    let jetstream = Jetstream::start().await.unwrap();
    jetstream.named(ANNA, "anna.test");
    let get = async |path: &str| Client::new().get(format!("{}{path}", jetstream.url())).send().await.unwrap();
    let document: Value = get(&format!("/{ANNA}")).await.json().await.unwrap();
    assert_eq!((&document["id"], &document["alsoKnownAs"]), (&json!(ANNA), &json!(["at://anna.test"])));
    assert_eq!(document["service"][0]["serviceEndpoint"], jetstream.url());
    assert_eq!(get(&format!("/{BRAM}")).await.status(), 404);
    let resolved = get("/xrpc/com.atproto.identity.resolveHandle?handle=Anna.test").await;
    assert_eq!(resolved.json::<Value>().await.unwrap(), json!({"did": ANNA}));
    assert_eq!(get("/xrpc/com.atproto.identity.resolveHandle?handle=x.test").await.status(), 400);
}

#[tokio::test]
async fn noise_is_the_same_each_time_and_holds_few_of_what_is_wanted() {
    let count = 3 * noise::RARE;
    let messages = noise::noise(7, count, "FietsFan010");
    assert_eq!(messages, noise::noise(7, count, "FietsFan010"));
    let values: Vec<Value> = messages.iter().map(|message| serde_json::from_slice(message).unwrap()).collect();
    let tagged = |value: &&Value| {
        let facets = value.pointer("/commit/record/facets").and_then(Value::as_array);
        facets.into_iter().flatten().any(|facet| facet["features"][0]["tag"] == "FietsFan010")
    };
    assert_eq!(values.iter().filter(tagged).count(), 3);
    assert!(values.is_sorted_by_key(|value| value["time_us"].as_u64()));
    let size = messages.iter().map(bytes::Bytes::len).sum::<usize>() / count;
    assert!((500..1500).contains(&size), "{size} bytes on average");
}
