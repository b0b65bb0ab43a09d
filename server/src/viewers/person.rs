//! What a shard needs to know of whoever is behind a viewer's socket. It knows nothing of sessions.

use axum::body::Bytes;
use shared::Refusal;

use super::{mailbox::Address, wire::Wrong};

/// Somebody of the public. Its methods are called on the thread that serves many others: they must
/// not wait.
pub trait Person: Send {
    /// They have a seat; what is for them alone goes to this address.
    fn seated(&mut self, address: Address);
    /// Whether they may say one thing more now.
    fn may_speak(&mut self) -> Result<(), Refusal>;
    /// They said something. Answers go to their address; an error ends the conversation.
    fn says(&mut self, words: String) -> Result<(), (Refusal, Wrong)>;
    /// Their own part, as a frame.
    fn mine(&self) -> Option<Bytes>;
    /// A refusal, as a frame in their language.
    fn refusal(&self, refusal: &Refusal) -> Bytes;
}
