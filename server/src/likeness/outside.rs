//! Whether the endpoint is there. While it is away or lies, the table answers; it is tried again by itself.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use similarity::Scale;
use tokio::{
    sync::{Notify, Semaphore, watch},
    time::sleep,
};

use super::endpoint::{Endpoint, EndpointError};

/// How many requests may be under way at once, for all sessions together.
const AT_ONCE: usize = 2;
/// The first wait before it is tried again; each next is twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// And the longest.
const LONGEST: Duration = Duration::from_mins(1);

/// An endpoint, and how it fares.
pub struct Outside {
    endpoint: Endpoint,
    standing: watch::Sender<Option<Arc<Scale>>>,
    trouble: Notify,
    /// Since it last gave the vectors of questions.
    failures: AtomicU32,
    turns: Semaphore,
}

impl Outside {
    /// Begins to try it; needs the runtime.
    pub fn start(endpoint: Endpoint) -> Arc<Self> {
        let outside = Arc::new(Self {
            endpoint,
            standing: watch::Sender::new(None),
            trouble: Notify::new(),
            failures: AtomicU32::new(0),
            turns: Semaphore::new(AT_ONCE),
        });
        tokio::spawn(keep_trying(Arc::clone(&outside)));
        outside
    }

    /// Whether it is there.
    pub fn is_there(&self) -> bool {
        self.standing.borrow().is_some()
    }

    /// Follows whether it is there: then with how its vectors are read. The scale is the same one while the model is.
    pub fn follow(&self) -> watch::Receiver<Option<Arc<Scale>>> {
        self.standing.subscribe()
    }

    /// The vectors of at most [`super::endpoint::TEXTS`] texts, and none for one that it refuses; nothing when it is
    /// away, of which those who follow hear.
    pub async fn vectors(&self, texts: &[&str], scale: &Scale) -> Option<Vec<Option<Vec<f32>>>> {
        let _turn = self.turns.acquire().await.ok()?;
        let mut vectors = Vec::new();
        match self.endpoint.vectors(texts, Some(scale.dimensions())).await {
            Ok(found) => vectors.extend(found.into_iter().map(Some)),
            // One of them may be at fault.
            Err(EndpointError::Refused(_)) => {
                for text in texts {
                    match self.endpoint.vectors(&[text], Some(scale.dimensions())).await {
                        Ok(found) => vectors.extend(found.into_iter().map(Some)),
                        Err(EndpointError::Refused(_)) => vectors.push(None),
                        Err(error) => return self.is_away(&error),
                    }
                }
            }
            Err(error) => return self.is_away(&error),
        }
        self.failures.store(0, Ordering::Relaxed);
        Some(vectors)
    }

    fn is_away<T>(&self, error: &EndpointError) -> Option<T> {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed);
        if self.standing.send_replace(None).is_some() || failures == 0 {
            let error = error as &dyn std::error::Error;
            tracing::warn!(error, "the embeddings endpoint is away; the table of words goes on");
        }
        self.trouble.notify_one();
        None
    }
}

async fn keep_trying(outside: Arc<Outside>) {
    let mut known: Option<Arc<Scale>> = None;
    loop {
        match outside.endpoint.scale().await {
            Ok(scale) => {
                let scale =
                    known.take().filter(|known| known.is_of_the_same(&scale)).unwrap_or_else(|| Arc::new(scale));
                known = Some(Arc::clone(&scale));
                tracing::info!(dimensions = scale.dimensions(), "the embeddings endpoint is there");
                outside.standing.send_replace(Some(scale));
                while outside.is_there() {
                    outside.trouble.notified().await;
                }
            }
            Err(error) => {
                let _: Option<()> = outside.is_away(&error);
            }
        }
        sleep(pause(outside.failures.load(Ordering::Relaxed))).await;
    }
}

/// How long to wait after so many failures.
fn pause(failures: u32) -> Duration {
    FIRST.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn each_pause_is_longer_up_to_a_minute() {
        assert_eq!([0, 1, 2, 3, 6, 7, 1000].map(|failures| pause(failures).as_secs()), [1, 1, 2, 4, 32, 60, 60]);
    }
}
