//! `cargo xtask fuzz`: looks for bytes for which something does not hold that must hold for any.
//! What is tried is in `tests/fuzz`; cargo-fuzz builds it, libFuzzer drives it.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    places,
    progress::{Stopwatch, heading},
    run, tools,
};

/// Each target, and the longest input that makes sense for it.
const TARGETS: [(&str, usize); 4] = [("hashtags", 1_024), ("commands", 4_096), ("frames", 40_000), ("records", 8_192)];
/// The cargo-fuzz crate.
const CRATE: &str = "tests/fuzz/libfuzzer";
/// The most that one target's committed corpus may weigh.
const MOST_BYTES: u64 = 120_000;

/// What came of one target.
struct Outcome {
    executions: String,
    coverage: String,
    findings: Vec<PathBuf>,
}

/// Runs each target for this long, one after another; whether nothing was found. With `keep`, what
/// reaches most of the code goes into the committed corpus.
pub fn run(minutes: u64, keep: bool) -> Result<bool> {
    let cargo_fuzz = tools::cargo_fuzz()?;
    run::follow(&mut fuzz::<&str>(&cargo_fuzz, "build", &[]))?;
    let watch = Stopwatch::start();
    let mut nothing_found = true;
    for (target, longest) in TARGETS {
        heading(watch, &format!("{target}, {minutes} minutes"));
        let Outcome { executions, coverage, findings } = attempt(&cargo_fuzz, target, longest, minutes)?;
        heading(watch, &format!("{target}: {executions} executions, {coverage}, {} findings", findings.len()));
        for finding in &findings {
            println!("        {}", finding.display());
        }
        nothing_found &= findings.is_empty();
        if keep {
            heading(watch, &format!("{target}: {} files kept", keep_the_best(&cargo_fuzz, target)?));
        }
    }
    Ok(nothing_found)
}

fn attempt(cargo_fuzz: &Path, target: &str, longest: usize, minutes: u64) -> Result<Outcome> {
    let artifacts = made("artifacts", target)?;
    let words = places::inside(CRATE).join(format!("words/{target}.dict"));
    let mut command = fuzz(cargo_fuzz, "run", &[OsStr::new(target), made("corpus", target)?.as_os_str()]);
    command.arg(committed(target)).arg("--");
    command.args([format!("-max_total_time={}", 60 * minutes), format!("-max_len={longest}")]);
    command.args(["-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    if words.is_file() {
        command.arg(format!("-dict={}", words.display()));
    }
    let said = run::quietly(&mut command)?.lines;
    let executions = said.iter().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let coverage = said.iter().rev().find_map(|line| line.split_once("cov: ")).map(|(_, rest)| rest);
    let mut findings: Vec<_> = fs::read_dir(&artifacts)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    findings.sort();
    Ok(Outcome {
        executions: executions.with_context(|| said.join("\n"))?.trim().to_owned(),
        coverage: format!("{} edges", coverage.and_then(|rest| rest.split(' ').next()).unwrap_or("no")),
        findings,
    })
}

/// Replaces what is committed, but for the seeds, by the fewest inputs that reach as much code.
fn keep_the_best(cargo_fuzz: &Path, target: &str) -> Result<usize> {
    let kept = made("kept", target)?;
    fs::remove_dir_all(&kept)?;
    fs::create_dir_all(&kept)?;
    let mut command = fuzz(cargo_fuzz, "run", &[OsStr::new(target), kept.as_os_str()]);
    command.arg(committed(target)).arg(made("corpus", target)?);
    ensure!(run::quietly(command.args(["--", "-set_cover_merge=1", "-use_counters=0"]))?.ok, "{target}: no cover");
    for (path, _) in files(&committed(target))? {
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("seed-")) {
            fs::remove_file(path)?;
        }
    }
    let seeds = files(&committed(target))?;
    let mut weight: u64 = seeds.iter().map(|(_, size)| size).sum();
    let mut count = seeds.len();
    for (path, size) in files(&kept)? {
        let is_seed = seeds.iter().any(|(seed, known)| *known == size && fs::read(seed).ok() == fs::read(&path).ok());
        if !is_seed && weight + size <= MOST_BYTES {
            fs::copy(&path, committed(target).join(path.file_name().context("no name")?))?;
            weight += size;
            count += 1;
        }
    }
    Ok(count)
}

/// The files of a folder with their sizes, the smallest first.
fn files(folder: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.path(), entry.metadata()?.len()));
    }
    files.sort_by(|(a, small), (b, large)| (small, a).cmp(&(large, b)));
    Ok(files)
}

/// cargo-fuzz asks for flags that only a nightly compiler takes; this makes any take them. There is
/// no unsafe code here for a sanitizer to watch.
fn fuzz<S: AsRef<OsStr>>(cargo_fuzz: &Path, verb: &str, arguments: &[S]) -> Command {
    let mut command = Command::new(cargo_fuzz);
    command.env("RUSTC_BOOTSTRAP", "1").current_dir(places::root());
    command.args(["fuzz", verb, "--sanitizer", "none", "--fuzz-dir", CRATE, "--target-dir"]);
    command.arg(places::target().join("fuzz")).args(arguments);
    command
}

fn committed(target: &str) -> PathBuf {
    places::inside("tests/fuzz/corpus").join(target)
}

/// A folder for what a target makes, outside the sources.
fn made(what: &str, target: &str) -> Result<PathBuf> {
    let folder = places::target().join("fuzz").join(what).join(target);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
