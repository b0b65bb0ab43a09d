//! Measures how long it takes with 20,000 questions, and prints a table.
//!
//!     cargo run --release -p samenspraak-similarity --example speed

#![expect(clippy::disallowed_methods, reason = "an example that measures time asks for the time")]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use samenspraak_similarity::{Engine, Neighbours};

const QUESTIONS: usize = 20_000;
const SAMPLES: usize = 200;

fn main() {
    let begun = Instant::now();
    let engine = Arc::new(Engine::embedded().expect("the table that comes with the program"));
    println!("the table was read in {}", shown(begun.elapsed()));
    let texts = texts();
    let mut neighbours = Neighbours::new(Arc::clone(&engine));
    let begun = Instant::now();
    for (key, text) in texts.iter().enumerate().skip(SAMPLES) {
        neighbours.add(key, text);
    }
    println!("{} questions were added in {}\n", neighbours.len(), shown(begun.elapsed()));
    println!("| At {QUESTIONS} questions, one core | half under | 99 of 100 under |\n|---|--:|--:|");
    row("add one", (0..SAMPLES).map(|key| timed(|| neighbours.add(key, &texts[key]))));
    row("five nearest to a text", (0..SAMPLES).map(|key| timed(|| neighbours.nearest(&texts[key], 5, |_| true))));
    row("five nearest to a question", (0..SAMPLES).map(|key| timed(|| neighbours.nearest_to(key, 5, |_| true))));
    println!("| all groups, the first time | {0} | {0} |", shown(timed(|| neighbours.groups(&[]))));
    row("all groups, when nothing changed", (0..SAMPLES).map(|_| timed(|| neighbours.groups(&[]))));
    let mut changes = Vec::new();
    let removals: Vec<Duration> = (0..SAMPLES)
        .map(|key| {
            let removed = timed(|| neighbours.remove(key));
            changes.push(timed(|| neighbours.groups(&[])));
            removed
        })
        .collect();
    row("remove one", removals.into_iter());
    row("all groups, after one was removed", std::mem::take(&mut changes).into_iter());
    for (key, text) in texts.iter().enumerate().take(SAMPLES) {
        neighbours.add(key, text);
        changes.push(timed(|| neighbours.groups(&[])));
    }
    row("all groups, after one was added", changes.into_iter());
    let all = |key: usize| texts.iter().map(|text| engine.compare(&texts[key], text).score).fold(0.0, f32::max);
    row("for comparison: the text with each of the others, precisely", (0..3).map(|key| timed(|| all(key))));
    let mut same = Neighbours::new(engine);
    let many = timed(|| (0..10_000).for_each(|key| same.add(key, "Waarom is de stalling altijd vol?")));
    println!("\nten thousand times the same question were added in {}", shown(many));
    println!("and are {} group, found in {}", same.groups(&[]).len(), shown(timed(|| same.groups(&[]))));
}

/// Made-up questions: the labelled ones, each with some of its words from another.
fn texts() -> Vec<String> {
    let lines: Vec<&str> = include_str!("../evaluation/questions.tsv").lines().skip(1).collect();
    let labelled: Vec<Vec<&str>> =
        lines.iter().filter_map(|line| line.rsplit('\t').next()).map(|text| text.split(' ').collect()).collect();
    let mut seed = 1_u64;
    let mut dice = move |sides: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % sides
    };
    let mut texts: Vec<String> = Vec::new();
    while texts.len() < QUESTIONS {
        let mut words = labelled[dice(labelled.len())].clone();
        for _ in 0..=words.len() / 4 {
            let other = &labelled[dice(labelled.len())];
            let (at, from) = (dice(words.len()), dice(other.len()));
            words[at] = other[from];
        }
        texts.push(words.join(" "));
    }
    texts
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    std::hint::black_box(work());
    begun.elapsed()
}

fn row(name: &str, times: impl Iterator<Item = Duration>) {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    let of = |share: usize| shown(times[(times.len() - 1) * share / 100]);
    println!("| {name} | {} | {} |", of(50), of(99));
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
