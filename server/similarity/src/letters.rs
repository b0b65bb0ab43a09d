//! The letters of words: runs of three to five, which typos, compounds and inflections mostly leave alone.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

/// Runs of letters of one word, hashed, sorted, each once. The word's ends count as letters.
pub fn runs(word: &str) -> Box<[u32]> {
    let padded: Vec<char> = std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    let mut runs = Vec::with_capacity(3 * padded.len());
    for length in 3..=5 {
        runs.extend(padded.windows(length).map(hash));
    }
    runs.sort_unstable();
    runs.dedup();
    runs.into_boxed_slice()
}

/// How alike two words are by their runs: 0 (none shared) to 1 (the same).
pub fn alike(some: &[u32], others: &[u32]) -> f32 {
    let (mut mine, mut theirs, mut both) = (0, 0, 0_u16);
    while let (Some(a), Some(b)) = (some.get(mine), others.get(theirs)) {
        both += u16::from(a == b);
        mine += usize::from(a <= b);
        theirs += usize::from(b <= a);
    }
    let count = |runs: &[u32]| f32::from(u16::try_from(runs.len()).unwrap_or(u16::MAX));
    f32::from(both) / (count(some) * count(others)).sqrt().max(1.0)
}

/// A text's runs, weighted, of length 1; sorted by run.
#[derive(Debug, Clone, Default)]
pub struct Runs(Box<[(u32, f32)]>);

impl Runs {
    /// Adds up the runs of words, each with its word's weight.
    pub fn of<'a>(words: impl Iterator<Item = (&'a [u32], f32)>) -> Self {
        let mut all: Vec<(u32, f32)> = Vec::new();
        for (runs, weight) in words {
            all.extend(runs.iter().map(|run| (*run, weight)));
        }
        // By weight as well, so that the sum does not depend on the order of the words.
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let length = all.iter_mut().fold(0.0, |sum, (_, weight)| sum + weight.powi(2)).sqrt();
        if length > 0.0 {
            for (_, weight) in &mut all {
                *weight /= length;
            }
        }
        Self(all.into_boxed_slice())
    }

    /// The cosine of two texts: 0 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        let (mut mine, mut theirs, mut sum) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (self.0.get(mine), other.0.get(theirs)) {
            if a.0 == b.0 {
                sum += a.1 * b.1;
            }
            mine += usize::from(a.0 <= b.0);
            theirs += usize::from(b.0 <= a.0);
        }
        sum
    }

    /// Thrown onto `N` directions, so that the dot product of two texts is about their [`Self::cosine`].
    pub fn thrown<const N: usize>(&self) -> [f32; N] {
        let mut sum = [0.0; N];
        for (run, weight) in &self.0 {
            let mut bits = u64::from(*run).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            bits ^= bits >> 29;
            bits = bits.wrapping_mul(0xBF58_476D_1CE4_E5B9);
            for _ in 0..4 {
                let place = usize::try_from(bits & 0x7FFF).unwrap_or(0) % N;
                sum[place] += if bits & 0x8000 == 0 { weight / 2.0 } else { -weight / 2.0 };
                bits >>= 16;
            }
        }
        sum
    }
}

fn hash(run: &[char]) -> u32 {
    let mut hasher = FxHasher::default();
    for c in run {
        hasher.write_u32(u32::from(*c));
    }
    let hash = hasher.finish();
    u32::try_from((hash ^ (hash >> 32)) & 0xFFFF_FFFF).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_and_a_compound_keep_most_letters() {
        let alike = |a, b| alike(&runs(a), &runs(b));
        assert!(alike("fietsenstalling", "fietsnstalling") > 0.5);
        assert!(alike("fietsenstalling", "stalling") > 0.4);
        assert!(alike("stalling", "parkeren") < 0.1);
        assert!((alike("bus", "bus") - 1.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_thrown_keeps_its_angles() {
        let text = |words: &[&str]| {
            let runs: Vec<_> = words.iter().map(|word| super::runs(word)).collect();
            Runs::of(runs.iter().map(|runs| (&**runs, 1.0)))
        };
        let a = text(&["meer", "fietsen", "stalling", "station"]);
        let b = text(&["grotere", "fietsenstalling", "bij", "station"]);
        let thrown: f32 = a.thrown::<256>().iter().zip(b.thrown::<256>()).map(|(a, b)| a * b).sum();
        assert!((thrown - a.cosine(&b)).abs() < 0.15, "{thrown} {}", a.cosine(&b));
        assert!((a.cosine(&a) - 1.0).abs() < 1e-5);
    }
}
