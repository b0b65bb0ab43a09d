//! The wall's link in the paper, and the power cord: everybody comes within ten seconds, the server dies
//! under them, and they come back as browsers do.

use std::{thread::sleep, time::Duration};

use anyhow::{Result, ensure};
use samenspraak_load::clock;

use super::super::{Bench, ours::Ours, results::Aim};

/// Over how long they come.
const COMING: Duration = Duration::from_secs(10);
/// Within how long all must be in, and back.
const IN: f64 = 15.0;
const BACK: f64 = 20.0;
/// How long the machine is without its server, besides the time it needs to start.
const DARK: Duration = Duration::from_secs(1);

pub fn storm(bench: &Bench) -> Result<(String, Vec<Aim>)> {
    let viewers = bench.viewers;
    let mut ours = Ours::start()?;
    for number in 0..30 {
        ours.ask(&[format!("Vraag {number} van voor de storm?")])?;
    }
    let start = clock::moment();
    let crowd = ours.crowd(viewers, COMING)?;
    let (count, all) =
        crowd.wait(Duration::from_mins(1), |count| count.open == viewers && count.snapshots >= viewers as u64);
    let came = start.elapsed().as_secs_f64();
    ensure!(all, "only {} of {viewers} came: {count:?}", count.open);
    println!("  {viewers} came in {came:.1} s");
    ours.ask(&["Zijn we er allemaal?".into()])?;
    sleep(Duration::from_secs(5));
    let before = ours.process.usage()?;
    crowd.start_anew();

    let start = clock::moment();
    ours.process.kill()?;
    sleep(DARK);
    ours.start_again()?;
    let started = start.elapsed().as_secs_f64();
    // They come back while things happen.
    let mut asked = 0;
    let back = loop {
        asked += 1;
        ours.ask(&[format!("Vraag {asked} van na de klap?")])?;
        let (count, all) = crowd.wait(Duration::from_millis(500), |count| count.open == viewers && count.opened > 0);
        if all || start.elapsed() > Duration::from_mins(1) {
            ensure!(all, "only {} of {viewers} came back: {count:?}", count.open);
            break start.elapsed().as_secs_f64();
        }
    };
    println!("  all were back {back:.1} s after the kill");
    let seq = ours.view()?.seq;
    crowd.wait(Duration::from_secs(20), |_| crowd.not_at(seq) == 0);
    let (behind, count) = (crowd.not_at(seq), crowd.count());
    sleep(Duration::from_secs(5));
    let after = ours.process.usage()?;
    let growth = after.resident_kib / before.resident_kib;
    let mib = |kib: f64| kib / 1024.0;
    let text = format!(
        "**Coming and coming back.** {viewers} viewers came within {came:.1} s (evenly over {} s). The server was killed \
         (SIGKILL) and started again after {:.0} s; it took requests {started:.1} s after the kill. All viewers were back \
         {back:.1} s after the kill, by the browser's back-off ({} attempts failed), while {asked} questions were asked; \
         {behind} were behind in the end, {} were told of something after what they had missed, {} patches told nothing \
         new. Resident: {:.1} MiB before, {:.1} MiB after.\n",
        COMING.as_secs(),
        DARK.as_secs_f64(),
        count.refused,
        count.missed,
        count.repeated,
        mib(before.resident_kib),
        mib(after.resident_kib),
    );
    let aims = vec![
        Aim::at_most(format!("{viewers} viewers connect within 15 s"), came, IN, " s"),
        Aim::at_most("all are back within 20 s of a kill", back, BACK, " s"),
        Aim::new(
            "nobody missed anything over the restart",
            format!("{behind} behind, {} gaps", count.missed),
            behind == 0 && count.missed == 0 && count.unreadable == 0,
        ),
        Aim::at_most("memory returns to where it was (at most 1.2 ×)", growth, 1.2, " ×"),
    ];
    Ok((text, aims))
}
