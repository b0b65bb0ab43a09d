//! What viewers send: frames, in whatever pieces the network brings them.

use shared::frames::MAX_FRAME;

use crate::wire::{Reader, Said};

/// The most bytes in front of a payload (RFC 6455, 5.2).
const HEADER: usize = 14;

/// The first byte says how many bytes of lengths follow; the rest is what is said. In pieces of
/// these lengths it comes to the same as in one piece, and never is more kept than a message and a
/// frame.
pub fn frames(data: &[u8]) {
    let Some((&count, rest)) = data.split_first() else { return };
    let (lengths, stream) = rest.split_at(usize::from(count).min(rest.len()));
    let whole = heard([stream]);
    assert_eq!(heard(pieces(lengths, stream)), whole, "in pieces");
    if stream.len() <= 512 {
        assert_eq!(heard(stream.chunks(1)), whole, "byte by byte");
    }
    keeps_little(stream);
}

/// Everything that was said until somebody said something wrong.
fn heard<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Said> {
    let mut reader = Reader::default();
    let mut heard = Vec::new();
    for piece in pieces {
        reader.feed(piece);
        while let Some(said) = reader.next() {
            is_small(&said);
            let over = matches!(said, Said::Wrong(_));
            heard.push(said);
            if over {
                return heard;
            }
        }
        assert!(reader.next().is_none(), "what was not complete is not complete");
    }
    heard
}

/// Somebody who says the same for ever: what is kept of it stays small.
fn keeps_little(stream: &[u8]) {
    let mut reader = Reader::default();
    for _ in 0..3 * MAX_FRAME / stream.len().max(1) {
        reader.feed(stream);
        while let Some(said) = reader.next() {
            if matches!(said, Said::Wrong(_)) {
                return;
            }
        }
        if reader.is_idle() {
            return;
        }
    }
    assert!(kept(&reader) <= 2 * MAX_FRAME + HEADER, "{} bytes are kept", kept(&reader));
}

fn is_small(said: &Said) {
    match said {
        Said::Text(words) => assert!(words.len() <= MAX_FRAME),
        Said::Ping(payload) => assert!(payload.len() <= 125),
        Said::Pong | Said::Close | Said::Wrong(_) => {}
    }
}

/// How many bytes a reader keeps, or one less: what it writes of itself lists them all.
fn kept(reader: &Reader) -> usize {
    format!("{reader:?}").bytes().filter(|byte| *byte == b',').count()
}

/// The stream cut to these lengths, each a byte; the last piece is what is left.
fn pieces<'a>(lengths: &[u8], mut stream: &'a [u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    for &length in lengths {
        // Small pieces most of the time, and some that hold thousands of bytes.
        let length = if length < 192 { usize::from(length) } else { usize::from(length - 191) * 257 };
        let (piece, rest) = stream.split_at(length.min(stream.len()));
        pieces.push(piece);
        stream = rest;
    }
    pieces.push(stream);
    pieces
}
