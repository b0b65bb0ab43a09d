//! One viewer: a socket, who is behind it, and, only while it is slow, what waits to be written.

use std::{
    collections::VecDeque,
    io::{self, ErrorKind, IoSlice, Read, Write},
    net::Shutdown,
    sync::Arc,
};

use axum::body::Bytes;
use mio::net::TcpStream;
use rustix::net::SendFlags;

use super::{
    person::Person,
    room::Room,
    wire::{self, Reader},
};

/// How much may wait for a slow viewer, in bytes, besides its first snapshot.
pub const MOST_BEHIND: usize = 256 * 1024;
/// For how many ticks a slow viewer may take nothing at all.
pub const PATIENCE: u32 = 20;
/// For how many ticks the last words may take.
const GOODBYE: u32 = 5;
/// How many waiting frames go out in one call.
const TOGETHER: usize = 32;

/// An open socket of the public.
pub struct Viewer {
    pub(super) stream: TcpStream,
    /// Behind it.
    pub(super) person: Box<dyn Person>,
    /// Where it sits, and in which place there.
    pub(super) room: Arc<Room>,
    pub(super) place: usize,
    /// Tells it from whoever has its key later.
    pub(super) life: u64,
    /// Only while something was half said.
    pub(super) reader: Option<Box<Reader>>,
    queue: Option<Box<Queue>>,
}

/// What waits to be written.
#[derive(Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    /// How much of the first was written.
    written: usize,
    /// Bytes that count against the bound.
    behind: usize,
    /// Ticks since it last took something.
    stuck: u32,
    /// After this there is nothing more to say.
    closing: bool,
}

/// How a viewer is, after something was written to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything is on its way.
    Well,
    /// Something waits.
    Slow,
    /// Too much waits.
    TooSlow,
    /// The wire is broken, or everything was said.
    Gone,
}

impl Viewer {
    pub(super) fn new(stream: TcpStream, person: Box<dyn Person>, room: Arc<Room>, place: usize, life: u64) -> Self {
        Self { stream, person, room, place, life, reader: None, queue: None }
    }

    /// Writes one frame, or lets it wait behind what waits already.
    pub fn send(&mut self, frame: &Bytes) -> State {
        if let Some(queue) = &mut self.queue {
            if queue.closing {
                return State::Slow;
            }
            queue.behind += frame.len();
            queue.frames.push_back(frame.clone());
            return if queue.behind > MOST_BEHIND { State::TooSlow } else { State::Slow };
        }
        match send_now(&self.stream, frame) {
            Ok(written) if written == frame.len() => State::Well,
            Ok(written) => {
                self.wait(frame, written);
                // The socket tells of new room only to those whom it has told that there is none.
                self.flush()
            }
            Err(error) if is_full(&error) => self.wait(frame, 0),
            Err(_) => State::Gone,
        }
    }

    /// Writes the first frames, which may be large and count against no bound.
    pub fn greet(&mut self, frames: Vec<Bytes>) -> State {
        self.queue = Some(Box::new(Queue { frames: frames.into(), ..Queue::default() }));
        self.flush()
    }

    /// Closes the wire instead of writing whatever waits, but for the frame that is half written.
    pub fn close(&mut self, code: u16, reason: &'static str) -> State {
        self.close_with(None, code, reason)
    }

    /// Closes the wire with a frame as last words.
    pub fn close_with(&mut self, last: Option<Bytes>, code: u16, reason: &'static str) -> State {
        let mut queue = self.queue.take().unwrap_or_default();
        if queue.closing {
            self.queue = Some(queue);
            return State::Slow;
        }
        let half = usize::from(queue.written > 0);
        queue.frames.truncate(half);
        queue.frames.extend(last);
        queue.frames.push_back(wire::close(code, reason));
        (queue.closing, queue.stuck, queue.behind) = (true, 0, 0);
        self.reader = None;
        self.queue = Some(queue);
        self.flush()
    }

    /// Whether its last words were said.
    pub fn is_closing(&self) -> bool {
        self.queue.as_ref().is_some_and(|queue| queue.closing)
    }

    /// How many bytes wait for it.
    pub fn behind(&self) -> usize {
        self.queue.as_ref().map_or(0, |queue| queue.behind)
    }

    /// Writes what waits, as far as it goes.
    pub fn flush(&mut self) -> State {
        let Some(queue) = &mut self.queue else { return State::Well };
        while !queue.frames.is_empty() {
            let first = IoSlice::new(&queue.frames[0][queue.written..]);
            let slices: Vec<IoSlice> = std::iter::once(first)
                .chain(queue.frames.iter().skip(1).map(|frame| IoSlice::new(frame)))
                .take(TOGETHER)
                .collect();
            match self.stream.write_vectored(&slices) {
                Ok(0) => return State::Gone,
                Ok(written) => queue.advance(written),
                Err(error) if is_full(&error) => return State::Slow,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return State::Gone,
            }
        }
        if queue.closing {
            // The other side answers; waiting for that lets our last words arrive.
            let _ = self.stream.shutdown(Shutdown::Write);
            return State::Slow;
        }
        self.queue = None;
        State::Well
    }

    /// A tick went by for a slow viewer.
    pub fn tick(&mut self) -> State {
        let Some(queue) = &mut self.queue else { return State::Well };
        queue.stuck += 1;
        match queue.stuck {
            stuck if queue.closing && stuck > GOODBYE => State::Gone,
            stuck if stuck > PATIENCE => State::TooSlow,
            _ => State::Slow,
        }
    }

    /// Reads what came; `Ok(0)` is the end.
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }

    fn wait(&mut self, frame: &Bytes, written: usize) -> State {
        let frames = [frame.clone()].into();
        self.queue = Some(Box::new(Queue { frames, written, behind: frame.len(), ..Queue::default() }));
        State::Slow
    }
}

impl Queue {
    fn advance(&mut self, written: usize) {
        self.stuck = 0;
        self.written += written;
        while let Some(first) = self.frames.front().filter(|first| first.len() <= self.written) {
            self.written -= first.len();
            self.behind = self.behind.saturating_sub(first.len());
            self.frames.pop_front();
        }
    }
}

/// Hands bytes to the socket, as the bare call: in a threaded program the C library's wrapper
/// takes two hundredths of all the time spent here.
fn send_now(stream: &TcpStream, bytes: &[u8]) -> io::Result<usize> {
    rustix::net::send(stream, bytes, SendFlags::NOSIGNAL).map_err(io::Error::from)
}

/// Whether the socket takes nothing now.
pub fn is_full(error: &io::Error) -> bool {
    error.kind() == ErrorKind::WouldBlock
}
