//! What the clients are given of the world: the time and chance.

use jiff::Timestamp;

/// The time and chance, so that a test can set them.
pub trait World: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
    /// A number from 0 up to 1, evenly: for jitter.
    fn chance(&self) -> f64;
}
