//! Proposed groups: texts join while those in a group are, on average, near each other.

use std::{collections::BTreeSet, hash::Hash};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::neighbours::Group;

/// Two texts this near are linked.
pub const LINK: f32 = 0.5;
/// Two groups join when what is between them is this near on average.
const JOIN: f32 = 0.72;

/// Groups of at least two keys, the largest first. `links` go both ways; texts are in the order of their first key.
pub fn propose<K: Copy + Ord + Hash>(
    texts: &[&BTreeSet<K>],
    links: &[Vec<(usize, f32)>],
    apart: &[(K, K)],
) -> Vec<Group<K>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (a, near) in links.iter().enumerate() {
        pairs.extend(near.iter().filter(|(b, score)| a < *b && *score >= JOIN).map(|(b, score)| (*score, a, *b)));
    }
    pairs.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut clusters = Clusters::new(links);
    for (_, a, b) in pairs {
        clusters.join(a, b);
    }
    let mut groups: Vec<Group<K>> = Vec::new();
    for cluster in clusters.members.iter().filter(|cluster| !cluster.is_empty()) {
        let mut ordered: Vec<(usize, f32)> = cluster.iter().map(|text| (*text, clusters.centrality(*text))).collect();
        ordered.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        let keys: Vec<K> = ordered.iter().flat_map(|(text, _)| texts[*text].iter().copied()).collect();
        let count = f32::from(u16::try_from(cluster.len()).unwrap_or(u16::MAX));
        let score = if cluster.len() == 1 {
            1.0
        } else {
            ordered.iter().map(|(_, sum)| sum).sum::<f32>() / (count * (count - 1.0))
        };
        for members in kept_apart(&keys, apart) {
            if members.len() >= 2 {
                groups.push(Group { members, score: score.clamp(0.0, 1.0) });
            }
        }
    }
    groups.sort_by(|x, y| {
        let smallest = |group: &Group<K>| group.members.iter().min().copied();
        y.members
            .len()
            .cmp(&x.members.len())
            .then(y.score.total_cmp(&x.score))
            .then_with(|| smallest(x).cmp(&smallest(y)))
    });
    groups
}

struct Clusters<'a> {
    links: &'a [Vec<(usize, f32)>],
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// For each cluster, what is between it and others, added up.
    between: Vec<FxHashMap<usize, f32>>,
}

impl<'a> Clusters<'a> {
    fn new(links: &'a [Vec<(usize, f32)>]) -> Self {
        Self {
            links,
            of: (0..links.len()).collect(),
            members: (0..links.len()).map(|text| vec![text]).collect(),
            between: links.iter().map(|links| links.iter().copied().collect()).collect(),
        }
    }

    /// Joins the clusters of two texts when they are near on average.
    fn join(&mut self, a: usize, b: usize) {
        let (mut into, mut from) = (self.of[a], self.of[b]);
        if into == from {
            return;
        }
        let count = |cluster: usize| f32::from(u16::try_from(self.members[cluster].len()).unwrap_or(u16::MAX));
        let between = self.between[into].get(&from).copied().unwrap_or(0.0);
        if between / (count(into) * count(from)) < JOIN {
            return;
        }
        if self.between[into].len() < self.between[from].len() {
            std::mem::swap(&mut into, &mut from);
        }
        for text in std::mem::take(&mut self.members[from]) {
            self.of[text] = into;
            self.members[into].push(text);
        }
        self.between[into].remove(&from);
        // Each other cluster gets one sum, so that the order of the map does not matter.
        for (other, sum) in std::mem::take(&mut self.between[from]) {
            if other != into {
                *self.between[into].entry(other).or_default() += sum;
                self.between[other].remove(&from);
                *self.between[other].entry(into).or_default() += sum;
            }
        }
    }

    /// How near a text is to the others of its cluster, added up.
    fn centrality(&self, text: usize) -> f32 {
        self.links[text].iter().filter(|(other, _)| self.of[*other] == self.of[text]).map(|(_, score)| score).sum()
    }
}

/// Splits keys so that no pair that must stay apart is together; each goes where it first can.
fn kept_apart<K: Copy + Ord + Hash>(keys: &[K], apart: &[(K, K)]) -> Vec<Vec<K>> {
    let here: FxHashSet<K> = keys.iter().copied().collect();
    let mut barred: FxHashMap<K, Vec<K>> = FxHashMap::default();
    for (a, b) in apart.iter().filter(|(a, b)| here.contains(a) && here.contains(b)) {
        barred.entry(*a).or_default().push(*b);
        barred.entry(*b).or_default().push(*a);
    }
    if barred.is_empty() {
        return vec![keys.to_vec()];
    }
    let mut parts: Vec<Vec<K>> = Vec::new();
    let mut part_of: FxHashMap<K, usize> = FxHashMap::default();
    for key in keys {
        let taken: BTreeSet<usize> =
            barred.get(key).into_iter().flatten().filter_map(|other| part_of.get(other).copied()).collect();
        let part = (0..=parts.len()).find(|part| !taken.contains(part)).unwrap_or(parts.len());
        if part == parts.len() {
            parts.push(Vec::new());
        }
        parts[part].push(*key);
        part_of.insert(*key, part);
    }
    parts
}
