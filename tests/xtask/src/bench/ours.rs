//! The house's own server, with a store on disk and a session in it.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use samenspraak_load::{Crowd, Line, Plan, Request, clock, perform, request};
use serde_json::{Value, json};
use shared::{
    QuestionId,
    commands::SessionMade,
    views::{ModeratorView, PublicView},
};

use super::process::Process;
use crate::{
    api::{Api, As},
    places,
};

/// The session of every measurement.
pub const SESSION: &str = "meting";
/// A line that was idle for longer is opened anew.
const IDLE: Duration = Duration::from_secs(2);
const KEY: &str = "a-key-for-measurements-on-loopback-only";
/// The public's live socket.
pub const LIVE: &str = "/api/v1/sessions/meting/live?audience=public";
/// The moderators'.
const DESK: &str = "/api/v1/sessions/meting/live?audience=moderator";

/// A release server and its session.
pub struct Ours {
    /// The process.
    pub process: Process,
    /// Where it listens.
    pub address: SocketAddr,
    /// By its interface for programs.
    pub api: Api,
    data: PathBuf,
    cores: String,
    /// What the organiser was told.
    pub made: SessionMade,
    /// Somebody who asks.
    pub token: String,
    /// They take turns: many questions of one person in a short time wait for a moderator.
    askers: Vec<String>,
    turn: usize,
    lines: Vec<Line>,
    asked: Instant,
}

impl Ours {
    /// Starts on an empty store on core 0; questions are shown at once.
    pub fn start() -> Result<Self> {
        Self::on("0", "after")
    }

    /// Starts on an empty store on these cores; moderators look `before` or `after`.
    pub fn on(cores: &str, moderation: &str) -> Result<Self> {
        let data = places::target().join("bench/data");
        let _ = fs::remove_dir_all(&data);
        fs::create_dir_all(&data)?;
        let (process, address) = launch(&data, cores, "127.0.0.1:0")?;
        let api = Api::at(format!("http://{address}"));
        let session = json!({ "hashtag": "Meting", "title": "Meting", "phase": "live",
            "aldermen": [{ "name": "A" }], "moderation": moderation });
        let made = api.send("POST", As::Bearer(KEY), "/sessions", None, &session)?;
        let mut ours = Self {
            process,
            address,
            api,
            data,
            cores: cores.into(),
            made,
            token: String::new(),
            askers: Vec::new(),
            turn: 0,
            lines: Vec::new(),
            asked: clock::moment(),
        };
        ours.askers = ours.participants(ASKERS)?;
        ours.token = ours.askers[0].clone();
        Ok(ours)
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.data.join("samenspraak.db")
    }

    /// Starts it again, after it ended, on the same store and port.
    pub fn start_again(&mut self) -> Result<()> {
        self.lines.clear();
        (self.process, _) = launch(&self.data, &self.cores, &self.address.to_string())?;
        self.api = Api::at(format!("http://{}", self.address));
        Ok(())
    }

    /// So many people, by their tokens.
    pub fn participants(&self, many: usize) -> Result<Vec<String>> {
        let bytes = request("POST", "/api/v1/participants", None, None);
        let requests: Vec<Request> = (0..many)
            .map(|number| Request { connection: number % 32, due: Duration::ZERO, bytes: bytes.clone() })
            .collect();
        let answers = perform(self.address, &requests, Duration::from_mins(1))?;
        answers
            .into_iter()
            .map(|answer| {
                let answer = answer.filter(|answer| answer.status == 201).context("somebody was not let in")?;
                let made: Value = serde_json::from_slice(&answer.body)?;
                Ok(made["token"].as_str().context("no token")?.to_owned())
            })
            .collect()
    }

    /// Shows texts to everybody, all at once; each must be new.
    pub fn ask(&mut self, texts: &[String]) -> Result<Vec<QuestionId>> {
        // The server hangs up on lines that say nothing.
        if self.asked.elapsed() > IDLE {
            self.lines.clear();
        }
        self.asked = clock::moment();
        while self.lines.len() < texts.len() {
            self.lines.push(Line::open(self.address)?);
        }
        for (line, text) in self.lines.iter_mut().zip(texts) {
            self.turn = (self.turn + 1) % ASKERS;
            line.say(&ask(&self.askers[self.turn], text))?;
        }
        let mut asked = Vec::new();
        for (line, _) in self.lines.iter_mut().zip(texts) {
            let (status, body) = line.hear()?;
            ensure!(status == 201, "a question was refused ({status}): {}", String::from_utf8_lossy(&body));
            let body: Value = serde_json::from_slice(&body)?;
            asked.push(body["id"].as_str().context("no id")?.parse()?);
        }
        Ok(asked)
    }

    /// What everybody sees.
    pub fn view(&self) -> Result<PublicView> {
        Ok(self.api.get(As::Anybody, &format!("/sessions/{SESSION}"))?)
    }

    /// What moderators see.
    pub fn moderation(&self) -> Result<ModeratorView> {
        Ok(self.api.get(As::Bearer(&self.made.keys.moderator), &format!("/sessions/{SESSION}/moderation"))?)
    }

    /// So many desks of moderators, open on the socket.
    pub fn desks(&self, desks: usize) -> Result<Crowd> {
        let crowd = Crowd::gather(Plan {
            server: self.address,
            path: DESK.into(),
            bearer: Some(self.made.keys.moderator.clone()),
            viewers: desks,
            within: Duration::ZERO,
            comes_back: true,
        })?;
        let (count, all) = crowd.wait(Duration::from_secs(10), |count| count.snapshots >= desks as u64);
        ensure!(all, "a desk is not open: {count:?}");
        Ok(crowd)
    }

    /// Viewers of the session.
    pub fn crowd(&self, viewers: usize, within: Duration) -> Result<Crowd> {
        let plan = Plan { server: self.address, path: LIVE.into(), bearer: None, viewers, within, comes_back: true };
        Ok(Crowd::gather(plan)?)
    }
}

/// How many people take turns in asking.
const ASKERS: usize = 4_000;

/// The request that asks a question.
pub fn ask(token: &str, text: &str) -> Vec<u8> {
    let body = json!({ "text": text }).to_string();
    request("POST", &format!("/api/v1/sessions/{SESSION}/questions"), Some(token), Some(&body))
}

/// The request that supports one.
pub fn support(token: &str, question: QuestionId) -> Vec<u8> {
    let path = format!("/api/v1/sessions/{SESSION}/questions/{question}/support");
    request("PUT", &path, Some(token), None)
}

fn launch(data: &Path, cores: &str, listen: &str) -> Result<(Process, SocketAddr)> {
    let program = places::server("release");
    ensure!(program.is_file(), "{} is not there: run it without --built", program.display());
    let mut command = Command::new(program);
    command.args(["serve", "--listen", listen, "--no-limits", "--data"]).arg(data);
    command.env("SAMENSPRAAK_ORGANISER_KEY", KEY);
    Process::listening(&command, cores)
}
