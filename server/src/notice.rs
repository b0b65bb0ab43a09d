//! Looks at a question's words as they come in: what in them deserves a look, and in which language
//! they seem to be.

use std::path::Path;

use conversation::Noted;
use flags::{ListError, Lookout};
use thiserror::Error;

/// What looks; shared by all sessions.
#[derive(Debug, Default)]
pub struct Notice(Lookout);

/// An organiser's own list of insults cannot be used.
#[derive(Debug, Error)]
pub enum NoticeError {
    /// It cannot be read.
    #[error("the list of insults {path} cannot be read")]
    Unreadable {
        /// Where it should be.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A line of it is no entry.
    #[error("the list of insults {path} is not right")]
    Wrong {
        /// Where it is.
        path: String,
        /// Which line, and why.
        source: ListError,
    },
}

impl Notice {
    /// With the house's own list besides those that come with the program.
    pub fn with_list(path: &Path) -> Result<Self, NoticeError> {
        let name = || path.display().to_string();
        let list = std::fs::read_to_string(path).map_err(|source| NoticeError::Unreadable { path: name(), source })?;
        let lookout = Lookout::with_more(&list).map_err(|source| NoticeError::Wrong { path: name(), source })?;
        Ok(Self(lookout))
    }

    /// What is noticed in cleaned words.
    pub fn look(&self, text: &str) -> Noted {
        Noted { flags: self.0.look(text), language: flags::language(text).map(str::to_owned) }
    }
}
