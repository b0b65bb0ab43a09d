//! How fast what was confirmed is on everybody's screen, and at what cost, beside the least that
//! any one-threaded server must do: `floor`. Both are measured in one run, each on the same core,
//! with the load generator on the other. Loopback only, bounded in count and time.

mod peer;
mod table;

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use self::peer::{Floor, Peer, Samenspraak};
use crate::{places, run};

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Screens that watch.
    pub viewers: u32,
    /// Questions shown to all of them, one after another.
    pub questions: u32,
}

/// What the load generator saw of one server.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    /// Stamped frames that arrived, on all screens together.
    pub stamped: u64,
    /// All bytes that arrived.
    pub bytes: u64,
    /// Half of the stamped frames arrived within this many milliseconds of being sent in.
    pub p50_ms: f64,
    /// 99 of 100 did.
    pub p99_ms: f64,
    /// All did.
    pub max_ms: f64,
}

/// One server's figures.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Its name.
    pub name: &'static str,
    /// What its screens saw.
    pub seen: Seen,
    /// Microseconds of processor time for each delivered frame.
    pub cpu_us: f64,
    /// Resident KiB for each idle viewer, over the empty server.
    pub kib_per_viewer: f64,
    /// Milliseconds until the sender was told yes, the middle one of all.
    pub confirmed_ms: f64,
}

/// Measures all peers with the tools in this folder, and prints the table.
pub fn run(load: Load, tools: &Path) -> Result<()> {
    let made = places::target().join("bench");
    std::fs::create_dir_all(&made)?;
    let fanload = compile(tools, &made, "fanload")?;
    let floor = compile(tools, &made, "floor")?;
    let mut figures = Vec::new();
    println!("{} screens, {} questions", load.viewers, load.questions);
    // A frame of the real server's size, so that the floor carries the same.
    let ours = measure(&mut Samenspraak::start(&made)?, load, &fanload)?;
    let size = usize::try_from(ours.seen.bytes / ours.seen.stamped.max(1)).unwrap_or(300);
    figures.push(measure(&mut Floor::start(&floor, size)?, load, &fanload)?);
    figures.push(ours);
    println!("\n{}", table::table(&figures));
    Ok(())
}

fn measure(peer: &mut impl Peer, load: Load, fanload: &Path) -> Result<Figures> {
    let empty = usage(peer.pid())?;
    let mut generator = Command::new("taskset")
        .args(["-c", "1"])
        .arg(fanload)
        .args(["127.0.0.1", &peer.port().to_string(), peer.path(), &load.viewers.to_string()])
        .args(["--expect", &load.questions.to_string(), "--seconds", "120"])
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the load generator")?;
    let mut lines = lines(&mut generator)?;
    let ready = lines.next().context("the load generator said nothing")??;
    println!("{}: {ready}", peer.name());
    let idle = usage(peer.pid())?;
    let mut confirmed: Vec<f64> = (0..load.questions).map(|number| peer.publish(number)).collect::<Result<_>>()?;
    let seen = lines.next().context("the load generator gave no figures")??;
    let busy = usage(peer.pid())?;
    ensure!(generator.wait()?.success(), "the load generator failed");
    let seen: Seen = serde_json::from_str(&seen)?;
    confirmed.sort_by(f64::total_cmp);
    let wanted = u64::from(load.viewers) * u64::from(load.questions);
    ensure!(seen.stamped == wanted, "{}: {} of {wanted} frames arrived", peer.name(), seen.stamped);
    Ok(Figures {
        name: peer.name(),
        cpu_us: (busy.cpu_us - idle.cpu_us) / to_f64(wanted),
        kib_per_viewer: (idle.resident_kib - empty.resident_kib) / f64::from(load.viewers),
        confirmed_ms: confirmed[confirmed.len() / 2],
        seen,
    })
}

fn compile(tools: &Path, into: &Path, name: &str) -> Result<PathBuf> {
    let source = tools.join(format!("{name}.c"));
    ensure!(source.is_file(), "{} is not there; say with --tools where the bench's C programs lie", source.display());
    let program = into.join(name);
    run::follow(Command::new("cc").args(["-O2", "-w", "-o"]).arg(&program).arg(&source))?;
    Ok(program)
}

fn lines(child: &mut Child) -> Result<std::io::Lines<std::io::BufReader<std::process::ChildStdout>>> {
    use std::io::BufRead as _;
    Ok(std::io::BufReader::new(child.stdout.take().context("no output")?).lines())
}

/// What a process used so far, by Linux's `/proc` (proc(5)).
struct Usage {
    cpu_us: f64,
    resident_kib: f64,
}

fn usage(pid: u32) -> Result<Usage> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').context("an odd /proc/PID/stat")?.1;
    let fields: Vec<f64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    // utime and stime are fields 14 and 15, the name is 2; ticks are hundredths of a second.
    let cpu_us = (fields[11] + fields[12]) * 10_000.0;
    // rss is field 24, in pages of 4 KiB.
    Ok(Usage { cpu_us, resident_kib: fields[21] * 4.0 })
}

#[allow(clippy::cast_precision_loss, reason = "counts of frames stay far below 2^52")]
fn to_f64(count: u64) -> f64 {
    count as f64
}
