//! The servers that are measured.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::{
    api::{Api, As},
    places,
    progress::Stopwatch,
};

/// Time between two questions: each frame stands alone.
const PAUSE: Duration = Duration::from_millis(100);

/// Longer than this, an answer does not come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server on one core, with something to publish.
pub trait Peer {
    /// Its name in the table.
    fn name(&self) -> &'static str;
    /// Its process.
    fn pid(&self) -> u32;
    /// Where it listens, on loopback.
    fn port(&self) -> u16;
    /// Where viewers connect.
    fn path(&self) -> &str;
    /// Shows one stamped text to all viewers; says after how many milliseconds it was confirmed.
    fn publish(&mut self, number: u32) -> Result<f64>;
}

/// The house's own server, with a store on disk.
pub struct Samenspraak {
    child: Child,
    port: u16,
    api: Api,
    path: String,
    participant: String,
}

/// One `send` for each viewer and nothing else.
pub struct Floor {
    child: Child,
    port: u16,
    size: usize,
}

impl Samenspraak {
    /// Starts the release server on an empty store.
    pub fn start(scratch: &Path) -> Result<Self> {
        let data = scratch.join("data");
        let _ = std::fs::remove_dir_all(&data);
        let key = "a-key-for-measurements-on-loopback-only";
        let mut child = Command::new("taskset")
            .args(["-c", "0"])
            .arg(places::server("release"))
            .args(["serve", "--listen", "127.0.0.1:0", "--no-limits", "--data"])
            .arg(data)
            .env("SAMENSPRAAK_ORGANISER_KEY", key)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the server")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let base = line.trim().strip_prefix("listening on ").context("the server did not say where it listens")?;
        let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).context("no port")?;
        let api = Api::at(base);
        let session = json!({ "hashtag": "Meting", "title": "Meting", "aldermen": [{ "name": "A" }], "moderation": "after", "phase": "live" });
        let _: Value = api.send("POST", As::Bearer(key), "/sessions", None, &session)?;
        let participant: Value = api.send("POST", As::Anybody, "/participants", None, &json!({}))?;
        let participant = participant["token"].as_str().context("no token")?.to_owned();
        Ok(Self { child, port, api, path: "/api/v1/sessions/meting/live?audience=public".into(), participant })
    }
}

impl Peer for Samenspraak {
    fn name(&self) -> &'static str {
        "samenspraak"
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    fn port(&self) -> u16 {
        self.port
    }

    fn path(&self) -> &str {
        &self.path
    }

    fn publish(&mut self, number: u32) -> Result<f64> {
        sleep(PAUSE);
        let watch = Stopwatch::start();
        let text = format!("Vraag {number} van de meting @T{}@?", now_ns());
        let _: Value = self.api.send(
            "POST",
            As::Bearer(&self.participant),
            "/sessions/meting/questions",
            None,
            &json!({ "text": text }),
        )?;
        Ok(watch.elapsed().as_secs_f64() * 1_000.0)
    }
}

impl Floor {
    /// Starts the floor; its frames have this many bytes.
    pub fn start(program: &Path, size: usize) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new("taskset").args(["-c", "0"]).arg(program).arg(port.to_string()).spawn()?;
        let watch = Stopwatch::start();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(watch.elapsed() < Duration::from_secs(5), "the floor does not listen");
            sleep(Duration::from_millis(20));
        }
        Ok(Self { child, port, size })
    }
}

impl Peer for Floor {
    fn name(&self) -> &'static str {
        "floor"
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    fn port(&self) -> u16 {
        self.port
    }

    fn path(&self) -> &'static str {
        "/"
    }

    fn publish(&mut self, number: u32) -> Result<f64> {
        sleep(PAUSE);
        let watch = Stopwatch::start();
        let mut body = format!("{number} @T{}@ ", now_ns());
        body.extend(std::iter::repeat_n('x', self.size.saturating_sub(body.len())));
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // The floor takes a request only when all of it comes at once.
        let request = format!("POST /pub HTTP/1.1\r\nHost: floor\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes())?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(watch.elapsed().as_secs_f64() * 1_000.0)
    }
}

impl Drop for Samenspraak {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[allow(clippy::disallowed_methods, reason = "the stamp must be the machine's own clock")]
fn now_ns() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos())
}
