//! The browser itself, in the few words that screens use.

use std::future::Future;

use gloo_timers::{callback, future::TimeoutFuture};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, VisibilityState};

/// Runs a task of the screen.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Waits.
pub async fn pause(millis: u32) {
    TimeoutFuture::new(millis).await;
}

/// Does something once, later.
pub fn after(millis: u32, act: impl FnOnce() + 'static) {
    callback::Timeout::new(millis, act).forget();
}

/// Does something again and again, as long as the page is there.
pub fn every(millis: u32, act: impl Fn() + 'static) {
    callback::Interval::new(millis, act).forget();
}

/// Does something just before the next picture is drawn.
pub fn before_paint(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(act.unchecked_ref());
    }
}

/// Does something once the next picture is drawn.
pub fn after_paint(act: impl FnOnce() + 'static) {
    before_paint(move || after(0, act));
}

/// Calls back on each event of the window (and, for `visibilitychange`, of the document).
pub fn on_window(event: &'static str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act).into_js_value();
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(event, act.unchecked_ref());
        if let (Some(document), "visibilitychange") = (window.document(), event) {
            let _ = document.add_event_listener_with_callback(event, act.unchecked_ref());
        }
    }
}

/// Milliseconds since 1970 on the reader's own clock, which may be wrong.
#[allow(clippy::cast_possible_truncation, reason = "a clock's milliseconds fit many times over")]
pub fn clock() -> i64 {
    js_sys::Date::now() as i64
}

/// From 0 up to 1.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// 128 random bits in hexadecimal.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
pub fn random_key() -> String {
    let mut bits = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bits).is_ok());
    if !filled {
        bits.fill_with(|| (chance() * 256.0) as u8);
    }
    format!("{:032x}", u128::from_be_bytes(bits))
}

/// What this browser kept under a name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?.filter(|words| !words.is_empty())
}

/// Keeps words in this browser; an empty text forgets them.
pub fn keep(name: &str, words: &str) {
    // A browser that forbids storage, or has no room, only loses the convenience.
    if let Some(storage) = storage() {
        let _ = if words.is_empty() { storage.remove_item(name) } else { storage.set_item(name, words) };
    }
}

/// Shows another address in the address bar without going there.
pub fn show_address(address: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
}

/// The query of the page's address, with its `?` when there is one.
pub fn query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Moves the focus, and the reader's eye, to the element with this id.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether the page is in front of somebody.
pub fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Whether the element with this id begins above what is in sight.
pub fn is_scrolled_past(id: &str) -> bool {
    element(id).is_some_and(|element| element.get_bounding_client_rect().top() < 0.0)
}

/// Makes what is in the element with this id smaller (by the style property `--fit`, from 1 down)
/// until all of it is in sight.
pub fn shrink_to_fit(id: &str) {
    let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    let fits = |percent: u32| {
        let _ = element.style().set_property("--fit", &format!("{}.{:02}", percent / 100, percent % 100));
        element.scroll_height() <= element.client_height() && element.scroll_width() <= element.client_width()
    };
    if fits(100) {
        return;
    }
    let (mut fitting, mut too_large) = (15, 100);
    while too_large - fitting > 1 {
        let middle = u32::midpoint(fitting, too_large);
        if fits(middle) { fitting = middle } else { too_large = middle }
    }
    fits(fitting);
}

/// Calls back once the page's own typeface is there.
pub fn when_type_is_ready(act: impl FnOnce() + 'static) {
    let ready =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.fonts().ready().ok());
    spawn(async move {
        if let Some(ready) = ready {
            let _ = wasm_bindgen_futures::JsFuture::from(ready).await;
        }
        act();
    });
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
