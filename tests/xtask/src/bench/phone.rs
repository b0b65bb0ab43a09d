//! A moderator's slow phone on a very long session: the tasks in a real browser that are long enough to
//! be felt, while people ask.

use std::{
    fmt::Write as _,
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use super::{ours::Ours, process, results::Aim};
use crate::{places, tools};

/// How many times slower than this machine the phone is.
const THROTTLE: u32 = 4;
/// How many questions come in a second.
const RATE: usize = 50;
/// How long each activity is gone on with.
const EACH: Duration = Duration::from_secs(10);
/// The questions that are enough for all of it.
pub const TEXTS: usize = 4_000;
/// The folder with the script.
const FOLDER: &str = "tests/browser";

/// What was done, and what it cost.
#[derive(Debug, Deserialize)]
struct Activity {
    what: String,
    /// How often it was done.
    rounds: u32,
    /// The tasks of more than 50 ms, in milliseconds.
    tasks: Vec<u32>,
}

/// Measures with these questions, which nobody asked before; the text and the aim for the results.
pub fn measure(ours: &Ours, texts: &[String]) -> Result<(String, Aim)> {
    tools::npm(FOLDER)?;
    let there = places::target().join("bench/texts.json");
    fs::write(&there, serde_json::to_vec(texts)?).with_context(|| format!("cannot write {}", there.display()))?;
    let base = format!("http://{}", ours.address);
    let made = &ours.made;
    let scene = json!({
        "base": base,
        "hashtag": made.hashtag,
        "links": { "moderator": format!("{base}/{}/moderate?key={}", made.hashtag, made.keys.moderator) },
        "pictures": places::target().join("screens"),
        "texts": there,
        "throttle": THROTTLE,
        "rate": RATE,
        "seconds": EACH.as_secs(),
    });
    let mut node = Command::new(tools::node()?);
    node.arg("long-desk.mjs").current_dir(places::inside(FOLDER)).env("SCENE", scene.to_string());
    node.env("SAMENSPRAAK_CHROMIUM", tools::chromium()?);
    // The browser has what the server leaves of both cores, as on no phone, but so has its throttle.
    let output = process::on(&node, "0,1").stderr(Stdio::inherit()).output().context("the browser cannot be driven")?;
    ensure!(output.status.success(), "the desk in the browser failed");
    let lines = String::from_utf8_lossy(&output.stdout);
    let line = lines.lines().last().context("the browser said nothing")?;
    let activities: Vec<Activity> = serde_json::from_str(line).with_context(|| format!("not a measurement: {line}"))?;
    Ok(told(&activities))
}

fn told(activities: &[Activity]) -> (String, Aim) {
    let mut text = format!(
        "In a browser 390 pixels wide and {THROTTLE} times slower than this machine, with the same session and {RATE} \
         questions a second, each for {} s:\n\n| moderator | times | tasks over 50 ms | longest, ms |\n|---|---:|---:|---:|\n",
        EACH.as_secs()
    );
    for Activity { what, rounds, tasks } in activities {
        let longest = tasks.iter().max().map_or_else(|| "–".to_owned(), u32::to_string);
        let _ = writeln!(text, "| {what} | {rounds} | {} | {longest} |", tasks.len());
    }
    let all: usize = activities.iter().map(|activity| activity.tasks.len()).sum();
    let longest = activities.iter().flat_map(|activity| &activity.tasks).max();
    let measured = longest.map_or_else(|| "none".to_owned(), |longest| format!("{all}, the longest {longest} ms"));
    (text, Aim::new("desk: no task over 50 ms on a slow phone", measured, all == 0 && !activities.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(what: &str, tasks: &[u32]) -> Activity {
        Activity { what: what.into(), rounds: 3, tasks: tasks.into() }
    }

    #[test]
    fn one_long_task_is_one_too_many() {
        let (text, aim) = told(&[activity("looking", &[]), activity("scrolling", &[51, 80])]);
        assert!(text.contains("| looking | 3 | 0 | – |\n| scrolling | 3 | 2 | 80 |"), "{text}");
        assert!(super::super::results::table(&[aim]).contains("| 2, the longest 80 ms | **not met** |"));
        let (_, aim) = told(&[activity("looking", &[])]);
        assert!(super::super::results::table(&[aim]).contains("| none | met |"));
        let (_, aim) = told(&[]);
        assert!(super::super::results::table(&[aim]).contains("not met"), "nothing was measured");
    }
}
