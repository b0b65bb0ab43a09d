//! Measures how well the methods find which questions mean the same, and prints a table.
//!
//!     cargo run --release -p samenspraak-similarity --example evaluate [-- --endpoint http://127.0.0.1:PORT]
//!
//! With `--endpoint`, a transformer behind an OpenAI-compatible `/v1/embeddings` is measured beside them, alone and in
//! the place of the table. With `--features FILE`, what is weighed is written for each pair of the tuning half, for
//! `table/weigh.py`, to `FILE.letters` what letters alone weigh, and to `FILE.outside` what is weighed with the
//! endpoint. `--half tune` looks at one half only.

mod endpoint;
mod measures;
mod sets;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    sync::Arc,
};

use samenspraak_similarity::{ANCHORS, Comparison, Engine, Neighbours, Scale};
use sets::{Pair, Question};

/// In a session of about so many a moderator looks for twins by eye.
const HUNDRED: usize = 100;

/// Vectors from an endpoint, as they come, and without what they have in common; and how they are read.
struct Outside {
    vectors: BTreeMap<String, Vec<f32>>,
    centred: BTreeMap<String, Vec<f32>>,
    scale: Arc<Scale>,
}

/// What is compared by.
#[derive(Clone, Copy)]
struct Methods<'a> {
    table: &'a Arc<Engine>,
    letters: &'a Arc<Engine>,
    outside: Option<&'a Outside>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut url, mut features, mut only) = (None, None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--endpoint" => url = arguments.next(),
            "--features" => features = arguments.next(),
            "--half" => only = arguments.next(),
            other => {
                eprintln!("unknown argument {other}");
                std::process::exit(2);
            }
        }
    }
    let mut questions = sets::questions();
    questions.retain(|half, _| only.as_ref().is_none_or(|only| half == only));
    let names = ["stsb-nl-dev.csv", "stsb-en-dev.csv"].into_iter().filter(|_| only.is_none() && features.is_none());
    let pairs: Vec<_> = names.filter_map(|name| Some((name, sets::pairs(name)?))).collect();
    let mut texts: BTreeSet<&str> = questions.values().flatten().map(|question| question.text.as_str()).collect();
    texts.extend(pairs.iter().flat_map(|(_, pairs)| pairs).flat_map(|pair| [pair.one.as_str(), &pair.other]));
    let outside = url.as_ref().map(|url| Outside::ask(url, &texts));
    let table = Arc::new(Engine::embedded().expect("the table that comes with the program"));
    let letters = Arc::new(Engine::letters_alone());
    let methods = Methods { table: &table, letters: &letters, outside: outside.as_ref() };
    if let Some(file) = features {
        let these: Vec<&Question> = questions["tune"].iter().collect();
        write_features(&index(&table, None, &these), &these, &file);
        write_features(&index(&letters, None, &these), &these, &format!("{file}.letters"));
        if outside.is_some() {
            write_features(&index(&table, outside.as_ref(), &these), &these, &format!("{file}.outside"));
        }
        return;
    }
    print_questions(&questions, methods);
    if !pairs.is_empty() {
        print_pairs(&pairs, methods);
    }
}

impl Outside {
    fn ask(url: &str, texts: &BTreeSet<&str>) -> Self {
        let anchors: Vec<_> = ANCHORS.as_flattened().iter().map(|text| endpoint::embed(url, text)).collect();
        let scale = Arc::new(Scale::of(&anchors).expect("vectors that say something"));
        let vectors: BTreeMap<_, _> =
            texts.iter().map(|text| ((*text).to_owned(), endpoint::embed(url, text))).collect();
        Self { centred: endpoint::centred(vectors.clone()), vectors, scale }
    }

    fn cosine(&self, a: &str, b: &str) -> f64 {
        self.centred[a].iter().zip(&self.centred[b]).map(|(a, b)| f64::from(a * b)).sum()
    }
}

/// How well twins are found, and groups: among a hundred questions at a time, and among all of a part.
fn print_questions(questions: &BTreeMap<String, Vec<Question>>, methods: Methods<'_>) {
    println!(
        "| Method | Part | Questions | Twin first | Twin in three | Pairs in groups right | Pairs of twins found |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|");
    for (part, these) in questions {
        for most in BTreeSet::from([HUNDRED.min(these.len()), these.len()]) {
            print_part(part, these, most, methods);
        }
    }
}

fn print_part(part: &str, questions: &[Question], most: usize, Methods { table, letters, outside }: Methods<'_>) {
    let pools = measures::pools(questions, most);
    let row = |name: &str, nearness: &dyn Fn(usize, usize) -> f64, engine: Option<(&Arc<Engine>, Option<&Outside>)>| {
        let mut found = measures::Found::default();
        for pool in &pools {
            let these: Vec<&Question> = pool.iter().map(|at| &questions[*at]).collect();
            let groups = engine.map(|(engine, outside)| index(engine, outside, &these).groups(&[]));
            found.add(&these, |a, b| nearness(pool[a], pool[b]), &groups.unwrap_or_default());
        }
        let [first, three] = found.twins();
        let [right, pairs] = found.pairs().map(|share| match engine {
            Some(_) => format!("{share:.3}"),
            None => String::from("–"),
        });
        println!("| {name} | {part} | {most} | {first:.3} | {three:.3} | {right} | {pairs} |");
    };
    let all: Vec<&Question> = questions.iter().collect();
    let by = |there: &Neighbours<usize>, look: fn(Comparison) -> f32| {
        let near = |a| (0..all.len()).map(|b| f64::from(there.compare(a, b).map_or(0.0, look))).collect();
        (0..all.len()).map(near).collect::<Vec<Vec<f64>>>()
    };
    let near = by(&index(letters, None, &all), |both| both.letters);
    row("letters alone", &|a, b| near[a][b], Some((letters, None)));
    let there = index(table, None, &all);
    let near = by(&there, |both| both.meaning);
    row("vectors alone", &|a, b| near[a][b], None);
    let near = by(&there, |both| both.score);
    row("fused", &|a, b| near[a][b], Some((table, None)));
    if let Some(outside) = outside {
        row("transformer", &|a, b| outside.cosine(&all[a].text, &all[b].text), None);
        let near = by(&index(table, Some(outside), &all), |both| both.score);
        row("fused with the transformer", &|a, b| near[a][b], Some((table, Some(outside))));
    }
}

/// How well people's scores are followed.
fn print_pairs(pairs: &[(&str, Vec<Pair>)], Methods { table, letters, outside }: Methods<'_>) {
    println!("\n| Method | {} |", pairs.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "--:|".repeat(pairs.len()));
    let row = |name: &str, nearness: &dyn Fn(&str, &str) -> f64| {
        let mut line = format!("| {name} |");
        for (_, pairs) in pairs {
            let ours: Vec<f64> = pairs.iter().map(|pair| nearness(&pair.one, &pair.other)).collect();
            let theirs: Vec<f64> = pairs.iter().map(|pair| pair.score).collect();
            let _ = write!(line, " {:.3} |", measures::spearman(&ours, &theirs));
        }
        println!("{line}");
    };
    row("letters alone", &|a, b| f64::from(letters.compare(a, b).letters));
    row("vectors alone", &|a, b| f64::from(table.compare(a, b).meaning));
    row("fused", &|a, b| f64::from(table.compare(a, b).score));
    if let Some(outside) = outside {
        row("transformer", &|a, b| outside.cosine(a, b));
    }
}

/// All questions of a half, by their places.
fn index(engine: &Arc<Engine>, outside: Option<&Outside>, questions: &[&Question]) -> Neighbours<usize> {
    let mut there = Neighbours::new(Arc::clone(engine));
    there.measure(outside.map(|outside| Arc::clone(&outside.scale)));
    for (key, question) in questions.iter().enumerate() {
        there.add_with(key, &question.text, outside.map(|outside| &outside.vectors[&question.text][..]));
    }
    there
}

fn write_features(there: &Neighbours<usize>, questions: &[&Question], file: &str) {
    let mut lines = String::new();
    for (a, one) in questions.iter().enumerate() {
        for (b, other) in questions.iter().enumerate().skip(a + 1) {
            let _ = write!(lines, "{}", u8::from(one.group == other.group));
            for feature in there.compare(a, b).expect("they are there").features {
                let _ = write!(lines, "\t{feature}");
            }
            lines.push('\n');
        }
    }
    fs::write(file, lines).expect("a file that can be written");
}
