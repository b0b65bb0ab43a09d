//! Counts what Rust's test runner reports.

use std::{fmt, ops::AddAssign};

/// How many checks held, and how many did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Held.
    pub passed: usize,
    /// Did not hold.
    pub failed: usize,
}

impl Tally {
    /// One check.
    pub fn one(passed: bool) -> Self {
        Self { passed: usize::from(passed), failed: usize::from(!passed) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The sum over all test binaries in a run's words.
pub fn of(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let Some(result) = line.strip_prefix("test result: ") else {
            continue;
        };
        tally += Tally { passed: number_before(result, " passed"), failed: number_before(result, " failed") };
    }
    tally
}

/// Whether a line only tells that something went as it should.
pub fn is_good_news(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || line.starts_with("test result: ok")
        || (line.starts_with("test ") && (line.ends_with("... ok") || line.ends_with("... ignored")))
        || ["running ", "Running ", "Doc-tests ", "Compiling ", "Finished "].iter().any(|start| line.starts_with(start))
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaries_are_summed() {
        let lines = [
            "running 12 tests",
            "test hashtag::tests::folds ... ok",
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 118 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 4.20s",
        ];
        let tally = of(&lines.map(str::to_owned));
        assert_eq!(tally, Tally { passed: 130, failed: 3 });
        assert_eq!(tally.to_string(), "130 passed, 3 failed");
    }

    #[test]
    fn bad_news_stays() {
        assert!(is_good_news("test a::b ... ok"));
        assert!(!is_good_news("test a::b ... FAILED"));
        assert!(!is_good_news("thread 'a::b' panicked at src/a.rs:1:1:"));
    }
}
