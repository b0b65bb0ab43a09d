//! Measurements, side by side with the least possible and with well-made peers, written as tables and
//! plots into `tests/load/RESULTS.md`. The server has core 0 and the generator core 1. Loopback only,
//! bounded in count and time.

mod cores;
mod crosscheck;
mod desk;
mod fanout;
mod machine;
mod numbers;
mod ours;
mod pages;
mod peers;
mod phone;
mod plots;
mod process;
mod results;
mod scale;
mod slow;
pub mod soak;
mod storms;
mod turns;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use clap::ValueEnum;

use self::turns::Turns;
use crate::{
    places,
    progress::{Stopwatch, heading},
    run,
};

/// One of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// What a frame costs for each viewer
    Fanout,
    /// Both cores to the server
    Cores,
    /// One viewer that stopped reading
    Slow,
    /// Pages and the public view, beside nginx
    Pages,
    /// Everybody comes, votes and asks at once
    Storms,
    /// Cost over viewers and history
    Scale,
    /// Three moderators at a session of 20,000 questions, and a fourth on a phone
    Desk,
    /// The fan-out with other people's generator, where it is there
    Crosscheck,
}

/// What `cargo xtask bench` can be told.
#[derive(Debug, clap::Args)]
pub struct BenchOptions {
    /// Measures only these, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// How many screens watch
    #[arg(long, default_value_t = 15_000)]
    viewers: usize,
    /// How often everything is repeated, in turn; the middle counts
    #[arg(long, default_value_t = 3)]
    repeat: usize,
    /// Where fanload.c and floor.c lie, to check the generator and the floor against
    #[arg(long, default_value = "../shared/bench", value_name = "DIR")]
    tools: PathBuf,
    /// Measures the release server that is there, without building it
    #[arg(long)]
    pub built: bool,
    /// Locks this file while something is measured, so that others can wait for it (flock)
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
}

/// What every measurement needs to know.
pub struct Bench {
    viewers: usize,
    repeat: usize,
    turns: Turns,
    tools: PathBuf,
}

impl Bench {
    /// The command that measures one part again, as it is measured now.
    fn command(&self, part: &str) -> String {
        format!("cargo xtask bench --only {part} --viewers {} --repeat {}", self.viewers, self.repeat)
    }
}

/// Measures; what one part cannot is told at the end, and does not keep the others from being measured.
pub fn run(options: &BenchOptions) -> Result<bool> {
    ensure!(cfg!(target_os = "linux") && run::which("taskset").is_some(), "this needs Linux and taskset (util-linux)");
    ensure!(std::thread::available_parallelism().map_or(1, usize::from) > 1, "this needs two cores");
    let descriptors = samenspraak_load::process::take_descriptors()?;
    ensure!(options.viewers > 0 && options.repeat > 0, "nothing to measure");
    ensure!(
        descriptors > options.viewers as u64 + 500,
        "{} viewers need more than the {descriptors} descriptors that one process may have (ulimit -Hn)",
        options.viewers
    );
    std::fs::create_dir_all(places::target().join("bench"))?;
    let bench = Bench {
        viewers: options.viewers,
        repeat: options.repeat,
        turns: Turns::by(options.lock.as_deref())?,
        tools: places::root().join(&options.tools),
    };
    let parts = if options.only.is_empty() { Part::value_variants() } else { &options.only };
    // What has to be built or installed comes first, on all cores.
    for kind in peers::Kind::ALL {
        let _ = kind.prepare();
    }
    samenspraak_load::process::stay_on(1).context("core 1 cannot be had")?;
    let watch = Stopwatch::start();
    let mut failed = Vec::new();
    for part in parts {
        heading(watch, &format!("{part:?}"));
        let outcome = match part {
            Part::Fanout => fanout::run(&bench),
            Part::Cores => cores::run(&bench),
            Part::Slow => slow::run(&bench),
            Part::Pages => pages::run(&bench),
            Part::Storms => storms::run(&bench),
            Part::Scale => scale::run(&bench),
            Part::Desk => desk::run(&bench),
            Part::Crosscheck => crosscheck::run(&bench),
        };
        if let Err(why) = outcome {
            println!("  FAILED: {why:#}");
            failed.push(part);
        }
    }
    heading(watch, &format!("written to {}", results::path().display()));
    if !failed.is_empty() {
        println!("These could not be measured: {failed:?}");
    }
    Ok(failed.is_empty())
}
