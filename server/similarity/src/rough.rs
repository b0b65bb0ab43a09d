//! What the coarse look found, put in order only as far as somebody looks: most of it is far, and nobody does.

/// How many are put in order at first; each next time four times as many.
const AT_ONCE: usize = 128;

/// Places, each with how near it is.
#[derive(Debug, Default)]
pub struct Rough {
    found: Vec<(i32, usize)>,
    ordered: usize,
}

impl Rough {
    /// These, in no order yet.
    pub fn of(found: Vec<(i32, usize)>) -> Self {
        Self { found, ordered: 0 }
    }

    /// The place with so many nearer ones; of those that are equally near, the one that is `first` comes first.
    pub fn nth<K: Ord>(&mut self, at: usize, first: impl Fn(usize) -> K) -> Option<usize> {
        while at >= self.ordered && self.ordered < self.found.len() {
            let rest = &mut self.found[self.ordered..];
            let by = |a: &(i32, usize), b: &(i32, usize)| b.0.cmp(&a.0).then_with(|| first(a.1).cmp(&first(b.1)));
            let more = (3 * self.ordered).max(AT_ONCE).min(rest.len());
            if more < rest.len() {
                rest.select_nth_unstable_by(more, by);
            }
            rest[..more].sort_unstable_by(by);
            self.ordered += more;
        }
        self.found.get(at).map(|(_, place)| *place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Rough;

    proptest! {
        #[test]
        fn the_order_is_that_of_all_however_far_one_looks(near in prop::collection::vec(0_i32..40, 0..1_500)) {
            let found: Vec<(i32, usize)> = near.into_iter().enumerate().map(|(place, near)| (near, place)).collect();
            let mut ordered = found.clone();
            ordered.sort_by_key(|(near, place)| (-near, 7 * place % 1_511));
            let mut rough = Rough::of(found);
            for (at, (_, place)) in ordered.iter().enumerate() {
                prop_assert_eq!(rough.nth(at, |place| 7 * place % 1_511), Some(*place));
            }
            prop_assert_eq!(rough.nth(ordered.len(), |place| place), None);
        }
    }
}
