//! Where no websocket gets through: server-sent events, and asking again and again. Nothing missed,
//! nothing twice, and nothing that is hidden.

use reqwest::{
    Method,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH},
};
use shared::{Reason, Status};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    time::timeout,
};

use crate::harness::{Caller, Hall, PATIENCE, Reply, Stream, send};

const EVENTS: &str = "/sessions/FietsFan010/events";

#[tokio::test]
async fn a_stream_gives_a_snapshot_first_and_then_every_change_once() {
    let hall = Hall::opens().await;
    let early = hall.shown("Was ik er al?").await;
    let mut stream = Stream::opens(&hall.stranger, "fietsfan010").await;
    let header = |name| stream.headers().get(name).map(|value| value.to_str().expect("readable").to_owned());
    assert_eq!(header(CONTENT_TYPE).as_deref(), Some("text/event-stream"));
    assert_eq!(header(CACHE_CONTROL).as_deref(), Some("no-store"));
    assert_eq!(header(HeaderName::from_static("x-accel-buffering")).as_deref(), Some("no"));
    stream.until("the snapshot", |stream| stream.snapshots == 1).await;
    assert_eq!(stream.raw.len(), 1, "the snapshot comes first: {:?}", stream.raw);
    assert_eq!(stream.view(), &hall.view().await);
    assert!(stream.retry.is_some_and(|retry| (1_000..=5_000).contains(&retry)), "{:?}", stream.retry);

    let late = hall.shown("Kom ik erbij?").await;
    hall.citizen().await.supports(early).await;
    hall.moderator.stages(early).await;
    hall.panel.answers(early, "Ja.\nEn nog een regel.").await;
    stream.until("the answer", |stream| stream.card(early).is_some_and(|card| card.answer.is_some())).await;
    assert!(stream.card(late).is_some());
    assert_eq!((stream.snapshots, stream.view()), (1, &hall.view().await));
    assert_eq!(stream.patches, stream.raw.len() - 1, "nothing but patches: {:?}", stream.raw);
}

#[tokio::test]
async fn a_stream_says_what_the_socket_says() {
    let hall = Hall::opens().await;
    hall.shown("Zie ik hetzelfde als de rest?").await;
    let mut wall = hall.wall().await;
    let mut stream = Stream::opens(&hall.stranger, hall.hashtag()).await;
    stream.until("the snapshot", |stream| stream.snapshots == 1).await;
    hall.moderator.puts_up(Some("Tot zo.")).await.is(200);
    let last = hall.shown("Ook wat hierna komt?").await;
    wall.until("the last", |wall| wall.card(last).is_some()).await;
    stream.until("the last", |stream| stream.card(last).is_some()).await;
    assert_eq!(stream.raw, wall.raw, "byte for byte");
}

#[tokio::test]
async fn who_was_away_gets_only_what_was_missed() {
    let mut hall = Hall::opens().await;
    let mut stream = Stream::opens(&hall.stranger, hall.hashtag()).await;
    let seen = hall.shown("Gezien voor het wegvallen?").await;
    stream.until("the question", |stream| stream.snapshots == 1 && stream.card(seen).is_some()).await;
    let mut missed = vec![];
    for n in 0..3 {
        missed.push(hall.shown(&format!("Gemiste vraag {n}?")).await);
    }
    stream.comes_back().await;
    stream.until("what was missed", |stream| missed.iter().all(|id| stream.card(*id).is_some())).await;
    assert_eq!(stream.snapshots, 1, "no second snapshot");
    assert_eq!(stream.view(), &hall.view().await);

    // Nothing was missed: that it lives comes at once, so that whoever reads knows the way is open.
    let said = stream.raw.len();
    stream.comes_back().await;
    stream.until("a first event", |stream| stream.raw.len() > said).await;
    assert!(stream.raw[said].starts_with(r#"{"type":"alive""#), "{:?}", stream.raw);

    hall.server.kill().await;
    hall.server.restart().await;
    stream.comes_back().await;
    let last = hall.shown("Na de stroomuitval?").await;
    stream.until("the last", |stream| stream.card(last).is_some()).await;
    assert_eq!(stream.view(), &hall.view().await);
}

#[tokio::test]
async fn the_address_may_say_what_one_has_and_the_last_event_knows_better() {
    let hall = Hall::opens().await;
    hall.shown("Eerste?").await;
    let before = hall.view().await;
    let second = hall.shown("Tweede?").await;
    let mut stream = Stream::at(&hall.stranger, &format!("{EVENTS}?after={}", before.seq)).await.showing(before);
    stream.until("the second", |stream| stream.card(second).is_some()).await;
    assert_eq!((stream.snapshots, stream.patches), (0, 1));

    // An `EventSource` comes back to the same address, with what it has seen meanwhile.
    let third = hall.shown("Derde?").await;
    stream.comes_back().await;
    stream.until("the third", |stream| stream.card(third).is_some()).await;
    assert_eq!((stream.snapshots, stream.patches), (0, 2));

    let mut stream = Stream::at(&hall.stranger, &format!("{EVENTS}?after=1000000")).await;
    stream.until("a snapshot for whoever comes from the future", |stream| stream.snapshots == 1).await;
    hall.stranger.get("/sessions/Onbekend/events").await.refused(404, "not-found");
    hall.stranger.get(&format!("{EVENTS}?after=gisteren")).await.is(400);
}

#[tokio::test]
async fn a_participant_follows_their_own_part_and_nobody_else_does() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let mut own = Stream::opens(&asker.caller, hall.hashtag()).await;
    let mut other = Stream::opens(&hall.citizen().await.caller, hall.hashtag()).await;
    let mut wall = Stream::opens(&hall.stranger, hall.hashtag()).await;
    own.until("their part, empty", |own| own.mine.len() == 1).await;
    assert_eq!(own.raw.len(), 2, "after the snapshot, with nothing in between: {:?}", own.raw);

    let question = asker.asks("Ziet alleen ik dit?").await;
    own.until("the question", |own| own.mine.last().is_some_and(|mine| mine.questions.len() == 1)).await;
    hall.moderator.declines(question, Reason::AlreadyAnswered, None).await;
    let declined = |own: &Stream| own.mine.last().is_some_and(|mine| mine.questions[0].status == Status::Declined);
    own.until("that it was declined", declined).await;
    assert_eq!(own.patches, 0, "nothing of it is public");

    let shown = hall.shown("Wat iedereen ziet?").await;
    for stream in [&mut other, &mut wall] {
        stream.until("the public question", |stream| stream.snapshots == 1 && stream.card(shown).is_some()).await;
    }
    assert_eq!((other.mine.len(), wall.mine.len()), (1, 0));
    assert!(other.mine[0].questions.is_empty());
}

#[tokio::test]
async fn a_browser_s_cookie_is_as_good_as_a_token() {
    let hall = Hall::opens().await;
    let visitor = hall.visitor("nl");
    let page = visitor.page("/FietsFan010").await;
    assert!(page.contains("ask-words"));
    visitor.sends("/FietsFan010/ask", &[("text", "Met een koekje?")]).await.is(303);
    let request = hall.stranger.api(Method::GET, EVENTS).header("cookie", visitor.cookies());
    let mut response = request.send().await.expect("a stream");
    let mut text = String::new();
    let reading = async {
        while !text.contains(r#""type":"mine""#) {
            let piece = response.chunk().await.expect("a stream that goes on").expect("more");
            text.push_str(&String::from_utf8_lossy(&piece));
        }
    };
    timeout(PATIENCE, reading).await.expect("their own part");
    assert!(text.contains("Met een koekje?"));
}

#[tokio::test]
async fn what_is_hidden_makes_no_event() {
    let hall = Hall::opens().await;
    let mut stream = Stream::opens(&hall.stranger, hall.hashtag()).await;
    stream.until("the snapshot", |stream| stream.snapshots == 1).await;
    let asker = hall.citizen().await;
    for n in 0..5 {
        let question = asker.asks(&format!("Verborgen vraag {n}?")).await;
        hall.moderator.edits(question, &format!("Verborgen vraag {n}, beter?")).await;
        hall.moderator.declines(question, Reason::OffTopic, None).await;
        hall.moderator.restores(question).await;
        asker.withdraws(question).await;
    }
    let question = hall.shown("De eerste zichtbare vraag?").await;
    stream.until("the question", |stream| stream.card(question).is_some()).await;
    assert_eq!(stream.patches, 1, "{:?}", stream.raw);
}

#[tokio::test]
async fn staff_see_how_many_follow_by_stream() {
    let hall = Hall::opens().await;
    let mut desk = hall.moderator.screen().await;
    let _wall = hall.wall().await;
    let stream = Stream::opens(&hall.stranger, hall.hashtag()).await;
    let other = Stream::opens(&hall.citizen().await.caller, hall.hashtag()).await;
    desk.until("three viewers", |desk| desk.presence.as_ref().is_some_and(|(_, viewers)| *viewers == 3)).await;
    drop((stream, other));
    desk.until("one viewer", |desk| desk.presence.as_ref().is_some_and(|(_, viewers)| *viewers == 1)).await;
}

#[tokio::test]
async fn streams_end_when_the_server_stops_and_miss_nothing() {
    let mut hall = Hall::opens().await;
    let mut stream = Stream::opens(&hall.citizen().await.caller, hall.hashtag()).await;
    let question = hall.shown("Vlak voor het einde?").await;
    stream.until("the question", |stream| stream.snapshots == 1 && stream.card(question).is_some()).await;
    let (status, ()) = tokio::join!(hall.server.stop(), stream.ends());
    assert!(status.success(), "{status}");
    hall.server.restart().await;
    let next = hall.shown("En weer verder?").await;
    stream.comes_back().await;
    stream.until("the next", |stream| stream.card(next).is_some()).await;
    assert_eq!(stream.view(), &hall.view().await);
}

/// It takes nothing for as long as much happens; then it finds its stream ended, comes back with the
/// last event that reached it, and has everything.
#[tokio::test]
async fn whoever_falls_behind_is_let_go_and_misses_nothing() {
    let hall = Hall::opens().await;
    let question = hall.shown("Hoe lang kan een antwoord zijn?").await;
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let address = hall.server.base().trim_start_matches("http://").parse().expect("an address");
    let mut slow = socket.connect(address).await.expect("a connection");
    let request = format!("GET /api/v1{EVENTS} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    slow.write_all(request.as_bytes()).await.expect("a request");

    let mut stream = Stream::opens(&hall.stranger, hall.hashtag()).await;
    stream.until("the snapshot", |stream| stream.snapshots == 1).await;
    // Some ten megabytes, more than any socket's buffers hold.
    let long = "🚲".repeat(3_900);
    for n in 0..650 {
        hall.panel.answers(question, &format!("{n} {long}")).await;
        stream.until("each answer", |stream| stream.patches > n).await;
    }
    assert_eq!(stream.snapshots, 1, "who reads is not disturbed");

    let mut bytes = Vec::new();
    timeout(PATIENCE, slow.read_to_end(&mut bytes)).await.expect("an end").expect("a whole answer");
    assert!(bytes.ends_with(b"0\r\n\r\n"), "it ends in order");
    let mut behind = Stream::opens(&hall.stranger, hall.hashtag()).await;
    behind.takes_all(&unchunked(&bytes));
    let (last, now) = (behind.last.expect("some of it arrived"), hall.view().await);
    assert!(last < now.seq, "it was let go at {last} of {}", now.seq);
    behind.comes_back().await;
    behind.until("everything", |behind| behind.view().seq == now.seq).await;
    assert_eq!(behind.view(), &now);
}

#[tokio::test]
async fn asking_again_costs_nothing_until_something_changes() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let shared = "public, max-age=0, s-maxage=1, must-revalidate";
    for (caller, path, kept) in [
        (&hall.stranger, "/sessions/FietsFan010", shared),
        (&asker.caller, "/sessions/FietsFan010/mine", "private, no-cache"),
    ] {
        let tag = caller.get(path).await.is(200).header(ETAG).to_owned();
        // As a proxy that compresses passes it on, and among others.
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", W/{tag}")] {
            let again = asks(caller, path, &known).await.is(304);
            assert_eq!((again.text.as_str(), again.header(ETAG)), ("", &*tag), "{known}");
            assert_eq!(again.header(CACHE_CONTROL), kept, "kept, and asked about each time");
        }
        asks(caller, path, "\"other\"").await.is(200);
    }

    let (view, mine) = ("/sessions/FietsFan010", "/sessions/FietsFan010/mine");
    let (public, own) = (tag(&hall.stranger, view).await, tag(&asker.caller, mine).await);
    let question = asker.asks("Verandert hier iets door?").await;
    asks(&hall.stranger, view, &public).await.is(304);
    let own_now = asks(&asker.caller, mine, &own).await.is(200).header(ETAG).to_owned();
    hall.moderator.approves(question).await;
    asks(&hall.stranger, view, &public).await.is(200);
    asks(&asker.caller, mine, &own_now).await.is(200);
}

async fn asks(caller: &Caller, path: &str, known: &str) -> Reply {
    send(caller.api(Method::GET, path).header(IF_NONE_MATCH, known)).await
}

async fn tag(caller: &Caller, path: &str) -> String {
    caller.get(path).await.is(200).header(ETAG).to_owned()
}

/// The body of an answer in chunks (RFC 9112, 7.1).
fn unchunked(answer: &[u8]) -> Vec<u8> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of the head") + 4;
    let (mut rest, mut body) = (&answer[head..], Vec::new());
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n").expect("a chunk's size");
        let size = std::str::from_utf8(&rest[..line]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let size = size.expect("a size in hexadecimal");
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 2 + size + 2..];
    }
}
