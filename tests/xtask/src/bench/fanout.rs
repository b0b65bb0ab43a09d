//! What a frame costs for each viewer it reaches, beside the least possible and two well-made peers.

use std::{fmt::Write as _, thread::sleep, time::Duration};

use anyhow::{Result, ensure};
use samenspraak_load::{Crowd, Plan};

use super::{
    Bench,
    numbers::{median, real, size},
    peers::{Kind, Peer},
    results::{self, Aim},
};

/// Texts shown one by one, and bursts of them, to each crowd.
const SINGLES: usize = 20;
const BURSTS: usize = 5;
/// How many texts a burst has.
const BURST: usize = 8;
/// Between two texts, so that each stands alone.
const PAUSE: Duration = Duration::from_millis(30);
/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// One crowd's figures.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Microseconds of processor time for each delivery of a text that came alone.
    pub single_us: f64,
    /// The same, for texts that came eight at a time.
    pub burst_us: f64,
    /// Milliseconds until the last viewer showed a text, the middle one of all texts.
    pub last_ms: f64,
    /// Resident KiB for each idle viewer, over the empty server.
    pub kib: f64,
    /// Bytes of a frame.
    pub bytes: f64,
}

/// Measures all peers in turn, several times over.
pub fn run(bench: &Bench) -> Result<()> {
    let (mut kinds, mut skipped) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        match kind.prepare() {
            Ok(()) => kinds.push((kind, Vec::new())),
            Err(why) => skipped.push(format!("{} was left out: {why:#}.", kind.name())),
        }
    }
    // What the others show has the size of what the real server shows.
    let sample = measure(Kind::Ours, 0, 10, false)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred bytes")]
    let bytes = sample.bytes as usize - 4;
    for repetition in 1..=bench.repeat {
        for (kind, runs) in &mut kinds {
            let _turn = bench.turns.take()?;
            let run = measure(*kind, bytes, bench.viewers, true)?;
            println!(
                "  {repetition}. {:24} {:6.2} µs, bursts {:5.2} µs, last {:6.1} ms, {:5.2} KiB",
                kind.name(),
                run.single_us,
                run.burst_us,
                run.last_ms,
                run.kib
            );
            runs.push(run);
        }
    }
    let middle: Vec<(Kind, Run)> = kinds.iter().map(|(kind, runs)| (*kind, middle(runs))).collect();
    report(bench, &middle, &skipped)
}

/// Shows texts to a crowd of so many.
pub fn measure(kind: Kind, bytes: usize, viewers: usize, bursts: bool) -> Result<Run> {
    measure_at(&mut *kind.start(bytes)?, viewers, bursts)
}

/// The same, at a server that runs.
pub fn measure_at(peer: &mut dyn Peer, viewers: usize, bursts: bool) -> Result<Run> {
    let empty = peer.process().usage()?;
    let plan = Plan {
        server: peer.address(),
        path: peer.path().to_owned(),
        bearer: None,
        viewers,
        within: Duration::ZERO,
        comes_back: false,
    };
    let crowd = Crowd::gather(plan)?;
    let (count, all) = crowd.wait(PATIENCE, |count| count.open == viewers);
    ensure!(all, "only {} of {viewers} viewers are in: {count:?}", count.open);
    sleep(Duration::from_millis(500));
    let idle = peer.process().usage()?;
    crowd.start_anew();
    let single_us = show(peer, &crowd, viewers, SINGLES, 1)?;
    let last_ms = median(crowd.take_shown().iter().map(|shown| real(shown.last) / 1e6).collect());
    let count = crowd.count();
    let burst_us = if bursts { show(peer, &crowd, viewers, BURSTS, BURST)? } else { 0.0 };
    ensure!(crowd.count().missed + crowd.count().unreadable == 0, "viewers missed something: {:?}", crowd.count());
    Ok(Run {
        single_us,
        burst_us,
        last_ms,
        kib: (idle.resident_kib - empty.resident_kib) / size(viewers),
        bytes: real(count.bytes) / real(count.frames.max(1)),
    })
}

/// Microseconds for each delivery.
fn show(peer: &mut dyn Peer, crowd: &Crowd, viewers: usize, times: usize, together: usize) -> Result<f64> {
    crowd.start_anew();
    let before = peer.process().usage()?;
    for time in 1..=times {
        peer.publish(together)?;
        let wanted = (viewers * together * time) as u64;
        let (count, all) = crowd.wait(PATIENCE, |count| count.stamped >= wanted);
        ensure!(all && count.stamped == wanted, "{} of {wanted} texts were shown: {count:?}", count.stamped);
        sleep(PAUSE);
    }
    let after = peer.process().usage()?;
    Ok((after.cpu_us - before.cpu_us) / size(viewers * together * times))
}

fn middle(runs: &[Run]) -> Run {
    let of = |figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    Run {
        single_us: of(|run| run.single_us),
        burst_us: of(|run| run.burst_us),
        last_ms: of(|run| run.last_ms),
        kib: of(|run| run.kib),
        bytes: of(|run| run.bytes),
    }
}

fn report(bench: &Bench, runs: &[(Kind, Run)], skipped: &[String]) -> Result<()> {
    let find = |wanted| runs.iter().find(|(kind, _)| *kind == wanted).map(|(_, run)| *run);
    let (Some(floor), Some(ours)) = (find(Kind::Floor), find(Kind::Ours)) else { return Ok(()) };
    let bun = find(Kind::Bun);
    let mut text = format!(
        "{} viewers, {SINGLES} texts one by one and {BURSTS} bursts of {BURST}, {} times in turn; the middle of each \
         figure. Server on core 0, generator on core 1. A frame of ours has {:.0} bytes, and those of the others as \
         many. A delivery is one text on one screen, however many came in one frame.\n\n\
         | server | µs of CPU per delivery | ÷ floor | ÷ Bun | in bursts, µs | ÷ Bun | last viewer, ms | ÷ floor | KiB per idle viewer |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
        bench.viewers, bench.repeat, ours.bytes
    );
    let by = |value: f64, other: Option<f64>| other.map_or("–".into(), |other| format!("{:.2}", value / other));
    for (kind, run) in runs {
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.2} | {} | {:.2} | {} | {:.1} | {:.2} | {:.2} |",
            kind.name(),
            run.single_us,
            run.single_us / floor.single_us,
            by(run.single_us, bun.map(|bun| bun.single_us)),
            run.burst_us,
            by(run.burst_us, bun.map(|bun| bun.burst_us)),
            run.last_ms,
            run.last_ms / floor.last_ms,
            run.kib
        );
    }
    for why in skipped {
        let _ = write!(text, "\n{why}\n");
    }
    let mut aims =
        vec![Aim::at_most("single frames at most 1.10 × floor", ours.single_us / floor.single_us, 1.10, " ×")];
    match bun {
        Some(bun) => aims.extend([
            Aim::new(
                "single frames under Bun's",
                format!("{:.2} µs, Bun {:.2} µs", ours.single_us, bun.single_us),
                ours.single_us < bun.single_us,
            ),
            Aim::new(
                "bursts of eight at most Bun's",
                format!("{:.2} µs, Bun {:.2} µs", ours.burst_us, bun.burst_us),
                ours.burst_us <= bun.burst_us,
            ),
        ]),
        None => aims.push(Aim::unknown("single frames and bursts at most Bun's", "Bun is not there")),
    }
    aims.extend([
        Aim::at_most("at most 2.5 KiB resident per idle viewer", ours.kib, 2.5, " KiB"),
        Aim::at_most("the last viewer within 1.2 × floor's time", ours.last_ms / floor.last_ms, 1.2, " ×"),
    ]);
    results::write("fanout", &bench.command("fanout"), &text, &aims)
}
