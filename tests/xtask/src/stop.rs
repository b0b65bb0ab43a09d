//! Ctrl-C, and its kin, as something that can be asked for and waited on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};

use crate::progress::Stopwatch;

/// How soon a wait notices that it is over.
const TICK: Duration = Duration::from_millis(100);

/// Whether it is time to stop. Clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Stops when the program is asked to, by Ctrl-C or otherwise.
    pub fn on_request() -> Result<Self> {
        let stop = Self::default();
        for signal in [SIGINT, SIGTERM] {
            // Asked a second time, the program ends there and then.
            flag::register_conditional_default(signal, Arc::clone(&stop.0)).context("cannot listen for Ctrl-C")?;
            flag::register(signal, Arc::clone(&stop.0)).context("cannot listen for Ctrl-C")?;
        }
        Ok(stop)
    }

    /// Asks to stop.
    pub fn request(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it is time.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits; false when it became time to stop before the wait was over.
    pub fn wait(&self, duration: Duration) -> bool {
        let watch = Stopwatch::start();
        while !self.is_requested() {
            let rest = duration.saturating_sub(watch.elapsed());
            if rest.is_zero() {
                return true;
            }
            thread::sleep(rest.min(TICK));
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_early_only_when_asked() {
        let stop = Stop::default();
        assert!(stop.wait(Duration::from_millis(1)));
        stop.clone().request();
        assert!(!stop.wait(Duration::from_hours(1)));
    }
}
