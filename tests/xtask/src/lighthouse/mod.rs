//! How fast and how accessible the citizen's page is on a mid-range phone, as Lighthouse tells it: the
//! release server with a live session in it, on loopback, and a headless Chromium.

mod scene;
mod scores;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
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
    let report = scratch.join("report.json");
    heading(watch, "Lighthouse, as a phone");
    let outcome = run::quietly(
        Command::new(node)
            .arg(places::inside(FOLDER).join("node_modules/lighthouse/cli/index.js"))
            .arg(format!("{base}/{hashtag}"))
            .args(["--quiet", "--only-categories=performance,accessibility", "--output=json", "--output-path"])
            .arg(&report)
            .arg("--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu")
            .env("CHROME_PATH", chromium),
    )?;
    ensure!(outcome.ok, "Lighthouse failed:\n{}", outcome.lines.join("\n"));
    let scores = Scores::read(&fs::read_to_string(&report)?)?;
    let table = scores.table();
    println!("\n{table}");
    fs::write(places::inside(FOLDER).join("RESULTS.md"), results(&scores, &table))?;
    Ok(scores.performance >= AIM && scores.accessibility >= AIM)
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

fn results(scores: &Scores, table: &str) -> String {
    format!(
        "# The citizen's page on a phone\n\n\
         Written by `cargo xtask lighthouse`: Lighthouse {}, its mobile profile (a mid-range phone on slow 4G, \
         simulated), {}, the release server on loopback, a live session with {} questions.\n\n{table}\n\
         The aim is {AIM} or more for both scores. The figures of one run; performance varies by a point or two.\n",
        scores.version,
        scores.browser,
        scene::QUESTIONS,
    )
}
