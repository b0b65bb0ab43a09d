//! Waiting for something to become true, with an end to patience.

use std::time::Duration;

use tokio::time::{sleep, timeout};

/// How long anything may take before it counts as never.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Looks again until there is an answer.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("never happened: {what}"))
}
