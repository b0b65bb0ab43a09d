//! HTTP/1.1 as a crowd speaks it: many connections that stay open, each request at its own moment.

use std::{
    collections::VecDeque,
    io::{self, ErrorKind, Read, Write},
    net::SocketAddr,
    time::{Duration, Instant},
};

use memchr::memmem;
use mio::{Events, Interest, Poll, Token, net::TcpStream};

use crate::{clock, crowd::call};

/// Calls under way at a time.
const TOGETHER: usize = 256;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Over which connection, from 0; one at a time on each.
    pub connection: usize,
    /// When, after all connections are there. An answer's time counts from here, also when the
    /// connection was still busy.
    pub due: Duration,
    /// All of it, as [`request`] writes it.
    pub bytes: Vec<u8>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// When it was due.
    pub due: Instant,
    /// When all of the answer was there.
    pub at: Instant,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answered {
    /// How long it took.
    pub fn took(&self) -> Duration {
        self.at.duration_since(self.due)
    }
}

/// A request in full.
pub fn request(method: &str, path: &str, bearer: Option<&str>, body: Option<&str>) -> Vec<u8> {
    let key = bearer.map_or_else(String::new, |key| format!("Authorization: Bearer {key}\r\n"));
    let kind = if body.is_some() { "Content-Type: application/json\r\n" } else { "" };
    let body = body.unwrap_or_default();
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{key}{kind}Content-Length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

/// Opens all connections, makes each request when it is due, and hands back the answers in the order
/// of the requests; nothing where none came.
pub fn perform(server: SocketAddr, requests: &[Request], patience: Duration) -> io::Result<Vec<Option<Answered>>> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(1_024);
    let count = requests.iter().map(|request| request.connection + 1).max().unwrap_or(0);
    let mut people = Vec::with_capacity(count);
    while people.len() < count {
        let first = people.len();
        for number in first..count.min(first + TOGETHER) {
            people.push(Person::calls(server, number, &poll)?);
        }
        let until = clock::moment() + patience;
        while people[first..].iter().any(|person| !person.is_there) {
            if clock::moment() > until {
                return Err(io::Error::new(ErrorKind::TimedOut, "the server takes no more connections"));
            }
            poll.poll(&mut events, Some(Duration::from_millis(20)))?;
            for event in &events {
                people[event.token().0].is_there |= event.is_writable();
            }
        }
    }
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|number| requests[*number].due);
    let mut order = VecDeque::from(order);
    let mut answers: Vec<Option<Answered>> = vec![None; requests.len()];
    let mut open = requests.len();
    let start = clock::moment();
    let end = start + requests.iter().map(|request| request.due).max().unwrap_or_default() + patience;
    let mut buffer = vec![0; 64 * 1024];
    while open > 0 && clock::moment() < end {
        let now = clock::moment();
        while let Some(number) = order.front().copied()
            && start + requests[number].due <= now
        {
            order.pop_front();
            let person = &mut people[requests[number].connection];
            person.waiting.push_back(number);
            person.speak(requests);
        }
        let wait = order.front().map_or(Duration::from_millis(20), |number| {
            (start + requests[*number].due).saturating_duration_since(now).min(Duration::from_millis(20))
        });
        poll.poll(&mut events, Some(wait))?;
        for event in &events {
            let person = &mut people[event.token().0];
            while let Some((number, status, body)) = person.hear(&mut buffer) {
                answers[number] =
                    Some(Answered { status, due: start + requests[number].due, at: clock::moment(), body });
                open -= 1;
                person.speak(requests);
            }
        }
    }
    Ok(answers)
}

/// One connection.
struct Person {
    stream: TcpStream,
    is_there: bool,
    waiting: VecDeque<usize>,
    asked: Option<usize>,
    heard: Vec<u8>,
}

impl Person {
    fn calls(server: SocketAddr, number: usize, poll: &Poll) -> io::Result<Self> {
        let mut stream = call(server, number)?;
        poll.registry().register(&mut stream, Token(number), Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self { stream, is_there: false, waiting: VecDeque::new(), asked: None, heard: Vec::new() })
    }

    /// Makes the next request, when none is under way.
    fn speak(&mut self, requests: &[Request]) {
        if self.asked.is_some() {
            return;
        }
        self.asked = self.waiting.pop_front();
        if let Some(number) = self.asked {
            // What is said is short and the wire is idle, so all of it fits; should it not, there is
            // no answer, and that is told.
            let _ = self.stream.write(&requests[number].bytes);
        }
    }

    /// An answer, when all of it is there.
    fn hear(&mut self, buffer: &mut [u8]) -> Option<(usize, u16, Vec<u8>)> {
        loop {
            match self.stream.read(buffer) {
                Ok(0) | Err(_) => break,
                Ok(length) => self.heard.extend_from_slice(&buffer[..length]),
            }
        }
        let asked = self.asked?;
        let (status, body, length) = answer(&self.heard)?;
        let body = body.to_vec();
        self.heard.drain(..length);
        self.asked = None;
        Some((asked, status, body))
    }
}

/// A status, a body, and the length of all of it, when it is there.
fn answer(bytes: &[u8]) -> Option<(u16, &[u8], usize)> {
    let head = memmem::find(bytes, b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let status = text.split(' ').nth(1)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let end = head + length.unwrap_or(0);
    Some((status, bytes.get(head..end)?, end))
}

/// One connection to speak over, one request after another, or several at once.
pub struct Line {
    stream: std::net::TcpStream,
    heard: Vec<u8>,
}

impl Line {
    /// Calls.
    pub fn open(server: SocketAddr) -> io::Result<Self> {
        let stream = std::net::TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self { stream, heard: Vec::new() })
    }

    /// Asks.
    pub fn say(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Waits for the answer: a status and a body.
    pub fn hear(&mut self) -> io::Result<(u16, Vec<u8>)> {
        let mut buffer = [0; 16 * 1024];
        loop {
            if let Some((status, body, length)) = answer(&self.heard) {
                let body = body.to_vec();
                self.heard.drain(..length);
                return Ok((status, body));
            }
            match self.stream.read(&mut buffer)? {
                0 => return Err(io::Error::new(ErrorKind::UnexpectedEof, "the server hung up")),
                length => self.heard.extend_from_slice(&buffer[..length]),
            }
        }
    }

    /// Asks, and waits for the answer.
    pub fn ask(&mut self, request: &[u8]) -> io::Result<(u16, Vec<u8>)> {
        self.say(request)?;
        self.hear()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_when_all_of_it_is_there_and_no_more_than_it() {
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP/1.1 304 Not Modified\r\n\r\n";
        let (status, body, length) = answer(bytes).expect("an answer");
        assert_eq!((status, body), (200, &b"abc"[..]));
        assert_eq!(answer(&bytes[length..]).map(|(status, body, _)| (status, body.len())), Some((304, 0)));
        assert_eq!(answer(&bytes[..length - 1]), None);
    }
}
