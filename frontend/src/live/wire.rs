//! The socket behind a live view: opens it, notices when it is dead, and opens it again.

use std::{cell::RefCell, fmt::Write, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shared::{
    Audience,
    frames::KEY_RENEWED,
    views::{Card, Patch},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::{
    Connection, Live, Presence, backoff,
    frame::{self, News},
};
use crate::browser;

/// A break shorter than this is not worth showing, in milliseconds.
const MOMENT: u32 = 1_500;
/// An attempt that takes longer has failed.
const ATTEMPT: i64 = 6_000;
/// After this much silence the wire is opened anew: a phone that changed networks is not told
/// that its socket is dead, and asking for what was missed costs next to nothing.
const SILENCE: i64 = 60_000;
/// A wire that held this long was a good one; the next break starts with a short wait again.
const GOOD: i64 = 5_000;
/// A screen that cannot read the server (it is older than it) loads itself again, this often at most.
const RELOAD: i64 = 60_000;

/// Opens the wire and keeps it open.
pub fn keep_open<H, C>(hashtag: &str, audience: Audience, live: Live<H, C>)
where
    H: DeserializeOwned + Send + Sync + 'static,
    C: Card + DeserializeOwned + Send + Sync + 'static,
{
    let wire = Rc::new(Wire { hashtag: hashtag.to_owned(), audience, live, state: RefCell::default() });
    wire.connect();
    browser::every(5_000, {
        let wire = Rc::clone(&wire);
        move || wire.check()
    });
    for event in ["online", "pageshow", "visibilitychange"] {
        let wire = Rc::clone(&wire);
        browser::on_window(event, move || {
            if browser::is_visible() {
                wire.wake(event == "online");
            }
        });
    }
    browser::on_window("offline", {
        let wire = Rc::clone(&wire);
        move || wire.lost()
    });
    Effect::new(move |before: Option<()>| {
        live.again.track();
        if before.is_some() {
            wire.connect();
        }
    });
}

struct Wire<H: 'static, C: 'static> {
    hashtag: String,
    audience: Audience,
    live: Live<H, C>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    socket: Option<Socket>,
    retry: Option<Timeout>,
    /// When this attempt began.
    began: i64,
    /// When it became a connection.
    opened: Option<i64>,
    /// When the server last said something.
    heard: i64,
    tries: u32,
    /// Ask for everything instead of for what was missed.
    afresh: bool,
    unreadable: u32,
    over: bool,
}

/// A socket with its listeners; closes quietly when dropped.
struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn Fn()>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_close: Closure<dyn Fn(CloseEvent)>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        let _ = self.inner.close();
    }
}

impl<H, C> Wire<H, C>
where
    H: DeserializeOwned + Send + Sync + 'static,
    C: Card + DeserializeOwned + Send + Sync + 'static,
{
    fn connect(self: &Rc<Self>) {
        let now = browser::clock();
        let before = {
            let mut state = self.state.borrow_mut();
            if state.over {
                return;
            }
            state.retry = None;
            state.began = now;
            state.opened = None;
            state.heard = now;
            state.socket.take()
        };
        // The new socket is asked for first: what the old one still says is then said again.
        let opened = self.open();
        drop(before);
        match opened {
            Some(socket) => self.state.borrow_mut().socket = Some(socket),
            None => self.lost(),
        }
    }

    fn open(self: &Rc<Self>) -> Option<Socket> {
        let socket = WebSocket::new(&self.address()?).ok()?;
        let wire = Rc::clone(self);
        let on_open = Closure::new(move || {
            wire.state.borrow_mut().opened = Some(browser::clock());
            wire.tell(Connection::Live);
        });
        let wire = Rc::clone(self);
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                wire.hear(&text);
            }
        });
        let wire = Rc::clone(self);
        let on_close = Closure::new(move |event: CloseEvent| {
            if event.code() == KEY_RENEWED {
                wire.state.borrow_mut().over = true;
                wire.tell(Connection::KeyRenewed);
            } else {
                wire.lost();
            }
        });
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Socket { inner: socket, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }

    fn address(&self) -> Option<String> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let mut address = format!(
            "{scheme}://{}/api/v1/sessions/{}/live?audience={}",
            location.host().ok()?,
            self.hashtag,
            self.audience.word()
        );
        if !self.state.borrow().afresh {
            let seq = self.live.view.with_untracked(|view| view.seq);
            let _ = write!(address, "&after={seq}");
        }
        Some(address)
    }

    fn hear(self: &Rc<Self>, text: &str) {
        let news = frame::read::<H, C>(text);
        {
            let mut state = self.state.borrow_mut();
            state.heard = browser::clock();
            state.unreadable = if news.is_err() { state.unreadable + 1 } else { 0 };
        }
        match news {
            Ok(News::Snapshot(view)) => {
                self.state.borrow_mut().afresh = false;
                self.live.view.set(view);
            }
            Ok(News::Patch(patch)) => self.apply(patch),
            Ok(News::Mine(mine)) => {
                if self.live.mine.with_untracked(|known| *known != mine) {
                    self.live.mine.set(mine);
                }
            }
            Ok(News::Presence(here, viewers)) => self.live.presence.set(Presence { here, viewers }),
            Ok(News::Alive(seq)) if seq > self.live.view.with_untracked(|view| view.seq) => self.connect(),
            Ok(News::Alive(_) | News::Other) => {}
            Err(_) => self.not_understood(),
        }
    }

    fn apply(self: &Rc<Self>, patch: Patch<H, C>) {
        if self.live.view.with_untracked(|view| patch.seq <= view.seq) {
            return;
        }
        let applied = self.live.view.try_update(|view| view.apply(patch));
        if let Some(Err(_)) = applied {
            self.state.borrow_mut().afresh = true;
            self.connect();
        }
    }

    fn not_understood(self: &Rc<Self>) {
        let unreadable = {
            let mut state = self.state.borrow_mut();
            state.afresh = true;
            state.unreadable
        };
        if unreadable < 2 {
            return self.connect();
        }
        let now = browser::clock();
        let last = browser::kept("samenspraak:reloaded").and_then(|at| at.parse().ok()).unwrap_or(0);
        if now - last > RELOAD {
            browser::keep("samenspraak:reloaded", &now.to_string());
            browser::reload();
        }
    }

    /// The connection is gone, or did not come: try again after a while.
    fn lost(self: &Rc<Self>) {
        let now = browser::clock();
        let tries = {
            let mut state = self.state.borrow_mut();
            if state.over {
                return;
            }
            if state.opened.take().is_some_and(|opened| now - opened > GOOD) {
                state.tries = 0;
            }
            state.socket = None;
            let tries = state.tries;
            state.tries += 1;
            let wire = Rc::clone(self);
            state.retry = Some(Timeout::new(backoff::delay(tries, browser::chance()), move || wire.connect()));
            tries
        };
        if tries > 0 {
            self.tell(Connection::Away);
        } else {
            let wire = Rc::clone(self);
            browser::after(MOMENT, move || {
                if wire.state.borrow().opened.is_none() {
                    wire.tell(Connection::Away);
                }
            });
        }
    }

    /// Somebody looks again, or the network is back: do not let them wait.
    fn wake(self: &Rc<Self>, network_is_back: bool) {
        let (open, silent) = {
            let state = self.state.borrow();
            (state.opened.is_some(), browser::clock() - state.heard)
        };
        if !open || network_is_back || silent > SILENCE / 3 {
            self.state.borrow_mut().tries = 0;
            self.connect();
        }
    }

    fn check(self: &Rc<Self>) {
        let now = browser::clock();
        let (open, waits, began, heard) = {
            let state = self.state.borrow();
            (state.opened.is_some(), state.retry.is_some(), state.began, state.heard)
        };
        if open && now - heard > SILENCE {
            self.connect();
        } else if !open && !waits && now - began > ATTEMPT {
            self.lost();
        }
    }

    fn tell(&self, connection: Connection) {
        if self.live.connection.get_untracked() != connection {
            self.live.connection.set(connection);
        }
    }
}
