//! Where an alderman types an answer, sums up what was said, or corrects either.

use leptos::{ev::SubmitEvent, prelude::*};
use shared::{
    QuestionId,
    commands::GiveAnswer,
    views::PublicCard,
    words::{self, MAX_ANSWER},
};

use super::{draft::Draft, state::Panel};
use crate::{
    api::{self, Method},
    browser,
    islands::keeping::Kept,
};

/// From here on it is told how much still fits.
const NEARLY: usize = MAX_ANSWER - 200;

/// What the editor is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The first answer.
    Answer,
    /// Other words for an answer that was typed, or spoken.
    Correction {
        /// It was spoken.
        spoken: bool,
    },
}

/// The editor. `done` hears that the words were published, or that a correction was left.
#[component]
pub fn Editor(id: QuestionId, purpose: Purpose, draft: Draft, done: Callback<()>) -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let spoken = RwSignal::new(purpose == Purpose::Correction { spoken: true });
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let first = purpose == Purpose::Answer;
    let field = format!("panel-field-{id}");

    let publish = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let text = draft.words.text.get_untracked();
        if text.trim().is_empty() {
            refusal.set(Some(say.nothing_yet().into()));
            return;
        }
        busy.set(true);
        refusal.set(None);
        let body = GiveAnswer { text, spoken: spoken.get_untracked(), by: panel.speaking() };
        let path = panel.hashtag.with_value(|hashtag| format!("/sessions/{hashtag}/questions/{id}/answer"));
        let name = draft.words.name();
        browser::spawn(async move {
            match api::send::<_, PublicCard>(Method::Post, &path, Some(&body)).await {
                Ok(card) => {
                    draft.forget(&name);
                    panel.shows(id, card);
                    if first {
                        panel.announcer.say(say.published());
                    }
                    let _ = done.try_run(());
                }
                Err(failure) => drop(refusal.try_set(Some(failure.sentence(say.0)))),
            }
            let _ = busy.try_set(false);
        });
    };
    let label = move || match (first, spoken.get()) {
        (true, true) => say.spoken_label(),
        (true, false) => say.answer_label(),
        (false, _) => say.correct_label(),
    };
    let send = move || match (busy.get(), first, spoken.get()) {
        (true, _, _) => say.busy(),
        (_, true, true) => say.spoken_publish(),
        (_, true, false) => say.publish(),
        (_, false, _) => say.correct_publish(),
    };
    let other_way = move |_| {
        if first {
            spoken.update(|spoken| *spoken = !*spoken);
            refusal.set(None);
        } else {
            draft.forget(&draft.words.name());
            done.run(());
        }
    };
    let other = move || match (first, spoken.get()) {
        (true, true) => say.back_to_typing(),
        (true, false) => say.spoken(),
        (false, _) => say.cancel(),
    };
    view! {
        <form class="panel-editor" on:submit=publish>
            {first.then(|| view! { <Speakers/> })}
            <div class="panel-above">
                <label class="panel-label" for=field.clone()>{label}</label>
                <Safety draft first/>
            </div>
            <Field id=field draft spoken first/>
            {move || refusal.get().map(|sentence| view! { <p class="panel-refusal" role="alert">{sentence}</p> })}
            <div class="panel-buttons">
                <button type="submit" class="btn panel-button" aria-disabled=move || busy.get().then_some("true")>{send}</button>
                <button type="button" class="btn quiet panel-button" on:click=other_way>{other}</button>
            </div>
        </form>
    }
}

/// One line to sum up what was said, or room to type. When somebody asked for it, or changed from
/// one to the other, it has the focus at once, so that no letter falls beside it.
#[component]
fn Field(id: String, draft: Draft, spoken: RwSignal<bool>, first: bool) -> impl IntoView {
    let say = Panel::here().say;
    let asked_for = StoredValue::new(!first);
    move || {
        if asked_for.get_value() {
            let id = id.clone();
            Effect::new(move |_| browser::focus(&id));
        }
        asked_for.set_value(true);
        if spoken.get() {
            view! {
                <input
                    id=id.clone()
                    class="panel-field"
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    prop:value=draft.words.text
                    on:input:target=move |event| draft.typed(event.target().value())
                />
            }
            .into_any()
        } else {
            view! {
                <textarea
                    id=id.clone()
                    class="panel-field"
                    rows="4"
                    dir="auto"
                    placeholder=first.then(|| say.answer_hint())
                    prop:value=draft.words.text
                    on:input:target=move |event| draft.typed(event.target().value())
                ></textarea>
            }
            .into_any()
        }
    }
}

/// Whether the words are safe, and how many still fit when that becomes a question.
#[component]
fn Safety(draft: Draft, first: bool) -> impl IntoView {
    let say = Panel::here().say;
    let length = Memo::new(move |_| draft.words.text.with(|text| words::length(text.trim())));
    let empty = Memo::new(move |_| length.get() == 0);
    view! {
        <p class="panel-safety soft">
            {move || (!empty.get()).then(|| match (draft.words.kept.get(), first) {
                (Kept::There, true) => view! { <span class="panel-kept">{say.kept()}</span> }.into_any(),
                (Kept::Pending, _) => view! { <span>{say.not_kept()}</span> }.into_any(),
                (Kept::Here, _) => view! { <span>{say.kept_here()}</span> }.into_any(),
                (Kept::There, false) => view! { <span>{say.correct_hint()}</span> }.into_any(),
            })}
            {move || (length.get() > NEARLY).then(|| view! {
                <span class="num" class:is-over=move || { length.get() > MAX_ANSWER }>{say.left(length.get(), MAX_ANSWER)}</span>
            })}
        </p>
    }
}

/// Which of several aldermen answers.
#[component]
fn Speakers() -> impl IntoView {
    let panel = Panel::here();
    let aldermen = Memo::new(move |_| panel.session.with(|session| session.public.aldermen.clone()));
    move || {
        (aldermen.with(Vec::len) > 1).then(|| {
            let choices = aldermen.get().into_iter().map(|alderman| {
                let name = alderman.name;
                let (mine, pick) = (name.clone(), name.clone());
                let first = panel.speaker.with_untracked(|speaker| *speaker == name);
                view! {
                    <label class="panel-speaker">
                        <input
                            type="radio"
                            name="speaker"
                            value=name.clone()
                            checked=first
                            prop:checked=move || panel.speaker.with(|speaker| *speaker == mine)
                            on:change=move |_| panel.speaker.set(pick.clone())
                        />
                        <span>{name}</span>
                    </label>
                }
            });
            view! {
                <fieldset class="panel-speakers">
                    <legend>{panel.say.who_answers()}</legend>
                    {choices.collect_view()}
                </fieldset>
            }
        })
    }
}
