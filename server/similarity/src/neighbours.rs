//! The questions of one session, and which of them are near each other.

use std::{
    collections::BTreeSet,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use rustc_hash::FxHashMap;

use crate::{
    engine::{Comparison, Engine},
    groups::Groups,
    pairs::{self, Links},
    profile::Profile,
    rough::Rough,
    scale::{Middle, Scale},
    score::{self, By},
    shortlist::{Coarse, Shortlist},
    words::Word,
};

/// How many texts get a precise look.
const LOOKS: usize = 32;
/// Of so many by the coarse look those that are wanted are taken; what is further is near to nothing.
const FAR: usize = 1_024;

/// The questions of one session. Texts that are the same but for case and punctuation are kept once.
///
/// What is found does not depend on the order in which questions were added, with one exception: a text with more
/// than 32 others near it is weighed, for groups, against the 32 nearest of when it came. With vectors from outside
/// there is another: what all questions have in common is told from those that are there.
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
    outside: Option<(Arc<Scale>, Middle)>,
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
            outside: None,
        }
    }

    /// From now on vectors from outside are read by this scale, or none are. Those that were read by another are let
    /// go, and their questions compared by the engine again.
    pub fn measure(&mut self, scale: Option<Arc<Scale>>) {
        let now = self.outside.as_ref().map(|(scale, _)| scale);
        if now.map(Arc::as_ptr) == scale.as_ref().map(Arc::as_ptr) {
            return;
        }
        self.outside = scale.map(|scale| {
            let middle = Middle::new(scale.dimensions());
            (scale, middle)
        });
        self.shortlist.clear_outside();
        for node in self.nodes.iter_mut().flatten() {
            node.profile.outside = None;
        }
    }

    /// Adds a question; one that was there under this key is replaced.
    pub fn add(&mut self, key: K, text: &str) {
        self.add_with(key, text, None);
    }

    /// As [`Self::add`], with a vector from outside, which is left out when there is no scale for it (see
    /// [`Self::measure`]), or when it has no direction or other dimensions than the scale.
    pub fn add_with(&mut self, key: K, text: &str, vector: Option<&[f32]>) {
        let profile = self.profile(text, vector);
        self.remove(key);
        let mut keys = BTreeSet::from([key]);
        if let Some(&place) = self.texts.get(profile.identity.as_str()) {
            let node = self.node_mut(place);
            if profile.outside.is_none() || node.profile.outside.is_some() {
                node.keys.insert(key);
                self.places.insert(key, place);
                self.moved(place, []);
                return;
            }
            // The vector is theirs as well.
            keys.append(&mut node.keys);
            self.vacate(place);
        }
        let place = self.free.pop_first().unwrap_or(self.nodes.len());
        if let Some(((_, middle), vector)) = self.outside.as_mut().zip(profile.outside.as_ref()) {
            middle.add(vector);
        }
        let coarse = profile.coarse();
        let near = self.scored(&profile, &coarse, LOOKS, |_| true);
        let links = near.into_iter().map(|(score, other)| (other, score::log_odds(score)));
        let links: Links = links.filter(|(_, odds)| *odds >= pairs::AROUND).collect();
        for (&other, &odds) in &links {
            self.node_mut(other).links.insert(place, odds);
        }
        self.moved(place, links.keys().copied());
        for word in &profile.words {
            self.words.entry(word.text.clone()).or_insert_with(|| Arc::clone(word));
        }
        self.shortlist.put(place, &coarse);
        self.texts.insert(profile.identity.as_str().into(), place);
        self.places.extend(keys.iter().map(|key| (*key, place)));
        let node = Node { keys, profile, links };
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
        self.moved(place, []);
        if !is_left {
            self.vacate(place);
        }
    }

    /// Takes a text away from its place.
    fn vacate(&mut self, place: usize) {
        let Some(node) = self.nodes[place].take() else { return };
        if let Some(((_, middle), vector)) = self.outside.as_mut().zip(node.profile.outside.as_ref()) {
            middle.remove(vector);
        }
        self.moved(place, node.links.keys().copied());
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

    /// Whether this question is there with a vector from outside.
    pub fn has_vector(&self, key: K) -> bool {
        self.places.get(&key).is_some_and(|place| self.node(*place).profile.outside.is_some())
    }

    /// At most `k` of the `wanted` questions that a text is near to, best first; none about which nothing can be said.
    pub fn nearest(&self, text: &str, k: usize, wanted: impl Fn(K) -> bool) -> Vec<Near<K>> {
        self.nearest_with(text, None, k, wanted)
    }

    /// As [`Self::nearest`], for a text with a vector from outside, which is left out as in [`Self::add_with`].
    pub fn nearest_with(
        &self,
        text: &str,
        vector: Option<&[f32]>,
        k: usize,
        wanted: impl Fn(K) -> bool,
    ) -> Vec<Near<K>> {
        let profile = self.profile(text, vector);
        let same = self.texts.get(profile.identity.as_str()).filter(|_| !profile.identity.is_empty()).copied();
        self.near(&profile, same, k, wanted)
    }

    /// As [`Self::nearest`], for a question that is there, itself left out; none when it is not there.
    pub fn nearest_to(&self, key: K, k: usize, wanted: impl Fn(K) -> bool) -> Vec<Near<K>> {
        let Some(&place) = self.places.get(&key) else { return Vec::new() };
        let profile = &self.node(place).profile;
        let same = (!profile.identity.is_empty()).then_some(place);
        self.near(profile, same, k, |other| other != key && wanted(other))
    }

    /// Compares two questions that are there.
    pub fn compare(&self, a: K, b: K) -> Option<Comparison> {
        let [a, b] = [a, b].map(|key| self.places.get(&key).map(|place| &self.node(*place).profile));
        Some(score::compare(a?, b?, self.by()))
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

    /// What is at a place, and so around these others, is not what it was when groups were last asked for.
    fn moved(&mut self, place: usize, others: impl IntoIterator<Item = usize>) {
        self.groups.get_mut().unwrap_or_else(PoisonError::into_inner).changed(place, others);
    }

    fn near(&self, of: &Profile, same: Option<usize>, k: usize, wanted: impl Fn(K) -> bool) -> Vec<Near<K>> {
        let mut found: Vec<Near<K>> = Vec::new();
        if let Some(place) = same {
            let keys = self.node(place).keys.iter().copied().filter(|key| wanted(*key));
            found.extend(keys.take(k).map(|key| Near { key, score: 1.0 }));
        }
        if found.len() >= k {
            return found;
        }
        let any = |place: usize| Some(place) != same && self.node(place).keys.iter().any(|key| wanted(*key));
        for (score, place) in self.scored(of, &of.coarse(), LOOKS.max(k), any) {
            if score < score::CLAIM || found.len() >= k {
                break;
            }
            let keys = self.node(place).keys.iter().copied().filter(|key| wanted(*key));
            found.extend(keys.take(k - found.len()).map(|key| Near { key, score }));
        }
        found
    }

    /// The best places for a text, of those that the coarse look finds, best first; none for a text without words.
    fn scored(&self, of: &Profile, coarse: &Coarse, looks: usize, any: impl Fn(usize) -> bool) -> Vec<(f32, usize)> {
        if of.words.is_empty() {
            return Vec::new();
        }
        let scale = self.outside.as_ref().map(|(scale, _)| &**scale);
        let mut rough = Rough::of(self.shortlist.near(coarse, scale));
        let by = self.by();
        let first = |place| self.first(place);
        let looked = (0..FAR).map_while(|at| rough.nth(at, first)).filter(|place| any(*place)).take(looks);
        let mut scored: Vec<_> = looked.map(|place| (score::score(of, &self.node(place).profile, by), place)).collect();
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| self.first(a.1).cmp(&self.first(b.1))));
        scored
    }

    fn first(&self, place: usize) -> Option<K> {
        self.node(place).keys.first().copied()
    }

    fn by(&self) -> Option<By<'_>> {
        self.outside.as_ref().map(|(scale, middle)| By { scale, middle })
    }

    fn profile(&self, text: &str, vector: Option<&[f32]>) -> Profile {
        let mut profile = self.engine.profile(text, |word| self.words.get(word).cloned());
        let scale = self.outside.as_ref().map(|(scale, _)| scale);
        profile.outside = scale.zip(vector).and_then(|(scale, vector)| scale.direction(vector));
        profile
    }

    fn node(&self, place: usize) -> &Node<K> {
        self.nodes[place].as_ref().expect("a place that is used")
    }

    fn node_mut(&mut self, place: usize) -> &mut Node<K> {
        self.nodes[place].as_mut().expect("a place that is used")
    }
}
