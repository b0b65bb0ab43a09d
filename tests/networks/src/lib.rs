//! The networks that questions come from, as tests need them: on loopback, and obedient.
//!
//! Only services outside this machine are stood in for here. [`mastodon`] speaks as Mastodon's
//! documentation says and its servers were seen to, [`jetstream`] as Bluesky's firehose in JSON; both can be told to go wrong in the ways that
//! networks do. [`pds`] is the real thing. All listen on 127.0.0.1 without TLS.

pub mod clock;
mod control;
pub mod faults;
pub mod jetstream;
pub mod mastodon;
pub mod noise;
pub mod pds;
mod running;
pub mod sockets;

pub use self::{jetstream::Jetstream, mastodon::Mastodon, pds::Pds};
