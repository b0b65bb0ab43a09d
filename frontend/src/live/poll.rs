//! The last way: asking every few seconds, with the tag of what is known, so that the answer is
//! short unless something changed.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use super::wire::{End, Wire};
use crate::browser;

/// Between two questions, in milliseconds: at least, and by how much that differs, so that a full
/// hall does not ask at once.
const PAUSE: u32 = 4_000;
const SPREAD: f64 = 2_000.0;

/// Asks until it is dropped.
pub struct Poll(Rc<Cell<bool>>);

impl Poll {
    /// Begins with the session at this path, as the wire's attempt of this number.
    pub fn begin(wire: &Rc<Wire>, number: u32, path: String) -> Self {
        let goes_on = Rc::new(Cell::new(true));
        browser::spawn(ask(Rc::clone(wire), number, path, Rc::clone(&goes_on)));
        Self(goes_on)
    }
}

impl Drop for Poll {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

async fn ask(wire: Rc<Wire>, number: u32, path: String, goes_on: Rc<Cell<bool>>) {
    let own = format!("{path}/mine");
    let (mut view, mut mine) = (String::new(), Some(String::new()));
    while goes_on.get() {
        match whats_new(&path, &mut view).await {
            Ok(None) => wire.lives(number),
            Ok(Some(body)) => wire.hears(number, &format!(r#"{{"type":"snapshot","view":{body}}}"#)),
            Err(_) => return wire.ended(number, End::Broken),
        }
        if let Some(tag) = &mut mine {
            match whats_new(&own, tag).await {
                Ok(Some(body)) => wire.hears(number, &format!(r#"{{"type":"mine","mine":{body}}}"#)),
                // Nobody in particular; with a cookie, the wire begins anew.
                Err(401) => mine = None,
                _ => {}
            }
        }
        browser::pause(wait()).await;
    }
}

/// What is at an address, unless it is what the tag stands for; else the status, or 0 without any.
async fn whats_new(path: &str, tag: &mut String) -> Result<Option<String>, u16> {
    let ask = async {
        let init = RequestInit::new();
        if !tag.is_empty() {
            let headers = Headers::new()?;
            headers.set("If-None-Match", tag)?;
            init.set_headers(&headers);
        }
        let window = web_sys::window().ok_or(wasm_bindgen::JsValue::NULL)?;
        let response = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await?;
        let response: Response = response.unchecked_into();
        if !response.ok() {
            return Ok((response.status(), None));
        }
        *tag = response.headers().get("ETag")?.unwrap_or_default();
        Ok::<_, wasm_bindgen::JsValue>((200, JsFuture::from(response.text()?).await?.as_string()))
    };
    match ask.await {
        Ok((200, Some(body))) => Ok(Some(body)),
        Ok((304, _)) => Ok(None),
        Ok((status, _)) => Err(status),
        Err(_) => Err(0),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 2000")]
fn wait() -> u32 {
    PAUSE + (SPREAD * browser::chance()) as u32
}
