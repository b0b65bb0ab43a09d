//! Groups without the pairs that must not be in one group together.

use std::{collections::BTreeSet, hash::Hash};

use rustc_hash::FxHashMap;

/// Who must not be with whom.
pub struct Apart<K>(FxHashMap<K, Vec<K>>);

impl<K: Copy + Ord + Hash> Apart<K> {
    /// Of these pairs.
    pub fn of(pairs: &[(K, K)]) -> Self {
        let mut barred: FxHashMap<K, Vec<K>> = FxHashMap::default();
        for (a, b) in pairs.iter().filter(|(a, b)| a != b) {
            barred.entry(*a).or_default().push(*b);
            barred.entry(*b).or_default().push(*a);
        }
        Self(barred)
    }

    /// The same keys in parts in which no two are kept apart; each goes where it first can.
    pub fn split(&self, keys: &[K]) -> Vec<Vec<K>> {
        if !keys.iter().any(|key| self.0.contains_key(key)) {
            return vec![keys.to_vec()];
        }
        let mut parts: Vec<Vec<K>> = Vec::new();
        let mut part_of: FxHashMap<K, usize> = FxHashMap::default();
        for key in keys {
            let barred = self.0.get(key).into_iter().flatten();
            let taken: BTreeSet<usize> = barred.filter_map(|other| part_of.get(other).copied()).collect();
            let part = (0..parts.len()).find(|part| !taken.contains(part)).unwrap_or(parts.len());
            if part == parts.len() {
                parts.push(Vec::new());
            }
            parts[part].push(*key);
            part_of.insert(*key, part);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_goes_where_it_first_can() {
        let apart = Apart::of(&[(1, 2), (3, 2), (9, 9)]);
        assert_eq!(apart.split(&[1, 2, 3, 4]), [vec![1, 3, 4], vec![2]]);
        assert_eq!(apart.split(&[4, 9]), [vec![4, 9]]);
    }
}
