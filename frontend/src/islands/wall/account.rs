//! What moderators did, in one calm line at the foot of the wall.

use leptos::prelude::*;
use shared::{sentences::account::Account as Say, views::Account};

use super::Here;
use crate::{
    api::{self, Method},
    browser,
    parts::{self, Look as _},
};

/// The server renews the numbers as often, in milliseconds.
const MINUTE: u32 = 60_000;

/// The line, which keeps its room while there is nothing to tell.
pub fn line(here: Here, first: Account) -> impl IntoView {
    let numbers = RwSignal::new(first);
    browser::every(MINUTE, move || {
        browser::spawn(async move {
            let path = format!("/sessions/{}/account", here.hashtag.get_value());
            // When it cannot be had, the earlier numbers stay.
            if let Ok(now) = api::send::<(), Account>(Method::Get, &path, None).await
                && numbers.glance(|known| *known != now)
            {
                numbers.set(now);
            }
        });
    });
    let words = parts::fact(move || numbers.look(|numbers| Say(here.lang).line(numbers)));
    view! { <p class="account-line num">{parts::text(move || words.get().unwrap_or_default())}</p> }
}
