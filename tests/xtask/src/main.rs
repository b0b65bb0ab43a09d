//! The project's own commands: `cargo xtask site | build | live | bench | soak | kills | fuzz | lighthouse |
//! test`.

mod api;
mod bench;
mod checks;
mod demo;
mod fuzz;
mod kills;
mod lighthouse;
mod live;
mod places;
mod progress;
mod run;
#[cfg(test)]
mod scratch;
mod site;
mod stop;
mod tools;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::site::Effort;

/// Set-up, site, server, demonstration and tests. Each command first adds what is missing.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Builds what browsers download into frontend/dist
    Site {
        /// Builds faster; the result is larger and slower
        #[arg(long)]
        dev: bool,
    },
    /// Builds the site and the release server that embeds it: target/release/samenspraak
    Build,
    /// Builds, starts the server and prints where each screen is
    Live(LiveOptions),
    /// Measures everything beside the least possible and well-made peers, into tests/load/RESULTS.md
    Bench(bench::BenchOptions),
    /// An evening of mixed load: whether memory, descriptors and latency stay what they were
    Soak {
        /// How long
        #[arg(long, default_value_t = 60)]
        minutes: u32,
        /// Measures the release server that is there, without building it
        #[arg(long)]
        built: bool,
    },
    /// Looks for input for which something breaks that must hold for any
    Fuzz {
        /// For how long, each target
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..))]
        minutes: u64,
        /// Puts what was found interesting into the corpus that every test replays
        #[arg(long)]
        keep: bool,
    },
    /// Kills the server at random moments under load, many times, and counts what was lost
    Kills {
        /// How often
        #[arg(long, default_value_t = 1_000)]
        rounds: u32,
        /// Kills the debug server instead of the release one
        #[arg(long)]
        debug: bool,
    },
    /// Measures the citizen's page as a phone meets it; the table goes to tests/lighthouse/RESULTS.md
    Lighthouse {
        /// Measures the release server that is there, without building it
        #[arg(long)]
        built: bool,
    },
    /// Checks everything that must hold before a change goes in
    Test {
        /// Leaves out the site and the browser
        #[arg(long)]
        quick: bool,
    },
}

/// What `cargo xtask live` can be told.
#[derive(Debug, clap::Args)]
struct LiveOptions {
    /// Lets forty simulated citizens, a moderator and an alderman take part
    #[arg(long)]
    demo: bool,
    /// Where the server listens
    #[arg(long, default_value = "127.0.0.1:8010", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// The address people type, when it is not the listening one: for QR codes and links
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Where sessions and keys are kept; target/live unless said otherwise
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

fn main() -> ExitCode {
    match perform(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well; an error says what stood in the way.
fn perform(task: Task) -> Result<bool> {
    match task {
        Task::Site { dev } => site::build(if dev { Effort::Dev } else { Effort::Release }).map(|()| true),
        Task::Build => build().map(|()| true),
        Task::Live(options) => {
            let data = options.data.unwrap_or_else(|| places::target().join("live"));
            live::must_be_free(options.listen)?;
            build()?;
            live::run(options.listen, options.public_url.as_deref(), &data, options.demo).map(|()| true)
        }
        Task::Bench(options) => {
            if !options.built {
                build()?;
            }
            bench::run(&options)
        }
        Task::Soak { minutes, built } => {
            if !built {
                build()?;
            }
            bench::soak::run(minutes).map(|()| true)
        }
        Task::Fuzz { minutes, keep } => fuzz::run(minutes, keep),
        Task::Kills { rounds, debug } => kills::run(rounds, debug).map(|()| true),
        Task::Lighthouse { built } => {
            if !built {
                build()?;
            }
            lighthouse::run()
        }
        Task::Test { quick } => checks::run(quick),
    }
}

fn build() -> Result<()> {
    site::build(Effort::Release)?;
    run::follow(&mut run::cargo(["build", "--release", "--package", "samenspraak"]))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
