//! One viewer that stopped reading, among ten thousand: does anybody else notice?

use std::{thread::sleep, time::Duration};

use anyhow::{Result, ensure};
use samenspraak_load::clock;

use super::{
    Bench,
    numbers::{median, quantile, real},
    ours::Ours,
    results::{self, Aim},
};

/// At most so many watch.
const VIEWERS: usize = 10_000;
/// Texts in each of the turns with and without.
const TEXTS: usize = 80;
/// Turns of each.
const TURNS: usize = 3;
/// A long text in few characters: a family in one, so that a stopped viewer's buffers are soon full.
const FAMILY: &str = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
const FAMILIES: usize = 470;
/// Two turns differ by so much of themselves anyway.
const NOISE: f64 = 1.15;

/// Shows long texts in turns with and without a stopped viewer.
pub fn run(bench: &Bench) -> Result<()> {
    let viewers = bench.viewers.min(VIEWERS);
    let mut ours = Ours::start()?;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    let (mut closed, mut stalled) = (0, 0);
    let crowd = ours.crowd(viewers, Duration::ZERO)?;
    let (_, all) = crowd.wait(Duration::from_mins(1), |count| count.open == viewers);
    ensure!(all, "not all viewers are in");
    let mut bytes = 0.0;
    for turn in 0..TURNS {
        let _turn = bench.turns.take()?;
        without.push(times(&mut ours, &crowd, viewers)?);
        let (_, all) = crowd.wait(Duration::from_secs(20), |count| count.open == viewers);
        ensure!(all, "a viewer is gone");
        crowd.start_anew();
        stalled += crowd.stall(1, true);
        with.push(times(&mut ours, &crowd, viewers - 1)?);
        bytes = real(crowd.count().bytes) / real(crowd.count().frames.max(1));
        // It reads on: what the server had closed by then, ends, and comes back for what it missed.
        crowd.resume();
        let (count, ended) = crowd.wait(Duration::from_secs(25), |count| count.lost > 0);
        closed += u64::from(ended);
        println!("  turn {}: {} of the others lost", turn + 1, count.lost.saturating_sub(1));
    }
    let (_, back) = crowd.wait(Duration::from_secs(20), |count| count.open == viewers);
    let seq = ours.view()?.seq;
    crowd.wait(Duration::from_secs(10), |_| crowd.not_at(seq) == 0);
    let behind = crowd.not_at(seq);
    let of = |turns: &[Vec<f64>], share| median(turns.iter().map(|times| quantile(times.clone(), share)).collect());
    let (before, after) = ([0.5, 0.9].map(|share| of(&without, share)), [0.5, 0.9].map(|share| of(&with, share)));
    let text = format!(
        "{viewers} viewers, {TEXTS} frames of {bytes:.0} bytes in each of {TURNS} turns without and {TURNS} with one \
         viewer that reads nothing and for which the kernel keeps as little as it can. The time is that of the last of \
         the others. The server closed {closed} of the {stalled} that stopped; they came back by themselves.\n\n\
         | | last of the others, median | 90 % |\n|---|---:|---:|\n\
         | all read | {:.1} ms | {:.1} ms |\n| one stopped | {:.1} ms | {:.1} ms |\n",
        before[0], before[1], after[0], after[1]
    );
    let aims = [
        Aim::at_most(
            format!("one stopped viewer among {viewers} changes nobody's latency (within {NOISE} ×)"),
            after[0] / before[0],
            NOISE,
            " ×",
        ),
        Aim::new(
            "a stopped viewer is closed, comes back, and misses nothing",
            format!("{closed} of {stalled} closed, {} back, {behind} behind", if back { "all" } else { "not all" }),
            closed == stalled as u64 && back && behind == 0,
        ),
    ];
    results::write("slow", &bench.command("slow"), &text, &aims)
}

/// Milliseconds until the last of so many showed each text.
fn times(ours: &mut Ours, crowd: &samenspraak_load::Crowd, viewers: usize) -> Result<Vec<f64>> {
    crowd.take_shown();
    let before = crowd.count().stamped;
    for time in 1..=TEXTS {
        ours.ask(&[format!("{} {}", FAMILY.repeat(FAMILIES), clock::stamp())])?;
        let wanted = before + (viewers * time) as u64;
        let (count, all) = crowd.wait(Duration::from_secs(30), |count| count.stamped >= wanted);
        ensure!(all, "{} of {wanted} texts were shown", count.stamped);
        sleep(Duration::from_millis(10));
    }
    // Whoever comes back late is shown old texts alone.
    let shown = crowd.take_shown();
    Ok(shown.iter().filter(|shown| shown.screens >= viewers as u64).map(|shown| real(shown.last) / 1e6).collect())
}
