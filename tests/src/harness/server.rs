//! The real server as a process: started, killed, and started again on the same data and port.

use std::{
    ffi::OsString,
    fs::File,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::{sleep, timeout},
};

/// The organiser's key of every server under test.
pub const ORGANISER_KEY: &str = "organiser-key-of-the-tests-0123456789-ab";

const READY: &str = "listening on ";
const PATIENCE: Duration = Duration::from_secs(30);

/// On what terms a server runs.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Whether rate limits hold.
    pub limits: bool,
    /// The address that the public uses, when it is not the server's own.
    pub public_url: Option<&'static str>,
    /// Further arguments.
    pub arguments: Vec<String>,
    /// Further variables of the environment.
    pub environment: Vec<(&'static str, OsString)>,
    /// How many files it may have open, when fewer than usual.
    pub files: Option<u64>,
    /// Opens the metrics to others than this machine.
    pub metrics_token: Option<&'static str>,
    /// Whether the log is written as JSON.
    pub json_log: bool,
}

/// A running server with a data folder of its own; both end with this value.
pub struct Server {
    terms: Terms,
    data: TempDir,
    address: String,
    running: Option<Running>,
}

struct Running {
    child: Child,
    // Held so that the server can keep writing to it.
    _stdout: Lines<BufReader<ChildStdout>>,
}

/// How a server ended that did not start.
#[derive(Debug)]
pub struct Failed {
    /// Its exit status.
    pub status: ExitStatus,
    /// What it said on standard error.
    pub words: String,
}

impl Server {
    /// Starts one without rate limits, on a free port.
    pub async fn start() -> Self {
        Self::on(Terms::default()).await
    }

    /// Starts one on these terms.
    pub async fn on(terms: Terms) -> Self {
        let data = tempfile::tempdir().expect("a folder for the data");
        let mut server = Self { terms, data, address: "127.0.0.1:0".into(), running: None };
        server.restart().await;
        server
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same without the scheme.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where it keeps what it knows.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The file of its database.
    pub fn database(&self) -> PathBuf {
        self.data.path().join("store/samenspraak.db")
    }

    /// Everything it has logged so far, over all its lives.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).expect("the log")
    }

    /// Where its store is.
    pub fn store(&self) -> PathBuf {
        self.data.path().join("store")
    }

    /// Runs another of the program's commands on the same store: whether it succeeded, and what it
    /// said.
    pub async fn tool(&self, words: &[&str]) -> (bool, String) {
        let mut command = Command::new(binary());
        command.args(words).env("SAMENSPRAAK_DATA", self.store()).kill_on_drop(true);
        let output = timeout(PATIENCE, command.output()).await.expect("an end").expect("a program");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).expect("text"))
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.running.as_ref().and_then(|running| running.child.id()).expect("a running server")
    }

    /// Ends it in an instant, as a power cut would.
    pub async fn kill(&mut self) {
        let mut running = self.running.take().expect("a running server");
        running.child.start_kill().expect("a process to kill");
        running.child.wait().await.expect("the end of the process");
    }

    /// Asks it to stop, as systemd does, and waits until it has.
    pub async fn stop(&mut self) -> ExitStatus {
        self.is_asked_to_stop();
        self.ends().await
    }

    /// Asks it to stop.
    pub fn is_asked_to_stop(&self) {
        let id = i32::try_from(self.process()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(id, Signal::TERM).expect("a process to stop");
    }

    /// Waits until it has stopped.
    pub async fn ends(&mut self) -> ExitStatus {
        let mut running = self.running.take().expect("a running server");
        timeout(PATIENCE, running.child.wait()).await.expect("the server stops when asked").expect("an exit status")
    }

    /// Starts it again on the same data and the same port.
    pub async fn restart(&mut self) {
        assert!(self.running.is_none(), "it runs already");
        // For a moment, somebody else's connection may hold the port.
        for _ in 0..100 {
            match self.launch().await {
                Ok(()) => return,
                Err(failed) if failed.words.contains("in use") => sleep(Duration::from_millis(50)).await,
                Err(failed) => panic!("the server does not start: {failed:?}"),
            }
        }
        panic!("somebody else keeps {}", self.address);
    }

    /// From its next start on, with these further arguments.
    pub fn is_told(&mut self, arguments: impl IntoIterator<Item = String>) {
        self.terms.arguments.extend(arguments);
    }

    /// Starts it again, and insists that it does not get ready.
    pub async fn fails_to_start(&mut self) -> Failed {
        self.tries_to_start().await.expect_err("it starts")
    }

    /// Starts it again, on a store that may be beyond use.
    pub async fn tries_to_start(&mut self) -> Result<(), Failed> {
        assert!(self.running.is_none(), "it runs already");
        self.launch().await
    }

    /// Starts it again and ends it after this long, wherever it is in its start.
    pub async fn is_killed_while_starting(&mut self, after: Duration) {
        let mut child = self.command().stdout(Stdio::null()).spawn().expect("a server process");
        sleep(after).await;
        child.start_kill().expect("a process to kill");
        child.wait().await.expect("the end of the process");
    }

    async fn launch(&mut self) -> Result<(), Failed> {
        let said_before = self.log_length();
        let mut child = self.command().spawn().expect("a server process");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output")).lines();
        let ready = async {
            while let Some(line) = stdout.next_line().await.expect("readable output") {
                if let Some((_, address)) = line.split_once(READY) {
                    return Some(address.trim().trim_start_matches("http://").to_owned());
                }
            }
            None
        };
        if let Some(address) = timeout(PATIENCE, ready).await.expect("it gets ready or ends") {
            self.address = address;
            self.running = Some(Running { child, _stdout: stdout });
            return Ok(());
        }
        let status = timeout(PATIENCE, child.wait()).await.expect("it ends").expect("an exit status");
        let words = self.log().get(said_before..).unwrap_or_default().to_owned();
        Err(Failed { status, words })
    }

    fn command(&self) -> Command {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log file");
        let mut command = match self.terms.files {
            None => Command::new(binary()),
            Some(files) => {
                let mut shell = Command::new("sh");
                shell.arg("-c").arg(format!("ulimit -n {files} && exec \"$0\" \"$@\"")).arg(binary());
                shell
            }
        };
        command.args(["serve", "--listen", &self.address, "--data"]).arg(self.store());
        if !self.terms.limits {
            command.arg("--no-limits");
        }
        if let Some(url) = self.terms.public_url {
            command.args(["--public-url", url]);
        }
        if let Some(token) = self.terms.metrics_token {
            command.args(["--metrics-token", token]);
        }
        if self.terms.json_log {
            command.args(["--log-format", "json"]);
        }
        command.args(&self.terms.arguments);
        command.env("SAMENSPRAAK_ORGANISER_KEY", ORGANISER_KEY);
        // Everything it can say, so that what it must not say would be there.
        command.env("SAMENSPRAAK_LOG", "trace");
        command.envs(self.terms.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        command
    }

    fn log_file(&self) -> PathBuf {
        self.data.path().join("log")
    }

    fn log_length(&self) -> usize {
        self.log_file().metadata().map_or(0, |log| usize::try_from(log.len()).unwrap_or_default())
    }
}

fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("SAMENSPRAAK_BIN") {
        return path.into();
    }
    let tests = std::env::current_exe().expect("the path of the tests");
    let path = tests.parent().and_then(Path::parent).expect("a target folder").join("samenspraak");
    assert!(path.exists(), "{} is not there: run `cargo build -p samenspraak` first", path.display());
    path
}
