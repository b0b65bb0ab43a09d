//! On the server there is no window, no clock of the reader and nothing to wait for.

use std::future::Future;

/// Runs a task of the screen.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    drop(task);
}

/// Waits.
#[allow(clippy::unused_async, reason = "the browser's does wait")]
pub async fn pause(_millis: u32) {}

/// Does something once, later.
pub fn after(_millis: u32, act: impl FnOnce() + 'static) {
    drop(act);
}

/// Does something again and again, as long as the page is there.
pub fn every(_millis: u32, act: impl Fn() + 'static) {
    drop(act);
}

/// Does something just before the next picture is drawn.
pub fn before_paint(act: impl FnOnce() + 'static) {
    drop(act);
}

/// Does something once the next picture is drawn.
pub fn after_paint(act: impl FnOnce() + 'static) {
    drop(act);
}

/// Calls back on each event of the window (and, for `visibilitychange`, of the document).
pub fn on_window(_event: &'static str, act: impl Fn() + 'static) {
    drop(act);
}

/// Milliseconds since 1970 on the reader's own clock, which may be wrong.
pub fn clock() -> i64 {
    0
}

/// From 0 up to 1.
pub fn chance() -> f64 {
    0.0
}

/// 128 random bits in hexadecimal.
pub fn random_key() -> String {
    String::new()
}

/// What this browser kept under a name.
pub fn kept(_name: &str) -> Option<String> {
    None
}

/// Keeps words in this browser; an empty text forgets them.
pub fn keep(_name: &str, _words: &str) {}

/// Shows another address in the address bar without going there.
pub fn show_address(_address: &str) {}

/// The query of the page's address, with its `?` when there is one.
pub fn query() -> String {
    String::new()
}

/// Loads the page again.
pub fn reload() {}

/// Moves the focus, and the reader's eye, to the element with this id.
pub fn focus(_id: &str) {}

/// Whether the page is in front of somebody.
pub fn is_visible() -> bool {
    true
}

/// Whether the element with this id begins above what is in sight.
pub fn is_scrolled_past(_id: &str) -> bool {
    false
}

/// Makes what is in the element with this id smaller (by the style property `--fit`, from 1 down)
/// until all of it is in sight.
pub fn shrink_to_fit(_id: &str) {}

/// Calls back once the page's own typeface is there.
pub fn when_type_is_ready(act: impl FnOnce() + 'static) {
    drop(act);
}
