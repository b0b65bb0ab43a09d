//! The generator and the floor of this house beside others that do the same, where somebody has them:
//! `fanload.c` and `floor.c` in the folder that `--tools` names. What both find should be alike.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use samenspraak_load::{Line, clock, request};

use super::{
    Bench, fanout,
    numbers::size,
    ours::Ours,
    peers::{Kind, Peer},
    process::{self, Process},
};
use crate::{places, run};

const TEXTS: usize = 20;

/// Prints both, when the others' sources are there.
pub fn run(bench: &Bench) -> Result<()> {
    if !bench.tools.join("fanload.c").is_file() {
        println!("  there is no fanload.c in {}: left out", bench.tools.display());
        return Ok(());
    }
    let (fanload, floor) = (compile(&bench.tools, "fanload")?, compile(&bench.tools, "floor")?);
    let _turn = bench.turns.take()?;
    let mut ours = Ours::start()?;
    let theirs = with_fanload(&fanload, &mut ours, bench.viewers)?;
    drop(ours);
    let own = fanout::measure(Kind::Ours, 0, bench.viewers, false)?;
    println!("  samenspraak: {theirs:.2} µs with fanload.c, {:.2} µs with ours", own.single_us);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred bytes")]
    let bytes = own.bytes as usize - 4;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let process = Process::answering(Command::new(floor).arg(port.to_string()), "0", address)?;
    let mut other = OtherFloor { process, address, size: bytes };
    let other = fanout::measure_at(&mut other, bench.viewers, false)?;
    let floor = fanout::measure(Kind::Floor, bytes, bench.viewers, false)?;
    println!("  floor: {:.2} µs for floor.c, {:.2} µs for ours", other.single_us, floor.single_us);
    Ok(())
}

/// `floor.c`: it takes a request only when all of it comes at once.
struct OtherFloor {
    process: Process,
    address: std::net::SocketAddr,
    size: usize,
}

impl Peer for OtherFloor {
    fn process(&self) -> &Process {
        &self.process
    }

    fn address(&self) -> std::net::SocketAddr {
        self.address
    }

    fn path(&self) -> &'static str {
        "/"
    }

    fn publish(&mut self, _: usize) -> Result<()> {
        let mut text = clock::stamp();
        text.extend(std::iter::repeat_n('x', self.size.saturating_sub(text.len())));
        let (status, _) = Line::open(self.address)?.ask(&request("POST", "/pub", None, Some(&text)))?;
        ensure!(status == 200, "a text was refused ({status})");
        Ok(())
    }
}

/// Microseconds for each delivery, as their generator sees it.
fn with_fanload(fanload: &Path, ours: &mut Ours, viewers: usize) -> Result<f64> {
    let mut command = Command::new(fanload);
    command.args(["127.0.0.1", &ours.address.port().to_string(), ours.path(), &viewers.to_string()]);
    command.args(["--expect", &TEXTS.to_string(), "--seconds", "60"]);
    let mut child = process::on(&command, "1").stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    lines.next().context("the generator said nothing")??;
    sleep(Duration::from_secs(1));
    let before = ours.process.usage()?;
    for _ in 0..TEXTS {
        ours.publish(1)?;
        sleep(Duration::from_millis(300));
    }
    lines.next().context("the generator gave no figures")??;
    let after = ours.process.usage()?;
    child.wait()?;
    Ok((after.cpu_us - before.cpu_us) / size(viewers * TEXTS))
}

fn compile(tools: &Path, name: &str) -> Result<PathBuf> {
    let folder = places::target().join("bench");
    fs::create_dir_all(&folder)?;
    let program = folder.join(name);
    run::follow(Command::new("cc").args(["-O2", "-w", "-o"]).arg(&program).arg(tools.join(format!("{name}.c"))))?;
    Ok(program)
}
