//! The server through its front door: the real binary, over HTTP and sockets, in a real browser,
//! on a real database file.
//!
//! Run it with `cargo xtask test`, or build the server and run `cargo test -p samenspraak-tests`.
//! `SAMENSPRAAK_BIN`, `SAMENSPRAAK_NODE` and `SAMENSPRAAK_CHROMIUM` name other programs than those of
//! the target folder and the path; `SAMENSPRAAK_SKIP_BROWSER=1` leaves the browser out.

mod browser;
mod clients;
mod crash;
mod elsewhere;
mod faults;
mod harness;
mod leak;
mod openapi;
mod scenarios;
mod store;
mod storms;
