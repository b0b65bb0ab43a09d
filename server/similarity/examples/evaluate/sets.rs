//! The sets that are measured on.

use std::{collections::BTreeMap, fs, path::Path};

/// A labelled question.
pub struct Question {
    /// Its subject.
    pub topic: String,
    /// What it asks; the same for questions that mean the same.
    pub group: String,
    /// Its words.
    pub text: String,
}

/// Two sentences and how alike people find them, 0 to 5.
pub struct Pair {
    pub one: String,
    pub other: String,
    pub score: f64,
}

/// The labelled questions, by half.
pub fn questions() -> BTreeMap<String, Vec<Question>> {
    let mut halves: BTreeMap<String, Vec<Question>> = BTreeMap::new();
    for line in include_str!("../../evaluation/questions.tsv").lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [half, topic, group, _, text] = columns[..] else { panic!("five columns: {line}") };
        halves.entry(half.into()).or_default().push(Question {
            topic: topic.into(),
            group: group.into(),
            text: text.into(),
        });
    }
    halves
}

/// A file of the STS benchmark, when it stands beside the project; says so when it does not.
pub fn pairs(name: &str) -> Option<Vec<Pair>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("{name} is not beside the project, in shared/data: skipped");
        return None;
    };
    let pair = |fields: Vec<String>| {
        let [one, other, score] = fields.try_into().ok()?;
        Some(Pair { one, other, score: score.parse().ok()? })
    };
    Some(records(&text).into_iter().filter_map(pair).collect())
}

/// Records of fields parted by commas, quoted where need be.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    records
}
