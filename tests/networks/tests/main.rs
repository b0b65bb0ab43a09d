//! The stand-ins speak as the networks do.

mod jetstream;
mod mastodon;
mod pds;
