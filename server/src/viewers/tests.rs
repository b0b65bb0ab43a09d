//! A shard with real sockets and time that only goes by when told.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::body::Bytes;
use mio::Events;
use shared::{Refusal, frames::COME_BACK};

use super::{
    Address, Meter, Newcomer, Person, Room, TextFrame, Wrong,
    mailbox::{Letter, Mailbox},
    shard::{BEAT, Shard},
    viewer::{MOST_BEHIND, PATIENCE},
};

/// One shard, one room.
struct House {
    shard: Shard,
    mailbox: Arc<Mailbox>,
    room: Arc<Room>,
    events: Events,
    meter: Arc<Meter>,
}

#[derive(Default)]
struct Heard {
    words: Mutex<Vec<String>>,
    address: Mutex<Option<Address>>,
    gone: AtomicUsize,
}

struct Somebody(Arc<Heard>);

impl Person for Somebody {
    fn seated(&mut self, address: Address) {
        *self.0.address.lock().expect("a lock") = Some(address);
    }

    fn may_speak(&mut self) -> Result<(), Refusal> {
        let said = self.0.words.lock().expect("a lock").len();
        if said < 5 { Ok(()) } else { Err(Refusal::TooFast { retry_after: 1 }) }
    }

    fn says(&mut self, words: String) -> Result<(), (Refusal, Wrong)> {
        self.0.words.lock().expect("a lock").push(words);
        Ok(())
    }

    fn mine(&self) -> Option<Bytes> {
        Some(TextFrame::new("own".into()).wire().clone())
    }

    fn refusal(&self, _: &Refusal) -> Bytes {
        TextFrame::new("no".into()).wire().clone()
    }
}

impl Drop for Somebody {
    fn drop(&mut self) {
        self.0.gone.fetch_add(1, Ordering::SeqCst);
    }
}

impl House {
    fn new() -> Self {
        let meter = Arc::<Meter>::default();
        let (shard, mailbox) = Shard::new(Arc::clone(&meter)).expect("a shard");
        let room = Room { id: 0, shards: [(Arc::clone(&mailbox), AtomicUsize::new(0))].into() };
        Self { shard, mailbox, room: Arc::new(room), events: Events::with_capacity(64), meter }
    }

    /// A viewer's end of a wire whose other end has a seat here.
    fn admits(&mut self, first: &[&str]) -> (TcpStream, Arc<Heard>) {
        let door = TcpListener::bind("127.0.0.1:0").expect("a door");
        let outside = TcpStream::connect(door.local_addr().expect("an address")).expect("a wire");
        let (stream, _) = door.accept().expect("a visitor");
        stream.set_nonblocking(true).expect("a wire that does not block");
        outside.set_read_timeout(Some(Duration::from_secs(10))).expect("a deadline");
        let heard = Arc::<Heard>::default();
        let newcomer = Newcomer { stream, early: Bytes::new(), person: Box::new(Somebody(Arc::clone(&heard))) };
        let first = first.iter().map(|text| TextFrame::new((*text).to_owned())).collect();
        self.room.admit(newcomer, first, &TextFrame::new("alive 0".into()));
        self.turns();
        (outside, heard)
    }

    fn shows(&mut self, text: &str, seq: u64) {
        self.room.show(&TextFrame::new(text.into()), &TextFrame::new(format!("alive {seq}")));
    }

    /// Does what there is to do, until nothing is left.
    fn turns(&mut self) {
        for _ in 0..8 {
            self.shard.turn(&mut self.events, Duration::from_millis(2)).expect("a turn");
        }
    }
}

/// Reads one frame: its first byte and its payload.
fn frame(outside: &mut TcpStream) -> (u8, Vec<u8>) {
    let mut head = [0; 2];
    outside.read_exact(&mut head).expect("a frame");
    let length = match head[1] {
        126 => {
            let mut long = [0; 2];
            outside.read_exact(&mut long).expect("a length");
            usize::from(u16::from_be_bytes(long))
        }
        127 => {
            let mut long = [0; 8];
            outside.read_exact(&mut long).expect("a length");
            usize::try_from(u64::from_be_bytes(long)).expect("fits")
        }
        short => usize::from(short),
    };
    let mut payload = vec![0; length];
    outside.read_exact(&mut payload).expect("a payload");
    (head[0], payload)
}

fn text(outside: &mut TcpStream) -> String {
    let (first, payload) = frame(outside);
    assert_eq!(first, 0x81, "a text frame");
    String::from_utf8(payload).expect("text")
}

fn closed_with(outside: &mut TcpStream) -> u16 {
    let (first, payload) = frame(outside);
    assert_eq!(first, 0x88, "a close frame");
    assert_eq!(outside.read(&mut [0; 8]).expect("the end"), 0);
    u16::from_be_bytes([payload[0], payload[1]])
}

/// With an all-zero mask, which leaves the payload as it is.
fn says(outside: &mut TcpStream, first: u8, words: &[u8]) {
    let length = u8::try_from(words.len()).expect("short words");
    let bytes = [&[first, 0x80 | length, 0, 0, 0, 0], words].concat();
    outside.write_all(&bytes).expect("a wire");
}

#[test]
fn a_newcomer_gets_what_they_missed_their_own_part_and_then_what_is_shown() {
    let mut house = House::new();
    house.shows("before anybody came", 1);
    let (mut early, _) = house.admits(&["snapshot"]);
    house.shows("one", 2);
    let (mut late, _) = house.admits(&["one and more"]);
    house.shows("two", 3);
    house.shows("three", 4);
    house.turns();
    let seen: Vec<String> = (0..5).map(|_| text(&mut early)).collect();
    assert_eq!(seen, ["snapshot", "own", "one", "two", "three"]);
    let seen: Vec<String> = (0..4).map(|_| text(&mut late)).collect();
    assert_eq!(seen, ["one and more", "own", "two", "three"]);
}

#[test]
fn a_quiet_wire_hears_once_in_a_while_that_it_lives() {
    let mut house = House::new();
    let (mut outside, _) = house.admits(&["snapshot"]);
    house.shows("one", 7);
    house.turns();
    for _ in 0..2 * BEAT {
        house.shard.tick();
    }
    let seen: Vec<String> = (0..5).map(|_| text(&mut outside)).collect();
    assert_eq!(seen, ["snapshot", "own", "one", "alive 7", "alive 7"]);
}

#[test]
fn what_is_said_is_heard_and_a_ping_is_answered() {
    let mut house = House::new();
    let (mut outside, heard) = house.admits(&[]);
    says(&mut outside, 0x81, b"hello");
    says(&mut outside, 0x89, b"?");
    house.turns();
    assert_eq!(text(&mut outside), "own");
    assert_eq!(frame(&mut outside), (0x8a, b"?".to_vec()));
    assert_eq!(*heard.words.lock().expect("a lock"), ["hello"]);
    let address = heard.address.lock().expect("a lock").clone().expect("a seat");
    address.tell(TextFrame::new("for you".into()).wire().clone());
    address.stir();
    house.turns();
    assert_eq!([text(&mut outside), text(&mut outside)], ["for you", "own"]);
}

#[test]
fn whoever_talks_too_much_or_nonsense_hears_why_and_goes() {
    let mut house = House::new();
    let (mut chatty, heard) = house.admits(&[]);
    for _ in 0..6 {
        says(&mut chatty, 0x81, b"hello");
    }
    house.turns();
    assert_eq!([text(&mut chatty), text(&mut chatty)], ["own", "no"]);
    assert_eq!(closed_with(&mut chatty), 1008);
    assert_eq!(heard.words.lock().expect("a lock").len(), 5);

    let (mut binary, _) = house.admits(&[]);
    says(&mut binary, 0x82, b"hello");
    house.turns();
    assert_eq!([text(&mut binary), text(&mut binary)], ["own", "no"]);
    assert_eq!(closed_with(&mut binary), 1003);
}

#[test]
fn whoever_says_goodbye_gets_one_back_and_their_seat_is_free() {
    let mut house = House::new();
    let (mut outside, heard) = house.admits(&[]);
    says(&mut outside, 0x88, &1000_u16.to_be_bytes());
    house.turns();
    assert_eq!(text(&mut outside), "own");
    assert_eq!(closed_with(&mut outside), 1000);
    drop(outside);
    house.turns();
    assert_eq!(heard.gone.load(Ordering::SeqCst), 1);
    assert_eq!(house.room.shards[0].1.load(Ordering::SeqCst), 0);
    assert_eq!(house.mailbox.crowd(), 0);
}

#[test]
fn of_several_the_right_one_leaves() {
    let mut house = House::new();
    let mut all: Vec<_> = (0..4).map(|_| house.admits(&[])).collect();
    drop(all.remove(1));
    house.turns();
    house.shows("still here", 1);
    house.turns();
    for (outside, _) in &mut all {
        assert_eq!([text(outside), text(outside)], ["own", "still here"]);
    }
    assert_eq!(house.mailbox.crowd(), 3);
}

/// Long enough for a few of them to fill any buffer.
fn long(number: u64) -> String {
    format!("{number} {}", "x".repeat(60_000))
}

#[test]
fn one_who_does_not_read_is_told_to_come_back_and_the_others_notice_nothing() {
    let mut house = House::new();
    let (mut stopped, heard) = house.admits(&["snapshot"]);
    let (mut well, _) = house.admits(&["snapshot"]);
    let mut number = 0;
    while house.meter.slow_closes() == 0 {
        number += 1;
        assert!(number < 2_000, "nobody is told to go");
        house.shows(&long(number), number);
        house.turns();
        if number == 1 {
            assert_eq!([text(&mut well), text(&mut well)], ["snapshot", "own"]);
        }
        assert_eq!(text(&mut well), long(number));
        assert!(house.meter.waiting() <= MOST_BEHIND + long(0).len() + 16, "what waits is bounded");
    }
    assert_eq!(house.meter.waiting(), 0, "nothing waits for who goes");
    // They read at last: whole frames, in order, and then the invitation.
    assert_eq!([text(&mut stopped), text(&mut stopped)], ["snapshot", "own"]);
    for expected in 1.. {
        house.turns();
        let (first, payload) = frame(&mut stopped);
        if first == 0x88 {
            assert_eq!(u16::from_be_bytes([payload[0], payload[1]]), COME_BACK);
            break;
        }
        assert_eq!(payload, long(expected).into_bytes());
    }
    drop(stopped);
    house.turns();
    assert_eq!(heard.gone.load(Ordering::SeqCst), 1);
}

#[test]
fn one_who_takes_nothing_for_long_goes_however_little_waits() {
    let mut house = House::new();
    let (stopped, heard) = house.admits(&["snapshot"]);
    let mut number = 0;
    while house.meter.waiting() == 0 {
        number += 1;
        house.shows(&long(number), number);
        house.turns();
    }
    for _ in 0..=PATIENCE {
        assert_eq!(house.meter.slow_closes(), 0);
        house.shard.tick();
    }
    assert_eq!(house.meter.slow_closes(), 1);
    for _ in 0..PATIENCE {
        house.shard.tick();
    }
    assert_eq!(heard.gone.load(Ordering::SeqCst), 1, "last words do not wait for ever");
    drop(stopped);
}

#[test]
fn a_large_snapshot_counts_against_nobody() {
    let mut house = House::new();
    let large = "x".repeat(20 * MOST_BEHIND);
    let (mut outside, _) = house.admits(&[&large]);
    house.shows("one", 1);
    house.turns();
    let reading = std::thread::spawn(move || (text(&mut outside), text(&mut outside), text(&mut outside)));
    while !reading.is_finished() {
        house.turns();
    }
    assert_eq!(reading.join().expect("a reader"), (large, "own".into(), "one".into()));
    assert_eq!(house.meter.slow_closes(), 0);
}

#[test]
fn everybody_is_asked_to_come_back_when_the_server_stops_also_latecomers() {
    let mut house = House::new();
    let (mut outside, _) = house.admits(&["snapshot"]);
    house.mailbox.post(Letter::Leave);
    let (mut late, _) = house.admits(&["snapshot"]);
    assert_eq!([text(&mut outside), text(&mut outside)], ["snapshot", "own"]);
    assert_eq!(closed_with(&mut outside), COME_BACK);
    assert_eq!(closed_with(&mut late), COME_BACK);
}
