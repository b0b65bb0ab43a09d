//! The questions of one session, and which of them are near each other.

use std::{
    collections::BTreeSet,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use rustc_hash::FxHashMap;

use crate::{
    engine::Engine,
    groups::{self, Groups, Links},
    profile::Profile,
    score,
    shortlist::Shortlist,
    words::Word,
};

/// How many texts get a precise look.
const LOOKS: usize = 32;

/// The questions of one session. Texts that are the same but for case and punctuation are kept once.
///
/// What is found does not depend on the order in which questions were added, with one exception: a text with more
/// than 32 others near it is weighed, for groups, against the 32 nearest of when it came.
#[derive(Debug)]
pub struct Neighbours<K> {
    engine: Arc<Engine>,
    places: FxHashMap<K, usize>,
    texts: FxHashMap<Box<str>, usize>,
    nodes: Vec<Option<Node<K>>>,
    free: BTreeSet<usize>,
    words: FxHashMap<Box<str>, Arc<Word>>,
    shortlist: Shortlist,
    groups: Mutex<Groups<K>>,
}

/// One text, and who asked it.
#[derive(Debug)]
struct Node<K> {
    keys: BTreeSet<K>,
    profile: Profile,
    links: Links,
}

/// A question that is near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<K> {
    /// Which.
    pub key: K,
    /// About the chance that it means the same: 0 to 1, and 1 for the same words.
    pub score: f32,
}

/// Questions that seem to mean the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<K> {
    /// At least two, the most central first, the others by how near they are to it.
    pub members: Vec<K>,
    /// About the chance that two of them mean the same: 0 to 1.
    pub score: f32,
}

impl<K: Copy + Ord + Hash> Neighbours<K> {
    /// No questions yet.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self {
            engine,
            places: FxHashMap::default(),
            texts: FxHashMap::default(),
            nodes: Vec::new(),
            free: BTreeSet::new(),
            words: FxHashMap::default(),
            shortlist: Shortlist::default(),
            groups: Mutex::default(),
        }
    }

    /// Adds a question; one that was there under this key is replaced.
    pub fn add(&mut self, key: K, text: &str) {
        self.remove(key);
        let profile = self.profile(text);
        if let Some(&place) = self.texts.get(profile.identity.as_str()) {
            self.node_mut(place).keys.insert(key);
            self.places.insert(key, place);
            self.moved([place]);
            return;
        }
        let place = self.free.pop_first().unwrap_or(self.nodes.len());
        let near = self.scored(&profile, &profile.coarse(), LOOKS, |_| true);
        let links = near.into_iter().map(|(score, other)| (other, score::log_odds(score)));
        let links: Links = links.filter(|(_, odds)| *odds >= groups::AROUND).collect();
        for (&other, &odds) in &links {
            self.node_mut(other).links.insert(place, odds);
        }
        self.moved(links.keys().copied().chain([place]));
        for word in &profile.words {
            self.words.entry(word.text.clone()).or_insert_with(|| Arc::clone(word));
        }
        self.shortlist.put(place, &profile.coarse());
        self.texts.insert(profile.identity.as_str().into(), place);
        self.places.insert(key, place);
        let node = Node { keys: BTreeSet::from([key]), profile, links };
        if place == self.nodes.len() {
            self.nodes.push(Some(node));
        } else {
            self.nodes[place] = Some(node);
        }
    }

    /// Lets a question go; nothing happens when it is not there.
    pub fn remove(&mut self, key: K) {
        let Some(place) = self.places.remove(&key) else { return };
        let node = self.node_mut(place);
        node.keys.remove(&key);
        let is_left = !node.keys.is_empty();
        self.moved([place]);
        if is_left {
            return;
        }
        let Some(node) = self.nodes[place].take() else { return };
        self.moved(node.links.keys().copied());
        for &other in node.links.keys() {
            self.node_mut(other).links.remove(&place);
        }
        self.shortlist.clear(place);
        self.texts.remove(node.profile.identity.as_str());
        self.free.insert(place);
        for word in node.profile.words {
            // Here and in the list of words: nobody else has it.
            if Arc::strong_count(&word) == 2 {
                self.words.remove(&word.text);
            }
        }
    }

    /// How many questions there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether this question is there.
    pub fn contains(&self, key: K) -> bool {
        self.places.contains_key(&key)
    }

    /// At most `k` of the `wanted` questions that a text is near to, best first; none about which nothing can be said.
    pub fn nearest(&self, text: &str, k: usize, wanted: impl Fn(K) -> bool) -> Vec<Near<K>> {
        let profile = self.profile(text);
        let coarse = profile.coarse();
        let same = self.texts.get(profile.identity.as_str()).filter(|_| !profile.identity.is_empty()).copied();
        self.near(&profile, &coarse, same, k, wanted)
    }

    /// As [`Self::nearest`], for a question that is there, itself left out; none when it is not there.
    pub fn nearest_to(&self, key: K, k: usize, wanted: impl Fn(K) -> bool) -> Vec<Near<K>> {
        let Some(&place) = self.places.get(&key) else { return Vec::new() };
        let profile = &self.node(place).profile;
        let same = (!profile.identity.is_empty()).then_some(place);
        self.near(profile, &profile.coarse(), same, k, |other| other != key && wanted(other))
    }

    /// Questions that seem to mean the same, the largest group first. No two of a pair in `apart` are in one group.
    ///
    /// What did not change since they were last asked for is not worked out again.
    pub fn groups(&self, apart: &[(K, K)]) -> Vec<Group<K>> {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.refresh(&|place| {
            let node = self.nodes.get(place)?.as_ref()?;
            (!node.profile.identity.is_empty()).then_some((&node.keys, &node.links))
        });
        groups.apart(apart)
    }

    /// What is at these places is not what it was when groups were last asked for.
    fn moved(&mut self, places: impl IntoIterator<Item = usize>) {
        self.groups.get_mut().unwrap_or_else(PoisonError::into_inner).changed(places);
    }

    fn near(
        &self,
        of: &Profile,
        coarse: &[i8],
        same: Option<usize>,
        k: usize,
        wanted: impl Fn(K) -> bool,
    ) -> Vec<Near<K>> {
        let mut found: Vec<Near<K>> = Vec::new();
        if let Some(place) = same {
            let keys = self.node(place).keys.iter().copied().filter(|key| wanted(*key));
            found.extend(keys.take(k).map(|key| Near { key, score: 1.0 }));
        }
        if found.len() >= k {
            return found;
        }
        let any = |place: usize| Some(place) != same && self.node(place).keys.iter().any(|key| wanted(*key));
        for (score, place) in self.scored(of, coarse, LOOKS.max(k), any) {
            if score < score::CLAIM || found.len() >= k {
                break;
            }
            let keys = self.node(place).keys.iter().copied().filter(|key| wanted(*key));
            found.extend(keys.take(k - found.len()).map(|key| Near { key, score }));
        }
        found
    }

    /// The best places for a text, best first.
    fn scored(&self, of: &Profile, coarse: &[i8], looks: usize, any: impl Fn(usize) -> bool) -> Vec<(f32, usize)> {
        if of.words.is_empty() {
            return Vec::new();
        }
        let mut rough = self.shortlist.near(coarse);
        let first = |place: usize| self.node(place).keys.first().copied();
        let by = |a: &(i32, usize), b: &(i32, usize)| b.0.cmp(&a.0).then_with(|| first(a.1).cmp(&first(b.1)));
        if rough.len() > 8 * looks {
            // Most are far: the few that can matter are put in order first.
            let (near, _, _) = rough.select_nth_unstable_by(8 * looks, by);
            near.sort_unstable_by(by);
            let cut = 8 * looks;
            rough[cut..].sort_unstable_by(by);
        } else {
            rough.sort_unstable_by(by);
        }
        let looked = rough.into_iter().map(|(_, place)| place).filter(|place| any(*place)).take(looks);
        let mut scored: Vec<_> = looked.map(|place| (score::score(of, &self.node(place).profile), place)).collect();
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| first(a.1).cmp(&first(b.1))));
        scored
    }

    fn profile(&self, text: &str) -> Profile {
        self.engine.profile(text, |word| self.words.get(word).cloned())
    }

    fn node(&self, place: usize) -> &Node<K> {
        self.nodes[place].as_ref().expect("a place that is used")
    }

    fn node_mut(&mut self, place: usize) -> &mut Node<K> {
        self.nodes[place].as_mut().expect("a place that is used")
    }
}
