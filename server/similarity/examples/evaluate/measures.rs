//! What is measured.

use std::{collections::BTreeMap, ops::Range};

use samenspraak_similarity::Group;

use crate::sets::Question;

/// What was found among some questions, or among several such sets together.
#[derive(Default)]
pub struct Found {
    questions: usize,
    first: usize,
    three: usize,
    proposed: usize,
    right: usize,
    twins: usize,
}

impl Found {
    /// Adds these questions, of which `nearness` tells how near two are and `groups` are proposed.
    pub fn add(&mut self, questions: &[&Question], nearness: impl Fn(usize, usize) -> f64, groups: &[Group<usize>]) {
        for (at, question) in questions.iter().enumerate() {
            let others = questions.iter().enumerate().filter(|(other, _)| *other != at);
            let mut near: Vec<_> = others.map(|(other, twin)| (nearness(at, other), &twin.group)).collect();
            near.sort_by(|a, b| b.0.total_cmp(&a.0));
            let twin_in = |k: usize| near.iter().take(k).any(|(_, group)| **group == question.group);
            self.first += usize::from(twin_in(1));
            self.three += usize::from(twin_in(3));
        }
        self.questions += questions.len();
        self.twins += twins(questions.iter().copied());
        for group in groups {
            self.proposed += pairs_of(group.members.len());
            self.right += twins(group.members.iter().map(|key| questions[*key]));
        }
    }

    /// The shares of questions with a twin first, and among three.
    pub fn twins(&self) -> [f64; 2] {
        [self.first, self.three].map(|found| share(found, self.questions))
    }

    /// Of the pairs that share a proposed group, the share that is right; of the pairs of twins, the share that is found.
    pub fn pairs(&self) -> [f64; 2] {
        [self.proposed, self.twins].map(|of| share(self.right, of))
    }
}

/// Sets of whole topics with at most so many questions, one that begins with each topic; as places in `questions`.
pub fn pools(questions: &[Question], most: usize) -> Vec<Vec<usize>> {
    let topics: Vec<Range<usize>> = questions
        .chunk_by(|a, b| a.topic == b.topic)
        .scan(0, |from, topic| {
            let range = *from..*from + topic.len();
            *from = range.end;
            Some(range)
        })
        .collect();
    let pool = |first: usize| {
        let mut pool: Vec<usize> = Vec::new();
        for topic in topics.iter().cycle().skip(first).take(topics.len()) {
            if pool.len() + topic.len() > most {
                break;
            }
            pool.extend(topic.clone());
        }
        pool
    };
    if questions.len() <= most { vec![(0..questions.len()).collect()] } else { (0..topics.len()).map(pool).collect() }
}

fn twins<'a>(questions: impl Iterator<Item = &'a Question>) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for question in questions {
        *counts.entry(&question.group).or_default() += 1;
    }
    counts.into_values().map(pairs_of).sum()
}

fn pairs_of(count: usize) -> usize {
    count * count.saturating_sub(1) / 2
}

/// Spearman's rank correlation.
pub fn spearman(ours: &[f64], theirs: &[f64]) -> f64 {
    let (a, b) = (ranks(ours), ranks(theirs));
    let mean = |of: &[f64]| of.iter().sum::<f64>() / to_f64(of.len());
    let (middle_a, middle_b) = (mean(&a), mean(&b));
    let product =
        |x: &[f64], y: &[f64], mx: f64, my: f64| x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>();
    product(&a, &b, middle_a, middle_b)
        / (product(&a, &a, middle_a, middle_a) * product(&b, &b, middle_b, middle_b)).sqrt()
}

/// Ranks from 0; what is equal shares the mean of its ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    for equal in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let to = from + equal.len();
        for at in equal {
            ranks[*at] = to_f64(from + to - 1) / 2.0;
        }
        from = to;
    }
    ranks
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { to_f64(part) / to_f64(of) }
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
