//! Public questions near what is being typed, under the box: written by the server, looked for while
//! somebody rests, and never in the way.

use leptos::{ev::SubmitEvent, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use shared::QuestionId;

use super::{Here, list};
use crate::{
    address, api, browser,
    components::textarea_words,
    parts::{self, Look as _},
};

/// So long after the last key it is looked, in milliseconds.
const REST: u32 = 400;
/// A text shorter than this is near everything.
const SHORTEST: usize = 12;

pub fn section(here: Here, text: RwSignal<String>) -> impl IntoView {
    let found = RwSignal::new(String::new());
    let looks = StoredValue::new(0_u32);
    parts::follow(move || {
        let words = text.get();
        looks.update_value(|looks| *looks += 1);
        let look = looks.get_value();
        if words.trim().chars().count() < SHORTEST {
            // What was near a question that was sent, or wiped out, is in the way.
            found.set(String::new());
            return;
        }
        browser::after(REST, move || {
            if looks.get_value() == look {
                browser::spawn(find(here, words, found, looks, look));
            }
        });
    });
    let support = move |event: SubmitEvent| {
        let Some((id, on)) = pressed(&event) else { return };
        event.prevent_default();
        browser::spawn(async move {
            match list::stand_behind(here, id, on).await {
                Ok(()) => {
                    if on {
                        here.announcer.say(here.say.supported_this());
                    }
                    find(here, text.get_untracked(), found, looks, looks.get_value()).await;
                    // The button that had the focus was written anew.
                    browser::after(50, move || browser::focus(&format!("near-press-{id}")));
                }
                Err(sentence) => {
                    let words = textarea_words(&sentence);
                    found.update(|found| found.extend(["<p class=\"error\" role=\"alert\">", &words, "</p>"]));
                }
            }
        });
    };
    view! { <div class="near" id="near" on:submit=support inner_html=parts::text(move || found.get())></div> }
}

/// Looks, and shows what was found unless somebody typed on.
async fn find(here: Here, words: String, found: RwSignal<String>, looks: StoredValue<u32>, look: u32) {
    if let Some(fragment) = api::fragment(&address::near(&here.hashtag(), words.trim())).await
        && looks.get_value() == look
    {
        if found.glance(String::is_empty) && !fragment.is_empty() {
            here.announcer.say(here.say.near_title());
        }
        found.set(fragment);
    }
}

/// Which question's form was sent, and whether to stand behind it.
fn pressed(event: &SubmitEvent) -> Option<(QuestionId, bool)> {
    let form: web_sys::HtmlElement = event.target()?.dyn_into().ok()?;
    let id = form.get_attribute("data-question")?.parse().ok()?;
    Some((id, form.get_attribute("data-on").as_deref() == Some("1")))
}
