//! A thousand questions in ten seconds, while moderators work at the desk.

use std::{
    collections::HashMap,
    thread::{self, sleep},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use rusqlite::Connection;
use samenspraak_load::{Request, clock, perform};
use serde_json::Value;

use super::super::{
    Bench,
    numbers::{ms, quantile},
    ours::{Ours, SESSION, ask},
    results::Aim,
};
use crate::api::As;

/// How many ask, and over how long.
const QUESTIONS: usize = 1_000;
const TIME: Duration = Duration::from_secs(10);
/// How many moderators have their desk open.
const DESKS: usize = 3;
/// Between two steps of a moderator.
const STEP: Duration = Duration::from_millis(150);
/// "Usable": an answer within this, in milliseconds.
const USABLE: f64 = 500.0;

pub fn storm(_: &Bench) -> Result<(String, Vec<Aim>)> {
    let ours = Ours::on("0", "before")?;
    let askers = ours.participants(QUESTIONS)?;
    let key = ours.made.keys.moderator.clone();
    let desks = ours.desks(DESKS)?;
    let questions: Vec<Request> = askers
        .iter()
        .enumerate()
        .map(|(number, token)| Request {
            connection: number,
            due: TIME * u32::try_from(number).unwrap_or(0) / u32::try_from(QUESTIONS).unwrap_or(1),
            bytes: ask(token, &format!("Storm {number} waait over de stad, en wie ruimt op?")),
        })
        .collect();
    let moderator = thread::spawn({
        let api = ours.api.clone();
        move || -> Result<[Vec<f64>; 2]> {
            let (mut reads, mut steps) = (Vec::new(), Vec::new());
            let start = clock::moment();
            while start.elapsed() < TIME {
                let (took, view) =
                    timed(|| Ok(api.get::<Value>(As::Bearer(&key), &format!("/sessions/{SESSION}/moderation"))?))?;
                reads.push(took);
                let cards = view["questions"].as_array().context("no questions")?;
                if let Some(id) =
                    cards.iter().find(|card| card["status"] == "waiting").and_then(|card| card["id"].as_str())
                {
                    let path = format!("/sessions/{SESSION}/questions/{id}/approve");
                    let (took, _) = timed(|| {
                        Ok(api.send::<Value>("POST", As::Bearer(&key), &path, None, &serde_json::json!({}))?)
                    })?;
                    steps.push(took);
                }
                sleep(STEP);
            }
            Ok([reads, steps])
        }
    });
    let answers = perform(ours.address, &questions, Duration::from_secs(20))?;
    let [reads, steps] = moderator.join().map_err(|_| anyhow::anyhow!("the moderator broke down"))??;
    let mut known: HashMap<String, (Instant, Instant)> = HashMap::new();
    for answer in answers.iter().flatten().filter(|answer| answer.status == 201) {
        let body: Value = serde_json::from_slice(&answer.body)?;
        known.insert(body["id"].as_str().context("no id")?.to_owned(), (answer.due, answer.at));
    }
    let stored = order(&ours)?;
    let kept = stored.iter().filter(|id| known.contains_key(*id)).count();
    let turned = turned(&stored, &known);
    let seq = ours.moderation()?.seq;
    desks.wait(Duration::from_secs(5), |_| desks.not_at(seq) == 0);
    let behind = desks.not_at(seq);
    let took: Vec<f64> = answers.iter().flatten().map(|answer| ms(answer.took())).collect();
    let p99 = |times: &Vec<f64>| quantile(times.clone(), 0.99);
    let text = format!(
        "**Asking.** {QUESTIONS} participants ask one question each within {} s. {} were confirmed (99 % within {:.0} ms), \
         {kept} of them are in the journal; {turned} stand there before one that was confirmed before they were sent. \
         Meanwhile a moderator read the desk's view {} times (median {:.0} ms, 99 % {:.0} ms) and approved {} questions \
         (median {:.0} ms, 99 % {:.0} ms); {DESKS} desks on the socket missed {}, {behind} were behind in the end.\n",
        TIME.as_secs(),
        known.len(),
        p99(&took),
        reads.len(),
        quantile(reads.clone(), 0.5),
        p99(&reads),
        steps.len(),
        quantile(steps.clone(), 0.5),
        p99(&steps),
        desks.count().missed,
    );
    println!("  {} questions, 99 % within {:.0} ms, desk 99 % {:.0} ms", known.len(), p99(&took), p99(&steps));
    let aims = vec![
        Aim::new(
            format!("{QUESTIONS} questions in ten seconds: all stored, in order"),
            format!("{} confirmed, {kept} stored, {turned} out of order", known.len()),
            known.len() == QUESTIONS && kept == QUESTIONS && turned == 0,
        ),
        Aim::new(
            format!(
                "questions: the desk usable meanwhile (99 % of reads and steps within {USABLE} ms, sockets complete)"
            ),
            format!("reads {:.0} ms, steps {:.0} ms, {behind} desks behind", p99(&reads), p99(&steps)),
            p99(&reads) <= USABLE && p99(&steps) <= USABLE && behind == 0 && desks.count().missed == 0,
        ),
    ];
    Ok((text, aims))
}

fn timed<T>(act: impl FnOnce() -> Result<T>) -> Result<(f64, T)> {
    let start = clock::moment();
    let done = act()?;
    Ok((ms(start.elapsed()), done))
}

/// The questions in the order of the journal.
fn order(ours: &Ours) -> Result<Vec<String>> {
    let connection = Connection::open(ours.database())?;
    let mut query = connection.prepare("SELECT events FROM records ORDER BY number")?;
    let mut order = Vec::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let events: Value = serde_json::from_str(&row.get::<_, String>(0)?)?;
        for event in events.as_array().into_iter().flatten().filter(|event| event["event"] == "asked") {
            order.push(event["question"].as_str().context("no question")?.to_owned());
        }
    }
    Ok(order)
}

/// How many were stored after one that was not even sent when they were confirmed already.
fn turned(order: &[String], known: &HashMap<String, (Instant, Instant)>) -> usize {
    let mut latest: Option<Instant> = None;
    let mut turned = 0;
    for (sent, confirmed) in order.iter().filter_map(|id| known.get(id)) {
        turned += usize::from(latest.is_some_and(|latest| *confirmed < latest));
        latest = latest.max(Some(*sent));
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_confirmed_before_the_other_was_sent_can_be_out_of_order() {
        let start = clock::moment();
        let at = |ms| start + Duration::from_millis(ms);
        let known: HashMap<_, _> = [("a", (0, 5)), ("b", (3, 9)), ("c", (10, 12))]
            .map(|(id, (sent, confirmed))| (id.to_owned(), (at(sent), at(confirmed))))
            .into();
        let order = |ids: [&str; 3]| turned(&ids.map(str::to_owned), &known);
        assert_eq!(order(["a", "b", "c"]), 0);
        assert_eq!(order(["b", "a", "c"]), 0, "they were under way at the same time");
        assert_eq!(order(["c", "a", "b"]), 2);
    }
}
