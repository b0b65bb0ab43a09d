//! All viewers and what happens to them: calls, handshakes, frames, breaks and ways back.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{ErrorKind, Read as _, Write as _},
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use mio::{Interest, Registry, Token, event::Event};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use socket2::SockRef;

use super::{
    Count, Plan, Shown, attempt,
    viewer::{Stage, Viewer},
};
use crate::{backoff, clock, wire};

/// Handshakes under way at a time, when nobody says how fast they come.
const TOGETHER: usize = 256;
/// An attempt that takes longer has failed; as in the browser.
const ATTEMPT: Duration = Duration::from_secs(6);
/// A wire that held this long was a good one; as in the browser.
const GOOD: Duration = Duration::from_secs(5);
/// "Service Restart": everybody is asked to come back.
const COME_BACK: u16 = 1012;
/// How many stamped texts are remembered.
const REMEMBERED: usize = 4_096;

/// Everything but the poll.
pub struct State {
    plan: Plan,
    registry: Registry,
    viewers: Vec<Viewer>,
    /// What is to be looked at when, and in which of a viewer's lives.
    due: BinaryHeap<Reverse<(Instant, usize, u32)>>,
    /// Who has not come yet, and how many are on their way, when they come as fast as they can.
    to_come: usize,
    on_the_way: usize,
    chance: StdRng,
    buffer: Vec<u8>,
    pub(super) count: Count,
    pub(super) latency: Histogram<u64>,
    pub(super) shown: Vec<Shown>,
    pub(super) wall: Vec<Instant>,
}

impl State {
    pub fn new(plan: Plan, registry: Registry) -> Self {
        let mut state = Self {
            viewers: (0..plan.viewers).map(|_| Viewer::new()).collect(),
            registry,
            due: BinaryHeap::new(),
            to_come: 0,
            on_the_way: 0,
            // Every run has the same chances.
            chance: StdRng::seed_from_u64(1),
            buffer: vec![0; 256 * 1024],
            count: Count::default(),
            latency: histogram(),
            shown: Vec::new(),
            wall: Vec::new(),
            plan,
        };
        let now = clock::moment();
        for key in 0..state.plan.viewers {
            if state.plan.within.is_zero() {
                state.to_come += 1;
            } else {
                let share = u32::try_from(key).unwrap_or(u32::MAX);
                let wait = state.plan.within * share / u32::try_from(state.plan.viewers).unwrap_or(u32::MAX);
                state.will_try(key, now + wait);
            }
        }
        state
    }

    /// Does what is due.
    pub fn look_at_the_time(&mut self) {
        while self.to_come > 0 && self.on_the_way < TOGETHER {
            let key = self.plan.viewers - self.to_come;
            self.to_come -= 1;
            self.on_the_way += 1;
            self.try_it(key);
        }
        let now = clock::moment();
        while let Some(Reverse((at, key, life))) = self.due.peek().copied()
            && at <= now
        {
            self.due.pop();
            if self.viewers[key].life != life {
                continue;
            }
            match self.viewers[key].stage {
                Stage::Waiting => self.try_it(key),
                Stage::Calling | Stage::Asking => self.failed(key),
                Stage::Open | Stage::Gone => {}
            }
        }
    }

    /// Something happened on a wire.
    pub fn hear(&mut self, event: &Event) {
        let key = event.token().0;
        let Some(viewer) = self.viewers.get(key) else { return };
        match viewer.stage {
            Stage::Calling if event.is_writable() || event.is_error() => self.ask(key),
            Stage::Asking | Stage::Open if event.is_readable() || event.is_read_closed() || event.is_error() => {
                self.read(key, event.is_read_closed() || event.is_error());
            }
            _ => {}
        }
    }

    pub fn not_at(&self, seq: u64) -> usize {
        self.viewers.iter().filter(|viewer| viewer.stage == Stage::Open && viewer.seq != Some(seq)).count()
    }

    pub fn start_anew(&mut self) {
        self.count = Count { open: self.count.open, ..Count::default() };
        self.latency = histogram();
        self.shown.clear();
        self.wall.clear();
    }

    pub fn stall(&mut self, most: usize, narrow: bool) -> usize {
        let mut stalled = 0;
        for viewer in self.viewers.iter_mut().rev().filter(|viewer| viewer.stage == Stage::Open && !viewer.stalled) {
            if stalled == most {
                break;
            }
            let Some(stream) = &mut viewer.stream else { continue };
            if narrow {
                let _ = SockRef::from(&*stream).set_recv_buffer_size(1);
            }
            if self.registry.deregister(stream).is_ok() {
                viewer.stalled = true;
                stalled += 1;
            }
        }
        stalled
    }

    pub fn resume(&mut self) {
        for (key, viewer) in self.viewers.iter_mut().enumerate().filter(|(_, viewer)| viewer.stalled) {
            viewer.stalled = false;
            if let Some(stream) = &mut viewer.stream {
                // Whatever is there already comes as the first event.
                let _ = self.registry.register(stream, Token(key), Interest::READABLE | Interest::WRITABLE);
            }
        }
    }

    pub fn leave(&mut self, most: usize) {
        let open: Vec<usize> = (0..self.viewers.len()).filter(|key| self.viewers[*key].stage == Stage::Open).collect();
        for _ in 0..most.min(open.len()) {
            let key = open[self.chance.random_range(0..open.len())];
            if self.viewers[key].stage != Stage::Open {
                continue;
            }
            self.count.open -= 1;
            if let Some(stream) = &mut self.viewers[key].stream {
                let _ = stream.write(&wire::masked(wire::CLOSE, &1001_u16.to_be_bytes()));
            }
            self.hang_up(key);
            self.viewers[key].stage = Stage::Gone;
        }
    }

    pub fn arrive(&mut self, most: usize) {
        let gone: Vec<usize> = (0..self.viewers.len()).filter(|key| self.viewers[*key].stage == Stage::Gone).collect();
        let now = clock::moment();
        for key in gone.into_iter().take(most) {
            let viewer = &mut self.viewers[key];
            (viewer.seq, viewer.tries) = (None, 0);
            self.will_try(key, now);
        }
    }

    fn will_try(&mut self, key: usize, at: Instant) {
        let viewer = &mut self.viewers[key];
        viewer.stage = Stage::Waiting;
        viewer.life += 1;
        self.due.push(Reverse((at, key, viewer.life)));
    }

    fn try_it(&mut self, key: usize) {
        let called = attempt::call(self.plan.server, key).and_then(|mut stream| {
            self.registry.register(&mut stream, Token(key), Interest::READABLE | Interest::WRITABLE)?;
            Ok(stream)
        });
        let viewer = &mut self.viewers[key];
        viewer.life += 1;
        match called {
            Ok(stream) => {
                (viewer.stream, viewer.stage) = (Some(stream), Stage::Calling);
                self.due.push(Reverse((clock::moment() + ATTEMPT, key, viewer.life)));
            }
            Err(_) => self.failed(key),
        }
    }

    /// The call was answered, or not.
    fn ask(&mut self, key: usize) {
        let seq = self.viewers[key].seq;
        let request = attempt::handshake(&self.plan, seq);
        let Some(stream) = &mut self.viewers[key].stream else { return };
        let is_there = matches!(stream.take_error(), Ok(None)) && stream.peer_addr().is_ok();
        // Some hundred bytes fit into what the kernel has for a new wire.
        if is_there && matches!(stream.write(request.as_bytes()), Ok(written) if written == request.len()) {
            self.viewers[key].stage = Stage::Asking;
        } else {
            self.failed(key);
        }
    }

    fn read(&mut self, key: usize, to_the_end: bool) {
        let mut buffer = std::mem::take(&mut self.buffer);
        loop {
            let viewer = &mut self.viewers[key];
            let Some(stream) = viewer.stream.as_mut().filter(|_| !viewer.stalled) else { break };
            let before = viewer.rest.len();
            if buffer.len() < before + 64 * 1024 {
                buffer.resize(before * 2 + 64 * 1024, 0);
            }
            buffer[..before].copy_from_slice(&viewer.rest);
            match stream.read(&mut buffer[before..]) {
                Ok(0) => {
                    self.broken(key, false);
                    break;
                }
                Ok(length) => {
                    let drained = length < buffer.len() - before;
                    let have = before + length;
                    let used = self.take(key, &buffer[..have]);
                    let viewer = &mut self.viewers[key];
                    viewer.rest.clear();
                    viewer.rest.extend_from_slice(&buffer[used..have]);
                    if viewer.rest.is_empty() {
                        // 15,000 of them should not each keep room for a snapshot.
                        viewer.rest = Vec::new();
                    }
                    // Less than there was room for: nothing is left, and the next comes as an event.
                    if drained && !to_the_end {
                        break;
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => {
                    self.broken(key, false);
                    break;
                }
            }
        }
        self.buffer = buffer;
    }

    /// Takes what came; how much of it was complete.
    fn take(&mut self, key: usize, bytes: &[u8]) -> usize {
        let mut used = 0;
        if self.viewers[key].stage == Stage::Asking {
            let Some(end) = memchr::memmem::find(bytes, b"\r\n\r\n") else { return 0 };
            if !bytes.starts_with(b"HTTP/1.1 101 ") {
                self.failed(key);
                return bytes.len();
            }
            used = end + 4;
            self.opened(key);
        }
        let (now, arrived) = (clock::nanoseconds(), clock::moment());
        while self.viewers[key].stage == Stage::Open
            && let Some(frame) = wire::first(&bytes[used..])
        {
            used += frame.length;
            self.count.bytes += frame.length as u64;
            match frame.opcode {
                wire::TEXT => self.show(key, frame.payload, now, arrived),
                wire::PING => {
                    let pong = wire::masked(wire::PONG, frame.payload);
                    if let Some(stream) = &mut self.viewers[key].stream {
                        let _ = stream.write(&pong);
                    }
                }
                wire::CLOSE => {
                    let code = frame.payload.get(..2).map_or(1005, |code| u16::from_be_bytes([code[0], code[1]]));
                    *self.count.closes.entry(code).or_default() += 1;
                    self.broken(key, code == COME_BACK);
                    return bytes.len();
                }
                _ => {}
            }
        }
        used
    }

    fn show(&mut self, key: usize, text: &[u8], now: u64, arrived: Instant) {
        self.count.frames += 1;
        if self.viewers[key].read(text, &mut self.count) && key == 0 {
            self.wall.push(arrived);
        }
        // What comes with a snapshot is no news.
        let is_news = !text.starts_with(br#"{"type":"snapshot"#);
        for stamp in wire::stamps(text).take_while(|_| is_news) {
            let took = now.saturating_sub(stamp);
            let known = self.shown.iter().rposition(|shown| shown.stamp == stamp);
            let place = known.unwrap_or_else(|| {
                if self.shown.len() == REMEMBERED {
                    self.shown.drain(..REMEMBERED / 2);
                }
                self.shown.push(Shown { stamp, screens: 0, last: 0 });
                self.shown.len() - 1
            });
            let spread = &mut self.shown[place];
            spread.screens += 1;
            spread.last = spread.last.max(took);
            self.count.stamped += 1;
            self.latency.saturating_record(took / 1_000);
        }
    }

    fn opened(&mut self, key: usize) {
        self.on_the_way = self.on_the_way.saturating_sub(1);
        self.count.open += 1;
        self.count.opened += 1;
        let viewer = &mut self.viewers[key];
        (viewer.stage, viewer.opened) = (Stage::Open, Some(clock::moment()));
    }

    /// An open wire ended, or an attempt did; whether everybody was asked to come back.
    fn broken(&mut self, key: usize, asked: bool) {
        if self.viewers[key].stage != Stage::Open {
            self.failed(key);
            return;
        }
        self.count.open -= 1;
        self.count.lost += 1;
        let viewer = &mut self.viewers[key];
        if viewer.opened.take().is_some_and(|opened| opened.elapsed() >= GOOD) {
            viewer.tries = 0;
        }
        self.come_back(key, asked);
    }

    fn failed(&mut self, key: usize) {
        self.on_the_way = self.on_the_way.saturating_sub(1);
        self.count.refused += 1;
        self.come_back(key, false);
    }

    fn come_back(&mut self, key: usize, asked: bool) {
        self.hang_up(key);
        if !self.plan.comes_back {
            self.viewers[key].stage = Stage::Gone;
            return;
        }
        let (tries, chance) = (self.viewers[key].tries, self.chance.random());
        let all = asked && tries == 0;
        let wait = if all { backoff::after_a_restart(chance) } else { backoff::delay(tries, chance) };
        self.viewers[key].tries = if all { backoff::TRIES_OF_A_RESTART } else { tries + 1 };
        self.will_try(key, clock::moment() + Duration::from_millis(wait.into()));
    }

    fn hang_up(&mut self, key: usize) {
        let viewer = &mut self.viewers[key];
        viewer.rest = Vec::new();
        viewer.stalled = false;
        if let Some(mut stream) = viewer.stream.take() {
            let _ = self.registry.deregister(&mut stream);
        }
    }
}

/// Microseconds, from one to a minute and more, to three digits.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 120_000_000, 3).expect("bounds that are in order")
}
