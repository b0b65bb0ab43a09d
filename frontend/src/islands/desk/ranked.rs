//! A list that keeps its own order, knows how tall its cards are and which of them are found by what
//! one searches for. Every question to it, and every change, takes a walk as deep as the logarithm of
//! its length: a treap, whose priorities come from the ids, so that the same cards make the same tree.

use shared::QuestionId;

/// What a card is ordered by: first the key, then its id.
pub type At = (Key, QuestionId);
/// The smallest comes first.
pub type Key = (i64, i64);

const NIL: u32 = u32::MAX;

/// The list.
#[derive(Debug, Clone)]
pub struct Ranked {
    nodes: Vec<Node>,
    free: Vec<u32>,
    root: u32,
}

#[derive(Debug, Clone)]
struct Node {
    at: At,
    height: u32,
    found: bool,
    left: u32,
    right: u32,
    sum: Sum,
}

/// What there is of a part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// All cards.
    pub all: usize,
    /// Those that are found.
    pub found: usize,
    /// How tall the found ones are together, in pixels.
    pub height: u64,
}

impl Default for Ranked {
    fn default() -> Self {
        Self { nodes: Vec::new(), free: Vec::new(), root: NIL }
    }
}

impl Ranked {
    /// Puts a card in that is not in it yet.
    pub fn insert(&mut self, at: At, height: u32, found: bool) {
        let node = Node { at, height, found, left: NIL, right: NIL, sum: Sum::default() };
        let new = if let Some(place) = self.free.pop() {
            self.nodes[place as usize] = node;
            place
        } else {
            self.nodes.push(node);
            u32::try_from(self.nodes.len() - 1).unwrap_or(NIL)
        };
        self.add_up(new);
        let (before, after) = self.split(self.root, at);
        let head = self.merge(before, new);
        self.root = self.merge(head, after);
    }

    /// Takes a card out; its height, if it was there.
    pub fn remove(&mut self, at: At) -> Option<u32> {
        let (root, removed) = self.take(self.root, at);
        self.root = root;
        let height = self.nodes[removed? as usize].height;
        self.free.extend(removed);
        Some(height)
    }

    /// Everything together.
    pub fn total(&self) -> Sum {
        self.sum(self.root)
    }

    /// What lies before a place, whether or not a card is there.
    pub fn before(&self, at: At) -> Sum {
        let (mut node, mut before) = (self.root, Sum::default());
        while node != NIL {
            let here = &self.nodes[node as usize];
            if here.at < at {
                before = before.and(self.sum(here.left)).and(here.own());
                node = here.right;
            } else {
                node = here.left;
            }
        }
        before
    }

    /// The first of all cards, found or not.
    pub fn first(&self) -> Option<QuestionId> {
        let mut node = self.root;
        while node != NIL && self.nodes[node as usize].left != NIL {
            node = self.nodes[node as usize].left;
        }
        self.nodes.get(node as usize).map(|node| node.at.1)
    }

    /// The found card with so many found ones before it.
    pub fn nth(&self, mut n: usize) -> Option<QuestionId> {
        let mut node = self.root;
        while node != NIL {
            let here = &self.nodes[node as usize];
            let left = self.sum(here.left).found;
            if n < left {
                node = here.left;
            } else if n == left && here.found {
                return Some(here.at.1);
            } else {
                n -= left + usize::from(here.found);
                node = here.right;
            }
        }
        None
    }

    /// How tall the first `n` found cards are together, in pixels.
    pub fn height_of_first(&self, mut n: usize) -> u64 {
        let (mut node, mut height) = (self.root, 0);
        while node != NIL {
            let here = &self.nodes[node as usize];
            let with = self.sum(here.left).and(here.own());
            if with.found <= n {
                n -= with.found;
                height += with.height;
                node = here.right;
            } else {
                node = here.left;
            }
        }
        height
    }

    /// How many found cards end above this height, in pixels from the top.
    pub fn above(&self, height: u64) -> usize {
        let (mut node, mut passed) = (self.root, Sum::default());
        while node != NIL {
            let here = &self.nodes[node as usize];
            let with = passed.and(self.sum(here.left)).and(here.own());
            if with.height <= height {
                passed = with;
                node = here.right;
            } else {
                node = here.left;
            }
        }
        passed.found
    }

    /// At most `many` found cards, from the one with `first` found ones before it.
    pub fn some(&self, first: usize, many: usize) -> Vec<QuestionId> {
        let mut ids = Vec::new();
        self.collect(self.root, first, many, &mut ids);
        ids
    }

    /// All cards, found or not, in order.
    pub fn every(&self) -> Vec<QuestionId> {
        let (mut ids, mut path, mut node) = (Vec::with_capacity(self.total().all), Vec::new(), self.root);
        while node != NIL || !path.is_empty() {
            while node != NIL {
                path.push(node);
                node = self.nodes[node as usize].left;
            }
            if let Some(next) = path.pop() {
                ids.push(self.nodes[next as usize].at.1);
                node = self.nodes[next as usize].right;
            }
        }
        ids
    }

    /// The cards, found or not, after one key and up to and with another.
    pub fn within(&self, after: Key, upto: Key) -> Vec<QuestionId> {
        let (mut ids, mut path, mut node) = (Vec::new(), Vec::new(), self.root);
        loop {
            while node != NIL {
                let here = &self.nodes[node as usize];
                if here.at.0 > after {
                    path.push(node);
                    node = here.left;
                } else {
                    node = here.right;
                }
            }
            let Some(next) = path.pop() else { return ids };
            let here = &self.nodes[next as usize];
            if here.at.0 > upto {
                return ids;
            }
            ids.push(here.at.1);
            node = here.right;
        }
    }

    /// Says how tall a card is; whether that is news.
    pub fn measure(&mut self, at: At, height: u32) -> bool {
        self.revise(at, |node| std::mem::replace(&mut node.height, height) != height)
    }

    /// Says whether a card is found; whether that is news.
    pub fn find(&mut self, at: At, found: bool) -> bool {
        self.revise(at, |node| std::mem::replace(&mut node.found, found) != found)
    }

    /// Whether a card is there and found.
    pub fn is_found(&self, at: At) -> bool {
        let mut node = self.root;
        while node != NIL {
            let here = &self.nodes[node as usize];
            if here.at == at {
                return here.found;
            }
            node = if here.at < at { here.right } else { here.left };
        }
        false
    }

    fn revise(&mut self, at: At, revise: impl FnOnce(&mut Node) -> bool) -> bool {
        let (mut node, mut path) = (self.root, Vec::new());
        while node != NIL {
            path.push(node);
            let here = &mut self.nodes[node as usize];
            if here.at == at {
                let news = revise(here);
                if news {
                    path.into_iter().rev().for_each(|node| self.add_up(node));
                }
                return news;
            }
            node = if here.at < at { here.right } else { here.left };
        }
        false
    }

    fn collect(&self, node: u32, first: usize, many: usize, ids: &mut Vec<QuestionId>) {
        if node == NIL || ids.len() >= many {
            return;
        }
        let here = &self.nodes[node as usize];
        let left = self.sum(here.left).found;
        if first < left {
            self.collect(here.left, first, many, ids);
        }
        if here.found && first <= left && ids.len() < many {
            ids.push(here.at.1);
        }
        self.collect(here.right, first.saturating_sub(left + usize::from(here.found)), many, ids);
    }

    fn sum(&self, node: u32) -> Sum {
        if node == NIL { Sum::default() } else { self.nodes[node as usize].sum }
    }

    fn add_up(&mut self, node: u32) {
        let here = &self.nodes[node as usize];
        let sum = self.sum(here.left).and(here.own()).and(self.sum(here.right));
        self.nodes[node as usize].sum = sum;
    }

    /// The tree as one of everything before `at` and one of the rest.
    fn split(&mut self, node: u32, at: At) -> (u32, u32) {
        if node == NIL {
            return (NIL, NIL);
        }
        if self.nodes[node as usize].at < at {
            let (before, after) = self.split(self.nodes[node as usize].right, at);
            self.nodes[node as usize].right = before;
            self.add_up(node);
            (node, after)
        } else {
            let (before, after) = self.split(self.nodes[node as usize].left, at);
            self.nodes[node as usize].left = after;
            self.add_up(node);
            (before, node)
        }
    }

    /// One tree of two, all of the first before all of the second.
    fn merge(&mut self, first: u32, second: u32) -> u32 {
        if first == NIL || second == NIL {
            return if first == NIL { second } else { first };
        }
        if self.nodes[first as usize].priority() > self.nodes[second as usize].priority() {
            self.nodes[first as usize].right = self.merge(self.nodes[first as usize].right, second);
            self.add_up(first);
            first
        } else {
            self.nodes[second as usize].left = self.merge(first, self.nodes[second as usize].left);
            self.add_up(second);
            second
        }
    }

    /// The tree without a card, and that card's node.
    fn take(&mut self, node: u32, at: At) -> (u32, Option<u32>) {
        if node == NIL {
            return (NIL, None);
        }
        let Node { at: here, left, right, .. } = self.nodes[node as usize];
        if here == at {
            return (self.merge(left, right), Some(node));
        }
        let removed = if here < at {
            let (rest, removed) = self.take(right, at);
            self.nodes[node as usize].right = rest;
            removed
        } else {
            let (rest, removed) = self.take(left, at);
            self.nodes[node as usize].left = rest;
            removed
        };
        self.add_up(node);
        (node, removed)
    }
}

impl Node {
    fn own(&self) -> Sum {
        let height = if self.found { u64::from(self.height) } else { 0 };
        Sum { all: 1, found: usize::from(self.found), height }
    }

    fn priority(&self) -> u64 {
        // Ids are random, but need not be random enough in every bit (splitmix64's last steps).
        let mixed = (self.at.1.0 ^ (self.at.1.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb)
    }
}

impl Sum {
    fn and(self, other: Self) -> Self {
        Self { all: self.all + other.all, found: self.found + other.found, height: self.height + other.height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(key: i64) -> At {
        ((key, 0), QuestionId(key.unsigned_abs()))
    }

    /// Keys 1 to `n`, put in helter-skelter, each ten pixels tall.
    fn list(n: i64) -> Ranked {
        let mut list = Ranked::default();
        for i in 0..n {
            list.insert(at(i * 7_919 % n + 1), 10, true);
        }
        list
    }

    fn ids(list: &Ranked) -> Vec<u64> {
        list.some(0, usize::MAX).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn what_lies_between_two_keys_is_told_also_when_it_is_not_found() {
        let mut list = list(100);
        list.find(at(42), false);
        let within = |after, upto| list.within((after, 0), (upto, 0)).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(within(40, 43), [41, 42, 43]);
        assert_eq!(within(-5, 2), [1, 2]);
        assert_eq!(within(98, 500), [99, 100]);
        assert!(within(43, 40).is_empty() && Ranked::default().within((0, 0), (9, 0)).is_empty());
    }

    #[test]
    fn cards_lie_in_order_whatever_the_order_they_came_in() {
        let mut list = list(1_000);
        assert_eq!(ids(&list), (1..=1_000).collect::<Vec<_>>());
        assert_eq!(list.nth(499), Some(QuestionId(500)));
        assert_eq!((list.first(), Ranked::default().first()), (Some(QuestionId(1)), None));
        assert_eq!(list.nth(1_000), None);
        assert_eq!(list.before(at(500)), Sum { all: 499, found: 499, height: 4_990 });
        assert_eq!(list.remove(at(500)), Some(10));
        assert_eq!(list.remove(at(500)), None);
        assert_eq!(list.nth(499), Some(QuestionId(501)), "and the place knows what follows");
        assert_eq!(list.before(at(500)).found, 499);
    }

    #[test]
    fn heights_lead_to_cards_and_back() {
        let mut list = list(100);
        assert!(list.measure(at(1), 100));
        assert!(!list.measure(at(1), 100));
        assert_eq!(list.before(at(2)).height, 100);
        assert_eq!((list.above(0), list.above(99), list.above(100), list.above(110)), (0, 0, 1, 2));
        assert_eq!(list.above(1_000_000), 100);
        assert_eq!(list.total().height, 1_090);
        assert_eq!((list.height_of_first(0), list.height_of_first(2), list.height_of_first(500)), (0, 110, 1_090));
    }

    #[test]
    fn what_is_not_found_takes_no_place() {
        let mut list = list(10);
        for key in [2, 4, 6, 8, 10] {
            assert!(list.find(at(key), false));
        }
        assert_eq!(ids(&list), [1, 3, 5, 7, 9]);
        assert_eq!(list.some(1, 2), [QuestionId(3), QuestionId(5)]);
        assert_eq!(list.total(), Sum { all: 10, found: 5, height: 50 });
        assert_eq!(list.every().len(), 10);
        assert_eq!(list.before(at(6)).found, 3);
        assert!(!list.is_found(at(6)) && list.is_found(at(7)) && !list.is_found(at(11)));
    }

    #[test]
    fn the_tree_stays_shallow() {
        fn depth(list: &Ranked, node: u32) -> usize {
            if node == NIL {
                return 0;
            }
            let here = &list.nodes[node as usize];
            1 + depth(list, here.left).max(depth(list, here.right))
        }
        let list = list(20_000);
        assert!(depth(&list, list.root) < 60, "{}", depth(&list, list.root));
    }
}
