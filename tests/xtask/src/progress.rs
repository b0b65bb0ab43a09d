//! What the reader sees of the work: headings with the time, and how long things took.

use std::time::{Duration, Instant};

/// Measures how long something takes, for the reader only.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "tells a person how long they waited; nothing is decided by it")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long it has run.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// How long it has run, as minutes and seconds: ` 3:07`.
    pub fn told(&self) -> String {
        minutes(self.elapsed())
    }
}

/// A heading of something that may take a while.
pub fn heading(since: Stopwatch, words: &str) {
    println!("[{}] {words}", since.told());
}

/// A size as people read it: `412 B`, `34.5 kB`, `1.2 MB`.
#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn minutes(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{:2}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_read_well() {
        assert_eq!(minutes(Duration::from_secs(187)), " 3:07");
        assert_eq!(minutes(Duration::from_millis(61_999)), " 1:01");
        assert_eq!(size(412), "412 B");
        assert_eq!(size(34_512), "34.5 kB");
        assert_eq!(size(1_204_000), "1.2 MB");
    }
}
