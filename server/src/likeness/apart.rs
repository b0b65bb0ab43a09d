//! What moderators said does not mean the same.

use std::collections::{BTreeMap, BTreeSet};

use shared::QuestionId;

/// The sides of every parting on which a question stands: a parting keeps two questions apart when
/// one is on its first side and the other on its second.
#[derive(Debug, Default)]
pub struct Apart {
    first: BTreeMap<QuestionId, Vec<usize>>,
    second: BTreeMap<QuestionId, Vec<usize>>,
}

impl Apart {
    /// Of these partings.
    pub fn of<'a>(partings: impl Iterator<Item = (&'a BTreeSet<QuestionId>, &'a BTreeSet<QuestionId>)>) -> Self {
        let mut apart = Self::default();
        for (number, (these, those)) in partings.enumerate() {
            for id in these {
                apart.first.entry(*id).or_default().push(number);
            }
            for id in those {
                apart.second.entry(*id).or_default().push(number);
            }
        }
        apart
    }

    /// Whether these two are kept apart.
    pub fn keeps(&self, a: QuestionId, b: QuestionId) -> bool {
        let meet = |x, y| match (self.first.get(&x), self.second.get(&y)) {
            (Some(xs), Some(ys)) => xs.iter().any(|number| ys.binary_search(number).is_ok()),
            _ => false,
        };
        a != b && (meet(a, b) || meet(b, a))
    }

    /// The same questions in groups in which no two are kept apart, each as large as it can be when
    /// they are taken in order.
    pub fn split(&self, questions: Vec<QuestionId>) -> Vec<Vec<QuestionId>> {
        if self.first.is_empty() {
            return vec![questions];
        }
        let (mut groups, mut left) = (Vec::new(), questions);
        while !left.is_empty() {
            let mut group: Vec<QuestionId> = Vec::new();
            let mut others = Vec::new();
            for id in left {
                let fits = group.iter().all(|member| !self.keeps(*member, id));
                if fits { &mut group } else { &mut others }.push(id);
            }
            // One that fits nowhere is no group, and none of those like it need be tried one by one.
            if group.len() < 2 && groups.len() >= 8 {
                break;
            }
            groups.push(group);
            left = others;
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[u64]) -> BTreeSet<QuestionId> {
        numbers.iter().copied().map(QuestionId).collect()
    }

    #[test]
    fn a_group_that_was_dismissed_falls_apart_and_one_taken_out_stays_out() {
        let (all, one, rest) = (ids(&[1, 2, 3]), ids(&[7]), ids(&[8, 9]));
        let apart = Apart::of([(&all, &all), (&one, &rest)].into_iter());
        assert!(apart.keeps(QuestionId(1), QuestionId(3)) && apart.keeps(QuestionId(9), QuestionId(7)));
        assert!(!apart.keeps(QuestionId(8), QuestionId(9)), "those it was taken from stay together");
        assert!(!apart.keeps(QuestionId(1), QuestionId(1)) && !apart.keeps(QuestionId(1), QuestionId(7)));
        let split = apart.split(Vec::from([7, 8, 9, 1, 2].map(QuestionId)));
        assert_eq!(split, [[7, 1].map(QuestionId).to_vec(), [8, 9, 2].map(QuestionId).to_vec()]);
    }
}
