//! The Mastodon fake behaves as Mastodon's documentation says.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use jiff::SignedDuration;
use networks::{
    Mastodon,
    faults::{Fault, Token},
    mastodon::{ACCOUNT, Access, Account, Draft, Rules, TOKEN},
    sockets::Push,
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _},
};

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

async fn get(mastodon: &Mastodon, path: &str) -> Value {
    Client::new().get(format!("{}{path}", mastodon.url())).send().await.unwrap().json().await.unwrap()
}

async fn ids(mastodon: &Mastodon, query: &str) -> Vec<String> {
    let page = get(mastodon, &format!("/api/v1/timelines/tag/fietsfan010{query}")).await;
    page.as_array().unwrap().iter().map(|status| status["id"].as_str().unwrap().to_owned()).collect()
}

fn streaming(mastodon: &Mastodon, query: &str) -> String {
    format!("{}/api/v1/streaming{query}", mastodon.url().replacen("http", "ws", 1))
}

async fn listen(mastodon: &Mastodon, tag: &str) -> Socket {
    let (mut socket, _) = connect_async(streaming(mastodon, &format!("?access_token={TOKEN}"))).await.unwrap();
    let message = json!({"type": "subscribe", "stream": "hashtag", "tag": tag}).to_string();
    socket.send(Message::text(message)).await.unwrap();
    mastodon.subscribed(tag, 1).await;
    socket
}

async fn next(socket: &mut Socket) -> Value {
    loop {
        match socket.next().await.unwrap().unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Ping(_) | Message::Pong(_) => {}
            other => panic!("a text was expected, not {other:?}"),
        }
    }
}

#[tokio::test]
async fn words_become_mastodons_own_markup() {
    let mastodon = Mastodon::start().await.unwrap();
    mastodon.account(Account::named("wethouder"));
    let words = "@wethouder Waarom <niet> op #FietsFan010 & #CaféRotterdam?\n\nZie https://www.voorbeeld.nl/een/heel/lang/pad/naar/ergens, graag.\nDank";
    let id = mastodon.toot("anna", Draft::text(words));
    let status = get(&mastodon, &format!("/api/v1/statuses/{id}")).await;
    let url = mastodon.url();
    assert_eq!(
        status["content"].as_str().unwrap(),
        format!(
            concat!(
                r#"<p><span class="h-card" translate="no"><a href="{url}/@wethouder" class="u-url mention">@<span>wethouder</span></a></span>"#,
                r#" Waarom &lt;niet&gt; op <a href="{url}/tags/FietsFan010" class="mention hashtag" rel="tag">#<span>FietsFan010</span></a>"#,
                r#" &amp; <a href="{url}/tags/Caf%C3%A9Rotterdam" class="mention hashtag" rel="tag">#<span>CaféRotterdam</span></a>?</p>"#,
                r#"<p>Zie <a href="https://www.voorbeeld.nl/een/heel/lang/pad/naar/ergens" target="_blank" rel="nofollow noopener" translate="no">"#,
                r#"<span class="invisible">https://www.</span><span class="ellipsis">voorbeeld.nl/een/heel/lang/pad</span><span class="invisible">/naar/ergens</span></a>,"#,
                r#" graag.<br />Dank</p>"#
            ),
            url = url
        )
    );
    assert_eq!(status["tags"][0], json!({"name": "fietsfan010", "url": format!("{url}/tags/fietsfan010")}));
    // Mastodon compares hashtags without accents, so that it gives more than who asks may want.
    assert_eq!(status["tags"][1]["name"], "caferotterdam");
    assert_eq!(status["mentions"][0]["acct"], "wethouder");
    assert_eq!(status["uri"], format!("{url}/users/anna/statuses/{id}"));
    assert!(status.get("filtered").is_none(), "only who has a token sees filters");
}

#[tokio::test]
async fn a_timeline_is_paged_as_documented() {
    let mastodon = Mastodon::start().await.unwrap();
    let all: Vec<_> = (1..=50).map(|n| mastodon.toot("anna", Draft::text(&format!("{n} #fietsfan010")))).collect();
    let newest = |range: std::ops::Range<usize>| all[range].iter().rev().cloned().collect::<Vec<_>>();
    assert_eq!(ids(&mastodon, "").await, newest(30..50), "twenty unless asked otherwise");
    assert_eq!(ids(&mastodon, "?limit=100").await, newest(10..50), "never more than forty");
    assert_eq!(ids(&mastodon, &format!("?max_id={}", all[3])).await, newest(0..3));
    assert_eq!(ids(&mastodon, &format!("?since_id={}&limit=5", all[9])).await, newest(45..50), "the newest since");
    assert_eq!(ids(&mastodon, &format!("?min_id={}&limit=5", all[9])).await, newest(10..15), "the oldest after");
    assert_eq!(ids(&mastodon, &format!("?min_id={}&max_id={}", all[9], all[12])).await, newest(10..12));
    assert!(ids(&mastodon, &format!("?min_id={}", all[49])).await.is_empty());

    let page =
        Client::new().get(format!("{}/api/v1/timelines/tag/FIETSfan010?limit=2", mastodon.url())).send().await.unwrap();
    let here = format!("{}/api/v1/timelines/tag/FIETSfan010?limit=2", mastodon.url());
    assert_eq!(
        page.headers()["link"],
        format!(r#"<{here}&max_id={}>; rel="next", <{here}&min_id={}>; rel="prev""#, all[48], all[49])
    );
    let reset = page.headers()["x-ratelimit-reset"].to_str().unwrap();
    assert!(reset.parse::<jiff::Timestamp>().is_ok(), "{reset}");
    assert_eq!(page.headers()["x-ratelimit-limit"], "300");
}

#[tokio::test]
async fn timelines_leave_out_what_is_not_public() {
    let mastodon = Mastodon::start().await.unwrap();
    mastodon.account(Account { limited: true, ..Account::named("spam") });
    mastodon.toot("spam", Draft::text("#fietsfan010"));
    for visibility in ["unlisted", "private", "direct"] {
        mastodon.toot("anna", Draft { visibility: visibility.to_owned(), ..Draft::text("#fietsfan010") });
    }
    let shown = mastodon.toot("anna", Draft::text("#fietsfan010"));
    mastodon.boost("bram", &shown).unwrap();
    let reply = Draft { in_reply_to_id: Some(shown.clone()), ..Draft::text("ook #fietsfan010") };
    let reply = mastodon.toot("bram", reply);
    assert_eq!(ids(&mastodon, "").await, [reply, shown]);
    mastodon.rule(Rules { hashtag_feeds: Access::Disabled, ..Rules::default() });
    assert!(ids(&mastodon, "").await.is_empty());
    mastodon.rule(Rules { hashtag_feeds: Access::Authenticated, ..Rules::default() });
    let refused = get(&mastodon, "/api/v1/timelines/tag/fietsfan010").await;
    assert_eq!(refused, json!({"error": "The access token is invalid"}));
}

#[tokio::test]
async fn a_reply_is_posted_once_for_one_key_within_the_hour() {
    let mastodon = Mastodon::start().await.unwrap();
    let question = mastodon.toot("anna", Draft::text("Mag het? #fietsfan010"));
    let post = async |body: &[(&str, &str)], key: &str| {
        let request = Client::new().post(format!("{}/api/v1/statuses", mastodon.url())).bearer_auth(TOKEN);
        let answer = request.header("Idempotency-Key", key).form(body).send().await.unwrap();
        (answer.status(), answer.json::<Value>().await.unwrap())
    };
    let body = [("status", "@anna Ja + graag & snel"), ("in_reply_to_id", &question), ("language", "nl")];
    let (code, first) = post(&body, "k").await;
    assert_eq!(code, StatusCode::OK);
    assert_eq!(first["in_reply_to_id"], question);
    assert!(first["content"].as_str().unwrap().ends_with(" Ja + graag &amp; snel</p>"), "{}", first["content"]);
    assert_eq!(post(&body, "k").await.1["id"], first["id"]);
    assert_eq!(mastodon.statuses_of(ACCOUNT).len(), 1);
    mastodon.clock().advance(SignedDuration::from_mins(61));
    assert_ne!(post(&body, "k").await.1["id"], first["id"]);

    // An address counts for 23 characters, however long it is.
    let long = format!("{} https://voorbeeld.nl/{}", "a".repeat(476), "b".repeat(300));
    assert_eq!(post(&[("status", &long)], "l").await.0, StatusCode::OK);
    let (code, refused) = post(&[("status", &format!("a{long}"))], "m").await;
    assert_eq!(code, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused["error"], "Validation failed: Text character limit of 500 exceeded");

    let as_json = Client::new()
        .post(format!("{}/api/v1/statuses", mastodon.url()))
        .bearer_auth(TOKEN)
        .json(&json!({"status": "Ja", "visibility": "unlisted", "sensitive": true}));
    let posted: Value = as_json.send().await.unwrap().json().await.unwrap();
    assert_eq!((&posted["visibility"], &posted["sensitive"]), (&json!("unlisted"), &json!(true)));

    let other = format!("{}/api/v1/statuses/{question}", mastodon.url());
    let not_ours = Client::new().delete(other).bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(not_ours.status(), StatusCode::NOT_FOUND);
    let own = format!("{}/api/v1/statuses/{}", mastodon.url(), first["id"].as_str().unwrap());
    let deleted: Value = Client::new().delete(&own).bearer_auth(TOKEN).send().await.unwrap().json().await.unwrap();
    assert_eq!(deleted["text"], "@anna Ja + graag & snel");
    assert_eq!(Client::new().get(&own).send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tokens_are_checked_and_counted() {
    let mastodon = Mastodon::start().await.unwrap();
    mastodon.token("reads", "lezer", "read");
    let url = format!("{}/api/v1/statuses", mastodon.url());
    let post = async |token: &str| {
        Client::new().post(&url).bearer_auth(token).form(&[("status", "x")]).send().await.unwrap().status()
    };
    assert_eq!(post("wrong").await, StatusCode::UNAUTHORIZED);
    assert_eq!(post("reads").await, StatusCode::FORBIDDEN);
    assert_eq!(post(TOKEN).await, StatusCode::OK);
    mastodon.expire_token(TOKEN);
    assert_eq!(post(TOKEN).await, StatusCode::UNAUTHORIZED);
    let tokens: Vec<_> = mastodon.journal().iter().map(|received| received.token).collect();
    assert_eq!(tokens, [Token::Wrong, Token::Right, Token::Right, Token::Wrong]);
    assert!(!format!("{:?}", mastodon.journal()).contains(TOKEN), "the journal keeps no token");
    let who = format!("{}/api/v1/accounts/verify_credentials", mastodon.url());
    let who: Value = Client::new().get(who).bearer_auth("reads").send().await.unwrap().json().await.unwrap();
    assert_eq!(who["acct"], "lezer");

    mastodon.clock().set("2026-11-24T20:01:00Z".parse().unwrap());
    mastodon.rule(Rules { rate_limit: 1, ..Rules::default() });
    let ask = async || Client::new().get(format!("{}/api/v2/instance", mastodon.url())).send().await.unwrap();
    let first = ask().await;
    assert_eq!(first.headers()["x-ratelimit-remaining"], "0");
    assert_eq!(first.headers()["x-ratelimit-reset"], "2026-11-24T20:05:00.000000Z");
    let configuration = first.json::<Value>().await.unwrap()["configuration"].take();
    assert_eq!(configuration["timelines_access"]["hashtag_feeds"]["local"], "public");
    assert_eq!(configuration["statuses"]["max_characters"], 500);
    assert_eq!(ask().await.status(), StatusCode::TOO_MANY_REQUESTS);
    mastodon.clock().advance(SignedDuration::from_mins(5));
    assert_eq!(ask().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_stream_tells_what_happens_under_a_hashtag() {
    let mastodon = Mastodon::start().await.unwrap();
    mastodon.toot("anna", Draft::text("eerder #fietsfan010"));
    let mut socket = listen(&mastodon, "FietsFan010").await;
    let id = mastodon.toot("anna", Draft::text("Hoi #fietsFAN010"));
    mastodon.boost("bram", &id).unwrap();
    mastodon.edit(&id, |draft| "Dag #fietsfan010".clone_into(&mut draft.text));
    assert!(mastodon.delete(&id));
    let update = next(&mut socket).await;
    assert_eq!((&update["stream"], &update["event"]), (&json!(["hashtag", "FietsFan010"]), &json!("update")));
    let status: Value = serde_json::from_str(update["payload"].as_str().unwrap()).unwrap();
    assert_eq!((&status["id"], &status["filtered"]), (&json!(id), &json!([])));
    let edit = next(&mut socket).await;
    assert_eq!(edit["event"], "status.update");
    let status: Value = serde_json::from_str(edit["payload"].as_str().unwrap()).unwrap();
    assert!(status["edited_at"].is_string() && status["content"].as_str().unwrap().starts_with("<p>Dag"));
    let delete = next(&mut socket).await;
    assert_eq!((&delete["event"], &delete["payload"]), (&json!("delete"), &json!(id)));

    socket.send(Message::text(r#"{"type":"unsubscribe","stream":"hashtag","tag":"fietsfan010"}"#)).await.unwrap();
    mastodon.subscribed("fietsfan010", 0).await;
    mastodon.toot("anna", Draft::text("ongehoord #fietsfan010"));
    socket.send(Message::text(r#"{"type":"subscribe","stream":"hashtag"}"#)).await.unwrap();
    assert_eq!(next(&mut socket).await, json!({"error": "Missing tag name parameter", "status": 400}));
    assert_eq!(mastodon.received("MESSAGE", "/api/v1/streaming", 3).await.len(), 3);
}

#[tokio::test]
async fn a_stream_takes_tokens_in_three_places_and_refuses_others() {
    let mastodon = Mastodon::start().await.unwrap();
    mastodon.token("narrow", "krap", "write");
    let refused = async |query: &str| match connect_async(streaming(&mastodon, query)).await {
        Err(Error::Http(answer)) => (answer.status(), answer.headers()["x-error-message"].to_str().unwrap().to_owned()),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused("").await, (StatusCode::UNAUTHORIZED, "Missing access token".to_owned()));
    assert_eq!(refused("?access_token=no").await, (StatusCode::UNAUTHORIZED, "Invalid access token".to_owned()));

    let mut request = streaming(&mastodon, "?stream=hashtag&tag=Fiets").into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", TOKEN.parse().unwrap());
    let (mut by_protocol, answer) = connect_async(request).await.unwrap();
    assert_eq!(answer.headers()["sec-websocket-protocol"], TOKEN);
    let mut request = streaming(&mastodon, "?stream=hashtag&tag=fiets").into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
    let (mut by_header, _) = connect_async(request).await.unwrap();
    mastodon.subscribed("fiets", 2).await;
    mastodon.toot("anna", Draft::text("#FIETS"));
    assert_eq!(next(&mut by_protocol).await["stream"], json!(["hashtag", "Fiets"]));
    assert_eq!(next(&mut by_header).await["stream"], json!(["hashtag", "fiets"]));

    let (mut narrow, _) =
        connect_async(streaming(&mastodon, "?access_token=narrow&stream=hashtag&tag=fiets")).await.unwrap();
    assert_eq!(
        next(&mut narrow).await,
        json!({"error": "Access token does not have the required scopes", "status": 401})
    );

    mastodon.expire_token(TOKEN);
    assert!(matches!(by_header.next().await, Some(Ok(Message::Close(_)))));
    let health = Client::new().get(format!("{}/api/v1/streaming/health", mastodon.url())).send().await.unwrap();
    assert_eq!(health.text().await.unwrap(), "OK");
}

#[tokio::test]
async fn a_post_that_comes_from_elsewhere_keeps_its_uri_and_sorts_by_when_it_was_written() {
    let (here, there) = (Mastodon::start().await.unwrap(), Mastodon::start().await.unwrap());
    there.clock().set("2026-11-24T20:00:00Z".parse().unwrap());
    let original = there.toot("anna", Draft::text("Laat #fietsfan010"));
    here.clock().set("2026-11-24T20:01:00Z".parse().unwrap());
    let newest = here.toot("bram", Draft::text("Op tijd #fietsfan010"));
    let mut socket = listen(&here, "fietsfan010").await;
    let status = there.status(&original).unwrap();
    let copy = here.federate(&status).unwrap();
    assert_eq!(here.federate(&status).unwrap(), copy, "it comes once");
    let seen = here.status(&copy).unwrap();
    assert_eq!((&seen["uri"], &seen["created_at"]), (&status["uri"], &status["created_at"]));
    assert_eq!(seen["account"]["acct"], format!("anna@{}", there.url().trim_start_matches("http://")));
    assert_eq!(next(&mut socket).await["event"], "update");
    assert!(ids(&here, &format!("?min_id={newest}")).await.is_empty(), "it hides behind the newest id");
    assert_eq!(ids(&here, "").await, [newest.clone(), copy]);
    assert_eq!(ids(&here, "?local=true").await, [newest]);
}

#[tokio::test]
async fn a_stream_goes_wrong_as_told() {
    let mastodon = Mastodon::start().await.unwrap();
    let mut socket = listen(&mastodon, "fiets").await;
    let toot = |words: &str| mastodon.toot("anna", Draft::text(&format!("{words} #fiets")));
    let id = |frame: &Value| serde_json::from_str::<Value>(frame["payload"].as_str().unwrap()).unwrap()["id"].clone();

    mastodon.silence(true);
    toot("stil");
    mastodon.silence(false);
    mastodon.reorder(2);
    let (one, two) = (toot("een"), toot("twee"));
    assert_eq!([id(&next(&mut socket).await), id(&next(&mut socket).await)], [two, one.clone()]);
    mastodon.repeat(1);
    assert_eq!(id(&next(&mut socket).await), one);

    mastodon.push(&Push::Text("x".repeat(10_000_000)));
    let Message::Text(text) = socket.next().await.unwrap().unwrap() else { panic!() };
    assert_eq!(text.len(), 10_000_000);
    mastodon.push(&Push::Frame { opcode: 1, payload: vec![b'{', 0xff, 0xfe].into() });
    assert!(matches!(socket.next().await, Some(Err(Error::Utf8(_)))));

    mastodon.disconnect();
    mastodon.subscribed("fiets", 0).await;
    let mut socket = listen(&mastodon, "fiets").await;
    mastodon.half_frame();
    assert!(matches!(socket.next().await, Some(Err(_))));
}

#[tokio::test]
async fn requests_go_wrong_as_told() {
    let mastodon = Mastodon::start().await.unwrap();
    let ask = async || Client::new().get(format!("{}/api/v2/instance", mastodon.url())).send().await.unwrap();
    mastodon.fault(Fault::answer(429, r#"{"error":"Too many requests"}"#, 2, "/api").with("Retry-After", "7"));
    mastodon.fault(Fault::answer(500, "<html>", 1, "/api/v2"));
    for _ in 0..2 {
        let answer = ask().await;
        assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (429, &"7".parse().unwrap()));
    }
    let answer = ask().await;
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().as_str()), (500, "<html>"));
    mastodon.fault(Fault::slow("/api", Duration::from_millis(80)));
    let mut slow = ask().await;
    let mut pieces = 0;
    while slow.chunk().await.unwrap().is_some() {
        pieces += 1;
    }
    assert!(pieces > 4, "the body comes in pieces, not in {pieces}");
    assert_eq!(ask().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn it_does_the_same_over_http() {
    let mastodon = Mastodon::start().await.unwrap();
    let tell = async |what: &str, how: Value| {
        let request = Client::new().post(format!("{}/_control/{what}", mastodon.url())).json(&how);
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    let mut socket = listen(&mastodon, "fiets").await;
    assert_eq!(tell("subscribed", json!({"tag": "Fiets"})).await, json!({"came": true}));
    let posted = tell("toot", json!({"account": "anna", "text": "Hoi #fiets", "language": "fr"})).await;
    assert_eq!(posted["status"]["language"], "fr");
    assert_eq!(tell("edit", json!({"id": posted["id"], "text": "Dag #fiets"})).await, json!({"found": true}));
    assert_eq!(tell("delete", json!({"id": posted["id"]})).await, json!({"found": true}));
    for event in ["update", "status.update", "delete"] {
        assert_eq!(next(&mut socket).await["event"], event);
    }
    assert!(tell("push", json!({"text": "ab", "times": 3})).await.is_object());
    assert_eq!(socket.next().await.unwrap().unwrap(), Message::text("ababab"));
    tell("respond", json!({"status": 503, "path": "/api/v2"})).await;
    let answer = Client::new().get(format!("{}/api/v2/instance", mastodon.url())).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let received = tell("received", json!({"method": "GET", "path": "/api/v2", "count": 1})).await;
    assert_eq!(received[0]["token"], "absent");
    assert!(tell("nonsense", json!({})).await["error"].is_string());
}
