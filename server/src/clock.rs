//! The only place where the time is read and dice are thrown; everything else is given both.

use conversation::Ids;
use jiff::Timestamp;
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use shared::QuestionId;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A moment of this process's own time, which never jumps: to measure with, and to wait until.
pub fn moment() -> std::time::Instant {
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    std::time::Instant::now()
}

/// Random bytes from the operating system, for keys and ids that nobody may guess.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    let mut source = rand::rng();
    let mut bytes = [0; N];
    source.fill_bytes(&mut bytes);
    bytes
}

/// A number from 0 up to 1, evenly: to spread what would else happen at once.
pub fn chance() -> f64 {
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    rand::rng().random()
}

/// Draws question ids from a generator seeded once by the operating system.
#[derive(Debug)]
pub struct RandomIds(StdRng);

impl Default for RandomIds {
    fn default() -> Self {
        Self(StdRng::from_seed(random_bytes()))
    }
}

impl Ids for RandomIds {
    fn question(&mut self) -> QuestionId {
        QuestionId(self.0.random())
    }
}
