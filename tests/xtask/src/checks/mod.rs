//! `cargo xtask test`: everything that must hold before a change goes in, counted at the end.

mod tally;

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    places,
    progress::{Stopwatch, heading},
    run,
    site::{self, Effort},
    tools,
};
use tally::Tally;

/// How much of a failed command's words is shown.
const SHOWN_LINES: usize = 400;

/// Runs every check, also after one failed; whether all held. A quick run leaves out the site and
/// the browser.
pub fn run(quick: bool) -> Result<bool> {
    let mut report = Report { watch: Stopwatch::start(), total: Tally::default() };
    let browser = report.tools(quick);
    report.command("formatting", &mut run::cargo(["fmt", "--all", "--check"]));
    report.command("clippy", &mut run::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    report.command("clippy, for the browser", &mut clippy_for_the_browser());
    report.command("documentation", run::cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"));
    if !quick {
        report.step("site", || site::build(Effort::Release));
    }
    site::make_room()?;
    // The same targets as the tests have, so that nothing is built twice with other features.
    if report.command("server and tests, built", &mut run::cargo(["build", "--workspace", "--all-targets"])) {
        report.tests(&mut tests(browser.as_ref()));
    }
    println!("{}", report.total);
    Ok(report.total.failed == 0)
}

/// What the tests with browsers and other people's clients need besides the server.
struct Browser {
    node: PathBuf,
    chromium: PathBuf,
    python: PathBuf,
}

/// The checks so far.
struct Report {
    watch: Stopwatch,
    total: Tally,
}

impl Report {
    /// Sees to the tools; returns the browser's when they are wanted and there.
    fn tools(&mut self, quick: bool) -> Option<Browser> {
        let mut browser = None;
        self.step("tools", || {
            tools::wasm_target()?;
            if !quick {
                tools::npm("frontend")?;
                tools::npm("tests/browser")?;
                tools::npm("tests/clients")?;
                tools::npm("tests/networks/pds")?;
                let python = tools::python("tests/clients")?;
                browser = Some(Browser { node: tools::node()?, chromium: tools::chromium()?, python });
            }
            Ok(())
        });
        browser
    }

    /// One check; whether it held.
    fn step(&mut self, name: &str, check: impl FnOnce() -> Result<()>) -> bool {
        heading(self.watch, name);
        let result = check();
        if let Err(error) = &result {
            println!("        FAILED: {error:#}");
        }
        self.total += Tally::one(result.is_ok());
        result.is_ok()
    }

    /// One check that is a command; its words are shown when it does not hold.
    fn command(&mut self, name: &str, command: &mut Command) -> bool {
        self.step(name, || {
            let outcome = run::quietly(command)?;
            if !outcome.ok {
                show(outcome.lines.iter());
                anyhow::bail!("see above");
            }
            Ok(())
        })
    }

    /// The tests, each counted.
    fn tests(&mut self, command: &mut Command) {
        heading(self.watch, "tests");
        let outcome = match run::quietly(command) {
            Ok(outcome) => outcome,
            Err(error) => {
                println!("        FAILED: {error:#}");
                self.total += Tally::one(false);
                return;
            }
        };
        let mut tally = tally::of(&outcome.lines);
        if !outcome.ok && tally.failed == 0 {
            // A test binary that ended before it could count.
            tally += Tally::one(false);
        }
        if tally.failed > 0 {
            show(outcome.lines.iter().filter(|line| !tally::is_good_news(line)));
        }
        heading(self.watch, &format!("tests: {tally}"));
        self.total += tally;
    }
}

/// The frontend as a browser runs it. With the site's profile, because the build scripts and macros
/// are then shared with the site's build.
fn clippy_for_the_browser() -> Command {
    let mut command =
        run::cargo(["clippy", "--package", "samenspraak-frontend", "--lib", "--features", "citizens,wall,staff"]);
    command.args(["--target", tools::WASM, "--profile", "wasm", "--target-dir"]).arg(places::wasm_target());
    command.args(["--", "-D", "warnings"]);
    command
}

/// All tests of the workspace; the server turns the frontend's `ssr` on, so its pages are tested too.
fn tests(browser: Option<&Browser>) -> Command {
    let mut command = run::cargo(["test", "--workspace", "--no-fail-fast"]);
    command.env("SAMENSPRAAK_BIN", places::server("debug"));
    match browser {
        Some(browser) => command
            .env("SAMENSPRAAK_BROWSER_DIR", places::inside("tests/browser"))
            .env("SAMENSPRAAK_NODE", &browser.node)
            .env("SAMENSPRAAK_PYTHON", &browser.python)
            .env("SAMENSPRAAK_CHROMIUM", &browser.chromium),
        None => command.env("SAMENSPRAAK_SKIP_BROWSER", "1"),
    };
    command
}

fn show<'a>(lines: impl Iterator<Item = &'a String>) {
    let lines: Vec<_> = lines.collect();
    for line in &lines[lines.len().saturating_sub(SHOWN_LINES)..] {
        println!("        {line}");
    }
}
