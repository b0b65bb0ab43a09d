//! How it goes with each account, and what moderators are told of it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use shared::{Moment, Reach, Source, views::SourceHealth};
use sources::{Hearing, Way};

/// Less behind than this is not worth telling.
const TELLING: SignedDuration = SignedDuration::from_secs(5);

/// How it goes with one account.
pub struct Health(Mutex<State>);

#[derive(Debug, Clone)]
struct State {
    reach: Reach,
    since: Timestamp,
    behind: Option<SignedDuration>,
    error: Option<String>,
    /// The last post, by session.
    posts: BTreeMap<String, Timestamp>,
}

impl Health {
    /// Not connected yet; a gateway always is.
    pub fn new(source: Source, now: Timestamp) -> Self {
        let reach = if source == Source::Gateway { Reach::Stream } else { Reach::Away };
        Self(Mutex::new(State { reach, since: now, behind: None, error: None, posts: BTreeMap::new() }))
    }

    /// Takes in how it goes.
    pub fn hears(&self, hearing: &Hearing, now: Timestamp) {
        let mut state = self.state();
        match hearing {
            Hearing::Listening(way) => {
                state.turn(if *way == Way::Stream { Reach::Stream } else { Reach::Poll }, now);
            }
            Hearing::Alive { behind } => {
                state.behind = behind.and_then(|behind| behind.try_into().ok());
            }
            Hearing::Unreadable | Hearing::Unknown => {}
        }
    }

    /// It is not connected any more.
    pub fn lost(&self, reach: Reach, why: String, now: Timestamp) {
        let mut state = self.state();
        state.turn(reach, now);
        state.error = Some(why);
    }

    /// A post of a session came in.
    pub fn posted(&self, session: &str, now: Timestamp) {
        self.state().posts.insert(session.to_owned(), now);
    }

    /// How questions come in now.
    pub fn reach(&self) -> Reach {
        self.state().reach
    }

    /// What went wrong last.
    pub fn error(&self) -> Option<String> {
        self.state().error.clone()
    }

    /// How far behind it is, in seconds.
    pub fn behind(&self) -> i64 {
        self.state().behind.map_or(0, |behind| behind.as_secs())
    }

    /// What moderators of a session are told.
    pub fn tell(
        &self,
        account: &str,
        source: Source,
        session: &str,
        moment: impl Fn(Timestamp) -> Moment,
    ) -> SourceHealth {
        let state = self.state();
        let behind = state.behind.filter(|behind| *behind >= TELLING && state.reach != Reach::Away);
        SourceHealth {
            account: account.to_owned(),
            source,
            reach: state.reach,
            since: moment(state.since),
            last_post: state.posts.get(session).map(|at| moment(*at)),
            behind: behind.and_then(|behind| behind.as_secs().try_into().ok()),
            error: state.error.clone(),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn turn(&mut self, reach: Reach, now: Timestamp) {
        if self.reach != reach {
            (self.reach, self.since) = (reach, now);
        }
        if matches!(reach, Reach::Stream) {
            self.error = None;
        }
    }
}
