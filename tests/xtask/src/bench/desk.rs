//! A desk with a very long session on it: what fifty questions a second and three moderators cost the
//! server, how long each of them waits, and what it is to the phone of a fourth.

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use samenspraak_load::{Request, clock, perform, request};

use super::{
    Bench,
    numbers::{ms, quantile, size},
    ours::{Ours, SESSION, ask},
    phone,
    results::{self, Aim},
};
use crate::places;

/// How many questions the session has already.
const THERE: usize = 20_000;
/// How many come in a second, and for how long.
const RATE: usize = 50;
const TIME: Duration = Duration::from_secs(30);
/// How many moderators have their desk open, and how many steps they take together in a second.
const DESKS: usize = 3;
const STEPS: usize = 6;
/// How many the session is given at once while it is filled.
const LOAD: usize = 2_000;
/// A server that does less than this share of a core has nothing left to reckon.
const QUIET: f64 = 0.05;
/// Districts, so that no two questions are the same.
const PLACES: [&str; 12] = [
    "Delfshaven",
    "Kralingen",
    "Charlois",
    "Feijenoord",
    "Overschie",
    "Hillegersberg",
    "IJsselmonde",
    "Prins Alexander",
    "Noord",
    "Centrum",
    "Hoogvliet",
    "Rozenburg",
];

/// Fills a session, lets it come to rest, and then lets people ask while moderators work.
pub fn run(bench: &Bench) -> Result<()> {
    let _turn = bench.turns.take()?;
    let ours = Ours::on("0", "before")?;
    let texts = texts()?;
    let key = ours.made.keys.moderator.clone();
    let desks = ours.desks(DESKS)?;
    let filling = clock::moment();
    let mut waiting = Vec::new();
    for batch in texts[..THERE].chunks(LOAD) {
        waiting.extend(asked(&ours, batch, Duration::ZERO)?);
    }
    let rest = at_rest(&ours, filling)?;
    println!("  {THERE} questions are there and compared after {:.0} s", rest.as_secs_f64());
    let resident = ours.process.usage()?.resident_kib / 1024.0;

    let more = RATE * usize::try_from(TIME.as_secs()).unwrap_or(0);
    let people = ours.participants(more)?;
    let (during, phone) = texts[THERE..].split_at(more);
    let asking = people.iter().zip(during).enumerate().map(|(number, (token, text))| Request {
        connection: number % 64,
        due: due(number, more),
        bytes: ask(token, text),
    });
    let steps = STEPS * usize::try_from(TIME.as_secs()).unwrap_or(0);
    let approving = waiting.iter().take(steps).enumerate().map(|(number, id)| Request {
        connection: 64 + number % DESKS,
        due: due(number, steps),
        bytes: request("POST", &format!("/api/v1/sessions/{SESSION}/questions/{id}/approve"), Some(&key), Some("{}")),
    });
    let mut requests: Vec<Request> = asking.chain(approving).collect();
    requests.sort_by_key(|request| request.due);
    let (before, start) = (ours.process.busy_ns()?, clock::moment());
    let answers = perform(ours.address, &requests, Duration::from_secs(30))?;
    let took = start.elapsed();
    #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a minute")]
    let cores = (ours.process.busy_ns()? - before) as f64 / 1e9 / took.as_secs_f64();
    let done = answers.iter().flatten().filter(|answer| answer.status < 300).count();
    let waits: Vec<f64> = answers.iter().flatten().map(|answer| ms(answer.took())).collect();
    let (half, most) = (quantile(waits.clone(), 0.5), quantile(waits, 0.99));
    let groups = clock::moment();
    let proposals: serde_json::Value =
        ours.api.get(crate::api::As::Bearer(&key), &format!("/sessions/{SESSION}/proposals"))?;
    let groups = ms(groups.elapsed());
    println!("  {cores:.2} of a core, {half:.0} ms and 99 % within {most:.0} ms");
    drop(desks);
    let (on_phone, none_long) = phone::measure(&ours, phone)?;
    let text = format!(
        "A session of {THERE} questions, nobody of whom was told the same twice, with {DESKS} desks on the socket; then \
         {RATE} questions and {STEPS} approvals a second for {} s. Of {} requests {done} were done, half of them within \
         {half:.1} ms and 99 % within {most:.1} ms; the server used {cores:.2} of its core, comparing each with all the \
         others included. It held {resident:.0} MiB. Filling the session and comparing all took {:.0} s; the groups \
         ({} of them) were read in {groups:.0} ms.\n\n{on_phone}",
        TIME.as_secs(),
        requests.len(),
        rest.as_secs_f64(),
        proposals["of"],
    );
    let aims = vec![
        Aim::at_most("desk: 20,000 questions, 50 a second: cores of the server", cores, 0.5, ""),
        Aim::new("desk: every question and step done", format!("{done} of {}", requests.len()), done == requests.len()),
        none_long,
    ];
    results::write("desk", &bench.command("desk"), &text, &aims)
}

fn due(number: usize, of: usize) -> Duration {
    TIME.mul_f64(size(number) / size(of))
}

/// Different people ask these; their ids.
fn asked(ours: &Ours, texts: &[String], due: Duration) -> Result<Vec<String>> {
    let people = ours.participants(texts.len())?;
    let requests: Vec<Request> = people
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(number, (token, text))| Request { connection: number % 64, due, bytes: ask(token, text) })
        .collect();
    let answers = perform(ours.address, &requests, Duration::from_mins(2))?;
    answers
        .into_iter()
        .map(|answer| {
            let answer = answer.filter(|answer| answer.status == 201).context("a question was not taken")?;
            let body: serde_json::Value = serde_json::from_slice(&answer.body)?;
            Ok(body["id"].as_str().context("no id")?.to_owned())
        })
        .collect()
}

/// Waits until the server has nothing left to reckon; how long that was since the start.
fn at_rest(ours: &Ours, since: Instant) -> Result<Duration> {
    loop {
        let before = ours.process.busy_ns()?;
        sleep(Duration::from_secs(2));
        #[expect(clippy::cast_precision_loss, reason = "nanoseconds of two seconds")]
        let share = (ours.process.busy_ns()? - before) as f64 / 2e9;
        if share < QUIET {
            return Ok(since.elapsed());
        }
        ensure!(since.elapsed() < Duration::from_mins(10), "it never comes to rest");
    }
}

/// Questions as people ask them, each once: the labelled ones, with a place and a number.
fn texts() -> Result<Vec<String>> {
    let path = places::root().join("server/similarity/evaluation/questions.tsv");
    let table = fs::read_to_string(&path).with_context(|| format!("{} is not there", path.display()))?;
    let questions: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split('\t').nth(4)).collect();
    ensure!(!questions.is_empty(), "no questions in {}", path.display());
    let needed = THERE + RATE * usize::try_from(TIME.as_secs()).unwrap_or(0) + phone::TEXTS;
    let nth = |number: usize| {
        let (question, round) = (questions[number % questions.len()], number / questions.len());
        format!("{question} ({} {})", PLACES[round % PLACES.len()], round / PLACES.len() + 1)
    };
    Ok((0..needed).map(nth).collect())
}
