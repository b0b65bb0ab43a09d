//! The server through its front door: the real binary, over HTTP and sockets, in a real browser,
//! on a real database file.
//!
//! Run it with `cargo xtask test`, or build the server and run `cargo test -p samenspraak-tests`.
//! `SAMENSPRAAK_BIN` names another binary; `SAMENSPRAAK_SKIP_BROWSER=1` leaves the browser out.

mod browser;
mod crash;
mod harness;
mod leak;
mod openapi;
mod scenarios;
