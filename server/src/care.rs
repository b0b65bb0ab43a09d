//! The commands that look after a store, and what they tell.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::{
    clock::{Clock as _, SystemClock},
    config::{Backup, Restore, Verify},
    journal::upkeep::{self, Report},
};

/// `samenspraak backup`.
pub fn backup(Backup { data, to }: &Backup) -> anyhow::Result<ExitCode> {
    let report = upkeep::backup(data, to).context("no backup was made")?;
    println!("{} holds {}", to.display(), contents(&report));
    Ok(ExitCode::SUCCESS)
}

/// `samenspraak restore`.
pub fn restore(Restore { data, from }: &Restore) -> anyhow::Result<ExitCode> {
    let report = upkeep::restore(data, from, SystemClock.now()).context("nothing was restored")?;
    println!("{} holds {} again", data.display(), contents(&report));
    Ok(ExitCode::SUCCESS)
}

/// `samenspraak verify`.
pub fn verify(Verify { data, file }: &Verify) -> anyhow::Result<ExitCode> {
    let store = file.clone().unwrap_or_else(|| data.join(upkeep::FILE));
    let report = upkeep::verify(&store)?;
    for finding in &report.findings {
        println!("{finding}");
    }
    let verdict = if report.is_sound() { "sound" } else { "NOT sound" };
    println!("{}: {verdict}; {}", store.display(), contents(&report));
    Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn contents(report: &Report) -> String {
    format!("{} sessions, {} records", report.sessions, report.records)
}
