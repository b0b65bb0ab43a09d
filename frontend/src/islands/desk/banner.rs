//! The announcement on all screens: what stands there now, and the form to change it.

use leptos::{ev::SubmitEvent, prelude::*};
use shared::words::{self, MAX_BANNER};

use super::{
    sheet::{Opened, Sheet},
    state::{Desk, Dialog},
};

/// The id of the field for the announcement.
const FIELD: &str = "desk-banner-words";

/// What everybody reads now, with a way to change it or take it down.
#[component]
pub fn BannerNow() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let text = Memo::new(move |_| {
        desk.session.with(|session| session.public.banner.as_ref().map(|banner| banner.text.clone()))
    });
    let take_down = move |_| desk.set_banner(None, move |answer| desk.tell(answer.map(|()| "")));
    move || {
        text.get().map(|text| {
            view! {
                <div class="desk-strip">
                    <p><b>{say.banner_now()}</b>" "<span dir="auto">{text}</span></p>
                    <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.dialog.set(Some(Dialog::Banner))>{say.edit()}</button>
                    <button type="button" class="btn quiet desk-deed" on:click=take_down>{say.banner_take_down()}</button>
                </div>
            }
        })
    }
}

/// The form; half-written words stay when it is closed or refused.
#[component]
pub fn BannerForm() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let text = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let opened = desk.dialog.get() == Some(Dialog::Banner);
        if opened && text.with_untracked(String::is_empty) {
            let now =
                desk.session.with_untracked(|session| session.public.banner.as_ref().map(|banner| banner.text.clone()));
            text.set(now.unwrap_or_default());
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refusal.set(None);
        desk.set_banner(Some(text.get_untracked()), move |answer| {
            busy.set(false);
            match answer {
                Ok(()) => {
                    text.update(String::clear);
                    desk.dialog.set(None);
                    desk.tell(Ok(""));
                }
                Err(sentence) => refusal.set(Some(sentence)),
            }
        });
    };
    let length = Memo::new(move |_| text.with(|text| words::length(text.trim())));
    view! {
        <Sheet is_mine=|dialog| dialog == Dialog::Banner id="desk-banner" title=say.banner_title()>
            <Opened field=FIELD/>
            <form class="desk-form" on:submit=send>
                <label class="desk-field">
                    <span>{say.banner_words()}</span>
                    <textarea id=FIELD autofocus rows="3" dir="auto" prop:value=text on:input:target=move |event| text.set(event.target().value())></textarea>
                    <small class="num soft" class:is-over=move || { length.get() > MAX_BANNER }>{move || say.left(length.get(), MAX_BANNER)}</small>
                </label>
                {move || refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
                <button type="submit" class="btn" aria-disabled=move || busy.get().then_some("true")>{say.banner_put_up()}</button>
            </form>
        </Sheet>
    }
}
