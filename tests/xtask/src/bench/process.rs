//! A server as a process on cores of its own, and what it uses by Linux's `/proc` (proc(5)).

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::progress::Stopwatch;

/// What a server says when it can be used, before its address.
const READY: &str = "listening on http://";

/// What a process used so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usage {
    /// Microseconds of processor time, its own and the kernel's for it, to a hundredth of a second.
    pub cpu_us: f64,
    /// Resident KiB.
    pub resident_kib: f64,
    /// Open file descriptors.
    pub descriptors: usize,
}

/// A running process; killed with this value.
pub struct Process {
    child: Child,
    /// Held, so that the server can go on writing to it.
    _words: Option<BufReader<ChildStdout>>,
    /// How long it took until it could be used.
    pub start: Duration,
}

impl Process {
    /// Starts a command on these cores and waits until it says where it listens.
    pub fn listening(command: &Command, cores: &str) -> Result<(Self, SocketAddr)> {
        let mut command = on(command, cores);
        let watch = Stopwatch::start();
        let mut child = command.stdout(Stdio::piped()).spawn().context("a server cannot be started")?;
        let mut words = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        words.read_line(&mut line)?;
        let start = watch.elapsed();
        let process = Self { child, _words: Some(words), start };
        let address = line.trim().strip_prefix(READY).with_context(|| format!("not where it listens: {line}"))?;
        Ok((process, address.parse()?))
    }

    /// Starts a command that does not tell, on these cores, and waits until somebody answers there.
    pub fn answering(command: &Command, cores: &str, address: SocketAddr) -> Result<Self> {
        let watch = Stopwatch::start();
        let child = on(command, cores).spawn().context("a server cannot be started")?;
        let process = Self { child, _words: None, start: Duration::ZERO };
        while std::net::TcpStream::connect(address).is_err() {
            ensure!(watch.elapsed() < Duration::from_secs(10), "nobody answers at {address}");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(process)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it used so far.
    pub fn usage(&self) -> Result<Usage> {
        usage(self.pid())
    }

    /// Nanoseconds of processor time of all its threads, as exactly as the scheduler knows.
    pub fn busy_ns(&self) -> Result<u64> {
        let mut busy = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.pid()))? {
            let told = fs::read_to_string(thread?.path().join("schedstat")).unwrap_or_default();
            busy += told.split(' ').next().and_then(|first| first.parse::<u64>().ok()).unwrap_or(0);
        }
        Ok(busy)
    }

    /// Ends it in an instant, as a power cut would.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(&mut self) -> Result<()> {
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw).context("no process")?;
        kill_process(pid, Signal::TERM)?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same command, kept on these cores.
pub fn on(command: &Command, cores: &str) -> Command {
    let mut kept = Command::new("taskset");
    kept.args(["-c", cores]).arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        kept.env(name, value.unwrap_or_default());
    }
    if let Some(folder) = command.get_current_dir() {
        kept.current_dir(folder);
    }
    kept
}

fn usage(pid: u32) -> Result<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').context("an odd /proc/PID/stat")?.1;
    let fields: Vec<f64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    ensure!(fields.len() > 21, "a short /proc/PID/stat");
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd"))?.count();
    // utime and stime are fields 14 and 15, rss is 24, the name is 2; ticks are hundredths of a second,
    // pages 4 KiB.
    Ok(Usage { cpu_us: (fields[11] + fields[12]) * 10_000.0, resident_kib: fields[21] * 4.0, descriptors })
}
