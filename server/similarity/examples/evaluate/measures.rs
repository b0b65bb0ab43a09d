//! What is measured.

use std::collections::BTreeMap;

use samenspraak_similarity::Group;

use crate::sets::Question;

/// The share of questions that have a twin among the `k` nearest.
pub fn twins(questions: &[Question], k: usize, nearness: impl Fn(usize, usize) -> f64) -> f64 {
    let found = questions.iter().enumerate().filter(|(at, question)| {
        let others = questions.iter().enumerate().filter(|(other, _)| other != at);
        let mut near: Vec<_> = others.map(|(other, twin)| (nearness(*at, other), &twin.group)).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.iter().take(k).any(|(_, group)| **group == question.group)
    });
    share(found.count(), questions.len())
}

/// Of the pairs that share a proposed group, the share that is right; of the pairs of twins, the share that is found.
pub fn pairs(questions: &[Question], groups: &[Group<usize>]) -> (f64, f64) {
    let twins = |members: &[&str]| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for group in members {
            *counts.entry(group).or_default() += 1;
        }
        counts.values().map(|count| count * (count - 1) / 2).sum::<usize>()
    };
    let all = twins(&questions.iter().map(|question| question.group.as_str()).collect::<Vec<_>>());
    let (mut proposed, mut right) = (0, 0);
    for group in groups {
        let members: Vec<&str> = group.members.iter().map(|key| questions[*key].group.as_str()).collect();
        proposed += members.len() * (members.len() - 1) / 2;
        right += twins(&members);
    }
    (share(right, proposed), share(right, all))
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
