//! What the server counts, who may read it, and whether it says when it cannot be used.

use std::{
    collections::BTreeSet,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use reqwest::{Method, header};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpSocket,
};

use crate::harness::{Caller, Hall, Meters, ORGANISER_KEY, Reply, Terms, eventually, send, session};

const TOKEN: &str = "metrics-token-of-the-tests-0123456789-abc";

async fn meters(hall: &Hall) -> Meters {
    Meters::read(&scraped(&hall.stranger).await.is(200).text)
}

async fn scraped(caller: &Caller) -> Reply {
    send(caller.request(Method::GET, "/metrics")).await
}

#[tokio::test]
async fn counts_move_with_what_people_do() {
    let hall = Hall::opens().await;
    let before = meters(&hall).await;
    let of = |kind: &str, outcome: &str| format!(r#"samenspraak_commands_total{{kind="{kind}",outcome="{outcome}"}}"#);
    assert_eq!(before.count(r#"samenspraak_events_total{kind="session"}"#), 1, "it was made");
    assert_eq!(before.count(&of("ask", "done")), 0);

    let mut wall = hall.wall().await;
    let mut desk = hall.moderator.screen().await;
    let (asker, voter) = (hall.citizen().await, hall.citizen().await);
    let question = asker.asks("Waarom is de stalling vol?").await;
    hall.moderator.approves(question).await;
    asker.supports(question).await;
    voter.supports(question).await;
    voter.takes_back_support(question).await;
    voter.tries_to_ask("#alleen").await.refused(422, "only-hashtags");
    hall.moderator.tries("approve", question, json!({})).await.refused(409, "wrong-status");
    hall.stranger.get("/sessions/Nergens").await.refused(404, "not-found");
    wall.until("the question", |wall| wall.card(question).is_some()).await;
    desk.until("the question", |desk| desk.card(question).is_some_and(|card| card.card.support == 1)).await;

    let now = meters(&hall).await;
    let more = |series: &str| now.count(series) - before.count(series);
    assert_eq!(more(&of("ask", "done")), 1);
    assert_eq!(more(&of("approve", "done")), 1);
    assert_eq!(more(&of("support", "done")), 2);
    assert_eq!(more(&of("unsupport", "done")), 1);
    assert_eq!(more(&of("ask", "only-hashtags")), 1);
    assert_eq!(more(&of("approve", "wrong-status")), 1);
    assert_eq!(more(r#"samenspraak_events_total{kind="question"}"#), 1);
    assert_eq!(more(r#"samenspraak_events_total{kind="moderation"}"#), 1);
    assert_eq!(more(r#"samenspraak_events_total{kind="support"}"#), 3);
    for code in ["only-hashtags", "wrong-status", "not-found"] {
        assert_eq!(more(&format!(r#"samenspraak_refusals_total{{code="{code}"}}"#)), 1, "{code}");
    }
    assert_eq!(more("samenspraak_commit_seconds_count"), 5, "one after another, so each alone");
    assert_eq!(more("samenspraak_batch_records_sum"), 5);
    assert!(now.of("samenspraak_commit_seconds_sum") > before.of("samenspraak_commit_seconds_sum"));
    assert!(more("samenspraak_fanout_seconds_count") >= 2, "the question and the votes went to the wall");
    assert_eq!(now.count("samenspraak_failed_batches_total"), 0);
}

#[tokio::test]
async fn what_is_there_now_is_told_as_it_is_now() {
    let hall = Hall::opens().await;
    hall.organiser.makes(session("Later")).await;
    hall.moderator.moves_to(shared::Phase::Closed).await;
    let (wall, _other) = (hall.wall().await, hall.citizen().await.screen().await);
    let (_desk, _tablet) = (hall.moderator.screen().await, hall.panel.screen().await);
    let now = meters(&hall).await;
    assert_eq!(now.count(r#"samenspraak_sessions{phase="live"}"#), 1);
    assert_eq!(now.count(r#"samenspraak_sessions{phase="closed"}"#), 1);
    assert_eq!(now.count(r#"samenspraak_sessions{phase="archived"}"#), 0);
    assert_eq!(now.count(r#"samenspraak_looking{audience="public"}"#), 2);
    assert_eq!(now.count(r#"samenspraak_looking{audience="moderator"}"#), 1);
    assert_eq!(now.count(r#"samenspraak_looking{audience="panel"}"#), 1);
    assert_eq!(now.count("samenspraak_viewer_sockets"), 2);
    assert!(now.of("samenspraak_connections") >= 5.0, "four sockets and this request");
    assert_eq!(now.count("samenspraak_store_writable"), 1);
    assert_eq!(now.count("samenspraak_waiting_bytes"), 0);
    assert!(now.of("process_resident_memory_bytes") > 1e6);
    assert!(now.of("process_open_fds") > 5.0 && now.of("process_open_fds") <= now.of("process_max_fds"));
    assert!(now.of("process_start_time_seconds") > 1.7e9);
    assert!(now.names().contains("process_cpu_seconds_total") && now.names().contains("samenspraak_build_info"));

    drop(wall);
    eventually("one less", async || (meters(&hall).await.count("samenspraak_viewer_sockets") == 1).then_some(())).await;
}

#[tokio::test]
async fn others_than_this_machine_need_the_token_and_find_nothing_without_it() {
    let terms = Terms { metrics_token: Some(TOKEN), ..Terms::default() };
    let hall = Hall::on(terms, session("FietsFan010")).await;
    let from_elsewhere = async |caller: &Caller| {
        send(caller.request(Method::GET, "/metrics").header("x-forwarded-for", "203.0.113.7")).await
    };
    scraped(&hall.stranger).await.is(200);
    from_elsewhere(&hall.stranger).await.is(404);
    from_elsewhere(&hall.stranger.with_key(&TOKEN[1..])).await.is(404);
    from_elsewhere(&hall.stranger.with_key(ORGANISER_KEY)).await.is(404);
    let reply = from_elsewhere(&hall.stranger.with_key(TOKEN)).await.is(200);
    assert!(reply.header(header::CONTENT_TYPE).starts_with("application/openmetrics-text; version=1.0.0"));
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    Meters::read(&reply.text);

    let without = Hall::opens().await;
    from_elsewhere(&without.stranger.with_key(TOKEN)).await.is(404);
    from_elsewhere(&without.stranger.with_key("")).await.is(404);
}

#[tokio::test]
async fn the_official_parser_reads_it() {
    let hall = Hall::opens().await;
    hall.shown("Waarom is de stalling vol?").await;
    if std::env::var_os("SAMENSPRAAK_SKIP_BROWSER").is_some_and(|skip| skip == "1") {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the parser of OpenMetrics (SAMENSPRAAK_SKIP_BROWSER=1)");
        return;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/clients/openmetrics.py");
    let mut parser =
        python().arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the parser starts");
    let text = scraped(&hall.stranger).await.is(200).text;
    parser.stdin.take().expect("its input").write_all(text.as_bytes()).expect("it reads");
    let output = parser.wait_with_output().expect("the parser ends");
    assert!(output.status.success(), "it is no OpenMetrics: {text}");
    let families: usize = String::from_utf8_lossy(&output.stdout).split(' ').next().expect("a count").parse().unwrap();
    assert_eq!(families, text.lines().filter(|line| line.starts_with("# TYPE")).count());
}

/// A panel that asks for what is not there stays empty when it is needed.
#[tokio::test]
async fn the_dashboard_and_the_alerts_ask_for_what_is_there() {
    let mut with_gateway = session("FietsFan010");
    with_gateway["channels"] = json!({ "accounts": ["sms"] });
    let hall = Hall::of(with_gateway).await;
    hall.organiser.has_account(json!({ "name": "sms", "source": "gateway" })).await;
    let has_account = async || Some(meters(&hall).await).filter(|now| now.names().contains("samenspraak_source_reach"));
    let now = eventually("the account is counted", has_account).await;
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/deploy");
    let read = |file: &str| std::fs::read_to_string(deploy.join(file)).expect("a file beside the server");
    let dashboard: Value = serde_json::from_str(&read("grafana.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let shown: BTreeSet<String> = targets.flat_map(|target| names(target["expr"].as_str().expect("a query"))).collect();
    for name in shown.union(&names(&read("WATCHING.md"))) {
        assert!(now.names().contains(&**name), "{name} is not there");
    }
    for name in now.names() {
        let family = name.trim_end_matches("_count").trim_end_matches("_sum");
        assert!(shown.iter().any(|shown| shown.starts_with(family)), "{name} is on no panel");
    }
}

/// The names of metrics in a text.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let metrics = words.filter(|word| word.starts_with("samenspraak_") || word.starts_with("process_"));
    metrics.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_viewer_who_does_not_read_is_counted_when_they_are_told_to_come_back() {
    let mut after = session("FietsFan010");
    after["moderation"] = json!("after");
    let hall = Hall::of(after).await;
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let address = hall.server.base().trim_start_matches("http://").to_owned();
    let mut stopped = socket.connect(address.parse().expect("an address")).await.expect("a wire");
    let handshake = format!(
        "GET /api/v1/sessions/FietsFan010/live HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stopped.write_all(handshake.as_bytes()).await.expect("a wire");
    let mut first = [0; 12];
    stopped.read_exact(&mut first).await.expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 101");

    let (mut waited, mut count) = (false, 0);
    loop {
        // Five hundred of what people see as one sign, and 25 bytes each.
        hall.moderator.enters("", &format!("{count} {}", "👨‍👩‍👧‍👦".repeat(490))).await;
        count += 1;
        let now = meters(&hall).await;
        waited |= now.of("samenspraak_waiting_bytes") > 0.0;
        if now.of("samenspraak_slow_closes_total") > 0.0 {
            break;
        }
        assert!(count < 300, "nobody is told to go");
    }
    assert!(waited, "what waited was seen to wait");
    let now = meters(&hall).await;
    assert_eq!(now.count("samenspraak_slow_closes_total"), 1);
    assert_eq!(now.count("samenspraak_waiting_bytes"), 0, "nothing waits for who goes");
}

#[tokio::test]
async fn a_server_that_cannot_store_says_that_it_is_not_ready_until_it_can() {
    let hall = Hall::opens().await;
    let look = async |path: &str| send(hall.stranger.request(Method::GET, path)).await;
    assert_eq!(look("/readyz").await.is(200).text, "ready\n");
    // Somebody else writes to the database, and does not end.
    let script = "import sqlite3, sys; held = sqlite3.connect(sys.argv[1], isolation_level=None); \
                held.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()";
    let mut holder = tokio::process::Command::from(python())
        .args(["-c", script])
        .arg(hall.server.data().join("store/samenspraak.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("somebody else");
    let held = BufReader::new(holder.stdout.take().expect("its output")).lines().next_line().await.expect("a line");
    assert_eq!(held.as_deref(), Some("held"));

    let citizen = hall.citizen().await;
    citizen.tries_to_ask("Wordt dit bewaard?").await.refused(503, "not-stored");
    assert_eq!(look("/readyz").await.is(503).text, "cannot store\n");
    look("/healthz").await.is(200);
    let now = meters(&hall).await;
    assert_eq!(now.count("samenspraak_failed_batches_total"), 1);
    assert_eq!(now.count("samenspraak_store_writable"), 0);
    assert_eq!(now.count(r#"samenspraak_commands_total{kind="ask",outcome="not-stored"}"#), 1);

    holder.kill().await.expect("they end");
    eventually("it is ready again", async || (look("/readyz").await.status == 200).then_some(())).await;
    citizen.asks("Wordt dit bewaard?").await;
    assert_eq!(meters(&hall).await.count("samenspraak_store_writable"), 1);
}

fn python() -> Command {
    Command::new(std::env::var_os("SAMENSPRAAK_PYTHON").unwrap_or_else(|| "python3".into()))
}
