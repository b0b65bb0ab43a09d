//! An hour of an ordinary evening: people come and go, read, ask, vote; a moderator works. Memory,
//! descriptors and latency should be at its end what they were at its beginning.

use std::{fmt::Write as _, thread::sleep, time::Duration};

use anyhow::{Result, ensure};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use samenspraak_load::{Request, clock, perform, process, request};
use serde_json::{Value, json};
use shared::QuestionId;

use super::{
    numbers::{median, ms, quantile, real, size},
    ours::{Ours, SESSION, support},
    plots::{self, Across, Line},
    process::Usage,
    results::{self, Aim},
};
use crate::{api::As, places};

/// Who watches, and how many of them come and go each second.
const VIEWERS: usize = 2_000;
const CHURN: usize = 5;
/// Participants who vote; each round so many of them do, on and off, over so many connections.
const VOTERS: usize = 500;
const VOTES: usize = 15;
/// Page and API reads in each round.
const READS: usize = 6;
/// A question is asked every so many rounds, and one is answered or declined after so many are public.
const ASKING: usize = 10;
const PUBLIC: usize = 100;
/// A round, and how many of them make a sample.
const ROUND: Duration = Duration::from_secs(1);
const SAMPLE: usize = 10;

/// What was seen in ten seconds.
#[derive(Debug, Clone, Copy)]
struct Sample {
    minutes: f64,
    usage: Usage,
    /// From a question's sending until a screen shows it.
    shown_ms: [f64; 2],
    /// Until a request is answered.
    answered_ms: [f64; 2],
}

/// Runs for so many minutes.
pub fn run(minutes: u32) -> Result<()> {
    process::take_descriptors()?;
    process::stay_on(1)?;
    let mut evening = Evening::begin()?;
    let start = clock::moment();
    let length = Duration::from_secs(60 * u64::from(minutes));
    let mut samples = Vec::new();
    while start.elapsed() < length {
        for _ in 0..SAMPLE {
            let round = clock::moment();
            evening.round()?;
            sleep(ROUND.saturating_sub(round.elapsed()));
        }
        let sample = evening.sample(start.elapsed().as_secs_f64() / 60.0)?;
        if samples.len() % 30 == 0 {
            println!(
                "  {:5.1} min: {:.1} MiB, {} descriptors, shown in {:.1} ms, answered in {:.1} ms",
                sample.minutes,
                sample.usage.resident_kib / 1024.0,
                sample.usage.descriptors,
                sample.shown_ms[0],
                sample.answered_ms[0]
            );
        }
        samples.push(sample);
    }
    let seq = evening.ours.view()?.seq;
    evening.crowd.wait(Duration::from_secs(10), |_| evening.crowd.not_at(seq) == 0);
    report(minutes, &samples, &evening, evening.crowd.not_at(seq))
}

/// The server, its crowd, and what they did so far.
struct Evening {
    ours: Ours,
    crowd: samenspraak_load::Crowd,
    voters: Vec<String>,
    public: Vec<QuestionId>,
    chance: StdRng,
    rounds: usize,
    answered: Vec<f64>,
    requests: u64,
    failed: u64,
}

impl Evening {
    fn begin() -> Result<Self> {
        let mut ours = Ours::start()?;
        let public = (0..30)
            .map(|number| Ok(ours.ask(&[format!("Vraag {number} van het begin van de avond?")])?.remove(0)))
            .collect::<Result<Vec<_>>>()?;
        let voters = ours.participants(VOTERS)?;
        let crowd = ours.crowd(VIEWERS, Duration::from_secs(5))?;
        let (_, all) = crowd.wait(Duration::from_mins(1), |count| count.open == VIEWERS);
        ensure!(all, "not all viewers are in");
        crowd.start_anew();
        let chance = StdRng::seed_from_u64(3);
        Ok(Self { ours, crowd, voters, public, chance, rounds: 0, answered: Vec::new(), requests: 0, failed: 0 })
    }

    /// One second of it.
    fn round(&mut self) -> Result<()> {
        self.rounds += 1;
        self.crowd.arrive(CHURN);
        self.crowd.leave(CHURN);
        let mut requests = Vec::new();
        for _ in 0..VOTES {
            let who = self.chance.random_range(0..VOTERS);
            let question = self.public[self.chance.random_range(0..self.public.len())];
            let mut bytes = support(&self.voters[who], question);
            if self.chance.random_bool(0.5) {
                bytes.splice(..3, *b"DELETE");
            }
            requests.push(bytes);
        }
        for number in 0..READS {
            let path = ["/Meting", "/api/v1/sessions/meting", "/Meting/wall"][number % 3];
            requests.push(request("GET", path, None, None));
        }
        let requests: Vec<Request> = requests
            .into_iter()
            .enumerate()
            .map(|(number, bytes)| Request {
                connection: number % 8,
                due: ROUND.mul_f64(0.7 * self.chance.random::<f64>()),
                bytes,
            })
            .collect();
        if self.rounds.is_multiple_of(ASKING) {
            self.ours.ask(&[format!("Vraag van ronde {}? {}", self.rounds, clock::stamp())])?;
        }
        let answers = perform(self.ours.address, &requests, Duration::from_secs(10))?;
        self.requests += requests.len() as u64;
        self.failed +=
            answers.iter().filter(|answer| answer.as_ref().is_none_or(|answer| answer.status >= 400)).count() as u64;
        self.answered.extend(answers.into_iter().flatten().map(|answer| ms(answer.took())));
        if self.rounds.is_multiple_of(ASKING) {
            self.moderate()?;
        }
        Ok(())
    }

    /// A moderator keeps the list short and the stage in use.
    fn moderate(&mut self) -> Result<()> {
        let key = self.ours.made.keys.moderator.clone();
        let mut cards: Vec<_> = self.ours.view()?.questions.into_values().collect();
        cards.sort_by(|a, b| a.asked_at.cmp(&b.asked_at));
        let act = |question: QuestionId, action: &str, body: &Value| -> Result<()> {
            let path = format!("/sessions/{SESSION}/questions/{question}/{action}");
            let _: Value = self.ours.api.send("POST", As::Bearer(&key), &path, None, body)?;
            Ok(())
        };
        // Not one that has just come: its stamp is still being waited for.
        let oldest = cards.iter().find(|card| card.text.contains("@T") && card.status == shared::Status::Shown);
        if let Some(card) = oldest.filter(|_| cards.len() > PUBLIC) {
            act(card.id, "decline", &json!({ "reason": "offTopic" }))?;
        }
        if self.rounds.is_multiple_of(ASKING * 6) {
            act(self.public[(self.rounds / ASKING) % self.public.len()], "stage", &json!({}))?;
        }
        Ok(())
    }

    fn sample(&mut self, minutes: f64) -> Result<Sample> {
        let shown = self.crowd.take_latency();
        self.crowd.take_shown();
        let answered = std::mem::take(&mut self.answered);
        Ok(Sample {
            minutes,
            usage: self.ours.process.usage()?,
            shown_ms: [0.5, 0.99].map(|share| real(shown.value_at_quantile(share)) / 1e3),
            answered_ms: [0.5, 0.99].map(|share| quantile(answered.clone(), share)),
        })
    }
}

/// A figure's name, where it is, and how much larger it may have become.
type Figure = (&'static str, fn(&Sample) -> f64, f64);

fn report(minutes: u32, samples: &[Sample], evening: &Evening, behind: usize) -> Result<()> {
    // The first and the last sixth: ten minutes of an hour.
    let part = (samples.len() / 6).max(1);
    let (first, last) = (&samples[..part.min(samples.len())], &samples[samples.len() - part.min(samples.len())..]);
    let figures: [Figure; 6] = [
        ("resident memory, MiB", |sample| sample.usage.resident_kib / 1024.0, 1.1),
        ("open descriptors", |sample| size(sample.usage.descriptors), 1.02),
        ("shown after, median, ms", |sample| sample.shown_ms[0], 1.25),
        ("shown after, 99 %, ms", |sample| sample.shown_ms[1], 1.5),
        ("answered after, median, ms", |sample| sample.answered_ms[0], 1.25),
        ("answered after, 99 %, ms", |sample| sample.answered_ms[1], 1.5),
    ];
    let mut text = format!(
        "{minutes} minutes with default limits of the log: {VIEWERS} viewers, of whom {CHURN} leave and {CHURN} come each \
         second, {VOTES} votes on and off and {READS} page and API reads each second, a question every {ASKING} s, \
         moderation. {} requests, {} failed; viewers missed {}, {behind} were behind in the end.\n\n\
         | | first {:.0} min | last {:.0} min | ratio |\n|---|---:|---:|---:|\n",
        evening.requests,
        evening.failed,
        evening.crowd.count().missed,
        size(part * SAMPLE) / 60.0,
        size(part * SAMPLE) / 60.0,
    );
    let mut aims = Vec::new();
    for (name, of, most) in figures {
        // A latency without a question in its ten seconds is none.
        let middle = |samples: &[Sample]| median(samples.iter().map(of).filter(|value| *value > 0.01).collect());
        let (before, after) = (middle(first), middle(last));
        let ratio = if before > 0.0 { after / before } else { 1.0 };
        let _ = writeln!(text, "| {name} | {before:.1} | {after:.1} | {ratio:.2} |");
        aims.push(Aim::at_most(format!("soak: {name}, last ÷ first, at most {most}"), ratio, most, " ×"));
    }
    aims.push(Aim::new(
        "soak: nothing failed and nobody missed anything",
        format!("{} failed, {} gaps, {behind} behind", evening.failed, evening.crowd.count().missed),
        evening.failed == 0 && evening.crowd.count().missed == 0 && behind == 0,
    ));
    text += "\n![Memory, descriptors and latency over the evening](soak.svg)\n";
    let over = |name: &str, of: &dyn Fn(&Sample) -> f64| Line {
        name: name.into(),
        points: samples.iter().map(|sample| (sample.minutes, of(sample))).collect(),
    };
    let lines = [
        over("resident MiB", &|sample| sample.usage.resident_kib / 1024.0),
        over("descriptors ÷ 100", &|sample| size(sample.usage.descriptors) / 100.0),
        over("answered after, median, ms", &|sample| sample.answered_ms[0]),
        over("answered after, 99 %, ms", &|sample| sample.answered_ms[1]),
    ];
    plots::draw(&places::inside("tests/load/soak.svg"), "Soak", ("minutes", Across::Even), "", &lines)?;
    results::write("soak", &format!("cargo xtask soak --minutes {minutes}"), &text, &aims)
}
