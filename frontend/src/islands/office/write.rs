//! Where a civil servant writes: the briefing, or the proposed answer.

use leptos::prelude::*;
use shared::words::{self, MAX_ANSWER};

use super::{
    paper::{Kind, Paper},
    state::Office,
};
use crate::{components::Paragraphs, islands::keeping::Kept};

/// From here on it is told how much still fits.
const NEARLY: usize = MAX_ANSWER - 400;

/// One paper with its field, and what can be said about it.
#[component]
pub fn Write(paper: Paper) -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let (label, help) = match paper.kind {
        Kind::Briefing => (say.briefing(), say.briefing_help()),
        Kind::Proposal => (say.proposal(), say.proposal_help()),
    };
    let kind = paper.kind.word();
    let field = format!("office-{kind}");
    view! {
        <section class="office-paper" data-kind=kind>
            <div class="office-above">
                <label for=field.clone()>{label}</label>
                <Safety paper/>
            </div>
            <p class="soft" id=format!("{field}-help")>{help}</p>
            <Choice paper/>
            <textarea
                id=field.clone()
                class="office-field"
                rows="5"
                dir="auto"
                aria-describedby=format!("{field}-help")
                readonly=move || !office.awake.get() || paper.theirs.with(Option::is_some)
                prop:value=paper.words.text
                inner_html=crate::components::textarea_words(&paper.words.text.get_untracked())
                on:input:target=move |event| paper.typed(event.target().value())
            ></textarea>
            {move || paper.refusal.get().map(|sentence| view! { <p class="error" role="alert">{sentence}</p> })}
            {move || paper.former.with(Option::is_some).then(|| view! {
                <button type="button" class="btn quiet" on:click=move |_| paper.puts_back()>{say.put_back()}</button>
            })}
            {(paper.kind == Kind::Proposal).then(|| view! { <Ready paper/> })}
        </section>
    }
}

/// Whether the words are safe, who wrote last, and how many still fit when that becomes a question.
#[component]
fn Safety(paper: Paper) -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let length = Memo::new(move |_| paper.words.text.with(|text| words::length(text.trim())));
    let empty = Memo::new(move |_| length.get() == 0);
    let by = move || {
        paper.there.with(|there| {
            there.as_ref().map(|there| office.now.with_value(|now| say.written_by(&there.by, &there.at, now)))
        })
    };
    view! {
        <p class="office-safety soft num">
            {move || match paper.words.kept.get() {
                Kept::There => (!empty.get()).then(|| view! { <span class="office-kept">{say.kept()}</span> }.into_any()),
                Kept::Pending => Some(view! { <span>{say.not_kept()}</span> }.into_any()),
                Kept::Here => Some(view! { <span class="office-here">{say.kept_here()}</span> }.into_any()),
            }}
            {move || by().map(|by| view! { <span>{by}</span> })}
            {move || (length.get() > NEARLY).then(|| view! {
                <span class:is-over=move || { length.get() > MAX_ANSWER }>{format!("{} / {MAX_ANSWER}", length.get())}</span>
            })}
        </p>
    }
}

/// Both wrote: shows the colleague's words above those in the field, and lets the reader choose.
#[component]
fn Choice(paper: Paper) -> impl IntoView {
    let say = Office::here().say;
    let id = format!("office-{}-both", paper.kind.word());
    move || {
        let id = id.clone();
        paper.theirs.get().map(|theirs| {
            let nothing = theirs.text.trim().is_empty();
            let by = if theirs.by.is_empty() { say.a_colleague().to_owned() } else { theirs.by.clone() };
            view! {
                <section class="office-both" role="alert" aria-labelledby=id.clone()>
                    <h4 id=id.clone()>{say.both_wrote()}</h4>
                    <p>{say.both_wrote_why(&by)}</p>
                    <h5>{say.theirs(&by)}</h5>
                    <div class="office-theirs">
                        {nothing.then(|| view! { <p class="soft">{say.thrown_away()}</p> })}
                        <Paragraphs text=theirs.text.clone()/>
                    </div>
                    <div class="office-buttons">
                        <button type="button" class="btn quiet" on:click=move |_| paper.keeps_theirs()>{say.keep_theirs(&by)}</button>
                        <button type="button" class="btn quiet" on:click=move |_| paper.keeps_mine()>{say.keep_mine()}</button>
                        {(!nothing).then(|| view! {
                            <button type="button" class="btn" on:click=move |_| paper.keeps_both()>{say.keep_both()}</button>
                        })}
                    </div>
                    <h5>{say.yours()}</h5>
                </section>
            }
        })
    }
}

/// Whether the panel may use the proposal.
#[component]
fn Ready(paper: Paper) -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let was_ready = RwSignal::new(false);
    let empty = RwSignal::new(false);
    Effect::new(move |before: Option<bool>| {
        let ready = paper.ready.get();
        if ready {
            empty.set(false);
        }
        if before == Some(true) && !ready {
            was_ready.set(true);
        } else if ready {
            was_ready.set(false);
        }
        ready
    });
    let press = move |_| {
        if paper.words.text.with_untracked(|text| text.trim().is_empty()) {
            empty.set(true);
            return;
        }
        let ready = !paper.ready.get_untracked();
        paper.is_ready(ready);
        office.announcer.say(if ready { say.is_ready() } else { say.is_not_ready() });
    };
    let words = move || match (paper.ready.get(), was_ready.get()) {
        (true, _) => say.is_ready(),
        (false, true) => say.taken_back(),
        (false, false) => say.is_not_ready(),
    };
    view! {
        <div class="office-ready" class:is-ready=move || paper.ready.get()>
            <button type="button" class="btn live-only" class:quiet=move || paper.ready.get() on:click=press>
                {move || if paper.ready.get() { say.not_ready() } else { say.ready() }}
            </button>
            <p class="soft">{words}</p>
            {move || empty.get().then(|| view! { <p class="error" role="alert">{say.nothing_yet()}</p> })}
        </div>
    }
}
