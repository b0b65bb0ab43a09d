//! Bluesky and the rest of the AT Protocol: questions from Jetstream, answers through a PDS.

mod account;
mod decide;
mod event;
mod head;
mod known;
mod listen;
mod names;
mod openings;
mod post;
mod record;
mod session;

pub use account::{Account, Bluesky};
pub use decide::{Decision, Wanted, decide};
pub use known::Known;
pub use listen::{HOSTS, Jetstream, PLACE};
pub use names::{DIRECTORY, Names, RESOLVER};
pub use post::tags;
