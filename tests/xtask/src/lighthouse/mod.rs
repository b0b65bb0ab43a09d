//! How fast and how accessible the citizen's page is on a mid-range phone, as Lighthouse tells it: the
//! release server with a live session in it, on loopback, and a headless Chromium.

mod scene;
mod scores;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use self::scores::Scores;
use crate::{
    api::Api,
    places,
    progress::{Stopwatch, heading},
    run, tools,
};

/// Where its npm package and its results are.
const FOLDER: &str = "tests/lighthouse";
/// How often the page is opened; the middle run counts.
const RUNS: usize = 3;
/// What both scores must be at least.
const AIM: f64 = 95.0;
/// Opens a server that is thrown away afterwards.
const KEY: &str = "a-key-for-measurements-on-loopback-only";

/// Measures the release server that is there; whether both scores are what they should be.
pub fn run() -> Result<bool> {
    let watch = Stopwatch::start();
    tools::npm(FOLDER)?;
    let (node, chromium) = (tools::node()?, tools::chromium()?);
    let scratch = places::target().join("lighthouse");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch)?;
    heading(watch, "a live session");
    let (_server, base) = start(&scratch.join("data"))?;
    let api = Api::at(base.as_str());
    let hashtag = scene::set(&api, KEY)?;
    heading(watch, &format!("Lighthouse, as a phone, {RUNS} times"));
    let phone = Phone { node, chromium, report: scratch.join("report.json") };
    let mut runs = (0..RUNS).map(|_| phone.look(&format!("{base}/{hashtag}"))).collect::<Result<Vec<_>>>()?;
    runs.sort_by(|one, other| one.performance.total_cmp(&other.performance));
    let all = runs.iter().map(|scores| format!("{:.0}", scores.performance)).collect::<Vec<_>>().join(", ");
    let scores = runs.swap_remove(RUNS / 2);
    let table = scores.table();
    println!("\n{table}");
    fs::write(places::inside(FOLDER).join("RESULTS.md"), results(&scores, &all, &table))?;
    Ok(scores.performance >= AIM && scores.accessibility >= AIM)
}

/// What Lighthouse runs with.
struct Phone {
    node: PathBuf,
    chromium: PathBuf,
    report: PathBuf,
}

impl Phone {
    /// Opens the page once and says how it went.
    fn look(&self, address: &str) -> Result<Scores> {
        let outcome = run::quietly(
            Command::new(&self.node)
                .arg(places::inside(FOLDER).join("node_modules/lighthouse/cli/index.js"))
                .arg(address)
                .args(["--quiet", "--only-categories=performance,accessibility", "--output=json", "--output-path"])
                .arg(&self.report)
                .arg("--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu")
                .env("CHROME_PATH", &self.chromium),
        )?;
        ensure!(outcome.ok, "Lighthouse failed:\n{}", outcome.lines.join("\n"));
        Scores::read(&fs::read_to_string(&self.report)?)
    }
}

/// A server of its own, ended when this goes out of scope.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the release server on a port that is free; also gives its address.
fn start(data: &Path) -> Result<(Server, String)> {
    let mut child = Command::new(places::server("release"))
        .args(["serve", "--listen", "127.0.0.1:0", "--no-limits", "--data"])
        .arg(data)
        .env("SAMENSPRAAK_ORGANISER_KEY", KEY)
        .env("SAMENSPRAAK_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the server")?;
    let output = child.stdout.take().context("no output")?;
    let server = Server(child);
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let base = line.trim().strip_prefix("listening on ").context("the server did not say where it listens")?;
    Ok((server, base.to_owned()))
}

fn results(scores: &Scores, all: &str, table: &str) -> String {
    format!(
        "# The citizen's page on a phone\n\n\
         Written by `cargo xtask lighthouse`: Lighthouse {}, its mobile profile (a mid-range phone on slow 4G, \
         simulated), {}, the release server on loopback, a live session with {} questions.\n\n{table}\n\
         The aim is {AIM} or more for both scores. This is the middle one of {RUNS} runs, which scored {all} for performance: \
         it falls when the machine has other work.\n",
        scores.version,
        scores.browser,
        scene::QUESTIONS,
    )
}
