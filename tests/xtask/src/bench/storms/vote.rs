//! Thousands vote in the same two seconds, each over a connection of their own.

use std::time::Duration;

use anyhow::{Result, ensure};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use samenspraak_load::{Request, most_within, perform};

use super::super::{
    Bench,
    numbers::{ms, quantile},
    ours::{Ours, support},
    results::Aim,
};

/// Who votes, over how long, and on how many questions.
const VOTERS: usize = 10_000;
const TIME: Duration = Duration::from_secs(2);
const QUESTIONS: usize = 20;
/// Who watches.
const WATCHERS: usize = 200;

pub fn storm(_: &Bench) -> Result<(String, Vec<Aim>)> {
    let mut ours = Ours::start()?;
    let mut questions = Vec::new();
    for number in 0..QUESTIONS {
        questions.extend(ours.ask(&[format!("Vraag {number}: wat vindt u daarvan?")])?);
    }
    let voters = ours.participants(VOTERS)?;
    let crowd = ours.crowd(WATCHERS, Duration::ZERO)?;
    let (_, all) = crowd.wait(Duration::from_secs(20), |count| count.snapshots >= WATCHERS as u64);
    ensure!(all, "not all who watch are in");
    let sum =
        |ours: &Ours| -> Result<u64> { Ok(ours.view()?.questions.values().map(|card| u64::from(card.support)).sum()) };
    let before = sum(&ours)?;
    crowd.start_anew();
    let cpu = ours.process.usage()?;
    let mut chance = StdRng::seed_from_u64(2);
    let requests: Vec<Request> = voters
        .iter()
        .enumerate()
        .map(|(connection, token)| Request {
            connection,
            due: TIME.mul_f64(chance.random()),
            bytes: support(token, questions[connection % QUESTIONS]),
        })
        .collect();
    let answers = perform(ours.address, &requests, Duration::from_secs(20))?;
    let took: Vec<f64> =
        answers.iter().flatten().filter(|answer| answer.status == 200).map(|answer| ms(answer.took())).collect();
    let cpu = (ours.process.usage()?.cpu_us - cpu.cpu_us) / 1e3;
    let counted = sum(&ours)? - before;
    let seq = ours.view()?.seq;
    crowd.wait(Duration::from_secs(5), |_| crowd.not_at(seq) == 0);
    let behind = crowd.not_at(seq);
    let frames = most_within(&crowd.wall(), Duration::from_secs(1));
    // What was confirmed was on disk: not even this takes it away.
    ours.process.kill()?;
    ours.start_again()?;
    let kept = sum(&ours)? - before;
    let (confirmed, p50, p99) = (took.len(), quantile(took.clone(), 0.5), quantile(took, 0.99));
    let text = format!(
        "**Voting.** {VOTERS} participants support one of {QUESTIONS} questions at a random moment of {} s, each over an \
         own connection that was open before. {confirmed} were confirmed, {counted} counted, {kept} still counted after a \
         kill right after. Confirmed after {p50:.0} ms (median), {p99:.0} ms (99 %), counted from the moment they meant \
         to vote; {cpu:.0} ms of the server's processor. The wall had at most {frames} frames in any second; {behind} of \
         {WATCHERS} screens were behind in the end.\n",
        TIME.as_secs()
    );
    println!("  {confirmed} votes, 99 % within {p99:.0} ms, {frames} frames a second");
    let aims = vec![
        Aim::new(
            format!("{VOTERS} votes in two seconds: each counted, and kept over a kill"),
            format!("{confirmed} confirmed, {counted} counted, {kept} kept"),
            [confirmed as u64, counted, kept] == [VOTERS as u64; 3],
        ),
        Aim::at_most("votes: 99 % confirmed within a second", p99, 1_000.0, " ms"),
        Aim::new("votes: at most ten wall frames in any second", format!("{frames}"), frames <= 10 && behind == 0),
    ];
    Ok((text, aims))
}
