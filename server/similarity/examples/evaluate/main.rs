//! Measures how well the methods find which questions mean the same, and prints a table.
//!
//!     cargo run --release -p samenspraak-similarity --example evaluate [-- --endpoint http://127.0.0.1:PORT]
//!
//! With `--endpoint`, a transformer behind an OpenAI-compatible `/v1/embeddings` is measured beside them. With
//! `--features FILE`, what is weighed is written for each pair of the tuning half, for `table/weigh.py`, and to
//! `FILE.letters` what letters alone weigh.

mod endpoint;
mod measures;
mod sets;

use std::{collections::BTreeMap, fmt::Write as _, fs, sync::Arc};

use samenspraak_similarity::{Comparison, Engine, Neighbours};
use sets::Question;

/// Of two texts, by their places, how near they are.
type Nearness<'a> = Box<dyn Fn(&str, &str) -> f64 + 'a>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut url, mut features) = (None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--endpoint" => url = arguments.next(),
            "--features" => features = arguments.next(),
            other => {
                eprintln!("unknown argument {other}");
                std::process::exit(2);
            }
        }
    }
    let table = Arc::new(Engine::embedded().expect("the table that comes with the program"));
    let letters = Arc::new(Engine::letters_alone());
    let questions = sets::questions();
    let pairs: Vec<_> = ["stsb-nl-dev.csv", "stsb-en-dev.csv"]
        .into_iter()
        .filter_map(|name| Some((name, sets::pairs(name)?)))
        .collect();
    if let Some(file) = features {
        write_features(&table, &questions["tune"], &file);
        write_features(&letters, &questions["tune"], &format!("{file}.letters"));
        return;
    }
    let mut vectors = BTreeMap::new();
    if let Some(url) = &url {
        let mut texts: Vec<&str> = questions.values().flatten().map(|question| question.text.as_str()).collect();
        texts.extend(pairs.iter().flat_map(|(_, pairs)| pairs).flat_map(|pair| [pair.one.as_str(), &pair.other]));
        vectors = endpoint::centred(url, &texts);
    }
    let by = |part: fn(Comparison) -> f32| -> Nearness<'_> {
        let table = &table;
        Box::new(move |a, b| f64::from(part(table.compare(a, b))))
    };
    let mut methods: Vec<(&str, Nearness<'_>, Option<&Arc<Engine>>)> = vec![
        ("letters alone", Box::new(|a, b| f64::from(letters.compare(a, b).letters)), Some(&letters)),
        ("vectors alone", by(|both| both.meaning), None),
        ("fused", by(|both| both.score), Some(&table)),
    ];
    if url.is_some() {
        let cosine = |a: &str, b: &str| vectors[a].iter().zip(&vectors[b]).map(|(a, b)| f64::from(a * b)).sum();
        methods.push(("transformer", Box::new(cosine), None));
    }
    println!("| Method | Half | Twin first | Twin in three | Pairs in groups right | Pairs of twins found |");
    println!("|---|---|--:|--:|--:|--:|");
    for (name, nearness, engine) in &methods {
        for (half, questions) in &questions {
            let [first, three] = [1, 3].map(|k| measures::twins(questions, k, nearness));
            let groups = engine.map(|engine| groups(engine, questions));
            let (right, found) = groups.map_or((String::from("–"), String::from("–")), |(right, found)| {
                (format!("{right:.3}"), format!("{found:.3}"))
            });
            println!("| {name} | {half} | {first:.3} | {three:.3} | {right} | {found} |");
        }
    }
    println!("\n| Method | {} |", pairs.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "--:|".repeat(pairs.len()));
    for (name, nearness, _) in &methods {
        let mut line = format!("| {name} |");
        for (_, pairs) in &pairs {
            let ours: Vec<f64> = pairs.iter().map(|pair| nearness(&pair.one, &pair.other)).collect();
            let theirs: Vec<f64> = pairs.iter().map(|pair| pair.score).collect();
            let _ = write!(line, " {:.3} |", measures::spearman(&ours, &theirs));
        }
        println!("{line}");
    }
}

/// Of the pairs that share a proposed group, the share that is right; of the pairs of twins, the share that is found.
fn groups(engine: &Arc<Engine>, questions: &[Question]) -> (f64, f64) {
    let mut neighbours = Neighbours::new(Arc::clone(engine));
    for (key, question) in questions.iter().enumerate() {
        neighbours.add(key, &question.text);
    }
    measures::pairs(questions, &neighbours.groups(&[]))
}

fn write_features(engine: &Engine, questions: &[Question], file: &str) {
    let mut lines = String::new();
    for (at, one) in questions.iter().enumerate() {
        for other in &questions[at + 1..] {
            let _ = write!(lines, "{}", u8::from(one.group == other.group));
            for feature in engine.compare(&one.text, &other.text).features {
                let _ = write!(lines, "\t{feature}");
            }
            lines.push('\n');
        }
    }
    fs::write(file, lines).expect("a file that can be written");
}
