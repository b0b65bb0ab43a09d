//! The real server as a process: started, killed, and started again on the same data and port.

use std::{
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
#[derive(Debug, Clone, Copy, Default)]
pub struct Terms {
    /// Whether rate limits hold.
    pub limits: bool,
    /// The address that the public uses, when it is not the server's own.
    pub public_url: Option<&'static str>,
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

    /// Where it keeps what it knows.
    pub fn data(&self) -> &Path {
        self.data.path()
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
    pub async fn command(&self, words: &[&str]) -> (bool, String) {
        let mut command = Command::new(binary());
        command.args(words).env("SAMENSPRAAK_DATA", self.store()).kill_on_drop(true);
        let output = timeout(PATIENCE, command.output()).await.expect("an end").expect("a program");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).expect("text"))
    }

    /// Ends it in an instant, as a power cut would.
    pub async fn kill(&mut self) {
        let mut running = self.running.take().expect("a running server");
        running.child.start_kill().expect("a process to kill");
        running.child.wait().await.expect("the end of the process");
    }

    /// Asks it to stop, as systemd does, and waits until it has.
    pub async fn stop(&mut self) -> ExitStatus {
        let mut running = self.running.take().expect("a running server");
        let id = running.child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw).expect("a process");
        kill_process(id, Signal::TERM).expect("a process to stop");
        timeout(PATIENCE, running.child.wait()).await.expect("the server stops when asked").expect("an exit status")
    }

    /// Starts it again on the same data and the same port.
    pub async fn restart(&mut self) {
        assert!(self.running.is_none(), "it runs already");
        // For a moment, somebody else's connection may hold the port.
        for _ in 0..100 {
            match self.launch().await {
                Ok(()) => return,
                Err(complaint) if complaint.contains("in use") => sleep(Duration::from_millis(50)).await,
                Err(complaint) => panic!("the server does not start: {complaint}"),
            }
        }
        panic!("somebody else keeps {}", self.address);
    }

    async fn launch(&mut self) -> Result<(), String> {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log file");
        let mut command = Command::new(binary());
        command.args(["serve", "--listen", &self.address, "--data"]).arg(self.store());
        if !self.terms.limits {
            command.arg("--no-limits");
        }
        if let Some(url) = self.terms.public_url {
            command.args(["--public-url", url]);
        }
        command.env("SAMENSPRAAK_ORGANISER_KEY", ORGANISER_KEY);
        // Everything the server itself can say, so that what it must not say would be there.
        command.env("SAMENSPRAAK_LOG", "info,samenspraak=trace");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("a server process");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output")).lines();
        let ready = async {
            while let Some(line) = stdout.next_line().await.expect("readable output") {
                if let Some((_, address)) = line.split_once(READY) {
                    return Ok(address.trim().trim_start_matches("http://").to_owned());
                }
            }
            Err(format!("it ended: {}", self.log()))
        };
        self.address = timeout(PATIENCE, ready).await.map_err(|_| "it does not get ready".to_owned())??;
        self.running = Some(Running { child, _stdout: stdout });
        Ok(())
    }

    fn log_file(&self) -> PathBuf {
        self.data.path().join("log")
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
