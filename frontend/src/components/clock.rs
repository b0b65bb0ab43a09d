//! The session's clock on the reader's screen.

use leptos::prelude::*;
use shared::Moment;

use crate::browser;

/// Milliseconds since 1970 by the server's clock: `now` when the page came, and then on, as far as
/// the reader's own clock moved since. It is set again every `every` milliseconds.
pub fn ticking(now: &Moment, every: u32) -> ReadSignal<i64> {
    let start = now.millis();
    let began = browser::clock();
    let (clock, set_clock) = signal(start);
    browser::every(every, move || set_clock.set(start + browser::clock() - began));
    clock
}
