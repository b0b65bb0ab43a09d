//! What goes over a viewer's wire (RFC 6455): the server's frames, and what viewers say. Viewers say
//! little and short things, so this knows only what they need: text, ping, pong and close.

use std::io::Cursor;

use axum::{body::Bytes, extract::ws::Utf8Bytes};
use shared::frames::{MAX_FRAME, POLICY};
use tungstenite::protocol::frame::{
    Frame, FrameHeader,
    coding::{CloseCode, Control, Data, OpCode},
};

/// RFC 6455, 7.4.1: a protocol error.
const PROTOCOL: u16 = 1002;
/// A frame of a kind that is not understood.
const UNSUPPORTED: u16 = 1003;
/// Text that is no UTF-8.
const NOT_TEXT: u16 = 1007;
/// A message too big to process.
const TOO_BIG: u16 = 1009;
/// The most that a ping, pong or close may carry.
const MAX_CONTROL: u64 = 125;

/// A text frame as it goes over the wire, header included: made once, shared by all who get it.
#[derive(Debug, Clone)]
pub struct TextFrame {
    wire: Bytes,
    text: Utf8Bytes,
}

impl TextFrame {
    /// The frame with this text.
    pub fn new(text: String) -> Self {
        let length = text.len();
        let wire = encode(Frame::message(text, OpCode::Data(Data::Text), true));
        let text = wire.slice(wire.len() - length..);
        Self { text: Utf8Bytes::try_from(text).unwrap_or_default(), wire }
    }

    /// What it says.
    pub fn text(&self) -> &Utf8Bytes {
        &self.text
    }

    /// How it goes over the wire.
    pub fn wire(&self) -> &Bytes {
        &self.wire
    }
}

/// A close frame.
pub fn close(code: u16, reason: &'static str) -> Bytes {
    let (code, reason) = (CloseCode::from(code), reason.into());
    encode(Frame::close(Some(tungstenite::protocol::CloseFrame { code, reason })))
}

/// The answer to a ping.
pub fn pong(payload: Vec<u8>) -> Bytes {
    encode(Frame::pong(payload))
}

fn encode(frame: Frame) -> Bytes {
    let mut wire = Vec::with_capacity(frame.len());
    // Writing to memory cannot fail.
    let _ = frame.format(&mut wire);
    wire.into()
}

/// What a viewer said.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Text(String),
    /// Are you there?
    Ping(Vec<u8>),
    /// Yes.
    Pong,
    /// Goodbye.
    Close,
    /// Something that ends the conversation.
    Wrong(Wrong),
}

/// Why a viewer's wire is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    /// The close code.
    pub code: u16,
    /// In words.
    pub reason: &'static str,
}

impl Wrong {
    /// They said goodbye.
    pub const NORMAL: Self = Self { code: 1000, reason: "" };
    /// They speak faster than anybody may.
    pub const TOO_MUCH: Self = Self { code: POLICY, reason: "too many frames" };
    /// What they said makes no sense.
    pub const NO_COMMAND: Self = Self { code: POLICY, reason: "not a command" };

    /// Whether the message was too long, rather than malformed.
    pub fn is_size(self) -> bool {
        self.code == TOO_BIG
    }
}

const fn wrong(code: u16, reason: &'static str) -> Said {
    Said::Wrong(Wrong { code, reason })
}

/// Puts frames together from whatever pieces the network brings.
#[derive(Debug, Default)]
pub struct Reader {
    /// Bytes of a frame that is not complete.
    rest: Vec<u8>,
    /// The message so far, when it comes in several frames.
    message: Option<Vec<u8>>,
}

impl Reader {
    /// Takes more bytes; what they complete comes from [`Reader::next`].
    pub fn feed(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
    }

    /// Whether nothing is half said, so that this reader may be forgotten.
    pub fn is_idle(&self) -> bool {
        self.rest.is_empty() && self.message.is_none()
    }

    /// What was said next, when all of it is there. After [`Said::Wrong`] there is nothing to read.
    pub fn next(&mut self) -> Option<Said> {
        loop {
            let mut cursor = Cursor::new(&self.rest[..]);
            let (header, length) = match FrameHeader::parse(&mut cursor) {
                Ok(parsed) => parsed?,
                Err(_) => return Some(wrong(PROTOCOL, "malformed frame")),
            };
            if let Some(wrong) = self.objection(&header, length) {
                return Some(wrong);
            }
            // Both are small: the header's length by the protocol, the other by the objection.
            let start = usize::try_from(cursor.position()).ok()?;
            let end = start + usize::try_from(length).ok()?;
            if self.rest.len() < end {
                return None;
            }
            let mask = header.mask.unwrap_or_default();
            let payload =
                self.rest[start..end].iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
            self.rest.drain(..end);
            if self.rest.is_empty() {
                self.rest = Vec::new();
            }
            if let Some(said) = self.take(&header, payload) {
                return Some(said);
            }
        }
    }

    fn objection(&self, header: &FrameHeader, length: u64) -> Option<Said> {
        let control = matches!(header.opcode, OpCode::Control(_));
        if header.rsv1 || header.rsv2 || header.rsv3 {
            return Some(wrong(PROTOCOL, "reserved bits"));
        }
        if header.mask.is_none() {
            return Some(wrong(PROTOCOL, "unmasked frame"));
        }
        if control && (length > MAX_CONTROL || !header.is_final) {
            return Some(wrong(PROTOCOL, "malformed control frame"));
        }
        let before = if control { 0 } else { self.message.as_ref().map_or(0, Vec::len) };
        let most = (MAX_FRAME - before.min(MAX_FRAME)) as u64;
        (length > most).then_some(wrong(TOO_BIG, "frame too large"))
    }

    /// Takes a whole frame; `None` when a message goes on.
    fn take(&mut self, header: &FrameHeader, payload: Vec<u8>) -> Option<Said> {
        match (header.opcode, self.message.take()) {
            (OpCode::Control(kind), message) => {
                // A control frame may come between the pieces of a message.
                self.message = message;
                Some(match kind {
                    Control::Ping => Said::Ping(payload),
                    Control::Pong => Said::Pong,
                    Control::Close => Said::Close,
                    Control::Reserved(_) => wrong(PROTOCOL, "unknown frame"),
                })
            }
            (OpCode::Data(Data::Binary), _) => Some(wrong(UNSUPPORTED, "text frames only")),
            (OpCode::Data(Data::Text), None) => self.grow(payload, header.is_final),
            (OpCode::Data(Data::Continue), Some(mut message)) => {
                message.extend(payload);
                self.grow(message, header.is_final)
            }
            (OpCode::Data(_), _) => Some(wrong(PROTOCOL, "frames out of order")),
        }
    }

    fn grow(&mut self, message: Vec<u8>, complete: bool) -> Option<Said> {
        if !complete {
            self.message = Some(message);
            return None;
        }
        Some(String::from_utf8(message).map_or(wrong(NOT_TEXT, "not UTF-8"), Said::Text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client's frame, masked.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [1, 2, 3, 4];
        let mut bytes = vec![first];
        match payload.len() {
            short @ 0..=125 => bytes.push(0x80 | u8::try_from(short).expect("short")),
            long @ 126..=65_535 => {
                bytes.push(0xfe);
                bytes.extend(u16::try_from(long).expect("fits").to_be_bytes());
            }
            huge => {
                bytes.push(0xff);
                bytes.extend((huge as u64).to_be_bytes());
            }
        }
        bytes.extend(mask);
        bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        bytes
    }

    fn all(bytes: &[u8]) -> Vec<Said> {
        let mut reader = Reader::default();
        reader.feed(bytes);
        let mut said = Vec::new();
        while let Some(next) = reader.next() {
            let over = matches!(next, Said::Wrong(_));
            said.push(next);
            if over {
                break;
            }
        }
        said
    }

    #[test]
    fn words_come_through_in_whatever_pieces_the_network_brings_them() {
        let bytes = [frame(0x81, "één".as_bytes()), frame(0x89, b"!"), frame(0x81, &[b'x'; 300])].concat();
        let whole = all(&bytes);
        assert_eq!(whole[..2], [Said::Text("één".into()), Said::Ping(b"!".to_vec())]);
        let mut reader = Reader::default();
        let mut said = Vec::new();
        for byte in bytes {
            reader.feed(&[byte]);
            said.extend(reader.next());
        }
        assert_eq!(said, whole);
        assert!(reader.is_idle());
    }

    #[test]
    fn a_message_may_come_in_several_frames_with_a_ping_between_them() {
        let bytes = [frame(0x01, b"he"), frame(0x89, b""), frame(0x00, b"l"), frame(0x80, b"lo")].concat();
        assert_eq!(all(&bytes), [Said::Ping(Vec::new()), Said::Text("hello".into())]);
    }

    #[test]
    fn what_breaks_the_protocol_says_with_which_code_the_wire_ends() {
        let code = |bytes: &[u8]| match all(bytes).pop() {
            Some(Said::Wrong(wrong)) => wrong.code,
            other => panic!("{other:?}"),
        };
        assert_eq!(code(&[0x81, 0x01, b'x']), PROTOCOL, "not masked");
        assert_eq!(code(&frame(0xc1, b"x")), PROTOCOL, "a reserved bit");
        assert_eq!(code(&frame(0x83, b"x")), PROTOCOL, "a reserved kind");
        assert_eq!(code(&frame(0x80, b"x")), PROTOCOL, "goes on with nothing");
        assert_eq!(code(&[frame(0x01, b"x"), frame(0x81, b"y")].concat()), PROTOCOL, "begins in the middle");
        assert_eq!(code(&frame(0x09, b"x")), PROTOCOL, "a ping in pieces");
        assert_eq!(code(&frame(0x89, &[0; 126])), PROTOCOL, "a long ping");
        assert_eq!(code(&frame(0x82, b"x")), UNSUPPORTED);
        assert_eq!(code(&frame(0x81, &[0xff])), NOT_TEXT);
        assert_eq!(code(&frame(0x81, &vec![b'x'; MAX_FRAME + 1])[..14]), TOO_BIG, "without waiting for all of it");
        let pieces = [frame(0x01, &vec![b'x'; MAX_FRAME]), frame(0x80, b"x")].concat();
        assert_eq!(code(&pieces), TOO_BIG, "in pieces");
        assert_eq!(all(&frame(0x81, &vec![b'x'; MAX_FRAME])).len(), 1, "as long as it may be");
    }

    #[test]
    fn a_text_frame_says_the_same_in_both_forms() {
        for length in [0, 125, 126, 65_535, 65_536] {
            let text = "x".repeat(length);
            let frame = TextFrame::new(text.clone());
            assert_eq!(frame.text().as_str(), text);
            let (header, said) =
                FrameHeader::parse(&mut Cursor::new(&frame.wire()[..])).expect("a frame").expect("whole");
            assert!(header.is_final && header.mask.is_none());
            assert_eq!(said, length as u64);
        }
    }
}
