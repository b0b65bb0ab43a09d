//! What grows with viewers, and what with history: the one should be linear, the other flat.

use std::{fmt::Write as _, thread::sleep, time::Duration};

use anyhow::{Context as _, Result, ensure};
use samenspraak_load::{Line, clock, history, request};
use serde_json::Value;

use super::{
    Bench, fanout,
    numbers::{median, ms, real, size},
    ours::{Ours, SESSION},
    peers::Kind,
    plots::{self, Across},
    results::{self, Aim},
};
use crate::{api::As, places};

/// Crowds.
const CROWDS: [usize; 4] = [1_000, 5_000, 10_000, 15_000];
/// Histories, in records of one event.
const HISTORIES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Who watches the sessions with a history.
const VIEWERS: usize = 1_000;
/// How often the view is read.
const READS: usize = 30;

/// One crowd's figures.
struct Many {
    viewers: usize,
    run: fanout::Run,
    mib: f64,
}

/// One history's.
pub struct Long {
    /// Records.
    pub records: u64,
    /// Seconds until the first and the second start could be used.
    pub starts: [f64; 2],
    /// Resident MiB after the second.
    pub mib: f64,
    /// Milliseconds to read the view, the middle one.
    pub read_ms: f64,
    /// The same right after a vote.
    pub fresh_ms: f64,
    /// Microseconds for each delivery.
    pub single_us: f64,
}

/// Measures both.
pub fn run(bench: &Bench) -> Result<()> {
    let mut many = Vec::new();
    for viewers in CROWDS {
        let _turn = bench.turns.take()?;
        let mut runs = Vec::new();
        let mut mib = 0.0;
        for _ in 0..bench.repeat.min(3) {
            let mut peer = Kind::Ours.start(0)?;
            runs.push(fanout::measure_at(&mut *peer, viewers, false)?);
            mib = peer.process().usage()?.resident_kib / 1024.0;
        }
        runs.sort_by(|a, b| a.single_us.total_cmp(&b.single_us));
        let run = runs[runs.len() / 2];
        println!("  {viewers} viewers: {:.2} µs, last {:.1} ms", run.single_us, run.last_ms);
        many.push(Many { viewers, run, mib });
    }
    let mut long = Vec::new();
    for records in HISTORIES {
        let _turn = bench.turns.take()?;
        let figures = history(records)?;
        println!("  {records} events: start {:.2} s, {:.0} MiB", figures.starts[1], figures.mib);
        long.push(figures);
    }
    report(bench, &many, &long)
}

/// Measures a session with so many records.
pub fn history(records: u64) -> Result<Long> {
    let mut ours = Ours::start()?;
    ours.process.stop()?;
    history::extend(&ours.database(), SESSION, records).context("the history cannot be written")?;
    // The first start may write down what makes the second short.
    ours.start_again()?;
    let first = ours.process.start.as_secs_f64();
    ensure!(ours.api.is_ready(), "the server is not ready");
    sleep(Duration::from_secs(1));
    ours.process.stop()?;
    ours.start_again()?;
    let second = ours.process.start.as_secs_f64();
    let view = ours.view()?;
    ensure!(view.questions.len() >= history::QUESTIONS.min(usize::try_from(records)? / 2 - 1), "questions are missing");
    sleep(Duration::from_millis(500));
    let mib = ours.process.usage()?.resident_kib / 1024.0;
    let question = *view.questions.keys().next().context("no question")?;
    let mut line = Line::open(ours.address)?;
    let mut read = || -> Result<f64> {
        let start = clock::moment();
        let (status, _) = line.ask(&request("GET", &format!("/api/v1/sessions/{SESSION}"), None, None))?;
        ensure!(status == 200, "the view cannot be read ({status})");
        Ok(ms(start.elapsed()))
    };
    let known = (0..READS).map(|_| read()).collect::<Result<Vec<_>>>()?;
    let mut fresh = Vec::new();
    for time in 0..READS {
        let method = if time % 2 == 0 { "PUT" } else { "DELETE" };
        let path = format!("/sessions/{SESSION}/questions/{question}/support");
        let _: Value = ours.api.send(method, As::Bearer(&ours.token), &path, None, &Value::Null)?;
        fresh.push(read()?);
    }
    let run = fanout::measure_at(&mut ours, VIEWERS, false)?;
    Ok(Long {
        records,
        starts: [first, second],
        mib,
        read_ms: median(known),
        fresh_ms: median(fresh),
        single_us: run.single_us,
    })
}

fn report(bench: &Bench, many: &[Many], long: &[Long]) -> Result<()> {
    let mut text = String::from(
        "Viewers, in a session without a past:\n\n\
         | viewers | µs of CPU per delivery | last viewer, ms | resident MiB | KiB per idle viewer |\n|---:|---:|---:|---:|---:|\n",
    );
    for Many { viewers, run, mib } in many {
        let _ = writeln!(text, "| {viewers} | {:.2} | {:.1} | {mib:.0} | {:.2} |", run.single_us, run.last_ms, run.kib);
    }
    let _ = write!(
        text,
        "\n![CPU, latency and memory over viewers](scale-viewers.svg)\n\n\
         History, with {} questions that live and {VIEWERS} viewers. The first start may write a snapshot; the second \
         has it. *Fresh* is the view right after a vote.\n\n\
         | events | first start, s | second start, s | resident MiB | GET of the view, ms | fresh, ms | µs of CPU per delivery |\n\
         |---:|---:|---:|---:|---:|---:|---:|\n",
        history::QUESTIONS
    );
    for figures in long {
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.2} | {:.0} | {:.2} | {:.2} | {:.2} |",
            figures.records,
            figures.starts[0],
            figures.starts[1],
            figures.mib,
            figures.read_ms,
            figures.fresh_ms,
            figures.single_us
        );
    }
    text += "\n![Start, memory and reading over history](scale-history.svg)\n";
    draw(many, long)?;
    let (few, most) = (&many[0], &many[many.len() - 1]);
    let (short, longest) = (&long[1], &long[long.len() - 1]);
    let aims = [
        Aim::at_most(
            "cost linear in viewers: a delivery to 15,000 at most 1.25 × one to 1,000",
            most.run.single_us / few.run.single_us,
            1.25,
            " ×",
        ),
        Aim::at_most("memory linear in viewers: at most 2.5 KiB for each of 15,000", most.run.kib, 2.5, " KiB"),
        Aim::at_most("a million events: start in under two seconds", longest.starts[1], 2.0, " s"),
        Aim::at_most("a million events: memory at most 1.5 × that of ten thousand", longest.mib / short.mib, 1.5, " ×"),
        Aim::at_most(
            "a million events: GET of the view at most 1.5 × that after ten thousand",
            longest.fresh_ms / short.fresh_ms,
            1.5,
            " ×",
        ),
        Aim::at_most(
            "a million events: a delivery at most 1.25 × that after ten thousand",
            longest.single_us / short.single_us,
            1.25,
            " ×",
        ),
    ];
    results::write("scale", &bench.command("scale"), &text, &aims)
}

fn draw(many: &[Many], long: &[Long]) -> Result<()> {
    let over = |name: &str, of: &dyn Fn(&Many) -> f64| plots::Line {
        name: name.into(),
        points: many.iter().map(|figures| (size(figures.viewers), of(figures))).collect(),
    };
    let lines = [
        over("µs of CPU per delivery × 10", &|figures| figures.run.single_us * 10.0),
        over("last viewer, ms", &|figures| figures.run.last_ms),
        over("resident MiB", &|figures| figures.mib),
    ];
    let file = places::inside("tests/load/scale-viewers.svg");
    plots::draw(&file, "Over viewers", ("viewers", Across::Even), "", &lines)?;
    let over = |name: &str, of: &dyn Fn(&Long) -> f64| plots::Line {
        name: name.into(),
        points: long.iter().map(|figures| (real(figures.records), of(figures))).collect(),
    };
    let lines = [
        over("second start, s × 10", &|figures| figures.starts[1] * 10.0),
        over("resident MiB", &|figures| figures.mib),
        over("GET of the view, ms × 10", &|figures| figures.fresh_ms * 10.0),
        over("µs of CPU per delivery × 10", &|figures| figures.single_us * 10.0),
    ];
    plots::draw(&places::inside("tests/load/scale-history.svg"), "Over history", ("events", Across::Powers), "", &lines)
}
