//! One loop for many viewers: it takes letters, writes what they say, and hears what viewers say.

use std::{
    collections::{BTreeSet, HashMap},
    io::{self, ErrorKind},
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use axum::body::Bytes;
use mio::{Events, Interest, Poll, Token, Waker, net::TcpStream};
use shared::{Refusal, frames::COME_BACK};
use slab::Slab;

use super::{
    mailbox::{Address, Letter, Mailbox},
    meter::Meter,
    room::{Newcomer, Room},
    viewer::{State, Viewer, is_full},
    wire::{Said, Wrong, pong},
};
use crate::clock;

/// The waker's token; viewers' keys are small.
const WAKE: Token = Token(usize::MAX);
/// How often slow and quiet viewers are looked after.
const TICK: Duration = Duration::from_secs(1);
/// Each viewer hears once in this many ticks that the wire lives, also when nothing happens.
pub(super) const BEAT: usize = 25;
/// How much is read at once, for all viewers.
const BUFFER: usize = 16 * 1024;
/// How often one viewer is read before it is another's turn.
const TURNS: usize = 4;

/// A loop and its viewers.
pub struct Shard {
    poll: Poll,
    mailbox: Arc<Mailbox>,
    viewers: Slab<Viewer>,
    rooms: HashMap<u64, Seats>,
    /// Viewers for whom something waits.
    slow: BTreeSet<usize>,
    /// Viewers who were interrupted while they spoke.
    unheard: Vec<usize>,
    lives: u64,
    ticks: usize,
    leaving: bool,
    buffer: Box<[u8]>,
    meter: Arc<Meter>,
}

/// The viewers of one room in this shard.
#[derive(Default)]
struct Seats {
    keys: Vec<usize>,
    /// What was shown and is not written yet; it goes out in one piece.
    shown: Vec<Bytes>,
    since: Option<Instant>,
    alive: Bytes,
}

impl Shard {
    /// A loop, and where its letters go.
    pub fn new(meter: Arc<Meter>) -> io::Result<(Self, Arc<Mailbox>)> {
        let poll = Poll::new()?;
        let mailbox = Arc::new(Mailbox::new(Waker::new(poll.registry(), WAKE)?));
        let shard = Self {
            poll,
            mailbox: Arc::clone(&mailbox),
            viewers: Slab::new(),
            rooms: HashMap::new(),
            slow: BTreeSet::new(),
            unheard: Vec::new(),
            lives: 0,
            ticks: 0,
            leaving: false,
            buffer: vec![0; BUFFER].into(),
            meter,
        };
        Ok((shard, mailbox))
    }

    /// Serves for as long as the program runs.
    pub fn run(mut self) {
        let mut events = Events::with_capacity(1_024);
        let mut next_tick = clock::moment() + TICK;
        loop {
            let until_tick = next_tick.saturating_duration_since(clock::moment());
            if let Err(error) = self.turn(&mut events, until_tick) {
                tracing::error!(%error, "a shard of viewers cannot wait for its sockets");
                return;
            }
            let now = clock::moment();
            if now >= next_tick {
                next_tick = now + TICK;
                self.tick();
            }
        }
    }

    /// Waits for something to do, at most this long, and does it.
    pub(super) fn turn(&mut self, events: &mut Events, longest: Duration) -> io::Result<()> {
        let wait = if self.unheard.is_empty() { longest } else { Duration::ZERO };
        match self.poll.poll(events, Some(wait)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(()),
            polled => polled?,
        }
        self.open_letters();
        for key in std::mem::take(&mut self.unheard) {
            self.hear(key);
        }
        for event in events.iter().filter(|event| event.token() != WAKE) {
            let key = event.token().0;
            if event.is_writable() && self.slow.contains(&key) {
                self.settle(key, Viewer::flush);
            }
            if event.is_readable() || event.is_read_closed() || event.is_error() {
                self.hear(key);
            }
        }
        Ok(())
    }

    fn open_letters(&mut self) {
        for letter in self.mailbox.take() {
            match letter {
                Letter::Show { room, frame, alive, at } => {
                    if let Some(seats) = self.rooms.get_mut(&room) {
                        seats.shown.push(frame);
                        seats.alive = alive;
                        seats.since.get_or_insert(at);
                    }
                }
                Letter::Join { newcomer, room, first, alive } => self.join(newcomer, room, first, alive),
                Letter::Tell { key, life, frame } if self.lives_there(key, life) => {
                    self.settle(key, |viewer| viewer.send(&frame));
                }
                Letter::Stir { key, life } if self.lives_there(key, life) => self.tell_own_part(key),
                Letter::Leave => self.leave(),
                Letter::Tell { .. } | Letter::Stir { .. } => {}
            }
        }
        let waiting: Vec<u64> =
            self.rooms.iter().filter(|(_, seats)| !seats.shown.is_empty()).map(|(room, _)| *room).collect();
        for room in waiting {
            self.show(room);
        }
    }

    /// Writes what was shown in a room to everybody there.
    fn show(&mut self, room: u64) {
        let Some(seats) = self.rooms.get_mut(&room) else { return };
        let shown = std::mem::take(&mut seats.shown);
        let since = seats.since.take();
        let piece = match &shown[..] {
            [] => return,
            [one] => one.clone(),
            many => many.concat().into(),
        };
        let mut troubled = Vec::new();
        for &key in &seats.keys {
            let Some(viewer) = self.viewers.get_mut(key) else { continue };
            let before = viewer.behind();
            let state = viewer.send(&piece);
            if state != State::Well {
                troubled.push((key, before, state));
            }
        }
        for (key, before, state) in troubled {
            self.look_after(key, before, state);
        }
        if let Some(since) = since {
            self.meter.shown(clock::moment().duration_since(since));
        }
    }

    fn join(&mut self, newcomer: Newcomer, room: Arc<Room>, first: Vec<Bytes>, alive: Bytes) {
        // What was shown before they came is not for them: their first frames hold it.
        self.show(room.id);
        let Newcomer { stream, early, person } = newcomer;
        let mut stream = TcpStream::from_std(stream);
        let entry = self.viewers.vacant_entry();
        let key = entry.key();
        let both = Interest::READABLE | Interest::WRITABLE;
        if let Err(error) = self.poll.registry().register(&mut stream, Token(key), both) {
            tracing::warn!(%error, "a viewer could not be seated");
            self.release(&room);
            return;
        }
        self.lives += 1;
        let seats = self.rooms.entry(room.id).or_default();
        seats.keys.push(key);
        seats.alive = alive;
        let life = self.lives;
        let viewer = entry.insert(Viewer::new(stream, person, room, seats.keys.len() - 1, life));
        viewer.person.seated(Address { shard: Arc::clone(&self.mailbox), key, life });
        self.mailbox.has_crowd(self.viewers.len());
        if self.leaving {
            self.settle(key, |viewer| viewer.close(COME_BACK, "restarting"));
            return;
        }
        self.settle(key, |viewer| {
            let own = viewer.person.mine();
            viewer.greet(first.into_iter().chain(own).collect())
        });
        self.take_words(key, &early);
    }

    fn tell_own_part(&mut self, key: usize) {
        self.settle(key, |viewer| match viewer.person.mine() {
            Some(frame) => viewer.send(&frame),
            None => State::Well,
        });
    }

    /// Reads what a viewer says, for a few turns.
    fn hear(&mut self, key: usize) {
        let mut buffer = std::mem::take(&mut self.buffer);
        for turn in 0.. {
            let Some(viewer) = self.viewers.get_mut(key) else { break };
            if turn == TURNS {
                self.unheard.push(key);
                break;
            }
            match viewer.read(&mut buffer) {
                Ok(0) => {
                    self.remove(key);
                    break;
                }
                Ok(length) => self.take_words(key, &buffer[..length]),
                Err(error) if is_full(&error) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => {
                    self.remove(key);
                    break;
                }
            }
        }
        self.buffer = buffer;
    }

    fn take_words(&mut self, key: usize, bytes: &[u8]) {
        let Some(viewer) = self.viewers.get_mut(key).filter(|viewer| !viewer.is_closing()) else { return };
        if bytes.is_empty() {
            return;
        }
        let mut reader = viewer.reader.take().unwrap_or_default();
        reader.feed(bytes);
        while let Some(said) = reader.next() {
            if !self.answer(key, said) {
                return;
            }
        }
        if !reader.is_idle()
            && let Some(viewer) = self.viewers.get_mut(key)
        {
            viewer.reader = Some(reader);
        }
    }

    /// Does what a viewer said; whether the conversation goes on.
    fn answer(&mut self, key: usize, said: Said) -> bool {
        let Some(viewer) = self.viewers.get_mut(key) else { return false };
        let said = match viewer.person.may_speak() {
            Ok(()) => said,
            Err(refusal) => {
                self.refuse(key, &refusal, Wrong::TOO_MUCH);
                return false;
            }
        };
        match said {
            Said::Pong => {}
            Said::Ping(payload) => self.settle(key, |viewer| viewer.send(&pong(payload))),
            Said::Text(words) => {
                if let Err((refusal, wrong)) = viewer.person.says(words) {
                    self.refuse(key, &refusal, wrong);
                    return false;
                }
            }
            Said::Close => {
                self.settle(key, |viewer| viewer.close(Wrong::NORMAL.code, Wrong::NORMAL.reason));
                return false;
            }
            Said::Wrong(wrong) => {
                let refusal = if wrong.is_size() { Refusal::TooLarge } else { Refusal::Malformed };
                self.refuse(key, &refusal, wrong);
                return false;
            }
        }
        self.viewers.contains(key)
    }

    /// Says why, and closes.
    fn refuse(&mut self, key: usize, refusal: &Refusal, wrong: Wrong) {
        self.settle(key, |viewer| {
            let why = viewer.person.refusal(refusal);
            viewer.close_with(Some(why), wrong.code, wrong.reason)
        });
    }

    /// Does something with a viewer and looks after how it is then.
    fn settle(&mut self, key: usize, work: impl FnOnce(&mut Viewer) -> State) {
        let Some(viewer) = self.viewers.get_mut(key) else { return };
        let before = viewer.behind();
        let state = work(viewer);
        self.look_after(key, before, state);
    }

    fn look_after(&mut self, key: usize, before: usize, state: State) {
        let Some(viewer) = self.viewers.get_mut(key) else { return };
        self.meter.waits(before, viewer.behind());
        match state {
            State::Well => {
                self.slow.remove(&key);
            }
            State::Slow => {
                self.slow.insert(key);
            }
            State::TooSlow => {
                self.meter.closed_a_slow_one();
                self.slow.insert(key);
                self.settle(key, |viewer| viewer.close(COME_BACK, "too slow"));
            }
            State::Gone => self.remove(key),
        }
    }

    fn remove(&mut self, key: usize) {
        let Some(mut viewer) = self.viewers.try_remove(key) else { return };
        self.slow.remove(&key);
        self.meter.waits(viewer.behind(), 0);
        // Closing the socket takes it out of the poll as well.
        let _ = self.poll.registry().deregister(&mut viewer.stream);
        if let Some(seats) = self.rooms.get_mut(&viewer.room.id) {
            seats.keys.swap_remove(viewer.place);
            if let Some(moved) = seats.keys.get(viewer.place).and_then(|key| self.viewers.get_mut(*key)) {
                moved.place = viewer.place;
            }
            if seats.keys.is_empty() {
                self.rooms.remove(&viewer.room.id);
            }
        }
        self.release(&viewer.room);
        self.mailbox.has_crowd(self.viewers.len());
    }

    /// This shard has one less of a room.
    fn release(&self, room: &Room) {
        let own = room.shards.iter().find(|(shard, _)| Arc::ptr_eq(shard, &self.mailbox));
        if let Some((_, seated)) = own {
            seated.fetch_sub(1, Ordering::Release);
        }
    }

    fn lives_there(&self, key: usize, life: u64) -> bool {
        self.viewers.get(key).is_some_and(|viewer| viewer.life == life)
    }

    fn leave(&mut self) {
        self.leaving = true;
        for key in self.keys(|_| true) {
            self.settle(key, |viewer| viewer.close(COME_BACK, "restarting"));
        }
    }

    /// Looks after slow viewers, and lets a part of the quiet ones hear that the wire lives.
    pub(super) fn tick(&mut self) {
        self.ticks += 1;
        for key in self.slow.iter().copied().collect::<Vec<_>>() {
            self.settle(key, Viewer::tick);
        }
        let turn = self.ticks % BEAT;
        for key in self.keys(|key| key % BEAT == turn) {
            let Some(alive) = self.viewers.get(key).and_then(|viewer| self.rooms.get(&viewer.room.id)) else {
                continue;
            };
            let alive = alive.alive.clone();
            self.settle(key, |viewer| viewer.send(&alive));
        }
    }

    fn keys(&self, which: impl Fn(usize) -> bool) -> Vec<usize> {
        self.viewers.iter().map(|(key, _)| key).filter(|key| which(*key)).collect()
    }
}
