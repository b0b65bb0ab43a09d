//! Counts as fractions, and the middle of several.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// A count of frames, bytes or microseconds; they stay far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts of frames stay far below 2^52")]
pub fn real(count: u64) -> f64 {
    count as f64
}

/// The same for a length.
pub fn size(count: usize) -> f64 {
    real(count as u64)
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The middle one; zero of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The one below which this share of them lies; zero of none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a place in a list"
)]
pub fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len().saturating_sub(1) as f64 * share).ceil() as usize;
    values.get(place).copied().unwrap_or(0.0)
}

/// A number in a program's words, after this word.
pub fn after(words: &str, word: &str) -> Result<f64> {
    let rest = words.split_once(word).with_context(|| format!("no \"{word}\" in: {words}"))?.1.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest[..end].parse().with_context(|| format!("no number after \"{word}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_ends_are_found() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((quantile((0..=100).map(f64::from).collect(), 0.99) - 99.0).abs() < 1e-9);
        assert!((after("Requests/sec:  12.5\n", "Requests/sec:").expect("a number") - 12.5).abs() < 1e-9);
    }
}
