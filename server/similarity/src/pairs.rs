//! Which two texts are nearer to each other than those around them are, kept up as texts come and go.
//!
//! In a session about one subject everything is near everything, and only what is nearer still is a twin.

use std::collections::{BTreeSet, hash_map::Entry};

use rustc_hash::FxHashMap;

/// How near another text must be to count as being around: log odds, a chance of 0.12.
pub const AROUND: f32 = -2.0;
/// Of so many nearest the nearness is averaged; where fewer are around, the others count as [`ALONE`].
const NEAREST: usize = 20;
/// Those around count as no further than this, in log odds: of two that nothing is around their own chance decides.
const ALONE: f32 = -NEARER;
/// Those around count as no nearer than this, in log odds: a hundred who ask the same do not hide each other.
const CROWDED: f32 = 0.0;
/// Two texts are twins as likely as not when they are nearer than those around them by this, in log odds.
const NEARER: f32 = 1.5;
/// Each of two twins is among so many nearest of the other,
const FIRST: usize = 5;
/// unless they are this near by themselves: log odds, a chance of 0.88: many may ask the same.
pub const SURE: f32 = 2.0;
/// What is less likely by itself is no pair: log odds, a chance of 0.25.
const LEAST: f32 = -1.1;

/// What is around a text: how near, in log odds, both ways.
pub type Links = FxHashMap<usize, f32>;

/// The pairs among texts, each of which has a place.
#[derive(Debug, Default)]
pub struct Pairs {
    crowds: FxHashMap<usize, Crowd>,
    /// How much nearer the two of a pair are than those around them by [`NEARER`], in log odds; both ways.
    beside: FxHashMap<usize, Links>,
}

/// A pair that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Which.
    pub places: (usize, usize),
    /// As [`Pairs::of`] said; nothing when it was none.
    pub was: Option<f32>,
    /// As it says now; nothing when it is none any more.
    pub now: Option<f32>,
}

/// Those around a text.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Crowd {
    /// How near they are on average, in log odds.
    near: f32,
    /// How near the last of the [`FIRST`] is.
    first: f32,
}

impl Pairs {
    /// With whom the text at a place is a pair, and how much nearer they are than those around them by what makes it as
    /// likely as not that they mean the same, in log odds.
    pub fn of(&self, place: usize) -> impl Iterator<Item = (usize, f32)> {
        self.beside.get(&place).into_iter().flatten().map(|(other, beside)| (*other, *beside))
    }

    /// Takes in that what is at these places, or around them, is not what it was; what that changes.
    pub fn refresh<'a>(&mut self, places: &BTreeSet<usize>, links: impl Fn(usize) -> Option<&'a Links>) -> Vec<Change> {
        for place in places {
            match links(*place) {
                Some(links) => drop(self.crowds.insert(*place, Crowd::of(links))),
                None => drop(self.crowds.remove(place)),
            }
        }
        places.iter().flat_map(|place| self.pair(*place, links(*place))).collect()
    }

    /// Looks anew with whom one is a pair.
    fn pair(&mut self, place: usize, links: Option<&Links>) -> Vec<Change> {
        let one = self.crowd(place);
        let pair = |(other, odds): (&usize, &f32)| Some((*other, beside(*odds, one, self.crowd(*other))?));
        let now: Links = links.into_iter().flatten().filter_map(pair).collect();
        let was = self.beside.remove(&place).unwrap_or_default();
        let mut changes: Vec<Change> = Vec::new();
        for (&other, &was) in was.iter().filter(|(other, _)| !now.contains_key(other)) {
            if let Entry::Occupied(mut row) = self.beside.entry(other) {
                row.get_mut().remove(&place);
                if row.get().is_empty() {
                    row.remove();
                }
            }
            changes.push(Change { places: (place, other), was: Some(was), now: None });
        }
        for (&other, &beside) in &now {
            let was = was.get(&other).copied();
            if was != Some(beside) {
                self.beside.entry(other).or_default().insert(place, beside);
                changes.push(Change { places: (place, other), was, now: Some(beside) });
            }
        }
        if !now.is_empty() {
            self.beside.insert(place, now);
        }
        changes
    }

    fn crowd(&self, place: usize) -> Crowd {
        self.crowds.get(&place).copied().unwrap_or(Crowd { near: ALONE, first: ALONE })
    }
}

/// How much nearer two texts are than those around them, in log odds; nothing when they are no pair.
fn beside(odds: f32, one: Crowd, other: Crowd) -> Option<f32> {
    let is_pair = odds >= LEAST && (odds >= SURE || odds >= one.first.max(other.first));
    is_pair.then(|| odds - f32::midpoint(one.near, other.near) - NEARER)
}

impl Crowd {
    fn of(links: &Links) -> Self {
        let mut odds: Vec<f32> = links.values().map(|odds| odds.max(ALONE)).collect();
        if odds.len() > NEAREST {
            odds.select_nth_unstable_by(NEAREST, |a, b| b.total_cmp(a));
        }
        odds.resize(NEAREST, ALONE);
        odds.sort_unstable_by(|a, b| b.total_cmp(a));
        let count = f32::from(u16::try_from(NEAREST).unwrap_or(u16::MAX));
        let near = (odds.iter().sum::<f32>() / count).min(CROWDED);
        Self { near, first: odds[FIRST - 1] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(texts: &[&[(usize, f32)]]) -> (Pairs, Vec<Links>) {
        let links: Vec<Links> = texts.iter().map(|links| links.iter().copied().collect()).collect();
        let mut pairs = Pairs::default();
        pairs.refresh(&(0..links.len()).collect(), |place| links.get(place));
        (pairs, links)
    }

    #[test]
    fn two_that_are_near_are_a_pair_until_one_of_them_goes() {
        let (mut pairs, mut links) = pairs(&[&[(1, 1.0), (2, -1.5)], &[(0, 1.0)], &[(0, -1.5)]]);
        let of = |pairs: &Pairs, place| pairs.of(place).map(|(other, _)| other).collect::<Vec<_>>();
        assert_eq!((of(&pairs, 0), of(&pairs, 1), of(&pairs, 2)), (vec![1], vec![0], vec![]));
        links[0].remove(&1);
        let changes = pairs.refresh(&BTreeSet::from([0, 1]), |place| (place != 1).then(|| &links[place]));
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].was.is_some(), changes[0].now), (true, None));
        assert_eq!((of(&pairs, 0), of(&pairs, 1)), (vec![], vec![]));
        assert!(pairs.beside.is_empty(), "nothing is kept of pairs that are none");
    }

    #[test]
    fn the_more_is_around_two_the_less_they_are_a_pair_for_it() {
        let (mut pairs, mut links) = pairs(&[&[(1, 1.0)], &[(0, 1.0)], &[]]);
        let before = pairs.of(1).next().expect("a pair").1;
        links[0].insert(2, -1.2);
        links[2].insert(0, -1.2);
        let changes = pairs.refresh(&BTreeSet::from([0, 2]), |place| links.get(place));
        let now = pairs.of(1).next().expect("still a pair").1;
        assert!(now < before, "{now} {before}");
        assert_eq!(changes, [Change { places: (0, 1), was: Some(before), now: Some(now) }]);
        assert_eq!(pairs.refresh(&BTreeSet::from([0, 1, 2]), |place| links.get(place)), []);
    }
}
