//! The question on stage, to be read at a glance.

use leptos::prelude::*;
use shared::{
    QuestionId,
    sentences::{common, times},
    views::PublicCard,
    words,
};

use super::{
    draft::Draft,
    editor::{Editor, Purpose},
    prepared::{Briefing, Proposal},
    state::Panel,
};
use crate::{
    browser,
    components::{Masked, Paragraphs},
    islands::desk::elapsed::Elapsed,
};

/// The id of the button that corrects the answer on stage.
const CORRECT: &str = "panel-correct";

/// The question, who stand behind it, its other wordings, and the answer or the place to give it.
#[component]
pub fn Question(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let card = panel.card(id);
    let text = Memo::new(move |_| read(card, |card| card.text.clone()).unwrap_or_default());
    let wordings = Memo::new(move |_| read(card, |card| card.wordings.clone()).unwrap_or_default());
    let answered = Memo::new(move |_| read(card, |card| card.answer.is_some()).unwrap_or(false));
    view! {
        <article class="panel-question" aria-labelledby="panel-words">
            <div class="panel-asked">
                <Facts id card answered/>
                <h1 id="panel-words" class="panel-words" data-length=move || text.with(|text| length_class(text)) dir="auto">
                    {move || view! { <Masked text=text.get() lang=say.0/> }}
                </h1>
                <Briefing id/>
                {move || (!wordings.with(Vec::is_empty)).then(|| view! {
                    <ul class="panel-wordings" role="list" tabindex="0" aria-label=say.other_wordings()>
                        <For each=move || wordings.get() key=|id| *id let:id><Wording id/></For>
                    </ul>
                })}
            </div>
            <div class="panel-reply">
                {move || if answered.get() { view! { <Given id card/> }.into_any() } else { view! { <Give id/> }.into_any() }}
            </div>
        </article>
    }
}

/// Whose turn it is, since when, and how many people ask it in how many ways. It comes before the
/// words, so that it is in view however long they are.
#[component]
fn Facts(id: QuestionId, card: Memo<Option<PublicCard>>, answered: Memo<bool>) -> impl IntoView {
    let panel = Panel::here();
    let (say, lang) = (panel.say, panel.say.0);
    let since = Memo::new(move |_| panel.session.with(|session| session.staged_at.clone()));
    let people = Memo::new(move |_| read(card, |card| u64::from(card.support)).unwrap_or(0));
    let wordings = Memo::new(move |_| read(card, |card| card.wordings.len() as u64 + 1).unwrap_or(1));
    let source = Memo::new(move |_| read(card, |card| common::source(lang, card.source)).flatten());
    view! {
        <p class="panel-facts num">
            <span class="live">
                {move || if answered.get() { say.answered_now() } else { say.now_yours() }}
                {move || since.get().map(|at| view! {
                    <span class="sr">", "{say.since()}" "{times::clock(lang, &at)}</span>
                    <Elapsed since=at.millis() clock=panel.clock/>
                })}
            </span>
            <AskedOf id/>
            {move || (people.get() > 0).then(|| view! {
                <span><b>{lang.number(people.get())}</b>" "{say.people(people.get())}</span>
            })}
            {move || (wordings.get() > 1).then(|| view! {
                <span><b>{lang.number(wordings.get())}</b>" "{say.wordings(wordings.get())}</span>
            })}
            {move || source.get().map(|source| view! { <span>{source}</span> })}
        </p>
    }
}

/// Who is asked, when that was said: highlighted when it is the one who speaks.
#[component]
fn AskedOf(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let alderman = panel.prepared(id, |card| card.alderman.clone());
    let mine =
        Memo::new(move |_| alderman.with(|name| name.as_ref().is_some_and(|name| panel.speaker.with(|me| me == name))));
    move || {
        alderman.get().map(|name| {
            let words = if mine.get() { panel.say.for_you().to_owned() } else { panel.say.asked_of(&name) };
            view! { <span class="panel-asked-of" class:is-me=move || mine.get()>{words}</span> }
        })
    }
}

#[component]
fn Wording(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let card = panel.card(id);
    let text = Memo::new(move |_| read(card, |card| card.text.clone()).unwrap_or_default());
    view! { <li dir="auto">{move || view! { <Masked text=text.get() lang=panel.say.0/> }}</li> }
}

/// The place to answer.
#[component]
fn Give(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let draft = Draft::answer(panel, id);
    let done = Callback::new(|()| focus_correct());
    view! {
        <Proposal id draft done/>
        <Editor id purpose=Purpose::Answer draft done/>
    }
}

/// The answer that was given, and the place to correct it.
#[component]
fn Given(id: QuestionId, card: Memo<Option<PublicCard>>) -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let answer = Memo::new(move |_| read(card, |card| card.answer.clone()).flatten());
    let correcting = RwSignal::new(false);
    let done = Callback::new(move |()| {
        correcting.set(false);
        focus_correct();
    });
    view! {
        <section class="panel-given" aria-label=say.answered_now()>
            {move || answer.get().map(|answer| view! {
                <p class="panel-by soft">
                    {say.given_by(&answer.by, &answer.at)}
                    {answer.spoken.then(|| format!(", {}", say.aloud()))}
                    {answer.corrected.then(|| format!(", {}", common::corrected(say.0)))}
                </p>
                <Paragraphs text=answer.text/>
            })}
        </section>
        {move || if correcting.get() {
            let given = answer.get_untracked();
            let spoken = given.as_ref().is_some_and(|answer| answer.spoken);
            let draft = Draft::correction(panel, id, given.map(|answer| answer.text).unwrap_or_default());
            view! { <Editor id purpose=Purpose::Correction { spoken } draft done/> }.into_any()
        } else {
            view! {
                <button type="button" id=CORRECT class="btn quiet panel-button" on:click=move |_| correcting.set(true)>{say.correct()}</button>
            }.into_any()
        }}
    }
}

/// The editor that had the focus is gone; what one may want next has it.
fn focus_correct() {
    browser::before_paint(|| browser::focus(CORRECT));
}

/// The longer the question, the smaller its letters, so that none is ever cut.
fn length_class(text: &str) -> &'static str {
    match words::length(text) {
        0..=70 => "short",
        71..=140 => "medium",
        141..=260 => "long",
        _ => "full",
    }
}

fn read<T>(card: Memo<Option<PublicCard>>, pick: impl FnOnce(&PublicCard) -> T) -> Option<T> {
    card.with(|card| card.as_ref().map(pick))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_questions_get_smaller_letters() {
        assert_eq!(length_class("Waarom?"), "short");
        assert_eq!(length_class(&"é".repeat(141)), "long");
        assert_eq!(length_class(&"x".repeat(500)), "full");
    }
}
