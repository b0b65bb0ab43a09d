//! `samenspraak cluster`: which questions in a file mean the same.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use similarity::{Engine, Neighbours};

use crate::config::Cluster;

/// How many of the nearest are told.
const NEAREST: usize = 5;

/// `samenspraak cluster`.
pub fn cluster(Cluster { file, letters_alone }: &Cluster) -> anyhow::Result<ExitCode> {
    let questions = if file.as_os_str() == "-" {
        read(io::stdin().lock()).context("standard input")?
    } else {
        let name = || file.display().to_string();
        read(BufReader::new(File::open(file).with_context(name)?)).with_context(name)?
    };
    match write(&questions, engine(*letters_alone), BufWriter::new(io::stdout().lock())) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        written => written.map(|()| ExitCode::SUCCESS).context("cannot write"),
    }
}

fn engine(letters_alone: bool) -> Engine {
    if letters_alone {
        return Engine::letters_alone();
    }
    Engine::embedded().unwrap_or_else(|error| {
        tracing::error!(%error, "the meanings of words are not known; going on with their letters alone");
        Engine::letters_alone()
    })
}

/// A question that was read: as its line has it, a text or a number, else the line's number.
struct Question {
    id: Value,
    text: String,
}

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    text: String,
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a Value,
    group: Option<usize>,
    nearest: Vec<Nearest<'a>>,
}

#[derive(Serialize)]
struct Nearest<'a> {
    id: &'a Value,
    score: f64,
}

/// A line that starts with `{` is JSON, every other is a question; empty lines are passed over.
fn read(lines: impl BufRead) -> anyhow::Result<Vec<Question>> {
    let mut questions = Vec::new();
    for (number, line) in (1_usize..).zip(lines.split(b'\n')) {
        let line = line.with_context(|| format!("line {number} cannot be read"))?;
        let line = String::from_utf8(line).ok().with_context(|| format!("line {number} is not UTF-8"))?;
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if line.is_empty() {
            continue;
        }
        questions.push(if line.starts_with('{') {
            let Line { id, text } = serde_json::from_str(line).with_context(|| format!("line {number}"))?;
            let id = id.unwrap_or_else(|| number.into());
            if !(id.is_string() || id.is_number()) {
                bail!("line {number}: an id is a text or a number");
            }
            Question { id, text }
        } else {
            Question { id: number.into(), text: line.to_owned() }
        });
    }
    Ok(questions)
}

fn write(questions: &[Question], engine: Engine, mut out: impl Write) -> io::Result<()> {
    let mut neighbours = Neighbours::new(Arc::new(engine));
    for (key, question) in questions.iter().enumerate() {
        neighbours.add(key, &question.text);
    }
    let mut groups = vec![None; questions.len()];
    for (number, group) in (1..).zip(neighbours.groups(&[])) {
        for member in group.members {
            groups[member] = Some(number);
        }
    }
    for (key, question) in questions.iter().enumerate() {
        let near = neighbours.nearest_to(key, NEAREST, |_| true);
        let nearest = near.into_iter().map(|near| Nearest {
            id: &questions[near.key].id,
            score: (f64::from(near.score) * 1000.0).round() / 1000.0,
        });
        let found = Found { id: &question.id, group: groups[key], nearest: nearest.collect() };
        serde_json::to_writer(&mut out, &found)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Value> {
        let questions = read(text.as_bytes()).expect("questions");
        let mut out = Vec::new();
        write(&questions, Engine::embedded().expect("a table"), &mut out).expect("written");
        let lines = String::from_utf8(out).expect("UTF-8");
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    #[test]
    fn lines_and_json_are_read_side_by_side_and_the_same_are_in_one_group() {
        let text = "Waarom is de stalling altijd vol?\n\n{\"id\":\"b\",\"text\":\"waarom is de stalling ALTIJD vol\"}\r\n\
                    {\"text\":\"Mogen honden los in het park?\",\"by\":\"x\"}";
        let found = found(text);
        assert_eq!(found[0], serde_json::json!({"id": 1, "group": 1, "nearest": [{"id": "b", "score": 1.0}]}));
        assert_eq!((&found[1]["id"], &found[1]["group"]), (&Value::from("b"), &Value::from(1)));
        assert_eq!(found[2], serde_json::json!({"id": 4, "group": null, "nearest": []}));
    }

    #[test]
    fn an_error_names_its_line() {
        let error = |text: &[u8]| format!("{:#}", read(text).err().expect("an error"));
        assert!(error(b"vraag\n{\"id\":1}").starts_with("line 2: missing field `text`"));
        assert!(error(b"{").starts_with("line 1: "));
        assert_eq!(error(b"a\nb\n\xFF"), "line 3 is not UTF-8");
        assert_eq!(error(b"{\"id\":[],\"text\":\"a\"}"), "line 1: an id is a text or a number");
        assert!(read(&b""[..]).expect("nothing").is_empty());
    }
}
