//! A real AT Protocol server (Bluesky's PDS, with the PLC directory it needs) in a process of Node.js,
//! with one account, and a bridge from its stream to Jetstream's frames. The programs are in the folder
//! `pds` beside this crate's sources; their packages come from `npm ci` there.

use std::{
    env, io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// The handle of the account that is there from the start.
pub const HANDLE: &str = "samenspraak.test";
/// Its password; programs use the app password instead.
pub const PASSWORD: &str = "alleen-voor-proeven";

/// It takes seconds; a machine that is busy with other tests gets more.
const PATIENCE: Duration = Duration::from_mins(2);

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The packages are not installed.
    #[error("the AT Protocol server's packages are not installed: run `npm ci` in {}", .0.display())]
    NoPackages(PathBuf),
    /// Node.js cannot be started, or not be listened to.
    #[error("Node.js is needed (version 20 or later; SAMENSPRAAK_NODE says where it is)")]
    Node(#[from] io::Error),
    /// It ended, or never became ready.
    #[error("the AT Protocol server did not start; what it wrote is in this process's standard error")]
    NotReady,
    /// It said something else than it should.
    #[error("the AT Protocol server said something unexpected")]
    Unexpected(#[from] serde_json::Error),
}

/// Where all is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Places {
    /// The server that keeps the account, such as `http://127.0.0.1:4000`.
    pub pds: String,
    /// The directory of who is who.
    pub plc: String,
    /// The account.
    pub did: String,
    /// Its handle.
    pub handle: String,
    /// A password for programs.
    pub app_password: String,
    /// The bridge, as `ws://127.0.0.1:4000/subscribe`.
    pub jetstream: String,
}

/// A running server. Dropping it kills it.
#[derive(Debug)]
pub struct Pds {
    places: Places,
    node: Child,
}

impl Pds {
    /// Starts one that keeps its data in a folder, which should be new.
    pub async fn start(data: &Path) -> Result<Self, Error> {
        let programs = programs();
        if !programs.join("node_modules/.package-lock.json").is_file() {
            return Err(Error::NoPackages(programs));
        }
        let program = env::var_os("SAMENSPRAAK_NODE").unwrap_or_else(|| "node".into());
        let mut node = Command::new(program)
            .args(["--require", "./loopback.cjs", "serve.mjs", "--bridge"])
            .args(["--handle", HANDLE, "--password", PASSWORD, "--data"])
            .arg(std::path::absolute(data)?)
            .current_dir(programs)
            // Both servers write a line for each request otherwise.
            .env("LOG_ENABLED", "false")
            // It ends when this does, also when we are killed.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(node.stdout.take().expect("it is piped")).lines();
        let line = timeout(PATIENCE, lines.next_line()).await.map_err(|_| Error::NotReady)??;
        let places = serde_json::from_str(&line.ok_or(Error::NotReady)?)?;
        // What else it writes is read and dropped, so that it never waits for a reader.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { places, node })
    }

    /// Where all is.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Ends it and waits until it is gone.
    pub async fn stop(mut self) -> io::Result<()> {
        self.node.kill().await
    }
}

/// Where the programs are; their packages are installed there.
pub fn programs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pds")
}
