//! When nothing is on stage: how to take part, in turns with what was answered lately.

use leptos::prelude::*;
use shared::{
    Phase, QuestionId,
    sentences::{citizen::Citizen, times},
    views::PublicView,
};

use super::Here;
use crate::{
    browser,
    parts::{self, Fact, Look as _},
};

/// So many answers take turns.
const RECENT: usize = 6;
/// The invitation stands this long, in seconds, and each answer so much longer as it takes to read.
const STANDS: usize = 12;
/// Characters a second that everybody in a hall can follow.
const READ: usize = 14;

/// Which earlier answer has its turn.
#[derive(Clone, Copy)]
pub struct Rotation {
    /// The question shown now; none for the invitation.
    pub shown: Fact<Option<QuestionId>>,
    paused: RwSignal<bool>,
}

/// Takes turns while nothing is on stage. The invitation is first, and again after each round.
pub fn rotation(here: Here, staged: Fact<Option<QuestionId>>) -> Rotation {
    let turn = RwSignal::new(0_usize);
    let paused = RwSignal::new(false);
    let answers = parts::fact(move || here.live.view.look(recent));
    let shown = parts::fact(move || {
        let turn = turn.get();
        answers.look(|answers| if turn == 0 { None } else { answers.get(turn - 1).copied() })
    });
    let seconds = StoredValue::new(0_usize);
    browser::every(1_000, move || {
        if paused.get_untracked() {
            return;
        }
        if staged.get_untracked().is_some() {
            seconds.set_value(0);
            turn.set(0);
            return;
        }
        seconds.update_value(|seconds| *seconds += 1);
        let reading = shown.get_untracked().map_or(0, |id| {
            here.live.view.glance(|view| {
                view.card(id)
                    .map_or(0, |card| card.text.len() + card.answer.as_ref().map_or(0, |answer| answer.text.len()))
            })
        });
        if seconds.get_value() >= STANDS + reading / READ {
            seconds.set_value(0);
            let turns = answers.glance(Vec::len) + 1;
            turn.update(|turn| *turn = (*turn + 1) % turns);
        }
    });
    Rotation { shown, paused }
}

fn recent(view: &PublicView) -> Vec<QuestionId> {
    let mut answered: Vec<(i64, QuestionId)> = view
        .questions
        .values()
        .filter(|card| card.lead.is_none())
        .filter_map(|card| Some((card.answer.as_ref()?.at.millis(), card.id)))
        .collect();
    answered.sort_by(|one, other| other.cmp(one));
    answered.into_iter().take(RECENT).map(|(_, id)| id).collect()
}

/// For whoever wants to read at ease (WCAG 2.2, 2.2.2); there only while something takes turns.
pub fn pause_button(here: Here, rotation: Rotation, staged: Fact<Option<QuestionId>>) -> impl IntoView {
    let turns = parts::fact(move || staged.get().is_none() && here.live.view.look(|view| !recent(view).is_empty()));
    view! {
        <button
            class="pause live-only"
            type="button"
            hidden=parts::flag(move || !turns.get())
            on:click=move |_| rotation.paused.update(|paused| *paused = !*paused)
        >
            {parts::word(move || if rotation.paused.get() { here.say.resume() } else { here.say.pause() })}
        </button>
    }
}

/// How to take part, calm and large; after the session, where to read on.
pub fn invitation(here: Here) -> impl IntoView {
    let session =
        here.session(|session| (session.title.clone(), session.phase, session.opens.clone(), session.starts.clone()));
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    parts::part(move || {
        let (title, phase, opens, starts) = session.get();
        let over = matches!(phase, Phase::Closed | Phase::Archived);
        let until = [(Phase::Announced, opens, true), (Phase::Open, starts, false)]
            .into_iter()
            .filter(|(last, ..)| phase <= *last)
            .find_map(|(_, at, opening)| Some((at?, opening)))
            .filter(|(at, _)| at.millis() > here.now.get());
        let countdown = until.map(|(at, opening)| {
            let left = at.millis() - here.now.get();
            let say = Citizen(here.lang);
            let words = if opening { say.opens_in(left) } else { say.starts_in(left) };
            let when = times::when(here.lang, &at, &page_now);
            view! { <p class="countdown"><b class="num">{words}</b> <span>{when}</span></p> }
        });
        let how = if over { here.say.over_more() } else { here.say.scan() };
        view! {
            <div class="whole invitation">
                <div class="which">
                    <p class="tag"><bdi><span class="hash">"#"</span>{here.hashtag.get_value()}</bdi></p>
                    <h1 class="title" dir="auto">{title}</h1>
                    {countdown}
                    <p class="what">{if over { here.say.over() } else { here.say.ask_and_support() }}</p>
                </div>
                <div class="take-part">
                    {(!here.embed).then(|| here.qr())}
                    <p class="how">{how} " " {here.address()}</p>
                </div>
            </div>
        }
    })
}
