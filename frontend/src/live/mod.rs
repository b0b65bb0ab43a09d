//! A view that keeps itself current: the page's first view as signals, brought up to date over the
//! best way that gets through. On the server it only holds the signals.

#[cfg(any(feature = "hydrate", test))]
mod backoff;
#[cfg(feature = "hydrate")]
mod events;
#[cfg(any(feature = "hydrate", test))]
mod frame;
#[cfg(any(feature = "hydrate", test))]
mod listen;
#[cfg(feature = "hydrate")]
mod poll;
#[cfg(feature = "hydrate")]
mod socket;
pub mod staff;
#[cfg(any(feature = "hydrate", test))]
mod tier;
#[cfg(feature = "hydrate")]
mod wire;

use std::sync::Arc;

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shared::{
    Audience, QuestionId,
    views::{Card, Mine, View},
};

/// What a screen follows. Copy it into every closure that needs it.
pub struct Live<H: 'static, C: 'static> {
    /// What this audience may see.
    pub view: RwSignal<View<H, C>>,
    /// The participant's own part; stays as it was for staff.
    pub mine: RwSignal<Mine>,
    /// How the connection is doing.
    pub connection: RwSignal<Connection>,
    again: RwSignal<u32>,
    beside: StoredValue<Option<Overhears>>,
}

/// Hears what a screen gets to know besides the view.
pub type Overhears = Arc<dyn Fn(Overheard<'_>) + Send + Sync>;

/// What a screen gets to know besides the view, at the moment it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overheard<'a> {
    /// A frame that is no part of the view, as it came; [`staff::read`] makes sense of it.
    Frame(&'a str),
    /// The view was replaced.
    All,
    /// These cards of the view changed, came or went, and perhaps the session.
    Cards(&'a [QuestionId], bool),
}

/// How the connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Not yet connected since the page came.
    Connecting,
    /// What is on screen is current.
    Live,
    /// Away for longer than a moment; it keeps trying.
    Away,
    /// The staff key was renewed, or the session is gone: it does not come back by itself.
    KeyRenewed,
}

impl<H, C> Clone for Live<H, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<H, C> Copy for Live<H, C> {}

impl<H, C> Live<H, C> {
    /// Connects anew at once; for when the participant's cookie was just made.
    pub fn reconnect(&self) {
        self.again.update(|times| *times += 1);
    }

    /// From now on `hears` is told what there is besides the view, and what of the view changed.
    pub fn overhear(&self, hears: impl Fn(Overheard<'_>) + Send + Sync + 'static) {
        self.beside.set_value(Some(Arc::new(hears)));
    }
}

/// Follows a session, from the view that came with the page. Call it once in an island.
///
/// It asks for what came after the last seen `seq`, so whoever reconnects misses nothing. The public
/// follows by websocket, by server-sent events or by asking again and again, whichever is the best
/// that gets through, and is not bothered with which. Staff have the websocket only: who of them is
/// there is known by it, and they are told when it is blocked rather than left to work with a desk
/// that is seconds behind their colleagues'.
pub fn follow<H, C>(hashtag: &str, audience: Audience, first: View<H, C>, mine: Mine) -> Live<H, C>
where
    H: DeserializeOwned + Send + Sync + 'static,
    C: Card + DeserializeOwned + Send + Sync + 'static,
{
    let live = Live {
        view: RwSignal::new(first),
        mine: RwSignal::new(mine),
        connection: RwSignal::new(Connection::Connecting),
        again: RwSignal::new(0),
        beside: StoredValue::new(None),
    };
    #[cfg(feature = "hydrate")]
    wire::keep_open(hashtag, audience, Box::new(live), live.again);
    #[cfg(not(feature = "hydrate"))]
    let _ = (hashtag, audience);
    live
}
