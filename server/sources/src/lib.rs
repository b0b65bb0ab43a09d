//! The networks that questions come from and answers go back to: a thin client for each, on one HTTP
//! client that goes only where it may. Nothing here knows sessions, or keeps anything: what is heard
//! goes to [`Ears`], and the clock and the dice are given.

pub mod bluesky;
mod cut;
mod guard;
mod heard;
pub mod mastodon;
mod sent;
mod text;
mod world;

pub use cut::{cut, graphemes};
pub use guard::{Allowed, Guard, GuardError, Reply, Socket, retry_after};
pub use heard::{Ears, Gone, Heard, Hearing, NotKept, Tags, Trouble, Way};
pub use sent::{Message, NotSent, Sent};
pub use text::text;
pub use world::World;
