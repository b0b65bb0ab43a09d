//! Viewers: thousands of live sockets on one thread, counted, timed, and checked for what they miss.

mod attempt;
mod state;
mod viewer;

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

pub use attempt::call;
use hdrhistogram::Histogram;
use mio::{Events, Poll};

use self::state::State;
use crate::clock;

/// How long the loop waits for something to happen before it looks at the time.
const TICK: Duration = Duration::from_millis(20);
/// How often somebody who waits looks again.
const LOOK: Duration = Duration::from_millis(5);

/// Who comes, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where to; on loopback.
    pub server: SocketAddr,
    /// What they ask for, with its query.
    pub path: String,
    /// The key of a member of staff.
    pub bearer: Option<String>,
    /// How many they are.
    pub viewers: usize,
    /// They come evenly over this time; when it is nothing, 256 handshakes are under way at a time.
    pub within: Duration,
    /// Whether they come back when their wire breaks, as a browser does.
    pub comes_back: bool,
}

/// What they saw so far, all together.
#[derive(Debug, Clone, Default)]
pub struct Count {
    /// Wires that are open now.
    pub open: usize,
    /// Wires that were opened.
    pub opened: u64,
    /// Wires that broke or were closed by the server.
    pub lost: u64,
    /// Attempts that failed.
    pub refused: u64,
    /// The codes with which the server closed.
    pub closes: BTreeMap<u16, u64>,
    /// Text frames.
    pub frames: u64,
    /// Bytes of all frames.
    pub bytes: u64,
    /// Stamps in them.
    pub stamped: u64,
    /// Frames that held everything.
    pub snapshots: u64,
    /// Frames that held what changed.
    pub patches: u64,
    /// Patches that told nothing new.
    pub repeated: u64,
    /// Times that somebody was told of something after what they had missed.
    pub missed: u64,
    /// Frames that did not say what they should.
    pub unreadable: u64,
}

/// How a stamped text spread.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// When it was sent, in nanoseconds since 1970.
    pub stamp: u64,
    /// Screens that showed it.
    pub screens: u64,
    /// Nanoseconds until the last of them did.
    pub last: u64,
}

/// Viewers on a thread of their own, which ends with this value.
pub struct Crowd {
    state: Arc<Mutex<State>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Crowd {
    /// Lets them come.
    pub fn gather(plan: Plan) -> io::Result<Self> {
        if !plan.server.ip().is_loopback() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "load goes to this machine only"));
        }
        let mut poll = Poll::new()?;
        let state = Arc::new(Mutex::new(State::new(plan, poll.registry().try_clone()?)));
        let over = Arc::new(AtomicBool::new(false));
        let thread = thread::Builder::new().name("crowd".into()).spawn({
            let (state, over) = (Arc::clone(&state), Arc::clone(&over));
            move || {
                let mut events = Events::with_capacity(1_024);
                while !over.load(Ordering::Relaxed) {
                    if let Err(error) = poll.poll(&mut events, Some(TICK))
                        && error.kind() != io::ErrorKind::Interrupted
                    {
                        return;
                    }
                    let mut state = lock(&state);
                    state.look_at_the_time();
                    events.iter().for_each(|event| state.hear(event));
                }
            }
        })?;
        Ok(Self { state, over, thread: Some(thread) })
    }

    /// What they saw so far.
    pub fn count(&self) -> Count {
        lock(&self.state).count.clone()
    }

    /// Waits until it is so; the count at the end, and whether it became so in time.
    pub fn wait(&self, patience: Duration, so: impl Fn(&Count) -> bool) -> (Count, bool) {
        let start = clock::moment();
        loop {
            let count = self.count();
            if so(&count) {
                return (count, true);
            }
            if start.elapsed() > patience {
                return (count, false);
            }
            thread::sleep(LOOK);
        }
    }

    /// Microseconds from stamp to screen since this was asked last.
    pub fn take_latency(&self) -> Histogram<u64> {
        let mut state = lock(&self.state);
        let empty = state::histogram();
        std::mem::replace(&mut state.latency, empty)
    }

    /// How each stamped text spread, since this was asked last.
    pub fn take_shown(&self) -> Vec<Shown> {
        std::mem::take(&mut lock(&self.state).shown)
    }

    /// When the first viewer, which stands for the wall, was told of changes.
    pub fn wall(&self) -> Vec<Instant> {
        lock(&self.state).wall.clone()
    }

    /// How many open viewers are not at this `seq`.
    pub fn not_at(&self, seq: u64) -> usize {
        lock(&self.state).not_at(seq)
    }

    /// Forgets what was counted, but not what is open.
    pub fn start_anew(&self) {
        lock(&self.state).start_anew();
    }

    /// So many viewers stop reading, the last that came first; the kernel keeps as little as it can for
    /// them when `narrow`. Says how many there were.
    pub fn stall(&self, viewers: usize, narrow: bool) -> usize {
        lock(&self.state).stall(viewers, narrow)
    }

    /// Whoever stopped reading reads on.
    pub fn resume(&self) {
        lock(&self.state).resume();
    }

    /// So many viewers close their page.
    pub fn leave(&self, viewers: usize) {
        lock(&self.state).leave(viewers);
    }

    /// So many of those who left open the page again, as if they had never seen it.
    pub fn arrive(&self, viewers: usize) {
        lock(&self.state).arrive(viewers);
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The most of these moments, which are in order, that lie within so much time.
pub fn most_within(moments: &[Instant], time: Duration) -> usize {
    let mut first = 0;
    let mut most = 0;
    for (last, moment) in moments.iter().enumerate() {
        while moment.duration_since(moments[first]) >= time {
            first += 1;
        }
        most = most.max(last - first + 1);
    }
    most
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_within_a_second_is_counted_over_every_second() {
        let start = clock::moment();
        let moments: Vec<_> = [0, 900, 950, 999, 1_000, 1_850].map(|ms| start + Duration::from_millis(ms)).into();
        assert_eq!(most_within(&moments, Duration::from_secs(1)), 5);
        assert_eq!(most_within(&[], Duration::from_secs(1)), 0);
    }
}
