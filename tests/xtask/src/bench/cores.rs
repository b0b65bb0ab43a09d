//! Both cores to the server: does it show texts twice as fast? With two cores there is none left for a
//! generator, so the viewers do not read while it is measured; the kernel keeps for them what they get.
//! Afterwards they read, and nothing may be missing.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use samenspraak_load::clock;

use super::{
    Bench,
    numbers::{median, real, size},
    ours::Ours,
    peers::Peer as _,
    results::{self, Aim},
};

/// Texts shown; all of them fit into what the kernel keeps for a socket.
const TEXTS: usize = 20;
/// A server that did nothing for so long has shown everything.
const QUIET: Duration = Duration::from_millis(60);
const LOOK: Duration = Duration::from_millis(1);
/// "Close to twice."
const CLOSE: f64 = 1.8;

/// Measures one core and two in turn.
pub fn run(bench: &Bench) -> Result<()> {
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..bench.repeat {
        for (cores, rates) in [("0", &mut one), ("0,1", &mut two)] {
            let _turn = bench.turns.take()?;
            let rate = rate(cores, bench.viewers)?;
            println!("  cores {cores}: {rate:.0} deliveries a second");
            rates.push(rate);
        }
    }
    let (one, two) = (median(one), median(two));
    let text = format!(
        "{} viewers that do not read while {TEXTS} texts are shown to them (they read afterwards, and had \
         everything): with two cores given to the server, there is none left for a generator. A rate is deliveries in \
         the time from a question's sending until the server did nothing any more; {} times in turn, the middle.\n\n\
         | server on | deliveries a second | |\n|---|---:|---:|\n\
         | core 0 | {one:.0} | 1.00 |\n| cores 0 and 1 | {two:.0} | {:.2} |\n",
        bench.viewers,
        bench.repeat,
        two / one
    );
    let aims =
        [Aim::at_least(format!("both cores: close to twice the rate (at least {CLOSE} ×)"), two / one, CLOSE, " ×")];
    results::write("cores", &bench.command("cores"), &text, &aims)
}

fn rate(cores: &str, viewers: usize) -> Result<f64> {
    let mut ours = Ours::on(cores, "after")?;
    let crowd = ours.crowd(viewers, Duration::ZERO)?;
    let (_, all) =
        crowd.wait(Duration::from_mins(1), |count| count.open == viewers && count.snapshots == viewers as u64);
    ensure!(all, "not all viewers are in");
    crowd.start_anew();
    ensure!(crowd.stall(viewers, false) == viewers, "a viewer reads on");
    sleep(QUIET);
    let mut busy = Duration::ZERO;
    for _ in 0..TEXTS {
        let start = clock::moment();
        ours.publish(1)?;
        busy += until_quiet(&ours)?.duration_since(start);
    }
    crowd.resume();
    let wanted = (viewers * TEXTS) as u64;
    let (count, all) = crowd.wait(Duration::from_mins(1), |count| count.stamped >= wanted);
    ensure!(all && count.missed == 0, "{} of {wanted} texts arrived", count.stamped);
    Ok(size(viewers * TEXTS) / busy.as_secs_f64())
}

/// When the server did something last.
fn until_quiet(ours: &Ours) -> Result<Instant> {
    let mut last = clock::moment();
    let mut before = ours.process.busy_ns()?;
    loop {
        sleep(LOOK);
        let busy = ours.process.busy_ns()?;
        // Its clocks and timers tick on; a fan-out takes far more.
        if real(busy - before) > real(u64::try_from(LOOK.as_nanos())?) / 10.0 {
            last = clock::moment();
        } else if last.elapsed() > QUIET {
            return Ok(last);
        }
        before = busy;
    }
}
