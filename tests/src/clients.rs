//! Other people's websocket clients at the public's socket: what the server writes and reads there
//! is its own, so it must agree with what is in use.

use std::{
    collections::VecDeque,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde::Deserialize;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use crate::harness::Hall;

const PATIENCE: Duration = Duration::from_secs(30);

/// A line of a client's.
#[derive(Debug, Deserialize, PartialEq)]
struct Line {
    kind: String,
    what: String,
}

struct Client {
    lines: Lines<BufReader<ChildStdout>>,
    /// What it said already while something else was waited for.
    earlier: VecDeque<Line>,
    _child: Child,
}

#[tokio::test]
async fn the_ws_package_of_npm_gets_along_with_it() {
    let node = std::env::var_os("SAMENSPRAAK_NODE").unwrap_or_else(|| "node".into());
    gets_along(PathBuf::from(node), "listens.mjs").await;
}

#[tokio::test]
async fn the_websockets_package_of_python_gets_along_with_it() {
    let python = std::env::var_os("SAMENSPRAAK_PYTHON").unwrap_or_else(|| "python3".into());
    gets_along(PathBuf::from(python), "listens.py").await;
}

/// It sees everything, asks in whole frames and in pieces, gets its ping back, and hears when to
/// come back.
async fn gets_along(program: PathBuf, script: &str) {
    if std::env::var_os("SAMENSPRAAK_SKIP_BROWSER").is_some_and(|skip| skip == "1") {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the client {script} (SAMENSPRAAK_SKIP_BROWSER=1)");
        return;
    }
    let mut hall = Hall::opens().await;
    let asks = |text: &str| json!({ "type": "ask", "text": text }).to_string();
    let words = [asks("Past het in één frame?"), asks(&format!("Of in twee? {}", "é".repeat(200)))];
    let citizen = hall.citizen().await;
    let token = citizen.caller.key().expect("a token").to_owned();
    let mut client = Client::starts(program, script, &hall, &token, &words);
    assert_eq!(client.says("compressed").await, "", "nothing is compressed, so nothing can be a bomb");
    assert!(client.says("text").await.starts_with(r#"{"type":"snapshot""#));
    assert_eq!(client.says("pong").await, "still there?");
    for _ in 0..2 {
        while !client.says("text").await.starts_with(r#"{"type":"done""#) {}
    }
    let shown = hall.shown(&format!("Lang genoeg voor een lengte van twee bytes? {}", "x".repeat(200))).await;
    while !client.says("text").await.contains(&shown.to_string()) {}
    assert_eq!(hall.moderator.view().await.questions.len(), 3);
    hall.server.stop().await;
    assert_eq!(client.says("close").await, "1012 restarting");
}

impl Client {
    fn starts(program: PathBuf, script: &str, hall: &Hall, token: &str, words: &[String]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
        let address = format!(
            "{}/api/v1/sessions/{}/live?audience=public",
            hall.server.base().replacen("http", "ws", 1),
            hall.hashtag()
        );
        let mut child = Command::new(program)
            .arg(folder.join(script))
            .args([&address, token])
            .args(words)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("a client");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { lines, earlier: VecDeque::new(), _child: child }
    }

    /// The next line of this kind; what else it says meanwhile can be asked for later.
    async fn says(&mut self, kind: &str) -> String {
        if let Some(place) = self.earlier.iter().position(|line| line.kind == kind) {
            return self.earlier.remove(place).map(|line| line.what).unwrap_or_default();
        }
        let reading = async {
            loop {
                let line = self.lines.next_line().await.expect("readable output").expect("a client that goes on");
                let line: Line = serde_json::from_str(&line).expect("a line");
                assert!(line.kind != "error" && line.kind != "binary", "{line:?}");
                if line.kind == kind {
                    return line.what;
                }
                assert!(kind != "text" || line.kind != "close", "{line:?}");
                self.earlier.push_back(line);
            }
        };
        timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("never said: {kind}"))
    }
}
