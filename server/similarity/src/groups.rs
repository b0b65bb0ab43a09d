//! Proposed groups, kept up: only what hangs together with what changed is worked out anew.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    hash::Hash,
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    apart::Apart,
    joining,
    neighbours::Group,
    pairs::{Change, Links, Pairs, SURE},
};

/// What hangs together by pairs that are at least this near beside those around them, as [`Pairs::of`] says. The first
/// is what joins at all; where too much hangs together by it, the next is taken, so that a change stays cheap.
const LEVELS: [f32; 6] = [0.0, 0.8, 1.6, 2.4, 3.2, 4.0];
/// More texts than this are too much, but for the last level.
const MOST: usize = 128;

/// Who is at a place and what is around it; nothing of a place that is not used.
type At<'a, K> = dyn Fn(usize) -> Option<(&'a BTreeSet<K>, &'a Links)> + 'a;

/// The groups as they were last asked for, and which places changed since.
#[derive(Debug)]
pub struct Groups<K> {
    most: usize,
    changed: BTreeSet<usize>,
    around: BTreeSet<usize>,
    pairs: Pairs,
    /// Which component a place is in.
    components: FxHashMap<usize, usize>,
    parts: FxHashMap<usize, Component<K>>,
    next: usize,
    ordered: BTreeMap<Order<K>, Group<K>>,
}

#[derive(Debug)]
struct Component<K> {
    places: Vec<usize>,
    level: usize,
    groups: Vec<Order<K>>,
}

/// How far one gets from a place.
enum Reach {
    /// To these, and no further.
    All(Vec<usize>),
    /// To these, and to more than can be taken together.
    TooMany(Vec<usize>),
}

/// The largest first, then the likeliest, then by the smallest key.
type Order<K> = (Reverse<usize>, Reverse<u32>, K);

impl<K> Default for Groups<K> {
    fn default() -> Self {
        Self {
            most: MOST,
            changed: BTreeSet::new(),
            around: BTreeSet::new(),
            pairs: Pairs::default(),
            components: FxHashMap::default(),
            parts: FxHashMap::default(),
            next: 0,
            ordered: BTreeMap::new(),
        }
    }
}

impl<K: Copy + Ord + Hash> Groups<K> {
    /// What is at a place is not what it was, and neither is what is around these others.
    pub fn changed(&mut self, place: usize, others: impl IntoIterator<Item = usize>) {
        self.changed.insert(place);
        self.around.extend(others);
    }

    /// Works out what changed.
    pub fn refresh(&mut self, at: &At<'_, K>) {
        let changed = std::mem::take(&mut self.changed);
        let mut around = std::mem::take(&mut self.around);
        around.extend(&changed);
        let different = self.pairs.refresh(&around, |place| at(place).map(|(_, links)| links));
        let mut open = BTreeSet::new();
        for place in changed {
            self.reopen(place, &mut open);
        }
        for Change { places: (one, other), was, now } in different {
            let together = self.components.get(&one).is_some_and(|part| self.components.get(&other) == Some(part));
            if together || level(was) != level(now) {
                self.reopen(one, &mut open);
                self.reopen(other, &mut open);
            }
        }
        let mut too_many: [FxHashSet<usize>; LEVELS.len()] = Default::default();
        while let Some(start) = open.pop_first() {
            if at(start).is_none() {
                continue;
            }
            for (level, too_many) in too_many.iter_mut().enumerate() {
                match self.reach(start, level, too_many) {
                    Reach::All(places) => {
                        for place in &places {
                            self.dissolve(*place, &mut open);
                        }
                        for place in &places {
                            open.remove(place);
                        }
                        self.settle(places, level, at);
                        break;
                    }
                    Reach::TooMany(places) => {
                        for place in places {
                            let number = self.components.get(&place);
                            if number.and_then(|number| self.parts.get(number)).is_some_and(|part| part.level <= level)
                            {
                                self.dissolve(place, &mut open);
                            }
                            too_many.insert(place);
                        }
                    }
                }
            }
        }
    }

    /// The groups as they were last worked out, the largest first.
    pub fn apart(&self, pairs: &[(K, K)]) -> Vec<Group<K>> {
        if pairs.is_empty() {
            return self.ordered.values().cloned().collect();
        }
        let apart = Apart::of(pairs);
        let mut groups: BTreeMap<Order<K>, Group<K>> = BTreeMap::new();
        for group in self.ordered.values() {
            for members in apart.split(&group.members) {
                groups.extend(in_order(Group { members, score: group.score }));
            }
        }
        groups.into_values().collect()
    }

    /// What a place belongs to has to be worked out anew.
    fn reopen(&mut self, place: usize, open: &mut BTreeSet<usize>) {
        open.insert(place);
        self.dissolve(place, open);
    }

    /// Forgets the component of a place; its places are open again.
    fn dissolve(&mut self, place: usize, open: &mut BTreeSet<usize>) {
        let Some(component) = self.components.get(&place).and_then(|number| self.parts.remove(number)) else { return };
        for order in &component.groups {
            self.ordered.remove(order);
        }
        for place in component.places {
            self.components.remove(&place);
            open.insert(place);
        }
    }

    /// What hangs together with a place at a level.
    fn reach(&self, start: usize, level: usize, too_many: &FxHashSet<usize>) -> Reach {
        let most = if level + 1 == LEVELS.len() { usize::MAX } else { self.most };
        let (mut places, mut seen, mut next) = (vec![start], FxHashSet::from_iter([start]), 0);
        while let Some(&place) = places.get(next) {
            next += 1;
            for (other, beside) in self.pairs.of(place) {
                if beside >= LEVELS[level] && seen.insert(other) {
                    places.push(other);
                }
            }
            // All beside the start are met first: what of them was together without it is not so any more.
            if places.len() > most || places[next.saturating_sub(1)..].iter().any(|place| too_many.contains(place)) {
                return Reach::TooMany(places);
            }
        }
        Reach::All(places)
    }

    /// Works out the groups among places that hang together.
    fn settle(&mut self, mut places: Vec<usize>, level: usize, at: &At<'_, K>) {
        places.sort_unstable_by_key(|place| at(*place).and_then(|(keys, _)| keys.first()));
        let number: FxHashMap<usize, usize> = places.iter().enumerate().map(|(new, place)| (*place, new)).collect();
        let mut links = Vec::with_capacity(places.len());
        for &place in &places {
            let here = self.pairs.of(place).filter_map(|(other, beside)| Some((*number.get(&other)?, near(beside))));
            let mut here: Vec<(usize, f32)> = here.collect();
            here.sort_unstable_by_key(|(text, _)| *text);
            links.push(here);
        }
        let mut groups = Vec::new();
        for cluster in joining::join(&links) {
            // Nothing else says that two alone are twins, and of such pairs one in three are not.
            if let [one, other] = cluster.texts[..]
                && at(places[one]).is_none_or(|(_, links)| links.get(&places[other]).is_none_or(|odds| *odds < SURE))
            {
                continue;
            }
            let keys = cluster.texts.iter().filter_map(|text| at(places[*text])).flat_map(|(keys, _)| keys);
            if let Some((order, group)) = in_order(Group { members: keys.copied().collect(), score: cluster.score }) {
                groups.push(order);
                self.ordered.insert(order, group);
            }
        }
        self.components.extend(places.iter().map(|place| (*place, self.next)));
        self.parts.insert(self.next, Component { places, level, groups });
        self.next += 1;
    }
}

/// How near two texts are beside those around them: 0 to 1.
fn near(beside: f32) -> f32 {
    1.0 / (1.0 + (-beside).exp())
}

/// At how many levels two texts hang together.
fn level(beside: Option<f32>) -> usize {
    beside.map_or(0, |beside| LEVELS.iter().filter(|level| beside >= **level).count())
}

/// A group with its order; none when it is one alone.
fn in_order<K: Copy + Ord>(group: Group<K>) -> Option<(Order<K>, Group<K>)> {
    let smallest = group.members.iter().min().copied()?;
    let order = (Reverse(group.members.len()), Reverse(group.score.to_bits()), smallest);
    (group.members.len() >= 2).then_some((order, group))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pairs::AROUND;

    type Texts = BTreeMap<usize, (BTreeSet<usize>, Links)>;

    fn refreshed(groups: &mut Groups<usize>, texts: &Texts) -> Vec<Group<usize>> {
        groups.refresh(&|place| texts.get(&place).map(|(keys, links)| (keys, links)));
        groups.apart(&[])
    }

    proptest! {
        #[test]
        fn what_is_kept_up_is_what_a_fresh_start_would_find_however_much_hangs_together(
            odds in prop::collection::vec(-3.0_f32..6.0, 20 * 20),
            steps in prop::collection::vec(prop::collection::vec(0_usize..20, 1..4), 1..20),
        ) {
            let few = || Groups { most: 4, ..Groups::default() };
            let (mut lived, mut texts) = (few(), Texts::new());
            for step in steps {
                for place in step {
                    if let Some((_, links)) = texts.remove(&place) {
                        for (_, others) in texts.values_mut() {
                            others.remove(&place);
                        }
                        lived.changed(place, links.into_keys());
                        continue;
                    }
                    let near = |other: &usize| (*other, odds[place.min(*other) * 20 + place.max(*other)]);
                    let links: Links = texts.keys().map(near).filter(|(_, odds)| *odds >= AROUND).collect();
                    for (other, odds) in &links {
                        texts.get_mut(other).expect("it is there").1.insert(place, *odds);
                    }
                    lived.changed(place, links.keys().copied());
                    texts.insert(place, (BTreeSet::from([place]), links));
                }
                let mut fresh = few();
                for place in texts.keys() {
                    fresh.changed(*place, []);
                }
                prop_assert_eq!(refreshed(&mut lived, &texts), refreshed(&mut fresh, &texts));
            }
        }
    }
}
