//! The second way: server-sent events. The first event, not the open connection, proves that it
//! works: a proxy may let the request through and keep what comes back to itself.

use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use super::wire::{End, Wire};

/// A stream of events with its listeners; closes quietly when dropped.
pub struct Events {
    inner: EventSource,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

impl Events {
    /// Opens one at this path and query of the site, as the wire's attempt of this number.
    pub fn open(wire: &Rc<Wire>, number: u32, path: &str) -> Option<Self> {
        let inner = EventSource::new(path).ok()?;
        let on_message = Closure::new({
            let wire = Rc::clone(wire);
            move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    wire.hears(number, &text);
                }
            }
        });
        // It would come back by itself, but knows neither of other ways nor of the whole hall.
        let on_error = Closure::new({
            let wire = Rc::clone(wire);
            move || wire.ended(number, End::ForEverybody)
        });
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { inner, _on_message: on_message, _on_error: on_error })
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.inner.set_onmessage(None);
        self.inner.set_onerror(None);
        self.inner.close();
    }
}
