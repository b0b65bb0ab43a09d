//! A moderator's phone on a very long session: the tasks in a real browser that are long enough to
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

/// The phones, by Lighthouse's benchmark index: what Chromium's developer tools call mid-tier, like a Pixel 5, and
/// low-tier, like a Moto G Power of 2022 (`CalibrationController.ts`). The first is the one that has an aim.
const PHONES: [(&str, f64); 2] = [("mid-tier", 1000.0), ("low-tier", 264.0)];
/// How many questions come in a second.
const RATE: usize = 50;
/// How long each activity is gone on with.
const EACH: Duration = Duration::from_secs(10);
/// The questions that are enough for all of it.
pub const TEXTS: usize = 8_000;
/// The core of the page's own thread, and that of the server, the people who ask and the rest of the browser.
const OWN: &str = "1";
const SHARED: &str = "0";
/// The folder with the script.
const FOLDER: &str = "tests/browser";
/// The folder with what measures how fast a machine is.
const LIGHTHOUSE: &str = "tests/lighthouse";

/// What was measured.
#[derive(Debug, Deserialize)]
struct Measured {
    /// The benchmark index of this machine.
    own: f64,
    phones: Vec<Phone>,
}

/// One phone.
#[derive(Debug, Deserialize)]
struct Phone {
    name: String,
    /// How many times slower than this machine it is.
    rate: f64,
    /// The benchmark index when it was that much slower.
    measured: f64,
    done: Vec<Activity>,
}

/// What was done, and what it cost.
#[derive(Debug, Clone, Deserialize)]
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
    tools::npm(LIGHTHOUSE)?;
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
        "phones": PHONES.map(|(name, speed)| json!({ "name": name, "speed": speed })),
        "core": OWN,
        "rate": RATE,
        "seconds": EACH.as_secs(),
    });
    let mut node = Command::new(tools::node()?);
    node.arg("long-desk.mjs").current_dir(places::inside(FOLDER)).env("SCENE", scene.to_string());
    node.env("SAMENSPRAAK_CHROMIUM", tools::chromium()?);
    let output =
        process::on(&node, SHARED).stderr(Stdio::inherit()).output().context("the browser cannot be driven")?;
    ensure!(output.status.success(), "the desk in the browser failed");
    let lines = String::from_utf8_lossy(&output.stdout);
    let line = lines.lines().last().context("the browser said nothing")?;
    let measured: Measured = serde_json::from_str(line).with_context(|| format!("not a measurement: {line}"))?;
    Ok(told(&measured))
}

fn told(Measured { own, phones }: &Measured) -> (String, Aim) {
    let mut text = format!(
        "In a browser 390 pixels wide, with the same session and {RATE} questions a second, each for {} s. The \
         page's own thread has a core for itself; the server, the people who ask and the rest of the browser share the \
         other. How fast a phone is says Lighthouse's benchmark index, as in Chromium's developer tools; this \
         machine's is {own:.0}.\n",
        EACH.as_secs()
    );
    for Phone { name, rate, measured, done } in phones {
        let _ = write!(
            text,
            "\nOn a {name} phone, {rate:.1} times slower than this machine (index {measured:.0}):\n\n\
             | moderator | times | tasks over 50 ms | longest, ms |\n|---|---:|---:|---:|\n"
        );
        for Activity { what, rounds, tasks } in done {
            let longest = tasks.iter().max().map_or_else(|| "–".to_owned(), u32::to_string);
            let _ = writeln!(text, "| {what} | {rounds} | {} | {longest} |", tasks.len());
        }
    }
    let done = phones.first().map_or(&[][..], |phone| &phone.done);
    let all: usize = done.iter().map(|activity| activity.tasks.len()).sum();
    let longest = done.iter().flat_map(|activity| &activity.tasks).max();
    let measured = longest.map_or_else(|| "none".to_owned(), |longest| format!("{all}, the longest {longest} ms"));
    (text, Aim::new("desk: no task over 50 ms on a mid-tier phone", measured, all == 0 && !done.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(what: &str, tasks: &[u32]) -> Activity {
        Activity { what: what.into(), rounds: 3, tasks: tasks.into() }
    }

    fn measured(phones: &[&[Activity]]) -> (String, String) {
        let phone = |done: &&[Activity]| Phone { name: "fast".into(), rate: 1.5, measured: 990.0, done: done.to_vec() };
        let (text, aim) = told(&Measured { own: 1500.0, phones: phones.iter().map(phone).collect() });
        (text, super::super::results::table(&[aim]))
    }

    #[test]
    fn one_long_task_is_one_too_many_on_the_first_phone() {
        let (text, aims) = measured(&[&[activity("looking", &[]), activity("scrolling", &[51, 80])]]);
        assert!(text.contains("1.5 times slower than this machine (index 990)"), "{text}");
        assert!(text.contains("| looking | 3 | 0 | – |\n| scrolling | 3 | 2 | 80 |"), "{text}");
        assert!(aims.contains("| 2, the longest 80 ms | **not met** |"), "{aims}");
        let (text, aims) = measured(&[&[activity("looking", &[])], &[activity("looking", &[90])]]);
        assert!(text.contains("| looking | 3 | 1 | 90 |"), "{text}");
        assert!(aims.contains("| none | met |"), "{aims}");
        assert!(measured(&[]).1.contains("not met"), "nothing was measured");
    }
}
