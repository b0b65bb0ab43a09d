//! Lets colleagues know which question is open here.

use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::QuestionId;

use super::state::Office;
use crate::{
    api::{self, Method},
    browser,
};

/// Said again after so many milliseconds; the server forgets it after twice that.
const AGAIN: u32 = 10_000;

/// Says that a question is open, as long as the part of the screen that calls this is there.
pub fn hold(office: Office, id: QuestionId) {
    let held = StoredValue::new(true);
    Effect::new(move |_| say(office, id, held));
    on_cleanup(move || tell(office, id, Method::Delete));
}

fn say(office: Office, id: QuestionId, held: StoredValue<bool>) {
    // Gone with the part of the screen it belongs to.
    if held.try_get_value() != Some(true) {
        return;
    }
    if browser::is_visible() {
        tell(office, id, Method::Put);
    }
    browser::after(AGAIN, move || say(office, id, held));
}

fn tell(office: Office, id: QuestionId, method: Method) {
    let Some(tag) = office.hashtag.try_get_value() else { return };
    browser::spawn(async move {
        let path = format!("/sessions/{tag}/questions/{id}/claim");
        // It is a courtesy; the next one comes soon.
        drop(api::send::<(), IgnoredAny>(method, &path, None).await);
    });
}
