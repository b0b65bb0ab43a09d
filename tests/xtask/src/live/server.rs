//! The server as a child of this program: started, waited for, and ended in order.

use std::{
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use crate::{api::Api, places, progress::Stopwatch, stop::Stop};

/// How long a server may take to start, also with a large database.
const START: Duration = Duration::from_mins(1);
/// How long it may take to end; it says goodbye to its screens first.
const END: Duration = Duration::from_secs(15);
/// How often this program looks after it.
const LOOK: Duration = Duration::from_millis(100);

/// A running server; ended when this goes out of scope.
pub struct Server(Child);

impl Server {
    /// Starts the release server.
    pub fn start(listen: SocketAddr, public_url: Option<&str>, data: &Path, organiser: &str) -> Result<Self> {
        let mut command = Command::new(places::server("release"));
        command.args(["serve", "--listen", &listen.to_string(), "--data"]).arg(data);
        if let Some(url) = public_url {
            command.args(["--public-url", url]);
        }
        // Through the environment, where other users of this machine cannot read it.
        command.env("SAMENSPRAAK_ORGANISER_KEY", organiser).stdin(Stdio::null()).stdout(Stdio::null());
        if std::env::var_os("SAMENSPRAAK_LOG").is_none() {
            command.env("SAMENSPRAAK_LOG", "warn");
        }
        Ok(Self(command.spawn().context("cannot start the server")?))
    }

    /// Waits until it can be used; false when it became time to stop before.
    pub fn wait_until_ready(&mut self, api: &Api, stop: &Stop) -> Result<bool> {
        let watch = Stopwatch::start();
        while stop.wait(LOOK) {
            if let Some(status) = self.0.try_wait()? {
                bail!("the server ended at once ({status})");
            }
            if api.is_ready() {
                return Ok(true);
            }
            if watch.elapsed() > START {
                bail!("the server does not get ready");
            }
        }
        Ok(false)
    }

    /// Waits until it is time to stop, then ends it; an error when it ended by itself.
    pub fn wait(mut self, stop: &Stop) -> Result<()> {
        while stop.wait(LOOK) {
            if let Some(status) = self.0.try_wait()? {
                bail!("the server ended by itself ({status})");
            }
        }
        println!();
        self.end()
    }

    /// Asks it to end, and waits until it has.
    pub fn end(mut self) -> Result<()> {
        self.ask_to_end();
        let watch = Stopwatch::start();
        while watch.elapsed() < END {
            if let Some(status) = self.0.try_wait()? {
                if status.success() {
                    println!("The server has ended.");
                    return Ok(());
                }
                bail!("the server ended with a complaint ({status})");
            }
            std::thread::sleep(LOOK);
        }
        bail!("the server did not end in {} seconds and was killed", END.as_secs());
    }

    #[cfg(unix)]
    fn ask_to_end(&mut self) {
        use rustix::process::{Pid, Signal, kill_process};
        if let Some(pid) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            // Ctrl-C in a terminal has told it as well; being told twice does no harm.
            let _ = kill_process(pid, Signal::TERM);
        }
    }

    #[cfg(not(unix))]
    fn ask_to_end(&mut self) {
        let _ = self.0.kill();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
