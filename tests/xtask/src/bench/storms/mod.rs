//! Everybody at once: they come, the power fails, they come back; they vote; they ask.

mod ask;
mod come;
mod vote;

use anyhow::Result;

use super::{Bench, results};

/// Lets all three pass, each over a server of its own.
pub fn run(bench: &Bench) -> Result<()> {
    let mut text = String::new();
    let mut aims = Vec::new();
    for storm in [come::storm, vote::storm, ask::storm] {
        let _turn = bench.turns.take()?;
        let (told, its_aims) = storm(bench)?;
        text += &told;
        text += "\n";
        aims.extend(its_aims);
    }
    results::write("storms", &bench.command("storms"), &text, &aims)
}
