//! What goes over the live socket, as JSON text frames.

use serde::{Deserialize, Serialize};

use crate::{
    Method, QuestionId,
    problem::Problem,
    views::{Alike, Card, Claim, Colleague, Mine, Outgoing, Patch, SourceHealth, View},
};

/// The largest frame a client may send, in bytes.
pub const MAX_FRAME: usize = 16 * 1024;
/// Close code that means: come back (after a little, random while) and you will miss nothing.
/// RFC 6455's registry calls 1012 "Service Restart".
pub const COME_BACK: u16 = 1012;
/// Close code for a client that does not keep to the protocol (RFC 6455, 7.4.1).
pub const POLICY: u16 = 1008;
/// Close code for a key or a session that is no longer valid: do not come back.
pub const KEY_RENEWED: u16 = 4401;

/// From server to screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    bound(serialize = "H: Serialize, C: Serialize", deserialize = "H: Deserialize<'de>, C: Deserialize<'de> + Card")
)]
pub enum Frame<H, C> {
    /// Everything, at `seq`.
    Snapshot {
        /// The same as the view's.
        seq: u64,
        /// The view.
        view: View<H, C>,
    },
    /// What changed.
    Patch(Patch<H, C>),
    /// The participant's own part changed; whole.
    Mine {
        /// Their part.
        mine: Mine,
    },
    /// Who is at the staff screens, and how many watch; only to staff, outside `seq`.
    Presence {
        /// Colleagues, sorted by name.
        here: Vec<Colleague>,
        /// Public sockets open now.
        viewers: u32,
        /// What colleagues have open; not for the panel.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        claims: Vec<Claim>,
    },
    /// Which questions seem to mean the same; only to moderators, outside `seq`. The first frame
    /// after joining tells of every waiting question with something near it, later ones of what
    /// changed: each question that is named, whole.
    Likeness {
        /// How it was found.
        method: Method,
        /// Whether it is the first, which replaces all that was known.
        all: bool,
        /// Per waiting question.
        alike: Vec<Alike>,
        /// How many groups are proposed; the groups themselves are read from the API.
        groups: u32,
    },
    /// How it goes with the networks and gateways; only to moderators, outside `seq`, always whole.
    Channels {
        /// Where questions come from; of accounts that are switched on for this session.
        sources: Vec<SourceHealth>,
        /// Messages that are on their way, were refused, or were sent lately; the latest first.
        outgoing: Vec<Outgoing>,
    },
    /// Nothing happened, and the wire lives; sent now and then. Whoever is not at this `seq` missed
    /// something.
    Alive {
        /// What the screen should have.
        seq: u64,
    },
    /// A command sent over this socket was done.
    Done {
        /// The command's own `reference`.
        reference: Option<String>,
        /// The question it was about.
        question: Option<QuestionId>,
    },
    /// A command sent over this socket was refused, or the frame was no command.
    Problem {
        /// The command's own `reference`.
        reference: Option<String>,
        /// Why.
        problem: Problem,
    },
}

/// From screen to server: what a citizen can do over the socket too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum SocketCommand {
    /// Ask a question.
    Ask {
        /// Comes back in the answer.
        #[serde(default)]
        reference: Option<String>,
        /// The words.
        text: String,
        /// The asker's name.
        #[serde(default)]
        name: Option<String>,
    },
    /// Stand behind a question, or no longer.
    Support {
        /// Comes back in the answer.
        #[serde(default)]
        reference: Option<String>,
        /// Which.
        question: QuestionId,
        /// Whether to stand behind it.
        on: bool,
    },
}
