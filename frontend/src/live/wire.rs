//! The wire behind a live view: opens it by the best way that gets through, notices when it is dead,
//! opens it again, and looks now and then whether a better way is open. A better way is tried beside
//! the present one, so that nobody loses sight of the session for it.

use std::{any::Any, cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::Audience;

use super::{
    Connection, backoff,
    events::Events,
    listen::{Heard, Listens},
    poll::Poll,
    socket::Socket,
    tier::{Ladder, Tier},
};
use crate::browser;

/// A break shorter than this is not worth showing, in milliseconds.
const MOMENT: u32 = 1_500;
/// Nor is this, when all were asked to come back, or when the page itself has only just come: then
/// it is being found out what gets through.
const LONG_MOMENT: u32 = 12_000;
/// An attempt that takes longer has failed.
const ATTEMPT: u32 = 6_000;
/// After this much silence the wire is opened anew: a phone that changed networks is not told
/// that its socket is dead, and asking for what was missed costs next to nothing.
const SILENCE: i64 = 60_000;
/// A wire that held this long was a good one; the next break starts with a short wait again.
const GOOD: i64 = 5_000;
/// How often a better way is tried: at least, and by how much that differs.
const CLIMB: i64 = 50_000;
const CLIMB_SPREAD: f64 = 20_000.0;
/// The first time round, the next way down is tried without a long wait.
const FIRST_ROUND: u32 = 3;
/// A screen that cannot read the server (it is older than it) loads itself again, this often at most.
const RELOAD: i64 = 60_000;

/// Opens the wire and keeps it open; `again` asks for a new one.
pub fn keep_open(hashtag: &str, audience: Audience, screen: Box<dyn Listens>, again: RwSignal<u32>) {
    let lowest = if audience == Audience::Public { Tier::Poll } else { Tier::Socket };
    let state = State {
        ladder: Ladder::new(lowest),
        now: None,
        next: None,
        floor: Tier::Socket,
        climb_at: 0,
        retry: None,
        number: 0,
        tries: 0,
        afresh: false,
        unreadable: 0,
        was_open: false,
        over: false,
    };
    let session = format!("/api/v1/sessions/{hashtag}");
    let wire = Rc::new(Wire { session, audience, screen, state: RefCell::new(state) });
    wire.connect();
    browser::every(5_000, {
        let wire = Rc::clone(&wire);
        move || wire.check()
    });
    for event in ["online", "pageshow", "visibilitychange"] {
        let wire = Rc::clone(&wire);
        browser::on_window(event, move || {
            if browser::is_visible() {
                wire.wake(event == "online");
            }
        });
    }
    browser::on_window("offline", {
        let wire = Rc::clone(&wire);
        move || wire.goes_offline()
    });
    Effect::new(move |before: Option<()>| {
        again.track();
        if before.is_some() {
            wire.connect();
        }
    });
}

/// What keeps one screen current.
pub struct Wire {
    session: String,
    audience: Audience,
    screen: Box<dyn Listens>,
    state: RefCell<State>,
}

struct State {
    ladder: Ladder,
    /// What brings the news.
    now: Option<Attempt>,
    /// What will, once it opens.
    next: Option<Attempt>,
    /// How far down to go when what is tried beside the present way fails.
    floor: Tier,
    climb_at: i64,
    retry: Option<Timeout>,
    /// The last attempt's.
    number: u32,
    tries: u32,
    /// Ask for everything instead of for what was missed.
    afresh: bool,
    unreadable: u32,
    was_open: bool,
    over: bool,
}

/// One way, tried once.
struct Attempt {
    number: u32,
    tier: Tier,
    opened: Option<i64>,
    /// When the server last said something.
    heard: i64,
    /// Whether it ever did.
    spoke: bool,
    too_late: Option<Timeout>,
    /// Ends when dropped.
    _way: Box<dyn Any>,
}

/// How an attempt ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// For this screen, as far as is known.
    Broken,
    /// For the whole hall, so nobody should be the first to be back.
    ForEverybody,
    /// The staff key was renewed.
    ForGood,
}

impl Wire {
    /// An attempt is open.
    pub fn opened(&self, number: u32) {
        let now = browser::clock();
        {
            let mut state = self.state.borrow_mut();
            let Some(mut attempt) = state.next.take_if(|next| next.number == number) else { return };
            attempt.opened = Some(now);
            attempt.heard = now;
            drop(attempt.too_late.take());
            state.ladder.reaches(attempt.tier);
            state.was_open = true;
            state.climb_at = climb_at(now);
            state.now = Some(attempt);
        }
        self.screen.is(Connection::Live);
    }

    /// An attempt is alive, if without news.
    pub fn lives(&self, number: u32) {
        self.opened(number);
        let mut state = self.state.borrow_mut();
        let State { now: Some(attempt), ladder, .. } = &mut *state else { return };
        if attempt.number == number {
            attempt.heard = browser::clock();
            attempt.spoke = true;
            ladder.holds(attempt.tier);
        }
    }

    /// An attempt brought a frame.
    pub fn hears(self: &Rc<Self>, number: u32, frame: &str) {
        self.lives(number);
        if self.state.borrow().now.as_ref().is_none_or(|attempt| attempt.number != number) {
            return;
        }
        let heard = self.screen.hears(frame);
        let unreadable = {
            let mut state = self.state.borrow_mut();
            state.unreadable = if heard == Heard::Nonsense { state.unreadable + 1 } else { 0 };
            state.afresh = matches!(heard, Heard::Misfit | Heard::Nonsense);
            state.unreadable
        };
        match heard {
            Heard::Fine => {}
            Heard::Nonsense if unreadable > 1 => reload(),
            Heard::Missed | Heard::Misfit | Heard::Nonsense => self.connect(),
        }
    }

    /// An attempt ended.
    pub fn ended(self: &Rc<Self>, number: u32, end: End) {
        let gone = {
            let mut state = self.state.borrow_mut();
            state.over |= end == End::ForGood;
            let is_it = |attempt: &mut Attempt| attempt.number == number;
            state.next.take_if(is_it).or_else(|| state.now.take_if(is_it))
        };
        if end == End::ForGood {
            return self.screen.is(Connection::KeyRenewed);
        }
        let Some(gone) = gone else { return };
        let (open, tried, floor) = {
            let state = self.state.borrow();
            (state.now.is_some(), state.next.is_some(), state.floor)
        };
        let worse = gone.tier.worse();
        match (open, tried) {
            (true, _) if worse < gone.tier && worse >= floor => self.attempt(worse),
            (true, _) | (_, true) => {}
            (false, false) => self.lost(Some(&gone), end),
        }
    }

    /// Opens the wire anew.
    fn connect(self: &Rc<Self>) {
        let (tier, before) = {
            let mut state = self.state.borrow_mut();
            if state.over {
                return;
            }
            state.retry = None;
            (state.ladder.tier(), state.now.take())
        };
        // The new one is asked for first: what the old one still says is then said again.
        self.attempt(tier);
        drop(before);
    }

    /// Tries one way, beside what there is.
    fn attempt(self: &Rc<Self>, tier: Tier) {
        let number = {
            let mut state = self.state.borrow_mut();
            state.next = None;
            state.number += 1;
            state.number
        };
        let Some(way) = self.open(tier, number) else {
            if self.state.borrow().now.is_none() {
                self.lost(None, End::Broken);
            }
            return;
        };
        let wire = Rc::clone(self);
        // An answer to a question may be everything there is, for a phone with a bad connection.
        let patience = if tier == Tier::Poll { 3 * ATTEMPT } else { ATTEMPT };
        let too_late = Some(Timeout::new(patience, move || wire.ended(number, End::Broken)));
        let attempt =
            Attempt { number, tier, opened: None, heard: browser::clock(), spoke: false, too_late, _way: way };
        self.state.borrow_mut().next = Some(attempt);
    }

    fn open(self: &Rc<Self>, tier: Tier, number: u32) -> Option<Box<dyn Any>> {
        let session = &self.session;
        let after = if self.state.borrow().afresh { String::new() } else { format!("after={}", self.screen.seq()) };
        let audience = self.audience.word();
        Some(match tier {
            Tier::Socket => {
                Box::new(Socket::open(self, number, &format!("{session}/live?audience={audience}&{after}"))?)
            }
            Tier::Events => Box::new(Events::open(self, number, &format!("{session}/events?{after}"))?),
            Tier::Poll => Box::new(Poll::begin(self, number, session.clone())),
        })
    }

    /// Looks whether a better way is open, and goes down to `floor` for it.
    fn climb(self: &Rc<Self>, floor: Tier) {
        {
            let mut state = self.state.borrow_mut();
            state.floor = floor;
            state.climb_at = climb_at(browser::clock());
        }
        self.attempt(Tier::Socket);
    }

    /// Nothing is open: try again after a while.
    fn lost(self: &Rc<Self>, gone: Option<&Attempt>, end: End) {
        let now = browser::clock();
        let opened = gone.and_then(|gone| gone.opened);
        let (tries, was_open, all) = {
            let mut state = self.state.borrow_mut();
            if state.over {
                return;
            }
            let good = opened.is_some_and(|opened| now - opened > GOOD);
            let tier = gone.map_or(state.ladder.tier(), |gone| gone.tier);
            let held = good || gone.is_some_and(|gone| gone.spoke);
            let goes_down = !held && state.ladder.fails(tier);
            if held {
                state.ladder.holds(tier);
            }
            if good {
                state.tries = 0;
            }
            let tries = state.tries;
            let all = end == End::ForEverybody && opened.is_some() && state.ladder.has_steps() && tries == 0;
            state.tries = if all { backoff::TRIES_OF_A_RESTART } else { tries + 1 };
            let chance = browser::chance();
            let wait = match tries {
                _ if all => backoff::after_a_restart(chance),
                tries if goes_down && tries <= FIRST_ROUND => backoff::delay(0, chance),
                tries => backoff::delay(tries, chance),
            };
            let wire = Rc::clone(self);
            state.retry = Some(Timeout::new(wait, move || wire.connect()));
            (tries, state.was_open, all)
        };
        if tries == 0 {
            let wire = Rc::clone(self);
            browser::after(if all || !was_open { LONG_MOMENT } else { MOMENT }, move || {
                if wire.state.borrow().now.is_none() {
                    wire.screen.is(Connection::Away);
                }
            });
        } else if was_open {
            self.screen.is(Connection::Away);
        }
    }

    /// Somebody looks again, or the network is back: do not let them wait.
    fn wake(self: &Rc<Self>, network_is_back: bool) {
        let (tier, silent) = {
            let mut state = self.state.borrow_mut();
            let (tier, heard) = state.now.as_ref().map(|now| (now.tier, now.heard)).unzip();
            if tier.is_none_or(|tier| tier == Tier::Socket) {
                state.tries = 0;
                if network_is_back {
                    state.ladder.starts_over();
                }
            }
            (tier, heard.map_or(0, |heard| browser::clock() - heard))
        };
        let suspect = network_is_back || silent > SILENCE / 3;
        match tier {
            None => self.connect(),
            Some(Tier::Socket) if suspect => self.connect(),
            Some(Tier::Socket) => {}
            Some(_) if suspect => self.climb(Tier::Events),
            Some(tier) => self.climb(tier.better()),
        }
    }

    fn goes_offline(self: &Rc<Self>) {
        let gone = {
            let mut state = self.state.borrow_mut();
            state.next = None;
            state.now.take()
        };
        if gone.is_some() {
            self.lost(gone.as_ref(), End::Broken);
        }
    }

    fn check(self: &Rc<Self>) {
        let now = browser::clock();
        let (dead, climbs) = {
            let mut state = self.state.borrow_mut();
            let State { now: Some(attempt), ladder, climb_at, .. } = &mut *state else { return };
            let dead = now - attempt.heard > SILENCE;
            if dead && !attempt.spoke {
                ladder.fails(attempt.tier);
            }
            let better = attempt.tier.better();
            (dead, (better > attempt.tier && now > *climb_at).then_some(better))
        };
        match climbs {
            _ if dead => self.connect(),
            Some(better) => self.climb(better),
            None => {}
        }
    }
}

fn climb_at(now: i64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "from 0 to 20000")]
    let spread = (CLIMB_SPREAD * browser::chance()) as i64;
    now + CLIMB + spread
}

fn reload() {
    let now = browser::clock();
    let last = browser::kept("samenspraak:reloaded").and_then(|at| at.parse().ok()).unwrap_or(0);
    if now - last > RELOAD {
        browser::keep("samenspraak:reloaded", &now.to_string());
        browser::reload();
    }
}
