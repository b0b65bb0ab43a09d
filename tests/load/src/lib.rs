//! A hall full of phones, cheap enough to fit on one core: viewers that hold a live socket and come
//! back when it breaks, people who vote and ask over HTTP, and, to compare with, the least that any
//! server of viewers must do. Loopback only.
//!
//! One thread holds 15,000 sockets with [`mio`], the poll that the server's own shards use: a
//! runtime with a task for each viewer would measure itself.

#[path = "../../../frontend/src/live/backoff.rs"]
mod backoff;
pub mod clock;
mod crowd;
mod floor;
pub mod history;
pub mod process;
mod requests;
pub mod wire;

pub use crowd::{Count, Crowd, Plan, Shown, most_within};
pub use floor::serve as serve_floor;
pub use requests::{Answered, Line, Request, perform, request};
