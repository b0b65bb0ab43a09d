//! What every page gets from the server besides its own contents.

use serde::{Deserialize, Serialize};
use shared::{Language, Moment};

/// The reader's language, the moment of rendering, and where things are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shell {
    /// The reader's language.
    pub lang: Language,
    /// Now, on the session's clock (or the server's, on pages of no session).
    pub now: Moment,
    /// Where the site's files are, without a slash at the end: `/assets/4f2a...`.
    pub assets: String,
    /// The address of this page with its query, for the language switch and for coming back.
    pub path: String,
    /// The server's public address without a slash at the end: `https://samen.example.nl`.
    pub public_url: String,
}
