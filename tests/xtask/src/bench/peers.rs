//! Servers that show texts to viewers: ours, and those it is compared with.

use std::{fs, net::SocketAddr, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, ensure};
use samenspraak_load::{Line, clock, request};

use super::{
    ours::{LIVE, Ours},
    process::Process,
};
use crate::{places, run, tools};

/// A server on core 0 with something to publish.
pub trait Peer {
    /// Its process.
    fn process(&self) -> &Process;
    /// Where it listens.
    fn address(&self) -> SocketAddr;
    /// Where viewers connect.
    fn path(&self) -> &str;
    /// Shows so many stamped texts, at once, to all viewers; says when that is confirmed.
    fn publish(&mut self, texts: usize) -> Result<()>;
}

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One `send` for each viewer and nothing else.
    Floor,
    /// This house.
    Ours,
    /// Bun.
    Bun,
    /// nchan.
    Nchan,
}

impl Kind {
    /// All, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::Floor, Self::Ours, Self::Bun, Self::Nchan];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor (one `send` each)",
            Self::Ours => "samenspraak",
            Self::Bun => "Bun (uWebSockets)",
            Self::Nchan => "nchan (nginx)",
        }
    }

    /// Sees to it that it can be started; an error says why it cannot.
    pub fn prepare(self) -> Result<()> {
        match self {
            Self::Floor => {
                run::follow(&mut run::cargo(["build", "--quiet", "--release", "--package", "samenspraak-load"]))
            }
            Self::Ours => Ok(()),
            Self::Bun => {
                ensure!(cfg!(target_arch = "x86_64"), "there is no Bun in npm for this processor");
                tools::npm("tests/load/peers")
            }
            Self::Nchan => tools::nchan().map(drop),
        }
    }

    /// Starts it; frames of the others have this many bytes of text.
    pub fn start(self, size: usize) -> Result<Box<dyn Peer>> {
        Ok(match self {
            Self::Floor => {
                let mut command = Command::new(places::target().join("release/samenspraak-load"));
                Box::new(Lines::of(Process::listening(command.args(["floor", "0"]), "0")?, size)?)
            }
            Self::Ours => Box::new(Ours::start()?),
            Self::Bun => {
                let folder = places::inside("tests/load/peers");
                let mut command = Command::new(folder.join("node_modules/@oven/bun-linux-x64/bin/bun"));
                Box::new(Lines::of(Process::listening(command.arg(folder.join("fanout.js")), "0")?, size)?)
            }
            Self::Nchan => Box::new(Nchan::start(size)?),
        })
    }
}

impl Peer for Ours {
    fn process(&self) -> &Process {
        &self.process
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn path(&self) -> &'static str {
        LIVE
    }

    fn publish(&mut self, texts: usize) -> Result<()> {
        let texts: Vec<String> =
            (0..texts).map(|number| format!("Waarom is stalling {number} vol? {}", clock::stamp())).collect();
        self.ask(&texts).map(drop)
    }
}

/// A server that takes a POST and shows each of its lines: the floor, and Bun.
struct Lines {
    process: Process,
    address: SocketAddr,
    line: Line,
    size: usize,
}

impl Lines {
    fn of((process, address): (Process, SocketAddr), size: usize) -> Result<Self> {
        Ok(Self { process, address, line: Line::open(address)?, size })
    }
}

impl Peer for Lines {
    fn process(&self) -> &Process {
        &self.process
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn path(&self) -> &'static str {
        "/"
    }

    fn publish(&mut self, texts: usize) -> Result<()> {
        let texts: Vec<String> = (0..texts).map(|_| text(self.size)).collect();
        let (status, _) = self.line.ask(&request("POST", "/pub", None, Some(&texts.join("\n"))))?;
        ensure!(status == 200, "a text was refused ({status})");
        Ok(())
    }
}

/// nginx with the nchan module: each text is a POST of its own.
struct Nchan {
    process: Process,
    address: SocketAddr,
    lines: Vec<Line>,
    size: usize,
}

impl Nchan {
    fn start(size: usize) -> Result<Self> {
        let nginx = tools::nchan()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let hall = format!(
            "nchan_max_reserved_memory 512m; server {{ listen {address} backlog=4096;
             location = /pub {{ nchan_publisher; nchan_channel_id hall; nchan_message_buffer_length 1; }}
             location = /hall {{ nchan_subscriber websocket; nchan_channel_id hall;
                                 nchan_subscriber_first_message newest; }} }}"
        );
        let module = format!("load_module {};", tools::NCHAN);
        let process = Process::answering(&nginx_with(&nginx, "nchan", &module, &hall)?, "0", address)?;
        Ok(Self { process, address, lines: Vec::new(), size })
    }
}

impl Peer for Nchan {
    fn process(&self) -> &Process {
        &self.process
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn path(&self) -> &'static str {
        "/hall"
    }

    fn publish(&mut self, texts: usize) -> Result<()> {
        while self.lines.len() < texts {
            self.lines.push(Line::open(self.address)?);
        }
        for line in &mut self.lines[..texts] {
            line.say(&request("POST", "/pub", None, Some(&text(self.size))))?;
        }
        for line in &mut self.lines[..texts] {
            let (status, _) = line.hear()?;
            ensure!(matches!(status, 200..300), "a text was refused ({status})");
        }
        Ok(())
    }
}

/// An nginx in one process with this inside its `http`; its files go to `target/bench/NAME`.
pub fn nginx_with(nginx: &PathBuf, name: &str, modules: &str, http: &str) -> Result<Command> {
    let folder = places::target().join("bench").join(name);
    fs::create_dir_all(&folder).context("no folder for nginx")?;
    let own = folder.display();
    let text = format!(
        "{modules}\nuser root;\ndaemon off;\nmaster_process off;\nworker_processes 1;\nworker_rlimit_nofile 20000;\n\
         pid {own}/pid;\nerror_log stderr crit;\nevents {{ worker_connections 19000; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;\n\
         client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/fastcgi;\n\
         uwsgi_temp_path {own}/uwsgi; scgi_temp_path {own}/scgi;\n{http}\n}}\n"
    );
    let conf = folder.join("nginx.conf");
    fs::write(&conf, text)?;
    let mut command = Command::new(nginx);
    command.arg("-p").arg(&folder).arg("-c").arg(&conf);
    Ok(command)
}

fn text(size: usize) -> String {
    let mut text = format!("{} ", clock::stamp());
    text.extend(std::iter::repeat_n('x', size.saturating_sub(text.len())));
    text
}
