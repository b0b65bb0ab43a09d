//! On what was measured: the machine, and the version of everything.

use std::{fmt::Write as _, fs, process::Command};

use super::results::said;
use crate::{places, tools};

/// The machine as a table.
pub fn table() -> String {
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").and_then(|kb| kb.split(' ').next()?.parse::<u64>().ok());
    let rows = [
        ("processor", field("/proc/cpuinfo", "model name")),
        ("cores", said(Command::new("nproc").arg("--all")).or(Some(cores.to_string()))),
        ("memory", memory.map(|kb| format!("{} MiB", kb / 1024))),
        ("kernel", Some(kernel.trim().to_owned())),
        ("rustc", said(Command::new("rustc").arg("--version").current_dir(places::root()))),
        ("nginx", tools::nginx().ok().and_then(|nginx| said(Command::new(nginx).arg("-v")))),
        ("nchan", said(Command::new("dpkg-query").args(["-W", "-f", "${Version}", "libnginx-mod-nchan"]))),
        ("Bun", bun()),
        ("wrk", said(Command::new("wrk").arg("-v"))),
    ];
    let mut table = String::from("| | |\n|---|---|\n");
    for (name, value) in rows {
        let _ = writeln!(table, "| {name} | {} |", value.as_deref().unwrap_or("not there"));
    }
    table
}

/// When, of what, and how something was measured.
pub fn line(command: &str) -> String {
    let date = said(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"])).unwrap_or_default();
    let git = |arguments: &[&str]| said(Command::new("git").args(arguments).current_dir(places::root()));
    let commit = git(&["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "unknown".into());
    let changed = if git(&["status", "--porcelain", "--untracked-files=no"]).is_some() { ", with changes" } else { "" };
    format!("`{command}`, {date}, commit {commit}{changed}.")
}

fn bun() -> Option<String> {
    said(Command::new(places::inside("tests/load/peers/node_modules/@oven/bun-linux-x64/bin/bun")).arg("--version"))
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
