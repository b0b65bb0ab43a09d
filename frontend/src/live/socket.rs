//! The best way: the websocket.

use std::rc::Rc;

use shared::frames::{COME_BACK, KEY_RENEWED};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::wire::{End, Wire};

/// A socket with its listeners; closes quietly when dropped.
pub struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn Fn()>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_close: Closure<dyn Fn(CloseEvent)>,
}

impl Socket {
    /// Opens one at this path and query of the site, as the wire's attempt of this number.
    pub fn open(wire: &Rc<Wire>, number: u32, path: &str) -> Option<Self> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let inner = WebSocket::new(&format!("{scheme}://{}{path}", location.host().ok()?)).ok()?;
        let on_open = Closure::new({
            let wire = Rc::clone(wire);
            move || wire.opened(number)
        });
        let on_message = Closure::new({
            let wire = Rc::clone(wire);
            move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    wire.hears(number, &text);
                }
            }
        });
        let on_close = Closure::new({
            let wire = Rc::clone(wire);
            move |event: CloseEvent| {
                let end = match event.code() {
                    KEY_RENEWED => End::ForGood,
                    COME_BACK => End::ForEverybody,
                    _ => End::Broken,
                };
                wire.ended(number, end);
            }
        });
        inner.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self { inner, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        let _ = self.inner.close();
    }
}
