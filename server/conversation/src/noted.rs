//! What was noticed about a question's words when they came in. Whoever hands over the command has
//! looked, with lists that may differ from one installation to the next; what was seen is history.

use serde::{Deserialize, Serialize};
use shared::Flag;

/// What was noticed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Noted {
    /// What deserves a look; places are in the cleaned words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// The language it seems to be in, as an ISO 639-1 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Noted {
    /// Whether nothing was.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
