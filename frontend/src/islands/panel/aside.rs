//! Beside the question: what comes next, and what was answered.

use leptos::prelude::*;
use shared::{QuestionId, sentences::common, views::PanelView};

use super::{
    draft::Draft,
    editor::{Editor, Purpose},
    state::Panel,
};
use crate::components::{Masked, Paragraphs};

/// How many of the queue the panel needs to know.
const AHEAD: usize = 3;

/// The next few of the queue: of all, or of those that an alderman is asked.
fn ahead(view: &PanelView, only: Option<&str>) -> Vec<QuestionId> {
    let asked = |id: &QuestionId| view.card(*id).and_then(|card| card.alderman.as_deref());
    let queue = view.session.public.queue.iter().copied();
    queue.filter(|id| only.is_none_or(|name| asked(id) == Some(name))).take(AHEAD).collect()
}

/// The next three of the queue.
#[component]
pub fn Next() -> impl IntoView {
    let panel = Panel::here();
    let next = Memo::new(move |_| {
        let only = panel.only_mine.get().then(|| panel.speaker.get());
        panel.live.view.with(|view| ahead(view, only.as_deref()))
    });
    let several = Memo::new(move |_| panel.session.with(|session| session.public.aldermen.len() > 1));
    let nothing = move || if panel.only_mine.get() { panel.say.next_none_mine() } else { panel.say.next_empty() };
    view! {
        <section class="panel-next" aria-labelledby="panel-next">
            <h2 id="panel-next">{panel.say.next()}</h2>
            {move || several.get().then(|| view! {
                <label class="panel-only">
                    <input
                        type="checkbox"
                        prop:checked=panel.only_mine
                        on:change:target=move |event| panel.only_mine.set(event.target().checked())
                    />
                    <span>{panel.say.only_mine()}</span>
                </label>
            })}
            {move || next.with(Vec::is_empty).then(|| view! { <p class="soft">{nothing}</p> })}
            <ol role="list">
                <For each=move || next.get() key=|id| *id let:id><Coming id/></For>
            </ol>
        </section>
    }
}

#[component]
fn Coming(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let card = panel.card(id);
    let people = move || {
        card.with(|card| {
            let support = card.as_ref().map(|card| u64::from(card.support)).filter(|support| *support > 0);
            support.map(|support| common::people(panel.say.0, support))
        })
    };
    let words = move || card.with(|card| card.as_ref().map(|card| card.text.clone()));
    let source = move || card.with(|card| card.as_ref().and_then(|card| common::source(panel.say.0, card.source)));
    let several = Memo::new(move |_| panel.session.with(|session| session.public.aldermen.len() > 1));
    let alderman = panel.prepared(id, |card| card.alderman.clone());
    let who = move || {
        let name = alderman.get().filter(|_| several.get())?;
        let mine = panel.speaker.with(|me| *me == name);
        let words = if mine { panel.say.for_you().to_owned() } else { panel.say.asked_of(&name) };
        Some(view! { <span class="panel-asked-of" class:is-me=mine>{words}</span> })
    };
    view! {
        <li>
            <b class="num">{people}</b>
            {who}
            <span dir="auto">{move || words().map(|text| view! { <Masked text lang=panel.say.0/> })}</span>
            {move || source().map(|source| view! { " "<small class="soft">{source}</small> })}
        </li>
    }
}

/// What was answered in this session, the latest first, each with a way to correct it.
#[component]
pub fn AnsweredList() -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let answered = Memo::new(move |_| {
        panel.live.view.with(|view| {
            let given = view
                .questions
                .values()
                .filter(|card| card.card.lead.is_none() && Some(card.card.id) != view.session.public.on_stage);
            let mut given: Vec<_> =
                given.filter_map(|card| Some((card.card.answer.as_ref()?.at.millis(), card.card.id))).collect();
            given.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
            given.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="panel-answered" aria-labelledby="panel-answered">
            <h2 id="panel-answered">{say.answered()}</h2>
            {move || answered.with(Vec::is_empty).then(|| view! { <p class="soft">{say.answered_empty()}</p> })}
            <ol role="list">
                <For each=move || answered.get() key=|id| *id let:id><Answered id/></For>
            </ol>
        </section>
    }
}

#[component]
fn Answered(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let card = panel.card(id);
    let words = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.text.clone())).unwrap_or_default());
    let answer = Memo::new(move |_| card.with(|card| card.as_ref().and_then(|card| card.answer.clone())));
    let correcting = RwSignal::new(false);
    let done = Callback::new(move |()| correcting.set(false));
    view! {
        <li>
            <h3 dir="auto">{words}</h3>
            {move || answer.get().map(|answer| view! {
                <Paragraphs text=answer.text/>
                <p class="panel-by soft">
                    {say.given_by(&answer.by, &answer.at)}
                    {answer.corrected.then(|| format!(", {}", common::corrected(say.0)))}
                </p>
            })}
            {move || if correcting.get() {
                let given = answer.get_untracked();
                let spoken = given.as_ref().is_some_and(|answer| answer.spoken);
                let draft = Draft::correction(panel, id, given.map(|answer| answer.text).unwrap_or_default());
                view! { <Editor id purpose=Purpose::Correction { spoken } draft done/> }.into_any()
            } else {
                view! {
                    <button type="button" class="btn quiet panel-button" aria-label=move || say.about(say.correct(), &words.get()) on:click=move |_| correcting.set(true)>
                        {say.correct()}
                    </button>
                }.into_any()
            }}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use shared::views::{PanelCard, PanelSession};

    use super::*;
    use crate::islands::sample::{self, numbers};

    #[test]
    fn one_alderman_can_look_at_what_is_asked_of_them() {
        let card = |id, alderman: Option<&str>| PanelCard {
            card: sample::card(id, "Waarom?", 0),
            alderman: alderman.map(str::to_owned),
            briefing: None,
            proposal: None,
        };
        let mut public = sample::view([]).session;
        public.queue = [1, 2, 3, 4, 5].map(QuestionId).to_vec();
        let cards =
            [card(1, None), card(2, Some("Judith")), card(3, Some("Bas")), card(4, None), card(5, Some("Judith"))];
        let view = PanelView {
            seq: 1,
            session: PanelSession { public, draft: None, staged_at: None },
            questions: cards.into_iter().map(|card| (card.card.id, card)).collect(),
        };
        assert_eq!(numbers(&ahead(&view, None)), [1, 2, 3]);
        assert_eq!(numbers(&ahead(&view, Some("Judith"))), [2, 5]);
    }
}
