//! The rules of a session. [`Conversation::decide`] turns a [`Command`] into [`Event`]s or a
//! refusal, [`Conversation::apply`] makes them history, and the projections say what each audience
//! may see of it. Nothing here reads a clock, throws dice or touches a disk: moments, ids and
//! events are given and handed back, so any session can be replayed from its events alone.

mod apply;
mod changes;
mod checkpoint;
mod command;
mod decide;
mod details;
mod event;
mod noted;
mod people;
mod post;
mod project;
mod state;

pub use changes::Changes;
pub use checkpoint::Checkpoint;
pub use command::{Command, Decision};
pub use details::Details;
pub use event::{Event, Paper};
pub use noted::Noted;
pub use people::{Ids, ParticipantId, Staff};
pub use post::Post;
pub use project::{Said, Saying};
pub use state::Conversation;
