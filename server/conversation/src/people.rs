//! Who speaks to a session, and where its question ids come from.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use shared::{QuestionId, Role};

/// An anonymous device. Written as 32 hexadecimal digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParticipantId(pub u128);

/// A member of staff, as their colleagues know them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Staff {
    /// The name they gave.
    pub name: String,
    /// What their key opens; whoever hands over a command has checked that it fits.
    pub role: Role,
}

/// Where new question ids come from: random in a running server, counted in tests.
pub trait Ids {
    /// An id; should it be in use already, it is drawn again.
    fn question(&mut self) -> QuestionId;
}

impl fmt::Display for ParticipantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for ParticipantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ParticipantId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ParticipantId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let plain = text.len() == 32 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        match u128::from_str_radix(&text, 16) {
            Ok(value) if plain => Ok(Self(value)),
            _ => Err(de::Error::custom("not a participant")),
        }
    }
}
