//! The wire as a screen sees it (RFC 6455): just enough of it to count, time and check what comes,
//! thousands of frames a second.

use memchr::memmem;

/// The nonce of RFC 6455, 1.3; nothing here depends on it being new.
pub const NONCE: &str = "dGhlIHNhbXBsZSBub25jZQ==";
/// The answer to that nonce.
pub const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// Text.
pub const TEXT: u8 = 1;
/// Goodbye.
pub const CLOSE: u8 = 8;
/// Are you there?
pub const PING: u8 = 9;
/// Yes.
pub const PONG: u8 = 10;

/// How far into a frame its kind and numbers are.
const HEAD: usize = 96;

/// One frame of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Its kind.
    pub opcode: u8,
    /// What it carries.
    pub payload: &'a [u8],
    /// Its length with its header.
    pub length: usize,
}

/// What a frame tells about the order of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Everything, at this `seq`.
    Snapshot(u64),
    /// What changed between two of them.
    Patch {
        /// What it builds on.
        after: u64,
        /// What it leads to.
        seq: u64,
    },
    /// Nothing changed; this is the `seq` to have.
    Alive(u64),
    /// Something else.
    Other,
    /// It says that it is one of these and does not say its number.
    Unreadable,
}

/// The first frame in these bytes, if all of it is there.
pub fn first(bytes: &[u8]) -> Option<Frame<'_>> {
    let short = usize::from(bytes.get(1)? & 127);
    let (length, header): (usize, usize) = match short {
        126 => (usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?)), 4),
        127 => (usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?, 10),
        _ => (short, 2),
    };
    let payload = bytes.get(header..header.checked_add(length)?)?;
    Some(Frame { opcode: bytes[0] & 15, payload, length: header + length })
}

/// A frame from a screen. Its mask is zero, which the protocol allows and which costs nothing.
pub fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = header(opcode, payload.len(), 0x80);
    frame.extend([0; 4]);
    frame.extend_from_slice(payload);
    frame
}

/// A text frame from a server.
pub fn plain(text: &[u8]) -> Vec<u8> {
    let mut frame = header(TEXT, text.len(), 0);
    frame.extend_from_slice(text);
    frame
}

fn header(opcode: u8, length: usize, mask: u8) -> Vec<u8> {
    let mut header = vec![0x80 | opcode];
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => header.push(mask + short),
        (_, Ok(medium)) => {
            header.push(mask + 126);
            header.extend(medium.to_be_bytes());
        }
        _ => {
            header.push(mask + 127);
            header.extend((length as u64).to_be_bytes());
        }
    }
    header
}

/// What a text frame of the live socket tells. Its kind and its numbers come first.
pub fn news(text: &[u8]) -> News {
    let head = &text[..text.len().min(HEAD)];
    let Some(kind) = head.strip_prefix(br#"{"type":""#) else { return News::Other };
    let seq = || number(head, br#""seq":"#);
    let read = if kind.starts_with(b"patch\"") {
        number(head, br#""after":"#).zip(seq()).map(|(after, seq)| News::Patch { after, seq })
    } else if kind.starts_with(b"snapshot\"") {
        seq().map(News::Snapshot)
    } else if kind.starts_with(b"alive\"") {
        seq().map(News::Alive)
    } else {
        Some(News::Other)
    };
    read.unwrap_or(News::Unreadable)
}

/// The moments that are marked in a text (see [`crate::clock::stamp`]).
pub fn stamps(text: &[u8]) -> impl Iterator<Item = u64> {
    memmem::find_iter(text, b"@T").filter_map(|at| {
        let digits = &text[at + 2..];
        let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
        let ends_well = end > 0 && digits[end] == b'@';
        ends_well.then(|| read(&digits[..end]))?
    })
}

fn number(text: &[u8], name: &[u8]) -> Option<u64> {
    let digits = &text[memmem::find(text, name)? + name.len()..];
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).filter(|end| *end > 0)?;
    read(&digits[..end])
}

fn read(digits: &[u8]) -> Option<u64> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use shared::{
        frames::Frame as Spoken,
        views::{PublicCard, PublicPatch, PublicSession},
    };

    use super::*;

    #[test]
    fn frames_of_every_length_are_read_back_when_all_of_them_is_there() {
        for length in [0, 125, 126, 65_535, 65_536] {
            let text = vec![b'x'; length];
            let bytes = plain(&text);
            assert_eq!(first(&bytes), Some(Frame { opcode: TEXT, payload: &text[..], length: bytes.len() }));
            assert_eq!(first(&bytes[..bytes.len() - 1]), None);
        }
        assert_eq!(masked(PONG, b"x"), [0x8a, 0x81, 0, 0, 0, 0, b'x']);
    }

    #[test]
    fn what_the_server_s_own_types_say_is_read() {
        let told =
            |frame: &Spoken<PublicSession, PublicCard>| news(serde_json::to_string(frame).expect("a frame").as_bytes());
        let patch = PublicPatch { after: 41, seq: 43, session: None, questions: Vec::new(), gone: Vec::new() };
        assert_eq!(told(&Spoken::Patch(patch)), News::Patch { after: 41, seq: 43 });
        assert_eq!(told(&Spoken::Alive { seq: 7 }), News::Alive(7));
        assert_eq!(told(&Spoken::Done { reference: None, question: None }), News::Other);
        assert_eq!(news(br#"{"type":"snapshot","seq":12,"view":{}}"#), News::Snapshot(12));
        assert_eq!(news(br#"{"type":"patch"}"#), News::Unreadable);
        assert_eq!(news(b"anything"), News::Other);
    }

    #[test]
    fn every_stamp_is_found_and_nothing_else() {
        let found = |text: &str| stamps(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(found("a @T12@ b @T34@"), [12, 34]);
        assert_eq!(found("@T@ @Tx@ @T12 @T"), [0_u64; 0]);
    }
}
